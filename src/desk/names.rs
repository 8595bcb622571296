//! What agencies are called: the form's names for them, in English where the site has it.

use super::admin::changes::kind_name;
use crate::crypto::keyring::Version;
use crate::model::agency::AgencyNumber;
use std::collections::BTreeMap;

/// Names by number. Hostile text like any: an admin of another agency wrote it.
#[derive(Clone, Debug, Default)]
pub struct AgencyNames(BTreeMap<AgencyNumber, String>);

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
        Self(named.collect())
    }

    /// These names.
    #[cfg(test)]
    pub fn of_numbers<const N: usize>(names: [(AgencyNumber, &str); N]) -> Self {
        Self(names.into_iter().map(|(number, name)| (number, name.to_owned())).collect())
    }

    /// All that have a name, by number.
    pub fn all(&self) -> impl Iterator<Item = (AgencyNumber, String)> {
        self.0.keys().map(|number| (*number, self.name(*number)))
    }

    /// `The help line (0)`, or `agency 9` where nobody knows a name.
    pub fn name(&self, number: AgencyNumber) -> String {
        self.0.get(&number).map_or_else(|| format!("agency {number}"), |name| format!("{name} ({number})"))
    }
}
