//! The key of one tip and what follows from it. `docs/PROTOCOL.md` section 3.

use super::hybrid::{HybridIdentity, HybridRecipient};
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::{CustodyToken, TipId};
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The hybrid identity that one tip's letter is sealed to. Wiped when dropped; has no `Debug`.
#[derive(Clone)]
pub struct ThreadKey(HybridIdentity);

/// Lets its holder add sealed attachments to one tip. Wiped when dropped; has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct UploadToken(pub [u8; 32]);

/// Makes the labels of one thread's case events. To all others a label is a random number; it tells nothing of the tip.
/// Wiped when dropped; has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct EventLabels([u8; 32]);

impl EventLabels {
    /// The label of one slot, of which there are [`EVENT_SLOTS`](crate::wire::EVENT_SLOTS): few, so that a desk with many
    /// threads can make them all.
    pub fn label(&self, slot: u8) -> Hex<16> {
        let mut okm = [0; 16];
        Hkdf::<Sha256>::from_prk(&self.0)
            .expect("the key has the length of a SHA-256 hash")
            .expand(&[slot], &mut okm)
            .expect("HKDF-SHA-256 gives up to 8,160 bytes");
        Hex(okm)
    }
}

impl ThreadKey {
    /// A new key from the system's randomness.
    pub fn generate() -> Self {
        Self(HybridIdentity::generate())
    }

    /// The key that is this identity.
    pub const fn from_identity(identity: HybridIdentity) -> Self {
        Self(identity)
    }

    /// The identity that opens the letter.
    pub const fn identity(&self) -> &HybridIdentity {
        &self.0
    }

    /// What the letter is sealed to.
    pub fn to_recipient(&self) -> HybridRecipient {
        self.0.to_recipient()
    }

    /// Proves to the server that its holder has opened the tip.
    pub fn custody_token(&self) -> CustodyToken {
        CustodyToken(self.derive("knothole/custody/v1"))
    }

    /// The id of the tip.
    pub fn id(&self) -> TipId {
        self.custody_token().tip_id()
    }

    /// The secret whose hash travels with the letter.
    pub fn upload_token(&self) -> UploadToken {
        UploadToken(self.derive("knothole/upload/v1"))
    }

    /// Makes the labels by which whoever holds the key finds its case events among everyone's.
    pub fn event_labels(&self) -> EventLabels {
        EventLabels(self.derive("knothole/events/v1"))
    }

    fn derive(&self, info: &str) -> [u8; 32] {
        let mut okm = [0; 32];
        Hkdf::<Sha256>::new(None, self.0.expose_seed())
            .expand(info.as_bytes(), &mut okm)
            .expect("HKDF-SHA-256 gives up to 8,160 bytes");
        okm
    }
}

impl UploadToken {
    /// What the server keeps of it.
    pub fn hash(&self) -> Sha256Hash {
        Hex(Sha256::digest(self.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_tokens_of_a_key_differ_and_belong_to_it_alone() {
        let key = ThreadKey::from_identity(HybridIdentity::from_seed([1; 32]));
        let other = ThreadKey::from_identity(HybridIdentity::from_seed([2; 32]));
        assert_ne!(key.custody_token().0, key.upload_token().0);
        assert_ne!(key.id(), other.id());
        assert_ne!(key.upload_token().hash(), other.upload_token().hash());
        assert_eq!(key.id(), key.custody_token().tip_id());
    }

    #[test]
    fn a_threads_labels_differ_by_slot_and_from_those_of_others() {
        use crate::wire::EVENT_SLOTS;
        let [one, other] =
            [[1; 32], [2; 32]].map(|seed| ThreadKey::from_identity(HybridIdentity::from_seed(seed)).event_labels());
        let all: std::collections::HashSet<_> =
            (0..EVENT_SLOTS).flat_map(|slot| [one.label(slot), other.label(slot)]).collect();
        assert_eq!(all.len(), 2 * usize::from(EVENT_SLOTS));
        assert_eq!(one.label(3), one.label(3));
    }
}
