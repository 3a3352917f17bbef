//! What is said about the answers: what cannot be, what must be complete, what is asserted, what is excused.

use std::collections::BTreeSet;

use super::Context;
use super::clauses::check_citation;
use super::conditions;
use super::declare::Declarations;
use super::names::{citation, normal, said, shown};
use super::near::nearest;
use super::questions::{self, Asked};
use super::scopes::{self, WrittenScope};
use super::shared::Shared;
use super::twice;
use super::values::{self, Setting, WordsAre};
use crate::finding::{Code, Finding};
use crate::law::{
    Assertion, AssertionInstance, Claim, Complete, Condition, CountryId, CountrySet, Excuse, ExcusePlace, Interval,
    MatterId, Member, Never, Question, QuestionHead, Relations, Scope, covers, id_of,
};
use crate::source::Span;
use crate::syntax::ast::{self, Ast, Name};

/// Fills the tables of `never`, `complete`, `assert` and `excuse`, in an order that does not turn on files.
pub(crate) fn fill(cx: &mut Context, asked: &Asked, all: &Declarations<'_, '_>, ast: &Ast<'_>) {
    for row in &all.nevers {
        let condition = conditions::condition(cx, &row.condition);
        cx.law.nevers.push(Never { condition, because: said(&row.because), span: row.span });
    }
    let nevers: Vec<_> = cx.law.nevers.iter().map(|never| (twice::plain(&never.condition), never.span)).collect();
    twice::statements(cx, "this `never`", nevers);
    cx.law.nevers.sort_by(|a, b| (&a.because, &a.condition).cmp(&(&b.because, &b.condition)));
    for row in ast.completes() {
        complete(cx, asked, &row);
    }
    let claimed = |row: &Complete| {
        let condition =
            (cx.shared[row.scope.relations].clone(), row.scope.dates, twice::plain(&cx.shared[row.condition]));
        ((row.questions.to_vec(), condition), row.span)
    };
    let completes: Vec<_> = cx.law.completes.iter().map(claimed).collect();
    twice::statements(cx, "that this is complete", completes);
    cx.law.completes.sort_by(|a, b| key(&cx.shared, a).cmp(&key(&cx.shared, b)));
    for row in &all.assertions {
        assertion(cx, asked, row);
    }
    let asserted = cx.law.assertions.iter().map(|row| {
        let instances = row.instances.iter().map(|one| {
            let scope = (cx.shared[one.scope.relations].clone(), one.scope.dates);
            (one.each, one.questions.clone(), scope, twice::plain(&one.condition), one.claim.clone())
        });
        (instances.collect::<Vec<_>>(), row.span)
    });
    let asserted: Vec<_> = asserted.collect();
    twice::statements(cx, "this assertion", asserted);
    twice::titles(cx, "assertions", all.assertions.iter().map(|row| &row.title));
    cx.law.assertions.sort_by(|a, b| a.title.cmp(&b.title));
    for row in &all.excuses {
        excuse(cx, all, ast, row);
    }
    let excuses: Vec<_> =
        cx.law.excuses.iter().map(|excuse| ((excuse.code.clone(), excuse.place.clone()), excuse.span)).collect();
    twice::statements(cx, "this excuse", excuses);
    cx.law.excuses.sort_by(|a, b| (&a.code, &a.because).cmp(&(&b.code, &b.because)));
}

/// What a claim of completeness says, for an order that does not turn on files.
fn key<'a>(shared: &'a Shared, row: &'a Complete) -> (&'a [Question], &'a Relations, Interval, &'a Condition) {
    (&row.questions, &shared[row.scope.relations], row.scope.dates, &shared[row.condition])
}

/// The questions that are meant, one for each matter, and the countries that the question itself names. Where no matter is
/// named, those are meant in which a rule answers the question; where there is none, all.
fn meant(
    cx: &mut Context,
    asked: &Asked,
    written: &WrittenScope,
    question: &ast::Question<'_>,
) -> Option<(Vec<Question>, Scope)> {
    let every = || (0..cx.law.matters.len()).map(|index| MatterId(id_of(index))).collect();
    let matters: BTreeSet<MatterId> = written.matters.clone().unwrap_or_else(every);
    let mut questions = Vec::new();
    for matter in matters {
        let head = questions::head(&cx.law, &cx.names, asked, Some(matter), question);
        questions.extend(cx.take(head).map(|head| Question { matter, head }));
    }
    if written.matters.is_none() && questions.iter().any(|question| asked.is_answered(*question)) {
        questions.retain(|question| asked.is_answered(*question));
    }
    let questions: Vec<Question> = questions
        .into_iter()
        .filter(|asked_for| {
            let is_asked = questions::of_matter(&cx.law, &cx.names, asked, *asked_for, question.span);
            cx.take(is_asked).is_some()
        })
        .collect();
    for question in &questions {
        cx.ask(*question);
    }
    (!questions.is_empty()).then(|| (questions, side_scope(cx, question)))
}

/// The scope of `authority to receive in Norway`: the country of that side.
fn side_scope(cx: &mut Context, question: &ast::Question<'_>) -> Scope {
    let ast::QuestionHead::Authority { side: Some(side), .. } = &question.head else { return Scope::EVERYTHING };
    let here = cx.names.country(side.country).ok().map(CountrySet::from);
    let (from, to) = if side.requesting { (here, None) } else { (None, here) };
    let relations = cx.shared.relation(Relations { from, to, ..Relations::default() });
    Scope { relations, dates: Interval::ALWAYS }
}

fn check_not_empty(cx: &mut Context, written: &WrittenScope, scope: Scope, questions: &[Question], span: Span) {
    let matters: Vec<MatterId> = questions.iter().map(|question| question.matter).collect();
    if !written.broken
        && !matters.is_empty()
        && let Some(why) = scopes::why_no_case(cx, scope, &matters)
    {
        let finding = Finding::new(Code::EmptyScope, written.span.unwrap_or(span), "this speaks of no case at all");
        cx.report(finding.why(why).help("look at its countries and days"));
    }
}

fn complete(cx: &mut Context, asked: &Asked, row: &ast::Complete<'_>) {
    let written = scopes::scope(cx, &row.scopes);
    let condition = row.when.as_ref().map_or(Condition::ALWAYS, |when| conditions::condition(cx, when));
    let condition = cx.shared.condition(condition);
    for question in &row.questions {
        let Some((questions, side)) = meant(cx, asked, &written, question) else { continue };
        let scope = cx.shared.both(written.scope, side);
        check_not_empty(cx, &written, scope, &questions, row.span);
        cx.law.completes.push(Complete { questions: questions.into(), scope, condition, span: row.span });
    }
}

fn assertion(cx: &mut Context, asked: &Asked, row: &ast::Assertion<'_>) {
    let mut instances = Vec::new();
    match &row.each {
        None => instances.extend(instance(cx, asked, row, None)),
        Some((variable, countries)) => {
            if let Some((_, Some(span))) = cx.names.get(variable.text) {
                let message = format!("`{}` is the name of something else", shown(variable.text));
                let finding = Finding::new(Code::DuplicateName, variable.span, message);
                cx.report(finding.other(span, "declared here").help("choose another letter for the country"));
            }
            let set = scopes::countries(cx, countries);
            for country in set.iter() {
                cx.names.variable = Some((normal(variable.text).into_owned(), country));
                instances.extend(instance(cx, asked, row, Some(country)));
            }
            cx.names.variable = None;
        }
    }
    if !instances.is_empty() {
        cx.law.assertions.push(Assertion { title: said(&row.title), instances, span: row.span });
    }
}

fn instance(
    cx: &mut Context,
    asked: &Asked,
    row: &ast::Assertion<'_>,
    each: Option<CountryId>,
) -> Option<AssertionInstance> {
    let written = scopes::scope(cx, &row.scopes);
    let condition = row.when.as_ref().map_or(Condition::ALWAYS, |when| conditions::condition(cx, when));
    let question = meant(cx, asked, &written, &row.question);
    let claim = match question.as_ref().and_then(|(questions, _)| questions.first()) {
        Some(first) => claim(cx, asked, &written, *first, &row.claim),
        None => None,
    };
    let (questions, side) = question?;
    let scope = cx.shared.both(written.scope, side);
    // `for each C` can leave no case for one of its countries, such as the pair of a country with itself.
    if each.is_none() {
        check_not_empty(cx, &written, scope, &questions, row.span);
    }
    Some(AssertionInstance { each, questions, scope, condition, claim: claim? })
}

fn claim(
    cx: &mut Context,
    asked: &Asked,
    written: &WrittenScope,
    question: Question,
    claim: &ast::Claim<'_>,
) -> Option<Claim> {
    Some(match claim {
        ast::Claim::Within { question: other, scopes } => {
            let second = scopes::scope(cx, scopes);
            let scope = cx.shared.both(written.scope, second.scope);
            let (first, both) = (&cx.shared[written.scope.relations], &cx.shared[scope.relations]);
            let is_same = (both.from, both.to, &both.under, scope.dates)
                == (first.from, first.to, &first.under, written.scope.dates)
                && both.between.iter().all(|set| first.between.contains(set));
            if !is_same && !second.broken && !written.broken {
                let span = second.span.unwrap_or(other.span);
                let finding = Finding::new(Code::BadTest, span, "the two questions are asked in different cases");
                cx.report(finding.help("both are asked in one case: write the same countries and days for both"));
            }
            let head = questions::head(&cx.law, &cx.names, asked, Some(question.matter), other);
            let head = cx.take(head)?;
            cx.ask(Question { matter: question.matter, head });
            Claim::Within(head)
        }
        ast::Claim::Includes(member) => Claim::Includes(self::member(cx, question.head, *member)?),
        ast::Claim::Excludes(member) => Claim::Excludes(self::member(cx, question.head, *member)?),
        ast::Claim::Answered => Claim::Answered,
        ast::Claim::Strength(strength) => Claim::Strength(values::strength(*strength)),
        ast::Claim::Is(strength, value) => {
            Claim::Is(values::answer(cx, setting(question.head), *strength, value).answer)
        }
    })
}

/// What the words of an answer to the question are.
pub(crate) fn setting(head: QuestionHead) -> Setting {
    let words = match head {
        QuestionHead::Languages(_) | QuestionHead::PreferredLanguage(_) => WordsAre::Languages,
        _ => WordsAre::Words,
    };
    Setting { words, instrument: None }
}

/// One alternative of the answers to a question.
pub(crate) fn member(cx: &mut Context, head: QuestionHead, member: ast::Member<'_>) -> Option<Member> {
    match (head, member) {
        (QuestionHead::Authority(..), ast::Member::Authority(name)) => {
            let authority = cx.names.authority(name);
            cx.take(authority).map(Member::Authority)
        }
        (QuestionHead::Authority(..), ast::Member::Name(name)) => {
            let finding = cx.names.office_without_country(name);
            cx.report(finding);
            None
        }
        (QuestionHead::Languages(_) | QuestionHead::PreferredLanguage(_), ast::Member::Name(name)) => {
            let language = cx.names.language(name);
            cx.take(language).map(Member::Language)
        }
        (
            QuestionHead::Channel | QuestionHead::Means | QuestionHead::PreferredMeans | QuestionHead::Refuse(_),
            ast::Member::Name(name),
        ) => {
            let word = cx.names.word(name);
            cx.take(word).map(Member::Word)
        }
        (
            _,
            ast::Member::Name(Name { span, .. })
            | ast::Member::Authority(ast::Qualified { office: Name { span, .. }, .. }),
        ) => {
            let finding =
                Finding::new(Code::BadTest, span, "the answers to this question are no list in which this could be");
            cx.report(
                finding.help("`includes` and `excludes` are for authorities, languages, channels, means and grounds"),
            );
            None
        }
    }
}

fn excuse(cx: &mut Context, all: &Declarations<'_, '_>, ast: &Ast<'_>, row: &ast::Excuse<'_>) {
    let code = Code::named(row.code.text);
    let excusable = || Code::ALL.iter().filter(|code| code.can_be_excused()).map(|code| code.name());
    let code = match code {
        Some(code) if code.can_be_excused() => Some(code),
        Some(code) => {
            let message = format!("`{}` cannot be excused", code.name());
            let finding = Finding::new(Code::CannotExcuse, row.code.span, message);
            cx.report(finding.why(code.explanation()).help("correct it at its place"));
            None
        }
        None => {
            let message = format!("there is no kind of finding called `{}`", shown(row.code.text));
            let finding = Finding::new(Code::CannotExcuse, row.code.span, message);
            cx.report(match nearest(row.code.text, excusable()) {
                Some(near) => near.ask(finding, near.name, row.code.span),
                None => finding.help("the name of a finding stands beside its number where it is reported"),
            });
            None
        }
    };
    let until = row.until.as_ref().map(|date| cx.day(date));
    let place = match &row.place {
        ast::ExcusePlace::Provision { citation: text, instrument } => {
            let found = cx.names.instrument(*instrument);
            cx.take(found).map(|instrument| {
                let is_form =
                    cx.law.forms.iter().any(|form| form.instrument == instrument && form.citation == citation(text));
                if !is_form {
                    check_citation(cx, instrument, text);
                }
                ExcusePlace::Provision(instrument, citation(text))
            })
        }
        ast::ExcusePlace::Item(name) => {
            let found = cx.names.anything(*name);
            cx.take(found).map(|_| ExcusePlace::Item(normal(name.text).into_owned()))
        }
    };
    // An excuse until a day that the calendar does not have is none.
    let is_dated = until != Some(None);
    if let (Some(code), Some(place), true) = (code, place, is_dated) {
        let until = until.flatten();
        let because = said(&row.because);
        let covers = excused(cx, all, ast, &place);
        cx.law.excuses.push(Excuse { code: code.name().to_owned(), place, covers, because, until, span: row.span });
    }
}

/// The stretches of the files that the place of an excuse stands for.
fn excused(cx: &Context, all: &Declarations<'_, '_>, ast: &Ast<'_>, place: &ExcusePlace) -> Vec<Span> {
    match place {
        ExcusePlace::Provision(instrument, wide) => {
            let of = &cx.law[*instrument].name;
            let is_covered =
                |name: Name<'_>, narrow: &ast::Text<'_>| normal(name.text) == *of && covers(wide, &citation(narrow));
            let provisions = ast.provisions().filter(|row| is_covered(row.instrument, &row.citation));
            let forms = all.forms.iter().filter(|row| is_covered(row.instrument, &row.citation));
            provisions.map(|row| row.span).chain(forms.map(|row| row.span)).collect()
        }
        ExcusePlace::Item(name) => {
            let instrument = all.instruments.iter().find(|row| normal(row.name.text) == *name);
            let declared = || cx.names.get(name).and_then(|(_, span)| span);
            instrument.map(|row| row.span).or_else(declared).into_iter().collect()
        }
    }
}
