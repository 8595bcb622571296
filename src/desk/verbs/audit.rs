//! `desk audit verify`: whether everything that members wrote is signed, whole and in order. Asks no server.

use super::inbox::{keyring, no_keyring};
use super::session::Session;
use crate::desk::audit::{Finding, Report, verify};
use crate::desk::case::short;
use crate::desk::cli::AuditVerb;
use crate::desk::context::Context;
use crate::desk::events::authors::Authors;
use crate::desk::events::seen::Seen;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Style};
use serde::Serialize;

#[derive(Serialize)]
struct Json<'a> {
    is_whole: bool,
    tips: usize,
    events: usize,
    members: usize,
    findings: &'a [Finding],
}

/// Runs one of them.
pub fn run(verb: &AuditVerb, context: &mut Context) -> Result<(), Failure> {
    let AuditVerb::Verify { id, json } = verb;
    let session = Session::open_known(context)?;
    let only = id.as_ref().map(|id| session.tip(id)).transpose()?.map(|tip| tip.letter.id);
    let chain = keyring(&session.profile)?.ok_or_else(no_keyring)?;
    let authors = Authors::of(chain.versions());
    let seen = Seen::read(&session.profile, &session.identity).map_err(crate::desk::sync::SyncError::from)?;
    let report = verify(&session.known, &authors, &seen, session.me.agency, only);
    let Report { tips, events, authors, findings } = &report;
    if *json {
        let is_whole = findings.is_empty();
        let json = Json { is_whole, tips: *tips, events: *events, members: authors.len(), findings };
        session.context.output.print_json(&json)?;
    } else {
        let lines: Vec<Line> = findings.iter().map(|finding| line(finding, &session)).collect();
        session.context.output.print(&lines)?;
    }
    if !findings.is_empty() {
        let what = format!("{} of what was written on {tips} tips is not as it should be", findings.len());
        return Err(Failure::new(Exit::Integrity, &what).hint(
            "keep this machine as it is, and speak with the other readers of these tips: what do their desks show?",
        ));
    }
    if !*json {
        let count = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
        let text = format!(
            "{}, {} by {}: each is signed by its author, and none that was seen is missing",
            count(*tips, "tip"),
            count(*events, "event"),
            count(authors.len(), "member")
        );
        session.context.output.print(&[Line::from(text)])?;
    }
    Ok(())
}

fn line(finding: &Finding, session: &Session<'_>) -> Line {
    let event = finding.event.as_ref().map(|event| format!("event {}: ", short(event))).unwrap_or_default();
    Line::new()
        .with(Style::Alarm, "wrong: ")
        .with(Style::Bold, &session.short(finding.tip))
        .with(Style::Plain, &format!("  {event}{}", finding.what))
}
