//! How the names of places can be typed: a letter with its marks in one sign or in several is the same letter, as it is where the law
//! is read (canonical equivalence, Unicode Standard Annex 15). The module has no table of all signs, and needs one of those
//! alone that can stand in these names.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::names::literal;
use super::vocabulary::table;
use crate::law::Law;

/// The last plane with signs that are composed of others.
const LAST: char = '\u{2fa1f}';

/// The signs that can be written by several others, and the order of marks.
pub(super) fn write(law: &Law, out: &mut String) {
    let names = law.places.iter().flat_map(|place| [Some(&place.name), place.title.as_ref()]).flatten();
    let parts: BTreeSet<char> = names.flat_map(|name| name.nfd()).collect();
    let composed = |c: &char| {
        let mut of = c.nfd();
        of.clone().ne(std::iter::once(*c)) && of.all(|part| parts.contains(&part))
    };
    let is_plain = parts.iter().all(char::is_ascii);
    let all = if is_plain { Vec::new() } else { ('\u{a0}'..=LAST).filter(composed).collect() };
    let rows = all.iter().map(|c| format!("({c:?}, {})", literal(&c.nfd().collect::<String>())));
    table(out, "COMPOSED", "(char, &str)", rows);
    let marks = parts.iter().map(|c| (c, canonical_combining_class(*c))).filter(|(_, class)| *class > 0);
    let marks: Vec<String> = marks.map(|(c, class)| format!("({c:?}, {class})")).collect();
    table(out, "MARKS", "(char, u8)", marks.into_iter());
}
