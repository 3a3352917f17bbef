//! All that the files say, in the order of files and places.
//!
//! Provisions and claims of completeness are what a body of law has most of, and as a tree they are fifteen times as long
//! as their text. So where there are many, one is of a shape that is known, and reading it finds nothing, only its place is
//! kept: it is read anew by whoever goes through the items, and gone when he goes on.

use std::borrow::Cow;

use super::ast::{Complete, Item, Name, Provision};
use super::grammar::Rule;
use super::lower::Lower;
use super::marks::Marks;
use super::shapes::{Shape, Shapes};
use super::tree::View;
use crate::source::{FileId, Span};

/// So many items are held as trees before places are kept: a small body of law is read once and not once for each who
/// goes through it.
const HELD: usize = 2048;

/// Everything that the files say, in the order of files and places.
#[derive(Debug)]
pub struct Ast<'s> {
    entries: Vec<Entry<'s>>,
    /// How many items are held before places are kept.
    held: usize,
    pub(super) shapes: Shapes,
    /// The text of each file.
    pub(super) texts: Vec<&'s str>,
    /// Some item cites a provision.
    pub(crate) cites: bool,
    /// Names whose declaration could not be read in full, whether or not a part of it is among the items; of an authority,
    /// country and office with the full stop between them. They are declared all the same, so that their uses are not
    /// reported one by one.
    pub broken_names: Vec<Name<'s>>,
    /// What was not read, or not to its end. What seems to be missing may stand there.
    pub(crate) unread: Vec<Span>,
}

#[derive(Debug)]
enum Entry<'s> {
    Read(Box<Item<'s>>),
    Place(Kept),
}

/// Where an item of a known shape stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub(super) file: FileId,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) shape: u32,
}

impl Default for Ast<'_> {
    fn default() -> Self {
        Ast::holding(HELD)
    }
}

impl<'s> Ast<'s> {
    /// Nothing yet; of what comes after so many items only the places are kept, where they can be.
    pub(super) fn holding(held: usize) -> Ast<'s> {
        Ast {
            entries: Vec::new(),
            held,
            shapes: Shapes::default(),
            texts: Vec::new(),
            cites: false,
            broken_names: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// There are so many items that of the next only the place is kept, where it can be.
    pub(super) fn is_large(&self) -> bool {
        self.entries.len() >= self.held
    }

    /// There is no item.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The items, in order.
    pub fn items(&self) -> impl Iterator<Item = Cow<'_, Item<'s>>> {
        self.items_that(|_| true)
    }

    /// The items in order, of those that are kept as places only those of such shapes.
    fn items_that(&self, which: impl Fn(&Shape) -> bool) -> impl Iterator<Item = Cow<'_, Item<'s>>> {
        let mut marks = Marks::default();
        self.entries.iter().filter_map(move |entry| match entry {
            Entry::Read(item) => Some(Cow::Borrowed(&**item)),
            Entry::Place(kept) if which(self.shapes.get(kept.shape)) => self.read(*kept, &mut marks).map(Cow::Owned),
            Entry::Place(_) => None,
        })
    }

    /// The items of other kinds than provisions and claims of completeness, in order.
    pub(crate) fn others(&self) -> impl Iterator<Item = &Item<'s>> {
        let read = self.entries.iter().filter_map(|entry| match entry {
            Entry::Read(item) => Some(&**item),
            Entry::Place(_) => None,
        });
        read.filter(|item| !matches!(item, Item::Provision(_) | Item::Complete(_)))
    }

    /// The provisions, in order.
    pub(crate) fn provisions(&self) -> impl Iterator<Item = Cow<'_, Provision<'s>>> {
        self.provisions_that(|_| true)
    }

    /// The provisions in which a word may stand that nobody declares.
    pub(crate) fn provisions_with_words(&self) -> impl Iterator<Item = Cow<'_, Provision<'s>>> {
        self.provisions_that(|shape| shape.has_words)
    }

    /// The provisions in which something may be said not to be held.
    pub(crate) fn provisions_not_held(&self) -> impl Iterator<Item = Cow<'_, Provision<'s>>> {
        self.provisions_that(|shape| shape.holds(Rule::text_held))
    }

    /// The text of a place.
    pub(crate) fn text_of(&self, place: Span) -> &'s str {
        let text = self.texts.get(place.file.0 as usize);
        text.and_then(|text| text.get(place.start as usize..place.end as usize)).unwrap_or("")
    }

    /// What stands before a place in its file, as far back as a line can be told by it.
    pub(crate) fn text_before(&self, place: Span) -> &'s str {
        const LONGEST_LINE: usize = 1000;
        let end = place.start as usize;
        let text = self.texts.get(place.file.0 as usize).and_then(|text| text.get(..end)).unwrap_or("");
        let start = (end.saturating_sub(LONGEST_LINE)..=end).find(|start| text.is_char_boundary(*start));
        text.get(start.unwrap_or(0)..).unwrap_or("")
    }

    /// How many provisions there are.
    pub(crate) fn count_provisions(&self) -> usize {
        let is_provision = |entry: &&Entry<'_>| match entry {
            Entry::Read(item) => matches!(**item, Item::Provision(_)),
            Entry::Place(kept) => self.shapes.get(kept.shape).is(Rule::provision),
        };
        self.entries.iter().filter(is_provision).count()
    }

    fn provisions_that(&self, which: impl Fn(&Shape) -> bool) -> impl Iterator<Item = Cow<'_, Provision<'s>>> {
        self.items_that(move |shape| shape.is(Rule::provision) && which(shape)).filter_map(|item| match item {
            Cow::Borrowed(Item::Provision(provision)) => Some(Cow::Borrowed(provision)),
            Cow::Owned(Item::Provision(provision)) => Some(Cow::Owned(provision)),
            _ => None,
        })
    }

    /// The claims of completeness, in order.
    pub(crate) fn completes(&self) -> impl Iterator<Item = Cow<'_, Complete<'s>>> {
        self.items_that(|shape| shape.is(Rule::complete)).filter_map(|item| match item {
            Cow::Borrowed(Item::Complete(complete)) => Some(Cow::Borrowed(complete)),
            Cow::Owned(Item::Complete(complete)) => Some(Cow::Owned(complete)),
            _ => None,
        })
    }

    /// An item, by its place among all.
    pub(super) fn entry(&self, place: usize) -> Option<Cow<'_, Item<'s>>> {
        match self.entries.get(place)? {
            Entry::Read(item) => Some(Cow::Borrowed(&**item)),
            Entry::Place(kept) => self.read(*kept, &mut Marks::default()).map(Cow::Owned),
        }
    }

    /// Where each item that was not read stands, or the item.
    pub(super) fn places(&self) -> impl Iterator<Item = Result<&Item<'s>, Span>> {
        self.entries.iter().map(|entry| match entry {
            Entry::Read(item) => Ok(&**item),
            Entry::Place(kept) => Err(Span { file: kept.file, start: kept.start, end: kept.end }),
        })
    }

    pub(super) fn push(&mut self, item: Item<'s>) {
        self.entries.push(Entry::Read(Box::new(item)));
    }

    pub(super) fn extend(&mut self, items: impl IntoIterator<Item = Item<'s>>) {
        items.into_iter().for_each(|item| self.push(item));
    }

    pub(super) fn keep(&mut self, kept: Kept) {
        self.entries.push(Entry::Place(kept));
    }

    /// Reads an item of which only the place is kept. That reading it finds nothing was seen when it was kept.
    fn read(&self, kept: Kept, marks: &mut Marks) -> Option<Item<'s>> {
        let text: &'s str = self.texts.get(kept.file.0 as usize)?;
        let chunk = text.get(kept.start as usize..kept.end as usize)?;
        marks.cut_again(chunk);
        let view = View { forms: &self.shapes.get(kept.shape).forms, places: &marks.places, text: chunk };
        let mut lower = Lower::new(kept.file, text, Vec::new());
        let item = view.forms().next().map(|part| lower.item(part));
        debug_assert!(lower.findings.is_empty() && lower.misdated.is_empty(), "{chunk}: {:?}", lower.findings);
        item
    }
}
