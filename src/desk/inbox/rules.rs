//! What the signed keyring says of how a site looks at its tips.

use crate::crypto::keyring::{LegalClock, PriorityRule, Version};
use crate::model::agency::{AgencyKind, AgencyNumber};

/// Rules of a site. The default is of a machine that knows no keyring yet.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// How urgent a tip is.
    pub priority: Vec<PriorityRule>,
    /// What the law gives how many hours for.
    pub clocks: Vec<LegalClock>,
    /// What each agency is, by its number.
    pub kinds: Vec<AgencyKind>,
}

impl Rules {
    /// Those of one version of the keyring.
    pub fn of(version: &Version) -> Self {
        Self {
            priority: version.staff.priority.clone(),
            clocks: version.staff.clocks.clone(),
            kinds: version.public.agencies.iter().map(|agency| agency.kind).collect(),
        }
    }

    /// Whether a clock binds an agency.
    pub fn binds(&self, clock: &LegalClock, agency: AgencyNumber) -> bool {
        self.kinds.get(usize::from(agency.0)).is_some_and(|kind| clock.agency_kinds.contains(kind))
    }
}
