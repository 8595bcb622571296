//! Everything, for programs.

use super::{Head, Subject, Tlp, mapping};
use crate::crypto::event::{Event, EventHash};
use crate::crypto::letter::Letter;
use crate::desk::case::Case;
use crate::desk::clocks::Running;
use crate::desk::follow_ups::AsksNow;
use crate::desk::output::json;
use serde::Serialize;

const FORMAT: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    handling: &'static str,
    format: u32,
    tool: &'static str,
    exported_by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    exported_for: Option<&'a str>,
    exported_at: u64,
    tips: Vec<Tip<'a>>,
}

#[derive(Serialize)]
struct Tip<'a> {
    handling: &'static str,
    conditions: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<&'static str>,
    id: &'a str,
    day: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<String>,
    reasons: &'a [String],
    nibrs_suggested: String,
    clocks: &'a [Running],
    /// What the source asks for by now, where letters came later.
    #[serde(skip_serializing_if = "Option::is_none")]
    asks_now: Option<&'a AsksNow>,
    letter: &'a Letter,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseJson<'a>>,
}

#[derive(Serialize)]
struct CaseJson<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    claimed_by: Option<&'a str>,
    labels: Vec<&'a str>,
    events: Vec<EventJson<'a>>,
}

#[derive(Serialize)]
struct EventJson<'a> {
    id: EventHash,
    #[serde(flatten)]
    event: &'a Event,
}

pub fn render(tips: &[Subject<'_>], head: &Head<'_>) -> Vec<u8> {
    let tool = concat!("knothole desk ", env!("CARGO_PKG_VERSION"));
    let file = File {
        handling: Tlp::strictest(tips.iter().map(|tip| tip.tlp)).as_str(),
        format: FORMAT,
        tool,
        exported_by: head.by,
        exported_for: head.to,
        exported_at: head.now,
        tips: tips.iter().map(|subject| tip(subject, head)).collect(),
    };
    let mut text = json(&file);
    text.push('\n');
    text.into_bytes()
}

fn tip<'a>(subject: &'a Subject<'_>, head: &Head<'_>) -> Tip<'a> {
    Tip {
        handling: subject.tlp.as_str(),
        conditions: &subject.conditions,
        withheld: subject.withheld,
        id: &subject.entry.short_id,
        day: subject.entry.tip.day.to_string(),
        priority: subject.priority.map(|priority| priority.level.to_string()),
        reasons: subject.priority.map_or(&[], |priority| &priority.reasons),
        nibrs_suggested: mapping::nibrs(&subject.letter.answers.signs),
        clocks: &subject.clocks,
        asks_now: subject.asks_now.as_ref(),
        letter: &subject.letter,
        case: subject.case.map(|case| case_json(case, head.now)),
    }
}

fn case_json(case: &Case, now: u64) -> CaseJson<'_> {
    CaseJson {
        status: case.status(now).as_str(),
        claimed_by: case.claimed_by(now).map(|claim| claim.stamp.by.person.as_str()),
        labels: case.labels.keys().map(String::as_str).collect(),
        events: case.events.iter().map(|named| EventJson { id: named.hash, event: &named.event }).collect(),
    }
}
