//! A tip comes in. Its seals are looked at from outside only; what it says, this code cannot know.

use super::{Caller, Intake, Kept};
use crate::crypto::tar::{self, TipTar};
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use crate::store::{NewTip, StoreError, TipOutcome};
use sha2::{Digest, Sha256};

/// Why a tip was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitRefusal {
    /// At the staff door only readers bring tips.
    #[error("only readers bring tips")]
    NotAReader,
    /// Not a tip of format 1, another id than in the address, or not one capsule for each agency.
    #[error("not a tip")]
    Malformed,
    /// Sealed for another site, so that nobody here could open it.
    #[error("sealed for another site")]
    OtherSite,
    /// Those who run the site have closed the form for a while.
    #[error("the form is closed for a while")]
    Paused,
    /// Sealed under a version of the keyring that is not taken, or not any more.
    #[error("sealed under a keyring version that is not taken")]
    StaleKeyring,
    /// Another body is stored under this id.
    #[error("another body has this id")]
    OtherBody,
    /// The tip with this id was deleted.
    #[error("deleted")]
    Deleted,
    /// The store failed. Whether the tip was kept may be unknown: the same body again will tell.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Intake {
    /// Takes the tip `id`. When this returns `Ok`, the tip is durable; the same body again never makes a second one.
    pub async fn submit(&self, id: TipId, body: &[u8]) -> Result<Kept, SubmitRefusal> {
        let tip = tar::parse(body).map_err(|_| SubmitRefusal::Malformed)?;
        if tip.about.id != id {
            return Err(SubmitRefusal::Malformed);
        }
        self.take_while_open(&tip, body).await
    }

    /// As `submit`, from a member: the facts of a tip that is referred, as a tip like any other.
    pub async fn submit_from_desk(&self, caller: &Caller, id: TipId, body: &[u8]) -> Result<Kept, SubmitRefusal> {
        let Caller::Member { is_reader: true, .. } = caller else {
            return Err(SubmitRefusal::NotAReader);
        };
        let tip = tar::parse(body).map_err(|_| SubmitRefusal::Malformed)?;
        if tip.about.id != id {
            return Err(SubmitRefusal::Malformed);
        }
        self.take(&tip, body).await
    }

    /// As `submit`, under the id that the tip itself names.
    pub async fn submit_sealed(&self, body: &[u8]) -> Result<Kept, SubmitRefusal> {
        let tip = tar::parse(body).map_err(|_| SubmitRefusal::Malformed)?;
        self.take_while_open(&tip, body).await
    }

    /// While the form is closed nothing new comes in; what is there is there.
    async fn take_while_open(&self, tip: &TipTar<'_>, body: &[u8]) -> Result<Kept, SubmitRefusal> {
        if self.store.pause().await?.is_none() {
            return self.take(tip, body).await;
        }
        let there = self.store.tip_outcome(tip.about.id, hash(body)).await?;
        there.map_or(Err(SubmitRefusal::Paused), kept)
    }

    async fn take(&self, tip: &TipTar<'_>, body: &[u8]) -> Result<Kept, SubmitRefusal> {
        let id = tip.about.id;
        if tip.about.site != tar::site_mark(&self.site_words, id) {
            return Err(SubmitRefusal::OtherSite);
        }
        let body_hash = hash(body);
        let Some(version) = self.keyring_taken_today(tip.about.keyring).await? else {
            // Whoever sent it in time and did not hear so asks again: what is there is there.
            let there = self.store.tip_outcome(id, body_hash).await?;
            return there.map_or(Err(SubmitRefusal::StaleKeyring), kept);
        };
        if version.public.agencies.len() != tip.capsules.len() {
            return Err(SubmitRefusal::Malformed);
        }
        let new = NewTip {
            id,
            day: self.clock.today(),
            keyring: tip.about.keyring,
            body_hash,
            upload_hash: tip.about.upload,
            letter: tip.letter.to_vec(),
            capsules: tip.capsules.iter().map(|capsule| capsule.to_vec()).collect(),
        };
        kept(self.store.put_tip(new).await?)
    }
}

fn hash(body: &[u8]) -> Sha256Hash {
    Hex(Sha256::digest(body).into())
}

fn kept(outcome: TipOutcome) -> Result<Kept, SubmitRefusal> {
    match outcome {
        TipOutcome::Stored => Ok(Kept::Now),
        TipOutcome::StoredBefore => Ok(Kept::Before),
        TipOutcome::OtherBody => Err(SubmitRefusal::OtherBody),
        TipOutcome::Deleted => Err(SubmitRefusal::Deleted),
    }
}
