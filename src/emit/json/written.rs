//! The files of the law within the document, so that whoever has the document alone can have it read again by the one
//! reader of rules.
//!
//! Remarks are left out: they are no law, and may be meant for colleagues alone. Lines and columns stay, so that the places
//! in the document are places in these texts.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
        // a checkout may end its lines in another way; the law is the same
        let file = |(name, text): (&str, &str)| File {
            name: name.to_owned(),
            text: syntax::without_remarks(text).replace("\r\n", "\n"),
        };
        let mut files: Vec<File> = places.files(sources).map(file).collect();
        files.sort_by(|one, other| (&one.name, &one.text).cmp(&(&other.name, &other.text)));
        Written { digest: digest(law, &files), files }
    }
}

/// The property that holds the digest of all others.
const OF_ALL: &str = "document_digest";

/// The digest of a document without that property, of its canonical form (RFC 8785): names in their order, no blanks. So it
/// does not change with the layout of the file.
///
/// # Errors
/// The document cannot be written, which does not happen to one that was read or made.
pub(super) fn digest_of_all(document: &mut Value) -> serde_json::Result<String> {
    if let Some(properties) = document.as_object_mut() {
        properties.remove(OF_ALL);
    }
    document.sort_all_objects();
    let mut canonical = header::Digester::default();
    serde_json::to_writer(&mut canonical, document)?;
    Ok(canonical.digest())
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
    /// It comes from an earlier version, whose digest does not tell whether what programs read was changed.
    Earlier,
    /// It is of another shape, or in another version of the language.
    OtherVersion,
    /// It is not as it was written: the files, what is said of them, or what is answered from them.
    Changed,
}

/// What is read of a document; everything else in it is passed over.
#[derive(Deserialize)]
struct Head {
    schema_version: Option<u32>,
    language_version: Option<u32>,
    digest: Option<String>,
    written: Option<Written>,
    document_digest: Option<String>,
}

/// The files of a document, each with its name and its text.
///
/// # Errors
/// Why there are none.
pub(crate) fn files(document: &[u8]) -> Result<Vec<(String, String)>, Unread> {
    let mut whole: Value = serde_json::from_slice(document).map_err(|_| Unread::Foreign)?;
    let head = Head::deserialize(&whole).map_err(|_| Unread::Foreign)?;
    let (Some(schema), Some(language), Some(law)) = (head.schema_version, head.language_version, head.digest) else {
        return Err(Unread::Foreign);
    };
    if schema < SCHEMA_VERSION && head.document_digest.is_none() {
        return Err(Unread::Earlier);
    }
    if (schema, language) != (SCHEMA_VERSION, LANGUAGE_VERSION) {
        return Err(Unread::OtherVersion);
    }
    let (Some(written), Some(of_all)) = (head.written, head.document_digest) else {
        return Err(Unread::Changed);
    };
    let is_whole = digest_of_all(&mut whole).is_ok_and(|made| made == of_all);
    if !is_whole || written.digest != digest(&law, &written.files) {
        return Err(Unread::Changed);
    }
    Ok(written.files.into_iter().map(|file| (file.name, file.text)).collect())
}
