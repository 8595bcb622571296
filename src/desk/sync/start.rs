//! Where a sync begins to read, by what is known and which keys have come.

use super::WHOLE_EVERY;
use crate::desk::agency_keys::AgencyKeys;
use crate::desk::cache::Progress;
use crate::desk::client::Client;

/// Places before the cursor that every sync reads again.
const OVERLAP: u64 = 64;
/// Where a sync begins to read.
pub(super) struct Start {
    /// Tips that come after this place are asked for.
    pub after: u64,
    /// The same of referrals.
    pub after_referrals: u64,
    /// What is remembered from then on: the cursor moves from here.
    pub progress: Progress,
}

impl Start {
    /// A little before the cursor; at the beginning when a key has come that was missing while the cursor moved, when what such
    /// a key was needed for was sealed again, when the list is shorter than the cursor, or when it is time.
    pub fn new(known: &Progress, keys: &AgencyKeys, needing: Option<u64>, is_shorter: bool, now: u64) -> Self {
        let is_sealed_again = needing.zip(known.needing_missing).is_some_and(|(now, before)| now < before);
        let has_come = is_sealed_again || known.missing_epochs.iter().any(|epoch| keys.epochs.contains(epoch));
        let is_time = known.whole_begun.abs_diff(now) >= WHOLE_EVERY; // or the clock was wrong
        let (cursor, referral_cursor, whole_begun) = if has_come || is_shorter || is_time {
            (0, 0, now)
        } else {
            (known.cursor, known.referral_cursor, known.whole_begun)
        };
        let (missing_epochs, held_epochs) = (keys.missing.clone(), held(known, keys));
        let needing_missing = needing.or(known.needing_missing).filter(|_| !missing_epochs.is_empty());
        let progress = Progress {
            cursor,
            whole_begun,
            missing_epochs,
            held_epochs,
            needing_missing,
            referral_cursor,
            ..known.clone()
        };
        Self {
            after: cursor.saturating_sub(OVERLAP),
            after_referrals: referral_cursor.saturating_sub(OVERLAP),
            progress,
        }
    }
}

/// How many tips need keys that this member has no copy of, which the server knows anyway. None where it is not asked or does not
/// say: then such tips are found when all is read again.
pub async fn needing_missing(client: &Client, keys: &AgencyKeys) -> Option<u64> {
    if keys.missing.is_empty() {
        return None;
    }
    let epochs = client.epochs().await.ok()?.epochs;
    Some(epochs.iter().filter(|of| keys.missing.contains(&of.epoch)).map(|of| of.tips).sum())
}

/// Epochs whose key this desk has or had, without those that are retired.
pub(super) fn held(progress: &Progress, keys: &AgencyKeys) -> Vec<u32> {
    let lost = keys.missing.iter().filter(|epoch| progress.held_epochs.contains(epoch));
    keys.epochs.iter().chain(lost).copied().collect()
}
