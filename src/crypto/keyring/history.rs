//! What a version may not undo: agencies' numbers, epochs and the record of their keys, and who is who. Whoever takes part in
//! a new key of an agency must have been a member before: otherwise one version could bring invented members with a key of theirs.

use super::{Agency, AgencyKey, AgencyKeyName, AgencyStatus, KeyringError, Member, Role, Staff, Statement, Version};
use crate::crypto::sign::{Purpose, canonical, verifies};
use crate::model::agency::AgencyNumber;
use crate::model::hex::VerifyingKeyBytes;
use std::collections::BTreeSet;

/// What someone is in a keyring. Ids count within one part, keys in all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Admin,
    Recovery,
    Member,
}

/// Whoever holds a signing key of the keyring: what they stay as long as they are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holder<'a> {
    pub part: Part,
    pub id: &'a str,
    /// None for admins.
    pub person: Option<&'a str>,
    pub agency: AgencyNumber,
    pub key: VerifyingKeyBytes,
}

/// Ids and keys of those who were taken away: nobody has them again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    ids: BTreeSet<(Part, String)>,
    keys: BTreeSet<VerifyingKeyBytes>,
}

impl Spent {
    /// What is spent once `after` has followed `before`, to which `self` belongs.
    pub(super) fn after(&self, before: &Version, after: &Version) -> Self {
        let left: BTreeSet<_> = after.people().map(|person| (person.part, person.id)).collect();
        let mut spent = self.clone();
        for gone in before.people().filter(|person| !left.contains(&(person.part, person.id))) {
            spent.ids.insert((gone.part, gone.id.to_owned()));
            spent.keys.insert(gone.key);
        }
        spent
    }
}

impl Version {
    /// Everyone in it.
    pub(super) fn people(&self) -> impl Iterator<Item = Holder<'_>> {
        let admins = self.public.admins.iter().map(|admin| (Part::Admin, admin));
        let recovery = self.public.recovery.admins.iter().map(|admin| (Part::Recovery, admin));
        let admins = admins.chain(recovery).map(|(part, admin)| Holder {
            part,
            id: &admin.id,
            person: None,
            agency: admin.agency,
            key: admin.key,
        });
        admins.chain(self.staff.members.iter().map(|member| Holder {
            part: Part::Member,
            id: &member.id,
            person: Some(&member.person),
            agency: member.agency,
            key: member.key,
        }))
    }

    /// Every recipient in it, and whose it is.
    pub fn recipients(&self) -> impl Iterator<Item = (String, &str)> {
        let agencies = self.public.agencies.iter().filter_map(|agency| {
            let recipient = agency.recipient.as_deref()?;
            Some((format!("agency {}", agency.number), recipient))
        });
        let keys = self.staff.agency_keys.iter();
        let keys = keys.map(|key| (format!("agency {}, epoch {}", key.agency, key.epoch), key.recipient.as_str()));
        let members = self.staff.members.iter();
        let members = members.map(|member| (format!("member {:?}", member.id), member.recipient.as_str()));
        agencies.chain(keys).chain(members)
    }
}

/// Whether `after` may follow `before`, which is none for version 0.
pub(super) fn check(before: Option<&Version>, after: &Version) -> Result<(), KeyringError> {
    if let Some(before) = before {
        check_identities(before, after)?;
    }
    check_agencies(before, after)?;
    check_key_record(before, after)
}

fn check_identities(before: &Version, after: &Version) -> Result<(), KeyringError> {
    let spent = before.spent.after(before, after);
    for person in after.people() {
        if spent.ids.contains(&(person.part, person.id.to_owned())) || spent.keys.contains(&person.key) {
            return Err(KeyringError::CameBack(person.id.to_owned()));
        }
        let known = before.people().find(|known| (known.part, known.id) == (person.part, person.id));
        if known.is_some_and(|known| known != person) {
            return Err(KeyringError::OtherIdentity(person.id.to_owned()));
        }
    }
    Ok(())
}

fn check_agencies(before: Option<&Version>, after: &Version) -> Result<(), KeyringError> {
    let known = before.map_or(&[][..], |version| &version.public.agencies);
    let agencies = &after.public.agencies;
    if let Some(lost) = known.get(agencies.len()) {
        return Err(KeyringError::NumberReused(lost.number));
    }
    for agency in agencies {
        let old = known.get(usize::from(agency.number.0));
        if old.is_some_and(|old| old.kind != agency.kind) {
            return Err(KeyringError::NumberReused(agency.number));
        }
        let (old_epoch, old_recipient) = old.map_or((0, None), |old| (old.epoch, old.recipient.as_ref()));
        let is_same = agency.epoch == old_epoch && agency.recipient.as_ref() == old_recipient;
        let is_next = agency.epoch.checked_sub(1) == Some(old_epoch) && agency.recipient.is_some();
        if !is_same && !is_next {
            return Err(KeyringError::Epoch(agency.number));
        }
        if is_next {
            let begins = before.and_then(|before| Some((before, new_key(agency, after)?)));
            let (before, key) = begins.ok_or(KeyringError::NoStatement(agency.number))?;
            check_copies(key, after)?;
            if !is_stated(key, agency, before, after) {
                return Err(KeyringError::NoStatement(agency.number));
            }
            check_copies(key, before)?;
        }
    }
    Ok(())
}

/// The record of the key that an agency begins to use.
fn new_key<'a>(agency: &Agency, after: &'a Version) -> Option<&'a AgencyKey> {
    let mut keys = after.staff.agency_keys.iter();
    keys.find(|key| key.agency == agency.number && key.epoch == agency.epoch)
        .filter(|key| agency.recipient.as_ref() == Some(&key.recipient))
}

/// Whether a new key has the word of its maker, and that of a second person unless there is none. A false word among true ones
/// spoils all: those who sign are shown the names.
fn is_stated(key: &AgencyKey, agency: &Agency, before: &Version, after: &Version) -> bool {
    let name = AgencyKeyName { agency: key.agency, epoch: key.epoch, recipient: key.recipient.clone() };
    let maker = member_of(key.agency, &key.made, before, after)
        .filter(|maker| name.is_made_by(&key.sealed_to, &maker.key, &key.made.signature));
    let body = canonical(&name);
    let said = |statement: &Statement| {
        member_of(key.agency, statement, before, after)
            .filter(|member| verifies(&member.key, Purpose::AgencyKeyOpened, body.as_bytes(), &statement.signature))
    };
    let Some((maker, seconds)) = maker.zip(key.opened.iter().map(said).collect::<Option<Vec<_>>>()) else {
        return false;
    };
    let had_one_member = before.public.agencies.get(usize::from(agency.number.0)).is_some_and(|old| old.one_member);
    seconds.iter().any(|second| second.person != maker.person) || (agency.one_member && had_one_member)
}

/// The member in whose name a statement is, when they stand for the key's agency in both versions.
fn member_of<'a>(
    agency: AgencyNumber,
    statement: &Statement,
    before: &'a Version,
    after: &Version,
) -> Option<&'a Member> {
    let mut members = before.staff.members.iter();
    let member = members.find(|member| member.id == statement.member && member.agency == agency)?;
    // The same id in both is the same person with the same key: `check_identities`.
    after.staff.members.iter().any(|now| now.id == member.id).then_some(member)
}

/// Whether each for whom a key was made reads for its agency in a version: the one before it, so that nobody is among them who
/// only comes with it, and the one that begins with it. Who was taken out since it was made, or is by that version, has a copy.
fn check_copies(key: &AgencyKey, version: &Version) -> Result<(), KeyringError> {
    let out = version.staff.one_out(key.agency, &key.sealed_to).map(str::to_owned);
    out.map_or(Ok(()), |id| Err(KeyringError::MadeForOneOut { agency: key.agency, epoch: key.epoch, id }))
}

impl Staff {
    /// Whether an agency has begun to use this key. None begins with it again: whoever had it, and was taken out since, would
    /// open what comes.
    pub fn has_used(&self, recipient: &str) -> bool {
        is_used(&self.agency_keys, recipient)
    }

    /// The first of those for whom a key was made who does not read for its agency here.
    pub fn one_out<'a>(&self, agency: AgencyNumber, sealed_to: &'a [String]) -> Option<&'a str> {
        let reads = |id: &&str| self.readers(agency).any(|member| member.id == **id);
        sealed_to.iter().map(String::as_str).find(|id| !reads(id))
    }

    /// Who reads for an agency.
    pub fn readers(&self, agency: AgencyNumber) -> impl Iterator<Item = &Member> {
        let members = self.members.iter();
        members.filter(move |member| member.agency == agency && member.roles.contains(&Role::Reader))
    }
}

fn is_used(keys: &[AgencyKey], recipient: &str) -> bool {
    keys.iter().any(|key| key.recipient == recipient)
}

/// What was recorded stays as it is, but for the day on which a key was destroyed; what is new is what agencies begin to use.
fn check_key_record(before: Option<&Version>, after: &Version) -> Result<(), KeyringError> {
    let known = before.map_or(&[][..], |version| &version.staff.agency_keys);
    let keys = &after.staff.agency_keys;
    for (index, old) in known.iter().enumerate() {
        let is_kept = keys.get(index).is_some_and(|key| {
            let retired = old.retired.or(key.retired);
            *key == AgencyKey { retired, ..old.clone() }
        });
        if !is_kept {
            return Err(KeyringError::KeyRecord { agency: old.agency, epoch: old.epoch });
        }
    }
    for (index, key) in keys.iter().enumerate().skip(known.len()) {
        let place = usize::from(key.agency.0);
        let old_epoch = before.and_then(|version| version.public.agencies.get(place)).map_or(0, |old| old.epoch);
        let agency = after.public.agencies.get(place);
        let is_next = agency.is_some_and(|agency| agency.epoch == key.epoch && key.epoch != old_epoch);
        let is_first = keys[..index].iter().all(|other| (other.agency, other.epoch) != (key.agency, key.epoch));
        if !(is_next && is_first && key.retired.is_none()) {
            return Err(KeyringError::KeyOutOfPlace { agency: key.agency, epoch: key.epoch });
        }
        if is_used(&keys[..index], &key.recipient) {
            return Err(KeyringError::KeyAgain { agency: key.agency, epoch: key.epoch });
        }
    }
    let open = after.public.agencies.iter().filter(|agency| agency.status == AgencyStatus::Open);
    for agency in open {
        let mut retired = keys.iter().filter(|key| key.retired.is_some());
        if retired.any(|key| (key.agency, key.epoch) == (agency.number, agency.epoch)) {
            return Err(KeyringError::RetiredInUse(agency.number));
        }
    }
    Ok(())
}
