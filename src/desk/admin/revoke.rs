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
    /// Its keys that they may have, ascending. None for who was no reader.
    pub epochs: Vec<u32>,
    /// Those of them that were made for others, before they came: they have them where they were given them.
    pub given: Vec<u32>,
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

/// Which keys someone may have: all that their agency had while they read for it, by all versions there were. Copies are made
/// for those who read when a key is made; whoever comes later can be given each that was not destroyed (`desk keys recover
/// join`), and nothing that is signed says whether they were.
pub fn exposure(versions: impl Iterator<Item = Version>, member: &Member) -> Exposure {
    let (mut epochs, mut given, mut newest) = (BTreeSet::new(), BTreeSet::new(), 0);
    for version in versions {
        newest = newest_epoch(&version, member.agency);
        if !version.staff.readers(member.agency).any(|reader| reader.id == member.id) {
            continue;
        }
        let keys = version.staff.agency_keys.iter();
        for key in keys.filter(|key| key.agency == member.agency && key.retired.is_none()) {
            epochs.insert(key.epoch);
            if !key.sealed_to.contains(&member.id) {
                given.insert(key.epoch);
            }
        }
    }
    let is_in_use = epochs.contains(&newest);
    let [epochs, given] = [epochs, given].map(|epochs| epochs.into_iter().collect());
    Exposure { agency: member.agency, epochs, given, is_in_use }
}

/// Those who have read for an agency since it uses its key, and do so no more.
pub fn left_with_the_key(versions: impl Iterator<Item = Version>, agency: AgencyNumber) -> Vec<String> {
    let (mut epoch, mut holders, mut readers) = (0, BTreeSet::new(), BTreeSet::new());
    for version in versions {
        let newest = newest_epoch(&version, agency);
        if newest != epoch {
            (epoch, holders) = (newest, BTreeSet::new());
        }
        readers = version.staff.readers(agency).map(|reader| reader.id.clone()).collect();
        if epoch > 0 {
            holders.extend(readers.iter().cloned());
        }
    }
    holders.difference(&readers).cloned().collect()
}

fn newest_epoch(version: &Version, agency: AgencyNumber) -> u32 {
    version.public.agencies.get(usize::from(agency.0)).map_or(0, |agency| agency.epoch)
}

#[cfg(test)]
#[path = "revoke/tests.rs"]
mod tests;
