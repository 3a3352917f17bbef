//! Where each format escapes what came from a rule file, a name of a file or an argument: a text in a report must never
//! become part of the format, steer a terminal, or give an order to the server that prints it.
//!
//! ```text
//! visible, one_line      a terminal
//! without_orders         the log of a server (GitHub, Azure, TeamCity), which reads lines as its own commands
//! on_screen              both, for whatever is about to be printed
//! html, fenced, cell     Markdown, and the HTML within it
//! json                   JSON
//! xml, xml_attribute     XML 1.0
//! csv                    comma-separated values that a spreadsheet opens
//! order_data, …_property what stands within a command that is meant
//! ```

use std::fmt::Write as _;

use serde::Serialize;

/// A text as it can be shown on a terminal: what would steer the terminal, or turn the direction of the text, is
/// replaced by a sign that can be seen.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// One character of [`visible`]. A line break stays.
pub(crate) fn visible_char(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// A text that has to stay on its line, such as the name of a file: a line break in it is shown as a sign.
pub(crate) fn one_line(text: &str) -> String {
    visible(text).replace('\n', "\u{2424}").replace('\t', "\u{2409}")
}

/// A server that prints a log takes some lines for its own commands, and one of them can silence all that follow. A
/// blank sets such a line apart, wherever its text came from.
pub(crate) fn without_orders(text: &str) -> String {
    if !["::", "##[", "##vso[", "##teamcity["].iter().any(|sign| text.contains(sign)) {
        return text.to_owned();
    }
    text.split_inclusive('\n').map(without_order).collect()
}

fn without_order(line: &str) -> String {
    let line = match line.find(|c: char| !c.is_whitespace()) {
        Some(at) if line[at..].starts_with("::") => format!("{}: {}", &line[..at], &line[at + 1..]),
        _ => line.to_owned(),
    };
    // these are read wherever they stand in a line
    line.replace("##[", "## [").replace("##vso[", "## vso[").replace("##teamcity[", "## teamcity[")
}

/// What is about to be printed, as a last line of defence: of control characters, only line breaks, tabs and the
/// colours of a report remain.
pub(crate) fn on_screen(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\x1b' => color(rest),
            '\r' if rest.starts_with("\r\n") => Some(1),
            '\0'..='\x1f' if c != '\n' && c != '\t' => None,
            c => Some(c.len_utf8()),
        };
        if let Some(length) = length {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else {
            out.push(visible_char(c));
            rest = &rest[1..];
        }
    }
    without_orders(&out)
}

/// The length of the escape sequence of a colour at the beginning of the text.
fn color(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("\x1b[")?;
    let end = inner.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    inner[end..].starts_with('m').then_some(2 + end + 1)
}

/// A text as HTML on one line, within Markdown; what stands in backquotes is code. Signs that Markdown would read are
/// written as numbers, and an empty remark parts a sign from the name that a server would make a mention or a link of.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::new();
    let text = visible(text).replace('\n', " ");
    let parts: Vec<&str> = text.split('`').collect();
    // with an odd number of backquotes nobody knows which belong together
    let paired = !parts.len().is_multiple_of(2);
    for (at, part) in parts.iter().enumerate() {
        let is_code = paired && at % 2 == 1;
        if at > 0 && !paired {
            out.push_str("&#96;");
        }
        out.push_str(if is_code { "<code>" } else { "" });
        for (at, c) in part.char_indices() {
            let rest = &part[at + c.len_utf8()..];
            let goes_on = rest.starts_with(char::is_alphanumeric);
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '*' | '_' | '[' | ']' | '#' | '@' | '\\' | '~' | '|' | '!' | '$' => {
                    let _ = write!(out, "&#{};", u32::from(c));
                }
                c => out.push(c),
            }
            if ("@#!$~%&".contains(c) && goes_on) || (c == ':' && rest.starts_with("//")) {
                out.push_str("<!---->");
            }
        }
        out.push_str(if is_code { "</code>" } else { "" });
    }
    out
}

/// A block of code in Markdown, in a fence that is longer than any in it.
pub(crate) fn fenced(language: &str, text: &str) -> String {
    let mut fence = String::from("```");
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{}\n{fence}\n", without_orders(&visible(text)))
}

/// An object as JSON for programs. Within its strings, what would steer a terminal or order a server is written as a
/// number, so that a program reads exactly what was there.
///
/// # Panics
/// Never: every object that is shown is made of texts and numbers.
pub(crate) fn json(object: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(object).expect("texts and numbers can be written");
    let mut out = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c == visible_char(c) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    // signs of a server's commands stand in strings alone
    out.replace("##[", "##\\u005b").replace("##vso[", "##vso\\u005b").replace("##teamcity[", "##teamcity\\u005b") + "\n"
}

/// A text between tags of XML 1.0, in which [`visible`] leaves nothing that cannot stand there.
pub(crate) fn xml(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text in an attribute of XML.
pub(crate) fn xml_attribute(text: &str) -> String {
    xml(text).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}

/// A cell of comma-separated values (RFC 4180), on one line. A spreadsheet takes a cell that begins with one of some
/// signs for a formula and runs it; an apostrophe before it says that it is a text.
pub(crate) fn csv(cell: &str) -> String {
    let cell = visible(cell).replace('\n', " ");
    let begins = cell.trim_start().chars().next();
    let is_formula = begins.is_some_and(|c| "=+-@|%".contains(c) || ('\u{ff00}'..='\u{ff20}').contains(&c));
    let cell = if is_formula || cell.starts_with('\t') { format!("'{cell}") } else { cell };
    if cell.contains(['"', ',', ';', '\t', '\'']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// The text of a command of GitHub, which a line break would end.
pub(crate) fn order_data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\n', "%0A")
}

/// A property of a command of GitHub, which a colon or a comma would end, too.
pub(crate) fn order_property(text: &str) -> String {
    order_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{csv, fenced, html, json, on_screen, one_line, order_property, visible, without_orders, xml_attribute};

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("a\u{1b}[31mb\0\u{202e}c"), "a\u{241b}[31mb\u{2400}\u{fffd}c");
        assert_eq!(one_line("a\nb\tc\r"), "a\u{2424}b\u{2409}c\u{240d}");
        assert_eq!(on_screen("\u{1b}[1;31mred\u{1b}[0m\u{1b}[2J\u{1b}]0;t\u{7}\rx\r\n"), {
            "\u{1b}[1;31mred\u{1b}[0m\u{241b}[2J\u{241b}]0;t\u{2407}\u{240d}x\r\n"
        });
    }

    #[test]
    fn no_line_is_an_order_to_a_server() {
        assert_eq!(without_orders("a\n  ::stop-commands::t\nb :: c\n"), "a\n  : :stop-commands::t\nb :: c\n");
        assert_eq!(without_orders("x ##[error]y ##vso[task]z"), "x ## [error]y ## vso[task]z");
        assert_eq!(order_property("a:b,c%\nd"), "a%3Ab%2Cc%25%0Ad");
    }

    #[test]
    fn nothing_of_a_message_is_read_as_markup() {
        assert_eq!(html("`a_b` <b> *c* @ d\ne"), "<code>a&#95;b</code> &lt;b&gt; &#42;c&#42; &#64; d e");
        assert_eq!(html("@team #12"), "&#64;<!---->team &#35;<!---->12");
        assert_eq!(html("100 % of https://a"), "100 % of https:<!---->//a");
        assert_eq!(html("one ` alone"), "one &#96; alone");
        assert_eq!(fenced("", "a ``` b"), "````\na ``` b\n````\n");
        assert_eq!(fenced("", "::error::x"), "```\n: :error::x\n```\n");
    }

    #[test]
    fn a_program_reads_what_was_there() {
        let text = "\u{9b}2J \u{202e} ##[error] \u{e0001} \u{1b}";
        let written = json(&text);
        assert!(!written.contains("##[") && written.is_ascii(), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).expect("it is JSON"), text);
    }

    #[test]
    fn a_cell_is_no_formula_and_an_attribute_no_tag() {
        assert_eq!(csv("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv(" -1"), "\"' -1\"");
        assert_eq!(csv("a\nb"), "a b");
        assert_eq!(xml_attribute("<\"\u{1}\u{ffff}\n"), "&lt;&quot;\u{2401}\u{fffd}&#10;");
    }
}
