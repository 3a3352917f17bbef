//! Artifacts: what other programs read.
//!
//! An artifact is made of a law alone: the same bytes on every machine and in every run, whatever the order of the
//! files and of what stands in them. No clock, no path of this machine. Whoever writes them to disk is elsewhere.
//!
//! ```text
//! header   versions and the digest of the law, the same in every artifact
//! places   where something stands, said in a way that does not depend on where the folder lies
//! json     the law as written and the questions it answers, with the schema of that file
//! rust     a module that answers every question, for programs without an allocator or an operating system
//! ```

mod header;
mod json;
mod places;
mod rust;

pub use header::{LANGUAGE_VERSION, SCHEMA_VERSION};

pub(crate) use json::{Spelt, Unread, files};

use crate::law::Law;
use crate::proof::WORK;
use crate::source::Sources;

/// A kind of artifact that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The law and its questions, and the schema of that file.
    Json,
    /// A module of Rust that answers every question.
    Rust,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 2] = [Format::Json, Format::Rust];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Rust => "rust",
        }
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// The names of all artifacts there can be.
pub const NAMES: &[&str] = &["rules.json", "rules.rs", "rules.schema.json"];

/// The bytes are those of an artifact of that name, of whatever law and version.
pub(crate) fn is_artifact(name: &str, bytes: &[u8]) -> bool {
    match name {
        "rules.rs" => bytes.starts_with(format!("// Compiled by {} ", header::TOOL.0).as_bytes()),
        "rules.json" => !matches!(files(bytes), Err(Unread::Foreign)),
        _ => json::is_schema(bytes),
    }
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Its name, without a folder.
    pub name: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The artifacts of a law that has no errors, sorted by name, each once.
pub fn artifacts(law: &Law, sources: &Sources, formats: &[Format]) -> Vec<Artifact> {
    artifacts_within(law, sources, formats, WORK)
}

/// The same, but no decision diagram of the Rust module is made for which more than `most` boxes would have to be looked
/// at: its question is judged when it is asked.
pub fn artifacts_within(law: &Law, sources: &Sources, formats: &[Format], most: usize) -> Vec<Artifact> {
    let mut wanted = formats.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut all = Vec::new();
    for format in wanted {
        match format {
            Format::Json => all.extend([
                Artifact { name: "rules.json", bytes: json::document(law, sources) },
                Artifact { name: "rules.schema.json", bytes: json::SCHEMA.as_bytes().to_vec() },
            ]),
            Format::Rust => {
                let module = rust::module(law, &json::digest(law), most);
                all.push(Artifact { name: "rules.rs", bytes: module.into_bytes() });
            }
        }
    }
    all.sort_by_key(|artifact| artifact.name);
    all
}
