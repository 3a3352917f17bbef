//! Large bodies of law made up by a machine, with what is wrong with them known beforehand: for tests and measurements.
//!
//! The rules say which authority is competent: for a measure (an act), between countries, in a district or in any, for a
//! stretch of days. Each country asked and each measure is a cell with timelines that do not meet; then pairs that
//! disagree, pairs that say the same, and holes between two rules of a timeline are planted.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use forseti::finding::{Code, Finding};
use forseti::law::{Day, Law};

use crate::dice::Dice;

/// Countries of the world, with their codes.
pub(crate) const COUNTRIES: [(&str, &str); 50] = [
    ("Albania", "AL"),
    ("Andorra", "AD"),
    ("Armenia", "AM"),
    ("Austria", "AT"),
    ("Azerbaijan", "AZ"),
    ("Belgium", "BE"),
    ("Bulgaria", "BG"),
    ("Croatia", "HR"),
    ("Cyprus", "CY"),
    ("Czechia", "CZ"),
    ("Denmark", "DK"),
    ("Estonia", "EE"),
    ("Finland", "FI"),
    ("France", "FR"),
    ("Georgia", "GE"),
    ("Germany", "DE"),
    ("Greece", "GR"),
    ("Hungary", "HU"),
    ("Iceland", "IS"),
    ("Ireland", "IE"),
    ("Italy", "IT"),
    ("Latvia", "LV"),
    ("Liechtenstein", "LI"),
    ("Lithuania", "LT"),
    ("Luxembourg", "LU"),
    ("Malta", "MT"),
    ("Moldova", "MD"),
    ("Monaco", "MC"),
    ("Montenegro", "ME"),
    ("Netherlands", "NL"),
    ("Norway", "NO"),
    ("Poland", "PL"),
    ("Portugal", "PT"),
    ("Romania", "RO"),
    ("Serbia", "RS"),
    ("Slovakia", "SK"),
    ("Slovenia", "SI"),
    ("Spain", "ES"),
    ("Sweden", "SE"),
    ("Switzerland", "CH"),
    ("Ukraine", "UA"),
    ("Japan", "JP"),
    ("Canada", "CA"),
    ("Mexico", "MX"),
    ("Chile", "CL"),
    ("Peru", "PE"),
    ("Kenya", "KE"),
    ("Ghana", "GH"),
    ("India", "IN"),
    ("Brazil", "BR"),
];
const MEASURES: usize = 40;
const DISTRICTS: usize = 200;
const OFFICES: usize = 20;
/// All days lie in the ten thousand from this one on, half-open.
const DAYS: i32 = 10_000;

/// One rule. Countries are places in the list; none is any.
#[derive(Clone, Copy)]
struct Row {
    from: Option<usize>,
    to: usize,
    measure: usize,
    district: Option<usize>,
    /// Days, half-open.
    first: i32,
    until: i32,
    office: usize,
    timeline: usize,
}

/// What is planted, or what was found. Rules go by the citations of their provisions.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Truth {
    /// Pairs that disagree in some case.
    pub(crate) conflicts: BTreeSet<(String, String)>,
    /// Rules that say again what another says.
    pub(crate) repeated: BTreeSet<String>,
    /// Claims of completeness, as written, in whose region a case has no answer.
    pub(crate) gaps: BTreeSet<String>,
}

/// A body of law and what is wrong with it.
pub(crate) struct Workload {
    pub(crate) text: String,
    pub(crate) truth: Truth,
}

/// So many rules of competence: one in a hundred disagrees with another, one in two hundred repeats another, one in a
/// hundred begins later than the rule before it ends.
pub(crate) fn competence(count: usize, seed: u64) -> Workload {
    let mut dice = Dice::new(seed);
    let (conflicts, repeats, holes) = (count / 100, count / 200, count / 100);
    let base = count - conflicts - repeats;
    let mut rows = timelines(&mut dice, base);
    let mut gaps = BTreeSet::new();
    let mut places: Vec<usize> = (1..base).filter(|at| rows[*at].timeline == rows[*at - 1].timeline).collect();
    dice.shuffle(&mut places);
    for at in places {
        // One hole in a timeline at most: its claim of completeness is reported once.
        if gaps.len() < holes && gaps.insert(rows[at].timeline) {
            rows[at - 1].until -= day_of(&mut dice, 1, 30);
        }
    }
    let claims = claims(&rows, &gaps);
    let mut truth = Truth::default();
    for (planted, at) in dice.sample(base, conflicts + repeats).into_iter().enumerate() {
        let row = rows[at];
        let quarter = (row.until - row.first) / 4;
        let mut from = row.from;
        if from.is_none() && dice.throw(2) == 0 {
            from = Some(dice.throw(COUNTRIES.len())).filter(|from| *from != row.to);
        }
        let mut district = row.district;
        if district.is_none() && dice.throw(2) == 0 {
            district = Some(dice.throw(DISTRICTS));
        }
        let (one, other) = (citation(at), citation(rows.len()));
        let first = row.first + quarter;
        let mut new = Row { from, district, first, until: (first + 1).max(row.until - quarter), ..row };
        if planted < conflicts {
            new.office = (row.office + 1) % OFFICES;
            truth.conflicts.insert((one.clone().min(other.clone()), one.max(other)));
        } else {
            truth.repeated.insert(other);
        }
        rows.push(new);
    }
    truth.gaps = claims.iter().filter(|(_, hole)| *hole).map(|(text, _)| text.clone()).collect();
    let mut text = vocabulary();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    dice.shuffle(&mut order);
    for at in order {
        rule(&mut text, at, &rows[at]);
    }
    for (claim, _) in &claims {
        text.push_str(claim);
        text.push('\n');
    }
    Workload { text, truth }
}

/// Rules that meet nowhere, each timeline beside the next in the list.
fn timelines(dice: &mut Dice, base: usize) -> Vec<Row> {
    let mut cells: Vec<(usize, usize)> =
        (0..COUNTRIES.len()).flat_map(|to| (0..MEASURES).map(move |measure| (to, measure))).collect();
    dice.shuffle(&mut cells);
    cells.truncate((base / 25).clamp(20, 2000));
    let quota = base.div_ceil(cells.len());
    let mut made = Timelines { rows: Vec::new(), count: 0 };
    for (to, measure) in cells {
        let end = made.rows.len() + quota;
        let (shape, split) = (dice.throw(6), day_of(dice, 2000, 4000));
        made.add(dice, (None, to, measure, None), 0..split, 2.min(quota));
        let mut keys: Vec<(Option<usize>, Option<usize>)> = match shape {
            0 => vec![(None, None)],
            1 => dice.sample(COUNTRIES.len(), COUNTRIES.len()).into_iter().map(|from| (Some(from), None)).collect(),
            2 => dice.sample(DISTRICTS, DISTRICTS).into_iter().map(|district| (None, Some(district))).collect(),
            _ => {
                let pairs = dice.sample(COUNTRIES.len() * DISTRICTS, 400);
                pairs.into_iter().map(|pair| (Some(pair / DISTRICTS), Some(pair % DISTRICTS))).collect()
            }
        };
        keys.retain(|(from, _)| *from != Some(to));
        for (from, district) in keys {
            if made.rows.len() >= end {
                break;
            }
            let rules = if shape == 0 { quota.saturating_sub(2).clamp(3, 50) } else { 2 + dice.throw(4) };
            made.add(dice, (from, to, measure, district), split..DAYS, rules);
        }
    }
    made.rows.truncate(base);
    assert_eq!(made.rows.len(), base, "the cells hold all rules");
    made.rows
}

struct Timelines {
    rows: Vec<Row>,
    count: usize,
}

impl Timelines {
    fn add(
        &mut self,
        dice: &mut Dice,
        (from, to, measure, district): (Option<usize>, usize, usize, Option<usize>),
        days: std::ops::Range<i32>,
        rules: usize,
    ) {
        let steps = usize::try_from((days.end - days.start - 400) / 97).unwrap_or(0);
        let mut cuts: Vec<i32> = vec![days.start, days.end];
        for step in dice.sample(steps, rules - 1) {
            cuts.push(days.start + 200 + 97 * i32::try_from(step).unwrap_or(0));
        }
        cuts.sort_unstable();
        let mut office = dice.throw(OFFICES);
        for pair in cuts.windows(2) {
            let timeline = self.count;
            self.rows.push(Row { from, to, measure, district, first: pair[0], until: pair[1], office, timeline });
            office = (office + 1 + dice.throw(OFFICES - 1)) % OFFICES;
        }
        self.count += 1;
    }
}

/// Each timeline claims to be complete; with whether it has a hole.
fn claims(rows: &[Row], gaps: &BTreeSet<usize>) -> Vec<(String, bool)> {
    let mut claims = Vec::new();
    for timeline in rows.chunk_by(|a, b| a.timeline == b.timeline) {
        let (Some(first), Some(last)) = (timeline.first(), timeline.last()) else { continue };
        let mut text = format!("complete authority to m{} in {}", first.measure + 1, COUNTRIES[first.to].0);
        scope(&mut text, &Row { until: last.until, ..*first });
        if let Some(district) = first.district {
            let _ = write!(text, " when district is d{}", district + 1);
        }
        claims.push((text, gaps.contains(&first.timeline)));
    }
    claims
}

pub(crate) fn vocabulary() -> String {
    let mut text = String::new();
    for (name, code) in COUNTRIES {
        let _ = writeln!(text, "country {name} ({code})");
    }
    text.push_str("matter assistance \"assistance\" between countries\n");
    for measure in 1..=MEASURES {
        let _ = writeln!(text, "act m{measure} \"takes measure {measure}\"");
    }
    let districts: Vec<String> = (1..=DISTRICTS).map(|district| format!("d{district}")).collect();
    let _ = writeln!(text, "fact district : one of {}", districts.join(", "));
    for (name, _) in COUNTRIES {
        for office in 1..=OFFICES {
            let _ = writeln!(text, "authority {name}.a{office} \"office {office} of {name}\"");
        }
    }
    let names: Vec<&str> = COUNTRIES.iter().map(|(name, _)| *name).collect();
    let parties = names.join(", ");
    let _ = writeln!(
        text,
        "instrument list \"the list\" {{\n  kind arrangement\n  parties {parties}\n  governs assistance\n}}"
    );
    text
}

/// From which country, and when.
fn scope(text: &mut String, row: &Row) {
    if let Some(from) = row.from {
        let _ = write!(text, " from {}", COUNTRIES[from].0);
    }
    let _ = write!(text, " from {} until {}", day(row.first), day(row.until - 1));
}

/// A day from one on and before another.
fn day_of(dice: &mut Dice, from: i32, until: i32) -> i32 {
    from + i32::try_from(dice.throw(usize::try_from(until - from).unwrap_or(1))).unwrap_or(0)
}

/// As files write it.
pub(crate) fn day(number: i32) -> String {
    // 2000-01-01
    Day(10_957 + number).to_string()
}

fn citation(at: usize) -> String {
    format!("Entry {at}")
}

fn rule(text: &mut String, at: usize, row: &Row) {
    let _ = write!(
        text,
        "provision \"{}\" of list {{\n  authority to m{} to {}",
        citation(at),
        row.measure + 1,
        COUNTRIES[row.to].0
    );
    scope(text, row);
    let _ = write!(text, " is {}.a{}", COUNTRIES[row.to].0, row.office + 1);
    if let Some(district) = row.district {
        let _ = write!(text, " when district is d{}", district + 1);
    }
    text.push_str("\n}\n");
}

/// What the findings say, in the terms of what was planted.
pub(crate) fn found(text: &str, law: &Law, findings: &[Finding]) -> Truth {
    let mut provisions: Vec<_> = law.lines.iter().filter_map(|line| Some((line.span, line.provision?))).collect();
    provisions.sort_unstable();
    let of_line = |span| {
        let at = provisions.binary_search_by_key(&span, |entry| entry.0).expect("the span of a line");
        law[provisions[at].1].citation.clone()
    };
    let mut truth = Truth::default();
    for finding in findings {
        let Some(place) = finding.place.as_ref().map(|label| label.span) else { continue };
        match finding.code {
            Code::Conflict => {
                let (one, other) = (of_line(place), of_line(finding.others[0].span));
                truth.conflicts.insert((one.clone().min(other.clone()), one.max(other)));
            }
            Code::Redundant => {
                let rule = law.rules.iter().find(|rule| rule.span == place).expect("a rule");
                truth.repeated.insert(law[rule.provision].citation.clone());
            }
            Code::Gap => {
                truth.gaps.insert(text[place.start as usize..place.end as usize].trim().to_owned());
            }
            Code::Limit => panic!("nothing here is too large: {finding:?}"),
            _ => {}
        }
    }
    truth
}

/// One question with so many rules that nearly everything meets: eight dimensions, half of the conditions left out, about
/// a hundred rules at once on any day.
pub(crate) fn hostile(count: usize, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut text = vocabulary();
    text.push_str(
        "fact stage : one of s1, s2, s3, s4, s5\n\
         fact origin : one of o1, o2, o3, o4, o5, o6, o7, o8\n\
         fact urgent : yes or no\n\
         fact minor : yes or no\n\
         fact amount : number\n",
    );
    for at in 0..count {
        if at % 100 == 0 {
            let _ = writeln!(text, "provision \"Part {}\" of list {{", at / 100);
        }
        let length = day_of(&mut dice, 20, 180);
        let first = day_of(&mut dice, 0, DAYS - length);
        let from = Some(dice.throw(COUNTRIES.len())).filter(|from| *from != 1 && from % 2 == 0);
        let row = Row { from, to: 1, measure: 0, district: None, first, until: first + length, office: 0, timeline: 0 };
        let _ = write!(text, "  authority to m1 to {}", COUNTRIES[1].0);
        scope(&mut text, &row);
        let _ = write!(text, " is {}.a{}", COUNTRIES[1].0, dice.throw(OFFICES) + 1);
        let mut tests: Vec<String> = Vec::new();
        let mut perhaps = |dice: &mut Dice, test: String| {
            if dice.throw(2) == 0 {
                tests.push(test);
            }
        };
        let district = format!("district is d{}", dice.throw(8) + 1);
        perhaps(&mut dice, district);
        let stage = format!("stage is s{}", dice.throw(5) + 1);
        perhaps(&mut dice, stage);
        let origin = format!("origin is o{}", dice.throw(8) + 1);
        perhaps(&mut dice, origin);
        let urgent = ["urgent", "not urgent"][dice.throw(2)].to_owned();
        perhaps(&mut dice, urgent);
        let minor = ["minor", "not minor"][dice.throw(2)].to_owned();
        perhaps(&mut dice, minor);
        let amount = format!("amount is at least {}", 10 * dice.throw(24));
        perhaps(&mut dice, amount);
        if !tests.is_empty() {
            let _ = write!(text, " when {}", tests.join(" and "));
        }
        text.push('\n');
        if at % 100 == 99 || at + 1 == count {
            text.push_str("}\n");
        }
    }
    text
}
