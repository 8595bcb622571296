//! `desk keys rekey`: a new thread key for open tips of which somebody who was taken out may have kept the old one. Cut off
//! anywhere, it goes on where it stopped.

use super::Bench;
use super::reseal::Bar;
use crate::desk::agency_keys::AgencyKeys;
use crate::desk::cache::KnownTip;
use crate::desk::case::Status;
use crate::desk::context::{Context, block_on};
use crate::desk::events::rekey::under_old_key;
use crate::desk::failure::Failure;
use crate::desk::output::Line;
use crate::desk::verbs::session::Session;
use crate::model::tip::TipId;
use std::collections::{BTreeSet, HashMap};

/// Gives each of them a new key.
pub fn run(context: &mut Context) -> Result<(), Failure> {
    let bench = Bench::open(context)?;
    let keys = block_on(bench.own_keys())?;
    let mut session = Session::open(context)?;
    session.must_be_online()?;
    let (tips, why) = waiting(&session);
    let mut bar = Bar::new("new keys", tips.len() as u64);
    let mut done: u64 = 0;
    for tip in &tips {
        let given = session.rekey(tip);
        if given.is_err() {
            bar.end(&mut session.context.output);
        }
        done += u64::from(given?);
        bar.show(done, &mut session.context.output);
    }
    bar.end(&mut session.context.output);
    session.say(&if tips.is_empty() {
        "no open tip waits for a new key".to_owned()
    } else {
        format!("{done} open tips have a new key, {why}")
    })?;
    again(&mut session, &keys)?;
    let left = tips.len() as u64 - done;
    if left > 0 {
        session.say(&format!("{left} wait for somebody else: you have left them, or were given no key of theirs"))?;
    }
    session.end()
}

/// Seals later keys again that the agency was given under an older key of its own, so that nothing holds that one up.
fn again(session: &mut Session<'_>, keys: &AgencyKeys) -> Result<(), Failure> {
    let agency = session.me.agency;
    let epoch = session.version.public.agencies.get(usize::from(agency.0)).map_or(0, |agency| agency.epoch);
    let old = under_old_key(&session.known, agency, keys, epoch.saturating_sub(1));
    let tips: HashMap<TipId, KnownTip> = session
        .known
        .tips
        .iter()
        .map(|tip| (tip.letter.id, tip))
        .filter(|(id, _)| old.iter().any(|one| one.tip == *id))
        .map(|(id, tip)| (id, tip.clone()))
        .collect();
    let mut bar = Bar::new("sealing again", old.len() as u64);
    let mut done: u64 = 0;
    for one in &old {
        let given = tips.get(&one.tip).map_or(Ok(false), |tip| session.give_again(tip, one));
        if given.is_err() {
            bar.end(&mut session.context.output);
        }
        done += u64::from(given?);
        bar.show(done, &mut session.context.output);
    }
    bar.end(&mut session.context.output);
    if done > 0 {
        session.say(&format!("{done} later keys of tips are sealed again to key {epoch}"))?;
    }
    Ok(())
}

/// How many open tips wait for a new key, as far as this machine knows, in words for a report.
pub fn line(context: &mut Context) -> Result<(usize, Line), Failure> {
    let session = Session::open_known(context)?;
    let (tips, why) = waiting(&session);
    let count = tips.len();
    let text = format!("{count} open tips wait for a new key, {why}: `desk keys rekey`");
    Ok((count, Line::from(text)))
}

/// Open tips on which something was written and of which somebody who was taken out may have kept the key, or somebody who holds
/// them was not given it; and which of the two, in words. On the others nothing is written before they
/// have a new one, and a word now would only show who reads them.
fn waiting(session: &Session<'_>) -> (Vec<KnownTip>, String) {
    let (mut tips, mut whose, mut is_any_kept_back) = (Vec::new(), BTreeSet::new(), false);
    for tip in &session.known.tips {
        let case = session.case(tip.letter.id);
        if case.events.is_empty() || case.status(session.now) == Status::Closed {
            continue;
        }
        let (due, is_kept_back) = (session.due(tip, &case), session.is_kept_back(tip, &case));
        if !due.is_empty() || is_kept_back {
            tips.push(tip.clone());
            whose.extend(due);
            is_any_kept_back |= is_kept_back;
        }
    }
    let whose = (!whose.is_empty()).then(|| format!("without {}", whose.into_iter().collect::<Vec<_>>().join(", ")));
    let kept_back = is_any_kept_back.then(|| "as some were not given the last one".to_owned());
    (tips, whose.into_iter().chain(kept_back).collect::<Vec<_>>().join(", "))
}
