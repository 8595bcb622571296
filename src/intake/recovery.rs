//! Recovery admins: what they propose waits in everyone's sight for its delay, and counts afterwards if the admins have published
//! nothing meanwhile.

use super::keyring::refusal;
use super::{Caller, Intake, Kept, PublishRefusal};
use crate::crypto::keyring::{KeyringError, SignedVersion, Version, verify_next};
use crate::store::{Outcome, Proposal, StoreError};
use crate::wire::{RecoveryNotice, ShownProposal};

impl Intake {
    /// Keeps a version that recovery admins propose, and shows it from now on. The delay must lie between today and its first day.
    pub async fn propose(&self, caller: &Caller, signed: &SignedVersion) -> Result<Kept, PublishRefusal> {
        let newest = self.newest_keyring().await?.ok_or(PublishRefusal::NotAllowed)?;
        if !matches!(caller, Caller::Recovery { .. }) || !newest.public.is_recovered_by(signed) {
            return Err(PublishRefusal::NotAllowed);
        }
        let version = verify_next(&newest, signed).map_err(refusal)?;
        let (number, day) = (version.public.version, self.clock.today());
        let first_day = day.plus(newest.public.recovery.days());
        let document = serde_json::to_string(signed).expect("strings always serialize");
        let is_known = self.store.proposals().await?.iter().any(|known| is_of(known, &version));
        if is_known {
            return Ok(Kept::Before);
        }
        if version.public.issued < first_day {
            return Err(PublishRefusal::BreaksRule(KeyringError::RecoveredTooSoon(first_day)));
        }
        match self.store.put_proposal(version.hash, &Proposal { number, day, document }).await? {
            Outcome::Stored => Ok(Kept::Now),
            Outcome::StoredBefore => Ok(Kept::Before),
            Outcome::Taken => Err(PublishRefusal::DoesNotFollow(KeyringError::Fork(number))),
        }
    }

    /// What recovery admins propose, for whoever the keyring names.
    pub async fn proposed(&self, caller: &Caller) -> Result<Vec<SignedVersion>, StoreError> {
        if matches!(caller, Caller::Founder { .. }) {
            return Ok(Vec::new());
        }
        self.proposed_versions().await
    }

    /// The same for anyone who asks, without what only the staff door shows.
    pub async fn recovery_notice(&self) -> Result<RecoveryNotice, StoreError> {
        let proposed = self.proposed_versions().await?;
        let Some(newest) = self.newest_keyring().await? else { return Ok(RecoveryNotice::default()) };
        // One that was published since it was asked for follows nothing any more.
        let shown = proposed.iter().filter_map(|signed| ShownProposal::of(&newest.public, signed));
        Ok(RecoveryNotice { proposed: shown.collect() })
    }

    async fn proposed_versions(&self) -> Result<Vec<SignedVersion>, StoreError> {
        let proposals = self.store.proposals().await?;
        proposals
            .iter()
            .map(|proposal| serde_json::from_str(&proposal.document).map_err(|_| StoreError::Damaged))
            .collect()
    }

    /// Refuses a version of recovery admins that was not in everyone's sight for its delay.
    pub(super) async fn check_was_shown(&self, before: &Version, after: &Version) -> Result<(), PublishRefusal> {
        let proposals = self.store.proposals().await?;
        let known = proposals.iter().find(|known| is_of(known, after)).ok_or(PublishRefusal::NotProposed)?;
        let first_day = known.day.plus(before.public.recovery.days()).max(after.public.issued);
        if self.clock.today() < first_day {
            return Err(PublishRefusal::BreaksRule(KeyringError::RecoveredTooSoon(first_day)));
        }
        Ok(())
    }
}

fn is_of(proposal: &Proposal, version: &Version) -> bool {
    let signed: Option<SignedVersion> = serde_json::from_str(&proposal.document).ok();
    signed.and_then(|signed| signed.read().ok()).is_some_and(|read| read.hash == version.hash)
}
