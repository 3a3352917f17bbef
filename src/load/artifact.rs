//! Law in an artifact: `rules.json` holds the files from which it was made, and they are read as if they lay in a folder of
//! that name.

use crate::emit::{self, Unread};
use crate::finding::{Code, Finding};

/// What was read is an object, as artifacts are, and no file of rules: none of those begins so.
pub(super) fn is_object(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().first() == Some(&b'{')
}

/// The files of an artifact, each with its path below that of the artifact.
///
/// # Errors
/// The finding that says why it cannot be read as law, and what to name instead.
pub(super) fn files(path: &str, bytes: &[u8]) -> Result<Vec<(String, String)>, Box<Finding>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let files = emit::files(text).map_err(|why| refused(path, why))?;
    Ok(files.into_iter().map(|(name, text)| (format!("{path}/{name}"), text)).collect())
}

fn refused(path: &str, why: Unread) -> Box<Finding> {
    const INSTEAD: &str = "name the rules from which it was made, such as `git:REV`";
    let (message, why, help) = match why {
        Unread::Foreign => (
            format!("`{path}` is an object, and not one in which forseti wrote law"),
            "law is read from `.rules` files, and from the `rules.json` of `forseti build --emit json`",
            "name the rules, or the `rules.json` that was made of them".to_owned(),
        ),
        Unread::Earlier => (
            format!("`{path}` comes from an earlier forseti"),
            "its digest covers the rules at most, so that a change of its law and its answers, which other programs read, would not be noticed",
            format!(
                "{INSTEAD}, make it again with `forseti build --emit json`, or read it with the forseti that its `tool` names"
            ),
        ),
        Unread::OtherVersion => (
            format!("`{path}` was written in another version of the language or of its own shape"),
            "what it says could be misread",
            format!("{INSTEAD}, or read it with the forseti that its `tool` names"),
        ),
        Unread::Changed => (
            format!("`{path}` is not as forseti wrote it"),
            "it does not fit its digest: somebody has changed its rules, its law or its answers by hand, or it was damaged on its way",
            format!("{INSTEAD}, or make it again with `forseti build --emit json`"),
        ),
    };
    Box::new(Finding::nowhere(Code::Unreadable, message).about([path.to_owned()]).why(why).help(help))
}
