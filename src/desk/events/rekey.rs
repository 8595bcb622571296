//! A new thread key for those who remain, when someone has left. `docs/PROTOCOL.md` section 9.

use super::gone::Gone;
use crate::crypto::capsule;
use crate::crypto::event::{self, Excluded, Kind, SealedFor};
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{Member, Role, Version};
use crate::crypto::letter::Letter;
use crate::crypto::thread::ThreadKey;
use crate::desk::cache::{Known, KnownEvent};
use crate::desk::case::{Case, ReferralState};
use crate::model::agency::AgencyNumber;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::{BTreeMap, BTreeSet};

/// How many capsules one event holds.
const CAPSULES_OF_EVENT: usize = 4;

/// The events that carry a new thread key to all who hold the tip and have not left.
pub fn events(
    case: &Case,
    letter: &Letter,
    opened: Sha256Hash,
    version: &Version,
    gone: &[&Gone],
) -> (ThreadKey, Vec<Kind>) {
    let thread = ThreadKey::generate();
    let text = capsule::Capsule { id: thread.id(), letter_sha256: opened, thread: thread.clone() };
    let before = case.threads.last().map(|thread| &thread.without).into_iter().flatten();
    let taken_out = gone.iter().map(|one| Excluded::Member(one.id.clone()));
    let without: BTreeSet<Excluded> = case.left.iter().chain(before).cloned().chain(taken_out).collect();
    let without: Vec<Excluded> = without.into_iter().collect();
    let capsules: Vec<event::Capsule> = remaining(case, letter, version, gone)
        .into_iter()
        .map(|(to, recipient)| event::Capsule { to, sealed: STANDARD.encode(text.seal(&recipient)) })
        .collect();
    let id = thread.id();
    let kinds = capsules
        .chunks(CAPSULES_OF_EVENT)
        .map(|some| Kind::Rekey { thread: id, without: without.clone(), capsules: some.to_vec() })
        .collect();
    (thread, kinds)
}

/// To whom it goes: an agency's key where none of its people has left and nobody who was taken out has that key, else the keys
/// of those who remain.
fn remaining(case: &Case, letter: &Letter, version: &Version, gone: &[&Gone]) -> Vec<(SealedFor, HybridRecipient)> {
    let mut to = Vec::new();
    for number in holders(case, letter) {
        if case.left.contains(&Excluded::Agency(number)) {
            continue;
        }
        let Some(agency) = version.public.agencies.get(usize::from(number.0)) else { continue };
        let members: Vec<&Member> = version
            .staff
            .members
            .iter()
            .filter(|member| member.agency == number && member.roles.contains(&Role::Reader))
            .collect();
        let has_left = |member: &Member| case.has_left(&member.person, member.agency);
        let is_known_outside = gone.iter().any(|one| one.agency == number && one.until.is_none());
        if is_known_outside || members.iter().any(|member| has_left(member)) {
            let stay = members.into_iter().filter(|member| !has_left(member));
            to.extend(
                stay.filter_map(|member| Some((SealedFor::Member(member.id.clone()), member.recipient.parse().ok()?))),
            );
        } else if let Some(recipient) = agency.recipient.as_ref().and_then(|recipient| recipient.parse().ok()) {
            to.push((SealedFor::Agency { number, epoch: agency.epoch }, recipient));
        }
    }
    to
}

/// How many tips have a later thread key that an agency was given under its old key and, as far as is known here, under no
/// newer one.
pub fn under_old_key(known: &Known, agency: AgencyNumber, epoch: u32) -> usize {
    let is_under = |events: &Vec<KnownEvent>| {
        let mut newest: BTreeMap<TipId, u32> = BTreeMap::new();
        for named in events.iter().filter_map(|event| event.signed.read().ok()) {
            let Kind::Rekey { thread, capsules, .. } = named.event.what else { continue };
            for capsule in capsules {
                if let SealedFor::Agency { number, epoch } = capsule.to
                    && number == agency
                {
                    let known = newest.entry(thread).or_default();
                    *known = epoch.max(*known);
                }
            }
        }
        newest.values().any(|newest| *newest <= epoch)
    };
    known.events.values().filter(|events| is_under(events)).count()
}

/// Agencies that can hold the tip: those that the source picked, those that have written on it, and those it was offered to whole.
pub fn holders(case: &Case, letter: &Letter) -> BTreeSet<AgencyNumber> {
    let offered = case.referrals.iter().filter(|referral| {
        let is_open = matches!(referral.state, ReferralState::Offered | ReferralState::Accepted { .. });
        referral.share == event::Shared::All && referral.new_tip.is_none() && is_open
    });
    let wrote = case.events.iter().map(|named| named.event.author.agency);
    letter.readers.iter().copied().chain(offered.map(|referral| referral.to)).chain(wrote).collect()
}
