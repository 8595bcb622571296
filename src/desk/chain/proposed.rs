//! What recovery admins propose, and since when this profile was shown it: a server that kept it back cannot bring it in later
//! as if it had been there to see.

use super::ChainError;
use crate::crypto::keyring::{KeyringError, Public, SignedVersion, Version, verify_next};
use crate::desk::enrolment::Enrolment;
use crate::desk::files::{self, FileError};
use crate::desk::profile::Profile;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::wire::ShownProposal;
use serde::{Deserialize, Serialize};

const MAX_BYTES: u64 = 1 << 20;
/// What to do about a proposal, for whoever sees it.
pub const IF_WRONG: &str =
    "if they are not lost, call them now: any version that the admins publish before that day stops it";
/// Days by which the clocks of a server and of a desk may differ.
const SKEW_DAYS: u32 = 1;

/// A version that may follow the newest one, unless the admins publish another before its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The version.
    pub version: Version,
    /// What whoever asks the public door is to be shown of it.
    pub shown: ShownProposal,
    /// The new admins, each with the words of their enrolment.
    pub new: Vec<(String, String)>,
}

impl Proposed {
    /// The true ones among those that a server shows.
    pub(super) fn among(shown: &[SignedVersion], newest: &Version) -> Vec<Self> {
        let is_theirs = |signed: &&SignedVersion| newest.public.is_recovered_by(signed);
        shown.iter().filter(is_theirs).filter_map(|signed| Self::of(signed, newest)).collect()
    }

    fn of(signed: &SignedVersion, newest: &Version) -> Option<Self> {
        let version = verify_next(newest, signed).ok()?;
        let shown = ShownProposal::of(&newest.public, signed)?;
        let new = version.public.admins.iter().filter(|admin| shown.new.contains(&admin.id));
        let new = new.map(|admin| (admin.id.clone(), Enrolment::Admin(admin.clone()).words())).collect();
        Some(Self { version, shown, new })
    }

    /// From which day on it counts.
    pub fn first_day(&self) -> Day {
        self.version.public.issued
    }
}

impl std::fmt::Display for Proposed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.shown.fmt(f)
    }
}

/// What was shown here, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Watched {
    /// The last day on which the server was asked.
    looked: Option<Day>,
    shown: Vec<Shown>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    hash: Sha256Hash,
    since: Day,
    /// The last day before on which it was not there.
    not_yet: Option<Day>,
}

impl Watched {
    /// What a profile remembers; nothing before the first time.
    pub fn read(profile: &Profile) -> Result<Self, ChainError> {
        let path = profile.proposed_path();
        match files::read(&path, MAX_BYTES) {
            Err(FileError::Missing(_)) => Ok(Self::default()),
            read => serde_json::from_slice(&read?).map_err(|_| ChainError::Forgotten(path)),
        }
    }

    /// Remembers what is shown today in place of `before`.
    pub fn look(mut self, proposed: &[Proposed], today: Day, profile: &Profile) -> Result<(), ChainError> {
        let before = self.clone();
        for Proposed { version, .. } in proposed {
            if self.shown.iter().all(|known| known.hash != version.hash) {
                self.shown.push(Shown { hash: version.hash, since: today, not_yet: before.looked });
            }
        }
        self.looked = Some(today);
        if self == before {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&self).expect("days and hex always serialize");
        Ok(files::replace(&profile.proposed_path(), &bytes)?)
    }

    /// Whether a version in the chain is none of recovery admins, or one that everyone could see coming: it was there at
    /// each look since its delay began, or for as long as that is.
    pub fn check(&self, before: &Public, signed: &SignedVersion, today: Day) -> Result<(), ChainError> {
        if !before.is_recovered_by(signed) {
            return Ok(());
        }
        let version = signed.read()?;
        let (number, first_day) = (version.public.version, version.public.issued);
        if today.plus(SKEW_DAYS) < first_day {
            return Err(KeyringError::RecoveredTooSoon(first_day).into());
        }
        let begun = before.shown_by(first_day).plus(SKEW_DAYS);
        let is_in_time = |not_yet: Option<Day>| not_yet.is_none_or(|day| day <= begun);
        let was_shown = match self.shown.iter().find(|known| known.hash == version.hash) {
            None => is_in_time(self.looked),
            Some(Shown { since, not_yet, .. }) => {
                is_in_time(*not_yet) || since.plus(before.recovery.days()) <= today.plus(SKEW_DAYS)
            }
        };
        if was_shown { Ok(()) } else { Err(ChainError::Unannounced(number)) }
    }
}
