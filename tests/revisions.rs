//! Law in revisions of a git repository, as a side of a comparison and wherever else law is read.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::cli::code;

/// A law with one rule.
pub(crate) fn law(channel: &str) -> String {
    format!(
        "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n\
         instrument list \"the list\" {{\n  kind arrangement\n  governs transfer\n  parties Denmark, Norway\n}}\n\
         provision \"1\" of list {{\n  channel is {channel}\n}}\n"
    )
}

/// A repository of its own, whatever the machine and its user have set.
pub(crate) struct Repository {
    pub(crate) folder: TempDir,
}

impl Repository {
    pub(crate) fn new() -> Repository {
        let repository = Repository { folder: tempfile::tempdir().expect("a folder can be made") };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let nothing = if cfg!(windows) { "NUL" } else { "/dev/null" };
        command.current_dir(self.folder.path()).env("GIT_CONFIG_GLOBAL", nothing).env("GIT_CONFIG_NOSYSTEM", "1");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "A").env(format!("GIT_{who}_EMAIL"), "a@example.org");
        }
        command
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        let output = self.command("git").args(arguments).output().expect("git runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("folders can be made");
        fs::write(path, text).expect("a file can be written");
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a change"]);
    }

    pub(crate) fn forseti(&self, arguments: &[&str]) -> Output {
        self.command(env!("CARGO_BIN_EXE_forseti")).args(arguments).output().expect("the command can be run")
    }
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it is text")
}

fn err(output: &Output) -> String {
    // lines of a message are broken where the terminal ends
    String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Two commits: direct, then central; and a tag on the first.
fn two_commits() -> Repository {
    let repository = Repository::new();
    repository.write("rules/list.rules", law("direct"));
    repository.write("rules/README.md", "not law");
    repository.write("rules/.hidden/old.rules", "nonsense {");
    repository.commit();
    repository.git(&["tag", "first"]);
    repository.write("rules/list.rules", law("central"));
    repository.commit();
    repository
}

#[test]
fn two_revisions_are_compared_and_nothing_is_checked_out() {
    let repository = two_commits();
    repository.write("rules/list.rules", "nonsense {");
    let before = repository.command("git").args(["status", "--porcelain=v2"]).output().expect("git runs").stdout;
    for sides in [
        ["git:first", "git:main"],
        ["git:HEAD~1:rules", "git:HEAD:./rules/"],
        ["git:first:rules/list.rules", "git:main:."],
    ] {
        let output =
            repository.forseti(&["diff", sides[0], sides[1], "--today", "2026-01-01", "--fail-on", "replaced"]);
        assert_eq!(code(&output), 1, "{sides:?} {}", err(&output));
        let text = out(&output);
        assert!(text.contains("was is direct") && text.contains("is  is central"), "{text}");
        // what it prints can be run as it stands
        let line = text.lines().find_map(|line| line.trim().strip_prefix("was: forseti ")).expect("a command");
        let asked =
            repository.command("sh").args(["-c", &format!("'{}' {line}", env!("CARGO_BIN_EXE_forseti"))]).output();
        let asked = asked.expect("a shell runs");
        assert!(out(&asked).contains("direct"), "{line}: {}", err(&asked));
    }
    let after = repository.command("git").args(["status", "--porcelain=v2"]).output().expect("git runs").stdout;
    assert_eq!(before, after);
    assert_eq!(code(&repository.forseti(&["diff", "git:main", "git:HEAD", "--fail-on", "any"])), 0);
    // also from a folder within, and from a bare repository
    let mut within = repository.command(env!("CARGO_BIN_EXE_forseti"));
    within.current_dir(repository.folder.path().join("rules")).args(["diff", "git:first", "git:main"]);
    assert!(out(&within.output().expect("it runs")).contains("1 answer changes"));
    let bare = Repository { folder: tempfile::tempdir().expect("a folder can be made") };
    bare.git(&["clone", "--quiet", "--bare", &repository.folder.path().to_string_lossy(), "."]);
    assert!(out(&bare.forseti(&["diff", "git:first", "git:main"])).contains("1 answer changes"));
}

#[test]
fn a_revision_and_a_folder_are_read_alike() {
    let repository = two_commits();
    let many = |at: usize| format!("{}# {at}\n", law(if at == 0 { "direct" } else { "central" }));
    for (at, path) in ["a.rules", "a/b.rules", "a-b/c.rules", "a/å æ.rules"].into_iter().enumerate() {
        repository.write(&format!("many/{path}"), many(at));
    }
    repository.commit();
    let json = |law: &str| -> serde_json::Value {
        let output = repository.forseti(&["check", law, "--format", "json", "--today", "2026-01-01"]);
        serde_json::from_str(&out(&output).replace("main:many/", "many/").replace("git:main:many", "many"))
            .expect("JSON")
    };
    let (folder, revision) = (json("many"), json("git:main:many"));
    assert!(folder["findings"].as_array().is_some_and(|all| all.len() > 4));
    assert_eq!(folder, revision);
    assert_eq!(folder["summary"]["files"], 4);
}

#[test]
fn what_cannot_be_read_of_a_revision_is_said() {
    let repository = two_commits();
    repository.write("law/deep/odd.rules", b"country Denmark (DK)\n# \xff\n");
    repository.write("empty/none.txt", "nothing");
    repository.commit();
    repository.git(&["branch", "release-2026"]);
    repository.git(&["update-ref", "refs/remotes/origin/topic", "HEAD"]);
    for (side, says) in [
        ("git:release-2062", "has no revision `release-2062`"),
        ("git:relaese-2026", "did you mean `git:release-2026`?"),
        ("git:topic", "did you mean `git:origin/topic`?"),
        ("git:main..first", "has no revision `main..first`"),
        ("git:--all", "names no revision"),
        ("git:", "names no revision"),
        ("git:main:../rules", "leads out of the repository"),
        ("git:main:rulse", "did you mean `git:main:rules`?"),
        ("git:main:deep", "did you mean `git:main:law/deep`?"),
        ("git:main:somewhere/else", "files lie in `git:main:law/deep`, `git:main:rules`"),
        ("git:main:empty", "holds no `.rules` file"),
        ("git:main:law", "main:law/deep/odd.rules"),
    ] {
        let output = repository.forseti(&["diff", side, "rules"]);
        let text = err(&output);
        assert!(text.contains(says), "{side}: {text}");
        assert!(text.contains(&format!("`{side}` cannot be compared")), "{side}: {text}");
        assert_eq!(code(&output), if side == "git:main:law" { 1 } else { 2 }, "{side}: {text}");
    }
    let outside = Repository { folder: tempfile::tempdir().expect("a folder can be made") };
    let output = outside.forseti(&["diff", "git:main", "rules"]);
    assert!(err(&output).contains("lies in no git repository"), "{}", err(&output));
    let mut without = repository.command(env!("CARGO_BIN_EXE_forseti"));
    let output = without.args(["diff", "git:main", "rules"]).env("PATH", "").output().expect("it runs");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("there is no `git` on this machine"), "{}", err(&output));
}

#[cfg(unix)]
#[test]
fn law_behind_a_link_is_never_left_out_in_silence() {
    let repository = two_commits();
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(target, repository.folder.path().join(name)).expect("a link can be made");
    };
    link("README.md", "rules/LICENSE");
    repository.commit();
    assert_eq!(code(&repository.forseti(&["diff", "git:main", "git:HEAD"])), 0);
    for (target, name) in [("../rules", "rules/more"), ("list.rules", "rules/again.rules"), ("/etc", "rules/far")] {
        link(target, name);
        repository.commit();
        let output = repository.forseti(&["diff", "git:main", "git:first"]);
        assert_eq!(code(&output), 2);
        assert!(err(&output).contains(&format!("the link `main:{name}` is not followed")), "{}", err(&output));
        fs::remove_file(repository.folder.path().join(name)).expect("it is there");
    }
}

#[test]
fn nothing_is_written_into_a_revision() {
    let repository = two_commits();
    for call in [&["fmt", "git:main"][..], &["check", "git:main", "--fix"], &["check", "git:main", "--watch"]] {
        let output = repository.forseti(call);
        assert_eq!(code(&output), 2, "{call:?}");
        assert!(err(&output).contains("revision"), "{}", err(&output));
    }
    assert!(!Path::new(&repository.folder.path().join("main:rules")).exists());
}
