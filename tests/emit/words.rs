//! Whatever the words of a law are, its module compiles: those of Rust, and those that the module uses itself.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use forseti::law::Law;
use forseti::source::Sources;
use forseti::syntax::is_reserved;

use super::module::{compiles_all, run};
use super::{artifact, law};

/// Words of Rust: keywords of all editions, the prelude, macros, derives, built-in attributes and the tools that have some.
const OF_RUST: &str = "abstract alloc allow as assert async auto await become bool box break cfg cfg-attr char clippy Clone \
    compile-error const continue Copy core crate Debug Default default deny deprecated derive diagnostic do doc drop Drop dyn else enum Eq Err \
    extern f32 f64 false final fn Fn fn-mut FnMut fn-once FnOnce for forbid format From gen Hash i128 i64 i8 if impl in include inline \
    into Into isize iter Iterator iterator let loop macro macro-rules match miri mod move must-use mut Never no-std None Ok Option \
    Ord override panic PartialEq PartialOrd path pub println priv proc-macro ref Result return rust-analyzer rustdoc rustfmt safe \
    Self self Send Sized Some static std str String struct super Sync test todo trait true try type typeof u64 u8 union \
    unimplemented unreachable unsafe unsized use usize Vec virtual warn where while write yield ALL index name code title";

/// Each word that could stand in the law, spelt as it is and in the way of the law.
fn words() -> Vec<String> {
    let (small, sources) = law(&[(
        "a.rules",
        "country Norway (NO), Denmark (DK)\nmatter m \"m\" between countries\n\
        instrument t { kind treaty governs m parties Norway, Denmark }\nprovision \"1\" of t { channel is direct }",
    )]);
    let module = artifact(&small, &sources, "rules.rs");
    let of_module = module.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let all = of_module.chain(OF_RUST.split_whitespace()).map(|word| word.trim_matches('_').replace('_', "-"));
    let all: BTreeSet<String> = all.flat_map(|word| [word.to_lowercase(), word]).collect();
    let fits = |word: &String| {
        word.starts_with(|c: char| c.is_ascii_alphabetic())
            && !is_reserved(word)
            && !["unknown", "none"].contains(&word.as_str())
    };
    all.into_iter().filter(fits).collect()
}

/// A law in which each word is a matter, a fact with the values of others, a place or an item by turns.
fn law_of(words: &[String], turn: usize) -> (Law, Sources) {
    let sort =
        |sort: usize| words.iter().enumerate().filter(move |(at, _)| (at + turn) % 4 == sort).map(|(_, word)| word);
    let mut text = String::from("country Unterland (NO), Oberland (DK)\nlanguage Danish (da)\n");
    for word in sort(0) {
        let _ = writeln!(text, "matter {word} \"x\" between countries");
    }
    let values: Vec<&String> = sort(1).collect();
    for (at, word) in values.iter().enumerate() {
        let two = [values[(at + 1) % values.len()], values[(at + 2) % values.len()]];
        let _ = writeln!(text, "fact {word} : one of {}-x, {}, {} or unknown", two[0], two[0], two[1]);
    }
    sort(2).for_each(|word| {
        let _ = writeln!(text, "place {word} in Unterland");
    });
    let items: Vec<&String> = sort(3).collect();
    for word in &items {
        let _ = writeln!(text, "item {word} \"x\"");
    }
    let matters: Vec<&str> = sort(0).map(String::as_str).collect();
    let _ =
        writeln!(text, "instrument zz-t {{ kind treaty governs {} parties Unterland, Oberland }}", matters.join(", "));
    let _ = writeln!(
        text,
        "provision \"1\" of zz-t {{ channel is direct }}\nprovision \"2\" of zz-t concerning {} {{",
        matters[0]
    );
    for word in &items {
        let _ = writeln!(text, "  languages for {word} are Danish");
    }
    law(&[("a.rules", &(text + "}\n"))])
}

#[test]
fn a_law_of_the_words_of_rust_and_of_the_module_compiles() {
    let words = words();
    assert!(
        words.len() > 300
            && ["fn", "iterator", "Case", "rustfmt", "Self"].iter().all(|word| words.contains(&(*word).to_owned()))
    );
    let modules: Vec<String> = (0..4)
        .map(|turn| {
            let (law, sources) = law_of(&words, turn);
            artifact(&law, &sources, "rules.rs")
        })
        .collect();
    compiles_all(&modules);
}

/// A word has one name in every law: a new word takes none over.
#[test]
fn a_new_word_takes_no_name_over() {
    let law_with = |more: &str| {
        let text = format!(
            "country Sweden (SE), Norway (NO)\nlanguage Swedish (sv)\nmatter m \"m\" between countries\nfact home : place\n\
             place örby \"Örby\" in Sweden\nitem åtal \"x\"\n{more}\ninstrument t {{ kind treaty governs m parties Sweden, Norway }}\n\
             provision \"1\" of t {{ languages for åtal are Swedish when home is örby }}"
        );
        let (law, sources) = law(&[("a.rules", &text)]);
        artifact(&law, &sources, "rules.rs")
    };
    let (old, new) = (
        law_with(""),
        law_with(
            "place orby \"Orby\" in Sweden\nitem atal \"y\"\nprovision \"2\" of t { languages for atal are Swedish }",
        ),
    );
    for module in [&old, &new] {
        assert!(module.contains("    Örby,\n") && module.contains("pub fn languages_for_åtal<"), "{module}");
    }
    assert!(!old.contains("    Orby,\n") && new.contains("    Orby,\n") && new.contains("pub fn languages_for_atal<"));
}

/// However the letters of a place were typed, the module takes it for the same place, as the library does.
#[test]
fn a_place_is_the_same_however_its_letters_were_typed() {
    let text = "country Sweden (SE), Norway (NO)\nmatter m \"m\" between countries\nact receive \"r\"\nfact home : place\n\
        place malmo \"Malmö\" in Sweden\nplace tien \"Tiệnö\" in Sweden\nauthority Sweden.office \"O\"\nauthority Sweden.other \"P\"\n\
        instrument t { kind treaty governs m parties Sweden, Norway }\n\
        provision \"1\" of t { authority to receive in Sweden is Sweden.office when home is malmo or home is tien otherwise is Sweden.other }";
    let (law, sources) = law(&[("a.rules", text)]);
    let same = [
        "malmo",
        "Malmö",
        "Malmo\u{308}",
        "Tiệnö",
        "Tie\u{323}\u{302}no\u{308}",
        "Tie\u{302}\u{323}nö",
        "Ti\u{1eb9}\u{302}nö",
        "Ti\u{ea}\u{323}no\u{308}",
    ];
    let other = ["Malmo", "malmö", "Malmo\u{30a}", "Malmö\u{308}", "Tienö", "Malm", "Malmöö", "Tiẹnö", ""];
    let mut main =
        String::from("mod rules;\nuse rules::*;\nfn main() {\n    let day = Date::new(2026, 1, 1).unwrap();\n");
    for name in same.iter().chain(&other) {
        let _ = writeln!(
            main,
            "    let case = Case::between(Country::Norway, Country::Sweden, day).with(Facts {{ home: Some(PlaceFact::Named({name:?})), ..Facts::default() }});\n    \
             println!(\"{{:?}}\", m::authority_to_receive(&case).lines().flat_map(|line| line.values().collect::<Vec<_>>()).next());"
        );
    }
    let said = run(&artifact(&law, &sources, "rules.rs"), &(main + "}\n"));
    let offices: Vec<bool> = said.lines().map(|line| line.contains("SwedenOffice")).collect();
    let wanted: Vec<bool> = same.iter().map(|_| true).chain(other.iter().map(|_| false)).collect();
    assert_eq!(offices, wanted, "{said}");
}
