//! A case: what all events of one tip come to. Pure: the same events give the same case, whatever way they came.
//!
//! Events are taken here as read and signed by whom they name; `authors` has seen to that. Every string is hostile text.

use crate::crypto::event::{EventHash, Excluded, Kind, LinkAs, NamedEvent, SetStatus, Shared, Span};
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;
use std::collections::{BTreeMap, BTreeSet};

mod fold;
mod order;
mod parts;
mod referral;
mod states;

#[cfg(test)]
mod tests;

pub use parts::{
    Became, Claim, Crossing, Disclosure, Grade, Hold, Note, Opening, PrioritySet, Redaction, Request, Stamp, StatusSet,
    Thread,
};
pub use referral::{Referral, ReferralState};
pub use states::{Fault, Status, Void};

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
    /// Thread keys that somebody who holds the tip was not given: they count no more.
    pub kept_back: BTreeSet<TipId>,
    /// Events whose kind this version does not know.
    pub unknown: Vec<EventHash>,
    /// Events that changed nothing, because something else was first or the rules do not let their author.
    pub void: BTreeMap<EventHash, Void>,
    /// What should not be.
    pub faults: BTreeSet<Fault>,
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

    /// Whether what is here is not what was written: something is missing, or two desks were shown different things.
    pub fn is_disordered(&self) -> bool {
        self.faults.iter().any(Fault::is_of_history)
    }

    /// Until when the consent is good under which an agency was offered it last, in seconds since 1970; none where it has no end.
    pub fn consent_of(&self, agency: AgencyNumber) -> Option<u64> {
        let is_open = |state: &ReferralState| matches!(state, ReferralState::Offered | ReferralState::Accepted { .. });
        let newest = self.referrals.iter().rev().find(|offer| offer.to == agency && is_open(&offer.state));
        newest.and_then(|offer| offer.consent_until)
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

    /// When a member of an agency put a label on it that is still there, or said the same that another had said before.
    pub fn labelled_by(&self, label: &str, agency: AgencyNumber) -> Option<u64> {
        if !self.labels.contains_key(label) {
            return None;
        }
        let mut found = None;
        for named in self.events.iter().filter(|named| !self.void.contains_key(&named.hash)) {
            let Kind::Label { add, remove } = &named.event.what else { continue };
            if remove.iter().any(|gone| gone == label) {
                found = None;
            }
            if add.iter().any(|added| added == label) && named.event.author.agency == agency {
                found = found.or(Some(named.event.at));
            }
        }
        found
    }

    /// Whether the work on it is over for an agency: it closed it itself, or it knows that another did. It knows where that other one had
    /// accepted it from them, and where one of them has written on it since.
    pub fn is_closed_for(&self, agency: AgencyNumber) -> bool {
        let Some(set) = self.set.as_ref().filter(|set| set.status == SetStatus::Closed) else { return false };
        let closer = set.stamp.by.agency;
        let has_passed_on = |offer: &Referral| {
            offer.stamp.by.agency == agency
                && offer.to == closer
                && matches!(offer.state, ReferralState::Accepted { .. })
        };
        closer == agency || self.referrals.iter().any(has_passed_on) || self.has_written_since(agency, &set.stamp.event)
    }

    /// Whether a member of an agency has written something that follows an event, beside that they opened the tip.
    fn has_written_since(&self, agency: AgencyNumber, event: &EventHash) -> bool {
        self.events.iter().any(|named| {
            named.event.author.agency == agency
                && !matches!(named.event.what, Kind::Opened { .. })
                && !self.void.contains_key(&named.hash)
                && order::ancestors(&self.events, named).contains(event)
        })
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

/// The first eight digits of an event's name.
pub fn short(hash: &EventHash) -> String {
    let mut text = hash.to_string();
    text.truncate(8);
    text
}
