//! What is meant: flat tables with typed ids, in an order that does not depend on the order of files.
//!
//! Nothing here needs a place in a file to decide anything; spans are kept only so that a finding or an artifact can
//! point to the words. The tables are filled by [`crate::resolve`] and read by everything after it.
//!
//! ```text
//! vocabulary   countries, languages, matters, acts, items, events, facts, places, authorities, sources
//! instrument   who is bound, when; clauses of precedence; which texts are not held
//! condition    what is tested of a case
//! question     what can be asked, and how its answers clash
//! rule         what a provision says, as written; and its lines, as meant
//! claims       never, complete, assert, test, excuse; the form
//! ```

mod claims;
mod condition;
mod date;
mod instrument;
mod question;
mod rule;
mod vocabulary;

pub use claims::*;
pub use condition::*;
pub use date::*;
pub use instrument::*;
pub use question::*;
pub use rule::*;
pub use vocabulary::*;

/// Declares the id of a table of [`Law`] and the access to it.
macro_rules! tables {
    ($($(#[$doc:meta])* $id:ident => $field:ident : $row:ty;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $id(pub u32);

            impl $id {
                /// Its place in the table.
                pub fn index(self) -> usize {
                    self.0 as usize
                }
            }

            impl std::ops::Index<$id> for Law {
                type Output = $row;
                fn index(&self, id: $id) -> &$row {
                    &self.$field[id.index()]
                }
            }
        )*

        /// A body of law: all files below one folder, with every name looked up.
        #[derive(Clone, Debug, Default)]
        pub struct Law {
            $($(#[$doc])* pub $field: Vec<$row>,)*
            /// Cases that cannot be.
            pub nevers: Vec<Never>,
            /// Regions in which a question must have an answer.
            pub completes: Vec<Complete>,
            /// What is asserted of answers.
            pub assertions: Vec<Assertion>,
            /// Tests.
            pub tests: Vec<Test>,
            /// Findings that are excused.
            pub excuses: Vec<Excuse>,
            /// Forms.
            pub forms: Vec<Form>,
        }

        impl Law {
            $(
                /// Every id of the table, in order.
                #[doc = stringify!($field)]
                pub fn $field(&self) -> impl DoubleEndedIterator<Item = ($id, &$row)> + ExactSizeIterator {
                    self.$field.iter().enumerate().map(|(index, row)| ($id(id_of(index)), row))
                }
            )*
        }
    };
}

/// The id of a row; a table holds fewer than four thousand million of them, since a file is shorter than that.
pub(crate) fn id_of(index: usize) -> u32 {
    u32::try_from(index).expect("tables are shorter than the files that fill them")
}

tables! {
    /// A country.
    CountryId => countries: Country;
    /// A language.
    LanguageId => languages: Language;
    /// A matter: what is dealt with.
    MatterId => matters: Matter;
    /// An act of an authority.
    ActId => acts: Titled;
    /// A document.
    ItemId => items: Titled;
    /// An event from which time runs.
    EventId => events: Titled;
    /// A fact of a case.
    FactId => facts: Fact;
    /// A declared place.
    PlaceId => places: Place;
    /// An authority.
    AuthorityId => authorities: Authority;
    /// A source of texts.
    SourceId => sources: Source;
    /// A word that is not declared: a channel, a means, a conduct, a criterion, a ground, a deadline, a bearer.
    WordId => words: Word;
    /// An instrument.
    InstrumentId => instruments: Instrument;
    /// A provision of an instrument.
    ProvisionId => provisions: Provision;
    /// A rule, as written.
    RuleId => rules: Rule;
    /// A question that the law or its tests mention.
    QuestionId => questions: Question;
    /// A line, as meant.
    LineId => lines: Line;
    /// A clause of precedence.
    ClauseId => clauses: Clause;
}
