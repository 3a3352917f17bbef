//! What a change of the law does. One file for each format; here is what they share.

mod approvals;
mod github;
mod human;
mod json;
mod markdown;
mod sarif;
mod schema;

use std::collections::BTreeSet;

pub use approvals::approvals;
pub use github::github;
pub use human::human;
pub use json::{DifferenceJson, json};
pub use markdown::markdown;
pub use sarif::sarif;
pub use schema::schema;

use super::counted_as;
use crate::difference::{
    Approval, Approvals, Category, Change, Difference, NotCompared, Region, Renewed, Tells, Told, fingerprint,
    name_fingerprint,
};
use crate::load;
use crate::source::{Sources, Span};
use crate::words;

/// More regions or names than these are folded away.
const MANY: usize = 8;

/// A difference, the sides between which it is, and what is thought of it.
#[derive(Clone, Copy, Debug)]
pub struct DifferenceReport<'d> {
    /// What differs.
    pub difference: &'d Difference,
    /// How both sides were named.
    pub sides: [&'d str; 2],
    /// The files of both sides.
    pub sources: [&'d Sources; 2],
    /// Changes that were meant.
    pub approvals: &'d Approvals,
    /// The file in which the approvals stand.
    pub approvals_file: Option<&'d str>,
    /// The categories on which the command fails.
    pub fail_on: &'d BTreeSet<Category>,
}

impl<'d> DifferenceReport<'d> {
    /// The files differ, be it in remarks and layout alone.
    pub fn text_differs(&self) -> bool {
        let texts = |sources: &'d Sources| {
            let mut texts: Vec<&str> = sources.iter().map(|(_, file)| file.text.as_str()).collect();
            texts.sort_unstable();
            texts
        };
        texts(self.sources[0]) != texts(self.sources[1])
    }

    /// The entry that approves a change.
    fn approved(&self, change: &Change) -> Option<&'d Approval> {
        self.approvals.of(&fingerprint(change))
    }

    /// The entry that approves that a name changes.
    fn approved_name(&self, name: &Renewed) -> Option<&'d Approval> {
        self.approvals.of(&name_fingerprint(name))
    }

    /// The command fails: on something that nobody approved, or on an approval of what is not there.
    pub fn fails(&self) -> bool {
        let Difference { changes, interface, not_compared, .. } = self.difference;
        changes.iter().any(|change| self.fails_on(change))
            || interface.iter().any(|name| self.fails_on_name(name))
            || (!not_compared.is_empty() && self.fail_on.contains(&Category::NotCompared))
            || !self.approvals.unused(self.difference).is_empty()
    }

    fn fails_on(&self, change: &Change) -> bool {
        self.approved(change).is_none() && !change.categories.is_disjoint(self.fail_on)
    }

    fn fails_on_name(&self, name: &Renewed) -> bool {
        self.approved_name(name).is_none() && self.fail_on.contains(&Category::Interface)
    }

    /// What was found, in one line.
    pub fn sentence(&self) -> String {
        let Difference { changes, interface, not_compared, questions, beside } = self.difference;
        let answers = changes.iter().filter(|change| !change.categories.contains(&Category::Standing)).count();
        let standing = changes.len() - answers;
        let mut parts = Vec::new();
        let mut add = |count: usize, one: &str, many: &str| {
            if count > 0 {
                parts.push(counted_as(count, one, many));
            }
        };
        add(answers, "answer changes", "answers change");
        add(standing, "answer rests on something else", "answers rest on something else");
        add(interface.len(), "name changes", "names change");
        add(not_compared.len(), "question was not compared", "questions were not compared");
        let approved = changes.iter().filter(|change| self.approved(change).is_some()).count()
            + interface.iter().filter(|name| self.approved_name(name).is_some()).count();
        add(approved, "approved", "approved");
        add(self.approvals.unused(self.difference).len(), "approval of no change", "approvals of no change");
        let compared = counted_as(*questions, "question compared", "questions compared");
        let beside = words::both(beside);
        match (parts.is_empty(), self.text_differs()) {
            (false, _) if beside.is_empty() => format!("{}; {compared}", parts.join(", ")),
            (false, _) => format!("{}; {beside} differ too; {compared}", parts.join(", ")),
            (true, true) if !beside.is_empty() => format!("no answer changes; {beside} differ; {compared}"),
            (true, true) => {
                format!("only texts differ: remarks, notes, layout or order; no answer changes; {compared}")
            }
            (true, false) => format!("nothing differs; {compared}"),
        }
    }

    fn witness(&self, region: &Region, side: usize) -> Option<String> {
        let command = region.witness[side].as_ref()?;
        Some(format!("{command} --rules {}", words::shell(self.sides[side])))
    }
}

fn categories(change: &Change) -> String {
    change.categories.iter().map(|category| category.name()).collect::<Vec<_>>().join(", ")
}

/// What is said of a change of which a part is told.
fn the_rest(tells: Tells) -> Option<&'static str> {
    match tells {
        Tells::All => None,
        Tells::Status => Some("what is answered is told beside this"),
        Tells::Members | Tells::Completeness => {
            Some("whatever else is answered in these cases is told beside this, or stays")
        }
        Tells::Reasons => Some("what is answered stays, and whatever else it rests on"),
    }
}

/// What is answered, in one line.
fn told(told: &Told, tells: Tells) -> String {
    match tells {
        Tells::Status if told.status == "answered" => return "answered".to_owned(),
        Tells::Completeness if told.incomplete => return "a text that is not held may add to the answers".to_owned(),
        Tells::Completeness => return "no text that is not held can add to the answers".to_owned(),
        Tells::Members if told.answers.is_empty() => return "not among the answers".to_owned(),
        Tells::Reasons if !told.answers.is_empty() => {}
        Tells::Reasons if told.by.is_empty() && told.assumptions.is_empty() => {
            return "without such a reason".to_owned();
        }
        Tells::Reasons => return "resting on this".to_owned(),
        _ => {}
    }
    let text = match told.status {
        "answered" => told.answers.join("; "),
        "no-rule" => "no rule".to_owned(),
        "not-asked" => "not in this law".to_owned(),
        "impossible" => "no such case, as the law says".to_owned(),
        "out-of-scope" => "out of scope".to_owned(),
        status if told.answers.is_empty() => status.to_owned(),
        status => format!("{status}; what is held says: {}", told.answers.join("; ")),
    };
    if told.incomplete { format!("{text}, and perhaps more") } else { text }
}

fn renewed(renewed: &Renewed) -> String {
    let Renewed { sort, name, old, new } = renewed;
    let described = |what: &str| if what.is_empty() { String::new() } else { format!(" ({what})") };
    match (old, new) {
        (None, Some(new)) => format!("{sort} `{name}` is new{}", described(new)),
        (Some(old), None) => format!("{sort} `{name}` is gone{}", described(old)),
        (Some(old), Some(new)) => format!("{sort} `{name}` was {old}, is {new}"),
        (None, None) => String::new(),
    }
}

/// `approved by A. Jensen: as decided on 3 May`.
fn approval(approval: &Approval) -> String {
    format!("approved by {}: {}", approval.by, approval.reason)
}

fn unused(approval: &Approval) -> String {
    let Approval { change, reason, by, .. } = approval;
    format!(
        "`{change}` is approved by {by} ({reason}), and there is no such change; take the entry out, or see what has become of it"
    )
}

fn not_compared(one: &NotCompared) -> String {
    format!("`{}`, {}: {}", one.question, one.matter, one.because)
}

/// Everything about a change, a line each, for formats that know no layout.
fn lines(report: DifferenceReport<'_>, change: &Change) -> Vec<String> {
    let mut lines = vec![format!("{}, {}: {}", change.question, change.matter, categories(change))];
    for (name, side) in [("was", &change.old), ("is", &change.new)] {
        let by = if side.by.is_empty() { String::new() } else { format!(", by {}", side.by.join("; ")) };
        let mut line = format!("{name}: {}{by}", told(side, change.tells));
        for assumption in side.assumptions.iter().filter(|_| change.tells == Tells::Reasons) {
            line.push_str(", assuming ");
            line.push_str(assumption);
        }
        lines.push(line);
    }
    lines.extend(the_rest(change.tells).map(str::to_owned));
    for region in change.regions.iter().take(MANY) {
        lines.push(region.words.clone());
        lines.extend([0, 1].iter().filter_map(|side| {
            let command = report.witness(region, *side)?;
            Some(format!("{}: {command}", ["was", "is"][*side]))
        }));
    }
    if change.regions.len() > MANY {
        lines.push(format!("and {}", counted_as(change.regions.len() - MANY, "region more", "regions more")));
    }
    lines.extend(report.approved(change).map(approval));
    lines.iter().map(|line| super::visible(line).replace('\n', " ")).collect()
}

/// Where a change is to be shown: at the first rule that decides in the newer law, or else in the file of the newer law that
/// had one in the older.
enum Shown<'s> {
    At(&'s Sources, Span),
    File(&'s str),
    Nowhere,
}

fn place<'s>(report: DifferenceReport<'s>, change: &Change) -> Shown<'s> {
    if let Some(span) = change.places[1].first() {
        return Shown::At(report.sources[1], *span);
    }
    let had = change.places[0].iter().map(|span| report.path(0, &report.sources[0].file(span.file).path));
    let held: BTreeSet<&str> = report.sources[1].iter().map(|(_, file)| report.path(1, &file.path)).collect();
    had.into_iter().find_map(|path| held.get(path).copied()).map_or(Shown::Nowhere, Shown::File)
}

impl DifferenceReport<'_> {
    /// A path as it is in the repository: what is read of a revision is called `REV:PATH`.
    fn path<'p>(&self, side: usize, path: &'p str) -> &'p str {
        let path = super::report::relative(path);
        let revision = load::revision_of(self.sides[side]);
        revision.and_then(|revision| path.strip_prefix(revision)?.strip_prefix(':')).unwrap_or(path)
    }
}
