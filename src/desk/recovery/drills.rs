//! The last drill of each agency's recovery shares at this machine: its day, and whether they gave the key. Who held them, and
//! what they said, stands nowhere; no server is told.

use crate::desk::files::{self, FileError};
use crate::desk::profile::Profile;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

const FILE_NAME: &str = "drills.json";
const MAX_BYTES: u64 = 1 << 16;

/// How the last drill of an agency's shares ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drill {
    /// Whose shares.
    pub agency: AgencyNumber,
    /// Of which key.
    pub epoch: u32,
    /// When.
    pub day: Day,
    /// Whether they gave the key.
    pub has_passed: bool,
}

/// What this machine remembers, by agency. What cannot be read as that counts as none.
pub fn read(profile: &Profile) -> Result<Vec<Drill>, FileError> {
    match files::read(&path(profile), MAX_BYTES) {
        Err(FileError::Missing(_)) => Ok(Vec::new()),
        read => Ok(serde_json::from_slice(&read?).unwrap_or_default()),
    }
}

/// Puts a drill in the place of the agency's last one.
pub fn remember(profile: &Profile, drill: Drill) -> Result<(), FileError> {
    let mut drills = read(profile)?;
    drills.retain(|known| known.agency != drill.agency);
    drills.push(drill);
    drills.sort_by_key(|drill| drill.agency);
    let bytes = serde_json::to_vec(&drills).expect("numbers and days always serialize");
    files::replace(&path(profile), &bytes)
}

fn path(profile: &Profile) -> PathBuf {
    profile.dir().join(FILE_NAME)
}
