//! A second judge of conflicts and gaps, which looks at no case: what applies, who prevails and what must be complete are
//! formulas over the countries, the day and the facts, and the question is whether a formula can be true. Decision
//! diagrams of a library answer it. Which lines there are and which of them clash is read as in [`super::lines`] and
//! [`super::verdict`].

use std::collections::{BTreeMap, BTreeSet};

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};

use super::cases::Small;
use super::every_law;
use super::findings::{Found, proved, provision};
use super::lines::{self, Facts, Line, Setting, UNDER, covers};
use super::verdict::{Court, clash};
use super::written::{Asked, Given, Instrument, Scope, Test};

/// What a case says beside its facts.
const REQUESTING: &str = "(requesting)";
const REQUESTED: &str = "(requested)";
const DAY: &str = "(day)";

/// Formulas on one question. A variable says that something has one value.
struct Judge<'s> {
    small: &'s Small,
    asked: &'s Asked,
    settings: Vec<Setting>,
    all: BddVariableSet,
    values: BTreeMap<String, Vec<(Given, BddVariable)>>,
}

impl<'s> Judge<'s> {
    fn new(small: &'s Small, asked: &'s Asked) -> Judge<'s> {
        let settings = small.settings(asked);
        let written = &small.document.law;
        let countries: Vec<Given> = written.countries.iter().map(|row| Given::Country(row.name.clone())).collect();
        let mut axes = small.values(&settings[0]);
        axes.push((REQUESTING.to_owned(), countries.clone()));
        axes.push((REQUESTED.to_owned(), countries));
        axes.push((DAY.to_owned(), small.days.iter().cloned().map(Given::Day).collect()));
        let count = axes.iter().map(|(_, values)| values.len()).sum::<usize>();
        let all = BddVariableSet::new_anonymous(u16::try_from(count).expect("few"));
        let mut variables = all.variables().into_iter();
        let values = axes.into_iter().map(|(name, values)| (name, values.into_iter().zip(&mut variables).collect()));
        let values = values.collect();
        Judge { small, asked, settings, all, values }
    }

    fn any(&self, of: impl IntoIterator<Item = Bdd>) -> Bdd {
        of.into_iter().fold(self.all.mk_false(), |any, one| any.or(&one))
    }

    fn every(&self, of: impl IntoIterator<Item = Bdd>) -> Bdd {
        of.into_iter().fold(self.all.mk_true(), |every, one| every.and(&one))
    }

    fn constant(&self, holds: bool) -> Bdd {
        if holds { self.all.mk_true() } else { self.all.mk_false() }
    }

    /// It has a value of which that is true.
    fn has(&self, name: &str, is: impl Fn(&Given) -> bool) -> Bdd {
        let those = self.values[name].iter().filter(|(value, _)| is(value));
        self.any(those.map(|(_, variable)| self.all.mk_var(*variable)))
    }

    fn country(&self, side: &str, name: &str) -> Bdd {
        self.has(side, |value| matches!(value, Given::Country(one) if one == name))
    }

    /// What is true on each day, put together.
    fn on_its_day(&self, holds: impl Fn(&String) -> Bdd) -> Bdd {
        self.any(self.small.days.iter().map(|day| {
            let on = self.has(DAY, |value| matches!(value, Given::Day(one) if one == day));
            on.and(&holds(day))
        }))
    }

    /// Everything has one value, and these can be together.
    fn possible(&self) -> Bdd {
        let one_value = self.values.values().map(|values| {
            let variables: Vec<BddVariable> = values.iter().map(|value| value.1).collect();
            self.all.mk_sat_exactly_k(1, &variables)
        });
        let pairs: BTreeSet<(&String, &String)> = self.settings.iter().map(|case| (&case.from, &case.to)).collect();
        let pairs = pairs.into_iter();
        let countries =
            self.any(pairs.map(|(from, to)| self.country(REQUESTING, from).and(&self.country(REQUESTED, to))));
        let nevers = self.small.document.law.nevers.iter();
        let never = self.any(nevers.map(|never| self.on_its_day(|day| self.holds(&never.when.test, day))));
        self.every(one_value).and(&countries).and_not(&never).and_not(&self.misplaced())
    }

    /// A declared place is named that lies in none of the countries of which the question speaks.
    fn misplaced(&self) -> Bdd {
        let places = self.values.values().flatten().filter_map(|(value, variable)| match value {
            Given::Place(place) => Some((self.small.country_of(place), self.all.mk_var(*variable))),
            _ => None,
        });
        let elsewhere = places.map(|(country, named)| {
            let sides = Small::sides(self.asked).iter();
            let sides = sides.map(|side| if *side == "requesting" { REQUESTING } else { REQUESTED });
            named.and_not(&self.any(sides.map(|side| self.country(side, country))))
        });
        self.any(elsewhere)
    }

    /// The country of that side is bound, with a citation by that provision.
    fn bound(&self, text: &Instrument, side: &str, day: &str, citation: Option<&str>) -> Bdd {
        let bonds = text.bonds.iter().filter(|bond| {
            let reaches = |own: &str| bond.only.is_empty() || bond.only.iter().any(|only| covers(only, own));
            bond.days.hold(day) && citation.is_none_or(reaches)
        });
        self.any(bonds.map(|bond| self.country(side, &bond.country)))
    }

    fn active(&self, text: &Instrument, day: &str, citation: Option<&str>) -> Bdd {
        let times = if text.applies.is_empty() { &text.in_force } else { &text.applies };
        if !times.is_empty() && !times.iter().any(|days| days.hold(day)) {
            return self.all.mk_false();
        }
        if ["statute", "ordinance", "circular"].contains(&text.kind.as_str()) {
            let country = text.country.as_deref().unwrap_or_default();
            return self.country(REQUESTING, country).or(&self.country(REQUESTED, country));
        }
        self.bound(text, REQUESTING, day, citation).and(&self.bound(text, REQUESTED, day, citation))
    }

    fn applies(&self, text: &Instrument, day: &str, citation: Option<&str>) -> Bdd {
        let matter = &self.settings[0].matter;
        if !text.governs.contains(matter) {
            return self.all.mk_false();
        }
        let newer = self.small.document.law.instruments.iter().filter(|newer| newer.governs.contains(matter));
        let replaced = newer.flat_map(|newer| newer.replaces.iter().map(move |replaces| (newer, replaces)));
        let replaced = replaced.filter(|(_, replaces)| {
            let of_it = replaces.citation.as_deref().is_none_or(|wide| citation.is_some_and(|own| covers(wide, own)));
            let lasts = replaces.days.last_day.as_deref().is_none_or(|last| day <= last);
            replaces.instrument == text.name && of_it && lasts
        });
        let replaced = replaced.flat_map(|(newer, replaces)| {
            let so_far = self.small.days.iter().filter(|one| one.as_str() <= day && replaces.days.hold(one));
            so_far.map(|day| self.active(newer, day, None))
        });
        self.active(text, day, citation).and_not(&self.any(replaced))
    }

    fn in_scope(&self, scope: &Scope, day: &str) -> Bdd {
        let one_of = |side, set: &Vec<String>| self.any(set.iter().map(|name| self.country(side, name)));
        let requesting = scope.requesting.iter().map(|set| one_of(REQUESTING, set));
        let requested = scope.requested.iter().map(|set| one_of(REQUESTED, set));
        let between = scope.between.iter().map(|set| one_of(REQUESTING, set).and(&one_of(REQUESTED, set)));
        self.constant(scope.days.hold(day)).and(&self.every(requesting.chain(requested).chain(between)))
    }

    fn holds(&self, test: &Test, day: &str) -> Bdd {
        match test {
            Test::All { all } => self.every(all.iter().map(|part| self.holds(part, day))),
            Test::Any { any } => self.any(any.iter().map(|part| self.holds(part, day))),
            Test::Not { not } => self.holds(not, day).not(),
            Test::Applies { applies: name } => {
                let mut texts = self.small.document.law.instruments.iter();
                self.applies(texts.find(|text| text.name == *name).expect("an instrument"), day, None)
            }
            Test::OneOf { fact, is_one_of } => self.has(fact, |value| is_one_of.contains(value)),
            Test::Known { fact, .. } => self.has(fact, |value| !matches!(value, Given::Unknown | Given::None)),
            Test::Range { fact, at_least, less_than, days } => self.has(fact, |value| match value {
                Given::Number(number) => {
                    at_least.is_none_or(|least| least <= *number) && less_than.is_none_or(|bound| *number < bound)
                }
                Given::Day(day) => days.hold(day),
                _ => false,
            }),
        }
    }

    /// The request is made under something that lets the line apply.
    fn admitted(&self, line: &Line<'_>) -> Bdd {
        let lets = |under: &Given| {
            let facts = Facts::from([(UNDER.to_owned(), under.clone())]);
            lines::admitted(&self.small.document.law, line, &self.settings[0], &facts)
        };
        if self.values.contains_key(UNDER) { self.has(UNDER, lets) } else { self.constant(lets(&Given::None)) }
    }

    fn speaks(&self, line: &Line<'_>) -> Bdd {
        let speaks = self.on_its_day(|day| {
            let scope = self.every(line.scopes.iter().map(|scope| self.in_scope(scope, day)));
            let reserved = line.instrument.bonds.iter().filter(|bond| {
                let of_it = |own| bond.reservations.iter().any(|wide| covers(wide, own));
                bond.days.hold(day) && line.citation().is_some_and(of_it)
            });
            let reserved = reserved.map(|bond| &bond.country);
            let reserved = reserved.map(|name| self.country(REQUESTING, name).or(&self.country(REQUESTED, name)));
            let applies = self.applies(line.instrument, day, line.citation());
            scope.and(&applies).and_not(&self.any(reserved)).and(&self.holds(&line.when, day))
        });
        speaks.and(&self.admitted(line))
    }

    /// Between these countries, on these days, the one beats the other if both apply.
    fn beats(&self, winner: &Line<'_>, loser: &Line<'_>) -> Bdd {
        let settings = self.settings.iter().filter(|setting| {
            Court { law: &self.small.document.law, asked: self.asked, setting, without: None }.beats(winner, loser)
        });
        self.any(settings.map(|case| {
            let on = self.has(DAY, |value| matches!(value, Given::Day(one) if *one == case.on));
            self.country(REQUESTING, &case.from).and(&self.country(REQUESTED, &case.to)).and(&on)
        }))
    }

    /// Of each line, where it stands: the least that follows from who beats whom.
    fn standing(&self, lines: &[&Line<'_>], speak: &[Bdd]) -> Vec<Bdd> {
        let beats = |winner: usize, loser: usize| self.beats(lines[winner], lines[loser]).and(&speak[winner]);
        let beaten: Vec<Vec<Bdd>> = (0..lines.len())
            .map(|loser| (0..lines.len()).map(|winner| beats(winner, loser).and(&speak[loser])).collect())
            .collect();
        let mut stand = vec![self.all.mk_false(); lines.len()];
        let mut fall = stand.clone();
        loop {
            let before = (stand.clone(), fall.clone());
            for (line, by) in beaten.iter().enumerate() {
                fall[line] = self.any(by.iter().zip(&before.0).map(|(by, stands)| by.and(stands)));
                let may_fall = self.any(by.iter().zip(&before.1).map(|(by, falls)| by.and_not(falls)));
                stand[line] = speak[line].and_not(&may_fall);
            }
            if before == (stand.clone(), fall.clone()) {
                return stand;
            }
        }
    }

    /// Adds the conflicts and gaps of the question.
    fn find(&self, found: &mut Found) {
        let lines = self.small.lines(self.asked);
        let (held, unread): (Vec<&Line<'_>>, Vec<&Line<'_>>) = lines.iter().partition(|line| line.answer.is_some());
        let possible = self.possible();
        let speak: Vec<Bdd> = held.iter().map(|line| self.speaks(line).and(&possible)).collect();
        let stand = self.standing(&held, &speak);
        for (at, line) in held.iter().enumerate() {
            for (other, stands) in held.iter().zip(&stand).take(at) {
                if clash(self.asked, line, other) && !stand[at].and(stands).is_false() {
                    let pair = BTreeSet::from([provision(line), provision(other)]);
                    found.conflicts.insert((self.asked.question.clone(), pair));
                }
            }
        }
        let completes = self.small.document.law.completes.iter();
        let completes = completes.filter(|complete| {
            complete.questions.iter().any(|one| one.question == self.asked.question && one.side == self.asked.side)
        });
        let region = self.any(completes.map(|complete| {
            let test = complete.when.as_ref().map_or(Test::ALWAYS, |when| when.test.clone());
            self.on_its_day(|day| self.in_scope(&complete.scope, day).and(&self.holds(&test, day)))
        }));
        let denies = |line: &Line<'_>| {
            line.answer.as_ref().is_none_or(|answer| ["need not", "shall not"].contains(&answer.strength.as_str()))
        };
        let positive = held.iter().zip(&speak).filter(|(line, _)| !denies(line)).map(|(_, speaks)| speaks.clone());
        let silent = region.and(&possible).and_not(&self.any(positive));
        let unread = self.any(unread.into_iter().map(|line| self.speaks(line)));
        if !silent.and_not(&unread).is_false() {
            found.gaps.insert(self.asked.question.clone());
        }
        if !silent.and(&unread).is_false() {
            found.open.insert(self.asked.question.clone());
        }
    }
}

/// How many conflicts and gaps there are, if both say the same.
fn judged(small: &Small, text: &str) -> Result<usize, String> {
    let mut judged = Found::default();
    for (_, asked) in small.questions() {
        Judge::new(small, &asked).find(&mut judged);
    }
    let Found { conflicts, gaps, open, .. } = proved(&small.law, text, &forseti::proof::prove(&small.law));
    let proved = Found { conflicts, gaps, open, ..Found::default() };
    if proved == judged {
        Ok(judged.conflicts.len() + judged.gaps.len() + judged.open.len())
    } else {
        Err(format!("proved {proved:#?}\nand judged {judged:#?}"))
    }
}

#[test]
fn conflicts_and_gaps_are_where_formulas_can_be_true() {
    every_law(6000, 60, 30, |small, text, _| judged(small, text));
}

#[test]
fn conflicts_and_gaps_of_the_cases_of_proof_are_where_formulas_can_be_true() {
    let mut seen = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/proof")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let Some(small) = Small::of(&text) else { continue };
        seen += judged(&small, &text).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()));
    }
    assert!(seen > 0, "the cases show nothing");
}
