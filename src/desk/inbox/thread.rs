//! What was written on a tip, in words: one entry an event, in the order that every desk shows.

use crate::crypto::event::{Checked, NamedEvent};
use crate::crypto::event::{CloseReason, Excluded, Kind, LinkAs, Outcome, SetStatus, Shared};
use crate::desk::case::{Case, Void, short};
use crate::desk::moment;
use crate::desk::names::AgencyNames;
use std::fmt::Write as _;

/// When, who, and what they wrote. Hostile text like all of it.
pub struct Told {
    /// `2026-11-24 01:59Z`.
    pub at: String,
    /// The person and their agency.
    pub by: String,
    /// What they did, in our words and theirs.
    pub what: String,
    /// The event, to be named in commands.
    pub event: String,
}

/// Every event of a case.
pub fn tell(case: &Case, names: &AgencyNames) -> Vec<Told> {
    case.events.iter().map(|named| told(case, named, names)).collect()
}

fn told(case: &Case, written: &NamedEvent, names: &AgencyNames) -> Told {
    let author = &written.event.author;
    let mut what = words(&written.event.what, names);
    if let Some(void) = case.void.get(&written.hash) {
        let _infallible = write!(what, " (counts for nothing: {})", void_words(*void));
    }
    Told {
        at: moment::shown(written.event.at),
        by: format!("{}, {}", author.person, names.name(author.agency)),
        what,
        event: short(&written.hash),
    }
}

/// What an event says.
pub fn words(kind: &Kind, names: &AgencyNames) -> String {
    match kind {
        Kind::Opened { .. } => "opened it first in their agency".into(),
        Kind::Claim { until } => format!("claimed it until {}", moment::shown(*until)),
        Kind::Release => "released it".into(),
        Kind::Assign { person, until, .. } => format!("handed it to {person} until {}", moment::shown(*until)),
        Kind::Note { text } => format!("note: {text}"),
        Kind::Label { add, remove } => {
            let all = add.iter().map(|label| format!("+{label}"));
            all.chain(remove.iter().map(|label| format!("-{label}"))).collect::<Vec<_>>().join(" ")
        }
        Kind::Status { status, reason, text } => {
            let reason = reason.map(|reason| format!(", {}", close_reason(reason))).unwrap_or_default();
            format!("status: {}{reason}{}", set_status(*status), after(text.as_deref()))
        }
        Kind::Priority { level: Some(level), reason } => format!("priority P{level}: {reason}"),
        Kind::Priority { level: None, reason } => format!("priority as the rules say: {reason}"),
        Kind::Grade { checked, text } => format!("checked, {}: {text}", checked_words(*checked)),
        Kind::Link { how, tip } => format!("linked as {} to {}", link_as(*how), tip.prefix(8)),
        Kind::Unlink { how, tip } => format!("took back the link as {} to {}", link_as(*how), tip.prefix(8)),
        Kind::Recuse { reason, whole_agency: true } => format!("their agency leaves this tip: {reason}"),
        Kind::Recuse { reason, whole_agency: false } => format!("leaves this tip: {reason}"),
        Kind::Refer { to, share, purpose, reason, deadline, contact, consent_until, consent_by, .. } => {
            let share = if *share == Shared::All { "all of it" } else { "the facts alone" };
            let due = deadline.map(|at| format!("; answer due {}", moment::shown(at))).unwrap_or_default();
            let contact = contact.as_ref().map(|contact| format!("; contact: {contact}")).unwrap_or_default();
            let by = consent_by.as_ref().map(|by| format!("; consent by {by}")).unwrap_or_default();
            let until =
                consent_until.map(|at| format!("; consent good until {}", moment::shown(at))).unwrap_or_default();
            format!("offered {share} to {} for {purpose}, because {reason}{due}{contact}{by}{until}", names.name(*to))
        }
        Kind::Accept { contact, .. } => format!("accepted the offer{}", after(contact.as_deref())),
        Kind::Decline { reason, .. } => format!("declined the offer: {reason}"),
        Kind::Return { reason, .. } => format!("gave it back: {reason}"),
        Kind::Redact { fields, spans, reason } => {
            let spans = spans.iter().map(|span| format!("{} {}-{}", span.field, span.start, span.end));
            let all: Vec<String> = fields.iter().cloned().chain(spans).collect();
            format!("keeps from other agencies: {}{}", all.join(", "), after(reason.as_deref()))
        }
        Kind::Hold { on: true, reason } => format!("holds it, so that it cannot be deleted: {reason}"),
        Kind::Hold { on: false, reason } => format!("holds it no longer: {reason}"),
        Kind::Disclose { to, what, why, form } => format!("gave {what} to {to} for {why} ({form})"),
        Kind::Override { wish, verb, to, reason } => {
            let to = to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
            format!("asks to cross the source's wish ({wish}) by {verb}{to}: {reason}")
        }
        Kind::Countersign { event } => format!("says so too, of {}", short(event)),
        Kind::Delete { reason } => format!("asks that it be deleted: {reason}"),
        Kind::Object { event, reason } => format!("objects to {}: {reason}", short(event)),
        Kind::Withdraw { event, reason } => format!("takes back {}{}", short(event), after(reason.as_deref())),
        Kind::Rekey { without, .. } => {
            let without: Vec<String> = without.iter().map(|who| excluded(who, names)).collect();
            format!("changed the key, without {}", without.join(", "))
        }
        Kind::Reply { text } => format!("reply to the source: {text}"),
        Kind::Outcome { result, text } => format!("outcome: {}{}", outcome(*result), after(text.as_deref())),
        Kind::Unknown(unknown) => format!("an event that this version does not know ({})", unknown.kind),
    }
}

fn after(text: Option<&str>) -> String {
    text.map(|text| format!(": {text}")).unwrap_or_default()
}

fn excluded(who: &Excluded, names: &AgencyNames) -> String {
    match who {
        Excluded::Agency(number) => names.name(*number),
        Excluded::Person(who) | Excluded::Member(who) => who.clone(),
    }
}

const fn void_words(void: Void) -> &'static str {
    match void {
        Void::Claimed => "someone else had claimed it",
        Void::NotTheirs => "it is not theirs to say, or was said before",
        Void::NoSuch => "what it names is not there",
        Void::Left => "who is meant had left",
        Void::NoCause => "nobody whom it leaves out had left",
    }
}

/// As it is typed.
pub const fn set_status(status: SetStatus) -> &'static str {
    match status {
        SetStatus::New => "new",
        SetStatus::Assessing => "assessing",
        SetStatus::Acting => "acting",
        SetStatus::Closed => "closed",
    }
}

/// In words.
pub const fn close_reason(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::Acted => "acted on",
        CloseReason::Referred => "another agency has it",
        CloseReason::Duplicate => "another tip tells the same",
        CloseReason::TooLittle => "too little to go by",
        CloseReason::Unfounded => "looked into, and not so",
        CloseReason::NotTrafficking => "not trafficking",
        CloseReason::False => "false on purpose",
        CloseReason::Junk => "part of a flood, or empty",
        CloseReason::SourceAsked => "the source asked for it",
        CloseReason::Test => "sent to try the site",
    }
}

const fn checked_words(checked: Checked) -> &'static str {
    match checked {
        Checked::Untested => "untested",
        Checked::Corroborated => "corroborated",
        Checked::Refuted => "refuted",
    }
}

/// As it is typed.
pub const fn link_as(how: LinkAs) -> &'static str {
    match how {
        LinkAs::Duplicate => "duplicate",
        LinkAs::SameSuspect => "same-suspect",
        LinkAs::SameVictim => "same-victim",
        LinkAs::SamePlace => "same-place",
    }
}

const fn outcome(result: Outcome) -> &'static str {
    match result {
        Outcome::Safe => "someone is safe",
        Outcome::CaseOpened => "a case was opened",
        Outcome::Arrested => "someone was arrested",
        Outcome::Charged => "someone was charged",
        Outcome::Convicted => "someone was convicted",
        Outcome::Acquitted => "acquitted, or the charge was dropped",
        Outcome::Nothing => "it came to nothing",
    }
}
