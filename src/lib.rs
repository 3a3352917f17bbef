//! Forseti compiles rules of law and answers from them.
//!
//! ```text
//!         rules/*.rules
//!              │  load        the only reading of files
//!           Sources
//!              │  syntax      cut into items, pest for each new shape, never fails: (Ast, findings)
//!             Ast             what was written, with places
//!              │  resolve     names, kinds, dates, scopes; rules expanded to lines
//!             Law             what is meant: flat tables, typed ids
//!              │
//!    ┌─────────┼──────────────┬──────────────────┬────────────────┐
//!    │ check   │ proof        │ answer           │ suite          │ emit
//!    │ one     │ all cases,   │ Law + Case       │ tests of       │ JSON, its schema,
//!    │ look    │ every day    │ → Outcome        │ the law        │ a Rust module
//!    └────┬────┴───────┬──────┴──────────┬───────┘                │ write
//!      Findings      tables           Outcomes                 files, beside and renamed
//!         └────────────┴─────────────────┘
//!       render  for people, for programs
//! ```
//!
//! Beside this way stand [`mod@format`], which lays a file out from its words alone, and [`mend`], which writes the fixes that
//! findings carry and goes the way again to see that no answer changed.
//! [`settings`] hold what a team decides about findings; they reach no answer.
//! [`difference`] compares two laws: for each question the cases that are answered otherwise.
//!
//! As a library: the texts go in, the law and everything that is wrong with it come out, and a question in a case has an
//! answer with its citation.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use forseti::answer::{Status, answer};
//! use forseti::case::Case;
//! use forseti::compile::{is_error, prove};
//! use forseti::law::{Day, QuestionHead};
//! use forseti::source::{SourceFile, Sources};
//! use forseti::words;
//!
//! let mut sources = Sources::default();
//! sources.add(SourceFile::new("agreement.rules", r#"
//!     country Denmark (DK), Norway (NO)
//!     matter transfer "transfer of a criminal case" between countries
//!     instrument agreement-2025 "Nordic agreement" {
//!       kind arrangement
//!       governs transfer
//!       parties Denmark, Norway
//!     }
//!     provision "Article 5" of agreement-2025 { channel is direct }
//! "#));
//! let (law, findings) = prove(&sources, None);
//! assert!(!findings.iter().any(is_error), "nobody answers from a law with errors");
//!
//! let country = |name: &str| law.countries().find(|(_, country)| country.name == name).map(|(id, _)| id);
//! let case = Case {
//!     matter: law.matters().next().expect("it is declared").0,
//!     requesting: country("Denmark").expect("it is declared"),
//!     requested: country("Norway").expect("it is declared"),
//!     on: Day::parse("2026-01-15").expect("the calendar has it"),
//!     under: None,
//!     facts: BTreeMap::new(),
//!     events: BTreeMap::new(),
//! };
//! let outcome = answer(&law, QuestionHead::Channel, &case);
//! assert_eq!(outcome.status, Status::Answered);
//! let deciding = &outcome.answers[0];
//! assert_eq!(words::answer(&law, QuestionHead::Channel, &deciding.answer), "is direct");
//! assert_eq!(words::citation(&law, &deciding.line.line), "agreement-2025, Article 5");
//! ```
//!
//! Reading and writing happen at the two ends ([`load`], [`mod@write`], [`cli`]); everything between is pure, and
//! [`compile`] says the way from files to the law in one expression. The meaning of a body
//! of law is written once, in [`mod@answer`], step by step as `docs/semantics.md` has it; everything faster is tested
//! against it.

pub mod answer;
pub mod case;
pub mod check;
pub mod cli;
pub mod compile;
pub mod coverage;
pub mod difference;
pub mod drift;
pub mod emit;
pub mod finding;
pub mod format;
pub mod inside;
pub mod law;
pub mod load;
pub mod mend;
pub mod proof;
pub mod render;
pub mod resolve;
pub mod settings;
pub mod source;
pub mod suite;
pub mod syntax;
pub mod words;
pub mod write;
