//! The newest version of the keyring that this profile has seen: what a server may never go behind, also when everything
//! that can be fetched again was cleared away.

use super::ChainError;
use crate::crypto::keyring::{KeyringError, SignedVersion, Version};
use crate::desk::files::{self, FileError};
use crate::desk::profile::Profile;
use crate::model::hex::Sha256Hash;
use serde::{Deserialize, Serialize};

const MAX_BYTES: u64 = 1024;

/// Number and hash of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its number.
    pub version: u32,
    hash: Sha256Hash,
}

impl Seen {
    /// This version's.
    pub fn of(version: &Version) -> Self {
        Self { version: version.public.version, hash: version.hash }
    }

    /// What a profile remembers; none before the first time.
    pub fn read(profile: &Profile) -> Result<Option<Self>, ChainError> {
        let path = profile.seen_path();
        match files::read(&path, MAX_BYTES) {
            Err(FileError::Missing(_)) => Ok(None),
            read => serde_json::from_slice(&read?).map(Some).map_err(|_| ChainError::Forgotten(path)),
        }
    }

    /// Whether the version stands in a chain that begins with version 0.
    pub fn check(&self, chain: &[SignedVersion]) -> Result<(), ChainError> {
        let at = usize::try_from(self.version).ok().and_then(|at| chain.get(at));
        let there = at.ok_or(ChainError::Lost(self.version))?.read()?;
        if there.hash == self.hash { Ok(()) } else { Err(KeyringError::Fork(self.version).into()) }
    }

    /// Remembers it in place of what was remembered before.
    pub fn remember(&self, before: Option<&Self>, profile: &Profile) -> Result<(), ChainError> {
        if before == Some(self) {
            return Ok(());
        }
        let bytes = serde_json::to_vec(self).expect("numbers and hex always serialize");
        Ok(files::replace(&profile.seen_path(), &bytes)?)
    }
}
