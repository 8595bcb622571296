//! How a site is, as far as its server can know and admins may: nothing by which a tip could be singled out.

use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use serde::{Deserialize, Serialize};

/// Percent of the disk below which a site is warned. A fifth is what tips are kept room for.
pub const LITTLE_ROOM: u8 = 20;
/// Percent below which there is none to speak of.
pub const NO_ROOM: u8 = 5;

/// Answer of `GET /v1/status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteStatus {
    /// The newest version of the keyring.
    pub version: u32,
    /// Tips that are stored, cover tips and canaries included.
    pub tips: Amount,
    /// Whether one came in the last seven days.
    pub had_tip_this_week: bool,
    /// The form, while it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<Paused>,
    /// Percent of the disk.
    pub disk_free: u8,
    /// By number.
    pub agencies: Vec<AgencyState>,
}

/// The form is closed for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paused {
    /// The day on which sources are told to come back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// How far one agency is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyState {
    /// Which.
    pub agency: AgencyNumber,
    /// Capsules that wait to be sealed again to its newest key. There is one for every tip, whoever can open it.
    pub to_reseal: Amount,
    /// Capsules that were sealed again and wait for a second person.
    pub to_check: Amount,
    /// The last day on which one of its desks said that it had read the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<Day>,
}

/// How many, and no closer: who looks every day must not learn that one came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// 0.
    None,
    /// 1 to 99.
    Under100,
    /// 100 to 999.
    Under1000,
    /// 1,000 to 9,999.
    Under10000,
    /// 10,000 or more.
    More,
}

impl Amount {
    /// In which of the five this number is.
    pub const fn of(number: u64) -> Self {
        match number {
            0 => Self::None,
            1..100 => Self::Under100,
            100..1_000 => Self::Under1000,
            1_000..10_000 => Self::Under10000,
            _ => Self::More,
        }
    }

    /// For people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Under100 => "fewer than 100",
            Self::Under1000 => "fewer than 1,000",
            Self::Under10000 => "fewer than 10,000",
            Self::More => "10,000 or more",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Amount::{self, More, None, Under100, Under1000, Under10000};

    #[test]
    fn an_amount_says_its_order_and_no_more() {
        let of = [0, 1, 99, 100, 999, 1_000, 9_999, 10_000].map(Amount::of);
        assert_eq!(of, [None, Under100, Under100, Under1000, Under1000, Under10000, Under10000, More]);
        assert_eq!(serde_json::to_string(&Amount::of(5)).unwrap(), r#""under100""#);
    }
}
