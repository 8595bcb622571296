//! What members and admins sign for the server beside their requests: that they read the list so far, that a tip or junk is
//! to be deleted. Each names the site and everything it is about, so that none counts twice or elsewhere.
//! `docs/PROTOCOL.md` section 7.1.

use super::sign::{Purpose, canonical, sign, verifies};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Hex, Nonce16, Sha256Hash, SignatureBytes, VerifyingKeyBytes};
use crate::model::tip::TipId;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Something that is signed as its canonical JSON.
pub trait Statement: Serialize + Sized {
    /// What the signature is for.
    const PURPOSE: Purpose;

    /// Signs it.
    fn sign(&self, key: &SigningKey) -> SignatureBytes {
        sign(key, Self::PURPOSE, canonical(self).as_bytes())
    }

    /// Whether this key has signed it.
    fn is_by(&self, key: &VerifyingKeyBytes, signature: &SignatureBytes) -> bool {
        verifies(key, Self::PURPOSE, canonical(self).as_bytes(), signature)
    }

    /// By what another statement names it.
    fn hash(&self) -> Sha256Hash {
        Hex(Sha256::digest(canonical(self)).into())
    }
}

/// A member's desk has read the lists as far as this by that day of its own clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HasRead {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// The member's id.
    pub member: String,
    /// The highest number of a tip that it read.
    pub tips: u64,
    /// The highest number of a notice that it read.
    pub notices: u64,
    /// Today, there.
    pub day: Day,
}

/// A member asks that a tip be deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletionAsked {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// Which tip.
    pub tip: TipId,
    /// The member's id.
    pub member: String,
    /// Random: no two requests are alike, so that a countersignature fits one of them alone.
    pub nonce: Nonce16,
    /// Today, there.
    pub day: Day,
}

/// A second member says so too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletionSeconded {
    /// Hash of the request.
    pub request: Sha256Hash,
    /// The member's id.
    pub member: String,
    /// Today, there.
    pub day: Day,
}

/// One who holds the tip objects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletionObjected {
    /// Hash of the request.
    pub request: Sha256Hash,
    /// The member's id.
    pub member: String,
    /// Today, there.
    pub day: Day,
}

/// An admin asks that junk be purged: exactly these tips.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurgeAsked {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// The admin's id.
    pub admin: String,
    /// Junk up to this number of the list.
    pub through: u64,
    /// How many tips that is.
    pub tips: u64,
    /// SHA-256 of the list of them: one line for each, its id, a space and the day it came.
    pub ids: Sha256Hash,
    /// Random.
    pub nonce: Nonce16,
    /// Today, there.
    pub day: Day,
}

/// A second admin says so too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurgeSeconded {
    /// Hash of the request.
    pub request: Sha256Hash,
    /// The admin's id.
    pub admin: String,
    /// Today, there.
    pub day: Day,
}

/// A reader has sealed a capsule again. It names both, so that a server that changes one is found out by every capsule alike,
/// and not only by those that open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedAgain {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// Whose capsule.
    pub agency: AgencyNumber,
    /// To which of the agency's keys, or so a decoy has it.
    pub epoch: u32,
    /// The tip.
    pub tip: TipId,
    /// Number of the referral that brought it; 0 for the one that came with the tip.
    pub referral: u64,
    /// SHA-256 of the capsule that was in use.
    pub old: Sha256Hash,
    /// SHA-256 of the new one.
    pub new: Sha256Hash,
}

/// A member's recipient has rolled: what is sealed to them is sealed to the next one from now on. It names the one before, so
/// that a chain of them leads to the recipient that the keyring names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientRolled {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// The member's id.
    pub member: String,
    /// Counts from 1.
    pub number: u32,
    /// SHA-256 of the recipient before.
    pub before: Sha256Hash,
    /// SHA-256 of the next one.
    pub recipient: Sha256Hash,
}

/// A member or admin marks a tip of their own as a canary. It names the tip, so that no other can carry its mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canary {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// The tip.
    pub tip: TipId,
    /// Id of the member or admin.
    pub by: String,
    /// When it was made by their clock, in seconds since 1970.
    pub at: u64,
    /// Random; agencies say by its hash that they opened it, which tells nobody which tip it is.
    pub nonce: Nonce16,
}

/// A member's desk has opened a canary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CanaryOpened {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// SHA-256 of the canary's nonce.
    pub canary: Sha256Hash,
    /// The member's agency.
    pub agency: AgencyNumber,
    /// The member's id.
    pub member: String,
    /// Today, there.
    pub day: Day,
}

impl Statement for Canary {
    const PURPOSE: Purpose = Purpose::Canary;
}

impl Statement for CanaryOpened {
    const PURPOSE: Purpose = Purpose::CanaryOpened;
}

impl Statement for RecipientRolled {
    const PURPOSE: Purpose = Purpose::RecipientRolled;
}

impl Statement for SealedAgain {
    const PURPOSE: Purpose = Purpose::SealedAgain;
}

impl Statement for HasRead {
    const PURPOSE: Purpose = Purpose::HasRead;
}

impl Statement for DeletionAsked {
    const PURPOSE: Purpose = Purpose::DeletionAsked;
}

impl Statement for DeletionSeconded {
    const PURPOSE: Purpose = Purpose::DeletionSeconded;
}

impl Statement for DeletionObjected {
    const PURPOSE: Purpose = Purpose::DeletionObjected;
}

impl Statement for PurgeAsked {
    const PURPOSE: Purpose = Purpose::PurgeAsked;
}

impl Statement for PurgeSeconded {
    const PURPOSE: Purpose = Purpose::PurgeSeconded;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::sign::public_key;

    fn asked(nonce: u8) -> DeletionAsked {
        let day = "2026-11-24".parse().unwrap();
        DeletionAsked { site: Hex([1; 32]), tip: TipId([2; 32]), member: "mia".into(), nonce: Hex([nonce; 16]), day }
    }

    #[test]
    fn a_countersignature_fits_one_request_alone() {
        let key = SigningKey::from_bytes(&[5; 32]);
        let second =
            |asked: DeletionAsked| DeletionSeconded { request: asked.hash(), member: "pam".into(), day: asked.day };
        let signature = second(asked(3)).sign(&key);
        assert!(second(asked(3)).is_by(&public_key(&key), &signature));
        let others = [
            asked(4),
            DeletionAsked { tip: TipId([9; 32]), ..asked(3) },
            DeletionAsked { site: Hex([9; 32]), ..asked(3) },
            DeletionAsked { member: "ned".into(), ..asked(3) },
        ];
        for other in others {
            assert!(!second(other).is_by(&public_key(&key), &signature));
        }
    }

    #[test]
    fn saying_so_too_and_objecting_are_not_the_same_signature() {
        let key = SigningKey::from_bytes(&[5; 32]);
        let (request, member, day) = (asked(3).hash(), "pam".to_owned(), asked(3).day);
        let objected = DeletionObjected { request, member: member.clone(), day };
        let signature = objected.sign(&key);
        assert!(!DeletionSeconded { request, member, day }.is_by(&public_key(&key), &signature));
    }
}
