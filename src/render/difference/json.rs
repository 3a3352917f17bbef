//! For programs. The schema is in [`super::schema`].

use serde::Serialize;

use super::DifferenceReport;
use crate::difference::{Approval, Change, Difference, Region, Tells, Told, fingerprint, name_fingerprint};
use crate::law::Day;

/// A difference, for programs.
#[derive(Debug, Serialize)]
pub struct DifferenceJson {
    schema_version: u32,
    old: String,
    new: String,
    questions_compared: usize,
    text_differs: bool,
    beside: Vec<&'static str>,
    fails: bool,
    changes: Vec<ChangeJson>,
    interface: Vec<RenewedJson>,
    not_compared: Vec<NotComparedJson>,
    unused_approvals: Vec<UnusedJson>,
}

#[derive(Debug, Serialize)]
struct ChangeJson {
    fingerprint: String,
    matter: String,
    question: String,
    categories: Vec<&'static str>,
    approved: Option<ApprovedJson>,
    fails: bool,
    old: ToldJson,
    new: ToldJson,
    tells: &'static str,
    regions: Vec<RegionJson>,
}

#[derive(Debug, Serialize)]
struct ToldJson {
    status: &'static str,
    incomplete: bool,
    answers: Vec<String>,
    by: Vec<String>,
    assumptions: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RegionJson {
    words: String,
    from: Option<Vec<String>>,
    to: Option<Vec<String>>,
    first_day: Option<String>,
    last_day: Option<String>,
    ask_old: Option<String>,
    ask_new: Option<String>,
}

#[derive(Debug, Serialize)]
struct RenewedJson {
    fingerprint: String,
    approved: Option<ApprovedJson>,
    sort: &'static str,
    name: String,
    old: Option<String>,
    new: Option<String>,
}

#[derive(Debug, Serialize)]
struct ApprovedJson {
    reason: String,
    by: String,
}

#[derive(Debug, Serialize)]
struct UnusedJson {
    change: String,
    reason: String,
    by: String,
}

#[derive(Debug, Serialize)]
struct NotComparedJson {
    matter: String,
    question: String,
    because: String,
}

/// For programs: everything that differs.
pub fn json(report: DifferenceReport<'_>) -> DifferenceJson {
    let told = |told: &Told| ToldJson {
        status: told.status,
        incomplete: told.incomplete,
        answers: told.answers.clone(),
        by: told.by.clone(),
        assumptions: told.assumptions.clone(),
    };
    let region = |region: &Region| RegionJson {
        words: region.words.clone(),
        from: region.from.clone(),
        to: region.to.clone(),
        first_day: (region.dates.from != Day::BEGINNING).then(|| region.dates.from.to_string()),
        last_day: (region.dates.until != Day::END).then(|| region.dates.until.previous().to_string()),
        ask_old: report.witness(region, 0),
        ask_new: report.witness(region, 1),
    };
    let approved = |approval: &Approval| ApprovedJson { reason: approval.reason.clone(), by: approval.by.clone() };
    let change = |change: &Change| ChangeJson {
        fingerprint: fingerprint(change),
        matter: change.matter.clone(),
        question: change.question.clone(),
        approved: report.approved(change).map(approved),
        fails: report.fails_on(change),
        categories: change.categories.iter().map(|category| category.name()).collect(),
        old: told(&change.old),
        new: told(&change.new),
        tells: match change.tells {
            Tells::All => "all",
            Tells::Status => "status",
            Tells::Completeness => "completeness",
            Tells::Members => "member",
            Tells::Reasons => "reasons",
        },
        regions: change.regions.iter().map(region).collect(),
    };
    let Difference { changes, interface, not_compared, questions, beside } = report.difference;
    let names = interface.iter().map(|renewed| RenewedJson {
        fingerprint: name_fingerprint(renewed),
        approved: report.approved_name(renewed).map(approved),
        sort: renewed.sort,
        name: renewed.name.clone(),
        old: renewed.old.clone(),
        new: renewed.new.clone(),
    });
    let left = not_compared.iter().map(|one| NotComparedJson {
        matter: one.matter.clone(),
        question: one.question.clone(),
        because: one.because.clone(),
    });
    let unused = report.approvals.unused(report.difference).into_iter().map(|approval| UnusedJson {
        change: approval.change.clone(),
        reason: approval.reason.clone(),
        by: approval.by.clone(),
    });
    DifferenceJson {
        schema_version: 1,
        old: report.sides[0].to_owned(),
        new: report.sides[1].to_owned(),
        questions_compared: *questions,
        text_differs: report.text_differs(),
        beside: beside.clone(),
        changes: changes.iter().map(change).collect(),
        interface: names.collect(),
        not_compared: left.collect(),
        unused_approvals: unused.collect(),
        fails: report.fails(),
    }
}
