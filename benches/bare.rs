//! Nothing but pest on the grammar: what reading costs before anything is made of what was read.

/// The grammar of the language, as `src/syntax` has it.
#[allow(missing_docs, reason = "the names are those of the grammar")]
#[derive(pest_derive::Parser)]
#[grammar = "grammar/rules.pest"]
struct Bare;

/// So many items, and so many bytes, are read at once at most: as many as `src/syntax` reads.
const ITEMS: usize = 64;
const BYTES: usize = 1 << 16;

/// Reads the text, in which each item begins at a margin, and counts what is in it.
pub(crate) fn pest(text: &str) -> usize {
    let mut read = 0;
    let (mut start, mut items) = (0, 0);
    for (at, _) in text.match_indices('\n') {
        let begins_item = text.as_bytes().get(at + 1).is_none_or(u8::is_ascii_lowercase);
        if !begins_item {
            continue;
        }
        items += 1;
        if items == ITEMS || at + 1 - start >= BYTES - 1024 || at + 1 == text.len() {
            read += chunk(&text[start..=at]);
            (start, items) = (at + 1, 0);
        }
    }
    read
}

fn chunk(text: &str) -> usize {
    use pest::Parser as _;
    Bare::parse(Rule::chunk, text).expect("the workload is in order").len()
}
