//! `knothole demo`: the words around a demo site. What a demo is stands in the library.

use anyhow::Result;
use clap::Args;
use knothole::clock::SystemClock;
use knothole::demo::{self, Demo, DemoDesk, DemoError, Options};
use knothole::http::accept::Address;
use knothole::http::serve::StartError;
use knothole::telemetry::{self, Level};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DEFAULT_PUBLIC: &str = "127.0.0.1:8080";
const DEFAULT_STAFF: &str = "127.0.0.1:8081";

/// Flags of `knothole demo`.
#[derive(Args, Debug)]
pub struct DemoArgs {
    /// Where the site lies; made when it is not there, started again with its data when it is
    #[arg(long, value_name = "DIR", default_value = "knothole-demo")]
    dir: PathBuf,
    /// Where the form is [default: 127.0.0.1:8080, or a free port when that is taken]
    #[arg(long, value_name = "ADDR")]
    public: Option<Address>,
    /// Where desk comes [default: 127.0.0.1:8081, or a free port when that is taken]
    #[arg(long, value_name = "ADDR")]
    staff: Option<Address>,
    /// Make the site without sample tips
    #[arg(long)]
    no_samples: bool,
}

/// Runs a demo until told to stop.
#[tokio::main]
pub async fn run(args: DemoArgs) -> Result<()> {
    telemetry::start(Level::Warn);
    let stop = super::stop_asked()?;
    let dir = std::path::absolute(&args.dir)?;
    let options = Options {
        dir,
        public: args.public.unwrap_or_else(|| free_address(DEFAULT_PUBLIC)),
        staff: args.staff.unwrap_or_else(|| free_address(DEFAULT_STAFF)),
        has_samples: !args.no_samples,
    };
    let demo = demo::start(&options, Arc::new(SystemClock)).await?;
    announce(&demo)?;
    stop.await;
    demo.running.shutdown().await;
    Ok(())
}

/// What a person can do about it, where this file knows.
pub fn hint(error: &anyhow::Error) -> Option<&'static str> {
    match error.downcast_ref::<DemoError>()? {
        DemoError::NotADemo(_) => Some("--dir takes a new or empty directory, or one that an earlier demo has made"),
        DemoError::Start(StartError::Listen { .. }) => {
            Some("--public and --staff take other addresses; port 0 is any free one")
        }
        DemoError::NotTcp(_) => Some("--public and --staff take addresses like 127.0.0.1:8080"),
        _ => None,
    }
}

/// The usual address, or any free port beside it when something listens there.
fn free_address(usual: &str) -> Address {
    let is_free = std::net::TcpListener::bind(usual).is_ok();
    let address = if is_free { usual } else { "127.0.0.1:0" };
    address.parse().expect("both are addresses")
}

#[expect(clippy::print_stdout, reason = "these lines are what the command is for")]
fn announce(demo: &Demo) -> Result<()> {
    let mut text = format!("form {}\nstaff {}\n", demo.form_url, demo.staff_url);
    for desk in &demo.desks {
        writeln!(text, "{}", inbox_line(desk))?;
    }
    if let Some(codes) = &demo.codes_path {
        writeln!(
            text,
            "# to come back as the source of a sample, type one of the codes in {} on the form",
            quoted(codes)
        )?;
    }
    if let Some(bin_dir) = std::env::current_exe()?.parent() {
        writeln!(text, "# so that these lines run anywhere:  export PATH={}:$PATH", quoted(bin_dir))?;
    }
    text.push_str(
        "# open the form, send something to one group, then look at two desks. Ctrl-C ends the demo; the site stays.",
    );
    println!("{text}");
    Ok(())
}

fn inbox_line(desk: &DemoDesk) -> String {
    let DemoDesk { profile_dir, passphrase_path } = desk;
    format!("desk --profile {} --passphrase-file {} inbox", quoted(profile_dir), quoted(passphrase_path))
}

/// As a shell reads it back.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+,:@%".contains(c));
    if is_plain { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
