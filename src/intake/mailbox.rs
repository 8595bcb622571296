//! Mailboxes: replies go in by the staff door, are let out after a random time, and are read by whoever shows the token.
//!
//! Whatever is asked, and of whatever mailbox, the same is done and as many bytes are read and answered.

use super::{Caller, Intake};
use crate::crypto::keyring::Version;
use crate::crypto::shape::{self, REPLY_LEN};
use crate::model::day::Day;
use crate::model::hex::Hex;
use crate::store::{MailboxPlace, MailboxTidying, NewReply, Outcome, StoreError};
use crate::wire::{MAILBOX_ANSWER_LEN, MailboxAct, MailboxRequest, PostedReply, SEALED_REPLY_LEN, write_answer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use std::sync::PoisonError;

/// Days after the last visit until a mailbox closes, where the keyring does not say `mailbox` under what is kept how long.
const DEFAULT_KEEP_DAYS: u32 = 90;
/// Last visits are known by the week.
const COARSE_DAYS: i32 = 7;
/// Visits that wait to be written; more than these are not remembered.
const MAX_WAITING_VISITS: usize = 65_536;

/// Why a reply was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplyRefusal {
    /// Only members who are readers write back.
    #[error("only readers reply")]
    NotAReader,
    /// Not sealed as replies are.
    #[error("not a sealed reply")]
    Unfit,
    /// The mailbox has as many as it may have.
    #[error("no room for another reply in this mailbox")]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Visits that are not written yet.
pub(super) type Visits = std::sync::Mutex<HashSet<MailboxPlace>>;

/// Days after the last visit on which a mailbox closes.
pub fn mailbox_days(version: Option<&Version>) -> u32 {
    version.and_then(|version| version.staff.retention.get("mailbox").copied()).unwrap_or(DEFAULT_KEEP_DAYS)
}

impl Intake {
    /// Does what is asked of a mailbox and gives the answer; for what is no request, the answer of a mailbox where nothing
    /// is, at the same cost. Whoever deletes is shown what is left: nothing.
    pub async fn mailbox(&self, asked: Option<&MailboxRequest>) -> Result<Vec<u8>, StoreError> {
        let nowhere = MailboxRequest { id: Hex([0; 32]), token: Hex([0; 32]), act: MailboxAct::Read, skip: 0 };
        let MailboxRequest { id, token, act, skip } = asked.unwrap_or(&nowhere);
        let place = MailboxPlace { mailbox: *id, token_hash: Hex(Sha256::digest(token.0).into()) };
        let now = self.clock.unix_seconds();
        if *act == MailboxAct::Delete {
            self.store.empty_mailbox(&place, now).await?;
        }
        let rows = self.store.mailbox(&place, *skip, now).await?;
        if *act == MailboxAct::Delete {
            self.emptied.notify_one();
        }
        let mut noise = vec![0; MAILBOX_ANSWER_LEN];
        getrandom::fill(&mut noise).map_err(|_| StoreError::Unavailable("no randomness".into()))?;
        if rows.iter().any(|row| row.is_reply) {
            let mut visits = self.visits.lock().unwrap_or_else(PoisonError::into_inner);
            if visits.len() < MAX_WAITING_VISITS {
                visits.insert(place);
            }
        }
        Ok(write_answer(noise, rows.iter().filter(|row| row.is_reply).map(|row| &row.sealed[..])))
    }

    /// Waits until somebody has deleted what lay in a mailbox, if nobody did since the last time.
    pub async fn mailbox_emptied(&self) {
        self.emptied.notified().await;
    }

    /// Overwrites what sources have deleted. To be called soon after [`mailbox_emptied`](Self::mailbox_emptied): they do not wait for
    /// it, so that how long an answer takes does not tell how much lay there.
    pub async fn overwrite_emptied(&self) -> Result<(), StoreError> {
        self.store.overwrite_emptied().await
    }

    /// Takes one reply, once. It is shown after a random time, so that it does not point at what its author did just then. Says
    /// nothing of whether it was there before: by that a member could ask whether it still is.
    pub async fn put_reply(&self, caller: &Caller, posted: &PostedReply) -> Result<(), ReplyRefusal> {
        let Caller::Member { is_reader: true, .. } = caller else {
            return Err(ReplyRefusal::NotAReader);
        };
        let sealed = STANDARD.decode(&posted.sealed).map_err(|_| ReplyRefusal::Unfit)?;
        if sealed.len() != SEALED_REPLY_LEN || shape::check(&sealed, REPLY_LEN).is_err() {
            return Err(ReplyRefusal::Unfit);
        }
        let reply = NewReply {
            place: MailboxPlace { mailbox: posted.mailbox, token_hash: posted.token_hash },
            hash: Hex(Sha256::digest(&sealed).into()),
            shown_from: self.clock.unix_seconds() + self.reply_delay()?,
            goes: self.goes_if_seen_today().await?,
            sealed,
        };
        match self.store.put_reply(&reply).await? {
            Outcome::Stored | Outcome::StoredBefore => Ok(()),
            Outcome::Taken => Err(ReplyRefusal::Full),
        }
    }

    /// Writes down visits, and deletes what nobody came for. To be called every few minutes. Gives how many went. Visits that
    /// could not be written down wait for the next time, so that no reply goes early that a source was told they can read again.
    pub async fn tidy_mailboxes(&self) -> Result<u64, StoreError> {
        let visited: Vec<_> = self.visits.lock().unwrap_or_else(PoisonError::into_inner).drain().collect();
        let tidied = self.write_visits(&visited).await;
        if tidied.is_err() {
            let mut waiting = self.visits.lock().unwrap_or_else(PoisonError::into_inner);
            let room = MAX_WAITING_VISITS.saturating_sub(waiting.len());
            waiting.extend(visited.into_iter().take(room));
        }
        tidied
    }

    async fn write_visits(&self, visited: &[MailboxPlace]) -> Result<u64, StoreError> {
        let goes = self.goes_if_seen_today().await?;
        let (today, now) = (self.clock.today(), self.clock.unix_seconds());
        self.store.tidy_mailboxes(&MailboxTidying { visited, goes, today, now }).await
    }

    /// The day that a mailbox closes where somebody was today: rounded up to the week, so that it does not tell the day.
    async fn goes_if_seen_today(&self) -> Result<Day, StoreError> {
        let version = self.newest_keyring().await?;
        let goes = self.clock.today().plus(mailbox_days(version.as_deref()));
        let into_week = goes.epoch_days().rem_euclid(COARSE_DAYS);
        let rest = u32::try_from((COARSE_DAYS - into_week) % COARSE_DAYS).unwrap_or_default();
        Ok(goes.plus(rest))
    }

    /// A random number of seconds, up to what the site says.
    fn reply_delay(&self) -> Result<u64, StoreError> {
        let random = getrandom::u64().map_err(|_| StoreError::Unavailable("no randomness".into()))?;
        Ok(random % (u64::from(self.reply_delay_minutes) * 60 + 1))
    }
}
