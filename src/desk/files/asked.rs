//! Files that someone asked for by name. Such a file is whole and on disk before it has a name: what has to be done before
//! anybody may hold it is done in between, and whatever fails, or is killed, leaves nothing of it anywhere.

use super::{FileError, dir_of, failed, sync_dir};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that only needs its name. Dropped, it is gone.
pub struct Asked {
    path: PathBuf,
    is_forced: bool,
    content: Content,
}

enum Content {
    /// In no directory: a kill leaves nothing.
    Unnamed(File),
    /// Where the system knows no such files: beside the name, under another, and removed when dropped.
    Beside(NamedTempFile),
}

/// Whether a file could stand there, before anybody has gone to any length for it.
pub fn may_stand(path: &Path, is_forced: bool) -> Result<(), FileError> {
    let dir = dir_of(path);
    if !dir.is_dir() {
        return Err(FileError::NoDirectory(dir.to_owned()));
    }
    match path.symlink_metadata() {
        Err(_) => Ok(()),
        Ok(there) if there.is_dir() || !(there.is_file() || there.is_symlink()) => {
            Err(FileError::NoFile(path.to_owned()))
        }
        Ok(_) if is_forced => Ok(()),
        Ok(_) => Err(FileError::Exists(path.to_owned())),
    }
}

/// Puts all of a file on disk, where `place` gives it its name. What is there keeps it until then.
pub fn fill(path: &Path, bytes: &[u8], is_forced: bool) -> Result<Asked, FileError> {
    fill_by(path, is_forced, |file| file.write_all(bytes).map_err(|source| failed(path, source)))
}

/// The same of what is written bit by bit. Where that fails, nothing of it stays.
pub fn fill_by<E: From<FileError>>(
    path: &Path,
    is_forced: bool,
    write: impl FnOnce(&mut File) -> Result<(), E>,
) -> Result<Asked, E> {
    may_stand(path, is_forced)?;
    let fails = |source| failed(path, source);
    let mut content = match unnamed(dir_of(path)) {
        Some(file) => Content::Unnamed(file),
        None => Content::Beside(NamedTempFile::new_in(dir_of(path)).map_err(fails)?),
    };
    write(content.file())?;
    content.file().sync_all().map_err(fails)?;
    Ok(Asked { path: path.to_owned(), is_forced, content })
}

/// Both at once, where nothing has to be done in between.
pub fn write(path: &Path, bytes: &[u8], is_forced: bool) -> Result<(), FileError> {
    fill(path, bytes, is_forced)?.place()
}

impl Asked {
    /// Gives it its name: in place of what is there only where that was forced, and through no link.
    pub fn place(self) -> Result<(), FileError> {
        let Self { path, is_forced, content } = self;
        let fails = |source| failed(&path, source);
        let beside = match content {
            Content::Unnamed(file) if !is_forced => {
                link(&file, &path).map_err(fails)?;
                return sync_dir(&path);
            }
            Content::Unnamed(file) => {
                let made = tempfile::Builder::new().make_in(dir_of(&path), |beside| link(&file, beside));
                made.map_err(fails)?.into_temp_path()
            }
            Content::Beside(file) => file.into_temp_path(),
        };
        let placed = if is_forced { beside.persist(&path) } else { beside.persist_noclobber(&path) };
        placed.map_err(|error| fails(error.error))?;
        sync_dir(&path)
    }
}

impl Content {
    fn file(&mut self) -> &mut File {
        match self {
            Self::Unnamed(file) => file,
            Self::Beside(file) => file.as_file_mut(),
        }
    }
}

/// A file without a name; none where there are no such files.
#[cfg(target_os = "linux")]
fn unnamed(dir: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let file = File::from(open(dir, flags, Mode::RUSR | Mode::WUSR).ok()?);
    // Else it could not be given a name later.
    Path::new(&name_of(&file)).exists().then_some(file)
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_: &Path) -> Option<File> {
    None
}

/// Gives a file without a name one that nothing has.
#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    Ok(linkat(CWD, name_of(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Under which the kernel knows a file that is open.
#[cfg(target_os = "linux")]
fn name_of(file: &File) -> String {
    use std::os::fd::AsRawFd as _;
    format!("/proc/self/fd/{}", file.as_raw_fd())
}

#[cfg(test)]
mod tests {
    use super::super::write_beside;
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn it_stands_alone_is_its_owners_and_is_written_through_no_link() {
        let dir = tempfile::tempdir().unwrap();
        let (path, other) = (dir.path().join("sheet"), dir.path().join("other"));
        std::fs::write(&other, "theirs").unwrap();
        std::os::unix::fs::symlink(&other, &path).unwrap();
        assert!(matches!(write(&path, b"1", false), Err(FileError::Exists(_))));
        write(&path, b"1", true).unwrap();
        assert_eq!(
            (std::fs::read(&other).unwrap(), std::fs::read(&path).unwrap()),
            (b"theirs".to_vec(), b"1".to_vec())
        );
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(dir.path()), ["other", "sheet"]);
    }

    #[test]
    fn until_it_is_placed_nobody_sees_it_and_what_is_there_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sheet");
        drop(fill(&path, b"1", false).unwrap());
        assert_eq!(names(dir.path()), [""; 0]);
        std::fs::write(&path, "before").unwrap();
        let filled = fill(&path, b"2", true).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"before");
        filled.place().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
        assert_eq!(names(dir.path()), ["sheet"]);
    }

    #[test]
    fn one_that_came_meanwhile_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sheet");
        let beside = Content::Beside(write_beside(&path, b"1").unwrap());
        let filled =
            [fill(&path, b"1", false).unwrap(), Asked { path: path.clone(), is_forced: false, content: beside }];
        std::fs::write(&path, "theirs").unwrap();
        for filled in filled {
            assert!(matches!(filled.place(), Err(FileError::Exists(_))));
        }
        assert_eq!(std::fs::read(&path).unwrap(), b"theirs");
        assert_eq!(names(dir.path()), ["sheet"]);
    }

    #[test]
    fn where_the_system_knows_no_files_without_a_name_it_comes_out_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sheet");
        for (bytes, is_forced) in [(b"1", false), (b"2", true)] {
            let content = Content::Beside(write_beside(&path, bytes).unwrap());
            Asked { path: path.clone(), is_forced, content }.place().unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), bytes);
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(names(dir.path()), ["sheet"]);
    }

    #[test]
    fn a_place_where_none_can_stand_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("missing/sheet");
        assert!(matches!(fill(&missing, b"1", true), Err(FileError::NoDirectory(dir)) if missing.starts_with(&dir)));
        for path in [dir.path(), Path::new("/dev/null")] {
            assert!(matches!(fill(path, b"1", true), Err(FileError::NoFile(_))), "{}", path.display());
        }
    }
}
