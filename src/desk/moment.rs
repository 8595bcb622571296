//! Times as people read them: UTC, to the minute.

use jiff::Timestamp;

/// `2026-11-24 01:59Z`; a time that no calendar has as its number of seconds.
pub fn shown(at: u64) -> String {
    let time = i64::try_from(at).ok().and_then(|at| Timestamp::from_second(at).ok());
    time.map_or_else(|| at.to_string(), |time| time.strftime("%Y-%m-%d %H:%MZ").to_string())
}

/// How long a span of seconds is, in the two largest units that say something: `2 d 3 h`, `45 min`.
pub fn span(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_spans_are_read_at_a_glance() {
        assert_eq!(shown(1_795_485_599), "2026-11-24 01:59Z");
        assert_eq!(shown(u64::MAX), u64::MAX.to_string());
        let spans = [0, 59, 60, 3_600, 3_660, 86_400, 90_000, 200_000].map(span);
        assert_eq!(spans, ["0 min", "0 min", "1 min", "1 h", "1 h 1 min", "1 d", "1 d 1 h", "2 d 7 h"]);
    }
}
