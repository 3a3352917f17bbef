//! `forseti explain`: what a finding means.

use clap::Args;

use super::Exit;
use super::terminal::{self, Color, Terminal};
use crate::finding::{Code, Severity};
use crate::render::{Ink, severity};
use crate::resolve::suggest;

/// Say what a kind of finding means
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti explain F0801
  forseti explain idle-precedence
  forseti explain --all")]
pub(super) struct Explain {
    /// Its number or its name
    #[arg(required_unless_present = "all")]
    code: Option<String>,
    /// Every kind
    #[arg(long)]
    all: bool,
}

impl Explain {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        if self.all {
            let list: String = Code::ALL.iter().map(|code| line(*code)).collect();
            terminal.print(&list);
            return terminal.exit(Exit::Fine);
        }
        let wanted = self.code.as_deref().unwrap_or_default();
        let found = Code::ALL.iter().find(|code| wanted.eq_ignore_ascii_case(code.id()) || wanted == code.name());
        let Some(code) = found else {
            let names = Code::ALL.iter().flat_map(|code| [code.id(), code.name()]);
            let near = suggest(wanted, names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
            terminal::complain(&format!("no kind of finding is called `{wanted}`{near}"));
            terminal::hint("`forseti explain --all` lists every kind");
            return Exit::Trouble;
        };
        let look = terminal::out_look(Color::Auto);
        let gravity = match code.severity() {
            Severity::Error => "an error: the law is not compiled",
            Severity::Warning => "a warning: the law is compiled, and `check` fails",
            Severity::Note => "a note: `check` does not fail",
        };
        let excuse = if code.can_be_excused() {
            format!("can be excused: `excuse {} in … because \"…\"`", code.name())
        } else {
            "cannot be excused".to_owned()
        };
        let title = look.ink(Ink::Strong, &format!("{} {}", code.id(), code.name()));
        terminal.print(&format!("{title}\n{}\n\n{gravity}\n{excuse}\n", look.wrapped(code.explanation(), 0)));
        terminal.exit(Exit::Fine)
    }
}

fn line(code: Code) -> String {
    format!("{} {:<22} {:<8} {}\n", code.id(), code.name(), severity(code.severity()), code.explanation())
}
