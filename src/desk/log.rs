//! A member's own log: every time that the keys of this profile were used to open, share, write out or decide something, and
//! every time that they could not be. Lines name acts, ids, agencies, kinds of file, the hour and the outcome, and no word of
//! any tip. `docs/PROTOCOL.md` section 11.
//!
//! Each line names the one before it, is signed with the profile's key and sealed to its device key, and is on disk before
//! what it tells of is shown. A wrong passphrase leaves a line that nobody can sign; the next signed one stands on it.

use super::files::{self, FileError};
use super::identity::Identity;
use super::profile::Profile;
use super::random;
use crate::crypto::file;
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::pad;
use crate::crypto::sign::{self, Purpose, canonical};
use crate::model::day::Day;
use crate::model::hex::{Hex, Nonce16, Sha256Hash, SignatureBytes};
use crate::model::tip::TipId;
use frames::{Frame, Frames};
use head::Head;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

mod acting;
mod frames;
mod head;
mod prune;
mod read;
mod verify;

pub use acting::Acting;
pub use prune::{KEPT_DAYS, PruneError};
pub use read::{Entry, read};
pub use verify::{LogFinding, LogReport, Pin, verify};

/// The only format there is.
const FORMAT: u32 = 1;
const DIR_NAME: &str = "log";
const RECIPIENT_NAME: &str = "recipient";
const MAX_RECIPIENT: u64 = 8 * 1024;
/// Ids in one line; an act on more tips makes several lines.
pub const MAX_TIPS: usize = 200;
/// The verb of a line that tells of a wrong passphrase: the one that may be unsigned.
pub const UNLOCKING: &str = "unlock";
/// The verb of a line that takes older lines away.
pub const PRUNING: &str = "audit prune";

/// The name of a line: SHA-256 of its text.
pub type LineHash = Sha256Hash;

/// One line. Its text is canonical JSON of this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// [`FORMAT`].
    format: u32,
    /// Its place, from 1 on.
    pub number: u64,
    /// The name of the line before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<LineHash>,
    /// Random, so that a name does not tell what the line says.
    nonce: Nonce16,
    /// The id of whose profile it is.
    pub member: String,
    /// The hour, such as `2026-11-24T01Z`, by this machine's clock.
    pub hour: String,
    /// What was found wrong with the log when this line was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed: Option<Noticed>,
    /// What was done.
    pub act: Act,
}

/// What was done, or was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// The words of the command.
    pub verb: String,
    /// The tips that it was about, as far as there are few of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tips: Vec<TipId>,
    /// How many tips there were in a list of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<u64>,
    /// The number of the agency that it was for, or `outside`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The kind of file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Whether it was only looked at what would be done.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_dry: bool,
    /// The first line that was kept, where older ones were taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_from: Option<u64>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done, or begun.
    #[default]
    Done,
    /// The source's wishes, or a legal hold, forbade it.
    Refused,
    /// No key for it, or not a reader.
    NoKey,
    /// There is no such tip.
    NotFound,
    /// Someone else was first.
    Conflict,
    /// The server could not be asked.
    Network,
    /// Something was not what it should be.
    Integrity,
    /// The words made no sense.
    Usage,
    /// It was interrupted.
    Interrupted,
    /// Anything else.
    Failed,
    /// The passphrase was wrong.
    WrongPassphrase,
}

/// What was wrong with the log when a line was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noticed {
    /// Lines that had been written were gone.
    Cut,
    /// What remembers the newest line was gone, or was not what this profile wrote.
    NoHead,
    /// The newest line was another than the one that was remembered.
    OtherLine,
}

/// A line as it lies inside the seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedLine {
    /// The text that was signed.
    line: String,
    /// None of a wrong passphrase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signature: Option<SignatureBytes>,
}

/// Why nothing could be written into the log, so that nothing is done.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// Something in it is no line.
    #[error("the log {} is damaged after line {after}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// The last line that is whole.
        after: u64,
    },
    /// Another process does not let go of it.
    #[error("another desk of this profile has the log, and does not let go of it: {}", .0.display())]
    Busy(PathBuf),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The log of an unlocked profile.
#[derive(Clone)]
pub struct Log {
    dir: PathBuf,
    member: String,
    identity: Arc<Identity>,
}

impl Log {
    /// The log of a profile. Nothing is written yet but the key to which a wrong passphrase is sealed.
    pub fn of(profile: &Profile, identity: &Arc<Identity>) -> Result<Self, LogError> {
        let dir = dir(profile);
        begin(profile, identity)?;
        Ok(Self { dir, member: profile.settings().id.clone(), identity: identity.clone() })
    }

    /// Writes a line. It is on disk when this returns.
    pub fn append(&self, act: Act, now: u64) -> Result<LineHash, LogError> {
        let mut frames = Frames::open(&self.dir)?;
        self.append_to(&mut frames, act, now)
    }

    fn append_to(&self, frames: &mut Frames, act: Act, now: u64) -> Result<LineHash, LogError> {
        let last = frames.last()?;
        let head = Head::read(&self.dir, &self.identity)?;
        let (before, noticed) = match (last, head) {
            (None, None) => (None, None),
            (Some(last), None) => (Some(last), Some(Noticed::NoHead)),
            (None, Some(head)) => (Some(head), Some(Noticed::Cut)),
            (Some(last), Some(head)) if last.0 < head.0 => (Some(head), Some(Noticed::Cut)),
            (Some(last), Some(head)) => {
                let is_there = frames.name_at(head.0)? == Some(head.1);
                (Some(last), (!is_there).then_some(Noticed::OtherLine))
            }
        };
        let line = Line::new(before, &self.member, now, noticed, act);
        let text = canonical(&line);
        let signature = Some(sign::sign(&self.identity.signing, Purpose::Log, text.as_bytes()));
        let name =
            put(frames, &self.identity.device.to_recipient(), line.number, &SignedLine { line: text, signature })?;
        Head(line.number, name).write(&self.dir, &self.identity)?;
        Ok(name)
    }
}

/// Writes a line about a wrong passphrase: without any key, so that nobody can sign it.
pub fn note_wrong_passphrase(profile: &Profile, now: u64) -> Result<(), LogError> {
    let dir = dir(profile);
    let Some(recipient) = recipient(&dir)? else { return Ok(()) };
    let mut frames = Frames::open(&dir)?;
    let act = Act { verb: UNLOCKING.into(), outcome: Outcome::WrongPassphrase, ..Act::default() };
    let line = Line::new(frames.last()?, &profile.settings().id, now, None, act);
    let signed = SignedLine { line: canonical(&line), signature: None };
    put(&mut frames, &recipient, line.number, &signed)?;
    Ok(())
}

/// Leaves the key to which a wrong passphrase is sealed where it is found without any.
pub fn begin(profile: &Profile, identity: &Identity) -> Result<(), LogError> {
    let dir = dir(profile);
    files::make_dir(&dir)?;
    let ours = identity.device.to_recipient();
    let is_there = recipient(&dir)?.is_some_and(|there| there.to_string() == ours.to_string());
    if !is_there {
        files::replace(&dir.join(RECIPIENT_NAME), ours.to_string().as_bytes())?;
    }
    Ok(())
}

/// Where the log lies: not in the cache, which may be cleared.
pub fn dir(profile: &Profile) -> PathBuf {
    profile.dir().join(DIR_NAME)
}

/// None before a profile was unlocked for the first time, and where something else lies there.
fn recipient(dir: &Path) -> Result<Option<HybridRecipient>, FileError> {
    match files::read(&dir.join(RECIPIENT_NAME), MAX_RECIPIENT) {
        Err(FileError::Missing(_) | FileError::TooLarge(_)) => Ok(None),
        Err(error) => Err(error),
        Ok(text) => Ok(std::str::from_utf8(&text).ok().and_then(|text| text.trim().parse().ok())),
    }
}

fn put(frames: &mut Frames, to: &HybridRecipient, number: u64, signed: &SignedLine) -> Result<LineHash, LogError> {
    let name = Hex(Sha256::digest(&signed.line).into());
    let text = serde_json::to_vec(signed).expect("strings always serialize");
    let padded = Zeroizing::new(pad::to_event_bucket(text).expect("a line has no more ids than fit"));
    frames.append(&Frame { number, name, sealed: file::seal(to, &padded) })?;
    Ok(name)
}

impl Line {
    fn new(before: Option<(u64, LineHash)>, member: &str, now: u64, noticed: Option<Noticed>, act: Act) -> Self {
        let number = before.map_or(0, |(number, _)| number) + 1;
        let (previous, nonce) = (before.map(|(_, name)| name), Hex(random::bytes()));
        Self { format: FORMAT, number, previous, nonce, member: member.to_owned(), hour: hour(now), noticed, act }
    }

    /// Its day; none when the hour is none.
    pub fn day(&self) -> Option<Day> {
        self.hour.get(..10)?.parse().ok()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_false(what: &bool) -> bool {
    !*what
}

/// The hour of a time in seconds since 1970.
fn hour(now: u64) -> String {
    format!("{}T{:02}Z", super::notices::today(now), now / 3_600 % 24)
}

#[cfg(test)]
mod tests;
