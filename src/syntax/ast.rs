//! What was written, with places. No name is looked up here and no default is filled in.
//!
//! Names and texts are parts of the source wherever they can be; the source outlives the tree.

use std::borrow::Cow;

use crate::source::Span;

/// A name as written: `offence-district`, `Norway`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'s> {
    /// The characters.
    pub text: &'s str,
    /// Where.
    pub span: Span,
}

/// A quoted text, with escapes resolved and line breaks folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'s> {
    /// What it says.
    pub value: Cow<'s, str>,
    /// Where, quotes included.
    pub span: Span,
}

/// `Norway.chief-of-police`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualified<'s> {
    /// The country.
    pub country: Name<'s>,
    /// The office.
    pub office: Name<'s>,
}

/// A date as written; whether the calendar has it is checked when names are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateText<'s>(pub Name<'s>);

/// Everything that the files say, in the order of files and places.
#[derive(Clone, Debug, Default)]
pub struct Ast<'s> {
    /// The items.
    pub items: Vec<Item<'s>>,
    /// Names whose declaration could not be read in full, whether or not a part of it is among the items; of an authority,
    /// country and office with the full stop between them. They are declared all the same, so that their uses are not
    /// reported one by one.
    pub broken_names: Vec<Name<'s>>,
}

/// One item of a file.
#[allow(clippy::large_enum_variant, reason = "the largest are rare, and a tree lives briefly")]
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the item of that name")]
pub enum Item<'s> {
    Countries(Vec<Coded<'s>>),
    Languages(Vec<Coded<'s>>),
    Group(Group<'s>),
    Matter(Matter<'s>),
    Act(Titled<'s>),
    Document(Titled<'s>),
    Event(Titled<'s>),
    Fact(Fact<'s>),
    Never(Never<'s>),
    Place(Place<'s>),
    Authority(Authority<'s>),
    Source(Source<'s>),
    Instrument(Instrument<'s>),
    Provision(Provision<'s>),
    Precedence(Precedence<'s>),
    Form(Form<'s>),
    Complete(Complete<'s>),
    Assertion(Assertion<'s>),
    Test(Test<'s>),
    Excuse(Excuse<'s>),
}

/// `Denmark (DK)`.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'s> {
    /// The name in this body of law.
    pub name: Name<'s>,
    /// Its ISO 3166-1 or BCP 47 code.
    pub code: Name<'s>,
}

/// `act send "issues the request"`, and items and events alike.
#[derive(Clone, Debug)]
pub struct Titled<'s> {
    /// The name.
    pub name: Name<'s>,
    /// What it stands for.
    pub title: Text<'s>,
}

/// `group european-union is Denmark, Finland, Sweden`.
#[derive(Clone, Debug)]
pub struct Group<'s> {
    /// The name.
    pub name: Name<'s>,
    /// Its members.
    pub members: Countries<'s>,
}

/// `matter transfer "…" between countries, under one instrument`.
#[derive(Clone, Debug)]
pub struct Matter<'s> {
    /// The name.
    pub name: Name<'s>,
    /// What it is.
    pub title: Text<'s>,
    /// Between two countries, or within one.
    pub between_countries: bool,
    /// A request is made under one instrument, or under none.
    pub under_one_instrument: bool,
}

/// `fact purpose : one of consultation, formal-request`.
#[derive(Clone, Debug)]
pub struct Fact<'s> {
    /// The name.
    pub name: Name<'s>,
    /// Its kind.
    pub kind: FactKind<'s>,
    /// `or unknown` was written.
    pub or_unknown: bool,
    /// What it asks.
    pub title: Option<Text<'s>>,
}

/// The kind of a fact.
#[derive(Clone, Debug)]
pub enum FactKind<'s> {
    /// `yes or no`
    YesNo,
    /// `one of a, b`
    OneOf(Vec<Name<'s>>),
    /// `place`, `language`, `country`, `date`, `number` or a unit of time
    Named(Name<'s>),
}

/// `never CONDITION because "…"`.
#[derive(Clone, Debug)]
pub struct Never<'s> {
    /// The cases that cannot be.
    pub condition: Condition<'s>,
    /// Why.
    pub because: Text<'s>,
    /// The whole item.
    pub span: Span,
}

/// `place aland "Åland" in Finland`.
#[derive(Clone, Debug)]
pub struct Place<'s> {
    /// The name.
    pub name: Name<'s>,
    /// As people write it.
    pub title: Option<Text<'s>>,
    /// Where it lies.
    pub country: Name<'s>,
}

/// `authority Norway.chief-of-police "Chief of Police" { … }`.
#[derive(Clone, Debug)]
pub struct Authority<'s> {
    /// Country and office.
    pub name: Qualified<'s>,
    /// `of aland`: the particulars of this office in that place.
    pub place: Option<Name<'s>>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// How to reach it.
    pub contact: Vec<ContactLine<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One line of the particulars of an authority.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the line of that name")]
pub enum ContactLine<'s> {
    Called { text: Text<'s>, language: Name<'s> },
    Address(Text<'s>),
    Email(Text<'s>),
    Telephone(Text<'s>),
    Website(Text<'s>),
    Note(Text<'s>),
}

/// `source rigsadvokaten-2025 { title "…" dated 2025-11-05 }`.
#[derive(Clone, Debug)]
pub struct Source<'s> {
    /// The name.
    pub name: Name<'s>,
    /// Its lines.
    pub lines: Vec<SourceLine<'s>>,
}

/// One line of a source.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the line of that name")]
pub enum SourceLine<'s> {
    Title(Text<'s>),
    Publisher(Text<'s>),
    Reference(Text<'s>),
    Website(Text<'s>),
    Note(Text<'s>),
    Dated(DateText<'s>),
    Language(Name<'s>),
    ReviewBy(DateText<'s>),
}

/// `instrument transfer-convention-1972 "…" { … }`.
#[derive(Clone, Debug)]
pub struct Instrument<'s> {
    /// The name.
    pub name: Name<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// What is said of it.
    pub statements: Vec<InstrumentStatement<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One statement about an instrument.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the statement of that name")]
pub enum InstrumentStatement<'s> {
    Kind(Name<'s>),
    Governs(Vec<Name<'s>>),
    Parties { countries: Countries<'s>, dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Party { country: Name<'s>, dates: Dates<'s>, basis: Basis<'s>, reservations: Vec<Text<'s>>, span: Span },
    Associated { country: Name<'s>, dates: Dates<'s>, basis: Basis<'s>, only: Vec<Text<'s>>, span: Span },
    Country(Name<'s>),
    InForce { dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Applies { dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Replaces { what: Reference<'s>, dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Supplements { what: Reference<'s>, basis: Basis<'s>, span: Span },
    YieldsTo { what: Ranked<'s>, dates: Dates<'s>, basis: Basis<'s>, span: Span },
    PrevailsOver { what: Ranked<'s>, dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Source(Name<'s>),
    ConsistsOf(Vec<Stretch<'s>>),
    LeftOut { what: Vec<Stretch<'s>>, because: Text<'s>, span: Span },
    TextHeld(TextHeld<'s>),
    SilentOn(Vec<Question<'s>>),
    Assuming(Text<'s>),
}

/// `"Article 1" to "Article 12"`, or one citation alone.
#[derive(Clone, Debug)]
pub struct Stretch<'s> {
    /// The first provision.
    pub first: Text<'s>,
    /// The last one; none: the first alone.
    pub last: Option<Text<'s>>,
    /// The whole stretch.
    pub span: Span,
}

/// `from 2025-06-09 until 2027-01-31`, in any order, at most once each.
#[derive(Clone, Debug, Default)]
pub struct Dates<'s> {
    /// The first day.
    pub from: Option<DateText<'s>>,
    /// The last day.
    pub until: Option<DateText<'s>>,
}

/// `by "Article 11" assuming "…"`.
#[derive(Clone, Debug, Default)]
pub struct Basis<'s> {
    /// The provision that says so.
    pub by: Option<Text<'s>>,
    /// What it rests on.
    pub assuming: Vec<Text<'s>>,
}

/// `text unavailable on languages for request "…"`, `text partial "…"`.
#[derive(Clone, Debug)]
pub struct TextHeld<'s> {
    /// Some of it is held.
    pub partial: bool,
    /// The questions that it is about; empty: all.
    pub on: Vec<Question<'s>>,
    /// Why, or which part.
    pub note: Option<Text<'s>>,
    /// The whole statement.
    pub span: Span,
}

/// An instrument, a provision of it, or a provision of the same instrument.
#[derive(Clone, Debug)]
pub struct Reference<'s> {
    /// The instrument; none: the one that speaks.
    pub instrument: Option<Name<'s>>,
    /// The provision; none: all of it.
    pub citation: Option<Text<'s>>,
    /// The whole reference.
    pub span: Span,
}

/// What a clause of precedence names.
#[derive(Clone, Debug)]
pub enum Ranked<'s> {
    /// `national law of the requested country`
    NationalLaw(LawOf<'s>, Span),
    /// `mandatory rules of binding instruments`
    MandatoryRules(Span),
    /// `treaty, regulation`, `circular of the same country`
    Kinds(Kinds<'s>),
    /// instruments or provisions
    References(Vec<Reference<'s>>),
}

impl Ranked<'_> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Ranked::NationalLaw(_, span) | Ranked::MandatoryRules(span) => *span,
            Ranked::Kinds(kinds) => kinds.span,
            Ranked::References(references) => references[0].span.to(references[references.len() - 1].span),
        }
    }
}

/// Whose national law.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum LawOf<'s> {
    Requesting,
    Requested,
    Either,
    Country(Name<'s>),
}

/// A list of kinds of instrument.
#[derive(Clone, Debug)]
pub struct Kinds<'s> {
    /// The kinds, as written.
    pub kinds: Vec<Name<'s>>,
    /// `of the same country`
    pub same_country: bool,
    /// The whole list.
    pub span: Span,
}

/// `precedence "lex superior" { statute over ordinance }`.
#[derive(Clone, Debug)]
pub struct Precedence<'s> {
    /// What it is called.
    pub title: Text<'s>,
    /// What it rests on.
    pub basis: Basis<'s>,
    /// The lines: above, below.
    pub lines: Vec<(Kinds<'s>, Kinds<'s>)>,
    /// The whole item.
    pub span: Span,
}

/// `provision "Annex II, Norway" of nordic-transfer-2025 … { … }`.
#[derive(Clone, Debug)]
pub struct Provision<'s> {
    /// Where in the instrument.
    pub citation: Text<'s>,
    /// Which instrument.
    pub instrument: Name<'s>,
    /// What stands in its head.
    pub tails: Vec<Tail<'s>>,
    /// What it says.
    pub statements: Vec<ProvisionStatement<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One statement of a provision.
#[derive(Clone, Debug)]
pub enum ProvisionStatement<'s> {
    /// A rule.
    Rule(Rule<'s>),
    /// `not encoded "…"`
    NotEncoded(Text<'s>),
    /// `text unavailable …`
    TextHeld(TextHeld<'s>),
}

/// One rule: its head, what stands before the value, and its branches.
#[derive(Clone, Debug)]
pub struct Rule<'s> {
    /// What it answers.
    pub head: Head<'s>,
    /// Scopes and clauses between head and value.
    pub tails: Vec<Tail<'s>>,
    /// The branches; those after the first begin with `otherwise`. A criterion has one. Grounds are branches of their own kind.
    pub branches: Vec<Branch<'s>>,
    /// The whole rule.
    pub span: Span,
}

/// What a rule answers.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the head of that name")]
pub enum Head<'s> {
    Authority(Vec<Name<'s>>),
    Languages(Vec<Name<'s>>),
    PreferredLanguage(Vec<Name<'s>>),
    Channel,
    Means,
    PreferredMeans,
    Deadline {
        name: Name<'s>,
        party: Option<Name<'s>>,
    },
    Maximum(Name<'s>),
    Criterion {
        name: Name<'s>,
        text: Option<Text<'s>>,
    },
    CriteriaMode(Vec<Name<'s>>),
    Basis(Vec<Name<'s>>),
    /// A conduct names its branches' conduct; all branches are of one bearer.
    Conduct(Bearer<'s>),
    /// `refuse`, with its grounds as branches.
    Refuse {
        bearer: Bearer<'s>,
        no_other_ground: Option<Span>,
    },
}

/// Who bears a duty or holds a power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the word of that name")]
pub enum Bearer<'s> {
    Requesting,
    Requested,
    Either,
    /// `the police`: within one country.
    Named(Name<'s>),
}

/// One branch of a rule.
#[derive(Clone, Debug)]
pub struct Branch<'s> {
    /// How strongly it speaks; a criterion has none of its own and says `is`.
    pub strength: Strength,
    /// What it answers.
    pub value: Value<'s>,
    /// Conditions, clauses, scopes, assumptions.
    pub tails: Vec<Tail<'s>>,
    /// The whole branch.
    pub span: Span,
}

/// The force of a rule, weakest meaning kept apart from strongest by the law model, not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the word of that name")]
pub enum Strength {
    Shall,
    AsARule,
    Should,
    May,
    Contact,
    NeedNot,
    ShallNot,
}

/// What a branch answers, as written.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the value of that name")]
pub enum Value<'s> {
    Authorities(Vec<AuthorityValue<'s>>),
    /// Languages, channels, means.
    Words(Vec<Name<'s>>),
    /// `any`
    Any(Span),
    Deadline {
        duration: Duration<'s>,
        from: Option<Start<'s>>,
        moved: Option<Moved>,
    },
    Maximum {
        duration: Duration<'s>,
        longer_when: Option<Condition<'s>>,
    },
    /// `indicative`, `alternative`, `cumulative`
    Mode(Name<'s>),
    References(Vec<Reference<'s>>),
    Conduct {
        name: Name<'s>,
        limit: Option<Limit<'s>>,
    },
    Ground {
        name: Name<'s>,
        citation: Option<Text<'s>>,
    },
    /// `shall not refuse`, `may refuse`: a rule about refusing that names no ground.
    Refuse,
    /// The criterion is met.
    Met,
}

/// `Norway.chief-of-police of offence-district or residence-district`.
#[derive(Clone, Debug)]
pub struct AuthorityValue<'s> {
    /// The office.
    pub authority: Qualified<'s>,
    /// In which place: facts of kind place, or a place by its name.
    pub places: Vec<PlaceTerm<'s>>,
    /// The whole value.
    pub span: Span,
}

/// A fact of kind place, a declared place, or one named in quotes.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum PlaceTerm<'s> {
    Name(Name<'s>),
    Text(Text<'s>),
}

/// `2 weeks`.
#[derive(Clone, Copy, Debug)]
pub struct Duration<'s> {
    /// The number, as written.
    pub number: Name<'s>,
    /// The unit, as written.
    pub unit: Name<'s>,
}

/// From when a deadline runs.
#[derive(Clone, Debug)]
pub enum Start<'s> {
    /// An event.
    Event(Name<'s>),
    /// A place in the text that is not held.
    NotHeld(Text<'s>),
}

/// What happens to a deadline that ends on a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum Moved {
    SameHourOfNextWeekday,
    NextWeekday,
}

/// How soon something is to be done.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum Limit<'s> {
    Words(Name<'s>),
    Within { duration: Duration<'s>, from: Option<Start<'s>> },
    Before(Name<'s>),
}

/// What can stand beside the value of a rule or in the head of a provision.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Tail<'s> {
    When(Condition<'s>, Span),
    OnlyWhen(Condition<'s>, Span),
    Notwithstanding { what: Ranked<'s>, by: Option<Text<'s>>, span: Span },
    SubjectTo { what: Ranked<'s>, by: Option<Text<'s>>, span: Span },
    AllowsOtherwise { by: Kinds<'s>, span: Span },
    Assuming(Text<'s>),
    Scope(Scope<'s>),
}

/// In which cases something speaks at all.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Scope<'s> {
    FromDate(DateText<'s>),
    UntilDate(DateText<'s>),
    From(Countries<'s>),
    To(Countries<'s>),
    Between(Countries<'s>),
    AnyCountry(Span),
    Concerning(Vec<Name<'s>>),
    Under(Vec<Name<'s>>, Span),
    UnderNoInstrument(Span),
}

/// A list of countries.
#[derive(Clone, Debug)]
pub struct Countries<'s> {
    /// Its members.
    pub terms: Vec<CountryTerm<'s>>,
    /// The whole list.
    pub span: Span,
}

/// A country, a group, or the parties of an instrument.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum CountryTerm<'s> {
    Name(Name<'s>),
    PartiesOf(Name<'s>),
}

/// A condition.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the connective of that name")]
pub enum Condition<'s> {
    All(Vec<Condition<'s>>),
    Any(Vec<Condition<'s>>),
    Not(Box<Condition<'s>>, Span),
    Atom(Atom<'s>),
}

/// One test of one fact, or of an instrument.
#[derive(Clone, Debug)]
pub struct Atom<'s> {
    /// The fact or the instrument.
    pub subject: Name<'s>,
    /// What is asked of it.
    pub predicate: Predicate<'s>,
    /// The whole test.
    pub span: Span,
}

/// What is asked of a fact.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Predicate<'s> {
    Holds,
    Known,
    Unknown,
    None,
    Applies,
    Is(Vec<FactValue<'s>>),
    IsNot(FactValue<'s>),
    Compare(Comparison, FactValue<'s>),
}

/// How a number or a date is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Comparison {
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
    Before,
    After,
}

/// A value that a fact is compared with or given.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum FactValue<'s> {
    Name(Name<'s>),
    Text(Text<'s>),
    Integer(Name<'s>),
    Duration(Duration<'s>),
    Date(DateText<'s>),
}

impl FactValue<'_> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            FactValue::Name(name) | FactValue::Integer(name) | FactValue::Date(DateText(name)) => name.span,
            FactValue::Text(text) => text.span,
            FactValue::Duration(duration) => duration.number.span.to(duration.unit.span),
        }
    }
}

/// `form "Annex I" of nordic-transfer-2025 "…" { section … }`.
#[derive(Clone, Debug)]
pub struct Form<'s> {
    /// Where in the instrument.
    pub citation: Text<'s>,
    /// Which instrument.
    pub instrument: Name<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// Its sections.
    pub sections: Vec<Section<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One section of a form.
#[derive(Clone, Debug)]
pub struct Section<'s> {
    /// Its letter or name.
    pub name: Name<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}

/// One field of a form.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the field of that name")]
pub enum Field<'s> {
    Write { label: Text<'s>, optional: bool, shows: Vec<Shows<'s>> },
    Tick { fact: Name<'s>, label: Text<'s>, shows: Vec<Shows<'s>> },
    Choose { fact: Name<'s>, label: Option<Text<'s>>, shows: Vec<Shows<'s>>, options: Vec<FormOption<'s>> },
}

/// One option of a choice.
#[derive(Clone, Debug)]
pub struct FormOption<'s> {
    /// The value of the fact.
    pub value: Name<'s>,
    /// What the form says.
    pub label: Text<'s>,
    /// What it shows.
    pub shows: Vec<Shows<'s>>,
}

/// What a field or option shows.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Shows<'s> {
    Criteria(Vec<Name<'s>>),
    NoCriterion(Span),
    Conducts(Vec<Name<'s>>),
}

/// A question as written.
#[derive(Clone, Debug)]
pub struct Question<'s> {
    /// What is asked.
    pub head: QuestionHead<'s>,
    /// Where.
    pub span: Span,
}

/// What is asked.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the head of that name")]
pub enum QuestionHead<'s> {
    Authority { act: Name<'s>, side: Option<SideOf<'s>> },
    Languages(Name<'s>),
    PreferredLanguage(Name<'s>),
    Channel,
    Means,
    PreferredMeans,
    Deadline { name: Name<'s>, party: Option<Name<'s>> },
    Maximum(Name<'s>),
    Criterion { name: Name<'s>, instrument: Option<Name<'s>> },
    CriteriaMode(Name<'s>),
    Basis(Name<'s>),
    Refuse(Bearer<'s>),
    Conduct { bearer: Bearer<'s>, conduct: Name<'s> },
}

/// `from Sweden`, `in Norway`: the authority of which country is asked for. The name may be a variable of an assertion.
#[derive(Clone, Copy, Debug)]
pub struct SideOf<'s> {
    /// `from`: of the requesting country.
    pub requesting: bool,
    /// The country.
    pub country: Name<'s>,
}

/// `complete authority to receive concerning transfer between parties of …`.
#[derive(Clone, Debug)]
pub struct Complete<'s> {
    /// The questions that must have an answer.
    pub questions: Vec<Question<'s>>,
    /// In which cases.
    pub scopes: Vec<Scope<'s>>,
    /// Under which condition.
    pub when: Option<Condition<'s>>,
    /// The whole item.
    pub span: Span,
}

/// `assert "…" languages for documents in C within languages for request in C for each C in …`.
#[derive(Clone, Debug)]
pub struct Assertion<'s> {
    /// What is asserted, in words.
    pub title: Text<'s>,
    /// The question.
    pub question: Question<'s>,
    /// In which cases.
    pub scopes: Vec<Scope<'s>>,
    /// What is claimed of its answer.
    pub claim: Claim<'s>,
    /// Under which condition.
    pub when: Option<Condition<'s>>,
    /// `for each C in …`
    pub each: Option<(Name<'s>, Countries<'s>)>,
    /// The whole item.
    pub span: Span,
}

/// What an assertion claims.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Claim<'s> {
    Within { question: Question<'s>, scopes: Vec<Scope<'s>> },
    Includes(Member<'s>),
    Excludes(Member<'s>),
    Answered,
    Strength(Strength),
    Is(Strength, Value<'s>),
}

/// One member of an answer.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum Member<'s> {
    Name(Name<'s>),
    Authority(Qualified<'s>),
}

/// `test "…" { transfer from Sweden to Norway on 2026-01-15 … }`.
#[derive(Clone, Debug)]
pub struct Test<'s> {
    /// What it tests.
    pub title: Text<'s>,
    /// Its lines, in order.
    pub statements: Vec<TestStatement<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One line of a test.
#[allow(clippy::large_enum_variant, reason = "the largest are rare, and a tree lives briefly")]
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the line of that name")]
pub enum TestStatement<'s> {
    Case { matter: Name<'s>, parts: Vec<CasePart<'s>>, span: Span },
    With(Vec<Given<'s>>),
    GovernedBy(Vec<Governing<'s>>),
    NotGovernedBy(Vec<Governing<'s>>),
    Expect(Expectation<'s>),
}

/// A text of which a test says that it applies, or does not.
#[derive(Clone, Debug)]
pub struct Governing<'s> {
    /// The instrument.
    pub instrument: Name<'s>,
    /// The provision; none: the instrument as a whole.
    pub citation: Option<Text<'s>>,
    /// The instrument, and the provision where one is named.
    pub span: Span,
}

/// One part of the case of a test.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum CasePart<'s> {
    From(Name<'s>),
    /// `to` a country, or `in` one.
    To(Name<'s>),
    Under(Vec<Name<'s>>),
    UnderNoInstrument,
    On(DateText<'s>),
}

/// One fact that is given: `offence-district is "Oslo"`, `not suspect-resides`; or an event: `judgment-delivered on 2026-03-02`.
#[derive(Clone, Debug)]
pub struct Given<'s> {
    /// The fact.
    pub fact: Name<'s>,
    /// Its value.
    pub value: GivenValue<'s>,
    /// The whole statement.
    pub span: Span,
}

/// What is said of a fact that is given.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum GivenValue<'s> {
    Yes,
    No,
    Unknown,
    None,
    Value(FactValue<'s>),
    /// It is an event, and this is its day.
    On(DateText<'s>),
}

/// What a test expects of one question.
#[derive(Clone, Debug)]
pub struct Expectation<'s> {
    /// The question.
    pub question: Question<'s>,
    /// What its answer must say.
    pub outcome: Expected<'s>,
    /// `by "Annex II, Norway" of …`: citation and, where it was said, the instrument.
    pub by: Vec<(Text<'s>, Option<Name<'s>>)>,
    /// Assumptions that the answer must show.
    pub assuming: Vec<Text<'s>>,
    /// The whole line.
    pub span: Span,
}

/// What an answer must say.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Expected<'s> {
    Rule {
        strength: Strength,
        value: Value<'s>,
        or_longer: bool,
    },
    Undetermined,
    Incomplete,
    NoRule,
    OutOfScope,
    Conflict,
    Met,
    NotMet,
    DependsOn(Vec<Name<'s>>),
    /// The period of the answer ends on this day.
    Ends(DateText<'s>),
    Includes(Member<'s>),
    Excludes(Member<'s>),
}

/// `excuse idle-precedence in "Article 5(2)" of nordic-transfer-2025 because "…" until 2027-01-01`.
#[derive(Clone, Debug)]
pub struct Excuse<'s> {
    /// The kind of finding.
    pub code: Name<'s>,
    /// At which place.
    pub place: ExcusePlace<'s>,
    /// Why.
    pub because: Text<'s>,
    /// The last day on which it holds.
    pub until: Option<DateText<'s>>,
    /// The whole item.
    pub span: Span,
}

/// Where a finding is excused.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum ExcusePlace<'s> {
    Provision { citation: Text<'s>, instrument: Name<'s> },
    Item(Name<'s>),
}
