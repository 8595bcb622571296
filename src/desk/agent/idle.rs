//! How long keys stay unlocked. Pure: what time it is, others say.

use crate::clock::Clock;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Minutes without a question after which the agent locks, where nobody says otherwise.
pub const DEFAULT_MINUTES: u8 = 5;
/// The most that anyone may say.
pub const MAX_MINUTES: u8 = 30;
/// By so much the two clocks may drift apart between two looks before it counts as sleep or as a jump.
const TOLERANCE: Duration = Duration::from_secs(30);

/// One moment on two clocks: the one on the wall, which goes on while the machine sleeps and can be set, and the steady one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970.
    pub wall: u64,
    /// Since the process began.
    pub steady: Duration,
}

/// Reads both clocks at once.
pub struct Time {
    wall: Arc<dyn Clock>,
    begun: Instant,
}

/// Since when nobody asked.
#[derive(Clone, Copy, Debug)]
pub struct Idle {
    limit: Duration,
    used: Moment,
    looked: Moment,
    is_over: bool,
}

impl Time {
    /// Begins now.
    pub fn new(wall: Arc<dyn Clock>) -> Self {
        Self { wall, begun: Instant::now() }
    }

    /// The moment that is now.
    pub fn now(&self) -> Moment {
        Moment { wall: self.wall.unix_seconds(), steady: self.begun.elapsed() }
    }
}

impl Idle {
    /// From now on, for so many minutes, but never for more than the ceiling.
    pub fn new(minutes: u8, now: Moment) -> Self {
        let limit = Duration::from_secs(60 * u64::from(minutes.min(MAX_MINUTES)));
        Self { limit, used: now, looked: now, is_over: false }
    }

    /// Whether it is time to lock. Once it was, it stays so.
    pub fn is_over(&mut self, now: Moment) -> bool {
        let steady = now.steady.saturating_sub(self.looked.steady);
        let wall = Duration::from_secs(now.wall.saturating_sub(self.looked.wall));
        let has_jumped =
            now.wall.saturating_add(TOLERANCE.as_secs()) < self.looked.wall || wall.abs_diff(steady) > TOLERANCE;
        self.looked = now;
        self.is_over |= has_jumped || self.left(now).is_zero();
        self.is_over
    }

    /// Somebody asked.
    pub fn use_now(&mut self, now: Moment) {
        self.used = now;
    }

    /// How long it stays unlocked if nobody asks.
    pub fn left(&self, now: Moment) -> Duration {
        self.limit.saturating_sub(now.steady.saturating_sub(self.used.steady))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(wall: u64, steady: u64) -> Moment {
        Moment { wall, steady: Duration::from_secs(steady) }
    }

    #[test]
    fn it_is_over_when_nobody_asked_for_so_long() {
        let mut idle = Idle::new(5, at(1_000, 0));
        assert!(!idle.is_over(at(1_299, 299)));
        assert!(idle.is_over(at(1_300, 300)));
        assert!(idle.is_over(at(1_300, 300)), "it does not come back");
    }

    #[test]
    fn each_question_begins_the_time_again() {
        let mut idle = Idle::new(5, at(1_000, 0));
        assert!(!idle.is_over(at(1_299, 299)));
        idle.use_now(at(1_299, 299));
        assert!(!idle.is_over(at(1_598, 598)));
        assert!(idle.is_over(at(1_599, 599)));
    }

    #[test]
    fn a_machine_that_slept_finds_it_locked() {
        let mut idle = Idle::new(30, at(1_000, 0));
        assert!(!idle.is_over(at(1_010, 10)));
        assert!(idle.is_over(at(1_050, 11)), "the wall clock went on, the steady one stood");
    }

    #[test]
    fn a_clock_that_is_set_forward_or_back_locks() {
        assert!(Idle::new(30, at(100_000, 0)).is_over(at(200_000, 1)));
        assert!(Idle::new(30, at(100_000, 0)).is_over(at(99_000, 1)));
        assert!(!Idle::new(30, at(100_000, 0)).is_over(at(99_990, 10)), "a second here and there does not");
    }

    #[test]
    fn nobody_stays_unlocked_beyond_the_ceiling() {
        let mut idle = Idle::new(255, at(0, 0));
        assert!(idle.is_over(at(1_800, 1_800)));
    }
}
