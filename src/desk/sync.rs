//! Brings what is new: the keyring first, then our keys, then the tips from a little before the cursor on. What opens is
//! kept, the rest is forgotten. Capsules are tried on all cores while the next batch comes in.
//!
//! What is asked for never depends on what could not be read: a server that spoils a tip must not learn from the next
//! request whether we were to read it. So the latest tips are always read again, and all of them from time to time.

use super::agency_keys::{self, AgencyKeys, Fault};
use super::cache::{Cache, CacheError, Known, ThreadSecret};
use super::canary::{self, CanaryError, Opener, Quiet, Signers};
use super::chain::{Chain, ChainError, Proposed};
use super::client::{Client, ClientError};
use super::events::authors::Authors;
use super::events::outbox::{self, OutboxError};
use super::events::seen::{Seen, SeenError};
use super::events::{self, Brought, Reader};
use super::files::FileError;
use super::identity::Identity;
use super::keep::KeepQueue;
use super::notices::{self, Reporter};
use super::profile::{Profile, ProfileError};
use super::rolling::Roller;
use super::transport::Transport;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::keyring::{Member, Version};
use crate::model::agency::AgencyNumber;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use lists::List;
pub use start::needing_missing;
use start::{Start, held};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

mod lists;
mod start;

/// Seconds after which all is read again.
const WHOLE_EVERY: u64 = 30 * 86_400;

/// What a sync did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// Tips that opened and were not known.
    pub new: usize,
    /// Tips that should have opened, and were not known as such.
    pub unreadable: usize,
    /// Whether the server shows fewer tips than before: it was brought back from a backup, or it lies, or lied then. All that
    /// it shows was read again.
    pub is_shorter: bool,
    /// Epochs of the agency's keys of which we have no copy that opens: what was sealed to them stays closed.
    pub missing_epochs: Vec<u32>,
    /// How many tips need one of those, as far as the server said it.
    pub needing_missing: Option<u64>,
    /// Whose copies of those do not open.
    pub faults: Vec<Fault>,
    /// Whether there was no key at all, so that nothing was tried.
    pub has_no_key: bool,
    /// What this desk could open before and cannot open now.
    pub lost: Option<Lost>,
    /// Tips of which events came, known or not.
    pub changed: HashSet<TipId>,
    /// Things among the events of our tips that are no events, and were not known as such.
    pub spoilt: usize,
    /// Tips of which events are gone that were seen before.
    pub lost_events: Vec<TipId>,
    /// Tips that this desk has opened and whose capsules at the server open no more, with no key of ours missing.
    pub shut: BTreeSet<TipId>,
    /// Why what waits to be sent still waits, or never will be.
    pub unsent: Option<String>,
    /// Why our own key did not roll, where it was to.
    pub unrolled: Option<String>,
    /// Agencies that a canary was for and that have said nothing of it for too long, and when it was sent.
    pub silent: Vec<(AgencyNumber, u64)>,
    /// Agencies that say of no canary any more that it came, whoever sent them.
    pub quiet: Vec<Quiet>,
    /// Why it is not known which canaries have arrived.
    pub canaries_unknown: Option<String>,
    /// What recovery admins propose.
    pub proposed: Vec<Proposed>,
    /// Tips that the server will delete unless someone objects.
    pub noticed: Vec<TipId>,
    /// Tips that two had agreed to delete, and that are gone: here, too.
    pub gone: Vec<TipId>,
}

/// Keys that were there before: copies are never taken back, so that this is no quiet day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// All there were.
    All,
    /// Those of these epochs, which the keyring still names.
    Some(Vec<u32>),
}

/// Why a sync stopped. What it had brought by then is kept.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The keyring cannot be had or trusted.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The tips cannot be had.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// What was opened cannot be kept.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// What is still to be told to the server cannot be remembered.
    #[error(transparent)]
    File(#[from] FileError),
    /// Our own key cannot be read.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The keyring does not name us.
    #[error("the keyring does not name this key as a member's")]
    NotAMember,
    /// A tip was sealed under a version that the server does not show.
    #[error("a tip was sealed under version {0} of the keyring, which the server does not show")]
    HiddenVersion(u32),
    /// The server shows fewer tips than before, and not all of them could be read again.
    #[error("the server shows fewer tips than before")]
    Shorter,
    /// An event names a version of the keyring that the server did not show when it was asked.
    #[error("an event names version {0} of the keyring, which the server does not show")]
    EventVersion(u32),
    /// What was seen of events before cannot be read.
    #[error(transparent)]
    Seen(#[from] SeenError),
    /// A thread died.
    #[error("opening the tips was interrupted")]
    Stopped,
}

/// Brings what is new into the cache and into `known`, and tells the server what it may know of it by `now`, in seconds
/// since 1970.
pub async fn sync(
    client: &Client,
    profile: &Profile,
    genesis: Sha256Hash,
    identity: &Identity,
    cache: &mut Cache,
    known: &mut Known,
    now: u64,
) -> Result<Synced, SyncError> {
    let identity = &profile.identity(identity.roots())?; // it may have rolled since
    let given = Transport::read(profile, &identity.device)?.given;
    let mut queue = KeepQueue::open(profile, &identity.device)?;
    queue.add_new(known, now)?; // what a sync that was cut off had opened
    queue.send_due(known, client, now).await?;
    let told = queue.told_through(now)?;
    let mut synced = Synced::default();
    let (mut named, mut looked_for) = (0, 0);
    let before = (known.progress.cursor, known.progress.referral_cursor);
    let read = loop {
        let chain = Chain::update(profile, genesis, client).await?;
        synced.proposed = chain.proposed().to_vec();
        let version = chain.newest();
        if version.public.version < named {
            return Err(SyncError::HiddenVersion(named));
        }
        let me = member(version, identity)?.clone();
        let secrets = client.secrets().await?;
        let keys = agency_keys::open_own(version, &me, identity, &secrets);
        synced.missing_epochs.clone_from(&keys.missing);
        synced.faults.clone_from(&keys.faults);
        synced.has_no_key = keys.keys.is_empty();
        synced.lost = lost(&keys, known);
        let roller = Roller {
            client,
            profile,
            site: genesis,
            identity,
            version,
            me: &me,
            secrets: &secrets,
            today: notices::today(now),
        };
        if synced.has_no_key {
            synced.unrolled = roller.tend(known).await.err().map(|error| error.to_string());
            return Ok(synced);
        }
        let needing = needing_missing(client, &keys).await;
        synced.needing_missing = needing;
        let start = Start::new(&known.progress, &keys, needing, synced.is_shorter, now);
        let is_all = keys.missing.is_empty();
        let keys: Arc<[HybridIdentity]> = keys.keys.into();
        let run = Run {
            client,
            profile,
            genesis,
            identity,
            chain: &chain,
            me: &me,
            keys,
            signers: Arc::new(Signers::of(genesis, version)),
            is_all,
            looked_for,
            told,
            now,
            given: &given,
        };
        let brought = run.bring_all(before, start, cache, known, &mut synced).await;
        match brought {
            // The keyring may have moved on since it was fetched.
            Err(SyncError::HiddenVersion(version)) => named = version,
            // Any holder of a tip can name any number in an event: what is not there then is no event.
            Err(SyncError::EventVersion(_)) => looked_for = u32::MAX,
            Err(_) if synced.is_shorter => return Err(SyncError::Shorter),
            Err(error) => return Err(error),
            Ok(Came::Shorter) => synced.is_shorter = true,
            Ok(Came::Whole(tips)) => {
                synced.unrolled = roller.tend(known).await.err().map(|error| error.to_string());
                break is_all.then_some(tips);
            }
        }
    };
    if !synced.gone.is_empty() {
        queue.start_anew();
    }
    queue.add_new(known, now)?;
    if let Some(read) = read {
        queue.mark_read(read, now)?;
    }
    cache.merge()?;
    Ok(synced)
}

/// What one run through the server's lists came to.
enum Came {
    /// All there is: the tips up to this number.
    Whole(u64),
    /// A list that is shorter than before: it has to be read from the beginning.
    Shorter,
}

/// One run through the server's lists.
struct Run<'a> {
    client: &'a Client,
    profile: &'a Profile,
    genesis: Sha256Hash,
    identity: &'a Identity,
    given: &'a [(TipId, ThreadSecret)],
    chain: &'a Chain,
    me: &'a Member,
    keys: Arc<[HybridIdentity]>,
    /// Whose canaries are none of a source's.
    signers: Arc<Signers>,
    /// Whether no key is missing, so that what was read was read indeed.
    is_all: bool,
    looked_for: u32,
    /// How far the server was told which tips are no junk.
    told: u64,
    now: u64,
}

impl Run<'_> {
    /// Brings tips, then those that were referred, then what was written on them, then what is to go. `before` is how long
    /// the first two lists were.
    async fn bring_all(
        &self,
        before: (u64, u64),
        start: Start,
        cache: &mut Cache,
        known: &mut Known,
        synced: &mut Synced,
    ) -> Result<Came, SyncError> {
        let Start { after, after_referrals, progress } = start;
        let tips = self.bring(List::Tips, after, progress, cache, known, synced).await?;
        if tips < before.0 && !synced.is_shorter {
            return Ok(Came::Shorter);
        }
        let progress = known.progress.clone();
        let referrals = self.bring(List::Referrals, after_referrals, progress, cache, known, synced).await?;
        if referrals < before.1 && !synced.is_shorter {
            return Ok(Came::Shorter);
        }
        let authors = Authors::of(self.chain.versions());
        let reader = Reader {
            profile: self.profile,
            authors: &authors,
            member: &self.me.id,
            agency: self.me.agency,
            own: self.identity,
            given: self.given,
            keys: &self.keys,
            looked_for: self.looked_for,
        };
        bring_events(self.client, &reader, self.identity, cache, known, synced, self.now).await?;
        let reporter = Reporter { site: self.genesis, member: &self.me.id, key: &self.identity.signing, now: self.now };
        let read = self.is_all.then_some(self.told.min(tips));
        notices::bring(self.client, &reporter, read, cache, known, synced).await?;
        let untended = self.tend_canaries(known, synced).await.err();
        synced.canaries_unknown = untended.map(|error| error.to_string()); // the next sync asks again
        Ok(Came::Whole(tips))
    }

    /// Says which canaries came here, and finds who has said nothing for too long.
    async fn tend_canaries(&self, known: &Known, synced: &mut Synced) -> Result<(), CanaryError> {
        let opener = Opener {
            site: self.genesis,
            member: &self.me.id,
            agency: self.me.agency,
            key: &self.identity.signing,
            today: notices::today(self.now),
        };
        let (records, unsaid) = opener.tend(self.client, &known.canaries, self.now).await?;
        let words = canary::true_words(records, self.chain);
        let mut all = canary::sent(self.profile, &self.identity.device);
        all.extend_from_slice(&known.canaries);
        synced.silent = canary::silent(&canary::flights(&all, &words, self.now), self.chain.newest(), self.now);
        synced.quiet = canary::quiet(&all, &words, &canary::offered_since(self.chain.versions()), opener.today);
        unsaid.map_or(Ok(()), Err)
    }
}

/// Sends what waits and brings what others wrote.
async fn bring_events(
    client: &Client,
    reader: &Reader<'_>,
    identity: &Identity,
    cache: &mut Cache,
    known: &mut Known,
    synced: &mut Synced,
    now: u64,
) -> Result<(), SyncError> {
    match outbox::send(client, cache, known).await {
        Err(OutboxError::Cache(error)) => return Err(error.into()),
        Err(OutboxError::File(error)) => return Err(error.into()),
        Err(error) => synced.unsent = Some(error.to_string()),
        Ok(()) => {}
    }
    let is_time = known.progress.events.whole_begun.abs_diff(now) >= WHOLE_EVERY;
    let mut brought = events::bring(client, reader, cache, known, is_time || synced.is_shorter, now).await?;
    if brought.is_shorter {
        synced.is_shorter = true;
        let again = events::bring(client, reader, cache, known, true, now).await?;
        brought = Brought { changed: &brought.changed | &again.changed, ..again };
    }
    let before = Seen::read(reader.profile, identity)?;
    let mut lost: BTreeSet<TipId> = brought.lost.into_iter().collect();
    if brought.is_whole {
        lost.extend(before.lost(known));
    }
    let mut seen = before.clone();
    for tip in brought.changed.iter().filter(|tip| !lost.contains(tip)) {
        seen.update(&known.case(*tip));
    }
    seen.remember(&before, reader.profile, identity)?;
    synced.spoilt += brought.spoilt;
    synced.changed.extend(brought.changed);
    synced.lost_events.extend(lost);
    Ok(())
}

/// Who this identity is in the keyring.
pub fn member<'a>(version: &'a Version, identity: &Identity) -> Result<&'a Member, SyncError> {
    version.member(&identity.public_key()).ok_or(SyncError::NotAMember)
}

fn lost(keys: &AgencyKeys, known: &Known) -> Option<Lost> {
    let has_held = !known.progress.held_epochs.is_empty() || !known.tips.is_empty();
    if keys.keys.is_empty() {
        return has_held.then_some(Lost::All);
    }
    let lost: Vec<_> = held(&known.progress, keys).into_iter().filter(|epoch| keys.missing.contains(epoch)).collect();
    (!lost.is_empty()).then_some(Lost::Some(lost))
}
