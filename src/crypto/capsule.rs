//! Capsules: the thread key as an identity file of fixed length, or a decoy that looks the same from outside.
//! `docs/PROTOCOL.md` section 4.2.

use super::file;
use super::hybrid::{HybridIdentity, HybridRecipient};
use super::shape::CAPSULE_PLAIN_LEN;
use super::thread::ThreadKey;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use zeroize::Zeroizing;

const ID_START: &str = "# knothole tip ";
const HASH_START: &str = "# letter sha256 ";

/// What a capsule holds. No `Debug`: it holds the thread key.
pub struct Capsule {
    /// The tip it belongs to, as it says itself.
    pub id: TipId,
    /// SHA-256 of the sealed letter.
    pub letter_sha256: Sha256Hash,
    /// Opens the letter.
    pub thread: ThreadKey,
}

/// The plaintext is not the identity file that a capsule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the text of a capsule")]
pub struct NotACapsule;

impl Capsule {
    /// The plaintext, 227 bytes.
    pub fn to_text(&self) -> Zeroizing<String> {
        let identity = self.thread.identity().expose_text();
        let mut text = Zeroizing::new(String::with_capacity(CAPSULE_PLAIN_LEN));
        for part in [ID_START, &self.id.to_string(), "\n", HASH_START, &self.letter_sha256.to_string(), "\n"] {
            text.push_str(part);
        }
        text.push_str(&identity);
        text.push('\n');
        text
    }

    /// Reads a plaintext that is byte for byte as `to_text` writes it.
    pub fn from_text(text: &[u8]) -> Result<Self, NotACapsule> {
        let text = std::str::from_utf8(text).map_err(|_| NotACapsule)?;
        let mut lines = text.strip_suffix('\n').ok_or(NotACapsule)?.split('\n');
        let mut next = || lines.next().ok_or(NotACapsule);
        let id = next()?.strip_prefix(ID_START).ok_or(NotACapsule)?.parse().map_err(|_| NotACapsule)?;
        let hash = next()?.strip_prefix(HASH_START).ok_or(NotACapsule)?.parse().map_err(|_| NotACapsule)?;
        let identity: HybridIdentity = next()?.parse().map_err(|_| NotACapsule)?;
        let capsule = Self { id, letter_sha256: hash, thread: ThreadKey::from_identity(identity) };
        (*capsule.to_text() == text).then_some(capsule).ok_or(NotACapsule)
    }

    /// Seals it to an agency.
    pub fn seal(&self, agency: &HybridRecipient) -> Vec<u8> {
        file::seal(agency, self.to_text().as_bytes())
    }
}

/// A capsule that opens for nobody: its identity is gone when this returns.
pub fn decoy() -> Vec<u8> {
    file::seal(&HybridIdentity::generate().to_recipient(), &[0; CAPSULE_PLAIN_LEN])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::shape;
    use crate::model::hex::Hex;
    use proptest::prelude::*;

    fn sample(seed: [u8; 32], hash: [u8; 32]) -> Capsule {
        let thread = ThreadKey::from_identity(HybridIdentity::from_seed(seed));
        Capsule { id: thread.id(), letter_sha256: Hex(hash), thread }
    }

    #[test]
    fn a_decoy_and_a_capsule_have_one_shape() {
        let real = sample([1; 32], [2; 32]).seal(&HybridIdentity::from_seed([3; 32]).to_recipient());
        for capsule in [real, decoy()] {
            assert_eq!(shape::check(&capsule, CAPSULE_PLAIN_LEN), Ok(()));
        }
    }

    #[test]
    fn only_the_one_written_form_is_read() {
        let text = sample([1; 32], [2; 32]).to_text();
        let refused = [
            String::new(),
            text.to_lowercase(),
            text.replace('\n', "\r\n"),
            format!("{}\n", *text),
            text.trim_end().to_owned(),
            text.replace("# letter", "# Letter"),
        ];
        for changed in refused {
            assert!(Capsule::from_text(changed.as_bytes()).is_err(), "{changed:?}");
        }
        assert!(Capsule::from_text(&[0; CAPSULE_PLAIN_LEN]).is_err());
    }

    proptest! {
        #[test]
        fn a_capsule_reads_back_as_it_was_written(seed: [u8; 32], hash: [u8; 32]) {
            let capsule = sample(seed, hash);
            let text = capsule.to_text();
            prop_assert_eq!(text.len(), CAPSULE_PLAIN_LEN);
            let read = Capsule::from_text(text.as_bytes()).unwrap();
            prop_assert_eq!((read.id, read.letter_sha256), (capsule.id, Hex(hash)));
            prop_assert_eq!(read.thread.identity().expose_seed(), &seed);
        }

        #[test]
        fn reading_anything_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(Capsule::from_text(&bytes).is_err());
        }
    }
}
