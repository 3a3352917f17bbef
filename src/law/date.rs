//! Days and intervals of days.

use std::fmt;

/// A day: the number of days since 1970-01-01, before it negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// 0000-01-01, the first day that can be written: what begins then has no beginning that could be told from it.
    pub const BEGINNING: Day = Day(-719_528);
    /// The day after 9999-12-31, the last that can be written.
    pub const END: Day = Day(2_932_897);

    /// Reads `2025-06-09`; none where the calendar has no such day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Day> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
        let well_formed = bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + i16::from(digit - b'0'));
        let short = |digits: &[u8]| i8::try_from(number(digits)).ok();
        let parts = || Some((number(&bytes[..4]), short(&bytes[5..7])?, short(&bytes[8..])?));
        let (year, month, day) = if well_formed { parts()? } else { return None };
        jiff::civil::Date::new(year, month, day).ok().map(Day::of)
    }

    /// Years are counted from March here, so that a leap day is the last of its year: then the days of the months follow
    /// one rule, and so do the leap years.
    fn of(date: jiff::civil::Date) -> Day {
        let (year, month) = (i32::from(date.year()), i32::from(date.month()));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let before_month = (153 * month + 2) / 5;
        Day(365 * year + leap_days + before_month + i32::from(date.day()) - 1 - FROM_MARCH_TO_EPOCH)
    }

    /// The next day; nothing follows the end.
    #[must_use]
    pub fn next(self) -> Day {
        Day(self.0 + 1).min(Day::END)
    }

    /// So many months later, and whether that day has the same number: a month can be too short for it, and then it is the
    /// last of that month. None past the last day of the calendar.
    pub fn months_later(self, months: i32) -> Option<(Day, bool)> {
        let date = EPOCH.checked_add(jiff::Span::new().try_days(self.0).ok()?).ok()?;
        let later = date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
        Some((Day::of(later), later.day() == date.day()))
    }

    /// The day before; the first has none.
    #[must_use]
    pub fn previous(self) -> Day {
        Day(self.0 - 1).max(Day::BEGINNING)
    }
}

/// From the first of March of the year 0 to 1970-01-01.
const FROM_MARCH_TO_EPOCH: i32 = 719_468;

const EPOCH: jiff::civil::Date = jiff::civil::Date::constant(1970, 1, 1);

impl fmt::Display for Day {
    /// `2025-06-09`; days that the calendar does not have are shown as the first or last that it has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = EPOCH.saturating_add(jiff::Span::new().days(self.0.clamp(-4_000_000, 4_000_000)));
        write!(f, "{date}")
    }
}

/// Days from `from` to before `until`: half-open. The files say `until` a day that is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first day.
    pub from: Day,
    /// The first day after it.
    pub until: Day,
}

impl Interval {
    /// All days.
    pub const ALWAYS: Interval = Interval { from: Day::BEGINNING, until: Day::END };

    /// No day lies in it.
    pub fn is_empty(self) -> bool {
        self.from >= self.until
    }

    /// The day lies in it.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day < self.until
    }

    /// The days in both.
    #[must_use]
    pub fn and(self, other: Interval) -> Interval {
        Interval { from: self.from.max(other.from), until: self.until.min(other.until) }
    }

    /// Some day lies in both.
    pub fn meets(self, other: Interval) -> bool {
        !self.and(other).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_are_counted_from_1970_and_only_real_ones_are_read() {
        assert_eq!(Day::parse("1970-01-01"), Some(Day(0)));
        assert_eq!(Day::parse("2025-06-09"), Some(Day(20248)));
        assert_eq!(Day(20248).to_string(), "2025-06-09");
        assert_eq!(Day::parse("2024-02-29").map(Day::next), Day::parse("2024-03-01"));
        for wrong in ["2025-02-29", "2025-13-01", "25-06-09", "2025-6-9", "2025-06-09T00", "+025-06-09"] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
    }
    /// As the calendar has them, from the first day that can be written to the last.
    #[test]
    fn every_day_is_read_as_it_is_shown() {
        let first = Day::parse("0000-01-01").expect("it can be written");
        let last = Day::parse("9999-12-31").expect("it can be written");
        let days = (first.0..last.0).step_by(89).chain(last.0 - 400..=last.0).chain(-800..800);
        for day in days.map(Day) {
            assert_eq!(Day::parse(&day.to_string()), Some(day));
        }
        assert_eq!((first, last.next()), (Day::BEGINNING, Day::END));
        assert_eq!((first.previous(), Day::END.next()), (Day::BEGINNING, Day::END));
    }
}
