//! The server's command line: read what was asked, do it, say what went wrong with a hint.

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use knothole::clock::SystemClock;
use knothole::config::{Config, ServeArgs};
use knothole::core_dumps;
use knothole::http::serve;
use knothole::store::OpenError;
use knothole::telemetry;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};

#[path = "knothole/check.rs"]
mod check;
#[path = "knothole/page.rs"]
mod page;
#[path = "knothole/pause.rs"]
mod pause;
#[cfg(feature = "desk")]
#[path = "knothole/demo.rs"]
mod demo;

/// Wipes what is freed: what a connection said of its peer is gone from memory with it.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Takes tips that only the investigators whom a source picked can open.
#[derive(Parser)]
#[command(name = "knothole", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Open both doors and serve until told to stop
    Serve(ServeArgs),
    /// Look whether a site is well, also while its server runs: one line for each look, nothing is changed
    ///
    /// Takes the flags and the file that serve takes. Exit code: 0 when all is well, 1 when something wants attention
    /// (warn), 2 when something is wrong (fail) or could not be looked at.
    Check(check::CheckArgs),
    /// Close the form for a while: it shows whom to call and takes no tip, until `resume`. Staff can work on
    Pause(pause::PauseArgs),
    /// Open the form that `pause` closed
    Resume(ServeArgs),
    /// Print what admins sign of the page, so that `desk verify` and WEBCAT can tell when another is shown
    ///
    /// The page is made from the keyring and this program alone: the same two give the same hashes on any machine.
    Page(page::PageArgs),
    /// Make a whole site with sample tips in one directory, serve it on this machine and say how to look at it
    #[cfg(feature = "desk")]
    Demo(demo::DemoArgs),
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    let on_error = if matches!(command, Command::Check(_)) { ExitCode::from(check::FAIL) } else { ExitCode::FAILURE };
    run(command).unwrap_or_else(|error| {
        complain(&error);
        on_error
    })
}

fn run(command: Command) -> Result<ExitCode> {
    let were_core_dumps_off = core_dumps::are_off();
    core_dumps::forbid().context("cannot turn core dumps off")?;
    match command {
        Command::Serve(args) => run_serve(args)?,
        Command::Pause(args) => pause::pause(args)?,
        Command::Resume(args) => pause::resume(args)?,
        Command::Page(args) => page::run(&args)?,
        Command::Check(args) => return check::run(args, were_core_dumps_off),
        #[cfg(feature = "desk")]
        Command::Demo(args) => demo::run(args)?,
    }
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stderr, reason = "the one place where a failed command says so")]
fn complain(error: &anyhow::Error) {
    eprintln!("knothole: {error}");
    if let Some(hint) = hint(error) {
        eprintln!("hint: {hint}");
    }
}

fn hint(error: &anyhow::Error) -> Option<&'static str> {
    if let Some(hint) = page::hint(error) {
        return Some(hint);
    }
    #[cfg(feature = "desk")]
    if let Some(hint) = demo::hint(error) {
        return Some(hint);
    }
    match start_error(error)? {
        serve::StartError::Store(OpenError::OpenToOthers { .. }) => Some("take others' rights away: chmod 700"),
        serve::StartError::Store(OpenError::UnknownSchema) => {
            Some("a newer version has written there: start that version, or one after it")
        }
        serve::StartError::Store(OpenError::Path { .. }) => Some("--data takes a folder that this account may write"),
        serve::StartError::Keyring(_) => {
            Some("compare --genesis with the hash that desk admin sign printed for this site")
        }
        serve::StartError::Listen { .. } => Some("is another server running there? --public and --staff say where"),
        _ => None,
    }
}

fn start_error(error: &anyhow::Error) -> Option<&serve::StartError> {
    error.chain().find_map(|cause| cause.downcast_ref())
}

#[tokio::main]
async fn run_serve(args: ServeArgs) -> Result<()> {
    let config = Config::load(args)?;
    telemetry::start(config.log);
    let stop = stop_asked()?;
    let running = serve::start(config.settings, Arc::new(SystemClock)).await?;
    tracing::info!(public = %running.public(), staff = %running.staff(), "both doors are open");
    stop.await;
    tracing::info!("stopping");
    running.shutdown().await;
    Ok(())
}

/// Comes when a person or a service manager asks the program to stop. Listens from the call on.
fn stop_asked() -> Result<impl Future<Output = ()>> {
    let mut interrupted = signal(SignalKind::interrupt()).context("cannot listen for Ctrl-C")?;
    let mut terminated = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}
