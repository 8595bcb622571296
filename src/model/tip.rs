//! The name of a tip and the secret that proves one has opened it.

use super::parsed;
use data_encoding::{Encoding, Specification};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use zeroize::{Zeroize, ZeroizeOnDrop};

static CROCKFORD: LazyLock<Encoding> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    spec.encoding().expect("the alphabet has 32 different ASCII symbols")
});

/// What one character of an id stands for.
const CHARACTER_BITS: usize = 5;

/// Names one tip: SHA-256 of its custody token, so that nobody else can take or guess it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TipId(pub [u8; 32]);

/// Shown to the server by whoever opened the tip; whoever did not open it cannot make it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct CustodyToken(pub [u8; 32]);

/// The text was not the 52 characters of a tip's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a tip")]
pub struct NotATipId;

impl TipId {
    /// Characters of an id in full.
    pub const TEXT_LEN: usize = 52;
    /// Characters of the shortest short id.
    pub const SHORT_LEN: usize = 4;

    /// The first `len` characters of the id in full.
    pub fn prefix(&self, len: usize) -> String {
        let mut text = self.to_string();
        text.truncate(len);
        text
    }

    /// How many characters the texts of two ids have in common at their beginnings.
    pub fn shared_len(&self, other: &Self) -> usize {
        let differs = self.0.iter().zip(&other.0).position(|(one, other)| one != other);
        differs.map_or(Self::TEXT_LEN, |at| {
            (8 * at + (self.0[at] ^ other.0[at]).leading_zeros() as usize) / CHARACTER_BITS
        })
    }

    /// Whether the text of the id begins with what a person typed, as [`normalize_typed_id`] gives it.
    pub fn starts_with(&self, typed: &str) -> bool {
        self.text().as_str().starts_with(typed)
    }

    /// The id in full, without a place of its own in memory for each.
    pub fn text(&self) -> TipIdText {
        let mut text = TipIdText([0; Self::TEXT_LEN]);
        CROCKFORD.encode_mut(&self.0, &mut text.0);
        text
    }
}

/// An id in full.
pub struct TipIdText([u8; TipId::TEXT_LEN]);

impl TipIdText {
    /// Its characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("the alphabet is ASCII")
    }
}

impl CustodyToken {
    /// The id of the tip that this token belongs to.
    pub fn tip_id(&self) -> TipId {
        TipId(Sha256::digest(self.0).into())
    }
}

/// What a person typed for a tip's id, in the one form we compare: upper case, `O` as `0`, `I` and `L` as `1`, no `T-` before it.
pub fn normalize_typed_id(typed: &str) -> String {
    let upper = typed.trim().to_uppercase();
    upper
        .strip_prefix("T-")
        .unwrap_or(&upper)
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

impl fmt::Display for TipId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().as_str())
    }
}

impl fmt::Debug for TipId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for TipId {
    type Err = NotATipId;

    fn from_str(text: &str) -> Result<Self, NotATipId> {
        let mut bytes = [0; 32];
        let is_whole = text.len() == Self::TEXT_LEN && CROCKFORD.decode_mut(text.as_bytes(), &mut bytes).is_ok();
        is_whole.then_some(Self(bytes)).ok_or(NotATipId)
    }
}

impl Serialize for TipId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.text().as_str())
    }
}

impl<'de> Deserialize<'de> for TipId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        parsed::from(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_two_ids_share_is_what_their_texts_share(one: [u8; 32], at in 0..32_usize, other: [u8; 32]) {
            let mut other = other;
            other[..at].copy_from_slice(&one[..at]);
            let (one, other) = (TipId(one), TipId(other));
            let (text, other_text) = (one.to_string(), other.to_string());
            let shared = text.bytes().zip(other_text.bytes()).take_while(|(one, other)| one == other).count();
            prop_assert_eq!(one.shared_len(&other), shared);
            prop_assert!(one.starts_with(&other_text[..shared]));
            prop_assert_eq!(one.starts_with(&other_text), one == other);
        }

        #[test]
        fn an_id_reads_back_as_it_was_written(bytes: [u8; 32]) {
            let text = TipId(bytes).to_string();
            prop_assert_eq!(text.len(), TipId::TEXT_LEN);
            prop_assert_eq!(text.parse::<TipId>(), Ok(TipId(bytes)));
        }
    }

    #[test]
    fn one_id_has_one_spelling() {
        let text = TipId([255; 32]).to_string();
        assert!(text.to_lowercase().parse::<TipId>().is_err());
        let spare_bits_set = format!("{}Z", &text[..51]);
        assert!(spare_bits_set.parse::<TipId>().is_err());
        assert!(text[..51].parse::<TipId>().is_err());
    }

    #[test]
    fn a_person_may_type_it_loosely() {
        assert_eq!(normalize_typed_id(" t-7ko3i "), "7K031");
    }
}
