//! The files of the law within the document, so that whoever has the document alone can have it read again by the one
//! reader of rules.
//!
//! Remarks are left out: they are no law, and may be meant for colleagues alone. Lines and columns stay, so that the places
//! in the document are places in these texts.

use serde::{Deserialize, Serialize};

use super::super::header::{self, LANGUAGE_VERSION, SCHEMA_VERSION};
use super::super::places::Places;
use crate::source::Sources;
use crate::syntax;

/// The files, and the digest by which it is seen that nobody changed them.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    digest: String,
    files: Vec<File>,
}

/// One file: its way from the folder that holds them all, and what it says.
#[derive(Serialize, Deserialize)]
struct File {
    name: String,
    text: String,
}

impl Written {
    /// The files, by name. `law` is the digest of what they mean.
    pub(super) fn of(sources: &Sources, places: &Places<'_>, law: &str) -> Written {
        let file = |(name, text): (&str, &str)| File { name: name.to_owned(), text: syntax::without_remarks(text) };
        let mut files: Vec<File> = places.files(sources).map(file).collect();
        files.sort_by(|one, other| (&one.name, &one.text).cmp(&(&other.name, &other.text)));
        Written { digest: digest(law, &files), files }
    }
}

/// The digest of the texts together with that of what they mean; of layout too, and of the names of files.
fn digest(law: &str, files: &[File]) -> String {
    let parts = files.iter().flat_map(|file| [&file.name, &file.text]).map(String::as_str);
    let mut all = Vec::new();
    for part in std::iter::once(law).chain(parts) {
        all.extend_from_slice(&(part.len() as u64).to_le_bytes());
        all.extend_from_slice(part.as_bytes());
    }
    header::digest(&all)
}

/// Why a document is not read as law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is no document of this kind.
    Foreign,
    /// It holds no files, as those of earlier versions.
    WithoutFiles,
    /// It is of another shape, or in another version of the language.
    OtherVersion,
    /// The files are not those that were written.
    Changed,
}

/// What is read of a document; everything else in it is passed over.
#[derive(Deserialize)]
struct Head {
    schema_version: Option<u32>,
    language_version: Option<u32>,
    digest: Option<String>,
    written: Option<Written>,
}

/// The files of a document, each with its name and its text.
///
/// # Errors
/// Why there are none.
pub(crate) fn files(document: &[u8]) -> Result<Vec<(String, String)>, Unread> {
    let head: Head = serde_json::from_slice(document).map_err(|_| Unread::Foreign)?;
    let (Some(schema), Some(language), Some(law)) = (head.schema_version, head.language_version, head.digest) else {
        return Err(Unread::Foreign);
    };
    if (schema, language) != (SCHEMA_VERSION, LANGUAGE_VERSION) {
        return Err(Unread::OtherVersion);
    }
    let written = head.written.ok_or(Unread::WithoutFiles)?;
    if written.digest != digest(&law, &written.files) {
        return Err(Unread::Changed);
    }
    Ok(written.files.into_iter().map(|file| (file.name, file.text)).collect())
}
