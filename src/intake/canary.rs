//! Canaries: tips of staff, marked inside, by which agencies know that tips reach them. Here are only their words that they
//! opened one; which tip it was in cannot be told here.

use super::{Caller, Intake, Kept};
use crate::store::{Outcome, StoreError};
use crate::wire::{CANARY_DAYS, Canaries, CanaryRecord, CanaryWord};

/// Days by which a member's clock and ours may differ.
const SLACK_DAYS: i32 = 1;

/// Why a word about a canary was not taken or given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanaryRefusal {
    /// Members and admins ask, readers say so.
    #[error("not for this caller")]
    NotAllowed,
    /// The signature is not the caller's over this, or the day is none that it could be.
    #[error("the statement does not hold")]
    BadStatement,
    /// There are as many of the agency as are kept.
    #[error("too many")]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Intake {
    /// Takes a reader's word that their agency has opened a canary; the first of an agency counts.
    pub async fn note_canary(&self, caller: &Caller, word: &CanaryWord) -> Result<Kept, CanaryRefusal> {
        let Caller::Member { id, agency, is_reader: true } = caller else { return Err(CanaryRefusal::NotAllowed) };
        let version = self.newest_keyring().await?.ok_or(CanaryRefusal::NotAllowed)?;
        let member = version.staff.members.iter().find(|member| member.id == *id).ok_or(CanaryRefusal::NotAllowed)?;
        let today = self.clock.today();
        let record = CanaryRecord { agency: *agency, member: id.clone(), word: word.clone() };
        let is_today = today.days_until(word.day).abs() <= SLACK_DAYS;
        if !is_today || !record.is_by(self.genesis, &member.key) {
            return Err(CanaryRefusal::BadStatement);
        }
        match self.store.put_canary(&record, today.minus(CANARY_DAYS)).await? {
            Outcome::Stored => Ok(Kept::Now),
            Outcome::StoredBefore => Ok(Kept::Before),
            Outcome::Taken => Err(CanaryRefusal::Full),
        }
    }

    /// What agencies have said of the last month's.
    pub async fn canaries(&self, caller: &Caller) -> Result<Canaries, CanaryRefusal> {
        match caller {
            Caller::Member { .. } | Caller::Admin { .. } => Ok(Canaries { opened: self.store.canaries().await? }),
            Caller::Recovery { .. } | Caller::Founder { .. } => Err(CanaryRefusal::NotAllowed),
        }
    }
}
