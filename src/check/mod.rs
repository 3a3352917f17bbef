//! Checks that need no proof over the facts: they read the tables of the law, countries and days (semantics, section 7,
//! "Time", "Form" and "Names").
//!
//! ```text
//! names       declared and never used; undeclared words that nearly are others
//! versions    provisions of one citation, and dates outside their instrument
//! amended     versions that answer less than those before them
//! succession  texts that apply early, replace others, end; sources to be reviewed
//! clauses     clauses that never meet what they name
//! replacing   statements that replace nothing
//! extent      provisions against what their instrument consists of
//! form        the form against its agreement
//! excuses     findings that the files excuse
//! together    findings of one cause, told as one
//! days, cases  sets of days; in which cases a text can speak
//! ```

mod amended;
mod cases;
mod clauses;
mod days;
mod excuses;
mod extent;
mod form;
mod names;
mod near_miss;
mod replacing;
mod succession;
mod together;
mod versions;

pub(crate) use clauses::Meetings;
pub use excuses::{Judged, Standing, excuse, judged, unused_excuses};
pub(crate) use replacing::idle_replacements;
pub(crate) use together::tell_together;

use crate::finding::{self, Finding};
use crate::law::{Day, Law};

/// Everything that can be found without a proof. Without `today` nothing is due.
pub fn check(law: &Law, today: Option<Day>) -> Vec<Finding> {
    let mut findings = names::unused(law);
    findings.extend(near_miss::near_misses(law));
    findings.extend(versions::check(law));
    findings.extend(amended::check(law));
    findings.extend(succession::check(law, today));
    findings.extend(clauses::without_common_case(law));
    findings.extend(extent::check(law));
    findings.extend(form::check(law));
    finding::sort(&mut findings);
    findings
}
