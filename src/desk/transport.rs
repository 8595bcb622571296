//! The key that copies of agency keys are sealed to, on this machine: it rolls, so that whoever takes the machine later opens
//! nothing that was sealed before. One small file, sealed to the device's own key, which is always replaced whole.

use super::cache::ThreadSecret;
use super::files;
use super::profile::{Profile, ProfileError};
use crate::crypto::file;
use crate::crypto::hybrid::HybridIdentity;
use crate::model::day::Day;
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const FILE_NAME: &str = "transport.age";
const FORMAT: u32 = 1;
const MAX_BYTES: u64 = 16 << 20;

/// What is in the file. No `Debug`: it holds keys.
pub struct Transport {
    /// What is sealed to the person is sealed to this.
    pub current: HybridIdentity,
    /// What it was sealed to before; destroyed a few days after.
    pub older: Option<HybridIdentity>,
    /// The day of the first sync with the current one; none before.
    pub since: Option<Day>,
    /// Whether the server has taken the current one.
    pub is_told: bool,
    /// Later thread keys of tips that were sealed to the person alone, under keys that are destroyed.
    pub given: Vec<(TipId, ThreadSecret)>,
}

/// The plaintext.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct Document {
    format: u32,
    current: String,
    older: Option<String>,
    #[zeroize(skip)]
    since: Option<Day>,
    is_told: bool,
    #[zeroize(skip)] // these wipe themselves
    given: Vec<(TipId, ThreadSecret)>,
}

impl Transport {
    /// With the key that the keyring names.
    pub const fn first(current: HybridIdentity) -> Self {
        Self { current, older: None, since: None, is_told: true, given: Vec::new() }
    }

    /// What a profile holds.
    pub fn read(profile: &Profile, device: &HybridIdentity) -> Result<Self, ProfileError> {
        let path = path(profile);
        let sealed = files::read(&path, MAX_BYTES)?;
        Self::open(&sealed, device).ok_or(ProfileError::Malformed(path))
    }

    fn open(sealed: &[u8], device: &HybridIdentity) -> Option<Self> {
        let text = file::open(device, sealed).ok()?;
        let mut document: Document = serde_json::from_slice(&text).ok()?;
        let older = document.older.as_deref().map(str::parse).transpose().ok()?;
        (document.format == FORMAT).then_some(())?;
        let given = std::mem::take(&mut document.given);
        let (current, since) = (document.current.parse().ok()?, document.since);
        Some(Self { current, older, since, is_told: document.is_told, given })
    }

    /// Puts it in the place of what the profile holds: whoever is cut off has the old one or the new one, whole.
    pub fn write(&self, profile: &Profile, device: &HybridIdentity) -> Result<(), ProfileError> {
        let document = Document {
            format: FORMAT,
            current: self.current.expose_text().to_string(),
            older: self.older.as_ref().map(|key| key.expose_text().to_string()),
            since: self.since,
            is_told: self.is_told,
            given: self.given.clone(),
        };
        let text = Zeroizing::new(serde_json::to_vec(&document).expect("strings and numbers always serialize"));
        Ok(files::replace(&path(profile), &file::seal(&device.to_recipient(), &text))?)
    }

    /// The key in use and the one before.
    pub fn into_keys(self) -> (HybridIdentity, Option<HybridIdentity>) {
        (self.current, self.older)
    }

    /// A new key takes the place of the current one. Nothing is destroyed, and nobody knows of it yet.
    pub fn roll(&mut self, today: Day) {
        self.older = Some(std::mem::replace(&mut self.current, HybridIdentity::generate()));
        (self.since, self.is_told) = (Some(today), false);
    }
}

fn path(profile: &Profile) -> PathBuf {
    profile.dir().join(FILE_NAME)
}
