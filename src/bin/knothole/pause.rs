//! `knothole pause` and `resume`: the words around closing the form for a while. It works while the server runs, and while the
//! store fails.

use anyhow::{Context as _, Result, bail};
use clap::Args;
use knothole::clock::{Clock as _, SystemClock};
use knothole::config::{Config, ServeArgs};
use knothole::model::day::Day;
use knothole::store::pause::{self, Pause};
use std::path::PathBuf;

/// Flags of `knothole pause`.
#[derive(Args, Debug)]
pub struct PauseArgs {
    /// The day on which sources are told to come back; nothing opens by itself on it
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Day>,
    #[command(flatten)]
    serve: ServeArgs,
}

/// Closes the form.
#[expect(clippy::print_stdout, reason = "this line is what the command says")]
pub fn pause(args: PauseArgs) -> Result<()> {
    let today = SystemClock.today();
    if let Some(until) = args.until.filter(|until| *until <= today) {
        bail!("--until {until} is not after today, {today}");
    }
    let dir = data_dir(args.serve)?;
    pause::close(&dir, Pause { until: args.until }).with_context(|| format!("cannot write in {}", dir.display()))?;
    let until = args.until.map_or_else(String::new, |until| format!(", and says to come back on {until}"));
    println!(
        "the form is closed{until}; it shows whom to call, and takes no tip. Staff can work. `knothole resume` opens it"
    );
    Ok(())
}

/// Opens it.
#[expect(clippy::print_stdout, reason = "this line is what the command says")]
pub fn resume(args: ServeArgs) -> Result<()> {
    let dir = data_dir(args)?;
    let was_closed = pause::open(&dir).with_context(|| format!("cannot write in {}", dir.display()))?;
    println!("{}", if was_closed { "the form is open" } else { "the form was not paused" });
    Ok(())
}

fn data_dir(args: ServeArgs) -> Result<PathBuf> {
    let dir = Config::load(args)?.settings.data_dir;
    if dir.is_dir() { Ok(dir) } else { bail!("{} is not a folder", dir.display()) }
}
