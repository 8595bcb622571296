//! The keyring as this machine has seen it: from the pinned version 0 on, every version checked, the newest remembered.
//! A server that shows an older or another one is refused, and what is known stays as it is.

use super::client::{Client, ClientError};
use super::files::{self, FileError};
use super::profile::Profile;
use crate::crypto::keyring::{KeyringError, Member, SignedVersion, Version, verify_chain, verify_next};
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::wire::KeyringChain;
use std::path::PathBuf;

mod proposed;
mod seen;

use proposed::Watched;
pub use proposed::{IF_WRONG, Proposed};
use seen::Seen;

const FILE_NAME: &str = "keyring.json";
const MAX_BYTES: u64 = 1 << 30;

/// A chain of versions that was checked from version 0 to its newest.
#[derive(Clone, Debug)]
pub struct Chain {
    genesis: Sha256Hash,
    versions: Vec<SignedVersion>,
    newest: Version,
    proposed: Vec<Proposed>,
}

/// Why there is no keyring to go by.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// Nobody has published version 0.
    #[error("the site has no keyring yet")]
    NoKeyring,
    /// The server no longer shows the newest version that was seen here.
    #[error("the server no longer shows version {0} of the keyring, which was seen before: rolled back")]
    Lost(u32),
    /// Recovery admins replaced admins, and the server did not show that it was coming.
    #[error("version {0} of the keyring replaces admins, and the server did not show that this was coming")]
    Unannounced(u32),
    /// A version breaks a rule.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// What was seen last cannot be read.
    #[error("{} is damaged", .0.display())]
    Forgotten(PathBuf),
    /// The copy on this machine is damaged.
    #[error("{} is damaged", .0.display())]
    Damaged(PathBuf),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The server cannot be asked.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl Chain {
    /// Checks a chain from version 0 on.
    pub fn verify(genesis: Sha256Hash, versions: Vec<SignedVersion>) -> Result<Self, ChainError> {
        if versions.is_empty() {
            return Err(ChainError::NoKeyring);
        }
        let newest = verify_chain(&genesis, &versions)?;
        Ok(Self { genesis, versions, newest, proposed: Vec::new() })
    }

    /// A member of the newest version that had one with this id.
    pub fn member_ever(&self, id: &str) -> Option<Member> {
        let of =
            |version: &SignedVersion| version.read().ok()?.staff.members.into_iter().find(|member| member.id == id);
        self.versions.iter().rev().find_map(of)
    }

    /// The chain that a profile remembers; none before the first time.
    pub fn load(profile: &Profile, genesis: Sha256Hash) -> Result<Option<Self>, ChainError> {
        let path = path(profile);
        let bytes = match files::read(&path, MAX_BYTES) {
            Err(FileError::Missing(_)) => return Ok(None),
            read => read?,
        };
        let chain: KeyringChain = serde_json::from_slice(&bytes).map_err(|_| ChainError::Damaged(path))?;
        Self::verify(genesis, chain.versions).map(Some)
    }

    /// Asks the server for what is newer than the profile remembers, checks it and remembers it. On failure everything
    /// stays as it was.
    pub async fn update(profile: &Profile, genesis: Sha256Hash, client: &Client) -> Result<Self, ChainError> {
        let (seen, watched, today) = (Seen::read(profile)?, Watched::read(profile)?, client.today());
        let known = Self::load(profile, genesis)?;
        let from = known.as_ref().map_or(0, |known| known.newest.public.version);
        let KeyringChain { versions: fetched, proposed } = client.chain_from(from).await?;
        let is_old = known.is_some() && fetched.len() == 1;
        let mut chain = match (known, &seen) {
            (None, Some(seen)) if fetched.is_empty() => return Err(ChainError::Lost(seen.version)),
            (None, _) => Self::verify(genesis, fetched)?,
            (Some(known), _) => known.extended(fetched)?,
        };
        if let Some(seen) = &seen {
            seen.check(&chain.versions)?;
        }
        chain.check_recovered(seen.as_ref().map_or(0, |seen| seen.version), &watched, today)?;
        chain.proposed = Proposed::among(&proposed, &chain.newest);
        watched.look(&chain.proposed, today, profile)?;
        if !is_old {
            chain.write(profile)?;
        }
        Seen::of(&chain.newest).remember(seen.as_ref(), profile)?;
        Ok(chain)
    }

    /// Looks at the versions above this one that was seen before.
    fn check_recovered(&self, seen: u32, watched: &Watched, today: Day) -> Result<(), ChainError> {
        let new = usize::try_from(seen).ok().and_then(|seen| self.versions.get(seen..)).unwrap_or_default();
        for pair in new.windows(2) {
            watched.check(&pair[0].read()?.public, &pair[1], today)?;
        }
        Ok(())
    }

    fn write(&self, profile: &Profile) -> Result<(), ChainError> {
        let bytes = serde_json::to_vec(&KeyringChain { versions: self.versions.clone(), proposed: Vec::new() })
            .expect("strings and numbers always serialize");
        Ok(files::replace(&path(profile), &bytes)?)
    }

    /// Takes versions that begin with the newest known one, which must be the very same.
    fn extended(mut self, fetched: Vec<SignedVersion>) -> Result<Self, ChainError> {
        let expected = self.newest.public.version;
        let mut fetched = fetched.into_iter();
        let same = fetched.next().ok_or(ChainError::Lost(expected))?.read()?;
        let found = same.public.version;
        if found < expected {
            return Err(KeyringError::RolledBack { found, known: expected }.into());
        }
        if found > expected {
            return Err(KeyringError::Gap { found, expected }.into());
        }
        if same.hash != self.newest.hash {
            return Err(KeyringError::Fork(found).into());
        }
        for signed in fetched {
            self.newest = verify_next(&self.newest, &signed)?;
            self.versions.push(signed);
        }
        Ok(self)
    }

    /// Every version, from 0 on. They were checked when they came in, so that each reads.
    pub fn versions(&self) -> impl Iterator<Item = Version> {
        self.versions.iter().filter_map(|signed| signed.read().ok())
    }

    /// The newest version.
    pub fn newest(&self) -> &Version {
        &self.newest
    }

    /// What recovery admins propose to follow it, as the server said when it was asked last.
    pub fn proposed(&self) -> &[Proposed] {
        &self.proposed
    }

    /// Hash of version 0.
    pub fn genesis(&self) -> &Sha256Hash {
        &self.genesis
    }
}

fn path(profile: &Profile) -> PathBuf {
    profile.cache_dir().join(FILE_NAME)
}
