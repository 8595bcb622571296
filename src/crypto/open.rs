//! The desk's side of a tip: capsule first, then letter, each checked against the id it came under.
//!
//! The server and the source are both strangers here; whatever does not fit is an error with its own cause.

use super::capsule::{Capsule, NotACapsule};
use super::file::{self, OpenError};
use super::hybrid::HybridIdentity;
use super::letter::{Letter, LetterError};
use super::thread::ThreadKey;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// What a capsule gave. No `Debug`: it holds the thread key.
pub struct OpenedCapsule {
    /// Opens the letter.
    pub thread: ThreadKey,
    /// SHA-256 of the sealed letter that belongs to it.
    pub letter_sha256: Sha256Hash,
}

/// Why a capsule gave no thread key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CapsuleError {
    /// A decoy, or sealed to another epoch's key or another agency: nothing is wrong.
    #[error("the capsule is not for this key")]
    NotForUs,
    /// Not a sealed file at all.
    #[error("the capsule is not a sealed file")]
    NotSealed,
    /// Sealed to this key, and changed since then.
    #[error("the capsule was changed after it was sealed")]
    Damaged,
    /// It opened, and does not hold what a capsule holds.
    #[error("the capsule opened, but holds no thread key")]
    Malformed(#[from] NotACapsule),
    /// It opened, and names another tip or holds another tip's key.
    #[error("the capsule opened, but belongs to another tip")]
    OtherTip,
}

/// Why a letter could not be read although its capsule opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterOpenError {
    /// Its bytes are not those that the capsule names.
    #[error("the letter is not the one that was sealed with the capsule")]
    OtherLetter,
    /// The thread key does not open it.
    #[error("the letter does not open: {0}")]
    Sealed(#[from] OpenError),
    /// It opened onto something that is not a letter.
    #[error(transparent)]
    Unreadable(#[from] LetterError),
    /// It opened, and names another tip.
    #[error("the letter names another tip")]
    OtherTip,
}

impl CapsuleError {
    /// Whether the capsule was sealed to this key, so that somebody meant the tip for us.
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::Damaged | Self::Malformed(_) | Self::OtherTip)
    }
}

/// Opens the capsule that came with the tip `id`.
pub fn open_capsule(agency: &HybridIdentity, capsule: &[u8], id: TipId) -> Result<OpenedCapsule, CapsuleError> {
    let text = file::open(agency, capsule).map_err(|error| match error {
        OpenError::NotForUs => CapsuleError::NotForUs,
        OpenError::NotSealed => CapsuleError::NotSealed,
        OpenError::Damaged => CapsuleError::Damaged,
    })?;
    let capsule = Capsule::from_text(&text)?;
    let is_this_tip = capsule.id == id && capsule.thread.id() == id;
    is_this_tip
        .then_some(OpenedCapsule { thread: capsule.thread, letter_sha256: capsule.letter_sha256 })
        .ok_or(CapsuleError::OtherTip)
}

/// Opens the letter that came with the tip whose capsule was opened. Gives its plaintext, too, padding included.
pub fn open_letter(capsule: &OpenedCapsule, letter: &[u8]) -> Result<(Letter, Zeroizing<Vec<u8>>), LetterOpenError> {
    if Hex(Sha256::digest(letter).into()) != capsule.letter_sha256 {
        return Err(LetterOpenError::OtherLetter);
    }
    let plain = file::open(capsule.thread.identity(), letter)?;
    let letter = Letter::from_padded_json(&plain)?;
    (letter.id == capsule.thread.id()).then_some((letter, plain)).ok_or(LetterOpenError::OtherTip)
}

#[cfg(test)]
#[path = "open/tests.rs"]
mod tests;
