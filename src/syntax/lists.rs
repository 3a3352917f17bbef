//! Lists: a comma that is missing, a word that stands for it, and a list where only one thing can be said.

use super::grammar::{self, Rule};
use super::mistakes::Mistake;
use super::recover::place_of;
use super::refused::{Refused, expected, last_token, token};
use super::words::{self, begins_case, first_word, is_reserved, is_word_char, skip_blanks};

/// So many commas are put into one list at most.
const MOST_COMMAS: usize = 8;
/// A list that is longer is not shown in full.
const LONGEST_SHOWN: usize = 80;

/// What people write between the members of a list.
const JOINERS: &[&str] = &["as well as", "and", "or", "&", ";", "+", "|", "/"];

/// A list whose members are not joined by commas, or a list where none can stand.
pub(super) fn known(refused: &Refused<'_>) -> Option<Mistake> {
    comma_missing(refused).or_else(|| connective_missing(refused)).or_else(|| several(refused))
}

/// A list whose members are joined by a mark that the language does not have there.
pub(super) fn marked(refused: &Refused<'_>) -> Option<Mistake> {
    refused.rest.starts_with([';', '&', '+', '|', '/']).then(|| comma_missing(refused)).flatten()
}

/// `complete channel means`: the word could begin a statement as well.
pub(super) fn of_questions(refused: &Refused<'_>) -> Option<Mistake> {
    (first_word(skip_blanks(refused.part)) == "complete").then(|| comma_missing(refused)).flatten()
}

/// `Polish, English and German`, `Denmark Norway`.
pub(super) fn comma_missing(refused: &Refused<'_>) -> Option<Mistake> {
    if !refused.expects(&[Rule::comma]) {
        return None;
    }
    let joiner = joiner(refused.rest);
    let repaired = with_commas(refused)?;
    let list_start = list_start(refused.before);
    let shown = repaired.text.get(list_start..repaired.end)?.split_whitespace().collect::<Vec<_>>().join(" ");
    let (length, message) = if let Some(joiner) = joiner {
        (joiner.len(), format!("the members of a list are joined by a comma, not by `{joiner}`"))
    } else {
        let next = token(refused.rest);
        (next.len(), format!("a comma is missing before {}", named(next)))
    };
    let help = if shown.len() <= LONGEST_SHOWN && !shown.contains('\n') {
        format!("write `{shown}`")
    } else {
        "write `,` between the members of the list".into()
    };
    Some(Mistake { back: 0, length, message, help, meant: None })
}

/// How a token is spoken of.
fn named(token: &str) -> String {
    if token.starts_with('"') {
        "this text".into()
    } else {
        format!("`{}`", token.chars().take(40).collect::<String>())
    }
}

/// A part with commas put into its list.
struct Repaired {
    text: String,
    /// Where the last member that was joined ends.
    end: usize,
}

/// The part with commas where the reading stops for want of one, if it then goes on behind the list.
fn with_commas(refused: &Refused<'_>) -> Option<Repaired> {
    let mut text = refused.part.to_owned();
    let mut at = refused.at;
    for _ in 0..MOST_COMMAS {
        let (before, rest) = text.split_at_checked(at)?;
        let join = joiner(rest).map_or(0, str::len);
        let member = skip_blanks(rest.get(join..)?);
        let length = member_length(refused, member)?;
        let kept = before.trim_end().len();
        let comma = if text.get(..kept)?.ends_with(',') { " " } else { ", " };
        let joined = format!("{}{comma}{member}", text.get(..kept)?);
        let end = joined.len() - member.len() + length;
        text = joined;
        match grammar::read(refused.rule, &text) {
            Ok(_) => return Some(Repaired { text, end }),
            Err(error) => {
                let place = place_of(&error);
                let behind = text.len() - skip_blanks(text.get(end..)?).len();
                if place < end {
                    return None;
                }
                if place > behind {
                    return Some(Repaired { text, end });
                }
                // another member may follow
                if !expected(&error).contains(&Rule::comma) {
                    return None;
                }
                at = place;
            }
        }
    }
    None
}

/// How long the member of a list is with which `member` begins: a name with its code in brackets is one, and so is a
/// question where several are asked. A word of the language begins another statement or clause instead.
fn member_length(refused: &Refused<'_>, member: &str) -> Option<usize> {
    let asks = matches!(first_word(skip_blanks(refused.part)), "complete" | "silent" | "text");
    if let Some(length) = grammar::read_beginning(Rule::question, member).filter(|_| asks) {
        return Some(length);
    }
    let word = first_word(member);
    let is_kind = grammar::read_beginning(Rule::kind_word, member).is_some();
    if (is_reserved(word) && !is_kind) || (word.is_empty() && !member.starts_with('"')) {
        return None;
    }
    let length = token(member).len();
    let rest = member.get(length..).unwrap_or("");
    let after = skip_blanks(rest);
    Some(match after.strip_prefix('(').and_then(|code| code.find(')')) {
        Some(close) => member.len() - after.len() + close + 2,
        None => length,
    })
}

/// The word or mark with which `rest` goes on in the place of a comma.
fn joiner(rest: &str) -> Option<&'static str> {
    let is_whole = |joiner: &str| {
        let ends_in_word = joiner.ends_with(is_word_char);
        !(ends_in_word && rest.get(joiner.len()..).is_some_and(|rest| rest.starts_with(is_word_char)))
    };
    JOINERS.iter().copied().find(|joiner| rest.starts_with(joiner) && is_whole(joiner))
}

/// Where the list begins that `before` ends with, as far as it stands together.
fn list_start(before: &str) -> usize {
    let mut start = last_token(before);
    while let Some(earlier) = before.get(..start).map(str::trim_end).and_then(|text| text.strip_suffix(',')) {
        start = last_token(earlier);
    }
    // a name with its code ends with a bracket
    if before.get(start..).is_some_and(|text| text.starts_with(')')) {
        start = before.get(..start).and_then(|text| text.rfind('(')).map_or(start, |open| last_token(&before[..open]));
    }
    start
}

/// `when urgent serious`.
fn connective_missing(refused: &Refused<'_>) -> Option<Mistake> {
    let word = first_word(refused.rest);
    let fits = refused.expects(&[Rule::k_and])
        && refused.expects(&[Rule::k_or])
        && !refused.expects(&[Rule::comma])
        && !word.is_empty()
        && !is_reserved(word)
        && refused.leads_on(refused.at, refused.at, "and ");
    let message = format!("`and` or `or` is missing before `{word}`");
    let help = format!("write `and {word}` if both must hold, `or {word}` if one is enough");
    fits.then_some(Mistake { back: 0, length: word.len(), message, help, meant: None })
}

/// `replaces convention "Article 1", "Article 2"`: one thing can be said, and the statement is to be repeated.
fn several(refused: &Refused<'_>) -> Option<Mistake> {
    let joiner = if refused.rest.starts_with(',') { "," } else { joiner(refused.rest)? };
    let statement = skip_blanks(refused.part);
    let start = refused.part.len() - statement.len();
    let first = first_word(statement);
    let next = skip_blanks(refused.rest.get(joiner.len()..)?);
    let mistake = |message: &str, help: String| {
        Some(Mistake { back: 0, length: joiner.len(), message: message.into(), help, meant: None })
    };
    match (refused.rule, first) {
        (Rule::test_lines, _) if begins_case(statement) => {
            return mistake("a test is of one case", "write a test for each case".into());
        }
        (Rule::instrument_lines, "kind") => {
            return mistake("an instrument is of one kind", "name the kind that binds most".into());
        }
        (Rule::instrument_lines, "country") => {
            return mistake("a text of one country names one", "write an instrument for each country".into());
        }
        (Rule::provision_opening, _) => {
            let help = "write a provision for each text that is cited, or cite what holds them all";
            return mistake("a provision has one citation, of one instrument", help.into());
        }
        (Rule::chunk, "act" | "item" | "event" | "matter" | "fact" | "place" | "group" | "authority") => {
            let help = format!("begin another line with `{first}`: each is declared with its own words");
            return mistake(&format!("`{first}` declares one name"), help);
        }
        (Rule::chunk, "excuse") => {
            return mistake("an excuse is for one kind of finding in one place", "write an excuse for each".into());
        }
        _ => {}
    }
    let member = token(next);
    if member.is_empty() || is_reserved(member) || !is_statement(refused.rule) {
        return without_joiner(refused, joiner);
    }
    let heads = match duty(statement) {
        Some(length) => [statement.get(..length)?, ""],
        // what is repeated goes with all that stands before it, or else with the first word alone
        None => [refused.part.get(start..last_token(refused.before))?, statement.get(..first.len())?],
    };
    for head in heads.into_iter().map(str::trim_end).filter(|head| !head.is_empty() && head.len() <= LONGEST_SHOWN) {
        let kept = refused.before.trim_end().len();
        if refused.leads_on(kept, refused.part.len() - next.len(), &format!("\n{head} ")) {
            let again = format!("{head} {member}").split_whitespace().collect::<Vec<_>>().join(" ");
            return mistake("only one can be named here", format!("write `{again}` as a line of its own"));
        }
    }
    without_joiner(refused, joiner)
}

/// Up to where a rule says how strongly somebody is to do something, if `text` is such a rule.
fn duty(text: &str) -> Option<usize> {
    let bearer = grammar::read_beginning(Rule::bearer, text)?;
    let words = text.get(bearer..)?.split_inclusive(' ');
    let mut end = bearer;
    for word in words {
        let start = end;
        end += word.len();
        let here = text.get(start..)?;
        let strength =
            [Rule::k_shall_as_a_rule, Rule::k_shall_not, Rule::k_shall, Rule::k_should, Rule::k_may, Rule::k_need_not];
        if let Some(length) = strength.into_iter().find_map(|rule| grammar::read_beginning(rule, here)) {
            return Some(text.len() - skip_blanks(text.get(start + length..)?).len());
        }
    }
    None
}

/// The part holds statements, so that another can stand beside it.
fn is_statement(rule: Rule) -> bool {
    matches!(rule, Rule::provision_lines | Rule::instrument_lines | Rule::test_lines | Rule::section_lines)
}

/// `channel is direct, when urgent`, `on ground late and on ground small`.
fn without_joiner(refused: &Refused<'_>, joiner: &str) -> Option<Mistake> {
    let message = if joiner == "," { "no comma belongs here".into() } else { format!("`{joiner}` joins nothing here") };
    let help = "leave it out: what follows begins with a word of its own".into();
    let fits = refused.leads_on(refused.at, refused.at + joiner.len(), "");
    fits.then_some(Mistake { back: 0, length: joiner.len(), message, help, meant: None })
}

/// `as soon as possible and within 7 days`: a duty has one limit of time, and another follows.
pub(super) fn second_limit(refused: &Refused<'_>) -> Option<Mistake> {
    let before = refused.before.trim_end();
    let limit_start = limits(before)?;
    let (first, rest) = (before.get(limit_start..)?, refused.rest);
    let mut next = rest;
    for filler in [",", "and", "but", "or", "at the latest", "not later than", "no later than", "at most"] {
        let after = next.strip_prefix(filler).map(skip_blanks);
        next = after.filter(|_| filler == "," || first_word(next) == first_word(filler)).unwrap_or(next);
    }
    let second = leading_limit(next).map(str::to_owned).or_else(|| {
        let within = format!("within {next}");
        (next.len() < rest.len()).then(|| leading_limit(&within).map(str::to_owned)).flatten()
    })?;
    let rule = before.get(..limit_start)?.trim_start();
    let duty: String = rule.split_whitespace().collect::<Vec<_>>().join(" ");
    let first: String = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let second: String = second.split_whitespace().collect::<Vec<_>>().join(" ");
    let again = if duty.len() <= LONGEST_SHOWN && words::begins_statement(&duty, words::PROVISION_STARTS) {
        format!("`{duty} {second}`")
    } else {
        format!("`{second}` as the limit of another rule with the same duty")
    };
    let help = format!("keep `{first}` here and write {again} as a rule of its own: both limits then hold");
    let length = rest.len() - next.len() + leading_limit(next).map_or(0, str::len);
    let message = "a duty says once by when it is to be fulfilled".into();
    Some(Mistake { back: 0, length: length.max(1), message, help, meant: None })
}

/// Where the limit of time begins that `text` ends with.
fn limits(text: &str) -> Option<usize> {
    const BEGINNINGS: &[&str] = &["immediately", "promptly", "without", "as soon", "at once", "within", "before"];
    BEGINNINGS
        .iter()
        .filter_map(|beginning| text.rfind(beginning))
        .filter(|start| leading_limit(&text[*start..]).is_some_and(|limit| start + limit.len() == text.len()))
        .min()
}

/// The limit of time that `text` begins with.
fn leading_limit(text: &str) -> Option<&str> {
    let tree = grammar::read_beginning(Rule::limit, text)?;
    text.get(..tree).map(str::trim_end)
}
