//! `desk audit`: whether everything that members wrote is signed, whole and in order; and this profile's own log. Asks no
//! server.

mod log;

use super::inbox::{keyring, no_keyring};
use super::session::Session;
use crate::crypto::event::Author;
use crate::desk::audit::{Finding, Report, meant, verify};
use crate::desk::case::short;
use crate::desk::cli::AuditVerb;
use crate::desk::context::Context;
use crate::desk::events::authors::Authors;
use crate::desk::events::seen::Seen;
use crate::desk::failure::{Exit, Failure};
use crate::desk::log::{LogFinding, LogReport};
use crate::desk::output::{Line, Style};
use crate::desk::profile::Part;
use crate::desk::sync::SyncError;
use crate::model::tip::TipId;
use serde::Serialize;

#[derive(Serialize)]
struct Json<'a> {
    is_whole: bool,
    tips: usize,
    events: usize,
    members: usize,
    findings: &'a [Finding],
    /// Of this profile's own log; none where one tip alone was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<JsonLog<'a>>,
}

#[derive(Serialize)]
struct JsonLog<'a> {
    lines: usize,
    findings: &'a [LogFinding],
}

/// Runs one of them.
pub fn run(verb: &AuditVerb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        AuditVerb::Verify { id, json } if context.profile(None)?.settings().part == Part::Member => {
            check(id.as_deref(), *json, context)
        }
        AuditVerb::Verify { json, .. } => log::check_admins(*json, context),
        AuditVerb::Log(args) => log::show(args, context),
        AuditVerb::Prune { yes } => log::prune(*yes, context),
    }
}

fn check(id: Option<&str>, is_json: bool, context: &mut Context) -> Result<(), Failure> {
    let session = Session::open_known(context)?;
    let seen = Seen::read(&session.profile, &session.identity).map_err(SyncError::from)?;
    let only = id.map(|typed| one(&session, &seen, typed)).transpose()?;
    session.context.acting.mention(only.as_slice());
    let chain = keyring(&session.profile)?.ok_or_else(no_keyring)?;
    let authors = Authors::of(chain.versions());
    let report = verify(&session.known, &authors, &seen, session.me.agency, only);
    let log = if only.is_none() { Some(log::verified(&session, &chain)?) } else { None };
    if is_json {
        session.context.output.print_json(&json(&report, log.as_ref()))?;
    } else {
        let mut lines: Vec<Line> = report.findings.iter().map(|finding| line(finding, &session)).collect();
        let in_log = log.iter().flat_map(|log| &log.findings);
        lines.extend(in_log.map(|finding| log::line(finding, finding.tip.map(|tip| session.short(tip)))));
        session.context.output.print(&lines)?;
    }
    if let Some(failure) = failure(&report, log.as_ref()) {
        return Err(failure);
    }
    if !is_json {
        let mut lines = vec![whole(&report, only.is_some_and(|tip| !session.known.opened_ids().any(|id| id == tip)))];
        lines.extend(log.map(|log| log::whole(&log)));
        session.context.output.print(&lines)?;
    }
    Ok(())
}

/// The tip with an id that someone typed, whether or not its letter is on this machine.
fn one(session: &Session<'_>, seen: &Seen, typed: &str) -> Result<TipId, Failure> {
    let found = meant(&session.known, seen, typed);
    match found.as_slice() {
        _ if typed.trim().trim_start_matches("T-").len() < TipId::SHORT_LEN => {
            Err(Failure::new(Exit::Usage, &format!("{typed:?} is too short for an id"))
                .hint("type at least four characters, such as T-7K3M"))
        }
        [one] => Ok(*one),
        [] => Err(Failure::new(Exit::NotFound, &format!("this machine knows nothing of a tip {typed:?}"))
            .hint("`desk inbox` lists those that you may open")),
        many => {
            let ids: Vec<String> = many.iter().map(|tip| session.short(*tip)).collect();
            Err(Failure::new(Exit::Usage, &format!("{typed:?} fits {} tips: {}", ids.len(), ids.join(", ")))
                .hint("type more characters of the id"))
        }
    }
}

fn json<'a>(report: &'a Report, log: Option<&'a LogReport>) -> Json<'a> {
    let Report { tips, events, authors, findings } = report;
    let is_whole = findings.is_empty() && log.is_none_or(|log| log.findings.is_empty());
    let log = log.map(|LogReport { lines, findings }| JsonLog { lines: *lines, findings });
    Json { is_whole, tips: *tips, events: *events, members: authors.len(), findings, log }
}

fn failure(report: &Report, log: Option<&LogReport>) -> Option<Failure> {
    let of_log = log.map_or(0, |log| log.findings.len());
    let what = match (report.findings.len(), of_log) {
        (0, 0) => return None,
        (0, _) => return Some(log::failure(of_log)),
        (written, 0) => format!("{written} of what was written on {} tips is not as it should be", report.tips),
        (written, of_log) => {
            format!(
                "{written} of what was written on {} tips, and {of_log} in your log, is not as it should be",
                report.tips
            )
        }
    };
    Some(
        Failure::new(Exit::Integrity, &what).hint(
            "keep this machine as it is, and speak with the other readers of these tips: what do their desks show?",
        ),
    )
}

fn whole(report: &Report, has_no_letter: bool) -> Line {
    let count = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let text = format!(
        "{}, {} by {}: each is signed by its author, and none that was seen is missing",
        count(report.tips, "tip"),
        count(report.events, "event"),
        count(report.authors.len(), "member")
    );
    let letter = if has_no_letter { "; its letter is not on this machine, and was not compared" } else { "" };
    Line::from(text + letter)
}

fn line(finding: &Finding, session: &Session<'_>) -> Line {
    let Finding { event, author, what, .. } = finding;
    let is_named = what.starts_with("event ");
    let event = event.as_ref().filter(|_| !is_named).map(|event| format!("event {}: ", short(event)));
    let by = author.as_ref().map(|author| {
        let Author { member, agency, .. } = author;
        format!(" (by {member} of agency {agency})")
    });
    Line::new()
        .with(Style::Alarm, "wrong: ")
        .with(Style::Bold, &session.short(finding.tip))
        .with(Style::Plain, &format!("  {}{what}{}", event.unwrap_or_default(), by.unwrap_or_default()))
}
