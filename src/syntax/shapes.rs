//! Texts of one shape are read once: what the grammar makes of a text does not turn on which names, days and quoted texts
//! stand in it, but on how they stand between the words of the language.
//!
//! An annex is a hundred items that differ in names and days. The first of them is given to the grammar; of the others it
//! is seen that they are words of the same kinds in the same order, and they get the same forms, with places of their
//! own. What is made of the forms is made anew for each.
//!
//! That two texts of one shape have the same forms holds because the grammar asks of a word only whether it is one of the
//! words that it spells out, a day, a number or a name; because it takes white space only between words, where two words
//! always have some; and because of a quoted text it sees nothing but its end. Every word that stands in the grammar in
//! quotation marks is part of the shape itself. Texts in which words run into quoted texts, in which something is not
//! ASCII outside of them, or in which a mark stands that the language does not have, have no shape and go to the grammar.

use rustc_hash::FxHashMap;

use super::grammar::Rule;
use super::marks::Marks;
use super::tree::{Form, Place, Tree};

/// No more shapes than this are kept.
const MOST: usize = 4096;

/// The shapes that were met, with the forms of each.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    known: FxHashMap<Box<[u16]>, u32>,
    shapes: Vec<Shape>,
}

/// What is known of all texts of one shape.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) forms: Box<[Form]>,
    /// Reading a plain text of this shape finds nothing; none: no plain one was read.
    pub(super) finds_nothing: Option<bool>,
    /// A word may stand in it that nobody declares: the name of a channel, of a duty, of a deadline.
    pub(super) has_words: bool,
}

impl Shape {
    /// Such a form occurs in it.
    pub(super) fn holds(&self, rule: Rule) -> bool {
        self.forms.iter().any(|form| form.rule == rule)
    }

    /// It begins with such a form.
    pub(super) fn is(&self, rule: Rule) -> bool {
        self.forms.first().is_some_and(|form| form.rule == rule)
    }

    /// It is one provision or one claim of completeness.
    pub(super) fn is_kept(&self) -> bool {
        let is_alone = |form: &Form| form.after as usize == self.forms.len();
        self.forms.first().is_some_and(|form| matches!(form.rule, Rule::provision | Rule::complete) && is_alone(form))
    }
}

impl Shapes {
    /// The shape of these marks, if it was met.
    pub(super) fn find(&self, marks: &Marks) -> Option<u32> {
        self.known.get(marks.kinds.as_slice()).copied()
    }

    pub(super) fn get(&self, shape: u32) -> &Shape {
        &self.shapes[shape as usize]
    }

    pub(super) fn get_mut(&mut self, shape: u32) -> &mut Shape {
        &mut self.shapes[shape as usize]
    }

    /// Keeps what the grammar made of a text with these marks; none if there are too many shapes, or a form begins or ends
    /// within a mark.
    pub(super) fn keep(&mut self, marks: &Marks, tree: &Tree<'_>) -> Option<u32> {
        let mark = |found: Result<usize, usize>| u32::try_from(found.ok()?).ok();
        let first = |place: Place| mark(marks.places.binary_search_by_key(&place.0, |mark| mark.0));
        let last = |place: Place| mark(marks.places.binary_search_by_key(&place.1, |mark| mark.1));
        let of_marks = |form: &Form| {
            let (first, last) = (first(tree.places[form.first as usize])?, last(tree.places[form.last as usize])?);
            Some(Form { first, last, ..*form })
        };
        let forms = tree.forms.iter().map(of_marks).collect::<Option<Box<[Form]>>>()?;
        if self.shapes.len() == MOST {
            return None;
        }
        let shape = u32::try_from(self.shapes.len()).ok()?;
        let has_words = forms.iter().any(|form| {
            matches!(
                form.rule,
                Rule::channel_rule
                    | Rule::means_rule
                    | Rule::deadline_rule
                    | Rule::maximum_rule
                    | Rule::criterion_rule
                    | Rule::conduct_rule
                    | Rule::text_held
            )
        });
        self.known.insert(marks.kinds.as_slice().into(), shape);
        self.shapes.push(Shape { forms, finds_nothing: None, has_words });
        Some(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::super::grammar::{Rule, read};
    use super::super::tree::{Part, View};
    use super::{Marks, Shapes};

    fn forms(view: &View<'_, '_>) -> Vec<(Rule, usize, usize, usize)> {
        let mut open: Vec<(usize, Part<'_, '_>)> = view.forms().map(|part| (0, part)).collect();
        let mut all = Vec::new();
        while let Some((depth, part)) = open.pop() {
            all.push((part.as_rule(), depth, part.start(), part.end()));
            open.extend(part.into_inner().map(|inner| (depth + 1, inner)));
        }
        all
    }

    /// What is known by shape is what the grammar says.
    #[test]
    fn texts_of_one_shape_have_the_forms_that_the_grammar_gives_them() {
        let (mut shapes, mut marks) = (Shapes::default(), Marks::default());
        let pairs = [
            (
                "provision \"Article 1\" of lost from Norway until 2025-01-01 { channel is direct }",
                "provision \"A \\\" b\"\nof\n  list # { \"\n from Sweden until 1999-12-31{channel\tis central}",
            ),
            (
                "provision \"1\" of lost { authority to receive in A is A.b of c or d when x is one of 1, 2 and y >= 3 months }",
                "provision \"2\" of list { authority to send in Bee is Bee.c-d of e or f when xx is one of 10, 20 and zz >= 12 months }",
            ),
            ("complete channel from A from 2020-01-01", "complete channel from Bb from 2020-01-02"),
        ];
        for (one, other) in pairs {
            marks.cut(one).expect("it has a shape");
            assert_eq!(shapes.find(&marks), None, "{one}");
            let tree = read(Rule::chunk, one).expect("it is in order");
            let shape = shapes.keep(&marks, &tree).expect("it is kept");
            for text in [one, other] {
                marks.cut(text).expect("it has a shape");
                assert_eq!(shapes.find(&marks), Some(shape), "{text}");
                let known = View { forms: &shapes.get(shape).forms, places: &marks.places, text };
                let tree = read(Rule::chunk, text).expect("it is in order");
                assert_eq!(forms(&known), forms(&tree.view()));
            }
        }
    }
}
