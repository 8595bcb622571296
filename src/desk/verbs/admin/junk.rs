//! `desk admin junk` and `desk admin purge`: what nobody kept, counted; and the two words by which it goes.

use crate::crypto::keyring::Version;
use crate::crypto::statement::PurgeAsked;
use crate::desk::admin::junk::{self, JunkError, SET_LEN, Step, ages, open_requests};
use crate::desk::chain::Chain;
use crate::desk::cli::{JunkArgs, PurgeArgs};
use crate::desk::client::{Client, ClientError, PurgeSent};
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::identity::Identity;
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Style};
use crate::desk::profile::{Part, Profile};
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::wire::{AgencyReading, Junk, JunkTip};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Json<'a> {
    set: String,
    #[serde(flatten)]
    junk: &'a Junk,
}

/// What the server says now, and who asks.
struct Asked {
    junk: Junk,
    version: Version,
    client: Client,
    identity: Arc<Identity>,
    profile: Profile,
    today: Day,
}

fn ask(context: &mut Context) -> Result<Asked, Failure> {
    let profile = context.profile(Some(Part::Admin))?;
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let (chain, junk) = block_on(async {
        let chain = Chain::update(&profile, genesis, &client).await?;
        Ok((chain, client.junk().await.map_err(Failure::from)?))
    })?;
    let version = chain.newest().clone();
    Ok(Asked { junk, version, client, identity, profile, today: context.clock.today() })
}

/// The dry run: counts and ages of what could be purged. Changes nothing.
pub(super) fn show(args: &JunkArgs, context: &mut Context) -> Result<(), Failure> {
    let Asked { junk, version, today, .. } = ask(context)?;
    let set = junk::check(&junk, &version, today)?;
    if args.json {
        context.output.print_json(&Json { set: set.to_string(), junk: &junk })?;
    } else if args.list {
        let line = |JunkTip { id, day }: &JunkTip| Line::from(format!("{id} {day}"));
        context.output.print(&junk.list.iter().map(line).collect::<Vec<_>>())?;
    } else {
        context.output.print(&lines(&junk, set, &version, today))?;
    }
    Ok(())
}

/// Asks for the purge of the set that was named, or says so too.
pub(super) fn purge(args: &PurgeArgs, context: &mut Context) -> Result<(), Failure> {
    let Asked { junk, version, client, identity, profile, today } = ask(context)?;
    let me = junk::admin(&version, &identity.signing)?;
    let step = junk::step(&junk, &args.set, me, &version, today)?;
    let site = profile.site()?.genesis;
    let post = junk::post(step.clone(), &junk, site, me, &identity.signing, today);
    let sent = block_on(async { client.purge(&post).await.map_err(|error| refused(error, &step)) })?;
    let lines = match sent {
        PurgeSent::Asked => vec![
            Line::from(format!("you have asked that {} be purged; nothing is gone yet", tips(junk.list.len()))),
            Line::from(format!(
                "within {} days an admin of another agency looks with `desk admin junk`, and says `desk admin purge {}`, too",
                junk::REQUEST_DAYS,
                short(junk::check(&junk, &version, today)?)
            )),
        ],
        PurgeSent::Purged(count) => vec![
            Line::from(format!("{} are gone, as you and {} have signed", count_of(count), asker(&step))),
            Line::from("backups that were made before still hold them"),
        ],
    };
    Ok(context.output.print(&lines)?)
}

fn asker(step: &Step) -> &str {
    match step {
        Step::Second(PurgeAsked { admin, .. }) => admin,
        Step::Ask => "nobody else",
    }
}

fn refused(error: ClientError, step: &Step) -> Failure {
    match error {
        ClientError::Forbidden => {
            Failure::new(Exit::Policy, "the server takes the word of two admins of two agencies alone")
                .hint("`desk admin junk` says who has asked")
        }
        ClientError::Conflict | ClientError::NotThere => {
            let what = match step {
                Step::Ask => "what is junk has changed since you looked",
                Step::Second(_) => {
                    "the request counts no longer: what is junk has changed, or it was made too long ago"
                }
            };
            Failure::new(Exit::Conflict, what).hint("nothing was purged: look again with `desk admin junk`")
        }
        ClientError::Refused => Failure::new(Exit::Other, "the server's clock and this machine's are days apart")
            .hint("`desk doctor` compares them"),
        error => error.into(),
    }
}

fn lines(junk: &Junk, set: Sha256Hash, version: &Version, today: Day) -> Vec<Line> {
    let Junk { list, bytes, kept, waiting, agencies, .. } = junk;
    let mut lines = Vec::new();
    if list.is_empty() {
        lines.push(Line::from("nothing could be purged now"));
    } else {
        let text = format!("{} could be purged, {}", tips(list.len()), size(*bytes));
        lines.push(Line::new().with(Style::Bold, &text));
        for (from, to, count) in ages(list, today) {
            let age =
                to.map_or_else(|| format!("{from} days old and more"), |to| format!("{from} to {} days old", to - 1));
            lines.push(Line::from(format!("  {age}: {}", tips(count))));
        }
        lines.push(Line::from("  set: ").with(Style::Bold, &short(set)));
    }
    lines.push(Line::from(format!("kept: {}", count_of(*kept))));
    lines.push(Line::from(format!("not yet: {}, with which not every agency has had its 30 days", count_of(*waiting))));
    let names = AgencyNames::of(version);
    lines.extend(agencies.iter().map(|reading| agency(reading, &names, today)));
    if list.is_empty() {
        return lines;
    }
    let requests: Vec<&PurgeAsked> = open_requests(junk, set, today).map(|record| &record.asked).collect();
    for asked in &requests {
        lines.push(
            Line::from("asked for by ")
                .with(Style::Bold, &asked.admin)
                .with(Style::Plain, &format!(" on {}", asked.day)),
        );
    }
    let next = if requests.is_empty() { "asks for it" } else { "says so, too" };
    lines.push(Line::from(format!("`desk admin purge {}` {next}; two admins of two agencies are needed", short(set))));
    lines
}

fn agency(reading: &AgencyReading, names: &AgencyNames, today: Day) -> Line {
    let AgencyReading { agency, through, read, day } = reading;
    let line = Line::from("  ").with(Style::Plain, &names.name(*agency));
    let Some(day) = day else {
        return line.with(Style::Alarm, ": has never said that it has read anything");
    };
    let days = match day.days_until(today) {
        days if days <= 0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    };
    line.with(
        Style::Plain,
        &format!(": has read up to number {read}, last heard of {days}; its days are over up to {through}"),
    )
}

/// By how many digits people name a set, in fours.
fn short(set: Sha256Hash) -> String {
    let text = set.to_string();
    let digits: Vec<char> = text.chars().take(SET_LEN).collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn tips(count: usize) -> String {
    count_of(count as u64)
}

fn count_of(count: u64) -> String {
    if count == 1 { "1 tip".to_owned() } else { format!("{count} tips") }
}

fn size(bytes: u64) -> String {
    if bytes < 1 << 20 {
        format!("{} KiB", bytes.div_ceil(1 << 10))
    } else {
        format!("{} MiB", bytes.div_ceil(1 << 20))
    }
}

impl From<JunkError> for Failure {
    fn from(error: JunkError) -> Self {
        let look = "look with `desk admin junk`, which names the set";
        let (exit, hint) = match &error {
            JunkError::NotAnAdmin => (Exit::NoKey, "ask another admin to put you into the keyring"),
            JunkError::Nothing => (Exit::NotFound, "`desk admin junk` says what it waits for"),
            JunkError::OtherSet(_) => (
                Exit::Conflict,
                "nothing was purged: what is junk has changed since; look again with `desk admin junk`",
            ),
            JunkError::TooShort(_) => (Exit::Usage, look),
            JunkError::Alone | JunkError::SameAgency(_) => (Exit::Policy, "nobody purges alone, and no agency does"),
            JunkError::False(_) | JunkError::Forged(_) => {
                (Exit::Integrity, "sign nothing, and look at the server together with another admin")
            }
        };
        Self::new(exit, &error).hint(hint)
    }
}
