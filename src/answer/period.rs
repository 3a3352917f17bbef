//! When a period that an answer names ends, in a case that gives the day of its event.
//!
//! Only what the calendar itself says is worked out: the day of the event is not counted, so that a period of weeks ends
//! on the same day of the week, and one of months or years on the day of the same number. Where the text would have to
//! say more, the end stays open and says why: a month without that day, hours that need a clock. Public holidays are
//! nowhere declared, so a text that moves an end past a day off is followed over Saturdays and Sundays only, and says so.

use crate::case::Case;
use crate::law::{Answer, Day, Duration, EventId, Limit, Unit, Value};
use crate::syntax::ast::Moved;

/// The end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// From which event it runs.
    pub event: EventId,
    /// The day of the event in the case.
    pub began: Day,
    /// When it ends.
    pub end: End,
}

/// When a period ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With this day, the last on which it runs.
    On(LastDay),
    /// The month or year has no day of that number, and no text that is held says what then.
    NoSuchDay,
    /// It lies past the last day of the calendar.
    PastTheCalendar,
    /// It is a number of hours that do not make whole days: the day alone does not tell.
    NeedsTheHour,
}

/// The last day of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastDay {
    /// The day, moved if the text moves it.
    pub day: Day,
    /// It ends at the hour of the event, not with the day.
    pub same_hour: bool,
    /// What the text says of a day off.
    pub day_off: DayOff,
}

/// What is said of an end on a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOff {
    /// The text moves such an end. From this day, a Saturday or Sunday, it has been moved; none: it was not. If the last
    /// day is a public holiday, it moves on.
    Moved(Option<Day>),
    /// The last day is a Saturday or Sunday, and the text that is held says nothing of that.
    Unsaid,
    /// The last day is a weekday, and the text that is held says nothing of days off.
    Weekday,
}

impl Period {
    /// The end of the period that an answer names; none where it names none that runs from an event of which the case
    /// gives the day. `without undue delay` and the like are no periods: of them no day can be worked out.
    pub fn of(answer: &Answer, case: &Case) -> Option<Period> {
        let of_value = answer.values.iter().find_map(|value| match value {
            Value::Deadline(deadline) => Some((deadline.duration, deadline.from?, deadline.moved)),
            _ => None,
        });
        let of_limit = || match answer.limit? {
            Limit::Within(duration, event) => Some((duration, event?, None)),
            _ => None,
        };
        let (duration, event, moved) = of_value.or_else(of_limit)?;
        let began = *case.events.get(&event)?;
        Some(Period { event, began, end: end(began, duration, moved) })
    }

    /// The last day on which it runs, where the calendar tells.
    pub fn last_day(self) -> Option<Day> {
        match self.end {
            End::On(last) => Some(last.day),
            End::NoSuchDay | End::PastTheCalendar | End::NeedsTheHour => None,
        }
    }
}

fn end(began: Day, duration: Duration, moved: Option<Moved>) -> End {
    let number = i32::try_from(duration.number).unwrap_or(i32::MAX);
    let later = |days: i32| Some((Day(began.0.saturating_add(number.saturating_mul(days))), true));
    let (found, same_hour) = match duration.unit {
        Unit::Hours if number % 24 != 0 => return End::NeedsTheHour,
        Unit::Hours => (Some((Day(began.0.saturating_add(number / 24)), true)), true),
        Unit::Days => (later(1), false),
        Unit::Weeks => (later(7), false),
        Unit::Months => (began.months_later(number), false),
        Unit::Years => (began.months_later(number.saturating_mul(12)), false),
    };
    let last = match found {
        Some((day, true)) if day < Day::END => day,
        Some((_, false)) => return End::NoSuchDay,
        _ => return End::PastTheCalendar,
    };
    let after_weekend = next_weekday(last);
    let (day, day_off) = match (moved, last == after_weekend) {
        (Some(_), true) => (last, DayOff::Moved(None)),
        (Some(_), false) => (after_weekend, DayOff::Moved(Some(last))),
        (None, true) => (last, DayOff::Weekday),
        (None, false) => (last, DayOff::Unsaid),
    };
    if day < Day::END { End::On(LastDay { day, same_hour, day_off }) } else { End::PastTheCalendar }
}

/// The day, or the Monday after it if it is a Saturday or Sunday.
fn next_weekday(day: Day) -> Day {
    // 1970-01-01 was a Thursday: 0 is a Monday.
    let weekday = (day.0.rem_euclid(7) + 3) % 7;
    Day(day.0.saturating_add(if weekday < 5 { 0 } else { 7 - weekday }))
}

#[cfg(test)]
mod tests {
    use super::{DayOff, End, LastDay, end, next_weekday};
    use crate::law::{Day, Duration, Unit};
    use crate::syntax::ast::Moved;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn last(began: &str, number: u32, unit: Unit, moved: Option<Moved>) -> Option<(String, DayOff)> {
        match end(day(began), Duration { number, unit }, moved) {
            End::On(LastDay { day, day_off, .. }) => Some((day.to_string(), day_off)),
            _ => None,
        }
    }

    #[test]
    fn the_day_of_the_event_is_not_counted() {
        let on = |text: &str, day_off| Some((text.to_owned(), day_off));
        assert_eq!(last("2026-03-02", 2, Unit::Weeks, None), on("2026-03-16", DayOff::Weekday));
        assert_eq!(last("2026-03-02", 1, Unit::Days, None), on("2026-03-03", DayOff::Weekday));
        assert_eq!(last("2026-03-02", 5, Unit::Days, None), on("2026-03-07", DayOff::Unsaid));
        assert_eq!(last("2026-01-28", 1, Unit::Months, None), on("2026-02-28", DayOff::Unsaid));
        assert_eq!(last("2024-02-29", 4, Unit::Years, None), on("2028-02-29", DayOff::Weekday));
        assert_eq!(last("2025-12-15", 3, Unit::Months, None), on("2026-03-15", DayOff::Unsaid));
    }

    #[test]
    fn where_the_calendar_does_not_say_nothing_is_guessed() {
        let of = |began: &str, number, unit| end(day(began), Duration { number, unit }, None);
        assert_eq!(of("2026-01-31", 1, Unit::Months), End::NoSuchDay);
        assert_eq!(of("2024-02-29", 1, Unit::Years), End::NoSuchDay);
        assert_eq!(of("2026-01-31", 36, Unit::Hours), End::NeedsTheHour);
    }

    #[test]
    fn the_calendar_ends() {
        let of = |began: &str, number, unit, moved| end(day(began), Duration { number, unit }, moved);
        for (number, unit) in [
            (8000, Unit::Years),
            (100_000, Unit::Months),
            (500_000, Unit::Weeks),
            (3_000_000, Unit::Days),
            (90_000_000 / 24 * 24, Unit::Hours),
            (u32::MAX, Unit::Years),
            (u32::MAX, Unit::Days),
        ] {
            assert_eq!(of("2026-01-01", number, unit, None), End::PastTheCalendar, "{number} {}", unit.word());
        }
        assert_eq!(last("9999-12-30", 1, Unit::Days, None), Some(("9999-12-31".to_owned(), DayOff::Weekday)));
        assert_eq!(of("9999-12-31", 1, Unit::Days, None), End::PastTheCalendar);
        // 9999-12-25 is a Saturday
        let moved = Some(Moved::NextWeekday);
        assert_eq!(last("9999-12-24", 1, Unit::Days, moved).map(|found| found.0).as_deref(), Some("9999-12-27"));
    }

    #[test]
    fn an_end_on_a_weekend_is_moved_only_where_the_text_says_so() {
        let moved = Some(Moved::SameHourOfNextWeekday);
        // 2026-03-07 is a Saturday.
        let End::On(found) = end(day("2026-03-06"), Duration { number: 24, unit: Unit::Hours }, moved) else {
            panic!("a day")
        };
        assert_eq!(found.day, day("2026-03-09"));
        assert!(found.same_hour);
        assert_eq!(found.day_off, DayOff::Moved(Some(day("2026-03-07"))));
        let weekdays = ["2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09", "1969-12-27"];
        let after = ["2026-03-06", "2026-03-09", "2026-03-09", "2026-03-09", "1969-12-29"];
        assert_eq!(weekdays.map(|one| next_weekday(day(one))), after.map(day));
    }
}
