//! Where settings lie: in the nearest folder above the files that they are for.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of that name in the nearest folder at or above each of the paths, each file once; without paths the one
/// nearest to the folder of the run, as seen from there. A path that leads nowhere has none.
pub fn nearest(paths: &[PathBuf], name: &str) -> Vec<PathBuf> {
    let is_input = |path: &Path| path.as_os_str() == "-";
    let mut files: Vec<PathBuf> = Vec::new();
    if paths.is_empty() || paths.iter().any(|path| is_input(path)) {
        files.extend(above_here(name));
    }
    for path in paths.iter().filter(|path| !is_input(path)) {
        files.extend(above(path, name));
    }
    let mut seen: Vec<PathBuf> = Vec::new();
    files.retain(|file| {
        let place = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
        let is_new = !seen.contains(&place);
        if is_new {
            seen.push(place);
        }
        is_new
    });
    files
}

/// Something is called so, be it no file: settings that cannot be read are told, and never passed over.
fn is_there(file: &Path) -> bool {
    fs::symlink_metadata(file).is_ok_and(|metadata| !metadata.is_dir())
}

/// From the folder of the run, and so by a relative path.
fn above_here(name: &str) -> Option<PathBuf> {
    let depth = env::current_dir().map_or(0, |folder| folder.ancestors().count());
    let mut folder = PathBuf::new();
    for _ in 0..depth {
        let file = folder.join(name);
        if is_there(&file) {
            return Some(file);
        }
        folder.push("..");
    }
    None
}

/// From a file or folder, by the path that a person in the folder of the run would write.
fn above(path: &Path, name: &str) -> Option<PathBuf> {
    let place = |file: &PathBuf| fs::canonicalize(file).ok();
    let there = fs::canonicalize(path).ok()?;
    let found = there.ancestors().map(|folder| folder.join(name)).find(|file| is_there(file))?;
    let mut near = path.ancestors().map(|folder| folder.join(name)).chain(above_here(name));
    near.find(|file| place(file) == place(&found)).or(Some(found))
}
