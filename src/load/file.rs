//! The one reading of files. What is no file, or is longer than anything it could be, is refused before it is read: a
//! link can lead to a device that never ends, and a pipe waits for somebody who never comes.

#![expect(clippy::disallowed_methods, reason = "this is where files are opened and read")]

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The longest file of law, in bytes. Places are counted in 32 bits, and no body of law comes near it.
pub(super) const LAW: u64 = 1 << 30;
/// The longest of any other: settings, a baseline, a lock, a text, an artifact that is compared.
pub(super) const OTHER: u64 = 1 << 28;

/// What a file holds, if that is no more than so many bytes.
///
/// # Errors
/// What the system says; or what is there instead of a file; or that the file is longer.
pub(crate) fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    if file.metadata()?.len() > most {
        return Err(too_long(most));
    }
    let mut bytes = Vec::new();
    // a file can grow while it is read, and what a shell hands over has no length
    let length = file.take(most + 1).read_to_end(&mut bytes)?;
    if length as u64 > most { Err(too_long(most)) } else { Ok(bytes) }
}

/// What a file holds that is no law; none where there is none.
///
/// # Errors
/// As [`bytes`].
pub(crate) fn other(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match bytes(path, OTHER) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn too_long(most: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it is longer than {} MiB", most >> 20))
}

fn open(path: &Path) -> io::Result<File> {
    // what a shell hands over as `<(…)` or `/dev/stdin` is a pipe that somebody has opened for this run
    if path.starts_with("/dev") {
        return File::open(path);
    }
    // nothing is opened that would notice it, such as a device
    refuse(fs::metadata(path)?.file_type())?;
    let mut how = OpenOptions::new();
    how.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // if a pipe has taken its place meanwhile, opening it does not wait
        how.custom_flags(i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or(0));
    }
    let file = how.open(path)?;
    refuse(file.metadata()?.file_type())?;
    Ok(file)
}

fn refuse(kind: FileType) -> io::Result<()> {
    let what = what_it_is(kind);
    if kind.is_file() {
        Ok(())
    } else if kind.is_dir() {
        Err(io::Error::new(io::ErrorKind::IsADirectory, what))
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, what))
    }
}

fn what_it_is(kind: FileType) -> &'static str {
    if kind.is_dir() {
        return "it is a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return "it is a pipe, and no file";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "it is a device, and no file";
        }
        if kind.is_socket() {
            return "it is a socket, and no file";
        }
    }
    "it is no file"
}
