//! What is said about the answers of the law: what must be complete, what is asserted, tested, excused; and the form.

use super::{
    Answer, AuthorityId, Condition, ConditionId, CountryId, Day, EventId, FactId, FactValue, Few, InstrumentId,
    LanguageId, MatterId, Question, QuestionHead, Scope, Side, Strength, Under, Value, WordId,
};
use crate::source::Span;

/// Cases that cannot be.
#[derive(Clone, Debug)]
pub struct Never {
    /// The cases.
    pub condition: Condition,
    /// Why.
    pub because: String,
    /// Where it is written.
    pub span: Span,
}

/// A region in which questions must have an answer.
#[derive(Clone, Debug)]
pub struct Complete {
    /// The questions, one for each matter.
    pub questions: Few<Question>,
    /// In which cases.
    pub scope: Scope,
    /// Under which condition.
    pub condition: ConditionId,
    /// Where it is written.
    pub span: Span,
}

/// Something asserted of the answers to a question.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// In words.
    pub title: String,
    /// One instance for each country of `for each`, or just one.
    pub instances: Vec<AssertionInstance>,
    /// Where it is written.
    pub span: Span,
}

/// One instance of an assertion.
#[derive(Clone, Debug)]
pub struct AssertionInstance {
    /// The country for which the variable stands.
    pub each: Option<CountryId>,
    /// The questions, one for each matter.
    pub questions: Vec<Question>,
    /// In which cases.
    pub scope: Scope,
    /// Under which condition.
    pub condition: Condition,
    /// What is claimed.
    pub claim: Claim,
}

/// What is claimed of an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Every alternative is also one of the answer to the other question, in the same case.
    Within(QuestionHead),
    /// The alternative is among them.
    Includes(Member),
    /// It is not.
    Excludes(Member),
    /// There is an answer.
    Answered,
    /// A norm of this strength is among the answers.
    Strength(Strength),
    /// The answer is this.
    Is(Answer),
}

/// One alternative, by which an answer is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum Member {
    Authority(AuthorityId),
    Language(LanguageId),
    Word(WordId),
}

impl Member {
    /// The alternative is this member, or takes in every member.
    pub fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Member::Language(_) | Member::Word(_), Value::Any) => true,
            (Member::Language(wanted), Value::Language(language)) => wanted == *language,
            (Member::Word(wanted), Value::Word(word)) => wanted == *word,
            (Member::Authority(wanted), Value::Authority(authority, _)) => wanted == *authority,
            _ => false,
        }
    }
}

/// A test: one case, and what must be answered in it.
#[derive(Clone, Debug)]
pub struct Test {
    /// What it tests.
    pub title: String,
    /// The case.
    pub case: TestCase,
    /// What must apply.
    pub governed_by: Vec<Governing>,
    /// What must not apply.
    pub not_governed_by: Vec<Governing>,
    /// What is expected of single questions.
    pub expectations: Vec<Expectation>,
    /// Where it is written.
    pub span: Span,
}

/// A text of which a test says that it applies, or does not.
#[derive(Clone, Debug)]
pub struct Governing {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The provision; none: the instrument as a whole.
    pub citation: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// The case of a test; countries may be ones that the law does not know.
#[derive(Clone, Debug)]
pub struct TestCase {
    /// The matter; none: not declared.
    pub matter: Option<MatterId>,
    /// The requesting country, and the requested or the one country.
    pub countries: Option<(CountryId, CountryId)>,
    /// Names that are not declared, so that the case is out of scope.
    pub undeclared: Vec<String>,
    /// What the request is made under.
    pub under: Option<Under>,
    /// The day.
    pub on: Day,
    /// The facts that are given, in the order of the table.
    pub facts: Vec<(FactId, FactValue)>,
    /// The days of events that are given, in the order of the table.
    pub events: Vec<(EventId, Day)>,
}

/// What is expected of one question.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The question.
    pub head: QuestionHead,
    /// What its answer must say.
    pub expected: Expected,
    /// Provisions that must be cited: instrument, where it was said, and citation.
    pub by: Vec<(Option<InstrumentId>, String)>,
    /// Assumptions that must be shown.
    pub assuming: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// What an answer must say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Expected {
    /// One of the answers is exactly this; a place may be a name of the case.
    Is(Answer),
    Undetermined,
    Incomplete,
    NoRule,
    OutOfScope,
    Conflict,
    Met(bool),
    /// What the answer depends on: these facts, and whether the instrument of the request is among it.
    DependsOn {
        facts: Vec<FactId>,
        under: bool,
    },
    /// The period of an answer ends with this day.
    Ends(Day),
    Includes(Member),
    Excludes(Member),
    /// A norm of that strength about refusing on this ground, or on any.
    Refuse(Strength, Option<WordId>),
}

/// A finding that is taken out of the exit code.
#[derive(Clone, Debug)]
pub struct Excuse {
    /// The name of the finding.
    pub code: String,
    /// At which place.
    pub place: ExcusePlace,
    /// The stretches of the files that this place stands for; what lies in them is excused.
    pub covers: Vec<Span>,
    /// Why.
    pub because: String,
    /// The last day on which it holds.
    pub until: Option<Day>,
    /// Where it is written.
    pub span: Span,
}

/// Where a finding is excused: a place in the files, given by what is declared there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExcusePlace {
    /// A provision or a form, with what lies in it.
    Provision(InstrumentId, String),
    /// A declared item, by its name.
    Item(String),
}

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where in the instrument.
    pub citation: String,
    /// The instrument.
    pub instrument: InstrumentId,
    /// Its title.
    pub title: Option<String>,
    /// Whose authority fills it in.
    pub filled_in_by: Side,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Where it is written.
    pub span: Span,
}

impl Form {
    /// All that its fields and options show.
    pub fn shows(&self) -> impl Iterator<Item = &Shows> {
        self.sections.iter().flat_map(|section| &section.fields).flat_map(|field| {
            let options = match &field.entry {
                FieldEntry::Choose { options, .. } => &options[..],
                FieldEntry::Write { .. } | FieldEntry::Tick(_) => &[],
            };
            field.shows.iter().chain(options.iter().filter_map(|option| option.shows.as_ref()))
        })
    }
}

/// One section of a form.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its letter or name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// What stands beside it.
    pub label: String,
    /// How it is filled in.
    pub entry: FieldEntry,
    /// What it shows; none was written: `None`.
    pub shows: Option<Shows>,
    /// Where it is written.
    pub span: Span,
}

/// How a field is filled in.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the field of that name")]
pub enum FieldEntry {
    Write { optional: bool },
    Tick(FactId),
    Choose { fact: FactId, options: Vec<FormOption> },
}

/// One option of a choice.
#[derive(Clone, Debug)]
pub struct FormOption {
    /// The value of the fact.
    pub value: FactValue,
    /// What the form says.
    pub label: String,
    /// What it shows; none was written: `None`.
    pub shows: Option<Shows>,
    /// Where it is written.
    pub span: Span,
}

/// What a field or an option shows. `no criterion` leaves both lists empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shows {
    /// Criteria of the instrument.
    pub criteria: Vec<WordId>,
    /// Conducts of the instrument.
    pub conducts: Vec<WordId>,
}
