//! A large body of law with as many clauses of precedence as rules, and what is wrong with it known beforehand: for tests
//! and measurements.
//!
//! All rules say which authority is competent, in few questions, so that thousands of them stand in each. Groups of a few
//! rules live in cells of their own, a district, a country that asks and a stretch of days, and speak of each other: chains
//! of exceptions, rules that give way, texts that prevail over whole texts or yield to a class of them. Some groups
//! are at fault, each in one way. Over them all lies, for each question, a rule that gives way to whatever else is said.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use forseti::finding::{Code, Finding};
use forseti::law::{ClauseOwner, Law};
use forseti::source::Span;

use crate::dice::Dice;
use crate::workload::{COUNTRIES, day, vocabulary};

/// The acts over which the rules are spread.
const QUESTIONS: usize = 4;
const DISTRICTS: usize = 200;
const OFFICES: usize = 19;
/// The country whose authorities are competent.
const HERE: usize = 1;

/// What is planted, or what was found. Rules, and the clauses of rules, go by the citations of their provisions.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) conflicts: BTreeSet<BTreeSet<String>>,
    /// The rules whose clauses form a circle that bites.
    pub(crate) circles: BTreeSet<BTreeSet<String>>,
    pub(crate) idle: BTreeSet<String>,
    pub(crate) doubled: BTreeSet<String>,
    /// Rules that never decide.
    pub(crate) beaten: BTreeSet<String>,
}

pub(crate) struct Workload {
    pub(crate) text: String,
    pub(crate) truth: Truth,
}

/// A rule of a group: a stretch of its forty years, in tenths of them, and who is competent.
struct Row<'r> {
    text: &'r str,
    years: (i32, i32),
    office: usize,
    /// What follows the scope of the provision: clauses.
    clauses: String,
    /// A further condition.
    when: &'r str,
}

impl Default for Row<'_> {
    fn default() -> Self {
        Row { text: "list", years: (0, 40), office: 0, clauses: String::new(), when: "" }
    }
}

struct Writer {
    text: String,
    truth: Truth,
    /// How many rules there are.
    rules: usize,
    /// The group that is written, and the citations of its rules.
    group: usize,
    names: Vec<String>,
    first_office: usize,
}

impl Writer {
    /// The citation of the rule of the group that comes so many after those that are written.
    fn name(&self, ahead: usize) -> String {
        format!("Entry {}", self.rules + ahead)
    }

    fn rule(&mut self, row: &Row<'_>) {
        let name = self.name(0);
        let (act, cell) = (self.group % QUESTIONS + 1, self.group / QUESTIONS);
        let mut from = cell / DISTRICTS % (COUNTRIES.len() - 1);
        from += usize::from(from >= HERE);
        let here = COUNTRIES[HERE].0;
        let _ = writeln!(
            self.text,
            "provision \"{name}\" of {}{} {{\n  authority to m{act} from {} to {here} from {} until {} is {here}.a{} when district is d{}{}\n}}",
            row.text,
            row.clauses,
            COUNTRIES[from].0,
            day(row.years.0 * 200),
            day(row.years.1 * 200 - 1),
            (self.first_office + row.office) % OFFICES + 1,
            cell % DISTRICTS + 1,
            row.when,
        );
        self.names.push(name);
        self.rules += 1;
    }

    fn set(&self, places: &[usize]) -> BTreeSet<String> {
        places.iter().map(|place| self.names[*place].clone()).collect()
    }

    /// Exceptions to exceptions, each inside the one before it; every second one says the same again.
    fn chain(&mut self, dice: &mut Dice) {
        let length = 3 + dice.throw(5);
        let gives_way = dice.throw(2) == 0;
        for place in 0..length {
            let inside = i32::try_from(place).unwrap_or(0) * 3;
            let clauses = match (gives_way, place) {
                (true, _) if place + 1 < length => format!(" subject to list \"{}\"", self.name(1)),
                (false, 1..) => format!(" notwithstanding list \"{}\"", self.names[place - 1]),
                _ => String::new(),
            };
            self.rule(&Row { years: (inside, 40 - inside), office: place % 2, clauses, ..Row::default() });
        }
    }

    /// Two rules that meet, of two texts of which the one says how it stands to the other.
    fn of_two_texts(&mut self, one: &str, other: &str) {
        self.rule(&Row { text: one, years: (0, 30), ..Row::default() });
        self.rule(&Row { text: other, years: (10, 40), office: 1, ..Row::default() });
    }

    /// Two rules that disagree; now and then a third prevails over both, on some of the days alone.
    fn conflict(&mut self, dice: &mut Dice) {
        self.rule(&Row { years: (0, 30), ..Row::default() });
        self.rule(&Row { years: (10, 40), office: 1, ..Row::default() });
        if dice.throw(2) == 0 {
            let clauses = format!(" notwithstanding list \"{}\", list \"{}\"", self.names[0], self.names[1]);
            self.rule(&Row { years: (15, 25), office: 2, clauses, ..Row::default() });
        }
        self.truth.conflicts.insert(self.set(&[0, 1]));
    }

    /// A clause about a rule that says the same, or that speaks of other cases.
    fn idle(&mut self, dice: &mut Dice) {
        let agrees = dice.throw(2) == 0;
        let (when, otherwise) = if agrees { ("", "") } else { (" and urgent", " and not urgent") };
        self.rule(&Row { years: (0, 30), when, ..Row::default() });
        let clauses = format!(" notwithstanding list \"{}\"", self.names[0]);
        let office = usize::from(!agrees);
        self.rule(&Row { years: (10, 40), office, clauses, when: otherwise, ..Row::default() });
        self.truth.idle.insert(self.names[1].clone());
    }

    /// Both rules say which of them comes first.
    fn doubled(&mut self) {
        let other = self.name(1);
        self.rule(&Row { years: (0, 30), clauses: format!(" subject to list \"{other}\""), ..Row::default() });
        let clauses = format!(" notwithstanding list \"{}\"", self.names[0]);
        self.rule(&Row { years: (10, 40), office: 1, clauses, ..Row::default() });
        self.truth.doubled.extend(self.set(&[0, 1]));
    }

    /// A rule that two others beat between them, and neither alone.
    fn beaten(&mut self) {
        self.rule(&Row { years: (10, 30), ..Row::default() });
        let clauses = format!(" notwithstanding list \"{}\"", self.names[0]);
        self.rule(&Row { years: (0, 20), office: 1, clauses: clauses.clone(), ..Row::default() });
        self.rule(&Row { years: (20, 40), office: 2, clauses, ..Row::default() });
        self.truth.beaten.insert(self.names[0].clone());
    }

    /// So many rules, each of which claims to prevail over the next. It bites where all of them can apply at once.
    fn circle(&mut self, length: usize, bites: bool) {
        // Of any two of the conditions both can hold; of all of them none can.
        const APART: [&str; 4] = [
            " and stage is one of s1, s2, s3",
            " and stage is one of s2, s3, s4",
            " and stage is one of s3, s4, s1",
            " and stage is one of s4, s1, s2",
        ];
        const PAIRS: [&str; 3] =
            [" and stage is one of s1, s2", " and stage is one of s2, s3", " and stage is one of s3, s1"];
        for place in 0..length {
            let next = if place + 1 < length { self.name(1) } else { self.names[0].clone() };
            let clauses = format!(" notwithstanding list \"{next}\"");
            let when = match (bites, length) {
                (true, _) => "",
                (false, 3) => PAIRS[place],
                (false, _) => APART[place],
            };
            let office = if length.is_multiple_of(2) { place % 2 } else { place };
            let years = (0, 20 + 2 * i32::try_from(place).unwrap_or(0));
            self.rule(&Row { years, office, clauses, when, ..Row::default() });
        }
        if bites {
            let all: Vec<usize> = (0..length).collect();
            self.truth.circles.insert(self.set(&all));
        }
    }

    /// A circle of three that a fourth rule breaks wherever all three apply.
    fn broken_circle(&mut self) {
        let first = self.name(0);
        let conditions = [" and stage is one of s1, s2", " and stage is one of s1, s3", " and stage is one of s1, s4"];
        for (place, when) in conditions.into_iter().enumerate() {
            let next = if place < 2 { self.name(1) } else { first.clone() };
            let clauses = format!(" notwithstanding list \"{next}\"");
            self.rule(&Row { office: place, clauses, when, ..Row::default() });
        }
        let clauses = format!(" notwithstanding list \"{first}\"");
        self.rule(&Row { office: 1, clauses, when: " and stage is s1", ..Row::default() });
    }
}

/// At least so many rules, and hardly more; one group in twelve is at fault.
pub(crate) fn precedence(count: usize, seed: u64) -> Workload {
    let mut dice = Dice::new(seed);
    let here = COUNTRIES[HERE].0;
    let names: Vec<&str> = COUNTRIES.iter().map(|(name, _)| *name).collect();
    let mut text = vocabulary();
    let _ = writeln!(
        text,
        "fact stage : one of s1, s2, s3, s4\n\
         fact urgent : yes or no\n\
         instrument annex \"the annex\" {{\n  kind arrangement\n  parties {parties}\n  governs assistance\n  \
         yields to national law of the requested country\n}}\n\
         instrument code \"the code\" {{\n  kind statute\n  country {here}\n  governs assistance\n}}\n\
         instrument charter \"the charter\" {{\n  kind treaty\n  parties {parties}\n  governs assistance\n  \
         prevails over list\n}}",
        parties = names.join(", "),
    );
    for act in 1..=QUESTIONS {
        let _ = writeln!(
            text,
            "provision \"General rule {act}\" of list subject to list, annex, code {{\n  \
             authority to m{act} to {here} is {here}.a20\n}}"
        );
    }
    let mut writer = Writer { text, truth: Truth::default(), rules: 0, group: 0, names: Vec::new(), first_office: 0 };
    while writer.rules + QUESTIONS < count {
        writer.names.clear();
        writer.first_office = dice.throw(OFFICES);
        // the acts take turns, and so each has every kind of group
        match writer.group / QUESTIONS % 24 {
            0 => writer.conflict(&mut dice),
            1 => writer.idle(&mut dice),
            2 => writer.doubled(),
            3 => writer.beaten(),
            4 => writer.circle(2, true),
            5 => writer.circle(3, true),
            6 => writer.circle(4, true),
            7 => writer.circle(3, false),
            8 => writer.circle(4, false),
            9 => writer.broken_circle(),
            10 | 11 => writer.of_two_texts("annex", "code"),
            12 | 13 => writer.of_two_texts("list", "charter"),
            _ => writer.chain(&mut dice),
        }
        writer.group += 1;
    }
    Workload { text: writer.text, truth: writer.truth }
}

/// What the findings say, in the terms of what was planted.
///
/// # Panics
///
/// If something is found that is never planted.
pub(crate) fn found(law: &Law, findings: &[Finding]) -> Truth {
    let mut lines: Vec<_> = law.lines.iter().filter_map(|line| Some((line.span, line.provision?))).collect();
    lines.sort_unstable();
    let mut clauses: Vec<_> = law.clauses.iter().map(|clause| (clause.span, clause.owner)).collect();
    clauses.sort_unstable();
    let of_line = |span: Span| {
        let at = lines.binary_search_by_key(&span, |entry| entry.0).expect("the span of a line");
        law[lines[at].1].citation.clone()
    };
    let of_clause = |span: Span| {
        let at = clauses.binary_search_by_key(&span, |entry| entry.0).expect("the span of a clause");
        match clauses[at].1 {
            ClauseOwner::Provision(id) => law[id].citation.clone(),
            other => format!("{other:?}"),
        }
    };
    let mut truth = Truth::default();
    for finding in findings {
        let Some(place) = finding.place.as_ref().map(|place| place.span) else { continue };
        let all = || std::iter::once(place).chain(finding.others.iter().map(|other| other.span));
        match finding.code {
            Code::Conflict => drop(truth.conflicts.insert(all().map(of_line).collect())),
            Code::Cycle => drop(truth.circles.insert(all().map(of_clause).collect())),
            Code::IdlePrecedence => drop(truth.idle.insert(of_clause(place))),
            Code::DoubledClause => drop(truth.doubled.insert(of_clause(place))),
            Code::Unreachable => {
                let rule = law.rules.iter().find(|rule| rule.span == place).expect("a rule");
                truth.beaten.insert(law[rule.provision].citation.clone());
            }
            Code::UnusedName | Code::NearMiss => {}
            _ => panic!("this is never planted: {finding:?}"),
        }
    }
    truth
}
