//! What is declared and never used.
//!
//! Rules, instruments, clauses, forms and claims use a name. A test or a `never` alone does not: nothing that the law
//! answers depends on it.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::law::{
    ActId, Answer, AuthorityId, Claim, Condition, CountryId, EventId, FactId, FactTest, FactValue, FieldEntry, ItemId,
    LanguageId, Law, Limit, MatterId, Member, NationalLawOf, PlaceId, PlaceTerm, QuestionHead, QuestionPattern,
    Relations, SourceId, Target, UnreadQuestions, UnreadText, Value,
};
use crate::source::Span;

/// Everything that is declared and that no rule, instrument, clause, form or claim uses.
pub(super) fn unused(law: &Law) -> Vec<Finding> {
    let used = Uses::of_law(law);
    let tried = Uses::of_tests(law);
    let mut findings = Vec::new();
    let mut add = |what: &str, name: &str, span: Span, used: bool, tried: bool| {
        if !used {
            findings.push(finding(what, name, span, tried));
        }
    };
    for (id, row) in law.countries() {
        add("country", &row.name, row.span, used.countries.contains(&id), tried.countries.contains(&id));
    }
    for (id, row) in law.languages() {
        add("language", &row.name, row.span, used.languages.contains(&id), tried.languages.contains(&id));
    }
    for (id, row) in law.matters() {
        add("matter", &row.name, row.span, used.matters.contains(&id), tried.matters.contains(&id));
    }
    for (id, row) in law.acts() {
        add("act", &row.name, row.span, used.acts.contains(&id), tried.acts.contains(&id));
    }
    for (id, row) in law.items() {
        add("item", &row.name, row.span, used.items.contains(&id), tried.items.contains(&id));
    }
    for (id, row) in law.events() {
        add("event", &row.name, row.span, used.events.contains(&id), tried.events.contains(&id));
    }
    for (id, row) in law.facts() {
        add("fact", &row.name, row.span, used.facts.contains(&id), tried.facts.contains(&id));
    }
    for (id, row) in law.places() {
        // so that a case can name it: a test is a use
        add("place", &row.name, row.span, used.places.contains(&id) || tried.places.contains(&id), false);
    }
    for (id, row) in law.authorities() {
        let name = format!("{}.{}", law[row.country].name, row.office);
        add("authority", &name, row.span, used.authorities.contains(&id), tried.authorities.contains(&id));
    }
    for (id, row) in law.sources() {
        if let Some(span) = row.span {
            add("source", &row.name, span, used.sources.contains(&id), false);
        }
    }
    findings
}

fn finding(what: &str, name: &str, span: Span, tried: bool) -> Finding {
    let (message, why) = if tried {
        (
            format!("the {what} `{name}` is used only by tests or by `never`"),
            "no answer depends on it, so such a test shows nothing about it",
        )
    } else {
        (format!("the {what} `{name}` is declared and never used"), "a rule that should name it may be missing")
    };
    Finding::new(Code::UnusedName, span, message)
        .label("not used")
        .why(why)
        .help("add the rule, or leave the declaration out")
}

/// The rows that were noted.
fn seen<'t, T>(rows: &'t [T], noted: &[bool]) -> impl Iterator<Item = &'t T> {
    rows.iter().zip(noted).filter(|(_, noted)| **noted).map(|(row, _)| row)
}

/// The names that something uses.
#[derive(Default)]
struct Uses {
    countries: BTreeSet<CountryId>,
    languages: BTreeSet<LanguageId>,
    matters: BTreeSet<MatterId>,
    acts: BTreeSet<ActId>,
    items: BTreeSet<ItemId>,
    events: BTreeSet<EventId>,
    facts: BTreeSet<FactId>,
    places: BTreeSet<PlaceId>,
    authorities: BTreeSet<AuthorityId>,
    sources: BTreeSet<SourceId>,
}

impl Uses {
    fn of_law(law: &Law) -> Uses {
        let mut uses = Uses::default();
        uses.vocabulary(law);
        uses.instruments(law);
        uses.provisions(law);
        uses.claims(law);
        for field in law.forms.iter().flat_map(|form| &form.sections).flat_map(|section| &section.fields) {
            match &field.entry {
                FieldEntry::Write { .. } => {}
                FieldEntry::Tick(fact) | FieldEntry::Choose { fact, .. } => {
                    uses.facts.insert(*fact);
                }
            }
        }
        uses
    }

    fn of_tests(law: &Law) -> Uses {
        let mut uses = Uses::default();
        law.nevers.iter().for_each(|never| uses.condition(&never.condition));
        for test in &law.tests {
            uses.matters.extend(test.case.matter);
            uses.countries.extend(test.case.countries.iter().flat_map(|(from, to)| [from, to]));
            for (fact, value) in &test.case.facts {
                uses.facts.insert(*fact);
                uses.fact_value(value);
            }
            for expectation in &test.expectations {
                uses.head(expectation.head);
            }
        }
        uses
    }

    /// What declarations say of each other.
    fn vocabulary(&mut self, law: &Law) {
        for place in &law.places {
            self.countries.insert(place.country);
        }
        for authority in &law.authorities {
            self.countries.insert(authority.country);
            self.places.extend(authority.in_places.iter().map(|(place, _)| *place));
            let contacts = authority.in_places.iter().map(|(_, office)| &office.contact);
            for contact in contacts.chain([&authority.contact]) {
                self.languages.extend(contact.called.iter().map(|(_, language)| *language));
            }
        }
        self.languages.extend(law.sources.iter().filter_map(|source| source.language));
    }

    fn instruments(&mut self, law: &Law) {
        for instrument in &law.instruments {
            self.matters.extend(&instrument.governs);
            self.countries.extend(instrument.country);
            self.countries.extend(instrument.bonds.iter().map(|bond| bond.country));
            self.sources.extend(&instrument.sources);
            self.unread(&instrument.unread);
            instrument.silent_on.iter().for_each(|pattern| self.pattern(*pattern));
        }
        for clause in &law.clauses {
            if let Target::NationalLaw(NationalLawOf::Country(country)) = clause.target {
                self.countries.insert(country);
            }
        }
    }

    fn provisions(&mut self, law: &Law) {
        // What many rows have in common is looked at once.
        let mut relations = vec![false; law.relations.len()];
        let mut conditions = vec![false; law.conditions.len()];
        let mut answers = vec![false; law.answers.len()];
        let mut questions = vec![false; law.questions.len()];
        for provision in &law.provisions {
            relations[usize::from(provision.scope.relations)] = true;
            conditions[usize::from(provision.condition)] = true;
            self.unread(&provision.unread);
        }
        for rule in &law.rules {
            relations[usize::from(rule.scope.relations)] = true;
            conditions[usize::from(rule.condition)] = true;
            rule.questions.iter().for_each(|question| questions[question.index()] = true);
            for branch in &rule.branches {
                conditions[usize::from(branch.condition)] = true;
                answers[usize::from(branch.answer)] = true;
            }
        }
        // A condition on the value rather than on the branch, such as `longer when`, is kept with the line alone.
        law.lines.iter().for_each(|line| conditions[usize::from(line.condition)] = true);
        seen(&law.relations, &relations).for_each(|row| self.scope(row));
        seen(&law.conditions, &conditions).for_each(|row| self.condition(row));
        seen(&law.answers, &answers).for_each(|row| self.answer(row));
        seen(&law.questions, &questions).for_each(|row| self.head(row.head));
    }

    fn claims(&mut self, law: &Law) {
        for complete in &law.completes {
            complete.questions.iter().for_each(|question| self.head(question.head));
            self.scope(&law[complete.scope.relations]);
            self.condition(&law[complete.condition]);
        }
        for instance in law.assertions.iter().flat_map(|assertion| &assertion.instances) {
            instance.questions.iter().for_each(|question| self.head(question.head));
            self.scope(&law[instance.scope.relations]);
            self.condition(&instance.condition);
            match &instance.claim {
                Claim::Within(head) => self.head(*head),
                Claim::Includes(member) | Claim::Excludes(member) => self.member(*member),
                Claim::Is(answer) => self.answer(answer),
                Claim::Answered | Claim::Strength(_) => {}
            }
        }
    }

    fn unread(&mut self, texts: &[UnreadText]) {
        for text in texts {
            if let UnreadQuestions::These(patterns) = &text.on {
                for pattern in patterns {
                    self.pattern(*pattern);
                }
            }
        }
    }

    fn pattern(&mut self, pattern: QuestionPattern) {
        match pattern {
            QuestionPattern::Exactly(head) => self.head(head),
            QuestionPattern::Authority(act) => {
                self.acts.insert(act);
            }
            QuestionPattern::Criterion(_) | QuestionPattern::Deadline(_) => {}
        }
    }

    fn head(&mut self, head: QuestionHead) {
        match head {
            QuestionHead::Authority(act, _) | QuestionHead::CriteriaMode(act) | QuestionHead::Basis(act) => {
                self.acts.insert(act);
            }
            QuestionHead::Languages(item) | QuestionHead::PreferredLanguage(item) => {
                self.items.insert(item);
            }
            _ => {}
        }
    }

    fn answer(&mut self, answer: &Answer) {
        for value in &answer.values {
            match value {
                Value::Authority(authority, place) => {
                    self.authorities.insert(*authority);
                    match place {
                        Some(PlaceTerm::Fact(fact)) => {
                            self.facts.insert(*fact);
                        }
                        Some(PlaceTerm::Place(place)) => {
                            self.places.insert(*place);
                        }
                        Some(PlaceTerm::Named(_)) | None => {}
                    }
                }
                Value::Language(language) => {
                    self.languages.insert(*language);
                }
                Value::Deadline(deadline) => self.events.extend(deadline.from),
                _ => {}
            }
        }
        if let Some(Limit::Within(_, Some(event)) | Limit::Before(event)) = answer.limit {
            self.events.insert(event);
        }
    }

    fn member(&mut self, member: Member) {
        match member {
            Member::Authority(authority) => {
                self.authorities.insert(authority);
            }
            Member::Language(language) => {
                self.languages.insert(language);
            }
            Member::Word(_) => {}
        }
    }

    fn scope(&mut self, relations: &Relations) {
        let sets = relations.from.iter().chain(&relations.to).chain(&relations.between);
        self.countries.extend(sets.flat_map(|set| set.iter()));
    }

    fn condition(&mut self, condition: &Condition) {
        condition.for_each_test(&mut |test| {
            let Condition::Fact(fact, test) = test else { return };
            self.facts.insert(*fact);
            if let FactTest::IsOneOf(values) = test {
                for value in values {
                    self.fact_value(value);
                }
            }
        });
    }

    fn fact_value(&mut self, value: &FactValue) {
        match value {
            FactValue::Place(place) => {
                self.places.insert(*place);
            }
            FactValue::Language(language) => {
                self.languages.insert(*language);
            }
            FactValue::Country(country) => {
                self.countries.insert(*country);
            }
            _ => {}
        }
    }
}
