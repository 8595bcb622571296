//! Tips acknowledged, each durable before its 201, against the same `SQLite` bare: on this disk, and on one whose sync
//! takes 5 ms.

use super::bare::{self, Bare};
use super::load::{self, Outcome};
use super::mill::Mill;
use super::site::Site;
use super::table::{Table, time};
use anyhow::Result;
use std::path::Path;
use std::process::Command;
use tokio::runtime::Runtime;

const CLIENTS: usize = 64;
/// Server and peer take turns, so that a change of the machine's mood meets both.
const ROUNDS: usize = 5;
const TIPS_A_ROUND: usize = 16_000;
const BATCH: usize = 64;
const SLOW_TIPS: usize = 8000;
const SLOW_TIPS_ONE_BY_ONE: usize = 400;
/// Every sync of the program that follows, and of its threads, returns 5 ms late.
const SLOW_DISK: [&str; 9] = [
    "strace",
    "-D",
    "-f",
    "--seccomp-bpf",
    "-qq",
    "--trace=fsync,fdatasync",
    "--inject=fsync,fdatasync:delay_exit=5000",
    "--output=/dev/null",
    "--",
];

/// On this disk.
pub fn rows(dir: &Path, runtime: &Runtime, table: &mut Table) -> Result<()> {
    let site = Site::make(&dir.join("site"), runtime)?;
    let mut mill = Mill::new(&site)?;
    let server = site.serve(&[])?;
    let mut bare = Bare::create(&dir.join("bare"))?;
    let mut all: Option<Outcome> = None;
    let mut ratios = Vec::new();
    let mut peers = Vec::new();
    for _ in 0..ROUNDS {
        let outcome = load::send(runtime, server.public, CLIENTS, mill.tips(TIPS_A_ROUND))?;
        let peer = bare.put(&mill.rows(TIPS_A_ROUND), BATCH)?;
        ratios.push(outcome.per_second() / peer);
        peers.push(peer);
        all = Some(match all {
            None => outcome,
            Some(before) => before.and(outcome),
        });
    }
    let Some(all) = all else { return Ok(()) };
    let detail = format!("{:.0} tips/s; bare {:.0} rows/s; {ROUNDS} rounds", all.per_second(), median(peers));
    table.ratio(
        "durable tips over HTTP, 64 clients ÷ bare SQLite in transactions of 64",
        median(ratios),
        "≥ 0.60",
        detail,
    );
    let wait = format!("p50 {}, p99 {}", time(all.percentile(50)), time(all.percentile(99)));
    table.row("wait for the 201, 64 clients", time(all.percentile(99)), "p99 < 50 ms", wait);
    let resident = f64::from(server.resident_kib()?) / 1024.0;
    table.row("server memory after that load", format!("{resident:.1} MB"), "", String::new());
    server.stop()
}

/// On a disk whose sync takes 5 ms.
pub fn rows_on_a_slow_disk(dir: &Path, runtime: &Runtime, table: &mut Table) -> Result<()> {
    let what = "the same with a sync of 5 ms ÷ bare SQLite with one sync a tip";
    if Command::new("strace").arg("--version").output().is_err() {
        table.row(what, "skipped".into(), "≥ 10", "there is no strace".into());
        return Ok(());
    }
    let site = Site::make(&dir.join("site"), runtime)?;
    let mut mill = Mill::new(&site)?;
    let server = site.serve(&SLOW_DISK)?;
    let outcome = load::send(runtime, server.public, CLIENTS, mill.tips(SLOW_TIPS))?;
    server.stop()?;
    let one_by_one = bare::one_by_one(&SLOW_DISK, mill.template(), &dir.join("bare"), SLOW_TIPS_ONE_BY_ONE)?;
    let detail = format!(
        "{:.0} tips/s, p99 {}; one by one {one_by_one:.0} rows/s",
        outcome.per_second(),
        time(outcome.percentile(99))
    );
    table.ratio(what, outcome.per_second() / one_by_one, "≥ 10", detail);
    Ok(())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
