//! What a source is told without anybody writing it: that a person has read their words. Once for each tip, whichever agency
//! is first, and naming none.

use super::templates::{Ready, ready};
use super::{Session, To, post, to};
use crate::crypto::event::{EventHash, Kind, SignedEvent};
use crate::crypto::keyring::Version;
use crate::crypto::reply::Reply;
use crate::crypto::thread::ThreadKey;
use crate::desk::cache::{KnownEvent, KnownTip};
use crate::desk::case::Case;
use crate::desk::cli::TemplateWord;
use crate::desk::client::SealedEvent;
use crate::desk::context::block_on;
use crate::desk::failure::Failure;
use crate::desk::output::Line;
use crate::desk::wishes::Act;
use crate::model::tip::TipId;
use std::collections::HashSet;

/// Under what is kept how long in the keyring: 0 days mean that it is never sent.
const SWITCH: &str = "read_note";
/// Events of the list that are read at a time.
const BATCH: usize = 256;

/// Whether whoever reads this now may be the first, as far as this machine knows.
pub fn is_first(tip: &KnownTip, case: &Case) -> bool {
    // Of a tip that was made of another one the source has heard by that.
    let is_copy = case.referrals.iter().any(|offer| offer.new_tip == Some(tip.letter.id));
    let answers = &tip.letter.answers;
    answers.mailbox.is_some() && answers.reply_to.is_some() && case.replies.is_empty() && !is_copy
}

/// Tells the source, unless somebody has, the site does not want it, they do not want to hear from anybody, or the server
/// cannot be asked who was first.
///
/// Two agencies may read it at the same moment, so the event comes before the reply: the server lists events in one order for
/// all, and only whose event is the first on the list sends. What is lost between the two is told to the member.
pub fn has_read(session: &mut Session<'_>, id: TipId) -> Result<(), Failure> {
    let Some(tip) = session.known.tips.iter().find(|tip| tip.letter.id == id).cloned() else { return Ok(()) };
    let is_wanted = session.is_online() && !is_off(&session.version) && is_first(&tip, &session.case(id));
    if !is_wanted || !session.lets(Act::Reply, &tip)? {
        return Ok(());
    }
    let Ok(to) = to(&tip.letter) else { return Ok(()) }; // not of the site's form: `desk reply` says so
    let Ready { lang, text } = ready(TemplateWord::Read, &tip.letter.lang, None)?;
    let after = session.known.progress.events.cursor;
    let event = session.write(&tip, Kind::Reply { text: text.clone() })?;
    let reply = Reply::new(session.context.clock.today(), lang, text);
    let sent = send_if_first(session, &tip, (after, event), &to, &reply);
    let short = session.short(id);
    let said = match &sent {
        Ok(false) => return Ok(()),
        Ok(true) => format!("{short}: whoever has the code is told that a person has read it"),
        Err(failure) => format!(
            "{short}: whoever has the code could not be told that a person has read it ({}); `desk reply {short} \
             --template read` tells them",
            failure.what
        ),
    };
    session.context.output.note(&Line::from(said));
    Ok(())
}

/// Whether it was sent: not where another agency's event came before ours.
fn send_if_first(
    session: &mut Session<'_>,
    tip: &KnownTip,
    (after, event): (u64, EventHash),
    to: &To,
    reply: &Reply,
) -> Result<bool, Failure> {
    session.must_be_online()?;
    session.refresh()?;
    if first_reply(session, tip, after)? != Some(event) {
        return Ok(false);
    }
    post(session, to, reply).map(|()| true)
}

fn is_off(version: &Version) -> bool {
    version.staff.retention.get(SWITCH) == Some(&0)
}

/// The first reply of a tip on the server's list of events after this place. This machine's own list has what it wrote
/// itself before what others wrote at the same moment.
fn first_reply(session: &Session<'_>, tip: &KnownTip, after: u64) -> Result<Option<EventHash>, Failure> {
    let known = || session.known.events_of(tip.letter.id);
    let is_reply =
        |event: &KnownEvent| event.signed.read().is_ok_and(|named| matches!(named.event.what, Kind::Reply { .. }));
    let replies: HashSet<EventHash> = known().filter(|event| is_reply(event)).map(KnownEvent::hash).collect();
    let later = known().filter_map(|event| event.thread.as_ref()?.1.key());
    let keys: Vec<ThreadKey> = tip.thread_key().into_iter().chain(later).collect();
    let find = |event: &SealedEvent| {
        let fits = |key: &&ThreadKey| key.event_labels().label(event.line.slot) == event.line.label;
        let signed = SignedEvent::open(&event.sealed, keys.iter().find(fits)?).ok()?;
        Some(signed.hash()).filter(|hash| replies.contains(hash))
    };
    block_on(async {
        let mut stream = session.client.events_after(after).await?;
        loop {
            let batch = stream.next_batch(BATCH).await?;
            let found = batch.events.iter().find_map(find);
            if found.is_some() || batch.end.is_some() {
                return Ok(found);
            }
        }
    })
}
