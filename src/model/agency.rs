//! Which agency: a number that is given once and never again.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of an agency in the keyring, counted from 0 without gaps. The capsule of agency `n` is `capsule-n.age`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgencyNumber(pub u16);

impl fmt::Display for AgencyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What an agency is for, as far as rules and routes need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// A help line that is not the police.
    HelpLine,
    /// Child welfare.
    ChildWelfare,
    /// Any police.
    Police,
    /// Prosecutors.
    Prosecutor,
    /// Anything else.
    Other,
}
