//! The page in browsers as sources have them: a slow phone on a slow line, and Tor Browser at its level "Safer".

use super::site::Site;
use super::table::Table;
use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use std::path::Path;
use std::process::Command;
use tokio::runtime::Runtime;

const MEASURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/browser.mjs");

/// A line of what the browsers' side prints.
#[derive(Deserialize)]
struct Row {
    what: String,
    result: String,
    target: String,
    detail: String,
}

/// What `benches/browser.mjs` measures.
pub fn rows(dir: &Path, runtime: &Runtime, table: &mut Table) -> Result<()> {
    let site = Site::make(dir, runtime)?;
    let server = site.serve(&[])?;
    let ran = Command::new("node").args([MEASURE, &format!("http://{}/", server.public)]).output();
    let ran = ran.context("node does not start")?;
    ensure!(ran.status.success(), "{MEASURE}: {}", String::from_utf8_lossy(&ran.stderr));
    for line in String::from_utf8(ran.stdout)?.lines() {
        let Row { what, result, target, detail } = serde_json::from_str(line).with_context(|| line.to_owned())?;
        table.row(&what, result, &target, detail);
    }
    server.stop()
}
