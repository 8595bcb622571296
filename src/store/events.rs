//! What the store holds of case events: sealed, and in the order in which they came.

use crate::model::hex::{Hex, Sha256Hash};

/// A case event that was checked and may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// SHA-256 of the sealed bytes, by which a retry is known.
    pub hash: Sha256Hash,
    /// Which of the labels of its thread it has.
    pub slot: u8,
    /// By which whoever holds the thread key finds it; random to all others.
    pub label: Hex<16>,
    /// Sealed.
    pub sealed: Vec<u8>,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventOutcome {
    /// It is durable now.
    Stored,
    /// It was durable already, under this tip.
    StoredBefore,
    /// There is no such tip, or the event stands under another; nothing changed.
    NoTip,
    /// The tip has as many as it may have; nothing changed.
    Full,
}

/// A stored event, as every desk gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEvent {
    /// Its place; grows.
    pub seq: u64,
    /// Which of the labels of its thread it has.
    pub slot: u8,
    /// Its label.
    pub label: Hex<16>,
    /// Sealed.
    pub sealed: Vec<u8>,
}
