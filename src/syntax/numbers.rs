//! Numbers as people write them: in words, with signs between their digits, with what they count beside them.

use super::grammar::Rule;
use super::mistakes::Mistake;
use super::refused::Refused;
use super::words::is_word_char;

const WHOLE: &str = "write a whole number, in a smaller unit where there is one: `30 months`, not `2.5 years`";
const UNITS: [&str; 5] = ["hour", "day", "week", "month", "year"];

/// The number around the place where the grammar stopped, if it is one that people write so.
pub(super) fn known(refused: &Refused<'_>) -> Option<Mistake> {
    let Refused { before, rest, expected, .. } = *refused;
    let line = before.rsplit('\n').next().unwrap_or("");
    let start = before.len() - line.len() + first_of_number(line, rest);
    let back = before.len() - start;
    let text = refused.part.get(start..)?;
    let number = Number::read(text);
    let was_read = before.get(start..)?.trim_end().len();
    if number.length == 0 || number.length < was_read || back == 0 && !expected.iter().any(|rule| is_value(*rule)) {
        return None;
    }
    let after = text.get(number.length..)?;
    let unit = unit(after);
    if back > 0 && number.length == was_read {
        // a number that was read whole is in order: what is wrong is what follows it
        return days(number, (back, rest), after).or_else(|| {
            let is_word = !text.starts_with(|first: char| first.is_ascii_digit());
            (is_word && unit.is_some()).then(|| before_unit(number, back, after)).flatten()
        });
    }
    let ends_whole = !after.starts_with(is_word_char) || unit.is_some();
    let (message, help) = match (number.value, unit) {
        _ if !ends_whole => return None,
        (Value::Whole(_), Some(_)) => {
            return before_unit(number, back, after);
        }
        (Value::Whole(value), None) if number.counts => (
            "no sign, currency or share stands beside a number".to_owned(),
            format!("write `{value}`, and say what it counts in the name of the fact: `fact value-in-euros : number`"),
        ),
        (Value::Whole(value), None) => ("a number is written in digits alone".to_owned(), format!("write `{value}`")),
        (Value::Part, _) => ("a number is whole and not less than 0".to_owned(), WHOLE.to_owned()),
        (Value::Range, _) => (
            "one number stands here, and no range".to_owned(),
            "say the number that counts; what lies between two is two conditions: `at least 3` and `at most 6`"
                .to_owned(),
        ),
    };
    Some(Mistake { back, length: number.length, message, help, meant: None })
}

/// The unit with which the text goes on.
fn unit(after: &str) -> Option<&'static str> {
    let written = word(after.trim_start_matches([' ', '-']));
    UNITS.into_iter().find(|unit| written.strip_suffix('s').unwrap_or(written) == *unit)
}

/// `six months`, `30 (thirty) days`, `30days`.
fn before_unit(number: Number, back: usize, after: &str) -> Option<Mistake> {
    let Value::Whole(value) = number.value else { return None };
    let unit = unit(after)?;
    let written = after.trim_start_matches([' ', '-']);
    let length = number.length + after.len() - written.len() + word(written).len();
    let plural = if value == 1 { "" } else { "s" };
    let message = "a number is written once, in digits alone, before its unit".to_owned();
    Some(Mistake { back, length, message, help: format!("write `{value} {unit}{plural}`"), meant: None })
}

/// `30 calendar days`, `30 working days`.
fn days(number: Number, (back, rest): (usize, &str), after: &str) -> Option<Mistake> {
    let Value::Whole(value) = number.value else { return None };
    let kind = word(rest);
    let unit = unit(rest.get(kind.len()..)?)?;
    let length = number.length + after.len() - rest.len() + kind.len();
    let (message, help) = match kind.to_lowercase().as_str() {
        "calendar" | "consecutive" => {
            (format!("all {unit}s are those of the calendar"), format!("write `{value} {unit}s`"))
        }
        "working" | "business" | "court" | "judicial" => {
            let message = format!("{kind} {unit}s cannot be counted: no holidays are known here");
            let help = "say the length in days of the calendar; where only the end is moved off a weekend, a `deadline` can say `moved to the next weekday`";
            (message, help.to_owned())
        }
        _ => return None,
    };
    Some(Mistake { back, length, message, help, meant: None })
}

/// A number that is written in words: `ten`, `twenty-five`.
pub(crate) fn in_words(text: &str) -> Option<u64> {
    let mut sum = Sum::default();
    let lower = text.to_lowercase();
    lower.split('-').all(|part| sum.add(part)).then(|| sum.value()).flatten()
}

/// A number can stand there.
fn is_value(rule: Rule) -> bool {
    matches!(rule, Rule::integer | Rule::duration | Rule::fact_value | Rule::unit)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Whole(u64),
    /// It is not whole, or less than 0.
    Part,
    Range,
}

/// A number at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    length: usize,
    value: Value,
    /// What it counts stands beside it.
    counts: bool,
}

impl Number {
    /// As far as the text goes on as a number does.
    fn read(text: &str) -> Number {
        let (mut sum, mut length, mut counts, mut value) = (Sum::default(), 0, false, None);
        let mut rest = text;
        loop {
            let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
            let token = token(&rest[blanks..]);
            let is_taken = match kind(token) {
                Kind::Counted if length == 0 && !number_follows(&rest[blanks + token.len()..]) => false,
                Kind::Counted => {
                    counts = true;
                    true
                }
                Kind::Part => {
                    value = value.or(Some(Value::Part));
                    true
                }
                Kind::Sign => {
                    length == 0 && number_follows(&rest[blanks + token.len()..]) && {
                        value = Some(Value::Part);
                        true
                    }
                }
                Kind::Range if length > 0 && number_follows(&rest[blanks + token.len()..]) => {
                    value = Some(Value::Range);
                    sum = Sum::default();
                    true
                }
                Kind::And => {
                    let next = rest[blanks + token.len()..].trim_start_matches(is_blank);
                    let is_name = matches!(word(next), "a" | "an") && !next.starts_with("a half");
                    length > 0 && number_follows(next) && !is_name
                }
                Kind::Range | Kind::Other => false,
                // the same again in brackets
                Kind::Again => length > 0,
                Kind::Digits(digits) => value.is_some_and(|value| value != Value::Part) || sum.digits(digits),
                Kind::Fraction => {
                    value = value.or(Some(Value::Part));
                    sum.fraction(token)
                }
                Kind::Word => sum.add(&token.to_lowercase()) || value.is_some(),
            };
            if !is_taken || token.is_empty() {
                break;
            }
            length += blanks + token.len();
            rest = &text[length..];
        }
        // `1.5 million` is whole
        let value = match (value, sum.value()) {
            (None, Some(whole)) => Value::Whole(whole),
            (Some(Value::Part), Some(whole)) if sum.is_scaled => Value::Whole(whole),
            (Some(value), _) => value,
            (None, None) => return Number { length: 0, value: Value::Part, counts },
        };
        Number { length, value, counts }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'t> {
    /// One number, with or without signs between groups of three.
    Digits(&'t str),
    Fraction,
    Word,
    /// `half`, `½`.
    Part,
    Sign,
    And,
    Range,
    /// `%`, `EUR`.
    Counted,
    /// `(thirty)`.
    Again,
    Other,
}

fn kind(token: &str) -> Kind<'_> {
    let lower = token.to_lowercase();
    match token.chars().next() {
        None => Kind::Other,
        Some(first) if first.is_ascii_digit() => {
            if token.bytes().all(|byte| byte.is_ascii_digit()) || in_groups(token) {
                Kind::Digits(token)
            } else {
                Kind::Fraction
            }
        }
        Some('½' | '¼' | '¾') => Kind::Part,
        Some('-' | '−' | '+') if token.len() <= 3 => Kind::Sign,
        Some('–') => Kind::Range,
        Some('%' | '€' | '$' | '£' | '‰') => Kind::Counted,
        Some('(') => Kind::Again,
        _ => match lower.as_str() {
            "half" | "quarter" => Kind::Part,
            "percent" | "euro" | "euros" | "eur" | "sek" | "dkk" | "nok" | "isk" | "pln" | "usd" | "gbp" | "chf" => {
                Kind::Counted
            }
            "to" | "or" => Kind::Range,
            "and" => Kind::And,
            _ if in_words(token).is_some() || scale(&lower).is_some() || lower == "a" || lower == "an" => Kind::Word,
            _ => Kind::Other,
        },
    }
}

/// Groups of three digits with one sign between them: `1.000.000`, `1 000`.
fn in_groups(token: &str) -> bool {
    let mut groups = token.split(|c: char| !c.is_ascii_digit());
    let signs: Vec<char> = token.chars().filter(|c| !c.is_ascii_digit()).collect();
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3)
        && signs.windows(2).all(|pair| pair[0] == pair[1])
        && !signs.contains(&'/')
}

/// What the text begins with: digits with the signs between them, a word, a number in brackets, or one character.
fn token(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let length = if first.is_ascii_digit() {
        let mut length = 0;
        while let Some(c) = text[length..].chars().next() {
            let digits = &text[length + c.len_utf8()..];
            let groups = c == ' ' || is_blank(c);
            let three = digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let goes_on = c.is_ascii_digit()
                || matches!(c, '.' | ',' | '\'' | '’' | '_' | '/') && three > 0
                || groups && three == 3 && !digits[three..].starts_with(is_word_char);
            if !goes_on {
                break;
            }
            length += c.len_utf8();
        }
        length
    } else if first == '(' {
        let end = text.find(')').map_or(0, |end| end + 1);
        let inner = text.get(1..end.saturating_sub(1)).unwrap_or("");
        let is_number = !inner.is_empty() && (in_words(inner).is_some() || inner.bytes().all(|b| b.is_ascii_digit()));
        if is_number { end } else { 1 }
    } else {
        word(text).len().max(first.len_utf8())
    };
    &text[..length]
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphabetic() || c == '-')).unwrap_or(text.len());
    text[..end].trim_end_matches('-')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn number_follows(text: &str) -> bool {
    matches!(kind(token(text.trim_start_matches(is_blank))), Kind::Digits(_) | Kind::Fraction | Kind::Word | Kind::Part)
}

/// Where the number begins with which the line ends, perhaps to go on with the rest; the end of the line if there is none.
fn first_of_number(line: &str, rest: &str) -> usize {
    let whole = format!("{line}{}", rest.lines().next().unwrap_or(""));
    let (mut first, end) = (line.len(), line.trim_end().len());
    let starts = line.char_indices().rev().filter(|(at, c)| {
        !is_blank(*c) && line[..*at].chars().next_back().is_none_or(|before| !is_word_char(before) && before != '.')
    });
    for (at, _) in starts {
        let number = Number::read(&whole[at..]);
        if number.length == 0 || at + number.length < end {
            break;
        }
        first = at;
    }
    first
}

/// What some digits and words add up to.
#[derive(Default)]
struct Sum {
    total: f64,
    /// What stands since the last thousand or million.
    group: Option<f64>,
    is_scaled: bool,
}

impl Sum {
    fn digits(&mut self, digits: &str) -> bool {
        let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
        self.put(plain.parse().ok())
    }

    fn fraction(&mut self, token: &str) -> bool {
        let point = token.rfind(['.', ',']);
        let plain = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let value = point.map(|at| format!("{}.{}", plain(&token[..at]), plain(&token[at + 1..])));
        self.put(value.map_or(Some(0.0), |value| value.parse().ok()))
    }

    fn put(&mut self, value: Option<f64>) -> bool {
        let fits = self.group.is_none();
        self.group = self.group.or(value);
        fits && value.is_some()
    }

    fn add(&mut self, word: &str) -> bool {
        let group = self.group.unwrap_or(0.0);
        if word.contains('-') {
            return word.split('-').all(|part| self.add(part));
        }
        match (small(word), scale(word)) {
            (Some(value), _) => self.group = Some(group + value),
            (_, Some(100.0)) => self.group = Some(self.group.unwrap_or(1.0) * 100.0),
            (_, Some(scale)) => {
                self.total += self.group.take().unwrap_or(1.0) * scale;
                self.is_scaled = true;
            }
            _ => return false,
        }
        true
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and in the range")]
    fn value(&self) -> Option<u64> {
        let value = self.total + self.group.unwrap_or(0.0);
        let is_there = self.group.is_some() || self.is_scaled;
        (is_there && value.fract() == 0.0 && (0.0..1e15).contains(&value)).then_some(value as u64)
    }
}

fn small(word: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place = |words: &[&str]| (0u8..).zip(words).find(|(_, one)| **one == word).map(|(place, _)| f64::from(place));
    let article = matches!(word, "a" | "an").then_some(1.0);
    place(&WORDS).or_else(|| place(&TENS).map(|place| (place + 2.0) * 10.0)).or(article)
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" | "millions" => 1e6,
        "billion" | "billions" => 1e9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Number, Value, in_words};

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("1 000", 1000),
            ("1.000.000", 1_000_000),
            ("1'000", 1000),
            ("1 million", 1_000_000),
            ("two hundred and five", 205),
            ("1.5 million", 1_500_000),
            ("a million", 1_000_000),
            ("thirty (30)", 30),
            ("30 (thirty)", 30),
            ("twenty-five", 25),
            ("1 million two hundred thousand", 1_200_000),
        ] {
            let number = Number::read(text);
            assert_eq!((number.value, number.length), (Value::Whole(value), text.len()), "{text}");
        }
        for text in ["1,5", "1/2", "half", "-1", "1 ½", "0.25", "one and a half", "1 000,50"] {
            let number = Number::read(text);
            assert_eq!((number.value, number.length), (Value::Part, text.len()), "{text}");
        }
        assert_eq!(Number::read("3 to 6").value, Value::Range);
        assert!(Number::read("5 %").counts && Number::read("EUR 500").counts);
        for text in ["direct", "to", "is", "", "million-seller"] {
            assert_eq!(Number::read(text).length, 0, "{text}");
        }
        assert_eq!((in_words("ten"), in_words("Forty-two"), in_words("tender")), (Some(10), Some(42), None));
    }
}
