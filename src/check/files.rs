//! The data directory: whose it is, who may look into it, and how much room there is.

use super::Finding;
use crate::store::disk::free_percent;
use crate::wire::{LITTLE_ROOM, NO_ROOM};
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// Whether the folder and everything in it belong to this account alone.
pub fn data(dir: &Path) -> Finding {
    const NAME: &str = "data directory";
    let unreadable = |error: io::Error| {
        Finding::fail(NAME, format!("{}: {error}", dir.display()), "the server makes it when it first starts")
    };
    let metadata = match dir.metadata() {
        Ok(metadata) => metadata,
        Err(error) => return unreadable(error),
    };
    if !metadata.is_dir() {
        return Finding::fail(NAME, format!("{} is not a folder", dir.display()), "--data takes a folder");
    }
    if !is_ours(&metadata) {
        let text = format!("{} belongs to another account", dir.display());
        return Finding::fail(NAME, text, "run this as the account that the server runs as");
    }
    match open_to_others(dir, &metadata) {
        Ok(None) => Finding::ok(NAME, format!("{}, for this account alone", dir.display())),
        Ok(Some(path)) => {
            let hint = "take others' rights away: chmod 700 for the folder, 600 for what is in it";
            Finding::fail(NAME, format!("{path} is open to other users of this machine"), hint)
        }
        Err(error) => unreadable(error),
    }
}

/// The first of the folder and its files that anyone else may use, or that is not ours.
fn open_to_others(dir: &Path, metadata: &Metadata) -> io::Result<Option<String>> {
    let is_open = |metadata: &Metadata| metadata.mode() & 0o077 != 0 || !is_ours(metadata);
    if is_open(metadata) {
        return Ok(Some(dir.display().to_string()));
    }
    for entry in dir.read_dir()? {
        let entry = entry?;
        match entry.metadata() {
            Ok(metadata) if is_open(&metadata) => return Ok(Some(entry.path().display().to_string())),
            // The database's side files come and go while the server runs.
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(None)
}

fn is_ours(metadata: &Metadata) -> bool {
    metadata.uid() == rustix::process::geteuid().as_raw()
}

/// How much room there is for what comes.
pub fn disk(dir: &Path) -> Finding {
    const NAME: &str = "disk";
    match free_percent(dir) {
        Ok(percent) => room(percent),
        Err(error) => Finding::fail(NAME, format!("cannot be asked: {error}"), "is the disk there?"),
    }
}

fn room(percent: u8) -> Finding {
    const NAME: &str = "disk";
    let text = format!("{percent} % free");
    let hint = "make room, or move the data directory to a larger disk: a full one takes no tips";
    match percent {
        _ if percent < NO_ROOM => Finding::fail(NAME, text, hint),
        _ if percent < LITTLE_ROOM => Finding::warn(NAME, text, hint),
        _ => Finding::ok(NAME, text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;

    #[test]
    fn room_for_less_than_a_fifth_is_little_and_for_a_twentieth_none() {
        let found = [100, 20, 19, 5, 4, 0].map(|percent| room(percent).status);
        assert_eq!(found, [Status::Ok, Status::Ok, Status::Warn, Status::Warn, Status::Fail, Status::Fail]);
    }
}
