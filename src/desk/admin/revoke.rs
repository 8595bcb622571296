//! Taking members out: who goes, what they had in their hands, and what remains to be done about it.

use super::AdminError;
use crate::crypto::keyring::{Draft, Member, Role, Version};
use crate::model::agency::AgencyNumber;
use std::collections::BTreeSet;

/// What someone who goes could open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// Their agency.
    pub agency: AgencyNumber,
    /// Its keys of which a copy was sealed to them, ascending. None for who was no reader.
    pub epochs: Vec<u32>,
    /// Whether the newest of them is in use: then tips are sealed to it until the agency has another.
    pub is_in_use: bool,
}

/// Takes one device out of the draft, or all of its person's, and gives those that went. Someone must be left to read for
/// the agency.
pub fn revoke(draft: &mut Draft, id: &str, with_all_devices: bool) -> Result<Vec<Member>, AdminError> {
    let members = &draft.staff.members;
    let member = members.iter().find(|member| member.id == id).ok_or_else(|| AdminError::NoMember(id.to_owned()))?;
    let (agency, person) = (member.agency, member.person.clone());
    let is_meant =
        |member: &Member| member.id == id || (with_all_devices && member.agency == agency && member.person == person);
    let is_reader = |member: &&Member| member.agency == agency && member.roles.contains(&Role::Reader);
    let stays = members.iter().filter(|member| !is_meant(member)).filter(is_reader).count();
    if stays == 0 && members.iter().any(|member| is_reader(&member)) {
        return Err(AdminError::LastReader { id: id.to_owned(), agency });
    }
    let (gone, left) = std::mem::take(&mut draft.staff.members).into_iter().partition(is_meant);
    draft.staff.members = left;
    Ok(gone)
}

/// Which keys someone had: those that their agency began to use while they read for it, by all versions there were.
pub fn exposure(versions: impl Iterator<Item = Version>, member: &Member) -> Exposure {
    let (mut epochs, mut newest) = (BTreeSet::new(), 0);
    let mut known = BTreeSet::new();
    let mut was_reader = false;
    for version in versions {
        for key in version.staff.agency_keys.iter().filter(|key| key.agency == member.agency) {
            // Copies were made for those who stood in the version before the key's.
            if known.insert(key.epoch) && was_reader {
                epochs.insert(key.epoch);
            }
        }
        let mut members = version.staff.members.iter();
        was_reader = members.any(|other| other.id == member.id && other.roles.contains(&Role::Reader));
        newest = version.public.agencies.get(usize::from(member.agency.0)).map_or(0, |agency| agency.epoch);
    }
    Exposure { agency: member.agency, is_in_use: epochs.contains(&newest), epochs: epochs.into_iter().collect() }
}

/// Readers of an agency who had the key that it uses and are members no more.
pub fn left_with_the_key(versions: impl Iterator<Item = Version>, agency: AgencyNumber) -> Vec<String> {
    let (mut epoch, mut holders, mut readers) = (0, BTreeSet::new(), BTreeSet::new());
    for version in versions {
        let newest = version.public.agencies.get(usize::from(agency.0)).map_or(0, |agency| agency.epoch);
        if newest != epoch {
            (epoch, holders) = (newest, readers);
        }
        let members = version.staff.members.into_iter();
        let of_agency = members.filter(|member| member.agency == agency && member.roles.contains(&Role::Reader));
        readers = of_agency.map(|member| member.id).collect();
    }
    holders.difference(&readers).cloned().collect()
}
