//! Replies to whoever has a receipt code. `docs/PROTOCOL.md` section 13.

use super::file::{self, OpenError};
use super::hybrid::{HybridIdentity, HybridRecipient};
use super::pad::TooLong;
use super::shape::REPLY_LEN;
use crate::model::day::Day;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

const FORMAT: u32 = 1;

/// What a reply says. Its `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    format: u32,
    /// The day it was written.
    pub written: Day,
    /// The language of the form that the source wrote in (BCP 47 tag).
    pub lang: String,
    /// The words.
    pub text: String,
}

/// Why sealed bytes are no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// The identity does not open it.
    #[error("the reply does not open: {0}")]
    Sealed(#[from] OpenError),
    /// It opened onto something else, or onto another format.
    #[error("it opened, and is no reply that this version reads")]
    NotAReply,
}

impl Reply {
    /// A reply of this version's format.
    pub const fn new(written: Day, lang: String, text: String) -> Self {
        Self { format: FORMAT, written, lang, text }
    }

    /// The plaintext, which has one length. Fails before anything is sealed when the words do not fit.
    pub fn to_padded_json(&self) -> Result<Zeroizing<Vec<u8>>, TooLong> {
        let mut json = Zeroizing::new(Vec::with_capacity(REPLY_LEN));
        serde_json::to_writer(&mut *json, self).expect("strings and numbers always serialize");
        if json.len() > REPLY_LEN {
            return Err(TooLong);
        }
        json.resize(REPLY_LEN, b' ');
        Ok(json)
    }

    /// By how many bytes the words are too long; 0 when they fit.
    pub fn excess(&self) -> usize {
        serde_json::to_vec(self).map_or(0, |json| json.len().saturating_sub(REPLY_LEN))
    }

    /// Seals it to whoever has the code.
    pub fn seal(&self, reply_to: &HybridRecipient) -> Result<Vec<u8>, TooLong> {
        Ok(file::seal(reply_to, &self.to_padded_json()?))
    }

    /// Opens one, as the page does.
    pub fn open(identity: &HybridIdentity, sealed: &[u8]) -> Result<Self, ReplyError> {
        let plain = file::open(identity, sealed)?;
        let reply: Self = serde_json::from_slice(&plain).map_err(|_| ReplyError::NotAReply)?;
        (reply.format == FORMAT && plain.len() == REPLY_LEN).then_some(reply).ok_or(ReplyError::NotAReply)
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::SEALED_REPLY_LEN;

    fn reply(text: &str) -> Reply {
        Reply::new("2026-11-26".parse().unwrap(), "es".into(), text.into())
    }

    #[test]
    fn a_reply_opens_with_the_identity_of_the_code_and_has_one_length() {
        let identity = HybridIdentity::from_seed([3; 32]);
        for text in ["", "We have read it.", &"ñ".repeat(1_900)] {
            let sealed = reply(text).seal(&identity.to_recipient()).unwrap();
            assert_eq!(sealed.len(), SEALED_REPLY_LEN);
            assert_eq!(Reply::open(&identity, &sealed), Ok(reply(text)));
        }
        let sealed = reply("x").seal(&HybridIdentity::from_seed([4; 32]).to_recipient()).unwrap();
        assert_eq!(Reply::open(&identity, &sealed), Err(ReplyError::Sealed(OpenError::NotForUs)));
    }

    #[test]
    fn one_that_is_too_long_is_not_sealed_and_says_by_how_much() {
        let overhead = serde_json::to_vec(&reply("")).unwrap().len();
        let fits = REPLY_LEN - overhead;
        assert!(reply(&"x".repeat(fits)).to_padded_json().is_ok());
        assert_eq!(reply(&"x".repeat(fits)).excess(), 0);
        assert_eq!(reply(&"x".repeat(fits + 3)).to_padded_json().unwrap_err(), TooLong);
        assert_eq!(reply(&"x".repeat(fits + 3)).excess(), 3);
    }
}
