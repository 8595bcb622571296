//! From events in order to a case. What one event may change depends on those before it in the order and on nothing else.

use super::order::{Ordered, ancestors, order};
use super::{
    Became, Case, Claim, Crossing, Disclosure, Fault, Grade, Hold, Note, Opening, PrioritySet, Redaction, Referral,
    ReferralState, Request, Stamp, StatusSet, Thread, Void,
};
use crate::crypto::event::{Author, EventHash, Excluded, Kind, NamedEvent, SetStatus};
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The longest that a claim holds if its holder writes nothing, in seconds.
const MAX_CLAIM: u64 = 7 * 86_400;

pub(super) fn fold(tip: TipId, events: impl IntoIterator<Item = NamedEvent>) -> Case {
    let mut events = events.into_iter().peekable();
    let is_empty = events.peek().is_none(); // as most are where ten thousand came: nothing to put in order
    let Ordered { events, heads, missing } = if is_empty { Ordered::default() } else { order(events) };
    let faults = missing.into_iter().map(|(named_by, missing)| Fault::Missing { named_by, missing });
    let mut case = Case {
        tip,
        heads,
        events: Vec::new(),
        opened: BTreeMap::new(),
        set: None,
        claim: None,
        labels: BTreeMap::new(),
        notes: Vec::new(),
        links: BTreeMap::new(),
        referrals: Vec::new(),
        priority: None,
        grades: Vec::new(),
        redactions: Vec::new(),
        holds: BTreeMap::new(),
        disclosures: Vec::new(),
        overrides: Vec::new(),
        deletions: Vec::new(),
        replies: Vec::new(),
        outcomes: Vec::new(),
        left: BTreeSet::new(),
        threads: Vec::new(),
        kept_back: BTreeSet::new(),
        unknown: Vec::new(),
        void: BTreeMap::new(),
        faults: faults.collect(),
    };
    find_broken_chains(&events, &mut case.faults);
    for at in 0..events.len() {
        let named = &events[at];
        if let Err(void) = case.take(named, &events[..at]) {
            case.void.insert(named.hash, void);
        }
    }
    case.events = events;
    case
}

/// Each author's own events must form one chain.
fn find_broken_chains(events: &[NamedEvent], faults: &mut BTreeSet<Fault>) {
    let authors: HashMap<EventHash, &Author> = events.iter().map(|named| (named.hash, &named.event.author)).collect();
    let mut followed: HashMap<(&str, Option<EventHash>), EventHash> = HashMap::new();
    for named in events {
        let author = &named.event.author;
        let previous = named.event.previous;
        if previous.and_then(|previous| authors.get(&previous)).is_some_and(|before| before.member != author.member) {
            faults.insert(Fault::OtherChain { event: named.hash });
        }
        if let Some(other) = followed.insert((&author.member, previous), named.hash) {
            let (one, other) = (other.min(named.hash), other.max(named.hash));
            faults.insert(Fault::Forked { author: author.clone(), one, other });
        }
    }
}

pub(super) fn has_left(left: &BTreeSet<Excluded>, person: &str, agency: AgencyNumber) -> bool {
    left.contains(&Excluded::Agency(agency)) || left.iter().any(|one| matches!(one, Excluded::Person(p) if p == person))
}

impl Case {
    /// Changes what one event changes; says why when it changes nothing.
    fn take(&mut self, named: &NamedEvent, before: &[NamedEvent]) -> Result<(), Void> {
        let author = &named.event.author;
        if has_left(&self.left, &author.person, author.agency) && knew_that_they_left(named, before) {
            self.faults.insert(Fault::AfterLeaving { event: named.hash });
            return Err(Void::Left);
        }
        let stamp = Stamp::of(named);
        let claim = self.claim.clone();
        let taken = self.take_kind(&named.event.what, stamp);
        if self.claim == claim && !matches!(named.event.what, Kind::Unknown(_)) {
            self.move_claim_on(author, named.event.at);
        }
        taken
    }

    fn move_claim_on(&mut self, author: &Author, at: u64) {
        let holds = |claim: &&mut Claim| claim.stamp.by.person == author.person && claim.until > at;
        if let Some(claim) = self.claim.as_mut().filter(holds) {
            claim.until = claim.until.max(at + claim.length);
        }
    }

    fn take_kind(&mut self, what: &Kind, stamp: Stamp) -> Result<(), Void> {
        match what.clone() {
            Kind::Opened { letter } => self.open(stamp, letter),
            Kind::Claim { until } => return self.take_claim(stamp, until),
            Kind::Release => return self.release(&stamp),
            Kind::Assign { to, person, until } => return self.assign(stamp, to, person, until),
            Kind::Note { text } => self.notes.push(Note { stamp, text }),
            Kind::Label { add, remove } => {
                self.labels.retain(|label, _| !remove.contains(label));
                for label in add {
                    self.labels.entry(label).or_insert_with(|| stamp.clone());
                }
            }
            Kind::Status { status, reason, text } => {
                let is_theirs = |claim: &Claim| claim.stamp.by.agency == stamp.by.agency;
                if status == SetStatus::Closed && self.claim.as_ref().is_some_and(is_theirs) {
                    self.claim = None; // no other agency ends the work of this one
                }
                self.set = Some(StatusSet { stamp, status, reason, text });
            }
            Kind::Priority { level, reason } => {
                let level = level.filter(|level| (1..=4).contains(level));
                self.priority = level.map(|level| PrioritySet { stamp, level, reason });
            }
            Kind::Grade { checked, text } => self.grades.push(Grade { stamp, checked, text }),
            Kind::Link { how, tip } => {
                self.links.entry((tip, how)).or_insert(stamp);
            }
            Kind::Unlink { how, tip } => return self.links.remove(&(tip, how)).map(drop).ok_or(Void::NoSuch),
            Kind::Recuse { whole_agency, .. } => {
                let Author { person, agency, .. } = stamp.by;
                self.leave(if whole_agency { Excluded::Agency(agency) } else { Excluded::Person(person) });
            }
            what @ Kind::Refer { .. } => return self.offer(stamp, what),
            Kind::Accept { referral, contact } => {
                return self.answer(&referral, &stamp, |state, by| {
                    matches!(state, ReferralState::Offered).then_some(ReferralState::Accepted { by, contact })
                });
            }
            Kind::Decline { referral, reason } => {
                self.answer(&referral, &stamp, |state, by| {
                    matches!(state, ReferralState::Offered).then_some(ReferralState::Declined { by, reason })
                })?;
                self.leave(Excluded::Agency(stamp.by.agency));
            }
            Kind::Return { referral, reason } => {
                self.answer(&referral, &stamp, |state, by| {
                    matches!(state, ReferralState::Accepted { .. }).then_some(ReferralState::Returned { by, reason })
                })?;
                self.leave(Excluded::Agency(stamp.by.agency));
            }
            Kind::Redact { fields, spans, reason } => {
                self.redactions.push(Redaction { stamp, fields, spans, reason });
            }
            Kind::Hold { on: true, reason } => {
                self.holds.entry(stamp.by.agency).or_insert(Hold { stamp, reason });
            }
            Kind::Hold { on: false, .. } => {
                return self.holds.remove(&stamp.by.agency).map(drop).ok_or(Void::NoSuch);
            }
            Kind::Disclose { to, what, why, form } => {
                self.disclosures.push(Disclosure { stamp, to, what, why, form });
            }
            Kind::Override { wish, verb, to, reason } => {
                self.overrides.push(Request::new(stamp, Crossing { wish, verb, to, reason }));
            }
            Kind::Delete { reason } => self.deletions.push(Request::new(stamp, reason)),
            Kind::Countersign { event } => return self.countersign(&event, stamp),
            Kind::Object { event, reason } => return self.object(&event, stamp, reason),
            Kind::Withdraw { event, .. } => return self.withdraw(&event, &stamp),
            Kind::Rekey { thread, without, .. } => return self.rekey(stamp, thread, without.into_iter().collect()),
            Kind::Reply { text } => self.replies.push(Note { stamp, text }),
            Kind::Outcome { result, text } => self.outcomes.push(Became { stamp, result, text }),
            Kind::Unknown(_) => self.unknown.push(stamp.event),
        }
        Ok(())
    }

    fn open(&mut self, stamp: Stamp, letter: crate::model::hex::Sha256Hash) {
        if self.opened.values().any(|other| other.letter != letter) {
            self.faults.insert(Fault::OtherLetter { event: stamp.event });
        }
        self.opened.entry(stamp.by.agency).or_insert(Opening { stamp, letter });
    }

    fn take_claim(&mut self, stamp: Stamp, until: u64) -> Result<(), Void> {
        if self.claimed_by(stamp.at).is_some_and(|claim| claim.stamp.by.person != stamp.by.person) {
            return Err(Void::Claimed);
        }
        let length = until.saturating_sub(stamp.at).min(MAX_CLAIM);
        self.claim = Some(Claim { until: stamp.at + length, length, stamp });
        Ok(())
    }

    fn release(&mut self, stamp: &Stamp) -> Result<(), Void> {
        let is_theirs = self.claim.as_ref().is_some_and(|claim| claim.stamp.by.person == stamp.by.person);
        if !is_theirs {
            return Err(Void::NotTheirs);
        }
        self.claim = None;
        Ok(())
    }

    /// Within an agency, by who holds the claim, or by anyone while nobody does.
    fn assign(&mut self, mut stamp: Stamp, to: String, person: String, until: u64) -> Result<(), Void> {
        if self.claimed_by(stamp.at).is_some_and(|claim| claim.stamp.by.person != stamp.by.person) {
            return Err(Void::Claimed);
        }
        let length = until.saturating_sub(stamp.at).min(MAX_CLAIM);
        let until = stamp.at + length;
        stamp.by = Author { member: to, person, agency: stamp.by.agency };
        self.claim = Some(Claim { stamp, until, length });
        Ok(())
    }

    /// Who leaves works on it no more.
    fn leave(&mut self, who: Excluded) {
        self.left.insert(who);
        let left = &self.left;
        self.claim.take_if(|claim| has_left(left, &claim.stamp.by.person, claim.stamp.by.agency));
    }

    fn offer(&mut self, stamp: Stamp, what: Kind) -> Result<(), Void> {
        let Kind::Refer { to, share, purpose, reason, new_tip, deadline, contact, consent_until, consent_by, withheld } =
            what
        else {
            return Ok(());
        };
        if self.left.contains(&Excluded::Agency(to)) {
            return Err(Void::Left);
        }
        let state = ReferralState::Offered;
        self.referrals.push(Referral {
            stamp,
            to,
            share,
            purpose,
            reason,
            new_tip,
            deadline,
            contact,
            consent_until,
            consent_by,
            withheld,
            state,
        });
        Ok(())
    }

    fn answer(
        &mut self,
        referral: &EventHash,
        stamp: &Stamp,
        next: impl FnOnce(&ReferralState, Stamp) -> Option<ReferralState>,
    ) -> Result<(), Void> {
        let referral = self.referrals.iter_mut().find(|offer| offer.stamp.event == *referral).ok_or(Void::NoSuch)?;
        if referral.to != stamp.by.agency {
            return Err(Void::NotTheirs);
        }
        referral.state = next(&referral.state, stamp.clone()).ok_or(Void::NotTheirs)?;
        Ok(())
    }

    fn countersign(&mut self, event: &EventHash, stamp: Stamp) -> Result<(), Void> {
        let (author, signed) = if let Some(request) = request(&mut self.overrides, event) {
            (&request.stamp, &mut request.countersigned)
        } else {
            let request = request(&mut self.deletions, event).ok_or(Void::NoSuch)?;
            (&request.stamp, &mut request.countersigned)
        };
        let is_another = [author].into_iter().chain(signed.iter()).all(|other| other.by.person != stamp.by.person);
        if !is_another {
            return Err(Void::NotTheirs);
        }
        signed.push(stamp);
        Ok(())
    }

    fn object(&mut self, event: &EventHash, stamp: Stamp, reason: String) -> Result<(), Void> {
        if let Some(at) = self.threads.iter().position(|thread| thread.stamp.event == *event) {
            self.kept_back.insert(self.threads.remove(at).thread);
            self.faults.insert(Fault::KeptBack { event: *event, says: stamp.event });
            return Ok(());
        }
        let objections = if let Some(request) = request(&mut self.overrides, event) {
            &mut request.objections
        } else {
            &mut request(&mut self.deletions, event).ok_or(Void::NoSuch)?.objections
        };
        objections.push((stamp, reason));
        Ok(())
    }

    fn withdraw(&mut self, event: &EventHash, stamp: &Stamp) -> Result<(), Void> {
        let is_own = |other: &Stamp| other.event == *event && other.by.person == stamp.by.person;
        if let Some(request) = self.overrides.iter_mut().find(|request| is_own(&request.stamp)) {
            request.withdrawn = true;
        } else if let Some(request) = self.deletions.iter_mut().find(|request| is_own(&request.stamp)) {
            request.withdrawn = true;
        } else if let Some(at) = self.redactions.iter().position(|redaction| is_own(&redaction.stamp)) {
            self.redactions.remove(at);
        } else if let Some(offer) = self.referrals.iter_mut().find(|offer| is_own(&offer.stamp)) {
            if !matches!(offer.state, ReferralState::Offered) {
                return Err(Void::NotTheirs);
            }
            offer.state = ReferralState::Withdrawn { by: stamp.clone() };
        } else {
            return self.withdraw_objection(event, stamp);
        }
        Ok(())
    }

    fn withdraw_objection(&mut self, event: &EventHash, stamp: &Stamp) -> Result<(), Void> {
        let overrides = self.overrides.iter_mut().map(|request| &mut request.objections);
        let deletions = self.deletions.iter_mut().map(|request| &mut request.objections);
        let is_own = |other: &Stamp| other.event == *event && other.by.person == stamp.by.person;
        for objections in overrides.chain(deletions) {
            if let Some(at) = objections.iter().position(|(objection, _)| is_own(objection)) {
                objections.remove(at);
                return Ok(());
            }
        }
        Err(Void::NoSuch)
    }

    /// A new key counts when it leaves out nobody but those who have left or were taken out of the keyring, and someone more
    /// than the key before it. One that somebody objects to counts no more, and the next is due again: nobody can keep a tip to
    /// themselves by giving its new key to nobody. Events that leave out a member who is one do not come here: `Authors` has refused them.
    fn rekey(&mut self, stamp: Stamp, thread: TipId, without: BTreeSet<Excluded>) -> Result<(), Void> {
        if self.kept_back.contains(&thread) || self.threads.iter().any(|known| known.thread == thread) {
            return Ok(()); // more capsules for the same key
        }
        let has_gone = |one: &Excluded| matches!(one, Excluded::Member(_)) || self.left.contains(one);
        if !without.iter().all(has_gone) {
            self.faults.insert(Fault::ShutOut { event: stamp.event });
            return Err(Void::NoCause);
        }
        let leaves_out_more = match self.threads.last() {
            None => !without.is_empty(),
            Some(last) => last.without.is_subset(&without) && last.without != without,
        };
        if !leaves_out_more {
            return Err(Void::NoCause);
        }
        self.threads.push(Thread { stamp, thread, without });
        Ok(())
    }
}

/// Whether among what an author had seen is the event by which they left.
fn knew_that_they_left(named: &NamedEvent, before: &[NamedEvent]) -> bool {
    let seen = ancestors(before, named);
    let author = &named.event.author;
    before.iter().filter(|other| seen.contains(&other.hash)).any(|other| {
        let by = &other.event.author;
        match &other.event.what {
            Kind::Recuse { whole_agency: false, .. } => by.person == author.person,
            Kind::Recuse { .. } | Kind::Decline { .. } | Kind::Return { .. } => by.agency == author.agency,
            _ => false,
        }
    })
}

fn request<'a, T>(requests: &'a mut [Request<T>], event: &EventHash) -> Option<&'a mut Request<T>> {
    requests.iter_mut().find(|request| request.stamp.event == *event)
}

impl<T> Request<T> {
    fn new(stamp: Stamp, what: T) -> Self {
        Self { stamp, what, countersigned: Vec::new(), objections: Vec::new(), withdrawn: false }
    }
}
