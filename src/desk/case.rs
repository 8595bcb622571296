//! A case: what all events of one tip come to. Pure: the same events give the same case, whatever way they came.
//!
//! Events are taken here as read and signed by whom they name; `authors` has seen to that. Every string is hostile text.

use crate::crypto::event::{
    Author, Checked, CloseReason, EventHash, Excluded, LinkAs, NamedEvent, Outcome, SetStatus, Shared, Span,
};
use crate::model::agency::AgencyNumber;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

mod fold;
mod order;
mod referral;

#[cfg(test)]
mod tests;

pub use referral::{Referral, ReferralState};

/// Everything that is known of one tip beside its letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Case {
    /// The tip.
    pub tip: TipId,
    /// All events, in the order that every desk shows.
    pub events: Vec<NamedEvent>,
    /// Events that no other followed, ascending: what the next event names.
    pub heads: Vec<EventHash>,
    /// First opening by each agency, and the letter it found.
    pub opened: BTreeMap<AgencyNumber, Opening>,
    /// Where the tip was put by hand; none while it never was.
    pub set: Option<StatusSet>,
    /// The last claim that was taken. Whether it still holds depends on the time: [`Case::claimed_by`].
    pub claim: Option<Claim>,
    /// Labels, and who put each on.
    pub labels: BTreeMap<String, Stamp>,
    /// Notes in order.
    pub notes: Vec<Note>,
    /// Links to other tips, and who made each.
    pub links: BTreeMap<(TipId, LinkAs), Stamp>,
    /// Offers to other agencies, in order.
    pub referrals: Vec<Referral>,
    /// An urgency that someone set above the rules.
    pub priority: Option<PrioritySet>,
    /// What came of checks, the newest last.
    pub grades: Vec<Grade>,
    /// What is kept from other agencies, without what was withdrawn.
    pub redactions: Vec<Redaction>,
    /// Holds by agency: none can lift another's.
    pub holds: BTreeMap<AgencyNumber, Hold>,
    /// What was given to whom, in order.
    pub disclosures: Vec<Disclosure>,
    /// Wishes that someone asked to cross.
    pub overrides: Vec<Request<Crossing>>,
    /// Requests to delete the tip; `what` says why.
    pub deletions: Vec<Request<String>>,
    /// Replies to the source, in order.
    pub replies: Vec<Note>,
    /// What became of the case, in order.
    pub outcomes: Vec<Became>,
    /// Who has left: they read nothing that comes after the rekey.
    pub left: BTreeSet<Excluded>,
    /// Thread keys that followed the first one, in order; the last is the one to seal to.
    pub threads: Vec<Thread>,
    /// Events whose kind this version does not know.
    pub unknown: Vec<EventHash>,
    /// Events that changed nothing, because something else was first or the rules do not let their author.
    pub void: BTreeMap<EventHash, Void>,
    /// What should not be.
    pub faults: BTreeSet<Fault>,
}

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
}

impl Case {
    /// What these events come to.
    pub fn fold(tip: TipId, events: impl IntoIterator<Item = NamedEvent>) -> Self {
        fold::fold(tip, events)
    }

    /// A tip on which nothing was written.
    pub fn empty(tip: TipId) -> Self {
        Self::fold(tip, [])
    }

    /// Who works on it at this time, in seconds since 1970.
    pub fn claimed_by(&self, now: u64) -> Option<&Claim> {
        self.claim.as_ref().filter(|claim| claim.until > now)
    }

    /// How far the work is at this time.
    pub fn status(&self, now: u64) -> Status {
        let is_referred =
            || self.referrals.iter().any(|referral| matches!(referral.state, ReferralState::Accepted { .. }));
        match self.set.as_ref().map(|set| set.status) {
            Some(SetStatus::Closed) => Status::Closed,
            Some(SetStatus::Acting) => Status::Acting,
            _ if is_referred() => Status::Referred,
            Some(SetStatus::Assessing) => Status::Assessing,
            _ if self.claimed_by(now).is_some() => Status::Claimed,
            _ => Status::New,
        }
    }

    /// The event that an author wrote last.
    pub fn last_of(&self, member: &str) -> Option<&NamedEvent> {
        self.events.iter().rev().find(|named| named.event.author.member == member)
    }

    /// An event by its name.
    pub fn event(&self, hash: &EventHash) -> Option<&NamedEvent> {
        self.events.iter().find(|named| named.hash == *hash)
    }

    /// An offer by the event that made it.
    pub fn referral(&self, event: &EventHash) -> Option<&Referral> {
        self.referrals.iter().find(|referral| referral.stamp.event == *event)
    }

    /// Whether this person has left, alone or with their agency.
    pub fn has_left(&self, person: &str, agency: AgencyNumber) -> bool {
        fold::has_left(&self.left, person, agency)
    }

    /// Whether someone has left who could still read what comes after: a rekey is due before anything else.
    pub fn needs_rekey(&self) -> bool {
        let without = self.threads.last().map(|thread| &thread.without);
        without.map_or(!self.left.is_empty(), |without| !self.left.is_subset(without))
    }

    /// Whether as many have asked for its deletion as it takes: two, of two agencies where two have written.
    pub fn is_agreed_to_go(&self) -> bool {
        self.deletions.iter().any(|request| self.is_agreed(request))
    }

    /// Whether as many have signed a request to delete as it takes.
    pub fn is_agreed(&self, request: &Request<String>) -> bool {
        let agencies: BTreeSet<_> = self.events.iter().map(|named| named.event.author.agency).collect();
        if agencies.len() > 1 { request.is_signed_by_two_agencies() } else { request.is_signed_by_two() }
    }

    /// Whether nothing of the tip may be deleted.
    pub fn is_held(&self) -> bool {
        !self.holds.is_empty()
    }

    /// All that counts among the redactions: whole fields, and parts of fields.
    pub fn redacted(&self) -> (BTreeSet<&str>, Vec<&Span>) {
        let fields = self.redactions.iter().flat_map(|redaction| redaction.fields.iter().map(String::as_str)).collect();
        (fields, self.redactions.iter().flat_map(|redaction| &redaction.spans).collect())
    }

    /// The newest check.
    pub fn grade(&self) -> Option<&Grade> {
        self.grades.last()
    }
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
    fn of(named: &NamedEvent) -> Self {
        Self { event: named.hash, by: named.event.author.clone(), at: named.event.at }
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

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
            Self::ShutOut { event } => {
                write!(f, "event {} makes a thread key that shuts out someone who has not left", short(event))
            }
        }
    }
}

/// The first eight digits of an event's name.
pub fn short(hash: &EventHash) -> String {
    let mut text = hash.to_string();
    text.truncate(8);
    text
}

/// For JSON objects, whose keys are strings.
pub fn links<S: Serializer>(links: &BTreeMap<(TipId, LinkAs), Stamp>, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct LinkJson<'a> {
        tip: TipId,
        #[serde(rename = "as")]
        how: LinkAs,
        #[serde(flatten)]
        stamp: &'a Stamp,
    }
    to.collect_seq(links.iter().map(|((tip, how), stamp)| LinkJson { tip: *tip, how: *how, stamp }))
}
