//! The list of tips: all of them to everyone who may read any, so that nobody learns who can open which.

use super::{Caller, Intake};
use crate::store::{ListedTip, StoreError};
use futures_util::stream::{Stream, try_unfold};
use std::sync::Arc;

/// Why there is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TipsRefusal {
    /// Only members who are readers get tips; admins do not read.
    #[error("only readers get tips")]
    NotAReader,
}

/// A piece of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Some tips, ascending.
    Tips(Vec<ListedTip>),
    /// Nothing follows. How many tips there ever were, whatever was asked for: by this a desk knows a list that was cut.
    End(u64),
}

impl Intake {
    /// Every tip above `after`, ascending, in pages of about a megabyte, each tip with the capsule of the caller's own
    /// agency, and then the end. The next page is read when the one before was taken.
    pub fn tips_after(
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
                let page = intake.store.tips_after(seen, agency).await?;
                Ok(Some(match page.last().map(|tip| tip.seq) {
                    Some(seq) => (Listed::Tips(page), Some(seq)),
                    None => (Listed::End(intake.store.last_seq().await?), None),
                }))
            }
        }))
    }
}
