//! Bodies by which a member's recipient rolls, in a chain that they sign. `docs/PROTOCOL.md` section 7.6.

use crate::crypto::keyring::AgencyKeyName;
use crate::model::hex::{Sha256Hash, SignatureBytes};
use serde::{Deserialize, Serialize};

/// How often one member's recipient may roll: some 150 years, or a flood.
pub const MAX_ROLLS: u32 = 4_096;

/// Body of `POST /v1/recipients`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRoll {
    /// The caller's next recipient; none where only copies are sealed again.
    pub rolled: Option<Rolled>,
    /// The caller's own copies of agency keys, sealed to their newest recipient. They take the place of those that are there.
    pub copies: Vec<OwnCopy>,
}

/// A member's next recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rolled {
    /// Counts from 1.
    pub number: u32,
    /// `age1pq1…`.
    pub recipient: String,
    /// The member's, over a [`RecipientRolled`](crate::crypto::statement::RecipientRolled).
    pub signature: SignatureBytes,
}

/// The caller's own copy of one of their agency's keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCopy {
    /// Of which key.
    #[serde(flatten)]
    pub name: AgencyKeyName,
    /// As in [`SealedCopy`](super::SealedCopy).
    pub sealed: String,
}

/// Answer of `GET /v1/recipients`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rolls {
    /// One for each member whose recipient has ever rolled.
    pub members: Vec<MemberRolls>,
}

/// How one member's recipient rolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberRolls {
    /// Whose.
    pub member: String,
    /// From the first on.
    pub rolls: Vec<Roll>,
    /// What the last of them leads to.
    pub recipient: String,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roll {
    /// SHA-256 of the recipient that came.
    pub recipient: Sha256Hash,
    /// As in [`Rolled`].
    pub signature: SignatureBytes,
}
