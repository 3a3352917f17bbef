//! The interpreter as part of this crate, beside the data of `tests/cases/emit/small.rules` as they are emitted.

#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::must_use_candidate,
    reason = "not every law needs all of it, and what is public is so for whoever includes the module"
)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "numbers of rows and days are small; the emitter sees to that"
)]
#![allow(non_camel_case_types, non_snake_case, reason = "a name of the law is marked where it is unusual")]
#![allow(clippy::manual_is_multiple_of, reason = "the module is compiled by older compilers than this crate")]
#![allow(clippy::inline_always, reason = "a lookup is short, and many callers want its status alone")]
#![allow(clippy::large_enum_variant, reason = "there is no allocation, and the small one is written alone")]
#![allow(clippy::trivially_copy_pass_by_ref, reason = "sets of lines are as wide as the law needs")]
#![allow(
    clippy::unreadable_literal,
    clippy::type_complexity,
    clippy::redundant_closure,
    clippy::octal_escapes,
    reason = "the data are not there to be read"
)]

include!("cases.rs");
include!("values.rs");
include!("answers.rs");
include!("tables.rs");
include!("facts.rs");
include!("lookup.rs");
include!("rolls.rs");
include!("judgment.rs");
include!("../../../../snapshots/emit/small.rs");

mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let first = Date::new(0, 1, 1).expect("a day").days();
        let last = Date::new(9999, 12, 31).expect("a day").days();
        assert!(Date::from_days(first - 1).is_none() && Date::from_days(last + 1).is_none());
        let mut expected = (0, 1, 1);
        for days in first..=last {
            let date = Date::from_days(days).expect("a day");
            let (year, month, day) = date.parts();
            assert_eq!((year, month, day), expected);
            assert_eq!(Date::new(year, month, day), Some(date));
            expected = match Date::new(year, month, day + 1) {
                Some(_) => (year, month, day + 1),
                None if month == 12 => (year + 1, 1, 1),
                None => (year, month + 1, 1),
            };
        }
        assert_eq!(Date::new(2026, 2, 29), None);
        assert_eq!(Date::new(2026, 13, 1), None);
        assert_eq!(
            crate::law::Day::parse("2026-01-15").map(|day| day.0),
            Some(Date::new(2026, 1, 15).expect("a day").days())
        );
    }

    #[test]
    fn bits_are_sets_of_small_numbers() {
        let of = |numbers: &[usize]| {
            let mut bits = Bits::<2>::EMPTY;
            for number in numbers {
                bits.add(*number);
            }
            bits
        };
        let (a, b) = (of(&[0, 63, 64, 127]), of(&[63, 64, 100]));
        assert!(a.has(127) && !a.has(100) && !a.is_empty() && Bits::<2>::EMPTY.is_empty());
        assert!(a.and(&b) == of(&[63, 64]));
        assert!(a.without(&b) == of(&[0, 127]));
        let mut both = a;
        both.merge(&b);
        assert!(both == of(&[0, 63, 64, 100, 127]));
    }

    #[test]
    fn a_beaten_line_beats_nothing() {
        let edge = |winner, loser| Edge { winner, loser, clause: NONE, assumptions: List(0, 0) };
        let edges = [edge(0, 1), edge(1, 2), edge(3, 4), edge(4, 3)];
        let mut held = LineBits::EMPTY;
        for line in 0..5 {
            held.add(line);
        }
        let (standing, beaten) = grounded(&edges, &held);
        let which = |bits: &LineBits| (0..5).filter(|line| bits.has(*line)).collect::<Vec<_>>();
        assert_eq!((which(&standing), which(&beaten)), (vec![0, 2], vec![1]));
    }

    #[test]
    fn what_is_left_open_is_explored_and_what_cannot_be_is_left_out() {
        let on = Date::new(2026, 1, 15).expect("a day");
        let case = Case::between(Country::Denmark, Country::Norway, on);
        let channel = transfer::channel(&case);
        assert_eq!(channel.status(), Status::Depends);
        assert_eq!(channel.depends_on().collect::<Vec<_>>(), ["urgent"]);
        let unknown = case.with(Facts { district: Some(PlaceFact::Unknown), ..Facts::default() });
        let channel = transfer::channel(&unknown);
        assert_eq!(channel.status(), Status::Answered, "then it is not urgent");
        let words: Vec<_> = channel.lines().flat_map(|line| line.values().collect::<Vec<_>>()).collect();
        assert_eq!(words, [Value::Word("diplomatic")]);
        assert_eq!(transfer::channel(&Case::within(Country::Norway, on)).status(), Status::OutOfScope);
    }
}
