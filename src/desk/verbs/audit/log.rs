//! `desk audit log` and `desk audit prune`, and the part of `desk audit verify` that is about the profile's own log.

use super::super::session::Session;
use crate::desk::cache::Cache;
use crate::desk::chain::Chain;
use crate::desk::cli::AuditLogArgs;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::inbox::short_id;
use crate::desk::log::{Act, Entry, KEPT_DAYS, Log, LogFinding, LogReport, Noticed, Outcome, Pin, read, verify};
use crate::desk::output::{Line, Style};
use crate::desk::profile::Part;
use crate::model::hex::{Sha256Hash, SignatureBytes};
use crate::model::tip::{TipId, normalize_typed_id};
use serde::Serialize;
use std::collections::BTreeSet;

/// Ids in one row.
const MAX_SHOWN: usize = 3;

#[derive(Serialize)]
struct Json<'a> {
    lines: Vec<JsonLine<'a>>,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    number: u64,
    name: Sha256Hash,
    /// Whether it is another than was written; then there is nothing else.
    is_altered: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    hour: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    noticed: Option<Noticed>,
    #[serde(flatten)]
    act: Option<&'a Act>,
    /// What was signed, so that others can check it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<&'a SignatureBytes>,
}

/// Lists the lines.
pub fn show(args: &AuditLogArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let identity = context.unlock(&profile)?;
    let whole = read(&profile, &identity)?;
    let mut ids: BTreeSet<TipId> = whole.entries.iter().flat_map(tips).copied().collect();
    if profile.settings().part == Part::Member {
        let (cache, known) = Cache::open(&profile, &identity.device)?;
        drop(cache);
        ids.extend(known.ids());
    }
    let ids: Vec<TipId> = ids.into_iter().collect();
    let typed = args.id.as_deref().map(normalize_typed_id);
    if typed.as_ref().is_some_and(|typed| typed.len() < TipId::SHORT_LEN) {
        return Err(Failure::new(Exit::Usage, "this is too short for an id")
            .hint("type at least four characters, such as T-7K3M"));
    }
    let is_of = |entry: &&Entry| {
        let about = typed.as_ref().is_none_or(|typed| tips(entry).any(|tip| tip.starts_with(typed)));
        let day = entry.opened.as_ref().and_then(|opened| opened.line.day());
        about && args.since.is_none_or(|since| day.is_none_or(|day| day >= since))
    };
    let entries: Vec<&Entry> = whole.entries.iter().filter(is_of).collect();
    if args.json {
        context.output.print_json(&Json { lines: entries.into_iter().map(json_line).collect() })?;
        return Ok(());
    }
    let mut lines: Vec<Line> = if args.plain {
        entries.iter().map(|entry| plain(entry)).collect()
    } else {
        entries.iter().map(|entry| row(entry, &ids)).collect()
    };
    if lines.is_empty() && !args.plain {
        lines.push(Line::from("the log has no such line"));
    }
    let is_list = |entry: &&Entry| entry.opened.as_ref().is_some_and(|opened| opened.line.act.all.is_some());
    let lists = whole.entries.iter().filter(is_list).count();
    if typed.is_some() && lists > 0 && !args.plain {
        lines.push(Line::new().with(Style::Faint, &format!("and {lists} lists of many tips, which may have held it")));
    }
    Ok(context.output.print(&lines)?)
}

/// Takes away what is older than a year.
pub fn prune(yes: bool, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let identity = context.unlock(&profile)?;
    let question = format!("take away what is older than {KEPT_DAYS} days? nobody can undo it");
    context.confirm(&question, yes, "--yes")?;
    let gone = Log::of(&profile, &identity)?.prune(context.clock.unix_seconds())?;
    let lines = if gone == 1 { "1 line is gone".to_owned() } else { format!("{gone} lines are gone") };
    Ok(context.output.print(&[Line::from(lines)])?)
}

/// Checks the log of a member, also by what their events say of it.
pub fn verified(session: &Session<'_>, chain: &Chain) -> Result<LogReport, Failure> {
    let whole = read(&session.profile, &session.identity)?;
    let me = &session.me.id;
    let mut keys = vec![session.identity.public_key()];
    let ever = chain.versions().flat_map(|version| version.staff.members).filter(|member| member.id == *me);
    keys.extend(ever.map(|member| member.key));
    let all = session.known.events.values().flatten().chain(&session.known.unsent);
    let pins: Vec<Pin> = all
        .filter_map(|known| known.signed.read().ok())
        .filter(|named| named.event.author.member == *me)
        .map(|named| Pin { event: named.hash, tip: named.event.tip, log: named.event.log, at: named.event.at })
        .collect();
    Ok(verify(&whole, &keys, me, &pins, session.now))
}

/// The same for an admin, who writes on no tip.
pub fn check_admins(is_json: bool, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let identity = context.unlock(&profile)?;
    let whole_log = read(&profile, &identity)?;
    let now = context.clock.unix_seconds();
    let report = verify(&whole_log, &[identity.public_key()], &profile.settings().id, &[], now);
    let count = report.findings.len();
    if is_json {
        #[derive(Serialize)]
        struct Json<'a> {
            is_whole: bool,
            lines: usize,
            findings: &'a [LogFinding],
        }
        let LogReport { lines, findings } = &report;
        context.output.print_json(&Json { is_whole: count == 0, lines: *lines, findings })?;
    } else {
        let lines: Vec<Line> = report.findings.iter().map(|finding| line(finding, None)).collect();
        context.output.print(&if count == 0 { vec![whole(&report)] } else { lines })?;
    }
    if count == 0 { Ok(()) } else { Err(failure(count)) }
}

/// What makes the command fail.
pub fn failure(count: usize) -> Failure {
    let what = if count == 1 { "1 thing in your log is".to_owned() } else { format!("{count} things in your log are") };
    Failure::new(Exit::Integrity, &format!("{what} not as it should be"))
        .hint("keep this machine as it is, and tell your agency: somebody may have used it, or changed what it kept")
}

/// That nothing is wrong.
pub fn whole(report: &LogReport) -> Line {
    let lines = if report.lines == 1 { "1 line".to_owned() } else { format!("{} lines", report.lines) };
    Line::from(format!("your log: {lines}, each as it was written, and none missing"))
}

/// One finding.
pub fn line(finding: &LogFinding, tip: Option<String>) -> Line {
    let place = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let tip = tip.map(|tip| format!("{tip}  ")).unwrap_or_default();
    Line::new()
        .with(Style::Alarm, "wrong: ")
        .with(Style::Bold, "log")
        .with(Style::Plain, &format!("  {tip}{place}{}", finding.what))
}

fn tips(entry: &Entry) -> impl Iterator<Item = &TipId> {
    entry.opened.iter().flat_map(|opened| &opened.line.act.tips)
}

fn json_line(entry: &Entry) -> JsonLine<'_> {
    let opened = entry.opened.as_ref();
    JsonLine {
        number: entry.number,
        name: entry.name,
        is_altered: opened.is_none(),
        hour: opened.map(|opened| opened.line.hour.as_str()),
        noticed: opened.and_then(|opened| opened.line.noticed),
        act: opened.map(|opened| &opened.line.act),
        text: opened.map(|opened| opened.text.as_str()),
        signature: opened.and_then(|opened| opened.signature.as_ref()),
    }
}

fn row(entry: &Entry, ids: &[TipId]) -> Line {
    let line = Line::new().with(Style::Faint, &format!("{:>6}  ", entry.number));
    let Some(opened) = &entry.opened else { return line.with(Style::Alarm, "altered: it is not what was written") };
    let Act { verb, tips, all, to, form, is_dry, kept_from, outcome } = &opened.line.act;
    let mut about: Vec<String> = tips.iter().take(MAX_SHOWN).map(|tip| short_id(ids, tip)).collect();
    about.extend((tips.len() > MAX_SHOWN).then(|| format!("and {} more", tips.len() - MAX_SHOWN)));
    about.extend(all.map(|all| format!("a list of {all}")));
    about.extend(form.as_ref().map(|form| format!("as {form}")));
    about.extend(
        to.as_ref()
            .map(|to| if to == "outside" { "for somebody outside".to_owned() } else { format!("for agency {to}") }),
    );
    about.extend(is_dry.then(|| "only to look: --dry-run".to_owned()));
    about.extend(kept_from.map(|number| format!("kept from line {number} on")));
    let line = line
        .with(Style::Plain, &format!("{}  {verb:<16}", opened.line.hour))
        .with(if *outcome == Outcome::Done { Style::Plain } else { Style::Alarm }, &format!("{:<17}", word(*outcome)))
        .with(Style::Plain, &about.join(" "));
    match opened.line.noticed {
        None => line,
        Some(_) => line.with(Style::Alarm, "  lines before it were gone or changed"),
    }
}

fn plain(entry: &Entry) -> Line {
    let number = entry.number.to_string();
    let Some(opened) = &entry.opened else { return Line::of_fields([number.as_str(), "", "", "altered"]) };
    let Act { verb, tips, all, to, form, outcome, .. } = &opened.line.act;
    let all = all.map(|all| all.to_string()).unwrap_or_default();
    let tips: Vec<String> = tips.iter().map(TipId::to_string).collect();
    let (to, form) = (to.as_deref().unwrap_or_default(), form.as_deref().unwrap_or_default());
    Line::of_fields([&number, &opened.line.hour, verb, word(*outcome), to, form, &all, &tips.join(" ")])
}

const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Refused => "refused",
        Outcome::NoKey => "no key",
        Outcome::NotFound => "not found",
        Outcome::Conflict => "conflict",
        Outcome::Network => "no server",
        Outcome::Integrity => "integrity",
        Outcome::Usage => "usage",
        Outcome::Interrupted => "interrupted",
        Outcome::Failed => "failed",
        Outcome::WrongPassphrase => "wrong passphrase",
    }
}
