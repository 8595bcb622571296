//! One capsule, sealed again or checked. Pure.

use crate::crypto::capsule::{Capsule, decoy};
use crate::crypto::hybrid::{HybridIdentity, HybridRecipient};
use crate::crypto::open::{CapsuleError, OpenedCapsule, open_capsule};
use crate::model::tip::TipId;

/// A capsule that was sealed again.
pub struct Again {
    /// The new bytes.
    pub sealed: Vec<u8>,
    /// Whether the old one had been sealed to us and holds no thread key: nothing could ever open that tip with it.
    pub is_spoilt: bool,
}

/// What is wrong with a new capsule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The old one opens, and the new one does not open to the agency's key, or onto something else.
    #[error("what opened before would open no more")]
    Lost,
    /// It is not what its author signed for: they or the server changed it, or the old one.
    #[error("it is not as they signed it, and perhaps the server changed it")]
    Unsigned,
    /// The old one does not open, and the new one is sealed to the agency.
    #[error("what opened for nobody would open now")]
    Added,
}

/// Seals the capsule of a tip again to `newest`, or makes a decoy where none of the keys opens it.
pub fn again(keys: &[HybridIdentity], newest: &HybridRecipient, tip: TipId, old: &[u8]) -> Again {
    match open(keys, tip, old) {
        Opened::Capsule(OpenedCapsule { thread, letter_sha256 }) => {
            Again { sealed: Capsule { id: tip, letter_sha256, thread }.seal(newest), is_spoilt: false }
        }
        Opened::Spoilt => Again { sealed: decoy(), is_spoilt: true },
        Opened::NotOurs => Again { sealed: decoy(), is_spoilt: false },
    }
}

/// Whether `new` is what `again` would make of `old`, by all the keys, of which the newest comes first.
pub fn check(keys: &[HybridIdentity], tip: TipId, old: &[u8], new: &[u8]) -> Result<(), Wrong> {
    let newest = &keys[..keys.len().min(1)];
    match (open(keys, tip, old), open(newest, tip, new)) {
        (Opened::Capsule(old), Opened::Capsule(new)) => is_same(&old, &new).then_some(()).ok_or(Wrong::Lost),
        (Opened::Capsule(_), _) => Err(Wrong::Lost),
        (_, Opened::NotOurs) => Ok(()),
        _ => Err(Wrong::Added),
    }
}

fn is_same(old: &OpenedCapsule, new: &OpenedCapsule) -> bool {
    old.letter_sha256 == new.letter_sha256 && old.thread.identity().expose_seed() == new.thread.identity().expose_seed()
}

enum Opened {
    Capsule(OpenedCapsule),
    Spoilt,
    NotOurs,
}

fn open(keys: &[HybridIdentity], tip: TipId, sealed: &[u8]) -> Opened {
    for key in keys {
        match open_capsule(key, sealed, tip) {
            Ok(capsule) => return Opened::Capsule(capsule),
            Err(error) if CapsuleError::is_ours(error) => return Opened::Spoilt,
            Err(_) => {}
        }
    }
    Opened::NotOurs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::file;
    use crate::crypto::shape::CAPSULE_PLAIN_LEN;
    use crate::crypto::thread::ThreadKey;
    use crate::model::hex::Hex;

    fn key(seed: u8) -> HybridIdentity {
        HybridIdentity::from_seed([seed; 32])
    }

    fn sealed(seed: u8, to: &HybridIdentity) -> (TipId, Vec<u8>) {
        let thread = ThreadKey::from_identity(key(seed));
        let capsule = Capsule { id: thread.id(), letter_sha256: Hex([9; 32]), thread };
        (capsule.id, capsule.seal(&to.to_recipient()))
    }

    #[test]
    fn a_real_capsule_opens_to_the_new_key_alone_and_a_decoy_stays_one() {
        let keys = [key(2), key(1)];
        let newest = key(2).to_recipient();
        let (tip, old) = sealed(7, &key(1));
        let real = again(&keys, &newest, tip, &old);
        assert!(matches!(open(&keys[..1], tip, &real.sealed), Opened::Capsule(_)));
        assert!(matches!(open(&keys[1..], tip, &real.sealed), Opened::NotOurs));
        assert_eq!(check(&keys, tip, &old, &real.sealed), Ok(()));
        let none = again(&keys, &newest, tip, &decoy());
        assert!(matches!(open(&keys, tip, &none.sealed), Opened::NotOurs));
        assert_eq!(check(&keys, tip, &decoy(), &none.sealed), Ok(()));
        assert!(!real.is_spoilt && !none.is_spoilt);
    }

    #[test]
    fn junk_a_capsule_for_someone_else_and_one_of_another_tip_are_caught() {
        let keys = [key(2), key(1)];
        let (tip, old) = sealed(7, &key(1));
        let (_, to_himself) = sealed(7, &key(66));
        let (_, to_the_old_key) = sealed(7, &key(1));
        let (_, of_another) = sealed(8, &key(2));
        for new in [decoy(), to_himself, to_the_old_key, of_another] {
            assert_eq!(check(&keys, tip, &old, &new), Err(Wrong::Lost));
        }
        let (_, added) = sealed(7, &key(2));
        assert_eq!(check(&keys, tip, &decoy(), &added), Err(Wrong::Added));
    }

    #[test]
    fn what_a_source_sealed_to_us_and_is_no_capsule_becomes_a_decoy_and_holds_nothing_up() {
        let keys = [key(2), key(1)];
        let (tip, _) = sealed(7, &key(1));
        let spoilt = file::seal(&key(1).to_recipient(), &[b'x'; CAPSULE_PLAIN_LEN]);
        let new = again(&keys, &key(2).to_recipient(), tip, &spoilt);
        assert!(new.is_spoilt);
        assert_eq!(check(&keys, tip, &spoilt, &new.sealed), Ok(()));
    }
}
