//! The only writing of files: artifacts, reports, and files of rules that are laid out anew. At every moment a reader finds
//! either the old file or the new one, whole; but for a file of rules that has several names or belongs to somebody else,
//! which stays what it is by being written in its place.

mod replace;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::emit::{Artifact, NAMES};
use crate::load;
use replace::Beside;

/// How an artifact and the file of its name differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The file holds something else.
    Stale,
    /// There is no file.
    Missing,
    /// There is a file of an artifact that is not asked for.
    Extra,
}

impl Difference {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Difference::Stale => "stale",
            Difference::Missing => "missing",
            Difference::Extra => "extra",
        }
    }
}

/// Something that could not be read or written.
#[derive(Debug)]
pub struct Failure {
    /// What.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// Writes the artifacts that differ from what the folder holds, and makes the folder if it is missing. Each is written
/// beside its file and then takes its place. Returns the names of those that were written.
///
/// # Errors
/// What could not be written; artifacts before it stand.
pub fn write(folder: &Path, artifacts: &[Artifact]) -> Result<Vec<&'static str>, Failure> {
    self::folder(folder)?;
    let mut written = Vec::new();
    for artifact in artifacts {
        let named = folder.join(artifact.name);
        // a link stays a link, and what it leads to is replaced
        let path = fs::canonicalize(&named).unwrap_or_else(|_| named.clone());
        let fails = |error| Failure { path: named.clone(), error };
        if !holds(&named, &artifact.bytes).map_err(fails)?.is_some_and(|same| same) {
            put(&path, &artifact.bytes).map_err(fails)?;
            written.push(artifact.name);
        }
    }
    Ok(written)
}

/// Writes one file, beside its name and then in its place. What is no file, such as a pipe, is written to.
///
/// # Errors
/// What could not be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let is_other = fs::metadata(&path).is_ok_and(|found| !found.is_file());
    let written = if is_other { into(&path, bytes) } else { put(&path, bytes) };
    written.map_err(|error| Failure { path, error })
}

/// Writes one file as [`write_file`] does, if it does not hold exactly this. Says whether it was written.
///
/// # Errors
/// What could not be read or written.
pub fn renew_file(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let held = holds(path, bytes).map_err(|error| Failure { path: path.to_owned(), error })?;
    if held.is_some_and(|same| same) {
        return Ok(false);
    }
    write_file(path, bytes)?;
    Ok(true)
}

/// Writes one file as [`write_file`] does, and makes the folders on the way to it.
///
/// # Errors
/// What could not be written.
pub fn make_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    path.parent().map_or(Ok(()), folder)?;
    write_file(path, bytes)
}

/// Makes a folder and those on the way to it, where they are missing.
///
/// # Errors
/// What could not be made.
#[expect(clippy::disallowed_methods, reason = "this is where folders are made")]
pub fn folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| Failure { path: path.to_owned(), error })
}

/// Writes a file that is not there yet, and makes the folders on the way to it.
///
/// # Errors
/// What could not be written; a file that is there is one.
pub fn new_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    path.parent().map_or(Ok(()), folder)?;
    let written = Beside::new(path, bytes).and_then(|file| file.settle(path));
    written.map_err(|error| Failure { path: path.to_owned(), error })
}

/// Something has that name, be it a link to nothing.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// In what the folder differs from the artifacts, by name. Nothing is written. A checkout that ends lines in another way does
/// not differ: no line break of an artifact stands within a text.
///
/// # Errors
/// What could not be read.
pub fn compare(folder: &Path, artifacts: &[Artifact]) -> Result<Vec<(&'static str, Difference)>, Failure> {
    let mut differences = Vec::new();
    for artifact in artifacts {
        let path = folder.join(artifact.name);
        match load::other(&path).map_err(|error| Failure { path: path.clone(), error })? {
            Some(found) if found == artifact.bytes || plain_ends(&found) == artifact.bytes => {}
            Some(_) => differences.push((artifact.name, Difference::Stale)),
            None => differences.push((artifact.name, Difference::Missing)),
        }
    }
    let wanted = |name: &str| artifacts.iter().any(|artifact| artifact.name == name);
    let extra = NAMES.iter().filter(|name| !wanted(name) && folder.join(name).exists());
    differences.extend(extra.map(|name| (*name, Difference::Extra)));
    differences.sort_by_key(|(name, _)| *name);
    Ok(differences)
}

/// With what some programs begin a text in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Puts `new` in the place of a file that holds the text `old`, and keeps its owner, its permissions and its byte-order mark;
/// a link stays a link, and of a file with several names each still names it.
///
/// # Errors
/// What could not be written. A file that may not be written, or that meanwhile holds something else, is left alone.
pub fn rewrite(path: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let fails = |error| Failure { path: path.to_owned(), error };
    let file = fs::canonicalize(path).map_err(fails)?;
    if fs::metadata(&file).map_err(fails)?.permissions().readonly() {
        return Err(fails(io::Error::new(io::ErrorKind::PermissionDenied, "it is marked as not to be written")));
    }
    let is_known = |file: &Path| -> io::Result<bool> {
        let held = load::other(file)?.unwrap_or_default();
        Ok(held.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&held) == old.as_bytes())
    };
    let is_marked = load::other(&file).map_err(fails)?.is_some_and(|held| held.starts_with(BYTE_ORDER_MARK));
    let bytes = [if is_marked { BYTE_ORDER_MARK } else { &[] }, new.as_bytes()].concat();
    let in_place = || Ok(is_known(&file)? && into(&file, &bytes).map(|()| true)?);
    let written = if replace::has_other_names(&file).map_err(fails)? {
        in_place()
    } else {
        match Beside::new(&file, &bytes) {
            Ok(beside) if beside.is_alike => beside.replace_known(&file, is_known),
            // nobody may give a file away: it stays whose it is by being written in its place
            Ok(_) => in_place(),
            Err(error) => Err(error),
        }
    };
    if written.map_err(fails)? {
        return Ok(());
    }
    Err(fails(io::Error::other("it was changed in the meantime; what was saved there is kept")))
}

/// Whether the file holds exactly these bytes; none where there is no file.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<Option<bool>> {
    Ok(load::other(path)?.map(|found| found == bytes))
}

/// A text whose lines end in one character.
fn plain_ends(text: &[u8]) -> Vec<u8> {
    let next = text.iter().skip(1).copied().map(Some).chain([None]);
    text.iter().zip(next).filter(|pair| *pair != (&b'\r', Some(b'\n'))).map(|(byte, _)| *byte).collect()
}

/// Puts a file in the place of another, so that a stop at any moment leaves one of the two.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Beside::new(path, bytes)?.replace(path)
}

/// Writes into what is there: a pipe, or a file that cannot be replaced by another.
#[expect(clippy::disallowed_methods, reason = "this is where files are written in their place")]
fn into(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut there = OpenOptions::new().write(true).open(path)?;
    there.write_all(bytes)?;
    if there.metadata()?.is_file() {
        there.set_len(bytes.len() as u64)?;
        there.sync_all()?;
    }
    Ok(())
}
