//! What a change of the law does, for people, for a merge request, and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::markdown::{fenced, html};
use super::{Ink, Look, counted_as, visible};
use crate::difference::{Category, Change, Difference, Region, Renewed, Told, fingerprint};
use crate::law::Day;
use crate::words;

/// More regions or names than these are folded away.
const MANY: usize = 8;
/// Servers cut or refuse a comment of more than some 65,000 characters.
const MOST: usize = 60_000;

/// A difference, and the sides between which it is.
#[derive(Clone, Copy, Debug)]
pub struct DifferenceReport<'d> {
    /// What differs.
    pub difference: &'d Difference,
    /// How both sides were named.
    pub sides: [&'d str; 2],
    /// The files differ, be it in remarks and layout alone.
    pub text: bool,
}

impl DifferenceReport<'_> {
    /// What was found, in one line.
    pub fn sentence(&self) -> String {
        let Difference { changes, interface, not_compared, questions } = self.difference;
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
        let compared = counted_as(*questions, "question compared", "questions compared");
        match (parts.is_empty(), self.text) {
            (false, _) => format!("{}; {compared}", parts.join(", ")),
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

/// What is answered, in one line.
fn told(told: &Told) -> String {
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

/// For people.
pub fn human(report: DifferenceReport<'_>, look: Look) -> String {
    let mut out = String::new();
    for change in &report.difference.changes {
        let title = look.ink(Ink::Strong, &visible(&change.question));
        let _ = writeln!(out, "{title}, {}", look.ink(Ink::Faint, &visible(&change.matter)));
        let _ = writeln!(out, "  {}", look.ink(Ink::Doubtful, &categories(change)));
        for (name, ink, side) in [("was", Ink::Bad, &change.old), ("is ", Ink::Good, &change.new)] {
            let text = look.wrapped(&visible(&told(side)), 6);
            let _ = writeln!(out, "  {} {text}", look.ink(ink, name));
            for (name, list) in [("by", &side.by), ("assuming", &side.assumptions)] {
                for one in list {
                    let text = look.wrapped(&visible(one), 7 + name.len());
                    let _ = writeln!(out, "      {} {text}", look.ink(Ink::Guide, name));
                }
            }
        }
        for region in &change.regions {
            let _ = writeln!(out, "  {}", look.wrapped(&visible(&region.words), 4));
            for side in 0..2 {
                if let Some(command) = report.witness(region, side) {
                    let _ = writeln!(out, "    {} {}", look.ink(Ink::Guide, ["was:", "is: "][side]), visible(&command));
                }
            }
        }
        out.push('\n');
    }
    for name in &report.difference.interface {
        let _ = writeln!(out, "{} {}", look.ink(Ink::Guide, "name:"), look.wrapped(&visible(&renewed(name)), 6));
    }
    for one in &report.difference.not_compared {
        let text = format!("`{}`, {}: {}", one.question, one.matter, one.because);
        let _ = writeln!(out, "{} {}", look.ink(Ink::Bad, "not compared:"), look.wrapped(&visible(&text), 14));
    }
    let _ = writeln!(out, "{}", report.sentence());
    out
}

/// As a comment to a merge request.
pub fn markdown(report: DifferenceReport<'_>) -> String {
    let mut out = format!("### What changes: {}\n", html(&report.sentence()));
    let mut left = 0;
    for change in &report.difference.changes {
        let entry = entry(report, change);
        if left > 0 || out.len() + entry.len() > MOST {
            left += 1;
        } else {
            out.push_str(&entry);
        }
    }
    if left > 0 {
        let _ = writeln!(out, "\nand {}; `forseti diff` shows all", counted_as(left, "change more", "changes more"));
    }
    let names = report.difference.interface.iter().map(|name| format!("- {}\n", html(&renewed(name))));
    folded(&mut out, "names that change", names.collect());
    let not_compared = report.difference.not_compared.iter();
    let lines = not_compared
        .map(|one| format!("- <code>{}</code>, {}: {}\n", html(&one.question), html(&one.matter), html(&one.because)));
    folded(&mut out, "questions that were not compared", lines.collect());
    out
}

fn entry(report: DifferenceReport<'_>, change: &Change) -> String {
    let (question, matter) = (html(&change.question), html(&change.matter));
    let mut out = format!("\n#### {question}, {matter}: {}\n\n", categories(change));
    let lines: Vec<String> = change.regions.iter().map(|region| format!("- {}\n", html(&region.words))).collect();
    if lines.len() > MANY {
        let regions = counted_as(lines.len(), "region", "regions");
        let _ = writeln!(out, "<details><summary>{regions}</summary>\n\n{}\n</details>\n", lines.concat());
    } else {
        let _ = writeln!(out, "{}", lines.concat());
    }
    let cited = |side: &Told| html(&side.by.join("; "));
    let _ = writeln!(out, "| | answer | by |\n|---|---|---|");
    for (name, side) in [("was", &change.old), ("is", &change.new)] {
        let _ = writeln!(out, "| {name} | {} | {} |", html(&told(side)), cited(side));
    }
    let assumptions = [("was", &change.old), ("is", &change.new)];
    for (name, side) in assumptions.into_iter().filter(|_| change.old.assumptions != change.new.assumptions) {
        for assumption in &side.assumptions {
            let _ = write!(out, "\n{name} assuming: {}\n", html(assumption));
        }
    }
    let commands = change.regions.iter().take(MANY).flat_map(|region| [0, 1].map(|side| report.witness(region, side)));
    let commands: Vec<String> = commands.flatten().map(|command| visible(&command)).collect();
    let _ = writeln!(out, "\n<details><summary>cases</summary>\n\n{}\n</details>", fenced("sh", &commands.join("\n")));
    out
}

fn folded(out: &mut String, title: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let count = lines.len();
    let open = if count > MANY { "" } else { " open" };
    let _ = writeln!(out, "\n<details{open}><summary>{count} {title}</summary>\n");
    for line in lines {
        if out.len() + line.len() > MOST + 4_000 {
            let _ = writeln!(out, "- and more");
            break;
        }
        out.push_str(&line);
    }
    out.push_str("\n</details>\n");
}

/// For programs.
#[derive(Debug, Serialize)]
pub struct DifferenceJson {
    schema_version: u32,
    old: String,
    new: String,
    questions_compared: usize,
    text_differs: bool,
    changes: Vec<ChangeJson>,
    interface: Vec<RenewedJson>,
    not_compared: Vec<NotComparedJson>,
}

#[derive(Debug, Serialize)]
struct ChangeJson {
    fingerprint: String,
    matter: String,
    question: String,
    categories: Vec<&'static str>,
    old: ToldJson,
    new: ToldJson,
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
    sort: &'static str,
    name: String,
    old: Option<String>,
    new: Option<String>,
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
    let change = |change: &Change| ChangeJson {
        fingerprint: fingerprint(change),
        matter: change.matter.clone(),
        question: change.question.clone(),
        categories: change.categories.iter().map(|category| category.name()).collect(),
        old: told(&change.old),
        new: told(&change.new),
        regions: change.regions.iter().map(region).collect(),
    };
    let Difference { changes, interface, not_compared, questions } = report.difference;
    let names = interface.iter().map(|renewed| RenewedJson {
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
    DifferenceJson {
        schema_version: 1,
        old: report.sides[0].to_owned(),
        new: report.sides[1].to_owned(),
        questions_compared: *questions,
        text_differs: report.text,
        changes: changes.iter().map(change).collect(),
        interface: names.collect(),
        not_compared: left.collect(),
    }
}
