//! `desk inbox`: brings what is new and lists what is known. Without the server it lists what is known, and says so.

use super::keys::note_fault;
use crate::desk::cache::{Cache, Known};
use crate::desk::chain::{Chain, IF_WRONG, Proposed};
use crate::desk::cli::InboxArgs;
use crate::desk::context::{Context, block_on};
use crate::desk::events::write::kept_from_us;
use crate::desk::failure::{Exit, Failure};
use crate::desk::identity::Identity;
use crate::desk::inbox::{Inbox, Rules, Viewer, due, json, short_id, spoken, table, waiting};
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Output, Style};
use crate::desk::profile::{Part, Profile};
use crate::desk::sync::{Lost, Synced, sync};
use crate::model::tip::TipId;
use std::collections::BTreeSet;

pub(super) mod site;

/// That the server was not reached.
const OFFLINE: &str = "note: the server cannot be asked now; this is what this machine knows";

/// Lists the inbox.
pub fn run(args: &InboxArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    let identity = context.unlock(&profile)?;
    let (mut cache, mut known, chain) = remembered(&profile, &identity)?;
    let before = unreadable(&known);
    let brought =
        if args.read.offline { Ok(None) } else { bring(context, &profile, &identity, &mut cache, &mut known) };
    drop(cache); // others may use it while someone reads
    let (failed, is_cut_off) = match brought {
        Ok(lost) => (lost, false),
        // Only a server that cannot be reached leaves what is known as good as it was.
        Err(failure) if failure.exit != Exit::Network => return Err(failure),
        Err(failure) => (Some(failure), true),
    };
    let chain = if args.read.offline { chain } else { keyring(&profile)? }; // a sync may have brought a newer one
    let new: Vec<TipId> = unreadable(&known).difference(&before).copied().collect();
    let false_tips = named(&new, &known).map(|ids| Failure::false_tips(&ids));
    let inbox = Inbox::new(known, viewer(&profile, context), &rules_of(chain.as_ref()));
    let has_synced = chain.is_some() || !(inbox.tips.is_empty() && inbox.unreadable.is_empty());
    let printed = print(&inbox, args, (is_cut_off, has_synced), context);
    rayon::spawn(|| drop(inbox)); // nobody should wait until the memory of so many is given back
    ending(failed.into_iter().chain(false_tips), &mut context.output).map_or(printed, Err)
}

/// Tips that were meant for this agency and cannot be read. Only the list ends with a failure where one is new: whoever can send tips
/// could else have every command end so.
fn unreadable(known: &Known) -> BTreeSet<TipId> {
    known.unreadable.iter().map(|tip| tip.id).collect()
}

fn print(
    inbox: &Inbox,
    args: &InboxArgs,
    (is_cut_off, has_synced): (bool, bool),
    context: &mut Context,
) -> Result<(), Failure> {
    context.acting.mention_all(inbox.tips.len());
    let is_text = !args.read.json && !args.plain;
    // What stands beneath a pager is read when it has ended, and the list was taken for all there is.
    let notes_in_list = is_cut_off && is_text && has_synced && context.output.has_pager(!args.read.no_pager);
    if is_cut_off && !notes_in_list {
        context.output.note(&Line::from(OFFLINE));
    }
    if args.read.json {
        context.output.print_json(&json::inbox(inbox))?;
    } else if args.plain {
        context.output.print_each(table::plain(inbox))?;
    } else if !has_synced {
        context.output.print(&[Line::from("nothing was fetched yet: this desk has not reached its server so far")])?;
    } else {
        let mut lines: Vec<Line> = notes_in_list.then(|| Line::from(OFFLINE)).into_iter().collect();
        lines.extend(waiting_line(inbox));
        lines.extend(if context.output.is_read_out() {
            spoken::list(inbox, args.all)
        } else {
            table::table(inbox, args.all, context.output.width())
        });
        context.output.print_private(&lines, !args.read.no_pager)?;
    }
    Ok(())
}

/// The clocks of the law that are close, and the unread timer: how long the most urgent tips have waited.
fn waiting_line(inbox: &Inbox) -> Vec<Line> {
    let (waiting, now) = (waiting::waiting(inbox), inbox.viewer.now);
    let style = if waiting.iter().any(|one| one.is_late(now)) { Style::Alarm } else { Style::Bold };
    let due = due::words(&due::due(inbox), now).map(|words| Line::new().with(Style::Alarm, &words));
    due.into_iter().chain(waiting::words(&waiting, now).map(|words| Line::new().with(style, &words))).collect()
}

/// Brings what is new. Gives a failure that takes nothing from what is known, but must be the last word: keys were
/// lost, or tips.
pub(super) fn bring(
    context: &mut Context,
    profile: &Profile,
    identity: &Identity,
    cache: &mut Cache,
    known: &mut Known,
) -> Result<Option<Failure>, Failure> {
    let genesis = profile.site()?.genesis;
    let client = context.client(profile, identity)?;
    let now = context.clock.unix_seconds();
    context.output.wait("asking the server for what is new …");
    let synced = block_on(async { Ok(sync(&client, profile, genesis, identity, cache, known, now).await?) });
    context.output.wait_no_longer();
    let synced = synced.map_err(with_offline_hint)?;
    note(&synced, &mut context.output);
    note_deletions(&synced, known, &mut context.output);
    note_kept_back(&synced, known, profile, &mut context.output);
    if let Some(chain) = Chain::load(profile, genesis)? {
        for said in site::of_site(&synced, &chain, profile.settings().agency, context.clock.today()) {
            site::note(&said, &mut context.output);
        }
    }
    let doubts = [disordered(&synced, known), shut(&synced, known)];
    Ok(ending(
        last_word(&synced, known, &mut context.output).into_iter().chain(doubts.into_iter().flatten()),
        &mut context.output,
    ))
}

/// That recovery admins are about to replace admins: everyone sees it coming.
pub(super) fn note_proposed(proposed: &[Proposed], output: &mut Output) {
    for one in proposed {
        note_sentence(&one.to_string(), output);
    }
}

/// The same of one, as it is said.
pub(super) fn note_sentence(proposed: &str, output: &mut Output) {
    let text = format!("{proposed}; {IF_WRONG}");
    output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, &text));
}

/// What must be the last word after a sync that took nothing from what is known: keys were lost, or tips, or events.
pub(super) fn last_word(synced: &Synced, known: &Known, output: &mut Output) -> Option<Failure> {
    let failures = [
        synced.lost.as_ref().map(lost_keys),
        synced.is_shorter.then(Failure::shorter_list),
        named(&synced.lost_events, known).map(|ids| Failure::lost_events(&ids)),
    ];
    ending(failures.into_iter().flatten(), output)
}

/// The first of them; the others are notes.
fn ending(mut failures: impl Iterator<Item = Failure>, output: &mut Output) -> Option<Failure> {
    let last = failures.next();
    failures.for_each(|other| note_failure(&other, output));
    last
}

fn note_failure(failure: &Failure, output: &mut Output) {
    output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, &failure.what));
}

/// Capsules that open no more.
fn shut(synced: &Synced, known: &Known) -> Option<Failure> {
    let shut: Vec<TipId> = synced.shut.iter().copied().collect();
    named(&shut, known).map(|ids| Failure::shut(&ids))
}

/// Tips of which something came that does not fit what else is known of them.
fn disordered(synced: &Synced, known: &Known) -> Option<Failure> {
    let changed = synced.changed.iter().filter(|tip| !synced.lost_events.contains(tip));
    let disordered: Vec<TipId> = changed.filter(|tip| known.case(**tip).is_disordered()).copied().collect();
    named(&disordered, known).map(|ids| Failure::disordered(&ids))
}

/// The same two as notes, for `desk watch`: a source who seals two letters, or a member who writes two histories, must not be
/// able to end everybody's watch. A capsule that opens no more does so at each look, and is told once.
pub(super) fn note_doubts(synced: &Synced, known: &Known, is_first: bool, output: &mut Output) {
    let shut = if is_first { shut(synced, known) } else { None };
    disordered(synced, known).into_iter().chain(shut).for_each(|failure| note_failure(&failure, output));
}

/// Who changed the key of a tip that this member holds, and did not give them the new one.
fn note_kept_back(synced: &Synced, known: &Known, profile: &Profile, output: &mut Output) {
    let settings = profile.settings();
    let mut changed: Vec<&TipId> = synced.changed.iter().collect();
    changed.sort_unstable();
    for tip in changed {
        let case = known.case(*tip);
        if let Some(member) = kept_from_us(&case, known, &settings.person, settings.agency) {
            let short = short_id(&known.ids(), tip);
            let text = format!("{member} has changed its key and given you none: `desk keys rekey` changes it again");
            output.note(&Line::new().with(Style::Alarm, &format!("note: {short} ")).with(Style::Plain, &text));
        }
    }
}

fn note_deletions(synced: &Synced, known: &Known, output: &mut Output) {
    if synced.noticed.is_empty() && synced.gone.is_empty() {
        return;
    }
    let mut ids = known.ids();
    ids.extend(&synced.gone);
    ids.sort_unstable();
    for tip in &synced.noticed {
        let short = short_id(&ids, tip);
        let text =
            format!("will be deleted unless someone objects: `desk show {short}`, `desk object {short} --reason …`");
        output.note(&Line::new().with(Style::Alarm, &format!("note: {short} ")).with(Style::Plain, &text));
    }
    for tip in &synced.gone {
        let text =
            format!("note: {} was deleted, as two had agreed; this machine has forgotten it", short_id(&ids, tip));
        output.note(&Line::from(text));
    }
}

/// What tips are called here; none where there is none.
fn named(tips: &[TipId], known: &Known) -> Option<Vec<String>> {
    let mut ids = known.ids();
    ids.extend(tips);
    ids.sort_unstable();
    ids.dedup();
    let mut short: Vec<String> = tips.iter().map(|id| short_id(&ids, id)).collect();
    short.sort_unstable();
    (!short.is_empty()).then_some(short)
}

fn lost_keys(lost: &Lost) -> Failure {
    let (what, hint) = match lost {
        Lost::All => (
            "every key with which this desk could open tips is gone: nothing new can be opened".to_owned(),
            "ask your admins whether all were retired; if not, the server hides them",
        ),
        Lost::Some(epochs) => {
            let epochs: Vec<_> = epochs.iter().map(u32::to_string).collect();
            let what = format!(
                "your copy of key {} of your agency is gone: what is sealed to it stays closed",
                epochs.join(", ")
            );
            (what, "copies are never taken back: tell your admins that the server hides it")
        }
    };
    with_offline_hint(Failure::new(Exit::Integrity, &what).hint(hint))
}

/// What is known is as good as it was before something turned out false.
fn with_offline_hint(failure: Failure) -> Failure {
    if failure.exit != Exit::Integrity {
        return failure;
    }
    let mut hint = failure.hint.clone().unwrap_or_default();
    hint.push_str(if hint.is_empty() { "" } else { "; " });
    hint.push_str("`--offline` shows what this machine knows");
    failure.hint(&hint)
}

/// The inbox as this machine knows it: no server is asked.
pub(super) fn known_inbox(context: &mut Context) -> Result<(Inbox, Profile), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    let identity = context.unlock(&profile)?;
    let (cache, known) = Cache::open(&profile, &identity.device)?;
    drop(cache); // others may use it while someone reads
    let inbox = Inbox::new(known, viewer(&profile, context), &rules(&profile)?);
    Ok((inbox, profile))
}

/// Whoever uses this profile, now.
pub(super) fn viewer(profile: &Profile, context: &Context) -> Viewer {
    let settings = profile.settings();
    Viewer { agency: settings.agency, person: settings.person.clone(), now: context.clock.unix_seconds() }
}

/// What agencies are called, as far as this machine knows.
pub(super) fn names(profile: &Profile) -> Result<AgencyNames, Failure> {
    Ok(keyring(profile)?.map(|chain| AgencyNames::of(chain.newest())).unwrap_or_default())
}

/// Rules of the site, as far as this machine knows.
pub(super) fn rules(profile: &Profile) -> Result<Rules, Failure> {
    Ok(rules_of(keyring(profile)?.as_ref()))
}

/// Those of a keyring, where this machine knows one.
pub(super) fn rules_of(chain: Option<&Chain>) -> Rules {
    chain.map(|chain| Rules::of(chain.newest())).unwrap_or_default()
}

/// What this machine knows, and the keyring as it remembers it. Both at once: each keeps a core busy for a while.
pub(super) fn remembered(profile: &Profile, identity: &Identity) -> Result<(Cache, Known, Option<Chain>), Failure> {
    let (cached, chain) = rayon::join(|| Cache::open(profile, &identity.device), || keyring(profile));
    let (cache, known) = cached?;
    Ok((cache, known, chain?))
}

/// Where nothing can be done before the keyring was brought.
pub(super) fn no_keyring() -> Failure {
    Failure::new(Exit::Other, "this machine knows no keyring yet")
        .hint("run `desk inbox` first: it brings that, and what is new")
}

/// The keyring as this machine remembers it; none before the first time.
pub(super) fn keyring(profile: &Profile) -> Result<Option<Chain>, Failure> {
    let Some(genesis) = profile.settings().genesis else { return Ok(None) };
    Ok(Chain::load(profile, genesis)?)
}

/// Says what a sync found that is no failure.
pub(super) fn note(synced: &Synced, output: &mut Output) {
    note_proposed(&synced.proposed, output);
    for fault in &synced.faults {
        note_fault(fault, output);
    }
    if let Some(why) = &synced.unrolled {
        let text = format!("your own key could not be rolled and stays as it is until the next time: {why}");
        output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, &text));
    }
    if synced.has_no_key {
        if synced.lost.is_none() {
            let text = "note: your agency has no key that is sealed to you, so that nothing can be opened yet";
            output.note(&Line::from(text));
        }
        return;
    }
    if let Some(why) = &synced.unsent {
        output.note(&Line::from("note: ").with(Style::Plain, why));
    }
    if synced.spoilt > 0 {
        let text = format!(
            "note: among the events of your tips came {} that nobody has truly signed; `desk audit verify` names them",
            synced.spoilt
        );
        output.note(&Line::from(text));
    }
    // Whoever came after a key was made reads all once it is sealed again: then nothing is closed to them.
    for epoch in synced.missing_epochs.iter().filter(|_| synced.needing_missing != Some(0)) {
        let text = format!("note: key {epoch} of your agency is not sealed to you; tips sealed to it stay closed");
        output.note(&Line::from(text));
    }
}
