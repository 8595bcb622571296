//! The rules: which version may be the first, and which may follow another. Each refusal is an error of its own.

use super::build::EnrolClaim;
use super::{
    Admin, Agency, AgencyKey, AgencyKeyName, FORMAT, Public, SignedVersion, Staff, Statement, Version, Words, hash_of,
};
use crate::crypto::sign::{Purpose, canonical, verifies};
use crate::crypto::tar::MAX_AGENCIES;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Sha256Hash, SignatureBytes, VerifyingKeyBytes};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest admins that may sign a version. In code, not in policy.
pub const MIN_THRESHOLD: u32 = 2;

/// Why a version is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// A newer format than this program knows.
    #[error("the keyring has format {0}, which this version does not know: update")]
    UnknownFormat(u32),
    /// A document is not JSON of the expected form.
    #[error("the {0} document is malformed")]
    Malformed(&'static str),
    /// A document is not written in canonical form.
    #[error("the {0} document is not canonical JSON")]
    NotCanonical(&'static str),
    /// A document is not the one that the public document names.
    #[error("the {0} document is not the one that was signed")]
    OtherDocument(&'static str),
    /// Version 0 is not the one that was pinned.
    #[error("version 0 is another site's: its hash is {0}")]
    OtherGenesis(Sha256Hash),
    /// Expected version 0.
    #[error("version {0} came where version 0 was expected")]
    NotFirst(u32),
    /// A version is missing in between.
    #[error("version {found} came where {expected} was expected: versions are missing in between")]
    Gap {
        /// Which came.
        found: u32,
        /// Which should have.
        expected: u32,
    },
    /// An older version came after a newer one.
    #[error("version {found} is older than {known}, which was seen before: rolled back")]
    RolledBack {
        /// Which came.
        found: u32,
        /// The newest seen.
        known: u32,
    },
    /// Another version of the same number, or one that follows another than ours.
    #[error("version {0} does not follow the version before it that was seen here: the chain forks")]
    Fork(u32),
    /// Another site's version.
    #[error("the version belongs to another site")]
    OtherSite,
    /// A signature is by no admin, or wrong.
    #[error("the signature in the name of admin {0:?} is not valid")]
    BadSignature(String),
    /// Fewer admins signed than must.
    #[error("{found} admins signed; {needed} must")]
    TooFewSignatures {
        /// How many did.
        found: u32,
        /// How many must.
        needed: u32,
    },
    /// All who signed come from one agency.
    #[error("all admins who signed come from one agency; two agencies must sign")]
    OneAgency,
    /// The threshold is lower than the code allows, or cannot be reached.
    #[error(
        "a threshold of {0} is not possible: it must be at least 2, and that many admins from two agencies must exist"
    )]
    Threshold(u32),
    /// A new key does not prove that someone holds it.
    #[error("the key of {0:?} comes without a valid proof of possession")]
    NoPossession(String),
    /// An agency's new key lacks the statements of its members.
    #[error("the key of agency {0} lacks the statement of who made it or of a second member whose copy opens")]
    NoStatement(AgencyNumber),
    /// An agency with one member is not shown as such, or the other way round.
    #[error("agency {0} must say truly whether it has only one member")]
    OneMember(AgencyNumber),
    /// Two agencies with one number, or numbers with a gap.
    #[error("agency numbers must count from 0, each once: {0} is out of place")]
    AgencyNumber(AgencyNumber),
    /// A number was taken away or given to another agency.
    #[error("agency number {0} was given before and cannot be taken away or given again")]
    NumberReused(AgencyNumber),
    /// An agency's epoch does not follow.
    #[error("the epoch of agency {0} does not follow the one before")]
    Epoch(AgencyNumber),
    /// More agencies than a tip can carry capsules for.
    #[error("more than 64 agencies")]
    TooManyAgencies,
    /// Two with one id or one key.
    #[error("{0:?} is there twice, or its key is")]
    Twice(String),
    /// Someone belongs to no agency of the keyring.
    #[error("{0:?} belongs to an agency that is not in the keyring")]
    UnknownAgency(String),
    /// Issued after it expires, or before the version that it follows.
    #[error("the days of issue and expiry do not fit together")]
    Days,
    /// No longer valid on the day asked about.
    #[error("the keyring expired on {0}: ask your admins for a new version")]
    Expired(Day),
}

impl SignedVersion {
    /// Reads the documents and checks that they fit together. Trusts nobody yet.
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
            words.insert(lang.clone(), read);
        }
        Ok(Version { hash: hash_of(&self.public), public, staff, words })
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
    check_new_agencies(&[], &version)?;
    check_signatures(signed, &version.public)?;
    Ok(version)
}

/// Takes the version that follows `previous`.
pub fn verify_next(previous: &Version, signed: &SignedVersion) -> Result<Version, KeyringError> {
    let version = signed.read()?;
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
    check_new_agencies(&previous.public.agencies, &version)?;
    check_signatures(signed, &previous.public)?;
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
    let mut seen = Seen { agencies: public.agencies.len(), ids: BTreeSet::new(), keys: BTreeSet::new() };
    for admin in &public.admins {
        seen.add(("admin", &admin.id), admin.agency, admin.key)?;
        check_possession(admin)?;
    }
    for admin in &public.recovery.admins {
        seen.add(("recovery", &admin.id), admin.agency, admin.key)?;
        check_possession(admin)?;
    }
    for member in &version.staff.members {
        seen.add(("member", &member.id), member.agency, member.key)?;
        let claim = EnrolClaim { id: &member.id, key: member.key, recipient: Some(&member.recipient) };
        claim.check(&member.proof)?;
    }
    for agency in &public.agencies {
        check_one_member(agency, &version.staff)?;
    }
    check_threshold(public)
}

impl EnrolClaim<'_> {
    fn check(&self, proof: &SignatureBytes) -> Result<(), KeyringError> {
        let is_proved = verifies(&self.key, Purpose::Enrol, canonical(self).as_bytes(), proof);
        if is_proved { Ok(()) } else { Err(KeyringError::NoPossession(self.id.to_owned())) }
    }
}

fn check_possession(admin: &Admin) -> Result<(), KeyringError> {
    EnrolClaim { id: &admin.id, key: admin.key, recipient: None }.check(&admin.proof)
}

struct Seen<'a> {
    agencies: usize,
    ids: BTreeSet<(&'static str, &'a str)>,
    keys: BTreeSet<VerifyingKeyBytes>,
}

impl<'a> Seen<'a> {
    /// One human may hold two roles, but only with two separate keys (USERS.md D1).
    fn add(
        &mut self,
        id: (&'static str, &'a str),
        agency: AgencyNumber,
        key: VerifyingKeyBytes,
    ) -> Result<(), KeyringError> {
        if usize::from(agency.0) >= self.agencies {
            return Err(KeyringError::UnknownAgency(id.1.to_owned()));
        }
        let is_new = self.ids.insert(id) && self.keys.insert(key);
        if is_new { Ok(()) } else { Err(KeyringError::Twice(id.1.to_owned())) }
    }
}

fn check_threshold(public: &Public) -> Result<(), KeyringError> {
    let agencies: BTreeSet<_> = public.admins.iter().map(|admin| admin.agency).collect();
    let enough = u32::try_from(public.admins.len()).is_ok_and(|count| count >= public.threshold);
    let is_possible = public.threshold >= MIN_THRESHOLD && enough && agencies.len() >= 2;
    if is_possible { Ok(()) } else { Err(KeyringError::Threshold(public.threshold)) }
}

fn check_one_member(agency: &Agency, staff: &Staff) -> Result<(), KeyringError> {
    let people: BTreeSet<_> =
        staff.members.iter().filter(|member| member.agency == agency.number).map(|member| &member.person).collect();
    if agency.one_member == (people.len() == 1) { Ok(()) } else { Err(KeyringError::OneMember(agency.number)) }
}

fn check_new_agencies(before: &[Agency], version: &Version) -> Result<(), KeyringError> {
    let after = &version.public.agencies;
    if let Some(lost) = before.get(after.len()) {
        return Err(KeyringError::NumberReused(lost.number));
    }
    for agency in after {
        let old = before.get(usize::from(agency.number.0));
        if old.is_some_and(|old| old.kind != agency.kind) {
            return Err(KeyringError::NumberReused(agency.number));
        }
        let (old_epoch, old_recipient) = old.map_or((0, None), |old| (old.epoch, old.recipient.as_ref()));
        let is_same = agency.epoch == old_epoch && agency.recipient.as_ref() == old_recipient;
        let is_next = agency.epoch == old_epoch + 1 && agency.recipient.is_some();
        if !is_same && !is_next {
            return Err(KeyringError::Epoch(agency.number));
        }
        if is_next {
            check_statements(agency, &version.staff)?;
        }
    }
    Ok(())
}

fn check_statements(agency: &Agency, staff: &Staff) -> Result<(), KeyringError> {
    let refused = || KeyringError::NoStatement(agency.number);
    let key = staff
        .agency_keys
        .iter()
        .find(|key| key.agency == agency.number && key.epoch == agency.epoch)
        .filter(|key| agency.recipient.as_ref() == Some(&key.recipient))
        .ok_or_else(refused)?;
    let maker = person_who_said(key, &key.made, Purpose::AgencyKeyMade, staff).ok_or_else(refused)?;
    let has_second = key
        .opened
        .iter()
        .filter_map(|statement| person_who_said(key, statement, Purpose::AgencyKeyOpened, staff))
        .any(|person| person != maker);
    if has_second || agency.one_member { Ok(()) } else { Err(refused()) }
}

/// The person behind a statement, when it is a true one by a member of the key's agency.
fn person_who_said<'a>(key: &AgencyKey, statement: &Statement, purpose: Purpose, staff: &'a Staff) -> Option<&'a str> {
    let member = staff.members.iter().find(|member| member.id == statement.member && member.agency == key.agency)?;
    let name = AgencyKeyName { agency: key.agency, epoch: key.epoch, recipient: key.recipient.clone() };
    verifies(&member.key, purpose, canonical(&name).as_bytes(), &statement.signature).then_some(member.person.as_str())
}

fn check_signatures(signed: &SignedVersion, signers: &Public) -> Result<(), KeyringError> {
    let mut agencies = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for by in &signed.signatures {
        let admin = signers
            .admins
            .iter()
            .find(|admin| admin.id == by.admin)
            .filter(|admin| verifies(&admin.key, Purpose::Keyring, signed.public.as_bytes(), &by.signature))
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
