//! How things are called: every report and every artifact takes its words from here.
//!
//! Whatever is a form of the language is written as the language writes it, in one canonical way, so that it can be
//! pasted back into a file or onto a command line.
//!
//! ```text
//! answer    questions, answers and their values
//! case      conditions, facts, scopes, days: in which cases something holds
//! clause    citations and clauses of precedence
//! command   a case as a command line of `ask`
//! region    classes of values as conditions
//! ```

mod answer;
mod case;
mod clause;
mod command;
mod region;

pub use answer::{answer, authority, duration, limit, period_end, question, value, values};
pub use case::{condition, day_range, fact_value, interval, open, open_test, open_value, scope, under, under_in_vain};
pub use clause::{citation, claims_in_vain, clause, clause_owner, provision};
pub(crate) use command::ELSEWHERE;
pub use command::{ask_command, shell};
pub use region::{all_of, none_of};

/// `Oslo`, `Oslo or Bergen`, `Oslo, Bergen or Hamar`.
pub fn either<S: AsRef<str>>(parts: impl IntoIterator<Item = S>) -> String {
    listed(parts, " or ")
}

/// `Denmark`, `Denmark and Sweden`, `Denmark, Norway and Sweden`.
pub fn both<S: AsRef<str>>(parts: impl IntoIterator<Item = S>) -> String {
    listed(parts, " and ")
}

fn listed<S: AsRef<str>>(parts: impl IntoIterator<Item = S>, last: &str) -> String {
    let mut parts = parts.into_iter().peekable();
    let mut text = String::new();
    while let Some(part) = parts.next() {
        if !text.is_empty() {
            text.push_str(if parts.peek().is_some() { ", " } else { last });
        }
        text.push_str(part.as_ref());
    }
    text
}

/// A text in quotes, as the language writes it.
pub fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::{both, either, quoted};

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(either(["Oslo"]), "Oslo");
        assert_eq!(either(["Oslo", "Bergen"]), "Oslo or Bergen");
        assert_eq!(both(["Denmark", "Norway", "Sweden"]), "Denmark, Norway and Sweden");
        assert_eq!(both(Vec::<String>::new()), "");
    }

    #[test]
    fn a_quoted_text_keeps_its_quotes_and_lines() {
        assert_eq!(quoted("a \"b\" \\ c\nd"), r#""a \"b\" \\ c\nd""#);
    }
}
