//! When recovery shares were last tried at this machine: on paper that nobody tries, a key is lost unnoticed.

use super::Finding;
use crate::crypto::keyring::Version;
use crate::desk::profile::{Part, Profile};
use crate::desk::recovery::drills::{self, Drill};
use crate::model::day::Day;

const CHECK: &str = "drill";
/// Days after which shares are to be tried again: half a year, as the ceremony has it.
const OLD_DAYS: i32 = 183;

/// One finding for each agency whose shares were tried here. `version` is the newest that is known.
pub fn examine(profile: &Profile, version: Option<&Version>, today: Day) -> Vec<Finding> {
    let drills = match drills::read(profile) {
        Ok(drills) => drills,
        Err(error) => return vec![Finding::unreadable(CHECK, &error)],
    };
    let settings = profile.settings();
    let mut findings: Vec<_> = drills.iter().map(|drill| of(drill, version, today)).collect();
    if settings.part == Part::Member && drills.iter().all(|drill| drill.agency != settings.agency) {
        let text = "no recovery shares of your agency were tried here; where they were, `desk doctor` says when";
        findings.push(Finding::ok(CHECK, text));
    }
    findings
}

fn of(drill: &Drill, version: Option<&Version>, today: Day) -> Finding {
    let Drill { agency, epoch, day, has_passed } = *drill;
    let shares = format!("shares of key {epoch} of agency {agency}");
    let newest = version.and_then(|version| version.public.agencies.get(usize::from(agency.0)));
    let newest = newest.map_or(epoch, |agency| agency.epoch);
    if !has_passed {
        let hint =
            "`desk keys drill` with others of the set; where too few are left, `desk keys recover split` and new pages";
        return Finding::fail(CHECK, format!("{shares} did not give it on {day}"), hint);
    }
    if newest > epoch {
        let hint = "`desk keys recover split`, new pages, then `desk keys drill`";
        return Finding::warn(CHECK, format!("{shares} gave it on {day}, and key {newest} is in use"), hint);
    }
    let age = day.days_until(today);
    let text = format!("{shares} gave it on {day}, {age} days ago");
    if age > OLD_DAYS {
        Finding::warn(CHECK, text, "`desk keys drill`, every half year")
    } else {
        Finding::ok(CHECK, text)
    }
}
