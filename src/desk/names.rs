//! What agencies are called: the form's names for them, in English where the site has it.

use super::admin::changes::kind_name;
use crate::crypto::keyring::{Role, Version};
use crate::model::agency::AgencyNumber;
use std::collections::{BTreeMap, BTreeSet};

/// Names by number. Hostile text like any: an admin of another agency wrote it.
#[derive(Clone, Debug, Default)]
pub struct AgencyNames {
    names: BTreeMap<AgencyNumber, String>,
    /// Who reads for each, as the keyring names the persons.
    people: BTreeMap<AgencyNumber, BTreeSet<String>>,
}

impl AgencyNames {
    /// The names that a version of the keyring gives.
    pub fn of(version: &Version) -> Self {
        let words = version.words.get("en").or_else(|| version.words.values().next());
        let name = |number: AgencyNumber| {
            let name = words.and_then(|words| words.agencies.get(&number));
            name.map(|agency| agency.name.trim_end_matches('.').to_owned())
        };
        let agencies = version.public.agencies.iter();
        let named = agencies
            .map(|agency| (agency.number, name(agency.number).unwrap_or_else(|| kind_name(agency.kind).into())));
        let mut people: BTreeMap<AgencyNumber, BTreeSet<String>> = BTreeMap::new();
        for member in version.staff.members.iter().filter(|member| member.roles.contains(&Role::Reader)) {
            people.entry(member.agency).or_default().insert(member.person.clone());
        }
        Self { names: named.collect(), people }
    }

    /// These names.
    #[cfg(test)]
    pub fn of_numbers<const N: usize>(names: [(AgencyNumber, &str); N]) -> Self {
        let names = names.into_iter().map(|(number, name)| (number, name.to_owned())).collect();
        Self { names, people: BTreeMap::new() }
    }

    /// All that have a name, by number.
    pub fn all(&self) -> impl Iterator<Item = (AgencyNumber, String)> {
        self.names.keys().map(|number| (*number, self.name(*number)))
    }

    /// Who reads for an agency, each person once.
    pub fn people(&self, number: AgencyNumber) -> impl Iterator<Item = &str> {
        self.people.get(&number).into_iter().flatten().map(String::as_str)
    }

    /// `The help line (0)`, or `agency 9` where nobody knows a name.
    pub fn name(&self, number: AgencyNumber) -> String {
        self.names.get(&number).map_or_else(|| format!("agency {number}"), |name| format!("{name} ({number})"))
    }
}
