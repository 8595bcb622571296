//! What the store is given and gives about capsules that are sealed again.

use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::SignatureBytes;
use crate::wire::CapsulePlace;

/// Which of an agency's capsules are meant: those that may be sealed to an older key than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Below {
    /// Whose.
    pub agency: AgencyNumber,
    /// Number of the key.
    pub epoch: u32,
    /// The first version of the keyring in which the agency has that key or a newer one: what came under an older one, and
    /// was not sealed again since, is sealed to an older key.
    pub version: u32,
}

/// Which list of capsules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapsuleList {
    /// Those that came with tips, by the tips' numbers.
    OfTips,
    /// Those that came by referrals, by the referrals' numbers.
    OfReferrals,
}

/// A stored capsule of one agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCapsule {
    /// Its number in the list.
    pub seq: u64,
    /// Where it belongs.
    pub place: CapsulePlace,
    /// Sealed.
    pub sealed: Vec<u8>,
}

/// Capsules that one member has sealed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSealing {
    /// Whose capsules.
    pub agency: AgencyNumber,
    /// To which key, as the author says.
    pub epoch: u32,
    /// The member's id.
    pub author: String,
    /// Today.
    pub day: Day,
    /// Each with its place and the author's word for it.
    pub capsules: Vec<(CapsulePlace, SignatureBytes, Vec<u8>)>,
}

/// A capsule that was sealed again, beside the one in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSealing {
    /// Its number.
    pub seq: u64,
    /// Who sealed it.
    pub author: String,
    /// To which key, as they say.
    pub epoch: u32,
    /// The day it came.
    pub day: Day,
    /// Where it belongs.
    pub place: CapsulePlace,
    /// The author's word for it.
    pub signature: SignatureBytes,
    /// The one in use.
    pub old: Vec<u8>,
    /// The new one.
    pub new: Vec<u8>,
}

/// Under which conditions new capsules take the place of old ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplaceRule {
    /// Whose capsules.
    pub agency: AgencyNumber,
    /// Only those that are sealed to this key.
    pub epoch: u32,
    /// The checking person's own ids: what they sealed themselves counts only if it came on `own_until` or before.
    pub own: Vec<String>,
    /// None where nothing of their own counts.
    pub own_until: Option<Day>,
}
