//! What everyone of a site should hear of it at a sync, whatever command they use: its keyring ends soon, canaries reach nobody,
//! somebody has left with a key.

use crate::crypto::keyring::Version;
use crate::desk::admin::revoke::left_with_the_key;
use crate::desk::canary::Quiet;
use crate::desk::chain::Chain;
use crate::desk::doctor::Level;
use crate::desk::doctor::site::days_left;
use crate::desk::moment;
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Output, Style};
use crate::desk::sync::Synced;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;

/// A sentence for each of them.
pub fn of_site(synced: &Synced, chain: &Chain, agency: AgencyNumber, today: Day) -> Vec<String> {
    let public = &chain.newest().public;
    let days = days_left(public.version, public.expires, today);
    let mut said: Vec<String> = (days.level != Level::Ok).then_some(days.text).into_iter().collect();
    said.extend(silent(synced, chain.newest()));
    let left = left_with_the_key(chain.versions(), agency);
    said.extend(left.iter().map(|id| format!("{id:?} was taken out and had your agency's key: `desk keys renew`")));
    said
}

/// Says one of them.
pub fn note(said: &str, output: &mut Output) {
    output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, said));
}

/// Who has not said for more than a day that a canary reached them, that one or any: tips may not, either.
fn silent(synced: &Synced, version: &Version) -> Vec<String> {
    const WHY: &str = "whoever sends them has stopped, or tips do not arrive: tell two admins";
    let names = AgencyNames::of(version);
    let late = |(agency, at): &(AgencyNumber, u64)| {
        format!(
            "{} has not said that the canary of {} reached it: tips for it may not, either; call it, and tell two admins",
            names.name(*agency),
            moment::shown(*at)
        )
    };
    let mut said: Vec<String> = synced.silent.iter().map(late).collect();
    let day = |last: Option<Day>| last.map_or_else(|| "a month".to_owned(), |day| day.to_string());
    if synced.quiet.len() > 1 && synced.quiet.len() == version.offered().count() {
        let last = synced.quiet.iter().filter_map(|one| one.last).max();
        said.push(format!("no agency has said since {} that a canary reached it: {WHY}", day(last)));
    } else {
        let is_named = |one: &&Quiet| synced.silent.iter().any(|(agency, _)| *agency == one.agency);
        said.extend(synced.quiet.iter().filter(|one| !is_named(one)).map(|one| {
            let (name, last) = (names.name(one.agency), day(one.last));
            format!("{name} has not said since {last} that any canary reached it: {WHY}")
        }));
    }
    let unknown = synced.canaries_unknown.iter();
    said.extend(unknown.map(|why| format!("{why}; whether tips arrive everywhere is not known")));
    said
}
