//! Clauses and statements that do nothing, compared with every case: which of them could be left out, by the letter.

use std::collections::BTreeMap;

use forseti::finding::Code;

use super::cases::Small;
use super::every_law;
use super::findings::line_number;
use super::lines::{self, Line, Setting, covers, in_scope};
use super::verdict::{Court, clash};
use super::written::{Asked, Clause, Instrument, Provision, Replacement, Target};

/// What something that is written does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// Without it nothing changes.
    #[default]
    Idle,
    /// It does something, and what else is written does the same.
    Doubled,
    /// Without it something changes.
    Needed,
}

/// By the line on which each stands.
type Uses = BTreeMap<usize, Use>;

/// The clauses that name a text, and whose they are.
fn clauses(small: &Small) -> Vec<&Clause> {
    let texts = || small.document.law.instruments.iter();
    let provisions = || texts().flat_map(|text| &text.provisions);
    let of_rules = provisions().flat_map(|row| &row.rules).flat_map(|rule| &rule.clauses);
    let all = texts().flat_map(|text| &text.clauses).chain(provisions().flat_map(|row| &row.clauses)).chain(of_rules);
    all.filter(|clause| matches!(clause.target, Target::Text { .. })).collect()
}

fn of_clauses(small: &Small) -> Uses {
    let mut uses: Uses = clauses(small).iter().map(|clause| (clause.line(), Use::Idle)).collect();
    for (_, asked) in small.questions() {
        let lines = small.lines(&asked);
        let settings = small.settings(&asked);
        let all = small.every_fact(&settings[0]);
        for setting in &settings {
            let candidates = small.candidates(&lines, setting);
            let mut together = vec![vec![false; candidates.len()]; candidates.len()];
            for facts in all.iter().filter(|facts| small.possible(&asked, setting, facts)) {
                let speaks = |line: &&Line<'_>| lines::speaks(&small.document.law, &small.days, line, setting, facts);
                let applying: Vec<usize> = (0..candidates.len()).filter(|line| speaks(&candidates[*line])).collect();
                for one in &applying {
                    for other in &applying {
                        together[*one][*other] = true;
                    }
                }
            }
            for (one, line) in candidates.iter().enumerate() {
                for (other, against) in candidates.iter().enumerate() {
                    if one != other && together[one][other] && clash(&asked, line, against) {
                        of_pair(small, &asked, setting, (line, against), &mut uses);
                    }
                }
            }
        }
    }
    uses
}

/// What each clause of the one line does where both apply and disagree.
fn of_pair<'w>(small: &'w Small, asked: &Asked, setting: &Setting, pair: (&Line<'w>, &Line<'w>), uses: &mut Uses) {
    let (line, against) = pair;
    let rule = line.rule.iter().flat_map(|rule| &rule.clauses);
    let own = rule.chain(line.provision.iter().flat_map(|provision| &provision.clauses));
    let edges = |without: Option<&Clause>| {
        let court = Court { law: &small.document.law, asked, setting, without };
        let edge = |winner: &Line<'w>, loser: &Line<'w>| (court.beats(winner, loser), court.inverted(loser, winner));
        (edge(line, against), edge(against, line))
    };
    for clause in own.chain(&line.instrument.clauses) {
        let court = Court { law: &small.document.law, asked, setting, without: None };
        // What is not held claims nothing.
        let speaks = line.answer.is_some() || clause.effect != "claims";
        let Some(known) = uses.get_mut(&clause.line()).filter(|_| speaks && court.names(clause, line, against)) else {
            continue;
        };
        let seen = if edges(None) == edges(Some(clause)) { Use::Doubled } else { Use::Needed };
        *known = seen.max(*known);
    }
}

/// What each `replaces` does: the text, or the provisions of it that it names, would apply in some case without it.
fn of_replacements(small: &Small) -> Uses {
    let law = &small.document.law;
    let mut uses = Uses::new();
    for newer in &law.instruments {
        for row in &newer.replaces {
            let known = uses.entry(row.line()).or_default();
            let old = law.instruments.iter().find(|text| text.name == row.instrument).expect("an instrument");
            for (citation, provision) in named(old, row) {
                for setting in settings(small) {
                    let applies = |without: &[&Replacement]| {
                        let here = provision.is_none_or(|row| in_scope(&row.scope, &setting));
                        here && lines::applies_but_for(law, &small.days, old, citation, &setting, without)
                            && !lines::reserved(old, citation, &setting)
                    };
                    let every: Vec<&Replacement> = law.instruments.iter().flat_map(|text| &text.replaces).collect();
                    let others: Vec<&Replacement> =
                        every.iter().filter(|other| !std::ptr::eq(**other, row)).copied().collect();
                    // it alone takes the text away
                    let counts = newer.governs.contains(&setting.matter) && applies(&every) && !applies(&others);
                    if counts {
                        let seen = if applies(&[row]) { Use::Needed } else { Use::Doubled };
                        *known = seen.max(*known);
                    }
                }
            }
        }
    }
    uses
}

/// What the statement names.
fn named<'w>(old: &'w Instrument, row: &'w Replacement) -> Vec<(Option<&'w str>, Option<&'w Provision>)> {
    let Some(wide) = row.citation.as_deref() else { return vec![(None, None)] };
    let covered = old.provisions.iter().filter(|provision| covers(wide, &provision.citation));
    let covered: Vec<_> = covered.map(|row| (Some(row.citation.as_str()), Some(row))).collect();
    if covered.is_empty() { vec![(Some(wide), None)] } else { covered }
}

fn settings(small: &Small) -> Vec<Setting> {
    let matter = &small.document.law.matters[0].name;
    let asked = Asked { matter: Some(matter.clone()), question: String::new(), side: None };
    small.settings(&asked)
}

#[test]
fn what_does_nothing_is_found_and_nothing_else() {
    every_law(2500, 80, 60, |small, text, _| {
        let mut uses = of_clauses(small);
        uses.extend(of_replacements(small));
        let mut expected: Vec<(usize, Use)> = uses.into_iter().filter(|(_, found)| *found != Use::Needed).collect();
        let mut seen: Vec<(usize, Use)> = Vec::new();
        let proved = forseti::proof::prove(&small.law);
        let at = |finding: &forseti::finding::Finding| line_number(text, finding.place.as_ref().expect("a place"));
        seen.extend(proved.iter().filter_map(|finding| match finding.code {
            Code::IdlePrecedence => Some((at(finding), Use::Idle)),
            Code::DoubledClause => Some((at(finding), Use::Doubled)),
            _ => None,
        }));
        // What shares no case with what it names is found without a proof, and does nothing.
        let checked = forseti::check::check(&small.law, None);
        let apart = checked.iter().filter(|finding| finding.code == Code::NoCommonCase).map(at);
        let apart: Vec<usize> =
            apart.filter(|line| !text.lines().nth(line - 1).unwrap_or_default().contains("supplements")).collect();
        if let Some(line) = apart.iter().find(|line| !expected.contains(&(**line, Use::Idle))) {
            return Err(format!("line {line} shares no case, and is not idle by the oracle: {expected:?}"));
        }
        expected.retain(|(line, _)| !apart.contains(line));
        seen.sort_unstable();
        if seen == expected { Ok(seen.len()) } else { Err(format!("found {seen:?}, and by the oracle {expected:?}")) }
    });
}
