//! From bytes to a text that can be read: UTF-8, and nothing in it that hides.
//!
//! A fault is reported and the rest of the file is still read, so that one bad byte does not hide the other findings.

use icu_properties::props::{
    BidiControl, BinaryProperty as _, DefaultIgnorableCodePoint, EnumeratedProperty as _, GeneralCategory, JoinControl,
    Script,
};
use unicode_normalization::char::is_combining_mark;
use unicode_security::MixedScript as _;
use unicode_security::mixed_script::is_potential_mixed_script_confusable_char;

use crate::finding::{Code, Finding};
use crate::source::{FileId, SourceFile, Sources, Span};

/// Adds a file to the sources: its bytes as UTF-8, without a byte-order mark, of which it is kept that there was one.
///
/// Reported, once a line and kind, are bytes that are not UTF-8 (they become U+FFFD), control characters other than tab
/// and line end, characters without width, characters that change the direction in which the text is shown, and words
/// whose letters are of two alphabets. A file in UTF-16 is reported once
/// and read as such. Of a file that is longer than places can say (4 GiB) nothing is read.
pub fn decode(sources: &mut Sources, path: String, bytes: Vec<u8>) -> (FileId, Vec<Finding>) {
    let is_marked = bytes.starts_with(BYTE_ORDER_MARK);
    let (text, other_encoding) = text_of(bytes);
    let too_long = u32::try_from(text.len()).is_err();
    let read = SourceFile::new(path, if too_long { String::new() } else { text });
    let file = sources.add(if is_marked { read.marked() } else { read });
    let start = Span { file, start: 0, end: 0 };
    if too_long {
        let finding = Finding::new(Code::TooLong, start, "this file is longer than 4 GiB, so nothing in it is read");
        return (file, vec![finding.help("divide it into several files")]);
    }
    let mut findings = strange_characters(file, &sources.file(file).text);
    if other_encoding {
        let finding = Finding::new(Code::NotText, start, "this file is written in UTF-16, not in UTF-8");
        findings.insert(0, finding.help("save it again with the encoding UTF-8"));
    }
    (file, findings)
}

/// The mark of the order of bytes, in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of some bytes without a byte-order mark, and whether they were in UTF-16. What is no text is U+FFFD.
pub(crate) fn text_of(mut bytes: Vec<u8>) -> (String, bool) {
    let wide: Option<fn([u8; 2]) -> u16> = match bytes.get(..2) {
        Some([0xff, 0xfe]) => Some(u16::from_le_bytes),
        Some([0xfe, 0xff]) => Some(u16::from_be_bytes),
        _ => None,
    };
    if let Some(unit) = wide {
        let units = bytes.chunks_exact(2).skip(1).map(|pair| unit([pair[0], pair[1]]));
        let text = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        return (text, true);
    }
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    (String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()), false)
}

/// What is strange about a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strange {
    Lost,
    Control,
    LoneReturn,
    Direction,
    Mixed,
}

/// What is strange about `character`, which stands between two others.
fn strange(before: Option<char>, character: char, next: Option<u8>) -> Option<Strange> {
    match character {
        '\t' | '\n' | ' '..='~' => None,
        '\r' if next == Some(b'\n') => None,
        '\r' => Some(Strange::LoneReturn),
        char::REPLACEMENT_CHARACTER => Some(Strange::Lost),
        _ if BidiControl::for_char(character) => Some(Strange::Direction),
        _ if is_unseen(character) && !joins(before, character) => Some(Strange::Control),
        _ => None,
    }
}

/// Nothing is seen of it, or nobody can know what: two texts that look the same would differ in it.
fn is_unseen(character: char) -> bool {
    /// A letter of Braille without dots.
    const BLANK_BRAILLE: char = '\u{2800}';
    let has_no_form = matches!(
        GeneralCategory::for_char(character),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
    );
    has_no_form || DefaultIgnorableCodePoint::for_char(character) || character == BLANK_BRAILLE
}

/// A joiner between letters of a script that is written with them.
fn joins(before: Option<char>, character: char) -> bool {
    let needs_none = |letter: char| {
        matches!(Script::for_char(letter), Script::Latin | Script::Greek | Script::Cyrillic | Script::Common)
    };
    JoinControl::for_char(character) && before.is_some_and(|letter| letter.is_alphabetic() && !needs_none(letter))
}

/// `decode` has reported the character, so that nothing need be said of it again.
pub(crate) fn is_reported(character: char) -> bool {
    strange(None, character, None).is_some()
}

/// The first character of each line that is strange in each way.
fn strange_characters(file: FileId, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !is_plain(line.as_bytes()) {
            strange_in_line(file, line, start, &mut findings);
        }
        start += line.len();
    }
    findings
}

/// Nothing in the line can be strange: most lines are so, and are not looked at character by character.
fn is_plain(line: &[u8]) -> bool {
    let line = match line.strip_suffix(b"\n") {
        Some(line) => line.strip_suffix(b"\r").unwrap_or(line),
        None => line,
    };
    // They are counted because then many bytes are compared at a time.
    line.iter().filter(|byte| !matches!(byte, b'\t' | b' '..=b'~')).count() == 0
}

fn strange_in_line(file: FileId, line: &str, start: usize, findings: &mut Vec<Finding>) {
    let mut seen: Vec<Strange> = Vec::new();
    let mut before = None;
    let mixed = of_another_alphabet(line);
    for (at, character) in line.char_indices() {
        let end = at + character.len_utf8();
        let strange = strange(before.replace(character), character, line.as_bytes().get(end).copied());
        let Some(what) = strange.or((mixed == Some(at)).then_some(Strange::Mixed)) else { continue };
        if seen.contains(&what) || findings.len() >= super::MOST_FINDINGS {
            continue;
        }
        seen.push(what);
        findings.push(describe(what, character, super::span(file, start + at, start + end)));
    }
}

/// Where in the line the first letter stands that is of another alphabet than the one its word begins with, in a word in
/// which one of the letters can be taken for another of that other alphabet. A Greek letter of a formula cannot.
fn of_another_alphabet(line: &str) -> Option<usize> {
    let is_letter = |character: char| character.is_alphabetic() || is_combining_mark(character);
    let mut rest = line;
    while let Some(from) = rest.find(|character: char| character.is_alphabetic()) {
        let word = rest.get(from..)?;
        let word = word.get(..word.find(|character| !is_letter(character)).unwrap_or(word.len()))?;
        let start = line.len() - rest.len() + from;
        if !word.is_ascii() && !word.is_single_script() && word.chars().any(is_potential_mixed_script_confusable_char) {
            let first = word.chars().next()?.to_string();
            let mut alike = first;
            for (at, letter) in word.char_indices().skip(1) {
                alike.push(letter);
                if !alike.is_single_script() {
                    return Some(start + at);
                }
            }
        }
        rest = rest.get(from + word.len()..)?;
    }
    None
}

fn describe(what: Strange, character: char, span: Span) -> Finding {
    let code = u32::from(character);
    match what {
        Strange::Lost => Finding::new(Code::NotText, span, "this line holds a byte that is not text in UTF-8")
            .why("what was meant here cannot be told")
            .help("save the file again with the encoding UTF-8"),
        Strange::Control => {
            Finding::new(Code::NotText, span, format!("this line holds the invisible character U+{code:04X}"))
                .why("two texts that look the same could differ in it")
                .help("delete it")
        }
        Strange::Mixed => {
            let message = format!("`{character}` (U+{code:04X}) is of another alphabet than the letter before it");
            Finding::new(Code::NotText, span, message)
                .why("letters of two alphabets can look the same, and words with them are different names")
                .help("type the word again with the letters of one alphabet")
        }
        Strange::LoneReturn => Finding::new(Code::NotText, span, "a line ends here in a way that is no line end")
            .why("some programs show a new line where this one reads on, even within a comment")
            .help("save the file again with line ends of the kind LF or CR LF"),
        Strange::Direction => Finding::new(
            Code::HiddenDirection,
            span,
            format!("the invisible character U+{code:04X} changes the direction of the text"),
        )
        .why("what is read on the screen is not what is written in the file")
        .help("delete it"),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::finding::Code;
    use crate::source::Sources;

    fn read(bytes: &[u8]) -> (String, Vec<(Code, u32)>) {
        let mut sources = Sources::default();
        let (file, findings) = decode(&mut sources, "a.rules".into(), bytes.to_vec());
        let places = findings.iter().map(|finding| (finding.code, finding.place.as_ref().map_or(0, |p| p.span.start)));
        (sources.file(file).text.clone(), places.collect())
    }

    #[test]
    fn plain_text_and_marks_at_its_start() {
        assert_eq!(read("# Åland\r\n\t".as_bytes()), ("# Åland\r\n\t".into(), vec![]));
        assert_eq!(read(b"\xef\xbb\xbfact"), ("act".into(), vec![]));
        assert_eq!(read(b""), (String::new(), vec![]));
        assert_eq!(read(b"\xff\xfea\0c\0t\0"), ("act".into(), vec![(Code::NotText, 0)]));
        assert_eq!(read(b"\xfe\xff\0a\0c\0t"), ("act".into(), vec![(Code::NotText, 0)]));
    }

    #[test]
    fn bad_bytes_are_replaced_and_reported_once_a_line() {
        assert_eq!(
            read(b"a\xffb\xfe\nc\xe5d"),
            ("a\u{fffd}b\u{fffd}\nc\u{fffd}d".into(), vec![(Code::NotText, 1), (Code::NotText, 10)])
        );
        assert_eq!(read(b"\0\0\0").1, [(Code::NotText, 0)]);
        assert_eq!(read(b"# a\ract b").1, [(Code::NotText, 3)]);
        assert_eq!(read(b"# a\r\n# b\r\r\n# c\r").1, [(Code::NotText, 8), (Code::NotText, 14)]);
    }

    #[test]
    fn what_has_no_width_is_reported_within_texts_too() {
        assert_eq!(
            read("provision \"1\u{200b}\"\n# so\u{ad}ft".as_bytes()).1,
            [(Code::NotText, 12), (Code::NotText, 21)]
        );
    }

    /// Of each of these nothing is seen, or nobody can know what.
    #[test]
    fn what_is_not_seen_is_reported() {
        for unseen in [
            '\u{34f}',
            '\u{61c}',
            '\u{ad}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{180b}',
            '\u{200b}',
            '\u{200d}',
            '\u{2029}',
            '\u{2062}',
            '\u{2065}',
            '\u{2800}',
            '\u{3164}',
            '\u{e000}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{ffa0}',
            '\u{fff0}',
            '\u{13430}',
            '\u{1bca0}',
            '\u{1d173}',
            '\u{e0001}',
            '\u{e0100}',
        ] {
            let found = read(format!("provision \"Article 1{unseen}\"").as_bytes()).1;
            assert_eq!(found.len(), 1, "U+{:04X}", u32::from(unseen));
        }
        // a joiner that the script of the word needs
        assert_eq!(read("\"\u{646}\u{645}\u{6cc}\u{200c}\u{62f}\u{627}\u{646}\u{645}\"".as_bytes()).1, []);
    }

    #[test]
    fn a_word_of_two_alphabets_is_reported() {
        assert_eq!(read("country Norw\u{430}y (NO)".as_bytes()).1, [(Code::NotText, 12)]);
        assert_eq!(read("\u{41d}orway Europe".as_bytes()).1, [(Code::NotText, 2)]);
        assert_eq!(read("Norway \u{395}uropa".as_bytes()).1, [(Code::NotText, 9)]);
        assert_eq!(read("Åland \u{3b1}-rays Москва Ελλάδα 5 µm 3 kΩ \u{41}\u{30a}land".as_bytes()).1, []);
    }

    #[test]
    fn hidden_direction_is_reported_wherever_it_stands() {
        let text = "# a\u{202e}b\nact x \"\u{2066}\u{200f}\"\u{61c}";
        assert_eq!(read(text.as_bytes()).1, [(Code::HiddenDirection, 3), (Code::HiddenDirection, 15)]);
    }
}
