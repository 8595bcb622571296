//! Bytes of request bodies: a bucket for each peer, and behind them one for all.

use super::Rate;
use super::peer::PeerKey;
use crate::http::problem::Problem;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, RateLimiter};
use std::num::NonZeroU32;

type ByPeer<C> = RateLimiter<PeerKey, DefaultKeyedStateStore<PeerKey>, C, NoOpMiddleware<<C as Clock>::Instant>>;
type ForAll<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// What may still be sent.
pub struct ByteBudget<C: Clock = DefaultClock> {
    peers: ByPeer<C>,
    all: ForAll<C>,
    clock: C,
}

impl<C: Clock + Clone> ByteBudget<C> {
    /// Full buckets.
    pub fn new(peer: Rate, all: Rate, clock: C) -> Self {
        Self {
            peers: RateLimiter::new(peer.quota(), DefaultKeyedStateStore::default(), clock.clone()),
            all: RateLimiter::direct_with_clock(all.quota(), clock.clone()),
            clock,
        }
    }

    /// Takes so many kibibytes out of the peer's bucket and out of everyone's, or says when they will be there.
    pub fn take(&self, peer: &PeerKey, kibibytes: u32) -> Result<(), Problem> {
        let Some(kibibytes) = NonZeroU32::new(kibibytes) else { return Ok(()) };
        // More than a bucket can ever hold will never be there.
        let never = |_| Problem::TooLarge;
        self.peers.check_key_n(peer, kibibytes).map_err(never)?.map_err(|until| self.wait(&until))?;
        self.all.check_n(kibibytes).map_err(never)?.map_err(|until| self.wait(&until))
    }

    /// Forgets peers whose bucket is full again: nothing is known of them any more.
    pub fn forget_idle(&self) {
        self.peers.retain_recent();
        self.peers.shrink_to_fit();
    }

    fn wait(&self, until: &NotUntil<C::Instant>) -> Problem {
        Problem::too_many(until.wait_time_from(self.clock.now()).as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::super::peer::Peers;
    use super::*;
    use governor::clock::FakeRelativeClock;
    use std::time::Duration;

    fn budget(peer: Rate, all: Rate) -> (ByteBudget<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (ByteBudget::new(peer, all, clock.clone()), clock)
    }

    fn peer(number: u8) -> PeerKey {
        Peers::fixed().of_address([192, 0, 2, number].into())
    }

    #[test]
    fn a_peer_that_sent_all_it_may_waits_as_long_as_it_is_told() {
        let (budget, clock) = budget(Rate::new(100, 60), Rate::new(1000, 1000));
        assert_eq!(budget.take(&peer(1), 100), Ok(()));
        assert_eq!(budget.take(&peer(1), 30), Err(Problem::TooMany { retry_seconds: 31 }));
        assert_eq!(budget.take(&peer(2), 100), Ok(()));
        clock.advance(Duration::from_secs(31));
        assert_eq!(budget.take(&peer(1), 30), Ok(()));
    }

    #[test]
    fn all_peers_together_are_bound_too() {
        let (budget, clock) = budget(Rate::new(100, 100), Rate::new(150, 60));
        assert_eq!(budget.take(&peer(1), 100), Ok(()));
        assert_eq!(budget.take(&peer(2), 100), Err(Problem::TooMany { retry_seconds: 51 }));
        clock.advance(Duration::from_secs(51));
        assert_eq!(budget.take(&peer(3), 100), Ok(()));
    }

    #[test]
    fn a_body_that_no_bucket_can_hold_is_too_large() {
        let (budget, _) = budget(Rate::new(100, 100), Rate::new(1000, 1000));
        assert_eq!(budget.take(&peer(1), 101), Err(Problem::TooLarge));
        assert_eq!(budget.take(&peer(1), 0), Ok(()));
    }

    #[test]
    fn a_peer_is_forgotten_when_its_bucket_is_full_again() {
        let (budget, clock) = budget(Rate::new(100, 60), Rate::new(1000, 1000));
        budget.take(&peer(1), 100).unwrap();
        clock.advance(Duration::from_secs(50));
        budget.forget_idle();
        assert_eq!(budget.peers.len(), 1);
        clock.advance(Duration::from_secs(52));
        budget.forget_idle();
        assert_eq!(budget.peers.len(), 0);
    }
}
