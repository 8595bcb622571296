//! `desk inbox` as a member runs it, on ten thousand tips that are all for them: none is cheaper to open than these.

use super::load;
use super::mill;
use super::site::Site;
use super::table::{Table, time};
use anyhow::{Context as _, Result, ensure};
use knothole::desk::identity::{Identity, WorkFactor};
use knothole::desk::passphrase;
use knothole::desk::profile::Profile;
use rayon::prelude::*;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const TIPS: usize = 10_000;
const AGAIN: usize = 5;

/// New tips, the same again, and the passphrase apart.
pub fn rows(dir: &Path, runtime: &Runtime, table: &mut Table) -> Result<()> {
    let site = Site::make(dir, runtime)?;
    let tips = (0..TIPS).into_par_iter().map(|_| mill::sealed(&site)).collect::<Result<Vec<_>>>()?;
    let server = site.serve(&[])?;
    load::send(runtime, server.public, 64, tips)?;
    let unlocking = unlocking(&site)?;
    let (first, printed) = inbox(&site)?;
    ensure!(printed == TIPS, "{printed} tips were listed");
    let mut again = (0..AGAIN).map(|_| Ok(inbox(&site)?.0)).collect::<Result<Vec<_>>>()?;
    again.sort_unstable();
    let detail = |whole: Duration| format!("{} less {} to unlock", time(whole), time(unlocking));
    table.row("`desk inbox`, 10,000 new tips", time(first.saturating_sub(unlocking)), "≤ 15 s", detail(first));
    let again = again[AGAIN / 2];
    table.row("`desk inbox`, the same again", time(again.saturating_sub(unlocking)), "≤ 1 s", detail(again));
    table.row("unlocking an identity file (scrypt 2^18)", time(standard_unlocking()?), "", String::new());
    server.stop()
}

/// How long it takes, and how many tips are listed.
fn inbox(site: &Site) -> Result<(Duration, usize)> {
    let mut desk = Command::new(env!("CARGO_BIN_EXE_desk"));
    desk.arg("--profile").arg(&site.desk.profile_dir).arg("--passphrase-file").arg(&site.desk.passphrase_path);
    let start = Instant::now();
    let output = desk.args(["inbox", "--plain"]).output()?;
    let took = start.elapsed();
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok((took, output.stdout.split(|byte| *byte == b'\n').count() - 1))
}

/// The passphrase's part of it, with the work that the demo's files ask for.
fn unlocking(site: &Site) -> Result<Duration> {
    let profile = Profile::open(&site.desk.profile_dir)?;
    let passphrase = passphrase::from_file(&site.desk.passphrase_path)?;
    let start = Instant::now();
    profile.unlock(&passphrase)?;
    Ok(start.elapsed())
}

/// With the work that people's files ask for.
fn standard_unlocking() -> Result<Duration> {
    let passphrase = "correct horse battery staple".to_owned().into();
    let sealed = Identity::generate().seal(&passphrase, WorkFactor::STANDARD);
    let start = Instant::now();
    Identity::open(&sealed, &passphrase).context("what was sealed opens")?;
    Ok(start.elapsed())
}
