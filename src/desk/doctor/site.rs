//! The site: how long its keyring is good for, whether its door answers, and whether the two clocks agree.

use super::Finding;
use crate::clock::Clock;
use crate::crypto::keyring::Version;
use crate::desk::agency_keys;
use crate::desk::chain::{Chain, ChainError, IF_WRONG};
use crate::desk::client::{Client, ClientError};
use crate::desk::failure::{Exit, Failure};
use crate::desk::identity::Identity;
use crate::desk::profile::{Part, Profile, Site};
use crate::desk::recipients;
use crate::desk::sync::needing_missing;
use crate::model::day::Day;
use crate::wire::MAX_SKEW_SECONDS;
use std::sync::Arc;

/// Days before it expires from which on the keyring is spoken of.
const SOON_DAYS: i32 = 30;
/// Days before it expires from which on it must be renewed at once.
const LAST_DAYS: i32 = 1;

/// Looks at the keyring that this machine knows, and asks the server: with open keys as their owner, else only whether it
/// answers.
pub async fn examine(
    profile: &Profile,
    site: &Site,
    identity: Option<&Identity>,
    proxy: Option<&str>,
    clock: Arc<dyn Clock>,
) -> Vec<Finding> {
    let today = clock.today();
    let proxy = proxy.or(profile.settings().proxy.as_deref());
    let Some(identity) = identity else {
        let server = server(Client::answers(site, proxy).await.err().as_ref());
        let mut findings = vec![server];
        findings.extend(known(Chain::load(profile, site.genesis), today));
        findings.push(Finding::locked("keys"));
        return findings;
    };
    let client = match Client::new(site, proxy, identity, clock) {
        Ok(client) => client,
        Err(error) => return vec![server(Some(&error))],
    };
    let updated = Chain::update(profile, site.genesis, &client).await;
    let mut findings = vec![match &updated {
        Err(ChainError::Client(error)) => server(Some(error)),
        _ => server(None),
    }];
    if let Err(ChainError::Client(_)) = &updated {
        findings.extend(known(Chain::load(profile, site.genesis), today));
    } else {
        let keys = match &updated {
            Ok(chain) => Some(keys(chain.newest(), profile, identity, &client).await),
            Err(_) => None,
        };
        let nonsense = match &updated {
            Ok(chain) if profile.settings().part == Part::Member => nonsense(chain, &client).await,
            _ => None,
        };
        findings.extend(known(updated.map(Some), today));
        findings.extend(keys);
        findings.extend(nonsense);
    }
    findings
}

/// How the server answered, if it did.
pub fn server(error: Option<&ClientError>) -> Finding {
    let check = "server";
    match error {
        None => Finding::ok(check, "the staff door answers"),
        Some(ClientError::NotAccepted) => Finding::fail(
            check,
            "the staff door answers, but does not accept your signature",
            format!(
                "set this machine's clock (it may be {} minutes wrong at most), and make sure that the admins have published the version \
                 with you in it and have not taken you out since, and that `desk pin` shows the same genesis hash as theirs, to the last digit",
                MAX_SKEW_SECONDS / 60
            ),
        ),
        Some(error @ ClientError::BadAddress(_)) => {
            Finding::fail(check, error.to_string(), "name it again with `desk pin --staff URL --proxy URL`")
        }
        Some(error) => {
            Finding::fail(check, error.to_string(), "check the network, the proxy and the address in `profile.toml`")
        }
    }
}

/// What the newest version of the keyring says.
fn known(chain: Result<Option<Chain>, ChainError>, today: Day) -> Vec<Finding> {
    match chain {
        Ok(Some(chain)) => {
            let public = &chain.newest().public;
            let mut findings = vec![days_left(public.version, public.expires, today), clock(public.issued, today)];
            findings.push(rules(chain.newest()));
            findings.extend(proposed(&chain));
            findings
        }
        Ok(None) => {
            vec![Finding::warn("keyring", "this machine has not seen the site's keyring yet", "run `desk inbox`")]
        }
        Err(error) => {
            let failure = Failure::from(error);
            let hint = failure.hint.unwrap_or_else(|| "do not go on before you have spoken with an admin".to_owned());
            let finding = if failure.exit == Exit::Integrity { Finding::fail } else { Finding::warn };
            vec![finding("keyring", failure.what, hint)]
        }
    }
}

/// Whether the site says what is urgent and which clocks the law starts: without that nothing looks wrong, and nothing is late.
fn rules(version: &Version) -> Finding {
    let (rules, clocks) = (version.staff.priority.len(), version.staff.clocks.len());
    let what = match (rules, clocks) {
        (0, 0) => {
            "the site has no priority rules and no legal clocks: no tip is urgent, and nothing is said of the law"
        }
        (0, _) => "the site has no priority rules: no tip is urgent",
        (_, 0) => "the site has no legal clocks: nothing is said of the hours that the law gives",
        _ => return Finding::ok("rules", format!("{rules} for priorities, {clocks} legal clocks")),
    };
    Finding::warn(
        "rules",
        what,
        "an admin puts them into the next version: `desk admin rules FILE`; `deploy/rules.toml` has proposals",
    )
}

/// That recovery admins are about to replace admins; nothing where they are not.
pub fn proposed(chain: &Chain) -> Vec<Finding> {
    chain.proposed().iter().map(|one| Finding::warn("admins", one.to_string(), IF_WRONG)).collect()
}

/// How long the newest version is good for.
pub fn days_left(version: u32, expires: Day, today: Day) -> Finding {
    let check = "keyring";
    let days = today.days_until(expires);
    let hint = "an admin makes, has signed and publishes the next version: `desk admin`";
    let text = match days {
        ..0 => format!("version {version} of the keyring expired on {expires}: the form takes no tips"),
        0 => format!("version {version} of the keyring is good for today only"),
        1 => format!("version {version} of the keyring is good until tomorrow only"),
        _ => format!("version {version} of the keyring is good for {days} more days"),
    };
    match days {
        ..=LAST_DAYS => Finding::fail(check, text, hint),
        2..=7 => Finding::warn(check, format!("{text}: this is the last week"), hint),
        8..=14 => Finding::warn(check, format!("{text}: two weeks at most"), hint),
        15..=SOON_DAYS => Finding::warn(check, text, hint),
        _ => Finding::ok(check, text),
    }
}

/// Whether this machine's day can be true.
pub fn clock(issued: Day, today: Day) -> Finding {
    if today.days_until(issued) > 1 {
        let text = format!("this machine says that it is {today}, but the keyring was issued on {issued}");
        return Finding::fail("clock", text, "set the clock");
    }
    Finding::ok("clock", format!("{today} (UTC) fits the keyring"))
}

/// Whether every key of the agency that is still in use opens for this member.
async fn keys(version: &Version, profile: &Profile, identity: &Identity, client: &Client) -> Finding {
    let check = "keys";
    if profile.settings().part == Part::Admin {
        return match version.admin(&identity.public_key()) {
            Some(_) => Finding::ok(check, "the keyring names you as an admin"),
            None if version.recovery_admin(&identity.public_key()).is_some() => {
                Finding::ok(check, "the keyring names you as a recovery admin")
            }
            None => {
                Finding::fail(check, "the keyring does not name you as an admin", "give your enrolment to the admins")
            }
        };
    }
    let Some(member) = version.member(&identity.public_key()) else {
        let hint = "an admin adds you with `desk admin member add`; `desk enrolment` prints what they need";
        return Finding::fail(check, "the keyring does not name you as a member", hint);
    };
    let keys = match client.secrets().await {
        Ok(secrets) => agency_keys::open_own(version, member, identity, &secrets),
        Err(error) => return server(Some(&error)),
    };
    if !keys.faults.is_empty() {
        let faults: Vec<_> = keys.faults.iter().map(ToString::to_string).collect();
        let hint = "tell your admins: someone made a false copy, or the server changed it";
        return Finding::fail(check, format!("not to be opened: {}", faults.join(", ")), hint);
    }
    if keys.keys.is_empty() {
        let hint = "a member of your agency runs `desk keys rotate`, a second one `desk keys confirm`";
        return Finding::fail(check, "your agency has no key that is sealed to you: nothing can be opened", hint);
    }
    if keys.missing.is_empty() {
        return Finding::ok(check, format!("all {} of your agency open", keys.keys.len()));
    }
    let missing: Vec<_> = keys.missing.iter().map(ToString::to_string).collect();
    if needing_missing(client, &keys).await == Some(0) {
        let words = format!("those in use open; not sealed to you, and needed by no tip: {}", missing.join(", "));
        return Finding::ok(check, words);
    }
    Finding::warn(
        check,
        format!("keys of your agency that are not sealed to you: {}", missing.join(", ")),
        "tips sealed to them stay closed for you; a colleague who has them can open those",
    )
}

/// Who has signed a key of their own that nobody can seal to; nothing where nobody has, or where members cannot be asked for.
async fn nonsense(chain: &Chain, client: &Client) -> Option<Finding> {
    let rolls = client.rolls().await.ok()?;
    let members = recipients::unusable(*chain.genesis(), chain.newest(), &rolls);
    let text =
        format!("have signed a key that nobody can seal to, and may not open what is for them: {}", members.join(", "));
    let hint = "ask them to run a newer `desk` and `desk inbox`; where it stays so, your admins take in another device of theirs";
    (!members.is_empty()).then(|| Finding::warn("members", text, hint))
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_keyring_is_spoken_of_a_month_two_weeks_a_week_and_a_day_before_it_ends() {
        let today = day("2026-11-24");
        for (days, level, words) in [
            (31, Level::Ok, "31 more days"),
            (30, Level::Warn, "30 more days"),
            (14, Level::Warn, "two weeks"),
            (7, Level::Warn, "last week"),
            (1, Level::Fail, "tomorrow"),
            (0, Level::Fail, "today"),
        ] {
            let found = days_left(3, today.plus(days), today);
            assert!(found.level == level && found.text.contains(words), "{days}: {found:?}");
        }
        let expired = days_left(3, day("2026-11-23"), today);
        assert!(expired.level == Level::Fail && expired.text.contains("takes no tips"), "{expired:?}");
    }

    #[test]
    fn a_clock_that_is_behind_the_keyring_is_wrong() {
        let today = day("2026-11-24");
        assert_eq!(clock(today, today).level, Level::Ok);
        assert_eq!(clock(today.plus(1), today).level, Level::Ok); // another time zone's tomorrow
        assert_eq!(clock(today.plus(2), today).level, Level::Fail);
    }
}
