//! When cover tips go, how many, and how large they are: all drawn, nothing fixed.

use super::BUCKETS_PER_MILLE;
use crate::crypto::shape::LETTER_BUCKETS;
use crate::desk::random;
use std::time::Duration;

/// What times lie in.
pub const DAY: Duration = Duration::from_hours(24);
/// The most cover tips a day that may be asked for, on average or in number.
pub const MOST_A_DAY: u32 = 1_000;
/// A source is on the page for so long at least.
const SHORTEST_STAY: Duration = Duration::from_secs(40);
/// And so much longer at most.
const LONGER_STAY: Duration = Duration::from_mins(12);

/// So many times of one day, in order.
pub fn times_of(count: u32) -> Vec<Duration> {
    let mut times: Vec<_> = (0..count).map(|_| DAY.mul_f64(random::fraction())).collect();
    times.sort_unstable();
    times
}

/// The times of one day when `mean` tips come a day on average, each without regard to the others: a Poisson process.
pub fn times_at_rate(mean: f64) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut at = 0.0;
    loop {
        at -= random::fraction().ln() / mean; // days until the next one
        if at.is_nan() || at >= 1.0 {
            return times;
        }
        times.push(DAY.mul_f64(at));
    }
}

/// How long someone stays on the page before they send.
pub fn stay() -> Duration {
    SHORTEST_STAY + LONGER_STAY.mul_f64(random::fraction())
}

/// The bucket of a letter, drawn from [`BUCKETS_PER_MILLE`].
pub fn bucket() -> usize {
    let mut drawn = random::below(BUCKETS_PER_MILLE.iter().sum());
    for (bucket, weight) in LETTER_BUCKETS.into_iter().zip(BUCKETS_PER_MILLE) {
        match drawn.checked_sub(weight) {
            None => return bucket,
            Some(rest) => drawn = rest,
        }
    }
    unreachable!("what is drawn is smaller than all weights together")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_spread_over_one_day() {
        let times = times_of(500);
        assert!(times.len() == 500 && times.is_sorted() && times.iter().all(|at| *at <= DAY));
        let before_noon = times.iter().filter(|at| **at < DAY / 2).count();
        assert!((150..350).contains(&before_noon), "{before_noon}"); // nine standard deviations
    }

    #[test]
    fn a_rate_gives_a_number_that_varies_around_it() {
        let numbers: Vec<_> = (0..400).map(|_| times_at_rate(25.0).len()).collect();
        let sum: usize = numbers.iter().sum();
        assert!((9_000..11_000).contains(&sum), "{sum}"); // ten standard deviations
        assert!(numbers.iter().any(|number| *number != numbers[0]));
        assert!(times_at_rate(0.0).is_empty());
    }

    #[test]
    fn buckets_come_as_often_as_the_table_says() {
        let drawn: Vec<_> = (0..20_000).map(|_| bucket()).collect();
        for (bucket, per_mille) in LETTER_BUCKETS.into_iter().zip(BUCKETS_PER_MILLE) {
            let found = drawn.iter().filter(|drawn| **drawn == bucket).count() as u64;
            assert!(found.abs_diff(per_mille * 20) < 600, "{bucket}: {found}"); // over ten standard deviations
        }
    }
}
