//! A site of two agencies with two members each and two admins, made by the functions that the tool itself uses.

use super::door::Door;
use age::secrecy::SecretString;
use knothole::clock::FixedClock;
use knothole::crypto::hybrid::HybridRecipient;
use knothole::crypto::keyring::{Admin, Draft, Member, SignedVersion, Version};
use knothole::desk::admin::{self, NewSite};
use knothole::desk::agency_keys;
use knothole::desk::client::Client;
use knothole::desk::enrolment::Enrolment;
use knothole::desk::identity::{Identity, WorkFactor};
use knothole::desk::profile::{Part, Profile, Settings};
use knothole::model::agency::{AgencyKind, AgencyNumber};
use knothole::model::day::Day;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// 2026-11-24, a little before two.
pub const NOW: u64 = 1_795_485_599;
/// Opens every profile of the site.
pub const PASSPHRASE: &str = "a passphrase of the tests";
const VALID_DAYS: u32 = 90;

/// Someone with a profile.
pub struct Person {
    pub profile: Profile,
    pub identity: Identity,
}

/// Everyone. Members 0 and 1 are of agency 0, members 2 and 3 of agency 1, and where there is a third, members 4 and 5 of that.
pub struct Site {
    pub dir: TempDir,
    pub admins: Vec<Person>,
    pub members: Vec<Person>,
    pub zero: SignedVersion,
}

pub fn today() -> Day {
    "2026-11-24".parse().unwrap()
}

impl Site {
    /// Profiles for everyone, pinned to a door at this address, and version 0 as the admins have signed it.
    pub fn new(server: &str) -> Self {
        Self::with(server, &[AgencyKind::HelpLine, AgencyKind::Police])
    }

    /// The same with these agencies, three at the most.
    fn with(server: &str, agencies: &[AgencyKind]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let person = |part, id: &str, agency| Person::new(dir.path(), part, id, agency);
        let admins = vec![person(Part::Admin, "ada", 0), person(Part::Admin, "bea", 1)];
        let members = [("mia", 0), ("ned", 0), ("pam", 1), ("quin", 1), ("rosa", 2), ("sam", 2)];
        let members = members.into_iter().take(2 * agencies.len());
        let members = members.map(|(id, agency)| person(Part::Member, id, agency)).collect();
        let new = NewSite {
            agencies: agencies.to_vec(),
            admins: admins.iter().map(Person::as_admin).collect(),
            threshold: 2,
            valid_days: VALID_DAYS,
        };
        let zero = signed(&admins, admin::first_draft(new, today()), None);
        let mut site = Self { dir, admins, members, zero };
        let genesis = admin::hash(&site.zero);
        for person in site.admins.iter_mut().chain(&mut site.members) {
            person.profile.pin(genesis).unwrap();
            person.profile.set_server(server, None).unwrap();
        }
        site
    }

    /// A version that follows another, signed by both admins.
    pub fn next(&self, before: &SignedVersion, change: impl FnOnce(&mut Draft)) -> SignedVersion {
        self.next_at(before, today(), change)
    }

    /// The same on another day.
    pub fn next_at(&self, before: &SignedVersion, day: Day, change: impl FnOnce(&mut Draft)) -> SignedVersion {
        let before = before.read().unwrap();
        let mut draft = admin::next_draft(&before, day, VALID_DAYS);
        change(&mut draft);
        signed(&self.admins, draft, Some(&before))
    }

    /// Publishes versions 0 (admins), 1 (members) and 2 (agency keys that members have made and confirmed). Gives the last.
    pub async fn publish_all(&self) -> SignedVersion {
        let ada = self.admins[0].client();
        admin::publish(&ada, &self.zero, None).await.unwrap();
        let one = self.next(&self.zero, |draft| {
            for person in &self.members {
                admin::add_member(draft, person.as_member()).unwrap();
            }
        });
        admin::publish(&ada, &one, Some(&self.zero.read().unwrap())).await.unwrap();
        let version = one.read().unwrap();
        for pair in self.members.chunks(2) {
            let [maker, second] = pair else { unreachable!("every agency has two members") };
            agency_keys::rotate(&maker.client(), &version, &maker.as_member(), &maker.identity, today()).await.unwrap();
            agency_keys::confirm(&second.client(), &version, &second.as_member(), &second.identity, today())
                .await
                .unwrap();
        }
        let secrets = ada.secrets().await.unwrap();
        let two = self.next(&one, |draft| {
            assert_eq!(admin::take_agency_keys(draft, &secrets).0.len(), self.members.len() / 2);
        });
        admin::publish(&ada, &two, Some(&version)).await.unwrap();
        two
    }

    /// Someone else with a profile for the site, whom no version names yet.
    pub fn newcomer(&self, id: &str, agency: u16) -> Person {
        let site = self.members[0].profile.site().unwrap();
        Self::pinned(Person::new(self.dir.path(), Part::Member, id, agency), &site)
    }

    /// Another machine of somebody.
    #[cfg(feature = "server")]
    pub fn device(&self, id: &str, owner: &str, agency: u16) -> Person {
        let site = self.members[0].profile.site().unwrap();
        Self::pinned(Person::named(self.dir.path(), Part::Member, (id, owner), agency), &site)
    }

    /// Someone who is to sign, whom no version names yet.
    pub fn new_admin(&self, id: &str, agency: u16) -> Person {
        let site = self.members[0].profile.site().unwrap();
        Self::pinned(Person::new(self.dir.path(), Part::Admin, id, agency), &site)
    }

    fn pinned(mut person: Person, site: &knothole::desk::profile::Site) -> Person {
        person.profile.pin(site.genesis).unwrap();
        person.profile.set_server(&site.server, None).unwrap();
        person
    }

    /// A door with the whole site behind it.
    pub async fn at_door() -> (Self, Door, SignedVersion) {
        Self::behind(&[AgencyKind::HelpLine, AgencyKind::Police]).await
    }

    /// The same with child welfare as the third agency.
    pub async fn of_three() -> (Self, Door, SignedVersion) {
        Self::behind(&[AgencyKind::HelpLine, AgencyKind::Police, AgencyKind::ChildWelfare]).await
    }

    async fn behind(agencies: &[AgencyKind]) -> (Self, Door, SignedVersion) {
        let door = Door::open().await;
        let site = Self::with(&door.address(), agencies);
        let newest = site.publish_all().await;
        (site, door, newest)
    }
}

impl Person {
    fn new(dir: &Path, part: Part, id: &str, agency: u16) -> Self {
        Self::named(dir, part, (id, id), agency)
    }

    fn named(dir: &Path, part: Part, (id, person): (&str, &str), agency: u16) -> Self {
        let settings = Settings::new(part, id, person, AgencyNumber(agency));
        let passphrase = SecretString::from(PASSPHRASE);
        let (profile, identity) = Profile::create(&dir.join(id), settings, &passphrase, WorkFactor(2)).unwrap();
        Self { profile, identity }
    }

    pub fn client(&self) -> Client {
        self.client_at(NOW)
    }

    pub fn client_at(&self, now: u64) -> Client {
        let clock = Arc::new(FixedClock(now));
        Client::new(&self.profile.site().unwrap(), None, &self.identity, clock).unwrap()
    }

    pub fn as_admin(&self) -> Admin {
        self.enrolment().into_admin().unwrap()
    }

    pub fn as_member(&self) -> Member {
        self.enrolment().into_member().unwrap()
    }

    fn enrolment(&self) -> Enrolment {
        self.profile.enrolment(&self.identity)
    }
}

/// What tips for an agency are sealed to.
pub fn recipient(version: &SignedVersion, agency: usize) -> HybridRecipient {
    let version = version.read().unwrap();
    version.public.agencies[agency].recipient.as_ref().unwrap().parse().unwrap()
}

fn signed(admins: &[Person], draft: Draft, before: Option<&Version>) -> SignedVersion {
    let mut version = admin::freeze(draft);
    for person in admins {
        admin::sign(&mut version, before, &person.identity).unwrap();
    }
    version
}
