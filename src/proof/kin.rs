//! Which lines of a question can have a part in what becomes of which: what can be read off answers and clauses alone,
//! before any case is looked at.
//!
//! What is said here never leaves out a line that matters, whatever the day and the countries; that one can beat
//! another does not mean that it does. Lines for which the same clauses speak are one speaker; speakers and answers are few where lines are many.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::answer::{LineRef, clash, clauses_for};
use crate::law::{
    AnswerId, Clause, ClauseEffect, ClauseId, InstrumentId, Kind, Law, ProvisionId, QuestionHead, QuestionKind, Target,
    covers,
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
    /// Lists of cited texts, those that cover one provision.
    covering: Vec<Vec<usize>>,
    /// Of each line the list of the cited texts that cover it.
    cited_by: Vec<usize>,
    /// Of each line: no clause of the question speaks of it, and none of its own of any line of the question.
    alone: Vec<bool>,
    /// Of each line: it can lie in a circle of such as can beat each other.
    circling: Vec<bool>,
}

/// Lines of one instrument for which the same clauses speak.
struct Speaker {
    instrument: InstrumentId,
    /// The clauses that speak of whole texts, or of classes of them.
    wide: Vec<ClauseId>,
    /// The cited texts of which the others speak, by number, and how: sorted.
    cited: Vec<(usize, ClauseEffect)>,
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
        let mut ordered: Vec<(usize, InstrumentId, Vec<ClauseId>)> =
            known.into_iter().map(|((instrument, clauses), place)| (place, instrument, clauses)).collect();
        ordered.sort_unstable_by_key(|(place, ..)| *place);
        let mut texts = Texts::default();
        let speakers: Vec<Speaker> = ordered
            .into_iter()
            .map(|(_, instrument, clauses)| Speaker::new(law, instrument, clauses, &mut texts))
            .collect();
        let (covering, cited_by) = texts.covering(law, lines);
        let table = if said.len() <= TABLE { said.len() * said.len() } else { 0 };
        let mut kin = Kin {
            law,
            head,
            answers,
            said,
            saying,
            clashes: RefCell::new(vec![0; table]),
            speakers,
            speaker,
            covering,
            cited_by,
            alone: vec![true; lines.len()],
            circling: vec![false; lines.len()],
        };
        if kin.speakers.iter().any(|speaker| !speaker.wide.is_empty() || !speaker.cited.is_empty()) {
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
        self.alone[line]
    }

    /// The line can lie in a circle of clauses.
    pub(super) fn is_circling(&self, line: usize) -> bool {
        self.circling[line]
    }

    /// Some clause of one of the lines speaks of the other.
    pub(super) fn linked(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.node(a), self.node(b));
        self.speaks_of(a, b, |_| true) || self.speaks_of(b, a, |_| true)
    }

    /// The first line can claim to prevail over the other although it has to yield to it.
    pub(super) fn can_invert(&self, line: usize, other: usize) -> bool {
        let (line, other) = (self.node(line), self.node(other));
        self.speaks_of(line, other, |effect| effect == ClauseEffect::Claims)
            && (self.speaks_of(line, other, |effect| effect == ClauseEffect::Concedes)
                || (!self.is_binding(line) && self.is_binding(other)))
    }

    /// The first line can beat the other: by a claim, by a concession, or because the other claims what it must not.
    pub(super) fn can_beat(&self, winner: usize, loser: usize) -> bool {
        !self.alone[winner] && !self.alone[loser] && self.node_can_beat(self.node(winner), self.node(loser))
    }

    /// The clause can speak of the line, on whatever day and whichever side, if it speaks of a text by name.
    pub(super) fn can_be_named(law: &Law, line: &LineRef, clause: &Clause) -> bool {
        match &clause.target {
            Target::Text { instrument, citation } => {
                *instrument == line.line.instrument
                    && citation.as_ref().is_none_or(|wide| {
                        line.line.provision.is_some_and(|provision| covers(wide, &law[provision].citation))
                    })
            }
            _ => true,
        }
    }

    fn node(&self, line: usize) -> Node<'_> {
        (&self.speakers[self.speaker[line]], &self.covering[self.cited_by[line]])
    }

    fn is_binding(&self, (speaker, _): Node<'_>) -> bool {
        self.law[speaker.instrument].kind.is_binding()
    }

    fn node_can_beat(&self, winner: Node<'_>, loser: Node<'_>) -> bool {
        self.speaks_of(winner, loser, |effect| effect == ClauseEffect::Claims)
            || self.speaks_of(loser, winner, |effect| effect == ClauseEffect::Concedes)
            || (!self.is_binding(loser)
                && self.is_binding(winner)
                && self.speaks_of(loser, winner, |effect| effect == ClauseEffect::Claims))
    }

    /// Some clause of such an effect speaks of the other, on whatever day and whichever side.
    fn speaks_of(
        &self,
        (speaker, _): Node<'_>,
        (other, covering): Node<'_>,
        effect: impl Fn(ClauseEffect) -> bool,
    ) -> bool {
        let cited = |text: &usize| {
            let first = speaker.cited.partition_point(|(known, _)| known < text);
            speaker.cited[first..].iter().take_while(|(known, _)| known == text).any(|(_, own)| effect(*own))
        };
        if covering.iter().any(cited) {
            return true;
        }
        let clauses = speaker.wide.iter().map(|id| &self.law[*id]).filter(|clause| effect(clause.effect));
        let kind = self.law[other.instrument].kind;
        let same = speaker.instrument == other.instrument;
        clauses.into_iter().any(|clause| names(clause, other.instrument, kind, same))
    }

    fn find_alone(&mut self) {
        let mut clauses: BTreeMap<ClauseId, BTreeSet<InstrumentId>> = BTreeMap::new();
        for speaker in &self.speakers {
            for clause in &speaker.wide {
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
        let heard: BTreeSet<usize> = self.covering.iter().flatten().copied().collect();
        let speaks: Vec<bool> = self
            .speakers
            .iter()
            .map(|speaker| {
                speaker.wide.iter().any(|clause| speaking.contains(clause))
                    || speaker.cited.iter().any(|(text, _)| heard.contains(text))
            })
            .collect();
        for (line, alone) in self.alone.iter_mut().enumerate() {
            let speaker = self.speaker[line];
            *alone = !speaks[speaker]
                && !spoken_of.contains(&self.speakers[speaker].instrument)
                && self.covering[self.cited_by[line]].is_empty();
        }
    }

    /// Takes away, again and again, every line that can beat none of those left or be beaten by none. Lines for which the same clauses
    /// speak, and of which the same clauses speak, are taken together.
    fn find_circling(&mut self) {
        let lines = (0..self.speaker.len()).filter(|line| !self.alone[*line]);
        let mut kinds: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for line in lines {
            let next = kinds.len();
            kinds.entry((self.speaker[line], self.cited_by[line])).or_insert(next);
        }
        if kinds.len() > TABLE {
            return self.find_circling_texts();
        }
        let mut ordered: Vec<(usize, (usize, usize))> = kinds.iter().map(|(kind, place)| (*place, *kind)).collect();
        ordered.sort_unstable();
        let nodes: Vec<Node<'_>> = ordered
            .iter()
            .map(|(_, (speaker, list))| (&self.speakers[*speaker], self.covering[*list].as_slice()))
            .collect();
        let left = circling(nodes.len(), |winner, loser| self.node_can_beat(nodes[winner], nodes[loser]));
        let circling = (0..self.speaker.len())
            .map(|line| kinds.get(&(self.speaker[line], self.cited_by[line])).is_some_and(|place| left[*place]));
        self.circling = circling.collect();
    }

    /// As [`Self::find_circling`] where they are very many: for each instrument, all its clauses speak for all of it.
    fn find_circling_texts(&mut self) {
        let merged = self.merged();
        let places: BTreeMap<InstrumentId, usize> =
            merged.iter().enumerate().map(|(place, (speaker, _))| (speaker.instrument, place)).collect();
        let node = |at: usize| (&merged[at].0, merged[at].1.as_slice());
        let left = circling(merged.len(), |winner, loser| self.node_can_beat(node(winner), node(loser)));
        let circling = (0..self.speaker.len()).map(|line| {
            let instrument = self.speakers[self.speaker[line]].instrument;
            !self.alone[line] && places.get(&instrument).is_some_and(|place| left[*place])
        });
        self.circling = circling.collect();
    }

    /// For each instrument what speaks for some of it, and what speaks of some of it.
    fn merged(&self) -> Vec<(Speaker, Vec<usize>)> {
        type Parts = (BTreeSet<ClauseId>, BTreeSet<(usize, ClauseEffect)>, BTreeSet<usize>);
        let mut merged: BTreeMap<InstrumentId, Parts> = BTreeMap::new();
        for line in 0..self.speaker.len() {
            let (speaker, covering) = self.node(line);
            let parts = merged.entry(speaker.instrument).or_default();
            parts.0.extend(&speaker.wide);
            parts.1.extend(&speaker.cited);
            parts.2.extend(covering);
        }
        let node = |(instrument, (wide, cited, covering)): (InstrumentId, Parts)| {
            let speaker = Speaker { instrument, wide: wide.into_iter().collect(), cited: cited.into_iter().collect() };
            (speaker, covering.into_iter().collect())
        };
        merged.into_iter().map(node).collect()
    }
}

/// What speaks for a line, and the cited texts that cover it.
type Node<'k> = (&'k Speaker, &'k [usize]);

impl Speaker {
    fn new<'l>(law: &'l Law, instrument: InstrumentId, clauses: Vec<ClauseId>, texts: &mut Texts<'l>) -> Speaker {
        let mut speaker = Speaker { instrument, wide: Vec::new(), cited: Vec::new() };
        for id in clauses {
            let clause = &law[id];
            match &clause.target {
                Target::Text { instrument, citation: Some(citation) } => {
                    speaker.cited.push((texts.number(*instrument, citation), clause.effect));
                }
                _ => speaker.wide.push(id),
            }
        }
        speaker.cited.sort_unstable();
        speaker.cited.dedup();
        speaker
    }
}

/// The texts that clauses cite, numbered.
#[derive(Default)]
struct Texts<'l> {
    numbers: HashMap<(InstrumentId, &'l str), usize>,
}

impl<'l> Texts<'l> {
    fn number(&mut self, instrument: InstrumentId, citation: &'l str) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry((instrument, citation)).or_insert(next)
    }

    /// The lists of those that cover some provision, the first one empty; and of each line its list.
    fn covering(&self, law: &'l Law, lines: &[LineRef]) -> (Vec<Vec<usize>>, Vec<usize>) {
        let mut lists: Vec<Vec<usize>> = vec![Vec::new()];
        let mut known: HashMap<Vec<usize>, usize> = HashMap::from([(Vec::new(), 0)]);
        let mut of_provision: HashMap<ProvisionId, usize> = HashMap::new();
        let mut list_of = |provision: ProvisionId, instrument: InstrumentId| {
            let narrow = law[provision].citation.as_str();
            // Whatever covers a citation is the beginning of it.
            let ends = narrow.char_indices().map(|(at, _)| at).skip(1).chain([narrow.len()]);
            let begins = ends.map(|end| &narrow[..end]).filter(|wide| covers(wide, narrow));
            let mut list: Vec<usize> =
                begins.filter_map(|wide| self.numbers.get(&(instrument, wide)).copied()).collect();
            list.sort_unstable();
            *known.entry(list.clone()).or_insert_with(|| {
                lists.push(list);
                lists.len() - 1
            })
        };
        let mut of_lines = vec![0; lines.len()];
        if !self.numbers.is_empty() {
            for (place, line) in lines.iter().enumerate() {
                let Some(provision) = line.line.provision else { continue };
                of_lines[place] =
                    *of_provision.entry(provision).or_insert_with(|| list_of(provision, line.line.instrument));
            }
        }
        (lists, of_lines)
    }
}

/// Which of so many are left when all are taken away, again and again, that can beat none of the others or be beaten by none.
fn circling(count: usize, can_beat: impl Fn(usize, usize) -> bool) -> Vec<bool> {
    let losers: Vec<Vec<usize>> =
        (0..count).map(|winner| (0..count).filter(|loser| can_beat(winner, *loser)).collect()).collect();
    let mut winners: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (winner, losers) in losers.iter().enumerate() {
        for loser in losers {
            winners[*loser].push(winner);
        }
    }
    let mut beats: Vec<usize> = losers.iter().map(Vec::len).collect();
    let mut beaten: Vec<usize> = winners.iter().map(Vec::len).collect();
    let mut left = vec![true; count];
    let mut waiting: Vec<usize> = (0..count).filter(|at| beats[*at] == 0 || beaten[*at] == 0).collect();
    while let Some(at) = waiting.pop() {
        if !std::mem::replace(&mut left[at], false) {
            continue;
        }
        for loser in &losers[at] {
            beaten[*loser] -= 1;
            waiting.extend(Some(*loser).filter(|loser| beaten[*loser] == 0));
        }
        for winner in &winners[at] {
            beats[*winner] -= 1;
            waiting.extend(Some(*winner).filter(|winner| beats[*winner] == 0));
        }
    }
    left
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
