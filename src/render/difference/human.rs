//! For people.

use std::fmt::Write as _;

use super::{DifferenceReport, approval, categories, not_compared, renewed, the_rest, told, unused};
use crate::render::{Ink, Look, visible};

/// For people.
pub fn human(report: DifferenceReport<'_>, look: Look) -> String {
    let mut out = String::new();
    for change in &report.difference.changes {
        let title = look.ink(Ink::Strong, &visible(&change.question));
        let _ = writeln!(out, "{title}, {}", look.ink(Ink::Faint, &visible(&change.matter)));
        let _ = writeln!(out, "  {}", look.ink(Ink::Doubtful, &categories(change)));
        if let Some(entry) = report.approved(change) {
            let _ = writeln!(out, "  {}", look.ink(Ink::Good, &look.wrapped(&visible(&approval(entry)), 4)));
        }
        for (name, ink, side) in [("was", Ink::Bad, &change.old), ("is ", Ink::Good, &change.new)] {
            let text = look.wrapped(&visible(&told(side, change.tells)), 6);
            let _ = writeln!(out, "  {} {text}", look.ink(ink, name));
            for (name, list) in [("by", &side.by), ("assuming", &side.assumptions)] {
                for one in list {
                    let text = look.wrapped(&visible(one), 7 + name.len());
                    let _ = writeln!(out, "      {} {text}", look.ink(Ink::Guide, name));
                }
            }
        }
        if let Some(rest) = the_rest(change.tells) {
            let _ = writeln!(out, "      {}", look.ink(Ink::Faint, rest));
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
        if let Some(entry) = report.approved_name(name) {
            let _ = writeln!(out, "      {}", look.ink(Ink::Good, &look.wrapped(&visible(&approval(entry)), 8)));
        }
    }
    for one in &report.difference.not_compared {
        let text = not_compared(one);
        let _ = writeln!(out, "{} {}", look.ink(Ink::Bad, "not compared:"), look.wrapped(&visible(&text), 14));
    }
    for entry in report.approvals.unused(report.difference) {
        let text = visible(&unused(entry));
        let _ = writeln!(out, "{} {}", look.ink(Ink::Bad, "unused approval:"), look.wrapped(&text, 17));
    }
    let _ = writeln!(out, "{}", report.sentence());
    out
}
