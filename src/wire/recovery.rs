//! What the public door says of recovery admins: whoever asks sees who is to be an admin no more, from which day on, and what
//! was signed, so that they need not believe it. `docs/PROTOCOL.md` section 6.

use crate::crypto::keyring::{AdminSignature, Public, SignedVersion};
use crate::model::day::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where it is asked for.
pub const RECOVERY_PATH: &str = "/recovery";

/// Answer of `GET /recovery`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryNotice {
    /// Empty while nobody proposes anything.
    pub proposed: Vec<ShownProposal>,
}

/// A version that recovery admins propose, without what only the staff door shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownProposal {
    /// From which day on it counts, if the admins publish nothing before.
    pub first_day: Day,
    /// Ids of the admins who would be none any more.
    pub lost: Vec<String>,
    /// Ids of those who come in their place.
    pub new: Vec<String>,
    /// The public document.
    pub public: String,
    /// Of the recovery admins, over it.
    pub signatures: Vec<AdminSignature>,
}

impl ShownProposal {
    /// What is shown of a version that may follow `before`; none of one that cannot.
    pub fn of(before: &Public, signed: &SignedVersion) -> Option<Self> {
        let after: Public = serde_json::from_str(&signed.public).ok()?;
        if after.version != before.version + 1 {
            return None;
        }
        let only_in = |one: &Public, other: &Public| {
            let admins = one.admins.iter().filter(|admin| !other.admins.contains(admin));
            admins.map(|admin| admin.id.clone()).collect()
        };
        Some(Self {
            first_day: after.issued,
            lost: only_in(before, &after),
            new: only_in(&after, before),
            public: signed.public.clone(),
            signatures: signed.signatures.clone(),
        })
    }

    /// Whether it says what was signed, and recovery admins of `before` signed it. It may still lack a signature.
    pub fn is_true(&self, before: &Public) -> bool {
        let (public, signatures) = (self.public.clone(), self.signatures.clone());
        let signed = SignedVersion { public, staff: String::new(), words: BTreeMap::new(), signatures };
        before.is_recovered_by(&signed) && Self::of(before, &signed).as_ref() == Some(self)
    }
}

impl std::fmt::Display for ShownProposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = |ids: &[String]| if ids.is_empty() { "nobody".to_owned() } else { ids.join(", ") };
        let (new, lost) = (names(&self.new), names(&self.lost));
        write!(f, "recovery admins will put {new} in the place of the admins {lost} on {}", self.first_day)
    }
}
