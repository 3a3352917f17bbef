//! Declarations: what the files declare, in an order that does not depend on the order of files, and the names for it.
//!
//! Everything that later has an id is put into its order here, before any id is given: countries and languages by code,
//! the rest by name.

use std::collections::BTreeMap;

use super::Context;
use super::names::{Meaning, normal, shown};
use crate::finding::{Code, Finding};
use crate::law::{
    ActId, CountryId, CountrySet, EventId, FactId, InstrumentId, ItemId, LanguageId, MatterId, SourceId, Word, WordId,
    id_of,
};
use crate::source::Span;
use crate::syntax::ast::{self, Ast, Head, Item, Name, ProvisionStatement, QuestionHead, Value};
use crate::syntax::is_reserved;

/// The items, by kind, provisions and claims of completeness apart. Those with a name are in the order of their table, each
/// name once.
#[derive(Default)]
pub(crate) struct Declarations<'a, 's> {
    pub(crate) countries: Vec<&'a ast::Coded<'s>>,
    pub(crate) languages: Vec<&'a ast::Coded<'s>>,
    pub(crate) groups: Vec<&'a ast::Group<'s>>,
    pub(crate) matters: Vec<&'a ast::Matter<'s>>,
    pub(crate) acts: Vec<&'a ast::Titled<'s>>,
    pub(crate) items: Vec<&'a ast::Titled<'s>>,
    pub(crate) events: Vec<&'a ast::Titled<'s>>,
    pub(crate) facts: Vec<&'a ast::Fact<'s>>,
    pub(crate) places: Vec<&'a ast::Place<'s>>,
    pub(crate) sources: Vec<&'a ast::Source<'s>>,
    pub(crate) instruments: Vec<&'a ast::Instrument<'s>>,
    pub(crate) authorities: Vec<&'a ast::Authority<'s>>,
    pub(crate) precedence: Vec<&'a ast::Precedence<'s>>,
    pub(crate) forms: Vec<&'a ast::Form<'s>>,
    pub(crate) nevers: Vec<&'a ast::Never<'s>>,
    pub(crate) assertions: Vec<&'a ast::Assertion<'s>>,
    pub(crate) tests: Vec<&'a ast::Test<'s>>,
    pub(crate) excuses: Vec<&'a ast::Excuse<'s>>,
}

/// Sorts the items by kind, gives every name its meaning and every word its id.
pub(crate) fn declare<'a, 's>(cx: &mut Context, ast: &'a Ast<'s>) -> Declarations<'a, 's> {
    let mut all = Declarations::default();
    for item in ast.others() {
        match item {
            Item::Countries(list) => all.countries.extend(list.iter().filter(|row| is_first(cx, row.name))),
            Item::Languages(list) => all.languages.extend(list.iter().filter(|row| is_first(cx, row.name))),
            Item::Group(row) => all.groups.extend(is_first(cx, row.name).then_some(row)),
            Item::Matter(row) => all.matters.extend(is_first(cx, row.name).then_some(row)),
            Item::Act(row) => all.acts.extend(is_first(cx, row.name).then_some(row)),
            Item::Document(row) => all.items.extend(is_first(cx, row.name).then_some(row)),
            Item::Event(row) => all.events.extend(is_first(cx, row.name).then_some(row)),
            Item::Fact(row) => all.facts.extend(is_first(cx, row.name).then_some(row)),
            Item::Place(row) => all.places.extend(is_first(cx, row.name).then_some(row)),
            Item::Source(row) => all.sources.extend(is_first(cx, row.name).then_some(row)),
            Item::Instrument(row) => all.instruments.extend(is_first(cx, row.name).then_some(row)),
            Item::Authority(row) => all.authorities.push(row),
            Item::Precedence(row) => all.precedence.push(row),
            Item::Form(row) => all.forms.push(row),
            Item::Never(row) => all.nevers.push(row),
            Item::Provision(_) | Item::Complete(_) => {}
            Item::Assertion(row) => all.assertions.push(row),
            Item::Test(row) => all.tests.push(row),
            Item::Excuse(row) => all.excuses.push(row),
        }
    }
    for name in &ast.broken_names {
        // A broken name that is taken is one whose declaration was read in part.
        if cx.names.claim(*name).is_err() {
            cx.names.lost.in_part.insert(normal(name.text).into_owned());
        }
    }

    let by_code = |row: &&ast::Coded<'s>| (normal(row.code.text), normal(row.name.text));
    all.countries.sort_by_cached_key(by_code);
    all.languages.sort_by_cached_key(by_code);
    keep_as_many_countries_as_fit(cx, &mut all.countries);
    name_all(cx, &mut all.countries, |row| row.name, |index| Meaning::Country(CountryId(index)), false);
    name_all(cx, &mut all.languages, |row| row.name, |index| Meaning::Language(LanguageId(index)), false);
    name_all(cx, &mut all.groups, |row| row.name, |index| Meaning::Group(index as usize), true);
    name_all(cx, &mut all.matters, |row| row.name, |index| Meaning::Matter(MatterId(index)), true);
    name_all(cx, &mut all.acts, |row| row.name, |index| Meaning::Act(ActId(index)), true);
    name_all(cx, &mut all.items, |row| row.name, |index| Meaning::Item(ItemId(index)), true);
    name_all(cx, &mut all.events, |row| row.name, |index| Meaning::Event(EventId(index)), true);
    name_all(cx, &mut all.facts, |row| row.name, |index| Meaning::Fact(FactId(index)), true);
    name_all(cx, &mut all.sources, |row| row.name, |index| Meaning::Source(SourceId(index)), true);
    name_all(cx, &mut all.instruments, |row| row.name, |index| Meaning::Instrument(InstrumentId(index)), true);
    // Places and authorities get their ids with their rows: only those whose country is known have one.
    all.places.sort_by_cached_key(|row| normal(row.name.text));

    for (word, span) in words(&all, ast) {
        let id = WordId(id_of(cx.law.words.len()));
        cx.law.words.push(Word { text: word.clone(), span });
        cx.names.set_word(word, id);
    }
    all
}

/// Countries beyond the most that a set of them can hold are declared and broken.
fn keep_as_many_countries_as_fit(cx: &mut Context, countries: &mut Vec<&ast::Coded<'_>>) {
    const MOST: usize = CountrySet::MOST;
    if let Some(beyond) = countries.get(MOST) {
        let message = format!("{} countries are declared, and {MOST} are the most that can be", countries.len());
        let finding = Finding::new(Code::Limit, beyond.name.span, message);
        cx.report(finding.help("leave out those that no rule is about"));
    }
    countries.truncate(MOST);
}

/// Takes the name, and reports one that is reserved or taken.
fn is_first(cx: &mut Context, name: Name<'_>) -> bool {
    if is_reserved(name.text) {
        let message = format!("`{}` is a word of the language and cannot be a name", name.text);
        cx.report(
            Finding::new(Code::ReservedName, name.span, message)
                .help(format!("write `the-{}`, or say more", name.text)),
        );
    }
    let Err(earlier) = cx.names.claim(name) else { return true };
    let finding = Finding::new(Code::DuplicateName, name.span, format!("`{}` is declared twice", shown(name.text)))
        .why("a name stands for one thing, whatever its kind");
    cx.report(match earlier {
        Some(span) => finding.other(span, "declared here first"),
        None => finding,
    });
    false
}

fn name_all<'a, 's, T>(
    cx: &mut Context,
    rows: &mut [&'a T],
    name: impl Fn(&'a T) -> Name<'s>,
    meaning: impl Fn(u32) -> Meaning,
    sort: bool,
) {
    if sort {
        rows.sort_by_cached_key(|row| normal(name(row).text));
    }
    for (index, row) in rows.iter().enumerate() {
        cx.names.set(name(row), meaning(id_of(index)));
    }
}

/// The words that rules and texts use without declaring them, each with its first place. What tests and assertions say
/// makes no word: they must use those of the rules.
fn words(all: &Declarations<'_, '_>, ast: &Ast<'_>) -> BTreeMap<String, Span> {
    let mut words = Words::default();
    for instrument in &all.instruments {
        for statement in &instrument.statements {
            match statement {
                ast::InstrumentStatement::TextHeld(text) => words.questions(&text.on),
                ast::InstrumentStatement::SilentOn(questions) => words.questions(questions),
                _ => {}
            }
        }
    }
    for provision in ast.provisions_with_words() {
        for statement in &provision.statements {
            match statement {
                ProvisionStatement::Rule(rule) => words.rule(rule),
                ProvisionStatement::TextHeld(text) => words.questions(&text.on),
                ProvisionStatement::NotEncoded(_) | ProvisionStatement::Passage { .. } => {}
            }
        }
    }
    words.0
}

#[derive(Default)]
struct Words(BTreeMap<String, Span>);

impl Words {
    fn add(&mut self, name: Name<'_>) {
        let first = self.0.entry(normal(name.text).into_owned()).or_insert(name.span);
        *first = name.span.min(*first);
    }

    fn questions(&mut self, questions: &[ast::Question<'_>]) {
        for question in questions {
            self.question(question);
        }
    }

    fn question(&mut self, question: &ast::Question<'_>) {
        match question.head {
            QuestionHead::Deadline { name, party } => {
                self.add(name);
                if let Some(party) = party {
                    self.add(party);
                }
            }
            QuestionHead::Conduct { bearer, conduct } => {
                self.bearer(bearer);
                self.add(conduct);
            }
            QuestionHead::Maximum(name) | QuestionHead::Criterion { name, .. } => self.add(name),
            _ => {}
        }
    }

    fn bearer(&mut self, bearer: ast::Bearer<'_>) {
        if let ast::Bearer::Named(name) = bearer {
            self.add(name);
        }
    }

    fn rule(&mut self, rule: &ast::Rule<'_>) {
        match &rule.head {
            Head::Conduct(bearer) => self.bearer(*bearer),
            Head::Deadline { name, party } => {
                self.add(*name);
                if let Some(party) = party {
                    self.add(*party);
                }
            }
            Head::Maximum(name) | Head::Criterion { name, .. } => self.add(*name),
            _ => {}
        }
        let of_words = matches!(rule.head, Head::Channel | Head::Means | Head::PreferredMeans);
        for branch in &rule.branches {
            match &branch.value {
                Value::Words(names) if of_words => names.iter().for_each(|name| self.add(*name)),
                Value::Conduct { name, .. } | Value::Ground { name, .. } => self.add(*name),
                _ => {}
            }
        }
    }
}
