//! Instruments: treaties, statutes, arrangements and the like; who is bound, when, and what they say of each other.

use super::{
    AssumptionsId, ClauseId, ConditionId, CountryId, Day, Few, InstrumentId, Interval, MatterId, NoteId, ProvisionId,
    QuestionPattern, RelationsId, Scope, SourceId,
};
use crate::source::Span;

/// The kind of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the kind of that name")]
pub enum Kind {
    Treaty,
    Regulation,
    Statute,
    Ordinance,
    Arrangement,
    Circular,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 6] =
        [Kind::Treaty, Kind::Regulation, Kind::Statute, Kind::Ordinance, Kind::Arrangement, Kind::Circular];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Treaty => "treaty",
            Kind::Regulation => "regulation",
            Kind::Statute => "statute",
            Kind::Ordinance => "ordinance",
            Kind::Arrangement => "arrangement",
            Kind::Circular => "circular",
        }
    }

    /// It binds: only of such a text is a rule mandatory.
    pub fn is_binding(self) -> bool {
        !matches!(self, Kind::Arrangement | Kind::Circular)
    }

    /// It is the text of one country and has no parties.
    pub fn is_of_one_country(self) -> bool {
        matches!(self, Kind::Statute | Kind::Ordinance | Kind::Circular)
    }

    /// It is national law: a statute or an ordinance.
    pub fn is_national_law(self) -> bool {
        matches!(self, Kind::Statute | Kind::Ordinance)
    }
}

/// An instrument.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its kind.
    pub kind: Kind,
    /// The matters that it governs.
    pub governs: Vec<MatterId>,
    /// Whose text it is, for a text of one country.
    pub country: Option<CountryId>,
    /// Who is bound, and when.
    pub bonds: Vec<Bond>,
    /// In force; no entry: always.
    pub in_force: Vec<Dated>,
    /// Applies, where that differs from being in force.
    pub applies: Vec<Dated>,
    /// Its own clauses of precedence.
    pub clauses: Vec<ClauseId>,
    /// What it replaces, in whole or in part.
    pub replaces: Vec<Replacement>,
    /// What it supplements; says nothing of precedence.
    pub supplements: Vec<Replacement>,
    /// What it consists of: the citations of its articles, annexes or sections, in their order, each once; empty: not said.
    pub consists_of: Vec<String>,
    /// What of it is left out on purpose.
    pub left_out: Vec<LeftOut>,
    /// Texts of it that are not held.
    pub unread: Vec<UnreadText>,
    /// What the text is said to be silent on, for a text held in part.
    pub silent_on: Vec<QuestionPattern>,
    /// Assumptions on which all of it rests.
    pub assumptions: Vec<String>,
    /// Where its text comes from.
    pub sources: Vec<SourceId>,
    /// With which headings its provisions begin in the text of a source: `Article #:`.
    pub headings: Vec<(SourceId, Vec<String>)>,
    /// Where it is declared.
    pub span: Span,
}

/// One country bound by an instrument over one stretch of time.
#[derive(Clone, Debug)]
pub struct Bond {
    /// The country.
    pub country: CountryId,
    /// When.
    pub dates: Interval,
    /// Bound by another road than as a party.
    pub associated: bool,
    /// Only these provisions; empty: all. Citations cover what lies in them.
    pub only: Vec<String>,
    /// Provisions that do not hold in any case with this country, by reservation.
    pub reservations: Vec<String>,
    /// The text that says so.
    pub by: Option<String>,
    /// What that rests on.
    pub assumptions: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// Parts of an instrument that are left out on purpose.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// Their citations, in order.
    pub citations: Vec<String>,
    /// Why.
    pub because: String,
    /// Where it is written.
    pub span: Span,
}

/// A stretch of time with what it rests on.
#[derive(Clone, Debug)]
pub struct Dated {
    /// When.
    pub dates: Interval,
    /// The text that says so.
    pub by: Option<String>,
    /// What that rests on.
    pub assumptions: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// `replaces` and `supplements`.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The older instrument.
    pub instrument: InstrumentId,
    /// Only this provision of it.
    pub citation: Option<String>,
    /// The days on which it counts.
    pub dates: Interval,
    /// The text that says so.
    pub by: Option<String>,
    /// What that rests on.
    pub assumptions: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// A text that governs and is not held, so that what it says is open.
#[derive(Clone, Debug)]
pub struct UnreadText {
    /// The questions on which it is open.
    pub on: UnreadQuestions,
    /// Why, or which part is held.
    pub note: Option<NoteId>,
    /// For a text of one country: between which countries it speaks of what is that country's own, where it makes the
    /// request and where it is requested.
    pub own_side: Option<[RelationsId; 2]>,
    /// Where it is written.
    pub span: Span,
}

/// On which questions a text is open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnreadQuestions {
    /// On every question of the matter.
    All,
    /// On these.
    These(Vec<QuestionPattern>),
    /// On every question on which the instrument has no rule here and is not said to be silent.
    WithoutRule,
}

/// A provision.
#[derive(Clone, Debug)]
pub struct Provision {
    /// Where in the instrument.
    pub citation: String,
    /// The instrument.
    pub instrument: InstrumentId,
    /// In which cases it speaks.
    pub scope: Scope,
    /// A `when` in its head, which every rule in it needs, opposites and `otherwise` included.
    pub condition: ConditionId,
    /// The matters that it is about: those of the instrument, or those it names.
    pub matters: Few<MatterId>,
    /// Its own clauses of precedence.
    pub clauses: Few<ClauseId>,
    /// What all of it rests on.
    pub assumptions: AssumptionsId,
    /// Texts of it that are not held.
    pub unread: Vec<UnreadText>,
    /// What it says that decides no case.
    pub not_encoded: Vec<String>,
    /// Where its words stand in the text of a source, if they do not stand under a heading.
    pub passage: Option<Box<Passage>>,
    /// Where it is written.
    pub span: Span,
}

/// Where the words of a provision stand in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The words with which they begin.
    pub from: String,
    /// Those with which they end; none: the end of the paragraph.
    pub to: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// A clause of precedence.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it does.
    pub effect: ClauseEffect,
    /// Whose clause it is.
    pub owner: ClauseOwner,
    /// What it names.
    pub target: Target,
    /// The days on which it counts.
    pub dates: Interval,
    /// The text that says so.
    pub by: Option<String>,
    /// What that rests on.
    pub assumptions: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// What a clause does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseEffect {
    /// `notwithstanding`, `prevails over`, and a line of `precedence`: the owner claims to beat the target.
    Claims,
    /// `subject to`, `yields to`: the owner gives way to the target.
    Concedes,
    /// `allows otherwise by`: the owner lets the target depart from it, if the target says so.
    Allows,
}

/// Whose clause it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseOwner {
    /// A whole instrument.
    Instrument(InstrumentId),
    /// A provision.
    Provision(ProvisionId),
    /// One rule.
    Rule(super::RuleId),
    /// Every instrument of a kind, by a `precedence` item.
    Kind(Kind),
}

/// What a clause names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An instrument, or a provision of it with what lies in it.
    Text {
        /// The instrument.
        instrument: InstrumentId,
        /// The provision.
        citation: Option<String>,
    },
    /// Statutes and ordinances.
    NationalLaw(NationalLawOf),
    /// Rules that are mandatory in treaties and regulations that bind both countries.
    MandatoryRules,
    /// Instruments of these kinds.
    Kinds {
        /// The kinds.
        kinds: Vec<Kind>,
        /// Only those of the country of the owner.
        same_country: bool,
    },
}

/// Whose national law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum NationalLawOf {
    Requesting,
    Requested,
    Either,
    Country(CountryId),
}

/// Whether a citation covers another: `Article 13` covers `Article 13(1)` and `Article 13, second paragraph`, and
/// itself; it covers neither `Article 130` nor `Article 13 a`.
pub fn covers(wide: &str, narrow: &str) -> bool {
    narrow.strip_prefix(wide).is_some_and(|rest| {
        let part = rest.trim_start();
        rest.is_empty()
            || part.starts_with(['(', ',', '.'])
            || (part.len() < rest.len()
                && ["no ", "nr ", "point ", "litra ", "first ", "second ", "third "]
                    .iter()
                    .any(|word| part.starts_with(word)))
    })
}

impl Instrument {
    /// The citation names something of what it consists of, or something in it. Where that is not said, anything may be.
    pub fn may_hold(&self, citation: &str) -> bool {
        self.consists_of.is_empty()
            || self.consists_of.iter().any(|part| covers(part, citation) || covers(citation, part))
    }

    /// The days on which the country is bound, over all its bonds, those with `only` included.
    pub fn bonds_of(&self, country: CountryId) -> impl Iterator<Item = &Bond> {
        self.bonds.iter().filter(move |bond| bond.country == country)
    }

    /// The stretches in which it applies, whoever is bound: `applies` where written, else `in force`, else always.
    pub fn application(&self) -> Vec<Interval> {
        let written = if self.applies.is_empty() { &self.in_force } else { &self.applies };
        if written.is_empty() { vec![Interval::ALWAYS] } else { written.iter().map(|dated| dated.dates).collect() }
    }

    /// First day on which it applies, whoever is bound.
    pub fn first_day(&self) -> Day {
        self.application().into_iter().map(|dates| dates.from).min().unwrap_or(Day::BEGINNING)
    }
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_citation_covers_what_lies_in_it_and_nothing_beside_it() {
        assert!(covers("Article 13", "Article 13"));
        assert!(covers("Article 13", "Article 13(1)"));
        assert!(covers("Annex II", "Annex II, Norway"));
        assert!(covers("Article 3(2)", "Article 3(2) no 1"));
        assert!(!covers("Article 13", "Article 130"));
        assert!(!covers("Article 13(1)", "Article 13"));
        assert!(!covers("§ 216", "§ 216 d"));
        assert!(!covers("Annex I", "Annex II"));
    }
}
