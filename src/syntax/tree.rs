//! What the grammar made of a text: its forms in the order in which they begin, each with where what lies in it ends.
//!
//! A form does not say where it stands but which of the marks of the text it begins and ends with. So the forms of one
//! text are those of every other that differs in names, days and quoted texts alone, with other places beside them
//! ([`super::shapes`]).

use pest::Token;
use pest::iterators::Pairs;

use super::grammar::Rule;

/// A form of the grammar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) rule: Rule,
    /// The mark with which it begins, and that with which it ends.
    pub(super) first: u32,
    pub(super) last: u32,
    /// The first form that does not lie in it.
    pub(super) after: u32,
}

/// Where a mark begins and ends, in bytes of the text.
pub(super) type Place = (u32, u32);

/// What is counted of a text; none is longer than four gigabytes.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The forms of one text.
#[derive(Debug)]
pub(super) struct Tree<'s> {
    pub(super) forms: Vec<Form>,
    pub(super) places: Vec<Place>,
    text: &'s str,
}

impl<'s> Tree<'s> {
    /// Of what pest found in `text`, without the form that holds all of it and without its end. Each form has a mark of
    /// its own.
    pub(super) fn of(pairs: Pairs<'_, Rule>, text: &'s str) -> Tree<'s> {
        let mut tree = Tree { forms: Vec::new(), places: Vec::new(), text };
        // Of the forms that are open their places in the list; none for the one that holds all.
        let mut open: Vec<Option<usize>> = Vec::new();
        for token in pairs.tokens() {
            match token {
                Token::Start { rule: Rule::EOI, .. } | Token::End { rule: Rule::EOI, .. } => {}
                Token::Start { .. } if open.is_empty() => open.push(None),
                Token::Start { rule, pos } => {
                    let mark = number(tree.forms.len());
                    open.push(Some(tree.forms.len()));
                    tree.forms.push(Form { rule, first: mark, last: mark, after: 0 });
                    tree.places.push((number(pos.pos()), 0));
                }
                Token::End { pos, .. } => {
                    if let Some(Some(at)) = open.pop() {
                        tree.forms[at].after = number(tree.forms.len());
                        tree.places[at].1 = number(pos.pos());
                    }
                }
            }
        }
        tree
    }

    /// The last form that lies in no other, taken out with all that lies in it.
    pub(super) fn pop(&mut self) {
        let last = self.view().forms().last().map(|part| part.at);
        if let Some(last) = last {
            self.forms.truncate(last as usize);
        }
    }

    /// To be read.
    pub(super) fn view(&self) -> View<'_, 's> {
        View { forms: &self.forms, places: &self.places, text: self.text }
    }
}

/// Forms, the places of their marks, and the text in which these lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'t, 's> {
    pub(super) forms: &'t [Form],
    pub(super) places: &'t [Place],
    pub(super) text: &'s str,
}

impl<'t, 's> View<'t, 's> {
    /// The forms that lie in no other.
    pub(super) fn forms(&'t self) -> Parts<'t, 's> {
        Parts { view: self, at: 0, end: number(self.forms.len()) }
    }
}

/// One form, with what lies in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'t, 's> {
    view: &'t View<'t, 's>,
    at: u32,
}

impl<'t, 's> Part<'t, 's> {
    fn form(self) -> Form {
        self.view.forms[self.at as usize]
    }

    /// Which form of the grammar it is.
    pub(super) fn as_rule(&self) -> Rule {
        self.form().rule
    }

    /// The offset of its first byte in the text that was read.
    pub(super) fn start(&self) -> usize {
        self.view.places[self.form().first as usize].0 as usize
    }

    /// The offset after its last byte.
    pub(super) fn end(&self) -> usize {
        self.view.places[self.form().last as usize].1 as usize
    }

    /// As it is written.
    pub(super) fn as_str(&self) -> &'s str {
        self.view.text.get(self.start()..self.end()).unwrap_or("")
    }

    /// What lies in it.
    pub(super) fn into_inner(self) -> Parts<'t, 's> {
        Parts { view: self.view, at: self.at + 1, end: self.form().after }
    }
}

/// Forms side by side.
#[derive(Clone, Debug)]
pub(super) struct Parts<'t, 's> {
    view: &'t View<'t, 's>,
    at: u32,
    end: u32,
}

impl<'t, 's> Parts<'t, 's> {
    /// The next form, if it is of this rule.
    pub(super) fn next_if(&mut self, rule: Rule) -> Option<Part<'t, 's>> {
        let next = self.clone().next()?;
        if next.as_rule() == rule { self.next() } else { None }
    }
}

impl<'t, 's> Iterator for Parts<'t, 's> {
    type Item = Part<'t, 's>;

    fn next(&mut self) -> Option<Part<'t, 's>> {
        if self.at >= self.end {
            return None;
        }
        let part = Part { view: self.view, at: self.at };
        self.at = part.form().after;
        Some(part)
    }
}
