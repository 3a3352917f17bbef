//! Differences are compared with the reference, case by case: both laws are asked, and where they answer alike no region may
//! hold the case, where they do not one must.

use std::collections::{BTreeMap, BTreeSet};

use forseti::answer::{
    Asked, OpenValue, Outcome, Status, answer, applicability, asked, classes, impossible, misplaced,
};
use forseti::case::Case;
use forseti::difference::{Category, Change, Difference, Region, Test, Told, Value, difference, fingerprint};
use forseti::law::{self, Bearer, Day, FactKind, FactValue, Law, PlaceTerm, Question, QuestionHead, Side, Under};
use forseti::source::{SourceFile, Sources};
use forseti::words;

use crate::cli::{code, run, snapshot};
use crate::dice::Dice;
use crate::proofs::random_law;
use crate::workload;

const TODAY: Day = Day(20_454);

fn law_of(text: &str) -> Law {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    let (law, findings) = forseti::compile::compile(&sources, None);
    let errors: Vec<_> = findings.iter().filter(|finding| forseti::compile::is_error(finding)).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    law
}

fn between(old: &str, new: &str) -> Difference {
    difference(&law_of(old), &law_of(new), TODAY)
}

/// What is said, by names; none where nothing is.
type Said = Option<(&'static str, bool, BTreeSet<String>)>;

fn said(law: &Law, outcome: &Outcome) -> Said {
    let answered = outcome.answers.iter().filter(|_| outcome.status == Status::Answered);
    let one = |value: &law::Value| match value {
        law::Value::Authority(id, Some(PlaceTerm::Place(place))) => {
            format!("{} of {}", words::authority(law, *id), law[*place].name)
        }
        law::Value::Authority(id, Some(PlaceTerm::Named(name))) => {
            format!("{} of {name}", words::authority(law, *id))
        }
        value => words::value(law, value),
    };
    let answers = answered.map(|deciding| {
        let values: BTreeSet<String> = deciding.answer.values.iter().map(one).collect();
        format!(
            "{:?} {values:?} {:?}",
            deciding.answer.strength,
            deciding.answer.limit.map(|limit| words::limit(law, limit))
        )
    });
    let nothing = matches!(outcome.status, Status::NoRule | Status::OutOfScope);
    (!nothing).then(|| (outcome.status.word(), outcome.is_incomplete(), answers.collect()))
}

fn number(value: &FactValue) -> Option<i64> {
    match value {
        FactValue::Number(number) => Some(*number),
        FactValue::Date(day) => Some(i64::from(day.0)),
        _ => None,
    }
}

fn name(law: &Law, fact: law::FactId, value: &FactValue) -> String {
    match value {
        FactValue::OtherPlace(name) => name.clone(),
        value => words::fact_value(law, fact, value),
    }
}

/// A case by names, as it is put to either law.
struct Named {
    from: String,
    to: String,
    on: Day,
    /// By the name of a fact, or `under`.
    facts: BTreeMap<String, Given>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Given {
    Name(String),
    Number(i64),
}

/// The cases that either law can tell apart, with everything given; at most so many, spread evenly.
fn cases(laws: [&Law; 2], most: usize) -> Vec<Named> {
    let scopes = |law: &Law| -> BTreeSet<Day> {
        let scopes = law.provisions.iter().map(|row| &row.scope).chain(law.lines.iter().map(|line| &line.scope));
        applicability::turning_days(law, scopes)
    };
    let turning = laws.iter().flat_map(|law| scopes(law));
    let days: BTreeSet<Day> = turning.flat_map(|day| [day, day.previous()]).chain([Day(0)]).collect();
    let days: Vec<Day> = days.into_iter().collect();
    let countries: BTreeSet<&str> =
        laws.iter().flat_map(|law| &law.countries).map(|country| country.name.as_str()).collect();
    let pairs = countries.iter().flat_map(|from| countries.iter().map(move |to| (*from, *to)));
    let pairs: Vec<_> = pairs.filter(|(from, to)| from != to).collect();
    let mut facts: BTreeMap<String, BTreeSet<Given>> = BTreeMap::new();
    for law in laws {
        let mut tests = Asked::new();
        law.conditions.iter().for_each(|condition| asked(condition, &mut tests));
        law.nevers.iter().for_each(|never| asked(&never.condition, &mut tests));
        for (fact, row) in law.facts() {
            let values = facts.entry(row.name.clone()).or_default();
            for class in classes(law, fact, tests.get(&fact).map_or(&[][..], Vec::as_slice)) {
                values.insert(match (&class.0, number(&class.1)) {
                    (_, Some(number)) => Given::Number(number),
                    (OpenValue::AnyOther | OpenValue::Known, None) if row.kind == FactKind::Place => {
                        Given::Name("Hamar".to_owned())
                    }
                    _ => Given::Name(name(law, fact, &class.1)),
                });
            }
            if let FactKind::OneOf(all) = &row.kind {
                values.extend(all.iter().cloned().map(Given::Name));
            }
            if row.kind == FactKind::Place {
                values.extend(law.places.iter().map(|place| Given::Name(place.name.clone())));
            }
        }
        if law.matters[0].under_one_instrument {
            let names = law.instruments.iter().map(|row| row.name.clone()).chain(["none".to_owned()]);
            facts.entry("under".to_owned()).or_default().extend(names.map(Given::Name));
        }
    }
    let facts: Vec<(String, Vec<Given>)> =
        facts.into_iter().map(|(fact, values)| (fact, values.into_iter().collect())).collect();
    let total = facts.iter().map(|fact| fact.1.len()).chain([pairs.len(), days.len()]).fold(1, usize::saturating_mul);
    // A stride that shares no factor with the total reaches all parts of it.
    let stride = if total <= most { 1 } else { (total / most) | 1 };
    let case = |number: usize| {
        let mut rest = number.wrapping_mul(stride) % total.max(1);
        let mut pick = |length: usize| {
            let chosen = rest % length;
            rest /= length;
            chosen
        };
        let facts = facts.iter().map(|(fact, values)| (fact.clone(), values[pick(values.len())].clone())).collect();
        let (from, to) = pairs[pick(pairs.len())];
        Named { from: from.to_owned(), to: to.to_owned(), on: days[pick(days.len())], facts }
    };
    (0..total.min(most)).map(case).collect()
}

impl Named {
    /// The case as a law has it; a fact that the law does not have is not given.
    fn put(&self, law: &Law) -> Case {
        let country = |name: &str| law.countries().find(|(_, row)| row.name == name).expect("a country").0;
        let mut facts = BTreeMap::new();
        for (id, row) in law.facts() {
            let value = match (&self.facts[&row.name], &row.kind) {
                (Given::Number(number), FactKind::Date) => FactValue::Date(Day(i32::try_from(*number).expect("a day"))),
                (Given::Number(number), _) => FactValue::Number(*number),
                (Given::Name(name), _) if name == "unknown" => FactValue::Unknown,
                (Given::Name(name), FactKind::YesNo) => FactValue::YesNo(name == "yes"),
                (Given::Name(name), FactKind::OneOf(all)) => {
                    let at = all.iter().position(|one| one == name).expect("a value");
                    FactValue::Choice(u32::try_from(at).expect("few"))
                }
                (Given::Name(name), _) if name == "none" => FactValue::NoPlace,
                (Given::Name(name), _) => {
                    let place = law.places().find(|(_, place)| place.name == *name);
                    place.map_or_else(|| FactValue::OtherPlace(name.clone()), |(id, _)| FactValue::Place(id))
                }
            };
            facts.insert(id, value);
        }
        let matter = law.matters().next().expect("a matter");
        let under = matter.1.under_one_instrument.then(|| {
            let Given::Name(name) = &self.facts["under"] else { panic!("an instrument") };
            let found = law.instruments().find(|(_, row)| row.name == *name);
            found.map_or(Under::Nothing, |(id, _)| Under::Instrument(id))
        });
        let (requesting, requested) = (country(&self.from), country(&self.to));
        Case { matter: matter.0, requesting, requested, on: self.on, under, facts, events: BTreeMap::new() }
    }

    fn is_in(&self, region: &Region) -> bool {
        let side = |set: &Option<Vec<String>>, name| set.as_ref().is_none_or(|set| set.contains(name));
        let passes = |test: &Test| {
            test.values.iter().any(|wanted| match (wanted, &self.facts[&test.fact]) {
                (Value::Named(wanted), Given::Name(name)) => wanted == name,
                (Value::AnyOther, Given::Name(name)) => {
                    !test.named.contains(name) && (name != "unknown" && name != "none")
                }
                (Value::Range(from, until), Given::Number(at)) => {
                    from.is_none_or(|from| from <= *at) && until.is_none_or(|until| *at < until)
                }
                _ => false,
            })
        };
        side(&region.from, &self.from)
            && side(&region.to, &self.to)
            && region.dates.contains(self.on)
            && region.tests.iter().all(passes)
    }
}

/// A question of another law, as far as the random laws ask it.
fn head_in(law: &Law, of: &Law, head: QuestionHead) -> Option<QuestionHead> {
    match head {
        QuestionHead::Authority(act, side) => {
            let found = law.acts().find(|(_, row)| row.name == of[act].name);
            found.map(|(id, _)| QuestionHead::Authority(id, side))
        }
        QuestionHead::Conduct(bearer @ Bearer::Authority(_), conduct) => {
            let found = law.words().find(|(_, word)| word.text == of[conduct].text);
            found.map(|(id, _)| QuestionHead::Conduct(bearer, id))
        }
        QuestionHead::Channel | QuestionHead::Means | QuestionHead::Refuse(_) => Some(head),
        _ => None,
    }
}

/// Compares a difference with what both laws answer in many cases; how many of them differ.
fn agrees(laws: [&Law; 2], difference: &Difference, text: &str) -> usize {
    assert!(difference.not_compared.is_empty(), "{:?}", difference.not_compared);
    let key = |law: &Law, question: &Question| (words::question(law, question.head), question.head.side());
    let [mut old, mut new] = laws.map(|law| -> BTreeMap<_, Question> {
        law.questions.iter().map(|question| (key(law, question), *question)).collect()
    });
    // a law can be asked what it has the words for
    for (law, of, asked) in [(laws[0], laws[1], &new.clone()), (laws[1], laws[0], &old.clone())] {
        let mine = if std::ptr::eq(law, laws[0]) { &mut old } else { &mut new };
        for (key, question) in asked {
            if let Some(head) = head_in(law, of, question.head) {
                mine.entry(key.clone()).or_insert(Question { matter: law.matters().next().expect("one").0, head });
            }
        }
    }
    let cases: Vec<(Named, Case, Case)> = cases(laws, 900)
        .into_iter()
        .map(|named| (named.put(laws[0]), named.put(laws[1]), named))
        .map(|(old, new, named)| (named, old, new))
        .collect();
    let mut differing = 0;
    for asked in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let side = match asked.1 {
            Some(Side::Requesting) if asked.0.starts_with("authority to ") => " in the requesting country",
            Some(Side::Requested) if asked.0.starts_with("authority to ") => " in the requested country",
            _ => "",
        };
        let of_question: Vec<&Change> = difference
            .changes
            .iter()
            .filter(|change| {
                change.question == format!("{}{side}", asked.0) && !change.categories.contains(&Category::Standing)
            })
            .collect();
        for (named, before, now) in &cases {
            let head = old.get(asked).or(new.get(asked)).expect("one has it").head;
            if misplaced(laws[0], head, before).is_some() || misplaced(laws[1], head, now).is_some() {
                continue;
            }
            let is_case = |law: &Law, question: Option<&Question>, case: &Case| {
                question.is_some() && impossible(law, case).is_none()
            };
            if !is_case(laws[0], old.get(asked), before) && !is_case(laws[1], new.get(asked), now) {
                continue;
            }
            let answered = |law: &Law, question: Option<&Question>, case: &Case| {
                question.and_then(|question| said(law, &answer(law, question.head, case)))
            };
            let was = answered(laws[0], old.get(asked), before);
            let is = answered(laws[1], new.get(asked), now);
            let reported = of_question.iter().any(|change| change.regions.iter().any(|region| named.is_in(region)));
            let command = || match old.get(asked) {
                Some(question) => words::ask_command(laws[0], question.head, before),
                None => words::ask_command(laws[1], head, now),
            };
            assert_eq!(reported, was != is, "{}: {was:?} {is:?}\n{of_question:#?}\n{text}", command());
            differing += usize::from(reported);
        }
    }
    differing
}

/// The law without some of its lines that stand for themselves, and with others changed.
fn edited(text: &str, dice: &mut Dice) -> String {
    let edits = [
        ("direct", "central"),
        ("is ", "should be "),
        ("2001-01-01", "2001-07-01"),
        ("from Denmark", "from Sweden"),
        ("stage is early", "stage is late"),
        ("urgent", "not urgent"),
        ("oslo", "bergen"),
        ("victims more than 1", "victims more than 2"),
    ];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let bodies: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with("  ")).collect();
    for _ in 0..=dice.throw(3) {
        let at = bodies[dice.throw(bodies.len())];
        let (from, to) = edits[dice.throw(edits.len())];
        lines[at] = lines[at].replacen(from, to, 1).replace("not not ", "");
    }
    lines.join("\n") + "\n"
}

fn compiles(text: &str) -> bool {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    !forseti::compile::compile(&sources, None).1.iter().any(forseti::compile::is_error)
}

/// Two versions of small random laws.
fn versions(count: u64, law: impl Fn(u64) -> String) -> Vec<(String, String)> {
    let mut versions = Vec::new();
    for seed in 0..count {
        let old = law(seed);
        let new = if seed % 4 == 0 { law(seed + 1000) } else { edited(&old, &mut Dice::new(seed)) };
        if compiles(&old) && compiles(&new) {
            versions.push((old, new));
        }
    }
    versions
}

fn agree_everywhere(versions: &[(String, String)], least: usize) {
    let mut differing = 0;
    for (old, new) in versions {
        let (old_law, new_law) = (law_of(old), law_of(new));
        let text = format!("{old}\n---- becomes ----\n{new}");
        let found = difference(&old_law, &new_law, TODAY);
        let seen = agrees([&old_law, &new_law], &found, &text);
        let back = difference(&new_law, &old_law, TODAY);
        assert_eq!(agrees([&new_law, &old_law], &back, &text), seen);
        differing += seen;
        let fingerprints: BTreeSet<String> = found.changes.iter().map(fingerprint).collect();
        assert_eq!(fingerprints.len(), found.changes.len(), "two changes cannot be told apart\n{text}");
        assert_mirrored(&found, &back);
    }
    assert!(differing >= least, "the versions differ too little: {differing}");
}

/// What was is what is, and the other way round.
fn assert_mirrored(there: &Difference, back: &Difference) {
    let pairs = |difference: &Difference, turned: bool| -> BTreeSet<String> {
        let one = |change: &Change| {
            let (was, is) = if turned { (&change.new, &change.old) } else { (&change.old, &change.new) };
            format!("{} {} {was:?} {is:?}", change.matter, change.question)
        };
        difference.changes.iter().map(one).collect()
    };
    assert_eq!(pairs(there, false), pairs(back, true));
}

#[test]
fn regions_hold_the_cases_that_are_answered_otherwise_and_no_others() {
    agree_everywhere(&versions(24, random_law), 1000);
}

#[test]
fn so_they_do_where_facts_and_instruments_of_the_request_differ() {
    agree_everywhere(&versions(28, crate::properties::random_law), 1000);
}

#[test]
fn a_law_does_not_differ_from_itself() {
    for seed in 0..20 {
        let text = random_law(seed);
        let found = between(&text, &text);
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn one_edit_among_a_thousand_rules_is_found_and_nothing_else() {
    let work = workload::competence(1000, 7);
    let old = law_of(&work.text);
    // a rule that meets no other with another answer
    let planted = work.text.match_indices(".a3\n}").map(|(at, _)| at).nth(3).expect("there are many");
    let mut text = work.text.clone();
    text.replace_range(planted..planted + 3, ".a4");
    let found = difference(&old, &law_of(&text), TODAY);
    assert_eq!(found.changes.len(), 1, "{found:#?}");
    let change = &found.changes[0];
    let office = |told: &Told| told.answers[0].split('.').nth(1).map(str::to_owned);
    assert_eq!([office(&change.old), office(&change.new)], [Some("a3".to_owned()), Some("a4".to_owned())]);
    assert!(change.categories.contains(&Category::Replaced));
    assert_eq!(change.old.by, change.new.by);
    assert!(found.interface.is_empty() && found.not_compared.is_empty());
}

const VOCABULARY: &str = "country Denmark (DK), Norway (NO), Sweden (SE)
language Danish (da), Norwegian (no), English (en)
matter transfer \"transfer\" between countries
item request \"the request\"
fact urgent : yes or no
fact stage : one of early, late
fact district : place
fact victims : number
place oslo \"Oslo\" in Norway
authority Norway.court \"Court\"
act decide \"decides\"
instrument list \"the list\" { kind arrangement governs transfer parties Denmark, Norway, Sweden }
";

/// The only change between two laws of one provision each.
fn change(old: &str, new: &str) -> Change {
    let law = |rule: &str| format!("{VOCABULARY}provision \"1\" of list {{\n{rule}\n}}\n");
    let mut found = between(&law(old), &law(new));
    assert_eq!(found.changes.len(), 1, "{:#?}", found.changes);
    found.changes.remove(0)
}

fn categories(old: &str, new: &str) -> Vec<&'static str> {
    change(old, new).categories.iter().map(|category| category.name()).collect()
}

#[test]
fn each_change_has_its_category() {
    let languages = |values: &str| format!("  languages for request from 2026-02-01 are {values}");
    assert_eq!(categories(&languages("Danish, English"), &languages("Danish")), ["narrowed"]);
    assert_eq!(categories(&languages("Danish"), &languages("Danish, English")), ["widened"]);
    assert_eq!(categories(&languages("Danish"), &languages("English")), ["replaced"]);
    assert_eq!(categories(&languages("any"), &languages("English")), ["narrowed"]);
    let channel = |verb: &str| format!("  channel from 2026-02-01 {verb} direct");
    assert_eq!(categories(&channel("should be"), &channel("is")), ["strength-raised"]);
    assert_eq!(categories(&channel("is"), &channel("may be")), ["strength-lowered"]);
    let other = "  means are post";
    let both = |rule: &str| format!("{rule}\n{other}");
    assert_eq!(categories(other, &both(&channel("is"))), ["gap-closed"]);
    assert_eq!(categories(&both(&channel("is")), other), ["gap-opened"]);
    assert_eq!(categories(&channel("is"), "  channel from 2026-02-01 is direct assuming \"so it is\""), ["standing"]);
    assert_eq!(categories("  channel is direct", "  channel is central"), ["replaced", "retroactive"]);
    let twice =
        "  channel from 2026-02-01 is direct\n}\nprovision \"2\" of list {\n  channel is central from 2026-02-01";
    assert_eq!(categories(&channel("is"), twice), ["conflict"]);
    assert_eq!(categories(twice, &channel("is")), ["conflict-settled"]);
}

/// The regions of the only change, in words.
fn regions(old: &str, new: &str) -> Vec<String> {
    change(old, new).regions.into_iter().map(|region| region.words).collect()
}

#[test]
fn regions_are_said_in_words() {
    let direct = "  channel is direct when urgent";
    assert_eq!(
        regions(&format!("{direct}\n    otherwise is central"), &format!("{direct}\n    otherwise is diplomatic")),
        ["all requests, when not urgent"]
    );
    let until = |number: u32| format!("  channel from Denmark to Norway is direct when victims less than {number}");
    assert_eq!(
        regions(&until(3), &until(5)),
        ["requests from Denmark to Norway, when victims is at least 3 and less than 5"]
    );
    let between = "  means are post\n  channel between Denmark and Norway from 2026-02-01 until 2026-02-28 is direct";
    assert_eq!(
        regions("  means are post", between),
        ["requests from Denmark or Norway to Denmark or Norway, from 2026-02-01 until 2026-02-28"]
    );
}

#[test]
fn a_place_that_a_fact_names_is_the_place_that_is_named() {
    let of = |place: &str| format!("  authority to decide in Norway is Norway.court of {place} when district is known");
    let found = change(&of("district"), &of("oslo"));
    let words: Vec<&str> = found.regions.iter().map(|region| region.words.as_str()).collect();
    assert_eq!(words, ["requests to Norway, when district is any other"]);
    let at_oslo =
        |place: &str| format!("  authority to decide in Norway is Norway.court of {place} when district is oslo");
    let law = |rule: &str| format!("{VOCABULARY}provision \"1\" of list {{\n{rule}\n}}\n");
    assert!(between(&law(&at_oslo("district")), &law(&at_oslo("oslo"))).is_empty());
}

#[test]
fn what_only_one_version_knows_is_compared_as_silence() {
    let rules = "provision \"1\" of list {\n  channel is direct when stage is early\n    otherwise is central\n}\n";
    let old = format!("{VOCABULARY}{rules}");
    let later = old.replace("one of early, late", "one of early, late, closed");
    let found = between(&old, &later);
    assert_eq!(found.changes.len(), 1, "{:#?}", found.changes);
    assert_eq!(found.changes[0].old.status, "not-asked");
    assert_eq!(found.changes[0].regions[0].words, "all requests, when stage is closed");
    assert_eq!(found.changes[0].regions[0].witness[0], None);
    assert_eq!(found.interface.len(), 1);
    // a country of which nothing is said changes no answer
    let further = old.replace("Sweden (SE)\n", "Sweden (SE), Finland (FI)\n");
    let found = between(&old, &further);
    assert!(found.changes.is_empty(), "{:#?}", found.changes);
    assert_eq!(found.categories().into_iter().collect::<Vec<_>>(), [Category::Interface]);
    let bound = further.replace("Norway, Sweden }", "Norway, Sweden, Finland }");
    let found = between(&old, &bound);
    let words: Vec<&str> =
        found.changes.iter().flat_map(|change| &change.regions).map(|region| region.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "requests to Finland, when stage is late",
            "requests from Finland, when stage is late",
            "requests to Finland, when stage is early",
            "requests from Finland, when stage is early"
        ]
    );
}

#[test]
fn a_fingerprint_is_made_of_names() {
    let (old, new) = ("  channel is direct", "  channel is central");
    let one = fingerprint(&change(old, new));
    assert_eq!(one, fingerprint(&change(&format!("# a remark\n{old}"), new)));
    assert_ne!(one, fingerprint(&change(old, "  channel is diplomatic")));
    let whose = |countries: &str| {
        let of = |place: &str| format!("  authority to decide {countries} is Norway.court of {place}");
        fingerprint(&change(&of("oslo"), &of("\"Hamar\"")))
    };
    assert_ne!(whose("from Norway"), whose("in Norway"), "it is asked whose authority");
    assert_ne!(
        one,
        fingerprint(&change(old, "  channel is central from 2001-01-01\n  channel until 2000-12-31 is direct"))
    );
}

/// The shipped law does not differ from itself in another layout, with its files in others.
#[test]
fn files_and_layout_change_nothing() {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("all.rules");
    let loaded = forseti::load::load(&[rules.into()]);
    let mut texts: Vec<&str> = loaded.sources.iter().map(|(_, file)| file.text.as_str()).collect();
    texts.reverse();
    std::fs::write(&path, texts.join("\n").replace("\n  ", "\n      ")).expect("it is written");
    let path = path.to_string_lossy();
    let found = run(&["diff", rules, &path, "--fail-on", "any"]);
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    assert_eq!(code(&found), 0, "{text}{}", String::from_utf8_lossy(&found.stderr));
    assert!(text.contains("only texts differ"), "{text}");
}

/// The statements of an item that is laid out, in any order: each begins two blanks from the margin.
fn statements_shuffled(item: &str, dice: &mut Dice) -> String {
    let is_next = |line: &str| line.starts_with("  ") && line[2..].starts_with(|c: char| c.is_alphabetic() || c == '"');
    let lines: Vec<&str> = item.lines().collect();
    let is_body = lines.first().is_some_and(|line| line.starts_with("provision ") && line.ends_with('{'));
    let Some(end) = lines.iter().rposition(|line| *line == "}").filter(|_| is_body) else { return item.to_owned() };
    let mut statements: Vec<Vec<&str>> = Vec::new();
    for line in &lines[1..end] {
        if is_next(line) || statements.is_empty() {
            statements.push(Vec::new());
        }
        statements.last_mut().expect("there is one").push(line);
    }
    dice.shuffle(&mut statements);
    let mut lines: Vec<&str> = [&lines[..1], &statements.concat(), &lines[end..]].concat();
    lines.push("");
    lines.join("\n")
}

/// The law of some files, and the files laid out.
fn law_and_layout(files: &[String]) -> (Law, Vec<String>) {
    let mut sources = Sources::default();
    for (at, text) in files.iter().enumerate() {
        sources.add(SourceFile::new(format!("some/{at}.rules"), text.as_str()));
    }
    let (law, findings) = forseti::compile::compile(&sources, None);
    let errors: Vec<_> = findings.iter().filter(|finding| forseti::compile::is_error(finding)).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{}", files.join("\n----\n"));
    let layouts = sources.iter().map(|(id, file)| forseti::format::format(id, file).expect("it can be laid out"));
    (law, layouts.collect())
}

/// Laid out, with items and statements in another order, and each item in a file of its own, a law is the same.
fn is_the_same_in_every_form(files: &[String], dice: &mut Dice) {
    let (law, laid_out) = law_and_layout(files);
    let mut items: Vec<String> = laid_out.iter().flat_map(|text| crate::fingerprints::items(text)).collect();
    dice.shuffle(&mut items);
    let reordered: Vec<String> = items.iter().map(|item| statements_shuffled(item, dice)).collect();
    assert!(reordered.len() < 3 || reordered.join("") != laid_out.join(""), "nothing was reordered");
    for form in [laid_out, vec![reordered.join("\n")], reordered] {
        let found = difference(&law, &law_and_layout(&form).0, TODAY);
        assert!(found.is_empty(), "{found:#?}\n{}", form.join("\n----\n"));
    }
}

#[test]
fn a_random_law_is_the_same_in_every_form() {
    let mut laws = 0;
    for seed in 0..12 {
        for text in [random_law(seed), crate::properties::random_law(seed)] {
            if compiles(&text) {
                laws += 1;
                is_the_same_in_every_form(&[text], &mut Dice::new(seed));
            }
        }
    }
    assert!(laws >= 12, "{laws}");
}

#[test]
fn the_shipped_law_is_the_same_in_every_form() {
    let loaded = forseti::load::load(&[concat!(env!("CARGO_MANIFEST_DIR"), "/rules").into()]);
    let texts: Vec<String> = loaded.sources.iter().map(|(_, file)| file.text.replace("\n  ", "\n      ")).collect();
    is_the_same_in_every_form(&texts, &mut Dice::new(7));
}

#[test]
fn the_command_says_it_in_each_format_and_fails_where_it_is_told_to() {
    snapshot("diff", &["diff", "difference/old.rules", "difference/new.rules", "--today", "2026-01-01"]);
    let markdown = ["diff", "difference/old.rules", "difference/new.rules", "--today", "2026-01-01", "--format"];
    snapshot("diff_markdown", &[&markdown[..], &["markdown"]].concat());
    snapshot("diff_json", &[&markdown[..], &["json", "--fail-on", "narrowed"]].concat());
    assert_eq!(code(&run(&["diff", "difference/old.rules", "difference/new.rules", "--fail-on", "conflict"])), 0);
    assert_eq!(code(&run(&["diff", "difference/old.rules", "difference/old.rules", "--fail-on", "any"])), 0);
    snapshot("diff_category", &["diff", "difference/old.rules", "difference/new.rules", "--fail-on", "narowed"]);
    snapshot("diff_broken", &["diff", "difference/old.rules", "broken/second.rules"]);
    assert_eq!(code(&run(&["diff", "difference/old.rules", "nowhere.rules"])), 2);
}

#[test]
fn rules_that_nearly_all_meet_are_compared() {
    let old = workload::hostile(60, 7);
    let new = old.replace("when district is d1", "when district is d2");
    let found = between(&old, &new);
    assert!(found.not_compared.is_empty(), "{:?}", found.not_compared);
    assert!(!found.changes.is_empty());
    for change in &found.changes {
        assert!(change.regions.iter().all(|region| region.witness.iter().all(Option::is_some)), "{change:#?}");
    }
}
