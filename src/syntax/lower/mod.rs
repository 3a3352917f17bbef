//! From what the grammar accepted to the tree.
//!
//! One file for each part of the language. Each function takes a pair of the rule that it is named for; where the order
//! of the parts tells nothing, it goes through them by what they are. A part that the grammar promises and that is not
//! there is a fault of this program, not of the file.

mod claims;
mod condition;
mod form;
mod instrument;
mod rule;
mod test;
mod value;
mod vocabulary;

use crate::finding::{Code, Finding, Fix};
use crate::source::{FileId, Span};

use super::ast::{Basis, Countries, CountryTerm, DateText, Dates, Item, Name, Qualified, Text};
use super::grammar::Rule;
use super::recover::Block;
use super::tree::Part;
use super::words::is_connective;
use super::{dates, text};

type Pair<'t, 's> = Part<'t, 's>;

/// Makes the tree of one file.
pub(super) struct Lower<'s> {
    pub(super) file: FileId,
    pub(super) text: &'s str,
    pub(super) findings: Vec<Finding>,
    /// Dates that stand as names; that is reported, and no later stage need say that they are not declared.
    pub(super) misdated: Vec<Name<'s>>,
    /// What was not read, or not to its end.
    pub(super) unread: Vec<Span>,
    /// A provision was cited.
    pub(super) cites: bool,
}

impl<'s> Lower<'s> {
    pub(super) fn new(file: FileId, text: &'s str, findings: Vec<Finding>) -> Lower<'s> {
        Lower { file, text, findings, misdated: Vec::new(), unread: Vec::new(), cites: false }
    }

    /// One item.
    ///
    /// # Panics
    /// If the pair is not one.
    pub(super) fn item(&mut self, pair: Pair<'_, 's>) -> Item<'s> {
        let span = self.span(pair.as_str());
        let rule = pair.as_rule();
        let parts = pair.into_inner();
        match rule {
            Rule::country => Item::Countries(self.coded(parts)),
            Rule::language => Item::Languages(self.coded(parts)),
            Rule::group => Item::Group(self.group(parts)),
            Rule::matter => Item::Matter(self.matter(parts)),
            Rule::act => Item::Act(self.titled(parts)),
            Rule::document => Item::Document(self.titled(parts)),
            Rule::event => Item::Event(self.titled(parts)),
            Rule::fact => Item::Fact(self.fact(parts)),
            Rule::never => Item::Never(self.never(parts, span)),
            Rule::place => Item::Place(self.place(parts)),
            Rule::authority => Item::Authority(self.authority(parts, span)),
            Rule::source => Item::Source(self.source(parts)),
            Rule::instrument => Item::Instrument(self.instrument(parts, span)),
            Rule::provision => Item::Provision(self.provision(parts, span)),
            Rule::precedence => Item::Precedence(self.precedence(parts, span)),
            Rule::form => Item::Form(self.form(parts, span)),
            Rule::complete => Item::Complete(self.complete(parts, span)),
            Rule::assertion => Item::Assertion(self.assertion(parts, span)),
            Rule::test => Item::Test(self.test(parts, span)),
            Rule::excuse => Item::Excuse(self.excuse(parts, span)),
            other => unreachable!("{other:?} is no item"),
        }
    }

    /// An item with braces, of what its head and its statements hold. A form is put together by who reads its sections.
    pub(super) fn block_item<'t>(
        &mut self,
        block: Block,
        parts: impl Iterator<Item = Pair<'t, 's>>,
        span: Span,
    ) -> Option<Item<'s>>
    where
        's: 't,
    {
        Some(match block {
            Block::Provision => Item::Provision(self.provision(parts, span)),
            Block::Instrument => Item::Instrument(self.instrument(parts, span)),
            Block::Test => Item::Test(self.test(parts, span)),
            Block::Authority => Item::Authority(self.authority(parts, span)),
            Block::Source => Item::Source(self.source(parts)),
            Block::Precedence => Item::Precedence(self.precedence(parts, span)),
            Block::Form | Block::Section => return None,
        })
    }

    /// Where a part of the file's text stands.
    pub(super) fn span(&self, part: &str) -> Span {
        let start = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        super::span(self.file, start, start + part.len())
    }

    /// A part of the file's text as a name.
    pub(super) fn name_of(&self, text: &'s str) -> Name<'s> {
        Name { text, span: self.span(text) }
    }

    fn name(&self, pair: &Pair<'_, 's>) -> Name<'s> {
        self.name_of(pair.as_str())
    }

    /// The names among the parts of a pair.
    fn names(&self, pair: Pair<'_, 's>) -> Vec<Name<'s>> {
        listed(pair.into_inner().filter(|part| part.as_rule() == Rule::name).map(|part| self.name(&part)))
    }

    /// A name that rules use without its being declared. A connective was hardly meant as one (`channel is is`), and
    /// nothing later would say so.
    fn word(&mut self, pair: &Pair<'_, 's>) -> Name<'s> {
        let name = self.name(pair);
        if is_connective(name.text) {
            let message = format!("`{}` is a word of the language and cannot be a name", name.text);
            self.findings.push(Finding::new(Code::ReservedName, name.span, message).help("a name was to stand here"));
        }
        name
    }

    fn words(&mut self, pair: Pair<'_, 's>) -> Vec<Name<'s>> {
        listed(pair.into_inner().filter(|part| part.as_rule() == Rule::name).map(|part| self.word(&part)))
    }

    /// The only name in a pair.
    fn name_in(&self, pair: Pair<'_, 's>) -> Name<'s> {
        self.names(pair)[0]
    }

    /// The lists of names that a pair holds, one after the other.
    fn names_in(&self, pair: Pair<'_, 's>) -> Vec<Name<'s>> {
        let lists = pair.into_inner().filter(|part| part.as_rule() == Rule::names);
        listed(lists.flat_map(|list| self.names(list)))
    }

    fn qualified(&self, pair: &Pair<'_, 's>) -> Qualified<'s> {
        let (country, office) = pair.as_str().split_once('.').expect("the grammar puts a full stop between them");
        Qualified { country: self.name_of(country), office: self.name_of(office) }
    }

    fn date(&self, pair: &Pair<'_, 's>) -> DateText<'s> {
        DateText(self.name(pair))
    }

    /// A quoted text; escapes that mean nothing are reported.
    fn quoted(&mut self, pair: &Pair<'_, 's>) -> Text<'s> {
        let written = pair.as_str();
        let inner = written.get(1..written.len() - 1).unwrap_or("");
        let (value, unknown) = text::unquote(inner);
        for at in unknown {
            let escape = inner.get(at..).unwrap_or("");
            let length = escape.chars().take(2).map(char::len_utf8).sum();
            let place = self.span(escape.get(..length).unwrap_or(escape));
            self.findings.push(
                Finding::new(Code::Syntax, place, "this `\\` has no meaning in a quoted text")
                    .help("write `\\\\` for the character itself; `\\\"` is a quotation mark, `\\n` a line break"),
            );
        }
        Text { value, span: self.span(written) }
    }

    /// The texts among the parts of a pair.
    fn quoted_in(&mut self, pair: Pair<'_, 's>) -> Vec<Text<'s>> {
        pair.into_inner().filter(|part| part.as_rule() == Rule::text).map(|part| self.quoted(&part)).collect()
    }

    fn countries(&mut self, pair: Pair<'_, 's>) -> Countries<'s> {
        let span = self.span(pair.as_str());
        let terms = pair.into_inner().filter(|part| part.as_rule() == Rule::country_term);
        let terms = terms.map(|term| {
            let mut parts = term.into_inner();
            let first = parts.next().expect("the grammar puts a name into each");
            match parts.next() {
                Some(name) => CountryTerm::PartiesOf(self.name(&name)),
                None => CountryTerm::Name(self.country(&first)),
            }
        });
        Countries { terms: listed(terms), span }
    }

    /// The name of a country; a date that is not written as one is explained.
    fn country(&mut self, pair: &Pair<'_, 's>) -> Name<'s> {
        let name = self.name(pair);
        if let Some(mistake) = dates::as_name(name.text) {
            self.misdated.push(name);
            let finding = Finding::new(Code::Syntax, name.span, mistake.message).help(mistake.help);
            self.findings.push(match mistake.meant {
                Some(meant) => finding.fix(Fix::replace(name.span, meant)),
                None => finding,
            });
        }
        name
    }

    /// `from` or `until`: said twice, the second is reported.
    fn during(&mut self, pair: Pair<'_, 's>, dates: &mut Dates<'s>) {
        let span = self.span(pair.as_str());
        let mut parts = pair.into_inner();
        let (Some(word), Some(date)) = (parts.next(), parts.next()) else { return };
        let place = if word.as_rule() == Rule::k_from { &mut dates.from } else { &mut dates.until };
        if place.is_some() {
            let message = format!("`{}` is said twice", word.as_str());
            self.findings.push(Finding::new(Code::Syntax, span, message).help("keep one of them"));
            return;
        }
        *place = Some(DateText(Name { text: date.as_str(), span: self.span(date.as_str()) }));
    }

    /// `by "…"` or `assuming "…"`: only the assumptions can be several.
    fn basis(&mut self, pair: Pair<'_, 's>, basis: &mut Basis<'s>) {
        let span = self.span(pair.as_str());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::assumption => basis.assuming.extend(self.quoted_in(part)),
                Rule::text if basis.by.is_some() => self
                    .findings
                    .push(Finding::new(Code::Syntax, span, "`by` is said twice").help("name both places in one text")),
                Rule::text => basis.by = Some(self.quoted(&part)),
                _ => {}
            }
        }
    }
}

/// A list with room for one, and for more only if there are more: most lists of a tree have one member, and a `Vec` that
/// grows makes room for four.
fn listed<T>(mut members: impl Iterator<Item = T>) -> Vec<T> {
    let Some(first) = members.next() else { return Vec::new() };
    let mut list = vec![first];
    list.extend(members);
    list
}

/// Adds to a list that is most likely to have one member.
fn add<T>(list: &mut Vec<T>, member: T) {
    if list.is_empty() {
        list.reserve_exact(1);
    }
    list.push(member);
}
