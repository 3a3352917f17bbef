//! `forseti check --fix` and `--diff`: what a program may correct.

use std::path::Path;

use clap::Args;

use super::Exit;
use super::law::Compiled;
use super::project::Project;
use super::terminal::{self, Color, Terminal};
use crate::law::Day;
use crate::load;
use crate::mend::{self, Correction, Extent, Mended};
use crate::render::{self, counted_as};
use crate::write::{self, Failure};

/// Whether and how far to correct the files.
#[derive(Debug, Args)]
pub(super) struct Corrections {
    /// Correct what can be corrected without changing an answer, then report what remains
    #[arg(long)]
    fix: bool,
    /// Write nothing; show what `--fix` would do, line by line
    #[arg(long, conflicts_with_all = ["fix", "formats", "output"])]
    pub(super) diff: bool,
    /// Correct also what a lawyer has to want, such as on which of two clauses an answer rests
    #[arg(long)]
    unsafe_fixes: bool,
}

impl Corrections {
    /// Writes the corrected files, if that was asked for.
    ///
    /// # Errors
    /// The exit code, where the call is wrong or a file could not be written.
    pub(super) fn write(&self, project: &Project, today: Option<Day>) -> Result<(), Exit> {
        if self.unsafe_fixes && !self.fix && !self.diff {
            terminal::complain("`--unsafe-fixes` goes with `--fix` or `--diff`");
            return Err(Exit::Trouble);
        }
        if !self.fix {
            return Ok(());
        }
        if project.paths.iter().any(|path| path.as_os_str() == "-") {
            terminal::complain("standard input cannot be corrected in its place; `--diff` shows what would be");
            return Err(Exit::Trouble);
        }
        if project.paths.iter().any(|path| load::is_revision(path)) {
            terminal::complain("nothing is written into a revision; `--diff` shows what would be corrected");
            return Err(Exit::Trouble);
        }
        let loaded = load::load(&project.paths);
        if let Some(artifact) = loaded.artifacts.first() {
            terminal::complain(&format!(
                "nothing is written into the artifact `{artifact}`; name the rules from which it was made"
            ));
            return Err(Exit::Trouble);
        }
        let before = loaded.sources;
        let mended = mend::mend(&before, today, self.extent());
        let mut result = Ok(());
        for ((_, old), (_, new)) in
            before.iter().zip(mended.sources.iter()).filter(|((_, old), (_, new))| old.text != new.text)
        {
            if let Err(Failure { path, error }) = write::rewrite(Path::new(&old.path), &old.text, &new.text) {
                terminal::complain(&format!("`{}` cannot be written: {error}", path.display()));
                result = Err(Exit::Trouble);
            }
        }
        if result.is_ok() {
            tell(&mended, "corrected");
        }
        result
    }

    /// Shows what would be written, as a patch.
    pub(super) fn show(&self, terminal: &mut Terminal, compiled: &Compiled, today: Option<Day>, color: Color) {
        let mended = mend::mend(&compiled.sources, today, self.extent());
        let look = terminal::out_look(color);
        for ((_, old), (_, new)) in compiled.sources.iter().zip(mended.sources.iter()) {
            if old.text != new.text {
                terminal.print(&render::patch(&old.path, &old.as_in_file(&old.text), &old.as_in_file(&new.text), look));
            }
        }
        tell(&mended, "would be corrected");
    }

    fn extent(&self) -> Extent {
        if self.unsafe_fixes { Extent::All } else { Extent::Safe }
    }
}

/// Says on standard error what was done and what was not.
fn tell(mended: &Mended, how: &str) {
    let line =
        |Correction { path, message, says }: &Correction| render::visible(&format!("  {path}: {message}: {says}\n"));
    let lines = |list: &[Correction]| list.iter().map(line).collect::<String>();
    let mut text = match mended.done.len() {
        0 => format!("nothing {how}\n"),
        count => format!("{} {how}\n{}", counted_as(count, "finding", "findings"), lines(&mended.done)),
    };
    if !mended.refused.is_empty() {
        text += "left alone, as it would change an answer or be a fault itself\n";
        text += &lines(&mended.refused);
    }
    if mended.unasked > 0 {
        let more = counted_as(mended.unasked, "more correction is", "more corrections are");
        text += &more;
        text += " for a lawyer to decide: --unsafe-fixes\n";
    }
    terminal::print_error(&text);
}
