//! The three messages of an exchange, signed by a member and then sealed to both agencies. All have one length.

use super::{Exchange, Questions, Replies, Tokens};
use crate::crypto::file::{self, OpenError};
use crate::crypto::hybrid::{HybridIdentity, HybridRecipient};
use crate::crypto::shape::POINTER_PLAIN_LEN;
use crate::crypto::sign::{self, Purpose, canonical};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Hex, Sha256Hash, SignatureBytes, VerifyingKeyBytes};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// The only format there is.
pub const FORMAT: u32 = 1;

/// What is signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// [`FORMAT`].
    pub format: u32,
    /// In which exchange.
    pub exchange: Exchange,
    /// Id of the member who sends it.
    pub member: String,
    /// The newest version of the keyring that they knew.
    pub keyring: u32,
    /// Epoch of their agency's key that its secrets follow from.
    pub epoch: u32,
    /// Today, there.
    pub day: Day,
    /// Name of the message that it answers; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Sha256Hash>,
    /// What it carries.
    pub what: Step,
}

/// What a message carries.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// The first: one side asks.
    Ask {
        /// What.
        questions: Questions,
    },
    /// The second: the other side answers, asks itself, and says what its key makes of what it holds.
    Answer {
        /// To the questions of the first.
        replies: Replies,
        /// Of what it holds.
        tokens: Tokens,
        /// What it asks.
        questions: Questions,
    },
    /// The third: the first side answers, too.
    Finish {
        /// To the questions of the second.
        replies: Replies,
        /// Of what it holds.
        tokens: Tokens,
    },
}

/// A message as it travels inside the seal: the text that was signed, and the signature.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedMessage {
    /// Canonical JSON of a [`Message`].
    message: String,
    /// The member's, with [`Purpose::Pointers`].
    signature: SignatureBytes,
}

/// Why something is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// The key does not open it.
    #[error("it does not open: {0}")]
    Sealed(#[from] OpenError),
    /// It opened onto something else: of another length, or with something that is no point.
    #[error("it is no message of an exchange")]
    NotOne,
    /// A later format.
    #[error("its format is newer than this version of desk: update desk")]
    Format,
}

impl Message {
    /// Whose word it is.
    pub const fn from(&self) -> AgencyNumber {
        match self.what {
            Step::Ask { .. } | Step::Finish { .. } => self.exchange.asks,
            Step::Answer { .. } => self.exchange.answers,
        }
    }

    /// Whom it is for.
    pub const fn to(&self) -> AgencyNumber {
        match self.what {
            Step::Ask { .. } | Step::Finish { .. } => self.exchange.answers,
            Step::Answer { .. } => self.exchange.asks,
        }
    }
}

impl SignedMessage {
    /// Signs a message.
    pub fn new(message: &Message, key: &SigningKey) -> Self {
        let text = canonical(message);
        let signature = sign::sign(key, Purpose::Pointers, text.as_bytes());
        Self { message: text, signature }
    }

    /// The name of the message: SHA-256 of its text.
    pub fn hash(&self) -> Sha256Hash {
        Hex(Sha256::digest(&self.message).into())
    }

    /// Whether this key signed it.
    pub fn is_by(&self, key: &VerifyingKeyBytes) -> bool {
        sign::verifies(key, Purpose::Pointers, self.message.as_bytes(), &self.signature)
    }

    /// Reads it, whoever signed it.
    pub fn read(&self) -> Result<Message, MessageError> {
        #[derive(Deserialize)]
        struct Versioned {
            format: u32,
        }
        let Versioned { format } = serde_json::from_str(&self.message).map_err(|_| MessageError::NotOne)?;
        if format != FORMAT {
            return Err(MessageError::Format);
        }
        let message: Message = serde_json::from_str(&self.message).map_err(|_| MessageError::NotOne)?;
        let is_first = matches!(message.what, Step::Ask { .. });
        let is_sound = message.exchange.asks != message.exchange.answers
            && message.follows.is_none() == is_first
            && canonical(&message) == self.message;
        is_sound.then_some(message).ok_or(MessageError::NotOne)
    }

    /// Seals it to both agencies.
    pub fn seal(&self, both: [&HybridRecipient; 2]) -> Vec<u8> {
        let mut json = Zeroizing::new(Vec::with_capacity(POINTER_PLAIN_LEN));
        serde_json::to_writer(&mut *json, self).expect("strings always serialize");
        json.resize(POINTER_PLAIN_LEN, b' '); // an id of some thousand characters is none
        file::seal_to_all(&both, &json)
    }

    /// Opens what was sealed to an agency. Says nothing of who signed it.
    pub fn open(sealed: &[u8], key: &HybridIdentity) -> Result<Self, MessageError> {
        let plain = file::open(key, sealed)?;
        if plain.len() != POINTER_PLAIN_LEN {
            return Err(MessageError::NotOne);
        }
        serde_json::from_slice(&plain).map_err(|_| MessageError::NotOne)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("exchange", &self.exchange).finish_non_exhaustive()
    }
}

impl fmt::Debug for SignedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SignedMessage").field(&self.hash()).finish()
    }
}
