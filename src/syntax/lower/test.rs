//! Tests: a case, what is given, and what the law must answer.

use crate::source::Span;

use super::super::ast::{
    Bearer, CasePart, Expectation, Expected, Given, GivenValue, Governing, Question, QuestionHead, Test, TestStatement,
    Text,
};
use super::claims::is_question;
use super::value::ValueParts;
use super::{Lower, Name, Pair, Rule};

impl<'s> Lower<'s> {
    pub(super) fn test<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Test<'s>
    where
        's: 't,
    {
        let (mut title, mut statements) = (None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::text => title = Some(self.quoted(&part)),
                Rule::k_test | Rule::open | Rule::close => {}
                _ => statements.push(self.test_statement(part)),
            }
        }
        Test { title: title.expect("a test has a title"), statements, span }
    }

    fn test_statement(&mut self, pair: Pair<'_, 's>) -> TestStatement<'s> {
        match pair.as_rule() {
            Rule::case_line => self.case_line(pair),
            Rule::with_facts => {
                let given = pair.into_inner().filter(|part| part.as_rule() == Rule::given);
                TestStatement::With(given.map(|part| self.given(part)).collect())
            }
            Rule::governed => TestStatement::GovernedBy(self.governing(pair)),
            Rule::not_governed => TestStatement::NotGovernedBy(self.governing(pair)),
            Rule::expect_rule => TestStatement::Expect(self.expect_rule(pair)),
            _ => TestStatement::Expect(self.expect_status(pair)),
        }
    }

    fn governing(&mut self, pair: Pair<'_, 's>) -> Vec<Governing<'s>> {
        self.cites = true;
        let texts = pair.into_inner().filter(|part| part.as_rule() == Rule::governing);
        texts.map(|part| self.governing_text(part)).collect()
    }

    fn governing_text(&mut self, pair: Pair<'_, 's>) -> Governing<'s> {
        let span = self.span(pair.as_str());
        let (mut instrument, mut citation) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => instrument = Some(self.name(&part)),
                _ => citation = Some(self.quoted(&part)),
            }
        }
        Governing { instrument: instrument.expect("a text is one of an instrument"), citation, span }
    }

    fn case_line(&mut self, pair: Pair<'_, 's>) -> TestStatement<'s> {
        let span = self.span(pair.as_str());
        let (mut matter, mut case) = (None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => matter = Some(self.name(&part)),
                _ => case.push(self.case_part(part)),
            }
        }
        TestStatement::Case { matter: matter.expect("a case is in a matter"), parts: case, span }
    }

    fn case_part(&mut self, pair: Pair<'_, 's>) -> CasePart<'s> {
        let mut parts = pair.into_inner();
        let first = parts.next().expect("a part of a case says something");
        if first.as_rule() == Rule::under {
            let names = self.names_in(first);
            return if names.is_empty() { CasePart::UnderNoInstrument } else { CasePart::Under(names) };
        }
        let what = parts.next().expect("something follows");
        match first.as_rule() {
            Rule::k_on => CasePart::On(self.date(&what)),
            Rule::k_from => CasePart::From(self.country(&what)),
            _ => CasePart::To(self.country(&what)),
        }
    }

    pub(in crate::syntax) fn given(&mut self, pair: Pair<'_, 's>) -> Given<'s> {
        let span = self.span(pair.as_str());
        let (mut fact, mut value) = (None, GivenValue::Yes);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => fact = Some(self.name(&part)),
                Rule::k_not => value = GivenValue::No,
                Rule::given_unknown => value = GivenValue::Unknown,
                Rule::given_none => value = GivenValue::None,
                Rule::date => value = GivenValue::On(self.date(&part)),
                Rule::fact_value => value = GivenValue::Value(self.fact_value(part)),
                _ => {}
            }
        }
        Given { fact: fact.expect("a fact is named"), value, span }
    }

    /// A rule as it would be written, which must be the answer.
    fn expect_rule(&mut self, pair: Pair<'_, 's>) -> Expectation<'s> {
        let span = self.span(pair.as_str());
        let (mut question, mut bearer, mut or_longer) = (None, None::<(Bearer<'s>, Span)>, false);
        let mut value = ValueParts::default();
        let mut tails = Tails::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::bearer => {
                    let span = self.span(part.as_str());
                    bearer = Some((self.bearer(part), span));
                }
                Rule::or_longer => or_longer = true,
                Rule::expect_tail => self.expect_tail(part, &mut tails),
                rule if is_question(rule) => question = Some(self.question(part)),
                _ => {
                    value.take(self, part);
                }
            }
        }
        let question = question.or_else(|| {
            let (bearer, span) = bearer?;
            let head = match value.conduct() {
                Some(conduct) => QuestionHead::Conduct { bearer, conduct },
                None => QuestionHead::Refuse(bearer),
            };
            Some(Question { head, span })
        });
        let question = question.expect("an expectation asks something");
        let maximum = matches!(question.head, QuestionHead::Maximum(_));
        let strength = value.strength.expect("an answer has a strength");
        let value = value.finish(maximum).expect("an answer has a value");
        let outcome = Expected::Rule { strength, value, or_longer };
        Expectation { question, outcome, by: tails.by, assuming: tails.assuming, span }
    }

    /// The question, and what its answer must say.
    fn expect_status(&mut self, pair: Pair<'_, 's>) -> Expectation<'s> {
        let span = self.span(pair.as_str());
        let (mut question, mut outcome, mut tails) = (None, None, Tails::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::outcome => outcome = Some(self.outcome(part)),
                Rule::expect_tail => self.expect_tail(part, &mut tails),
                _ => question = Some(self.question(part)),
            }
        }
        Expectation {
            question: question.expect("an expectation asks something"),
            outcome: outcome.expect("an expectation expects something"),
            by: tails.by,
            assuming: tails.assuming,
            span,
        }
    }

    fn outcome(&mut self, pair: Pair<'_, 's>) -> Expected<'s> {
        let mut parts = pair.into_inner();
        let first = parts.next().expect("an outcome says something");
        match first.as_rule() {
            Rule::undetermined => Expected::Undetermined,
            Rule::incomplete => Expected::Incomplete,
            Rule::no_rule => Expected::NoRule,
            Rule::out_of_scope => Expected::OutOfScope,
            Rule::conflict => Expected::Conflict,
            Rule::k_met => Expected::Met,
            Rule::k_ends => Expected::Ends(self.date(&parts.next().expect("something ends on a day"))),
            Rule::not_met => Expected::NotMet,
            Rule::k_includes => Expected::Includes(self.member(parts.next())),
            Rule::k_excludes => Expected::Excludes(self.member(parts.next())),
            _ => Expected::DependsOn(parts.flat_map(|names| self.names(names)).collect()),
        }
    }

    fn expect_tail(&mut self, pair: Pair<'_, 's>, tails: &mut Tails<'s>) {
        self.cites = true;
        let (mut citation, mut instrument) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::assumption => tails.assuming.extend(self.quoted_in(part)),
                Rule::text => citation = Some(self.quoted(&part)),
                Rule::name => instrument = Some(self.name(&part)),
                _ => {}
            }
        }
        tails.by.extend(citation.map(|citation| (citation, instrument)));
    }
}

/// What an expectation says of the reasons.
#[derive(Default)]
struct Tails<'s> {
    by: Vec<(Text<'s>, Option<Name<'s>>)>,
    assuming: Vec<Text<'s>>,
}
