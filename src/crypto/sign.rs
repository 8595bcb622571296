//! Ed25519 signatures, each for one purpose: what is signed always begins with a line that says what it is.

use crate::model::hex::{Hex, SignatureBytes, VerifyingKeyBytes};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::Serialize;

/// What a signature is about. A signature for one purpose is worth nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A version of the keyring.
    Keyring,
    /// A version of the keyring, by recovery admins.
    Recovery,
    /// Possession of a new signing key.
    Enrol,
    /// "I made this agency key."
    AgencyKeyMade,
    /// "My copy of this agency key opens to it."
    AgencyKeyOpened,
    /// "Nothing that is stored needs this agency key any more."
    AgencyKeyRetired,
    /// "What is sealed to me is sealed to this from now on."
    RecipientRolled,
    /// "This capsule stands for that one."
    SealedAgain,
    /// A case event.
    Event,
    /// "This tip is a canary of mine."
    Canary,
    /// "I have opened this canary."
    CanaryOpened,
    /// A letter, by the key that its link is made with.
    FollowUp,
    /// A line of a member's own log.
    Log,
    /// The list of what is in an evidence archive.
    Evidence,
    /// "I have read the list this far."
    HasRead,
    /// "This tip is to be deleted."
    DeletionAsked,
    /// "I say so too."
    DeletionSeconded,
    /// "It is not to be deleted."
    DeletionObjected,
    /// A message by which two agencies learn what both hold.
    Pointers,
    /// "This junk is to be purged."
    PurgeAsked,
    /// "I say so too."
    PurgeSeconded,
}

impl Purpose {
    const fn line(self) -> &'static str {
        match self {
            Self::Keyring => "knothole/keyring/v1\n",
            Self::Recovery => "knothole/keyring/recovery/v1\n",
            Self::Enrol => "knothole/enrol/v1\n",
            Self::AgencyKeyMade => "knothole/agency-key/made/v1\n",
            Self::AgencyKeyOpened => "knothole/agency-key/opened/v1\n",
            Self::AgencyKeyRetired => "knothole/agency-key/retired/v1\n",
            Self::RecipientRolled => "knothole/recipient/rolled/v1\n",
            Self::SealedAgain => "knothole/sealed-again/v1\n",
            Self::Event => "knothole/event/v1\n",
            Self::Canary => "knothole/canary/v1\n",
            Self::CanaryOpened => "knothole/canary/opened/v1\n",
            Self::FollowUp => "knothole/follow-up/v1\n",
            Self::Log => "knothole/log/v1\n",
            Self::Evidence => "knothole/evidence/v1\n",
            Self::HasRead => "knothole/has-read/v1\n",
            Self::DeletionAsked => "knothole/deletion/asked/v1\n",
            Self::DeletionSeconded => "knothole/deletion/seconded/v1\n",
            Self::DeletionObjected => "knothole/deletion/objected/v1\n",
            Self::Pointers => "knothole/pointers/v1\n",
            Self::PurgeAsked => "knothole/purge/asked/v1\n",
            Self::PurgeSeconded => "knothole/purge/seconded/v1\n",
        }
    }

    fn message(self, body: &[u8]) -> Vec<u8> {
        [self.line().as_bytes(), body].concat()
    }
}

/// Canonical JSON (RFC 8785) of a value that has strings, integers, booleans, null, arrays and objects only.
pub fn canonical(value: &impl Serialize) -> String {
    serde_json_canonicalizer::to_string(value).expect("such values always serialize")
}

/// Signs `body` for one purpose.
pub fn sign(key: &SigningKey, purpose: Purpose, body: &[u8]) -> SignatureBytes {
    Hex(key.sign(&purpose.message(body)).to_bytes())
}

/// Whether `signature` is `key`'s over `body` for this purpose. Weak keys and malleable signatures never verify.
pub fn verifies(key: &VerifyingKeyBytes, purpose: Purpose, body: &[u8], signature: &SignatureBytes) -> bool {
    VerifyingKey::from_bytes(key.as_bytes()).is_ok_and(|key| {
        key.verify_strict(&purpose.message(body), &Signature::from_bytes(signature.as_bytes())).is_ok()
    })
}

/// The public half of a signing key.
pub fn public_key(key: &SigningKey) -> VerifyingKeyBytes {
    Hex(key.verifying_key().to_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_key_purpose_and_body_alone() {
        let key = SigningKey::from_bytes(&[5; 32]);
        let signature = sign(&key, Purpose::Enrol, b"body");
        let public = public_key(&key);
        assert!(verifies(&public, Purpose::Enrol, b"body", &signature));
        assert!(!verifies(&public, Purpose::Keyring, b"body", &signature));
        assert!(!verifies(&public, Purpose::Enrol, b"bodY", &signature));
        let other = public_key(&SigningKey::from_bytes(&[6; 32]));
        assert!(!verifies(&other, Purpose::Enrol, b"body", &signature));
    }

    #[test]
    fn the_identity_point_is_no_key() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let signature = Hex([0; 64]);
        assert!(!verifies(&Hex(identity), Purpose::Enrol, b"", &signature));
    }
}
