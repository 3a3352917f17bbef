//! `forseti explain`: what a finding means.

use clap::Args;
use clap::builder::PossibleValue;

use super::Exit;
use super::listed::listed;
use super::terminal::{self, Color, PageFormat, Terminal};
use crate::finding::Code;
use crate::render;
use crate::render::json;
use crate::resolve::suggest;

/// Say what a kind of finding means
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti explain F0801
  forseti explain idle-precedence
  forseti explain --all                     every kind, on one line each
  forseti explain --all --format json       every kind with its page, for programs")]
pub(super) struct Explain {
    /// Its number or its name
    #[arg(required_unless_present = "all", conflicts_with = "all", value_parser = listed::<String>(codes), hide_possible_values = true)]
    code: Option<String>,
    /// Every kind
    #[arg(long)]
    all: bool,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: PageFormat,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

fn codes() -> Vec<PossibleValue> {
    let value = |code: &Code| PossibleValue::new(code.name()).help(code.explanation()).alias(code.id());
    Code::ALL.iter().map(value).collect()
}

impl Explain {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let Some(wanted) = self.code.as_deref() else {
            terminal.print(&match self.format {
                PageFormat::Human => render::codes_human(),
                PageFormat::Markdown => render::codes_markdown(),
                PageFormat::Json => json(&render::codes_json(Code::ALL)),
            });
            return terminal.exit(Exit::Fine);
        };
        let Some(code) = Code::named(wanted) else {
            let names = Code::ALL.iter().flat_map(|code| [code.id(), code.name()]);
            let near = suggest(wanted, names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
            terminal::complain(&format!("no kind of finding is called `{wanted}`{near}"));
            terminal::hint("`forseti explain --all` lists every kind");
            return Exit::Trouble;
        };
        terminal.print(&match self.format {
            PageFormat::Human => render::code_human(code, terminal::out_look(self.color)),
            PageFormat::Markdown => render::code_markdown(code),
            PageFormat::Json => json(&render::codes_json(&[code])),
        });
        terminal.exit(Exit::Fine)
    }
}
