//! The keyring as this server knows it, and what it takes for the next version.

use super::{Caller, Intake, Kept};
use crate::crypto::keyring::{
    AgencyKey, AgencyKeyName, KeyringError, SignedVersion, Version, verify_first, verify_next,
};
use crate::store::{Outcome, StoreError};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Versions that were verified: the newest, and those under which tips are still taken.
#[derive(Default)]
pub(super) struct Known {
    versions: RwLock<BTreeMap<u32, Arc<Version>>>,
    loading: tokio::sync::Mutex<()>,
}

/// Why the stored keyring cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is stored does not follow from the genesis that this server was started with.
    #[error("the stored keyring is refused: {0}")]
    Keyring(#[from] KeyringError),
    /// A stored version is not one.
    #[error("the stored keyring is malformed")]
    Malformed,
}

/// What became of a version.
pub type Published = Kept;

/// Why a version was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PublishRefusal {
    /// The caller is not an admin of the keyring, or of the version 0 that they bring.
    #[error("only admins publish")]
    NotAllowed,
    /// It is not the version that comes next.
    #[error("does not follow: {0}")]
    DoesNotFollow(KeyringError),
    /// It comes next, and breaks a rule.
    #[error("breaks a rule: {0}")]
    BreaksRule(KeyringError),
    /// Recovery admins made it, and it was not proposed first.
    #[error("was not proposed")]
    NotProposed,
    /// It calls a key destroyed that its agency has not let go of.
    #[error("calls a key retired of which there are copies")]
    NotDestroyed,
    /// It is without those by whose word a key was destroyed, and does not say that it was: nobody could say it again.
    #[error("does not call a key retired that was destroyed")]
    Destroyed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Known {
    fn newest(&self) -> Option<Arc<Version>> {
        let versions = self.versions.read().unwrap_or_else(PoisonError::into_inner);
        versions.last_key_value().map(|(_, version)| Arc::clone(version))
    }

    fn get(&self, number: u32) -> Option<Arc<Version>> {
        self.versions.read().unwrap_or_else(PoisonError::into_inner).get(&number).cloned()
    }

    fn add(&self, version: Version, keeps: impl Fn(&Version) -> bool) {
        let number = version.public.version;
        let mut versions = self.versions.write().unwrap_or_else(PoisonError::into_inner);
        versions.insert(number, Arc::new(version));
        versions.retain(|other, version| *other >= number || keeps(version));
    }
}

impl Intake {
    /// The newest version, or none while there is no keyring. Looks whether the store has a newer one: another server
    /// on the same store may have taken it.
    pub async fn newest_keyring(&self) -> Result<Option<Arc<Version>>, StoreError> {
        let known = self.known.newest();
        let stored = self.store.newest_keyring_version().await?;
        if stored == known.as_ref().map(|version| version.public.version) {
            return Ok(known);
        }
        self.load_keyring().await.map_err(|error| match error {
            LoadError::Store(error) => error,
            LoadError::Keyring(_) | LoadError::Malformed => StoreError::Damaged,
        })?;
        Ok(self.known.newest())
    }

    /// The newest version without asking the store: good enough where an older one does no harm.
    pub fn known_keyring(&self) -> Option<Arc<Version>> {
        self.known.newest()
    }

    /// The version with this number, when tips may still be sealed under it. A stored version never changes, so the
    /// store is asked only for numbers above the newest one known.
    pub(super) async fn keyring_taken_today(&self, number: u32) -> Result<Option<Arc<Version>>, StoreError> {
        let mut found = self.known.get(number);
        let is_newer = self.known.newest().is_none_or(|newest| newest.public.version < number);
        if found.is_none() && is_newer {
            self.newest_keyring().await?;
            found = self.known.get(number);
        }
        let today = self.clock.today();
        Ok(found.filter(|version| version.takes_tips_on(today)))
    }

    /// The chain from version `from` on, as published. Empty for a founder, for whom there is none yet.
    pub async fn keyring_chain(&self, caller: &Caller, from: u32) -> Result<Vec<SignedVersion>, StoreError> {
        if matches!(caller, Caller::Founder { .. }) {
            return Ok(Vec::new());
        }
        let documents = self.store.keyring_versions_from(from).await?;
        documents.iter().map(|document| serde_json::from_str(document).map_err(|_| StoreError::Damaged)).collect()
    }

    /// Takes the next version, from an admin of the one before; from a recovery admin what was proposed, after its delay;
    /// version 0 from one of its own admins.
    pub async fn publish_keyring(&self, caller: &Caller, signed: &SignedVersion) -> Result<Published, PublishRefusal> {
        let newest = self.newest_keyring().await?;
        let version = match (caller, &newest) {
            (Caller::Founder { key }, None) => {
                let first = verify_first(signed, &self.genesis).map_err(refusal)?;
                first.admin(key).ok_or(PublishRefusal::NotAllowed)?;
                first
            }
            (Caller::Admin { .. } | Caller::Recovery { .. }, Some(newest))
                if signed.read().is_ok_and(|again| again.hash == newest.hash) =>
            {
                return Ok(Kept::Before);
            }
            (Caller::Admin { .. } | Caller::Recovery { .. }, Some(newest)) => {
                let next = verify_next(newest, signed).map_err(refusal)?;
                if newest.public.is_recovered_by(signed) {
                    self.check_was_shown(newest, &next).await?;
                } else if matches!(caller, Caller::Recovery { .. }) {
                    return Err(PublishRefusal::NotAllowed);
                }
                next
            }
            _ => return Err(PublishRefusal::NotAllowed),
        };
        self.check_retired(newest.as_deref(), &version).await?;
        let number = version.public.version;
        let document = serde_json::to_string(signed).expect("strings always serialize");
        match self.store.put_keyring_version(number, version.hash, &document).await? {
            Outcome::Stored => {}
            Outcome::StoredBefore => return Ok(Kept::Before),
            Outcome::Taken => return Err(PublishRefusal::DoesNotFollow(KeyringError::Fork(number))),
        }
        self.remember(version);
        Ok(Kept::Now)
    }

    /// Refuses a version that calls a key destroyed of which copies are stored: desks would go by it and leave tips closed. Copies
    /// that are agreed to go, and were left by a server that was cut off, go first. And one by which nobody would know any more that a key was destroyed: desks would wait for it, and seal nothing again.
    async fn check_retired(&self, before: Option<&Version>, after: &Version) -> Result<(), PublishRefusal> {
        let known = before.map_or(&[][..], |version| &version.staff.agency_keys);
        let name_of = |key: &AgencyKey| {
            let recipient = key.recipient.clone();
            AgencyKeyName { agency: key.agency, epoch: key.epoch, recipient }
        };
        for (index, key) in after.staff.agency_keys.iter().enumerate() {
            let was_retired = known.get(index).is_some_and(|known| known.retired.is_some());
            if key.retired.is_none() || was_retired || !self.store.has_copies(key.agency, key.epoch).await? {
                continue;
            }
            let Some(before) = before else { return Err(PublishRefusal::NotDestroyed) };
            if !self.destroy_if_agreed(&name_of(key), before).await? {
                return Err(PublishRefusal::NotDestroyed);
            }
        }
        let Some(before) = before else { return Ok(()) };
        for key in after.staff.agency_keys.iter().take(known.len()).filter(|key| key.retired.is_none()) {
            let name = name_of(key);
            if self.is_agreed_to_go(&name, before).await? && !self.is_agreed_to_go(&name, after).await? {
                return Err(PublishRefusal::Destroyed);
            }
        }
        Ok(())
    }

    /// Reads the versions that the store has above those known, each verified against the one before.
    pub(super) async fn load_keyring(&self) -> Result<(), LoadError> {
        let _one_at_a_time = self.known.loading.lock().await;
        let mut newest = self.known.newest();
        let from = newest.as_ref().map_or(0, |version| version.public.version + 1);
        for document in self.store.keyring_versions_from(from).await? {
            let signed: SignedVersion = serde_json::from_str(&document).map_err(|_| LoadError::Malformed)?;
            let version = match &newest {
                None => verify_first(&signed, &self.genesis)?,
                Some(before) => verify_next(before, &signed)?,
            };
            self.remember(version);
            newest = self.known.newest();
        }
        Ok(())
    }

    fn remember(&self, version: Version) {
        let today = self.clock.today();
        self.known.add(version, |version| version.takes_tips_on(today));
    }
}

pub(super) fn refusal(error: KeyringError) -> PublishRefusal {
    use KeyringError as E;
    match error {
        E::NotFirst(_) | E::OtherGenesis(_) | E::OtherSite | E::Gap { .. } | E::RolledBack { .. } | E::Fork(_) => {
            PublishRefusal::DoesNotFollow(error)
        }
        _ => PublishRefusal::BreaksRule(error),
    }
}
