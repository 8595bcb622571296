//! What the store holds of proposals.

use crate::model::day::Day;

/// A version that recovery admins propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its number.
    pub number: u32,
    /// The day it came.
    pub day: Day,
    /// As it was sent.
    pub document: String,
}
