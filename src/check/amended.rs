//! Versions of a provision that answer less than the version before them.
//!
//! What is compared is whether there is a rule at all, whatever it asks of the facts: a question that has no rule in any
//! case between two countries has lost its answer there for certain.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::cases::Cases;
use crate::case::Case;
use crate::finding::{Code, Finding};
use crate::law::{
    CountryId, CountrySet, Day, InstrumentId, Kind, Law, Line, ProvisionId, Question, QuestionHead, QuestionId, Under,
    UnreadQuestions, UnreadText,
};
use crate::source::Span;
use crate::words;

/// Requesting and requested country; one country twice.
type Pair = (CountryId, CountryId);

/// For each version that ends the day before another begins: the questions that its instrument then answers no more.
pub(super) fn check(law: &Law) -> Vec<Finding> {
    let provisions: Vec<ProvisionId> = law.provisions().map(|(id, _)| id).collect();
    let key = |id: ProvisionId| (law[id].instrument, law[id].citation.as_str());
    let mut followed: BTreeMap<ProvisionId, ProvisionId> = BTreeMap::new();
    // Provisions of one citation stand together in the table.
    for versions in provisions.chunk_by(|a, b| key(*a) == key(*b)).filter(|versions| versions.len() > 1) {
        let mut beginning: BTreeMap<Day, ProvisionId> = BTreeMap::new();
        for new in versions {
            beginning.entry(law[*new].scope.dates.from).or_insert(*new);
        }
        for old in versions {
            let day = law[*old].scope.dates.until;
            let new = beginning.get(&day).filter(|_| day != Day::END);
            followed.extend(new.map(|new| (*old, *new)));
        }
    }
    let mut lines: BTreeMap<ProvisionId, Vec<&Line>> = BTreeMap::new();
    for line in law.lines.iter().filter(|line| line.rule.is_some()) {
        if let Some(old) = line.provision.filter(|old| followed.contains_key(old)) {
            lines.entry(old).or_default().push(line);
        }
    }
    let mut answered = Answered { law, known: BTreeMap::new() };
    let lost = lines.iter().map(|(old, lines)| answered.lost(*old, followed[old], lines));
    lost.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// Between which countries a question has a rule of an instrument on a day.
struct Answered<'l> {
    law: &'l Law,
    /// For each requesting country the requested ones.
    known: BTreeMap<(InstrumentId, QuestionId, Day), Vec<CountrySet>>,
}

impl<'l> Answered<'l> {
    /// What the old version answers on its last day and its instrument no more on the next.
    fn lost(&mut self, old: ProvisionId, new: ProvisionId, lines: &[&'l Line]) -> Vec<Finding> {
        let law = self.law;
        let (instrument, day) = (law[old].instrument, law[old].scope.dates.until);
        let mut questions: BTreeMap<QuestionId, Vec<&Line>> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.scope.dates.contains(day.previous())) {
            questions.entry(line.question).or_default().push(line);
        }
        let mut findings = Vec::new();
        for (question, lines) in questions {
            let still = self.on(instrument, question, day);
            let matter = law[question].matter;
            let cases = Cases::of_provision(law, old);
            let after = Cases::of_citation(law, instrument, &law[old].citation);
            let is_active = |(from, to): Pair| {
                cases.days(matter, from, to).contains(day.previous()) && after.days(matter, from, to).contains(day)
            };
            let mut lost: BTreeMap<Pair, &Line> = BTreeMap::new();
            for line in lines {
                for ((from, _), answers) in law.countries().zip(countries_of(law, line)) {
                    for to in answers.iter().filter(|to| !still[from.index()].contains(*to)) {
                        if law[matter].between_countries == (from != to) && is_active((from, to)) {
                            lost.entry((from, to)).or_insert(line);
                        }
                    }
                }
            }
            if !lost.is_empty()
                && !self.has_instead((old, new), law[question])
                && !is_open(law, instrument, question, day)
            {
                findings.push(finding(law, (old, new, day), law[question], &lost));
            }
        }
        findings
    }

    /// The new version has a rule of the same sort in the place of one whose name nothing declares.
    fn has_instead(&self, (old, new): (ProvisionId, ProvisionId), lost: Question) -> bool {
        let law = self.law;
        let sort = |head: QuestionHead| match head {
            QuestionHead::Conduct(bearer, _) => Some((0, Some(bearer))),
            QuestionHead::Criterion(..) => Some((1, None)),
            QuestionHead::Deadline(..) => Some((2, None)),
            QuestionHead::Maximum(_) => Some((3, None)),
            _ => None,
        };
        let questions =
            |version: ProvisionId| law.rules_of(version).flat_map(|rule| law[rule].questions.iter().copied());
        let before: BTreeSet<QuestionId> = questions(old).collect();
        sort(lost.head).is_some()
            && questions(new).any(|question| {
                let Question { matter, head } = law[question];
                matter == lost.matter && sort(head) == sort(lost.head) && !before.contains(&question)
            })
    }

    fn on(&mut self, instrument: InstrumentId, question: QuestionId, day: Day) -> Vec<CountrySet> {
        let law = self.law;
        let known = self.known.entry((instrument, question, day));
        let known = known.or_insert_with(|| {
            let mut all = vec![CountrySet::NONE; law.countries.len()];
            let lines = law.lines_of(question).iter().map(|line| &law[*line]);
            for line in lines.filter(|line| line.instrument == instrument && line.scope.dates.contains(day)) {
                for (known, more) in all.iter_mut().zip(countries_of(law, line)) {
                    known.extend(more.iter());
                }
            }
            all
        });
        known.clone()
    }
}

/// What the instrument says of the question on that day stands in a text that is not held.
fn is_open(law: &Law, instrument: InstrumentId, question: QuestionId, day: Day) -> bool {
    let on_question = |text: &UnreadText| match &text.on {
        UnreadQuestions::All => true,
        UnreadQuestions::These(patterns) => patterns.iter().any(|pattern| pattern.matches(law[question].head)),
        UnreadQuestions::WithoutRule => false,
    };
    let provisions = law.unread_provisions().iter().map(|id| &law[*id]);
    let mut of_day = provisions.filter(|row| row.instrument == instrument && row.scope.dates.contains(day));
    law[instrument].unread.iter().any(on_question) || of_day.any(|row| row.unread.iter().any(on_question))
}

/// For each requesting country the requested ones of which the line speaks.
fn countries_of(law: &Law, line: &Line) -> Vec<CountrySet> {
    let relations = &law[line.scope.relations];
    let every = CountrySet::first(law.countries.len());
    let within = |side: Option<CountrySet>| relations.between.iter().fold(side.unwrap_or(every), |all, set| all & *set);
    let (from, to) = (within(relations.from), within(relations.to));
    law.countries().map(|(country, _)| if from.contains(country) { to } else { CountrySet::NONE }).collect()
}

fn finding(
    law: &Law,
    (old, new, day): (ProvisionId, ProvisionId, Day),
    question: Question,
    lost: &BTreeMap<Pair, &Line>,
) -> Finding {
    let ((requesting, requested), line) =
        lost.iter().next().map_or(((CountryId(0), CountryId(0)), None), |(pair, line)| (*pair, Some(*line)));
    let asked = words::question(law, question.head);
    let place = place(law, question, lost);
    let message = format!("the version of {day} no longer answers `{asked}`{place}, which the version before answered");
    let instrument = law[old].instrument;
    let treaty = law[question.matter].under_one_instrument && law[instrument].kind == Kind::Treaty;
    let named = line.and_then(|line| law[line.scope.relations].under.as_ref()?.iter().next().copied());
    let under = named.or(treaty.then_some(Under::Instrument(instrument)));
    let case = Case {
        matter: question.matter,
        requesting,
        requested,
        on: day,
        under,
        facts: BTreeMap::new(),
        events: BTreeMap::new(),
    };
    let said: Span = line.map_or(law[old].span, |line| line.span);
    Finding::new(Code::VersionAnswersLess, law[new].span, message)
        .about([law[instrument].name.clone(), law[new].citation.clone(), asked, day.to_string()])
        .label("this version")
        .other(said, "the version before says it here")
        .why("a new version stands in the place of the old one, also for what it does not repeat")
        .help("write the rule again in this version; if it was meant to go, excuse the finding with the reason")
        .witness(words::ask_command(law, question.head, &case))
}

/// Where the answers are lost.
fn place(law: &Law, question: Question, lost: &BTreeMap<Pair, &Line>) -> String {
    let name = |country: &CountryId| law[*country].name.as_str();
    let requested: BTreeSet<CountryId> = lost.keys().map(|(_, to)| *to).collect();
    let requesting: BTreeSet<CountryId> = lost.keys().map(|(from, _)| *from).collect();
    if !law[question.matter].between_countries {
        return format!(" in {}", words::both(requested.iter().map(name)));
    }
    let others = |side: &BTreeSet<CountryId>, other: &BTreeSet<CountryId>| {
        side.iter().map(|one| other.iter().filter(|two| *two != one).count()).sum::<usize>()
    };
    let is_product = others(&requested, &requesting) == lost.len();
    let (to, from) = (words::both(requested.iter().map(name)), words::both(requesting.iter().map(name)));
    match requesting.len().cmp(&requested.len()) {
        _ if !is_product || lost.len() == 1 => {}
        Ordering::Less => return format!(" from {from}"),
        Ordering::Greater => return format!(" in {to}"),
        Ordering::Equal if requesting == requested => return format!(" between {to}"),
        Ordering::Equal => {}
    }
    let pair = |(from, to): &Pair| format!("from {} to {}", name(from), name(to));
    let mut shown: Vec<String> = lost.keys().take(2).map(pair).collect();
    if lost.len() > shown.len() {
        shown.push(format!("between {} other pairs of countries", lost.len() - shown.len()));
    }
    format!(" {}", words::both(shown))
}
