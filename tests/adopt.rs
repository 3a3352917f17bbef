//! How a body of law is taken up: a first folder, what servers run, the manual.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[cfg(unix)]
use yaml_rust2::{Yaml, YamlLoader};

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
    // a law that is there gets a server, and a second server the same scripts
    let added = run(&folder.path().join("github"), &["init", "--ci", "gitlab"]);
    assert!(added.status.success() && folder.path().join("github/.gitlab-ci.yml").is_file(), "{added:?}");
    let beside = run(&folder.path().join("github"), &["init", "--ci", "gitlab"]);
    let said = String::from_utf8(beside.stdout).expect("text");
    assert!(said.ends_with("include:\n  - local: .gitlab/forseti.yml\nthe server installs forseti from the address that the variable FORSETI_SOURCE of its repository holds: that of forseti's git repository\n"), "{said}");

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
    let page = |name: &str| fs::read_to_string(pages.join(format!("{name}.1"))).expect(name);
    for name in ["forseti", "forseti-check", "forseti-ask", "forseti-init", "forseti-sources-lock"] {
        let page = page(name);
        assert!(page.contains(".SH SYNOPSIS"), "{name}");
        let head = page.lines().find(|line| line.starts_with(".TH")).expect("a head");
        let version = concat!("\"forseti ", env!("CARGO_PKG_VERSION"), "\"");
        assert!(head.starts_with(&format!(".TH {name} 1 20")) && head.contains(version), "{head}");
    }
    for format in ["human", "sarif", "junit", "gitlab", "markdown"] {
        assert!(page("forseti-check").contains(format) && page("forseti-test").contains(format), "{format}");
    }
    for category in ["gap", "conflict"] {
        assert!(page("forseti-diff").contains(category), "{category}");
    }
    let completions = run(folder.path(), &["completions", "bash"]);
    let script = String::from_utf8(completions.stdout).expect("text");
    for word in ["sarif", "idle-precedence", "gap-opened"] {
        assert!(script.contains(word), "{word}");
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
    let reports = ["forseti.sarif", "gl-code-quality-report.json", "forseti.xml", "forseti.md", "forseti-tests.xml"];
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

/// What the server runs of the file that `init` wrote, as a shell runs it where the file says.
#[cfg(unix)]
fn steps(file: &str) -> Vec<String> {
    let yaml = YamlLoader::load_from_str(file).expect("the file is YAML").remove(0);
    let words = |node: &Yaml| -> Vec<String> {
        node.as_vec().into_iter().flatten().filter_map(|line| Some(line.as_str()?.to_owned())).collect()
    };
    if let Some(steps) = yaml["jobs"]["law"]["steps"].as_vec() {
        let folder = yaml["defaults"]["run"]["working-directory"].as_str().expect("a folder");
        assert!(
            steps
                .iter()
                .filter_map(|step| step["uses"].as_str())
                .all(|uses| { uses.rsplit_once('@').is_some_and(|(_, pinned)| pinned.len() == 40) })
        );
        return steps
            .iter()
            .filter_map(|step| step["run"].as_str())
            .map(|run| format!("cd '{folder}'\n{run}"))
            .collect();
    }
    let job = &yaml["law"];
    let folder = job["variables"]["LAW"].as_str().expect("a folder");
    let parts = [&job["before_script"], &job["script"], &job["after_script"]];
    parts.iter().map(|part| format!("LAW='{folder}'\n{}", words(part).join("\n"))).collect()
}

/// A law that `init` began below the root of a repository is checked by the server from there: the steps of the file that was
/// written are run in their order, with programs that stand for those of the server.
#[test]
#[cfg(unix)]
fn what_init_wrote_for_a_server_runs_there() {
    let repository = Repository::new();
    let root = repository.folder.path();
    let path = path_with(root, &["gh", "curl"]);
    let calls = root.join("calls");
    for program in ["gh", "curl"] {
        let text =
            format!("#!/bin/sh\necho {program} \"$@\" >>'{}'\n[ {program} = gh ] || echo '[]'\n", calls.display());
        fs::write(root.join(program), text).expect("written");
    }
    for (server, file) in [("github", ".github/workflows/law.yml"), ("gitlab", ".gitlab-ci.yml")] {
        let made = run(root, &["init", &format!("{server} law"), "--ci", server]);
        assert!(made.status.success(), "{made:?}");
        assert!(root.join(file).is_file(), "the server looks at the root");
        repository.commit();
        let rules = root.join(format!("{server} law/rules/agreement.rules"));
        let text = fs::read_to_string(&rules).expect("rules")
            + "provision \"Article 3\" of agreement-2020 { channel is direct }\n";
        fs::write(&rules, text).expect("written");
        repository.commit();
        let mut said = String::new();
        for step in steps(&fs::read_to_string(root.join(file)).expect("the file")) {
            let mut shell = repository.command("sh");
            shell.args(["-e", "-c", &step]).env("PATH", &path).env("BASE", "HEAD^1").env("NUMBER", "7");
            shell.env("GITHUB_REPOSITORY", "o/r").env("CI_PROJECT_DIR", root).env("FORSETI_TOKEN", "secret");
            shell.env("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD^1").env("CI_API_V4_URL", "https://example.org/api/v4");
            if server == "gitlab" {
                shell.env("CI_PROJECT_ID", "7").env("CI_MERGE_REQUEST_IID", "9");
            }
            let done = shell.output().expect("a shell runs");
            said += &out(&done);
            assert!(done.status.success(), "{step}: {done:?}");
        }
        assert!(said.contains("What changes"), "{said}");
        let called = fs::read_to_string(&calls).expect("the comment is written");
        let wanted = if server == "github" { "POST repos/o/r/issues/7/comments" } else { "merge_requests/9/notes" };
        assert!(called.contains(wanted), "{called}");
    }
}

/// Without forseti on the path, a server installs it from where its repository says, and says so if nothing is said.
#[test]
#[cfg(unix)]
fn a_server_installs_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    path_with(folder.path(), &["cargo"]);
    for file in ["ci/github/law.yml", "ci/gitlab.yml"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the template");
        let step = steps(&text).remove(0);
        let shell = |source: Option<&str>| {
            let mut shell = Command::new("/bin/sh");
            shell.args(["-e", "-c", &step]).env("PATH", folder.path()).env_remove("FORSETI_SOURCE");
            shell.envs(source.map(|source| ("FORSETI_SOURCE", source))).output().expect("a shell runs")
        };
        let done = shell(Some("https://example.org/forseti.git"));
        let tag = concat!("v", env!("CARGO_PKG_VERSION"));
        let wanted =
            format!("called: cargo install --locked --git https://example.org/forseti.git --tag {tag} forseti");
        assert!(String::from_utf8_lossy(&done.stdout).contains(&wanted), "{done:?}");
        let unsaid = shell(None);
        assert!(!unsaid.status.success(), "{unsaid:?}");
        assert!(String::from_utf8_lossy(&unsaid.stderr).contains("set the variable FORSETI_SOURCE"), "{unsaid:?}");
    }
}

/// The comment of a request is written once, written anew, and taken back when nothing differs any more. The programs of
/// the servers are stood in for by one that keeps what it is given in a folder.
#[test]
#[cfg(unix)]
fn a_request_has_one_comment_and_none_when_nothing_differs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = path_with(folder.path(), &["gh", "curl"]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ci/comment.sh");
    // a server with the comment 41 of somebody else, and the comment 42 of the script, if it was written
    let gh = r#"#!/bin/sh
case "$*" in
  *--paginate*) [ -f own ] && echo 42 ;;
  *PATCH*comments/42*) cp "${6#body=@}" own; echo PATCH >>calls ;;
  *POST*) cp "${6#body=@}" own; echo POST >>calls ;;
  *DELETE*comments/42*) rm own; echo DELETE >>calls ;;
  *) exit 1 ;;
esac
"#;
    let curl = r#"#!/bin/sh
for last in "$@"; do case "$last" in body=\<*) body=${last#body=<} ;; esac; done
case "$*" in
  *page=1) printf '[{"id":41,"type":null,"body":"hello","author":{"id":5,"name":"x"}}'
    [ -f own ] && printf ',{"id":42,"type":null,"body":"[forseti-difference]: # (x)","author":{"id":5}}'
    printf ']' ;;
  *page=*) printf '[]' ;;
  *PUT*notes/42) cp "$body" own; echo PATCH >>calls ;;
  *DELETE*notes/42) rm own; echo DELETE >>calls ;;
  *notes) cp "$body" own; echo POST >>calls ;;
  *) exit 1 ;;
esac
"#;
    fs::write(folder.path().join("gh"), gh).expect("written");
    fs::write(folder.path().join("curl"), curl).expect("written");
    for server in ["github", "gitlab"] {
        let comment = |difference: Option<&str>| {
            let file = folder.path().join("difference.md");
            let _ = fs::remove_file(&file);
            if let Some(text) = difference {
                fs::write(&file, text).expect("written");
            }
            let mut shell = Command::new("sh");
            shell.arg(&script).arg("difference.md").current_dir(folder.path()).env("PATH", &path).env("NUMBER", "7");
            shell.env("GITHUB_REPOSITORY", "o/r").env("FORSETI_TOKEN", "t").env("CI_PROJECT_ID", "7");
            shell.env("CI_API_V4_URL", "https://example.org/api/v4").env_remove("CI_MERGE_REQUEST_IID");
            if server == "gitlab" {
                shell.env("CI_MERGE_REQUEST_IID", "9");
            }
            let done = shell.output().expect("a shell runs");
            assert!(done.status.success(), "{server} {difference:?}: {done:?}");
            fs::read_to_string(folder.path().join("own")).ok()
        };
        let _ = fs::remove_file(folder.path().join("calls"));
        assert_eq!(comment(None), None, "there is nothing to take back");
        assert!(comment(Some("one\n")).expect("written").ends_with("one\n"));
        assert!(comment(Some("two\n")).expect("written anew").ends_with("two\n"));
        assert_eq!(comment(Some("")), None);
        let calls = fs::read_to_string(folder.path().join("calls")).expect("calls");
        assert_eq!(calls, "POST\nPATCH\nDELETE\n", "{server}");
    }
}

/// What other tools read of this repository names commands that there are.
#[test]
fn hooks_and_templates_call_commands_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [".pre-commit-hooks.yaml", "ci/check.sh"] {
        let text = fs::read_to_string(root.join(file)).expect(file);
        let calls = text.lines().filter_map(|line| line.split_once("forseti ")).map(|(_, rest)| rest);
        let verbs: Vec<&str> = calls.filter_map(|rest| rest.split_whitespace().next()).collect();
        let verbs: Vec<&str> = verbs.into_iter().filter(|verb| ["check", "test"].contains(verb)).collect();
        assert!(verbs.contains(&"check") && verbs.contains(&"test"), "{file}: {verbs:?}");
    }
}

/// The workflows of this repository are YAML, and every action of others is named by its commit, which nobody can move.
#[test]
#[cfg(unix)]
fn actions_of_others_are_pinned() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [".github/workflows/ci.yml", ".github/workflows/release.yml", "ci/github/law.yml", "ci/gitlab.yml"] {
        let text = fs::read_to_string(root.join(file)).expect(file);
        YamlLoader::load_from_str(&text).expect(file);
        for line in text.lines().filter_map(|line| line.trim_start().strip_prefix("- uses: ")) {
            let (_, commit) = line.split_once('@').expect("a version");
            let commit: String = commit.chars().take_while(char::is_ascii_hexdigit).collect();
            assert_eq!(commit.len(), 40, "{file}: {line}");
        }
    }
}
