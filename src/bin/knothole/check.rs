//! `knothole check`: the words around the findings. What is looked at stands in the library.

use anyhow::Result;
use clap::Args;
use knothole::check::{self, Report, Status};
use knothole::clock::SystemClock;
use knothole::config::{Config, ServeArgs};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

/// Flags of `knothole check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// Print one JSON object: status, and checks with name, status, text and hint
    #[arg(long)]
    json: bool,
}

/// Exit code of a check that could not be made, and of one that found something wrong.
pub const FAIL: u8 = 2;

/// Looks, and prints one line for each look.
pub fn run(args: CheckArgs, were_core_dumps_off: bool) -> Result<ExitCode> {
    let is_json = args.json;
    let report = look(args.serve, were_core_dumps_off)?;
    let text = if is_json { serde_json::to_string(&report)? + "\n" } else { lines(&report) };
    // Whoever closed the pipe has read enough; the exit code says the rest.
    let _printed = std::io::stdout().write_all(text.as_bytes());
    Ok(match report.status {
        Status::Ok => ExitCode::SUCCESS,
        Status::Warn => ExitCode::from(1),
        Status::Fail => ExitCode::from(FAIL),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn look(args: ServeArgs, were_core_dumps_off: bool) -> Result<Report> {
    let config = Config::load(args)?;
    Ok(check::run(&config.settings, &SystemClock, were_core_dumps_off).await)
}

fn lines(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.checks {
        let status = match finding.status {
            Status::Ok => "ok",
            Status::Warn => "warn",
            Status::Fail => "fail",
        };
        // Writing to a string cannot fail.
        let _written = writeln!(text, "{status:<4}  {}: {}", finding.name, finding.text);
        if let Some(hint) = finding.hint {
            let _written = writeln!(text, "      hint: {hint}");
        }
    }
    text
}
