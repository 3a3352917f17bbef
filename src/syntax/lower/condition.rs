//! Conditions. The recursion here is that of the parentheses, which are limited before the grammar sees them.

use crate::finding::{Code, Finding};
use crate::source::Span;

use super::super::ast::{Atom, Comparison, Condition, Duration, FactValue, Predicate};
use super::{Lower, Pair, Rule};

impl<'s> Lower<'s> {
    /// `A or B unless C` is (A or B) and not C.
    pub(super) fn condition(&mut self, pair: Pair<'_, 's>) -> Condition<'s> {
        let mut main = None;
        for part in pair.into_inner() {
            if part.as_rule() != Rule::disjunction {
                continue;
            }
            let Some(first) = main.take() else {
                main = Some(self.disjunction(part));
                continue;
            };
            main = Some(Condition::All(vec![first, self.negated(part)]));
        }
        main.expect("a condition says something")
    }

    /// The opposite of a disjunction.
    pub(super) fn negated(&mut self, pair: Pair<'_, 's>) -> Condition<'s> {
        let span = self.span(pair.as_str());
        Condition::Not(Box::new(self.disjunction(pair)), span)
    }

    /// Terms between `and` or `or`. Both in one is a finding; the tree then has `and` bind more closely.
    fn disjunction(&mut self, pair: Pair<'_, 's>) -> Condition<'s> {
        let mut alternatives: Vec<Vec<Condition<'s>>> = vec![Vec::new()];
        let mut first: Option<Pair<'_, 's>> = None;
        let mut reported = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::term => {
                    let term = self.term(part);
                    alternatives.last_mut().expect("one is always there").push(term);
                    continue;
                }
                Rule::k_or => alternatives.push(Vec::new()),
                _ => {}
            }
            match &first {
                Some(first) if first.as_rule() != part.as_rule() && !reported => {
                    reported = true;
                    self.mixed(first, &part);
                }
                Some(_) => {}
                None => first = Some(part),
            }
        }
        let one = |mut all: Vec<Condition<'s>>| {
            if all.len() == 1 { all.remove(0) } else { Condition::All(all) }
        };
        if alternatives.len() == 1 {
            return one(alternatives.remove(0));
        }
        Condition::Any(alternatives.into_iter().map(one).collect())
    }

    fn mixed(&mut self, first: &Pair<'_, 's>, second: &Pair<'_, 's>) {
        self.findings.push(
            Finding::new(
                Code::MixedConnectives,
                self.span(second.as_str()),
                format!("`{}` and `{}` stand side by side", first.as_str(), second.as_str()),
            )
            .other(self.span(first.as_str()), format!("the other is `{}`", first.as_str()))
            .why("readers do not agree on which of them binds more closely")
            .help("put parentheses around the part that belongs together"),
        );
    }

    /// A test or a condition in parentheses, with any number of `not` before it: an even number says nothing.
    fn term(&mut self, pair: Pair<'_, 's>) -> Condition<'s> {
        let span = self.span(pair.as_str());
        let mut negated = false;
        let mut inner = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_not => negated = !negated,
                Rule::condition => inner = Some(self.condition(part)),
                Rule::atom => inner = Some(Condition::Atom(self.atom(part))),
                _ => {}
            }
        }
        let inner = inner.expect("a term says something");
        if negated { Condition::Not(Box::new(inner), span) } else { inner }
    }

    fn atom(&mut self, pair: Pair<'_, 's>) -> Atom<'s> {
        let span = self.span(pair.as_str());
        let mut parts = pair.into_inner();
        let subject = self.name(&parts.next().expect("a test is of something"));
        let predicate = parts.next().map_or(Predicate::Holds, |part| self.predicate(part));
        Atom { subject, predicate, span }
    }

    fn predicate(&mut self, pair: Pair<'_, 's>) -> Predicate<'s> {
        let mut parts = pair.into_inner();
        let first = parts.next().expect("a predicate says something").as_rule();
        let mut values: Vec<_> =
            parts.filter(|part| part.as_rule() == Rule::fact_value).map(|part| self.fact_value(part)).collect();
        let comparison = match first {
            Rule::is_known => return Predicate::Known,
            Rule::is_unknown => return Predicate::Unknown,
            Rule::is_none => return Predicate::None,
            Rule::k_applies => return Predicate::Applies,
            Rule::k_is | Rule::is_one_of => return Predicate::Is(values),
            Rule::k_is_not => return Predicate::IsNot(values.remove(0)),
            Rule::op_at_least => Comparison::AtLeast,
            Rule::op_at_most => Comparison::AtMost,
            Rule::op_more => Comparison::MoreThan,
            Rule::op_less => Comparison::LessThan,
            Rule::op_before => Comparison::Before,
            Rule::op_after => Comparison::After,
            other => unreachable!("{other:?} begins no predicate"),
        };
        Predicate::Compare(comparison, values.remove(0))
    }

    pub(super) fn fact_value(&mut self, pair: Pair<'_, 's>) -> FactValue<'s> {
        let value = pair.into_inner().next().expect("a value is written");
        match value.as_rule() {
            Rule::date => FactValue::Date(self.date(&value)),
            Rule::duration => FactValue::Duration(self.duration(value)),
            Rule::integer => FactValue::Integer(self.name(&value)),
            Rule::text => FactValue::Text(self.quoted(&value)),
            _ => FactValue::Name(self.name(&value)),
        }
    }

    pub(super) fn duration(&mut self, pair: Pair<'_, 's>) -> Duration<'s> {
        let mut parts = pair.into_inner();
        let (number, unit) = (parts.next().expect("it has a number"), parts.next().expect("it has a unit"));
        Duration { number: self.name(&number), unit: self.name(&unit) }
    }

    /// What a `when` says: a condition, or after `unless` the opposite of one.
    pub(super) fn when(&mut self, pair: Pair<'_, 's>) -> (Condition<'s>, Span) {
        let span = self.span(pair.as_str());
        let inner = pair.into_inner().nth(1).expect("a condition follows");
        let condition = if inner.as_rule() == Rule::condition { self.condition(inner) } else { self.negated(inner) };
        (condition, span)
    }
}
