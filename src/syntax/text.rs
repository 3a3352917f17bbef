//! What a quoted text says: escapes resolved, line breaks folded.

use std::borrow::Cow;

/// The value of a text as it stands between its quotation marks, and the offsets of escapes that mean nothing.
///
/// A line break, with the blanks around it, is one space: a long title may run over several lines of the file.
pub(super) fn unquote(written: &str) -> (Cow<'_, str>, Vec<usize>) {
    let mut unknown = Vec::new();
    if !written.contains(['\\', '\n']) {
        return (Cow::Borrowed(written), unknown);
    }
    let mut value = String::with_capacity(written.len());
    let mut characters = written.char_indices().peekable();
    // up to here the value was written by escapes, which no folding takes away
    let mut fixed = 0;
    while let Some((at, character)) = characters.next() {
        match character {
            '\n' => {
                let kept = value.get(fixed..).unwrap_or("").trim_end_matches([' ', '\t', '\r']).len();
                value.truncate(fixed + kept);
                value.push(' ');
                while characters.next_if(|(_, next)| matches!(next, ' ' | '\t' | '\r' | '\n')).is_some() {}
            }
            '\\' => {
                match characters.peek() {
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, mark @ ('"' | '\\'))) => value.push(*mark),
                    _ => {
                        unknown.push(at);
                        value.push('\\');
                        continue;
                    }
                }
                characters.next();
                fixed = value.len();
            }
            _ => value.push(character),
        }
    }
    (Cow::Owned(value), unknown)
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn texts() {
        for (written, value) in [
            ("plain  text", "plain  text"),
            ("", ""),
            (r#"a \"b\" \\ c\nd"#, "a \"b\" \\ c\nd"),
            ("a  \r\n\t b", "a b"),
            ("a\n\n\nb", "a b"),
            ("a \\n \n b", "a \n b"),
        ] {
            assert_eq!(unquote(written), (value.into(), vec![]), "{written:?}");
        }
        assert_eq!(unquote(r"a \q \"), (r"a \q \".into(), vec![2, 5]));
    }
}
