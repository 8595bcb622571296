//! Deletions that were agreed on: told to whoever holds the tip while they can still object, and followed on this machine
//! when the tip has gone. `docs/PROTOCOL.md` section 7.3.

use super::cache::{Cache, Known, KnownEvent, KnownTip, Segment};
use super::case::Case;
use super::client::{Client, ClientError};
use super::sync::{SyncError, Synced};
use crate::crypto::statement::{HasRead, Statement as _};
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use crate::wire::{Notice, ReadReport, notice_tag};
use ed25519_dalek::SigningKey;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Seconds between the second word and the end.
const GRACE: u64 = 14 * 86_400;

/// Who says how far they have read.
pub struct Reporter<'a> {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// The member's id.
    pub member: &'a str,
    /// Their key.
    pub key: &'a SigningKey,
    /// Their clock, in seconds since 1970.
    pub now: u64,
}

/// Looks for notices about our tips, drops what has gone, and tells the server that we have read its lists: the tips up to
/// `read`, and nothing where a key was missing.
pub async fn bring(
    client: &Client,
    reporter: &Reporter<'_>,
    read: Option<u64>,
    cache: &mut Cache,
    known: &mut Known,
    synced: &mut Synced,
) -> Result<(), SyncError> {
    let notices = client.notices().await?;
    let meant: BTreeSet<TipId> = ours(&notices.open, known).into_iter().collect();
    let has_gone = |tip: &TipId| !meant.contains(tip) && may_go(&known.case(*tip), reporter.now);
    let told: BTreeSet<TipId> = known.progress.noticed.iter().copied().collect();
    let agreed = seconded(known);
    let gone: Vec<TipId> = told.union(&agreed).copied().filter(has_gone).collect();
    let mut waits = &told | &meant;
    waits.retain(|tip| !gone.contains(tip));
    if !gone.is_empty() {
        cache.forget(&gone, known)?;
    }
    let mut progress = known.progress.clone();
    progress.noticed = waits.into_iter().collect();
    progress.events.looked_for = progress.events.looked_for.min(known.tips.len()); // all were looked for by now
    if progress != known.progress {
        known.add(cache.append(Segment::new(progress))?);
    }
    synced.gone = gone;
    synced.noticed = meant.into_iter().collect();
    let Some(tips) = read else { return Ok(()) };
    let report = report(reporter, tips, notices.last);
    match client.has_read(&report).await {
        Ok(()) | Err(ClientError::Busy | ClientError::Refused) => Ok(()), // the next sync says more, or the clock is wrong
        Err(error) => Err(error.into()),
    }
}

fn report(reporter: &Reporter<'_>, tips: u64, notices: u64) -> ReadReport {
    let day = today(reporter.now);
    let read = HasRead { site: reporter.site, member: reporter.member.to_owned(), tips, notices, day };
    ReadReport { tips, notices, day, signature: read.sign(reporter.key) }
}

/// The day of a time in seconds since 1970.
pub fn today(now: u64) -> Day {
    let days = i32::try_from(now / 86_400).unwrap_or(i32::MAX);
    Day::from_epoch_days(days).unwrap_or_else(|_| Day::from_epoch_days(0).expect("the first day is one"))
}

/// Which of our tips they are about.
fn ours(notices: &[Notice], known: &Known) -> Vec<TipId> {
    if notices.is_empty() {
        return Vec::new();
    }
    let is_meant = |tip: &&KnownTip| {
        let token = tip.thread_key().map(|key| key.custody_token());
        token.is_some_and(|token| notices.iter().any(|notice| notice_tag(&token.0, &notice.request) == notice.tag))
    };
    known.tips.par_iter().filter(is_meant).map(|tip| tip.letter.id).collect()
}

/// Tips of which somebody wrote that they agree to something: whoever was away while it was noticed has seen no notice, and forgets them
/// all the same.
fn seconded(known: &Known) -> BTreeSet<TipId> {
    const KIND: &str = r#""kind":"countersign""#; // canonical JSON; in somebody's words each quote has a stroke before it
    let is_seconded = |events: &[KnownEvent]| events.iter().any(|event| event.signed.text().contains(KIND));
    known.events.par_iter().filter(|(_, events)| is_seconded(events)).map(|(tip, _)| *tip).collect()
}

/// Whether two have agreed, so long ago by our own clock that it may be gone, and nobody holds it.
fn may_go(case: &Case, now: u64) -> bool {
    let is_old = |at: u64| now >= at.saturating_add(GRACE);
    let agreed = case.deletions.iter().filter(|request| case.is_agreed(request));
    let mut old = agreed.filter(|request| request.countersigned.iter().all(|stamp| is_old(stamp.at)));
    !case.is_held() && old.next().is_some()
}
