//! The integration tests, in one binary: one link step.

#![allow(clippy::disallowed_methods, reason = "tests read their cases and run the program")]

mod adopt;
mod advice;
mod answers;
mod asking;
mod catalogue;
mod changes;
mod check;
mod clauses;
mod cli;
mod dice;
mod difference;
mod docs;
mod emit;
mod fingerprints;
mod fixes;
mod format;
mod hostile_output;
mod meaning;
mod mutations;
mod open;
mod policy;
mod proof;
mod proofs;
mod properties;
mod reports;
mod resolve;
mod revisions;
mod scale;
mod security;
mod settings;
mod slips;
mod sources;
mod syntax;
mod tables;
mod tested;
mod traps;
mod unsaved;
mod watch;
mod words;
mod workload;

/// Snapshots lie in the folder of that name at the top, named for what they show.
fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
