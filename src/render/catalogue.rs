//! What a code means: for people, as the Markdown of `docs/findings`, and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Ink, Look};
use crate::finding::{Block, Code, Family, Page, Severity};

/// The number of the shape of [`CodeJson`]; it grows when a field changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

/// One code on a screen.
pub fn code_human(code: Code, look: Look) -> String {
    let Page { says, why, example, advice, mended, .. } = code.page();
    let title = look.ink(Ink::Strong, &format!("{} {}", code.id(), code.name()));
    let mut text = format!("{title}\n{}\n\n", look.wrapped(code.explanation(), 0));
    let _ = writeln!(text, "{}\n{}\nsince version {}\n", gravity(code), excuse(code), code.since());
    let mut part = |heading: &str, prose: &str, block: Option<Block<'_>>| {
        if !heading.is_empty() {
            let _ = writeln!(text, "{}\n", look.ink(Ink::Strong, heading));
        }
        for paragraph in prose.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
            let _ = writeln!(text, "{}\n", look.wrapped(paragraph, 0));
        }
        if let Some(block) = block {
            for line in block.text.lines() {
                let _ = writeln!(text, "    {line}");
            }
            text.push('\n');
        }
    };
    part("", says, None);
    part("Why it matters", why, None);
    part("Example", "", Some(example));
    part("Mended", advice, Some(mended));
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Every code on a line of its own.
pub fn codes_human() -> String {
    let line = |code: &Code| {
        let severity = code.severity().word();
        format!("{} {:<24} {severity:<8} {}\n", code.id(), code.name(), code.explanation())
    };
    Code::ALL.iter().map(line).collect()
}

/// The page of one code in `docs/findings`.
pub fn code_markdown(code: Code) -> String {
    format!(
        "# {} `{}`\n\n{}.\n\n- {}\n- {}\n- since version {}\n- one of [{}](README.md)\n\n{}",
        code.id(),
        code.name(),
        sentence(code.explanation()),
        gravity(code),
        excuse(code),
        code.since(),
        code.family().title(),
        code.page().text,
    )
}

/// The index of `docs/findings`.
pub fn codes_markdown() -> String {
    let mut text = String::from(
        "# What is reported\n\nOne page for each kind of finding: what it says, why it matters in law, an example, and the same example mended. A number and \
         a name stand for one kind\nfor good; none is used again for another. These pages are made from the catalogue in `src/finding`; \
         `forseti explain CODE` shows the same.\n\nAn *error* stops the compilation, a *warning* lets `check` fail, a *note* does neither. The third column says \
         how grave a finding is, and how grave it\ncan be made.\n",
    );
    for family in Family::ALL {
        let _ = write!(
            text,
            "\n## {}\n\n| code | name | gravity | excusable | what |\n|---|---|---|---|---|\n",
            family.title()
        );
        for code in Code::ALL.iter().filter(|code| code.family() == family) {
            let (default, highest) = (code.severity().word(), code.highest().word());
            let gravity = if default == highest { default.to_owned() } else { format!("{default}, up to {highest}") };
            let excusable = if code.can_be_excused() { "yes" } else { "no" };
            let (id, name, what) = (code.id(), code.name(), code.explanation());
            let _ = writeln!(text, "| {id} | [`{name}`]({name}.md) | {gravity} | {excusable} | {what} |");
        }
    }
    text
}

/// One code for programs.
#[derive(Clone, Debug, Serialize)]
pub struct CodeJson {
    code: &'static str,
    name: &'static str,
    family: &'static str,
    severity: &'static str,
    highest_severity: &'static str,
    excusable: bool,
    since: &'static str,
    summary: &'static str,
    says: &'static str,
    why: &'static str,
    example: &'static str,
    advice: &'static str,
    mended: &'static str,
}

/// Codes for programs.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogueJson {
    schema_version: u32,
    findings: Vec<CodeJson>,
}

/// The codes with their pages.
pub fn codes_json(codes: &[Code]) -> CatalogueJson {
    CatalogueJson { schema_version: SCHEMA_VERSION, findings: codes.iter().map(|code| code_json(*code)).collect() }
}

fn code_json(code: Code) -> CodeJson {
    let page = code.page();
    CodeJson {
        code: code.id(),
        name: code.name(),
        family: code.family().word(),
        severity: code.severity().word(),
        highest_severity: code.highest().word(),
        excusable: code.can_be_excused(),
        since: code.since(),
        summary: code.explanation(),
        says: page.says,
        why: page.why,
        example: page.example.text,
        advice: page.advice,
        mended: page.mended.text,
    }
}

fn gravity(code: Code) -> String {
    let default = match code.severity() {
        Severity::Error => "an error: the law is not compiled",
        Severity::Warning => "a warning: the law is compiled, and `check` fails",
        Severity::Note => "a note: `check` does not fail",
    };
    if code.highest() == code.severity() {
        return default.to_owned();
    }
    let article = if code.highest() == Severity::Error { "an" } else { "a" };
    format!("{default}; can be made {article} {}", code.highest().word())
}

fn excuse(code: Code) -> String {
    if code.can_be_excused() {
        format!("can be excused: `excuse {} in … because \"…\"`", code.name())
    } else {
        "cannot be excused".to_owned()
    }
}

/// With a capital letter at its beginning.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().collect::<String>() + rest.as_str()).unwrap_or_default()
}
