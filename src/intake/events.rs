//! Case events: taken from whoever shows the tip's custody token, listed to every reader alike, so that nobody learns from
//! what is fetched who can open what.

use super::{Caller, Intake, Kept, TipsRefusal};
use crate::crypto::shape::{self, EVENT_BUCKETS, sealed_len};
use crate::model::hex::Hex;
use crate::model::tip::{CustodyToken, TipId};
use crate::store::{EventOutcome, ListedEvent, NewEvent, StoreError};
use crate::wire::{EVENT_SLOTS, PostedEvent};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::stream::{Stream, try_unfold};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Why an event was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventRefusal {
    /// Not a reader, or no token of a tip that there is: which of the two is not said.
    #[error("not for this caller")]
    NotAllowed,
    /// Not sealed as events are, or under no label.
    #[error("not a sealed event")]
    Unfit,
    /// The tip has as many events as it may have.
    #[error("no room for another event of this tip")]
    Full,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A piece of the list of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListedEvents {
    /// Some events, ascending.
    Events(Vec<ListedEvent>),
    /// Nothing follows. How many events and how many tips there ever were.
    End {
        /// Events.
        events: u64,
        /// Tips.
        tips: u64,
    },
}

impl Intake {
    /// Takes one event of a tip, once.
    pub async fn put_event(&self, caller: &Caller, tip: TipId, posted: &PostedEvent) -> Result<Kept, EventRefusal> {
        let Caller::Member { is_reader: true, .. } = caller else {
            return Err(EventRefusal::NotAllowed);
        };
        if CustodyToken(posted.token.0).tip_id() != tip {
            return Err(EventRefusal::NotAllowed);
        }
        let sealed = STANDARD.decode(&posted.sealed).map_err(|_| EventRefusal::Unfit)?;
        let is_event = EVENT_BUCKETS
            .into_iter()
            .any(|bucket| sealed.len() == sealed_len(bucket) && shape::check(&sealed, bucket).is_ok());
        if !is_event || posted.slot >= EVENT_SLOTS {
            return Err(EventRefusal::Unfit);
        }
        let hash = Hex(Sha256::digest(&sealed).into());
        let event = NewEvent { hash, slot: posted.slot, label: posted.label, sealed };
        match self.store.put_event(tip, &event).await? {
            EventOutcome::Stored => Ok(Kept::Now),
            EventOutcome::StoredBefore => Ok(Kept::Before),
            EventOutcome::NoTip => Err(EventRefusal::NotAllowed),
            EventOutcome::Full => Err(EventRefusal::Full),
        }
    }

    /// Every event above `after`, ascending, in pages of about a megabyte, and then the end.
    pub fn events_after(
        self: Arc<Self>,
        caller: &Caller,
        after: u64,
    ) -> Result<impl Stream<Item = Result<ListedEvents, StoreError>> + use<>, TipsRefusal> {
        let Caller::Member { is_reader: true, .. } = *caller else {
            return Err(TipsRefusal::NotAReader);
        };
        Ok(try_unfold(Some(after), move |seen| {
            let intake = Arc::clone(&self);
            async move {
                let Some(seen) = seen else { return Ok(None) };
                let page = intake.store.events_after(seen).await?;
                Ok(Some(match page.last().map(|event| event.seq) {
                    Some(seq) => (ListedEvents::Events(page), Some(seq)),
                    None => (intake.end_of_events().await?, None),
                }))
            }
        }))
    }

    async fn end_of_events(&self) -> Result<ListedEvents, StoreError> {
        // The tips first: an event of a tip that is not counted yet is not counted either.
        let tips = self.store.last_seq().await?;
        Ok(ListedEvents::End { events: self.store.last_event_seq().await?, tips })
    }
}
