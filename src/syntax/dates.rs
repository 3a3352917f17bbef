//! Dates as people write them, and how the language has them.

use jiff::civil::Date;

use super::like;
use super::mistakes::Mistake;

/// The longest that is taken for a date.
const LONGEST: usize = 14;
const YEAR_FIRST: &str = "write the year first, with four digits, then the month and the day, as in `2025-06-09`";

/// `9.6.2025`, `01/02/2021`, `2025/06/09`, `2025-6-9`, `10000-01-01`, where the grammar stopped. It may have taken the first
/// number for a name.
pub(super) fn known(before: &str, rest: &str) -> Option<Mistake> {
    let of_date =
        |character: &char| character.is_ascii_digit() || matches!(character, '.' | '/' | '-') || is_dash(*character);
    let length = |characters: &mut dyn Iterator<Item = char>| {
        characters.take(LONGEST).take_while(of_date).map(char::len_utf8).sum::<usize>()
    };
    let back = length(&mut before.chars().rev());
    let forth = length(&mut rest.chars());
    let whole = format!("{}{}", before.get(before.len() - back..)?, rest.get(..forth)?);
    let whole = whole.trim_end_matches(|end| matches!(end, '.' | '-') || is_dash(end));
    let written = &whole.chars().map(|character| if is_dash(character) { '-' } else { character }).collect::<String>();
    let parts: Vec<&str> = written.split(['.', '/', '-']).collect();
    let [one, two, three] = parts[..] else { return None };
    let mistake = |message: String, help: String, meant: Option<String>| {
        Some(Mistake { back, length: whole.len(), message, help, meant })
    };
    if let Some(dash) = whole.chars().find(|character| is_dash(*character)).filter(|_| lengths_of(&parts) == [4, 2, 2])
    {
        let message = format!("the dash `{dash}` (U+{:04X}) in this date is not a hyphen", u32::from(dash));
        return mistake(message, format!("write `{written}`"), Some(written.clone()));
    }
    let is_hyphened = written.matches('-').count() == 2;
    let lengths = lengths_of(&parts);
    let (year, month, day) = match lengths {
        // well formed: what is wrong with it is another thing
        [4, 2, 2] if is_hyphened => return None,
        [4, 1 | 2, 1 | 2] => (one, two, three),
        [1 | 2, 1 | 2, 4] if number::<i8>(two)? > 12 => (three, one, two),
        [1 | 2, 1 | 2, 4] if written.contains('/') && number::<i8>(one)? <= 12 => {
            return mistake(format!("`{written}` could be two days"), YEAR_FIRST.into(), None);
        }
        [1 | 2, 1 | 2, 4] => (three, two, one),
        [year, 1 | 2, 1 | 2] if year > 4 => {
            let help = "the last day that can be written is `9999-12-31`; what has no last day needs no `until`";
            return mistake(format!("the year of `{written}` has more than four digits"), help.into(), None);
        }
        [1 | 2, 1 | 2, 2] => {
            return mistake(format!("the year of `{written}` is not written in full"), YEAR_FIRST.into(), None);
        }
        _ => return None,
    };
    let Ok(date) = Date::new(number(year)?, number(month)?, number(day)?) else {
        return mistake(format!("the calendar has no day `{written}`"), YEAR_FIRST.into(), None);
    };
    let meant = date.to_string();
    let help = match lengths {
        [4, ..] if is_hyphened => format!("write month and day with two digits: `{meant}`"),
        [4, ..] => format!("write hyphens between year, month and day: `{meant}`"),
        _ => format!("write the year first: `{meant}`"),
    };
    mistake(format!("`{written}` is not how a date is written here"), help, Some(meant))
}

/// `name` was most likely meant to be a date: `2025-6-9` or `2025`, which the grammar takes for a name.
pub(super) fn as_name(name: &str) -> Option<Mistake> {
    if !name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let whole = known("", name).filter(|mistake| mistake.length == name.len());
    whole.or_else(|| {
        let message = format!("`{name}` is not a day");
        Some(Mistake { back: 0, length: name.len(), message, help: YEAR_FIRST.into(), meant: None })
    })
}

/// A dash that is no hyphen.
fn is_dash(character: char) -> bool {
    like::of(character) == Some('-')
}

fn lengths_of(parts: &[&str]) -> [usize; 3] {
    let mut parts = parts.iter().map(|part| part.len());
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

fn number<N: std::str::FromStr>(digits: &str) -> Option<N> {
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{as_name, known};

    #[test]
    fn what_was_meant_is_said_only_where_it_is_plain() {
        let meant = |written| known("", written).expect("it is known").meant;
        for (written, day) in [
            ("2025-1-1", "2025-01-01"),
            ("2025/06/09", "2025-06-09"),
            ("9.6.2025", "2025-06-09"),
            ("13/02/2021", "2021-02-13"),
            ("02/13/2021", "2021-02-13"),
            ("1.1.1970.", "1970-01-01"),
            ("2026\u{2010}01\u{2010}15", "2026-01-15"),
            ("2026\u{2013}01-15", "2026-01-15"),
            ("2026\u{2212}1\u{2212}5", "2026-01-05"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(day), "{written}");
        }
        for written in ["01/02/2021", "10000-01-01", "25-06-09", "9.6.25", "2025-2-30", "30.2.2025", "2025-13-1"] {
            assert_eq!(meant(written), None, "{written}");
        }
        assert!(known("", "2025-06-09").is_none() && known("", "2025-06").is_none());
        assert!(as_name("2025-6-9").is_some_and(|mistake| mistake.meant.is_some()));
        assert!(as_name("2025").is_some_and(|mistake| mistake.meant.is_none()));
        assert!(as_name("1972-convention").is_none());
    }
}
