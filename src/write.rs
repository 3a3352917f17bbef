//! The only writing of files: artifacts, and files of rules that are laid out anew. At every moment a reader finds either
//! the old file or the new one, whole.

#![expect(clippy::disallowed_methods, reason = "this is where files are compared and written")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::emit::{Artifact, NAMES};

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
        let path = folder.join(artifact.name);
        // a link stays a link, and what it leads to is replaced
        let path = fs::canonicalize(&path).unwrap_or(path);
        let fails = |error| Failure { path: path.clone(), error };
        if !holds(&path, &artifact.bytes).map_err(fails)?.is_some_and(|same| same) {
            replace(&path, &artifact.bytes, None).map_err(fails)?;
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
    let written = if is_other { fs::write(&path, bytes) } else { replace(&path, bytes, None) };
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
pub fn folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| Failure { path: path.to_owned(), error })
}

/// Writes a file that is not there yet, and makes the folders on the way to it.
///
/// # Errors
/// What could not be written; a file that is there is one.
pub fn new_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if exists(path) {
        let error = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(Failure { path: path.to_owned(), error });
    }
    make_file(path, bytes)
}

/// Something has that name, be it a link to nothing.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// In what the folder differs from the artifacts, by name. Nothing is written.
///
/// # Errors
/// What could not be read.
pub fn compare(folder: &Path, artifacts: &[Artifact]) -> Result<Vec<(&'static str, Difference)>, Failure> {
    let mut differences = Vec::new();
    for artifact in artifacts {
        let path = folder.join(artifact.name);
        match holds(&path, &artifact.bytes).map_err(|error| Failure { path: path.clone(), error })? {
            Some(true) => {}
            Some(false) => differences.push((artifact.name, Difference::Stale)),
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

/// Puts `new` in the place of a file that holds the text `old`, and keeps its permissions and its byte-order mark; a link stays a link.
///
/// # Errors
/// What could not be written. A file that may not be written, or that meanwhile holds something else, is left alone.
pub fn rewrite(path: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let fails = |error| Failure { path: path.to_owned(), error };
    let file = fs::canonicalize(path).map_err(fails)?;
    let permissions = fs::metadata(&file).map_err(fails)?.permissions();
    if permissions.readonly() {
        return Err(fails(io::Error::new(io::ErrorKind::PermissionDenied, "it is marked as not to be written")));
    }
    let held = fs::read(&file).map_err(fails)?;
    let (mark, text) = match held.strip_prefix(BYTE_ORDER_MARK) {
        Some(text) => (BYTE_ORDER_MARK, text),
        None => (&[][..], &held[..]),
    };
    if text != old.as_bytes() {
        return Err(fails(io::Error::other("it was changed in the meantime")));
    }
    replace(&file, &[mark, new.as_bytes()].concat(), Some(permissions)).map_err(fails)
}

/// Whether the file holds exactly these bytes; none where there is no file.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<Option<bool>> {
    match fs::read(path) {
        Ok(found) => Ok(Some(found == bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts a file in the place of another, so that a stop at any moment leaves one of the two.
fn replace(path: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}.new", std::process::id()));
    let written = fill(&beside, bytes)
        .and_then(|()| permissions.map_or(Ok(()), |permissions| fs::set_permissions(&beside, permissions)))
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // the reason that is reported is the first one
        let _ = fs::remove_file(&beside);
        return written;
    }
    // not every system lets a folder be synced; the file itself is whole in any case
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

fn fill(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
