//! Who might get a tip, as far as a wish can name them.

use crate::crypto::keyring::Version;
use crate::desk::names::AgencyNames;
use crate::model::agency::{AgencyKind, AgencyNumber};

/// Somebody whom a tip could go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its number, where it is an agency of the site.
    pub number: Option<AgencyNumber>,
    /// What it is for.
    pub kind: AgencyKind,
    /// What it is called, as people read it.
    pub name: String,
    /// Persons who work there, as the keyring names them.
    pub people: Vec<String>,
}

/// A member, as far as wishes are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The person, the same on all their machines.
    pub person: String,
    /// Their agency.
    pub agency: AgencyNumber,
    /// What that is for.
    pub kind: AgencyKind,
}

impl Party {
    /// An agency of the site, or none when there is no such number.
    pub fn agency(version: &Version, number: AgencyNumber) -> Option<Self> {
        let agency = version.public.agencies.get(usize::from(number.0))?;
        let members = version.staff.members.iter().filter(|member| member.agency == number);
        let mut people: Vec<String> = members.map(|member| member.person.clone()).collect();
        people.dedup();
        Some(Self { number: Some(number), kind: agency.kind, name: AgencyNames::of(version).name(number), people })
    }

    /// Somebody who is no agency of the site.
    pub fn outside(name: &str, kind: AgencyKind) -> Self {
        Self { number: None, kind, name: name.to_owned(), people: Vec::new() }
    }

    /// What a member's own log calls it: its number, or `outside`. A name that somebody typed is not in there.
    pub fn in_log(&self) -> String {
        self.number.map_or_else(|| "outside".to_owned(), |number| number.to_string())
    }
}

impl Who {
    /// The member with this id, or none in this version.
    pub fn member(version: &Version, id: &str) -> Option<Self> {
        let member = version.staff.members.iter().find(|member| member.id == id)?;
        let kind = version.public.agencies.get(usize::from(member.agency.0))?.kind;
        Some(Self { person: member.person.clone(), agency: member.agency, kind })
    }
}
