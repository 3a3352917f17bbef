//! `SECURITY.md`, line by line: what a repository of somebody else cannot make forseti do. Each test is named there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::cli::{code, shown};
use crate::revisions::{Repository, law};

const PAGE: &str = include_str!("../SECURITY.md");
const OWN: &str = include_str!("security.rs");

/// A folder with one law in `rules`, and settings.
fn place(settings: &str) -> Repository {
    let place = Repository::new();
    place.write("work/rules/list.rules", law("direct"));
    place.write("work/forseti.toml", settings);
    place
}

impl Repository {
    fn in_work(&self, arguments: &[&str]) -> String {
        let mut command = self.command(env!("CARGO_BIN_EXE_forseti"));
        let output = command.current_dir(self.folder.path().join("work")).args(arguments).output();
        shown(&output.expect("the command can be run")).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap_or_default()
    }

    #[cfg(unix)]
    fn link(&self, target: &str, name: &str) {
        let name = self.folder.path().join(name);
        fs::create_dir_all(name.parent().expect("it lies in a folder")).expect("folders can be made");
        std::os::unix::fs::symlink(target, name).expect("a link can be made");
    }

    #[cfg(unix)]
    fn pipe(&self, name: &str) {
        let made = self.command("mkfifo").arg(name).status();
        assert!(made.is_ok_and(|status| status.success()), "a pipe can be made");
    }
}

#[test]
fn every_line_names_its_test_and_every_test_its_line() {
    let lines = PAGE.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let named: Vec<&str> = lines
        .enumerate()
        .map(|(at, line)| {
            assert!(line.starts_with(&format!("{}. ", at + 1)), "{line}");
            let named = line.rsplit_once("(`").and_then(|(_, rest)| rest.strip_suffix("`)"));
            named.unwrap_or_else(|| panic!("no test is named: {line}"))
        })
        .collect();
    let tests = OWN.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split_once('('));
    let tests: BTreeSet<&str> = tests.map(|(name, _)| name).filter(|name| !name.starts_with("every_line")).collect();
    assert!(named.len() >= 10);
    assert_eq!(named.iter().copied().collect::<BTreeSet<_>>(), tests);
    assert_eq!(named.len(), tests.len(), "a test holds one line");
}

#[test]
fn nothing_is_started_but_git() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let (mut seen, mut starts) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the source is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(text) = fs::read_to_string(&path) else { continue };
            seen += 1;
            for word in ["std::net", "std::os::unix::net", "TcpStream", "UdpSocket"] {
                assert!(!text.contains(word), "{} opens a connection", path.display());
            }
            // tests may start what they like
            let program = text.split("#[test]").next().unwrap_or_default();
            let started = program.split("Command::new(").skip(1);
            starts.extend(started.map(|rest| rest.split(')').next().unwrap_or_default().to_owned()));
        }
    }
    assert!(seen > 100);
    assert_eq!(starts, ["\"git\""]);
}

/// A program that leaves a mark when it runs.
#[cfg(unix)]
fn trap(repository: &Repository) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    let path = repository.folder.path().join("trap");
    let mark = repository.folder.path().join("sprung");
    fs::write(&path, format!("#!/bin/sh\necho \"$0\" >> '{}'\nexit 1\n", mark.display())).expect("it can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    path.display().to_string()
}

#[cfg(unix)]
#[test]
fn no_configuration_of_git_starts_anything() {
    let repository = Repository::new();
    repository.write("rules/list.rules", law("direct"));
    repository.commit();
    let trap = trap(&repository);
    let is_sprung = || {
        let mark = repository.folder.path().join("sprung");
        let is_sprung = mark.exists();
        let _ = fs::remove_file(mark);
        is_sprung
    };
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.cat-file",
        "core.sshCommand",
        "core.gitProxy",
        "core.askPass",
        "core.editor",
        "core.alternateRefsCommand",
        "credential.helper",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.smudge",
        "filter.x.clean",
        "filter.x.process",
        "gpg.program",
        "uploadpack.packObjectsHook",
    ] {
        repository.git(&["config", key, &trap]);
    }
    for name in ["rev-parse", "ls-tree", "cat-file", "for-each-ref"] {
        repository.git(&["config", &format!("alias.{name}"), &format!("!{trap}")]);
    }
    repository.write(".git/info/attributes", "*.rules diff=x filter=x\n");
    let hooks = repository.folder.path().join("hooks");
    fs::create_dir(&hooks).expect("a folder can be made");
    for hook in ["post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"] {
        fs::copy(&trap, hooks.join(hook)).expect("it can be copied");
    }
    repository.git(&["config", "core.hooksPath", &hooks.display().to_string()]);
    is_sprung();
    let whole = repository.forseti(&["diff", "git:HEAD", "rules", "--fail-on", "any"]);
    assert_eq!(code(&whole), 0, "{}", shown(&whole));
    assert_eq!(code(&repository.forseti(&["diff", "git:nowhere", "rules"])), 2);
    assert!(!is_sprung(), "a whole repository");

    // an object that is missing would be fetched by what the configuration names
    let found =
        repository.command("git").args(["rev-parse", "HEAD:rules/list.rules"]).output().expect("git runs").stdout;
    let object = String::from_utf8_lossy(&found).trim().to_owned();
    let (folder, name) = object.split_at(2);
    fs::remove_file(repository.folder.path().join(".git/objects").join(folder).join(name)).expect("it is loose");
    for (key, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("protocol.ext.allow", "always"),
        ("protocol.allow", "always"),
        ("remote.origin.uploadpack", &trap),
    ] {
        repository.git(&["config", key, value]);
    }
    let here = repository.folder.path().display().to_string();
    for url in [format!("ext::{trap}"), here, "ssh://nobody.invalid/law".to_owned()] {
        repository.git(&["config", "remote.origin.url", &url]);
        is_sprung();
        let _ = repository.command("git").args(["cat-file", "-p", &object]).output().expect("git runs");
        assert!(is_sprung(), "the trap works: {url}");
        let output = repository.forseti(&["diff", "git:HEAD", "rules"]);
        assert!(!is_sprung(), "{url}");
        let text = shown(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(code(&output) == 2 && text.contains("this copy of the repository lacks the object"), "{text}");
    }
}

#[test]
fn settings_reach_what_lies_below_their_folder() {
    for name in ["../outside.txt", "/tmp/outside.txt", "a/../../outside.txt", "C:/outside.txt", "..\\\\outside.txt"] {
        for settings in [
            format!("[outputs]\nplain = \"{name}\"\n"),
            format!("baseline = \"{name}\"\n"),
            format!("paths = [\"{name}\"]\n"),
            format!("[build]\nemit = [\"json\"]\nout = \"{name}\"\n"),
        ] {
            let place = place(&settings);
            for call in [&["check"][..], &["check", "--update-baseline"], &["build"]] {
                let text = place.in_work(call);
                assert!(text.contains("is no place below the folder of this file"), "{settings}{text}");
                assert!(text.ends_with("exit code 2"), "{text}");
            }
            assert_eq!(fs::read_dir(place.folder.path()).expect("it is there").count(), 2, "{settings}");
        }
    }
    #[cfg(unix)]
    for (settings, link, call) in [
        ("[outputs]\nplain = \"a/outside.txt\"\n", "a", "check"),
        ("[outputs]\nplain = \"outside.txt\"\n", "outside.txt", "check"),
        ("baseline = \"a/outside.txt\"\n", "a", "check"),
        ("paths = [\"a\"]\n", "a", "check"),
        ("[build]\nemit = [\"json\"]\nout = \"a\"\n", "a", "build"),
        ("[build]\nemit = [\"json\"]\nout = \"a/b\"\n", "a", "build"),
        ("[build]\nemit = [\"json\"]\nout = \"a\"\n", "a/rules.json", "build"),
    ] {
        let place = place(settings);
        place.write("other/outside.txt", "precious");
        place.write("other/law.rules", law("central"));
        let up = if link.contains('/') { "../../other" } else { "../other" };
        let target = if link.contains('.') { format!("{up}/outside.txt") } else { up.to_owned() };
        place.link(&target, &format!("work/{link}"));
        let text = place.in_work(&[call]);
        assert!(text.contains("a link leads it out of their folder"), "{settings}{text}");
        assert_eq!(place.read("other/outside.txt"), "precious");
        assert_eq!(fs::read_dir(place.folder.path().join("other")).expect("it is there").count(), 2, "{settings}");
    }
}

#[test]
fn settings_write_over_nothing_else() {
    for hidden in [".git/hooks/post-checkout", ".bashrc", "a/.envrc", ".github/workflows/a.yml"] {
        let place = place(&format!("[outputs]\nplain = \"{hidden}\"\n"));
        let text = place.in_work(&["check"]);
        assert!(text.contains("is hidden") && text.ends_with("exit code 2"), "{text}");
        assert!(!place.folder.path().join("work").join(hidden).exists());
    }
    let outputs = "[outputs]\nplain = \"run.sh\"\n[build]\nemit = [\"json\", \"rust\"]\nout = \"src\"\n";
    let work = place(outputs);
    for (call, file) in [("check", "run.sh"), ("build", "src/rules.rs"), ("build", "src/rules.json")] {
        work.write(&format!("work/{file}"), "precious\n");
        let text = work.in_work(&[call]);
        assert!(text.contains("where something else than") && text.ends_with("exit code 2"), "{text}");
        assert_eq!(work.read(&format!("work/{file}")), "precious\n");
        // what is empty holds nothing that could be lost, and what forseti wrote it writes again
        for held in ["", "again"] {
            if held.is_empty() {
                work.write(&format!("work/{file}"), "");
            }
            let text = work.in_work(&[call]);
            assert!(!text.contains("something else"), "{text}");
            assert!(work.read(&format!("work/{file}")).len() > 10);
        }
    }
    let text = place("baseline = \"notes.json\"\n");
    text.write("work/notes.json", "{\"mine\": 1}\n");
    assert!(
        text.in_work(&["check", "--update-baseline"]).contains("is no baseline")
            || text.read("work/notes.json") == "{\"mine\": 1}\n"
    );
    assert_eq!(text.read("work/notes.json"), "{\"mine\": 1}\n");
}

/// A law whose one text is called so.
fn with_text(name: &str) -> String {
    law("direct")
        .replace("parties", "source gazette with headings \"Article #\" parties")
        .replace("\"1\"", "\"Article 1\"")
        + &format!("source gazette {{ title \"the gazette\" file \"{name}\" }}\n")
}

#[test]
fn a_source_names_a_text_below_the_folder_of_texts() {
    for name in ["../secret.txt", "/etc/hostname", "a/../../secret.txt", "C:secret.txt"] {
        let place = place("");
        place.write("work/secret.txt", "Article 1: secret words\n");
        place.write("work/texts/gazette.txt", "Article 1: direct\n");
        place.write("work/rules/list.rules", with_text(name));
        for verb in ["lock", "verify"] {
            let text = place.in_work(&["sources", verb]);
            assert!(
                text.contains("does not name a file below the folder of texts") && text.ends_with("exit code 1"),
                "{text}"
            );
            assert!(!text.contains("secret words"), "{text}");
        }
    }
    #[cfg(unix)]
    {
        let place = place("");
        place.write("work/secret.txt", "Article 1: secret words\n");
        place.write("work/rules/list.rules", with_text("gazette.txt"));
        place.link("../secret.txt", "work/texts/gazette.txt");
        let text = place.in_work(&["sources", "verify"]);
        assert!(text.contains("is a link out of that folder") && text.ends_with("exit code 2"), "{text}");
        place.write("other.lock", "");
        place.link("../../other.lock", "work/rules/sources.lock");
        fs::remove_file(place.folder.path().join("work/texts/gazette.txt")).expect("it is there");
        place.write("work/texts/gazette.txt", "Article 1: direct\n");
        let text = place.in_work(&["sources", "lock"]);
        assert!(text.contains("is a link out of its folder") && text.ends_with("exit code 2"), "{text}");
        assert_eq!(place.read("other.lock"), "");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    // a device that never ends, and a pipe that nobody fills: the test is that each of these calls ends
    for (target, what) in [(Some("/dev/zero"), "it is a device"), (None, "it is a pipe")] {
        for (file, settings, call, told) in [
            ("work/forseti.toml", None, &["check"][..], "cannot be read"),
            ("work/old.json", Some("baseline = \"old.json\"\n"), &["check"], "out of their folder"),
            ("work/old.json", None, &["check", "--baseline", "old.json"], "cannot be read"),
            ("work/rules/sources.lock", None, &["sources", "verify"], "link out of its folder"),
            ("work/texts/gazette.txt", None, &["sources", "verify"], "cannot be read"),
            ("work/out/rules.json", None, &["build", "--emit", "json", "--out", "out"], "cannot be read or written"),
            ("work/out/rules.json", None, &["build", "--emit", "json", "--out", "out", "--check"], "cannot be read"),
            ("work/new.rules", None, &["check", "new.rules"], "cannot be read"),
            ("work/rules/new.rules", None, &["check", "rules"], "looks like law and is not read"),
            ("work/app.toml", None, &["diff", "rules", "rules", "--approvals", "app.toml"], "cannot be read"),
        ] {
            let place = Repository::new();
            place.write("work/rules/list.rules", with_text("gazette.txt"));
            if let Some(settings) = settings {
                place.write("work/forseti.toml", settings);
            }
            fs::create_dir_all(place.folder.path().join(file).parent().expect("it has one")).expect("they can be made");
            match target {
                Some(target) => place.link(target, file),
                None => place.pipe(file),
            }
            let text = place.in_work(call);
            assert!(text.contains(what) || text.contains(told), "{file} {call:?}: {text}");
            assert!(!text.ends_with("exit code 0"), "{file} {call:?}: {text}");
        }
    }
    // what the call itself names below /dev ends, and is read
    let place = place("");
    assert!(place.in_work(&["diff", "/dev/null", "rules"]).contains("hold no item"));
    let piped = "cat rules/list.rules | \"$FORSETI\" test /dev/stdin";
    let mut shell = place.command("sh");
    shell
        .current_dir(place.folder.path().join("work"))
        .args(["-c", piped])
        .env("FORSETI", env!("CARGO_BIN_EXE_forseti"));
    assert_eq!(code(&shell.output().expect("a shell runs")), 0);
}

#[cfg(unix)]
#[test]
fn a_link_shows_nothing_but_law() {
    let place = place("");
    place.write("secret", "the password is swordfish\n");
    place.write("shared/more.rules", "country Sweden (SE)\n");
    place.link("../../secret", "work/rules/a.rules");
    place.link("../../shared/more.rules", "work/rules/b.rules");
    let text = place.in_work(&["check", "--format", "plain"]);
    assert!(text.contains("`rules/a.rules` looks like law and is not read: it is a link"), "{text}");
    assert!(!text.contains("swordfish") && text.contains("in 2 files"), "{text}");
}

#[cfg(unix)]
#[test]
fn no_planted_link_is_written_through() {
    let place = place("");
    place.write("victim", "precious\n");
    place.write("work/rules/list.rules", law("direct").replace("country Denmark", "country   Denmark"));
    // the names that earlier versions used, for every process that a container has
    for process in 1..200 {
        for (folder, name) in [("rules", "list.rules"), ("out", "rules.json"), (".", "a.txt")] {
            place.link("../../victim", &format!("work/{folder}/.{name}.{process}.new"));
        }
    }
    for call in [&["fmt"][..], &["build", "--emit", "json", "--out", "out"], &["check", "--format", "plain=a.txt"]] {
        assert!(place.in_work(call).ends_with("exit code 0") || call[0] == "check", "{call:?}");
    }
    assert_eq!(place.read("victim"), "precious\n");
    for (file, holds) in [("rules/list.rules", "country Denmark"), ("out/rules.json", "digest"), ("a.txt", "in 1 file")]
    {
        assert!(place.read(&format!("work/{file}")).contains(holds), "{file}");
    }
    // what is left of a run that was stopped is neither law nor told as such
    place.write("work/rules/.forseti-aB3xYz.new", "country Swe");
    let text = place.in_work(&["check", "--format", "plain"]);
    assert!(text.contains("in 1 file") && !text.contains("not-read"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_laid_out_stays_what_it_is() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    let untidy = law("direct").replace("country Denmark", "country   Denmark");
    let misspelt =
        law("direct").replace("Norway }", "Norwey }").replace("parties Denmark, Norway", "parties Denmark, Norwey");
    for (text, call) in [(&untidy, &["fmt"][..]), (&misspelt, &["check", "--fix"])] {
        let place = place("");
        place.write("work/rules/list.rules", text);
        let at = |name: &str| place.folder.path().join("work").join(name);
        let file = at("rules/list.rules");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("it is ours");
        // only who may give files away can see that they are kept
        let _ = chown(&file, Some(1234), Some(1234));
        let about =
            |path: &Path| fs::metadata(path).map(|file| (file.uid(), file.gid(), file.mode())).expect("it is there");
        let before = about(&file);
        place.in_work(call);
        assert_ne!(&place.read("work/rules/list.rules"), text, "{call:?}");
        assert_eq!(about(&file), before);

        place.write("work/rules/list.rules", text);
        fs::hard_link(&file, at("other-name")).expect("it can be linked");
        place.in_work(call);
        assert_ne!(&place.read("work/other-name"), text, "{call:?}");
        assert_eq!(place.read("work/other-name"), place.read("work/rules/list.rules"));
        assert_eq!(fs::metadata(&file).map(|file| file.nlink()).expect("it is there"), 2);
        assert_eq!(about(&file), before);
        assert_eq!(fs::read_dir(at("rules")).expect("it is there").count(), 1, "nothing is left beside it");
    }
    let place = place("");
    let file = place.folder.path().join("work/rules/list.rules");
    let saved = forseti::write::rewrite(&file, "what it held when it was read", "new")
        .map_err(|failure| failure.error.to_string());
    assert!(saved.is_err_and(|why| why.contains("changed in the meantime")));
    assert_eq!(place.read("work/rules/list.rules"), law("direct"));
}

#[test]
fn nothing_is_left_out_in_silence() {
    let work = place("");
    work.write("work/rules/CAPITALS.RULES", "country Sweden (SE)\n");
    for (path, is_law) in [
        ("a.rules.txt", true),
        ("b.rule", true),
        (".c.rules", true),
        (".old/d.rules", true),
        ("e.rules~", false),
        ("f.txt", false),
        (".git/g.rules", false),
    ] {
        let full = format!("work/rules/{path}");
        work.write(&full, "country Finland (FI)\n");
        let text = work.in_work(&["check", "--format", "plain"]);
        assert!(text.contains("in 2 files"), "{path}: {text}");
        assert_eq!(text.contains("F0113 not-read"), is_law, "{path}: {text}");
        assert_eq!(text.contains(&format!("rules/{path}")), is_law, "{path}: {text}");
        fs::remove_file(work.folder.path().join(&full)).expect("it is there");
    }
    // in a revision too
    work.write("work/rules/b.rule", "country Finland (FI)\n");
    work.write("work/rules/.c.rules", "country Finland (FI)\n");
    work.commit();
    let text = work.in_work(&["check", "git:HEAD:work/rules", "--format", "plain"]);
    assert!(text.contains("in 2 files") && text.matches("F0113").count() == 2, "{text}");
    assert!(text.contains("`HEAD:work/rules/b.rule` looks like law"), "{text}");

    // a pointer to a file that another server keeps
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    work.write("work/rules/g.rules", pointer);
    work.commit();
    for law in ["rules", "git:HEAD:work/rules"] {
        let text = work.in_work(&["check", law, "--format", "plain"]);
        assert!(text.contains("kept elsewhere by Git LFS") && text.ends_with("exit code 2"), "{text}");
    }
    // a repository within the repository, from above it and from within
    let inner = place("");
    inner.commit();
    let from = inner.folder.path().display().to_string();
    work.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &from, "inner"]);
    work.commit();
    for path in ["inner", "inner/work", "inner/work/rules"] {
        let text = work.in_work(&["check", &format!("git:HEAD:{path}"), "--format", "plain"]);
        assert!(text.contains("`HEAD:inner` is a repository of its own"), "{path}: {text}");
        assert!(text.contains("name the folder `inner` as it lies on disk"), "{text}");
    }
    let text = work.in_work(&["check", "git:HEAD:work/forseti.toml/rules", "--format", "plain"]);
    assert!(text.contains("is a file, and nothing lies below it"), "{text}");

    // the list of a folder is missing
    let whole = work.command("git").args(["rev-parse", "HEAD:work/rules"]).output().expect("git runs").stdout;
    let (folder, name) =
        (String::from_utf8_lossy(&whole[..2]).into_owned(), String::from_utf8_lossy(&whole[2..40]).into_owned());
    fs::remove_file(work.folder.path().join(".git/objects").join(folder).join(name)).expect("it is loose");
    let text = work.in_work(&["check", "git:HEAD:work/rules", "--format", "plain"]);
    assert!(text.contains("this copy of the repository lacks") && text.ends_with("exit code 2"), "{text}");
}
