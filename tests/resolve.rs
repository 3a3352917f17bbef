//! Names, kinds, scopes, dates: what is found in files that are not in order, and that their order means nothing.

use std::fmt::Write as _;

use proptest::prelude::*;

use forseti::finding::{Finding, Severity};
use forseti::law::{
    Condition, CountryId, FactKind, FactValue, LanguageId, Law, Line, LineOrigin, PlaceId, PlaceTerm, Strength, Value,
};
use forseti::resolve::{country_named, given, question, resolve};
use forseti::source::{FileId, SourceFile, Sources};
use forseti::syntax;

/// Resolves one text; the findings of both stages, in the order of places.
fn resolved(text: &str) -> (Law, Vec<Finding>, Sources) {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    let (ast, mut findings) = syntax::parse(&sources);
    let (law, more) = resolve(&ast);
    findings.extend(more);
    (law, findings, sources)
}

fn in_lines(findings: &[Finding], sources: &Sources) -> String {
    let mut lines = String::new();
    for finding in findings {
        let place = finding.place.as_ref().map(|place| {
            let (line, column) = sources.file(place.span.file).line_column(place.span.start);
            format!("{line}:{column} ")
        });
        writeln!(lines, "{}{} {}", place.unwrap_or_default(), finding.code.name(), finding.message).expect("a string");
        for more in finding.why.iter().chain(&finding.help) {
            writeln!(lines, "    {more}").expect("a string");
        }
    }
    lines
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    crate::snapshots().bind(|| {
        insta::glob!("cases/resolve/*.rules", |path| {
            let text = std::fs::read_to_string(path).expect("a case can be read");
            let (_, findings, sources) = resolved(&text);
            insta::assert_snapshot!("resolve", in_lines(&findings, &sources));
        });
    });
}

/// What the rows of a law are without the places in files.
fn without_places(law: &Law) -> String {
    let text = format!("{law:#?}");
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_end().ends_with("Span {") {
            // A place takes the same lines everywhere: up to its closing brace.
            let indent = line.len() - line.trim_start().len();
            for inner in lines.by_ref() {
                if inner.len() - inner.trim_start().len() == indent && inner.trim_start().starts_with('}') {
                    break;
                }
            }
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// The items of a text, each at the start of a line.
fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in text.lines() {
        let begins = line.chars().next().is_some_and(char::is_alphabetic);
        match items.last_mut() {
            Some(item) if !begins => {
                item.push('\n');
                item.push_str(line);
            }
            _ => items.push(line.to_owned()),
        }
    }
    items
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_items_means_nothing(seed in any::<u64>()) {
        let text = include_str!("cases/resolve/right/order.rules");
        let (law, findings, _) = resolved(text);
        prop_assert!(findings.iter().all(|finding| finding.severity == Severity::Note), "{findings:?}");

        let mut shuffled = items(text);
        let mut state = seed;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, usize::try_from(state >> 33).expect("31 bits") % (at + 1));
        }
        let (other, more, _) = resolved(&shuffled.join("\n"));
        prop_assert_eq!(without_places(&law), without_places(&other));
        let messages = |findings: &[Finding]| {
            let mut messages: Vec<_> = findings.iter().map(|finding| finding.message.clone()).collect();
            messages.sort();
            messages
        };
        prop_assert_eq!(messages(&findings), messages(&more));
    }
}

/// A value for each fact, in the order of the table.
type Values = Vec<FactValue>;

fn holds(condition: &Condition, facts: &Values) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| holds(part, facts)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, facts)),
        Condition::Not(inner) => !holds(inner, facts),
        Condition::Fact(fact, test) => test.passes(&facts[fact.index()]),
        Condition::Applies(_) => panic!("no instrument is tested here"),
    }
}

/// Every combination of values of facts that are yes or no, or places.
fn all_values(law: &Law) -> Vec<Values> {
    law.facts.iter().fold(vec![Vec::new()], |before, fact| {
        let values = match fact.kind {
            FactKind::YesNo => vec![FactValue::YesNo(true), FactValue::YesNo(false)],
            FactKind::Place => {
                vec![FactValue::Unknown, FactValue::NoPlace, FactValue::OtherPlace("Oslo".to_owned())]
            }
            _ => panic!("no other kind is used here"),
        };
        let with = |start: &Values, value: &FactValue| start.iter().chain([value]).cloned().collect::<Values>();
        before.iter().flat_map(|start| values.iter().map(move |value| with(start, value))).collect()
    })
}

const LAW: &str = "
country Norway (NO), Sweden (SE)
matter transfer \"transfer\" between countries
act receive \"receives\"
fact yes : yes or no   fact also : yes or no   fact here : place   fact there : place
authority Norway.chief   authority Norway.director   authority Norway.court
instrument agreement { kind arrangement governs transfer parties Norway, Sweden }
";

/// A law with one provision of these rules.
fn law_of(rules: &str) -> Law {
    let (law, findings, _) = resolved(&format!("{LAW}\nprovision \"Article 1\" of agreement {rules}\n"));
    assert!(findings.iter().all(|finding| finding.severity == Severity::Note), "{findings:?}");
    law
}

/// What the lines of a question answer when the facts have these values: strength and alternatives, sorted.
fn answers(law: &Law, question: &str, facts: &Values) -> Vec<(Strength, String)> {
    let speaks = |line: &&Line| {
        format!("{:?}", law[line.question].head).starts_with(question) && holds(&law[line.condition], facts)
    };
    let answer = |line: &Line| {
        let answer = &law[line.answer.expect("all of it is held")];
        let mut words: Vec<_> = answer.values.iter().map(|value| in_words(law, value)).collect();
        words.sort();
        (answer.strength, words.join(" "))
    };
    let mut found: Vec<_> = law.lines.iter().filter(speaks).map(answer).collect();
    found.sort();
    found
}

fn in_words(law: &Law, value: &Value) -> String {
    match value {
        Value::Authority(id, None) => law[*id].office.clone(),
        Value::Authority(id, Some(PlaceTerm::Fact(fact))) => format!("{}:{}", law[*id].office, law[*fact].name),
        Value::Word(word) | Value::Ground(word, _) => law[*word].text.clone(),
        Value::Met(met) => met.to_string(),
        Value::Maximum { or_longer, .. } => or_longer.to_string(),
        other => format!("{other:?}"),
    }
}

/// The facts in the order of the table: also, here, there, yes.
fn facts(values: &Values) -> (bool, &FactValue, &FactValue, bool) {
    (values[0] == FactValue::YesNo(true), &values[1], &values[2], values[3] == FactValue::YesNo(true))
}

fn is_known(place: &FactValue) -> bool {
    matches!(place, FactValue::OtherPlace(_))
}

#[test]
fn a_branch_holds_where_no_earlier_one_does() {
    let law = law_of("when also { channel is a when yes otherwise should be b }");
    for values in all_values(&law) {
        let (also, _, _, yes) = facts(&values);
        let expected = match (also, yes) {
            (false, _) => vec![],
            (true, true) => vec![(Strength::Shall, "a".to_owned())],
            (true, false) => vec![(Strength::Should, "b".to_owned())],
        };
        assert_eq!(answers(&law, "Channel", &values), expected, "{values:?}");
    }
}

#[test]
fn places_are_alternatives_and_otherwise_needs_one_unknown() {
    let law = law_of(
        "{ authority to receive in Norway is Norway.chief of here or there, Norway.court when yes
             otherwise should be Norway.director }",
    );
    for values in all_values(&law) {
        let (_, here, there, yes) = facts(&values);
        let unknown = [here, there].contains(&&FactValue::Unknown);
        let expected = match (yes, is_known(here), is_known(there)) {
            (true, true, true) => vec![(Strength::Shall, "chief:here chief:there court")],
            (true, true, false) => vec![(Strength::Shall, "chief:here court")],
            (true, false, true) => vec![(Strength::Shall, "chief:there court")],
            (true, false, false) if !unknown => vec![],
            _ => vec![(Strength::Should, "director")],
        };
        let expected: Vec<_> = expected.into_iter().map(|(strength, words)| (strength, words.to_owned())).collect();
        assert_eq!(answers(&law, "Authority", &values), expected, "{values:?}");
    }
}

#[test]
fn only_when_says_the_opposite_elsewhere_within_the_heads() {
    let strengths = [
        ("shall", Strength::Shall, Strength::NeedNot),
        ("shall as a rule", Strength::AsARule, Strength::NeedNot),
        ("should", Strength::Should, Strength::NeedNot),
        ("may", Strength::May, Strength::ShallNot),
        ("shall not", Strength::ShallNot, Strength::May),
    ];
    for (word, strength, opposite) in strengths {
        let law = law_of(&format!(
            "when also {{ requesting authority {word} act only when yes
                          requesting authority {word} act when here is known }}"
        ));
        for values in all_values(&law) {
            let (also, here, _, yes) = facts(&values);
            let positive = usize::from(yes) + usize::from(is_known(here));
            let mut expected = vec![(strength, String::new()); if also { positive } else { 0 }];
            if also && positive == 0 {
                expected.push((opposite, String::new()));
            }
            assert_eq!(answers(&law, "Conduct", &values), expected, "{word} {values:?}");
        }
    }
}

#[test]
fn a_closed_list_forbids_other_grounds() {
    let law = law_of(
        "{ requested authority may refuse on ground one when yes on ground two \"(b)\" when also on no other ground }",
    );
    for values in all_values(&law) {
        let (also, _, _, yes) = facts(&values);
        let mut expected = Vec::new();
        if yes {
            expected.push((Strength::May, "one".to_owned()));
        }
        if also {
            expected.push((Strength::May, "two".to_owned()));
        }
        if expected.is_empty() {
            expected.push((Strength::ShallNot, String::new()));
        }
        assert_eq!(answers(&law, "Refuse", &values), expected, "{values:?}");
    }
}

#[test]
fn a_criterion_is_met_or_not_met() {
    let law = law_of("{ criterion one when yes  criterion one when also  criterion two }");
    for values in all_values(&law) {
        let (also, _, _, yes) = facts(&values);
        let mut found: Vec<_> = answers(&law, "Criterion", &values).into_iter().map(|(_, words)| words).collect();
        found.dedup();
        let expected = if yes || also { vec!["true"] } else { vec!["false", "true"] };
        assert_eq!(found, expected, "{values:?}");
    }
}

#[test]
fn a_maximum_is_exceeded_only_when_the_text_lets_it() {
    let law = law_of("{ maximum remand is 4 weeks, longer when also when yes }");
    for values in all_values(&law) {
        let (also, _, _, yes) = facts(&values);
        let expected = if yes { vec![(Strength::Shall, also.to_string())] } else { vec![] };
        assert_eq!(answers(&law, "Maximum", &values), expected, "{values:?}");
    }
}

#[test]
fn a_time_from_a_text_that_is_not_held_is_unread() {
    let law = law_of(
        "{ deadline appeal is 2 weeks from \"§ 310(3)\"  requested authority shall act within 1 day from \"§ 2\" }",
    );
    let notes: Vec<_> = law
        .lines
        .iter()
        .map(|line| {
            assert_eq!(line.answer, None);
            match line.origin {
                LineOrigin::Unread(Some(note)) => law[note].as_str(),
                other => panic!("{other:?} is read"),
            }
        })
        .collect();
    let expected = [
        "2 weeks from the day fixed by \"§ 310(3)\", which is not held",
        "1 day from the day fixed by \"§ 2\", which is not held",
    ];
    assert_eq!(notes, expected);
}

/// What is made of a question, or why not.
fn asked(law: &Law, text: &str) -> Result<String, String> {
    let written = syntax::parse_question(FileId(0), text).map_err(|finding| finding.message)?;
    let matter = law.matters().next().map(|(id, _)| id);
    question(law, matter, &written)
        .map(|head| format!("{head:?}"))
        .map_err(|finding| format!("{} {}", finding.code.name(), finding.help.unwrap_or_default()))
}

#[test]
fn questions_are_filled_in_from_the_rules_and_never_guessed() {
    let law = law_of(
        "{ authority to receive from Norway is Norway.chief  criterion residence when yes
           deadline appeal for accused is 2 weeks  requested authority shall report-outcome }",
    );
    assert_eq!(asked(&law, "authority to receive").as_deref(), Ok("Authority(ActId(0), Requesting)"));
    let other_side = asked(&law, "authority to receive in Norway").expect_err("only the other side has one");
    assert!(other_side.contains("did you mean `authority to receive from …`?"), "{other_side}");
    assert_eq!(asked(&law, "criterion residence"), asked(&law, "criterion residence of agreement"));
    assert_eq!(asked(&law, "deadline appeal"), asked(&law, "deadline appeal for accused"));
    assert!(asked(&law, "channel").is_ok() && asked(&law, "requesting authority refuse").is_ok());
    for (wrong, help) in [
        ("authority to recieve", "did you mean `receive`?"),
        ("criterion residenc", "did you mean `residence`?"),
        ("deadline apeal", "did you mean `appeal`?"),
        ("requested authority report-outcom", "did you mean `report-outcome`?"),
        // A word of another role is no answer to this question.
        ("maximum appeal", "a word that no rule uses can have no answer: write the word as the rules do"),
    ] {
        assert_eq!(asked(&law, wrong), Err(format!("unknown-name {help}")), "{wrong}");
    }
}

#[test]
fn what_is_given_is_read_in_the_countries_of_the_case() {
    let (law, ..) = resolved(&format!(
        "{LAW}\nplace vik-n \"Vik\" in Norway\nplace vik-s \"Vik\" in Sweden\nlanguage Swedish (sv)
         fact sentence : months\nfact tongue : language or unknown\n"
    ));
    let countries: Vec<_> = law.countries().map(|(id, _)| id).collect();
    let value = |text: &str, countries: &[CountryId]| {
        let written = syntax::parse_given(FileId(0), text).map_err(|finding| finding.message)?;
        given(&law, countries, &written).map(|(_, value)| value).map_err(|finding| finding.code.name().to_owned())
    };
    let ambiguous = Err("ambiguous-name".to_owned());
    assert_eq!(value("here is \"Vik\"", &countries[..1]), Ok(FactValue::Place(PlaceId(0))));
    assert_eq!(value("here is \"Vik\"", &countries[1..]), Ok(FactValue::Place(PlaceId(1))));
    assert_eq!(value("here is \"Vik\"", &countries), ambiguous);
    assert_eq!(value("here is \"Oslo\"", &countries), Ok(FactValue::OtherPlace("Oslo".to_owned())));
    assert_eq!(value("here is vik-s", &countries[..1]), Err("bad-fact".to_owned()));
    assert_eq!(value("sentence is 2 years", &countries), Ok(FactValue::Number(24)));
    assert_eq!(value("sentence is 10 days", &countries), Err("bad-number".to_owned()));
    assert_eq!(value("tongue is sv", &countries), Ok(FactValue::Language(LanguageId(0))));
    assert_eq!(value("tongue is other", &countries), Ok(FactValue::OtherLanguage));
    assert_eq!(value("tongue is Swedisch", &countries), Err("bad-fact".to_owned()));
    assert_eq!(value("tongue unknown", &countries), Ok(FactValue::Unknown));
    assert_eq!(value("not yes", &countries), Ok(FactValue::YesNo(false)));
    assert_eq!(country_named(&law, "se"), country_named(&law, "Sweden"));
}

#[test]
fn more_countries_than_a_set_can_hold_are_refused_and_none_is_left_out_in_silence() {
    let letters = || 'A'..='Z';
    let countries = letters().flat_map(|a| letters().map(move |b| format!("country C{a}{b} ({a}{b})"))).take(258);
    let (law, findings, _) = resolved(&countries.collect::<Vec<_>>().join("\n"));
    let limits: Vec<_> = findings.iter().filter(|finding| finding.code.name() == "limit").collect();
    assert_eq!(law.countries.len(), 256);
    assert_eq!(limits.len(), 1);
    assert_eq!(limits[0].message, "258 countries are declared, and 256 are the most that can be");
}
