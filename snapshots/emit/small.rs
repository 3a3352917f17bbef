/// Who compiled the module, in which version, of which law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta {
    /// The program.
    pub tool: &'static str,
    /// Its version.
    pub tool_version: &'static str,
    /// The version of the rule language.
    pub language_version: u32,
    /// The version of the shape of what is compiled.
    pub schema_version: u32,
    /// The digest of the law.
    pub digest: &'static str,
}

/// Who compiled the module, in which version, of which law.
pub const META: Meta = Meta {
    tool: "forseti",
    tool_version: "0.1.0",
    language_version: 1,
    schema_version: 2,
    digest: "sha256:a3c6f37a3730af8bf6cb1f5311e14b0a27470dfbbc08251e3b4d66ba09209f40",
};

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Country {
    /// Denmark (DK)
    Denmark,
    /// Norway (NO)
    Norway,
}

impl Country {
    /// All of them, in the order of the law.
    pub const ALL: &'static [Country] = &[Country::Denmark, Country::Norway];

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

static COUNTRIES: [(&str, &str); 2] = [
    ("Denmark", "DK"),
    ("Norway", "NO"),
];

impl Country {
    /// Its name in the rules.
    pub fn name(self) -> &'static str {
        COUNTRIES[self.index()].0
    }

    /// ISO 3166-1 alpha-2.
    pub fn code(self) -> &'static str {
        COUNTRIES[self.index()].1
    }
}

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English (en)
    English,
    /// Norwegian (no)
    Norwegian,
}

impl Language {
    /// All of them, in the order of the law.
    pub const ALL: &'static [Language] = &[Language::English, Language::Norwegian];

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

static LANGUAGES: [(&str, &str); 2] = [
    ("English", "en"),
    ("Norwegian", "no"),
];

impl Language {
    /// Its name in the rules.
    pub fn name(self) -> &'static str {
        LANGUAGES[self.index()].0
    }

    /// BCP 47.
    pub fn code(self) -> &'static str {
        LANGUAGES[self.index()].1
    }
}

/// A matter: what is dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// transfer of criminal proceedings
    Transfer,
}

impl Matter {
    /// All of them, in the order of the law.
    pub const ALL: &'static [Matter] = &[Matter::Transfer];

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

static MATTERS: [(&str, &str); 1] = [
    ("transfer", "transfer of criminal proceedings"),
];

impl Matter {
    /// Its name in the rules.
    pub fn name(self) -> &'static str {
        MATTERS[self.index()].0
    }

    /// What it is.
    pub fn title(self) -> &'static str {
        MATTERS[self.index()].1
    }
}

/// A place that the law declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Troms
    Troms,
}

impl Place {
    /// All of them, in the order of the law.
    pub const ALL: &'static [Place] = &[Place::Troms];

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

static PLACES: [(&str, Option<&str>, Country); 1] = [
    ("troms", Some("Troms"), Country::Norway),
];

impl Place {
    /// Its name in the rules.
    pub fn name(self) -> &'static str {
        PLACES[self.index()].0
    }
}

impl Place {
    /// As people write it.
    pub fn title(self) -> Option<&'static str> {
        PLACES[self.index()].1
    }

    /// Where it lies.
    pub fn country(self) -> Country {
        PLACES[self.index()].2
    }
}

/// An instrument: a treaty, a statute or the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Instrument {
    /// Agreement
    Agreement_2025,
    /// Old text
    Old,
    /// Treaty
    Treaty_2000,
}

impl Instrument {
    /// All of them, in the order of the law.
    pub const ALL: &'static [Instrument] = &[Instrument::Agreement_2025, Instrument::Old, Instrument::Treaty_2000];

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

static INSTRUMENTS: [(&str, Option<&str>, &str, bool); 3] = [
    ("agreement-2025", Some("Agreement"), "arrangement", false),
    ("old", Some("Old text"), "treaty", true),
    ("treaty-2000", Some("Treaty"), "treaty", true),
];

impl Instrument {
    /// Its name in the rules.
    pub fn name(self) -> &'static str {
        INSTRUMENTS[self.index()].0
    }

    /// Its kind: treaty, regulation, statute, ordinance, arrangement or circular.
    pub fn kind(self) -> &'static str {
        INSTRUMENTS[self.index()].2
    }
}

impl Instrument {
    /// Its title.
    pub fn title(self) -> Option<&'static str> {
        INSTRUMENTS[self.index()].1
    }

    /// Rules of its kind bind.
    pub fn is_binding(self) -> bool {
        INSTRUMENTS[self.index()].3
    }
}

/// An authority: an office of one country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Authority {
    /// Norway: Director
    NorwayDirector,
    /// Norway: Police
    NorwayPolice,
}

impl Authority {
    /// All of them, in the order of the law.
    pub const ALL: &'static [Authority] = &[Authority::NorwayDirector, Authority::NorwayPolice];

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

static AUTHORITIES: [(&str, Country, Office, &[(Place, Office)]); 2] = [
    ("Norway.director", Country::Norway, Office { title: Some("Director"), called: &[], address: &[], email: &[], telephone: &[], website: &[], note: &[] }, &[]),
    ("Norway.police", Country::Norway, Office { title: Some("Police"), called: &[], address: &[], email: &[], telephone: &[], website: &[], note: &[] }, &[]),
];

impl Authority {
    /// Country and office, as rules name it.
    pub fn name(self) -> &'static str {
        AUTHORITIES[self.index()].0
    }
}

impl Authority {
    /// Its country.
    pub fn country(self) -> Country {
        AUTHORITIES[self.index()].1
    }

    /// Its title and how to reach it.
    pub fn office(self) -> &'static Office {
        &AUTHORITIES[self.index()].2
    }

    /// Its title and how to reach it in a place, where the law says something of its own of that place.
    pub fn office_in(self, place: Place) -> Option<&'static Office> {
        AUTHORITIES[self.index()].3.iter().find(|(at, _)| *at == place).map(|(_, office)| office)
    }
}

/// The particulars of an authority; every list in the order written.
#[derive(Clone, Copy, Debug)]
pub struct Office {
    /// Its title.
    pub title: Option<&'static str>,
    /// Its titles in other languages.
    pub called: &'static [(&'static str, Language)],
    /// Postal addresses.
    pub address: &'static [&'static str],
    /// E-mail addresses.
    pub email: &'static [&'static str],
    /// Telephone numbers.
    pub telephone: &'static [&'static str],
    /// Websites.
    pub website: &'static [&'static str],
    /// What else to know.
    pub note: &'static [&'static str],
}

/// The types of facts that are one of several.
pub mod fact {
}

/// The facts of a case. A fact that is `None` is not given: a question left open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// district: district
    pub district: Option<PlaceFact<'a>>,
    /// mother-tongue: mother-tongue
    pub mother_tongue: Option<OrUnknown<OrOther<Language>>>,
    /// urgent: urgent
    pub urgent: Option<bool>,
    #[doc(hidden)]
    pub _text: ::core::marker::PhantomData<&'a str>,
}

impl<'a> Facts<'a> {
    fn cell(&self, fact: usize, here: [Country; 2]) -> Cell<'a> {
        match fact {
            1 => cell_of_place(self.district, here),
            2 => cell_or_unknown(self.mother_tongue, |value| or_other(value, |value| value.index() as i64)),
            3 => cell(self.urgent.map(|value| i64::from(value))),
            _ => Cell::Open,
        }
    }
}

// ------------------------------------------------------------------------------------------------ questions

/// transfer of criminal proceedings
pub mod transfer {
    use super::{resolve, Answer, Case, QUESTIONS};

    /// authority to receive
    pub fn authority_to_receive<'a>(case: &'a Case<'a>) -> Answer<'a> {
        resolve(&QUESTIONS[0], case)
    }

    /// languages for request
    pub fn languages_for_request<'a>(case: &'a Case<'a>) -> Answer<'a> {
        resolve(&QUESTIONS[1], case)
    }

    /// channel
    pub fn channel<'a>(case: &'a Case<'a>) -> Answer<'a> {
        resolve(&QUESTIONS[2], case)
    }
}

// ----------------------------------------------------------------------------------------------------- data

const FACT_COUNT: usize = 4;
const LINE_WORDS: usize = 1;
const CLAUSE_WORDS: usize = 1;
const QUESTION_COUNT: u32 = 3;

const PLACE_FACTS: &[usize] = &[1];

static FACTS: [FactRow; 4] = [
    FactRow { name: 10, classes: &[Cell::Is(-1), Cell::Is(1), Cell::Is(2), Cell::Is(0)], tied: &[0] },
    FactRow { name: 7, classes: &[Cell::Outside, Cell::Named(""), Cell::Unknown], tied: &[1, 3] },
    FactRow { name: 8, classes: &[Cell::Is(1), Cell::Is(0), Cell::Unknown], tied: &[2] },
    FactRow { name: 9, classes: &[Cell::Is(1), Cell::Is(0)], tied: &[1, 3] },
];

static COMPOSED: [(char, &str); 0] = [
];

static MARKS: [(char, u8); 0] = [
];

static QUESTIONS: [QuestionRow; 3] = [
    QuestionRow { roll: NONE, root: 36, outcomes: 32, axes: List(0, 2), matter: Matter::Transfer, words: 4, of_requesting: Some(false), places_of_requesting: Some(false), collected: false, between: true, rows: List(0, 0), columns: List(0, 0), width: 0, grid: List(0, 0) },
    QuestionRow { roll: NONE, root: 64, outcomes: 57, axes: List(2, 3), matter: Matter::Transfer, words: 5, of_requesting: None, places_of_requesting: None, collected: false, between: true, rows: List(0, 0), columns: List(0, 0), width: 0, grid: List(0, 0) },
    QuestionRow { roll: NONE, root: 95, outcomes: 96, axes: List(5, 2), matter: Matter::Transfer, words: 6, of_requesting: None, places_of_requesting: None, collected: false, between: true, rows: List(0, 0), columns: List(0, 0), width: 0, grid: List(0, 0) },
];

static GRID: [u32; 0] = [
];

static TIMELINES: [List; 0] = [
];

static PERIODS: [Period; 0] = [
];

static PROFILES: [Profile; 0] = [
];

static ENTRIES: [Entry; 0] = [
];

static EDGES: [Edge; 0] = [
];

static PAIRS: [(u32, u32); 0] = [
];

static LINES: [LineRow; 7] = [
    LineRow { instrument: Instrument::Agreement_2025, provision: NONE, note: NONE, strength: Some(Strength::Shall), limit: None, values: List(0, 1), says: 0, placed: true },
    LineRow { instrument: Instrument::Agreement_2025, provision: NONE, note: NONE, strength: Some(Strength::Shall), limit: None, values: List(1, 1), says: 1, placed: false },
    LineRow { instrument: Instrument::Agreement_2025, provision: NONE, note: NONE, strength: Some(Strength::Shall), limit: None, values: List(2, 2), says: 2, placed: false },
    LineRow { instrument: Instrument::Old, provision: NONE, note: 1, strength: None, limit: None, values: List(4, 0), says: 3, placed: false },
    LineRow { instrument: Instrument::Treaty_2000, provision: NONE, note: NONE, strength: Some(Strength::Shall), limit: None, values: List(4, 1), says: 4, placed: false },
    LineRow { instrument: Instrument::Treaty_2000, provision: NONE, note: NONE, strength: Some(Strength::Shall), limit: None, values: List(5, 1), says: 5, placed: false },
    LineRow { instrument: Instrument::Agreement_2025, provision: NONE, note: NONE, strength: Some(Strength::Shall), limit: None, values: List(6, 1), says: 6, placed: false },
];

static VALUES: [Value<'static>; 7] = [
    Value::Authority(Authority::NorwayPolice, Some(PlaceOf::Fact("district"))),
    Value::Authority(Authority::NorwayDirector, None),
    Value::Language(Language::English),
    Value::Language(Language::Norwegian),
    Value::Word("central"),
    Value::Word("diplomatic"),
    Value::Word("direct"),
];

static STEPS: [Step; 0] = [
];

static TESTS: [Test; 0] = [
];

static LISTS: [u32; 0] = [
];

const MOST_CHOSEN: usize = 0;

static ROLLS: [Roll; 0] = [
];

static SPANS: [Span; 0] = [
];

static STAYS: [Stay; 0] = [
];

static VOICES: [Voice; 0] = [
];

static BITS: Block<0> = Block(*b"");

const IMPOSSIBLE: u32 = 0;
const OUTCOME_WORDS: usize = 1;
const TEXT_AT: u32 = 100;

static AXES: [AxisRow; 7] = [
    AxisRow { fact: 1, count: 3, tied: &[0], unknown: 2, outside: 0, other: 1, values: &[], bounds: &[] },
    AxisRow { fact: 3, count: 2, tied: &[], unknown: 0, outside: 0, other: 0, values: &[1, 0], bounds: &[] },
    AxisRow { fact: 2, count: 3, tied: &[2], unknown: 2, outside: 0, other: 1, values: &[1, 0], bounds: &[] },
    AxisRow { fact: 3, count: 2, tied: &[], unknown: 0, outside: 0, other: 0, values: &[1, 0], bounds: &[] },
    AxisRow { fact: 1, count: 3, tied: &[], unknown: 2, outside: 0, other: 1, values: &[], bounds: &[] },
    AxisRow { fact: 3, count: 2, tied: &[5], unknown: 0, outside: 0, other: 0, values: &[1, 0], bounds: &[] },
    AxisRow { fact: 1, count: 3, tied: &[], unknown: 2, outside: 0, other: 1, values: &[], bounds: &[] },
];

static NODES: Block<392> = Block(*b"\
\x04\0\x02\0\0\0\0\xc0\x09\0\0\xa0\x03\0\x03\0\x09\0\0\xa0\x09\0\0\xa0\0\0\0\0\x02\x80\x02\0\x18O\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\
\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\x09\0\0\xa0\x10\0\0\x80\x02\x80\x02\0\x18O\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\
\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\x09\0\0\xa0\x18\0\0\x80\x04\0\x02\0\0\0\0\xc0\x07\0\0\0\x03\0\x03\0\x07\0\0\0\x12\0\0\0\x1d\0\0\0\
\0\0\x02\0\x03\0\0\0\x20\0\0\0\x02\x80\x02\0\x18O\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\
'\0\0\x900\0\0\x90\x07\0\x03\0'\0\0\0'\0\0\0\0\0\0\xc0\x06\0\x02\02\0\0\0'\0\0\0\x07\0\x03\0'\0\0\x90'\0\0\x90\
\0\0\0\xc0\x06\0\x02\09\0\0\0'\0\0\x90\x05\0\x03\06\0\0\0=\0\0\0=\0\0\0\x02\x80\x03\0\xcd*\0\0\x18O\0\0\xff\xff\xff\x7f\
\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7fA\0\0\xa0F\0\0\x80P\0\0\x80\x09\0\x03\0D\0\0\0D\0\0\0\0\0\0\xc0\
\x02\x80\x02\0\xcd*\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff\x7fA\0\0\xa0X\0\0\x80\x08\0\x02\0\
P\0\0\0T\0\0\0");

static DATA: Block<448> = Block(*b"\
\x04\0\0\0\0\0\0\0\xff\xff\xff\xff\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\0\0\0\0\
\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\0\0\0\0\0\0\x07\0\0\0\x0e\0\0\0\x01\0\0\0\
\x08\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\0\0\0\0\0\0\x05\0\0\0\x0e\0\0\0\0\0\0\0\x09\0\0\0\x10\0\0\0\x18\0\0\0\x02\0\0\0\
\0\0\0\0\x03\0\0\0\xff\xff\xff\xff\x01\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\x01\0\0\0%\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
\x01\0\0\0\x01\0\0\0\x03\0\0\0\x01\0\0\0\x01\0\0\0#\0\0\0\x0e\0\0\0\x02\0\0\0%\0\0\0'\0\0\00\0\0\0\x04\0\0\0\
\x02\0\0\0\x05\0\0\0\x02\0\0\0\x06\0\0\0\x02\0\0\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\
\x04\0\0\0\x01\0\0\0\0\0\0\0;\0\0\0\x0e\0\0\0\x04\0\0\0\x01\0\0\0\x03\0\0\0\0\0\0\0\x02\0\0\0\x05\0\0\0\x01\0\0\0\
\0\0\0\0?\0\0\0N\0\0\0\x06\0\0\0\0\0\0\0\x03\0\0\0\x06\0\0\0\x01\0\0\0\0\0\0\0=\0\0\0\x0e\0\0\0\x05\0\0\0\
A\0\0\0F\0\0\0P\0\0\0X\0\0\0\0\0\0\0\x05\0\0\0\x0d\0\0\0\x16\0\0\0\x1c\0\0\00\0\0\0E\0\0\0L\0\0\0\
T\0\0\0a\0\0\0g\0\0\0l\0\0\0");

static MAPS: &[u8] = b"";

static TEXT: &str = "\
Annex\
not held\
Article 1\
agreed\
authority to receive\
languages for request\
channel\
district\
mother-tongue\
urgent\
under\
";

