//! The demo's clock: that of the machine, set back while the site's past is made, so that its tips have ages.

use crate::clock::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Reads so many seconds less than the true clock.
pub(super) struct PastClock {
    true_clock: Arc<dyn Clock>,
    seconds_back: AtomicU64,
}

impl PastClock {
    /// Begins so many seconds ago.
    pub fn new(true_clock: Arc<dyn Clock>, seconds_back: u64) -> Arc<Self> {
        Arc::new(Self { true_clock, seconds_back: AtomicU64::new(seconds_back) })
    }

    /// It is so many seconds ago now; at 0 it is now.
    pub fn set(&self, seconds_back: u64) {
        self.seconds_back.store(seconds_back, Ordering::SeqCst);
    }
}

impl Clock for PastClock {
    fn unix_seconds(&self) -> u64 {
        self.true_clock.unix_seconds().saturating_sub(self.seconds_back.load(Ordering::SeqCst))
    }
}
