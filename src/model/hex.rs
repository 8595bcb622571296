//! Fixed-length byte strings that travel as lower-case hex: hashes, Ed25519 keys, signatures.

use super::parsed;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// `N` public bytes, written as lower-case hex and nothing else. Never holds a secret: it prints itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hex<const N: usize>(pub [u8; N]);

/// SHA-256 of something.
pub type Sha256Hash = Hex<32>;
/// An Ed25519 public key.
pub type VerifyingKeyBytes = Hex<32>;
/// An Ed25519 signature.
pub type SignatureBytes = Hex<64>;
/// Sixteen random bytes that name or salt something.
pub type Nonce16 = Hex<16>;

/// The text was not exactly the expected number of lower-case hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {0} lower-case hex digits")]
pub struct NotHex(usize);

impl<const N: usize> Hex<N> {
    /// The bytes themselves.
    pub const fn as_bytes(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> FromStr for Hex<N> {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        let mut bytes = [0; N];
        let is_whole = text.len() == N * 2 && HEXLOWER.decode_mut(text.as_bytes(), &mut bytes).is_ok();
        is_whole.then_some(Self(bytes)).ok_or(NotHex(N * 2))
    }
}

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        parsed::from(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lower_case_of_the_right_length_parses() {
        assert_eq!("00ff".parse::<Hex<2>>(), Ok(Hex([0, 255])));
        for text in ["00FF", "00f", "00ff00", "0x00", ""] {
            assert!(text.parse::<Hex<2>>().is_err(), "{text}");
        }
    }
}
