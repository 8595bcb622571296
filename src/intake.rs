//! What the product does with what comes through the doors: its rules, and nothing of HTTP or SQL.
//!
//! It cannot open anything it passes on. Time comes from a `Clock`, everything stored from a `Store`.

use crate::clock::Clock;
use crate::crypto::keyring::words_of;
use crate::model::hex::Sha256Hash;
use crate::store::blobs::Blobs;
use crate::store::pause::Pause;
use crate::store::{Store, StoreError};
use std::sync::Arc;
use tokio::sync::Notify;

mod attachments;
mod caller;
mod canary;
mod capsules;
mod deletion;
mod events;
mod inbox;
mod junk;
mod keep;
mod keyring;
mod mailbox;
mod pointers;
mod recovery;
mod referral;
mod rolls;
mod secrets;
mod status;
mod submit;
mod uploads;

pub use attachments::{Attachment, AttachmentRefusal};
pub use caller::Caller;
pub use canary::CanaryRefusal;
pub use capsules::{CapsulesRefusal, ListedCapsules, ListedSealings};
pub use deletion::{DeletionAnswer, DeletionRefusal, NOTICE_DAYS, REQUEST_DAYS, ReadRefusal};
pub use events::{EventRefusal, ListedEvents};
pub use inbox::{Listed, TipsRefusal};
pub use junk::{JUNK_DAYS, PurgeAnswer, PurgeRefusal};
pub use keep::KeepRefusal;
pub use keyring::{LoadError, PublishRefusal, Published};
pub use mailbox::{ReplyRefusal, mailbox_days};
pub use pointers::{ListedPointers, PointerRefusal};
pub use referral::ReferralRefusal;
pub use secrets::SecretRefusal;
pub use status::StatusRefusal;
pub use submit::SubmitRefusal;
pub use uploads::{MAX_PART_BYTES, MIN_PART_BYTES, UploadLimits, UploadPlace, UploadRefusal, UploadWriter};

use keyring::Known;
use mailbox::Visits;
use uploads::Uploads;

/// One site's rules over its store. Holds no state of its own but a copy of keyring versions, which never change once
/// stored, and for some minutes who was at which mailbox and who writes to which file; so any number of these may stand over one store.
pub struct Intake {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    genesis: Sha256Hash,
    site_words: String,
    known: Known,
    reply_delay_minutes: u32,
    visits: Visits,
    /// Told when a source has deleted what lay in a mailbox.
    emptied: Notify,
    uploads: Option<Uploads>,
}

/// What became of something sent to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is durable now.
    Now,
    /// The very same was durable already.
    Before,
}

impl Intake {
    /// Stands over `store` for the site with this genesis. Reads and verifies the whole keyring that is stored.
    pub async fn open(store: Arc<dyn Store>, clock: Arc<dyn Clock>, genesis: Sha256Hash) -> Result<Self, LoadError> {
        let intake = Self {
            store,
            clock,
            genesis,
            site_words: words_of(&genesis),
            known: Known::default(),
            reply_delay_minutes: 0,
            visits: Visits::default(),
            emptied: Notify::new(),
            uploads: None,
        };
        intake.load_keyring().await?;
        Ok(intake)
    }

    /// Lets replies be shown after a random time of up to so many minutes. Else they are shown at once.
    #[must_use]
    pub fn with_reply_delay(self, reply_delay_minutes: u32) -> Self {
        Self { reply_delay_minutes, ..self }
    }

    /// Has files that followed letters, and takes more within these limits, if there are any. Else there are none.
    #[must_use]
    pub fn with_uploads(self, blobs: Blobs, limits: Option<UploadLimits>) -> Self {
        Self { uploads: Some(Uploads::new(blobs, limits)), ..self }
    }

    /// Whether those who run the site have closed its form for a while.
    pub async fn pause(&self) -> Result<Option<Pause>, StoreError> {
        self.store.pause().await
    }

    /// The clock of this site.
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The hash of the keyring's version 0.
    pub fn genesis(&self) -> &Sha256Hash {
        &self.genesis
    }

    /// Takes a nonce of a request once; false when it was taken before. `digest` stands for the nonce and its user.
    pub async fn take_nonce(&self, digest: Sha256Hash, expires: u64) -> Result<bool, StoreError> {
        // Rounded up to the hour: whoever takes the file learns no time of day from it.
        let expires = expires.next_multiple_of(3600);
        self.store.take_nonce(digest, expires, self.clock.unix_seconds()).await
    }

    /// Lets the store forget in which order and beside what the last writes came. To be called every few minutes.
    pub async fn forget_journal(&self) -> Result<bool, StoreError> {
        self.store.forget_journal().await
    }

    /// Writes what still waits and lets go of the store.
    pub async fn close(&self) {
        // What fails here is done when it is opened again, or costs a mailbox some days of its time.
        let _overwritten = self.overwrite_emptied().await;
        let _tidied = self.tidy_mailboxes().await;
        self.store.close().await;
    }
}
