//! A referral: more capsules for a tip, by one who has opened it. Nothing that was there is taken away, so that no holder
//! can spoil a tip for anyone; and there is one for every agency, so that nobody can tell whom it was referred to.

use super::{Caller, Intake, Kept, Listed, TipsRefusal};
use crate::crypto::shape::{self, CAPSULE_PLAIN_LEN};
use crate::model::tip::{CustodyToken, TipId};
use crate::store::{ReferralOutcome, StoreError};
use crate::wire::NewReferral;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::stream::{Stream, try_unfold};
use std::sync::Arc;

/// Why a referral was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferralRefusal {
    /// Only members who are readers refer.
    #[error("only readers refer")]
    NotAReader,
    /// No such tip, or the token is not its.
    #[error("no such tip")]
    NoTip,
    /// Not one sealed capsule for each agency of the newest keyring, or sealed under one that is not taken.
    #[error("not one capsule for each agency")]
    Unfit,
    /// The tip has as many capsules as it may have.
    #[error("referred as often as it may be")]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Intake {
    /// Adds capsules to the tip `id`.
    pub async fn refer(&self, caller: &Caller, id: TipId, new: &NewReferral) -> Result<Kept, ReferralRefusal> {
        let Caller::Member { is_reader: true, .. } = caller else {
            return Err(ReferralRefusal::NotAReader);
        };
        if CustodyToken(new.token.0).tip_id() != id {
            return Err(ReferralRefusal::NoTip);
        }
        let version = self.newest_keyring().await?.ok_or(ReferralRefusal::NotAReader)?;
        let capsules: Option<Vec<Vec<u8>>> = new.capsules.iter().map(|text| capsule(text)).collect();
        let capsules = capsules.filter(|capsules| capsules.len() == version.public.agencies.len());
        let capsules = capsules.ok_or(ReferralRefusal::Unfit)?;
        // Which key it is sealed to is known by this alone: one whose key may be gone by now would be lost.
        self.keyring_taken_today(new.keyring).await?.ok_or(ReferralRefusal::Unfit)?;
        match self.store.put_referral(id, new.keyring, &capsules).await? {
            ReferralOutcome::Stored => Ok(Kept::Now),
            ReferralOutcome::StoredBefore => Ok(Kept::Before),
            ReferralOutcome::NoTip => Err(ReferralRefusal::NoTip),
            ReferralOutcome::Full => Err(ReferralRefusal::Full),
        }
    }

    /// Every referral above `after`, as `tips_after` gives tips: numbered by itself, each with the tip's letter and the
    /// capsule that was added for the caller's agency.
    pub fn referrals_after(
        self: Arc<Self>,
        caller: &Caller,
        after: u64,
    ) -> Result<impl Stream<Item = Result<Listed, StoreError>> + use<>, TipsRefusal> {
        let Caller::Member { agency, is_reader: true, .. } = *caller else {
            return Err(TipsRefusal::NotAReader);
        };
        Ok(try_unfold(Some(after), move |seen| {
            let intake = Arc::clone(&self);
            async move {
                let Some(seen) = seen else { return Ok(None) };
                let page = intake.store.referrals_after(seen, agency).await?;
                Ok(Some(match page.last().map(|tip| tip.seq) {
                    Some(seq) => (Listed::Tips(page), Some(seq)),
                    None => (Listed::End(intake.store.last_referral().await?), None),
                }))
            }
        }))
    }
}

fn capsule(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok().filter(|sealed| shape::check(sealed, CAPSULE_PLAIN_LEN).is_ok())
}
