//! The page of a code: what it says, why it matters in law, an example that provokes it, and the same example mended.
//!
//! The files in `pages` are Markdown with three headings in a fixed order. The tests of the project provoke every example
//! and see that its mended form is free of findings.

/// A page, in its parts. Each part is Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page<'p> {
    /// What it says.
    pub says: &'p str,
    /// Why it matters.
    pub why: &'p str,
    /// What provokes it.
    pub example: Block<'p>,
    /// How to mend it.
    pub advice: &'p str,
    /// The example, mended.
    pub mended: Block<'p>,
    /// All of it, as written.
    pub text: &'p str,
}

/// A block of code in a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block<'p> {
    /// The words after the fence: `rules` for a file, `sh` for a command. After `rules`, `marked` says that `<U+00AD>`
    /// stands for the character of that number, `repeated` that a line ending in `# N = 1 to 9` stands for nine lines.
    pub language: &'p str,
    /// Its lines.
    pub text: &'p str,
}

impl<'p> Page<'p> {
    /// The parts of a page. A part that is missing is empty.
    pub(super) fn read(text: &'p str) -> Page<'p> {
        let (says, rest) = cut(text, "\n## Why it matters\n");
        let (why, rest) = cut(rest, "\n## Example\n");
        let (example, rest) = cut(rest, "\n## Mended\n");
        let (_, example) = block(example);
        let (advice, mended) = block(rest);
        Page { says: says.trim(), why: why.trim(), example, advice, mended, text }
    }
}

fn cut<'p>(text: &'p str, heading: &str) -> (&'p str, &'p str) {
    text.split_once(heading).unwrap_or((text, ""))
}

/// The text before the first block, and the block.
fn block(text: &str) -> (&str, Block<'_>) {
    let Some((before, rest)) = text.split_once("```") else { return (text.trim(), Block::default()) };
    let (language, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let (code, _) = rest.split_once("```").unwrap_or((rest, ""));
    (before.trim(), Block { language, text: code })
}

#[cfg(test)]
mod tests {
    use super::{Block, Page};

    #[test]
    fn a_page_falls_into_its_parts() {
        let text = "It is so.\n\n## Why it matters\n\nBecause.\n\n## Example\n\n```rules\na\nb\n```\n\n## Mended\n\nDo it.\n\n```rules\nc\n```\n";
        let page = Page::read(text);
        assert_eq!((page.says, page.why, page.advice), ("It is so.", "Because.", "Do it."));
        assert_eq!(page.example, Block { language: "rules", text: "a\nb\n" });
        assert_eq!(page.mended, Block { language: "rules", text: "c\n" });
    }
}
