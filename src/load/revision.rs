//! Law as it stands in a revision of a git repository: `git:REV` and `git:REV:PATH`. The `git` command is asked for the
//! files one by one; nothing is checked out, and neither the work tree nor the index is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::file::LAW;
use super::{is_rules, too_long, unread};
use crate::finding::{Code, Finding};
use crate::resolve::suggest;

/// With what the name of a revision begins.
const SCHEME: &str = "git:";
/// What is read of a revision where no path is named.
const DEFAULT_FOLDER: &str = "rules";
/// The mode of a symbolic link, and of a repository within the repository.
const LINK: &str = "120000";
const SUBMODULE: &str = "160000";

/// The path names a revision, and no file: nothing can be written there, and it is read anew only by a new call.
pub fn is_revision(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().starts_with(SCHEME.as_bytes())
}

/// The revision that a path names, if it names one.
pub fn revision_of(path: &str) -> Option<&str> {
    path.strip_prefix(SCHEME)?.split(':').next()
}

/// What was read of a revision.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// The files in the order of a walk, each as `REV:PATH` with what it holds.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// What could not be read.
    pub(super) findings: Vec<Finding>,
}

/// Reads a file, or the `.rules` files of a folder, as a revision has them.
///
/// # Errors
/// The finding that says why nothing can be read.
pub(super) fn read(path: &Path) -> Result<Files, Box<Finding>> {
    let named = path.to_string_lossy();
    let text = named.strip_prefix(SCHEME).unwrap_or(&named);
    let (revision, within) = text.split_once(':').map_or((text, None), |(revision, path)| (revision, Some(path)));
    let failed = |code: Code, message: String, help: String| {
        Box::new(Finding::nowhere(code, message).about([named.to_string()]).help(help))
    };
    let wrong = |message: String, help: String| failed(Code::Unreadable, message, help);
    let told = |trouble: Trouble| trouble.finding(&named, revision);
    if revision.is_empty() || revision.starts_with('-') {
        let help =
            "write `git:REV` or `git:REV:PATH`, where REV is a branch, a tag or a commit, such as `git:main:rules`";
        return Err(wrong(format!("`{named}` names no revision"), help.to_owned()));
    }
    let parts = within.unwrap_or(DEFAULT_FOLDER).split('/').filter(|part| !["", "."].contains(part));
    let parts: Vec<&str> = parts.collect();
    if parts.contains(&"..") {
        let help = "a path in a revision is counted from the root of the repository, wherever the command is run";
        return Err(wrong(format!("`{named}` leads out of the repository"), help.to_owned()));
    }
    let within = parts.join("/");
    let tree = tree(revision).and_then(|tree| Tree::listed(&tree)).map_err(told)?;
    // a file that is named by itself is read, whatever it is called
    if let Some(file) = tree.entries.get_key_value(&within) {
        return tree.contents(revision, &[file], |_| true).map_err(told);
    }
    if let Some((path, entry)) = above(&within).find_map(|folder| tree.entries.get_key_value(folder)) {
        let finding = not_followed(&format!("{revision}:{path}"), path, &entry.mode);
        return Ok(Files { files: Vec::new(), findings: vec![finding] });
    }
    let below = tree.below(&within);
    if below.is_empty() {
        let message = format!("the revision `{revision}` holds no file or folder `{within}`");
        return Err(wrong(message, tree.help(revision, &within)));
    }
    let mut read = tree.contents(revision, &below, |path| is_rules(Path::new(path))).map_err(told)?;
    let is_empty = read.files.is_empty() && read.findings.is_empty();
    read.findings.extend(tree.passed_over(revision, &within));
    if is_empty {
        let message = format!("the folder `{within}` of the revision `{revision}` holds no `.rules` file");
        return Err(failed(Code::NoRules, message, tree.help(revision, &within)));
    }
    Ok(read)
}

/// Why git gave nothing.
enum Trouble {
    /// The command cannot be run.
    NoGit(io::Error),
    /// There is no repository here.
    NoRepository,
    /// It has no such revision.
    NoRevision,
    /// It has the revision, and not all that belongs to it.
    Incomplete(String),
    /// What git itself says.
    Said(String),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Said(error.to_string())
    }
}

impl Trouble {
    fn finding(self, named: &str, revision: &str) -> Box<Finding> {
        let (message, help) = match self {
            Trouble::NoGit(error) if error.kind() == io::ErrorKind::NotFound => (
                format!("`{named}` is a revision, and there is no `git` on this machine to read it"),
                "install git, or name a file or a folder".to_owned(),
            ),
            Trouble::NoGit(error) => {
                (format!("`git` cannot be run to read `{named}`: {error}"), "name a file or a folder".to_owned())
            }
            Trouble::NoRepository => (
                format!("`{named}` is a revision, and this folder lies in no git repository"),
                "run the command within the repository; a folder of that name is written `./git:…`".to_owned(),
            ),
            Trouble::NoRevision => {
                (format!("the repository has no revision `{revision}`"), help_with_revision(revision))
            }
            Trouble::Incomplete(what) => (
                format!("`{named}` cannot be read as a whole: this copy of the repository lacks {what}"),
                "fetch the whole with `git fetch --refetch --no-filter`, or see with `git fsck` what is damaged; forseti \
                 fetches nothing"
                    .to_owned(),
            ),
            Trouble::Said(text) => {
                let text = text.trim().trim_end_matches('.');
                (
                    format!("`{named}` cannot be read; git says: {text}"),
                    "see whether `git log` works in this folder".to_owned(),
                )
            }
        };
        Box::new(Finding::nowhere(Code::Unreadable, message).about([named.to_owned()]).help(help))
    }
}

/// What git is told before anything else: nothing that the configuration of a repository names is started.
const QUIET: [&str; 7] = [
    "--no-pager",
    // what is read is what the digests say, and not what somebody has put in its place
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "--literal-pathspecs",
];
/// An object that is missing is fetched from nowhere. Of the two, the one for all transports is known to every git, and
/// goes before what a repository allows.
const ALONE: [(&str, &str); 5] = [
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("LC_ALL", "C"),
];

/// A call of git that asks nothing of a user, reads nothing from one, and starts nothing else. It is one of `rev-parse`,
/// `for-each-ref`, `ls-tree` and `cat-file`, which look at objects alone: no alias can take their names, and they apply
/// no filter and no attribute.
#[expect(clippy::disallowed_methods, reason = "this is the one program that is started")]
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(QUIET).args(arguments).envs(ALONE).stdin(Stdio::null());
    command
}

/// What git prints.
fn git(arguments: &[&str]) -> Result<Vec<u8>, Trouble> {
    let output = command(arguments).output().map_err(Trouble::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(if said.contains("not a git repository") {
        Trouble::NoRepository
    } else if output.status.code() == Some(1) && said.is_empty() {
        Trouble::NoRevision
    } else {
        Trouble::Said(said)
    })
}

/// The tree of a revision by its digest; so a branch that moves meanwhile cannot mix two revisions.
fn tree(revision: &str) -> Result<String, Trouble> {
    let printed = git(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{tree}}")])?;
    let digest = String::from_utf8_lossy(&printed).trim().to_owned();
    let is_digest = !digest.is_empty() && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digest { Ok(digest) } else { Err(Trouble::NoRevision) }
}

fn help_with_revision(revision: &str) -> String {
    let printed = git(&["for-each-ref", "--format=%(refname:short)"]).unwrap_or_default();
    let printed = String::from_utf8_lossy(&printed);
    let remote = printed.lines().find(|name| name.split_once('/').is_some_and(|(_, name)| name == revision));
    if let Some(near) = remote.or_else(|| suggest(revision, printed.lines())) {
        return format!("did you mean `git:{near}`?");
    }
    let shallow = git(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|printed| printed.starts_with(b"true"));
    if shallow {
        "this copy of the repository holds only its last commits; fetch the others with `git fetch --unshallow`"
            .to_owned()
    } else {
        "name a branch, a tag or a commit that `git log --all` shows; what lies on a server is fetched first".to_owned()
    }
}

/// One file of a revision.
struct Entry {
    mode: String,
    digest: String,
    /// In bytes; none of a repository within it.
    length: Option<u64>,
}

/// All files of a revision, by their paths from the root.
struct Tree {
    entries: BTreeMap<String, Entry>,
}

impl Tree {
    fn listed(digest: &str) -> Result<Tree, Trouble> {
        let printed = git(&["ls-tree", "-r", "-l", "-z", "--full-tree", digest]).map_err(|trouble| match trouble {
            Trouble::Said(_) | Trouble::NoRevision => Trouble::Incomplete("the list of some of its folders".to_owned()),
            other => other,
        })?;
        let mut entries = BTreeMap::new();
        for line in printed.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let line = String::from_utf8_lossy(line);
            let Some((fields, path)) = line.split_once('\t') else { continue };
            let mut fields = fields.split_whitespace();
            let (mode, _kind, digest, length) = (fields.next(), fields.next(), fields.next(), fields.next());
            let (Some(mode), Some(digest)) = (mode, digest) else { continue };
            let length = length.and_then(|length| length.parse().ok());
            let entry = Entry { mode: mode.to_owned(), digest: digest.to_owned(), length };
            if entries.insert(path.to_owned(), entry).is_some() {
                return Err(Trouble::Said(format!(
                    "two files are both shown as `{path}`, as their names are no UTF-8"
                )));
            }
        }
        Ok(Tree { entries })
    }

    /// What lies below a folder and is not hidden, in the order in which a folder on disk is walked.
    fn below(&self, folder: &str) -> Vec<(&String, &Entry)> {
        let is_shown = |rest: &str| rest.split('/').all(|part| !part.starts_with('.'));
        let entries = self.entries.iter();
        let mut below: Vec<_> = entries.filter(|(path, _)| within(path, folder).is_some_and(is_shown)).collect();
        below.sort_by(|(one, _), (other, _)| one.split('/').cmp(other.split('/')));
        below
    }

    /// What lies below a folder, looks like law and is not read.
    fn passed_over(&self, revision: &str, folder: &str) -> Vec<Finding> {
        let told = |path: &String| {
            let rest = within(path, folder)?;
            unread::named(rest).and(unread::named(&format!("{revision}:{path}")))
        };
        self.entries.keys().filter_map(told).collect()
    }

    /// What those entries hold that are wanted.
    fn contents(
        &self,
        revision: &str,
        entries: &[(&String, &Entry)],
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<Files, Trouble> {
        let mut reader = Reader::new()?;
        let mut read = Files::default();
        for (path, entry) in entries {
            let shown = format!("{revision}:{path}");
            let is_wanted = is_wanted(path);
            if entry.mode == SUBMODULE
                || (entry.mode == LINK && (is_wanted || !self.leads_to_file(path, entry, &mut reader)?))
            {
                read.findings.push(not_followed(&shown, path, &entry.mode));
            } else if is_wanted && entry.length.is_some_and(|length| length > LAW) {
                read.findings.push(too_long(&shown));
            } else if is_wanted {
                read.files.push((shown, reader.bytes(&entry.digest)?));
            }
        }
        reader.end()?;
        Ok(read)
    }

    /// A link leads to a plain file of the same revision, and so to no folder in which there could be law.
    fn leads_to_file(&self, path: &str, entry: &Entry, reader: &mut Reader) -> Result<bool, Trouble> {
        let target = reader.bytes(&entry.digest)?;
        let target = String::from_utf8_lossy(&target);
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in target.split('/').filter(|part| *part != ".") {
            if part == ".." {
                parts.pop();
            } else {
                parts.push(part);
            }
        }
        Ok(self.entries.get(&parts.join("/")).is_some_and(|entry| entry.mode != LINK && entry.mode != SUBMODULE))
    }

    /// What could have been meant by a path.
    fn help(&self, revision: &str, path: &str) -> String {
        let folders: BTreeSet<&str> = self.entries.keys().flat_map(|path| above(path)).collect();
        let mut known = folders.iter().copied().chain(self.entries.keys().map(String::as_str));
        let ends = |name: &&str| name.strip_suffix(path).is_some_and(|before| before.ends_with('/'));
        let near = known.clone().find(ends).or_else(|| suggest(path, known.by_ref()));
        if let Some(near) = near {
            return format!("did you mean `git:{revision}:{near}`?");
        }
        let law = self.entries.keys().filter(|path| is_rules(Path::new(path)));
        let law: BTreeSet<&str> = law.map(|path| above(path).last().unwrap_or(".")).collect();
        let law: Vec<String> = law.iter().take(3).map(|folder| format!("`git:{revision}:{folder}`")).collect();
        if law.is_empty() {
            return "there is no `.rules` file in the whole revision".to_owned();
        }
        format!("`.rules` files lie in {}", law.join(", "))
    }
}

/// The path as counted from a folder, if it lies there.
fn within<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// The folders above a file, from the root on.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn not_followed(shown: &str, path: &str, mode: &str) -> Finding {
    let (message, help) = match mode {
        LINK => (
            format!("the link `{shown}` is not followed in a revision"),
            "name what it leads to, or compare a folder".to_owned(),
        ),
        SUBMODULE => (
            format!("`{shown}` is a repository of its own, whose files are not part of this revision"),
            format!(
                "name the folder `{path}` as it lies on disk, or run the command in it and name a revision of that repository"
            ),
        ),
        _ => (format!("`{shown}` is a file, and nothing lies below it"), format!("name `{path}` itself")),
    };
    let why = "law could lie there, and would be missing";
    Finding::nowhere(Code::Unreadable, message).about([shown.to_owned()]).why(why).help(help)
}

/// Reads files by their digests, one after the other, from one process.
struct Reader {
    child: Child,
    asked: ChildStdin,
    told: BufReader<ChildStdout>,
}

impl Reader {
    fn new() -> Result<Reader, Trouble> {
        let mut command = command(&["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(Trouble::NoGit)?;
        let (Some(asked), Some(told)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Trouble::Said("it cannot be spoken to".to_owned()));
        };
        Ok(Reader { child, asked, told: BufReader::new(told) })
    }

    fn bytes(&mut self, digest: &str) -> Result<Vec<u8>, Trouble> {
        self.asked.write_all(format!("{digest}\n").as_bytes())?;
        self.asked.flush()?;
        let mut head = String::new();
        self.told.read_line(&mut head)?;
        // `DIGEST blob LENGTH`, the bytes, and the end of a line; or `DIGEST missing`
        let length = head.trim().rsplit_once(' ').and_then(|(_, length)| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| Trouble::Incomplete(format!("the object {digest}")))?;
        if length > LAW {
            return Err(Trouble::Said(format!("the object {digest} is longer than can be read")));
        }
        let mut bytes = Vec::new();
        let read = (&mut self.told).take(length).read_to_end(&mut bytes)?;
        if read as u64 != length {
            return Err(Trouble::Incomplete(format!("a part of the object {digest}")));
        }
        let mut end = [0];
        self.told.read_exact(&mut end)?;
        Ok(bytes)
    }

    fn end(self) -> Result<(), Trouble> {
        let Reader { mut child, asked, told } = self;
        drop((asked, told));
        child.wait()?;
        Ok(())
    }
}
