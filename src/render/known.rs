//! Reports known again as such: settings may name a file for one only if nothing else lies there.

use serde_json::Value;

use super::ReportFormat;

impl ReportFormat {
    /// The bytes are a report in this format, of whatever law and version.
    pub(crate) fn is_one(self, bytes: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        let object = || serde_json::from_str::<Value>(text).unwrap_or_default();
        let own = env!("CARGO_PKG_NAME");
        match self {
            // one more line may say what can be mended
            ReportFormat::Human | ReportFormat::Plain | ReportFormat::Concise => {
                text.lines().rev().take(2).any(is_summary)
            }
            ReportFormat::Json => {
                let object = object();
                object["tool"]["name"] == own && object["findings"].is_array()
            }
            ReportFormat::Sarif => object()["runs"][0]["tool"]["driver"]["name"] == own,
            ReportFormat::Gitlab => object().as_array().is_some_and(|entries| {
                entries.iter().all(|entry| entry["check_name"].is_string() && entry["fingerprint"].is_string())
            }),
            ReportFormat::Github => text
                .lines()
                .all(|line| ["::error ", "::warning ", "::notice "].iter().any(|command| line.starts_with(command))),
            ReportFormat::Junit => {
                text.lines().take(2).any(|line| line.starts_with(&format!("<testsuites name=\"{own}\"")))
            }
            ReportFormat::Markdown => text.starts_with(&format!("### {own}: ")),
        }
    }
}

/// `no findings in 7 files, 214 rules, as of 2026-11-24`.
fn is_summary(line: &str) -> bool {
    let counts = |text: &str, what: &str| {
        let (number, word) = text.split_once(' ')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
        (is_number && word.starts_with(what)).then_some(())
    };
    let known = line.rsplit_once(" in ").and_then(|(found, rest)| {
        let (files, rules) = rest.split_once(", ")?;
        counts(files, "file")?;
        counts(rules, "rule")?;
        (found == "no findings" || found.starts_with(|c: char| c.is_ascii_digit())).then_some(())
    });
    known.is_some()
}

#[cfg(test)]
mod tests {
    use super::super::Report;
    use super::ReportFormat;
    use crate::compile::prove;
    use crate::finding::Finding;
    use crate::render::Look;
    use crate::source::{SourceFile, Sources};

    #[test]
    fn a_report_is_known_again_and_nothing_else_is_one() {
        for text in ["", "country Denmark (DK)\n", "country Denmark (DX)\ncountry Norway (NO)\nmatter \n"] {
            let mut sources = Sources::default();
            sources.add(SourceFile::new("a.rules", text));
            let (law, findings): (_, Vec<Finding>) = prove(&sources, None);
            let report = Report::new(&sources, &findings, law.rules.len());
            for (format, name, _) in ReportFormat::ALL {
                let written = report.write(format, Look::PLAIN);
                assert!(format.is_one(written.as_bytes()), "{name}: {written}");
                let coloured = report.write(format, Look { color: true, ..Look::PLAIN });
                assert!(format.is_one(coloured.as_bytes()), "{name}: {coloured}");
            }
        }
        for other in [
            "#!/bin/sh\necho in 1 file\n",
            "{}",
            "{\"tool\":{\"name\":\"other\"},\"findings\":[]}",
            "[package]\nname = \"forseti\"\n",
            "[1]",
            "# forseti: notes\n",
            "<?xml version=\"1.0\"?>\n<project/>\n",
            "country Denmark (DK)\n",
        ] {
            assert!(!ReportFormat::ALL.iter().any(|(format, ..)| format.is_one(other.as_bytes())), "{other}");
        }
    }
}
