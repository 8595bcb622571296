//! Everything that members have written on known tips, checked from the beginning: signatures, chains, what was seen before.
//! Asks no server.

use super::cache::{Known, KnownEvent, KnownTip};
use super::case::Case;
use super::events::authors::Authors;
use super::events::seen::Seen;
use crate::crypto::event::{Author, EventHash, Kind};
use crate::model::agency::AgencyNumber;
use crate::model::tip::{TipId, normalize_typed_id};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Tips that were looked at.
    pub tips: usize,
    /// Events that were checked.
    pub events: usize,
    /// Members who wrote them.
    pub authors: BTreeSet<String>,
    /// What is wrong, by tip.
    pub findings: Vec<Finding>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// On which tip.
    pub tip: TipId,
    /// Which event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventHash>,
    /// Who wrote it, or is said to have: an event that was forged names whom it likes.
    #[serde(flatten)]
    pub author: Option<Author>,
    /// What, in words. May hold what a member typed.
    pub what: String,
}

/// Checks every tip, or one. `agency` is whose machine this is.
pub fn verify(known: &Known, authors: &Authors, seen: &Seen, agency: AgencyNumber, only: Option<TipId>) -> Report {
    let is_meant = |tip: &TipId| only.is_none_or(|only| only == *tip);
    let tips: BTreeMap<TipId, &KnownTip> =
        known.tips.iter().map(|tip| (tip.letter.id, tip)).filter(|(tip, _)| is_meant(tip)).collect();
    let with_events: BTreeSet<TipId> = known.events.keys().copied().filter(is_meant).collect();
    let mut all: BTreeSet<TipId> = tips.keys().copied().chain(with_events).collect();
    all.extend(seen.tips().filter(is_meant));
    let found: Vec<(usize, BTreeSet<String>, Vec<Finding>)> =
        all.par_iter().map(|tip| of_tip(*tip, tips.get(tip).copied(), known, authors, agency)).collect();
    let mut report = Report { tips: all.len(), ..Report::default() };
    for (events, names, findings) in found {
        report.events += events;
        report.authors.extend(names);
        report.findings.extend(findings);
    }
    for tip in seen.lost(known).into_iter().filter(is_meant) {
        let what =
            "an event that this desk has seen is no longer there: the server has removed it, or shows an older history";
        report.findings.push(Finding { tip, event: None, author: None, what: what.into() });
    }
    for spoilt in known.spoilt.iter().filter(|spoilt| is_meant(&spoilt.tip)) {
        let what =
            format!("someone who can open this tip put something among its events that is none: {}", spoilt.reason);
        report.findings.push(Finding { tip: spoilt.tip, event: None, author: None, what });
    }
    report.findings.sort();
    report
}

/// The tips that somebody means by the beginning of an id: of those that this machine knows, and of those of which it knows
/// nothing but what was written or seen on them.
pub fn meant(known: &Known, seen: &Seen, typed: &str) -> Vec<TipId> {
    let typed = normalize_typed_id(typed);
    let mut all: BTreeSet<TipId> = known.ids().into_iter().chain(known.events.keys().copied()).collect();
    all.extend(seen.tips());
    all.extend(known.spoilt.iter().map(|spoilt| spoilt.tip));
    all.into_iter().filter(|tip| tip.starts_with(&typed)).collect()
}

fn of_tip(
    id: TipId,
    tip: Option<&KnownTip>,
    known: &Known,
    authors: &Authors,
    agency: AgencyNumber,
) -> (usize, BTreeSet<String>, Vec<Finding>) {
    let (mut members, mut findings, mut true_events) = (BTreeSet::new(), Vec::new(), Vec::new());
    let events: Vec<&KnownEvent> = known.events_of(id).collect();
    for event in &events {
        match authors.read(&event.signed, id) {
            Ok(named) => {
                members.insert(named.event.author.member.clone());
                true_events.push(named);
            }
            Err(error) => {
                let what = format!("it was altered or forged: {error}");
                let author = event.signed.read().ok().map(|named| named.event.author);
                findings.push(Finding { tip: id, event: Some(event.hash()), author, what });
            }
        }
    }
    let case = Case::fold(id, true_events);
    findings.extend(case.faults.iter().map(|fault| {
        let event = fault.event();
        let author = case.event(&event).map(|named| named.event.author.clone());
        Finding { tip: id, event: Some(event), author, what: fault.to_string() }
    }));
    if let Some(tip) = tip {
        let opened = tip.opened_sha256();
        let is_other = |kind: &Kind| matches!(kind, Kind::Opened { letter } if *letter != opened);
        let others = case.events.iter().filter(|named| named.event.author.agency == agency);
        findings.extend(others.filter(|named| is_other(&named.event.what)).map(|named| Finding {
            tip: id,
            event: Some(named.hash),
            author: Some(named.event.author.clone()),
            what: "the letter on this machine is not the one that your agency opened".into(),
        }));
    }
    (events.len(), members, findings)
}
