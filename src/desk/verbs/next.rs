//! `desk next`: the most urgent tip that nobody works on, claimed and shown.

use super::attachments;
use super::reply;
use super::session::Session;
use super::show::ShownJson;
use super::working::taken;
use crate::crypto::event::Kind;
use crate::desk::attachments::remembered::Remembered;
use crate::desk::attachments::words;
use crate::desk::cli::NextArgs;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::inbox::{Inbox, json, view};
use crate::desk::moment;
use crate::desk::output::Line;
use crate::model::tip::TipId;

/// Times that another may be faster before we give up.
const TRIES: usize = 5;

/// Claims it and shows it.
pub fn run(args: &NextArgs, context: &mut Context) -> Result<(), Failure> {
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    for _ in 0..TRIES {
        let inbox = session.inbox()?;
        let Some(id) = most_urgent(&inbox) else {
            return Err(Failure::new(Exit::NotFound, "no tip waits for someone")
                .hint("`desk inbox` lists all, with who works on them"));
        };
        let tip = session.tip(&id.to_string())?;
        let short = session.short(id);
        if args.dry_run {
            return session.say(&format!("{short} would be next; nothing was done"));
        }
        let until = session.now + u64::from(args.hours) * 3_600;
        session.write(&tip, Kind::Claim { until })?;
        session.refresh()?;
        if taken(&session, &short, &tip).is_none() {
            let said = format!("{short}: claimed until {}", moment::shown(until));
            session.context.output.note(&Line::from(said));
            attachments::look(&mut session, &tip); // the server sees the claim: it learns nothing new
            show(&mut session, id, args)?;
            if !args.read.json {
                reply::has_read(&mut session, id)?;
            }
            return session.end();
        }
    }
    Err(Failure::new(Exit::Conflict, "others were faster each time").hint("it is safe to try again"))
}

/// The first of the inbox that nobody works on, and that was not referred.
fn most_urgent(inbox: &Inbox) -> Option<TipId> {
    let waits = inbox.tips.iter().find(|entry| entry.is_waiting(&inbox.viewer));
    waits.map(|entry| entry.tip.letter.id)
}

fn show(session: &mut Session<'_>, id: TipId, args: &NextArgs) -> Result<(), Failure> {
    let inbox = session.inbox()?;
    let names = session.names()?;
    let Some(entry) = inbox.tips.iter().find(|entry| entry.tip.letter.id == id) else { return Ok(()) };
    let files = Remembered::open(&session.profile, &session.identity.device)?;
    let files = files.of(id);
    if args.read.json {
        let shown = ShownJson { thread: json::thread(entry, &inbox, &names), attachments: files };
        session.context.output.print_json(&shown)?;
    } else {
        let layout = session.context.output.layout();
        let mut lines = view::source(entry, &inbox, &names, layout);
        lines.extend(files.into_iter().flat_map(words::section));
        lines.extend(view::thread(entry, &names, layout));
        session.context.output.print_private(&lines, !args.read.no_pager)?;
    }
    Ok(())
}
