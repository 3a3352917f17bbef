//! What many rows have in common, each once: filled while rules are resolved, and part of the law when they are.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::law::{
    Answer, AnswerId, AssumptionsId, Condition, ConditionId, Law, LineOrigin, NoteId, Relations, RelationsId, Scope,
    id_of,
};

/// The tables of the law in which each row stands once.
pub(crate) struct Shared {
    relations: Once<Relations, RelationsId>,
    conditions: Once<Condition, ConditionId>,
    answers: Once<Answer, AnswerId>,
    assumptions: Once<Vec<String>, AssumptionsId>,
    notes: Once<String, NoteId>,
    /// What lies in two relations, for those of which it was asked.
    both: FxHashMap<(RelationsId, RelationsId), RelationsId>,
}

/// A table in which each row stands once.
struct Once<T, Id> {
    rows: Vec<T>,
    ids: FxHashMap<T, Id>,
}

impl<T: Clone + Ord + Hash, Id: Copy + From<u32>> Once<T, Id> {
    fn empty() -> Self {
        Once { rows: Vec::new(), ids: FxHashMap::default() }
    }

    /// With a first row, whose id is 0.
    fn beginning_with(first: T) -> Self {
        let mut once = Once::empty();
        once.id(first);
        once
    }

    fn id(&mut self, row: T) -> Id {
        // Most often nothing is restricted or assumed: then it is the first row, which need not be looked up.
        if self.rows.first() == Some(&row) {
            return Id::from(0);
        }
        if let Some(id) = self.ids.get(&row) {
            return *id;
        }
        let id = id_of(self.rows.len()).into();
        self.rows.push(row.clone());
        self.ids.insert(row, id);
        id
    }

    /// The rows in their own order, and the id that each has there.
    fn in_order(self) -> (Vec<T>, Vec<Id>) {
        let mut rows: Vec<(T, usize)> = self.rows.into_iter().zip(0..).collect();
        rows.sort_unstable();
        let mut ids = vec![Id::from(0); rows.len()];
        for (place, (_, before)) in rows.iter().enumerate() {
            ids[*before] = id_of(place).into();
        }
        (rows.into_iter().map(|(row, _)| row).collect(), ids)
    }
}

impl Default for Shared {
    fn default() -> Shared {
        Shared {
            relations: Once::beginning_with(Relations::default()),
            conditions: Once::beginning_with(Condition::ALWAYS),
            answers: Once::empty(),
            assumptions: Once::beginning_with(Vec::new()),
            notes: Once::empty(),
            both: FxHashMap::default(),
        }
    }
}

macro_rules! rows {
    ($($function:ident: $table:ident, $id:ident => $row:ty;)*) => {
        impl Shared {
            $(
                pub(crate) fn $function(&mut self, row: $row) -> $id {
                    self.$table.id(row)
                }
            )*

            /// Gives the tables to the law, in the order of what stands in them: it does not turn on files, and what
            /// restricts nothing stays first.
            pub(crate) fn give_to(self, law: &mut Law) {
                $(let $table;
                (law.$table, $table) = self.$table.in_order();)*
                rename(law, &Renamed { $($table,)* });
            }
        }

        /// What becomes of each id.
        struct Renamed {
            $($table: Vec<$id>,)*
        }

        $(
            impl Renamed {
                fn $function(&self, id: &mut $id) {
                    *id = self.$table[usize::from(*id)];
                }
            }
        )*

        $(
            impl std::ops::Index<$id> for Shared {
                type Output = $row;
                fn index(&self, id: $id) -> &$row {
                    &self.$table.rows[usize::from(id)]
                }
            }
        )*
    };
}

rows! {
    relation: relations, RelationsId => Relations;
    condition: conditions, ConditionId => Condition;
    answer: answers, AnswerId => Answer;
    assumption: assumptions, AssumptionsId => Vec<String>;
    note: notes, NoteId => String;
}

impl Shared {
    /// Both hold.
    pub(crate) fn and(&mut self, a: ConditionId, b: ConditionId) -> ConditionId {
        match (a, b) {
            (ConditionId::ALWAYS, only) | (only, ConditionId::ALWAYS) => only,
            (one, other) => {
                let both = self[one].clone().and(self[other].clone());
                self.condition(both)
            }
        }
    }

    /// What lies in both scopes.
    pub(crate) fn both(&mut self, a: Scope, b: Scope) -> Scope {
        let relations = match (a.relations, b.relations) {
            (RelationsId::ANY, only) | (only, RelationsId::ANY) => only,
            (one, other) => self.both.get(&(one, other)).copied().unwrap_or_else(|| {
                let both = self[one].and(&self[other]);
                let both = self.relation(both);
                self.both.insert((one, other), both);
                both
            }),
        };
        Scope { relations, dates: a.dates.and(b.dates) }
    }
}

/// Puts the ids that rows have in the law in the place of those that they had before.
fn rename(law: &mut Law, to: &Renamed) {
    for provision in &mut law.provisions {
        to.relation(&mut provision.scope.relations);
        to.condition(&mut provision.condition);
        to.assumption(&mut provision.assumptions);
    }
    for rule in &mut law.rules {
        to.relation(&mut rule.scope.relations);
        to.condition(&mut rule.condition);
        to.assumption(&mut rule.assumptions);
        for branch in &mut rule.branches {
            to.condition(&mut branch.condition);
            to.answer(&mut branch.answer);
            to.assumption(&mut branch.assumptions);
            branch.start_not_held.iter_mut().for_each(|note| to.note(note));
        }
    }
    for line in &mut law.lines {
        to.relation(&mut line.scope.relations);
        to.condition(&mut line.condition);
        to.assumption(&mut line.assumptions);
        line.answer.iter_mut().for_each(|answer| to.answer(answer));
        if let LineOrigin::Unread(Some(note)) = &mut line.origin {
            to.note(note);
        }
    }
    let of_provisions = law.provisions.iter_mut().flat_map(|provision| &mut provision.unread);
    let unread = law.instruments.iter_mut().flat_map(|instrument| &mut instrument.unread).chain(of_provisions);
    for text in unread {
        text.note.iter_mut().for_each(|note| to.note(note));
        text.own_side.iter_mut().flatten().for_each(|relations| to.relation(relations));
    }
    let instances = law.assertions.iter_mut().flat_map(|assertion| &mut assertion.instances);
    let claimed = instances.map(|instance| &mut instance.scope);
    let claimed = claimed.chain(law.completes.iter_mut().map(|complete| &mut complete.scope));
    claimed.for_each(|scope| to.relation(&mut scope.relations));
    law.completes.iter_mut().for_each(|complete| to.condition(&mut complete.condition));
}
