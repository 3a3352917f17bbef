//! What a body of law spares from its checks, for an auditor: the excuses in the law, what the baseline holds back, and
//! what the settings make less grave.

use std::fmt::Write as _;

use serde::Serialize;

use super::escape::html;
use super::plain::position;
use super::{Ink, Look, counted_as, visible};
use crate::check::{Judged, Standing};
use crate::finding::{Code, Finding, Place, Severity};
use crate::law::Day;
use crate::source::Sources;

/// Everything that is spared.
#[derive(Clone, Copy, Debug)]
pub struct SparedReport<'r> {
    /// The files.
    pub sources: &'r Sources,
    /// The day as of which excuses have ended or not.
    pub today: Day,
    /// The excuses of the law.
    pub excuses: &'r [Judged<'r>],
    /// What the baseline holds back.
    pub held: &'r [&'r Finding],
    /// What the settings make less grave.
    pub lowered: &'r [(Code, Severity)],
}

/// For programs.
#[derive(Debug, Serialize)]
pub struct SparedJson {
    schema_version: u32,
    today: String,
    excuses: Vec<ExcuseJson>,
    held: Vec<FindingJson>,
    lowered: Vec<LoweredJson>,
}

#[derive(Debug, Serialize)]
struct ExcuseJson {
    name: String,
    place: String,
    because: String,
    until: Option<String>,
    standing: &'static str,
    at: String,
    findings: Vec<FindingJson>,
}

#[derive(Debug, Serialize)]
struct FindingJson {
    code: &'static str,
    name: &'static str,
    at: Option<String>,
    message: String,
}

#[derive(Debug, Serialize)]
struct LoweredJson {
    code: &'static str,
    name: &'static str,
    from: &'static str,
    to: &'static str,
}

/// An object for programs; `at` is `path:line:column`.
pub fn json(report: SparedReport<'_>) -> SparedJson {
    let finding = |finding: &&Finding| FindingJson {
        code: finding.code.id(),
        name: finding.code.name(),
        at: finding.place.as_ref().map(|place| position(report.sources, place)),
        message: finding.message.clone(),
    };
    let excuse = |judged: &Judged<'_>| ExcuseJson {
        name: judged.excuse.code.clone(),
        place: judged.place.clone(),
        because: judged.excuse.because.clone(),
        until: judged.excuse.until.map(|day| day.to_string()),
        standing: word(judged.standing),
        at: at(report, judged),
        findings: judged.findings.iter().map(finding).collect(),
    };
    let lowered = |(code, now): &(Code, Severity)| LoweredJson {
        code: code.id(),
        name: code.name(),
        from: code.severity().word(),
        to: now.word(),
    };
    SparedJson {
        schema_version: 1,
        today: report.today.to_string(),
        excuses: report.excuses.iter().map(excuse).collect(),
        held: report.held.iter().map(finding).collect(),
        lowered: report.lowered.iter().map(lowered).collect(),
    }
}

/// For people: each excuse with its reason and what it excuses.
pub fn human(report: SparedReport<'_>, look: Look) -> String {
    let mut out = String::new();
    for judged in report.excuses {
        let title = format!("{} in {}{}", judged.excuse.code, judged.place, until(judged));
        let _ = writeln!(out, "{}", look.ink(Ink::Strong, &visible(&title)));
        let _ = writeln!(out, "  because {}", look.wrapped(&visible(&judged.excuse.because), 2));
        let ink = if judged.standing == Standing::Used { Ink::Good } else { Ink::Doubtful };
        let _ = writeln!(out, "  {} {}", at(report, judged), look.ink(ink, &standing(judged)));
        for finding in &judged.findings {
            let _ = writeln!(out, "    {}", look.wrapped(&line(report.sources, finding), 4));
        }
        out.push('\n');
    }
    if !report.held.is_empty() {
        let _ = writeln!(out, "{}", look.ink(Ink::Strong, "held back by the baseline"));
        for finding in report.held {
            let _ = writeln!(
                out,
                "    {}",
                look.wrapped(&format!("{} {}", finding.code.name(), line(report.sources, finding)), 4)
            );
        }
        out.push('\n');
    }
    if !report.lowered.is_empty() {
        let _ = writeln!(out, "{}", look.ink(Ink::Strong, "made less grave by the settings"));
        for (code, now) in report.lowered {
            let _ = writeln!(
                out,
                "    {} {}: {} instead of {}",
                code.id(),
                code.name(),
                now.word(),
                code.severity().word()
            );
        }
        out.push('\n');
    }
    out + &summary(report) + "\n"
}

/// For a file that is kept: a table of the excuses, and lists.
pub fn markdown(report: SparedReport<'_>) -> String {
    let mut out = format!("### forseti: {}\n", summary(report));
    if !report.excuses.is_empty() {
        out.push_str("\n| finding | in | because | until | stands | excuses |\n|---|---|---|---|---|---|\n");
    }
    for judged in report.excuses {
        let findings: Vec<String> =
            judged.findings.iter().map(|finding| html(&line(report.sources, finding))).collect();
        let _ = writeln!(
            out,
            "| {} | {} <code>{}</code> | {} | {} | {} | {} |",
            html(&judged.excuse.code),
            html(&judged.place),
            html(&at(report, judged)),
            html(&judged.excuse.because),
            judged.excuse.until.map(|day| day.to_string()).unwrap_or_default(),
            word(judged.standing),
            findings.join("<br>"),
        );
    }
    if !report.held.is_empty() {
        out.push_str("\nHeld back by the baseline:\n\n");
        for finding in report.held {
            let _ = writeln!(out, "- {} {}", finding.code.name(), html(&line(report.sources, finding)));
        }
    }
    if !report.lowered.is_empty() {
        out.push_str("\nMade less grave by the settings:\n\n");
        for (code, now) in report.lowered {
            let _ =
                writeln!(out, "- {} {}: {} instead of {}", code.id(), code.name(), now.word(), code.severity().word());
        }
    }
    out
}

/// `3 excuses, of which 1 expired; 2 findings held back by the baseline, as of 2026-11-24`.
fn summary(report: SparedReport<'_>) -> String {
    let mut text = counted_as(report.excuses.len(), "excuse", "excuses");
    for standing in [Standing::Unused, Standing::Expired, Standing::Unknown] {
        let count = report.excuses.iter().filter(|judged| judged.standing == standing).count();
        if count > 0 {
            let _ = write!(text, ", {count} {}", word(standing));
        }
    }
    for (count, one, many) in [
        (report.held.len(), "finding held back", "findings held back"),
        (report.lowered.len(), "kind of finding made less grave", "kinds of findings made less grave"),
    ] {
        if count > 0 {
            let _ = write!(text, "; {}", counted_as(count, one, many));
        }
    }
    format!("{text}, as of {}", report.today)
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Used => "used",
        Standing::Unused => "unused",
        Standing::Expired => "expired",
        Standing::Unknown => "unknown",
    }
}

fn standing(judged: &Judged<'_>) -> String {
    match judged.standing {
        Standing::Used => format!("excuses {}", counted_as(judged.findings.len(), "finding", "findings")),
        Standing::Unused => "excuses nothing".to_owned(),
        Standing::Expired => "has expired and excuses nothing".to_owned(),
        Standing::Unknown => "excuses nothing that was found, and the law has errors that hide the rest".to_owned(),
    }
}

fn until(judged: &Judged<'_>) -> String {
    judged.excuse.until.map(|day| format!(", until {day}")).unwrap_or_default()
}

fn at(report: SparedReport<'_>, judged: &Judged<'_>) -> String {
    position(report.sources, &Place { span: judged.excuse.span, label: String::new() })
}

fn line(sources: &Sources, finding: &Finding) -> String {
    let place = finding.place.as_ref().map(|place| position(sources, place) + " ").unwrap_or_default();
    format!("{place}{}", visible(&finding.message))
}
