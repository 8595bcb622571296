//! The inbox for scripts: DESIGN.md section 7. A field that was not answered, or does not exist yet, is left out.

use super::view::named_elsewhere;
use super::{Entry, Inbox, ThreadAsks, UnreadableEntry, Viewer};
use crate::crypto::event::{Author, EventHash, Kind, NamedEvent};
use crate::crypto::letter::{About, Basis, Contact, Share, Urgency, YesNo};
use crate::desk::case::{Referral, Status, Void};
use crate::desk::clocks::{Running, starting_words};
use crate::desk::fields;
use crate::desk::follow_ups::{Asked, AsksNow};
use crate::desk::names::AgencyNames;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::tip::TipId;
use serde::Serialize;

/// Characters of who must not see it, as joined from all letters of a source, in a list: `desk show` has all.
const LISTED: usize = 2_000;

/// `{"tips":[…],"unreadable":[…]}`.
#[derive(Serialize)]
pub struct InboxJson<'a> {
    tips: Vec<TipJson<'a>>,
    unreadable: Vec<UnreadableJson<'a>>,
}

/// One tip.
#[derive(Serialize)]
pub struct TipJson<'a> {
    id: &'a str,
    tip: TipId,
    day: Day,
    created: &'a str,
    agency: AgencyNumber,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    reasons: &'a [String],
    completeness: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<&'a Urgency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a About>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minor: Option<&'a YesNo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<&'a str>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suspects: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    signs: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'a Basis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checkable: Option<&'a str>,
    readers: &'a [AgencyNumber],
    #[serde(skip_serializing_if = "Option::is_none")]
    exclude_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<&'a Share>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a Contact>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    claimed_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claimed_until: Option<u64>,
    labels: Vec<&'a str>,
    /// The letter that this one follows, as far as was looked when the second of them came.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<TipId>,
    /// What the source asks for by now, where anything came later.
    #[serde(skip_serializing_if = "Option::is_none")]
    asks_now: Option<AsksNow>,
    #[serde(skip_serializing_if = "<[Running]>::is_empty")]
    clocks: &'a [Running],
    /// Clocks of the law that start when it is opened: then what the source wrote is not here.
    #[serde(skip_serializing_if = "Option::is_none")]
    opening_starts: Option<String>,
}

/// One tip with all that was written on it.
#[derive(Serialize)]
pub struct ThreadJson<'a> {
    #[serde(flatten)]
    tip: TipJson<'a>,
    #[serde(flatten)]
    thread: Thread<'a>,
}

/// What was written on a tip.
#[derive(Serialize)]
struct Thread<'a> {
    /// The letter that this one follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<TipId>,
    /// Letters that follow this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    follow_ups: Vec<TipId>,
    /// What has become of what later letters ask for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    asked: Vec<AskedJson>,
    /// Colleagues of other agencies who can read it and whom the source may mean by who must not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    named_by_source: Vec<PersonJson<'a>>,
    events: Vec<EventJson<'a>>,
    #[serde(skip_serializing_if = "<[&Referral]>::is_empty")]
    referrals: Vec<&'a Referral>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<String>,
}

#[derive(Serialize)]
struct AskedJson {
    tip: TipId,
    state: Asked,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    person: &'a str,
    agency: AgencyNumber,
}

#[derive(Serialize)]
struct EventJson<'a> {
    event: EventHash,
    at: u64,
    #[serde(flatten)]
    by: &'a Author,
    #[serde(skip_serializing_if = "Option::is_none")]
    void: Option<Void>,
    #[serde(flatten)]
    what: &'a Kind,
}

#[derive(Serialize)]
struct UnreadableJson<'a> {
    id: &'a str,
    reason: &'a str,
}

/// The whole inbox.
pub fn inbox(inbox: &Inbox) -> InboxJson<'_> {
    let tips = inbox.tips.iter().map(|entry| listed(entry, &inbox.viewer));
    InboxJson {
        tips: tips.collect(),
        unreadable: inbox
            .unreadable
            .iter()
            .map(|UnreadableEntry { short_id, tip }| UnreadableJson { id: short_id, reason: &tip.reason })
            .collect(),
    }
}

/// One tip of a list. Where the law counts from the moment at which it was read, a list keeps back what the source wrote.
pub fn listed<'a>(entry: &'a Entry, viewer: &Viewer) -> TipJson<'a> {
    let tip = TipJson { asks_now: entry.asks.as_deref().map(asks_now), ..tip(entry, viewer) };
    if entry.starting.is_empty() {
        return tip;
    }
    TipJson {
        story: None,
        place: None,
        when: None,
        suspects: None,
        signs: &[],
        basis: None,
        checkable: None,
        exclude_text: None,
        contact: None,
        opening_starts: Some(starting_words(&entry.starting)),
        ..tip
    }
}

/// Where one of a source's letters has not been opened from which the law counts, their own words are kept back, as a list keeps back all
/// of those. Of who must not see it a list has the beginning.
fn asks_now(asks: &ThreadAsks) -> AsksNow {
    let AsksNow { exclude_text, share, contact, is_waiting } = &asks.now;
    let is_opened = asks.is_opened;
    let exclude_text = exclude_text.as_deref().filter(|_| is_opened).map(beginning);
    AsksNow {
        exclude_text,
        share: share.clone(),
        contact: contact.clone().filter(|_| is_opened),
        is_waiting: *is_waiting,
    }
}

fn beginning(text: &str) -> String {
    let rest = if text.chars().nth(LISTED).is_some() { "…" } else { "" };
    text.chars().take(LISTED).chain(rest.chars()).collect()
}

/// One tip, opened.
fn tip<'a>(entry: &'a Entry, viewer: &Viewer) -> TipJson<'a> {
    let claim = entry.case.claimed_by(viewer.now);
    let letter = &entry.tip.letter;
    let answers = &letter.answers;
    let (answered, of) = fields::completeness(letter);
    TipJson {
        id: &entry.short_id,
        tip: letter.id,
        day: entry.tip.day,
        created: &letter.created,
        agency: viewer.agency,
        priority: entry.level().map(|level| level.to_string()),
        reasons: entry.priority.as_ref().map_or(&[], |priority| &priority.reasons),
        completeness: format!("{answered}/{of}"),
        urgency: answers.urgency.as_ref(),
        about: answers.about.as_ref(),
        minor: answers.minor.as_ref(),
        story: answers.story.as_deref(),
        place: answers.place.as_deref(),
        when: answers.when.as_deref(),
        suspects: answers.suspects.as_deref(),
        signs: &answers.signs,
        basis: answers.basis.as_ref(),
        checkable: answers.checkable.as_deref(),
        readers: &letter.readers,
        exclude_text: answers.exclude_text.as_deref(),
        share: answers.share.as_ref(),
        contact: answers.contact.as_ref(),
        status: entry.case.status(viewer.now),
        claimed_by: claim.map(|claim| claim.stamp.by.person.as_str()),
        claimed_until: claim.map(|claim| claim.until),
        labels: entry.case.labels.keys().map(String::as_str).collect(),
        follows: entry.follows.as_ref().map(|(first, _)| *first),
        asks_now: None,
        clocks: &entry.clocks,
        opening_starts: None,
    }
}

/// One tip and its thread.
pub fn thread<'a>(entry: &'a Entry, inbox: &Inbox, names: &'a AgencyNames) -> ThreadJson<'a> {
    let id = |entry: &Entry| entry.tip.letter.id;
    let case = &entry.case;
    let events = case.events.iter().map(|NamedEvent { hash, event }| EventJson {
        event: *hash,
        at: event.at,
        by: &event.author,
        void: case.void.get(hash).copied(),
        what: &event.what,
    });
    let (_, later, wishes) = inbox.asked_by_now(entry);
    let meant = named_elsewhere(entry, &wishes.letter, &inbox.viewer, names);
    let asks_now = wishes.asks_now();
    let asked = later.iter().zip(wishes.asked).map(|(later, state)| AskedJson { tip: id(later), state });
    let asked = asked.filter(|asked| asked.state != Asked::Nothing).collect();
    let thread = Thread {
        asked,
        first: inbox.first_of(entry).map(id),
        follow_ups: inbox.follow_ups(entry).into_iter().map(id).collect(),
        named_by_source: meant.into_iter().map(|(person, agency)| PersonJson { person, agency }).collect(),
        events: events.collect(),
        referrals: case.referrals.iter().collect(),
        faults: case.faults.iter().map(ToString::to_string).collect(),
    };
    ThreadJson { tip: TipJson { asks_now, ..tip(entry, &inbox.viewer) }, thread }
}
