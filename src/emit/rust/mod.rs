//! A module of Rust that answers every question of the law, for programs without an allocator or an operating system.
//!
//! The module is data and a small interpreter over it: types for the words of the law (vocabulary), the interpreter
//! (the same for every law), a function for each question, and tables. It stands in a private module of its
//! own, so that it can be included anywhere and asks for no attribute at the head of the file.
//!
//! ```text
//! names        names and texts as Rust can hold them
//! runtime      the interpreter
//! vocabulary   countries to facts as types
//! conditions   conditions as steps
//! axes         the facts that diagrams ask for
//! diagrams     decision diagrams as data
//! spelling     how the names of places can be typed
//! rolls        where a diagram would be too large: rows of bits, by which lines are found
//! tables       where rows of bits do not say enough: which lines apply where, and which beats which
//! ```

mod axes;
mod conditions;
mod diagrams;
mod names;
mod rolls;
mod runtime;
mod spelling;
mod tables;
mod vocabulary;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::header::{LANGUAGE_VERSION, SCHEMA_VERSION, TOOL};
use crate::law::{Bearer, CriteriaMode, FactKind, Law, Limit, PlaceTerm, QuestionHead, Side, Strength, Unit, Value};
use crate::proof;
use crate::syntax::ast::Moved;
use crate::words;
use conditions::{Cell, all_classes, all_tied, fact_count, fact_row};
use diagrams::Diagrams;
use names::{doc, literal, snake};
use rolls::Rolls;
use tables::{List, NONE, Tables, is_collected};
use vocabulary::{FACT_TYPES, Vocabulary, optional, table};

/// The private module that holds everything.
const HOME: &str = "the_law_as_compiled";

/// The module of a law with that digest. Lines are judged, and no diagram is made, where more than `most` boxes would have
/// to be looked at.
pub(crate) fn module(law: &Law, digest: &str, most: usize) -> String {
    let vocabulary = Vocabulary::new(law);
    let mut tables = Tables::new(law);
    let mut data = Diagrams::new();
    let mut rolls = Rolls::default();
    for ((id, _), diagram) in law.questions().zip(proof::diagrams(law, most)) {
        if let Some(diagram) = diagram.filter(|diagram| data.has_room_for(diagram)) {
            data.add(&mut tables, law, id, &diagram);
            tables.skip(id);
        } else {
            let axes = rolls.add(&mut tables, law, id, data.axis_count());
            data.add_axes(axes);
            if rolls.of.contains_key(&id) { tables.skip(id) } else { tables.judge(id) }
        }
    }
    let mut body = String::new();
    meta(&mut body, digest);
    vocabulary.write(law, &mut body);
    body.push_str(&runtime::text());
    body.push('\n');
    questions(law, &mut body);
    tables.widest.0 = tables.widest.0.max(rolls.most);
    write_tables(law, &vocabulary, &mut tables, (&data, &rolls), &mut body);
    rolls.write(&mut body);
    data.write(&tables, &mut body);
    let (tool, version) = TOOL;
    format!(
        "// Compiled by {tool} {version} from rules of law; do not edit.
// Language version {LANGUAGE_VERSION}, schema version {SCHEMA_VERSION}.
// Digest of the law: {digest}
//
// The module needs nothing but the core library and can be included anywhere. Every question of the law is a function of
// the module of its matter: it takes a case and gives an answer with its citations and assumptions.

#[allow(unused_imports)]
pub use self::{HOME}::*;

#[allow(dead_code, non_camel_case_types, non_snake_case, unreachable_code, unused_variables, clippy::all, clippy::pedantic, clippy::nursery)]
#[cfg_attr(any(), rustfmt::skip)]
mod {HOME} {{

{body}}}
"
    )
}

fn meta(out: &mut String, digest: &str) {
    let _ = write!(
        out,
        "/// Who compiled the module, in which version, of which law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta {{
    /// The program.
    pub tool: &'static str,
    /// Its version.
    pub tool_version: &'static str,
    /// The version of the rule language.
    pub language_version: u32,
    /// The version of the shape of what is compiled.
    pub schema_version: u32,
    /// The digest of the law.
    pub digest: &'static str,
}}

/// Who compiled the module, in which version, of which law.
pub const META: Meta = Meta {{
    tool: {},
    tool_version: {},
    language_version: {LANGUAGE_VERSION},
    schema_version: {SCHEMA_VERSION},
    digest: {},
}};

",
        literal(TOOL.0),
        literal(TOOL.1),
        literal(digest)
    );
}

/// A module for each matter, with a function for each question.
fn questions(law: &Law, out: &mut String) {
    out.push_str("// ------------------------------------------------------------------------------------------------ questions\n\n");
    let mut of_matters: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, question) in law.questions() {
        of_matters.entry(question.matter).or_default().push((id, question));
    }
    for (matter, asked) in of_matters {
        let row = &law[matter];
        out.push_str(&doc("", &row.title));
        let mut module = snake(&row.name);
        if [HOME, FACT_TYPES].contains(&module.as_str()) {
            module.push('_');
        }
        let _ = writeln!(out, "pub mod {module} {{\n    use super::{{resolve, Answer, Case, QUESTIONS}};");
        for (id, question) in asked {
            let _ = write!(
                out,
                "\n{}    pub fn {}<'a>(case: &'a Case<'a>) -> Answer<'a> {{
        resolve(&QUESTIONS[{}], case)
    }}
",
                doc("    ", &words::question(law, question.head)),
                function(law, question.head),
                id.index()
            );
        }
        out.push_str("}\n\n");
    }
}

/// The function of a question. Two underscores part what a hyphen in one of the words could join.
fn function(law: &Law, head: QuestionHead) -> String {
    let word = |id: crate::law::WordId| snake(&law[id].text);
    let side = |side: Side| if side == Side::Requesting { "requesting" } else { "requested" };
    match head {
        QuestionHead::Authority(act, of) => {
            let of = if of == Side::Requesting { "__of_the_requesting_country" } else { "" };
            format!("authority_to_{}{of}", snake(&law[act].name))
        }
        QuestionHead::Languages(item) => format!("languages_for_{}", snake(&law[item].name)),
        QuestionHead::PreferredLanguage(item) => format!("preferred_language_for_{}", snake(&law[item].name)),
        QuestionHead::Channel => "channel".to_owned(),
        QuestionHead::Means => "means".to_owned(),
        QuestionHead::PreferredMeans => "preferred_means".to_owned(),
        QuestionHead::Deadline(name, None) => format!("deadline_{}", word(name)),
        QuestionHead::Deadline(name, Some(whose)) => format!("deadline_{}__for_{}", word(name), word(whose)),
        QuestionHead::Maximum(name) => format!("maximum_{}", word(name)),
        QuestionHead::Criterion(name, instrument) => {
            format!("criterion_{}__of_{}", word(name), snake(&law[instrument].name))
        }
        QuestionHead::CriteriaMode(act) => format!("criteria_to_{}", snake(&law[act].name)),
        QuestionHead::Basis(act) => format!("basis_to_{}", snake(&law[act].name)),
        QuestionHead::Refuse(of) => format!("{}_authority_refuse", side(of)),
        QuestionHead::Conduct(Bearer::Authority(of), conduct) => format!("{}_authority_{}", side(of), word(conduct)),
        QuestionHead::Conduct(Bearer::Named(who), conduct) => format!("the_{}__{}", word(who), word(conduct)),
    }
}

/// The facts, with their classes.
fn write_facts(law: &Law, tables: &mut Tables<'_>, out: &mut String) {
    let names: Vec<u32> = law.facts.iter().map(|fact| tables.texts.row(fact.name.clone())).collect();
    let under = tables.texts.row("under".to_owned());
    let places = law.facts().filter(|(_, fact)| fact.kind == FactKind::Place).map(|(fact, _)| fact_row(fact));
    let _ = writeln!(out, "const PLACE_FACTS: &[usize] = &{:?};\n", places.collect::<Vec<_>>());
    let facts = std::iter::once(&under).chain(&names).zip(all_classes(law)).zip(all_tied(law));
    let facts: Vec<_> = facts
        .map(|((name, classes), tied)| {
            let classes: Vec<_> = classes.into_iter().map(cell).collect();
            format!("FactRow {{ name: {name}, classes: &[{}], tied: &{tied:?} }}", classes.join(", "))
        })
        .collect();
    table(out, "FACTS", "FactRow", facts.into_iter());
}

fn write_tables(
    law: &Law,
    vocabulary: &Vocabulary,
    tables: &mut Tables<'_>,
    (data, rolls): (&Diagrams, &Rolls),
    out: &mut String,
) {
    out.push_str("// ----------------------------------------------------------------------------------------------------- data\n\n");
    let asked: Vec<u32> = law.questions.iter().map(|row| tables.texts.row(words::question(law, row.head))).collect();
    let words_of = |bits: u32| bits.div_ceil(64).max(1);
    let _ = write!(
        out,
        "const FACT_COUNT: usize = {};
const LINE_WORDS: usize = {};
const CLAUSE_WORDS: usize = {};
const QUESTION_COUNT: u32 = {};

",
        fact_count(law),
        words_of(tables.widest.0),
        words_of(tables.widest.1),
        law.questions.len()
    );
    write_facts(law, tables, out);
    spelling::write(law, out);
    let questions = tables.questions.iter().zip(asked).map(|(row, words)| {
        let question = law[row.question];
        let of_requesting = question.head.side().map(|side| side == Side::Requesting);
        let places_of_requesting =
            if let QuestionHead::Authority(..) = question.head { of_requesting } else { None };
        let place = data.roots.get(&row.question);
        let (root, outcomes) = place.map_or((NONE, 0), |place| (place.node, place.outcomes));
        let roll = rolls.of.get(&row.question);
        let axes = list(place.map(|place| place.axes).or(roll.map(|roll| roll.1)).unwrap_or_default());
        let roll = number(roll.map_or(NONE, |roll| roll.0));
        let root = number(root);
        format!(
            "QuestionRow {{ roll: {roll}, root: {root}, outcomes: {outcomes}, axes: {axes}, matter: Matter::{}, words: {words}, of_requesting: {of_requesting:?}, places_of_requesting: {places_of_requesting:?}, collected: {}, between: {}, rows: {}, columns: {}, width: {}, grid: {} }}",
            vocabulary.matters[question.matter.index()],
            is_collected(question.head),
            law[question.matter].between_countries,
            list(row.rows),
            list(row.columns),
            row.width,
            list(row.grid),
        )
    });
    table(out, "QUESTIONS", "QuestionRow", questions);
    numbers(out, "GRID", &tables.grid.rows);
    table(out, "TIMELINES", "List", tables.timelines.rows.iter().map(|row| list(*row)));
    table(
        out,
        "PERIODS",
        "Period",
        tables.periods.rows.iter().map(|(day, profile)| format!("Period({day}, {profile})")),
    );
    let profiles = tables.profiles.rows.iter().map(|row| {
        format!(
            "Profile {{ entries: {}, edges: {}, clashes: {}, against: {}, nevers: {}, asked: {} }}",
            list(row.entries),
            list(row.edges),
            list(row.clashes),
            list(row.against),
            list(row.nevers),
            list(row.asked)
        )
    });
    table(out, "PROFILES", "Profile", profiles);
    let entries = tables.entries.rows.iter().map(|row| {
        let condition = step(row.condition);
        format!("Entry {{ line: {}, condition: {condition}, assumptions: {} }}", row.line, list(row.assumptions))
    });
    table(out, "ENTRIES", "Entry", entries);
    let edges = tables.edges.rows.iter().map(|row| {
        let (winner, loser, clause) = (row.winner, row.loser, number(row.clause));
        format!("Edge {{ winner: {winner}, loser: {loser}, clause: {clause}, assumptions: {} }}", list(row.assumptions))
    });
    table(out, "EDGES", "Edge", edges);
    table(out, "PAIRS", "(u32, u32)", tables.pairs.rows.iter().map(|pair| format!("{pair:?}")));
    let lines = tables.lines.rows.iter().map(|row| {
        format!(
            "LineRow {{ instrument: Instrument::{}, provision: {}, note: {}, strength: {}, limit: {}, values: {}, says: {}, placed: {} }}",
            vocabulary.instruments[row.instrument.index()],
            number(row.provision),
            number(row.note),
            row.strength.map_or("None".to_owned(), |one| format!("Some(Strength::{})", strength(one))),
            row.limit.map_or("None".to_owned(), |one| format!("Some({})", limit(law, one))),
            list(row.values),
            row.says,
            row.placed
        )
    });
    table(out, "LINES", "LineRow", lines);
    table(out, "VALUES", "Value<'static>", tables.values.rows.iter().map(|one| value(law, vocabulary, one)));
    let steps = tables.conditions.steps.rows.iter();
    table(out, "STEPS", "Step", steps.map(|(test, yes, no)| format!("Step({test}, {}, {})", step(*yes), step(*no))));
    let tests = tables.conditions.tests.rows.iter().map(|row| {
        let ranges: Vec<_> =
            row.ranges.iter().map(|(from, to)| format!("({}, {})", bound(*from), bound(*to))).collect();
        let (fact, unknown, outside) = (row.fact, row.unknown, row.outside);
        format!("Test {{ fact: {fact}, unknown: {unknown}, outside: {outside}, ranges: &[{}] }}", ranges.join(", "))
    });
    table(out, "TESTS", "Test", tests);
    numbers(out, "LISTS", &tables.lists.rows);
}

fn numbers(out: &mut String, name: &str, numbers: &[u32]) {
    let _ = writeln!(out, "static {name}: [u32; {}] = [", numbers.len());
    for row in numbers.chunks(24) {
        let row: Vec<_> = row.iter().map(|one| number(*one)).collect();
        let _ = writeln!(out, "    {},", row.join(", "));
    }
    out.push_str("];\n\n");
}

fn list(list: List) -> String {
    format!("List({}, {})", list.0, list.1)
}

fn number(number: u32) -> String {
    if number == NONE { "NONE".to_owned() } else { number.to_string() }
}

fn step(step: u32) -> String {
    match step {
        conditions::YES => "YES".to_owned(),
        conditions::NO => "NO".to_owned(),
        step => step.to_string(),
    }
}

fn bound(bound: i64) -> String {
    match bound {
        i64::MIN => "i64::MIN".to_owned(),
        i64::MAX => "i64::MAX".to_owned(),
        bound => bound.to_string(),
    }
}

fn cell(cell: Cell) -> String {
    match cell {
        Cell::Unknown => "Cell::Unknown".to_owned(),
        Cell::Outside => "Cell::Outside".to_owned(),
        Cell::Is(number) => format!("Cell::Is({})", bound(number)),
        Cell::Named => "Cell::Named(\"\")".to_owned(),
    }
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Shall => "Shall",
        Strength::AsARule => "AsARule",
        Strength::Should => "Should",
        Strength::May => "May",
        Strength::Contact => "Contact",
        Strength::NeedNot => "NeedNot",
        Strength::ShallNot => "ShallNot",
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Hours => "Unit::Hours",
        Unit::Days => "Unit::Days",
        Unit::Weeks => "Unit::Weeks",
        Unit::Months => "Unit::Months",
        Unit::Years => "Unit::Years",
    }
}

fn limit(law: &Law, limit: Limit) -> String {
    let word = match limit {
        Limit::Immediately => "Immediately",
        Limit::Promptly => "Promptly",
        Limit::WithoutUndueDelay => "WithoutUndueDelay",
        Limit::WithoutDelay => "WithoutDelay",
        Limit::AsSoonAsPossible => "AsSoonAsPossible",
        Limit::AtOnce => "AtOnce",
        Limit::Within(length, event) => {
            let event = optional(event.map(|event| law[event].name.as_str()));
            return format!("Limit::Within({}, {}, {event})", length.number, unit(length.unit));
        }
        Limit::Before(event) => return format!("Limit::Before({})", literal(&law[event].name)),
    };
    format!("Limit::{word}")
}

fn value(law: &Law, vocabulary: &Vocabulary, value: &Value) -> String {
    match value {
        Value::Authority(id, place) => {
            let place = place.as_ref().map(|place| match place {
                PlaceTerm::Fact(fact) => format!("PlaceOf::Fact({})", literal(&law[*fact].name)),
                PlaceTerm::Place(place) => format!("PlaceOf::Declared(Place::{})", vocabulary.places[place.index()]),
                PlaceTerm::Named(name) => format!("PlaceOf::Named({})", literal(name)),
            });
            let place = place.map_or("None".to_owned(), |place| format!("Some({place})"));
            format!("Value::Authority(Authority::{}, {place})", vocabulary.authorities[id.index()])
        }
        Value::Language(id) => format!("Value::Language(Language::{})", vocabulary.languages[id.index()]),
        Value::Word(word) => format!("Value::Word({})", literal(&law[*word].text)),
        Value::Any => "Value::Any".to_owned(),
        Value::Deadline(deadline) => format!(
            "Value::Deadline {{ number: {}, unit: {}, from: {}, moved: {} }}",
            deadline.duration.number,
            unit(deadline.duration.unit),
            optional(deadline.from.map(|event| law[event].name.as_str())),
            match deadline.moved {
                None => "None",
                Some(Moved::SameHourOfNextWeekday) => "Some(Moved::SameHourOfNextWeekday)",
                Some(Moved::NextWeekday) => "Some(Moved::NextWeekday)",
            }
        ),
        Value::Maximum { duration, or_longer } => format!(
            "Value::Maximum {{ number: {}, unit: {}, or_longer: {or_longer} }}",
            duration.number,
            unit(duration.unit)
        ),
        Value::Mode(mode) => format!(
            "Value::Criteria(CriteriaMode::{})",
            match mode {
                CriteriaMode::Indicative => "Indicative",
                CriteriaMode::Alternative => "Alternative",
                CriteriaMode::Cumulative => "Cumulative",
            }
        ),
        Value::Provision(instrument, citation) => format!(
            "Value::Provision(Instrument::{}, {})",
            vocabulary.instruments[instrument.index()],
            optional(citation.as_deref())
        ),
        Value::Ground(ground, citation) => {
            format!("Value::Ground({}, {})", literal(&law[*ground].text), optional(citation.as_deref()))
        }
        Value::Met(met) => format!("Value::Met({met})"),
    }
}
