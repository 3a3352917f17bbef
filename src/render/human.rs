//! Findings for people, with the lines of the files that they speak of.

use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};

use super::excerpt::{Excerpt, Room};
use super::plain::{findings as plain, position};
use super::{Ink, Look, counted_as, gravity, visible};
use crate::finding::{Finding, Severity};
use crate::source::Sources;

/// More than this nobody reads on a screen; what is left out is counted.
const MOST: usize = 100;

/// The findings, at most a hundred of them; those that are excused or held back in one line each, after the others.
pub fn findings(sources: &Sources, findings: &[Finding], look: Look) -> String {
    let (open, spared): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.is_open());
    let mut out = String::new();
    for finding in open.iter().take(MOST) {
        let mut text = String::new();
        match one(&mut text, sources, finding, look) {
            Ok(()) => out.push_str(&text),
            // rather without the lines of the file than not at all
            Err(fmt::Error) => out.push_str(&plain(sources, std::slice::from_ref(finding))),
        }
    }
    rest(&mut out, open.len(), look);
    for finding in spared.iter().take(MOST) {
        out.push_str(&spared_line(sources, finding, look));
    }
    rest(&mut out, spared.len(), look);
    out
}

fn rest(out: &mut String, count: usize, look: Look) {
    if count > MOST {
        let more = counted_as(count - MOST, "more", "more");
        out.push_str(&look.ink(Ink::Strong, &format!("and {more}; --format plain or json shows all")));
        out.push_str("\n\n");
    }
}

fn one(out: &mut String, sources: &Sources, finding: &Finding, look: Look) -> fmt::Result {
    let shown = Shown { finding, excerpt: Excerpt::of(sources, finding, Room::within(look.width)) };
    let handler = GraphicalReportHandler::new_themed(theme(&shown, look))
        .with_width(look.width)
        .with_context_lines(1)
        .with_links(false)
        .tab_width(2)
        .without_syntax_highlighting();
    handler.render_report(out, &shown)?;
    for (name, text) in [("why", &finding.why), ("help", &finding.help)] {
        if let Some(text) = text {
            let name = format!("{name}:");
            writeln!(out, "  {} {}", look.ink(Ink::Guide, &name), look.wrapped(&visible(text), name.len() + 3))?;
        }
    }
    if let Some(command) = &finding.witness {
        // never broken: it is there to be copied
        writeln!(out, "  {} {}", look.ink(Ink::Guide, "try:"), visible(command))?;
    }
    writeln!(out)
}

fn spared_line(sources: &Sources, finding: &Finding, look: Look) -> String {
    let place = finding.place.as_ref().map(|place| position(sources, place)).unwrap_or_default();
    let because = finding.excused.as_ref().map(|reason| format!(", because {}", visible(reason))).unwrap_or_default();
    let (gravity, id, name) = (gravity(finding), finding.code.id(), finding.code.name());
    let text = format!("{gravity}[{id} {name}] {place} {}{because}", visible(&finding.message));
    format!("{}\n\n", look.ink(Ink::Faint, &look.wrapped(&text, 2)))
}

/// The place of the finding in the colour of its gravity, other places in a quieter one.
fn theme(shown: &Shown<'_>, look: Look) -> GraphicalTheme {
    let mut styles = if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let own = match shown.finding.severity {
        Severity::Error => styles.error,
        Severity::Warning => styles.warning,
        Severity::Note => styles.advice,
    };
    let labels = shown.excerpt.iter().flat_map(|excerpt| &excerpt.labels);
    styles.highlights = labels.map(|label| if label.primary { own } else { styles.help }).collect();
    if styles.highlights.is_empty() {
        styles.highlights.push(own);
    }
    GraphicalTheme { characters: ThemeCharacters::unicode(), styles }
}

/// A finding as miette takes it.
#[derive(Debug)]
struct Shown<'f> {
    finding: &'f Finding,
    excerpt: Option<Excerpt>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.finding.message))
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let code = self.finding.code;
        Some(Box::new(format!("{}[{} {}]", self.finding.severity.word(), code.id(), code.name())))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.as_ref()?.spans()))
    }
}
