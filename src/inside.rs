//! Names of files that stand in a file, such as in settings. Whoever wrote that file may be a stranger: such a name leads
//! nowhere but below a folder, on every system. What a person gives to a command is free.

/// Why a name is none of a place below a folder; none if it is.
pub fn fault(name: &str) -> Option<&'static str> {
    let mut parts = name.split('/');
    if name.starts_with('/') {
        Some("it is counted from the root of the machine")
    } else if parts.clone().any(|part| part == "..") {
        Some("it goes up with `..`")
    } else if name.contains('\\') {
        Some("folders are parted by `/` here, so that a name means the same on every system")
    } else if name.contains(':') {
        Some("a colon means another drive on some systems")
    } else if name.chars().any(|c| c.is_ascii_control()) {
        Some("it holds a control character")
    } else if parts.any(|part| part != "." && part.ends_with(['.', ' '])) {
        Some("some systems leave out a dot or blank at an end")
    } else {
        None
    }
}

/// A part of the name begins with a dot: tools keep there what they run and read.
pub fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part != "." && part.starts_with('.'))
}

/// The names without a [`fault`], as a regular expression for a schema.
pub const PATTERN: &str =
    r"^(\.|[^/\\:\x00-\x1f\x7f]*[^/\\:\x00-\x1f\x7f. ])(/+(\.|[^/\\:\x00-\x1f\x7f]*[^/\\:\x00-\x1f\x7f. ]))*/*$";

/// Those that are not hidden either.
pub const PATTERN_TO_WRITE: &str = r"^(\.|[^/\\:\x00-\x1f\x7f. ]|[^/\\:\x00-\x1f\x7f.][^/\\:\x00-\x1f\x7f]*[^/\\:\x00-\x1f\x7f. ])(/+(\.|[^/\\:\x00-\x1f\x7f. ]|[^/\\:\x00-\x1f\x7f.][^/\\:\x00-\x1f\x7f]*[^/\\:\x00-\x1f\x7f. ]))*/*$";

#[cfg(test)]
mod tests {
    use super::{fault, is_hidden};

    #[test]
    fn a_name_leads_nowhere_but_below() {
        for name in ["rules", "./rules/", "a//b", "reports/a.sarif", "...a", "a b", ".law", "å", "~"] {
            assert_eq!(fault(name), None, "{name}");
        }
        for name in [
            "/a",
            "//server/a",
            "..",
            "../a",
            "a/../b",
            "a/..",
            "a\\b",
            "..\\a",
            "\\\\server\\a",
            "C:a",
            "C:/a",
            "a:b",
            "a\n",
            ".. /a",
            "a./b",
            "a ",
            "...",
            "git:main",
        ] {
            assert!(fault(name).is_some(), "{name}");
        }
    }

    #[test]
    fn what_begins_with_a_dot_is_hidden() {
        assert!([".git/hooks/x", "a/.b", ".bashrc"].into_iter().all(is_hidden));
        assert!(!["a.b", "./a", "a/./b"].into_iter().any(is_hidden));
    }
}
