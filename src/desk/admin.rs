//! An admin's work on the next version of the keyring: a draft that people change, then documents that are fixed, signed
//! and published. Each step is one function; nothing here can open a tip.

use super::agency_keys;
use super::client::{Client, ClientError, Sent};
use super::identity::Identity;
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{
    Admin, Agency, AgencyKey, AgencyKeyName, AgencyStatus, Draft, FORMAT, KeyringError, LEGAL_NAMES, Member, Public,
    Recovery, SignedVersion, Staff, Statement, Version, Words, hash_of, verify_first, verify_next,
};
use crate::crypto::sign::{Purpose, canonical, verifies};
use crate::model::agency::{AgencyKind, AgencyNumber};
use crate::model::day::Day;
use crate::model::hex::{Hex, Nonce16, Sha256Hash};
use crate::wire::{NewOpened, Secrets};
use std::collections::{BTreeMap, BTreeSet};

pub mod changes;
pub mod junk;
pub mod pages;
pub mod paper;
pub mod recover;
pub mod revoke;
pub mod rules;
pub mod status;

/// Days that a version is good for where nobody says otherwise.
pub const STANDARD_VALID_DAYS: u32 = 90;
/// The most: until a version is past, pages may seal to what it names, and no key that it names comes to its end.
pub const MAX_VALID_DAYS: u32 = 365;
/// Days for which everyone can see lost admins being replaced.
pub const RECOVERY_DELAY_DAYS: u32 = 30;

/// What version 0 begins with.
#[derive(Clone, Debug)]
pub struct NewSite {
    /// The agencies, in the order of their numbers.
    pub agencies: Vec<AgencyKind>,
    /// From their enrolments.
    pub admins: Vec<Admin>,
    /// How many of them must sign.
    pub threshold: u32,
    /// How long the version is good for.
    pub valid_days: u32,
}

/// What a version still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: it may be published.
    Complete,
    /// So many more signatures.
    Lacks(u32),
    /// The signature of an admin of another agency.
    LacksSecondAgency,
}

/// Why a step of an admin's work is refused.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The version breaks a rule.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// This key signs nothing here.
    #[error("this key is no admin's of version {0}, whose admins must sign")]
    NotAnAdmin(u32),
    /// This key is no recovery admin's.
    #[error("this key is no recovery admin's of version {0}, whose recovery admins must sign")]
    NotARecoveryAdmin(u32),
    /// An id is taken.
    #[error("{0:?} is a member already")]
    MemberExists(String),
    /// There is no such member.
    #[error("no admin is called {0:?}")]
    NoAdmin(String),
    /// An admin of this id, or with this key, is there.
    #[error("{0:?} is an admin already")]
    AdminExists(String),
    /// No member of this id.
    #[error("no member is called {0:?}")]
    NoMember(String),
    /// Nobody would be left to read.
    #[error("{id:?} is the last who reads for agency {agency}")]
    LastReader {
        /// Who was to go.
        id: String,
        /// Whose tips nobody could open then.
        agency: AgencyNumber,
    },
    /// There is no such agency.
    #[error("there is no agency {0}")]
    NoAgency(AgencyNumber),
    /// No key of the agency waits for the admins.
    #[error("no new key of agency {0} is ready: one member makes it, a second one confirms it")]
    NoKeyReady(AgencyNumber),
    /// The only keys of the agency that wait were made for somebody who reads for it no more.
    #[error(
        "the new key of agency {agency} by {by:?} was made for {id:?}, too, who does not read for it or does so no more"
    )]
    MadeForOneOut {
        /// Whose key.
        agency: AgencyNumber,
        /// Who made it.
        by: String,
        /// Who has a copy of it.
        id: String,
    },
    /// The server cannot be asked.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// The draft of version 0.
pub fn first_draft(new: NewSite, today: Day) -> Draft {
    let mut draft = Draft {
        public: Public {
            format: FORMAT,
            site: random(),
            version: 0,
            previous: None,
            issued: today,
            expires: today.plus(new.valid_days),
            agencies: Vec::new(),
            admins: new.admins,
            threshold: new.threshold,
            recovery: Recovery { admins: Vec::new(), threshold: new.threshold, delay_days: RECOVERY_DELAY_DAYS },
            languages: BTreeMap::new(),
            pages: BTreeMap::new(),
            staff: Hex([0; 32]),
        },
        staff: Staff {
            salt: random(),
            members: Vec::new(),
            agency_keys: Vec::new(),
            priority: Vec::new(),
            clocks: Vec::new(),
            retention: BTreeMap::new(),
        },
        words: BTreeMap::new(),
    };
    for kind in new.agencies {
        add_agency(&mut draft, kind);
    }
    draft
}

/// The draft of the version that follows `newest`. The hashes of the page are not taken over: the page names the day of expiry.
pub fn next_draft(newest: &Version, today: Day, valid_days: u32) -> Draft {
    let mut draft = Draft::following(newest);
    draft.public.issued = today.max(newest.public.issued);
    draft.public.expires = draft.public.issued.plus(valid_days);
    draft.public.pages.clear();
    draft.staff.salt = random();
    draft
}

/// Adds an open agency without a key and gives its number.
pub fn add_agency(draft: &mut Draft, kind: AgencyKind) -> AgencyNumber {
    let number = AgencyNumber(u16::try_from(draft.public.agencies.len()).unwrap_or(u16::MAX));
    draft.public.pages.clear();
    draft.public.agencies.push(Agency {
        number,
        kind,
        status: AgencyStatus::Open,
        epoch: 0,
        recipient: None,
        one_member: false,
        share_holders: Vec::new(),
    });
    number
}

/// Adds a member from their enrolment.
pub fn add_member(draft: &mut Draft, member: Member) -> Result<(), AdminError> {
    if usize::from(member.agency.0) >= draft.public.agencies.len() {
        return Err(AdminError::NoAgency(member.agency));
    }
    if !can_be_sealed_to(&member.recipient) {
        return Err(KeyringError::BadRecipient(format!("member {:?}", member.id)).into());
    }
    if draft.staff.members.iter().any(|known| known.id == member.id || known.key == member.key) {
        return Err(AdminError::MemberExists(member.id));
    }
    draft.staff.members.push(member);
    Ok(())
}

/// Puts a new admin in the place of one whose key is lost, or who leaves. The others sign it, by the threshold.
pub fn replace_admin(draft: &mut Draft, lost: &str, new: Admin) -> Result<(), AdminError> {
    if usize::from(new.agency.0) >= draft.public.agencies.len() {
        return Err(AdminError::NoAgency(new.agency));
    }
    let admins = &mut draft.public.admins;
    let at = admins.iter().position(|admin| admin.id == lost).ok_or_else(|| AdminError::NoAdmin(lost.to_owned()))?;
    if admins.iter().any(|admin| admin.id == new.id || admin.key == new.key) {
        return Err(AdminError::AdminExists(new.id));
    }
    admins[at] = new;
    Ok(())
}

/// Puts in the words of one language, in place of those that may be there.
pub fn set_words(draft: &mut Draft, words: Words) {
    draft.public.pages.clear();
    draft.words.insert(words.lang.clone(), words);
}

/// Takes each agency's next key into the draft where a member has made one and enough others have said that theirs opens.
/// Gives the keys taken, and why others that wait were not.
pub fn take_agency_keys(draft: &mut Draft, secrets: &Secrets) -> (Vec<AgencyKeyName>, Vec<AdminError>) {
    let numbers: Vec<_> = draft.public.agencies.iter().map(|agency| agency.number).collect();
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for number in numbers {
        match take_agency_key(draft, secrets, number) {
            Ok(name) => taken.push(name),
            Err(AdminError::NoKeyReady(_)) => {}
            Err(error) => refused.push(error),
        }
    }
    (taken, refused)
}

/// Writes into the draft which keys their agencies have had destroyed, and gives their names.
pub fn take_retired(draft: &mut Draft, secrets: &Secrets, before: &Version, today: Day) -> Vec<AgencyKeyName> {
    let mut taken = Vec::new();
    for key in draft.staff.agency_keys.iter_mut().filter(|key| key.retired.is_none()) {
        let name = AgencyKeyName { agency: key.agency, epoch: key.epoch, recipient: key.recipient.clone() };
        if agency_keys::is_retired(before, &name, secrets) {
            key.retired = Some(today);
            taken.push(name);
        }
    }
    taken
}

/// Takes one agency's next key into the draft.
pub fn take_agency_key(
    draft: &mut Draft,
    secrets: &Secrets,
    number: AgencyNumber,
) -> Result<AgencyKeyName, AdminError> {
    let agency = draft.public.agencies.get(usize::from(number.0)).ok_or(AdminError::NoAgency(number))?;
    let epoch = agency.epoch + 1;
    let is_alone = people_of(draft, number) == 1;
    let records =
        secrets.keys.iter().filter(|record| record.key.name.agency == number && record.key.name.epoch == epoch);
    let new = records.filter(|record| !draft.staff.has_used(&record.key.name.recipient));
    let stated = new.filter_map(|record| stated_key(&draft.staff, secrets, record));
    let mut ready: Vec<_> = stated.filter(|key| is_alone || !key.opened.is_empty()).collect();
    let out = |key: &AgencyKey| draft.staff.one_out(number, &key.sealed_to).map(str::to_owned);
    let made_for_one_out = ready.iter().find_map(|key| out(key).map(|id| (key.made.member.clone(), id)));
    ready.retain(|key| out(key).is_none());
    let is_empty = ready.is_empty();
    let key = ready.into_iter().find(|key| can_be_sealed_to(&key.recipient)).ok_or_else(|| {
        match (is_empty, made_for_one_out) {
            (false, _) => KeyringError::BadRecipient(format!("agency {number}, epoch {epoch}")).into(),
            (true, Some((by, id))) => AdminError::MadeForOneOut { agency: number, by, id },
            (true, None) => AdminError::NoKeyReady(number),
        }
    })?;
    let name = AgencyKeyName { agency: number, epoch, recipient: key.recipient.clone() };
    draft.public.pages.clear();
    let agency = &mut draft.public.agencies[usize::from(number.0)];
    agency.epoch = epoch;
    agency.recipient = Some(name.recipient.clone());
    draft.staff.agency_keys.push(key);
    Ok(name)
}

/// What a language lacks before the form may show it, and what in it the form does not know; one line for each.
pub fn lacks(words: &Words) -> Vec<String> {
    let lang = &words.lang;
    let is_known = |name: &str| LEGAL_NAMES.iter().any(|known| known.name == name);
    let unknown = words.legal.keys().filter(|name| !is_known(name));
    let lacks = words.lacks();
    let mut lines: Vec<_> = lacks.iter().map(|lack| format!("  {lang} is a draft: {lack}")).collect();
    lines.extend(unknown.map(|name| format!("  {lang}: the form has no legal text {name:?}, and shows it nowhere")));
    if !lacks.is_empty() {
        lines.push(format!("  no form shows {lang} until this is mended"));
    }
    lines
}

/// Fixes the documents.
pub fn freeze(mut draft: Draft) -> SignedVersion {
    pages::count_people(&mut draft);
    draft.freeze()
}

/// Adds this admin's signature, after making sure that the version keeps every rule. `before` is none for version 0 only.
pub fn sign(
    version: &mut SignedVersion,
    before: Option<&Version>,
    identity: &Identity,
) -> Result<Standing, AdminError> {
    let read = version.read()?;
    let signers = before.unwrap_or(&read);
    let admin = signers.admin(&identity.public_key()).ok_or(AdminError::NotAnAdmin(signers.public.version))?;
    let mut signed = version.clone();
    signed.add_signature(&admin.id, &identity.signing);
    let standing = standing(&signed, before)?;
    *version = signed;
    Ok(standing)
}

/// Whether a version keeps every rule, and what it lacks if it does.
pub fn standing(version: &SignedVersion, before: Option<&Version>) -> Result<Standing, KeyringError> {
    check_recipients(&version.read()?)?;
    // Signatures are counted after every other rule was checked.
    let verified = match before {
        None => verify_first(version, &hash(version)),
        Some(before) => verify_next(before, version),
    };
    match verified {
        Ok(_) => Ok(Standing::Complete),
        Err(KeyringError::TooFewSignatures { found, needed }) => Ok(Standing::Lacks(needed - found)),
        Err(KeyringError::OneAgency) => Ok(Standing::LacksSecondAgency),
        Err(error) => Err(error),
    }
}

/// Hash of a version; that of version 0 is the site's genesis.
pub fn hash(version: &SignedVersion) -> Sha256Hash {
    hash_of(&version.public)
}

/// Sends a complete version to the server.
pub async fn publish(client: &Client, version: &SignedVersion, before: Option<&Version>) -> Result<Sent, AdminError> {
    let verified = match before {
        None => verify_first(version, &hash(version))?,
        Some(before) => verify_next(before, version)?,
    };
    check_recipients(&verified)?;
    Ok(client.publish(version).await?)
}

/// Refuses a version with a recipient that nothing can be sealed to: no page could seal under it for anybody. The server
/// sees the shape of a recipient only.
fn check_recipients(version: &Version) -> Result<(), KeyringError> {
    match version.recipients().find(|(_, recipient)| !can_be_sealed_to(recipient)) {
        Some((whose, _)) => Err(KeyringError::BadRecipient(whose)),
        None => Ok(()),
    }
}

fn can_be_sealed_to(recipient: &str) -> bool {
    recipient.parse().is_ok_and(|read: HybridRecipient| read.to_string() == recipient)
}

fn people_of(draft: &Draft, number: AgencyNumber) -> usize {
    let members = draft.staff.members.iter().filter(|member| member.agency == number);
    members.map(|member| &member.person).collect::<BTreeSet<_>>().len()
}

/// The key with all true statements about it; none when nobody of the agency has made it.
fn stated_key(staff: &Staff, secrets: &Secrets, record: &crate::wire::KeyRecord) -> Option<AgencyKey> {
    let name = &record.key.name;
    let sealed_to = &record.key.sealed_to;
    let body = canonical(name);
    let member = |id: &str| staff.members.iter().find(|member| member.id == id && member.agency == name.agency);
    let is_made_by = |maker: &&Member| name.is_made_by(sealed_to, &maker.key, &record.key.signature);
    let maker = &member(&record.member).filter(is_made_by)?.person;
    let is_another = |said: &NewOpened, member: &Member| {
        let is_theirs = verifies(&member.key, Purpose::AgencyKeyOpened, body.as_bytes(), &said.signature);
        is_theirs && member.person != *maker
    };
    let opened = secrets
        .opened
        .iter()
        .filter(|said| said.opened.name == *name)
        .filter(|said| member(&said.member).is_some_and(|member| is_another(&said.opened, member)))
        .map(|said| Statement { member: said.member.clone(), signature: said.opened.signature })
        .collect();
    Some(AgencyKey {
        agency: name.agency,
        epoch: name.epoch,
        recipient: name.recipient.clone(),
        made: Statement { member: record.member.clone(), signature: record.key.signature },
        sealed_to: sealed_to.clone(),
        opened,
        retired: None,
    })
}

fn random() -> Nonce16 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("no site can be made on a system that gives no randomness");
    Hex(bytes)
}

#[cfg(test)]
mod tests;
