//! One layout for every file: what it looks like, that it says the same, and that everything comes to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use forseti::format::{Refusal, format};
use forseti::source::{FileId, SourceFile, Sources};
use forseti::syntax::{decode, parse};
use proptest::prelude::*;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn laid_out(text: &str) -> Result<String, Refusal> {
    format(FileId(0), &SourceFile::new("a.rules", text))
}

/// The layout of a file that can be read.
fn good(text: &str) -> String {
    laid_out(text).unwrap_or_else(|refusal| panic!("{refusal:?}\n{text}"))
}

/// All `.rules` files below a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rules") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The examples of the reference.
fn examples() -> Vec<String> {
    let reference = include_str!("../docs/language.md");
    let blocks = reference.split("\n```").filter_map(|block| block.strip_prefix("rules"));
    blocks.filter_map(|block| block.split_once('\n')).map(|(_, text)| format!("{text}\n")).collect()
}

/// Every text that can be read: the shipped law, the cases of the tests, the examples of the reference.
fn corpus() -> Vec<String> {
    let mut texts = examples();
    for folder in ["rules", "tests/cases"] {
        for path in files(&Path::new(ROOT).join(folder)) {
            texts.extend(String::from_utf8(fs::read(path).expect("the file is there")));
        }
    }
    texts.retain(|text| {
        let mut sources = Sources::default();
        let (_, strange) = decode(&mut sources, "a.rules".into(), text.clone().into());
        strange.is_empty() && parse(&sources).1.is_empty()
    });
    texts
}

static CORPUS: LazyLock<Vec<String>> = LazyLock::new(corpus);

/// A piece of a file: a word, a mark, a quoted text, a remark.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    text: String,
    /// The blanks before it.
    blanks: String,
}

impl Piece {
    fn is_remark(&self) -> bool {
        self.text.starts_with('#')
    }

    fn is_mark(&self) -> bool {
        self.text.len() == 1 && ",(){}:".contains(&self.text)
    }
}

/// A file in pieces. Written apart from the compiler, to judge it.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let blanks = rest[..rest.len() - next.len()].to_owned();
        let Some(first) = next.chars().next() else { return pieces };
        let length = match first {
            '#' => next.find('\n').unwrap_or(next.len()),
            '"' => {
                let mut inside = next[1..].char_indices();
                loop {
                    match inside.next() {
                        Some((at, '"')) => break at + 2,
                        Some((_, '\\')) => drop(inside.next()),
                        Some(_) => {}
                        None => break next.len(),
                    }
                }
            }
            ',' | '(' | ')' | '{' | '}' | ':' => 1,
            _ => next.find(|c: char| c.is_whitespace() || "#\",(){}:".contains(c)).unwrap_or(next.len()),
        };
        pieces.push(Piece { text: next[..length].trim_end().to_owned(), blanks });
        rest = &next[length..];
    }
}

/// The words and remarks of a file, each in order, and after how many words each remark stands. A quoted text counts as
/// its words, which a line break may divide as well as a blank.
fn said(text: &str) -> (Vec<String>, Vec<(usize, String)>) {
    let (mut words, mut remarks) = (Vec::new(), Vec::new());
    for piece in pieces(text) {
        if piece.is_remark() {
            remarks.push((words.len(), piece.text));
        } else {
            words.push(if piece.text.contains('\n') {
                piece
                    .text
                    .split(['\n', '\r'])
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ")
            } else {
                piece.text
            });
        }
    }
    (words, remarks)
}

/// The tree of a file, without places.
fn tree(text: &str) -> String {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("a.rules", text));
    let (ast, findings) = parse(&sources);
    assert_eq!(findings, Vec::new(), "{text}");
    let shown = format!("{:?}", ast.items().collect::<Vec<_>>());
    let mut parts = shown.split("Span {");
    let first = parts.next().unwrap_or("").to_owned();
    first + &parts.map(|part| part.split_once('}').map_or("", |(_, rest)| rest)).collect::<String>()
}

#[test]
fn cases_are_laid_out_as_the_files_beside_them() {
    let folder = Path::new(ROOT).join("tests/cases/format");
    let mut count = 0;
    for path in files(&folder.join("given")) {
        let name = path.file_name().expect("a file has a name");
        let given = fs::read_to_string(&path).expect("the case is there");
        let expected = fs::read_to_string(folder.join("expected").join(name)).unwrap_or_default();
        let found = good(&given);
        assert_eq!(found, expected, "{}\n{found}", path.display());
        assert_eq!(good(&expected), expected, "{}", path.display());
        count += 1;
    }
    assert!(count >= 6, "{count}");
}

#[test]
fn the_shipped_law_and_the_examples_are_laid_out() {
    for path in files(&Path::new(ROOT).join("rules")) {
        let text = fs::read_to_string(&path).expect("the file is there");
        assert!(good(&text) == text, "{}: run `forseti fmt`", path.display());
    }
    for text in examples().iter().filter(|text| laid_out(text).is_ok()) {
        let expected = good(text);
        assert_eq!(*text, expected, "an example of docs/language.md:\n{expected}");
    }
}

#[test]
fn the_same_is_said_by_the_same_words() {
    assert!(CORPUS.len() > 50, "{}", CORPUS.len());
    for text in &*CORPUS {
        let found = good(text);
        assert_eq!(said(&found), said(text));
        assert_eq!(tree(&found), tree(text));
        assert_eq!(good(&found), found);
        assert!(!found.contains('\t') && !found.contains('\r'));
        assert!(!found.lines().any(|line| line.ends_with(' ')), "{found}");
        assert_eq!(too_long(&found), None);
        assert!(!found.contains("\n\n\n") && !found.starts_with('\n') && !found.ends_with("\n\n"), "{found}");
    }
}

/// A line that could be broken and is too long. What may be longer is a remark or a text, with what it cannot be parted from.
fn too_long(text: &str) -> Option<&str> {
    text.lines().find(|line| {
        let (words, text) = line.split_once('"').unwrap_or((line, ""));
        let is_remark = line.trim_start().starts_with('#');
        line.chars().count() > 100 && !is_remark && (text.is_empty() || words.split_whitespace().count() > 4)
    })
}

#[test]
fn a_broken_file_is_refused_with_what_is_wrong() {
    for text in ["provision \"1\" of x {", "act send \"sends", "channel is direct", "act is \"x\" \"y\""] {
        assert!(matches!(laid_out(text), Err(Refusal::Broken(findings)) if !findings.is_empty()), "{text}");
    }
}

#[test]
fn blanks_alone_and_remarks_alone() {
    assert_eq!(good(""), "");
    assert_eq!(good(" \r\n\t\n"), "");
    assert_eq!(good("\n\n  # a\n\n\n\n# b  "), "# a\n\n# b\n");
    assert_eq!(good("act send \"x\""), "act send \"x\"\n");
    assert_eq!(good("act send \"x\" # y"), "act send \"x\"  # y\n");
    assert_eq!(good("act send \"x\"\r\n\r\n\r\nact get \"y\"\r\n"), "act send \"x\"\n\nact get \"y\"\n");
}

#[test]
fn deep_and_long_texts_are_laid_out() {
    let deep = format!("never {}minor{} because \"x\"\n", "(".repeat(100), " and old)".repeat(100));
    assert_eq!(said(&good(&deep)), said(&deep));
    let long = format!("group all is {}\n", vec!["a-rather-long-name"; 5_000].join(", "));
    let found = good(&long);
    assert!(found.lines().all(|line| line.len() <= 100) && said(&found) == said(&long));
    let one = format!("act {} \"{}\"\n", "n".repeat(500), "t ".repeat(500));
    assert_eq!(said(&good(&one)), said(&one));
}

#[test]
fn letters_line_up_by_their_width() {
    // an a with a ring as one character, and as two
    let text = "place \u{e5}land \"x\" in Finland\nplace oa\u{30a}land \"x\" in Finland\n";
    assert_eq!(good(text), "place \u{e5}land  \"x\" in Finland\nplace oa\u{30a}land \"x\" in Finland\n");
}

/// How a gap is written anew.
fn deformed(blanks: &str, seed: usize, remark_before: bool, remark_after: bool, tight: bool) -> String {
    const ANYHOW: [&str; 8] = [" ", "  ", "\t", "\n ", "\r\n\t", " \n   ", "      ", " \r\n "];
    const ON_LINE: [&str; 3] = [" ", "", "\t  "];
    const NEXT_LINE: [&str; 4] = ["\n", "\n  ", "\r\n\t", "\n      "];
    let any = |from: &[&str]| from[seed % from.len()].to_owned();
    if blanks.matches('\n').count() > 1 {
        return ["\n\n", "\r\n\r\n", "\n \n\n\t\n  ", "\n\n\n "][seed % 4].to_owned();
    }
    if remark_before || (remark_after && blanks.contains('\n')) {
        return any(&NEXT_LINE);
    }
    if remark_after {
        return any(&ON_LINE);
    }
    if tight && seed.is_multiple_of(3) { String::new() } else { any(&ANYHOW) }
}

/// The file with other blanks, none of which says anything.
fn deform(text: &str, seeds: &[usize]) -> String {
    let pieces = pieces(text);
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &pieces[before]);
        let seed = seeds[at % seeds.len()].wrapping_add(at / seeds.len());
        match before {
            // an item that begins the file is not one that an empty line divides
            None => out.push_str(["", " ", "\n"][seed % 3]),
            Some(before) => {
                let tight = before.is_mark() || piece.is_mark();
                out += &deformed(&piece.blanks, seed, before.is_remark(), piece.is_remark(), tight);
            }
        }
        out.push_str(&piece.text);
    }
    out + ["", "\n", "\r\n\r\n"][seeds[0] % 3]
}

/// The file with remarks between words.
fn remarked(text: &str, seeds: &[usize]) -> String {
    let pieces = pieces(text);
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let behind_remark = at.checked_sub(1).is_some_and(|before| pieces[before].is_remark());
        out.push_str(if behind_remark { "\n" } else { &piece.blanks });
        match seeds[at % seeds.len()] % 7 {
            0 => out.extend([" # remark ", at.to_string().as_str(), "\n"]),
            1 => out.extend(["\n  # remark ", at.to_string().as_str(), "\n  # and more\n\n"]),
            _ => {}
        }
        // at the margin a word could begin an item
        out.push(' ');
        out.push_str(&piece.text);
    }
    out + "# the end"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_blanks_were_the_layout_is_the_same(
        pick in any::<prop::sample::Index>(),
        seeds in prop::collection::vec(any::<usize>(), 1..200),
    ) {
        let text: &String = pick.get(&CORPUS);
        let canonical = good(text);
        let deformed = deform(&canonical, &seeds);
        prop_assert_eq!(good(&deformed), canonical, "{}", deformed);
    }

    #[test]
    fn remarks_stay_where_they_are_in_any_place(
        pick in any::<prop::sample::Index>(),
        seeds in prop::collection::vec(any::<usize>(), 1..200),
    ) {
        let text: &String = pick.get(&CORPUS);
        let text = remarked(text, &seeds);
        let found = good(&text);
        prop_assert_eq!(said(&found), said(&text));
        prop_assert_eq!(good(&found), found);
    }
}
