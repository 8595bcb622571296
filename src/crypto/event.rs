//! Case events: what members write beside a tip, signed, then sealed to the thread key. `docs/PROTOCOL.md` section 9.
//!
//! An event travels as the exact text that was signed. Whoever reads one trusts nothing in it but who signed it: every
//! string is hostile text, and an event whose kind we do not know keeps its place.

use super::file::{self, OpenError};
use super::pad;
use super::sign::{self, Purpose, canonical};
use super::thread::ThreadKey;
use crate::model::agency::AgencyNumber;
use crate::model::hex::{Hex, Sha256Hash, SignatureBytes, VerifyingKeyBytes};
use crate::model::tip::TipId;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

mod kind;
mod parts;

pub use kind::{Kind, Unknown};
pub use parts::{Capsule, Checked, CloseReason, Excluded, LinkAs, Outcome, SealedFor, SetStatus, Shared, Span};

/// The only format there is.
pub const FORMAT: u32 = 1;
/// The last second of the year 9999.
pub const MAX_AT: u64 = 253_402_300_799;
/// The most heads that an event names; where there are more, those that come first in the order.
pub const MAX_HEADS: usize = 64;

/// The name of an event: SHA-256 of its text.
pub type EventHash = Sha256Hash;

/// What is signed. Its `Debug` shows neither kind nor words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// [`FORMAT`].
    pub format: u32,
    /// The tip it belongs to.
    pub tip: TipId,
    /// Who wrote it.
    #[serde(flatten)]
    pub author: Author,
    /// When, by the author's clock, in seconds since 1970.
    pub at: u64,
    /// The newest version of the keyring that the author knew.
    pub keyring: u32,
    /// All events that no other followed as far as the author saw, ascending; none at the beginning.
    pub heads: Vec<EventHash>,
    /// The event that the same author wrote before on this tip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<EventHash>,
    /// The newest line of the author's own log then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<Sha256Hash>,
    /// What it says.
    pub what: Kind,
}

/// Who wrote an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The member's id, which names one person's one device.
    #[serde(rename = "author")]
    pub member: String,
    /// The person, the same on all their devices.
    pub person: String,
    /// Their agency.
    pub agency: AgencyNumber,
}

/// An event as it travels inside the seal: the text that was signed, and the signature.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedEvent {
    /// Canonical JSON of an [`Event`].
    event: String,
    /// The author's, with [`Purpose::Event`].
    signature: SignatureBytes,
}

/// An event and its name. `Debug` as that of [`Event`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedEvent {
    /// SHA-256 of its text.
    pub hash: EventHash,
    /// What it says.
    pub event: Event,
}

/// Why an event cannot be read or sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// The thread key does not open it.
    #[error("it does not open: {0}")]
    Sealed(#[from] OpenError),
    /// It opened onto something that is no event.
    #[error("it is no event")]
    NotOne,
    /// A later format.
    #[error("its format is newer than this version of desk: update desk")]
    Format,
    /// It belongs to another tip.
    #[error("it belongs to another tip")]
    OtherTip,
    /// It is not signed by the key it must be signed by.
    #[error("its signature is false")]
    Forged,
    /// It fits no bucket.
    #[error("it is too long: an event holds about 15,000 characters")]
    TooLong,
}

impl SignedEvent {
    /// Signs an event.
    pub fn new(event: &Event, key: &SigningKey) -> Self {
        let text = canonical(event);
        let signature = sign::sign(key, Purpose::Event, text.as_bytes());
        Self { event: text, signature }
    }

    /// The name of the event.
    pub fn hash(&self) -> EventHash {
        Hex(Sha256::digest(&self.event).into())
    }

    /// Whether this key signed it.
    pub fn is_by(&self, key: &VerifyingKeyBytes) -> bool {
        sign::verifies(key, Purpose::Event, self.event.as_bytes(), &self.signature)
    }

    /// Reads it, whoever signed it.
    pub fn read(&self) -> Result<NamedEvent, EventError> {
        #[derive(Deserialize)]
        struct Versioned {
            format: u32,
        }
        let Versioned { format } = serde_json::from_str(&self.event).map_err(|_| EventError::NotOne)?;
        if format != FORMAT {
            return Err(EventError::Format);
        }
        let event: Event = serde_json::from_str(&self.event).map_err(|_| EventError::NotOne)?;
        let is_written_so =
            serde_json::from_str::<serde_json::Value>(&self.event).is_ok_and(|value| canonical(&value) == self.event);
        let is_ascending = event.heads.is_sorted_by(|one, next| one < next) && event.heads.len() <= MAX_HEADS;
        let is_sound = is_written_so && is_ascending && event.at <= MAX_AT;
        is_sound.then(|| NamedEvent { hash: self.hash(), event }).ok_or(EventError::NotOne)
    }

    /// Reads one that was [read](Self::read) before it was kept. How it is written is not looked at again: that takes four times as long,
    /// and a list reads tens of thousands.
    pub fn read_again(&self) -> Result<NamedEvent, EventError> {
        let event: Event = serde_json::from_str(&self.event).map_err(|_| EventError::NotOne)?;
        Ok(NamedEvent { hash: self.hash(), event })
    }

    /// Seals it to a thread key. Fails when it is too long, and before anything is sealed.
    pub fn seal(&self, thread: &ThreadKey) -> Result<Vec<u8>, EventError> {
        let text = serde_json::to_vec(self).expect("strings always serialize");
        let padded = Zeroizing::new(pad::to_event_bucket(text).map_err(|pad::TooLong| EventError::TooLong)?);
        Ok(file::seal(&thread.to_recipient(), &padded))
    }

    /// Opens what was sealed to a thread key. Says nothing of who signed it.
    pub fn open(sealed: &[u8], thread: &ThreadKey) -> Result<Self, EventError> {
        let padded = file::open(thread.identity(), sealed)?;
        let text = pad::without_event_padding(&padded).ok_or(EventError::NotOne)?;
        serde_json::from_slice(text).map_err(|_| EventError::NotOne)
    }

    /// The text that was signed.
    pub fn text(&self) -> &str {
        &self.event
    }

    /// The signature over it.
    pub const fn signature(&self) -> &SignatureBytes {
        &self.signature
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("tip", &self.tip).field("author", &self.author).finish_non_exhaustive()
    }
}

impl fmt::Debug for SignedEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SignedEvent").field(&self.hash()).finish()
    }
}

#[cfg(test)]
#[path = "event/tests.rs"]
mod tests;
