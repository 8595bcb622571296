//! An agency's keys in a member's hands: opening the own copies, making the next key, and the word that a copy opens.
//! Any member can store a bad key or a false copy; each is passed over and named, and stops nobody.

use super::client::{Client, ClientError};
use super::identity::Identity;
use crate::crypto::file;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::keyring::{AgencyKeyName, KeyringError, Member, Version};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::wire::{KeyRecord, NewKey, NewOpened, NewSecret, SealedCopy, Secrets};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use zeroize::Zeroizing;

/// The keys of one agency that one member can open. No `Debug`: it holds them.
#[derive(Default)]
pub struct AgencyKeys {
    /// Newest first.
    pub keys: Vec<HybridIdentity>,
    /// Epochs of those keys.
    pub epochs: Vec<u32>,
    /// Epochs whose key this member has no copy of that opens.
    pub missing: Vec<u32>,
    /// For those of them of which there is a copy: who made it, and what is wrong with it.
    pub faults: Vec<Fault>,
}

/// A stored key that this member does not go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which.
    pub epoch: u32,
    /// In whose name it is stored.
    pub by: String,
    /// Why.
    pub why: Why,
}

/// What is wrong with a stored key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Whoever made it does not read for the agency, or does so no more.
    NotAReader,
    /// The statement that goes with it is not theirs.
    BadSignature,
    /// It is no new key: whoever was taken out may have it.
    UsedBefore,
    /// It was made for somebody, too, who does not read for the agency, or does so no more. Who that is.
    MadeForOneOut(String),
    /// It is not sealed to this member.
    NoCopy,
    /// This member's copy does not hold it.
    FalseCopy,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {} of {:?} (", self.epoch, self.by)?;
        match &self.why {
            Why::NotAReader => f.write_str("no reader of your agency")?,
            Why::BadSignature => f.write_str("not signed by them")?,
            Why::UsedBefore => f.write_str("a key that was used before")?,
            Why::MadeForOneOut(id) => write!(f, "made for {id:?}, too, who does not read for your agency")?,
            Why::NoCopy => f.write_str("not sealed to you")?,
            Why::FalseCopy => f.write_str("your copy of it is false: by them, or the server changed it")?,
        }
        f.write_str(")")
    }
}

/// What was done with an agency's next key, and what was passed over on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done<T> {
    /// The key that was made, or those that were confirmed.
    pub done: T,
    /// Stored keys that count for nothing.
    pub passed_over: Vec<Fault>,
}

/// Why a key could not be made or confirmed.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The keyring is too old to make or confirm keys by.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// A key of the next epoch was made already.
    #[error("{by:?} has made the key of epoch {epoch} already")]
    Pending {
        /// Which.
        epoch: u32,
        /// Who made it.
        by: String,
    },
    /// No new key waits for a second member.
    #[error("no new key waits to be confirmed")]
    NothingToConfirm,
    /// Those that wait are all bad.
    #[error("no new key can be confirmed: passed over {}", list(.0))]
    NoneGood(Vec<Fault>),
    /// Whoever made a key cannot be the second member.
    #[error("whoever made the key cannot confirm it")]
    OwnKey,
    /// A member's recipient is not one.
    #[error("the recipient of {0:?} is malformed")]
    BadRecipient(String),
    /// The server cannot be asked.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// Opens the member's own copy of each key of their agency that the keyring names and that is not retired. Where there are
/// copies by more than one maker, the first true one counts.
pub fn open_own(version: &Version, member: &Member, identity: &Identity, secrets: &Secrets) -> AgencyKeys {
    let mut named: Vec<_> = version
        .staff
        .agency_keys
        .iter()
        .filter(|key| key.agency == member.agency && key.retired.is_none())
        .map(|key| AgencyKeyName { agency: key.agency, epoch: key.epoch, recipient: key.recipient.clone() })
        .filter(|name| !is_retired(version, name, secrets))
        .collect();
    named.sort_by_key(|name| std::cmp::Reverse(name.epoch));
    let mut keys = AgencyKeys::default();
    for name in named {
        let mut faults = Vec::new();
        let opened = secrets.keys.iter().filter(|record| record.key.name == name).find_map(|record| {
            open_record(record, member, identity).map_err(|why| faults.push(fault(record, why))).ok()
        });
        if let Some(key) = opened {
            keys.keys.push(key);
            keys.epochs.push(name.epoch);
        } else {
            keys.missing.push(name.epoch);
            keys.faults.extend(faults.into_iter().filter(|fault| fault.why == Why::FalseCopy));
        }
    }
    keys
}

/// Whether two people of the agency have had the key destroyed, as the keyring will say in its next version.
pub fn is_retired(version: &Version, name: &AgencyKeyName, secrets: &Secrets) -> bool {
    let said = secrets.retired.iter();
    version.is_retired_by(name, said.map(|said| (said.member.as_str(), &said.opened.name, &said.opened.signature)))
}

/// Makes the agency's next key, seals it to every reader of the agency and hands it to the server. Admins have to sign it
/// before any tip is sealed to it.
pub async fn rotate(
    client: &Client,
    version: &Version,
    member: &Member,
    identity: &Identity,
    today: Day,
) -> Result<Done<AgencyKeyName>, KeyError> {
    version.check_not_expired(today)?;
    let epoch = next_epoch(version, member.agency);
    let secrets = client.secrets().await?;
    let (good, passed_over) = pending(&secrets, version, member, identity);
    if let Some(record) = good.first() {
        return Err(KeyError::Pending { epoch, by: record.member.clone() });
    }
    let (name, key) = make(version, member, identity, epoch)?;
    client.add_secret(&NewSecret::Key(key)).await?;
    Ok(Done { done: name, passed_over })
}

/// Opens the own copy of each new key that somebody else has made for the agency, and says so to the server.
pub async fn confirm(
    client: &Client,
    version: &Version,
    member: &Member,
    identity: &Identity,
    today: Day,
) -> Result<Done<Vec<AgencyKeyName>>, KeyError> {
    version.check_not_expired(today)?;
    let secrets = client.secrets().await?;
    let is_own = |record: &&KeyRecord| {
        version.staff.members.iter().any(|maker| maker.id == record.member && maker.person == member.person)
    };
    let (good, passed_over) = pending(&secrets, version, member, identity);
    let (own, others): (Vec<_>, Vec<_>) = good.into_iter().partition(is_own);
    if others.is_empty() {
        return Err(match (own.is_empty(), passed_over.is_empty()) {
            (false, _) => KeyError::OwnKey,
            (true, true) => KeyError::NothingToConfirm,
            (true, false) => KeyError::NoneGood(passed_over),
        });
    }
    let mut confirmed = Vec::new();
    for record in others {
        let name = &record.key.name;
        let opened = NewOpened { name: name.clone(), signature: name.sign_opened(&identity.signing) };
        client.add_secret(&NewSecret::Opened(opened)).await?;
        confirmed.push(name.clone());
    }
    Ok(Done { done: confirmed, passed_over })
}

/// The epoch that the agency's next key will have.
pub fn next_epoch(version: &Version, agency: AgencyNumber) -> u32 {
    version.public.agencies.get(usize::from(agency.0)).map_or(0, |agency| agency.epoch) + 1
}

/// A new key and its copies. The secret is gone when this returns: whoever made it has a copy like everyone else.
fn make(
    version: &Version,
    member: &Member,
    identity: &Identity,
    epoch: u32,
) -> Result<(AgencyKeyName, NewKey), KeyError> {
    let secret = HybridIdentity::generate();
    let name = AgencyKeyName { agency: member.agency, epoch, recipient: secret.to_recipient().to_string() };
    Ok((name.clone(), seal_to_readers(version, name, &secret, identity)?))
}

/// A key with a copy for each reader of its agency, under the word of whoever has this identity.
fn seal_to_readers(
    version: &Version,
    name: AgencyKeyName,
    secret: &HybridIdentity,
    identity: &Identity,
) -> Result<NewKey, KeyError> {
    let text = copy_text(&name, secret);
    let seal = |to: &Member| {
        let recipient = to.recipient.parse().map_err(|_| KeyError::BadRecipient(to.id.clone()))?;
        Ok(SealedCopy { member: to.id.clone(), sealed: STANDARD.encode(file::seal(&recipient, text.as_bytes())) })
    };
    let copies = version.staff.readers(name.agency).map(seal).collect::<Result<Vec<_>, KeyError>>()?;
    let mut sealed_to: Vec<_> = copies.iter().map(|copy| copy.member.clone()).collect();
    sealed_to.sort();
    let signature = name.sign_made(&sealed_to, &identity.signing);
    Ok(NewKey { name, sealed_to, signature, copies })
}

/// Seals a key that the keyring names to everyone who reads for its agency now, and hands that to the server: the key of one who
/// still has it, or that was put together from shares.
pub async fn give_back(
    client: &Client,
    version: &Version,
    name: AgencyKeyName,
    secret: &HybridIdentity,
    identity: &Identity,
) -> Result<(), KeyError> {
    let key = seal_to_readers(version, name, secret, identity)?;
    client.add_secret(&NewSecret::Key(key)).await?;
    Ok(())
}

/// Keys that were stored for the agency's next epoch: those that may become it, and those that count for nothing.
fn pending<'a>(
    secrets: &'a Secrets,
    version: &Version,
    member: &Member,
    identity: &Identity,
) -> (Vec<&'a KeyRecord>, Vec<Fault>) {
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    let epoch = next_epoch(version, member.agency);
    let is_next = |record: &&KeyRecord| record.key.name.agency == member.agency && record.key.name.epoch == epoch;
    for record in secrets.keys.iter().filter(is_next) {
        match check_made(record, version).and_then(|()| open_record(record, member, identity)) {
            Ok(_) => good.push(record),
            Err(why) => faults.push(fault(record, why)),
        }
    }
    (good, faults)
}

/// Whether someone who reads for the agency today has made this key for nobody but those who do, and no agency had it before.
fn check_made(record: &KeyRecord, version: &Version) -> Result<(), Why> {
    let NewKey { name, sealed_to, signature, .. } = &record.key;
    let staff = &version.staff;
    let maker = staff.readers(name.agency).find(|reader| reader.id == record.member).ok_or(Why::NotAReader)?;
    if !name.is_made_by(sealed_to, &maker.key, signature) {
        return Err(Why::BadSignature);
    }
    if staff.has_used(&name.recipient) {
        return Err(Why::UsedBefore);
    }
    staff.one_out(name.agency, sealed_to).map_or(Ok(()), |id| Err(Why::MadeForOneOut(id.to_owned())))
}

fn fault(record: &KeyRecord, why: Why) -> Fault {
    Fault { epoch: record.key.name.epoch, by: record.member.clone(), why }
}

fn list(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join(", ")
}

/// The key, from the member's own copy.
fn open_record(record: &KeyRecord, member: &Member, identity: &Identity) -> Result<HybridIdentity, Why> {
    let copy = record.key.copies.iter().find(|copy| copy.member == member.id).ok_or(Why::NoCopy)?;
    open_copy(&record.key.name, copy, identity).ok_or(Why::FalseCopy)
}

pub(super) fn open_copy(name: &AgencyKeyName, copy: &SealedCopy, identity: &Identity) -> Option<HybridIdentity> {
    let sealed = STANDARD.decode(&copy.sealed).ok()?;
    let text = identity.openers().find_map(|key| file::open(key, &sealed).ok())?;
    let secret: HybridIdentity = std::str::from_utf8(&text).ok()?.lines().nth(1)?.parse().ok()?;
    let is_named =
        secret.to_recipient().to_string() == name.recipient && *copy_text(name, &secret).as_bytes() == **text;
    is_named.then_some(secret)
}

/// What a copy holds: an age identity file. `docs/PROTOCOL.md` section 7.
pub(super) fn copy_text(name: &AgencyKeyName, secret: &HybridIdentity) -> Zeroizing<String> {
    let secret = secret.expose_text();
    let mut text = Zeroizing::new(String::with_capacity(secret.len() + 64));
    for part in ["# knothole agency ", &name.agency.to_string(), " epoch ", &name.epoch.to_string(), "\n"] {
        text.push_str(part);
    }
    text.push_str(&secret);
    text.push('\n');
    text
}
