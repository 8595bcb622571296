//! `desk canary`: a tip of our own through the public door, and which agencies it has reached.

use crate::crypto::canary::Mark;
use crate::crypto::compose::{ComposedTip, Draft, Readership, compose_under};
use crate::crypto::hybrid::HybridRecipient;
use crate::crypto::keyring::{Version, words_of};
use crate::crypto::letter::{Answers, Route};
use crate::crypto::thread::ThreadKey;
use crate::desk::cache::Cache;
use crate::desk::canary::{Flight, KnownCanary, flights, remember, sent, silent, true_words};
use crate::desk::chain::Chain;
use crate::desk::cli::CanaryArgs;
use crate::desk::context::{Context, block_on};
use crate::desk::cover::page::Page;
use crate::desk::cover::schedule::{bucket, stay};
use crate::desk::cover::{CoverError, Errand, filler, send_made};
use crate::desk::failure::{Exit, Failure};
use crate::desk::moment::shown;
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Style};
use crate::desk::profile::{Part, Profile};
use crate::desk::random;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Hex, VerifyingKeyBytes};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Of a quarter hour, in seconds: a letter says its time no closer.
const QUARTER: u64 = 900;

#[derive(Serialize)]
struct Report<'a> {
    canaries: Vec<JsonFlight<'a>>,
    silent: Vec<AgencyNumber>,
}

#[derive(Serialize)]
struct JsonFlight<'a> {
    at: String,
    by: &'a str,
    opened: &'a BTreeMap<AgencyNumber, Option<Day>>,
}

impl<'a> JsonFlight<'a> {
    fn of(Flight { canary, opened }: &'a Flight) -> Self {
        Self { at: shown(canary.at), by: &canary.by, opened }
    }
}

/// Sends one, or says what came of those that were sent.
pub fn run(args: &CanaryArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    match &args.form {
        Some(form) => send(&profile, form, args.now, context),
        None => status(&profile, args.json, context),
    }
}

fn send(profile: &Profile, form: &str, at_once: bool, context: &mut Context) -> Result<(), Failure> {
    let identity = context.unlock(profile)?;
    let client = context.client(profile, &identity)?;
    let genesis = profile.site()?.genesis;
    let proxy = context.proxy().or(profile.settings().proxy.as_deref()).map(str::to_owned);
    let clock = Arc::clone(&context.clock);
    let words = words_of(&genesis);
    let now = clock.unix_seconds();
    let id = profile.settings().id.clone();
    let sent = block_on(async {
        let chain = Chain::update(profile, genesis, &client).await?;
        is_named(profile, chain.newest(), &identity.public_key())?;
        let errand = Errand { form, proxy: proxy.as_deref(), genesis: Some(&words), clock: clock.as_ref() };
        let mut flying = None;
        let make = |page: &Page, created: String| {
            if page.hash != chain.newest().hash {
                return Err(CoverError::OtherKeyring(page.version));
            }
            let thread = ThreadKey::generate();
            let at = now / QUARTER * QUARTER;
            let mark = Mark::make(genesis, thread.id(), &id, at, Hex(random::bytes()), &identity.signing);
            let (tip, readers) = tip_of(page, thread, created, &mark)?;
            flying = Some(KnownCanary { tip: tip.id, hash: mark.hash(), at, by: id.clone(), readers });
            Ok(tip)
        };
        send_made(errand, if at_once { Duration::ZERO } else { stay() }, make).await?;
        Ok(flying)
    })?;
    if let Some(canary) = sent {
        let count = canary.readers.len();
        remember(profile, &identity.device, canary, now)?;
        context.output.print(&[
            Line::from(format!("sent a canary for {count} agencies; their desks say so when they next ask the server")),
            Line::from("`desk canary --status` says who has; who is silent for a day is named at every sync"),
        ])?;
    }
    Ok(())
}

/// A tip for all whom the form offers, sealed to what the form says, as a source's is.
fn tip_of(
    page: &Page,
    thread: ThreadKey,
    created: String,
    mark: &Mark,
) -> Result<(ComposedTip, Vec<AgencyNumber>), CoverError> {
    let keys = page.recipients.iter().map(|key| key.as_ref().and_then(|key| key.parse().ok()));
    let agencies: Vec<(AgencyNumber, Option<HybridRecipient>)> = (0..).map(AgencyNumber).zip(keys).collect();
    let readers: Vec<_> = agencies.iter().filter(|(_, key)| key.is_some()).map(|(number, _)| *number).collect();
    let answers = Answers { story: Some(filler(bucket())), canary: Some(mark.to_text()), ..Answers::default() };
    let draft = Draft { created, lang: "en".into(), route: Route::Fast, answers };
    let readership = Readership { keyring: page.version, site: &page.site, agencies: &agencies };
    Ok((compose_under(thread, draft, &readership, &readers)?, readers))
}

/// Only a mark of somebody whom the keyring names counts.
fn is_named(profile: &Profile, version: &Version, key: &VerifyingKeyBytes) -> Result<(), Failure> {
    let is_named = match profile.settings().part {
        Part::Member => version.member(key).is_some(),
        Part::Admin => version.admin(key).is_some(),
    };
    if is_named {
        return Ok(());
    }
    Err(Failure::new(Exit::NoKey, "the keyring does not name you: your canary would be taken for a tip")
        .hint("give your enrolment to the admins"))
}

fn status(profile: &Profile, json: bool, context: &mut Context) -> Result<(), Failure> {
    let identity = context.unlock(profile)?;
    let client = context.client(profile, &identity)?;
    let genesis = profile.site()?.genesis;
    let now = context.clock.unix_seconds();
    let mut known = sent(profile, &identity.device);
    if profile.settings().part == Part::Member {
        known.extend(Cache::open(profile, &identity.device)?.1.canaries);
    }
    let (chain, records) = block_on(async {
        let chain = Chain::update(profile, genesis, &client).await?;
        Ok((chain, client.canaries().await.map_err(Failure::from)?.opened))
    })?;
    let flights = flights(&known, &true_words(records, &chain), now);
    let silent = silent(&flights, chain.newest(), now);
    let names = AgencyNames::of(chain.newest());
    if json {
        let silent = silent.iter().map(|(agency, _)| *agency).collect();
        context.output.print_json(&Report { canaries: flights.iter().map(JsonFlight::of).collect(), silent })?;
    } else {
        context.output.print(&flights.iter().flat_map(|flight| lines(flight, &names)).collect::<Vec<_>>())?;
    }
    if flights.is_empty() {
        return Err(Failure::new(Exit::NotFound, "this machine knows no canary of the last month").hint(
            "send one: `desk canary --form URL`; a member's desk learns of others' when it asks for what is new",
        ));
    }
    let silent: Vec<_> = silent.iter().map(|(agency, _)| names.name(*agency)).collect();
    if silent.is_empty() {
        return Ok(());
    }
    Err(Failure::new(Exit::Other, &format!("silent for more than a day: {}", silent.join(", ")))
        .hint("call them: do their desks run, and does `desk inbox` there end without a note? Tell two admins"))
}

fn lines(flight: &Flight, names: &AgencyNames) -> Vec<Line> {
    let Flight { canary, opened } = flight;
    let head = format!("{}, by {}", shown(canary.at), canary.by);
    let of = |(agency, day): (&AgencyNumber, &Option<Day>)| match day {
        Some(day) => Line::from(format!("  {}: opened, said on {day}", names.name(*agency))),
        None => Line::new().with(Style::Bold, &format!("  {}: nothing said", names.name(*agency))),
    };
    std::iter::once(Line::new().with(Style::Plain, &head)).chain(opened.iter().map(of)).collect()
}
