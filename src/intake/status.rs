//! How the site is, for its admins: orders of magnitude and days, nothing that points at a tip.

use super::capsules::{below, epoch_in};
use super::{Caller, Intake};
use crate::crypto::keyring::Public;
use crate::model::agency::AgencyNumber;
use crate::store::StoreError;
use crate::wire::{AgencyState, Amount, Paused, SiteStatus};

/// Days in which a tip came lately.
const LATELY_DAYS: i32 = 7;

/// Why it is not said how the site is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatusRefusal {
    /// For admins only: members see what they need in the lists they read.
    #[error("only admins ask how the site is")]
    NotAnAdmin,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Intake {
    /// How the site is.
    pub async fn status(&self, caller: &Caller) -> Result<SiteStatus, StatusRefusal> {
        let Caller::Admin { .. } = caller else { return Err(StatusRefusal::NotAnAdmin) };
        let version = self.newest_keyring().await?.ok_or(StatusRefusal::NotAnAdmin)?;
        let held = self.store.holdings().await?;
        let newest = held.newest_day.map(|day| day.days_until(self.clock.today()));
        let (documents, marks) = (self.documents().await?, self.store.read_marks().await?);
        let mut agencies = Vec::new();
        for number in version.public.agencies.iter().map(|agency| agency.number) {
            let epoch = epoch_in(&version.public, number);
            let (to_reseal, to_check) = self.waiting(&documents, number, epoch).await?;
            let read = marks.iter().filter(|mark| mark.agency == number).map(|mark| mark.day).max();
            agencies.push(AgencyState { agency: number, to_reseal, to_check, read });
        }
        Ok(SiteStatus {
            version: version.public.version,
            tips: Amount::of(held.tips),
            had_tip_this_week: newest.is_some_and(|days| days < LATELY_DAYS),
            paused: self.store.pause().await?.map(|pause| Paused { until: pause.until }),
            disk_free: self.store.disk_free().await?,
            agencies,
        })
    }

    /// What waits to be sealed again to an agency's key, and to be checked.
    async fn waiting(
        &self,
        documents: &[Public],
        agency: AgencyNumber,
        epoch: u32,
    ) -> Result<(Amount, Amount), StoreError> {
        if epoch < 2 {
            return Ok((Amount::None, Amount::None));
        }
        let old = self.store.count_capsules_below(below(documents, agency, epoch)).await?;
        let unchecked = self.store.count_sealed_again(agency, epoch).await?;
        Ok((Amount::of(old), Amount::of(unchecked)))
    }
}
