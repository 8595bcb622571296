//! Devices that were taken out of the keyring, and the tips whose thread key they may have kept. `docs/PROTOCOL.md` section 9.

use super::rekey::holders;
use crate::crypto::event::Excluded;
use crate::crypto::keyring::{Member, Role, Version};
use crate::desk::admin::revoke::exposure;
use crate::desk::cache::KnownTip;
use crate::desk::case::Case;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use std::collections::BTreeMap;

/// Days after the end of a key on which a page that somebody had open may still have sealed to it.
const SLACK_DAYS: u32 = 1;

/// One that went, and had a key of its agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Its id.
    pub id: String,
    /// Its agency.
    pub agency: AgencyNumber,
    /// The last day on which tips were sealed to a key that it had; none while they are.
    pub until: Option<Day>,
    /// The first version of the keyring under which tips are sealed to none; none while they are.
    pub before: Option<u32>,
}

/// All that ever went, by these versions in their order.
pub fn gone(versions: impl Iterator<Item = Version>) -> Vec<Gone> {
    let versions: Vec<Version> = versions.collect();
    let Some(newest) = versions.last() else { return Vec::new() };
    let mut were: BTreeMap<&str, &Member> = BTreeMap::new();
    let members = versions.iter().flat_map(|version| &version.staff.members);
    were.extend(
        members.filter(|member| member.roles.contains(&Role::Reader)).map(|member| (member.id.as_str(), member)),
    );
    were.retain(|id, _| newest.staff.members.iter().all(|member| member.id != *id));
    were.into_values().filter_map(|member| of(&versions, member)).collect()
}

fn of(versions: &[Version], member: &Member) -> Option<Gone> {
    let had = exposure(versions.iter().cloned(), member);
    let last = *had.epochs.last()?;
    let epoch = |version: &&Version| version.public.agencies.get(usize::from(member.agency.0)).map(|one| one.epoch);
    let next = versions.iter().find(|version| epoch(version).is_some_and(|epoch| epoch > last));
    let until = next.map(|version| version.public.issued.plus(SLACK_DAYS));
    let before = next.map(|version| version.public.version);
    Some(Gone { id: member.id.clone(), agency: member.agency, until, before })
}

/// Those who may hold the newest thread key of a tip: it came while their key was in use, or from a page that was opened then,
/// however much later. A server that says otherwise of one of the two keeps nothing back.
pub fn due<'a>(gone: &'a [Gone], case: &Case, tip: &KnownTip) -> Vec<&'a Gone> {
    if gone.is_empty() {
        return Vec::new();
    }
    let holders = holders(case, &tip.letter);
    let is_without = |one: &Gone| {
        case.threads.last().is_some_and(|thread| thread.without.contains(&Excluded::Member(one.id.clone())))
    };
    let is_of_then = |one: &Gone| {
        let is_under_old = || tip.keyring.zip(one.before).is_some_and(|(version, before)| version < before);
        one.until.is_none_or(|until| tip.day <= until) || is_under_old()
    };
    let could = |one: &&Gone| holders.contains(&one.agency) && is_of_then(one);
    gone.iter().filter(could).filter(|one| !is_without(one)).collect()
}
