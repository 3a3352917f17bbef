//! Which rows belong to which: what would otherwise be looked for among all rows, again and again.

use std::ops::Range;

use super::{
    ClauseId, ClauseOwner, Complete, CountryId, InstrumentId, Kind, Law, LineId, ProvisionId, Question, QuestionId,
    Relations, RuleId, id_of,
};

/// Made once, when the tables are filled.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    lines_of_question: Groups<LineId>,
    /// As `lines_of_question`; within a question by the requested country where a line speaks of one only, the others
    /// first.
    lines_by_country: Groups<LineId>,
    completes_of_question: Groups<u32>,
    /// Which instrument has a line on which question: sorted.
    spoken: Vec<(QuestionId, InstrumentId)>,
    clauses_of_kind: Groups<ClauseId>,
    unread_instruments: Vec<InstrumentId>,
    unread_provisions: Vec<ProvisionId>,
}

/// Lists, one for each row of another table, that share one allocation.
#[derive(Clone, Debug)]
struct Groups<T> {
    /// Where each list begins, and where the last one ends.
    starts: Vec<u32>,
    members: Vec<T>,
}

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Groups { starts: Vec::new(), members: Vec::new() }
    }
}

impl<T> Groups<T> {
    /// Members with the list in which each stands, in an order in which the lists follow each other.
    fn of_sorted(count: usize, members: impl IntoIterator<Item = (usize, T)>) -> Groups<T> {
        let members = members.into_iter();
        let mut groups = Groups { starts: vec![0], members: Vec::with_capacity(members.size_hint().0) };
        for (group, member) in members {
            debug_assert!(group + 1 >= groups.starts.len(), "sorted by list");
            groups.close(group);
            groups.members.push(member);
        }
        groups.close(count);
        groups
    }

    /// Ends every list before this one.
    fn close(&mut self, group: usize) {
        self.starts.resize(self.starts.len().max(group + 1), id_of(self.members.len()));
    }

    fn get(&self, group: usize) -> &[T] {
        match (self.starts.get(group), self.starts.get(group + 1)) {
            (Some(start), Some(end)) => &self.members[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

impl Index {
    fn of(law: &Law) -> Index {
        let questions = law.questions.len();
        let mut lines: Vec<(QuestionId, Option<CountryId>, LineId)> = Vec::with_capacity(law.lines.len());
        lines.extend(law.lines().map(|(id, line)| (line.question, None, id)));
        lines.sort_unstable();
        let with_question = |(question, _, id): &(QuestionId, Option<CountryId>, LineId)| (question.index(), *id);
        let lines_of_question = Groups::of_sorted(questions, lines.iter().map(with_question));
        let mut spoken: Vec<_> = lines.iter().map(|(question, _, id)| (*question, law[*id].instrument)).collect();
        spoken.dedup();
        spoken.sort_unstable();
        spoken.dedup();
        let of_relations: Vec<Option<CountryId>> = law.relations.iter().map(only_requested).collect();
        for (_, country, id) in &mut lines {
            *country = of_relations[usize::from(law[*id].scope.relations)];
        }
        lines.sort_unstable();
        let lines_by_country = Groups::of_sorted(questions, lines.iter().map(with_question));
        drop(lines);
        let completes = (0..).zip(&law.completes);
        let mut completes: Vec<(usize, u32)> = completes
            .flat_map(|(place, complete)| complete.questions.iter().map(move |question| (place, question)))
            .filter_map(|(place, question)| Some((law.question_id(*question)?.index(), place)))
            .collect();
        completes.sort_unstable();
        completes.dedup();
        let of_kind = |(id, clause): (ClauseId, &super::Clause)| match clause.owner {
            ClauseOwner::Kind(kind) => Some((kind as usize, id)),
            _ => None,
        };
        let mut clauses: Vec<(usize, ClauseId)> = law.clauses().filter_map(of_kind).collect();
        clauses.sort_unstable();
        Index {
            lines_of_question,
            lines_by_country,
            completes_of_question: Groups::of_sorted(questions, completes),
            spoken,
            clauses_of_kind: Groups::of_sorted(Kind::ALL.len(), clauses),
            unread_instruments: law.instruments().filter(|(_, row)| !row.unread.is_empty()).map(|(id, _)| id).collect(),
            unread_provisions: law.provisions().filter(|(_, row)| !row.unread.is_empty()).map(|(id, _)| id).collect(),
        }
    }
}

/// The requested country, if there is one only.
fn only_requested(relations: &Relations) -> Option<CountryId> {
    let mut countries = relations.to?.iter();
    countries.next().filter(|_| countries.next().is_none())
}

impl Law {
    /// The tables are filled: notes which rows belong to which.
    pub(crate) fn finished(mut self) -> Law {
        self.index = Index::of(&self);
        self
    }

    /// The row of a question; none if neither the law nor its tests mention it.
    pub fn question_id(&self, question: Question) -> Option<QuestionId> {
        self.questions.binary_search(&question).ok().map(|place| QuestionId(id_of(place)))
    }

    /// The lines of a question, in the order of the table.
    pub fn lines_of(&self, question: QuestionId) -> &[LineId] {
        self.index.lines_of_question.get(question.index())
    }

    /// The lines of a question that do not all by themselves exclude requests to that country, in the order of the table.
    pub fn lines_asking(&self, question: QuestionId, requested: CountryId) -> Vec<LineId> {
        let lines = self.index.lines_by_country.get(question.index());
        let up_to = |country: Option<CountryId>| {
            lines.partition_point(|id| only_requested(&self[self[*id].scope.relations]) <= country)
        };
        let before = requested.0.checked_sub(1).map(CountryId);
        let (of_several, of_one) = (up_to(None), up_to(before)..up_to(Some(requested)));
        let mut asking = [&lines[..of_several], &lines[of_one]].concat();
        asking.sort_unstable();
        asking
    }

    /// Some line of the instrument is about the question.
    pub fn speaks_of(&self, instrument: InstrumentId, question: QuestionId) -> bool {
        self.index.spoken.binary_search(&(question, instrument)).is_ok()
    }

    /// The regions in which the question must have an answer, in the order of the table.
    pub fn completes_of(&self, question: QuestionId) -> impl Iterator<Item = &Complete> {
        self.index.completes_of_question.get(question.index()).iter().map(|place| &self.completes[*place as usize])
    }

    /// The clauses that every instrument of the kind has, in the order of the table.
    pub fn clauses_of_kind(&self, kind: Kind) -> &[ClauseId] {
        self.index.clauses_of_kind.get(kind as usize)
    }

    /// The instruments that are not held in full.
    pub fn unread_instruments(&self) -> &[InstrumentId] {
        &self.index.unread_instruments
    }

    /// The provisions that are not held in full.
    pub fn unread_provisions(&self) -> &[ProvisionId] {
        &self.index.unread_provisions
    }

    /// The provisions of an instrument: they stand together.
    pub fn provisions_of(&self, instrument: InstrumentId) -> impl Iterator<Item = ProvisionId> + use<> {
        let range = together(&self.provisions, |row| row.instrument, instrument);
        range.map(|place| ProvisionId(id_of(place)))
    }

    /// The rules of a provision: they stand together.
    pub fn rules_of(&self, provision: ProvisionId) -> impl Iterator<Item = RuleId> + use<> {
        let range = together(&self.rules, |row| row.provision, provision);
        range.map(|place| RuleId(id_of(place)))
    }
}

/// The places of the rows with that key, in a table that is sorted by it.
fn together<T, K: Ord + Copy>(rows: &[T], key: impl Fn(&T) -> K, wanted: K) -> Range<usize> {
    rows.partition_point(|row| key(row) < wanted)..rows.partition_point(|row| key(row) <= wanted)
}
