//! The test site's keyring: two agencies with two members each, three admins of whom two must sign.

use ed25519_dalek::SigningKey;
use knothole::crypto::keyring::*;
use knothole::crypto::shape::{LongBech32, RECIPIENT_PREFIX};
use knothole::crypto::sign::public_key;
use knothole::crypto::tar::{SiteMark, site_mark};
use knothole::model::agency::{AgencyKind, AgencyNumber};
use knothole::model::day::Day;
use knothole::model::hex::{Hex, Sha256Hash};
use knothole::model::tip::TipId;
use std::collections::BTreeMap;

/// Admins and the agency each comes from.
pub const ADMINS: [(&str, u16); 3] = [("ada", 0), ("bea", 1), ("cyd", 0)];
/// Members and their agency.
pub const MEMBERS: [(&str, u16); 4] = [("mia", 0), ("ned", 0), ("pam", 1), ("quin", 1)];

/// The signing key of a person of the site, or of anyone else.
pub fn key(id: &str) -> SigningKey {
    let mut seed = [7; 32];
    seed[..id.len()].copy_from_slice(id.as_bytes());
    SigningKey::from_bytes(&seed)
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn genesis() -> Sha256Hash {
    hash_of(&version_0().public)
}

/// The twelve words of the site.
pub fn twelve_words() -> String {
    words_of(&genesis())
}

/// What a tip for the site carries.
pub fn mark(id: TipId) -> SiteMark {
    site_mark(&twelve_words(), id)
}

/// No agency has a key yet.
pub fn version_0() -> SignedVersion {
    signed(first_draft(), &["ada", "bea"])
}

/// Both agencies have a key, made by their first member and opened by their second.
pub fn version_1() -> SignedVersion {
    let mut draft = following(&version_0());
    for (agency, maker, opener) in [(0, "mia", "ned"), (1, "pam", "quin")] {
        give_key(&mut draft, agency, maker, opener);
    }
    signed(draft, &["ada", "bea"])
}

/// A draft of the version after `version`, whatever that is signed by.
pub fn following(version: &SignedVersion) -> Draft {
    Draft::following(&version.read().unwrap())
}

pub fn signed(draft: Draft, admins: &[&str]) -> SignedVersion {
    let mut version = draft.freeze();
    for id in admins {
        version.add_signature(id, &key(id));
    }
    version
}

pub fn key_name(agency: u16, epoch: u32) -> AgencyKeyName {
    AgencyKeyName {
        agency: AgencyNumber(agency),
        epoch,
        recipient: recipient(&format!("agency {agency} epoch {epoch}")),
    }
}

/// What looks like a recipient and differs for each name. Nothing can be sealed to it.
pub fn recipient(name: &str) -> String {
    let mut key = [0; 1216];
    key[..name.len()].copy_from_slice(name.as_bytes());
    bech32::encode_lower::<LongBech32>(RECIPIENT_PREFIX, &key).unwrap()
}

/// Adds agency 2 and its one member.
pub fn add_third_agency(draft: &mut Draft) {
    draft.public.agencies.push(Agency { one_member: true, ..agency(2, AgencyKind::Prosecutor) });
    draft.staff.members.push(member("rae", 2));
}

/// Gives an agency its next key, as two of its members have said.
pub fn give_key(draft: &mut Draft, agency: u16, maker: &str, opener: &str) {
    let place = &mut draft.public.agencies[usize::from(agency)];
    place.epoch += 1;
    let name = key_name(agency, place.epoch);
    place.recipient = Some(name.recipient.clone());
    let sealed_to: Vec<String> = draft.staff.readers(name.agency).map(|reader| reader.id.clone()).collect();
    draft.staff.agency_keys.push(AgencyKey {
        agency: name.agency,
        epoch: name.epoch,
        recipient: name.recipient.clone(),
        made: Statement { member: maker.into(), signature: name.sign_made(&sealed_to, &key(maker)) },
        sealed_to,
        opened: vec![Statement { member: opener.into(), signature: name.sign_opened(&key(opener)) }],
        retired: None,
    });
}

fn first_draft() -> Draft {
    Draft {
        public: Public {
            format: 1,
            site: Hex([1; 16]),
            version: 0,
            previous: None,
            issued: day("2026-11-01"),
            expires: day("2027-02-01"),
            agencies: vec![agency(0, AgencyKind::HelpLine), agency(1, AgencyKind::Police)],
            admins: ADMINS.map(|(id, agency)| admin(id, agency)).into(),
            threshold: 2,
            recovery: Recovery { admins: vec![], threshold: 2, delay_days: 30 },
            languages: BTreeMap::new(),
            pages: BTreeMap::new(),
            staff: Hex([0; 32]),
        },
        staff: Staff {
            salt: Hex([2; 16]),
            members: MEMBERS.map(|(id, agency)| member(id, agency)).into(),
            agency_keys: vec![],
            priority: vec![],
            clocks: vec![],
            retention: BTreeMap::new(),
        },
        words: BTreeMap::from([("en".into(), words())]),
    }
}

fn agency(number: u16, kind: AgencyKind) -> Agency {
    Agency {
        number: AgencyNumber(number),
        kind,
        status: AgencyStatus::Open,
        epoch: 0,
        recipient: None,
        one_member: false,
        share_holders: vec![],
    }
}

pub fn admin(id: &str, agency: u16) -> Admin {
    let agency = AgencyNumber(agency);
    Admin { id: id.into(), agency, key: public_key(&key(id)), proof: prove_admin(&key(id), id, agency) }
}

fn member(id: &str, agency: u16) -> Member {
    let mut member = Member {
        id: id.into(),
        person: id.into(),
        agency: AgencyNumber(agency),
        roles: vec![Role::Reader],
        key: public_key(&key(id)),
        recipient: recipient(id),
        proof: Hex([0; 64]),
    };
    member.proof = prove_member(&key(id), &member);
    member
}

fn words() -> Words {
    let agency = |name: &str| AgencyWords { name: name.into(), line: "People <who> help & listen.".into() };
    Words {
        lang: "en".into(),
        agencies: BTreeMap::from([
            (AgencyNumber(0), agency("The </script> help line")),
            (AgencyNumber(1), agency("State police")),
        ]),
        site: SiteWords {
            state: "Connecticut".into(),
            hotline_phone: "1-888-373-7888".into(),
            hotline_text: "233733".into(),
            exit_url: "https://www.weather.gov/".into(),
            urgent_time: "one hour".into(),
            normal_time: "two days".into(),
        },
        legal: LEGAL_NAMES.iter().map(|known| (known.name.into(), legal(known.about))).collect(),
        review: Some(Review { translator: "tess".into(), back_translator: "bob".into(), on: day("2026-10-30") }),
    }
}

fn legal(text: &str) -> LegalText {
    LegalText { text: text.into(), reviewed_by: "A. Lawyer".into(), reviewed_on: day("2026-10-30") }
}
