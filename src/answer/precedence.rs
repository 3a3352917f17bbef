//! Who prevails over whom (semantics, section 5). Only written clauses count; all can be read off the pair, given the
//! countries and the day that a clause may name.

use super::applicability::Setting;
use super::clash::clash;
use crate::law::{Clause, ClauseEffect, ClauseId, Kind, Law, Line, NationalLawOf, QuestionHead, Target, covers};

/// Why one line beats another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defeater {
    /// The clauses that say so, in the order of the table.
    pub by: Vec<ClauseId>,
    /// The loser claimed to beat the winner although it must yield to it: the claim settles nothing.
    pub answers_an_inversion: bool,
}

/// Reads off pairs of lines of one question in one setting.
#[derive(Clone, Copy, Debug)]
pub struct Precedence<'l> {
    /// The law.
    pub law: &'l Law,
    /// What the lines answer.
    pub head: QuestionHead,
    /// Where and when.
    pub setting: Setting,
    /// A clause that is taken not to be written, to see what it does.
    pub without: Option<ClauseId>,
}

impl<'l> Precedence<'l> {
    /// With every clause that is written.
    pub fn new(law: &'l Law, head: QuestionHead, setting: Setting) -> Self {
        Precedence { law, head, setting, without: None }
    }

    /// As if the clause were not written.
    #[must_use]
    pub fn without(self, clause: ClauseId) -> Self {
        Precedence { without: Some(clause), ..self }
    }

    /// The clause, spoken for `line`, names `other` here and now.
    pub fn names_pair(self, clause: ClauseId, line: &Line, other: &Line) -> bool {
        self.names(&self.law[clause], line, other)
    }

    /// Whether the two disagree at all.
    pub fn clash(self, a: &Line, b: &Line) -> bool {
        let answer = |line: &Line| line.answer.map(|answer| &self.law[answer]);
        clash(self.head, answer(a), answer(b), a.provision.is_some() && a.provision == b.provision)
    }

    /// Whether `winner` beats `loser`, and by which clauses.
    pub fn beats(self, winner: &Line, loser: &Line) -> Option<Defeater> {
        // Most pairs have no clause: that is seen sooner than whether they disagree.
        if !self.linked(winner, loser) || !self.clash(winner, loser) {
            return None;
        }
        let inverted = self.inverted(loser, winner);
        let mut by = Vec::new();
        if !self.excused(loser, winner) {
            by.extend(self.concessions(loser, winner));
        }
        by.extend(self.claims(winner, loser));
        if by.is_empty() && !inverted {
            return None;
        }
        if inverted {
            by.extend(self.claims(loser, winner));
        }
        by.sort_unstable();
        by.dedup();
        Some(Defeater { by, answers_an_inversion: inverted })
    }

    /// Some clause that speaks for one of the two names the other.
    fn linked(self, a: &Line, b: &Line) -> bool {
        let names = |line, other| clauses_for(self.law, line).any(|id| self.names(&self.law[id], line, other));
        names(a, b) || names(b, a)
    }

    /// `line` claims to beat `other` and must yield to it: a text may always give way, it may never take from a text to
    /// which it yields.
    pub fn inverted(self, line: &Line, other: &Line) -> bool {
        self.clash(line, other)
            && !self.claims(line, other).is_empty()
            && !self.excused(line, other)
            && (!self.concessions(line, other).is_empty()
                || (!self.law[line.instrument].kind.is_binding() && self.mandatory(other, line)))
    }

    /// Clauses by which `line` says that it beats `other`. A text that is not held claims nothing.
    pub fn claims(self, line: &Line, other: &Line) -> Vec<ClauseId> {
        if is_unread(line) {
            return Vec::new();
        }
        self.naming(line, other, ClauseEffect::Claims)
    }

    /// Clauses by which `line` gives way to `other`.
    pub fn concessions(self, line: &Line, other: &Line) -> Vec<ClauseId> {
        self.naming(line, other, ClauseEffect::Concedes)
    }

    /// Both hands: `other` lets texts of that kind depart from it, and `line` does so in words.
    pub fn excused(self, line: &Line, other: &Line) -> bool {
        !self.naming(other, line, ClauseEffect::Allows).is_empty() && !self.claims(line, other).is_empty()
    }

    /// `line` is mandatory against `other`. What a text says that is not held is presumed to be.
    ///
    /// That a rule is itself subject to mandatory rules does not make it less than mandatory: otherwise two such rules
    /// would each be mandatory only if the other is not.
    pub fn mandatory(self, line: &Line, other: &Line) -> bool {
        line.answer.is_none_or(|answer| self.law[answer].strength.is_mandatory())
            && self.law[line.instrument].kind.is_binding()
            && !self.excused(other, line)
            && !self.yields_in_its_own_words(line, other)
    }

    /// The rule or provision of `line` gives way to `other`, by more than that it is subject to mandatory rules: whether
    /// `other` is one is not asked.
    fn yields_in_its_own_words(self, line: &Line, other: &Line) -> bool {
        let written = own_clauses(self.law, line).filter(|id| self.without != Some(*id));
        written.map(|id| &self.law[id]).any(|clause| {
            clause.effect == ClauseEffect::Concedes
                && clause.target != Target::MandatoryRules
                && self.names(clause, line, other)
        })
    }

    /// The clauses of one effect that speak for `line` and name `other`.
    fn naming(self, line: &Line, other: &Line, effect: ClauseEffect) -> Vec<ClauseId> {
        let owned = clauses_for(self.law, line);
        let written = owned.filter(|id| self.without != Some(*id));
        written.filter(|id| self.law[*id].effect == effect && self.names(&self.law[*id], line, other)).collect()
    }

    /// The clause, spoken for `line`, names `other`. A clause about a class of texts is about other texts.
    fn names(self, clause: &Clause, line: &Line, other: &Line) -> bool {
        if !clause.dates.contains(self.setting.on) {
            return false;
        }
        let theirs = &self.law[other.instrument];
        match &clause.target {
            Target::Text { instrument, citation } => {
                other.instrument == *instrument
                    && citation.as_ref().is_none_or(|wide| {
                        other.provision.is_some_and(|provision| covers(wide, &self.law[provision].citation))
                    })
            }
            _ if other.instrument == line.instrument => false,
            Target::NationalLaw(of) => {
                theirs.kind.is_national_law()
                    && theirs.country.is_some_and(|country| match of {
                        NationalLawOf::Requesting => country == self.setting.requesting,
                        NationalLawOf::Requested => country == self.setting.requested,
                        NationalLawOf::Either => {
                            country == self.setting.requesting || country == self.setting.requested
                        }
                        NationalLawOf::Country(named) => country == *named,
                    })
            }
            // Only who gives way can name this class: whether a rule is mandatory turns on the claims against it.
            Target::MandatoryRules => {
                clause.effect == ClauseEffect::Concedes
                    && matches!(theirs.kind, Kind::Treaty | Kind::Regulation)
                    && self.mandatory(other, line)
            }
            Target::Kinds { kinds, same_country } => {
                kinds.contains(&theirs.kind) && (!same_country || theirs.country == self.law[line.instrument].country)
            }
        }
    }
}

/// The clauses that speak for a line: of its rule and provision, of its instrument, and of its kind.
pub fn clauses_for<'l>(law: &'l Law, line: &Line) -> impl Iterator<Item = ClauseId> + use<'l> {
    let instrument = &law[line.instrument];
    own_clauses(law, line).chain(instrument.clauses.iter().chain(law.clauses_of_kind(instrument.kind)).copied())
}

/// Those of its rule and provision alone.
fn own_clauses<'l>(law: &'l Law, line: &Line) -> impl Iterator<Item = ClauseId> + use<'l> {
    let rule = line.rule.map_or(&[][..], |rule| &law[rule].clauses);
    let provision = line.provision.map_or(&[][..], |provision| &law[provision].clauses);
    rule.iter().chain(provision).copied()
}

/// The line stands for a text that is not held.
pub fn is_unread(line: &Line) -> bool {
    line.answer.is_none()
}
