//! An agency's keys in a member's hands: opening the own copies, making the next key, and the word that a copy opens.

use super::client::{Client, ClientError};
use super::identity::Identity;
use crate::crypto::file::{self, OpenError};
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::keyring::{AgencyKeyName, Member, Version};
use crate::model::agency::AgencyNumber;
use crate::wire::{KeyRecord, NewKey, NewOpened, NewSecret, SealedCopy, Secrets};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// The keys of one agency that one member can open. No `Debug`: it holds them.
#[derive(Default)]
pub struct AgencyKeys {
    /// Newest first.
    pub keys: Vec<HybridIdentity>,
    /// Epochs of those keys.
    pub epochs: Vec<u32>,
    /// Epochs that nobody has sealed to this member.
    pub missing: Vec<u32>,
}

/// Why a key could not be opened, made or confirmed.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A copy does not hold the key that the keyring names.
    #[error("the copy of the key of epoch {0} is not the key that the keyring names")]
    OtherKey(u32),
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
    /// Whoever made a key cannot be the second member.
    #[error("whoever made the key cannot confirm it")]
    OwnKey,
    /// A new key was not sealed to this member.
    #[error("the key of epoch {0} was not sealed to this member")]
    NoCopy(u32),
    /// A member's recipient is not one.
    #[error("the recipient of {0:?} is malformed")]
    BadRecipient(String),
    /// The server cannot be asked.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// Opens the member's own copy of each key of their agency that the keyring names and that is not retired.
pub fn open_own(
    version: &Version,
    member: &Member,
    identity: &Identity,
    secrets: &Secrets,
) -> Result<AgencyKeys, KeyError> {
    let mut named: Vec<_> = version
        .staff
        .agency_keys
        .iter()
        .filter(|key| key.agency == member.agency && key.retired.is_none())
        .map(|key| AgencyKeyName { agency: key.agency, epoch: key.epoch, recipient: key.recipient.clone() })
        .collect();
    named.sort_by_key(|name| std::cmp::Reverse(name.epoch));
    let mut keys = AgencyKeys::default();
    for name in named {
        let copy =
            secrets.keys.iter().filter(|record| record.key.name == name).find_map(|record| copy_of(record, member));
        if let Some(copy) = copy {
            keys.keys.push(open_copy(&name, copy, identity)?);
            keys.epochs.push(name.epoch);
        } else {
            keys.missing.push(name.epoch);
        }
    }
    Ok(keys)
}

/// Makes the agency's next key, seals it to every member of the agency and hands it to the server. Admins have to sign it
/// before any tip is sealed to it.
pub async fn rotate(
    client: &Client,
    version: &Version,
    member: &Member,
    identity: &Identity,
) -> Result<AgencyKeyName, KeyError> {
    let epoch = next_epoch(version, member.agency);
    if let Some(record) = pending(&client.secrets().await?, member.agency, epoch).next() {
        return Err(KeyError::Pending { epoch, by: record.member.clone() });
    }
    let (name, key) = make(version, member, identity, epoch)?;
    client.add_secret(&NewSecret::Key(key)).await?;
    Ok(name)
}

/// Opens the own copy of each new key that somebody else has made for the agency, and says so to the server.
pub async fn confirm(
    client: &Client,
    version: &Version,
    member: &Member,
    identity: &Identity,
) -> Result<Vec<AgencyKeyName>, KeyError> {
    let epoch = next_epoch(version, member.agency);
    let secrets = client.secrets().await?;
    let is_own = |record: &&KeyRecord| {
        version.staff.members.iter().any(|maker| maker.id == record.member && maker.person == member.person)
    };
    let (own, others): (Vec<_>, Vec<_>) = pending(&secrets, member.agency, epoch).partition(is_own);
    if others.is_empty() {
        return Err(if own.is_empty() { KeyError::NothingToConfirm } else { KeyError::OwnKey });
    }
    let mut confirmed = Vec::new();
    for record in others {
        let name = &record.key.name;
        open_copy(name, copy_of(record, member).ok_or(KeyError::NoCopy(epoch))?, identity)?;
        let opened = NewOpened { name: name.clone(), signature: name.sign_opened(&identity.signing) };
        client.add_secret(&NewSecret::Opened(opened)).await?;
        confirmed.push(name.clone());
    }
    Ok(confirmed)
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
    let text = copy_text(&name, &secret);
    let seal = |to: &Member| {
        let recipient = to.recipient.parse().map_err(|_| KeyError::BadRecipient(to.id.clone()))?;
        Ok(SealedCopy { member: to.id.clone(), sealed: STANDARD.encode(file::seal(&recipient, text.as_bytes())) })
    };
    let readers = version.staff.members.iter().filter(|other| other.agency == member.agency);
    let copies = readers.map(seal).collect::<Result<Vec<_>, KeyError>>()?;
    let signature = name.sign_made(&identity.signing);
    Ok((name.clone(), NewKey { name, signature, copies }))
}

fn pending(secrets: &Secrets, agency: AgencyNumber, epoch: u32) -> impl Iterator<Item = &KeyRecord> {
    secrets.keys.iter().filter(move |record| record.key.name.agency == agency && record.key.name.epoch == epoch)
}

fn copy_of<'a>(record: &'a KeyRecord, member: &Member) -> Option<&'a SealedCopy> {
    record.key.copies.iter().find(|copy| copy.member == member.id)
}

fn open_copy(name: &AgencyKeyName, copy: &SealedCopy, identity: &Identity) -> Result<HybridIdentity, KeyError> {
    let refused = || KeyError::OtherKey(name.epoch);
    let sealed = STANDARD.decode(&copy.sealed).map_err(|_| refused())?;
    let text = file::open(&identity.hybrid, &sealed).map_err(|_: OpenError| refused())?;
    let line = std::str::from_utf8(&text).ok().and_then(|text| text.lines().nth(1)).ok_or_else(refused)?;
    let secret: HybridIdentity = line.parse().map_err(|_| refused())?;
    let is_named =
        secret.to_recipient().to_string() == name.recipient && *copy_text(name, &secret).as_bytes() == **text;
    if is_named { Ok(secret) } else { Err(refused()) }
}

/// What a copy holds: an age identity file. `docs/PROTOCOL.md` section 7.
fn copy_text(name: &AgencyKeyName, secret: &HybridIdentity) -> Zeroizing<String> {
    let secret = secret.expose_text();
    let mut text = Zeroizing::new(String::with_capacity(secret.len() + 64));
    for part in ["# knothole agency ", &name.agency.to_string(), " epoch ", &name.epoch.to_string(), "\n"] {
        text.push_str(part);
    }
    text.push_str(&secret);
    text.push('\n');
    text
}
