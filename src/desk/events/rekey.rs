//! A new thread key for those who remain, when someone has left. `docs/PROTOCOL.md` section 9.

use super::gone::Gone;
use crate::crypto::capsule;
use crate::crypto::event::{self, EventHash, Excluded, Kind, SealedFor};
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{Agency, Member, Role, Version};
use crate::crypto::letter::Letter;
use crate::crypto::open::open_capsule;
use crate::crypto::thread::ThreadKey;
use crate::desk::agency_keys::AgencyKeys;
use crate::desk::cache::{Known, KnownEvent};
use crate::desk::case::{Case, Fault, ReferralState, Thread};
use crate::model::agency::AgencyNumber;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::{BTreeMap, BTreeSet};

/// How many capsules one event holds.
const CAPSULES_OF_EVENT: usize = 4;

/// The events that carry a new thread key to all who hold the tip and have not left. `due` are those to be left out now, `all`
/// who was ever taken out: an agency's key that any of them has gives nobody a new one.
pub fn events(
    case: &Case,
    letter: &Letter,
    opened: Sha256Hash,
    version: &Version,
    (due, all): (&[&Gone], &[Gone]),
) -> (ThreadKey, Vec<Kind>) {
    let thread = ThreadKey::generate();
    let text = capsule::Capsule { id: thread.id(), letter_sha256: opened, thread: thread.clone() };
    let before = case.threads.last().map(|thread| &thread.without).into_iter().flatten();
    let taken_out = due.iter().map(|one| Excluded::Member(one.id.clone()));
    let without: BTreeSet<Excluded> = case.left.iter().chain(before).cloned().chain(taken_out).collect();
    let without: Vec<Excluded> = without.into_iter().collect();
    let capsules: Vec<event::Capsule> = remaining(case, letter, version, all)
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
fn remaining(case: &Case, letter: &Letter, version: &Version, gone: &[Gone]) -> Vec<(SealedFor, HybridRecipient)> {
    holders(case, letter).into_iter().flat_map(|number| remaining_of(number, case, version, gone)).collect()
}

/// The same of one agency that holds the tip.
fn remaining_of(
    number: AgencyNumber,
    case: &Case,
    version: &Version,
    gone: &[Gone],
) -> Vec<(SealedFor, HybridRecipient)> {
    let agency = version.public.agencies.get(usize::from(number.0));
    let Some(agency) = agency.filter(|_| !case.left.contains(&Excluded::Agency(number))) else { return Vec::new() };
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
        let sealed_for = |member: &Member| Some((SealedFor::Member(member.id.clone()), member.recipient.parse().ok()?));
        return stay.filter_map(sealed_for).collect();
    }
    let recipient = agency.recipient.as_ref().and_then(|recipient| recipient.parse().ok());
    recipient.map(|recipient| (SealedFor::Agency { number, epoch: agency.epoch }, recipient)).into_iter().collect()
}

/// Whether there is a capsule of this thread key for each agency that held the tip when it was made and could be given one.
/// Whether those open is for each agency to find out.
pub fn is_given_to_all(case: &Case, letter: &Letter, thread: &Thread, version: &Version, gone: &[Gone]) -> bool {
    let before = case.events.iter().take_while(|named| named.hash != thread.stamp.event).cloned();
    let held = holders(&Case::fold(case.tip, before), letter);
    let capsules = case.events.iter().filter_map(|named| match &named.event.what {
        Kind::Rekey { thread: id, capsules, .. } if *id == thread.thread => Some(capsules),
        _ => None,
    });
    let given: BTreeSet<AgencyNumber> =
        capsules.flatten().filter_map(|capsule| agency_of(&capsule.to, version)).collect();
    held.difference(&given).all(|number| remaining_of(*number, case, version, gone).is_empty())
}

fn agency_of(to: &SealedFor, version: &Version) -> Option<AgencyNumber> {
    match to {
        SealedFor::Agency { number, .. } => Some(*number),
        SealedFor::Member(id) => {
            let mut members = version.staff.members.iter();
            members.find(|member| member.id == *id).map(|member| member.agency)
        }
    }
}

/// A later thread key that only an old key of an agency opens.
pub struct Old {
    /// Of which tip.
    pub tip: TipId,
    /// Its id.
    pub thread: TipId,
    /// Who was left out of it.
    pub without: Vec<Excluded>,
    /// Who gave it.
    pub by: String,
}

/// Later thread keys that the agency's key of this epoch or an older one opens, and no newer one does. What an event says of itself
/// counts for nothing: whoever holds the tip can write that a capsule is for any agency and any of its keys. Nor does a key count
/// by which its maker shut somebody out, or a tip that the agency has left: nothing can be given it there again.
pub fn under_old_key(known: &Known, agency: AgencyNumber, keys: &AgencyKeys, epoch: u32) -> Vec<Old> {
    let of = |(tip, events): (&TipId, &Vec<KnownEvent>)| {
        let mut newest: BTreeMap<TipId, (u32, EventHash, Old)> = BTreeMap::new();
        for named in events.iter().filter_map(|event| event.signed.read().ok()) {
            let Kind::Rekey { thread, capsules, without } = named.event.what else { continue };
            if let Some(opens) = capsules.iter().filter_map(|capsule| opened_by(capsule, thread, agency, keys)).max() {
                let old = Old { tip: *tip, thread, without, by: named.event.author.member };
                let known = newest.entry(thread).or_insert((opens, named.hash, old));
                known.0 = opens.max(known.0);
            }
        }
        newest.retain(|_, (newest, ..)| *newest <= epoch);
        if newest.is_empty() {
            return Vec::new();
        }
        let case = known.case(*tip);
        // A key that counts, or did, is one however it was first told.
        let is_used = |thread| case.threads.iter().any(|one| one.thread == thread) || case.kept_back.contains(&thread);
        let shuts_out = |event| case.faults.contains(&Fault::ShutOut { event });
        let counted = newest.into_values().filter(|(_, event, old)| is_used(old.thread) || !shuts_out(*event));
        let counted = counted.map(|(.., old)| old);
        if case.left.contains(&Excluded::Agency(agency)) { Vec::new() } else { counted.collect() }
    };
    known.events.iter().flat_map(of).collect()
}

/// The newest epoch of an agency whose key opens a capsule; none where none does.
fn opened_by(capsule: &event::Capsule, thread: TipId, agency: AgencyNumber, keys: &AgencyKeys) -> Option<u32> {
    let is_ours = matches!(capsule.to, SealedFor::Agency { number, .. } if number == agency);
    let sealed = STANDARD.decode(&capsule.sealed).ok().filter(|_| is_ours)?;
    let mut opens = keys.keys.iter().zip(&keys.epochs).filter(|(key, _)| open_capsule(key, &sealed, thread).is_ok());
    opens.next().map(|(_, epoch)| *epoch)
}

/// Gives an agency a thread key again, under the key that it has now; none where it has none.
pub fn again(old: &Old, key: ThreadKey, opened: Sha256Hash, agency: &Agency) -> Option<Kind> {
    let recipient: HybridRecipient = agency.recipient.as_ref()?.parse().ok()?;
    let text = capsule::Capsule { id: old.thread, letter_sha256: opened, thread: key };
    let to = SealedFor::Agency { number: agency.number, epoch: agency.epoch };
    let capsules = vec![event::Capsule { to, sealed: STANDARD.encode(text.seal(&recipient)) }];
    Some(Kind::Rekey { thread: old.thread, without: old.without.clone(), capsules })
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
