//! `desk show`: one tip in full, from what this machine knows, else after asking the server.

use super::attachments;
use super::inbox::{bring, keyring, remembered, rules_of, viewer};
use super::opening;
use super::reply;
use super::session::Session;
use crate::desk::attachments::remembered::Remembered;
use crate::desk::attachments::{File, words};
use crate::desk::cache::Cache;
use crate::desk::cli::ShowArgs;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::inbox::{Entry, Found, Inbox, is_known, json, table, view};
use crate::desk::names::AgencyNames;
use crate::desk::profile::Part;
use serde::Serialize;

/// Shows one tip.
pub fn run(args: &ShowArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    let identity = context.unlock(&profile)?;
    let (mut cache, mut known, mut chain) = remembered(&profile, &identity)?;
    let mut lost = None;
    if !args.read.offline && !is_known(&known, &args.id) {
        lost = bring(context, &profile, &identity, &mut cache, &mut known)?;
        chain = keyring(&profile)?;
    }
    drop(cache); // others may use it while someone reads
    let rules = rules_of(chain.as_ref());
    let mut inbox = Inbox::around(&args.id, known, viewer(&profile, context), &rules);
    let is_first = match inbox.find(&args.id) {
        Found::Tip(entry) => opening::note(entry, &profile, &identity, context)?,
        _ => false,
    };
    if is_first {
        let (_, known) = Cache::open(&profile, &identity.device)?;
        inbox = Inbox::around(&args.id, known, viewer(&profile, context), &rules);
    }
    let names = chain.map(|chain| AgencyNames::of(chain.newest())).unwrap_or_default();
    let files = Remembered::open(&profile, &identity.device)?;
    let shown = show(&inbox, args, (&names, &files), context);
    if is_first && !args.read.offline {
        opening::tell(&profile, &identity, context)?;
    }
    if shown.is_ok() && lost.is_none() {
        tell_source(&inbox, args, context)?;
    }
    lost.map_or(shown, Err)?;
    match inbox.find(&args.id) {
        Found::Tip(entry) if entry.case.is_disordered() => {
            Err(Failure::disordered(std::slice::from_ref(&entry.short_id)))
        }
        _ => Ok(()),
    }
}

/// That a person has read it, where they may be the first. A script is no person. The server sees by it that we hold the tip, so that
/// this is the moment to ask it for files, too.
fn tell_source(inbox: &Inbox, args: &ShowArgs, context: &mut Context) -> Result<(), Failure> {
    let Found::Tip(entry) = inbox.find(&args.id) else { return Ok(()) };
    if args.read.json || args.plain || args.read.offline || !reply::is_first(&entry.tip, &entry.case) {
        return Ok(());
    }
    let mut session = Session::open(context)?;
    reply::has_read(&mut session, entry.tip.letter.id)?;
    attachments::look(&mut session, &entry.tip);
    Ok(())
}

/// One tip with what is known of its files, for scripts.
#[derive(Serialize)]
pub(super) struct ShownJson<'a> {
    #[serde(flatten)]
    pub(super) thread: json::ThreadJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attachments: Option<&'a [File]>,
}

fn show(
    inbox: &Inbox,
    args: &ShowArgs,
    (names, files): (&AgencyNames, &Remembered),
    context: &mut Context,
) -> Result<(), Failure> {
    let entry = one(inbox, &args.id)?;
    context.acting.mention(&[entry.tip.letter.id]);
    if !args.read.json {
        context.acting.mention(&inbox.shown_with(entry)); // JSON has their ids alone
    }
    let files = files.of(entry.tip.letter.id).filter(|_| !args.no_media);
    if args.read.json {
        let attachments = files;
        context.output.print_json(&ShownJson { thread: json::thread(entry, inbox, names), attachments })?;
    } else if args.plain {
        context.output.print(&[table::record(entry, &inbox.viewer)])?;
    } else {
        let layout = context.output.layout();
        let mut lines = view::source(entry, inbox, names, layout);
        lines.extend(files.into_iter().flat_map(words::section));
        lines.extend(view::thread(entry, names, layout));
        context.output.print_private(&lines, !args.read.no_pager)?;
    }
    Ok(())
}

/// The tip with an id that someone typed.
pub(super) fn one<'a>(inbox: &'a Inbox, typed: &str) -> Result<&'a Entry, Failure> {
    match inbox.find(typed) {
        Found::Tip(entry) => Ok(entry),
        Found::Unreadable(entry) => {
            let what = format!(
                "{} was meant for you but cannot be read as the server gave it: {}",
                entry.short_id, entry.tip.reason
            );
            Err(Failure::new(Exit::Integrity, &what)
                .hint("someone sent a false tip, or the server changed a true one: desk tries the latest again each time, and all every 30 days; \
                to try now, move `cache/segments` of the profile away"))
        }
        Found::Nothing => Err(Failure::new(Exit::NotFound, &format!("there is no tip {typed:?} that you may open"))
            .hint("`desk inbox` lists those that you may open")),
        Found::Left => {
            Err(Failure::new(Exit::NoKey, &format!("you have left the tip {typed:?}, and read it no further"))
                .hint("a colleague who still reads it can tell you what may be told"))
        }
        Found::Many(ids) => {
            Err(Failure::new(Exit::Usage, &format!("{typed:?} fits {} tips: {}", ids.len(), ids.join(", ")))
                .hint("type more characters of the id"))
        }
        Found::TooShort => Err(Failure::new(Exit::Usage, &format!("{typed:?} is too short for an id"))
            .hint("type at least four characters, such as T-7K3M")),
    }
}
