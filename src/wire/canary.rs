//! Bodies by which agencies say that a canary reached them. `docs/PROTOCOL.md` section 7.8.

use crate::crypto::statement::{CanaryOpened, Statement as _};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Sha256Hash, SignatureBytes, VerifyingKeyBytes};
use serde::{Deserialize, Serialize};

/// The most words that are kept of one agency.
pub const MAX_CANARIES_OF_AGENCY: i64 = 1_000;
/// Days that they are kept.
pub const CANARY_DAYS: u32 = 30;

/// Body of `POST /v1/canaries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CanaryWord {
    /// SHA-256 of the nonce in the canary's mark: says nothing of the tip that it came in.
    pub canary: Sha256Hash,
    /// Today, there.
    pub day: Day,
    /// The member's, over a [`CanaryOpened`].
    pub signature: SignatureBytes,
}

/// Answer of `GET /v1/canaries`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canaries {
    /// By day, agency and canary.
    pub opened: Vec<CanaryRecord>,
}

/// One agency's word that it has opened a canary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanaryRecord {
    /// Whose.
    pub agency: AgencyNumber,
    /// The id of the member whose desk says so.
    pub member: String,
    /// What they sent.
    #[serde(flatten)]
    pub word: CanaryWord,
}

impl CanaryRecord {
    /// Whether this member has said so at this site.
    pub fn is_by(&self, site: Sha256Hash, key: &VerifyingKeyBytes) -> bool {
        let Self { agency, member, word: CanaryWord { canary, day, signature } } = self;
        let said = CanaryOpened { site, canary: *canary, agency: *agency, member: member.clone(), day: *day };
        said.is_by(key, signature)
    }
}
