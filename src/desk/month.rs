//! A month in UTC: the finest period of which figures are made, and by which records are printed.

use crate::model::day::Day;
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// One month, written `YYYY-MM`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(String);

/// The text was no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAMonth {
    /// It is a day.
    #[error("that is a day: say a whole month, such as 2026-11")]
    Day,
    /// It is nothing of the kind.
    #[error("a month is written as 2026-11")]
    Other,
}

impl Month {
    /// The month that a day belongs to.
    pub fn of(day: Day) -> Self {
        Self(day.to_string().chars().take(7).collect())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        if text.parse::<Day>().is_ok() {
            return Err(NotAMonth::Day);
        }
        format!("{text}-01").parse().map(Self::of).map_err(|_| NotAMonth::Other)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_in_one_way_and_a_day_is_none() {
        assert_eq!("2026-11".parse::<Month>().unwrap(), Month::of("2026-11-30".parse().unwrap()));
        assert_eq!("2026-11-01".parse::<Month>(), Err(NotAMonth::Day));
        for text in ["2026-13", "2026", "26-11", "2026-1", "", "2026-11-", "2026-11-1", "11.2026"] {
            assert_eq!(text.parse::<Month>(), Err(NotAMonth::Other), "{text}");
        }
    }

    #[test]
    fn months_stand_in_their_order() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        assert!(month("2025-12") < month("2026-01") && month("2026-09") < month("2026-10"));
    }
}
