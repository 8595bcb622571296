//! `desk inbox` as a member runs it, on ten thousand tips that are all for them: none is cheaper to open than these.

use super::load;
use super::mill;
use super::one_by_one;
use super::site::Site;
use super::table::{Table, time};
use anyhow::{Context as _, Result, ensure};
use knothole::desk::identity::{Identity, Roots, WorkFactor};
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
pub fn rows(dir: &Path, runtime: &Runtime, table: &mut Table, tips: Option<usize>) -> Result<()> {
    let count = tips.unwrap_or(TIPS);
    let site = Site::make(&dir.join("site"), runtime)?;
    let tips = (0..count).into_par_iter().map(|_| mill::sealed(&site)).collect::<Result<Vec<_>>>()?;
    let server = site.serve(&[])?;
    load::send(runtime, server.public, 64, tips)?;
    let unlocking = unlocking(&site)?;
    let (first, printed) = inbox(&site)?;
    ensure!(printed == count, "{printed} tips were listed");
    let mut again = (0..AGAIN).map(|_| Ok(inbox(&site)?.0)).collect::<Result<Vec<_>>>()?;
    again.sort_unstable();
    let detail = |whole: Duration| format!("{} less {} to unlock", time(whole), time(unlocking));
    let new = first.saturating_sub(unlocking);
    table.row(&format!("`desk inbox`, {count} new tips"), time(new), "≤ 15 s", detail(first));
    let files = dir.join("files");
    std::fs::create_dir(&files)?;
    let peers = one_by_one::measure(&files, count)?;
    let mut beside = |what: &str, peer: Duration| {
        let ratio = peer.as_secs_f64() / new.as_secs_f64();
        let detail = format!("{} ÷ {} to bring, open, keep and list them", time(peer), time(new));
        table.ratio(&format!("{what} ÷ `desk inbox`"), ratio, "", detail);
    };
    beside("the `age` crate, capsule and letter, one file after another", peers.hybrid);
    beside("the same, X25519 and the letter alone", peers.x25519);
    if let Some(processes) = peers.processes {
        beside("the same with `age -d` for each file", processes);
    }
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
    let sealed = Identity::generate().roots().seal(&passphrase, WorkFactor::STANDARD);
    let start = Instant::now();
    Roots::open(&sealed, &passphrase).context("what was sealed opens")?;
    Ok(start.elapsed())
}
