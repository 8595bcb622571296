//! Tells the server which tips are no junk: those that this desk has opened. Never at once, so that what a member opens
//! and when does not show: each batch waits a random time of days, and goes shuffled with all that is due by then.
//! What waits is remembered in a sealed file beside the cache. When that is lost, all is told again, which changes nothing.
//!
//! It also knows how far this desk may say that it has read: no further than the server was told what of that is no junk.
//! Else a desk that first came on an agency's thirtieth day would let its tips be purged while its word for them waits.

use super::cache::{Known, KnownTip};
use super::client::Client;
use super::files::{self, FileError};
use super::profile::Profile;
use super::random;
use crate::crypto::file;
use crate::crypto::hybrid::HybridIdentity;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use crate::wire::{KeepTokens, MAX_KEEP_TOKENS};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Seconds that a batch waits at least.
pub const SHORTEST_WAIT: u64 = DAY;
/// Seconds within which it is due.
pub const LONGEST_WAIT: u64 = 4 * DAY;

const DAY: u64 = 86_400;
/// Seconds between two marks.
const MARK_EVERY: u64 = DAY / 4;
const FORMAT: u32 = 1;
const FILE_NAME: &str = "keep.age";
const MAX_BYTES: u64 = 1 << 28;

/// What this desk has not told yet. Belongs to a cache, and is used only while that is held.
pub struct KeepQueue {
    path: PathBuf,
    device: HybridIdentity,
    state: State,
}

/// What the sealed file holds.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    format: u32,
    /// How many of the known tips, in the order in which they came, were put into a batch.
    queued: usize,
    waiting: Vec<Waiting>,
    /// How far the list was read, and from when on that is told.
    #[serde(default)]
    marks: Vec<Mark>,
    /// How far it was told.
    #[serde(default)]
    told: u64,
}

/// The end of one sync. All that it opened is due by then, whether that is anything or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// Seconds since 1970 from which on it counts.
    due: u64,
    /// The last number of the list.
    read: u64,
}

/// Tips that were opened in one sync.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    /// Seconds since 1970 from which on it may be told.
    due: u64,
    tips: Vec<TipId>,
}

impl KeepQueue {
    /// Reads what waits. A file that is not what was written counts for nothing: then all is told again.
    pub fn open(profile: &Profile, device: &HybridIdentity) -> Result<Self, FileError> {
        let path = path(profile);
        let state = match files::read(&path, MAX_BYTES) {
            Ok(sealed) => read(&sealed, device).unwrap_or_default(),
            Err(FileError::Missing(_)) => State::default(),
            Err(error) => return Err(error),
        };
        Ok(Self { path, device: device.clone(), state })
    }

    /// Puts what was opened since the last time into batches, each with a waiting time of its own.
    pub fn add_new(&mut self, known: &Known, now: u64) -> Result<(), FileError> {
        if self.state.queued > known.tips.len() {
            self.state = State::default(); // the cache was made anew
        }
        let new = &known.tips[self.state.queued..];
        if new.is_empty() {
            return Ok(());
        }
        self.state.waiting.extend(new.chunks(MAX_KEEP_TOKENS).map(|tips| Waiting {
            due: now + SHORTEST_WAIT + random::below(LONGEST_WAIT - SHORTEST_WAIT),
            tips: tips.iter().map(|tip| tip.letter.id).collect(),
        }));
        self.state.queued = known.tips.len();
        self.write()
    }

    /// Forgets what was told: known tips are no longer in the order in which they were counted.
    pub fn start_anew(&mut self) {
        self.state = State::default();
    }

    /// Remembers that the whole list was read, with every key, up to `read`.
    pub fn mark_read(&mut self, read: u64, now: u64) -> Result<(), FileError> {
        let due = now + LONGEST_WAIT;
        let covers = |mark: &Mark| mark.read >= read || mark.due.abs_diff(due) < MARK_EVERY;
        if self.state.told >= read || self.state.marks.iter().any(covers) {
            return Ok(());
        }
        self.state.marks.push(Mark { due, read });
        self.write()
    }

    /// How far this desk may say that it has read: everything up to there that it can open, the server knows to be no junk.
    pub fn told_through(&mut self, now: u64) -> Result<u64, FileError> {
        if self.state.waiting.iter().any(|waiting| waiting.due <= now) {
            return Ok(self.state.told); // the server did not take it
        }
        let (due, later): (Vec<Mark>, Vec<Mark>) = self.state.marks.iter().copied().partition(|mark| mark.due <= now);
        // A mark that lies further ahead than any wait was made while the clock was wrong.
        let later: Vec<Mark> = later.into_iter().filter(|mark| mark.due <= now + LONGEST_WAIT).collect();
        if later.len() < self.state.marks.len() {
            self.state.told = due.iter().map(|mark| mark.read).max().unwrap_or(0).max(self.state.told);
            self.state.marks = later;
            self.write()?;
        }
        Ok(self.state.told)
    }

    /// Tells the server what is due. What it does not take stays for the next time, and nobody is bothered with it.
    pub async fn send_due(&mut self, known: &Known, client: &Client, now: u64) -> Result<(), FileError> {
        // A batch whose time lies further ahead than any wait was made while the clock was wrong.
        let is_due = |waiting: &Waiting| waiting.due <= now || waiting.due > now + LONGEST_WAIT;
        let mut due: Vec<TipId> = self
            .state
            .waiting
            .iter()
            .filter(|&waiting| is_due(waiting))
            .flat_map(|waiting| waiting.tips.clone())
            .collect();
        random::shuffle(&mut due);
        let tips: HashMap<TipId, &KnownTip> = known.tips.iter().map(|tip| (tip.letter.id, tip)).collect();
        for batch in due.chunks(MAX_KEEP_TOKENS) {
            let tokens = batch.iter().filter_map(|id| token(tips.get(id)?)).collect();
            if client.keep(&KeepTokens { tokens }).await.is_err() {
                break;
            }
            let told: HashSet<&TipId> = batch.iter().collect();
            for waiting in &mut self.state.waiting {
                waiting.tips.retain(|id| !told.contains(id));
            }
            self.state.waiting.retain(|waiting| !waiting.tips.is_empty());
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), FileError> {
        self.state.format = FORMAT;
        let plain = Zeroizing::new(serde_json::to_vec(&self.state).expect("strings and numbers always serialize"));
        files::replace(&self.path, &file::seal(&self.device.to_recipient(), &plain))
    }
}

/// Where the file lies.
pub fn path(profile: &Profile) -> PathBuf {
    profile.cache_dir().join(FILE_NAME)
}

fn read(sealed: &[u8], device: &HybridIdentity) -> Option<State> {
    let state: State = serde_json::from_slice(&file::open(device, sealed).ok()?).ok()?;
    (state.format == FORMAT).then_some(state)
}

fn token(tip: &KnownTip) -> Option<Hex<32>> {
    Some(Hex(tip.thread_key()?.custody_token().0))
}
