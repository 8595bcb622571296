//! An agency's capsules, sealed again to its newest key: those that open as the same to the new key, all others as new
//! decoys, so that nobody can tell the two apart. Then a colleague's desk checks each before the old one goes.
//!
//! A desk that lacks the key of any epoch in use seals nothing and checks nothing: what it could not open it would turn into
//! a decoy, or take for one.

use super::agency_keys::AgencyKeys;
use super::client::{Client, ClientError, ListBatch};
use crate::crypto::hybrid::{HybridIdentity, HybridRecipient};
use crate::crypto::keyring::{Member, Version};
use crate::crypto::statement::{SealedAgain, Statement as _};
use crate::model::agency::AgencyNumber;
use crate::model::hex::{Hex, Sha256Hash};
use crate::wire::{MAX_RESEALED, Reseal, SignedPlace, StoredCapsule};
use ed25519_dalek::SigningKey;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;

pub mod capsule;
mod check;

pub use check::{Checked, Fault, check};

/// For how long a server that has too much to do is waited for, and how often.
const PATIENCE: (u32, Duration) = (90, Duration::from_secs(2));

/// Why capsules were not sealed again, or not checked.
#[derive(Debug, thiserror::Error)]
pub enum ResealError {
    /// The agency has no key yet.
    #[error("agency {0} has no key yet")]
    NoKey(AgencyNumber),
    /// A key of an epoch that is in use is missing here.
    #[error("your copy of {0} is missing, and what is sealed to it would be lost")]
    Missing(String),
    /// The agency began to use another key meanwhile.
    #[error("the agency's key changed meanwhile")]
    KeyChanged,
    /// The server cannot be asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A thread died.
    #[error("sealing was interrupted")]
    Stopped,
}

/// The keys of an agency, complete: all that are in use open here.
#[derive(Clone)]
pub struct Sealer {
    keys: Arc<[HybridIdentity]>,
    newest: HybridRecipient,
    site: Sha256Hash,
    agency: AgencyNumber,
    epoch: u32,
    piece: usize,
    is_of_all: bool,
}

/// What was sealed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Capsules that were sealed anew: real ones and decoys.
    pub capsules: u64,
    /// Capsules that had been sealed to the agency and do not hold what a capsule holds: decoys stand for them now.
    pub spoilt: u64,
}

impl Sealer {
    /// Makes sure that nothing is missing.
    pub fn new(site: Sha256Hash, version: &Version, member: &Member, keys: AgencyKeys) -> Result<Self, ResealError> {
        let agency = version.public.agencies.get(usize::from(member.agency.0));
        let epoch = agency.map_or(0, |agency| agency.epoch);
        if epoch == 0 {
            return Err(ResealError::NoKey(member.agency));
        }
        if !keys.missing.is_empty() {
            let missing: Vec<_> = keys.missing.iter().map(|epoch| format!("key {epoch}")).collect();
            return Err(ResealError::Missing(missing.join(", ")));
        }
        let is_newest = keys.epochs.first() == Some(&epoch);
        let newest = keys.keys.first().filter(|_| is_newest).ok_or(ResealError::NoKey(member.agency))?.to_recipient();
        Ok(Self {
            keys: keys.keys.into(),
            newest,
            site,
            agency: member.agency,
            epoch,
            piece: MAX_RESEALED,
            is_of_all: false,
        })
    }

    /// Lets it seal every capsule again, also those that the server takes to be sealed to the newest key: a tip says itself under
    /// which keyring it was sealed.
    #[must_use]
    pub const fn of_all(mut self, is_of_all: bool) -> Self {
        self.is_of_all = is_of_all;
        self
    }

    /// Lets it hand so many capsules to the server at once, and not as many as it may.
    #[must_use]
    pub const fn in_pieces_of(mut self, count: usize) -> Self {
        self.piece = count;
        self
    }

    /// The epoch to which it seals.
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }

    /// What whoever has sealed a capsule again signs.
    fn statement(&self, about: &StoredCapsule, old: &[u8], new: &[u8]) -> SealedAgain {
        let (tip, referral) = (about.tip, about.referral);
        let hash = |bytes: &[u8]| Hex(Sha256::digest(bytes).into());
        let Self { site, agency, epoch, .. } = *self;
        SealedAgain { site, agency, epoch, tip, referral, old: hash(old), new: hash(new) }
    }

    /// A capsule, sealed again and signed for.
    fn seal(&self, about: &StoredCapsule, old: &[u8], signing: &SigningKey) -> (SignedPlace, capsule::Again) {
        let again = capsule::again(&self.keys, &self.newest, about.tip, old);
        let signature = self.statement(about, old, &again.sealed).sign(signing);
        (SignedPlace { tip: about.tip, referral: about.referral, signature }, again)
    }
}

/// Seals again what this member has not sealed yet, and hands it to the server piece by piece: what was handed over stays when
/// this is cut off, and the next run goes on behind it. Tells `progress` how many are done.
pub async fn seal(
    client: &Client,
    sealer: &Sealer,
    signing: &SigningKey,
    mut progress: impl FnMut(u64),
) -> Result<Sealed, ResealError> {
    let epoch = sealer.epoch;
    let mut stream = if sealer.is_of_all { client.all_capsules().await? } else { client.old_capsules().await? };
    let mut count = Sealed::default();
    loop {
        let ListBatch { entries, is_last, .. } = stream.next_batch(sealer.piece).await?;
        if !entries.is_empty() {
            let (sealer, signing) = (sealer.clone(), signing.clone());
            // On all cores, while the network's pieces wait.
            let done = spawn_blocking(move || -> (Vec<_>, Vec<_>) {
                entries.par_iter().map(|(about, old)| sealer.seal(about, old, &signing)).unzip()
            });
            let (capsules, again) = done.await.map_err(|_| ResealError::Stopped)?;
            count.spoilt += again.iter().filter(|again| again.is_spoilt).count() as u64;
            count.capsules += again.len() as u64;
            let line = Reseal { epoch, capsules };
            let bytes: Vec<u8> = again.into_iter().flat_map(|again| again.sealed).collect();
            patiently(|| client.put_capsules(&line, &bytes)).await?;
            progress(count.capsules);
        }
        if is_last {
            return Ok(count);
        }
    }
}

/// Asks again where the server says that it has too much to do.
async fn patiently<T, F: Future<Output = Result<T, ClientError>>>(ask: impl Fn() -> F) -> Result<T, ResealError> {
    for _ in 0..PATIENCE.0 {
        match ask().await {
            Err(ClientError::Busy) => tokio::time::sleep(PATIENCE.1).await,
            Err(ClientError::Conflict) => return Err(ResealError::KeyChanged),
            answer => return Ok(answer?),
        }
    }
    Err(ClientError::Busy.into())
}
