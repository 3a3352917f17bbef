//! Which texts apply (semantics, section 2): applicability comes before priority. A text that does not apply neither
//! wins nor loses.

use std::collections::BTreeSet;

use crate::law::{
    AssumptionsId, Bond, Condition, ConditionId, CountryId, Day, FactTest, FactValue, Instrument, InstrumentId,
    Interval, Kind, Law, Line, MatterId, QuestionHead, Replacement, Side, Under, UnreadQuestions, UnreadText, covers,
};
use crate::law::{LineOrigin, Question, Scope};

/// The part of a case that is settled before any fact is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// The matter.
    pub matter: MatterId,
    /// The requesting country; in a matter within one country, that country.
    pub requesting: CountryId,
    /// The requested country; in a matter within one country, that country.
    pub requested: CountryId,
    /// The day.
    pub on: Day,
}

impl Setting {
    fn countries(self) -> [CountryId; 2] {
        [self.requesting, self.requested]
    }

    /// The countries fit the matter: two different ones, or one.
    pub fn fits(self, law: &Law) -> bool {
        law[self.matter].between_countries == (self.requesting != self.requested)
    }
}

/// The country is bound on the day, by the text as a whole or by the provision with that citation.
fn bound(instrument: &Instrument, citation: Option<&str>, country: CountryId, on: Day) -> bool {
    if instrument.kind.is_of_one_country() {
        return instrument.country == Some(country);
    }
    instrument.bonds_of(country).any(|bond| bond.dates.contains(on) && reaches(bond, citation))
}

/// The bond is about that provision. Of a text that is not held nobody knows which provisions it has.
fn reaches(bond: &Bond, citation: Option<&str>) -> bool {
    bond.only.is_empty() || citation.is_none_or(|citation| bond.only.iter().any(|only| covers(only, citation)))
}

/// Why an instrument does not apply in a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// It does not govern the matter.
    Matter,
    /// These countries of the case are not bound on the day.
    NotBound(Vec<CountryId>),
    /// It begins to apply after the day.
    NotYet(Day),
    /// It has ceased to apply; this was the last day.
    NoLonger(Day),
    /// These have replaced it.
    Replaced(Vec<InstrumentId>),
}

/// Why the instrument as a whole does not apply in the setting; none where it does.
pub fn why_not(law: &Law, id: InstrumentId, setting: Setting) -> Option<WhyNot> {
    let instrument = &law[id];
    if !instrument.governs.contains(&setting.matter) {
        return Some(WhyNot::Matter);
    }
    let on = setting.on;
    let mut countries = setting.countries().to_vec();
    countries.dedup();
    let not_bound: Vec<CountryId> =
        countries.iter().copied().filter(|country| !bound(instrument, None, *country, on)).collect();
    let enough =
        if instrument.kind.is_of_one_country() { not_bound.len() < countries.len() } else { not_bound.is_empty() };
    if !enough {
        return Some(WhyNot::NotBound(not_bound));
    }
    let days = instrument.application();
    if !days.iter().any(|dates| dates.contains(on)) {
        let begins = days.iter().filter(|dates| dates.from > on).map(|dates| dates.from).min();
        let ended = days.iter().filter(|dates| dates.until <= on).map(|dates| dates.until.previous()).max();
        return begins.map(WhyNot::NotYet).or(ended.map(WhyNot::NoLonger)).or(Some(WhyNot::Matter));
    }
    let mut newer: Vec<InstrumentId> = replacements(law, id, None, setting).into_iter().map(|row| row.0).collect();
    newer.sort_unstable();
    newer.dedup();
    (!newer.is_empty()).then_some(WhyNot::Replaced(newer))
}

/// The instrument applies on the day between the countries, replaced or not.
fn active(instrument: &Instrument, citation: Option<&str>, setting: Setting) -> bool {
    let bound = |country| bound(instrument, citation, country, setting.on);
    let bound_enough = if instrument.kind.is_of_one_country() {
        setting.countries().into_iter().any(bound)
    } else {
        setting.countries().into_iter().all(bound)
    };
    bound_enough && instrument.application().iter().any(|dates| dates.contains(setting.on))
}

/// The days on which the instrument is active between the countries, or its provision with that citation, as stretches in
/// no order.
pub(crate) fn active_days(
    instrument: &Instrument,
    citation: Option<&str>,
    requesting: CountryId,
    requested: CountryId,
) -> Vec<Interval> {
    let together: Vec<Interval> = if instrument.kind.is_of_one_country() {
        let of_either = instrument.country == Some(requesting) || instrument.country == Some(requested);
        if of_either { vec![Interval::ALWAYS] } else { Vec::new() }
    } else {
        let bonds = |country| instrument.bonds_of(country).filter(|bond| reaches(bond, citation));
        bonds(requesting).flat_map(|a| bonds(requested).map(|b| a.dates.and(b.dates))).collect()
    };
    let application = instrument.application();
    together
        .iter()
        .flat_map(|bonds| application.iter().map(|dates| bonds.and(*dates)))
        .filter(|days| !days.is_empty())
        .collect()
}

/// The days on which a text stays replaced between the countries: from the first day of the statement on which the newer
/// text is active between them, and through the last day of the statement, even where the newer text ends before.
pub(crate) fn days_replaced(
    newer: &Instrument,
    replacement: &Replacement,
    requesting: CountryId,
    requested: CountryId,
) -> Option<Interval> {
    let active = active_days(newer, None, requesting, requested).into_iter().map(|days| days.and(replacement.dates));
    let first = active.filter(|days| !days.is_empty()).map(|days| days.from).min()?;
    Some(Interval { from: first, until: replacement.dates.until })
}

/// What has replaced the text, or its provision with that citation, between these countries by this day.
pub fn replacements(
    law: &Law,
    old: InstrumentId,
    citation: Option<&str>,
    setting: Setting,
) -> Vec<(InstrumentId, Replacement)> {
    let reaches = |replacement: &Replacement| {
        replacement.instrument == old
            && match (&replacement.citation, citation) {
                (None, _) => true,
                (Some(replaced), Some(citation)) => covers(replaced, citation),
                (Some(_), None) => false,
            }
    };
    let mut found = Vec::new();
    for (newer_id, newer) in law.instruments() {
        if !newer.governs.contains(&setting.matter) {
            continue;
        }
        for replacement in newer.replaces.iter().filter(|replacement| reaches(replacement)) {
            let days = days_replaced(newer, replacement, setting.requesting, setting.requested);
            let counts = days.is_some_and(|days| days.contains(setting.on));
            if counts {
                found.push((newer_id, replacement.clone()));
            }
        }
    }
    found
}

/// The instrument applies to the case, or its provision with that citation does.
pub fn applies(law: &Law, instrument: InstrumentId, citation: Option<&str>, setting: Setting) -> bool {
    law[instrument].governs.contains(&setting.matter)
        && active(&law[instrument], citation, setting)
        && replacements(law, instrument, citation, setting).is_empty()
}

/// One of the countries has a reservation on the provision, which removes it from every case with that country.
fn reserved(instrument: &Instrument, citation: &str, setting: Setting) -> bool {
    setting.countries().into_iter().flat_map(|country| instrument.bonds_of(country)).any(|bond| {
        bond.dates.contains(setting.on) && bond.reservations.iter().any(|reservation| covers(reservation, citation))
    })
}

/// The instrument applies, and if a provision is named, none of the countries has a reservation on it.
pub fn provision_applies(law: &Law, instrument: InstrumentId, citation: Option<&str>, setting: Setting) -> bool {
    applies(law, instrument, citation, setting)
        && citation.is_none_or(|citation| !reserved(&law[instrument], citation, setting))
}

/// The line can apply in the setting: everything but the facts and the instrument of the request.
pub fn line_applies(law: &Law, line: &Line, setting: Setting) -> bool {
    let citation = line.provision.map(|provision| law[provision].citation.as_str());
    line.scope.dates.contains(setting.on)
        && line.scope.admits(law, setting.requesting, setting.requested)
        && provision_applies(law, line.instrument, citation, setting)
}

/// What a request can be made under for a treaty to apply to it: the treaty itself, and each treaty that it supplements,
/// directly or through others.
pub fn requests_reached(law: &Law, treaty: InstrumentId) -> BTreeSet<InstrumentId> {
    let mut reached = BTreeSet::from([treaty]);
    let mut next = vec![treaty];
    while let Some(one) = next.pop() {
        for supplemented in law[one].supplements.iter().map(|row| row.instrument) {
            if law[supplemented].kind == Kind::Treaty && reached.insert(supplemented) {
                next.push(supplemented);
            }
        }
    }
    reached
}

/// A request that is made under this, or under nothing, is one to which the treaty can apply.
pub fn is_made_under(law: &Law, treaty: InstrumentId, under: Under) -> bool {
    match under {
        Under::Nothing => false,
        Under::Instrument(id) if id == treaty => true,
        Under::Instrument(id) => !law[treaty].supplements.is_empty() && requests_reached(law, treaty).contains(&id),
    }
}

/// The instrument of the request lets the line apply; none while it is not given and matters.
pub fn under_admits(law: &Law, line: &Line, matter: MatterId, under: Option<Under>) -> Option<bool> {
    if !law[matter].under_one_instrument {
        return Some(law[line.scope.relations].under.is_none());
    }
    let named = law[line.scope.relations].under.as_ref();
    let treaty = law[line.instrument].kind == Kind::Treaty;
    if named.is_none() && !treaty {
        return Some(true);
    }
    let under = under?;
    let by_treaty = !treaty || is_made_under(law, line.instrument, under);
    Some(by_treaty && named.is_none_or(|set| set.contains(&under)))
}

/// Whether a condition holds; none while that turns on a fact that is not given.
pub fn holds<'f>(
    law: &Law,
    condition: &Condition,
    setting: Setting,
    fact: &impl Fn(crate::law::FactId) -> Option<&'f FactValue>,
) -> Option<bool> {
    match condition {
        Condition::All(parts) => combine(parts.iter().map(|part| holds(law, part, setting, fact)), false),
        Condition::Any(parts) => combine(parts.iter().map(|part| holds(law, part, setting, fact)), true),
        Condition::Not(inner) => holds(law, inner, setting, fact).map(|holds| !holds),
        Condition::Fact(id, test) => fact(*id).map(|value| FactTest::passes(test, value)),
        Condition::Applies(instrument) => Some(applies(law, *instrument, None, setting)),
    }
}

/// One part that is `decisive` decides; otherwise an open part leaves it open.
fn combine(parts: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut open = false;
    for part in parts {
        match part {
            Some(value) if value == decisive => return Some(decisive),
            Some(_) => {}
            None => open = true,
        }
    }
    if open { None } else { Some(!decisive) }
}

/// The unread lines of a question: one for each text that governs the matter and is not held on it. Whether they apply
/// is asked of each as of any line.
pub fn unread_lines(law: &Law, question: Question) -> Vec<Line> {
    let mut lines = Vec::new();
    for id in law.unread_instruments() {
        let (id, instrument) = (*id, &law[*id]);
        if !instrument.governs.contains(&question.matter) || concerns_another(question.head, id) {
            continue;
        }
        for text in instrument.unread.iter().filter(|text| is_open(law, id, text, question)) {
            lines.push(unread_line(law, question, id, None, text));
        }
    }
    for id in law.unread_provisions() {
        let (id, provision) = (*id, &law[*id]);
        if !provision.matters.contains(&question.matter) || concerns_another(question.head, provision.instrument) {
            continue;
        }
        for text in provision.unread.iter().filter(|text| is_open(law, provision.instrument, text, question)) {
            lines.push(unread_line(law, question, provision.instrument, Some(id), text));
        }
    }
    lines
}

/// A criterion is one instrument's: no other text can be open on it.
fn concerns_another(head: QuestionHead, instrument: InstrumentId) -> bool {
    matches!(head, QuestionHead::Criterion(_, owner) if owner != instrument)
}

fn is_open(law: &Law, instrument: InstrumentId, text: &UnreadText, question: Question) -> bool {
    let silent = || law[instrument].silent_on.iter().any(|pattern| pattern.matches(question.head));
    let has_rule = || law.question_id(question).is_some_and(|question| law.speaks_of(instrument, question));
    match &text.on {
        UnreadQuestions::These(patterns) => patterns.iter().any(|pattern| pattern.matches(question.head)),
        UnreadQuestions::All => !silent(),
        UnreadQuestions::WithoutRule => !silent() && !has_rule(),
    }
}

fn unread_line(
    law: &Law,
    question: Question,
    instrument: InstrumentId,
    provision: Option<crate::law::ProvisionId>,
    text: &UnreadText,
) -> Line {
    let mut scope = provision.map_or(Scope::EVERYTHING, |provision| law[provision].scope);
    if let (Some([requesting, requested]), Some(side), true) =
        (text.own_side, question.head.own_side(), law[question.matter].between_countries)
    {
        scope.relations = if side == Side::Requesting { requesting } else { requested };
    }
    Line {
        // A question that the law mentions nowhere has no row; nothing reads the id of an unread line.
        question: law.question_id(question).unwrap_or(crate::law::QuestionId(u32::MAX)),
        instrument,
        provision,
        rule: None,
        origin: LineOrigin::Unread(text.note),
        scope,
        condition: provision.map_or(ConditionId::ALWAYS, |provision| law[provision].condition),
        answer: None,
        assumptions: provision.map_or(AssumptionsId::NONE, |provision| law[provision].assumptions),
        span: text.span,
    }
}

/// The assumptions on which it rests that the line's instrument applies in the setting.
pub fn assumptions(law: &Law, line: &Line, setting: Setting) -> Vec<String> {
    let instrument = &law[line.instrument];
    let citation = line.provision.map(|provision| law[provision].citation.as_str());
    let mut all = instrument.assumptions.clone();
    let application = if instrument.applies.is_empty() { &instrument.in_force } else { &instrument.applies };
    all.extend(
        application.iter().filter(|dated| dated.dates.contains(setting.on)).flat_map(|dated| dated.assumptions.clone()),
    );
    for country in setting.countries() {
        let bonds =
            instrument.bonds_of(country).filter(|bond| bond.dates.contains(setting.on) && reaches(bond, citation));
        all.extend(bonds.flat_map(|bond| bond.assumptions.clone()));
    }
    // A treaty reaches requests under another by supplementing it.
    if law[setting.matter].under_one_instrument && instrument.kind == Kind::Treaty {
        all.extend(instrument.supplements.iter().flat_map(|row| row.assumptions.clone()));
    }
    all
}

/// Every day on which lines of these scopes can begin to say something else: the first day of each stretch of time that
/// anything names, and the first day after it. Between two of them applicability does not change.
pub fn turning_days<'s>(law: &Law, scopes: impl IntoIterator<Item = &'s Scope>) -> BTreeSet<Day> {
    let mut days = BTreeSet::new();
    let mut add = |interval: Interval| days.extend([interval.from, interval.until]);
    for instrument in &law.instruments {
        instrument.bonds.iter().for_each(|bond| add(bond.dates));
        instrument.in_force.iter().chain(&instrument.applies).for_each(|dated| add(dated.dates));
        instrument.replaces.iter().for_each(|replacement| add(replacement.dates));
    }
    scopes.into_iter().for_each(|scope| add(scope.dates));
    law.clauses.iter().for_each(|clause| add(clause.dates));
    days.remove(&Day::BEGINNING);
    days.remove(&Day::END);
    days
}
