//! How the site is, for an admin: what the signed keyring says and what the server says of itself, as the findings of
//! `desk doctor`. Nothing of it points at a tip. What the server says about itself is its own word.

use super::changes::in_two_roles;
use super::revoke::left_with_the_key;
use crate::crypto::keyring::{Agency, AgencyStatus, Version};
use crate::desk::canary::is_quiet;
use crate::desk::chain::Chain;
use crate::desk::client::ClientError;
use crate::desk::doctor::Finding;
use crate::desk::doctor::site::{days_left, proposed};
use crate::desk::names::AgencyNames;
use crate::model::day::Day;
use crate::wire::{AgencyState, Amount, CanaryRecord, LITTLE_ROOM, NO_ROOM, SiteStatus};

/// Days after which an agency's key has been in use for long.
const OLD_KEY_DAYS: i32 = 365;
/// Days after which an agency that has not read is asked why.
const UNREAD_DAYS: i32 = 2;

/// How an agency comes to a key.
const NO_KEY: &str = "a member runs `desk keys rotate`, a second one `desk keys confirm`; then `desk admin agency key`";

/// All findings, in a fixed order. `words` are what agencies have truly said of canaries, or why that cannot be had.
pub fn findings(
    chain: &Chain,
    status: &SiteStatus,
    words: Result<&[CanaryRecord], &ClientError>,
    today: Day,
) -> Vec<Finding> {
    let version = chain.newest();
    let names = AgencyNames::of(version);
    let mut findings = vec![
        days_left(version.public.version, version.public.expires, today),
        form(status, version, today),
        disk(status.disk_free),
        tips(status),
        languages(version),
    ];
    let hint = "one person who can change who reads, and reads: have two, or know why not";
    findings.extend(in_two_roles(version).into_iter().map(|text| Finding::warn("roles", text, hint)));
    findings.extend(proposed(chain));
    findings.extend(words.err().map(|error| {
        let hint = "until it does nobody knows whether tips arrive: ask again, and look at the server";
        Finding::warn("canaries", format!("the server does not say which have arrived: {error}"), hint)
    }));
    for agency in &version.public.agencies {
        let state = status.agencies.iter().find(|state| state.agency == agency.number);
        let gone = left_with_the_key(chain.versions(), agency.number);
        let since = in_use_since(chain, agency);
        let canary = words.map_or(Canary::Unknown, |words| Canary::last(words, agency, today));
        let seen = Seen { since, state, canary, gone: &gone };
        findings.push(of_agency(agency, &names.name(agency.number), version, &seen, today));
    }
    findings
}

fn form(status: &SiteStatus, version: &Version, today: Day) -> Finding {
    const CHECK: &str = "form";
    const HINT: &str = "`knothole resume` on the server opens it";
    match status.paused.map(|paused| paused.until) {
        None if version.offered().next().is_none() => {
            Finding::warn(CHECK, "takes no messages: no agency that is open has a key", NO_KEY)
        }
        None => Finding::ok(CHECK, "takes messages, unless another line says otherwise"),
        Some(None) => Finding::warn(CHECK, "is closed, and says no day to come back", HINT),
        Some(Some(until)) if until <= today => {
            Finding::fail(CHECK, format!("is closed, and its day to come back, {until}, has come"), HINT)
        }
        Some(Some(until)) => Finding::warn(CHECK, format!("is closed, and says to come back on {until}"), HINT),
    }
}

fn disk(free: u8) -> Finding {
    const CHECK: &str = "disk";
    let (text, hint) = (format!("{free} % free"), "make room on the server: a full disk takes no tips");
    match free {
        _ if free < NO_ROOM => Finding::fail(CHECK, text, hint),
        _ if free < LITTLE_ROOM => Finding::warn(CHECK, text, hint),
        _ => Finding::ok(CHECK, text),
    }
}

fn tips(status: &SiteStatus) -> Finding {
    const CHECK: &str = "tips";
    let stored = format!("{} stored", status.tips.as_str());
    if status.had_tip_this_week {
        return Finding::ok(CHECK, format!("{stored}, cover tips counted; some came this week"));
    }
    let hint = "open the form as a source would; `desk cover` sends tips that nobody can open";
    Finding::warn(CHECK, format!("{stored}; none came this week, not even a cover tip"), hint)
}

fn languages(version: &Version) -> Finding {
    const CHECK: &str = "languages";
    let (whole, lacking): (Vec<_>, Vec<_>) = version.words.values().partition(|words| words.lacks().is_empty());
    let tags = |words: &[&crate::crypto::keyring::Words]| {
        words.iter().map(|words| words.lang.as_str()).collect::<Vec<_>>().join(", ")
    };
    let hint = "have them reviewed, then `desk admin words`";
    match (whole.is_empty(), lacking.is_empty()) {
        (true, _) => Finding::warn(CHECK, "none that may be shown: the form is closed", hint),
        (false, true) => Finding::ok(CHECK, format!("{}: nothing is lacking", tags(&whole))),
        (false, false) => Finding::warn(CHECK, format!("{}; drafts: {}", tags(&whole), tags(&lacking)), hint),
    }
}

/// The day from which on an agency's key is in use.
fn in_use_since(chain: &Chain, agency: &Agency) -> Option<Day> {
    let of = |version: &Version| version.public.agencies.get(usize::from(agency.number.0)).map(|one| one.epoch);
    chain.versions().find(|version| of(version) == Some(agency.epoch)).map(|version| version.public.issued)
}

/// What an agency said of canaries.
#[derive(Clone, Copy)]
enum Canary {
    /// That cannot be had.
    Unknown,
    /// Nothing this month.
    None,
    /// The last day on which it said that one came.
    Last(Day),
}

impl Canary {
    fn last(words: &[CanaryRecord], agency: &Agency, today: Day) -> Self {
        let days = words.iter().filter(|word| word.agency == agency.number).map(|word| word.word.day);
        days.filter(|day| *day <= today.plus(1)).max().map_or(Self::None, Self::Last)
    }
}

/// What is known of one agency beside the keyring.
struct Seen<'a> {
    /// The day from which on its key is in use.
    since: Option<Day>,
    /// What the server says of it.
    state: Option<&'a AgencyState>,
    /// What it said of canaries.
    canary: Canary,
    /// Who was taken out and had its key.
    gone: &'a [String],
}

/// One agency: the first thing that is wrong decides how bad it is, and all are said.
fn of_agency(agency: &Agency, name: &str, version: &Version, seen: &Seen<'_>, today: Day) -> Finding {
    const CHECK: &str = "agency";
    if agency.status == AgencyStatus::Closed {
        return Finding::ok(CHECK, format!("{name} is closed"));
    }
    if agency.recipient.is_none() {
        return Finding::warn(CHECK, format!("{name} has no key: the form does not offer it"), NO_KEY);
    }
    let age = seen.since.map_or(0, |since| since.days_until(today));
    let is_one = if agency.one_member { "; ONE PERSON alone can read for it" } else { "" };
    let text = format!("{name}: key {}, {age} days old{is_one}", agency.epoch);
    if !seen.gone.is_empty() {
        let hint = "the same day: `desk keys renew` by two members, `desk admin agency key`, sign, publish, `desk keys renew` by two again";
        return Finding::fail(CHECK, format!("{text}; taken out, and had its key: {}", seen.gone.join(", ")), hint);
    }
    let troubles = troubles(agency, age, version, seen, today);
    let said: Vec<&str> = troubles.iter().map(|(what, _)| what.as_str()).collect();
    match troubles.first() {
        None => Finding::ok(CHECK, text),
        Some((_, hint)) => Finding::warn(CHECK, format!("{text}; {}", said.join("; ")), *hint),
    }
}

/// What of an agency wants attention, and what to do about each.
fn troubles(agency: &Agency, age: i32, version: &Version, seen: &Seen<'_>, today: Day) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    let waits = |amount: Option<Amount>| amount.filter(|amount| *amount != Amount::None);
    if let Some(amount) = waits(seen.state.map(|state| state.to_reseal)) {
        let what = format!("capsules to be sealed again: {}", amount.as_str());
        found.push((what, "a member of it runs `desk keys reseal`, then a second one"));
    }
    if let Some(amount) = waits(seen.state.map(|state| state.to_check)) {
        let what = format!("sealed again and not checked: {}", amount.as_str());
        found.push((what, "a second member of it runs `desk keys reseal`"));
    }
    let old = version
        .staff
        .agency_keys
        .iter()
        .filter(|key| key.agency == agency.number && key.epoch < agency.epoch && key.retired.is_none());
    let old: Vec<_> = old.map(|key| key.epoch.to_string()).collect();
    if !old.is_empty() {
        let what = format!("not retired yet: key {}", old.join(", "));
        found.push((what, "members of it look with `desk keys report`, then `desk keys retire`"));
    }
    match seen.state.and_then(|state| state.read) {
        None => found.push(("its desks have not said yet that they read".to_owned(), "ask it to run `desk inbox`")),
        Some(day) if day.days_until(today) > UNREAD_DAYS => {
            found.push((format!("its desks last read on {day}"), "ask it to run `desk inbox`"));
        }
        Some(_) => {}
    }
    match seen.canary {
        Canary::None => {
            found.push(("no canary has reached it this month".to_owned(), "`desk canary --form URL`, every day"));
        }
        Canary::Last(day) if is_quiet(day, today) => {
            let hint = "is one sent every day? `desk canary --status`, where it is, says who is silent";
            found.push((format!("the last canary reached it on {day}"), hint));
        }
        Canary::Last(_) | Canary::Unknown => {}
    }
    if age > OLD_KEY_DAYS {
        found.push(("its key is more than a year old".to_owned(), "a member of it runs `desk keys rotate`"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::site;
    use super::*;
    use crate::desk::doctor::Level;

    #[test]
    fn a_form_that_offers_no_agency_takes_no_messages() {
        let (mut version, ..) = site();
        let today = version.public.issued;
        let status = SiteStatus {
            version: 0,
            tips: Amount::None,
            had_tip_this_week: false,
            paused: None,
            disk_free: 50,
            agencies: Vec::new(),
        };
        let none = form(&status, &version, today);
        assert!(none.level == Level::Warn && none.text.contains("takes no messages"), "{none:?}");
        version.public.agencies[0].recipient = Some("a key".into());
        assert_eq!(form(&status, &version, today).level, Level::Ok);
    }
}
