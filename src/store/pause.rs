//! Whether those who run the site have closed the form for a while: a file of its own beside the store, so that it can be closed
//! while the store fails, and seen by whoever looks into the folder.

use crate::model::day::Day;
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

const FILE_NAME: &str = "paused";
const NEW_NAME: &str = "paused.new";

/// The form is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The day on which sources are told to come back. Nothing opens by itself on it.
    pub until: Option<Day>,
}

/// The pause of the site whose store is in `dir`; none while its form is open. A file that makes no sense is a pause, too.
pub fn read(dir: &Path) -> io::Result<Option<Pause>> {
    match fs::read(dir.join(FILE_NAME)) {
        Ok(text) => Ok(Some(serde_json::from_slice(&text).unwrap_or_default())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Closes the form, from the next request on.
pub fn close(dir: &Path, pause: Pause) -> io::Result<()> {
    let text = serde_json::to_vec(&pause).expect("a day always serializes");
    let new: PathBuf = dir.join(NEW_NAME);
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&new)?;
    file.write_all(&text)?;
    file.sync_all()?;
    fs::rename(new, dir.join(FILE_NAME))?;
    fs::File::open(dir)?.sync_all()
}

/// Opens it again. False when it was open.
pub fn open(dir: &Path) -> io::Result<bool> {
    match fs::remove_file(dir.join(FILE_NAME)) {
        Ok(()) => fs::File::open(dir)?.sync_all().map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_closed_until_it_is_opened_and_by_whatever_lies_there() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()).unwrap(), None);
        let pause = Pause { until: Some("2026-12-01".parse().unwrap()) };
        for next in [pause, Pause::default()] {
            close(dir.path(), next).unwrap();
            assert_eq!(read(dir.path()).unwrap(), Some(next));
        }
        fs::write(dir.path().join(FILE_NAME), "half a li").unwrap();
        assert_eq!(read(dir.path()).unwrap(), Some(Pause::default()));
        assert!(open(dir.path()).unwrap());
        assert_eq!((open(dir.path()).unwrap(), read(dir.path()).unwrap()), (false, None));
    }
}
