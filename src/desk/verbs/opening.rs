//! The moment at which a member first reads a tip for which the law gives their agency so many hours: it is written on the
//! tip before a word of it is shown, and colleagues are told.

use super::inbox::keyring;
use crate::desk::cache::{Cache, Known};
use crate::desk::clocks::starting_words;
use crate::desk::context::{Context, block_on};
use crate::desk::events::authors::author;
use crate::desk::events::gone::gone;
use crate::desk::events::outbox;
use crate::desk::events::write::{WriteError, Writer, open};
use crate::desk::failure::{Exit, Failure};
use crate::desk::identity::Identity;
use crate::desk::inbox::Entry;
use crate::desk::output::{Line, Output, Style};
use crate::desk::profile::Profile;
use crate::desk::sync::member;

/// Writes that the author's agency has opened a tip, where a clock of the law starts with it. Gives whether something was
/// written, which waits in the outbox.
pub(super) fn write(
    entry: &Entry,
    writer: &Writer<'_>,
    cache: &mut Cache,
    known: &mut Known,
    output: &mut Output,
) -> Result<bool, Failure> {
    if entry.starting.is_empty() {
        return Ok(false);
    }
    match open(writer, cache, known, &entry.tip) {
        Ok(true) => {
            let words = format!("{}: your agency opens it now, which starts a clock of the law: ", entry.short_id);
            let line = Line::new().with(Style::Alarm, &words);
            output.note(&line.with(Style::Plain, &starting_words(&entry.starting)));
            Ok(true)
        }
        // They may still read what was theirs before.
        Ok(false) | Err(WriteError::Left | WriteError::NoKey) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The same for a command that has let go of the cache.
pub(super) fn note(
    entry: &Entry,
    profile: &Profile,
    identity: &Identity,
    context: &mut Context,
) -> Result<bool, Failure> {
    if entry.starting.is_empty() {
        return Ok(false);
    }
    let Some(chain) = keyring(profile)? else { return Ok(false) };
    let version = chain.newest();
    let author = author(member(version, identity)?);
    let log = context.acting.record(entry.tip.letter.id, None)?;
    let (gone, now) = (gone(chain.versions()), context.clock.unix_seconds());
    let writer = Writer { author, key: &identity.signing, version, gone: &gone, now, log };
    let (mut cache, mut known) = Cache::open(profile, &identity.device)?;
    write(entry, &writer, &mut cache, &mut known, &mut context.output)
}

/// Tells colleagues and the other agencies that read it. Without the server, the next command that reaches it does.
pub(super) fn tell(profile: &Profile, identity: &Identity, context: &mut Context) -> Result<(), Failure> {
    let client = context.client(profile, identity)?;
    let (mut cache, mut known) = Cache::open(profile, &identity.device)?;
    let sent = block_on(async { Ok(outbox::send(&client, &mut cache, &mut known).await) })?;
    match sent.map_err(Failure::from) {
        Err(failure) if failure.exit == Exit::Network => {
            let text = "note: the server cannot be asked now: others hear of it with your next command that reaches it";
            context.output.note(&Line::from(text));
            Ok(())
        }
        sent => sent,
    }
}
