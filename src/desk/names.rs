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

    /// The same of an agency that reads. One person alone is checked by nobody, and whoever works with them is to know.
    pub fn reader(&self, number: AgencyNumber) -> String {
        let name = self.name(number);
        if self.people(number).count() == 1 { format!("{name}, one person alone") } else { name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_of_one_person_is_called_so() {
        let (one, two) = (AgencyNumber(0), AgencyNumber(1));
        let mut names = AgencyNames::of_numbers([(one, "Help line"), (two, "Police")]);
        names.people.insert(one, BTreeSet::from(["mia".into()]));
        names.people.insert(two, BTreeSet::from(["pam".into(), "quin".into()]));
        assert_eq!(names.reader(one), "Help line (0), one person alone");
        assert_eq!((names.reader(two), names.reader(AgencyNumber(2))), ("Police (1)".into(), "agency 2".into()));
    }
}
