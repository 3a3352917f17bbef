//! How two states of a file differ, as a patch.

use similar::TextDiff;

use super::{Ink, Look, one_line};

/// The difference, line by line, with three lines around it.
pub fn patch(path: &str, old: &str, new: &str, look: Look) -> String {
    let name = one_line(path);
    let lines = TextDiff::from_lines(old, new);
    let shown = lines.unified_diff().context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    if !look.color {
        return shown;
    }
    let ink = |line: &str| match line.as_bytes().first() {
        Some(b'+') => look.ink(Ink::Good, line),
        Some(b'-') => look.ink(Ink::Bad, line),
        Some(b'@') => look.ink(Ink::Guide, line),
        _ => line.to_owned(),
    };
    shown.lines().map(|line| ink(line) + "\n").collect()
}
