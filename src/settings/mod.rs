//! What a team decides about the lint, in a file `forseti.toml` beside its rules: how grave a finding is, what is read and
//! written, as of which day, and when `check` fails.
//!
//! Settings never change an answer. A kind of finding that cannot be excused cannot be made less grave than it is, and none can
//! be left out of a report: whoever reads the report sees what the law is like.
//!
//! ```text
//! read     the text of the file, with everything that is wrong with it
//! schema   its JSON Schema, for editors
//! ```

mod read;
mod schema;

use std::collections::BTreeMap;

pub use read::Fault;
pub use schema::settings_schema;

use crate::emit;
use crate::finding::{Code, Finding, Severity};
use crate::law::Day;
use crate::render::ReportFormat;

/// What the file of settings is called.
pub const FILE: &str = "forseti.toml";

/// The settings of a body of law. Paths are as they are written: relative to the folder of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The files and folders of the law.
    pub paths: Option<Vec<String>>,
    /// The day as of which sources are due and excuses expire.
    pub today: Option<Day>,
    /// What is as grave as this lets `check` fail.
    pub fail_on: Option<Severity>,
    /// The file of the baseline.
    pub baseline: Option<String>,
    /// How grave findings are, where it is not what the catalogue says.
    pub severities: BTreeMap<Code, Severity>,
    /// The reports that `check` writes, and their files.
    pub outputs: BTreeMap<ReportFormat, String>,
    /// What `build` makes.
    pub emit: Vec<emit::Format>,
    /// The folder into which `build` writes.
    pub out: Option<String>,
}

impl Settings {
    /// The settings of a file.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the file.
    pub fn read(text: &str) -> Result<Settings, Vec<Fault>> {
        read::read(text)
    }

    /// Makes findings as grave as the settings have them.
    pub fn weigh(&self, findings: &mut [Finding]) {
        for finding in findings {
            finding.severity = self.severities.get(&finding.code).copied().unwrap_or(finding.severity);
        }
    }

    /// The kinds of findings that are less grave than the catalogue has them.
    pub fn lowered(&self) -> impl Iterator<Item = (Code, Severity)> {
        self.severities.iter().map(|(code, severity)| (*code, *severity)).filter(|(code, now)| *now > code.severity())
    }
}

/// The settings, with what each is for: the schema and the messages are made of it.
const KEYS: [(&str, &str); 7] = [
    ("paths", "the files and folders of the law, such as [\"rules\"]"),
    ("today", "the day as of which sources are due and excuses expire, such as 2026-11-24; without it, today"),
    ("fail-on", "what lets `check` fail: \"error\", \"warning\" or \"note\""),
    ("baseline", "the file of what was found when the law was first checked, such as \"forseti-baseline.json\""),
    ("severity", "how grave findings are, by code or name, such as unused-name = \"error\""),
    ("outputs", "the reports that `check` writes, by format, such as sarif = \"forseti.sarif\""),
    ("build", "what `build` makes, and where"),
];

/// The settings of `build`.
const BUILD_KEYS: [(&str, &str); 2] =
    [("emit", "what to make, such as [\"json\", \"rust\"]"), ("out", "the folder for what is made, such as \"dist\"")];
