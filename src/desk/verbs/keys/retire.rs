//! `desk keys retire`: the end of an old key of the agency, once nothing needs it and two people say so.

use super::Bench;
use super::reseal::long_id;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::keyring::{AgencyKeyName, Role};
use crate::crypto::open::open_capsule;
use crate::desk::agency_keys::{self, AgencyKeys};
use crate::desk::client::{Client, ClientError, SealedTip, TipStream};
use crate::desk::context::{Context, block_on};
use crate::desk::events::rekey;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Style};
use crate::desk::verbs::session::Session;
use crate::model::day::Day;
use crate::model::tip::TipId;
use crate::wire::{NewOpened, NewSecret};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::task::spawn_blocking;

const BATCH_TIPS: usize = 512;
const BATCH_BYTES: usize = 16 << 20;
/// How many tips are named.
const NAMED: usize = 3;

/// Says that nothing needs the key, and so has it destroyed once two say it.
pub fn run(epoch: u32, lose: bool, yes: bool, context: &mut Context) -> Result<(), Failure> {
    let bench = Bench::open(context)?;
    let name = bench.name_of(epoch)?;
    if block_on(is_gone(&bench, &name))? {
        return Ok(context.output.print(&gone(&bench, &name))?); // the last answer may have been lost
    }
    let keys = block_on(bench.own_keys())?;
    let later = later_keys_that_need_it(&name, &keys, context)?;
    let capsules = block_on(async { capsules_that_need_it(&bench, &name, keys, context.clock.today()).await })?;
    for failure in later.into_iter().chain(capsules) {
        if !lose {
            return Err(failure);
        }
        context.output.note(&Line::new().with(Style::Alarm, "lost with it: ").with(Style::Plain, &failure.what));
    }
    context.confirm(
        &format!(
            "destroy key {epoch} of agency {}? What only a backup holds sealed to it will never open again",
            name.agency
        ),
        yes,
        "--yes",
    )?;
    let signature = name.sign_retired(&bench.identity.signing);
    block_on(async {
        let retired = NewSecret::Retired(NewOpened { name: name.clone(), signature });
        bench.client.add_secret(&retired).await.map_err(|error| match error {
            ClientError::Conflict => needed(&format!("the server still needs key {epoch}")),
            error => error.into(),
        })
    })?;
    if block_on(is_gone(&bench, &name))? {
        return Ok(context.output.print(&gone(&bench, &name))?);
    }
    Ok(context.output.print(&[
        Line::from(format!("noted that nothing needs key {epoch} of agency {}", name.agency)),
        Line::from(format!("next, a second member runs `desk keys retire {epoch}`; then every copy is destroyed")),
    ])?)
}

/// Whether those whose word it takes have said it.
async fn is_gone(bench: &Bench, name: &AgencyKeyName) -> Result<bool, Failure> {
    Ok(agency_keys::is_retired(&bench.version, name, &bench.client.secrets().await?))
}

/// What is said of a key that is.
fn gone(bench: &Bench, AgencyKeyName { agency, epoch, .. }: &AgencyKeyName) -> Vec<Line> {
    let gone = format!(
        "key {epoch} of agency {agency} is retired: every member's copy at the server is destroyed, at the latest in some minutes"
    );
    let next = "next, the admins take this into the keyring with `desk admin agency key`".to_owned();
    [gone].into_iter().chain(out_of_reach(bench)).chain([next]).map(Line::from).collect()
}

/// What nobody can prove gone.
fn out_of_reach(bench: &Bench) -> Vec<String> {
    let members = bench.version.staff.members.iter();
    let readers = members.filter(|member| member.agency == bench.member.agency && member.roles.contains(&Role::Reader));
    let ids: Vec<_> = readers.map(|member| member.id.as_str()).collect();
    vec![
        "what this cannot reach:".to_owned(),
        "  backups of the server from before today: they hold the copies, which the members' keys of that time open"
            .to_owned(),
        format!("  copies that members have kept elsewhere: ask {}", ids.join(", ")),
        "  recovery shares of this key, where there are any: their holders destroy them".to_owned(),
    ]
}

/// What was written on a tip after somebody had left it is under a later key, which lies in an event under the agency's key.
/// Only desks can see that.
fn later_keys_that_need_it(
    name: &AgencyKeyName,
    keys: &AgencyKeys,
    context: &mut Context,
) -> Result<Option<Failure>, Failure> {
    let session = Session::open(context)?;
    let old = rekey::under_old_key(&session.known, name.agency, keys, name.epoch);
    session.end()?;
    if old.is_empty() {
        return Ok(None);
    }
    let by: BTreeSet<&str> = old.iter().map(|one| one.by.as_str()).collect();
    let by = by.into_iter().collect::<Vec<_>>().join(", ");
    let what =
        format!("{} later keys of tips were given to your agency under key {} alone, by {by}", old.len(), name.epoch);
    Ok(Some(Failure::new(Exit::Conflict, &what).hint(
        "nothing was changed; `desk keys rekey` seals them again to the newest key. Where it cannot, two members may say `--lose`: what \
         was written under them, and no desk has read by now, never opens again",
    )))
}

/// By what the server says, and by trying the key on everything that it shows.
async fn capsules_that_need_it(
    bench: &Bench,
    name: &AgencyKeyName,
    keys: AgencyKeys,
    today: Day,
) -> Result<Option<Failure>, Failure> {
    let epochs = bench.client.epochs().await?;
    let Some(of) = epochs.epochs.iter().find(|of| of.epoch == name.epoch) else {
        return Err(Failure::new(Exit::NotFound, &format!("the server knows no key {}", name.epoch)));
    };
    if of.tips > 0 {
        return Err(needed(&format!("{} tips still need key {}", of.tips, name.epoch)));
    }
    if let Some(until) = of.sealed_until.filter(|until| *until >= today) {
        let what = format!("a page that somebody has open may seal to key {} until {until}", name.epoch);
        return Err(Failure::new(Exit::Conflict, &what).hint("nothing was changed; come back after that day"));
    }
    let at = keys.epochs.iter().position(|epoch| *epoch == name.epoch);
    let Some(key) = at.and_then(|at| keys.keys.into_iter().nth(at)) else {
        return Err(Failure::new(
            Exit::NoKey,
            &format!("your copy of key {} does not open, so that you cannot say what needs it", name.epoch),
        )
        .hint("a member whose copy opens can"));
    };
    let opened = opened(&bench.client, key).await?;
    Ok((!opened.is_empty()).then(|| sealed_to_it_all_the_same(name.epoch, &opened)))
}

/// A tip says itself under which keyring it was sealed: anybody can send one that is sealed to an old key and says otherwise.
fn sealed_to_it_all_the_same(epoch: u32, opened: &[TipId]) -> Failure {
    let count = opened.len();
    let named: Vec<_> = opened.iter().take(NAMED).map(|tip| long_id(*tip)).collect();
    let more = if count > NAMED { " and others" } else { "" };
    let what = format!(
        "the server says that nothing needs key {epoch}, and {count} capsules that it shows open to it: of {}{more}",
        named.join(", ")
    );
    Failure::new(Exit::Integrity, &what).hint(
        "nothing was changed; anyone can send a tip that says that it is sealed to a newer key. `desk keys reseal --all` seals \
         these again with all others, and a second member's `desk keys reseal` checks it. Where ever new ones come, tell your admins; two \
         members may say `--lose`: what no desk has opened by now never opens again",
    )
}

fn needed(what: &str) -> Failure {
    Failure::new(Exit::Conflict, what)
        .hint("nothing was changed; `desk keys reseal` seals them again, and a second member's checks it")
}

/// The tips of all the capsules that the server shows and this key opens.
async fn opened(client: &Client, key: HybridIdentity) -> Result<Vec<TipId>, Failure> {
    let key = Arc::new(key);
    let mut tips = opened_in(client.tips_after(0).await?, &key).await?;
    tips.extend(opened_in(client.referrals_after(0).await?, &key).await?);
    Ok(tips)
}

async fn opened_in(mut stream: TipStream, key: &Arc<HybridIdentity>) -> Result<Vec<TipId>, Failure> {
    let mut opened = Vec::new();
    loop {
        let batch = stream.next_batch(BATCH_TIPS, BATCH_BYTES).await?;
        let key = Arc::clone(key);
        let some = spawn_blocking(move || -> Vec<TipId> {
            let opens = |tip: &&SealedTip| open_capsule(&key, &tip.capsule, tip.line.id).is_ok();
            batch.tips.par_iter().filter(opens).map(|tip| tip.line.id).collect()
        });
        opened.extend(some.await.map_err(|_| Failure::new(Exit::Other, "trying the key was interrupted"))?);
        if batch.end.is_some() {
            return Ok(opened);
        }
    }
}
