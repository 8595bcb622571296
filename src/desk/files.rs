//! Files of a profile: readable by their owner alone, written whole or not at all, and surely on disk when we say so.

use std::fs::{DirBuilder, File};
use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

pub mod asked;

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing is there.
    #[error("there is no {}", .0.display())]
    Missing(PathBuf),
    /// Something is there, and is not overwritten.
    #[error("{} exists and is not overwritten", .0.display())]
    Exists(PathBuf),
    /// There is no such directory to write in.
    #[error("there is no directory {}", .0.display())]
    NoDirectory(PathBuf),
    /// What is there is a directory or a device.
    #[error("{} is no file that can be written over", .0.display())]
    NoFile(PathBuf),
    /// Larger than such a file can be.
    #[error("{} is too large", .0.display())]
    TooLarge(PathBuf),
    /// Anything else.
    #[error("cannot use {}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Makes a directory, and those above it, for the owner alone. One that is there stays as it is.
pub fn make_dir(dir: &Path) -> Result<(), FileError> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|source| failed(dir, source))
}

/// Reads a file of at most `max_bytes`.
pub fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, FileError> {
    let (mut file, len) = open(path, max_bytes)?;
    let mut bytes = Vec::with_capacity(len);
    file.read_to_end(&mut bytes).map_err(|source| failed(path, source))?;
    if bytes.len() as u64 > max_bytes { Err(FileError::TooLarge(path.to_owned())) } else { Ok(bytes) }
}

/// A file to be read from its beginning, and its length. What is appended meanwhile is read up to a byte past `max_bytes`.
pub fn open(path: &Path, max_bytes: u64) -> Result<(impl BufRead, usize), FileError> {
    let file = File::open(path).map_err(|source| failed(path, source))?;
    let len = file.metadata().map_err(|source| failed(path, source))?.len();
    if len > max_bytes {
        return Err(FileError::TooLarge(path.to_owned()));
    }
    let len = usize::try_from(len).map_err(|_| FileError::TooLarge(path.to_owned()))?;
    Ok((BufReader::new(file.take(max_bytes + 1)), len))
}

/// Writes a file that must not be there yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let file = write_beside(path, bytes)?;
    file.persist_noclobber(path).map_err(|error| failed(path, error.error))?;
    sync_dir(path)
}

/// Writes a file in place of the one that may be there: whoever looks sees the old one or the new one, whole.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let file = write_beside(path, bytes)?;
    file.persist(path).map_err(|error| failed(path, error.error))?;
    sync_dir(path)
}

/// Gives a file another name, which must be free.
pub fn put_aside(path: &Path, aside: &Path) -> Result<(), FileError> {
    std::fs::hard_link(path, aside).map_err(|source| failed(aside, source))?; // unlike a rename, it never overwrites
    std::fs::remove_file(path).map_err(|source| failed(path, source))?;
    sync_dir(path)
}

/// `NamedTempFile` makes files of mode 0600.
fn write_beside(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, FileError> {
    let write = || {
        let mut file = NamedTempFile::new_in(dir_of(path))?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    write().map_err(|source| failed(path, source))
}

fn sync_dir(path: &Path) -> Result<(), FileError> {
    File::open(dir_of(path)).and_then(|dir| dir.sync_all()).map_err(|source| failed(path, source))
}

fn dir_of(path: &Path) -> &Path {
    path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn failed(path: &Path, source: io::Error) -> FileError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound => FileError::Missing(path),
        io::ErrorKind::AlreadyExists => FileError::Exists(path),
        _ => FileError::Io { path, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn files_and_directories_are_for_their_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("a/b");
        make_dir(&inner).unwrap();
        write_new(&inner.join("new"), b"1").unwrap();
        replace(&inner.join("other"), b"2").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!([mode(&inner), mode(&inner.join("new")), mode(&inner.join("other"))], [0o700, 0o600, 0o600]);
    }

    #[test]
    fn a_new_file_overwrites_nothing_and_a_replaced_one_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("identity");
        write_new(&path, b"first").unwrap();
        assert!(matches!(write_new(&path, b"second"), Err(FileError::Exists(_))));
        assert_eq!(read(&path, 10).unwrap(), b"first");
        replace(&path, b"third").unwrap();
        assert_eq!(read(&path, 10).unwrap(), b"third");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big");
        write_new(&path, &[0; 11]).unwrap();
        assert!(matches!(read(&path, 10), Err(FileError::TooLarge(_))));
    }
}
