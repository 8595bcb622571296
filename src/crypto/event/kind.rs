//! What events say. Each kind is there from the start, so that later work changes no format; what a later version adds is
//! read as [`Kind::Unknown`] and keeps its place in the order.

use super::EventHash;
use super::parts::{Capsule, Checked, CloseReason, Excluded, LinkAs, Outcome, SetStatus, Shared, Span};
use crate::model::agency::AgencyNumber;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What an event says. Times are seconds since 1970. Its `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The author's agency has opened the tip. The first event of each agency on a tip.
    Opened {
        /// SHA-256 of what the letter was opened onto, padding included: of what `age -d` prints.
        letter: Sha256Hash,
    },
    /// "I am working on it."
    Claim {
        /// Until when, if nothing is written on it; each event of the holder moves it on by as much.
        until: u64,
    },
    /// "I am no longer working on it."
    Release,
    /// Hands the claim to a colleague.
    Assign {
        /// The member's id.
        to: String,
        /// The person whose device that is.
        person: String,
        /// As in a claim.
        until: u64,
    },
    /// Words beside the tip.
    Note {
        /// The words.
        text: String,
    },
    /// Labels put on and taken off.
    Label {
        /// Put on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        add: Vec<String>,
        /// Taken off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remove: Vec<String>,
    },
    /// How far the work is.
    Status {
        /// Where it stands now.
        status: SetStatus,
        /// Why, when it is closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<CloseReason>,
        /// In the member's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Another urgency than the rules give.
    Priority {
        /// 1 (most urgent) to 4; none goes back to the rules.
        level: Option<u8>,
        /// Why.
        reason: String,
    },
    /// What came of checking what the tip says.
    Grade {
        /// The outcome.
        checked: Checked,
        /// What was checked.
        text: String,
    },
    /// The tip has to do with another.
    Link {
        /// In what way.
        #[serde(rename = "as")]
        how: LinkAs,
        /// The other.
        tip: TipId,
    },
    /// Takes such a word back.
    Unlink {
        /// In what way.
        #[serde(rename = "as")]
        how: LinkAs,
        /// The other.
        tip: TipId,
    },
    /// The author, or their whole agency, must not work on this tip and reads on no further.
    Recuse {
        /// Why.
        reason: String,
        /// Whether the whole agency leaves, and not the author alone.
        whole_agency: bool,
    },
    /// Offers the tip to another agency.
    Refer {
        /// To whom.
        to: AgencyNumber,
        /// How much of it.
        share: Shared,
        /// What for.
        purpose: String,
        /// Why it may be shared.
        reason: String,
        /// The new tip that holds the facts alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new_tip: Option<TipId>,
        /// When an answer is due.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<u64>,
        /// Whom to speak with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<String>,
        /// Until when the consent is good, where it has an end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent_until: Option<u64>,
        /// Who gave it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent_by: Option<String>,
        /// Whether parts that a reader has marked are left out of what goes.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        withheld: bool,
    },
    /// Takes an offered tip.
    Accept {
        /// The event that offered it.
        referral: EventHash,
        /// Whom to speak with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<String>,
    },
    /// Does not take an offered tip; the author's agency reads on no further.
    Decline {
        /// The event that offered it.
        referral: EventHash,
        /// Why.
        reason: String,
    },
    /// Gives a tip back that was taken; the author's agency reads on no further.
    Return {
        /// The event that offered it.
        referral: EventHash,
        /// Why.
        reason: String,
    },
    /// Fields and parts of the letter that no other agency is shown.
    Redact {
        /// Whole fields of the letter, by name.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<String>,
        /// Parts of fields.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        spans: Vec<Span>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Nothing of the tip may be deleted while it is held.
    Hold {
        /// Held from now on, or no longer.
        on: bool,
        /// Why.
        reason: String,
    },
    /// Something of the tip was given to someone: 28 CFR 23.20.
    Disclose {
        /// To whom: a person or office, and their agency.
        to: String,
        /// What of it.
        what: String,
        /// What for.
        why: String,
        /// In which form: a referral, an export, by word of mouth.
        form: String,
    },
    /// Asks that one wish of the source be crossed, once. Counts for nothing before a countersign by another agency.
    Override {
        /// Which wish.
        wish: String,
        /// By what: the command.
        verb: String,
        /// For whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// Why.
        reason: String,
    },
    /// "I say so too": of an override or a deletion.
    Countersign {
        /// The event that is meant.
        event: EventHash,
    },
    /// Asks that the tip be deleted. Counts for nothing before a countersign.
    Delete {
        /// Why.
        reason: String,
    },
    /// Against an override or a deletion.
    Object {
        /// The event that is meant.
        event: EventHash,
        /// Why.
        reason: String,
    },
    /// Takes the author's own override, deletion, objection, offer or redaction back.
    Withdraw {
        /// The event that is meant.
        event: EventHash,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A new thread key for those who remain. More capsules for the same key may follow in further events.
    Rekey {
        /// The id that the new thread key has: the hash of its custody token.
        thread: TipId,
        /// Who gets no capsule: all who have left.
        without: Vec<Excluded>,
        /// The new thread key, for each who remains.
        capsules: Vec<Capsule>,
    },
    /// A reply to the source.
    Reply {
        /// What it says.
        text: String,
    },
    /// What became of the case, for the yearly figures.
    Outcome {
        /// What.
        result: Outcome,
        /// In the member's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Of a kind that this version does not know, or not of the form that its kind has.
    #[serde(untagged)]
    Unknown(Unknown),
}

/// A kind that is not known here.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// Its name: hostile text.
    pub kind: String,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kind")
    }
}

impl Kind {
    /// The name that stands in the text of an event.
    pub fn name(&self) -> &str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Claim { .. } => "claim",
            Self::Release => "release",
            Self::Assign { .. } => "assign",
            Self::Note { .. } => "note",
            Self::Label { .. } => "label",
            Self::Status { .. } => "status",
            Self::Priority { .. } => "priority",
            Self::Grade { .. } => "grade",
            Self::Link { .. } => "link",
            Self::Unlink { .. } => "unlink",
            Self::Recuse { .. } => "recuse",
            Self::Refer { .. } => "refer",
            Self::Accept { .. } => "accept",
            Self::Decline { .. } => "decline",
            Self::Return { .. } => "return",
            Self::Redact { .. } => "redact",
            Self::Hold { .. } => "hold",
            Self::Disclose { .. } => "disclose",
            Self::Override { .. } => "override",
            Self::Countersign { .. } => "countersign",
            Self::Delete { .. } => "delete",
            Self::Object { .. } => "object",
            Self::Withdraw { .. } => "withdraw",
            Self::Rekey { .. } => "rekey",
            Self::Reply { .. } => "reply",
            Self::Outcome { .. } => "outcome",
            Self::Unknown(unknown) => &unknown.kind,
        }
    }
}

#[cfg(test)]
impl Kind {
    /// An offer of all of a tip, as short as one may be.
    pub fn offer_of_all(to: AgencyNumber) -> Self {
        Self::Refer {
            to,
            share: Shared::All,
            purpose: "a bed".into(),
            reason: "the source said all".into(),
            new_tip: None,
            deadline: None,
            contact: None,
            consent_until: None,
            consent_by: None,
            withheld: false,
        }
    }
}
