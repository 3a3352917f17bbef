//! The cases of a small law, one by one (sections 1 and 8), and what the compiler and the oracle say in them.

use std::collections::{BTreeMap, BTreeSet};

use forseti::answer::applicability::requests_reached;
use forseti::answer::{Asked as Tests, Open, OpenValue, Outcome, asked, classes};
use forseti::case::Case;
use forseti::law::{self, CountryId, Day, FactId, FactKind, FactValue, InstrumentId, MatterId, QuestionId, Under};
use forseti::words;

use super::lines::{self, Facts, Line, Setting, UNDER};
use super::verdict::Said;
use super::written::{Asked, Days, Document, Given, Test};

/// A law, as the compiler has it and as it is written.
pub(super) struct Small {
    pub(super) law: law::Law,
    pub(super) document: Document,
    /// Every day on which something can change, and one before them all.
    pub(super) days: Vec<String>,
}

impl Small {
    /// Compiles the text, which must have no errors; none if it has.
    pub(super) fn of(text: &str) -> Option<Small> {
        let mut sources = forseti::source::Sources::default();
        sources.add(forseti::source::SourceFile::new("law.rules", text));
        let (ast, broken) = forseti::syntax::parse(&sources);
        let (law, unresolved) = forseti::resolve::resolve(&ast);
        let is_error = |finding: &forseti::finding::Finding| finding.severity == forseti::finding::Severity::Error;
        if broken.iter().chain(&unresolved).any(is_error) {
            return None;
        }
        let all = forseti::emit::artifacts(&law, &sources, &[forseti::emit::Format::Json]);
        let json = all.into_iter().find(|artifact| artifact.name == "rules.json").expect("it is emitted");
        let document: Document = serde_json::from_slice(&json.bytes).expect("it is JSON");
        let mut days = turning_days(&document);
        days.insert("1900-01-01".to_owned());
        Some(Small { law, document, days: days.into_iter().collect() })
    }

    /// The questions, by their place in the compiler's table.
    pub(super) fn questions(&self) -> Vec<(QuestionId, Asked)> {
        let asked = |(id, row): (QuestionId, &law::Question)| {
            let side = row.head.side().map(|side| format!("{side:?}").to_lowercase());
            let matter = Some(self.law[row.matter].name.clone());
            (id, Asked { matter, question: words::question(&self.law, row.head), side })
        };
        self.law.questions().map(asked).collect()
    }

    /// The lines of a question, by the oracle.
    pub(super) fn lines(&self, asked: &Asked) -> Vec<Line<'_>> {
        lines::lines(&self.document.law, asked.matter.as_deref().expect("a matter"), asked)
    }

    /// All countries that fit the matter, on all days.
    pub(super) fn settings(&self, asked: &Asked) -> Vec<Setting> {
        let written = &self.document.law;
        let matter = asked.matter.as_ref().expect("a matter");
        let between = written.matters.iter().find(|row| row.name == *matter).expect("a matter").between_countries;
        let mut settings = Vec::new();
        for from in &written.countries {
            for to in written.countries.iter().filter(|to| between == (from.name != to.name)) {
                settings.extend(self.days.iter().map(|on| Setting {
                    matter: matter.clone(),
                    from: from.name.clone(),
                    to: to.name.clone(),
                    on: on.clone(),
                }));
            }
        }
        settings
    }

    /// Those of the lines that countries and day let apply.
    pub(super) fn candidates<'l, 'w>(&'w self, lines: &'l [Line<'w>], setting: &Setting) -> Vec<&'l Line<'w>> {
        let can_apply = |line: &&Line<'_>| lines::can_apply(&self.document.law, &self.days, line, setting);
        lines.iter().filter(can_apply).collect()
    }

    /// The sides of a case in which a place can lie: a question about an authority speaks of the places of its country.
    pub(super) fn sides(asked: &Asked) -> &[&str] {
        match asked.side.as_deref() {
            Some("requesting") if asked.question.starts_with("authority ") => &["requesting"],
            Some("requested") if asked.question.starts_with("authority ") => &["requested"],
            _ => &["requesting", "requested"],
        }
    }

    /// Where a declared place lies.
    pub(super) fn country_of(&self, place: &str) -> &str {
        let places = &self.document.law.places;
        &places.iter().find(|row| row.name == place).expect("a declared place").country
    }

    /// Every way in which these facts can be given, without what cannot be; one value of each that nothing tells apart.
    pub(super) fn facts(&self, asked: &Asked, setting: &Setting) -> Vec<Facts> {
        let mut all = self.every_fact(setting);
        all.retain(|facts| self.possible(asked, setting, facts));
        all
    }

    /// Every way in which these facts can be written.
    pub(super) fn every_fact(&self, setting: &Setting) -> Vec<Facts> {
        let mut all: Vec<Facts> = vec![Facts::new()];
        for (name, values) in self.values(setting) {
            let with = |facts: &Facts| -> Vec<Facts> {
                let one = |value: &Given| facts.clone().into_iter().chain([(name.clone(), value.clone())]).collect();
                values.iter().map(one).collect()
            };
            all = all.iter().flat_map(with).collect();
        }
        all
    }

    pub(super) fn possible(&self, asked: &Asked, setting: &Setting, facts: &Facts) -> bool {
        let lies_here = |value: &Given| match value {
            Given::Place(place) => Small::sides(asked).iter().any(|side| {
                let country = if *side == "requesting" { &setting.from } else { &setting.to };
                *country == self.country_of(place)
            }),
            _ => true,
        };
        if !facts.values().all(lies_here) {
            return false;
        }
        let nevers = &self.document.law.nevers;
        !nevers.iter().any(|never| lines::holds(&self.document.law, &self.days, &never.when.test, setting, facts))
    }

    /// The values of each fact, one of those that nothing tells apart, and what a request can be made under.
    pub(super) fn values(&self, setting: &Setting) -> Vec<(String, Vec<Given>)> {
        let mut named = Vec::new();
        for test in tests(&self.document) {
            values_named(test, &mut named);
        }
        let written = &self.document.law;
        let mut axes = Vec::new();
        for fact in &written.facts {
            let of_fact = || named.iter().filter(|(name, _)| *name == fact.name).map(|(_, value)| value.clone());
            let mut values: BTreeSet<Given> = of_fact().filter(|value| *value != Given::Unknown).collect();
            match fact.kind.as_str() {
                "yes-or-no" => values.extend([Given::YesNo(true), Given::YesNo(false)]),
                "one-of" => values.extend(fact.choices.iter().cloned().map(Given::Choice)),
                "place" => values.extend([Given::None, Given::NamedPlace("Roskilde".to_owned())]),
                "language" => {
                    values.extend(written.languages.iter().map(|row| Given::Language(row.name.clone())));
                    values.insert(Given::OtherLanguage);
                }
                "country" => {
                    values.extend(written.countries.iter().map(|row| Given::Country(row.name.clone())));
                    values.insert(Given::OtherCountry);
                }
                "number" => drop(values.insert(Given::Number(0))),
                _ => drop(values.insert(Given::Day("1900-01-01".to_owned()))),
            }
            if fact.may_be_unknown {
                values.insert(Given::Unknown);
            }
            axes.push((fact.name.clone(), values.into_iter().collect()));
        }
        let matter = written.matters.iter().find(|row| row.name == setting.matter).expect("a matter");
        if matter.under_one_instrument {
            let texts = written.instruments.iter().map(|text| text.name.clone());
            axes.push((UNDER.to_owned(), texts.chain(["none".to_owned()]).map(Given::Choice).collect()));
        }
        axes
    }

    /// The case, as the compiler takes it. What is left open in it is the caller's choice.
    pub(super) fn case(&self, setting: &Setting, facts: &Facts) -> Case {
        let country = |name: &str| country(&self.law, name);
        let matter = self.law.matters().find(|(_, row)| row.name == setting.matter).expect("a matter").0;
        let given = facts.iter().filter(|(name, _)| *name != UNDER);
        Case {
            matter: MatterId(matter.0),
            requesting: country(&setting.from),
            requested: country(&setting.to),
            on: Day::parse(&setting.on).expect("a day"),
            under: facts.get(UNDER).map(|value| under(&self.law, value)),
            facts: given.map(|(name, value)| fact(&self.law, name, value)).collect(),
            events: BTreeMap::new(),
        }
    }

    pub(super) fn applying<'l, 'w>(
        &'w self,
        candidates: &[&'l Line<'w>],
        setting: &Setting,
        facts: &Facts,
    ) -> Vec<&'l Line<'w>> {
        let speaks = |line: &&&Line<'_>| lines::speaks(&self.document.law, &self.days, line, setting, facts);
        candidates.iter().filter(speaks).copied().collect()
    }
}

fn country(law: &law::Law, name: &str) -> CountryId {
    law.countries().find(|(_, row)| row.name == name).expect("a country").0
}

fn under(law: &law::Law, value: &Given) -> Under {
    let Given::Choice(name) = value else { panic!("{value:?} is no instrument") };
    let found = law.instruments().find(|(_, row)| row.name == *name);
    found.map_or(Under::Nothing, |(id, _)| Under::Instrument(InstrumentId(id.0)))
}

fn fact(law: &law::Law, name: &str, value: &Given) -> (FactId, FactValue) {
    let (id, row) = law.facts().find(|(_, row)| row.name == name).expect("a fact");
    let value = match value {
        Given::Unknown => FactValue::Unknown,
        Given::None => FactValue::NoPlace,
        Given::YesNo(yes) => FactValue::YesNo(*yes),
        Given::Choice(word) => {
            let FactKind::OneOf(all) = &row.kind else { panic!("`{name}` is no choice") };
            let at = all.iter().position(|one| one == word).expect("a value");
            FactValue::Choice(u32::try_from(at).expect("few"))
        }
        Given::Place(place) => FactValue::Place(law.places().find(|(_, row)| row.name == *place).expect("a place").0),
        Given::NamedPlace(place) => FactValue::OtherPlace(place.clone()),
        Given::Language(language) => {
            FactValue::Language(law.languages().find(|(_, row)| row.name == *language).expect("a language").0)
        }
        Given::OtherLanguage => FactValue::OtherLanguage,
        Given::Country(name) => FactValue::Country(country(law, name)),
        Given::OtherCountry => FactValue::OtherCountry,
        Given::Number(number) => FactValue::Number(*number),
        Given::Day(day) => FactValue::Date(Day::parse(day).expect("a day")),
    };
    (id, value)
}

/// What the compiler says.
pub(super) fn said(law: &law::Law, outcome: &Outcome) -> Said {
    // what is outweighed is cited, and counts for nothing
    let said = outcome.said().answers;
    let answers = said.iter().map(|answer| {
        let mut values: Vec<String> = answer.values.iter().map(|value| words::value(law, value)).collect();
        values.sort();
        values.dedup();
        let limit = answer.limit.map(|limit| words::limit(law, limit)).unwrap_or_default();
        format!("{} [{}] {limit}", answer.strength.word(), values.join("; "))
    });
    Said { status: outcome.status.word(), incomplete: outcome.is_incomplete(), answers: answers.collect() }
}

/// All conditions that are written.
fn tests(document: &Document) -> Vec<&Test> {
    let written = &document.law;
    let provisions = || written.instruments.iter().flat_map(|text| &text.provisions);
    let rules = || provisions().flat_map(|provision| &provision.rules);
    let whens = provisions()
        .map(|row| &row.when)
        .chain(rules().map(|rule| &rule.when))
        .chain(rules().flat_map(|rule| &rule.branches).map(|branch| &branch.when))
        .chain(written.completes.iter().map(|complete| &complete.when));
    whens.flatten().chain(written.nevers.iter().map(|never| &never.when)).map(|when| &when.test).collect()
}

/// The values that a condition tells from others; of a bound, the first value on its far side, and the one before it.
fn values_named(test: &Test, into: &mut Vec<(String, Given)>) {
    match test {
        Test::All { all: parts } | Test::Any { any: parts } => parts.iter().for_each(|part| values_named(part, into)),
        Test::Not { not } => values_named(not, into),
        Test::Applies { .. } | Test::Known { .. } => {}
        Test::OneOf { fact, is_one_of } => {
            for value in is_one_of {
                into.push((fact.clone(), value.clone()));
                match value {
                    Given::Number(number) => into.push((fact.clone(), Given::Number(number + 1))),
                    Given::Day(day) => into.push((fact.clone(), Given::Day(day_after(day)))),
                    _ => {}
                }
            }
        }
        Test::Range { fact, at_least, less_than, days } => {
            into.extend(at_least.iter().chain(less_than).map(|number| (fact.clone(), Given::Number(*number))));
            into.extend(turns(days).map(|day| (fact.clone(), Given::Day(day))));
        }
    }
}

fn day_after(day: &str) -> String {
    Day::parse(day).expect("a day").next().to_string()
}

/// The first day of a stretch, and the first one after it.
fn turns(days: &Days) -> impl Iterator<Item = String> {
    days.first_day.clone().into_iter().chain(days.last_day.as_deref().map(day_after))
}

fn turning_days(document: &Document) -> BTreeSet<String> {
    let written = &document.law;
    let texts = &written.instruments;
    let provisions = || texts.iter().flat_map(|text| &text.provisions);
    let rules = || provisions().flat_map(|provision| &provision.rules);
    let of_texts = texts.iter().flat_map(|text| {
        let bonds = text.bonds.iter().map(|bond| &bond.days);
        let clauses = text.clauses.iter().map(|clause| &clause.days);
        let replaces = text.replaces.iter().map(|replaces| &replaces.days);
        bonds.chain(&text.in_force).chain(&text.applies).chain(clauses).chain(replaces)
    });
    let of_provisions =
        provisions().flat_map(|row| row.clauses.iter().map(|clause| &clause.days).chain([&row.scope.days]));
    let of_rules = rules().flat_map(|row| row.clauses.iter().map(|clause| &clause.days).chain([&row.scope.days]));
    let kinds = written.precedence.iter().map(|row| &row.clause.days);
    let completes = written.completes.iter().map(|row| &row.scope.days);
    of_texts.chain(of_provisions).chain(of_rules).chain(kinds).chain(completes).flat_map(turns).collect()
}

/// Which values some lines tell apart: by what the compiler calls a class of them.
pub(super) struct Apart {
    facts: BTreeMap<FactId, Vec<OpenValue>>,
    unders: BTreeSet<Under>,
}

impl Apart {
    /// By some lines; or by all that is written.
    pub(super) fn of<'l>(law: &'l law::Law, lines: impl Iterator<Item = &'l law::Line>, whole: bool) -> Apart {
        let mut tests = Tests::new();
        let mut unders = BTreeSet::from([Under::Nothing]);
        for line in lines {
            asked(&law[line.condition], &mut tests);
            unders.extend(law[line.scope.relations].under.iter().flatten().copied());
            if law[line.instrument].kind == law::Kind::Treaty {
                unders.extend(requests_reached(law, line.instrument).into_iter().map(Under::Instrument));
            }
        }
        law.nevers.iter().for_each(|never| asked(&never.condition, &mut tests));
        law.completes.iter().filter(|_| whole).for_each(|complete| asked(&law[complete.condition], &mut tests));
        let names = |(fact, tests): (FactId, Vec<_>)| {
            (fact, classes(law, fact, &tests).into_iter().map(|(class, _)| class).collect())
        };
        Apart { facts: tests.into_iter().map(names).collect(), unders }
    }

    /// What the case says lies in one of the classes.
    pub(super) fn takes_in(&self, open: Open, values: &[OpenValue], case: &Case) -> bool {
        let fact = match open {
            Open::Under => {
                let under = case.under.expect("what the request is made under");
                let other = !self.unders.contains(&under) && values.contains(&OpenValue::OtherInstrument);
                return other || values.contains(&OpenValue::Under(under));
            }
            Open::Fact(fact) => fact,
        };
        let value = &case.facts[&fact];
        let own = OpenValue::Is(value.clone());
        let classes = self.facts.get(&fact).map_or(&[][..], Vec::as_slice);
        values.iter().any(|class| match class {
            OpenValue::Is(_) => *class == own,
            OpenValue::Known | OpenValue::AnyOther => {
                !matches!(value, FactValue::Unknown | FactValue::NoPlace) && !classes.contains(&own)
            }
            OpenValue::Range(from, until) => {
                let at = match value {
                    FactValue::Number(number) => *number,
                    FactValue::Date(day) => i64::from(day.0),
                    _ => return false,
                };
                from.is_none_or(|from| from <= at) && until.is_none_or(|until| at < until)
            }
            other => panic!("{other:?} is no value of a fact"),
        })
    }
}

/// The same facts without some.
pub(super) fn without(facts: &Facts, dropped: &BTreeSet<String>) -> Facts {
    let kept = facts.iter().filter(|(name, _)| !dropped.contains(*name));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}
