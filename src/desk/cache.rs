//! What was opened, kept on this machine so that it need not be opened again: a row of segments, each an age file sealed
//! to the device key, never changed once written. Whatever is interrupted, the segments that are there are whole.

use super::canary::KnownCanary;
use super::events::outbox::Outbox;
use super::files::{self, FileError};
use super::profile::Profile;
use crate::crypto::file;
use crate::crypto::hybrid::{HybridIdentity, HybridRecipient};
use crate::model::tip::TipId;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::hint;
use std::mem;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

mod known;
mod merge;

pub use known::{EventProgress, Known, KnownEvent, KnownTip, Progress, SpoiltEvent, ThreadSecret, UnreadableTip};

const FORMAT: u32 = 6;
const SEGMENTS_NAME: &str = "segments";
const LOCK_NAME: &str = "lock";
const EXTENSION: &str = "age";
/// More than any batch of a sync brings, sealed, and than what is merged.
const MAX_SEGMENT: u64 = 128 << 20;
/// 64 of the largest letters.
const LARGEST_BATCH: u64 = 64 * 263_851;
const _: () = assert!(LARGEST_BATCH < MAX_SEGMENT && merge::FULL < MAX_SEGMENT, "what was written is read again");

/// What one batch of a sync brought.
#[derive(Clone, Serialize, Deserialize)]
pub struct Segment {
    format: u32,
    /// The number of the first segment that this one stands for.
    first: u32,
    /// How far the sync had come with this batch.
    pub progress: Progress,
    /// What opened.
    pub tips: Vec<KnownTip>,
    /// What should have.
    pub unreadable: Vec<UnreadableTip>,
    /// Which letters follow which: the later one, then the first.
    pub links: Vec<(TipId, TipId)>,
    /// Events that are new.
    #[serde(default)]
    pub events: Vec<KnownEvent>,
    /// What stands among events and is none.
    #[serde(default)]
    pub spoilt: Vec<SpoiltEvent>,
    /// Canaries that are new.
    #[serde(default)]
    pub canaries: Vec<KnownCanary>,
}

/// The cache of one profile, held by this process alone until it is dropped.
pub struct Cache {
    dir: PathBuf,
    device: HybridIdentity,
    recipient: HybridRecipient,
    next_number: u32,
    /// What waits to be sent. Here because both are used by one process at a time.
    pub(super) outbox: Outbox,
    _lock: File,
}

/// Why the cache cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// A segment is not what was written.
    #[error("{} is damaged", .0.display())]
    Damaged(PathBuf),
    /// A segment was written by another version of this program. Nobody outside this module sees it.
    #[error("the cache has another format")]
    OtherFormat,
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Cache {
    /// Opens the cache, waits until no other process uses it, and reads what is known. A cache that another version of this
    /// program wrote is emptied: it holds nothing that cannot be brought again.
    pub fn open(profile: &Profile, device: &HybridIdentity) -> Result<(Self, Known), CacheError> {
        let dir = profile.cache_dir().join(SEGMENTS_NAME);
        files::make_dir(&dir)?;
        let lock = lock(&profile.cache_dir().join(LOCK_NAME))?;
        let recipient = device.to_recipient();
        let outbox = Outbox::open(profile, device)?;
        let mut known = Known { unsent: outbox.unsent(), ..Known::default() };
        let mut cache = Self { dir, device: device.clone(), recipient, next_number: 1, outbox, _lock: lock };
        let segments = match cache.read_all() {
            Err(CacheError::OtherFormat) => {
                cache.empty()?;
                Vec::new()
            }
            read => read?,
        };
        for (number, segment) in segments {
            cache.next_number = number + 1;
            known.add(segment);
        }
        Ok((cache, known))
    }

    /// Writes what a batch brought, and gives it back. It is on disk when this returns.
    pub fn append(&mut self, mut segment: Segment) -> Result<Segment, CacheError> {
        segment.first = self.next_number;
        self.write(self.next_number, &segment)?;
        self.next_number += 1;
        Ok(segment)
    }

    fn write(&self, number: u32, segment: &Segment) -> Result<(), CacheError> {
        let plain = Zeroizing::new(serde_json::to_vec(segment).expect("strings and numbers always serialize"));
        Ok(files::replace(&self.path(number), &file::seal(&self.recipient, &plain))?)
    }

    /// Every segment that still counts, in order. Files that a later one stands for, and remains of interrupted writes,
    /// are deleted.
    fn read_all(&self) -> Result<Vec<(u32, Segment)>, CacheError> {
        let numbers = self.numbers()?;
        let read: Result<Vec<_>, CacheError> =
            numbers.par_iter().map(|&number| Ok((number, self.read(number)?))).collect();
        let mut segments = Vec::new();
        let mut stood_for_from = u32::MAX;
        for (number, segment) in read?.into_iter().rev() {
            if number >= stood_for_from {
                fs::remove_file(self.path(number)).map_err(|source| self.failed(source))?;
                continue;
            }
            stood_for_from = segment.first;
            segments.push((number, segment));
        }
        segments.reverse();
        Ok(segments)
    }

    fn numbers(&self) -> Result<Vec<u32>, CacheError> {
        let mut numbers = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(|source| self.failed(source))? {
            let path = entry.map_err(|source| self.failed(source))?.path();
            let stem = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            match stem.filter(|number| self.path(*number) == path) {
                Some(number) => numbers.push(number),
                None => fs::remove_file(&path).map_err(|source| self.failed(source))?,
            }
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn read(&self, number: u32) -> Result<Segment, CacheError> {
        let path = self.path(number);
        let (sealed, len) = files::open(&path, MAX_SEGMENT).map_err(|error| match error {
            FileError::TooLarge(_) => CacheError::OtherFormat, // an earlier version wrote such
            other => other.into(),
        })?;
        let plain = file::open_from(&self.device, sealed, len).map_err(|_| CacheError::Damaged(path.clone()))?;
        // As text that was checked at once: from bytes, each string would be checked by itself.
        let text = str::from_utf8(&plain).unwrap_or_default();
        let read = match serde_json::from_str::<Segment>(text) {
            Ok(segment) if segment.format == FORMAT && segment.first <= number => Ok(segment),
            _ if is_other_format(&plain) => Err(CacheError::OtherFormat),
            _ => Err(CacheError::Damaged(path)),
        };
        wipe(plain);
        read
    }

    fn empty(&self) -> Result<(), CacheError> {
        for number in self.numbers()? {
            fs::remove_file(self.path(number)).map_err(|source| self.failed(source))?;
        }
        Ok(())
    }

    fn path(&self, number: u32) -> PathBuf {
        self.dir.join(format!("{number:06}.{EXTENSION}"))
    }

    fn failed(&self, source: std::io::Error) -> CacheError {
        FileError::Io { path: self.dir.clone(), source }.into()
    }
}

impl Segment {
    /// An empty one that reaches this far.
    pub fn new(progress: Progress) -> Self {
        let (tips, unreadable, links, events, spoilt, canaries) = Default::default();
        Self { format: FORMAT, first: 0, progress, tips, unreadable, links, events, spoilt, canaries }
    }
}

/// Wipes what `zeroize` would, which takes a sixth of the time of opening a cache: it writes one byte after the other.
fn wipe(mut plain: Zeroizing<Vec<u8>>) {
    let mut bytes = mem::take(&mut *plain);
    bytes.fill(0);
    hint::black_box(&bytes); // or the compiler would see that nobody reads what was filled
}

fn is_other_format(plain: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Versioned {
        format: u32,
    }
    serde_json::from_slice(plain).is_ok_and(|Versioned { format }| format != FORMAT)
}

fn lock(path: &Path) -> Result<File, FileError> {
    let failed = |source| FileError::Io { path: path.to_owned(), source };
    let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(path).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

#[cfg(test)]
#[path = "cache/tests.rs"]
mod tests;
