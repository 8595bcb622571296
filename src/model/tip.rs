//! The name of a tip and the secret that proves one has opened it.

use data_encoding::{Encoding, Specification};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
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
        f.write_str(&CROCKFORD.encode(&self.0))
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
        CROCKFORD.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(NotATipId)
    }
}

impl Serialize for TipId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TipId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
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
