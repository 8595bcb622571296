//! Messages by which two agencies learn what both of them hold. Every reader is given all of them, and who put one there is
//! not kept: here nobody can tell which agencies compare.

use super::{Caller, Intake, Kept, TipsRefusal};
use crate::crypto::shape;
use crate::model::hex::Hex;
use crate::store::{ListedPointer, NewPointer, Outcome, StoreError};
use crate::wire::POINTER_DAYS;
use futures_util::stream::{Stream, try_unfold};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointerRefusal {
    /// Only members who are readers compare.
    #[error("only readers compare")]
    NotAReader,
    /// Not sealed as such messages are.
    #[error("not a sealed message")]
    Unfit,
    /// As many as are kept lie there.
    #[error("no room")]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A piece of the list of messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListedPointers {
    /// Some, ascending.
    Pointers(Vec<ListedPointer>),
    /// Nothing follows. How many there ever were.
    End(u64),
}

impl Intake {
    /// Takes one message, once.
    pub async fn put_pointer(&self, caller: &Caller, sealed: &[u8]) -> Result<Kept, PointerRefusal> {
        let Caller::Member { is_reader: true, .. } = caller else {
            return Err(PointerRefusal::NotAReader);
        };
        shape::check_pointer(sealed).map_err(|_| PointerRefusal::Unfit)?;
        self.forget_pointers().await?;
        let hash = Hex(Sha256::digest(sealed).into());
        let new = NewPointer { hash, day: self.clock.today(), sealed: sealed.to_vec() };
        match self.store.put_pointer(&new).await? {
            Outcome::Stored => Ok(Kept::Now),
            Outcome::StoredBefore => Ok(Kept::Before),
            Outcome::Taken => Err(PointerRefusal::Full),
        }
    }

    /// Every message above `after`, ascending, and then the end.
    pub fn pointers_after(
        self: Arc<Self>,
        caller: &Caller,
        after: u64,
    ) -> Result<impl Stream<Item = Result<ListedPointers, StoreError>> + use<>, TipsRefusal> {
        let Caller::Member { is_reader: true, .. } = *caller else {
            return Err(TipsRefusal::NotAReader);
        };
        Ok(try_unfold(Some(after), move |seen| {
            let intake = Arc::clone(&self);
            async move {
                let Some(seen) = seen else { return Ok(None) };
                let page = intake.store.pointers_after(seen).await?;
                Ok(Some(match page.last().map(|pointer| pointer.seq) {
                    Some(seq) => (ListedPointers::Pointers(page), Some(seq)),
                    None => (ListedPointers::End(intake.store.last_pointer().await?), None),
                }))
            }
        }))
    }

    /// Deletes those whose time is over. To be called every few minutes.
    pub async fn forget_pointers(&self) -> Result<(), StoreError> {
        self.store.forget_pointers(self.clock.today().minus(POINTER_DAYS)).await
    }
}
