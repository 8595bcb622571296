//! The rules that one version keeps by itself, and the walk along the chain. Each refusal is an error of its own.

use super::build::EnrolClaim;
use super::history::Part;
use super::recovered;
use super::words::is_language;
use super::{
    Admin, Agency, FORMAT, KeyringError, Public, Recovery, SignedVersion, Spent, Staff, Version, Words, hash_of,
    history,
};
use crate::crypto::shape::is_hybrid_recipient;
use crate::crypto::sign::{Purpose, canonical, verifies};
use crate::crypto::tar::MAX_AGENCIES;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Sha256Hash, VerifyingKeyBytes};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest admins that may sign a version. In code, not in policy.
pub const MIN_THRESHOLD: u32 = 2;

const MAX_NAME_LEN: usize = 64;

impl SignedVersion {
    /// Reads the documents and checks that they fit together, and that a page may show the words. Trusts nobody yet.
    pub fn read(&self) -> Result<Version, KeyringError> {
        check_format(&self.public)?;
        let public: Public = document("public", &self.public)?;
        let staff: Staff = document("staff", &self.staff)?;
        if hash_of(&self.staff) != public.staff {
            return Err(KeyringError::OtherDocument("staff"));
        }
        let hashes: BTreeMap<_, _> = self.words.iter().map(|(lang, text)| (lang.clone(), hash_of(text))).collect();
        if hashes != public.languages {
            return Err(KeyringError::OtherDocument("words"));
        }
        let mut words = BTreeMap::new();
        for (lang, text) in &self.words {
            let read: Words = document("words", text)?;
            if read.lang != *lang {
                return Err(KeyringError::OtherDocument("words"));
            }
            read.check()?;
            words.insert(lang.clone(), read);
        }
        Ok(Version { hash: hash_of(&self.public), public, staff, words, spent: Spent::default() })
    }
}

/// Takes version 0 of the site whose genesis is pinned.
pub fn verify_first(signed: &SignedVersion, genesis: &Sha256Hash) -> Result<Version, KeyringError> {
    let version = signed.read()?;
    if version.public.version != 0 || version.public.previous.is_some() {
        return Err(KeyringError::NotFirst(version.public.version));
    }
    if version.hash != *genesis {
        return Err(KeyringError::OtherGenesis(version.hash));
    }
    check_inside(&version)?;
    history::check(None, &version)?;
    check_signatures(signed, &Signers::admins(&version.public))?;
    Ok(version)
}

/// Takes the version that follows `previous`, signed by its admins or by its recovery admins. Whether everyone could see those
/// coming is for whoever has a clock. Who was taken away before `previous` is known only where that was verified itself.
pub fn verify_next(previous: &Version, signed: &SignedVersion) -> Result<Version, KeyringError> {
    let mut version = signed.read()?;
    let (found, known) = (version.public.version, previous.public.version);
    if found < known {
        return Err(KeyringError::RolledBack { found, known });
    }
    if found == known {
        return Err(KeyringError::Fork(found));
    }
    if found > known + 1 {
        return Err(KeyringError::Gap { found, expected: known + 1 });
    }
    if version.public.previous != Some(previous.hash) {
        return Err(KeyringError::Fork(found));
    }
    if version.public.site != previous.public.site {
        return Err(KeyringError::OtherSite);
    }
    if version.public.issued < previous.public.issued {
        return Err(KeyringError::Days);
    }
    check_inside(&version)?;
    history::check(Some(previous), &version)?;
    let by_recovery = previous.public.is_recovered_by(signed);
    if by_recovery {
        recovered::check(previous, &version)?;
    }
    let signers = if by_recovery { Signers::recovery } else { Signers::admins };
    check_signatures(signed, &signers(&previous.public))?;
    version.spent = previous.spent.after(previous, &version);
    Ok(version)
}

/// Walks a whole chain from version 0 on and gives its newest version. An empty chain is a gap.
pub fn verify_chain(genesis: &Sha256Hash, chain: &[SignedVersion]) -> Result<Version, KeyringError> {
    let (first, rest) = chain.split_first().ok_or(KeyringError::Gap { found: 0, expected: 0 })?;
    let first = verify_first(first, genesis)?;
    rest.iter().try_fold(first, |previous, signed| verify_next(&previous, signed))
}

impl Version {
    /// Refuses a version that had expired before `today`.
    pub fn check_not_expired(&self, today: Day) -> Result<(), KeyringError> {
        if today > self.public.expires { Err(KeyringError::Expired(self.public.expires)) } else { Ok(()) }
    }
}

fn check_format(public: &str) -> Result<(), KeyringError> {
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    let found: Format = serde_json::from_str(public).map_err(|_| KeyringError::Malformed("public"))?;
    if found.format == FORMAT { Ok(()) } else { Err(KeyringError::UnknownFormat(found.format)) }
}

fn document<T: DeserializeOwned + Serialize>(name: &'static str, text: &str) -> Result<T, KeyringError> {
    let read: T = serde_json::from_str(text).map_err(|_| KeyringError::Malformed(name))?;
    if canonical(&read) == text { Ok(read) } else { Err(KeyringError::NotCanonical(name)) }
}

fn check_inside(version: &Version) -> Result<(), KeyringError> {
    let public = &version.public;
    if public.expires < public.issued {
        return Err(KeyringError::Days);
    }
    if public.agencies.len() > MAX_AGENCIES {
        return Err(KeyringError::TooManyAgencies);
    }
    for (index, agency) in public.agencies.iter().enumerate() {
        if usize::from(agency.number.0) != index {
            return Err(KeyringError::AgencyNumber(agency.number));
        }
    }
    check_people(version)?;
    check_recipients(version)?;
    if let Some(tag) = public.languages.keys().chain(public.pages.keys()).find(|tag| !is_language(tag)) {
        return Err(KeyringError::BadLanguage(tag.clone()));
    }
    for agency in &public.agencies {
        check_one_member(agency, &version.staff)?;
        // Whoever holds shares outside the agency is a reader whom no form names.
        if !agency.share_holders.is_empty() {
            return Err(KeyringError::ShareHolders(agency.number));
        }
    }
    if !is_reachable(&public.admins, public.threshold) {
        return Err(KeyringError::Threshold(public.threshold));
    }
    let recovery = &public.recovery;
    let is_possible = recovery.admins.is_empty() || is_reachable(&recovery.admins, recovery.threshold);
    if is_possible { Ok(()) } else { Err(KeyringError::Recovery) }
}

fn check_people(version: &Version) -> Result<(), KeyringError> {
    let mut seen = Seen { agencies: version.public.agencies.len(), ids: BTreeSet::new(), keys: BTreeSet::new() };
    for person in version.people() {
        for name in [Some(person.id), person.person].into_iter().flatten() {
            if !is_name(name) {
                return Err(KeyringError::BadName(name.to_owned()));
            }
        }
        seen.add((person.part, person.id), person.agency, person.key)?;
    }
    for admin in version.public.admins.iter().chain(&version.public.recovery.admins) {
        EnrolClaim::of_admin(&admin.id, admin.agency, admin.key).check(&admin.proof)?;
    }
    version.staff.members.iter().try_for_each(|member| EnrolClaim::of_member(member).check(&member.proof))
}

fn is_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=MAX_NAME_LEN).contains(&name.len()) && name.bytes().all(is_plain)
}

fn check_recipients(version: &Version) -> Result<(), KeyringError> {
    match version.recipients().find(|(_, recipient)| !is_hybrid_recipient(recipient)) {
        Some((whose, _)) => Err(KeyringError::BadRecipient(whose)),
        None => Ok(()),
    }
}

struct Seen<'a> {
    agencies: usize,
    ids: BTreeSet<(Part, &'a str)>,
    keys: BTreeSet<VerifyingKeyBytes>,
}

impl<'a> Seen<'a> {
    /// One human may hold two roles, but only with two separate keys (USERS.md D1).
    fn add(&mut self, id: (Part, &'a str), agency: AgencyNumber, key: VerifyingKeyBytes) -> Result<(), KeyringError> {
        if usize::from(agency.0) >= self.agencies {
            return Err(KeyringError::UnknownAgency(id.1.to_owned()));
        }
        let is_new = self.ids.insert(id) && self.keys.insert(key);
        if is_new { Ok(()) } else { Err(KeyringError::Twice(id.1.to_owned())) }
    }
}

/// Whether so many of these can sign together, from two agencies.
fn is_reachable(admins: &[Admin], threshold: u32) -> bool {
    let agencies: BTreeSet<_> = admins.iter().map(|admin| admin.agency).collect();
    let enough = u32::try_from(admins.len()).is_ok_and(|count| count >= threshold);
    threshold >= MIN_THRESHOLD && enough && agencies.len() >= 2
}

fn check_one_member(agency: &Agency, staff: &Staff) -> Result<(), KeyringError> {
    let people: BTreeSet<_> =
        staff.members.iter().filter(|member| member.agency == agency.number).map(|member| &member.person).collect();
    if agency.one_member == (people.len() == 1) { Ok(()) } else { Err(KeyringError::OneMember(agency.number)) }
}

/// Who signs a version, and what their signatures are for.
struct Signers<'a> {
    admins: &'a [Admin],
    threshold: u32,
    purpose: Purpose,
}

impl<'a> Signers<'a> {
    fn admins(public: &'a Public) -> Self {
        Self { admins: &public.admins, threshold: public.threshold, purpose: Purpose::Keyring }
    }

    fn recovery(public: &'a Public) -> Self {
        let Recovery { admins, threshold, .. } = &public.recovery;
        Self { admins, threshold: *threshold, purpose: Purpose::Recovery }
    }
}

fn check_signatures(signed: &SignedVersion, signers: &Signers<'_>) -> Result<(), KeyringError> {
    let mut agencies = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for by in &signed.signatures {
        if ids.contains(&by.admin) {
            return Err(KeyringError::SignedTwice(by.admin.clone()));
        }
        let admin = signers
            .admins
            .iter()
            .find(|admin| admin.id == by.admin)
            .filter(|admin| verifies(&admin.key, signers.purpose, signed.public.as_bytes(), &by.signature))
            .ok_or_else(|| KeyringError::BadSignature(by.admin.clone()))?;
        agencies.insert(admin.agency);
        ids.insert(&admin.id);
    }
    let found = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    let needed = signers.threshold.max(MIN_THRESHOLD);
    if found < needed {
        return Err(KeyringError::TooFewSignatures { found, needed });
    }
    if agencies.len() < 2 { Err(KeyringError::OneAgency) } else { Ok(()) }
}
