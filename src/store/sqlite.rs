//! The store on one `SQLite` file: how it is opened, and which module does which act.

use super::disk;
use super::pause::{self, Pause};
use super::{
    Below, CapsuleList, DeletionOutcome, EventOutcome, FoundJunk, Holdings, ListedCapsule, ListedEvent, ListedPointer,
    ListedSealing, ListedTip, MailboxPlace, MailboxRow, MailboxTidying, NewDeletion, NewEvent, NewPointer, NewReply,
    NewSealing, NewSecond, NewTip, OpenError, OpenNotice, Outcome, Proposal, ReadMark, ReferralOutcome, ReplaceRule,
    SecretsFor, Store, StoreError, TipOutcome,
};
use crate::crypto::keyring::AgencyKeyName;
use crate::crypto::statement::PurgeAsked;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use crate::wire::{
    CanaryRecord, CheckedCapsule, DeletionRecord, NewSecret, OwnCopy, PurgeRecord, Rolled, Rolls, Secrets,
};
use async_trait::async_trait;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use std::path::{Path, PathBuf};
use writer::Writer;

mod canary;
mod capsule;
mod deletion;
mod event;
mod file;
mod inspect;
mod journal;
mod junk;
mod keyring;
mod mailbox;
mod nonce;
mod pointer;
mod proposal;
mod referral;
mod retired;
mod roll;
mod secret;
mod tip;
mod uploads;
mod writer;

#[cfg(test)]
mod tests;

pub use inspect::{Inspection, Schema, inspect};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Connections for everything but tips on their way in, which have one of their own.
const POOL_CONNECTIONS: u32 = 4;

/// A store in one file of a folder that nobody else on the machine can look into.
pub struct SqliteStore {
    pool: SqlitePool,
    writer: Writer,
    dir: PathBuf,
}

impl SqliteStore {
    /// Opens the store in `dir`, or makes it there. Brings an older schema up to date; refuses one it does not know.
    pub async fn open(dir: &Path) -> Result<Self, OpenError> {
        let path = file::prepare(dir)?;
        let options = file::options(&path);
        let pool = SqlitePoolOptions::new()
            .max_connections(POOL_CONNECTIONS)
            .connect_with(options.clone())
            .await
            .map_err(|error| StoreError::from(&error))?;
        MIGRATIONS.run(&pool).await.map_err(|error| match error {
            MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => StoreError::from(&cause).into(),
            _ => OpenError::UnknownSchema,
        })?;
        Ok(Self { pool, writer: Writer::start(options), dir: dir.to_owned() })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn pause(&self) -> Result<Option<Pause>, StoreError> {
        // One look into a folder that the system has in memory: less than it takes to hand it to another thread.
        pause::read(&self.dir).map_err(|error| StoreError::Unavailable(error.kind().to_string()))
    }

    async fn disk_free(&self) -> Result<u8, StoreError> {
        disk::free_percent(&self.dir).map_err(|error| StoreError::Unavailable(error.kind().to_string()))
    }

    async fn holdings(&self) -> Result<Holdings, StoreError> {
        tip::holdings(&mut *self.pool.acquire().await?).await
    }

    async fn put_tip(&self, tip: NewTip) -> Result<TipOutcome, StoreError> {
        self.writer.put(tip).await
    }

    async fn tip_outcome(&self, id: TipId, body_hash: Sha256Hash) -> Result<Option<TipOutcome>, StoreError> {
        tip::outcome(&self.pool, id, body_hash).await
    }

    async fn keep_tips(&self, ids: &[TipId]) -> Result<(), StoreError> {
        tip::keep(&self.pool, ids).await
    }

    async fn tips_after(&self, seq: u64, agency: AgencyNumber) -> Result<Vec<ListedTip>, StoreError> {
        tip::list_after(&self.pool, seq, agency).await
    }

    async fn last_seq(&self) -> Result<u64, StoreError> {
        unsigned(tip::last_seq(&mut *self.pool.acquire().await?).await?)
    }

    async fn put_event(&self, tip: TipId, event: &NewEvent) -> Result<EventOutcome, StoreError> {
        event::put(&self.pool, tip, event).await
    }

    async fn events_after(&self, seq: u64) -> Result<Vec<ListedEvent>, StoreError> {
        event::list_after(&self.pool, seq).await
    }

    async fn last_event_seq(&self) -> Result<u64, StoreError> {
        event::last_seq(&self.pool).await
    }

    async fn put_referral(
        &self,
        tip: TipId,
        keyring: u32,
        capsules: &[Vec<u8>],
    ) -> Result<ReferralOutcome, StoreError> {
        referral::put(&self.pool, tip, keyring, capsules).await
    }

    async fn referrals_after(&self, seq: u64, agency: AgencyNumber) -> Result<Vec<ListedTip>, StoreError> {
        referral::list_after(&self.pool, seq, agency).await
    }

    async fn last_referral(&self) -> Result<u64, StoreError> {
        referral::last(&self.pool, "referral").await
    }

    async fn capsules_below(
        &self,
        list: CapsuleList,
        after: u64,
        below: Below,
        sealed: (&str, u32),
    ) -> Result<Vec<ListedCapsule>, StoreError> {
        capsule::list_below(&self.pool, list, after, below, sealed).await
    }

    async fn count_capsules_below(&self, below: Below) -> Result<u64, StoreError> {
        capsule::count_below(&self.pool, below).await
    }

    async fn put_sealed_again(&self, new: &NewSealing) -> Result<(), StoreError> {
        capsule::put(&self.pool, new).await
    }

    async fn sealed_again_after(&self, agency: AgencyNumber, seq: u64) -> Result<Vec<ListedSealing>, StoreError> {
        capsule::list_waiting(&self.pool, agency, seq).await
    }

    async fn last_sealed_again(&self) -> Result<u64, StoreError> {
        capsule::last_seq(&self.pool).await
    }

    async fn count_sealed_again(&self, agency: AgencyNumber, epoch: u32) -> Result<u64, StoreError> {
        capsule::count_waiting(&self.pool, agency, epoch).await
    }

    async fn replace_capsules(&self, rule: &ReplaceRule, checked: &[CheckedCapsule]) -> Result<u64, StoreError> {
        capsule::replace(&self.pool, rule, checked).await
    }

    async fn ask_deletion(&self, tip: TipId, request: &NewDeletion) -> Result<DeletionOutcome, StoreError> {
        deletion::ask(&self.pool, tip, request).await
    }

    async fn second_deletion(&self, tip: TipId, second: &NewSecond) -> Result<DeletionOutcome, StoreError> {
        deletion::second(&self.pool, tip, second).await
    }

    async fn object_to_deletion(&self, tip: TipId, request: &Sha256Hash) -> Result<DeletionOutcome, StoreError> {
        deletion::object(&self.pool, tip, request).await
    }

    async fn deletions_of(&self, tip: TipId, site: &Sha256Hash) -> Result<Option<Vec<DeletionRecord>>, StoreError> {
        deletion::of_tip(&self.pool, tip, site).await
    }

    async fn open_notices(&self) -> Result<Vec<OpenNotice>, StoreError> {
        deletion::notices(&self.pool).await
    }

    async fn last_notice(&self) -> Result<u64, StoreError> {
        referral::last(&self.pool, "notice").await
    }

    async fn delete_noticed(&self, notice: u64, today: Day) -> Result<bool, StoreError> {
        deletion::carry_out(&self.pool, notice, today).await
    }

    async fn drop_notice(&self, request: &Sha256Hash) -> Result<(), StoreError> {
        deletion::drop_notice(&self.pool, request).await
    }

    async fn note_read(&self, mark: ReadMark, notices: u64, keep_from: Day) -> Result<(), StoreError> {
        junk::note_read(&self.pool, mark, notices, keep_from).await
    }

    async fn read_marks(&self) -> Result<Vec<ReadMark>, StoreError> {
        junk::marks(&self.pool).await
    }

    async fn junk(&self, through: u64) -> Result<FoundJunk, StoreError> {
        junk::find(&self.pool, through).await
    }

    async fn ask_purge(&self, hash: &Sha256Hash, request: &PurgeRecord) -> Result<(), StoreError> {
        junk::ask(&self.pool, hash, request).await
    }

    async fn purge_requests(&self, site: &Sha256Hash) -> Result<Vec<PurgeRecord>, StoreError> {
        junk::requests(&self.pool, site).await
    }

    async fn purge_junk(&self, hash: &Sha256Hash, asked: &PurgeAsked, today: Day) -> Result<Option<u64>, StoreError> {
        junk::purge(&self.pool, hash, asked, today).await
    }

    async fn put_keyring_version(&self, number: u32, hash: Sha256Hash, document: &str) -> Result<Outcome, StoreError> {
        keyring::put(&self.pool, number, hash, document).await
    }

    async fn put_proposal(&self, hash: Sha256Hash, proposal: &Proposal) -> Result<Outcome, StoreError> {
        proposal::put(&self.pool, hash, proposal).await
    }

    async fn proposals(&self) -> Result<Vec<Proposal>, StoreError> {
        proposal::list(&self.pool).await
    }

    async fn keyring_versions_from(&self, number: u32) -> Result<Vec<String>, StoreError> {
        keyring::list_from(&self.pool, number).await
    }

    async fn newest_keyring_version(&self) -> Result<Option<u32>, StoreError> {
        keyring::newest(&self.pool).await
    }

    async fn put_secret(&self, author: &str, secret: &NewSecret) -> Result<Outcome, StoreError> {
        match secret {
            NewSecret::Key(key) => secret::put_key(&self.pool, author, key).await,
            NewSecret::Opened(opened) => secret::put_opened(&self.pool, author, opened).await,
            NewSecret::Retired(retired) => retired::put(&self.pool, author, retired).await,
        }
    }

    async fn secrets(&self, reader: SecretsFor<'_>) -> Result<Secrets, StoreError> {
        secret::list(&self.pool, reader).await
    }

    async fn put_roll(&self, member: &str, rolled: Option<&Rolled>, copies: &[OwnCopy]) -> Result<Outcome, StoreError> {
        roll::put(&self.pool, member, rolled, copies).await
    }

    async fn rolls(&self) -> Result<Rolls, StoreError> {
        roll::list(&self.pool).await
    }

    async fn destroy_copies(&self, agency: AgencyNumber, epoch: u32) -> Result<(), StoreError> {
        retired::destroy_copies(&self.pool, agency, epoch).await
    }

    async fn has_copies(&self, agency: AgencyNumber, epoch: u32) -> Result<bool, StoreError> {
        retired::has_copies(&self.pool, agency, epoch).await
    }

    async fn has_agency_key(&self, name: &AgencyKeyName) -> Result<bool, StoreError> {
        secret::has_key(&self.pool, name).await
    }

    async fn put_canary(&self, record: &CanaryRecord, keep_from: Day) -> Result<Outcome, StoreError> {
        canary::put(&self.pool, record, keep_from).await
    }

    async fn canaries(&self) -> Result<Vec<CanaryRecord>, StoreError> {
        canary::list(&self.pool).await
    }

    async fn put_pointer(&self, new: &NewPointer) -> Result<Outcome, StoreError> {
        pointer::put(&self.pool, new).await
    }

    async fn pointers_after(&self, seq: u64) -> Result<Vec<ListedPointer>, StoreError> {
        pointer::list_after(&self.pool, seq).await
    }

    async fn last_pointer(&self) -> Result<u64, StoreError> {
        referral::last(&self.pool, "pointer").await
    }

    async fn forget_pointers(&self, before: Day) -> Result<(), StoreError> {
        pointer::forget(&self.pool, before).await
    }

    async fn put_reply(&self, reply: &NewReply) -> Result<Outcome, StoreError> {
        mailbox::put(&self.pool, reply).await
    }

    async fn mailbox(&self, place: &MailboxPlace, skip: u8, now: u64) -> Result<Vec<MailboxRow>, StoreError> {
        mailbox::read(&self.pool, place, skip, now).await
    }

    async fn empty_mailbox(&self, place: &MailboxPlace, now: u64) -> Result<(), StoreError> {
        mailbox::empty(&self.pool, place, now).await
    }

    async fn overwrite_emptied(&self) -> Result<(), StoreError> {
        mailbox::overwrite_emptied(&self.pool).await
    }

    async fn tidy_mailboxes(&self, tidying: &MailboxTidying<'_>) -> Result<u64, StoreError> {
        mailbox::tidy(&self.pool, tidying).await
    }

    async fn take_nonce(&self, digest: Sha256Hash, expires: u64, now: u64) -> Result<bool, StoreError> {
        nonce::take(&self.pool, digest, expires, now).await
    }

    async fn forget_journal(&self) -> Result<bool, StoreError> {
        journal::forget(&self.pool).await
    }

    async fn close(&self) {
        self.writer.finish().await;
        self.pool.close().await;
    }
}

impl From<&sqlx::Error> for StoreError {
    /// Keeps the kind of the failure and drops its text, which could hold a value.
    fn from(error: &sqlx::Error) -> Self {
        const SQLITE_FULL: u32 = 13;
        const SQLITE_CONSTRAINT: u32 = 19;
        match error {
            sqlx::Error::Database(cause) => {
                // The lowest byte of an extended result code is the primary one.
                let code = cause.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or_default();
                match code & 0xff {
                    SQLITE_FULL => Self::DiskFull,
                    SQLITE_CONSTRAINT => Self::Refused,
                    _ => Self::Unavailable(format!("code {code}")),
                }
            }
            sqlx::Error::Io(cause) => Self::Unavailable(cause.kind().to_string()),
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Unavailable("closed".into()),
            _ => Self::Unavailable("unexpected answer".into()),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::from(&error)
    }
}

/// Numbers of ours that fit by their type, as `SQLite` holds them; a number from the file that does not fit is damage.
fn unsigned<T: TryFrom<i64>>(value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Damaged)
}

/// A day from the file.
fn day(days: i64) -> Result<Day, StoreError> {
    Day::from_epoch_days(unsigned(days)?).map_err(|_| StoreError::Damaged)
}

/// Bytes from the file that must have a fixed length.
fn fixed<const N: usize>(bytes: Vec<u8>) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Damaged)
}
