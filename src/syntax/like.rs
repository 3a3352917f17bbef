//! Characters that look like those of the language: what a text program makes of a hyphen, a blank or a quotation mark.

use icu_properties::props::{BinaryProperty as _, Dash, EnumeratedProperty as _, GeneralCategory, QuotationMark};
use unicode_normalization::UnicodeNormalization as _;

/// The character of the language for which one that is not of it stands.
pub(super) fn of(character: char) -> Option<char> {
    if character.is_ascii() || character.is_alphanumeric() {
        return None;
    }
    if QuotationMark::for_char(character) || is_prime(character) {
        return Some('"');
    }
    if Dash::for_char(character) {
        return Some('-');
    }
    if GeneralCategory::for_char(character) == GeneralCategory::SpaceSeparator {
        return Some(' ');
    }
    let mut plain = std::iter::once(character).nfkc();
    plain.next().filter(|plain_one| plain_one.is_ascii_punctuation() && plain.next().is_none())
}

/// The marks of minutes and seconds, which stand for quotation marks in some programs.
fn is_prime(character: char) -> bool {
    matches!(character, '\u{2032}' | '\u{2033}' | '\u{2036}')
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn what_a_text_program_writes_is_known() {
        for (meant, like) in [
            ('-', "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{fe58}\u{ff0d}"),
            (
                '"',
                "\u{201c}\u{201d}\u{201e}\u{201f}\u{ab}\u{bb}\u{2018}\u{2019}\u{201a}\u{2039}\u{203a}\u{300c}\u{ff02}\u{2033}",
            ),
            (' ', "\u{a0}\u{2002}\u{2009}\u{200a}\u{202f}\u{3000}"),
            (',', "\u{ff0c}\u{fe50}"),
            (':', "\u{ff1a}"),
            ('{', "\u{ff5b}"),
            ('(', "\u{ff08}"),
        ] {
            for character in like.chars() {
                assert_eq!(of(character), Some(meant), "U+{:04X}", u32::from(character));
            }
        }
        for character in "aÅ§-\"\u{660}…€".chars() {
            assert_eq!(of(character), None, "{character}");
        }
    }
}
