//! What members wrote, by kind, with who wrote it and when.

use crate::crypto::event::{Author, Checked, CloseReason, EventHash, Excluded, NamedEvent, Outcome, SetStatus, Span};
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use serde::Serialize;
use std::collections::BTreeSet;

/// Who wrote something, when by their own clock, and in which event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// The event.
    pub event: EventHash,
    /// Its author.
    #[serde(flatten)]
    pub by: Author,
    /// Seconds since 1970.
    pub at: u64,
}

/// A first opening.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// SHA-256 of what the letter was opened onto.
    pub letter: Sha256Hash,
}

/// A status that was set by hand.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StatusSet {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// Which.
    pub status: SetStatus,
    /// Why, when it is closed.
    pub reason: Option<CloseReason>,
    /// In their own words.
    pub text: Option<String>,
}

/// Someone works on the tip.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Since when, and by which event. The author is who works on it, also where another assigned them.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// Until when, if they write nothing.
    pub until: u64,
    /// By how many seconds whatever they write moves that on.
    pub length: u64,
}

/// Words.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// The words.
    pub text: String,
}

/// An urgency set by hand.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PrioritySet {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// 1 to 4.
    pub level: u8,
    /// Why.
    pub reason: String,
}

/// What came of a check.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// The outcome.
    pub checked: Checked,
    /// What was checked.
    pub text: String,
}

/// What is kept from other agencies.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Redaction {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// Whole fields.
    pub fields: Vec<String>,
    /// Parts of fields.
    pub spans: Vec<Span>,
    /// Why.
    pub reason: Option<String>,
}

/// A hold.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Hold {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// Why.
    pub reason: String,
}

/// What was given to whom.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Disclosure {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// To whom.
    pub to: String,
    /// What of it.
    pub what: String,
    /// What for.
    pub why: String,
    /// In which form.
    pub form: String,
}

/// What became of the case.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Became {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// What.
    pub result: Outcome,
    /// In their own words.
    pub text: Option<String>,
}

/// A wish that someone asked to cross.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Crossing {
    /// Which wish.
    pub wish: String,
    /// By which command.
    pub verb: String,
    /// For whom.
    pub to: Option<String>,
    /// Why.
    pub reason: String,
}

/// Something that one person alone cannot do.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Request<T> {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// What.
    pub what: T,
    /// Who signed beside them: others than its author, each person once.
    pub countersigned: Vec<Stamp>,
    /// Who objects, and why.
    pub objections: Vec<(Stamp, String)>,
    /// Taken back by its author.
    pub withdrawn: bool,
}

/// A thread key that followed another.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Thread {
    /// By whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// The id that the key has.
    pub thread: TipId,
    /// Who got no capsule.
    pub without: BTreeSet<Excluded>,
}

impl<T> Request<T> {
    /// Whether another agency than the author's has signed it too, and nobody stands against it.
    pub fn is_signed_by_two_agencies(&self) -> bool {
        let is_other = |stamp: &Stamp| stamp.by.agency != self.stamp.by.agency;
        self.is_open() && self.countersigned.iter().any(is_other)
    }

    /// Whether another person has signed it too, and nobody stands against it.
    pub fn is_signed_by_two(&self) -> bool {
        self.is_open() && !self.countersigned.is_empty()
    }

    /// Whether nobody stands against it.
    pub fn is_open(&self) -> bool {
        !self.withdrawn && self.objections.is_empty()
    }
}

impl Stamp {
    pub(super) fn of(named: &NamedEvent) -> Self {
        Self { event: named.hash, by: named.event.author.clone(), at: named.event.at }
    }
}
