//! What an instrument consists of: `"Article 1" to "Article 12"` is counted out into the citations between the two.

use std::collections::BTreeSet;

use super::Context;
use super::names::citation;
use crate::finding::{Code, Finding};
use crate::syntax::ast::{self, InstrumentStatement, Stretch};

/// A stretch names at most so many provisions. The longest codes have some thousands.
const MOST: u32 = 10_000;

/// All that `consists of` names, in the order written; what is named twice is reported.
pub(crate) fn consists_of(cx: &mut Context, row: &ast::Instrument<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for statement in &row.statements {
        let InstrumentStatement::ConsistsOf(stretches) = statement else { continue };
        for stretch in stretches {
            let citations = citations(cx, std::slice::from_ref(stretch));
            if let Some(twice) = citations.iter().find(|citation| seen.contains(*citation)) {
                let finding = Finding::new(Code::BadExtent, stretch.span, format!("\"{twice}\" is named twice"));
                cx.report(finding.help("name each provision once"));
            }
            all.extend(citations.into_iter().filter(|citation| seen.insert(citation.clone())));
        }
    }
    all
}

/// The citations of some stretches, counted out; one that cannot be counted is reported and left out.
pub(crate) fn citations(cx: &mut Context, stretches: &[Stretch<'_>]) -> Vec<String> {
    let mut all = Vec::new();
    for stretch in stretches {
        let first = citation(&stretch.first);
        match stretch.last.as_ref().map(citation) {
            None => all.push(first),
            Some(last) => match counted(&first, &last) {
                Ok(counted) => all.extend(counted),
                Err(message) => {
                    let finding = Finding::new(Code::BadExtent, stretch.span, message).why(
                        "a stretch is counted from the number at the end of its first citation to that of its last",
                    );
                    cx.report(finding.help(
                        "write both alike, as in `\"Article 1\" to \"Article 12\"` or `\"Annex I\" to \"Annex III\"`; name others one by one",
                    ));
                }
            },
        }
    }
    all
}

/// Every citation from one to the other: both are the same but for the number at their end.
fn counted(first: &str, last: &str) -> Result<Vec<String>, String> {
    let apart = || format!("nobody can count from \"{first}\" to \"{last}\"");
    let (before, from) = first.rsplit_once(' ').map_or(("", first), |(before, number)| (before, number));
    let (same, to) = last.rsplit_once(' ').map_or(("", last), |(before, number)| (before, number));
    if before != same {
        return Err(apart());
    }
    let arabic = |text: &str| text.parse().ok().filter(|number: &u32| number.to_string() == text);
    let (from, to, is_roman) = match (arabic(from), arabic(to)) {
        (Some(from), Some(to)) => (from, to, false),
        _ => (roman_number(from).ok_or_else(apart)?, roman_number(to).ok_or_else(apart)?, true),
    };
    if from > to {
        return Err(format!("\"{last}\" comes before \"{first}\""));
    }
    if to - from >= MOST {
        return Err(format!("from \"{first}\" to \"{last}\" there are more provisions than any text has"));
    }
    let number = |number| if is_roman { roman(number) } else { number.to_string() };
    let blank = if before.is_empty() { "" } else { " " };
    Ok((from..=to).map(|n| format!("{before}{blank}{}", number(n))).collect())
}

/// The Roman numeral of a number below forty: no text has more annexes, and `L`, `C`, `D` and `M` stay letters.
fn roman(number: u32) -> String {
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    "X".repeat(number as usize / 10) + ones[number as usize % 10]
}

fn roman_number(text: &str) -> Option<u32> {
    (1..40).find(|number| roman(*number) == text)
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn stretches_are_counted_out() {
        assert_eq!(counted("Article 9", "Article 11").unwrap(), ["Article 9", "Article 10", "Article 11"]);
        assert_eq!(counted("Annex III", "Annex V").unwrap(), ["Annex III", "Annex IV", "Annex V"]);
        assert_eq!(counted("3", "4").unwrap(), ["3", "4"]);
        assert_eq!(counted("§ 7", "§ 7").unwrap(), ["§ 7"]);
        assert_eq!(counted("Annex XXXIX", "Annex XXXIX").unwrap(), ["Annex XXXIX"]);
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        for (first, last) in [
            ("Article 1", "Annex III"),
            ("Article 1", "Article IV"),
            ("Part C", "Part D"),
            ("§ 71 a", "§ 71 c"),
            ("Article 012", "Article 14"),
            ("Article 3", "Article 1"),
            ("Article 1", "Article 4000000000"),
            ("Article 1", "Article 99999999999"),
            ("Annex IIII", "Annex V"),
            ("", ""),
        ] {
            assert!(counted(first, last).is_err(), "{first} to {last}");
        }
    }
}
