//! The people of the demo and their profiles.

use super::{DemoDesk, DemoError};
use crate::clock::Clock;
use crate::crypto::keyring::{Admin, Member};
use crate::desk::client::Client;
use crate::desk::enrolment::Enrolment;
use crate::desk::files;
use crate::desk::identity::{Identity, WorkFactor};
use crate::desk::passphrase;
use crate::desk::profile::{Part, Profile, Settings, Site};
use crate::model::agency::AgencyNumber;
use age::secrecy::SecretString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Cheap on purpose: a demo's passphrases lie beside its keys.
const WORK: WorkFactor = WorkFactor(14);

/// Directory names of the four agencies, by number.
const AGENCIES: [&str; 4] = ["help-line", "child-welfare", "state-police", "federal-prosecutors"];
/// Members: two for each agency, by number.
const MEMBERS: [[&str; 2]; 4] = [["maria", "tom"], ["grace", "luis"], ["dana", "omar"], ["ruth", "ken"]];
/// Admins and the agencies they come from.
const ADMINS: [(&str, u16); 3] = [("ivy", 0), ("paul", 2), ("nora", 3)];
/// Offline admins, who may replace lost ones.
const RECOVERY: [(&str, u16); 2] = [("safe-1", 1), ("safe-2", 3)];

/// One person with an open profile. No `Debug`: it holds keys.
pub(super) struct Person {
    profile: Profile,
    pub identity: Identity,
    passphrase_path: PathBuf,
}

/// Everyone. Members are in the order of their agencies, two of each.
pub(super) struct People {
    pub admins: Vec<Person>,
    pub recovery: Vec<Person>,
    pub members: Vec<Person>,
}

type Open = fn(&Path, &Settings) -> Result<Person, DemoError>;

impl People {
    /// New keys for everyone, in new directories.
    pub fn create(dir: &Path) -> Result<Self, DemoError> {
        Self::each(dir, Person::create)
    }

    /// Everyone as `create` made them.
    pub fn open(dir: &Path) -> Result<Self, DemoError> {
        Self::each(dir, |path, _| Person::open(path))
    }

    fn each(dir: &Path, open: Open) -> Result<Self, DemoError> {
        let admin = |folder: &str, (name, agency): (&str, u16)| {
            let settings = Settings::new(Part::Admin, name, name, AgencyNumber(agency));
            open(&dir.join(folder).join(name), &settings)
        };
        let admins = ADMINS.into_iter().map(|who| admin("admins", who)).collect::<Result<_, _>>()?;
        let recovery = RECOVERY.into_iter().map(|who| admin("recovery", who)).collect::<Result<_, _>>()?;
        let mut members = Vec::new();
        for (number, names) in (0..).zip(MEMBERS) {
            for name in names {
                let settings = Settings::new(Part::Member, name, name, AgencyNumber(number));
                let folder = format!("{}-{name}", AGENCIES[usize::from(number)]);
                members.push(open(&dir.join("desks").join(folder), &settings)?);
            }
        }
        Ok(Self { admins, recovery, members })
    }

    /// Ties every profile to the site.
    pub fn pin(&mut self, site: &Site) -> Result<(), DemoError> {
        let everyone = self.admins.iter_mut().chain(&mut self.recovery).chain(&mut self.members);
        for person in everyone {
            person.profile.pin(site.genesis)?;
            person.profile.set_server(&site.server, None)?;
        }
        Ok(())
    }

    /// The first member of each agency.
    pub fn desks(&self) -> Vec<DemoDesk> {
        self.members.iter().step_by(2).map(Person::desk).collect()
    }

    /// Every member's, by id.
    pub fn all_desks(&self) -> Vec<(String, DemoDesk)> {
        self.members.iter().map(|member| (member.id().to_owned(), member.desk())).collect()
    }
}

impl Person {
    fn create(dir: &Path, settings: &Settings) -> Result<Self, DemoError> {
        let passphrase_path = passphrase_path(dir);
        if let Some(parent) = dir.parent() {
            files::make_dir(parent)?;
        }
        let passphrase = format!("demo {} passphrase", settings.id);
        files::write_new(&passphrase_path, format!("{passphrase}\n").as_bytes())?;
        let (profile, identity) = Profile::create(dir, settings.clone(), &SecretString::from(passphrase), WORK)?;
        Ok(Self { profile, identity, passphrase_path })
    }

    fn open(dir: &Path) -> Result<Self, DemoError> {
        let profile = Profile::open(dir)?;
        let passphrase_path = passphrase_path(dir);
        let identity = profile.unlock(&passphrase::from_file(&passphrase_path)?)?;
        Ok(Self { profile, identity, passphrase_path })
    }

    fn desk(&self) -> DemoDesk {
        DemoDesk { profile_dir: self.profile.dir().to_owned(), passphrase_path: self.passphrase_path.clone() }
    }

    /// Talks to the staff door as this person.
    pub fn client(&self, clock: Arc<dyn Clock>) -> Result<Client, DemoError> {
        Ok(Client::new(&self.profile.site()?, None, &self.identity, clock)?)
    }

    /// Their id in the keyring.
    pub fn id(&self) -> &str {
        &self.profile.settings().id
    }

    /// What they would stand in the keyring as.
    pub fn admin(&self) -> Admin {
        match self.profile.enrolment(&self.identity) {
            Enrolment::Admin(admin) => admin,
            Enrolment::Member(_) => unreachable!("the demo asks only those that it made as admins"),
        }
    }

    /// What they would stand in the keyring as.
    pub fn member(&self) -> Member {
        match self.profile.enrolment(&self.identity) {
            Enrolment::Member(member) => member,
            Enrolment::Admin(_) => unreachable!("the demo asks only those that it made as members"),
        }
    }
}

fn passphrase_path(dir: &Path) -> PathBuf {
    dir.with_extension("passphrase")
}
