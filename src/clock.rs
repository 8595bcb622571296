//! The only place that asks what time it is. Everyone else is handed a `Clock`.

use crate::model::day::Day;

/// Tells the time. `SystemClock` outside tests, `FixedClock` inside.
pub trait Clock: Send + Sync {
    /// Seconds since 1970-01-01T00:00:00Z. Zero when the machine's clock stands before that.
    fn unix_seconds(&self) -> u64;

    /// Today, in UTC.
    fn today(&self) -> Day {
        let days = i32::try_from(self.unix_seconds() / 86_400).unwrap_or(i32::MAX);
        Day::from_epoch_days(days.min(2_932_896)).expect("between 0 and the last day there is")
    }

    /// The quarter hour that has begun, as a letter's `created`: `YYYY-MM-DDTHH:MMZ`, rounded down.
    fn quarter_hour(&self) -> String {
        let minutes = self.unix_seconds() % 86_400 / 900 * 15;
        format!("{}T{:02}:{:02}Z", self.today(), minutes / 60, minutes % 60)
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may ask for the time")]
    fn unix_seconds(&self) -> u64 {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }
}

/// A clock that stands still, for tests and for what must be repeatable.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub u64);

impl Clock for FixedClock {
    fn unix_seconds(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarter_hours_are_rounded_down() {
        let clock = FixedClock(1_795_485_599); // 2026-11-24T01:59:59Z
        assert_eq!(clock.quarter_hour(), "2026-11-24T01:45Z");
        assert_eq!(clock.today().to_string(), "2026-11-24");
    }
}
