//! How a body of law is taken up: a first folder, what servers run, the manual.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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
        for verb in ["check", "test"] {
            let done = run(&law, &[verb]);
            assert!(done.status.success(), "{verb}: {done:?}");
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
