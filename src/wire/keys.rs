//! Bodies by which members seal their agency's capsules again, check what colleagues have sealed, and see which keys are
//! still needed. `docs/PROTOCOL.md` section 7.5.

use crate::crypto::shape::CAPSULE_LEN;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Sha256Hash, SignatureBytes};
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};

/// The most capsules in one body of `PUT /v1/capsules`, and the most that are checked in one of `POST /v1/resealed`.
pub const MAX_RESEALED: usize = 512;
/// The largest body of `PUT /v1/capsules`: a line, and the capsules.
pub const MAX_RESEAL_BODY: usize = MAX_RESEALED * (CAPSULE_LEN + 300) + 256;
/// The largest body of `POST /v1/resealed`.
pub const MAX_CHECKED_BODY: usize = MAX_RESEALED * 120 + 256;
/// Days after which the one person of an agency may stand for what they sealed themselves.
pub const RESEAL_GRACE_DAYS: u32 = 30;

/// Where a capsule has its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapsulePlace {
    /// Whose thread key it is to hold.
    pub tip: TipId,
    /// Number of the referral that brought it; 0 for the one that came with the tip.
    pub referral: u64,
}

/// First line of the body of `PUT /v1/capsules`; the capsules follow, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reseal {
    /// To which of the agency's keys all of them are sealed, as their author says.
    pub epoch: u32,
    /// Where each of them belongs, and their author's word for it.
    pub capsules: Vec<SignedPlace>,
}

/// A place, and the author's word that the new capsule stands for the old one there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedPlace {
    /// The tip.
    pub tip: TipId,
    /// As in [`CapsulePlace`].
    pub referral: u64,
    /// Over a [`SealedAgain`](crate::crypto::statement::SealedAgain).
    pub signature: SignatureBytes,
}

/// One line of `GET /v1/capsules`, followed by the bytes it announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CapsuleLine {
    /// A capsule.
    Capsule(StoredCapsule),
    /// The end of the list; nothing follows.
    End {
        /// How many capsules were in it.
        end: u64,
    },
}

/// What is said of one stored capsule before its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredCapsule {
    /// The tip.
    pub tip: TipId,
    /// As in [`CapsulePlace`].
    pub referral: u64,
    /// Bytes that follow.
    pub sealed: u32,
}

/// One line of `GET /v1/resealed`, followed by the bytes it announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ResealedLine {
    /// A capsule that was sealed again.
    Resealed(ResealedCapsule),
    /// The end of the list; nothing follows.
    End {
        /// The last number that was ever given.
        end: u64,
    },
}

/// What is said of a capsule that was sealed again; the old one and then the new one follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResealedCapsule {
    /// Its number; grows, and is given once.
    pub seq: u64,
    /// The member who sealed it.
    pub author: String,
    /// To which key, as they say.
    pub epoch: u32,
    /// The day it came.
    pub day: Day,
    /// The tip.
    pub tip: TipId,
    /// As in [`CapsulePlace`].
    pub referral: u64,
    /// The author's, over a [`SealedAgain`](crate::crypto::statement::SealedAgain).
    pub signature: SignatureBytes,
    /// Bytes of the capsule in use that follow.
    pub old: u32,
    /// Bytes of the new one that follow those.
    pub new: u32,
}

/// Body of `POST /v1/resealed`: new capsules that a second person's desk has opened, or found to open as little as the old.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckedCapsules {
    /// [`MAX_RESEALED`] at most.
    pub checked: Vec<CheckedCapsule>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckedCapsule {
    /// Its number.
    pub seq: u64,
    /// SHA-256 of the bytes that were checked.
    pub sha256: Sha256Hash,
}

/// Answer of `POST /v1/resealed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// How many old capsules are gone; what was not there any more is passed over.
    pub replaced: u64,
}

/// Answer of `GET /v1/epochs`: what is stored of an agency, by the key that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Epochs {
    /// Whose.
    pub agency: AgencyNumber,
    /// Ascending, from the first key on.
    pub epochs: Vec<EpochUse>,
    /// Capsules that were sealed again and that nobody has checked.
    pub unchecked: u64,
}

/// What needs one of an agency's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EpochUse {
    /// The key.
    pub epoch: u32,
    /// Tips one of whose capsules may be sealed to it: all that are, and decoys beside them.
    pub tips: u64,
    /// The last day on which a page may still seal to it; none when it never was in a keyring.
    pub sealed_until: Option<Day>,
}
