//! Provisions and their rules.

use crate::source::Span;

use super::super::ast::{self, Bearer, Branch, Head, Provision, ProvisionStatement, Scope, Strength, Tail, Value};
use super::value::ValueParts;
use super::{Lower, Pair, Rule, add};

impl<'s> Lower<'s> {
    pub(super) fn provision<'t>(&mut self, parts: impl Iterator<Item = Pair<'t, 's>>, span: Span) -> Provision<'s>
    where
        's: 't,
    {
        let (mut citation, mut instrument, mut tails, mut statements) = (None, None, Vec::new(), Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::text => citation = Some(self.quoted(&part)),
                Rule::name => instrument = Some(self.name(&part)),
                Rule::k_provision | Rule::k_of | Rule::open | Rule::close => {}
                Rule::not_encoded => {
                    statements.extend(self.quoted_in(part).into_iter().map(ProvisionStatement::NotEncoded));
                }
                Rule::passage => {
                    let span = self.span(part.as_str());
                    let mut texts = self.quoted_in(part).into_iter();
                    let from = texts.next().expect("a passage begins with some words");
                    statements.push(ProvisionStatement::Passage { from, to: texts.next(), span });
                }
                Rule::text_held => statements.push(ProvisionStatement::TextHeld(self.text_held(part))),
                rule if is_tail(rule) => add(&mut tails, self.tail(part)),
                _ => add(&mut statements, ProvisionStatement::Rule(self.rule(part))),
            }
        }
        Provision {
            citation: citation.expect("a provision has a citation"),
            instrument: instrument.expect("a provision is of an instrument"),
            tails,
            statements,
            span,
        }
    }

    fn rule(&mut self, pair: Pair<'_, 's>) -> ast::Rule<'s> {
        let span = self.span(pair.as_str());
        match pair.as_rule() {
            Rule::criterion_rule => return self.criterion_rule(pair, span),
            Rule::conduct_rule => return self.conduct_rule(pair, span),
            _ => {}
        }
        let (mut head, mut tails, mut branches) = (None, Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::authority_head => head = Some(Head::Authority(self.names_in(part))),
                Rule::language_head if part.as_str().starts_with('p') => {
                    head = Some(Head::PreferredLanguage(self.names_in(part)));
                }
                Rule::language_head => head = Some(Head::Languages(self.names_in(part))),
                Rule::k_channel => head = Some(Head::Channel),
                Rule::k_means => head = Some(Head::Means),
                Rule::k_preferred_means => head = Some(Head::PreferredMeans),
                Rule::deadline_head => {
                    let names = self.words(part);
                    head = Some(Head::Deadline { name: names[0], party: names.get(1).copied() });
                }
                Rule::maximum_head => head = Some(Head::Maximum(self.words(part)[0])),
                Rule::criteria_head => head = Some(Head::CriteriaMode(self.names_in(part))),
                Rule::basis_head => head = Some(Head::Basis(self.names_in(part))),
                Rule::k_otherwise => {}
                rule if is_tail(rule) => tails.push(self.tail(part)),
                _ => add(&mut branches, self.branch(part)),
            }
        }
        ast::Rule { head: head.expect("a rule has a head"), tails, branches, span }
    }

    fn branch(&mut self, pair: Pair<'_, 's>) -> Branch<'s> {
        let span = self.span(pair.as_str());
        let maximum = pair.as_rule() == Rule::maximum_branch;
        let mut value = ValueParts::default();
        let mut tails = Vec::new();
        for part in pair.into_inner() {
            if let Some(tail) = value.take(self, part) {
                add(&mut tails, self.tail(tail));
            }
        }
        Branch {
            strength: value.strength.expect("a branch has a strength"),
            value: value.finish(maximum).expect("a branch has a value"),
            tails,
            span,
        }
    }

    /// A criterion is met where its condition holds: one branch, which has all that is said of it.
    fn criterion_rule(&mut self, pair: Pair<'_, 's>, span: Span) -> ast::Rule<'s> {
        let (mut name, mut text, mut tails) = (None, None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.word(&part)),
                Rule::text => text = Some(self.quoted(&part)),
                Rule::k_criterion => {}
                _ => tails.push(self.tail(part)),
            }
        }
        let head = Head::Criterion { name: name.expect("a criterion has a name"), text };
        let branch = Branch { strength: Strength::Shall, value: Value::Met, tails, span };
        ast::Rule { head, tails: Vec::new(), branches: vec![branch], span }
    }

    /// Who bears a duty.
    pub(super) fn bearer(&mut self, pair: Pair<'_, 's>) -> Bearer<'s> {
        let mut words = pair.into_inner();
        match words.next().map(|word| word.as_rule()) {
            Some(Rule::k_requesting) => Bearer::Requesting,
            Some(Rule::k_requested) => Bearer::Requested,
            Some(Rule::k_either) => Bearer::Either,
            _ => Bearer::Named(self.name(&words.next().expect("a bearer has a name"))),
        }
    }

    fn conduct_rule(&mut self, pair: Pair<'_, 's>, span: Span) -> ast::Rule<'s> {
        let (mut bearer, mut tails, mut branches) = (Bearer::Either, Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::bearer => bearer = self.bearer(part),
                Rule::k_otherwise => {}
                Rule::refuse_branch => return self.refusal(part, bearer, tails, span),
                Rule::conduct_branch => branches.push(self.branch(part)),
                _ => tails.push(self.tail(part)),
            }
        }
        ast::Rule { head: Head::Conduct(bearer), tails, branches, span }
    }

    /// A refusal: each ground is a branch. What stands before the grounds is said of all of them; without a ground the
    /// refusal itself is the branch.
    fn refusal(
        &mut self,
        pair: Pair<'_, 's>,
        bearer: Bearer<'s>,
        mut tails: Vec<Tail<'s>>,
        span: Span,
    ) -> ast::Rule<'s> {
        let place = self.span(pair.as_str());
        let (mut strength, mut own, mut branches, mut no_other_ground) =
            (Strength::Shall, Vec::new(), Vec::new(), None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_refuse => {}
                Rule::ground => branches.push(self.ground(part, strength)),
                Rule::no_other_ground => no_other_ground = Some(self.span(part.as_str())),
                rule if is_tail(rule) => own.push(self.tail(part)),
                rule => strength = super::value::strength(rule).unwrap_or(strength),
            }
        }
        if branches.is_empty() {
            branches.push(Branch { strength, value: Value::Refuse, tails: own, span: place });
        } else {
            tails.append(&mut own);
        }
        ast::Rule { head: Head::Refuse { bearer, no_other_ground }, tails, branches, span }
    }

    fn ground(&mut self, pair: Pair<'_, 's>, strength: Strength) -> Branch<'s> {
        let span = self.span(pair.as_str());
        let mut value = ValueParts::default();
        let mut tails = Vec::new();
        for part in pair.into_inner() {
            tails.extend(value.take(self, part).map(|tail| self.tail(tail)));
        }
        Branch { strength, value: value.finish(false).expect("a ground has a name"), tails, span }
    }

    fn tail(&mut self, pair: Pair<'_, 's>) -> Tail<'s> {
        let span = self.span(pair.as_str());
        match pair.as_rule() {
            Rule::when => {
                let (condition, span) = self.when(pair);
                Tail::When(condition, span)
            }
            Rule::only_when => {
                let (condition, span) = self.when(pair);
                Tail::OnlyWhen(condition, span)
            }
            Rule::notwithstanding | Rule::subject_to => {
                let claims = pair.as_rule() == Rule::notwithstanding;
                let (mut what, mut by) = (None, None);
                for part in pair.into_inner() {
                    match part.as_rule() {
                        Rule::ranked => what = Some(self.ranked(part)),
                        Rule::text => by = Some(self.quoted(&part)),
                        _ => {}
                    }
                }
                let what = what.expect("the clause names something");
                if claims { Tail::Notwithstanding { what, by, span } } else { Tail::SubjectTo { what, by, span } }
            }
            Rule::allows => {
                let kinds = pair.into_inner().nth(1).expect("kinds follow");
                Tail::AllowsOtherwise { by: self.kinds(kinds), span }
            }
            Rule::assumption => Tail::Assuming(self.quoted_in(pair).remove(0)),
            _ => Tail::Scope(self.scope(pair)),
        }
    }

    pub(super) fn scope(&mut self, pair: Pair<'_, 's>) -> Scope<'s> {
        let span = self.span(pair.as_str());
        let rule = pair.as_rule();
        match rule {
            Rule::any_country => return Scope::AnyCountry(span),
            Rule::concerning => return Scope::Concerning(self.names_in(pair)),
            Rule::under => {
                let names = self.names_in(pair);
                return if names.is_empty() { Scope::UnderNoInstrument(span) } else { Scope::Under(names, span) };
            }
            _ => {}
        }
        let mut parts = pair.into_inner();
        let word = parts.next().expect("a scope begins with a word").as_rule();
        let what = parts.next().expect("a scope names something");
        match rule {
            Rule::during if word == Rule::k_from => Scope::FromDate(self.date(&what)),
            Rule::during => Scope::UntilDate(self.date(&what)),
            Rule::from_countries => Scope::From(self.countries(what)),
            Rule::to_countries if word == Rule::k_in => Scope::In(self.countries(what)),
            Rule::to_countries => Scope::To(self.countries(what)),
            Rule::between => Scope::Between(self.countries(what)),
            other => unreachable!("{other:?} is no scope"),
        }
    }
}

/// A scope: what says in which cases something speaks at all.
pub(super) fn is_scope(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::during
            | Rule::from_countries
            | Rule::to_countries
            | Rule::between
            | Rule::any_country
            | Rule::concerning
            | Rule::under
    )
}

/// What can stand beside the value of a rule or in the head of a provision.
fn is_tail(rule: Rule) -> bool {
    is_scope(rule)
        || matches!(
            rule,
            Rule::when | Rule::only_when | Rule::notwithstanding | Rule::subject_to | Rule::allows | Rule::assumption
        )
}
