//! One question in two laws: the same by its words, whatever its ids.

use std::collections::{BTreeMap, BTreeSet};

use super::joint::Both;
use crate::law::{Bearer, Law, MatterId, Question, QuestionHead, Side, WordId};
use crate::words;

/// A question in words that no other question of its matter has: `authority to decide in the requested country`.
pub(super) fn in_words(law: &Law, question: Question) -> String {
    let text = words::question(law, question.head);
    match question.head {
        _ if !law[question.matter].between_countries => text,
        QuestionHead::Authority(_, Side::Requesting) => format!("{text} in the requesting country"),
        QuestionHead::Authority(_, Side::Requested) => format!("{text} in the requested country"),
        _ => text,
    }
}

/// The questions of both laws; none where one cannot be asked.
pub(super) fn pairs(laws: Both<&Law>) -> Vec<Both<Option<Question>>> {
    let lexicons = laws.map(Lexicon::of);
    let mut pairs: Vec<Both<Option<Question>>> = Vec::new();
    let mut known: BTreeSet<Question> = BTreeSet::new();
    for question in &laws[0].questions {
        let newer = lexicons[1].question(laws[0], *question);
        known.extend(newer);
        pairs.push([Some(*question), newer]);
    }
    let added = laws[1].questions.iter().filter(|question| !known.contains(question));
    pairs.extend(added.map(|question| [lexicons[0].question(laws[1], *question), Some(*question)]));
    pairs
}

/// What a law calls the parts of its questions.
struct Lexicon<'l> {
    law: &'l Law,
    words: BTreeMap<&'l str, WordId>,
}

impl<'l> Lexicon<'l> {
    fn of(law: &'l Law) -> Lexicon<'l> {
        Lexicon { law, words: law.words().map(|(id, word)| (word.text.as_str(), id)).collect() }
    }

    /// A question of another law, as this one asks it; none if it does not have the words.
    fn question(&self, of: &Law, question: Question) -> Option<Question> {
        let law = self.law;
        let word = |id: WordId| self.words.get(of[id].text.as_str()).copied();
        let act = |id: crate::law::ActId| law.acts().find(|(_, act)| act.name == of[id].name).map(|(id, _)| id);
        let item = |id: crate::law::ItemId| law.items().find(|(_, item)| item.name == of[id].name).map(|(id, _)| id);
        let head = match question.head {
            QuestionHead::Authority(id, side) => QuestionHead::Authority(act(id)?, side),
            QuestionHead::Languages(id) => QuestionHead::Languages(item(id)?),
            QuestionHead::PreferredLanguage(id) => QuestionHead::PreferredLanguage(item(id)?),
            QuestionHead::Deadline(name, None) => QuestionHead::Deadline(word(name)?, None),
            QuestionHead::Deadline(name, Some(party)) => QuestionHead::Deadline(word(name)?, Some(word(party)?)),
            QuestionHead::Maximum(name) => QuestionHead::Maximum(word(name)?),
            QuestionHead::Criterion(name, id) => {
                let instrument = law.instruments().find(|(_, row)| row.name == of[id].name);
                QuestionHead::Criterion(word(name)?, instrument?.0)
            }
            QuestionHead::CriteriaMode(id) => QuestionHead::CriteriaMode(act(id)?),
            QuestionHead::Basis(id) => QuestionHead::Basis(act(id)?),
            QuestionHead::Conduct(Bearer::Named(name), conduct) => {
                QuestionHead::Conduct(Bearer::Named(word(name)?), word(conduct)?)
            }
            QuestionHead::Conduct(bearer @ Bearer::Authority(_), conduct) => {
                QuestionHead::Conduct(bearer, word(conduct)?)
            }
            head @ (QuestionHead::Channel
            | QuestionHead::Means
            | QuestionHead::PreferredMeans
            | QuestionHead::Refuse(_)) => head,
        };
        let matter: Option<(MatterId, _)> = law.matters().find(|(_, row)| row.name == of[question.matter].name);
        Some(Question { matter: matter?.0, head })
    }
}
