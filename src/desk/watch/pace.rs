//! How long to sleep between two looks: about as long as asked for, never to the second, longer while the server is away.

use std::time::Duration;

/// Seconds between two looks, where nobody says otherwise.
pub const DEFAULT_SECONDS: u64 = 60;
/// The fewest and the most that anyone may say.
pub const BOUNDS: std::ops::RangeInclusive<u64> = 15..=900;
/// The longest sleep there is, however long the server was away.
pub const LONGEST: Duration = Duration::from_mins(15);

/// The next sleep. `drawn` lies between 0 and 1; so the sleep is up to a quarter shorter or longer than the pace, which doubles
/// with each failure in a row.
pub fn next(every_seconds: u64, failures: u32, drawn: f64) -> Duration {
    let every = every_seconds.clamp(*BOUNDS.start(), *BOUNDS.end());
    let slowed = every.saturating_mul(1 << failures.min(8)).min(LONGEST.as_secs());
    Duration::from_secs(slowed).mul_f64(0.75 + drawn.clamp(0.0, 1.0) / 2.0).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_varies_by_a_quarter_and_doubles_while_the_server_is_away() {
        let seconds = |failures, drawn| next(60, failures, drawn).as_secs();
        assert_eq!((seconds(0, 0.0), seconds(0, 0.5), seconds(0, 1.0)), (45, 60, 75));
        assert_eq!([1, 2, 3, 4].map(|failures| seconds(failures, 0.5)), [120, 240, 480, 900]);
        assert_eq!(seconds(u32::MAX, 1.0), 900);
    }

    proptest! {
        #[test]
        fn no_sleep_is_too_short_or_too_long(every in any::<u64>(), failures in any::<u32>(), drawn in -1.0..2.0) {
            let sleep = next(every, failures, drawn);
            prop_assert!(sleep >= Duration::from_secs(11) && sleep <= LONGEST);
        }
    }
}
