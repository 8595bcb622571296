//! Agency keys sealed to members. Checked for who sends them and for their shape; they stay sealed here.

use super::{Caller, Intake, Kept};
use crate::crypto::keyring::{AgencyKeyName, Version};
use crate::crypto::shape;
use crate::crypto::sign::{Purpose, canonical, verifies};
use crate::store::{Outcome, SecretsFor, StoreError};
use crate::wire::{NewKey, NewOpened, NewSecret, Secrets};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;

/// Why a secret was not taken or given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretRefusal {
    /// The caller does not read for the agency.
    #[error("not a reader of the agency")]
    NotAllowed,
    /// The epoch is none that this can be about, the recipient is not one, the copies are not sealed agency keys for
    /// exactly the agency's readers, or the statement is about a key that nobody stored.
    #[error("does not fit the keyring")]
    Unfit,
    /// The statement is not the caller's.
    #[error("the signature is not valid")]
    BadSignature,
    /// The caller has stored another one under this name, or as many for this epoch as anyone may.
    #[error("another one is stored")]
    Taken,
    /// Something that is stored, or may still come, needs the key.
    #[error("the key is still needed")]
    Needed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Intake {
    /// Takes a key or a statement from a member of its agency, once.
    pub async fn put_secret(&self, caller: &Caller, secret: &NewSecret) -> Result<Kept, SecretRefusal> {
        let name = match secret {
            NewSecret::Key(key) => &key.name,
            NewSecret::Opened(said) | NewSecret::Retired(said) => &said.name,
        };
        let Caller::Member { id, agency, is_reader: true } = caller else {
            return Err(SecretRefusal::NotAllowed);
        };
        if name.agency != *agency {
            return Err(SecretRefusal::NotAllowed);
        }
        let version = self.newest_keyring().await?.ok_or(SecretRefusal::NotAllowed)?;
        check_epoch(secret, name, &version)?;
        check_signature(id, secret, &version)?;
        match secret {
            NewSecret::Key(_) if self.is_agreed_to_go(name, &version).await? => return Err(SecretRefusal::Unfit),
            NewSecret::Key(key) => check_key(key, &version)?,
            NewSecret::Opened(_) if self.store.has_agency_key(name).await? => {}
            NewSecret::Retired(_) if version.agency_key(name).is_some() => {
                let is_unneeded = self.is_unneeded(*agency, name.epoch, self.clock.today()).await?;
                is_unneeded.then_some(()).ok_or(SecretRefusal::Needed)?;
            }
            NewSecret::Opened(_) | NewSecret::Retired(_) => return Err(SecretRefusal::Unfit),
        }
        let outcome = self.store.put_secret(id, secret).await?;
        if matches!(secret, NewSecret::Retired(_)) && outcome != Outcome::Taken {
            // Where this fails or is cut off, [`Self::destroy_agreed`] does it later.
            self.destroy_if_agreed(name, &version).await?;
        }
        match outcome {
            Outcome::Stored => Ok(Kept::Now),
            Outcome::StoredBefore => Ok(Kept::Before),
            Outcome::Taken => Err(SecretRefusal::Taken),
        }
    }

    /// Destroys copies of keys that are agreed to go and are still there: the words stand as soon as they are said, and a server can
    /// be cut off before it has done what they ask, or take a copy beside the last of them. To be called at the start and every few
    /// minutes; costs little while there are none.
    pub async fn destroy_agreed(&self) -> Result<(), StoreError> {
        let Some(version) = self.newest_keyring().await? else { return Ok(()) };
        for key in version.staff.agency_keys.iter().filter(|key| key.retired.is_none()) {
            let mut agencies = version.public.agencies.iter();
            let is_old = agencies.any(|agency| agency.number == key.agency && key.epoch < agency.epoch);
            if is_old && self.store.has_copies(key.agency, key.epoch).await? {
                let name = AgencyKeyName { agency: key.agency, epoch: key.epoch, recipient: key.recipient.clone() };
                self.destroy_if_agreed(&name, &version).await?;
            }
        }
        Ok(())
    }

    /// Deletes the copies of a key once two people of its agency say that nothing needs it, or the one there is. Whether they do.
    pub(super) async fn destroy_if_agreed(&self, name: &AgencyKeyName, version: &Version) -> Result<bool, StoreError> {
        let is_agreed = self.is_agreed_to_go(name, version).await?;
        if is_agreed {
            self.store.destroy_copies(name.agency, name.epoch).await?;
            // Or within minutes: until then the journal holds what is gone from the database.
            let _forgotten = self.store.forget_journal().await?;
            tracing::info!("the copies of an old agency key were destroyed");
        }
        Ok(is_agreed)
    }

    /// Whether those whose word it takes have said that nothing needs a key.
    pub(super) async fn is_agreed_to_go(&self, name: &AgencyKeyName, version: &Version) -> Result<bool, StoreError> {
        let said = self.store.secrets(SecretsFor::Admin).await?.retired;
        let said = said.iter().map(|said| (said.member.as_str(), &said.opened.name, &said.opened.signature));
        Ok(version.is_retired_by(name, said))
    }

    /// A member's own copies and what is said about their agency's keys; for an admin the statements of all.
    pub async fn secrets(&self, caller: &Caller) -> Result<Secrets, SecretRefusal> {
        let reader = match caller {
            Caller::Member { id, agency, .. } => SecretsFor::Member { agency: *agency, member: id },
            Caller::Admin { .. } => SecretsFor::Admin,
            Caller::Recovery { .. } | Caller::Founder { .. } => return Err(SecretRefusal::NotAllowed),
        };
        Ok(self.store.secrets(reader).await?)
    }
}

/// A key is taken for the next epoch, and again where the keyring names it and it is not retired: sealed to those who read now. A
/// word about one is taken also afterwards, and the last word once there is a newer one.
fn check_epoch(secret: &NewSecret, name: &AgencyKeyName, version: &Version) -> Result<(), SecretRefusal> {
    let agency = version.public.agencies.get(usize::from(name.agency.0)).ok_or(SecretRefusal::Unfit)?;
    let next = agency.epoch + 1;
    let is_named = version.staff.agency_keys.iter().any(|key| {
        (key.agency, key.epoch) == (name.agency, name.epoch) && key.recipient == name.recipient && key.retired.is_none()
    });
    let is_right = match secret {
        NewSecret::Key(_) => is_named || (name.epoch == next && !version.staff.has_used(&name.recipient)),
        NewSecret::Opened(_) => (1..=next).contains(&name.epoch),
        NewSecret::Retired(_) => (1..agency.epoch).contains(&name.epoch),
    };
    if is_right { Ok(()) } else { Err(SecretRefusal::Unfit) }
}

fn check_signature(author: &str, secret: &NewSecret, version: &Version) -> Result<(), SecretRefusal> {
    let member = version.staff.members.iter().find(|member| member.id == *author).ok_or(SecretRefusal::NotAllowed)?;
    let said =
        |said: &NewOpened, purpose| verifies(&member.key, purpose, canonical(&said.name).as_bytes(), &said.signature);
    let is_theirs = match secret {
        NewSecret::Key(key) => key.name.is_made_by(&key.sealed_to, &member.key, &key.signature),
        NewSecret::Opened(opened) => said(opened, Purpose::AgencyKeyOpened),
        NewSecret::Retired(retired) => said(retired, Purpose::AgencyKeyRetired),
    };
    if is_theirs { Ok(()) } else { Err(SecretRefusal::BadSignature) }
}

/// A recipient by its looks, and one sealed copy for each reader of the agency and for nobody else, as its maker has signed.
fn check_key(key: &NewKey, version: &Version) -> Result<(), SecretRefusal> {
    let readers: BTreeSet<&str> = version.staff.readers(key.name.agency).map(|member| member.id.as_str()).collect();
    let sealed_to: BTreeSet<&str> = key.copies.iter().map(|copy| copy.member.as_str()).collect();
    let fits = shape::is_hybrid_recipient(&key.name.recipient)
        && sealed_to == readers
        && sealed_to.len() == key.copies.len()
        && key.sealed_to.iter().eq(&readers)
        && key.copies.iter().all(|copy| is_sealed_key(&copy.sealed, &key.name));
    if fits { Ok(()) } else { Err(SecretRefusal::Unfit) }
}

/// Whether base64 holds an age file of the length that a copy of this key has.
pub(super) fn is_sealed_key(sealed: &str, name: &AgencyKeyName) -> bool {
    const IDENTITY_LINE_LEN: usize = "AGE-SECRET-KEY-PQ-1".len() + 58 + "\n".len();
    let plain_len = format!("# knothole agency {} epoch {}\n", name.agency, name.epoch).len() + IDENTITY_LINE_LEN;
    STANDARD.decode(sealed).is_ok_and(|file| shape::check(&file, plain_len).is_ok())
}
