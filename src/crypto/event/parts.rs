//! What the fields of events hold.

use crate::model::agency::AgencyNumber;
use serde::{Deserialize, Serialize};

/// Where a tip can be put by hand. That it is new, claimed or referred follows from other events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetStatus {
    /// Nobody works on it yet.
    New,
    /// Someone looks into it.
    Assessing,
    /// Something is being done about it.
    Acting,
    /// Nothing more will be done.
    Closed,
}

/// Why a tip was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// What it tells of was acted on.
    Acted,
    /// Another agency has taken it.
    Referred,
    /// It tells what another tip tells.
    Duplicate,
    /// There is too little to go by.
    TooLittle,
    /// It was looked into and is not so.
    Unfounded,
    /// It is not about trafficking.
    NotTrafficking,
    /// It was false on purpose.
    False,
    /// It was part of a flood, or empty.
    Junk,
    /// The source asked for it.
    SourceAsked,
    /// It was sent to try the site.
    Test,
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checked {
    /// Not checked.
    Untested,
    /// Something else says so too.
    Corroborated,
    /// It is not so.
    Refuted,
}

/// What two tips have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkAs {
    /// They tell the same.
    Duplicate,
    /// They are about the same suspect.
    SameSuspect,
    /// They are about the same victim.
    SameVictim,
    /// They are about the same place.
    SamePlace,
}

/// How much of a tip a referral shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shared {
    /// Chosen facts, as a new tip.
    Facts,
    /// The tip itself.
    All,
}

/// A part of a field of the letter, by characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Name of the field.
    pub field: String,
    /// The first character, counted from 0.
    pub start: u32,
    /// The first character after it.
    pub end: u32,
}

/// Who gets no capsule of a new thread key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Excluded {
    /// A whole agency.
    Agency(AgencyNumber),
    /// A person, on all their devices.
    Person(String),
    /// A device that was taken out of the keyring, by its id. Whoever reads the event makes sure that it was.
    Member(String),
}

/// A new thread key, sealed to one who remains.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capsule {
    /// To whom.
    #[serde(rename = "for")]
    pub to: SealedFor,
    /// Base64 of a capsule as tips have them, which names the new thread key's id.
    pub sealed: String,
}

/// Whose key opens a capsule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedFor {
    /// An agency's, of one epoch.
    Agency {
        /// Whose.
        number: AgencyNumber,
        /// Which.
        epoch: u32,
    },
    /// A member's own, where others of their agency have left.
    Member(String),
}

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Someone is safe.
    Safe,
    /// A case was opened.
    CaseOpened,
    /// Someone was arrested.
    Arrested,
    /// Someone was charged.
    Charged,
    /// Someone was convicted.
    Convicted,
    /// Someone was acquitted, or the charge was dropped.
    Acquitted,
    /// It came to nothing.
    Nothing,
}
