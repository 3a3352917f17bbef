//! Questions, and what is claimed of their answers: `complete`, `assert`, `excuse`.

use crate::source::Span;

use super::super::ast::{
    Assertion, Claim, Complete, DateText, Excuse, ExcusePlace, Member, Question, QuestionHead, SideOf,
};
use super::rule::is_scope;
use super::value::ValueParts;
use super::{Lower, Pair, Rule};

impl<'s> Lower<'s> {
    pub(super) fn questions(&mut self, pair: Pair<'_, 's>) -> Vec<Question<'s>> {
        pair.into_inner().filter(|part| is_question(part.as_rule())).map(|part| self.question(part)).collect()
    }

    pub(in crate::syntax) fn question(&mut self, pair: Pair<'_, 's>) -> Question<'s> {
        let span = self.span(pair.as_str());
        let rule = pair.as_rule();
        let begins = pair.as_str();
        let (mut names, mut side, mut bearer) = (Vec::new(), None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => names.push(self.name(&part)),
                Rule::side => side = Some(self.side(part)),
                Rule::bearer => bearer = Some(self.bearer(part)),
                _ => {}
            }
        }
        let mut names = names.into_iter();
        let mut name = || names.next().expect("the question names something");
        let preferred = begins.starts_with("preferred");
        let head = match rule {
            Rule::authority_question => QuestionHead::Authority { act: name(), side },
            Rule::language_question if preferred => QuestionHead::PreferredLanguage(name()),
            Rule::language_question => QuestionHead::Languages(name()),
            Rule::channel_question => QuestionHead::Channel,
            Rule::means_question if preferred => QuestionHead::PreferredMeans,
            Rule::means_question => QuestionHead::Means,
            Rule::deadline_question => QuestionHead::Deadline { name: name(), party: names.next() },
            Rule::maximum_question => QuestionHead::Maximum(name()),
            Rule::criterion_question => QuestionHead::Criterion { name: name(), instrument: names.next() },
            Rule::criteria_question => QuestionHead::CriteriaMode(name()),
            Rule::basis_question => QuestionHead::Basis(name()),
            Rule::refuse_question => QuestionHead::Refuse(bearer.expect("the question names who")),
            Rule::conduct_question => {
                QuestionHead::Conduct { bearer: bearer.expect("the question names who"), conduct: name() }
            }
            other => unreachable!("{other:?} is no question"),
        };
        Question { head, span }
    }

    fn side(&mut self, pair: Pair<'_, 's>) -> SideOf<'s> {
        let mut parts = pair.into_inner();
        let requesting = parts.next_if(Rule::k_from).is_some();
        let country = parts.find(|part| part.as_rule() == Rule::name).expect("a country follows");
        SideOf { requesting, country: self.country(&country) }
    }

    pub(super) fn complete<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Complete<'s>
    where
        's: 't,
    {
        let mut complete = Complete { questions: Vec::new(), scopes: Vec::new(), when: None, span };
        for part in parts {
            match part.as_rule() {
                Rule::questions => complete.questions = self.questions(part),
                Rule::when => complete.when = Some(self.when(part).0),
                rule if is_scope(rule) => complete.scopes.push(self.scope(part)),
                _ => {}
            }
        }
        complete
    }

    pub(super) fn assertion<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Assertion<'s>
    where
        's: 't,
    {
        let (mut title, mut question, mut claim) = (None, None, None);
        let (mut scopes, mut when, mut each) = (Vec::new(), None, None);
        for part in parts {
            match part.as_rule() {
                Rule::text => title = Some(self.quoted(&part)),
                Rule::claim => claim = Some(self.claim(part)),
                Rule::when => when = Some(self.when(part).0),
                Rule::each => each = Some(self.each(part)),
                rule if is_scope(rule) => scopes.push(self.scope(part)),
                rule if is_question(rule) => question = Some(self.question(part)),
                _ => {}
            }
        }
        Assertion {
            title: title.expect("an assertion has a title"),
            question: question.expect("an assertion has a question"),
            scopes,
            claim: claim.expect("an assertion claims something"),
            when,
            each,
            span,
        }
    }

    fn each(&mut self, pair: Pair<'_, 's>) -> (super::Name<'s>, super::Countries<'s>) {
        let (mut variable, mut countries) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => variable = Some(self.name(&part)),
                Rule::countries => countries = Some(self.countries(part)),
                _ => {}
            }
        }
        (variable.expect("a letter stands for each"), countries.expect("the countries follow"))
    }

    fn claim(&mut self, pair: Pair<'_, 's>) -> Claim<'s> {
        let mut parts = pair.into_inner().peekable();
        match parts.peek().map(Pair::as_rule) {
            Some(Rule::answered) => return Claim::Answered,
            Some(Rule::k_includes) => return Claim::Includes(self.member(parts.nth(1))),
            Some(Rule::k_excludes) => return Claim::Excludes(self.member(parts.nth(1))),
            Some(Rule::k_within) => {
                let question = parts.nth(1).expect("a question follows");
                let question = self.question(question);
                return Claim::Within { question, scopes: parts.map(|part| self.scope(part)).collect() };
            }
            _ => {}
        }
        let mut value = ValueParts::default();
        for part in parts {
            value.take(self, part);
        }
        let strength = value.strength.expect("a claim has a strength");
        value.finish(false).map_or(Claim::Strength(strength), |value| Claim::Is(strength, value))
    }

    /// One member of an answer, after `includes` or `excludes`.
    pub(super) fn member(&mut self, pair: Option<Pair<'_, 's>>) -> Member<'s> {
        let pair = pair.expect("a member is named");
        match pair.as_rule() {
            Rule::qualified => Member::Authority(self.qualified(&pair)),
            _ => Member::Name(self.name(&pair)),
        }
    }

    pub(super) fn excuse<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Excuse<'s>
    where
        's: 't,
    {
        let (mut names, mut texts, mut until) = (Vec::new(), Vec::new(), None::<DateText<'s>>);
        for part in parts {
            match part.as_rule() {
                Rule::name => names.push(self.name(&part)),
                Rule::text => texts.push(self.quoted(&part)),
                Rule::date => until = Some(self.date(&part)),
                _ => {}
            }
        }
        let because = texts.pop().expect("an excuse has a reason");
        let place = match texts.pop() {
            Some(citation) => {
                self.cites = true;
                ExcusePlace::Provision { citation, instrument: names[1] }
            }
            None => ExcusePlace::Item(names[1]),
        };
        Excuse { code: names[0], place, because, until, span }
    }
}

/// A question of one kind or another.
pub(super) fn is_question(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::authority_question
            | Rule::language_question
            | Rule::channel_question
            | Rule::means_question
            | Rule::deadline_question
            | Rule::maximum_question
            | Rule::criterion_question
            | Rule::criteria_question
            | Rule::basis_question
            | Rule::refuse_question
            | Rule::conduct_question
    )
}
