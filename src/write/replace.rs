//! One file in the place of another, so that at every moment a reader finds the one or the other, whole.
//!
//! It is written beside its place without a name where the system knows such files, so that a stop leaves nothing; then it
//! gets a name that nobody can guess and that nothing has, and takes its place.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use tempfile::{Builder, NamedTempFile, TempPath};

/// How a file beside begins and ends: it is hidden, and is no file of law.
const BEFORE: &str = ".forseti-";
const AFTER: &str = ".new";
/// Longer than any file is written: one that is older was left by a run that was stopped.
const LEFT: Duration = Duration::from_secs(3600);

/// A file that lies beside its place, with everything in it.
pub(super) struct Beside {
    path: TempPath,
    /// It belongs to whom the other belongs to.
    pub(super) is_alike: bool,
}

impl Beside {
    /// A file with these bytes, and with the owner and the permissions of the one in whose place it will be.
    pub(super) fn new(place: &Path, bytes: &[u8]) -> io::Result<Beside> {
        let folder = folder_of(place);
        let old = fs::metadata(place).ok();
        let (path, is_alike) = write(folder, bytes, old.as_ref())?;
        sweep(folder, &path);
        Ok(Beside { path, is_alike })
    }

    /// Takes the place of what is there, if anything is.
    pub(super) fn replace(self, place: &Path) -> io::Result<()> {
        self.path.persist(place).map_err(|error| error.error)?;
        synced(place);
        Ok(())
    }

    /// Takes the place, if nothing is there.
    pub(super) fn settle(self, place: &Path) -> io::Result<()> {
        self.path.persist_noclobber(place).map_err(|error| error.error)?;
        synced(place);
        Ok(())
    }

    /// Takes the place of a file of which it is known what it holds. Where the system lets two files change places, what was
    /// saved there in the last moment is put back.
    pub(super) fn replace_known(self, place: &Path, is_known: impl Fn(&Path) -> io::Result<bool>) -> io::Result<bool> {
        if !is_known(place)? {
            return Ok(false);
        }
        if !exchanged(&self.path, place) {
            self.replace(place)?;
            return Ok(true);
        }
        let known = is_known(&self.path);
        if matches!(known, Ok(true)) {
            synced(place);
        } else {
            exchanged(&self.path, place);
        }
        known
    }
}

/// The file has other names, which would go on naming the old one.
pub(super) fn has_other_names(place: &Path) -> io::Result<bool> {
    let old = fs::metadata(place)?;
    #[cfg(unix)]
    let names = std::os::unix::fs::MetadataExt::nlink(&old);
    #[cfg(not(unix))]
    let names = u64::from(old.is_file());
    Ok(names > 1)
}

fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Says also whether the file belongs to whom the old one belongs to.
fn write(folder: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<(TempPath, bool)> {
    let fill = |mut file: &File| {
        let mut is_alike = true;
        if let Some(old) = old {
            is_alike = keep_owner(file, old).is_ok();
            file.set_permissions(old.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok::<bool, io::Error>(is_alike)
    };
    let mut named = Builder::new();
    named.prefix(BEFORE).suffix(AFTER);
    #[cfg(target_os = "linux")]
    if let Some(file) = nameless(folder) {
        let is_alike = fill(&file)?;
        if let Ok(named) = named.make_in(folder, |path| name(&file, path)) {
            return Ok((named.into_temp_path(), is_alike));
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // what the user's mask leaves of it, as of every new file
        named.permissions(fs::Permissions::from_mode(0o666));
    }
    let temporary: NamedTempFile = named.tempfile_in(folder)?;
    let is_alike = fill(temporary.as_file())?;
    Ok((temporary.into_temp_path(), is_alike))
}

/// A file without a name: it is gone when nobody holds it any more.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags};
    let how = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    rustix::fs::open(folder, how, Mode::from_raw_mode(0o666)).ok().map(File::from)
}

/// Gives it a name that nothing has.
#[cfg(target_os = "linux")]
fn name(file: &File, path: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd as _;

    use rustix::fs::{AtFlags, CWD, linkat};
    let own = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, own, CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let new = file.metadata()?;
    let other = |new: u32, old: u32| (new != old).then_some(old);
    match (other(new.uid(), old.uid()), other(new.gid(), old.gid())) {
        (None, None) => Ok(()),
        (user, group) => fchown(file, user, group),
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn exchanged(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchanged(_: &Path, _: &Path) -> bool {
    false
}

/// Not every system lets a folder be synced; the file itself is whole in any case.
#[expect(clippy::disallowed_methods, reason = "a folder is opened to be synced")]
fn synced(place: &Path) {
    let _ = File::open(folder_of(place)).and_then(|folder| folder.sync_all());
}

/// Removes what runs that were stopped have left, by the clock of the folder itself.
#[expect(clippy::disallowed_methods, reason = "the folder is looked through for what was left there")]
fn sweep(folder: &Path, new: &Path) {
    let changed = |path: &Path| fs::symlink_metadata(path).ok().filter(Metadata::is_file)?.modified().ok();
    let Some(now) = changed(new) else { return };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(is_beside);
        let is_left =
            || changed(&entry.path()).is_some_and(|then| now.duration_since(then).is_ok_and(|age| age > LEFT));
        if is_ours && is_left() {
            // who may not remove it lets it lie
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_beside(name: &str) -> bool {
    let middle = name.strip_prefix(BEFORE).and_then(|rest| rest.strip_suffix(AFTER));
    middle.is_some_and(|middle| middle.len() == 6 && middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::{AFTER, BEFORE, Beside, LEFT};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks at files")]
    fn what_a_stopped_run_left_goes_and_what_another_writes_stays() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let at = |name: &str| folder.path().join(name);
        let place = at("a.txt");
        Beside::new(&place, b"one").and_then(|file| file.replace(&place)).expect("it can be written");
        let now = fs::metadata(&place).and_then(|file| file.modified()).expect("it is there");
        let old = now - LEFT - Duration::from_secs(60);
        for (name, when) in [("aB3xYz", old), ("aB3xYw", now), ("other-name", old)] {
            let path = at(&format!("{BEFORE}{name}{AFTER}"));
            fs::write(&path, "half").expect("it can be written");
            fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(when)).expect("it is ours");
        }
        Beside::new(&place, b"two").and_then(|file| file.replace(&place)).expect("it can be written");
        let mut names: Vec<_> =
            fs::read_dir(folder.path()).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        assert_eq!(names, [".forseti-aB3xYw.new", ".forseti-other-name.new", "a.txt"]);
        assert_eq!(fs::read(&place).expect("it is there"), b"two");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks at files")]
    fn what_is_saved_in_the_last_moment_is_put_back() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let place = folder.path().join("a.txt");
        fs::write(&place, "old").expect("it can be written");
        let looks = std::cell::Cell::new(0);
        let is_known = |path: &std::path::Path| {
            let is_old = fs::read(path)? == b"old";
            looks.set(looks.get() + 1);
            if looks.get() == 1 {
                // an editor saves after the file was looked at
                fs::write(&place, "edited")?;
            }
            Ok(is_old)
        };
        let file = Beside::new(&place, b"new").expect("it can be written");
        let done = file.replace_known(&place, is_known).expect("it can be read");
        if cfg!(target_os = "linux") && looks.get() == 2 {
            assert!(!done);
            assert_eq!(fs::read(&place).expect("it is there"), b"edited");
        }
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1, "nothing is left beside it");
    }
}
