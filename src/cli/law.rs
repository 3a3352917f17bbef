//! Reading the law for a verb, and reporting what is wrong with it.

use super::Exit;
use super::progress::ProgressLine;
use super::project::Project;
use super::terminal::{self, Color};
use crate::compile::{self, is_error};
use crate::finding::{self, Code, Finding, Severity};
use crate::law::{Day, Law};
use crate::load::{self, is_trouble};
use crate::render::{self, Counts, Report};
use crate::source::Sources;
use crate::suite;
use crate::words;

/// The law of some files, with everything that was found.
pub(super) struct Compiled {
    pub(super) sources: Sources,
    pub(super) law: Law,
    pub(super) findings: Vec<Finding>,
}

impl Compiled {
    /// Reads and compiles the files, with or without proofs. Without `today` nothing is due and no excuse expires.
    pub(super) fn read(project: &Project, today: Option<Day>, proofs: bool) -> Compiled {
        let compile = if proofs { compile::prove } else { compile::compile };
        Compiled::with(project, |sources| compile(sources, today))
    }

    /// Reads, compiles and proves, and shows on a terminal how far that has come.
    pub(super) fn proved(project: &Project, today: Option<Day>) -> Compiled {
        if !terminal::is_watched() {
            return Compiled::read(project, today, true);
        }
        let mut line = ProgressLine::new();
        let compiled =
            Compiled::with(project, |sources| compile::prove_observed(sources, today, &mut |come| line.show(come)));
        line.end();
        compiled
    }

    fn with(project: &Project, compile: impl FnOnce(&Sources) -> (Law, Vec<Finding>)) -> Compiled {
        let loaded = load::load_as(&project.paths, project.input.as_deref());
        let (law, found) = compile(&loaded.sources);
        let mut findings = loaded.findings;
        findings.extend(found);
        finding::sort(&mut findings);
        name_the_law(&mut findings, project);
        Compiled { sources: loaded.sources, law, findings }
    }

    /// The law cannot be used: nothing is answered, tested or built from it.
    pub(super) fn is_broken(&self) -> bool {
        self.findings.iter().any(is_error)
    }

    /// With findings as grave as the settings have them. Where they say how grave a failed test is, the tests are run.
    pub(super) fn weighed(mut self, project: &Project) -> Compiled {
        let settings = &project.settings;
        if settings.severities.contains_key(&Code::TestFailed) && !self.is_broken() {
            let mut failed: Vec<Finding> = suite::run(&self.law).into_iter().flat_map(|test| test.failures).collect();
            name_the_law(&mut failed, project);
            self.findings.append(&mut failed);
            finding::sort(&mut self.findings);
        }
        settings.weigh(&mut self.findings);
        self
    }

    /// The exit code, where what is that grave counts.
    pub(super) fn exit(&self, fail_on: Severity) -> Exit {
        if self.findings.iter().any(is_trouble) {
            Exit::Trouble
        } else if self.findings.iter().any(|finding| finding.counts(fail_on)) {
            Exit::Findings
        } else {
            Exit::Fine
        }
    }

    /// What was found, to be written in any format.
    pub(super) fn report(&self) -> Report<'_> {
        Report::new(&self.sources, &self.findings, self.law.rules.len())
    }

    /// Says on standard error why a law with errors is not used.
    pub(super) fn refuse(&self, color: Color, consequence: &str) -> Exit {
        let errors: Vec<_> = self.findings.iter().filter(|finding| is_error(finding)).cloned().collect();
        let look = terminal::error_look(color);
        terminal::print_error(&render::human(&self.sources, &errors, look));
        terminal::complain(&format!("{}; {consequence}", Counts::of(&errors).sentence()));
        self.exit(Severity::Error)
    }
}

/// Lets the command of each witness ask the law that was read: what finds a fault knows no paths.
pub(super) fn name_the_law(findings: &mut [Finding], project: &Project) {
    if project.is_default {
        return;
    }
    for command in findings.iter_mut().filter_map(|finding| finding.witness.as_mut()) {
        for path in &project.paths {
            command.push_str(" --rules ");
            command.push_str(&words::shell(&path.to_string_lossy()));
        }
    }
}
