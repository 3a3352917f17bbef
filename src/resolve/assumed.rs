//! Assumptions that stand as statements of their own do, and are said of the statement before them.

use super::Context;
use super::names::shown;
use super::twice;
use crate::finding::{Code, Finding};
use crate::source::Span;
use crate::syntax::ast::{Ast, Instrument, InstrumentStatement, Provision, ProvisionStatement, Tail, Text};

/// Reports the assumptions of an instrument that are said of one of its statements and look otherwise.
pub(super) fn in_instrument(cx: &mut Context, ast: &Ast<'_>, row: &Instrument<'_>) {
    // Before the first of these statements it belongs to none of them.
    let Some(first) = row.statements.iter().find_map(basis).map(|(_, _, what)| what) else { return };
    for (assumed, span, what) in row.statements.iter().filter_map(basis) {
        twice::texts(cx, "the assumption", &assumed.iter().collect::<Vec<_>>());
        for text in assumed {
            let Some(line) = own_line(ast, text) else { continue };
            if line.stands_like(ast, span) {
                let help = format!(
                    "if the whole text rests on it, put it on a line before `{first}`; otherwise on the line of `{what}`"
                );
                cx.report(finding(text, span, &format!("the statement `{what}`"), &help));
            }
        }
    }
}

/// What a statement assumes, where it stands, and with which word it begins.
fn basis<'r, 's>(statement: &'r InstrumentStatement<'s>) -> Option<(&'r [Text<'s>], Span, String)> {
    use InstrumentStatement as Statement;
    let (basis, span, what) = match statement {
        Statement::Parties { basis, span, .. } => (basis, span, "parties".into()),
        Statement::Party { basis, span, country, .. } => (basis, span, format!("party {}", shown(country.text))),
        Statement::Associated { basis, span, country, .. } => {
            (basis, span, format!("associated {}", shown(country.text)))
        }
        Statement::InForce { basis, span, .. } => (basis, span, "in force".into()),
        Statement::Applies { basis, span, .. } => (basis, span, "applies".into()),
        Statement::Replaces { basis, span, .. } => (basis, span, "replaces".into()),
        Statement::Supplements { basis, span, .. } => (basis, span, "supplements".into()),
        Statement::YieldsTo { basis, span, .. } => (basis, span, "yields to".into()),
        Statement::PrevailsOver { basis, span, .. } => (basis, span, "prevails over".into()),
        _ => return None,
    };
    Some((&basis.assuming, *span, what))
}

/// Reports the assumptions that are said of one of several rules of a provision and look otherwise.
pub(super) fn in_provision(cx: &mut Context, ast: &Ast<'_>, row: &Provision<'_>) {
    let rules = row.statements.iter().filter_map(|statement| match statement {
        ProvisionStatement::Rule(rule) => Some(rule),
        _ => None,
    });
    let rules: Vec<_> = if row.statements.len() > 1 { rules.collect() } else { return };
    for rule in rules {
        for tail in rule.tails.iter().chain(rule.branches.iter().flat_map(|branch| &branch.tails)) {
            let Tail::Assuming(text) = tail else { continue };
            if own_line(ast, text).is_some_and(|line| line.stands_like(ast, rule.span)) {
                let help = "if all rules of the provision rest on it, put it into the head, before `{`; otherwise on the line of its rule";
                cx.report(finding(text, rule.span, "the rule before it", help));
            }
        }
    }
}

fn finding(text: &Text<'_>, statement: Span, what: &str, help: &str) -> Finding {
    Finding::new(Code::AssumptionOfOneStatement, text.span, format!("this assumption is said of {what} alone"))
        .label("on a line of its own")
        .other(statement, "it belongs to this")
        .why("answers that do not rest on that statement do not show it")
        .help(help)
}

/// A line that begins with `assuming`.
struct OwnLine {
    /// How far it is indented.
    indent: usize,
}

impl OwnLine {
    /// It begins where the statement does, or further to the left; or the statement begins within a line.
    fn stands_like(&self, ast: &Ast<'_>, statement: Span) -> bool {
        let before = ast.text_before(statement);
        let line = before.rsplit('\n').next().unwrap_or("");
        let is_alone = line.chars().all(char::is_whitespace);
        !is_alone || self.indent <= line.chars().count()
    }
}

fn own_line(ast: &Ast<'_>, text: &Text<'_>) -> Option<OwnLine> {
    let before = ast.text_before(text.span).trim_end().strip_suffix("assuming")?;
    let line = before.rsplit('\n').next().unwrap_or("");
    let begins = before.len() > line.len() && line.chars().all(char::is_whitespace);
    begins.then(|| OwnLine { indent: line.chars().count() })
}
