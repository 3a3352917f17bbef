//! Which lines can speak, written ones and those of texts that are not held: whatever looks at the lines of a question, at
//! their conditions or at their scopes asks here, so that no kind of line is forgotten (semantics, section 3).

use super::LineRef;
use super::applicability::unread_lines;
use crate::law::{ConditionId, Law, MatterId, Question, RelationsId};

/// The lines of a question, those of texts that are not held last. The law need not mention the question.
pub fn lines(law: &Law, question: Question) -> Vec<LineRef> {
    let written = law.question_id(question).map_or(&[][..], |id| law.lines_of(id));
    let written = written.iter().map(|id| LineRef { id: Some(*id), line: law[*id] });
    written.chain(unread_lines(law, question).into_iter().map(|line| LineRef { id: None, line })).collect()
}

/// The scope and the condition of every line that any question of the matter can have; some of them more than once.
pub(crate) fn limits(law: &Law, matter: MatterId) -> impl Iterator<Item = (RelationsId, ConditionId)> {
    let written = law.lines.iter().filter(move |line| law[line.question].matter == matter);
    let written = written.map(|line| (line.scope.relations, line.condition));
    // a text that is not held has a line for each question that somebody may ask, whether the law mentions it or not
    let provisions = law.unread_provisions().iter().map(|id| &law[*id]);
    let unread = provisions.filter(move |provision| provision.matters.contains(&matter));
    let unread = unread.flat_map(|provision| {
        let own_sides = provision.unread.iter().filter_map(|text| text.own_side).flatten();
        let scopes = std::iter::once(provision.scope.relations).chain(own_sides);
        scopes.map(|relations| (relations, provision.condition))
    });
    written.chain(unread)
}
