//! `desk cover`: cover tips at drawn times. Prints how many were sent and nothing by which one could be known again.

use crate::desk::cli::CoverArgs;
use crate::desk::context::{Context, block_on};
use crate::desk::cover::schedule::{DAY, stay, times_at_rate, times_of};
use crate::desk::cover::{Errand, send};
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Output};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Sends them.
pub fn run(args: &CoverArgs, context: &mut Context) -> Result<(), Failure> {
    let (clock, proxy) = (Arc::clone(&context.clock), context.proxy().map(str::to_owned));
    let errand =
        Errand { form: &args.form, proxy: proxy.as_deref(), genesis: args.genesis.as_deref(), clock: clock.as_ref() };
    if args.genesis.is_none() {
        context.output.note(&Line::from(
            "note: without a profile nobody can check the page's signatures; `--genesis` compares its twelve words",
        ));
    }
    let output = &mut context.output;
    block_on(async {
        match (args.count, args.per_day) {
            (Some(count), _) if args.now => at_once(count, errand, output).await,
            (Some(count), _) => one_day(times_of(count), errand, output).await,
            (None, mean) => every_day(mean.unwrap_or_default(), args.once, errand, output).await,
        }
    })
}

/// Stops at the first that fails.
async fn at_once(count: u32, errand: Errand<'_>, output: &mut Output) -> Result<(), Failure> {
    for _ in 0..count {
        send(errand, Duration::ZERO).await?;
    }
    say(count, output)
}

async fn every_day(mean: f64, is_once: bool, errand: Errand<'_>, output: &mut Output) -> Result<(), Failure> {
    loop {
        let tomorrow = Instant::now() + DAY;
        let done = one_day(times_at_rate(mean), errand, output).await;
        match done {
            // The network comes back.
            Err(failure) if failure.exit == Exit::Network && !is_once => output.note(&Line::from(failure.what)),
            done => done?,
        }
        sleep_until(tomorrow).await;
        if is_once {
            return Ok(());
        }
    }
}

/// Goes on when one cannot be sent, and fails in the end.
async fn one_day(times: Vec<Duration>, errand: Errand<'_>, output: &mut Output) -> Result<(), Failure> {
    let start = Instant::now();
    let (mut sent, mut lost) = (0, 0);
    for at in times {
        sleep_until(start + at).await;
        match send(errand, stay()).await.map_err(Failure::from) {
            Ok(()) => sent += 1,
            Err(failure) if failure.exit == Exit::Network => lost += 1,
            Err(failure) => return Err(failure),
        }
    }
    say(sent, output)?;
    if lost == 0 {
        return Ok(());
    }
    Err(Failure::new(Exit::Network, &format!("the form could not be reached for {lost}"))
        .hint("it is safe to try again"))
}

fn say(sent: u32, output: &mut Output) -> Result<(), Failure> {
    let tips = if sent == 1 { "tip" } else { "tips" };
    Ok(output.print(&[Line::from(format!("sent {sent} cover {tips}"))])?)
}
