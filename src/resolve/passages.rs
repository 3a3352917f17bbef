//! Where the words of a provision stand in the text of a source: files, headings, quoted words.

use super::Context;
use super::names::said;
use super::twice;
use super::vocabulary::once;
use crate::finding::{Code, Finding};
use crate::inside;
use crate::law::{InstrumentId, Passage, SourceId};
use crate::source::Span;
use crate::syntax::ast::Text;

/// The name of the file with a text. It lies in a folder that is named when the text is looked at, and never here: these
/// files are the same on every machine.
pub(crate) fn file(cx: &mut Context, text: &Text<'_>) -> Option<String> {
    let name = said(text);
    let is_plain = |part: &str| !part.is_empty() && part != ".";
    if inside::fault(&name).is_none() && name.split('/').all(is_plain) {
        return Some(name);
    }
    let message = format!("`{name}` does not name a file below the folder of texts");
    let finding = Finding::new(Code::WrongStatement, text.span, message);
    cx.report(finding.help(
        "write its name alone, as in `file \"agreement.txt\"`; where the folder lies is said to `forseti sources`",
    ));
    None
}

/// How headings begin in the text of a source.
pub(crate) fn headings(cx: &mut Context, source: SourceId, texts: &[Text<'_>]) -> Vec<String> {
    let is_in_full = !cx.names.lost.in_part.contains(&cx.law[source].name);
    if let (Some(first), None, true) = (texts.first(), &cx.law[source].file, is_in_full) {
        let message = format!("the source `{}` names no text that could have headings", cx.law[source].name);
        let finding = Finding::new(Code::WrongStatement, first.span, message);
        cx.report(finding.help("add a line such as `file \"agreement.txt\"` to the source"));
    }
    twice::texts(cx, "this heading", &texts.iter().collect::<Vec<_>>());
    texts.iter().filter_map(|text| heading(cx, text)).collect()
}

/// How a heading begins: words, and `#` at most once for the number.
fn heading(cx: &mut Context, text: &Text<'_>) -> Option<String> {
    let pattern = said(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if pattern.matches('#').count() <= 1 && pattern.chars().any(|c| c.is_alphanumeric() || c == '#') {
        return Some(pattern);
    }
    let finding = Finding::new(Code::WrongStatement, text.span, format!("no heading begins with `{pattern}`"));
    cx.report(finding.help("write how a heading begins, with `#` once for its number: `\"Article #:\"`"));
    None
}

/// The words between which a provision stands.
pub(crate) fn passage(
    cx: &mut Context,
    instrument: Option<InstrumentId>,
    slot: &mut Option<Box<Passage>>,
    (from, to): (&Text<'_>, Option<&Text<'_>>),
    span: Span,
) {
    for text in [Some(from), to].into_iter().flatten() {
        if !text.value.chars().any(char::is_alphanumeric) {
            let finding =
                Finding::new(Code::WrongStatement, text.span, "a passage is found by words, and here are none");
            cx.report(finding.help("quote some words with which it begins or ends"));
            return;
        }
    }
    let lost = &cx.names.lost.in_part;
    let may_have_text = |source: &SourceId| cx.law[*source].file.is_some() || lost.contains(&cx.law[*source].name);
    let has_text = |id: InstrumentId| lost.contains(&cx.law[id].name) || cx.law[id].sources.iter().any(may_have_text);
    if instrument.is_some_and(|id| !has_text(id)) {
        let finding = Finding::new(Code::WrongStatement, span, "no source of this instrument names a text to look in");
        cx.report(
            finding.help(
                "add a line such as `file \"agreement.txt\"` to the source, and name the source in the instrument",
            ),
        );
        return;
    }
    once(cx, slot, Box::new(Passage { from: said(from), to: to.map(said), span }), span, "passage");
}
