//! A day in UTC, the finest time that is ever stored outside a seal.

use super::parsed;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// One day (UTC), written `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// The text or number was not a day between the years 1970 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day like 2026-11-24")]
pub struct NotADay;

const EPOCH: Date = Date::constant(1970, 1, 1);
const LAST_EPOCH_DAY: i32 = 2_932_896; // 9999-12-31

impl Day {
    /// The day with this many whole days since 1970-01-01 before it.
    pub fn from_epoch_days(days: i32) -> Result<Self, NotADay> {
        (0..=LAST_EPOCH_DAY).contains(&days).then_some(Self(days)).ok_or(NotADay)
    }

    /// Whole days since 1970-01-01.
    pub const fn epoch_days(self) -> i32 {
        self.0
    }

    /// The day that comes `days` later, or the last one there is.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add_unsigned(days).min(LAST_EPOCH_DAY))
    }

    /// The day that came `days` before, or the first one there is.
    #[must_use]
    pub fn minus(self, days: u32) -> Self {
        Self(self.0.saturating_sub_unsigned(days).max(0))
    }

    /// How many days `other` lies after `self`; negative when before.
    pub const fn days_until(self, other: Self) -> i32 {
        other.0 - self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use jiff::ToSpan;
        fmt::Display::fmt(&EPOCH.saturating_add(self.0.days()), f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        // jiff reads more than one form; we write and take one.
        let is_form = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(is_form) {
            return Err(NotADay);
        }
        let date: Date = text.parse().map_err(|_| NotADay)?;
        Self::from_epoch_days(EPOCH.until(date).map_err(|_| NotADay)?.get_days())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        parsed::from(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_day_reads_back_as_it_was_written(days in 0..=LAST_EPOCH_DAY) {
            let day = Day::from_epoch_days(days).unwrap();
            prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        }
    }

    #[test]
    fn only_the_one_written_form_is_taken() {
        assert_eq!("2026-11-24".parse::<Day>().unwrap().epoch_days(), 20_781);
        for text in ["20261124", "2026-11-24T00:00", "2026-2-3", "1969-12-31", "+002026-11-24", ""] {
            assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
        }
    }
}
