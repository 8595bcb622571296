//! Where sealed bytes lie. Knows acts, not rules: each method is one complete act in one transaction.
//!
//! What may be stored is `intake`'s to say; SQL is the backends'. Nothing here can open what it holds.

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
use pause::Pause;

pub mod blobs;
pub mod bucket;
pub mod disk;
pub mod pause;
pub mod sqlite;

mod capsules;
mod events;
mod mailbox;
mod pointers;
mod proposal;
mod sharing;
mod uploads;

pub use capsules::{Below, CapsuleList, ListedCapsule, ListedSealing, NewSealing, ReplaceRule};
pub use events::{EventOutcome, ListedEvent, NewEvent};
pub use mailbox::{MailboxPlace, MailboxRow, MailboxTidying, NewReply};
pub use pointers::{ListedPointer, NewPointer};
pub use proposal::Proposal;
pub use sharing::{DeletionOutcome, FoundJunk, NewDeletion, NewSecond, OpenNotice, ReadMark, ReferralOutcome};
pub use uploads::{
    NewPart, NewUpload, ObjectName, PartOutcome, StoredPart, StoredUpload, UploadName, UploadOutcome, UploadRight,
    UploadRoom, UploadStore,
};

/// A tip that was checked and may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTip {
    /// Its name.
    pub id: TipId,
    /// The day it came.
    pub day: Day,
    /// The keyring version it was sealed under.
    pub keyring: u32,
    /// SHA-256 of the whole body, by which a retry is known.
    pub body_hash: Sha256Hash,
    /// Hash of the token with which attachments may follow.
    pub upload_hash: Sha256Hash,
    /// Sealed.
    pub letter: Vec<u8>,
    /// Sealed; the one at index `n` is agency `n`'s.
    pub capsules: Vec<Vec<u8>>,
}

/// How much a store holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// Tips.
    pub tips: u64,
    /// The day the newest of them came.
    pub newest_day: Option<Day>,
}

/// What became of a tip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TipOutcome {
    /// It is durable now.
    Stored,
    /// This very body was durable already.
    StoredBefore,
    /// Another body is stored under this id; nothing changed.
    OtherBody,
    /// The tip under this id was deleted; nothing changed.
    Deleted,
}

/// A stored tip as one agency gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTip {
    /// Its place; grows.
    pub seq: u64,
    /// Its name.
    pub id: TipId,
    /// The day it came.
    pub day: Day,
    /// The keyring version it was sealed under.
    pub keyring: u32,
    /// Sealed.
    pub letter: Vec<u8>,
    /// The agency's own; none when the tip is older than the agency's number.
    pub capsule: Option<Vec<u8>>,
}

/// What became of something that is stored once and never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is durable now.
    Stored,
    /// The very same was there already.
    StoredBefore,
    /// Something else has its place, or there is no place left; nothing changed.
    Taken,
}

/// Whose secrets are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretsFor<'a> {
    /// Of one agency, with this member's own copies.
    Member {
        /// The agency.
        agency: AgencyNumber,
        /// The member's id.
        member: &'a str,
    },
    /// Of all agencies, without copies.
    Admin,
}

/// Why the store did not do it. Nothing was changed, unless `Unavailable` says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// More waits to be written than may wait.
    #[error("too much is waiting to be written")]
    Busy,
    /// No room on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The backend would not have this value; others are none the worse for it.
    #[error("the database refused a value")]
    Refused,
    /// The backend failed; whether a write was kept is unknown. The text is a code of the backend, never a value.
    #[error("the database failed: {0}")]
    Unavailable(String),
    /// What was read is not what was written.
    #[error("the database holds a value that was never written there")]
    Damaged,
}

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder or the file cannot be made or read.
    #[error("cannot use {path}: {cause}")]
    Path {
        /// Which.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// Others on the machine can look into the folder.
    #[error("{path} is open to other users of this machine")]
    OpenToOthers {
        /// The folder.
        path: String,
    },
    /// A newer program has written there, or a migration was changed.
    #[error("the database has a schema that this version does not know")]
    UnknownSchema,
    /// The backend failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A backend. Every act is durable when it returns `Ok`.
#[async_trait]
pub trait Store: UploadStore {
    /// Whether the form is closed for a while, by those who run the site.
    async fn pause(&self) -> Result<Option<Pause>, StoreError>;

    /// Percent of the disk that is free.
    async fn disk_free(&self) -> Result<u8, StoreError>;

    /// How much is stored. Goes through all tips.
    async fn holdings(&self) -> Result<Holdings, StoreError>;

    /// Stores a tip with its capsules, once. Costs a share of one sync: tips that come together are written together.
    async fn put_tip(&self, tip: NewTip) -> Result<TipOutcome, StoreError>;

    /// What a tip with this id and body would meet, when something is there under its id: nothing is stored.
    async fn tip_outcome(&self, id: TipId, body_hash: Sha256Hash) -> Result<Option<TipOutcome>, StoreError>;

    /// Flags those of these tips that there are as kept: that a desk has opened them. Says nothing of the others.
    async fn keep_tips(&self, ids: &[TipId]) -> Result<(), StoreError>;

    /// The next tips above `seq`, ascending, each with the capsule of `agency`; about a megabyte at most, at least one
    /// when there is one. Empty at the end. Every tip is listed, whoever can open it.
    async fn tips_after(&self, seq: u64, agency: AgencyNumber) -> Result<Vec<ListedTip>, StoreError>;

    /// The place of the newest tip there ever was, also when it is deleted; 0 before the first. Cheap.
    async fn last_seq(&self) -> Result<u64, StoreError>;

    /// Stores an event beside its tip, once.
    async fn put_event(&self, tip: TipId, event: &NewEvent) -> Result<EventOutcome, StoreError>;

    /// The next events above `seq`, ascending, of all tips; about a megabyte at most, at least one when there is one.
    async fn events_after(&self, seq: u64) -> Result<Vec<ListedEvent>, StoreError>;

    /// The place of the newest event there ever was; 0 before the first. Cheap.
    async fn last_event_seq(&self) -> Result<u64, StoreError>;

    /// Adds capsules to a tip, one for each agency by number, sealed under this version of the keyring, beside all that are
    /// there: nothing is overwritten.
    async fn put_referral(&self, tip: TipId, keyring: u32, capsules: &[Vec<u8>])
    -> Result<ReferralOutcome, StoreError>;

    /// The next referrals above `seq` as `tips_after` gives tips: each with its own number, its tip's letter, and the
    /// capsule that it added for `agency`.
    async fn referrals_after(&self, seq: u64, agency: AgencyNumber) -> Result<Vec<ListedTip>, StoreError>;

    /// How many referrals there ever were. Cheap.
    async fn last_referral(&self) -> Result<u64, StoreError>;

    /// The next of an agency's capsules that may be sealed to an older key, whatever they hold, without those that
    /// `sealed` names: by whose hand, and to which key they are sealed again already.
    async fn capsules_below(
        &self,
        list: CapsuleList,
        after: u64,
        below: Below,
        sealed: (&str, u32),
    ) -> Result<Vec<ListedCapsule>, StoreError>;

    /// How many tips have such a capsule.
    async fn count_capsules_below(&self, below: Below) -> Result<u64, StoreError>;

    /// Puts capsules that were sealed again beside those in use, in the place of what the same author had put there. One
    /// whose place is gone is passed over.
    async fn put_sealed_again(&self, new: &NewSealing) -> Result<(), StoreError>;

    /// The next capsules that an agency's members have sealed again, by number.
    async fn sealed_again_after(&self, agency: AgencyNumber, seq: u64) -> Result<Vec<ListedSealing>, StoreError>;

    /// The last number of such a capsule that was given. Cheap.
    async fn last_sealed_again(&self) -> Result<u64, StoreError>;

    /// How many of an agency wait that were sealed again to this key.
    async fn count_sealed_again(&self, agency: AgencyNumber, epoch: u32) -> Result<u64, StoreError>;

    /// Puts capsules that were checked in the place of the old ones, as far as the rule lets them, and gives how many. What
    /// is not there, or is not what was checked, is passed over.
    async fn replace_capsules(&self, rule: &ReplaceRule, checked: &[CheckedCapsule]) -> Result<u64, StoreError>;

    /// Keeps a request to delete a tip, once.
    async fn ask_deletion(&self, tip: TipId, request: &NewDeletion) -> Result<DeletionOutcome, StoreError>;

    /// Opens a notice for a request that nobody has objected to, once.
    async fn second_deletion(&self, tip: TipId, second: &NewSecond) -> Result<DeletionOutcome, StoreError>;

    /// Lets a request count for nothing ever after, and takes its notice away.
    async fn object_to_deletion(&self, tip: TipId, request: &Sha256Hash) -> Result<DeletionOutcome, StoreError>;

    /// All requests to delete a tip of this site; none when there is no such tip.
    async fn deletions_of(&self, tip: TipId, site: &Sha256Hash) -> Result<Option<Vec<DeletionRecord>>, StoreError>;

    /// The notices that are open, ascending.
    async fn open_notices(&self) -> Result<Vec<OpenNotice>, StoreError>;

    /// How many notices there ever were. Cheap.
    async fn last_notice(&self) -> Result<u64, StoreError>;

    /// Deletes the tip of a notice with all that belongs to it, and leaves a tombstone. False when the notice is not open
    /// any more: then nothing was done. The bytes may stay in the journal until it is forgotten.
    async fn delete_noticed(&self, notice: u64, today: Day) -> Result<bool, StoreError>;

    /// Takes a notice away, and lets its request count for nothing ever after.
    async fn drop_notice(&self, request: &Sha256Hash) -> Result<(), StoreError>;

    /// Remembers how far an agency has read and that it saw the notices up to `notices`; forgets what it read by the days
    /// before the newest mark that is not younger than `keep_from`.
    async fn note_read(&self, mark: ReadMark, notices: u64, keep_from: Day) -> Result<(), StoreError>;

    /// How far each agency had read by which day, by agency and day.
    async fn read_marks(&self) -> Result<Vec<ReadMark>, StoreError>;

    /// What nobody kept or wrote on, up to a number of the list, and no more than one purge takes.
    async fn junk(&self, through: u64) -> Result<FoundJunk, StoreError>;

    /// Keeps an admin's request to purge, in the place of an earlier one of theirs.
    async fn ask_purge(&self, hash: &Sha256Hash, request: &PurgeRecord) -> Result<(), StoreError>;

    /// Requests to purge at this site that wait for a second admin.
    async fn purge_requests(&self, site: &Sha256Hash) -> Result<Vec<PurgeRecord>, StoreError>;

    /// Deletes exactly the junk that a request names, and the request, and gives how many tips that was. None, and nothing
    /// was done, when junk up to there is no longer just that.
    async fn purge_junk(&self, hash: &Sha256Hash, asked: &PurgeAsked, today: Day) -> Result<Option<u64>, StoreError>;

    /// Stores a version of the keyring under its number, once.
    async fn put_keyring_version(&self, number: u32, hash: Sha256Hash, document: &str) -> Result<Outcome, StoreError>;

    /// Keeps what recovery admins propose as the version with this number, once, with the day it came. Taken when that is not
    /// the next one, or when as many as may wait are there. It is forgotten when the next version is stored.
    async fn put_proposal(&self, hash: Sha256Hash, proposal: &Proposal) -> Result<Outcome, StoreError>;

    /// What is proposed to follow the newest version.
    async fn proposals(&self) -> Result<Vec<Proposal>, StoreError>;

    /// The documents of all versions from `number` on, ascending.
    async fn keyring_versions_from(&self, number: u32) -> Result<Vec<String>, StoreError>;

    /// The number of the newest version, or none while there is no keyring. Cheap.
    async fn newest_keyring_version(&self) -> Result<Option<u32>, StoreError>;

    /// Stores an agency key with its copies, or a statement about one, once per agency, epoch, author and recipient. Of
    /// one author and epoch at most [`MAX_KEYS_OF_AUTHOR`](crate::wire::MAX_KEYS_OF_AUTHOR) keys.
    async fn put_secret(&self, author: &str, secret: &NewSecret) -> Result<Outcome, StoreError>;

    /// Agency keys and statements in the order of agency, epoch, author and recipient.
    async fn secrets(&self, reader: SecretsFor<'_>) -> Result<Secrets, StoreError>;

    /// Deletes every member's copy of the keys that an agency had in this epoch, and what was sealed again to them or to an
    /// older one and never checked.
    async fn destroy_copies(&self, agency: AgencyNumber, epoch: u32) -> Result<(), StoreError>;

    /// Whether a copy of a key that the agency had in this epoch is there.
    async fn has_copies(&self, agency: AgencyNumber, epoch: u32) -> Result<bool, StoreError>;

    /// Stores a member's next recipient, once per number, and puts their own copies of agency keys in the place of those that are
    /// there. Copies of keys that are gone are passed over; where another recipient has the number, nothing changes.
    async fn put_roll(&self, member: &str, rolled: Option<&Rolled>, copies: &[OwnCopy]) -> Result<Outcome, StoreError>;

    /// How members' recipients rolled, in the order of their ids.
    async fn rolls(&self) -> Result<Rolls, StoreError>;

    /// Whether someone has stored a key of this name.
    async fn has_agency_key(&self, name: &AgencyKeyName) -> Result<bool, StoreError>;

    /// Stores an agency's word about a canary, once, and forgets those from before `keep_from`.
    async fn put_canary(&self, record: &CanaryRecord, keep_from: Day) -> Result<Outcome, StoreError>;

    /// What agencies have said of canaries, by day, agency and hash.
    async fn canaries(&self) -> Result<Vec<CanaryRecord>, StoreError>;

    /// Stores a message by which two agencies compare, once; not where as many lie as there is room for.
    async fn put_pointer(&self, new: &NewPointer) -> Result<Outcome, StoreError>;

    /// The next of these messages above `seq`, ascending; about a megabyte at most.
    async fn pointers_after(&self, seq: u64) -> Result<Vec<ListedPointer>, StoreError>;

    /// How many of them there ever were. Cheap.
    async fn last_pointer(&self) -> Result<u64, StoreError>;

    /// Deletes those that came before this day.
    async fn forget_pointers(&self, before: Day) -> Result<(), StoreError>;

    /// Stores a reply, once; not where as many lie as one mailbox has room for.
    async fn put_reply(&self, reply: &NewReply) -> Result<Outcome, StoreError>;

    /// What lies at a place and is shown at `now`, newest first but without the newest `skip`, filled up to
    /// [`MAX_SHOWN_REPLIES`](crate::wire::MAX_SHOWN_REPLIES) rows of one length with what is none. Writes nothing.
    async fn mailbox(&self, place: &MailboxPlace, skip: u8, now: u64) -> Result<Vec<MailboxRow>, StoreError>;

    /// Deletes all that lies at a place and is shown at `now`. Writes as much to the disk whether or not something did; the bytes
    /// are there until [`overwrite_emptied`](Self::overwrite_emptied).
    async fn empty_mailbox(&self, place: &MailboxPlace, now: u64) -> Result<(), StoreError>;

    /// Overwrites the bytes of all that was deleted.
    async fn overwrite_emptied(&self) -> Result<(), StoreError>;

    /// Puts off the end of places where somebody was, forgets times that are past, deletes what has come to its end, and gives
    /// how many replies that was.
    async fn tidy_mailboxes(&self, tidying: &MailboxTidying<'_>) -> Result<u64, StoreError>;

    /// Takes a nonce, known by a digest, until `expires`; false when it was taken before. Forgets those that expired
    /// before `now`. Both in seconds since 1970.
    async fn take_nonce(&self, digest: Sha256Hash, expires: u64, now: u64) -> Result<bool, StoreError>;

    /// Forgets in which order and beside what the last writes came; what was written stays. False when a reader was in
    /// the way: ask again later.
    async fn forget_journal(&self) -> Result<bool, StoreError>;

    /// Writes what still waits, then lets go of the backend. Later acts fail.
    async fn close(&self);
}
