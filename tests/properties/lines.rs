//! An own reading of sections 2 and 3 of the semantics: which texts apply, and which lines a rule is spread out into.

use std::collections::BTreeMap;

use serde_json::Value;

use super::written::{Answer, Asked, Days, Given, Instrument, Law, Provision, Replacement, Rule, Scope, Test, When};

/// Where and when, before any fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Setting {
    pub(super) matter: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) on: String,
}

/// What else a case says: of each fact, and the instrument of the request.
pub(super) type Facts = BTreeMap<String, Given>;

/// The name under which the instrument of the request is kept among the facts.
pub(super) const UNDER: &str = "(under)";

/// A line.
#[derive(Clone)]
pub(super) struct Line<'w> {
    pub(super) instrument: &'w Instrument,
    pub(super) provision: Option<&'w Provision>,
    pub(super) rule: Option<&'w Rule>,
    /// The branch it comes from; none of an opposite.
    pub(super) branch: Option<usize>,
    pub(super) scopes: Vec<Scope>,
    pub(super) when: Test,
    /// None: the text is not held.
    pub(super) answer: Option<Answer>,
}

impl Line<'_> {
    pub(super) fn citation(&self) -> Option<&str> {
        self.provision.map(|provision| provision.citation.as_str())
    }

    pub(super) fn binds(&self) -> bool {
        !["arrangement", "circular"].contains(&self.instrument.kind.as_str())
    }
}

/// What follows the citation is a part of it.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    let Some(rest) = narrow.strip_prefix(wide) else { return false };
    let part = rest.trim_start();
    rest.is_empty()
        || part.starts_with(['(', ',', '.'])
        || (rest.starts_with(' ')
            && ["no", "nr", "point", "litra", "first", "second", "third"]
                .contains(&part.split(' ').next().unwrap_or_default()))
}

fn of_one_country(instrument: &Instrument) -> bool {
    ["statute", "ordinance", "circular"].contains(&instrument.kind.as_str())
}

/// With a citation: by that provision.
fn bound(instrument: &Instrument, country: &str, day: &str, citation: Option<&str>) -> bool {
    if of_one_country(instrument) {
        return instrument.country.as_deref() == Some(country);
    }
    instrument.bonds.iter().any(|bond| {
        let reaches = bond.only.is_empty() || citation.is_none_or(|own| bond.only.iter().any(|only| covers(only, own)));
        bond.country == country && bond.days.hold(day) && reaches
    })
}

fn active(instrument: &Instrument, from: &str, to: &str, day: &str, citation: Option<&str>) -> bool {
    let times = if instrument.applies.is_empty() { &instrument.in_force } else { &instrument.applies };
    if !times.is_empty() && !times.iter().any(|days| days.hold(day)) {
        return false;
    }
    let (one, other) = (bound(instrument, from, day, citation), bound(instrument, to, day, citation));
    if of_one_country(instrument) { one || other } else { one && other }
}

fn replaced(
    law: &Law,
    days: &[String],
    (old, citation): (&Instrument, Option<&str>),
    case: &Setting,
    without: &[&Replacement],
) -> bool {
    law.instruments.iter().filter(|newer| newer.governs.contains(&case.matter)).any(|newer| {
        newer.replaces.iter().filter(|row| !without.iter().any(|gone| std::ptr::eq(*gone, *row))).any(|replaces| {
            let says = replaces.instrument == old.name
                && replaces.citation.as_deref().is_none_or(|wide| citation.is_some_and(|own| covers(wide, own)));
            let ended = replaces.days.last_day.as_ref().is_some_and(|last| *last < case.on);
            let counted = |day: &&String| **day <= case.on && replaces.days.hold(day);
            let so_far = days.iter().chain([&case.on]).filter(counted);
            says && !ended && so_far.into_iter().any(|day| active(newer, &case.from, &case.to, day, None))
        })
    })
}

/// The instrument applies; with a citation, that provision of it.
pub(super) fn applies(law: &Law, days: &[String], text: &Instrument, citation: Option<&str>, case: &Setting) -> bool {
    applies_but_for(law, days, text, citation, case, &[])
}

/// As [`applies`], as if those were not written.
pub(super) fn applies_but_for(
    law: &Law,
    days: &[String],
    text: &Instrument,
    citation: Option<&str>,
    case: &Setting,
    without: &[&Replacement],
) -> bool {
    text.governs.contains(&case.matter)
        && active(text, &case.from, &case.to, &case.on, citation)
        && !replaced(law, days, (text, citation), case, without)
}

/// A country of the case has a reservation on the provision.
pub(super) fn reserved(text: &Instrument, citation: Option<&str>, case: &Setting) -> bool {
    text.bonds.iter().any(|bond| {
        (bond.country == case.from || bond.country == case.to)
            && bond.days.hold(&case.on)
            && citation.is_some_and(|own| bond.reservations.iter().any(|wide| covers(wide, own)))
    })
}

pub(super) fn in_scope(scope: &Scope, case: &Setting) -> bool {
    let has = |set: &Option<Vec<String>>, name: &String| set.as_ref().is_none_or(|set| set.contains(name));
    scope.days.hold(&case.on)
        && has(&scope.requesting, &case.from)
        && has(&scope.requested, &case.to)
        && scope.between.iter().all(|set| set.contains(&case.from) && set.contains(&case.to))
}

/// Countries and day let the line apply.
pub(super) fn can_apply(law: &Law, days: &[String], line: &Line<'_>, case: &Setting) -> bool {
    line.scopes.iter().all(|scope| in_scope(scope, case))
        && applies(law, days, line.instrument, line.citation(), case)
        && !reserved(line.instrument, line.citation(), case)
}

/// The instrument of the request lets the line apply.
pub(super) fn admitted(law: &Law, line: &Line<'_>, case: &Setting, facts: &Facts) -> bool {
    let matter = law.matters.iter().find(|matter| matter.name == case.matter).expect("a matter");
    let restricted = |scope: &&Scope| scope.under.is_some();
    if !matter.under_one_instrument {
        return !line.scopes.iter().any(|scope| restricted(&scope));
    }
    let treaty = line.instrument.kind == "treaty";
    if !treaty && !line.scopes.iter().any(|scope| restricted(&scope)) {
        return true;
    }
    let under = match facts.get(UNDER).expect("what the request is made under") {
        Given::Choice(name) => name.as_str(),
        other => panic!("{other:?} is no instrument"),
    };
    let named = |scope: &Scope| scope.under.as_ref().is_none_or(|set| set.iter().any(|one| one == under));
    (!treaty || made_under(law, &mut vec![&line.instrument.name], under)) && line.scopes.iter().all(named)
}

/// The request is made under one of these texts, or under a treaty that one of them supplements, directly or through others.
fn made_under<'w>(law: &'w Law, texts: &mut Vec<&'w String>, under: &str) -> bool {
    let mut at = 0;
    while let Some(name) = texts.get(at).copied() {
        let row = law.instruments.iter().find(|row| row.name == *name).expect("an instrument");
        if name == under && (at == 0 || row.kind == "treaty") {
            return true;
        }
        let older = row.supplements.iter().map(|older| &older.instrument).filter(|older| !texts.contains(older));
        let more: Vec<_> = older.filter(|_| at == 0 || row.kind == "treaty").collect();
        texts.extend(more);
        at += 1;
    }
    false
}

/// The line applies in the case; its countries and day are known to let it.
pub(super) fn speaks(law: &Law, days: &[String], line: &Line<'_>, case: &Setting, facts: &Facts) -> bool {
    admitted(law, line, case, facts) && holds(law, days, &line.when, case, facts)
}

/// The condition is true; every fact that it names is given.
pub(super) fn holds(law: &Law, days: &[String], test: &Test, case: &Setting, facts: &Facts) -> bool {
    let value = |fact: &String| facts.get(fact).unwrap_or_else(|| panic!("`{fact}` is not given"));
    match test {
        Test::All { all } => all.iter().all(|part| holds(law, days, part, case, facts)),
        Test::Any { any } => any.iter().any(|part| holds(law, days, part, case, facts)),
        Test::Not { not } => !holds(law, days, not, case, facts),
        Test::Applies { applies: name } => {
            let row = law.instruments.iter().find(|row| row.name == *name).expect("an instrument");
            applies(law, days, row, None, case)
        }
        Test::OneOf { fact, is_one_of } => is_one_of.contains(value(fact)),
        Test::Known { fact, .. } => !matches!(value(fact), Given::Unknown | Given::None),
        Test::Range { fact, at_least, less_than, days: range } => match value(fact) {
            Given::Number(number) => {
                at_least.is_none_or(|least| least <= *number) && less_than.is_none_or(|bound| *number < bound)
            }
            Given::Day(day) => range.hold(day),
            _ => false,
        },
    }
}

fn test(when: Option<&When>) -> Test {
    when.map_or(Test::ALWAYS, |when| when.test.clone())
}

fn same(one: &Asked, other: &Asked) -> bool {
    one.question == other.question && one.side == other.side
}

/// All lines of a question.
pub(super) fn lines<'w>(law: &'w Law, matter: &str, asked: &Asked) -> Vec<Line<'w>> {
    let mut lines = Vec::new();
    for instrument in &law.instruments {
        for provision in &instrument.provisions {
            let of_provision: Vec<(&Rule, Vec<Line<'w>>)> = provision
                .rules
                .iter()
                .filter(|rule| rule.matters.iter().any(|one| one == matter))
                .filter(|rule| rule.questions.iter().any(|one| same(one, asked)))
                .map(|rule| (rule, branches(instrument, provision, rule, asked)))
                .collect();
            for (rule, own) in &of_provision {
                lines.extend(own.iter().cloned());
                let Some(first) = own.first() else { continue };
                for answer in opposites(rule, asked) {
                    // What forbids refusing is no ground of the list that lets it.
                    let denies = |answer: &Answer| ["need not", "shall not"].contains(&answer.strength.as_str());
                    let on_one_list = |other: &&Line<'_>| {
                        !asked.question.ends_with(" refuse")
                            || other.answer.as_ref().is_none_or(|own| denies(own) != denies(&answer))
                    };
                    let together = of_provision.iter().flat_map(|(_, lines)| lines);
                    let together = together.filter(|other| other.scopes == first.scopes).filter(on_one_list);
                    let none_of_them = Test::All { all: together.map(|other| other.when.clone().not()).collect() };
                    let when =
                        Test::All { all: vec![none_of_them, test(rule.when.as_ref()), test(provision.when.as_ref())] };
                    lines.push(Line { branch: None, when, answer: Some(answer), ..first.clone() });
                }
            }
        }
    }
    lines.extend(unread(law, matter, asked));
    lines
}

/// One line for each branch of the question, or several where its places can be known apart.
fn branches<'w>(instrument: &'w Instrument, provision: &'w Provision, rule: &'w Rule, asked: &Asked) -> Vec<Line<'w>> {
    let mut lines = Vec::new();
    let mut earlier: Vec<Test> = Vec::new();
    let list = asked.question.ends_with(" refuse");
    for (at, branch) in rule.branches.iter().enumerate() {
        let mut scopes = vec![provision.scope.clone(), rule.scope.clone()];
        if let (true, Some(country)) = (asked.question.starts_with("authority to "), country(rule)) {
            let here = Some(vec![country.to_owned()]);
            scopes.push(match asked.side.as_deref() {
                Some("requesting") => Scope { requesting: here, ..Scope::default() },
                _ => Scope { requested: here, ..Scope::default() },
            });
        }
        let own = test(branch.when.as_ref());
        let places = places(&branch.answer);
        let unknown = |fact: &String| Test::OneOf { fact: fact.clone(), is_one_of: vec![Given::Unknown] };
        let known = |fact: &String| Test::Known { fact: fact.clone(), is_known: true };
        let of_question = branch.conduct.as_ref().is_none_or(|conduct| {
            asked.question.strip_suffix(conduct.as_str()).is_some_and(|before| before.ends_with("authority "))
        });
        let heads = [test(rule.when.as_ref()), test(provision.when.as_ref())];
        for set in 0..1usize << places.len() {
            if !of_question || (set == 0 && !places.is_empty()) {
                continue;
            }
            let is_in = |fact: &str| places.iter().position(|one| one == fact).is_some_and(|at| set >> at & 1 == 1);
            let apart = places.iter().map(|fact| if is_in(fact) { known(fact) } else { known(fact).not() });
            let mut all: Vec<Test> = earlier.clone();
            all.push(own.clone());
            all.extend(apart);
            all.extend(heads.clone());
            let mut answer = branch.answer.clone();
            answer.values.retain(|value| place(value).is_none_or(is_in));
            lines.push(Line {
                instrument,
                provision: Some(provision),
                rule: Some(rule),
                branch: Some(at),
                scopes: scopes.clone(),
                when: Test::All { all },
                answer: branch.start_not_held.is_none().then_some(answer),
            });
        }
        if !list {
            let mut reached = vec![own.not()];
            if !places.is_empty() {
                let none = places.iter().map(|fact| known(fact).not());
                let some = Test::Any { any: places.iter().map(unknown).collect() };
                reached.push(Test::All { all: none.chain([some]).collect() });
            }
            earlier.push(Test::Any { any: reached });
        }
    }
    lines
}

/// What holds where no rule of the provision on the question does.
fn opposites(rule: &Rule, asked: &Asked) -> Vec<Answer> {
    let bare = |strength: &str| Answer { strength: strength.to_owned(), values: Vec::new(), limit: None };
    if asked.question.starts_with("criterion ") {
        let met = serde_json::json!({ "kind": "criterion", "met": false });
        return vec![Answer { values: vec![met], ..bare("shall") }];
    }
    let mut all = Vec::new();
    let of_question =
        |conduct: &Option<String>| conduct.as_ref().is_none_or(|name| asked.question.ends_with(&format!(" {name}")));
    for branch in rule.branches.iter().filter(|branch| branch.only && of_question(&branch.conduct)) {
        all.push(bare(match branch.answer.strength.as_str() {
            "may" => "shall not",
            "shall not" => "may",
            _ => "need not",
        }));
    }
    if rule.no_other_ground {
        all.push(bare("shall not"));
    }
    all
}

/// The fact whose place the value has.
pub(super) fn place(value: &Value) -> Option<&str> {
    value.get("of")?.get("fact")?.as_str()
}

fn places(answer: &Answer) -> Vec<String> {
    let mut places: Vec<String> = answer.values.iter().filter_map(place).map(str::to_owned).collect();
    places.sort();
    places.dedup();
    places
}

/// The country of the authorities that the rule names.
fn country(rule: &Rule) -> Option<&str> {
    let mut values = rule.branches.iter().flat_map(|branch| &branch.answer.values);
    values.find_map(|value| value.get("authority")?.as_str()?.split('.').next())
}

/// Lines whose answer nobody knows.
fn unread<'w>(law: &'w Law, matter: &str, asked: &Asked) -> Vec<Line<'w>> {
    let mut lines = Vec::new();
    let names = |patterns: &[String]| {
        patterns.iter().any(|one| {
            let more = |part: &str| asked.question.starts_with(&format!("{one}{part}"));
            *one == asked.question
                || (one.starts_with("deadline ") && more(" for "))
                || (one.starts_with("criterion ") && more(" of "))
        })
    };
    for instrument in law.instruments.iter().filter(|text| text.governs.iter().any(|one| one == matter)) {
        // A criterion is one instrument's.
        if asked.question.starts_with("criterion ") && !asked.question.ends_with(&format!(" of {}", instrument.name)) {
            continue;
        }
        let has_rule = instrument.provisions.iter().flat_map(|provision| &provision.rules).any(|rule| {
            rule.matters.iter().any(|one| one == matter) && rule.questions.iter().any(|one| same(one, asked))
        });
        let of_instrument = instrument.unread.iter().map(|text| (None, text));
        let of_provisions = instrument
            .provisions
            .iter()
            .filter(|provision| provision.matters.iter().any(|one| one == matter))
            .flat_map(|provision| provision.unread.iter().map(move |text| (Some(provision), text)));
        for (provision, text) in of_instrument.chain(of_provisions) {
            let open = match text.on.as_str() {
                "these" => names(&text.questions),
                "all" => !names(&instrument.silent_on),
                _ => !names(&instrument.silent_on) && !has_rule,
            };
            if open {
                let mut scopes: Vec<Scope> =
                    provision.map(|provision: &Provision| provision.scope.clone()).into_iter().collect();
                scopes.extend(own_side(law, matter, instrument, asked));
                lines.push(Line {
                    instrument,
                    provision,
                    rule: None,
                    branch: None,
                    scopes,
                    when: test(provision.and_then(|provision| provision.when.as_ref())),
                    answer: None,
                });
            }
        }
    }
    lines
}

/// What is not held of a text of one country says nothing about the offices, languages and duties of another.
fn own_side(law: &Law, matter: &str, instrument: &Instrument, asked: &Asked) -> Option<Scope> {
    let own = || instrument.country.clone().map(|country| vec![country]);
    let of_languages =
        ["languages for ", "preferred language for "].iter().any(|head| asked.question.starts_with(head));
    let side = if of_languages { "requested" } else { asked.side.as_deref()? };
    let is_between = law.matters.iter().any(|row| row.name == matter && row.between_countries);
    let scope = |requesting, requested| Scope {
        requesting,
        requested,
        between: Vec::new(),
        under: None,
        days: Days { first_day: None, last_day: None },
    };
    own().filter(|_| is_between)?;
    Some(if side == "requesting" { scope(own(), None) } else { scope(None, own()) })
}
