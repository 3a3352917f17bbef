//! What a body of law speaks of: countries, languages, facts, places, authorities, sources.

use crate::source::Span;

use super::super::ast::{
    Authority, Coded, ContactLine, Fact, FactKind, Group, Matter, Never, Place, Source, SourceLine, Titled,
};
use super::{Lower, Pair, Rule};

impl<'s> Lower<'s> {
    pub(super) fn coded<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>) -> Vec<Coded<'s>>
    where
        's: 't,
    {
        let coded = parts.filter(|part| part.as_rule() == Rule::coded).map(|part| self.names(part));
        coded.map(|names| Coded { name: names[0], code: names[1] }).collect()
    }

    pub(super) fn group<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>) -> Group<'s>
    where
        's: 't,
    {
        let (mut name, mut members) = (None, None);
        for part in parts {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::countries => members = Some(self.countries(part)),
                _ => {}
            }
        }
        Group { name: name.expect("a group has a name"), members: members.expect("a group has members") }
    }

    pub(super) fn titled<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>) -> Titled<'s>
    where
        's: 't,
    {
        let (mut name, mut title) = (None, None);
        for part in parts {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::text => title = Some(self.quoted(&part)),
                _ => {}
            }
        }
        Titled { name: name.expect("it has a name"), title: title.expect("it has a title") }
    }

    pub(super) fn matter<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>) -> Matter<'s>
    where
        's: 't,
    {
        let (mut between_countries, mut under_one_instrument) = (false, false);
        let parts = parts.inspect(|part| {
            between_countries |= part.as_rule() == Rule::between_countries;
            under_one_instrument |= part.as_rule() == Rule::under_one_instrument;
        });
        let Titled { name, title } = self.titled(parts);
        Matter { name, title, between_countries, under_one_instrument }
    }

    pub(super) fn fact<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>) -> Fact<'s>
    where
        's: 't,
    {
        let (mut name, mut kind, mut or_unknown, mut title) = (None, None, false, None);
        for part in parts {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::fact_kind => kind = Some(self.fact_kind(part)),
                Rule::or_unknown => or_unknown = true,
                Rule::text => title = Some(self.quoted(&part)),
                _ => {}
            }
        }
        Fact { name: name.expect("a fact has a name"), kind: kind.expect("a fact has a kind"), or_unknown, title }
    }

    fn fact_kind(&mut self, pair: Pair<'_, 's>) -> FactKind<'s> {
        let first = pair.into_inner().next().expect("a kind is written");
        match first.as_rule() {
            Rule::yes_or_no => FactKind::YesNo,
            Rule::one_of => FactKind::OneOf(self.names_in(pair)),
            _ => FactKind::Named(self.name(&first)),
        }
    }

    pub(super) fn never<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Never<'s>
    where
        's: 't,
    {
        let (mut condition, mut because) = (None, None);
        for part in parts {
            match part.as_rule() {
                Rule::condition => condition = Some(self.condition(part)),
                Rule::text => because = Some(self.quoted(&part)),
                _ => {}
            }
        }
        Never { condition: condition.expect("it has a condition"), because: because.expect("it has a reason"), span }
    }

    pub(super) fn place<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>) -> Place<'s>
    where
        's: 't,
    {
        let (mut names, mut title) = (Vec::new(), None);
        for part in parts {
            match part.as_rule() {
                Rule::name => names.push(self.name(&part)),
                Rule::text => title = Some(self.quoted(&part)),
                _ => {}
            }
        }
        Place { name: names[0], title, country: names[1] }
    }

    pub(super) fn authority<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Authority<'s>
    where
        's: 't,
    {
        let (mut name, mut place, mut title, mut contact) = (None, None, None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::qualified => name = Some(self.qualified(&part)),
                Rule::name => place = Some(self.name(&part)),
                Rule::text => title = Some(self.quoted(&part)),
                Rule::contact_line => contact.push(self.contact_line(part)),
                _ => {}
            }
        }
        Authority { name: name.expect("an authority has a name"), place, title, contact, span }
    }

    fn contact_line(&mut self, pair: Pair<'_, 's>) -> ContactLine<'s> {
        let mut parts = pair.into_inner();
        let kind = parts.next().expect("the line begins with its kind");
        if kind.as_rule() == Rule::called {
            let language = self.name_in(kind);
            return ContactLine::Called { text: self.quoted_in(kind).remove(0), language };
        }
        let text = self.quoted(&parts.next().expect("a text follows"));
        match kind.as_str() {
            "address" => ContactLine::Address(text),
            "email" => ContactLine::Email(text),
            "telephone" => ContactLine::Telephone(text),
            "website" => ContactLine::Website(text),
            _ => ContactLine::Note(text),
        }
    }

    pub(super) fn source<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>) -> Source<'s>
    where
        's: 't,
    {
        let (mut name, mut lines) = (None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::source_line => lines.push(self.source_line(part)),
                _ => {}
            }
        }
        Source { name: name.expect("a source has a name"), lines }
    }

    fn source_line(&mut self, pair: Pair<'_, 's>) -> SourceLine<'s> {
        let mut parts = pair.into_inner();
        let kind = parts.next().expect("the line begins with its kind");
        let value = parts.next().expect("a value follows");
        match (kind.as_rule(), kind.as_str()) {
            (Rule::k_dated, _) => SourceLine::Dated(self.date(&value)),
            (Rule::k_review_by, _) => SourceLine::ReviewBy(self.date(&value)),
            (Rule::k_language, _) => SourceLine::Language(self.name(&value)),
            (_, "title") => SourceLine::Title(self.quoted(&value)),
            (_, "publisher") => SourceLine::Publisher(self.quoted(&value)),
            (_, "reference") => SourceLine::Reference(self.quoted(&value)),
            (_, "website") => SourceLine::Website(self.quoted(&value)),
            (_, "file") => SourceLine::File(self.quoted(&value)),
            _ => SourceLine::Note(self.quoted(&value)),
        }
    }
}
