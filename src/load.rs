//! The only reading of files: from paths to [`Sources`].
//!
//! A file named by itself is read whatever it is called; a folder is walked, its entries by name, and gives its
//! `.rules` files. Names that begin with a dot are left out, as editors and version control keep their own files there; what
//! looks like law and is left out is told.
//! What cannot be read is a finding, and everything else is read nevertheless. An artifact stands for the files that it holds.

mod artifact;
mod confined;
mod file;
mod revision;
pub mod settings;
mod unread;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use crate::drift;
use crate::finding::{Code, Finding};
use crate::source::Sources;
use crate::syntax::{decode, text_of};
pub use confined::{below, is_link};
pub(crate) use file::other;
pub use revision::{is_revision, revision_of};

/// What standard input is called among the files.
pub const STANDARD_INPUT: &str = "<stdin>";

/// What was read, and what could not be.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files, in the order in which they were named and found.
    pub sources: Sources,
    /// What is wrong with files and folders as such.
    pub findings: Vec<Finding>,
    /// The artifacts whose files are among them: nothing can be written into those.
    pub artifacts: Vec<String>,
}

/// Reads the files and folders; the path `-` stands for standard input, and `git:REV` or `git:REV:PATH` for what a revision
/// of the git repository holds. An artifact that is named by itself gives the files from which it was made. A file that is
/// reached on two ways is read once.
pub fn load(paths: &[PathBuf]) -> Loaded {
    load_as(paths, None)
}

/// As [`load`], and standard input stands for a file: an editor hands over what is not saved yet. Where that file is one of
/// those that are read, its text is not looked at; otherwise, or if there is no such file, it comes last.
pub fn load_as(paths: &[PathBuf], input: Option<&Path>) -> Loaded {
    let mut loader = Loader { loaded: Loaded::default(), seen: BTreeSet::new(), unsaved: None };
    if let Some(file) = input {
        loader.unsaved = loader.input().map(|bytes| (place(file), bytes));
    }
    for path in paths {
        if path.as_os_str() == "-" {
            if loader.seen.insert(PathBuf::from("-")) {
                loader.standard_input();
            }
            continue;
        }
        if is_revision(path) {
            loader.revision(path);
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => loader.folder(path),
            Ok(_) => loader.file(path),
            Err(_) if loader.unsaved.as_ref().is_some_and(|unsaved| unsaved.0 == place(path)) => loader.file(path),
            Err(error) => loader.trouble(path, &error),
        }
    }
    if let Some(file) = input.filter(|_| loader.unsaved.is_some()) {
        loader.file(file);
    }
    loader.loaded
}

/// Reads a file that is no file of rules, such as an official text, in UTF-8 or marked as UTF-16; none where there is no
/// file.
///
/// # Errors
/// What the system says, or that it is no file, too long, or no text: one of which letters are lost would be compared as
/// another one.
pub fn text(path: &Path) -> io::Result<Option<String>> {
    let Some(bytes) = file::other(path)? else { return Ok(None) };
    let (text, _) = text_of(bytes);
    if text.contains(char::REPLACEMENT_CHARACTER) {
        let reason = "it is not text in UTF-8; save it again with that encoding";
        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
    }
    Ok(Some(text))
}

/// A file as the system lists it; what was not changed has the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The file, or the path that is none.
    pub path: PathBuf,
    /// When it was last changed; none where the system does not say, or where there is no file.
    pub changed: Option<SystemTime>,
    /// Its length in bytes.
    pub length: u64,
}

/// The files that [`load`] would read, as the system lists them, without reading one. What cannot be listed is left out.
pub fn stamps(paths: &[PathBuf]) -> Vec<Stamp> {
    let mut stamps = Vec::new();
    for path in paths {
        if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
            let entries = walk(path).flatten().filter(|entry| is_rules(entry.path()) && entry.file_type().is_file());
            stamps.extend(entries.map(|entry| stamp(entry.path())));
        } else {
            stamps.push(stamp(path));
        }
    }
    stamps
}

/// The file is one of those that [`load`] reads, or would be if it were written: then nothing else may be written there.
pub fn is_law(paths: &[PathBuf], file: &Path) -> bool {
    let wanted = place(file);
    let lies_below = |folder: &Path| {
        // a file that is not there yet is read as soon as it is, unless it or a folder on the way to it is hidden
        let below = wanted.strip_prefix(place(folder)).ok().filter(|_| is_rules(&wanted));
        below.is_some_and(|below| !below.iter().any(|name| name.as_encoded_bytes().starts_with(b".")))
    };
    let is_input = |path: &Path| path.as_os_str() == "-" || is_revision(path);
    stamps(paths).iter().any(|stamp| !is_input(&stamp.path) && place(&stamp.path) == wanted)
        || paths.iter().any(|path| path.is_dir() && lies_below(path))
}

/// Where a file lies or would lie, without links: a name is compared with others so.
fn place(file: &Path) -> PathBuf {
    let folder = || match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => fs::canonicalize(folder).ok(),
        _ => fs::canonicalize(".").ok(),
    };
    fs::canonicalize(file).ok().or_else(|| Some(folder()?.join(file.file_name()?))).unwrap_or_else(|| file.to_owned())
}

fn stamp(path: &Path) -> Stamp {
    let metadata = fs::metadata(path).ok();
    Stamp {
        path: path.to_owned(),
        changed: metadata.as_ref().and_then(|metadata| metadata.modified().ok()),
        length: metadata.map_or(0, |metadata| metadata.len()),
    }
}

/// A folder with all below it that is not hidden, by name: what [`Loader::folder`] reads, without what it tells.
fn walk(folder: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
}

/// The root of the git repository that holds a folder, which need not be there yet, and the way from the root to it.
pub fn repository_of(folder: &Path) -> Option<(PathBuf, PathBuf)> {
    let whole = std::path::absolute(folder).ok()?;
    let there = whole.ancestors().find(|above| above.is_dir())?;
    let root = there.ancestors().find(|above| above.join(".git").exists())?;
    // as the user named it, where that leads there
    let depth = whole.strip_prefix(root).ok()?;
    let up = depth.components().count();
    let named = folder.ancestors().nth(up).filter(|above| !above.as_os_str().is_empty());
    Some((named.map_or_else(|| root.to_owned(), Path::to_owned), depth.to_owned()))
}

/// The finding says that something could not be read at all, which is a fault of the call and not of the law.
pub fn is_trouble(finding: &Finding) -> bool {
    finding.place.is_none() && matches!(finding.code, Code::Unreadable | Code::NoRules | Code::TooLong)
}

struct Loader {
    loaded: Loaded,
    /// Files that were read, by the path without links.
    seen: BTreeSet<PathBuf>,
    /// What standard input holds, and for which file it stands; until that comes.
    unsaved: Option<(PathBuf, Vec<u8>)>,
}

impl Loader {
    fn folder(&mut self, folder: &Path) {
        let mut found = false;
        let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.depth() > 0 && is_hidden(&entry) => {
                    self.loaded.findings.extend(unread::passed_over(&entry));
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_rules(entry.path()) && !unread::is_foreign(&entry) => {
                    found = true;
                    self.file(entry.path());
                }
                Ok(entry) => self.loaded.findings.extend(unread::passed_over(&entry)),
                // an editor marks with a link to nowhere that a file is open, and other hidden links are as little read
                Err(error) if error.path().and_then(Path::file_name).is_some_and(is_hidden_name) => {}
                Err(error) => {
                    found = true;
                    self.failed_walk(folder, &error);
                }
            }
        }
        if !found {
            let message = format!("the folder `{}` holds no `.rules` file", shown(folder));
            let help = "name the folder in which the law lies, or give its files the ending `.rules`";
            self.loaded.findings.push(Finding::nowhere(Code::NoRules, message).about([shown(folder)]).help(help));
        }
    }

    fn failed_walk(&mut self, folder: &Path, error: &walkdir::Error) {
        let path = error.path().unwrap_or(folder);
        if let Some(ancestor) = error.loop_ancestor() {
            let message = format!("the link `{}` leads back to the folder `{}`", shown(path), shown(ancestor));
            let finding = Finding::nowhere(Code::Unreadable, message)
                .about([shown(path)])
                .why("following it would never end; the other files are read")
                .help("remove the link");
            self.loaded.findings.push(finding);
        } else if let Some(error) = error.io_error() {
            self.trouble(path, error);
        }
    }

    fn file(&mut self, path: &Path) {
        let once = place(path);
        if let Some((_, bytes)) = self.unsaved.take_if(|unsaved| unsaved.0 == once) {
            self.seen.insert(once);
            return self.add(shown(path), bytes);
        }
        if !self.seen.insert(once) {
            return;
        }
        match file::bytes(path, file::LAW) {
            Ok(bytes) => self.add(shown(path), bytes),
            Err(error) => self.trouble(path, &error),
        }
    }

    fn standard_input(&mut self) {
        if let Some(bytes) = self.input() {
            self.add(STANDARD_INPUT.to_owned(), bytes);
        }
    }

    /// What standard input holds; none if that cannot be read, which is told.
    #[expect(clippy::disallowed_methods, reason = "this is where standard input is read")]
    fn input(&mut self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        match io::stdin().lock().take(file::LAW + 1).read_to_end(&mut bytes) {
            Ok(length) if length as u64 > file::LAW => self.loaded.findings.push(too_long(STANDARD_INPUT)),
            Ok(_) => return Some(bytes),
            Err(error) => self.trouble(Path::new(STANDARD_INPUT), &error),
        }
        None
    }

    /// Adds a file; one that is no file of rules by its name can be an artifact, or the lock of the sources.
    fn add(&mut self, path: String, bytes: Vec<u8>) {
        if bytes.starts_with(LFS) {
            return self.loaded.findings.push(pointer(path));
        }
        if !is_rules(Path::new(&path)) && drift::rescued(&String::from_utf8_lossy(&bytes)).is_some() {
            return self.loaded.findings.push(lock(path));
        }
        if is_rules(Path::new(&path)) || !artifact::is_object(&bytes) {
            return self.decode(path, bytes);
        }
        match artifact::files(&path, &bytes) {
            Ok(files) => {
                for (path, text) in files {
                    self.decode(path, text.into_bytes());
                }
                self.loaded.artifacts.push(path);
            }
            Err(finding) => self.loaded.findings.push(*finding),
        }
    }

    fn decode(&mut self, path: String, bytes: Vec<u8>) {
        let (_, findings) = decode(&mut self.loaded.sources, path, bytes);
        self.loaded.findings.extend(findings);
    }

    fn revision(&mut self, path: &Path) {
        match revision::read(path) {
            Ok(read) => {
                self.loaded.findings.extend(read.findings);
                for (path, bytes) in read.files {
                    if self.seen.insert(PathBuf::from(format!("git:{path}"))) {
                        self.add(path, bytes);
                    }
                }
            }
            Err(finding) => self.loaded.findings.push(*finding),
        }
    }

    fn trouble(&mut self, path: &Path, error: &io::Error) {
        let path = shown(path);
        if error.kind() == io::ErrorKind::FileTooLarge {
            return self.loaded.findings.push(too_long(&path));
        }
        let finding = if error.kind() == io::ErrorKind::NotFound {
            Finding::nowhere(Code::Unreadable, format!("there is no file or folder `{path}`"))
                .help("name a file or a folder with `.rules` files; without a name it is the folder `rules`")
        } else {
            Finding::nowhere(Code::Unreadable, format!("`{path}` cannot be read: {}", reason(error)))
        };
        self.loaded.findings.push(finding.about([path]));
    }
}

/// How the file begins that git keeps in the place of one that lies on another server.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

fn pointer(path: String) -> Finding {
    let message = format!("`{path}` only points to a file that is kept elsewhere by Git LFS");
    Finding::nowhere(Code::Unreadable, message)
        .why("the law in it is not here, and would be missing")
        .help("fetch it with `git lfs pull` and read the folder; keep law in the repository itself")
        .about([path])
}

/// A shell that fills in `rules/*` names the lock beside the rules.
fn lock(path: String) -> Finding {
    let message = format!("`{path}` is the lock of the sources, and holds no rules");
    Finding::nowhere(Code::Unreadable, message)
        .why("it keeps what the official texts said; `forseti sources verify` reads it")
        .help("leave it out, or name the folder in which the rules lie: of a folder only `.rules` files are read")
        .about([path])
}

fn too_long(path: &str) -> Finding {
    let message = format!("`{path}` is longer than 1 GiB");
    let help = "divide it into several files; their order is free";
    Finding::nowhere(Code::TooLong, message).about([path.to_owned()]).help(help)
}

/// What the system says, in the style of the other messages.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "this user may not read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// It is called as files of law are, in capitals or not.
fn is_rules(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("rules"))
}

fn is_hidden(entry: &DirEntry) -> bool {
    is_hidden_name(entry.file_name())
}

fn is_hidden_name(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// A path as it is shown: as it was given, with `/` between folders.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
