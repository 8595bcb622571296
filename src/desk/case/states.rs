//! How far the work on a tip is, which events changed nothing, and what should not be.

use super::short;
use crate::crypto::event::{Author, EventHash};
use serde::Serialize;
use std::fmt;

/// How far the work is, for the one who looks now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody works on it.
    New,
    /// Someone has claimed it.
    Claimed,
    /// Someone looks into it.
    Assessing,
    /// Another agency has accepted it.
    Referred,
    /// Something is being done.
    Acting,
    /// Nothing more will be done.
    Closed,
}

/// Why an event changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Void {
    /// Someone else had claimed the tip.
    Claimed,
    /// It was answered already, or is not to be answered by this author.
    NotTheirs,
    /// What it names is not there.
    NoSuch,
    /// Its author had left.
    Left,
    /// Nobody who left it out had left.
    NoCause,
}

/// Something that should not be among the events of a tip.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// An author had seen an event that is not there: it was taken away, or is held back.
    Missing {
        /// The event that names it.
        named_by: EventHash,
        /// The one that is not there.
        missing: EventHash,
    },
    /// Two events of one author follow the same one: there are two of this author, or two histories were shown to them.
    Forked {
        /// The author.
        author: Author,
        /// The one event.
        one: EventHash,
        /// The other.
        other: EventHash,
    },
    /// An event says that it follows another's event as if it were its author's own.
    OtherChain {
        /// Which event.
        event: EventHash,
    },
    /// Two agencies opened different letters under this tip.
    OtherLetter {
        /// The event that says so.
        event: EventHash,
    },
    /// Someone wrote on after they had left.
    AfterLeaving {
        /// Which event.
        event: EventHash,
    },
    /// A new thread key shuts out someone who has not left.
    ShutOut {
        /// Which event.
        event: EventHash,
    },
    /// A new thread key was not given to everyone who holds the tip.
    KeptBack {
        /// The event that made it.
        event: EventHash,
        /// The event whose author says so.
        says: EventHash,
    },
}

impl Fault {
    /// Whether what is here is not what was written: something is missing, or two desks were shown different things.
    pub const fn is_of_history(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Forked { .. } | Self::OtherChain { .. } | Self::OtherLetter { .. })
    }

    /// The event that shows it.
    pub const fn event(&self) -> EventHash {
        match self {
            Self::Missing { named_by: event, .. }
            | Self::Forked { other: event, .. }
            | Self::OtherChain { event }
            | Self::OtherLetter { event }
            | Self::AfterLeaving { event }
            | Self::ShutOut { event }
            | Self::KeptBack { event, .. } => *event,
        }
    }
}

impl Status {
    /// As it is typed, printed and found in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Claimed => "claimed",
            Self::Assessing => "assessing",
            Self::Referred => "referred",
            Self::Acting => "acting",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { missing, .. } => {
                write!(
                    f,
                    "event {} is missing, which a colleague has seen: it was removed or is held back",
                    short(missing)
                )
            }
            Self::Forked { author, one, other } => write!(
                f,
                "{} of agency {} wrote two events ({} and {}) after the same one: two devices with one key, or two histories",
                author.member,
                author.agency,
                short(one),
                short(other)
            ),
            Self::OtherChain { event } => write!(f, "event {} follows an event that is not its author's", short(event)),
            Self::OtherLetter { event } => {
                write!(f, "event {} says that its author opened another letter under this tip", short(event))
            }
            Self::AfterLeaving { event } => write!(f, "event {} was written by someone who had left", short(event)),
            Self::KeptBack { event, says } => write!(
                f,
                "event {} made a thread key that was not given to everyone who holds the tip, as event {} says",
                short(event),
                short(says)
            ),
            Self::ShutOut { event } => {
                write!(f, "event {} makes a thread key that shuts out someone who has not left", short(event))
            }
        }
    }
}
