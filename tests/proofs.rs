//! What is proved is compared with every case of small random laws, one by one: nothing more is reported, nothing less.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use forseti::answer::{DisputeKind, Label, LineRef, Precedence, Setting, applicability, candidates, clash, verdict};
use forseti::finding::{Code, Finding};
use forseti::law::{
    CountryId, Day, FactId, FactKind, FactValue, Law, LineOrigin, ProvisionId, QuestionId, RuleId, Strength,
};
use forseti::source::{SourceFile, Sources};

use crate::dice::Dice;

const COUNTRIES: [&str; 3] = ["Denmark", "Norway", "Sweden"];
const DAYS: [&str; 3] = ["2001-01-01", "2002-01-01", "2003-01-01"];
const INSTRUMENTS: [&str; 3] = ["one", "two", "three"];

pub(crate) fn random_law(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut text = String::from(
        "country Denmark (DK), Norway (NO), Sweden (SE)\n\
         language Danish (da), Swedish (sv), English (en)\n\
         matter transfer \"transfer\" between countries\n\
         item request \"the form\"\n\
         fact urgent : yes or no\n\
         fact stage : one of early, middle, late\n\
         fact district : place\n",
    );
    if dice.happens(5) {
        let _ = writeln!(text, "never {} because \"it cannot be\"", condition(&mut dice));
    }
    for name in INSTRUMENTS {
        instrument(&mut dice, &mut text, name);
        for number in 1..=2 {
            provision(&mut dice, &mut text, name, number);
        }
    }
    if dice.happens(4) {
        let _ = writeln!(
            text,
            "precedence \"rank\" {{ {} over {} }}",
            dice.one(&["treaty", "statute"]),
            dice.one(&["arrangement", "circular"])
        );
    }
    let _ = writeln!(text, "complete channel from {}", dice.one(&DAYS));
    text
}

fn instrument(dice: &mut Dice, text: &mut String, name: &str) {
    let kind = dice.one(&["treaty", "arrangement", "arrangement", "statute"]);
    let _ = writeln!(text, "instrument {name} \"{name}\" {{ kind {kind} governs transfer");
    if kind == "statute" {
        let _ = writeln!(text, "  country {}", dice.one(&COUNTRIES));
    } else {
        let _ = writeln!(text, "  parties {}", dice.some(&COUNTRIES).join(", "));
        if dice.happens(3) {
            let _ = writeln!(text, "  party {} from {}", dice.one(&COUNTRIES), dice.one(&DAYS));
        }
    }
    if dice.happens(4) {
        let _ = writeln!(text, "  in force from {}", dice.one(&DAYS));
    }
    for _ in 0..dice.throw(3) {
        let other = dice.one(&INSTRUMENTS);
        if other == name {
            continue;
        }
        let clause = match dice.throw(6) {
            0 => "yields to national law of the requested country".to_owned(),
            1 => "yields to national law of either country".to_owned(),
            2 => "yields to mandatory rules of binding instruments".to_owned(),
            3 => format!("prevails over {other}"),
            4 => format!("prevails over {other} from 2002-01-01"),
            _ => format!("yields to {other}"),
        };
        let _ = writeln!(text, "  {clause}");
    }
    if dice.happens(2) {
        let _ = writeln!(text, "  text partial \"some of it\"");
    }
    text.push_str("}\n");
}

fn provision(dice: &mut Dice, text: &mut String, instrument: &str, number: usize) {
    let _ = write!(text, "provision \"Article {number}\" of {instrument}");
    let other = INSTRUMENTS.iter().copied().find(|other| *other != instrument).unwrap_or("one");
    match dice.throw(8) {
        0 => {
            let _ = write!(text, " notwithstanding {other}");
        }
        1 => {
            let _ = write!(text, " subject to {other}");
        }
        2 => text.push_str(" allows otherwise by arrangement, treaty"),
        3 => {
            let _ = write!(text, " from {}", dice.one(&DAYS));
        }
        _ => {}
    }
    text.push_str(" {\n");
    for _ in 0..=dice.throw(2) {
        rule(dice, text);
    }
    text.push_str("}\n");
}

fn rule(dice: &mut Dice, text: &mut String) {
    let scope = match dice.throw(6) {
        0 => format!(" from {}", dice.one(&COUNTRIES)),
        1 => " between Denmark and Sweden".to_owned(),
        _ => String::new(),
    };
    let conducts = ["shall inform", "may inform", "need not inform", "shall not inform"];
    match dice.throw(3) {
        0 => {
            let only = if dice.happens(4) { "only " } else { "" };
            // A conduct of both sides needs no side of a statute.
            let _ = writeln!(text, "  channel{scope} is {} when {}", dice.one(&["direct", "central"]), condition(dice));
            if only.is_empty() && dice.happens(5) {
                let _ = writeln!(text, "    otherwise should be {}", dice.one(&["direct", "central"]));
            }
        }
        1 => {
            let _ = writeln!(
                text,
                "  channel{scope} {} {}",
                dice.one(&["is", "may be", "should be"]),
                dice.one(&["direct", "central", "diplomatic"])
            );
        }
        _ => {
            let when = if dice.happens(3) { format!(" when {}", condition(dice)) } else { String::new() };
            let _ = writeln!(
                text,
                "  means{scope} {} {}{when}",
                dice.one(&["are", "should be", "shall not be"]),
                dice.one(&["post", "any"])
            );
            let _ = conducts;
        }
    }
}

fn condition(dice: &mut Dice) -> String {
    let atom = |dice: &mut Dice| match dice.throw(6) {
        0 => "urgent".to_owned(),
        1 => "not urgent".to_owned(),
        2 => format!("stage is {}", dice.one(&["early", "late"])),
        3 => "district is unknown".to_owned(),
        4 => "district is known".to_owned(),
        _ => "not stage is early".to_owned(),
    };
    match dice.throw(3) {
        0 => format!("{} and {}", atom(dice), atom(dice)),
        1 => format!("{} or {}", atom(dice), atom(dice)),
        _ => atom(dice),
    }
}

/// What every case of a law, looked at one by one, shows.
#[derive(Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is seen or not")]
struct Shown {
    conflicts: BTreeSet<(QuestionId, Option<ProvisionId>, Option<ProvisionId>)>,
    deciding: BTreeSet<(RuleId, usize)>,
    gap: bool,
    open_gap: bool,
    circle: bool,
    inverted: bool,
}

fn every_case(law: &Law) -> Shown {
    let mut shown = Shown::default();
    let scopes = law.provisions.iter().map(|row| &row.scope).chain(law.lines.iter().map(|line| &line.scope));
    let mut days: Vec<Day> = applicability::turning_days(law, scopes).into_iter().collect();
    days.extend(["1999-01-01"].iter().chain(&DAYS).map(|day| Day::parse(day).expect("a day")));
    let matter = law.matters().next().expect("one matter").0;
    let facts = assignments(law);
    for (requesting, _) in law.countries() {
        for (requested, _) in law.countries().filter(|(other, _)| *other != requesting) {
            for on in &days {
                let setting = Setting { matter, requesting, requested, on: *on };
                for (id, question) in law.questions() {
                    let precedence = Precedence::new(law, question.head, setting);
                    let all = candidates(law, question.head, setting);
                    for facts in &facts {
                        look(law, &mut shown, id, precedence, &all, facts);
                    }
                }
            }
        }
    }
    shown
}

fn look(
    law: &Law,
    shown: &mut Shown,
    id: QuestionId,
    precedence: Precedence<'_>,
    all: &[LineRef],
    facts: &[(FactId, FactValue)],
) {
    let fact = |id: FactId| facts.iter().find(|entry| entry.0 == id).map(|entry| &entry.1);
    let holds = |condition| applicability::holds(law, condition, precedence.setting, &fact) == Some(true);
    if law.nevers.iter().any(|never| holds(&never.condition)) {
        return;
    }
    let lines: Vec<LineRef> = all.iter().filter(|line| holds(&law[line.line.condition])).copied().collect();
    let verdict = verdict(precedence, &lines);
    shown.circle |= verdict.disputes.iter().any(|dispute| dispute.kind == DisputeKind::Cycle);
    let is = |line: usize, label| verdict.labels[line] == label && lines[line].line.answer.is_some();
    for (a, one) in lines.iter().enumerate() {
        if let (Some(rule), LineOrigin::Branch(branch)) = (one.line.rule, &one.line.origin)
            && !is(a, Label::Out)
        {
            shown.deciding.insert((rule, *branch));
        }
        for (b, other) in lines.iter().enumerate() {
            if a != b && one.line.answer.is_some() && other.line.answer.is_some() {
                shown.inverted |= precedence.inverted(&one.line, &other.line);
            }
            let same = one.line.provision == other.line.provision;
            let answer = |line: &LineRef| line.line.answer.map(|answer| &law[answer]);
            let disagree = clash(precedence.head, answer(one), answer(other), same);
            if a < b && is(a, Label::In) && is(b, Label::In) && disagree {
                let (p, q) = (one.line.provision, other.line.provision);
                shown.conflicts.insert((id, p.min(q), p.max(q)));
            }
        }
    }
    let complete = &law.completes[0];
    if complete.questions.contains(&law[id]) && complete.scope.dates.contains(precedence.setting.on) {
        let positive = |line: &LineRef| {
            line.line
                .answer
                .is_some_and(|answer| !matches!(law[answer].strength, Strength::NeedNot | Strength::ShallNot))
        };
        if !lines.iter().any(positive) {
            let unread = lines.iter().any(|line| line.line.answer.is_none());
            shown.gap |= !unread;
            shown.open_gap |= unread;
        }
    }
}

fn assignments(law: &Law) -> Vec<Vec<(FactId, FactValue)>> {
    let mut all = vec![Vec::new()];
    for (id, fact) in law.facts() {
        let values = match &fact.kind {
            FactKind::YesNo => vec![FactValue::YesNo(true), FactValue::YesNo(false)],
            FactKind::OneOf(names) => {
                (0..names.len()).map(|at| FactValue::Choice(u32::try_from(at).expect("few"))).collect()
            }
            _ => vec![FactValue::Unknown, FactValue::NoPlace, FactValue::OtherPlace("Roskilde".to_owned())],
        };
        all = all
            .iter()
            .flat_map(|facts: &Vec<_>| {
                values.iter().map(move |value| facts.iter().cloned().chain([(id, value.clone())]).collect::<Vec<_>>())
            })
            .collect();
    }
    all
}

pub(crate) fn compiled(text: &str) -> Law {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("random.rules", text));
    let (ast, findings) = forseti::syntax::parse(&sources);
    assert!(findings.is_empty(), "{findings:#?}\n{text}");
    let (law, findings) = forseti::resolve::resolve(&ast);
    let errors: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity == forseti::finding::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    law
}

/// What was proved, in the same form. Places of findings are those of lines and rules.
fn proved(law: &Law) -> (Shown, Vec<Finding>) {
    let findings = forseti::proof::prove(law);
    let mut shown = Shown::default();
    let mut idle: BTreeSet<(RuleId, usize)> = BTreeSet::new();
    for finding in &findings {
        let place = finding.place.as_ref().expect("a place").span;
        match finding.code {
            Code::Conflict => {
                let line = |span| law.lines.iter().filter(move |line| line.span == span && line.answer.is_some());
                let other = finding.others[0].span;
                let question = line(place).next().expect("a line").question;
                let provision = |span| line(span).next().expect("a line").provision;
                let (p, q) = (provision(place), provision(other));
                shown.conflicts.insert((question, p.min(q), p.max(q)));
            }
            Code::Unreachable => {
                for (id, rule) in law.rules() {
                    for (at, branch) in rule.branches.iter().enumerate() {
                        if rule.span == place || branch.span == place {
                            idle.insert((id, at));
                        }
                    }
                }
            }
            Code::Gap => shown.gap = true,
            Code::UnreadRegion => shown.open_gap = true,
            Code::Inversion => shown.inverted = true,
            Code::Cycle => shown.circle = true,
            Code::Limit => panic!("nothing here is too large: {finding:?}"),
            _ => {}
        }
    }
    for line in &law.lines {
        if let (Some(rule), LineOrigin::Branch(branch)) = (line.rule, &line.origin)
            && line.answer.is_some()
            && !idle.contains(&(rule, *branch))
        {
            shown.deciding.insert((rule, *branch));
        }
    }
    (shown, findings)
}

#[test]
fn what_is_proved_is_what_every_case_shows() {
    let mut seen = [0usize; 5];
    for seed in 1..=200 {
        let text = random_law(seed);
        let law = compiled(&text);
        let every_case = every_case(&law);
        let (proved, findings) = proved(&law);
        assert_eq!(proved, every_case, "seed {seed}\n{text}\n{findings:#?}");
        for (count, happened) in seen.iter_mut().zip([
            !proved.conflicts.is_empty(),
            proved.gap,
            proved.open_gap,
            proved.inverted,
            proved.circle,
        ]) {
            *count += usize::from(happened);
        }
    }
    assert!(seen.iter().all(|count| *count > 5), "the random laws show too little: {seen:?}");
}

#[test]
fn a_witness_shows_its_fault() {
    for seed in 200..=260 {
        let text = random_law(seed);
        let law = compiled(&text);
        for finding in forseti::proof::prove(&law) {
            let Some(command) = &finding.witness else { continue };
            assert!(command.starts_with("forseti ask "), "{command}");
            assert!(command.contains(" --on "), "{command}");
        }
    }
    let _: Option<CountryId> = None;
}
