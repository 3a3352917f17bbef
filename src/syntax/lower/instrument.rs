//! Instruments and what is said of them: parties, dates, rank.

use crate::source::Span;

use super::super::ast::{
    Basis, Countries, Dates, Instrument, InstrumentStatement, Kinds, LawOf, Name, Precedence, Ranked, Reference,
    Stretch, Text, TextHeld,
};
use super::{Lower, Pair, Rule};

/// What statements about an instrument are made of.
#[derive(Default)]
struct Pieces<'s> {
    name: Option<Name<'s>>,
    names: Vec<Name<'s>>,
    countries: Option<Countries<'s>>,
    reference: Option<Reference<'s>>,
    ranked: Option<Ranked<'s>>,
    texts: Vec<Text<'s>>,
    stretches: Vec<Stretch<'s>>,
    dates: Dates<'s>,
    basis: Basis<'s>,
}

impl<'s> Lower<'s> {
    pub(super) fn instrument<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Instrument<'s>
    where
        's: 't,
    {
        let (mut name, mut title, mut statements) = (None, None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::text => title = Some(self.quoted(&part)),
                Rule::k_instrument | Rule::open | Rule::close => {}
                _ => statements.push(self.instrument_statement(part)),
            }
        }
        Instrument { name: name.expect("an instrument has a name"), title, statements, span }
    }

    fn instrument_statement(&mut self, pair: Pair<'_, 's>) -> InstrumentStatement<'s> {
        let span = self.span(pair.as_str());
        let rule = pair.as_rule();
        match rule {
            Rule::text_held => return InstrumentStatement::TextHeld(self.text_held(pair)),
            Rule::silent_on => {
                let questions = pair.into_inner().filter(|part| part.as_rule() == Rule::questions);
                return InstrumentStatement::SilentOn(questions.flat_map(|part| self.questions(part)).collect());
            }
            _ => {}
        }
        let Pieces { name, names, countries, reference, ranked, mut texts, stretches, dates, basis } =
            self.pieces(pair);
        let name = || name.expect("the grammar puts a name here");
        match rule {
            Rule::kind => InstrumentStatement::Kind(name()),
            Rule::governs => InstrumentStatement::Governs(names),
            Rule::country_of => InstrumentStatement::Country(name()),
            Rule::source_of => InstrumentStatement::Source { name: name(), headings: texts },
            Rule::consists_of => InstrumentStatement::ConsistsOf(stretches),
            Rule::left_out => InstrumentStatement::LeftOut { what: stretches, because: texts.remove(0), span },
            Rule::party => InstrumentStatement::Party { country: name(), dates, basis, reservations: texts, span },
            Rule::associated => InstrumentStatement::Associated { country: name(), dates, basis, only: texts, span },
            Rule::in_force => InstrumentStatement::InForce { dates, basis, span },
            Rule::applies_from => InstrumentStatement::Applies { dates, basis, span },
            Rule::parties => {
                let countries = countries.expect("the grammar puts countries here");
                InstrumentStatement::Parties { countries, dates, basis, span }
            }
            Rule::replaces | Rule::supplements => {
                let what = reference.expect("the grammar puts a reference here");
                if rule == Rule::supplements {
                    return InstrumentStatement::Supplements { what, basis, span };
                }
                InstrumentStatement::Replaces { what, dates, basis, span }
            }
            Rule::yields | Rule::prevails => {
                let what = ranked.expect("the grammar says here what is ranked");
                if rule == Rule::yields {
                    return InstrumentStatement::YieldsTo { what, dates, basis, span };
                }
                InstrumentStatement::PrevailsOver { what, dates, basis, span }
            }
            Rule::assumption => InstrumentStatement::Assuming(texts.remove(0)),
            other => unreachable!("{other:?} is no statement about an instrument"),
        }
    }

    fn pieces(&mut self, pair: Pair<'_, 's>) -> Pieces<'s> {
        let mut pieces = Pieces::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => pieces.name = Some(self.name(&part)),
                Rule::names => pieces.names = self.names(part),
                Rule::countries => pieces.countries = Some(self.countries(part)),
                Rule::reference => pieces.reference = Some(self.reference(part)),
                Rule::ranked => pieces.ranked = Some(self.ranked(part)),
                Rule::text => pieces.texts.push(self.quoted(&part)),
                Rule::stretches => pieces.stretches = part.into_inner().filter_map(|part| self.stretch(part)).collect(),
                Rule::reservation | Rule::only_texts | Rule::headings => pieces.texts.extend(self.quoted_in(part)),
                Rule::during => self.during(part, &mut pieces.dates),
                Rule::basis_tail => self.basis(part, &mut pieces.basis),
                _ => {}
            }
        }
        pieces
    }

    fn stretch(&mut self, pair: Pair<'_, 's>) -> Option<Stretch<'s>> {
        let span = self.span(pair.as_str());
        let mut texts = self.quoted_in(pair).into_iter();
        Some(Stretch { first: texts.next()?, last: texts.next(), span })
    }

    pub(super) fn text_held(&mut self, pair: Pair<'_, 's>) -> TextHeld<'s> {
        let mut held = TextHeld { partial: false, on: Vec::new(), note: None, span: self.span(pair.as_str()) };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_partial => held.partial = true,
                Rule::questions => held.on = self.questions(part),
                Rule::text => held.note = Some(self.quoted(&part)),
                _ => {}
            }
        }
        held
    }

    pub(super) fn reference(&mut self, pair: Pair<'_, 's>) -> Reference<'s> {
        let mut reference = Reference { instrument: None, citation: None, span: self.span(pair.as_str()) };
        for part in pair.into_inner() {
            if part.as_rule() == Rule::name {
                reference.instrument = Some(self.name(&part));
            } else {
                reference.citation = Some(self.quoted(&part));
                self.cites = true;
            }
        }
        reference
    }

    pub(super) fn ranked(&mut self, pair: Pair<'_, 's>) -> Ranked<'s> {
        let span = self.span(pair.as_str());
        let mut references = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::national_law => return Ranked::NationalLaw(self.law_of(part), span),
                Rule::mandatory_rules => return Ranked::MandatoryRules(span),
                Rule::kinds => return Ranked::Kinds(self.kinds(part)),
                Rule::reference => references.push(self.reference(part)),
                _ => {}
            }
        }
        Ranked::References(references)
    }

    fn law_of(&mut self, pair: Pair<'_, 's>) -> LawOf<'s> {
        let whose = pair.into_inner().nth(1).expect("a country follows");
        match whose.as_rule() {
            Rule::requesting_country => LawOf::Requesting,
            Rule::requested_country => LawOf::Requested,
            Rule::either_country => LawOf::Either,
            _ => LawOf::Country(self.name(&whose)),
        }
    }

    pub(super) fn kinds(&mut self, pair: Pair<'_, 's>) -> Kinds<'s> {
        let mut kinds = Kinds { kinds: Vec::new(), same_country: false, span: self.span(pair.as_str()) };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kind_word => kinds.kinds.push(self.name(&part)),
                Rule::same_country => kinds.same_country = true,
                _ => {}
            }
        }
        kinds
    }

    pub(super) fn precedence<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Precedence<'s>
    where
        's: 't,
    {
        let (mut title, mut basis, mut lines) = (None, Basis::default(), Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::text => title = Some(self.quoted(&part)),
                Rule::basis_tail => self.basis(part, &mut basis),
                Rule::precedence_line => {
                    let mut kinds = part.into_inner().filter(|part| part.as_rule() == Rule::kinds);
                    let above = kinds.next().expect("a line names what prevails");
                    let below = kinds.next().expect("a line names what gives way");
                    lines.push((self.kinds(above), self.kinds(below)));
                }
                _ => {}
            }
        }
        Precedence { title: title.expect("it has a title"), basis, lines, span }
    }
}
