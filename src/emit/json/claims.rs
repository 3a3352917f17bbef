//! What is said about the answers of the law: what cannot be, what must be complete, asserted, tested, excused; forms.

use serde::Serialize;

use super::super::places::At;
use super::Writer;
use super::condition::{self, Scope, Value, When, scope, when};
use super::rule::{self, Answer, Asked, asked, side};
use crate::law::{self, Claim, ExcusePlace, Expected, FieldEntry, Member, Question, Side, WordId};
use crate::words;

#[derive(Serialize)]
pub(super) struct Never {
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn never(writer: &Writer, row: &law::Never) -> Never {
    Never { when: when(writer, &row.condition), because: row.because.clone(), at: writer.at(row.span) }
}

/// A question with its matter.
#[derive(Serialize)]
pub(super) struct Concerning {
    matter: String,
    #[serde(flatten)]
    asked: Asked,
}

pub(super) fn concerning(writer: &Writer, question: Question) -> Concerning {
    Concerning { matter: writer.law[question.matter].name.clone(), asked: asked(writer, question.head) }
}

#[derive(Serialize)]
pub(super) struct Complete {
    questions: Vec<Concerning>,
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn complete(writer: &Writer, row: &law::Complete) -> Complete {
    Complete {
        questions: writer.unordered(&row.questions, |writer, question| concerning(writer, **question)),
        scope: scope(writer, row.scope),
        when: when(writer, &writer.law[row.condition]),
        at: writer.at(row.span),
    }
}

#[derive(Serialize)]
pub(super) struct Assertion {
    title: String,
    instances: Vec<Instance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
struct Instance {
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<String>,
    questions: Vec<Concerning>,
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    claim: Expectation,
}

pub(super) fn assertion(writer: &Writer, row: &law::Assertion) -> Assertion {
    let instances = writer.unordered(&row.instances, |writer, row| Instance {
        each: row.each.map(|country| writer.law[country].name.clone()),
        questions: writer.unordered(&row.questions, |writer, question| concerning(writer, **question)),
        scope: scope(writer, row.scope),
        when: when(writer, &row.condition),
        claim: claim(writer, &row.claim),
    });
    Assertion { title: row.title.clone(), instances, at: writer.at(row.span) }
}

/// What must be true of an answer, asserted or tested.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Expectation {
    Is {
        answer: Answer,
    },
    Within {
        question: Asked,
    },
    Includes {
        member: String,
    },
    Excludes {
        member: String,
    },
    Strength {
        strength: &'static str,
    },
    Refuse {
        strength: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        ground: Option<String>,
    },
    Met {
        met: bool,
    },
    DependsOn {
        facts: Vec<String>,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        under: bool,
    },
    Ends {
        on: String,
    },
    Answered,
    Undetermined,
    Incomplete,
    NoRule,
    OutOfScope,
    Conflict,
}

fn claim(writer: &Writer, claim: &Claim) -> Expectation {
    match claim {
        Claim::Within(head) => Expectation::Within { question: asked(writer, *head) },
        Claim::Includes(one) => Expectation::Includes { member: member(writer, *one) },
        Claim::Excludes(one) => Expectation::Excludes { member: member(writer, *one) },
        Claim::Answered => Expectation::Answered,
        Claim::Strength(strength) => Expectation::Strength { strength: strength.word() },
        Claim::Is(answer) => Expectation::Is { answer: rule::answer(writer, answer) },
    }
}

fn member(writer: &Writer, member: Member) -> String {
    match member {
        Member::Authority(id) => words::authority(writer.law, id),
        Member::Language(id) => writer.law[id].name.clone(),
        Member::Word(id) => writer.law[id].text.clone(),
    }
}

fn expected(writer: &Writer, expected: &Expected) -> Expectation {
    match expected {
        Expected::Is(answer) => Expectation::Is { answer: rule::answer(writer, answer) },
        Expected::Undetermined => Expectation::Undetermined,
        Expected::Incomplete => Expectation::Incomplete,
        Expected::NoRule => Expectation::NoRule,
        Expected::OutOfScope => Expectation::OutOfScope,
        Expected::Conflict => Expectation::Conflict,
        Expected::Met(met) => Expectation::Met { met: *met },
        Expected::DependsOn { facts, under } => Expectation::DependsOn {
            facts: writer.unordered(facts, |writer, fact| writer.law[**fact].name.clone()),
            under: *under,
        },
        Expected::Ends(day) => Expectation::Ends { on: day.to_string() },
        Expected::Includes(one) => Expectation::Includes { member: member(writer, *one) },
        Expected::Excludes(one) => Expectation::Excludes { member: member(writer, *one) },
        Expected::Refuse(strength, ground) => Expectation::Refuse {
            strength: strength.word(),
            ground: ground.map(|ground| writer.law[ground].text.clone()),
        },
    }
}

#[derive(Serialize)]
pub(super) struct Test {
    title: String,
    case: Case,
    governed_by: Vec<String>,
    not_governed_by: Vec<String>,
    expectations: Vec<Expect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
struct Case {
    #[serde(skip_serializing_if = "Option::is_none")]
    matter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requesting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requested: Option<String>,
    undeclared: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<String>,
    on: String,
    facts: Vec<Given>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    events: Vec<Happened>,
}

#[derive(Serialize)]
struct Happened {
    event: String,
    on: String,
}

#[derive(Serialize)]
struct Given {
    fact: String,
    is: Value,
}

#[derive(Serialize)]
struct Expect {
    #[serde(flatten)]
    asked: Asked,
    expected: Expectation,
    by: Vec<Cited>,
    assuming: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
struct Cited {
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument: Option<String>,
    citation: String,
}

pub(super) fn test(writer: &Writer, row: &law::Test) -> Test {
    let law = writer.law;
    let case = &row.case;
    let texts = |texts: &[law::Governing]| {
        writer.unordered(texts, |writer, text| {
            let name = &writer.law[text.instrument].name;
            text.citation.as_ref().map_or_else(|| name.clone(), |citation| format!("{name}, {citation}"))
        })
    };
    Test {
        title: row.title.clone(),
        case: Case {
            matter: case.matter.map(|matter| law[matter].name.clone()),
            requesting: case.countries.map(|(requesting, _)| law[requesting].name.clone()),
            requested: case.countries.map(|(_, requested)| law[requested].name.clone()),
            undeclared: case.undeclared.clone(),
            under: case.under.map(|under| condition::under(writer, under)),
            on: case.on.to_string(),
            facts: writer.unordered(&case.facts, |writer, (fact, value)| Given {
                fact: writer.law[*fact].name.clone(),
                is: condition::value(writer, *fact, value),
            }),
            events: writer.unordered(&case.events, |writer, (event, day)| Happened {
                event: writer.law[*event].name.clone(),
                on: day.to_string(),
            }),
        },
        governed_by: texts(&row.governed_by),
        not_governed_by: texts(&row.not_governed_by),
        expectations: writer.unordered(&row.expectations, |writer, row| Expect {
            asked: asked(writer, row.head),
            expected: expected(writer, &row.expected),
            by: writer.unordered(&row.by, |writer, (instrument, citation)| Cited {
                instrument: instrument.map(|instrument| writer.law[instrument].name.clone()),
                citation: citation.clone(),
            }),
            assuming: row.assuming.clone(),
            at: writer.at(row.span),
        }),
        at: writer.at(row.span),
    }
}

#[derive(Serialize)]
pub(super) struct Excuse {
    finding: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn excuse(writer: &Writer, row: &law::Excuse) -> Excuse {
    let (instrument, citation, item) = match &row.place {
        ExcusePlace::Provision(instrument, citation) => {
            (Some(writer.law[*instrument].name.clone()), Some(citation.clone()), None)
        }
        ExcusePlace::Item(name) => (None, None, Some(name.clone())),
    };
    Excuse {
        finding: row.code.clone(),
        instrument,
        citation,
        item,
        because: row.because.clone(),
        last_day: row.until.map(|day| day.to_string()),
        at: writer.at(row.span),
    }
}

#[derive(Serialize)]
pub(super) struct Form {
    instrument: String,
    citation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filled_in_by: Option<&'static str>,
    sections: Vec<Section>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
struct Section {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    label: String,
    entry: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    optional: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shows: Option<Shows>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
struct Choice {
    is: Value,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    shows: Option<Shows>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
struct Shows {
    criteria: Vec<String>,
    conducts: Vec<String>,
}

pub(super) fn form(writer: &Writer, row: &law::Form) -> Form {
    let section = |section: &law::Section| Section {
        name: section.name.clone(),
        title: section.title.clone(),
        fields: section.fields.iter().map(|row| field(writer, row)).collect(),
    };
    Form {
        instrument: writer.law[row.instrument].name.clone(),
        citation: row.citation.clone(),
        title: row.title.clone(),
        filled_in_by: (row.filled_in_by == Side::Requested).then_some(side(Side::Requested)),
        sections: row.sections.iter().map(section).collect(),
        at: writer.at(row.span),
    }
}

fn field(writer: &Writer, row: &law::Field) -> Field {
    let name = |fact: law::FactId| writer.law[fact].name.clone();
    let (entry, optional, fact, options) = match &row.entry {
        FieldEntry::Write { optional } => ("write", Some(*optional), None, Vec::new()),
        FieldEntry::Tick(fact) => ("tick", None, Some(name(*fact)), Vec::new()),
        FieldEntry::Choose { fact, options } => {
            let options = options.iter().map(|option| Choice {
                is: condition::value(writer, *fact, &option.value),
                label: option.label.clone(),
                shows: option.shows.as_ref().map(|row| shows(writer, row)),
                at: writer.at(option.span),
            });
            ("choose", None, Some(name(*fact)), options.collect())
        }
    };
    Field {
        label: row.label.clone(),
        entry,
        optional,
        fact,
        options,
        shows: row.shows.as_ref().map(|row| shows(writer, row)),
        at: writer.at(row.span),
    }
}

fn shows(writer: &Writer, row: &law::Shows) -> Shows {
    let texts = |ids: &[WordId]| writer.unordered(ids, |writer, id| writer.law[**id].text.clone());
    Shows { criteria: texts(&row.criteria), conducts: texts(&row.conducts) }
}
