//! Which tips somebody could open: a flag on each, so that junk can be told from what is only waiting.

use super::{Caller, Intake};
use crate::model::tip::{CustodyToken, TipId};
use crate::store::StoreError;
use crate::wire::KeepTokens;

/// Why nothing was flagged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepRefusal {
    /// Only members who are readers open tips.
    #[error("only readers keep tips")]
    NotAReader,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Intake {
    /// Flags the tips whose custody tokens these are. A token of no tip is passed over in silence, and so is one that was
    /// shown before. Who showed a token, and when, is forgotten on the spot.
    pub async fn keep(&self, caller: &Caller, KeepTokens { tokens }: &KeepTokens) -> Result<(), KeepRefusal> {
        let Caller::Member { is_reader: true, .. } = caller else {
            return Err(KeepRefusal::NotAReader);
        };
        let ids: Vec<TipId> = tokens.iter().map(|token| CustodyToken(token.0).tip_id()).collect();
        Ok(self.store.keep_tips(&ids).await?)
    }
}
