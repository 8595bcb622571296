//! `desk verify`: looks at the form as a visitor, once or as a monitor, and says what is not what the admins signed.

use crate::desk::chain::{Chain, Proposed};
use crate::desk::cli::VerifyArgs;
use crate::desk::client::Client;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Output, Style};
use crate::desk::profile::Profile;
use crate::desk::verbs::inbox::{note_proposed, note_sentence};
use crate::desk::verify::once::{Seen, look_at};
use crate::desk::verify::rounds::{Rounds, no_page};
use crate::desk::verify::{Difference, Errand, Look, Missed, round};
use monitor::Monitor;
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};

mod monitor;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    looks: usize,
    /// What recovery admins propose.
    proposed: &'a BTreeSet<String>,
    differences: &'a BTreeSet<Difference>,
}

/// Looks.
pub fn run(args: &VerifyArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let (chain, client) = newest(&profile, context)?;
    note_proposed(chain.proposed(), &mut context.output);
    let version = chain.newest();
    if let Some(text) = no_page(&chain) {
        return Err(Failure::new(Exit::Other, &text)
            .hint("they sign one with the next version: `knothole page --manifest`, then `desk admin pages`"));
    }
    let proxy = context.proxy().or(profile.settings().proxy.as_deref()).map(str::to_owned);
    let (form, proxy) = (args.form.as_str(), proxy.as_deref());
    if args.watch {
        let rounds = Rounds { form, proxy, profile: &profile, client: client.as_ref(), chain };
        return watch(rounds, Duration::from_mins(args.every), &mut context.output);
    }
    let proposed = client.is_some().then(|| chain.proposed());
    let errand = Errand { form, proxy, version, genesis: chain.genesis(), proposed, is_watch: false };
    let looks = round(version);
    let seen = block_on(async {
        Ok(look_at(&looks, async |look: &Look| errand.look(look).await, async |pause| sleep(pause).await).await?)
    })?;
    let Seen { differences, proposed, missed } = seen;
    let (number, output) = (version.public.version, &mut context.output);
    note_new(&proposed, chain.proposed(), output);
    for missed in &missed {
        output.note(&Line::from(format!("note: {missed}")));
    }
    if let (true, Some(first)) = (differences.is_empty(), missed.first()) {
        return Err(not_seen(first));
    }
    if args.json {
        let looks = looks.len();
        output.print_json(&Report { version: number, looks, proposed: &proposed, differences: &differences })?;
    } else if differences.is_empty() {
        let languages = version.public.pages.len();
        output.print(&[Line::from(format!(
            "the form is what the admins signed with version {number}: page, script, headers and keyring, languages: {languages}"
        ))])?;
    } else {
        output.print(&differences.iter().map(line).collect::<Vec<_>>())?;
    }
    if differences.is_empty() { Ok(()) } else { Err(otherwise()) }
}

/// The keyring, from the server where keys are open anyway or nothing is known yet, else as this machine knows it; and who asked
/// the server.
fn newest(profile: &Profile, context: &mut Context) -> Result<(Chain, Option<Client>), Failure> {
    let genesis = profile.site()?.genesis;
    let identity = context.unlock_unasked(profile)?;
    let known = Chain::load(profile, genesis)?;
    let identity = match (identity, known) {
        (None, Some(chain)) => {
            context.output.note(&Line::from(
                "note: going by the keyring that this machine knows; `desk unlock` first has the newest one fetched",
            ));
            return Ok((chain, None));
        }
        (Some(identity), _) => identity,
        (None, None) => context.unlock(profile)?,
    };
    let client = context.client(profile, &identity)?;
    let chain = block_on(async { Ok(Chain::update(profile, genesis, &client).await?) })?;
    Ok((chain, Some(client)))
}

/// Looks until somebody ends it.
fn watch(rounds: Rounds<'_>, every: Duration, output: &mut Output) -> Result<(), Failure> {
    let steps = u32::try_from(rounds.looks().len() + 1).unwrap_or(u32::MAX);
    let pace = every / steps;
    output.note(&Line::from(format!("watching: a look every {} seconds; Ctrl-C ends it", pace.as_secs())));
    let mut monitor = Monitor::new(Instant::now(), pace);
    let wait = async |moment| {
        sleep_until(moment).await;
        Ok(())
    };
    let ended = block_on(monitor.goes_on(rounds, wait, output));
    match monitor {
        Monitor { was_otherwise: true, .. } => Err(otherwise()),
        Monitor { was_hidden: true, .. } => Err(hidden()),
        Monitor { .. } => ended,
    }
}

/// What only the public door has said so far that recovery admins propose.
fn note_new(shown: &BTreeSet<String>, known: &[Proposed], output: &mut Output) {
    for one in shown.iter().filter(|one| known.iter().all(|known| known.to_string() != **one)) {
        output.ring();
        note_sentence(one, output);
    }
}

fn line(difference: &Difference) -> Line {
    Line::new().with(Style::Alarm, &format!("{}: ", difference.at)).with(Style::Plain, &difference.what)
}

fn otherwise() -> Failure {
    Failure::new(Exit::Integrity, "the site does not show what the admins signed").hint(
        "call two admins of two agencies; send nobody to the form before they have said so. A version that was just \
         published, a program that was just renewed, or a form that was closed for a while can be the cause: only they can tell",
    )
}

/// What could not be looked at, where nothing else is to be said.
fn not_seen(missed: &Missed) -> Failure {
    Failure::new(Exit::Network, &format!("of the form {missed}")).hint(
        "check the network and the address; it is safe to try again. Where it stays so for hours, and others reach the form, ask an \
         admin: a server can hide from you in this way what it shows to others",
    )
}

fn hidden() -> Failure {
    Failure::new(Exit::Network, "some of the form could not be looked at for two rounds or more").hint(
        "ask an admin whether the server had trouble then; where it had none, somebody may hide what the form shows",
    )
}
