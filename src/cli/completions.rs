//! `forseti completions`: for the shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::terminal::Terminal;
use super::{Arguments, Exit};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti completions bash > ~/.local/share/bash-completion/completions/forseti
  forseti completions zsh  > ~/.zfunc/_forseti
  forseti completions fish > ~/.config/fish/completions/forseti.fish")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "forseti", &mut script);
        terminal.print_exactly(&String::from_utf8_lossy(&script));
        terminal.exit(Exit::Fine)
    }
}
