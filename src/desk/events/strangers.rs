//! Events of threads whose key this desk does not hold, kept as they came, sealed. When a key comes later, by a referral or
//! a new thread key, its events are looked for here: the server is not asked again, because what a desk asks for anew would
//! tell which agency has just got which tip.

use crate::crypto::shape::{EVENT_BUCKETS, sealed_len};
use crate::desk::client::SealedEvent;
use crate::desk::files::{self, FileError};
use crate::desk::profile::Profile;
use crate::model::hex::Hex;
use crate::wire::EventLine;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

const DIR_NAME: &str = "strangers";
const HEAD_LEN: usize = 8 + 1 + 16 + 4;

/// One file of them. What is behind `len` was written by a sync that was cut off, and does not count.
pub struct Strangers {
    path: PathBuf,
    len: u64,
}

impl Strangers {
    /// The file with this number, of which so many bytes count. One that is shorter was lost: none, so that all is read anew.
    pub fn open(profile: &Profile, number: u32, len: u64) -> Result<Option<Self>, FileError> {
        let dir = profile.cache_dir().join(DIR_NAME);
        files::make_dir(&dir)?;
        let path = dir.join(format!("{number}.bin"));
        let there = fs::metadata(&path).map_or(0, |file| file.len());
        Ok((there >= len).then_some(Self { path, len }))
    }

    /// Adds events; they are on disk when this returns. Gives how many bytes count now.
    pub fn add(&mut self, events: &[SealedEvent]) -> Result<u64, FileError> {
        if events.is_empty() {
            return Ok(self.len);
        }
        let mut bytes = Vec::new();
        for SealedEvent { line, sealed } in events {
            bytes.extend(line.seq.to_le_bytes());
            bytes.push(line.slot);
            bytes.extend(line.label.0);
            bytes.extend(line.sealed.to_le_bytes());
            bytes.extend(sealed);
        }
        let write = || {
            let mut file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&self.path)?;
            file.set_len(self.len)?;
            file.seek(SeekFrom::Start(self.len))?;
            file.write_all(&bytes)?;
            file.sync_all()
        };
        write().map_err(|source| FileError::Io { path: self.path.clone(), source })?;
        self.len += bytes.len() as u64;
        Ok(self.len)
    }

    /// Those that `is_sought` says yes to.
    pub fn find(&self, mut is_sought: impl FnMut(&EventLine) -> bool) -> Result<Vec<SealedEvent>, FileError> {
        let mut found = Vec::new();
        if self.len == 0 {
            return Ok(found);
        }
        let read = || -> io::Result<Vec<SealedEvent>> {
            let mut file = BufReader::with_capacity(1 << 20, File::open(&self.path)?.take(self.len));
            while let Some(line) = next_line(&mut file)? {
                let mut sealed = vec![0; usize::try_from(line.sealed).unwrap_or(0)];
                file.read_exact(&mut sealed)?;
                if is_sought(&line) {
                    found.push(SealedEvent { line, sealed });
                }
            }
            Ok(found)
        };
        read().map_err(|source| FileError::Io { path: self.path.clone(), source })
    }

    /// Deletes the files of other numbers.
    pub fn delete_others(&self) {
        let others = self.path.parent().and_then(|dir| fs::read_dir(dir).ok()).into_iter().flatten().flatten();
        for other in others.map(|entry| entry.path()).filter(|path| path.as_path() != Path::new(&self.path)) {
            let _kept = fs::remove_file(other); // the next sync tries again
        }
    }
}

fn next_line(file: &mut impl Read) -> io::Result<Option<EventLine>> {
    let mut head = [0; HEAD_LEN];
    let mut at = 0;
    while at < HEAD_LEN {
        match file.read(&mut head[at..])? {
            0 if at == 0 => return Ok(None),
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => at += read,
        }
    }
    let (seq, rest) = head.split_first_chunk::<8>().expect("the head is longer");
    let (label, len) = rest[1..].split_first_chunk::<16>().expect("the head is longer");
    let sealed = u32::from_le_bytes(len.try_into().expect("what is left are four bytes"));
    let is_one = EVENT_BUCKETS.map(sealed_len).into_iter().any(|len| u32::try_from(len) == Ok(sealed));
    if !is_one {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it is damaged: move it away, and desk reads all events again",
        ));
    }
    Ok(Some(EventLine { seq: u64::from_le_bytes(*seq), slot: rest[0], label: Hex(*label), sealed }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::identity::WorkFactor;
    use crate::desk::profile::{Part, Settings};
    use crate::model::agency::AgencyNumber;

    fn event(seq: u64) -> SealedEvent {
        let len = sealed_len(EVENT_BUCKETS[0]);
        let line = EventLine {
            seq,
            slot: 3,
            label: Hex([u8::try_from(seq).unwrap(); 16]),
            sealed: u32::try_from(len).unwrap(),
        };
        SealedEvent { line, sealed: vec![9; len] }
    }

    fn profile(dir: &Path) -> Profile {
        let settings = Settings::new(Part::Member, "mia", "mia", AgencyNumber(0));
        Profile::create(dir, settings, &age::secrecy::SecretString::from("x"), WorkFactor(2)).unwrap().0
    }

    #[test]
    fn what_was_added_is_found_again_and_what_a_cut_off_sync_left_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let profile = profile(dir.path());
        let mut file = Strangers::open(&profile, 0, 0).unwrap().unwrap();
        let len = file.add(&[event(1), event(2)]).unwrap();
        file.add(&[event(3)]).unwrap();
        let mut again = Strangers::open(&profile, 0, len).unwrap().unwrap();
        assert_eq!(again.find(|_| true).unwrap(), [event(1), event(2)]);
        again.add(&[event(4)]).unwrap();
        assert_eq!(again.find(|line| line.seq != 1).unwrap(), [event(2), event(4)]);
    }

    #[test]
    fn a_file_that_was_lost_is_none_and_files_of_other_numbers_go() {
        let dir = tempfile::tempdir().unwrap();
        let profile = profile(dir.path());
        assert!(Strangers::open(&profile, 7, 1).unwrap().is_none());
        let mut old = Strangers::open(&profile, 7, 0).unwrap().unwrap();
        old.add(&[event(1)]).unwrap();
        let mut new = Strangers::open(&profile, 8, 0).unwrap().unwrap();
        new.add(&[event(2)]).unwrap();
        new.delete_others();
        assert_eq!(new.find(|_| true).unwrap(), [event(2)]);
        assert!(Strangers::open(&profile, 7, 1).unwrap().is_none());
    }
}
