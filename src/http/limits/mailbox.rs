//! Questions to mailboxes: first ones have a budget that nothing else uses up; who asks much shares a small one with all others
//! who do.
//!
//! So guessing gets slow for the addresses that guess, and for those who share one with them. Where they are thousands, each of which asks for
//! the first time, everyone is told to wait or to work (`work`). The budget is apart from that of the door.

use super::Rate;
use super::gate::Guest;
use super::peer::{NetworkKey, PeerKey};
use crate::http::problem::Problem;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse as _;
use axum::{Extension, Router};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, RateLimiter};
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

/// Of what a peer may ask of the door, this part of mailboxes before it shares with others: to look, to wipe, to look again.
const FIRST_PART: u32 = 300;
/// The same of a network, which a library, an office or a rented range of addresses is.
const NETWORK_PART: u32 = 30;
/// Of what all may ask of the door, this part of mailboxes with first questions.
const ALL_FIRST_PART: u32 = 10;
/// What a peer may ask besides: many sources may be behind one.
const MORE_PART: u32 = 5;
/// What all may ask besides, together.
const ALL_MORE_PART: u32 = 40;

type Keyed<K, C> = RateLimiter<K, DefaultKeyedStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;
type Shared<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// What may still be asked.
pub struct MailboxBudget<C: Clock = DefaultClock> {
    first: Keyed<PeerKey, C>,
    networks: Keyed<NetworkKey, C>,
    all_first: Shared<C>,
    more: Keyed<PeerKey, C>,
    all_more: Shared<C>,
    clock: C,
}

impl<C: Clock + Clone> MailboxBudget<C> {
    /// Full buckets, as parts of what one peer and all together may ask of the door.
    pub fn new(peer: Rate, all: Rate, clock: C) -> Self {
        let shared = |part| RateLimiter::direct_with_clock(all.part(part).quota(), clock.clone());
        Self {
            first: keyed(peer.part(FIRST_PART), &clock),
            networks: keyed(peer.part(NETWORK_PART), &clock),
            all_first: shared(ALL_FIRST_PART),
            more: keyed(peer.part(MORE_PART), &clock),
            all_more: shared(ALL_MORE_PART),
            clock,
        }
    }

    /// Takes one question, or says when it will be taken.
    pub fn ask(&self, peer: &PeerKey) -> Result<(), Problem> {
        let first = self.first.check_key(peer).and_then(|()| self.networks.check_key(peer.network()));
        let Err(until) = first else {
            return self.all_first.check().map_err(|until| too_many(self.wait(&until)));
        };
        let more = self.more.check_key(peer).and_then(|()| self.all_more.check());
        more.map_err(|later| too_many(self.wait(&until).min(self.wait(&later))))
    }

    /// Forgets whoever has not asked for a while.
    pub fn forget_idle(&self) {
        forget(&self.first);
        forget(&self.networks);
        forget(&self.more);
    }

    fn wait(&self, until: &NotUntil<C::Instant>) -> Duration {
        until.wait_time_from(self.clock.now())
    }
}

/// Puts the budget before everything that `router` does: nothing of what is asked is read before.
pub fn guard(router: Router, budget: &Arc<MailboxBudget>) -> Router {
    let budget = Arc::clone(budget);
    router.layer(from_fn(move |Extension(guest): Extension<Guest>, request: Request, next: Next| {
        let asked = budget.ask(guest.peer());
        async move {
            match asked {
                Ok(()) => next.run(request).await,
                Err(problem) => problem.into_response(),
            }
        }
    }))
}

fn keyed<K: Hash + Eq + Clone, C: Clock + Clone>(rate: Rate, clock: &C) -> Keyed<K, C> {
    RateLimiter::new(rate.quota(), DefaultKeyedStateStore::default(), clock.clone())
}

fn forget<K: Hash + Eq + Clone, C: Clock>(keyed: &Keyed<K, C>) {
    keyed.retain_recent();
    keyed.shrink_to_fit();
}

const fn too_many(wait: Duration) -> Problem {
    Problem::too_many(wait.as_secs())
}

#[cfg(test)]
#[path = "mailbox/tests.rs"]
mod tests;
