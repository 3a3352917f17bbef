//! The form that an instrument prescribes.

use crate::source::Span;

use super::super::ast::{Field, Form, FormOption, Name, Section, Shows, Text};
use super::{Lower, Pair, Rule};

impl<'s> Lower<'s> {
    pub(in crate::syntax) fn form<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Form<'s>
    where
        's: 't,
    {
        let (mut texts, mut instrument, mut sections, mut by_requested) = (Vec::new(), None, Vec::new(), false);
        for part in parts {
            match part.as_rule() {
                Rule::text => texts.push(self.quoted(&part)),
                Rule::name => instrument = Some(self.name(&part)),
                Rule::filled_in_by => {
                    by_requested = part.into_inner().any(|word| word.as_rule() == Rule::k_requested);
                }
                Rule::section => sections.push(self.section(part.into_inner())),
                _ => {}
            }
        }
        let mut texts = texts.into_iter();
        Form {
            citation: texts.next().expect("a form has a citation"),
            instrument: instrument.expect("a form is of an instrument"),
            title: texts.next(),
            by_requested,
            sections,
            span,
        }
    }

    pub(in crate::syntax) fn section<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>) -> Section<'s>
    where
        's: 't,
    {
        let (mut name, mut title, mut fields) = (None, None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::text => title = Some(self.quoted(&part)),
                Rule::write_field | Rule::tick_field | Rule::choose_field => fields.push(self.field(part)),
                _ => {}
            }
        }
        Section { name: name.expect("a section has a name"), title, fields }
    }

    fn field(&mut self, pair: Pair<'_, 's>) -> Field<'s> {
        let rule = pair.as_rule();
        let (mut fact, mut label, mut optional) = (None::<Name<'s>>, None::<Text<'s>>, false);
        let (mut shows, mut options) = (Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => fact = Some(self.name(&part)),
                Rule::text => label = Some(self.quoted(&part)),
                Rule::k_optional => optional = true,
                Rule::shows => shows.push(self.shows(part)),
                Rule::choice => options.push(self.choice(part)),
                _ => {}
            }
        }
        let name = || fact.expect("the field is of a fact");
        match rule {
            Rule::choose_field => Field::Choose { fact: name(), label, shows, options },
            Rule::tick_field => Field::Tick { fact: name(), label: label.expect("it says something"), shows },
            _ => Field::Write { label: label.expect("it says something"), optional, shows },
        }
    }

    fn choice(&mut self, pair: Pair<'_, 's>) -> FormOption<'s> {
        let (mut value, mut label, mut shows) = (None, None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => value = Some(self.name(&part)),
                Rule::text => label = Some(self.quoted(&part)),
                _ => shows.push(self.shows(part)),
            }
        }
        FormOption {
            value: value.expect("an option has a value"),
            label: label.expect("an option says something"),
            shows,
        }
    }

    fn shows(&mut self, pair: Pair<'_, 's>) -> Shows<'s> {
        let mut criteria = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::no_criterion => return Shows::NoCriterion(self.span(part.as_str())),
                Rule::k_criterion => criteria = true,
                Rule::names if criteria => return Shows::Criteria(self.names(part)),
                Rule::names => return Shows::Conducts(self.names(part)),
                _ => {}
            }
        }
        unreachable!("the grammar says what is shown")
    }
}
