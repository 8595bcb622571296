//! What the stored keyring and the newest tip say: how long the form is open, and whether the clock can be right.

use super::{Finding, languages, page};
use crate::crypto::keyring::{GRACE_DAYS, SignedVersion, Version, verify_chain};
use crate::http::serve::Settings;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::store::sqlite::Inspection;

const NAME: &str = "keyring";
const CLOCK: &str = "clock";
/// Days left from which on there is a warning, each time with more weight.
const WARN_DAYS: [i32; 4] = [1, 7, 14, 30];

/// Of the keyring, of its languages, of the page and of the clock.
pub fn findings(inside: &Inspection, settings: &Settings, today: Day) -> Vec<Finding> {
    let version = match newest(&inside.keyring, &settings.genesis) {
        Ok(version) => version,
        Err(finding) => return vec![finding, clock(today, inside.newest_day, None)],
    };
    let issued = version.public.issued;
    let languages = languages::finding(&version, settings.shows_drafts);
    let mut findings = vec![days_left(&version, today), languages];
    findings.extend(page::finding(&version, settings.choices()));
    findings.push(clock(today, inside.newest_day, Some(issued)));
    findings
}

fn newest(documents: &[String], genesis: &Sha256Hash) -> Result<Version, Finding> {
    if documents.is_empty() {
        return Err(Finding::warn(NAME, "none yet: the form is closed", "an admin publishes it: desk admin publish"));
    }
    let hint = "compare the genesis of this configuration with the hash that desk admin sign printed for this site";
    let versions: Result<Vec<SignedVersion>, _> =
        documents.iter().map(|document| serde_json::from_str(document)).collect();
    let versions = versions.map_err(|_| Finding::fail(NAME, "a stored version is malformed", hint))?;
    verify_chain(genesis, &versions).map_err(|error| Finding::fail(NAME, format!("refused: {error}"), hint))
}

fn days_left(version: &Version, today: Day) -> Finding {
    const HINT: &str = "admins sign and publish the next version: desk admin sign, desk admin publish";
    let number = version.public.version;
    let left = today.days_until(version.public.expires);
    if left < 0 {
        let text = format!(
            "version {number} expired {}: the form is closed, and tips sealed before are taken for {GRACE_DAYS} days after",
            days(-left, "ago")
        );
        return Finding::fail(NAME, text, HINT);
    }
    if version.offered().next().is_none() {
        let text = format!("version {number} has no agency that is open and has a key: the form is closed");
        return Finding::warn(
            NAME,
            text,
            "a member runs desk keys rotate, another desk keys confirm, admins take it in",
        );
    }
    let text = format!("version {number}, {}", days(left, "left"));
    match WARN_DAYS.into_iter().find(|limit| left <= *limit) {
        Some(limit) => Finding::warn(NAME, format!("{text} (warned at {limit})"), HINT),
        None => Finding::ok(NAME, text),
    }
}

fn days(number: i32, what: &str) -> String {
    if number == 1 { format!("1 day {what}") } else { format!("{number} days {what}") }
}

/// A clock that stands before something that happened is wrong. One that is fast is seen by nothing here.
fn clock(today: Day, newest_tip: Option<Day>, issued: Option<Day>) -> Finding {
    const HINT: &str =
        "set the machine's clock, and let it be kept by NTP: requests of desk are refused when it is off";
    let happened = [(newest_tip, "a tip came"), (issued, "the keyring was issued")];
    let later = happened.into_iter().find_map(|(day, what)| day.filter(|day| *day > today).map(|day| (day, what)));
    match later {
        Some((day, what)) => Finding::fail(CLOCK, format!("it is {today}, and {what} on {day}"), HINT),
        None => Finding::ok(CLOCK, format!("it is {today}, and nothing known is later")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;

    fn day(number: i32) -> Day {
        Day::from_epoch_days(number).unwrap()
    }

    #[test]
    fn a_clock_that_stands_before_what_happened_is_wrong() {
        let found = |newest, issued| clock(day(100), newest, issued).status;
        assert_eq!(found(Some(day(100)), Some(day(90))), Status::Ok);
        assert_eq!(found(None, None), Status::Ok);
        assert_eq!(found(Some(day(101)), Some(day(90))), Status::Fail);
        assert_eq!(found(None, Some(day(101))), Status::Fail);
    }
}
