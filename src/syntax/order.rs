//! What stands in a place where it cannot be said: exceptions of countries, conditions before what is claimed, words after
//! `any`.

use super::grammar::{self, Rule};
use super::mistakes::Mistake;
use super::refused::{Refused, token};
use super::words::{after_word, first_word, is_reserved, is_word_char, skip_blanks};

/// Longer words are not repeated in advice.
const LONGEST_SHOWN: usize = 80;
/// In so many places at most, of an assertion of such a length, the claim is looked for behind its condition.
const MOST_SPLITS: usize = 24;
const LONGEST_TURNED: usize = 2000;

pub(super) fn known(refused: &Refused<'_>) -> Option<Mistake> {
    exception(refused).or_else(|| condition_first(refused)).or_else(|| after_any(refused))
}

fn at(length: usize, message: &str, help: String) -> Mistake {
    Mistake { back: 0, length, message: message.into(), help, meant: None }
}

/// `to any country except Poland`: a condition can be excepted, countries cannot.
fn exception(refused: &Refused<'_>) -> Option<Mistake> {
    let words = ["except", "excepting", "excluding", "save", "other than", "but not"];
    let word = words.into_iter().find(|word| begins_with(refused.rest, word))?;
    let next = skip_blanks(refused.rest.get(word.len()..)?);
    let conjunction = ["when", "if", "where"].into_iter().find(|word| first_word(next) == *word);
    let end = refused.part.len() - conjunction.map_or(next, |word| after_word(next, word)).len();
    let unless = refused.part.get(refused.at..end)?.trim_end();
    let is_read = || refused.leads_on(refused.at, refused.at + unless.len(), "unless");
    if conjunction.is_some() {
        return is_read().then(|| at(unless.len(), &format!("`{unless}` cannot stand here"), "write `unless`".into()));
    }
    let scopes = ["in", "from", "to", "between", "for"];
    let named = if scopes.contains(&first_word(next)) { after_word(next, first_word(next)) } else { next };
    let last = refused.before.split(|character: char| !is_word_char(character)).rfind(|word| is_reserved(word));
    let of_countries = named.starts_with(char::is_uppercase)
        || scopes.contains(&first_word(next))
        || refused.before.trim_end().ends_with("country")
        || last.is_some_and(|word| scopes.contains(&word));
    if of_countries {
        let help =
            "name the countries that are meant instead, or declare them as a group: `group others is` and their names";
        return Some(at(word.len(), "countries cannot be excepted", help.into()));
    }
    is_read().then(|| at(word.len(), &format!("`{word}` cannot stand here"), "did you mean `unless`?".into()))
}

/// `text` begins with these words, and no letter follows.
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(is_word_char))
}

/// `assert "…" channel when urgent is direct`, `complete channel when urgent in Norway`, and a condition in a test.
fn condition_first(refused: &Refused<'_>) -> Option<Mistake> {
    let item = first_word(skip_blanks(refused.part));
    let word = first_word(refused.rest);
    let is_condition = matches!(word, "when" | "unless");
    if refused.rule == Rule::test_lines && is_condition {
        let help = "a test gives the facts of its case: write them after `with`, on a line of their own";
        return Some(at(word.len(), "the answer of a test stands under no condition", help.into()));
    }
    if !matches!(item, "assert" | "complete") {
        return None;
    }
    let squeezed = |words: &str| {
        let squeezed = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (squeezed.len() <= LONGEST_SHOWN).then_some(squeezed)
    };
    if item == "assert" && is_condition && refused.expects(&[Rule::claim]) {
        let message = "in an assertion the claim comes before its condition";
        // where the claim begins is where both can be read the other way round
        let splits = refused.rest.match_indices(' ').map(|(at, _)| at).take(MOST_SPLITS);
        let turned = splits.filter_map(|at| {
            let (condition, claim) = refused.rest.split_at_checked(at)?;
            squeezed(&format!("{claim} {condition}"))
        });
        let is_whole = |words: &String| refused.reads(&refused.with(refused.at, refused.part.len(), words), usize::MAX);
        let works = if refused.part.len() <= LONGEST_TURNED { turned.into_iter().find(is_whole) } else { None };
        let help =
            works.map_or("write the claim first and the condition after it".into(), |words| format!("write `{words}`"));
        return Some(at(word.len(), message, help));
    }
    // a scope behind the condition
    let length = grammar::read_beginning(Rule::scope, refused.rest)?;
    let scope = refused.rest.get(..length)?.trim_end();
    let place = ["when", "unless"].iter().filter_map(|word| refused.before.rfind(&format!(" {word} "))).max()?;
    let condition = refused.before.get(place + 1..)?;
    let moved = squeezed(&format!("{scope} {condition}"))?;
    refused.takes(place + 1, refused.at + length, &moved).then(|| {
        let message = format!("in `{item}` the condition comes after the countries, matters and days");
        at(scope.len(), &message, format!("write `{moved}`"))
    })
}

/// `languages for request are any official language`, `to any State`.
fn after_any(refused: &Refused<'_>) -> Option<Mistake> {
    let words = refused.before.trim_end().strip_suffix("any").filter(|before| !before.ends_with(is_word_char))?;
    let word = token(refused.rest);
    if word.is_empty() || !word.starts_with(is_word_char) {
        return None;
    }
    let scope = words.trim_end().rsplit(|character: char| !is_word_char(character)).next()?;
    if matches!(scope, "in" | "from" | "to") {
        let start = words.trim_end().len() - scope.len();
        let country = format!("{scope} any country");
        let message = format!("after `{scope} any` comes `country`");
        return refused
            .takes(start, refused.at + word.len(), &country)
            .then(|| at(word.len(), &message, format!("write `{country}`")));
    }
    let help =
        "leave `any` alone if everything will do; otherwise name what is accepted, with commas between the names";
    Some(at(word.len(), "`any` is everything, and nothing stands with it", help.into()))
}
