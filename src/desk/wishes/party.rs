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
    /// Whether anybody said so: of somebody outside it may be a guess, and a source may have named just that kind.
    pub is_kind_said: bool,
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
        let name = AgencyNames::of(version).name(number);
        Some(Self { number: Some(number), kind: agency.kind, is_kind_said: true, name, people })
    }

    /// Somebody who is no agency of the site.
    pub fn outside(name: &str, kind: AgencyKind) -> Self {
        Self { number: None, kind, is_kind_said: true, name: name.to_owned(), people: Vec::new() }
    }

    /// The same of whom nobody says what they do.
    pub fn unsaid(name: &str) -> Self {
        Self { is_kind_said: false, ..Self::outside(name, AgencyKind::Other) }
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
