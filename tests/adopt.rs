//! How a body of law is taken up: a first folder, what servers run, the manual.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[cfg(unix)]
use crate::revisions::{Repository, law, out};

const FORSETI: &str = env!("CARGO_BIN_EXE_forseti");

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(FORSETI).args(arguments).current_dir(folder).output().expect("forseti runs")
}

#[test]
fn a_first_folder_passes_at_once_and_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    for server in ["github", "gitlab"] {
        let made = run(folder.path(), &["init", server, "--ci", server]);
        assert!(made.status.success(), "{made:?}");
        let law = folder.path().join(server);
        for call in [&["check"][..], &["test"], &["fmt", "--check"]] {
            let done = run(&law, call);
            assert!(done.status.success(), "{call:?}: {done:?}");
        }
        let check = String::from_utf8(run(&law, &["check", "--today", "2026-01-01"]).stdout).expect("text");
        assert_eq!(check, "no findings in 2 files, 3 rules, as of 2026-01-01\n");
    }
    assert!(folder.path().join("github/.github/workflows/law.yml").is_file());
    assert!(folder.path().join("gitlab/.gitlab-ci.yml").is_file());

    let rules = folder.path().join("github/rules/agreement.rules");
    fs::write(&rules, "# mine\n").expect("written");
    let again = run(folder.path(), &["init", "github"]);
    assert_eq!(again.status.code(), Some(2), "{again:?}");
    assert_eq!(fs::read_to_string(&rules).expect("still there"), "# mine\n");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("man/man1");
    let made = run(folder.path(), &["man", "man/man1"]);
    assert!(made.status.success(), "{made:?}");
    for name in ["forseti", "forseti-check", "forseti-ask", "forseti-init"] {
        let page = fs::read_to_string(pages.join(format!("{name}.1"))).expect(name);
        assert!(page.contains(".SH SYNOPSIS"), "{name}");
    }
}

/// The script of the servers, on a repository of its own: it leaves every report and fails as the first step fails.
#[test]
#[cfg(unix)]
fn the_script_of_the_servers_checks_tests_and_leaves_the_reports() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(run(folder.path(), &["init"]).status.success());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ci/check.sh");
    let path = std::env::join_paths(
        std::iter::once(Path::new(FORSETI).parent().expect("a folder").to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    )
    .expect("a path");
    let serve = |server: &str| {
        Command::new("sh")
            .arg(&script)
            .args(["rules", "out/reports"])
            .env("PATH", &path)
            .env("GITHUB_ACTIONS", server)
            .current_dir(folder.path())
            .output()
            .expect("a shell runs")
    };
    let fine = serve("false");
    assert!(fine.status.success(), "{fine:?}");
    let reports = ["forseti.sarif", "gl-code-quality-report.json", "forseti.xml", "forseti.md"];
    for report in reports {
        assert!(folder.path().join("out/reports").join(report).is_file(), "{report}");
    }

    // A second answer to one question, and a test that then fails.
    let rules = folder.path().join("rules/agreement.rules");
    let text = fs::read_to_string(&rules).expect("rules")
        + "provision \"Article 3\" of agreement-2020 { languages for letter are English }\n";
    fs::write(&rules, text).expect("written");
    let broken = serve("true");
    assert_eq!(broken.status.code(), Some(1), "{broken:?}");
    let shown = String::from_utf8(broken.stdout).expect("text");
    assert!(shown.contains("::error"), "{shown}");
    assert!(shown.contains("tests failed"), "the tests are run too: {shown}");
    let sarif = fs::read_to_string(folder.path().join("out/reports/forseti.sarif")).expect("a report");
    assert!(sarif.contains("conflict"));
}

/// A folder with this program, and with programs of these names that print their arguments, before all others.
#[cfg(unix)]
fn path_with(folder: &Path, names: &[&str]) -> std::ffi::OsString {
    use std::os::unix::fs::PermissionsExt as _;
    for name in names {
        let program = folder.join(name);
        fs::write(&program, format!("#!/bin/sh\necho called: {name} \"$@\"\n")).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it can be run");
    }
    let own = [folder, Path::new(FORSETI).parent().expect("a folder")].map(Path::to_owned);
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&path))).expect("a path")
}

/// A repository of which the last commit is a request that was merged: it makes the channel another.
#[cfg(unix)]
fn merged_request() -> Repository {
    let repository = Repository::new();
    repository.write("README.md", "law\n");
    repository.commit();
    repository.git(&["tag", "empty"]);
    repository.write("rules/list.rules", law("direct"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "-b", "request"]);
    repository.write("rules/list.rules", law("central"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("README.md", "our law\n");
    repository.commit();
    repository.git(&["merge", "--quiet", "--no-ff", "--message", "merged", "request"]);
    repository
}

/// The script of the servers, where a change is made on something.
#[test]
#[cfg(unix)]
fn the_script_of_the_servers_says_what_a_change_does() {
    let repository = merged_request();
    let path = path_with(repository.folder.path(), &[]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ci/check.sh");
    let file = |name: &str| fs::read_to_string(repository.folder.path().join(name)).unwrap_or_default();
    let serve = |base: &str, fail_on: &str| {
        let mut shell = repository.command("sh");
        shell.arg(&script).args(["rules", "reports", base]).env("PATH", &path).env("FORSETI_FAIL_ON", fail_on);
        let _ = fs::remove_dir_all(repository.folder.path().join("reports"));
        shell.env("GITHUB_STEP_SUMMARY", repository.folder.path().join("page.md")).output().expect("a shell runs")
    };
    let compared = serve("HEAD^1", "");
    let shown = out(&compared);
    let difference = file("reports/difference.md");
    assert!(difference.contains("#### channel, transfer: replaced"), "{shown} {difference}");
    assert_eq!(file("page.md"), difference, "it stands on the page of the run");
    assert!(shown.contains(&difference));
    let checked = serve("", "").status.code();
    assert_eq!(compared.status.code(), checked, "without a category nothing fails on a change");
    assert_eq!(file("reports/difference.md"), "");
    let untouched = serve("HEAD^2", "any");
    assert_eq!((file("reports/difference.md").as_str(), untouched.status.code()), ("", checked));
    let new = serve("empty", "any");
    let says = "The law is new: empty has none in `rules`, and there is nothing to compare it with.\n";
    assert_eq!((file("reports/difference.md").as_str(), new.status.code()), (says, checked));
    assert!(out(&new).ends_with(says) && file("page.md").ends_with(says));
    assert_eq!(serve("HEAD^1", "gap-opened conflict").status.code(), checked);
    assert_eq!(serve("HEAD^1", "gap-opened replaced").status.code(), Some(1));
    let entries = repository.forseti(&["diff", "git:HEAD^1", "rules", "--format", "approvals"]);
    repository.write("approvals.toml", out(&entries).replace("\"\"", "\"so decided\""));
    assert_eq!(serve("HEAD^1", "any").status.code(), checked, "it is approved");
    assert!(file("reports/difference.md").contains("approved by so decided"));
    assert_eq!(serve("nowhere", "").status.code(), Some(2), "a revision that is not there is not taken for no change");
}

/// The law is compared with what it was, however its folder is named; where the folder was renamed, that is said.
#[test]
#[cfg(unix)]
fn the_script_of_the_servers_finds_the_law_wherever_it_is_called() {
    let repository = merged_request();
    let path = path_with(repository.folder.path(), &[]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ci/check.sh");
    let root = repository.folder.path().to_owned();
    let serve = |folder: &str, rules: &str| {
        let _ = fs::remove_dir_all(root.join("reports"));
        fs::create_dir_all(root.join(folder)).expect("a folder");
        let mut shell = repository.command("sh");
        shell.arg(&script).args([rules, &root.join("reports").to_string_lossy(), "HEAD^1"]).env("PATH", &path);
        let done = shell.current_dir(root.join(folder)).output().expect("a shell runs");
        assert_ne!(done.status.code(), Some(2), "{done:?}");
        fs::read_to_string(root.join("reports/difference.md")).unwrap_or_default()
    };
    let absolute = root.join("rules").display().to_string();
    for (folder, rules) in [("", "./rules/"), ("", &absolute), ("work/deep", "../../rules"), ("rules", ".")] {
        let difference = serve(folder, rules);
        assert!(difference.contains("#### channel, transfer: replaced"), "{folder} {rules}: {difference}");
    }
    let file = serve("work", "../rules/list.rules");
    assert!(file.contains("#### channel, transfer: replaced"), "{file}");
    repository.git(&["mv", "rules", "law"]);
    let moved = serve("work", "../law");
    assert!(moved.contains("not compared: it lies in `law` now, and lay in `rules` in HEAD^1"), "{moved}");
    assert!(moved.contains("`forseti diff git:HEAD^1:rules ../law`"), "{moved}");
}

/// The commands of the templates, as their servers would run them.
#[test]
#[cfg(unix)]
fn the_templates_say_what_a_request_does() {
    let repository = merged_request();
    let path = path_with(repository.folder.path(), &["curl"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shell = |text: &str| {
        let mut shell = repository.command("sh");
        shell.args(["-e", "-c", text]).env("PATH", &path).env("GITHUB_STEP_SUMMARY", "page.md");
        shell.env("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD^1").env("CI_API_V4_URL", "https://example.org/api/v4");
        shell.env("CI_PROJECT_ID", "7").env("CI_MERGE_REQUEST_IID", "9");
        shell
    };
    let gitlab = fs::read_to_string(root.join("ci/gitlab.yml")).expect("the template");
    let job = gitlab.split_once("\nlaw-difference:\n").expect("the job").1;
    let script: Vec<&str> =
        job.lines().filter_map(|line| line.strip_prefix("    - ")).filter(|line| !line.starts_with("if:")).collect();
    assert_eq!(script.len(), 5, "{script:?}");
    let script = script.join("\n");
    let without = shell(&script).output().expect("a shell runs");
    let text = out(&without);
    assert!(without.status.success() && text.contains("#### channel, transfer: replaced"), "{without:?}");
    assert!(!text.contains("called: curl"), "there is no token");
    let with = out(&shell(&script).env("FORSETI_TOKEN", "secret").output().expect("a shell runs"));
    assert!(with.contains("called: curl --fail"), "{with}");
    assert!(
        with.contains("body=<difference.md https://example.org/api/v4/projects/7/merge_requests/9/notes"),
        "{with}"
    );
    let new = shell(&script).env("CI_MERGE_REQUEST_DIFF_BASE_SHA", "empty").output().expect("a shell runs");
    let says = "The law is new, and there is nothing to compare it with.\n";
    assert!(new.status.success() && out(&new) == says, "{new:?}");
    let lost = shell(&script).env("CI_MERGE_REQUEST_DIFF_BASE_SHA", "nowhere").output().expect("a shell runs");
    assert!(!lost.status.success(), "a revision that is not there is not taken for a law that is new");

    let github = fs::read_to_string(root.join("ci/github/law.yml")).expect("the template");
    let (_, line) = github.split_once("run: |\n").expect("the step");
    assert!(shell(line).output().expect("a shell runs").status.success());
    let page = || fs::read_to_string(repository.folder.path().join("page.md")).unwrap_or_default();
    assert!(page().contains("#### channel, transfer: replaced"), "{}", page());
    let before = page();
    assert!(shell(&line.replace("HEAD^1", "HEAD^2")).output().expect("a shell runs").status.success());
    assert_eq!(page(), before, "rules that were not touched are not compared");
    assert!(shell(&line.replace("HEAD^1", "empty")).output().expect("a shell runs").status.success());
    assert_eq!(page(), before + says, "a law that is new is said to be");
    assert!(!shell(&line.replace("HEAD^1", "nowhere")).output().expect("a shell runs").status.success());
}

/// What other tools read of this repository names commands that there are.
#[test]
fn hooks_and_templates_call_commands_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [".pre-commit-hooks.yaml", "ci/github/law.yml", "ci/gitlab.yml", "ci/check.sh"] {
        let text = fs::read_to_string(root.join(file)).expect(file);
        let calls = text.lines().filter_map(|line| line.split_once("forseti ")).map(|(_, rest)| rest);
        let verbs: Vec<&str> = calls.filter_map(|rest| rest.split_whitespace().next()).collect();
        let verbs: Vec<&str> = verbs.into_iter().filter(|verb| ["check", "test"].contains(verb)).collect();
        assert!(verbs.contains(&"check") && verbs.contains(&"test"), "{file}: {verbs:?}");
    }
}
