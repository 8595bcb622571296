//! What colleagues have sealed again, checked one by one before the old capsules go. Where one of a colleague's is wrong, none
//! of theirs is taken: which one it was would tell the server that the tip is ours.

use super::{ResealError, Sealer, capsule, patiently};
use crate::crypto::keyring::{Member, Role, Version};
use crate::crypto::statement::Statement as _;
use crate::desk::client::Client;
use crate::model::day::Day;
use crate::model::hex::{Hex, VerifyingKeyBytes};
use crate::model::tip::TipId;
use crate::wire::{CheckedCapsule, CheckedCapsules, MAX_RESEALED, RESEAL_GRACE_DAYS, ResealedCapsule, StoredCapsule};
use capsule::Wrong;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// What came of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Old capsules that are gone: new ones stand in their place.
    pub replaced: u64,
    /// The first fault of each colleague who sealed something wrong. None of their capsules was taken.
    pub faults: Vec<Fault>,
    /// Capsules of our own that wait for a colleague.
    pub own: u64,
    /// Whether nobody else reads for the agency, so that we may stand for those ourselves some days later.
    pub is_alone: bool,
    /// The first day on which we may.
    pub own_from: Option<Day>,
}

/// A colleague's capsule that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The colleague's id.
    pub author: String,
    /// The tip.
    pub tip: TipId,
    /// What is wrong.
    pub wrong: Wrong,
    /// How many of theirs are.
    pub count: u64,
}

/// One colleague's.
#[derive(Default)]
struct Of {
    good: Vec<CheckedCapsule>,
    fault: Option<Fault>,
}

/// Checks all that others of the agency have sealed again, and tells the server of what is right. Tells `progress` how many
/// were looked at.
pub async fn check(
    client: &Client,
    version: &Version,
    member: &Member,
    sealer: &Sealer,
    today: Day,
    mut progress: impl FnMut(u64),
) -> Result<Checked, ResealError> {
    let is_own = own(version, member);
    let readers = Arc::new(reader_keys(version, member));
    let has_one = version.public.agencies.get(usize::from(member.agency.0)).is_some_and(|agency| agency.one_member);
    let mut stream = client.resealed_after(0).await?;
    let (mut checked, mut by, mut seen) =
        (Checked { is_alone: has_one, ..Checked::default() }, BTreeMap::<String, Of>::new(), 0);
    loop {
        let mut batch = stream.next_batch(MAX_RESEALED).await?;
        batch.entries.retain(|(about, _)| about.epoch == sealer.epoch());
        let is_reader = |id: &str| readers.contains_key(id);
        let may_stand = |about: &ResealedCapsule| {
            is_reader(&about.author)
                && (!is_own.contains(&about.author) || (has_one && about.day.plus(RESEAL_GRACE_DAYS) <= today))
        };
        for (about, _) in batch.entries.iter().filter(|(about, _)| is_own.contains(&about.author) && !may_stand(about))
        {
            checked.own += 1;
            let from = about.day.plus(RESEAL_GRACE_DAYS);
            checked.own_from = has_one.then_some(from).max(checked.own_from);
        }
        batch.entries.retain(|(about, _)| may_stand(about));
        let (worker, readers, entries) = (sealer.clone(), Arc::clone(&readers), batch.entries);
        let looked_at = spawn_blocking(move || -> Vec<_> {
            let look = |(about, both): (ResealedCapsule, Vec<u8>)| {
                let (old, new) = both.split_at(both.len() / 2);
                let outcome = look_at(&worker, &readers, &about, old, new);
                (about, Hex(Sha256::digest(new).into()), outcome)
            };
            entries.into_par_iter().map(look).collect()
        });
        for (about, sha256, outcome) in looked_at.await.map_err(|_| ResealError::Stopped)? {
            seen += 1;
            let of = by.entry(about.author.clone()).or_default();
            match (outcome, &mut of.fault) {
                (Ok(()), _) => of.good.push(CheckedCapsule { seq: about.seq, sha256 }),
                (Err(_), Some(fault)) => fault.count += 1,
                (Err(wrong), None) => {
                    of.fault = Some(Fault { author: about.author, tip: about.tip, wrong, count: 1 });
                }
            }
        }
        progress(seen);
        if batch.is_last {
            break;
        }
    }
    for of in by.into_values() {
        if let Some(fault) = of.fault {
            checked.faults.push(fault);
            continue;
        }
        for piece in of.good.chunks(sealer.piece) {
            let body = CheckedCapsules { checked: piece.to_vec() };
            checked.replaced += patiently(|| client.replace_capsules(&body)).await?.replaced;
        }
    }
    Ok(checked)
}

/// The ids of all of this person's devices.
fn own(version: &Version, member: &Member) -> BTreeSet<String> {
    let members = version.staff.members.iter();
    let of_person = members.filter(|other| other.agency == member.agency && other.person == member.person);
    of_person.map(|other| other.id.clone()).collect()
}

/// Who signs for what an agency's readers have sealed.
fn reader_keys(version: &Version, member: &Member) -> HashMap<String, VerifyingKeyBytes> {
    let members = version.staff.members.iter();
    let readers = members.filter(|other| other.agency == member.agency && other.roles.contains(&Role::Reader));
    readers.map(|reader| (reader.id.clone(), reader.key)).collect()
}

/// Whose word it is comes first: it holds or not whatever the capsules hold.
fn look_at(
    sealer: &Sealer,
    readers: &HashMap<String, VerifyingKeyBytes>,
    about: &ResealedCapsule,
    old: &[u8],
    new: &[u8],
) -> Result<(), Wrong> {
    let place = StoredCapsule { tip: about.tip, referral: about.referral, sealed: about.old };
    let said = sealer.statement(&place, old, new);
    let is_theirs = readers.get(&about.author).is_some_and(|key| said.is_by(key, &about.signature));
    if is_theirs { capsule::check(&sealer.keys, about.tip, old, new) } else { Err(Wrong::Unsigned) }
}
