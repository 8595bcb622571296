//! When an agency's key counts as destroyed: once the keyring says so, or two people of the agency do.

use super::{AgencyKey, AgencyKeyName, Version};
use crate::crypto::sign::{Purpose, canonical, verifies};
use crate::model::hex::SignatureBytes;
use std::collections::BTreeSet;

impl Version {
    /// The record of exactly this key.
    pub fn agency_key(&self, name: &AgencyKeyName) -> Option<&AgencyKey> {
        let is_it =
            |key: &&AgencyKey| (key.agency, key.epoch, &key.recipient) == (name.agency, name.epoch, &name.recipient);
        self.staff.agency_keys.iter().find(is_it)
    }

    /// Whether two people who stand here for the key's agency have signed that nothing needs it any more; one, where it has
    /// one. Whatever is not theirs counts for nothing.
    pub fn is_retired_by<'a>(
        &self,
        name: &AgencyKeyName,
        said: impl Iterator<Item = (&'a str, &'a AgencyKeyName, &'a SignatureBytes)>,
    ) -> bool {
        let body = canonical(name);
        let people: BTreeSet<&str> = said
            .filter(|(_, about, _)| *about == name)
            .filter_map(|(id, _, signature)| {
                let mut members = self.staff.members.iter();
                let member = members.find(|member| member.id == id && member.agency == name.agency)?;
                let is_theirs = verifies(&member.key, Purpose::AgencyKeyRetired, body.as_bytes(), signature);
                is_theirs.then_some(member.person.as_str())
            })
            .collect();
        let has_one = self.public.agencies.get(usize::from(name.agency.0)).is_some_and(|agency| agency.one_member);
        people.len() >= if has_one { 1 } else { 2 }
    }
}
