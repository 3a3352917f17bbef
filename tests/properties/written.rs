//! A body of law as it is written, read from the emitted JSON: what the judges of this folder know of it. Days stay texts,
//! which sort as the days do; both ends of a stretch of days are inside it.

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Document {
    pub(super) law: Law,
}

#[derive(Deserialize)]
pub(super) struct Law {
    pub(super) countries: Vec<Named>,
    pub(super) languages: Vec<Named>,
    pub(super) matters: Vec<Matter>,
    pub(super) facts: Vec<Fact>,
    pub(super) places: Vec<Place>,
    pub(super) instruments: Vec<Instrument>,
    pub(super) precedence: Vec<OfKind>,
    pub(super) nevers: Vec<Never>,
    pub(super) completes: Vec<Complete>,
}

#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) country: String,
}

#[derive(Deserialize)]
pub(super) struct Matter {
    pub(super) name: String,
    pub(super) between_countries: bool,
    pub(super) under_one_instrument: bool,
}

#[derive(Deserialize)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) choices: Vec<String>,
    pub(super) may_be_unknown: bool,
}

/// Days, both included.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
pub(super) struct Days {
    pub(super) first_day: Option<String>,
    pub(super) last_day: Option<String>,
}

impl Days {
    pub(super) fn hold(&self, day: &str) -> bool {
        self.first_day.as_deref().is_none_or(|first| first <= day)
            && self.last_day.as_deref().is_none_or(|last| day <= last)
    }
}

#[derive(Deserialize)]
pub(super) struct Instrument {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) governs: Vec<String>,
    pub(super) country: Option<String>,
    pub(super) bonds: Vec<Bond>,
    pub(super) in_force: Vec<Days>,
    pub(super) applies: Vec<Days>,
    pub(super) clauses: Vec<Clause>,
    pub(super) replaces: Vec<Replacement>,
    pub(super) supplements: Vec<Replacement>,
    pub(super) unread: Vec<Unread>,
    pub(super) silent_on: Vec<String>,
    pub(super) provisions: Vec<Provision>,
}

#[derive(Deserialize)]
pub(super) struct Bond {
    pub(super) country: String,
    #[serde(flatten)]
    pub(super) days: Days,
    pub(super) only: Vec<String>,
    pub(super) reservations: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Replacement {
    pub(super) instrument: String,
    pub(super) citation: Option<String>,
    #[serde(flatten)]
    pub(super) days: Days,
    at: Option<At>,
}

impl Replacement {
    /// On which line of the text it stands.
    pub(super) fn line(&self) -> usize {
        self.at.as_ref().expect("a place").line
    }
}

#[derive(Deserialize)]
pub(super) struct Unread {
    pub(super) on: String,
    #[serde(default)]
    pub(super) questions: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct OfKind {
    pub(super) every: String,
    pub(super) clause: Clause,
}

#[derive(Clone, Deserialize)]
pub(super) struct Clause {
    pub(super) effect: String,
    pub(super) target: Target,
    #[serde(flatten)]
    pub(super) days: Days,
    at: Option<At>,
}

impl Clause {
    /// On which line of the text it stands.
    pub(super) fn line(&self) -> usize {
        self.at.as_ref().expect("a place").line
    }
}

#[derive(Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Target {
    Text { instrument: String, citation: Option<String> },
    NationalLaw { of: String, country: Option<String> },
    MandatoryRules,
    Kinds { kinds: Vec<String>, same_country: bool },
}

#[derive(Deserialize)]
pub(super) struct Provision {
    pub(super) citation: String,
    pub(super) matters: Vec<String>,
    pub(super) scope: Scope,
    pub(super) when: Option<When>,
    pub(super) clauses: Vec<Clause>,
    pub(super) unread: Vec<Unread>,
    pub(super) rules: Vec<Rule>,
}

#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
pub(super) struct Scope {
    pub(super) requesting: Option<Vec<String>>,
    pub(super) requested: Option<Vec<String>>,
    #[serde(default)]
    pub(super) between: Vec<Vec<String>>,
    pub(super) under: Option<Vec<String>>,
    #[serde(flatten)]
    pub(super) days: Days,
}

#[derive(Deserialize)]
pub(super) struct When {
    pub(super) test: Test,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub(super) enum Test {
    All {
        all: Vec<Test>,
    },
    Any {
        any: Vec<Test>,
    },
    Not {
        not: Box<Test>,
    },
    Applies {
        applies: String,
    },
    OneOf {
        fact: String,
        is_one_of: Vec<Given>,
    },
    Known {
        fact: String,
        #[allow(dead_code, reason = "tells the form from others")]
        is_known: bool,
    },
    Range {
        fact: String,
        at_least: Option<i64>,
        less_than: Option<i64>,
        #[serde(flatten)]
        days: Days,
    },
}

impl Test {
    pub(super) const ALWAYS: Test = Test::All { all: Vec::new() };

    pub(super) fn not(self) -> Test {
        Test::Not { not: Box::new(self) }
    }

    /// The facts that it names.
    pub(super) fn facts(&self, into: &mut std::collections::BTreeSet<String>) {
        match self {
            Test::All { all: parts } | Test::Any { any: parts } => parts.iter().for_each(|part| part.facts(into)),
            Test::Not { not } => not.facts(into),
            Test::Applies { .. } => {}
            Test::OneOf { fact, .. } | Test::Known { fact, .. } | Test::Range { fact, .. } => {
                into.insert(fact.clone());
            }
        }
    }
}

/// The value of a fact.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub(super) enum Given {
    Unknown,
    None,
    YesNo(bool),
    Choice(String),
    Place(String),
    NamedPlace(String),
    Language(String),
    OtherLanguage,
    Country(String),
    OtherCountry,
    Number(i64),
    Day(String),
}

#[derive(Deserialize)]
pub(super) struct Rule {
    pub(super) questions: Vec<Asked>,
    pub(super) matters: Vec<String>,
    pub(super) scope: Scope,
    pub(super) when: Option<When>,
    pub(super) branches: Vec<Branch>,
    pub(super) no_other_ground: bool,
    pub(super) clauses: Vec<Clause>,
    pub(super) at: Option<At>,
}

#[derive(Clone, Deserialize)]
pub(super) struct At {
    pub(super) line: usize,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked {
    pub(super) matter: Option<String>,
    pub(super) question: String,
    pub(super) side: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Branch {
    pub(super) conduct: Option<String>,
    pub(super) answer: Answer,
    pub(super) when: Option<When>,
    pub(super) only: bool,
    pub(super) start_not_held: Option<String>,
    pub(super) at: Option<At>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(super) struct Answer {
    pub(super) strength: String,
    pub(super) values: Vec<Value>,
    pub(super) limit: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct Never {
    pub(super) when: When,
}

#[derive(Deserialize)]
pub(super) struct Complete {
    pub(super) questions: Vec<Asked>,
    pub(super) scope: Scope,
    pub(super) when: Option<When>,
}
