//! The question of a call, and the matter that is meant.

use std::collections::BTreeSet;

use super::case::Fault;
use crate::answer;
use crate::finding::Finding;
use crate::law::{self, FactId, Law, MatterId, QuestionHead};
use crate::resolve;
use crate::source::{SourceFile, Sources};
use crate::syntax::{self, ast};
use crate::words;

/// A question as it was typed.
#[derive(Debug)]
pub(super) struct Question<'t> {
    text: &'t str,
    /// Its words; they are among the sources.
    pub(super) asked: ast::Question<'t>,
}

impl<'t> Question<'t> {
    /// # Errors
    /// A fault where no question is worded so.
    pub(super) fn read(law: &Law, sources: &mut Sources, text: &'t str) -> Result<Self, Fault> {
        let file = sources.add(SourceFile::new("QUESTION", text.to_owned()));
        match syntax::parse_question(file, text) {
            Ok(asked) => Ok(Question { text, asked }),
            Err(finding) => Err(unclear(law, None, text, *finding)),
        }
    }

    /// What is asked in a matter.
    ///
    /// # Errors
    /// A fault where it names something that the law does not have.
    pub(super) fn head(&self, law: &Law, matter: MatterId) -> Result<QuestionHead, Fault> {
        resolve::question(law, Some(matter), &self.asked)
            .map_err(|finding| unclear(law, Some(matter), self.text, finding))
    }

    /// The facts on which the answer can turn, in the order of their names; none where the law does not have the question.
    pub(super) fn turns_on(&self, law: &Law, matter: MatterId) -> Option<Vec<FactId>> {
        let head = resolve::question(law, Some(matter), &self.asked).ok()?;
        let question = law::Question { matter, head };
        law.question_id(question)?;
        let facts: BTreeSet<FactId> =
            answer::lines(law, question).iter().flat_map(|line| law.facts_of(&line.line)).collect();
        let mut facts: Vec<FactId> = facts.into_iter().collect();
        facts.sort_by_key(|fact| &law[*fact].name);
        Some(facts)
    }

    /// The name of the matter that is meant: the one that was given, the only one, or the only one in which this is asked.
    ///
    /// # Errors
    /// A fault where none was given and more than one can be meant.
    pub(super) fn matter(&self, law: &Law, given: Option<&str>) -> Result<String, Fault> {
        if let Some(given) = given {
            return Ok(given.to_owned());
        }
        if law.matters.is_empty() {
            return Err(Fault::call("the law declares no matter, so nothing can be asked of it", "declare a matter"));
        }
        let is_asked = |matter: MatterId| {
            let head = resolve::question(law, Some(matter), &self.asked).ok();
            head.is_some_and(|head| law.question_id(law::Question { matter, head }).is_some())
        };
        let asking: Vec<&str> =
            law.matters().filter(|(id, _)| is_asked(*id)).map(|(_, matter)| matter.name.as_str()).collect();
        let (matters, how) = match (law.matters.as_slice(), asking.as_slice()) {
            ([only], _) => return Ok(only.name.clone()),
            (_, [only]) => return Ok((*only).to_owned()),
            (all, []) => (all.iter().map(|matter| matter.name.as_str()).collect(), "the law knows"),
            (_, several) => (several.to_vec(), "this is asked in"),
        };
        let known = words::both(matters.into_iter().map(|matter| format!("`{matter}`")));
        Err(Fault::call("no matter was given: write `--matter MATTER`", format!("{how} {known}")))
    }
}

/// A question that is not understood.
fn unclear(law: &Law, matter: Option<MatterId>, text: &str, finding: Finding) -> Fault {
    Fault::words(with_known_questions(law, matter, text, finding))
}

/// So many questions are named to somebody who asked one that the law does not have.
const MOST_QUESTIONS: usize = 8;

/// A question that is not understood, with what the law can be asked instead.
fn with_known_questions(law: &Law, matter: Option<MatterId>, text: &str, finding: Finding) -> Finding {
    if finding.help.as_ref().is_some_and(|help| help.starts_with("did you mean")) {
        return finding;
    }
    let of_matter = law.questions.iter().filter(|question| matter.is_none_or(|matter| question.matter == matter));
    let known: BTreeSet<String> = of_matter.map(|question| words::question(law, question.head)).collect();
    match resolve::suggest(text, known.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => finding,
        None => {
            // those that begin alike come first
            let first = text.split_whitespace().next().unwrap_or_default();
            let (alike, others): (Vec<_>, Vec<_>) = known.iter().partition(|question| question.starts_with(first));
            let shown = alike.into_iter().chain(others).take(MOST_QUESTIONS).map(|question| format!("`{question}`"));
            let more = known.len().saturating_sub(MOST_QUESTIONS);
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            finding.help(format!("the law can be asked {}{more}", shown.collect::<Vec<_>>().join(", ")))
        }
    }
}
