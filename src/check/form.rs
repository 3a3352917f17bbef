//! The form against its agreement: criteria without an option, options that show nothing, duties without a field.
//!
//! Which duties: those that the instrument lays by `shall` upon the requesting authority alone, and only where that fills in
//! a form. What the requested authority owes begins after that form has left, a form of its own tells afterwards what it did, what both owe is no matter of the form, and
//! defaults, recommendations and permissions need no field.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::law::{Bearer, Field, FieldEntry, Form, InstrumentId, Law, QuestionHead, Rule, Side, Strength, WordId};
use crate::source::Span;

/// Criteria without an option, options that show nothing, duties without a field.
pub(super) fn check(law: &Law) -> Vec<Finding> {
    let mut findings = Vec::new();
    for form in &law.forms {
        for field in form.sections.iter().flat_map(|section| &section.fields) {
            findings.extend(silent_options(field));
        }
    }
    let asking = || law.forms.iter().filter(|form| form.filled_in_by == Side::Requesting);
    let instruments: BTreeSet<InstrumentId> = asking().map(|form| form.instrument).collect();
    for instrument in instruments {
        let forms: Vec<&Form> = asking().filter(|form| form.instrument == instrument).collect();
        findings.extend(without_place(law, instrument, &forms));
    }
    findings
}

/// Boxes and options that neither show something nor say that they show nothing.
fn silent_options(field: &Field) -> Vec<Finding> {
    if field.shows.is_some() {
        return Vec::new();
    }
    let silent: Vec<(&str, Span)> = match &field.entry {
        FieldEntry::Write { .. } => Vec::new(),
        FieldEntry::Tick(_) => vec![(&field.label, field.span)],
        FieldEntry::Choose { options, .. } => options
            .iter()
            .filter(|option| option.shows.is_none())
            .map(|option| (option.label.as_str(), option.span))
            .collect(),
    };
    let finding = |(label, span): (&str, Span)| {
        Finding::new(Code::OptionShowsNothing, span, format!("the option \"{label}\" does not say what it shows"))
            .label("shows nothing")
            .why("whoever ticks it must know what it is evidence of, or that it is not")
            .help("add `shows criterion …`, `shows` with a conduct, or `shows no criterion`")
    };
    silent.into_iter().map(finding).collect()
}

/// Criteria and duties of the instrument that none of its forms shows.
fn without_place(law: &Law, instrument: InstrumentId, forms: &[&Form]) -> Vec<Finding> {
    let mut criteria = BTreeSet::new();
    let mut conducts = BTreeSet::new();
    for shows in forms.iter().flat_map(|form| form.shows()) {
        criteria.extend(&shows.criteria);
        conducts.extend(&shows.conducts);
    }
    let Some(form) = forms.first() else { return Vec::new() };
    let mut findings = Vec::new();
    let own = law.rules.iter().filter(|rule| law[rule.provision].instrument == instrument);
    for rule in own {
        if let Some(word) = criterion(law, rule).filter(|word| criteria.insert(*word)) {
            findings.push(
                Finding::new(
                    Code::CriterionWithoutOption,
                    rule.span,
                    format!("no option of the form shows the criterion `{}`", law[word].text),
                )
                .label("a criterion")
                .other(form.span, "no option here shows it")
                .why("a request could rest on the criterion and have no place to say so")
                .help(format!("add `shows criterion {}` to the option that means it", law[word].text)),
            );
        }
        for (word, span) in duties(law, rule) {
            if conducts.insert(word) {
                findings.push(
                    Finding::new(
                        Code::DutyWithoutField,
                        span,
                        format!("no field of the form shows the duty `{}`", law[word].text),
                    )
                    .label("a duty of the requesting authority")
                    .other(form.span, "no field here shows it")
                    .why("the requesting authority fills in the form, and nothing in it reminds of the duty")
                    .help(format!(
                        "add `shows {}` to the field where it is fulfilled, or excuse it with a reason; if the requested \
                         authority fills in this form, write `by requested authority` after its title",
                        law[word].text
                    )),
                );
            }
        }
    }
    findings
}

fn criterion(law: &Law, rule: &Rule) -> Option<WordId> {
    rule.questions.iter().find_map(|question| match law[*question].head {
        QuestionHead::Criterion(word, _) => Some(word),
        _ => None,
    })
}

/// What the rule lays upon the requesting authority alone.
fn duties<'l>(law: &'l Law, rule: &'l Rule) -> impl Iterator<Item = (WordId, Span)> {
    let of_requesting = rule
        .questions
        .iter()
        .all(|question| matches!(law[*question].head, QuestionHead::Conduct(Bearer::Authority(Side::Requesting), _)));
    let branches = if of_requesting { &rule.branches[..] } else { &[] };
    branches
        .iter()
        .filter(|branch| law[branch.answer].strength == Strength::Shall)
        .filter_map(|branch| Some((branch.conduct?, branch.span)))
}
