//! Reading the log again: every line that is there, opened as far as it opens.

use super::frames::{Found, Frame, Frames};
use super::head::Head;
use super::{FORMAT, Line, LineHash, LogError, SignedLine, dir};
use crate::crypto::file;
use crate::crypto::pad;
use crate::crypto::sign::canonical;
use crate::desk::identity::Identity;
use crate::desk::profile::Profile;
use crate::model::hex::{Hex, SignatureBytes};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

/// A line as it lies in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place, as the file says.
    pub number: u64,
    /// Its name, as the file says.
    pub name: LineHash,
    /// What it says; none when it was changed since it was written.
    pub opened: Option<Opened>,
}

/// What a line says, and what was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The line.
    pub line: Line,
    /// Its text.
    pub text: String,
    /// The signature over that.
    pub signature: Option<SignatureBytes>,
}

/// Everything in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// All lines, in the order of the file.
    pub entries: Vec<Entry>,
    /// The numbers of lines behind which something lies that is no line; 0 is the beginning of the file.
    pub damaged_after: Vec<u64>,
    /// Number and name of the newest line, as was remembered.
    pub head: Option<(u64, LineHash)>,
}

/// Reads all of it.
pub fn read(profile: &Profile, identity: &Identity) -> Result<Whole, LogError> {
    let dir = dir(profile);
    let Found { frames, damaged_after } = Frames::open(&dir)?.all()?;
    let entries = frames.par_iter().map(|frame| entry(frame, identity)).collect();
    Ok(Whole { entries, damaged_after, head: Head::read(&dir, identity)? })
}

pub(super) fn entry(frame: &Frame, identity: &Identity) -> Entry {
    let opened = open(frame, identity);
    Entry { number: frame.number, name: frame.name, opened }
}

fn open(frame: &Frame, identity: &Identity) -> Option<Opened> {
    let padded = file::open(&identity.device, &frame.sealed).ok()?;
    let SignedLine { line: text, signature } = serde_json::from_slice(pad::without_event_padding(&padded)?).ok()?;
    let line: Line = serde_json::from_str(&text).ok()?;
    let is_so = line.format == FORMAT
        && line.number == frame.number
        && Hex(Sha256::digest(&text).into()) == frame.name
        && canonical(&line) == text;
    is_so.then_some(Opened { line, text, signature })
}
