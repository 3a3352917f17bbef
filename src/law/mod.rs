//! What is meant: flat tables with typed ids, in an order that does not depend on the order of files.
//!
//! Nothing here needs a place in a file to decide anything; spans are kept only so that a finding or an artifact can
//! point to the words. The tables are filled by [`crate::resolve`] and read by everything after it.
//!
//! ```text
//! vocabulary   countries, languages, matters, acts, items, events, facts, places, authorities, sources
//! instrument   who is bound, when; clauses of precedence; which texts are not held
//! condition    what is tested of a case
//! scope        between which countries, and when; sets of countries
//! question     what can be asked, and how its answers clash
//! rule         what a provision says, as written; and its lines, as meant
//! few          lists that most often have one member
//! claims       never, complete, assert, test, excuse; the form
//! index        which rows belong to which
//! ```
//!
//! What many lines have in common - between which countries, under which condition, with which answer, on which
//! assumptions - stands in a table of its own, each once, and lines name it by its id.

mod claims;
mod condition;
mod countries;
mod date;
mod few;
mod index;
mod instrument;
mod question;
mod rule;
mod scope;
mod vocabulary;

pub use claims::*;
pub use condition::*;
pub use countries::*;
pub use date::*;
pub use few::Few;
pub use instrument::*;
pub use question::*;
pub use rule::*;
pub use scope::*;
pub use vocabulary::*;

/// Declares the id of a table of [`Law`] and the access to it.
macro_rules! tables {
    (
        rows { $($(#[$doc:meta])* $id:ident => $field:ident : $row:ty;)* }
        shared { $($(#[$shared_doc:meta])* $shared_id:ident => $shared_field:ident : $shared_row:ty;)* }
    ) => {
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

        $(
            $(#[$shared_doc])*
            ///
            /// Two that are alike have one id.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $shared_id(pub u32);

            impl From<u32> for $shared_id {
                fn from(id: u32) -> $shared_id {
                    $shared_id(id)
                }
            }

            impl From<$shared_id> for usize {
                fn from(id: $shared_id) -> usize {
                    id.0 as usize
                }
            }

            impl std::ops::Index<$shared_id> for Law {
                type Output = $shared_row;
                fn index(&self, id: $shared_id) -> &$shared_row {
                    &self.$shared_field[id.0 as usize]
                }
            }
        )*

        /// A body of law: all files below one folder, with every name looked up.
        #[derive(Clone, Debug, Default)]
        pub struct Law {
            $($(#[$doc])* pub $field: Vec<$row>,)*
            $($(#[$shared_doc])* pub $shared_field: Vec<$shared_row>,)*
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
            index: index::Index,
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
    rows {
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
    shared {
        /// Between which countries something speaks, and under what.
        RelationsId => relations: Relations;
        /// What is asked of the facts.
        ConditionId => conditions: Condition;
        /// What is answered.
        AnswerId => answers: Answer;
        /// What something rests on: sentences, in the order written.
        AssumptionsId => assumptions: Vec<String>;
        /// What is said of a text that is not held.
        NoteId => notes: String;
    }
}
