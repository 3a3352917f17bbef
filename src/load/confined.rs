//! Where a name that stands in a file really leads, links and all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The way from a folder down to what a path names, without links; none if it leads out of the folder. What is not there
/// yet would lie there.
///
/// # Errors
/// What the system says, also of a link that leads nowhere.
pub fn below(folder: &Path, path: &Path) -> io::Result<Option<PathBuf>> {
    let here = |path: &Path| if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_owned() };
    let root = fs::canonicalize(here(folder))?;
    let mut there = here(path);
    let mut missing = Vec::new();
    // a link that leads nowhere is there, and nobody knows what will be at its end
    while fs::symlink_metadata(&there).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        let Some(name) = there.file_name().map(ToOwned::to_owned) else { break };
        missing.push(name);
        there = here(there.parent().unwrap_or(Path::new("")));
    }
    let mut real = fs::canonicalize(&there)?;
    real.extend(missing.iter().rev());
    Ok(real.strip_prefix(&root).ok().map(Path::to_owned))
}

/// The path is a link itself.
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}
