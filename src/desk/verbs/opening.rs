//! The moment at which a member first reads a tip for which the law gives their agency so many hours: it is written on the
//! tip before a word of it is shown, and colleagues are told.

use super::inbox::keyring;
use crate::desk::cache::{Cache, Known};
use crate::desk::clocks::{starting, starting_words};
use crate::desk::context::{Context, block_on};
use crate::desk::events::authors::author;
use crate::desk::events::outbox;
use crate::desk::events::write::{self, WriteError, Writer};
use crate::desk::failure::{Exit, Failure};
use crate::desk::identity::Identity;
use crate::desk::inbox::{Rules, short_id};
use crate::desk::output::{Line, Style};
use crate::desk::profile::Profile;
use crate::desk::sync::member;
use crate::model::tip::{TipId, normalize_typed_id};

/// Writes that the viewer's agency has opened the tip whose id someone typed, where a clock of the law starts with it. Gives
/// whether it did. What is written waits in the outbox.
pub(super) fn note(
    typed: &str,
    rules: &Rules,
    (profile, identity): (&Profile, &Identity),
    (cache, known): (&mut Cache, &mut Known),
    context: &mut Context,
) -> Result<bool, Failure> {
    let typed = normalize_typed_id(typed);
    let mut fitting = known.tips.iter().filter(|tip| tip.letter.id.to_string().starts_with(&typed));
    let (Some(tip), None) = (fitting.next().cloned(), fitting.next()) else { return Ok(false) };
    let agency = profile.settings().agency;
    let starting = starting(&tip.letter, &known.case(tip.letter.id), rules, agency);
    let Some(chain) = keyring(profile)?.filter(|_| !starting.is_empty()) else { return Ok(false) };
    let version = chain.newest();
    let author = author(member(version, identity)?);
    let writer = Writer { author, key: &identity.signing, version, now: context.clock.unix_seconds(), log: None };
    match write::open(&writer, cache, known, &tip) {
        Ok(is_written) => {
            context.output.note(&started(&short_id(&ids(known), &tip.letter.id), &starting));
            Ok(is_written)
        }
        // They may still read what was theirs before.
        Err(WriteError::Left | WriteError::NoKey) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Which clocks have started.
pub(super) fn started(short_id: &str, starting: &[(String, u32)]) -> Line {
    let words = format!("{short_id}: you open it first, which starts a clock of the law: ");
    Line::new().with(Style::Alarm, &words).with(Style::Plain, &starting_words(starting))
}

fn ids(known: &Known) -> Vec<TipId> {
    let mut ids: Vec<TipId> = known.ids().into_iter().collect();
    ids.sort_unstable();
    ids
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
