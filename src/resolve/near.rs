//! "Did you mean": the nearest of some names, and whether it is so near that it can be written unasked.

use crate::finding::{Finding, Fix};
use crate::source::Span;

/// A name that is near to what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Near<'n> {
    pub(crate) name: &'n str,
    /// No other name can be meant.
    is_clear: bool,
}

impl Near<'_> {
    /// Asks whether `meant` was meant, where this name stands in the place of `written`.
    pub(crate) fn ask(self, finding: Finding, meant: &str, written: Span) -> Finding {
        let finding = finding.help(format!("did you mean `{meant}`?"));
        if self.is_clear { finding.fix(Fix::replace(written, self.name)) } else { finding }
    }

    /// Asks the same of a name that nothing declares. Only its uses say how it is spelt, and the slip can lie in either of
    /// the two: a program that wrote one for the other could carry the slip of a rule into the tests that would show it.
    pub(crate) fn ask_only(self, finding: Finding) -> Finding {
        finding.help(format!("did you mean `{}`?", self.name))
    }
}

/// The nearest of some names: the same but for case, or one letter different in a word of three letters or more, or two
/// in a word of five. Of names that are equally near, the first in the alphabet.
pub(crate) fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<Near<'n>> {
    let length = wanted.chars().count();
    if length > 80 {
        return None;
    }
    // a code of two letters is near to every other
    let allowed = match length {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let lower: Vec<char> = wanted.chars().flat_map(char::to_lowercase).collect();
    let distance = |name: &str| {
        let near_in_length = name.len() <= 4 * 80 && name.chars().count().abs_diff(length) <= allowed;
        if !near_in_length {
            return None;
        }
        if name.chars().flat_map(char::to_lowercase).eq(lower.iter().copied()) {
            return Some(0);
        }
        let distance = osa_distance(wanted, name);
        (distance <= allowed).then_some(distance)
    };
    let mut best: Option<(usize, &str)> = None;
    let mut is_only = true;
    for name in names {
        let Some(near) = distance(name).map(|distance| (distance, name)) else { continue };
        is_only &= best.is_none_or(|best| best.1 == name);
        best = Some(best.map_or(near, |best| best.min(near)));
    }
    let (distance, name) = best?;
    Some(Near { name, is_clear: is_only && distance <= 1 && is_a_slip(wanted, name) })
}

/// The distance of two words that need not be looked at where they begin and end alike.
fn osa_distance(one: &str, two: &str) -> usize {
    let begin: usize = one.chars().zip(two.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (one, two) = (&one[begin..], &two[begin..]);
    let end: usize =
        one.chars().rev().zip(two.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    strsim::osa_distance(&one[..one.len() - end], &two[..two.len() - end])
}

/// The name of the nearest.
pub(crate) fn suggest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    nearest(wanted, names).map(|near| near.name)
}

/// Two names that differ as if one were badly typed. Not so `annex-a` and `annex-b`, `convention-1957` and
/// `convention-1972`, `moral` and `amoral`, and no codes: these are names of different things.
fn is_a_slip(one: &str, two: &str) -> bool {
    const SHORTEST: usize = 4;
    let digits = |name: &str| name.chars().filter(|letter| letter.is_numeric()).collect::<String>();
    let parts = |name: &str| name.split('-').map(str::to_lowercase).collect::<Vec<_>>();
    let (one_parts, two_parts) = (parts(one), parts(two));
    let mut pairs = one_parts.iter().zip(&two_parts).filter(|(a, b)| a != b);
    let slip = |(a, b): (&String, &String)| {
        a.chars().count().min(b.chars().count()) >= SHORTEST && !a.ends_with(b.as_str()) && !b.ends_with(a.as_str())
    };
    one.chars().count() > 2
        && digits(one) == digits(two)
        && one_parts.len() == two_parts.len()
        && pairs.next().is_none_or(slip)
        && pairs.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::{nearest, suggest};

    #[test]
    fn the_nearest_name_is_suggested_and_nothing_far() {
        let names = ["Denmark", "Norway", "aland", "ab", "offence-district", "residence-district"];
        assert_eq!(suggest("denmark", names), Some("Denmark"));
        assert_eq!(suggest("Norwya", names), Some("Norway"));
        assert_eq!(suggest("residence-distrct", names), Some("residence-district"));
        assert_eq!(suggest("AB", names), Some("ab"));
        assert_eq!(suggest("ac", names), None, "a code is near to every other");
        assert_eq!(suggest("x", names), None);
        assert_eq!(suggest("", names), None);
        assert_eq!(suggest("Sweden", names), None);
        assert_eq!(suggest("bcd", ["bcf", "bce"]), Some("bce"));
    }

    #[test]
    fn only_a_slip_of_the_pen_is_clear() {
        let is_clear =
            |wanted, names: &[&'static str]| nearest(wanted, names.iter().copied()).is_some_and(|n| n.is_clear);
        assert!(is_clear("Norwya", &["Norway", "Denmark"]));
        assert!(is_clear("denmark", &["Norway", "Denmark"]));
        assert!(is_clear("residence-distrct", &["offence-district", "residence-district"]));
        for (wanted, names) in [
            ("annex-c", &["annex-a"][..]),
            ("convention-1973", &["convention-1972"]),
            ("moral", &["amoral"]),
            ("lawful-act", &["unlawful-act"]),
            ("maximum-age", &["minimum-age"]),
            ("se", &["SE"]),
            ("distric", &["district", "distrikt"]),
        ] {
            assert!(!is_clear(wanted, names), "{wanted}");
        }
    }
}
