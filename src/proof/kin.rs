//! Which lines of a question can have a part in what becomes of which: what can be read off answers and clauses alone,
//! before any case is looked at.
//!
//! What is said here never leaves out a line that matters, whatever the day and the countries; that one can beat
//! another does not mean that it does. Lines for which the same clauses speak are one speaker; speakers and answers are few where lines are many.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::answer::{LineRef, clash, clauses_for};
use crate::law::{
    AnswerId, Clause, ClauseEffect, ClauseId, InstrumentId, Kind, Law, QuestionHead, QuestionKind, Target,
};

/// Up to so many answers, what is known of pairs is kept in a table.
const TABLE: usize = 1024;

/// Clauses and answers of the lines of one question.
pub(super) struct Kin<'l> {
    law: &'l Law,
    head: QuestionHead,
    /// Of each line the number of its answer; lines with equal answers have equal numbers.
    answers: Vec<usize>,
    /// Each answer once; none: not held.
    said: Vec<Option<AnswerId>>,
    /// Of each answer the lines, in order.
    saying: Vec<Vec<usize>>,
    /// Whether two answers of different provisions disagree, as far as it was asked: 0 is not yet known.
    clashes: RefCell<Vec<u8>>,
    speakers: Vec<Speaker>,
    /// Of each line the speaker.
    speaker: Vec<usize>,
}

/// Lines of one instrument for which the same clauses speak.
struct Speaker {
    instrument: InstrumentId,
    clauses: Vec<ClauseId>,
    /// No clause of the question speaks of it, and none of its own of any line of the question.
    alone: bool,
    /// It can lie in a circle of such as can beat each other.
    circling: bool,
}

impl<'l> Kin<'l> {
    pub(super) fn of(law: &'l Law, head: QuestionHead, lines: &[LineRef]) -> Self {
        let mut numbers: HashMap<Option<AnswerId>, usize> = HashMap::new();
        let mut known: BTreeMap<(InstrumentId, Vec<ClauseId>), usize> = BTreeMap::new();
        let (mut answers, mut said, mut speaker) = (Vec::with_capacity(lines.len()), Vec::new(), Vec::new());
        let mut saying: Vec<Vec<usize>> = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let number = *numbers.entry(line.line.answer).or_insert_with(|| {
                said.push(line.line.answer);
                saying.push(Vec::new());
                said.len() - 1
            });
            answers.push(number);
            saying[number].push(place);
            let next = known.len();
            let clauses = clauses_for(law, &line.line).collect();
            speaker.push(*known.entry((line.line.instrument, clauses)).or_insert(next));
        }
        let mut speakers: Vec<Option<Speaker>> = known.iter().map(|_| None).collect();
        for ((instrument, clauses), place) in known {
            speakers[place] = Some(Speaker { instrument, clauses, alone: true, circling: false });
        }
        let speakers: Vec<Speaker> = speakers.into_iter().flatten().collect();
        let table = if said.len() <= TABLE { said.len() * said.len() } else { 0 };
        let mut kin =
            Kin { law, head, answers, said, saying, clashes: RefCell::new(vec![0; table]), speakers, speaker };
        if kin.speakers.iter().any(|speaker| !speaker.clauses.is_empty()) {
            kin.find_alone();
            kin.find_circling();
        }
        kin
    }

    /// Both lines are held and answer the same.
    pub(super) fn says_the_same(&self, a: usize, b: usize) -> bool {
        self.answers[a] == self.answers[b] && self.said[self.answers[a]].is_some()
    }

    /// The lines that answer as this one does, itself among them, in order; none if it is not held.
    pub(super) fn saying_the_same(&self, line: usize) -> &[usize] {
        let number = self.answers[line];
        if self.said[number].is_some() { &self.saying[number] } else { &[] }
    }

    /// The same clauses speak for both, and they are of one instrument.
    pub(super) fn same_speaker(&self, a: usize, b: usize) -> bool {
        self.speaker[a] == self.speaker[b]
    }

    /// The two lines disagree; what is held never disagrees with itself.
    pub(super) fn clash(&self, a: usize, b: usize, same_provision: bool) -> bool {
        if self.says_the_same(a, b) {
            return false;
        }
        let held = |line: usize| self.said[self.answers[line]].is_some();
        if same_provision && self.head.kind() == QuestionKind::Collected && held(a) && held(b) {
            return false;
        }
        let (a, b) = (self.answers[a].min(self.answers[b]), self.answers[a].max(self.answers[b]));
        let answer = |number: usize| self.said[number].map(|id| &self.law[id]);
        let disagree = || clash(self.head, answer(a), answer(b), false);
        let mut clashes = self.clashes.borrow_mut();
        match clashes.get_mut(a * self.said.len() + b) {
            Some(known) => {
                if *known == 0 {
                    *known = 1 + u8::from(disagree());
                }
                *known == 2
            }
            None => disagree(),
        }
    }

    /// No clause has a part in what becomes of the line.
    pub(super) fn is_alone(&self, line: usize) -> bool {
        self.speakers[self.speaker[line]].alone
    }

    /// The line can lie in a circle of clauses.
    pub(super) fn is_circling(&self, line: usize) -> bool {
        self.speakers[self.speaker[line]].circling
    }

    /// Some clause of one of the lines speaks of the other.
    pub(super) fn linked(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.speakers[self.speaker[a]], &self.speakers[self.speaker[b]]);
        !a.alone && !b.alone && (self.speaks_of(a, b, |_| true) || self.speaks_of(b, a, |_| true))
    }

    /// The first line can claim to prevail over the other although it has to yield to it.
    pub(super) fn can_invert(&self, line: usize, other: usize) -> bool {
        let (line, other) = (&self.speakers[self.speaker[line]], &self.speakers[self.speaker[other]]);
        let binding = |speaker: &Speaker| self.law[speaker.instrument].kind.is_binding();
        self.speaks_of(line, other, |effect| effect == ClauseEffect::Claims)
            && (self.speaks_of(line, other, |effect| effect == ClauseEffect::Concedes)
                || (!binding(line) && binding(other)))
    }

    /// The first line can beat the other: by a claim, by a concession, or because the other claims what it must not.
    pub(super) fn can_beat(&self, winner: usize, loser: usize) -> bool {
        self.speaker_can_beat(&self.speakers[self.speaker[winner]], &self.speakers[self.speaker[loser]])
    }

    fn speaker_can_beat(&self, winner: &Speaker, loser: &Speaker) -> bool {
        let binding = |speaker: &Speaker| self.law[speaker.instrument].kind.is_binding();
        !winner.alone
            && !loser.alone
            && (self.speaks_of(winner, loser, |effect| effect == ClauseEffect::Claims)
                || self.speaks_of(loser, winner, |effect| effect == ClauseEffect::Concedes)
                || (!binding(loser)
                    && binding(winner)
                    && self.speaks_of(loser, winner, |effect| effect == ClauseEffect::Claims)))
    }

    /// Some clause of such an effect speaks of the other, on whatever day and whichever side.
    fn speaks_of(&self, speaker: &Speaker, other: &Speaker, effect: impl Fn(ClauseEffect) -> bool) -> bool {
        let clauses = speaker.clauses.iter().map(|id| &self.law[*id]).filter(|clause| effect(clause.effect));
        let kind = self.law[other.instrument].kind;
        let same = speaker.instrument == other.instrument;
        clauses.into_iter().any(|clause| names(clause, other.instrument, kind, same))
    }

    fn find_alone(&mut self) {
        let mut clauses: BTreeMap<ClauseId, BTreeSet<InstrumentId>> = BTreeMap::new();
        for speaker in &self.speakers {
            for clause in &speaker.clauses {
                clauses.entry(*clause).or_default().insert(speaker.instrument);
            }
        }
        let instruments: BTreeSet<InstrumentId> = self.speakers.iter().map(|speaker| speaker.instrument).collect();
        let mut spoken_of: BTreeSet<InstrumentId> = BTreeSet::new();
        let mut speaking: BTreeSet<ClauseId> = BTreeSet::new();
        for (id, owners) in &clauses {
            let clause = &self.law[*id];
            for other in &instruments {
                let kind = self.law[*other].kind;
                if owners.iter().any(|owner| names(clause, *other, kind, owner == other)) {
                    spoken_of.insert(*other);
                    speaking.insert(*id);
                }
            }
        }
        for speaker in &mut self.speakers {
            speaker.alone = !spoken_of.contains(&speaker.instrument)
                && !speaker.clauses.iter().any(|clause| speaking.contains(clause));
        }
    }

    /// Takes away, again and again, every speaker that can beat none of those left or be beaten by none.
    fn find_circling(&mut self) {
        let merged = self.merged();
        let nodes: Vec<&Speaker> =
            if merged.is_empty() { self.speakers.iter().collect() } else { merged.iter().collect() };
        let beating: Vec<Vec<usize>> = nodes
            .iter()
            .map(|winner| (0..nodes.len()).filter(|loser| self.speaker_can_beat(winner, nodes[*loser])).collect())
            .collect();
        let mut left = vec![true; nodes.len()];
        loop {
            let mut beaten = vec![false; nodes.len()];
            for winner in (0..nodes.len()).filter(|winner| left[*winner]) {
                beating[winner].iter().for_each(|loser| beaten[*loser] = true);
            }
            let beats = |winner: usize| beating[winner].iter().any(|loser| left[*loser]);
            let next: Vec<bool> = (0..nodes.len()).map(|place| left[place] && beaten[place] && beats(place)).collect();
            if next == left {
                break;
            }
            left = next;
        }
        let circling: BTreeSet<(InstrumentId, Option<&[ClauseId]>)> = (nodes.iter().zip(&left))
            .filter(|(_, left)| **left)
            .map(|(node, _)| (node.instrument, merged.is_empty().then_some(node.clauses.as_slice())))
            .collect();
        let is_circling = |speaker: &Speaker| {
            circling.contains(&(speaker.instrument, Some(&speaker.clauses)))
                || circling.contains(&(speaker.instrument, None))
        };
        let found: Vec<bool> = self.speakers.iter().map(is_circling).collect();
        for (speaker, circling) in self.speakers.iter_mut().zip(found) {
            speaker.circling = circling;
        }
    }

    /// Where speakers are very many, one for each instrument, for which all its clauses speak; otherwise none.
    fn merged(&self) -> Vec<Speaker> {
        if self.speakers.len() <= TABLE {
            return Vec::new();
        }
        let mut merged: BTreeMap<InstrumentId, BTreeSet<ClauseId>> = BTreeMap::new();
        for speaker in &self.speakers {
            merged.entry(speaker.instrument).or_default().extend(&speaker.clauses);
        }
        let speaker = |(instrument, clauses): (InstrumentId, BTreeSet<ClauseId>)| Speaker {
            instrument,
            clauses: clauses.into_iter().collect(),
            alone: false,
            circling: false,
        };
        merged.into_iter().map(speaker).collect()
    }
}

/// The clause speaks of lines of the instrument; a clause about a class of texts is about other texts than its own.
fn names(clause: &Clause, other: InstrumentId, kind: Kind, same: bool) -> bool {
    match &clause.target {
        Target::Text { instrument, .. } => *instrument == other,
        _ if same => false,
        Target::NationalLaw(_) => kind.is_national_law(),
        Target::MandatoryRules => matches!(kind, Kind::Treaty | Kind::Regulation),
        Target::Kinds { kinds, .. } => kinds.contains(&kind),
    }
}
