//! The part of the module that is the same for every law: what a case and an answer are, and the interpreter that goes
//! from one to the other over the tables of the law.
//!
//! ```text
//! cases      days, and the circumstances in which a question is put
//! values     the words of an answer
//! answers    an answer with its lines, citations and assumptions
//! tables     the shape of the data
//! facts      what is known of each fact, and sets of rows
//! lookup     what was worked out when the module was made
//! rolls      rows of bits, which find the lines to be judged
//! judgment   which lines stand, over all circumstances left open
//! ```
//!
//! The files are joined into one module: they import nothing and see each other's names. So they are not modules of this
//! crate; `compiled` includes them under test, where compiler, linter and unit tests see them beside the data of a small law.

/// The files in the order in which the module has them.
const PARTS: [&str; 8] = [
    include_str!("cases.rs"),
    include_str!("values.rs"),
    include_str!("answers.rs"),
    include_str!("tables.rs"),
    include_str!("facts.rs"),
    include_str!("lookup.rs"),
    include_str!("rolls.rs"),
    include_str!("judgment.rs"),
];

/// The text of this part of the module.
pub(super) fn text() -> String {
    PARTS.join("\n")
}

#[cfg(test)]
mod compiled;
