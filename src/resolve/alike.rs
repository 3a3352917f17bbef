//! Names and citations that look the same and are not.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use unicode_security::skeleton;

use super::names::shown;
use crate::finding::{Code, Finding};
use crate::source::Span;
use crate::syntax::is_reported;

/// What is found of those of some names that look like another of them.
pub(super) fn findings<'n>(what: &str, names: impl Iterator<Item = (&'n str, Span)> + Clone) -> Vec<Finding> {
    // letters and digits of ASCII are told apart, in any print that is fit for law
    let names = names.filter(|(name, _)| !name.chars().any(is_reported));
    if names.clone().all(|(name, _)| name.is_ascii()) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (name, span) in names {
        match seen.entry(look(name)) {
            Entry::Vacant(entry) => drop(entry.insert((name, span))),
            Entry::Occupied(entry) => {
                let (other, earlier) = *entry.get();
                findings.extend((other != name).then(|| alike(what, (name, span), (other, earlier))));
            }
        }
    }
    findings
}

fn alike(what: &str, (name, span): (&str, Span), (other, earlier): (&str, Span)) -> Finding {
    let which = strange(name, other).or_else(|| strange(other, name)).map_or(String::new(), |character| {
        format!(": one of them has the letter `{character}` (U+{:04X})", u32::from(character))
    });
    let message = format!("two {what} look the same and are not, `{}`{which}", shown(name));
    Finding::new(Code::NotText, span, message)
        .label("this one")
        .other(earlier, "and this one")
        .why("whoever reads them takes them for one, and the law takes them for two")
        .help("type both again in the letters of one alphabet, or choose names that differ")
}

/// How a name looks: every character that is not of ASCII as the one that it can be taken for.
fn look(name: &str) -> String {
    let mut looks = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_ascii() {
            looks.push(character);
        } else {
            looks.extend(skeleton(character.encode_utf8(&mut [0; 4])));
        }
    }
    looks
}

/// The first character of a name that is not in the other, and not of ASCII.
fn strange(name: &str, other: &str) -> Option<char> {
    name.chars().find(|character| !character.is_ascii() && !other.contains(*character))
}

#[cfg(test)]
mod tests {
    use super::look;

    #[test]
    fn letters_of_other_alphabets_look_like_latin_ones_and_accents_tell_apart() {
        assert_eq!(look("\u{440}\u{430}\u{441}\u{430}"), "paca");
        assert_eq!(look("Article \u{406}"), "Article l".replace('l', &look("\u{406}")));
        for (one, other) in [("Årsta", "Arsta"), ("malmø", "malmo"), ("§ 5", "S 5"), ("Article I", "Article 1")] {
            assert_ne!(look(one), look(other), "{one} {other}");
        }
    }
}
