//! Offers of a tip to another agency: offered, then accepted or declined; what was accepted may be returned.

use super::{Shared, Stamp};
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;
use serde::Serialize;

/// An offer.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Referral {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// To whom.
    pub to: AgencyNumber,
    /// How much of the tip.
    pub share: Shared,
    /// What for.
    pub purpose: String,
    /// Why it may be shared.
    pub reason: String,
    /// The new tip that holds the facts alone.
    pub new_tip: Option<TipId>,
    /// When an answer is due.
    pub deadline: Option<u64>,
    /// Whom to speak with.
    pub contact: Option<String>,
    /// Until when the consent is good.
    pub consent_until: Option<u64>,
    /// Who gave it.
    pub consent_by: Option<String>,
    /// Whether parts that a reader has marked were left out.
    pub withheld: bool,
    /// What became of it.
    pub state: ReferralState,
}

/// What became of an offer.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ReferralState {
    /// Nobody has answered.
    Offered,
    /// It was taken.
    Accepted {
        /// By whom.
        by: Stamp,
        /// Whom to speak with there.
        contact: Option<String>,
    },
    /// It was not taken.
    Declined {
        /// By whom.
        by: Stamp,
        /// Why.
        reason: String,
    },
    /// It was taken and given back.
    Returned {
        /// By whom.
        by: Stamp,
        /// Why.
        reason: String,
    },
    /// It was taken back before it was answered.
    Withdrawn {
        /// By whom.
        by: Stamp,
    },
}

impl ReferralState {
    /// As it is printed.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::Returned { .. } => "returned",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}
