//! Questions. The key is part of the question: rules with different keys never clash.

use super::{ActId, InstrumentId, ItemId, MatterId, WordId};

/// A question of one matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    /// The matter.
    pub matter: MatterId,
    /// What is asked.
    pub head: QuestionHead,
}

/// What is asked, with its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionHead {
    /// Which authority of the country of that side does the act.
    Authority(ActId, Side),
    /// Which languages are accepted for the item.
    Languages(ItemId),
    /// Which language is preferred for it.
    PreferredLanguage(ItemId),
    /// Through whom a request goes.
    Channel,
    /// By what means it is sent.
    Means,
    /// By what means it is preferably sent.
    PreferredMeans,
    /// Within what time, for whom.
    Deadline(WordId, Option<WordId>),
    /// How long at most.
    Maximum(WordId),
    /// Whether the criterion of the instrument is met.
    Criterion(WordId, InstrumentId),
    /// What the criteria are worth.
    CriteriaMode(ActId),
    /// Which provisions decide.
    Basis(ActId),
    /// Whether the authority of that side may or must refuse.
    Refuse(Side),
    /// What the authority of that side, or who is named, does.
    Conduct(Bearer, WordId),
}

/// Who bears a duty or holds a power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearer {
    /// The authority of that side.
    Authority(Side),
    /// Who is named, such as the police: only within one country.
    Named(WordId),
}

/// The country of the case that is meant. In a matter within one country it is `Requested`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the side of that name")]
pub enum Side {
    Requesting,
    Requested,
}

/// How answers to a question come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// One answer: a set of alternatives.
    One,
    /// A norm about what somebody does.
    Conduct,
    /// Everything that holds is collected.
    Collected,
}

impl QuestionHead {
    /// How its answers come together.
    pub fn kind(self) -> QuestionKind {
        match self {
            QuestionHead::Conduct(..) => QuestionKind::Conduct,
            QuestionHead::Criterion(..) | QuestionHead::Basis(_) | QuestionHead::Refuse(_) => QuestionKind::Collected,
            _ => QuestionKind::One,
        }
    }

    /// The side of which a country's own text can speak only if it is that country's: whose authority is asked about, or who
    /// takes a document in its languages (semantics, section 2).
    pub fn own_side(self) -> Option<Side> {
        match self {
            QuestionHead::Languages(_) | QuestionHead::PreferredLanguage(_) => Some(Side::Requested),
            _ => self.side(),
        }
    }

    /// The side whose authority is asked about, for the questions that have one.
    pub fn side(self) -> Option<Side> {
        match self {
            QuestionHead::Authority(_, side)
            | QuestionHead::Refuse(side)
            | QuestionHead::Conduct(Bearer::Authority(side), _) => Some(side),
            _ => None,
        }
    }
}

/// Questions that a text is said not to answer, or not to hold: a head, with the key where one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionPattern {
    /// Exactly this head.
    Exactly(QuestionHead),
    /// The authority for the act, on either side.
    Authority(ActId),
    /// The criterion of that name, of any instrument.
    Criterion(WordId),
    /// The deadline of that name, whoever bears it.
    Deadline(WordId),
}

impl QuestionPattern {
    /// Whether a question is among them.
    pub fn matches(self, head: QuestionHead) -> bool {
        match (self, head) {
            (QuestionPattern::Exactly(mine), head) => mine == head,
            (QuestionPattern::Authority(mine), QuestionHead::Authority(act, _)) => mine == act,
            (QuestionPattern::Criterion(mine), QuestionHead::Criterion(name, _))
            | (QuestionPattern::Deadline(mine), QuestionHead::Deadline(name, _)) => mine == name,
            _ => false,
        }
    }
}
