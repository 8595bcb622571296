//! Reads the lists of tips and of referrals, opens what opens and keeps it.

use super::{Run, SyncError, Synced};
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::open::{open_capsule, open_letter};
use crate::desk::cache::{Cache, Known, KnownTip, Progress, Segment, ThreadSecret, UnreadableTip};
use crate::desk::canary::{KnownCanary, Signers};
use crate::desk::client::{Batch, SealedTip};
use crate::desk::follow_ups;
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use tokio::task::{JoinHandle, spawn_blocking};

const BATCH_TIPS: usize = 512;
const BATCH_BYTES: usize = 16 << 20;

/// What is read.
#[derive(Clone, Copy)]
pub(super) enum List {
    /// Every tip, once.
    Tips,
    /// Every referral: a tip as often as it was referred.
    Referrals,
}

impl List {
    fn cursor(self, progress: &mut Progress) -> &mut u64 {
        match self {
            Self::Tips => &mut progress.cursor,
            Self::Referrals => &mut progress.referral_cursor,
        }
    }
}

impl Run<'_> {
    /// Reads a list to its end, and gives how many the server says there ever were in it.
    pub(super) async fn bring(
        &self,
        list: List,
        after: u64,
        mut progress: Progress,
        cache: &mut Cache,
        known: &mut Known,
        synced: &mut Synced,
    ) -> Result<u64, SyncError> {
        let newest = self.chain.newest().public.version;
        let mut ids: HashSet<TipId> = known.opened_ids().chain(known.canaries.iter().map(|one| one.tip)).collect();
        let mut stream = match list {
            List::Tips => self.client.tips_after(after).await?,
            List::Referrals => self.client.referrals_after(after).await?,
        };
        let ours = match list {
            List::Tips if self.is_all => sealed_to(self.me.agency, known),
            _ => HashMap::new(),
        };
        let mut opening: Option<JoinHandle<(Segment, Vec<TipId>)>> = None;
        loop {
            let next = stream.next_batch(BATCH_TIPS, BATCH_BYTES).await;
            if let Some(opening) = opening.take() {
                keep(opening.await.map_err(|_| SyncError::Stopped)?, &mut ids, cache, known, synced)?;
            }
            let Batch { mut tips, end } = next?;
            let hidden = tips.iter().position(|tip| tip.line.keyring > newest);
            let hidden_version = hidden.map(|at| tips[at].line.keyring);
            tips.truncate(hidden.unwrap_or(tips.len()));
            if let Some(last) = tips.last() {
                let cursor = list.cursor(&mut progress);
                *cursor = last.line.seq.max(*cursor);
            }
            let (mut again, new): (Vec<_>, Vec<_>) = tips.into_iter().partition(|tip| ids.contains(&tip.line.id));
            again.retain(|tip| ours.get(&tip.line.id) == Some(&tip.line.seq)); // one tip may stand there more than once
            if !new.is_empty() || !again.is_empty() || progress != known.progress {
                let (keys, signers, progress) = (self.keys.clone(), self.signers.clone(), progress.clone());
                opening = Some(spawn_blocking(move || {
                    let opened = open_batch(&new, &keys, &signers, progress);
                    (opened, shut(&again, &keys))
                }));
            }
            let ended = match (hidden_version, end) {
                (Some(version), _) => Err(SyncError::HiddenVersion(version)),
                (None, Some(end)) => Ok(end),
                (None, None) => continue,
            };
            if let Some(opening) = opening {
                keep(opening.await.map_err(|_| SyncError::Stopped)?, &mut ids, cache, known, synced)?;
            }
            return ended;
        }
    }
}

/// Tips that are known and that their sources sealed to this agency, each with its place in the list.
fn sealed_to(agency: AgencyNumber, known: &Known) -> HashMap<TipId, u64> {
    let ours = known.tips.iter().filter(|tip| tip.letter.readers.contains(&agency));
    ours.map(|tip| (tip.letter.id, tip.seq)).collect()
}

/// Those whose capsules open no more, though we have every key in use: an older capsule stands in the place of the one that was
/// sealed again, or a false one.
fn shut(tips: &[SealedTip], keys: &[HybridIdentity]) -> Vec<TipId> {
    let opens = |tip: &&SealedTip| keys.iter().any(|key| open_capsule(key, &tip.capsule, tip.line.id).is_ok());
    tips.par_iter().filter(|tip| !opens(tip)).map(|tip| tip.line.id).collect()
}

/// Keeps what was not known.
fn keep(
    (mut segment, shut): (Segment, Vec<TipId>),
    ids: &mut HashSet<TipId>,
    cache: &mut Cache,
    known: &mut Known,
    synced: &mut Synced,
) -> Result<(), SyncError> {
    synced.shut.extend(shut);
    segment.tips.retain(|tip| ids.insert(tip.letter.id));
    segment.canaries.retain(|canary| ids.insert(canary.tip));
    let known_reasons: HashMap<TipId, &str> =
        known.unreadable.iter().map(|tip| (tip.id, tip.reason.as_str())).collect();
    let mut met = HashSet::new(); // a list may hold one tip twice
    segment.unreadable.retain(|tip| {
        met.insert(tip.id) && !ids.contains(&tip.id) && known_reasons.get(&tip.id) != Some(&tip.reason.as_str())
    });
    if segment.tips.is_empty()
        && segment.canaries.is_empty()
        && segment.unreadable.is_empty()
        && segment.progress == known.progress
    {
        return Ok(());
    }
    segment.links = follow_ups::find(known, &segment.tips);
    synced.new += segment.tips.len();
    synced.unreadable += segment.unreadable.iter().filter(|tip| !known_reasons.contains_key(&tip.id)).count();
    known.add(cache.append(segment)?);
    Ok(())
}

enum Opened {
    Tip(Box<KnownTip>),
    Canary(KnownCanary),
    Unreadable(UnreadableTip),
    NotOurs,
}

fn open_batch(tips: &[SealedTip], keys: &[HybridIdentity], signers: &Signers, progress: Progress) -> Segment {
    let mut segment = Segment::new(progress);
    for opened in tips.par_iter().map(|tip| open(tip, keys, signers)).collect::<Vec<_>>() {
        match opened {
            Opened::Tip(tip) => segment.tips.push(*tip),
            Opened::Canary(canary) => segment.canaries.push(canary),
            Opened::Unreadable(tip) => segment.unreadable.push(tip),
            Opened::NotOurs => {}
        }
    }
    segment
}

fn open(tip: &SealedTip, keys: &[HybridIdentity], signers: &Signers) -> Opened {
    let (seq, day, id, tip_keyring) = (tip.line.seq, tip.line.day, tip.line.id, tip.line.keyring);
    let unreadable = |reason: String| Opened::Unreadable(UnreadableTip { seq, day, id, reason });
    for key in keys {
        let capsule = match open_capsule(key, &tip.capsule, id) {
            Ok(capsule) => capsule,
            Err(error) if error.is_ours() => return unreadable(error.to_string()),
            Err(_) => continue,
        };
        return match open_letter(&capsule, &tip.letter) {
            Ok((letter, plain)) => {
                if let Some(canary) = signers.canary(&letter, day) {
                    return Opened::Canary(canary);
                }
                let tip = KnownTip::new(seq, day, ThreadSecret::of(&capsule.thread), letter);
                Opened::Tip(Box::new(tip.opened_as(&plain).sealed_as(capsule.letter_sha256).sealed_under(tip_keyring)))
            }
            Err(error) => unreadable(error.to_string()),
        };
    }
    Opened::NotOurs
}
