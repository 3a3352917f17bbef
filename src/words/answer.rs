//! Questions and their answers.

use super::quoted;
use crate::answer::{DayOff, End, Period};
use crate::law::{
    Answer, AuthorityId, Bearer, Deadline, Duration, Law, Limit, PlaceTerm, QuestionHead, QuestionKind, Side, Strength,
    Unit, Value, WordId,
};
use crate::syntax::ast::Moved;

/// A question as the language asks it: `languages for documents`, `requested authority report-outcome`.
pub fn question(law: &Law, head: QuestionHead) -> String {
    let word = |id: WordId| &law[id].text;
    match head {
        QuestionHead::Authority(act, _) => format!("authority to {}", law[act].name),
        QuestionHead::Languages(item) => format!("languages for {}", law[item].name),
        QuestionHead::PreferredLanguage(item) => format!("preferred language for {}", law[item].name),
        QuestionHead::Channel => "channel".to_owned(),
        QuestionHead::Means => "means".to_owned(),
        QuestionHead::PreferredMeans => "preferred means".to_owned(),
        QuestionHead::Deadline(name, None) => format!("deadline {}", word(name)),
        QuestionHead::Deadline(name, Some(party)) => format!("deadline {} for {}", word(name), word(party)),
        QuestionHead::Maximum(name) => format!("maximum {}", word(name)),
        QuestionHead::Criterion(name, instrument) => format!("criterion {} of {}", word(name), law[instrument].name),
        QuestionHead::CriteriaMode(act) => format!("criteria to {}", law[act].name),
        QuestionHead::Basis(act) => format!("basis to {}", law[act].name),
        QuestionHead::Refuse(side) => format!("{} refuse", authority_of(side)),
        QuestionHead::Conduct(Bearer::Authority(side), conduct) => format!("{} {}", authority_of(side), word(conduct)),
        QuestionHead::Conduct(Bearer::Named(name), conduct) => format!("the {} {}", word(name), word(conduct)),
    }
}

fn authority_of(side: Side) -> &'static str {
    match side {
        Side::Requesting => "requesting authority",
        Side::Requested => "requested authority",
    }
}

/// One alternative: `Denmark.district-prosecution-service of "Odense"`, `Danish`, `4 weeks, or longer`.
pub fn value(law: &Law, value: &Value) -> String {
    match value {
        Value::Authority(id, place) => match place {
            Some(place) => format!("{} of {}", authority(law, *id), place_term(law, place)),
            None => authority(law, *id),
        },
        Value::Language(id) => law[*id].name.clone(),
        Value::Word(id) => law[*id].text.clone(),
        Value::Any => "any".to_owned(),
        Value::Deadline(value) => deadline(law, *value),
        Value::Maximum { duration: length, or_longer } => {
            format!("{}{}", duration(*length), if *or_longer { ", or longer" } else { "" })
        }
        Value::Mode(mode) => mode.word().to_owned(),
        Value::Provision(instrument, None) => law[*instrument].name.clone(),
        Value::Provision(instrument, Some(citation)) => format!("{} {}", law[*instrument].name, quoted(citation)),
        Value::Ground(name, None) => format!("on ground {}", law[*name].text),
        Value::Ground(name, Some(citation)) => format!("on ground {} {}", law[*name].text, quoted(citation)),
        Value::Met(met) => if *met { "met" } else { "not met" }.to_owned(),
    }
}

/// An office with its country: `Norway.chief-of-police`.
pub fn authority(law: &Law, id: AuthorityId) -> String {
    format!("{}.{}", law[law[id].country].name, law[id].office)
}

fn place_term(law: &Law, place: &PlaceTerm) -> String {
    match place {
        PlaceTerm::Fact(fact) => law[*fact].name.clone(),
        PlaceTerm::Place(place) => law[*place].name.clone(),
        PlaceTerm::Named(name) => quoted(name),
    }
}

fn deadline(law: &Law, deadline: Deadline) -> String {
    let mut text = duration(deadline.duration);
    if let Some(event) = deadline.from {
        text.push_str(" from ");
        text.push_str(&law[event].name);
    }
    text.push_str(match deadline.moved {
        None => "",
        Some(Moved::SameHourOfNextWeekday) => ", moved to the same hour of the next weekday",
        Some(Moved::NextWeekday) => ", moved to the next weekday",
    });
    text
}

/// When a period ends, and what is open about that: `ends on 2026-03-16`.
pub fn period_end(law: &Law, period: Period) -> String {
    let event = &law[period.event].name;
    let last = match period.end {
        End::On(last) => last,
        End::NoSuchDay => {
            return format!(
                "ends on no day that can be worked out: the month in which it ends has no day of the same number as {}, and no \
                 text that is held says what then",
                period.began
            );
        }
        End::PastTheCalendar => {
            return "ends on no day that can be worked out: it ends past 9999-12-31, the last day that can be written"
                .to_owned();
        }
        End::NeedsTheHour => {
            return format!(
                "ends on no day that can be worked out: hours run from the hour of {event}, and only its day is given"
            );
        }
    };
    let hour = if last.same_hour { format!(", at the hour of {event}") } else { String::new() };
    let day_off = match last.day_off {
        DayOff::Moved(None) => "; if that is a public holiday, on the next weekday".to_owned(),
        DayOff::Moved(Some(from)) => {
            format!("; moved from {from}, a day off; if {} is a public holiday, on the next weekday", last.day)
        }
        DayOff::Unsaid => {
            "; that is a Saturday or Sunday, and the text that is held does not say that the end is moved".to_owned()
        }
        DayOff::Weekday => String::new(),
    };
    format!("ends on {}{hour}{day_off}", last.day)
}

/// A length of time: `1 week`, `24 hours`.
pub fn duration(duration: Duration) -> String {
    amount(i64::from(duration.number), Some(duration.unit))
}

/// A number with its unit: `1 month`, `6 months`, `6`.
pub(super) fn amount(number: i64, unit: Option<Unit>) -> String {
    match unit {
        None => number.to_string(),
        Some(unit) if number == 1 => format!("1 {}", unit.word().trim_end_matches('s')),
        Some(unit) => format!("{number} {}", unit.word()),
    }
}

/// By when something is to be done: `immediately`, `within 60 days from request-received`.
pub fn limit(law: &Law, limit: Limit) -> String {
    match limit {
        Limit::Immediately => "immediately".to_owned(),
        Limit::Promptly => "promptly".to_owned(),
        Limit::WithoutUndueDelay => "without undue delay".to_owned(),
        Limit::WithoutDelay => "without delay".to_owned(),
        Limit::AsSoonAsPossible => "as soon as possible".to_owned(),
        Limit::AtOnce => "at once".to_owned(),
        Limit::Within(length, None) => format!("within {}", duration(length)),
        Limit::Within(length, Some(event)) => format!("within {} from {}", duration(length), law[event].name),
        Limit::Before(event) => format!("before {}", law[event].name),
    }
}

/// All alternatives of an answer: authorities `A or B`, languages `A, B`.
pub fn values(law: &Law, values: &[Value]) -> String {
    let separator = if values.iter().all(|value| matches!(value, Value::Authority(..))) { " or " } else { ", " };
    values.iter().map(|one| value(law, one)).collect::<Vec<_>>().join(separator)
}

/// A whole answer, as it stands after its question: `should be Norway.director-of-public-prosecutions`,
/// `are Danish, Norwegian`, `shall acknowledge-receipt immediately`, `shall refuse on ground time-barred "(c)"`, `met`.
pub fn answer(law: &Law, head: QuestionHead, answer: &Answer) -> String {
    let mut parts = vec![strength(head, answer.strength).to_owned()];
    match head {
        QuestionHead::Criterion(..) => parts.clear(),
        QuestionHead::Conduct(_, conduct) => parts.push(law[conduct].text.clone()),
        QuestionHead::Refuse(_) => parts.push("refuse".to_owned()),
        _ => {}
    }
    if !answer.values.is_empty() {
        parts.push(values(law, &answer.values));
    }
    if let Some(by_when) = answer.limit {
        parts.push(limit(law, by_when));
    }
    parts.join(" ")
}

/// How a strength is said of the answer to this question: of conduct `shall`, otherwise `is`.
fn strength(head: QuestionHead, strength: Strength) -> &'static str {
    if head.kind() == QuestionKind::Conduct || matches!(head, QuestionHead::Refuse(_)) {
        return strength.word();
    }
    let plural = matches!(head, QuestionHead::Languages(_) | QuestionHead::Means | QuestionHead::CriteriaMode(_));
    match (strength, plural) {
        (Strength::Shall, false) => "is",
        (Strength::Shall, true) => "are",
        (Strength::AsARule, _) => "shall as a rule be",
        (Strength::Should, _) => "should be",
        (Strength::May, _) => "may be",
        (Strength::Contact, _) => "contact",
        (Strength::NeedNot, _) => "need not be",
        (Strength::ShallNot, _) => "shall not be",
    }
}
