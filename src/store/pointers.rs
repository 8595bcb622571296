//! What the store is given and gives of messages by which agencies compare.

use crate::model::day::Day;
use crate::model::hex::Sha256Hash;

/// A message that was checked and may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPointer {
    /// SHA-256 of the sealed bytes, by which a retry is known.
    pub hash: Sha256Hash,
    /// Today, here.
    pub day: Day,
    /// Sealed.
    pub sealed: Vec<u8>,
}

/// A stored message, as every desk gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPointer {
    /// Its place; grows.
    pub seq: u64,
    /// Sealed.
    pub sealed: Vec<u8>,
}
