//! What `make bench` prints: one table, ratios first, each against its peer on the same machine in the same run.
//!
//! Nothing here passes or fails by a clock. The load client and the server share the machine's cores, so that what
//! the server is said to do is the least that it does.

use anyhow::{Context as _, Result, bail};
use knothole::clock::SystemClock;
use site::Site;
use std::path::Path;
use std::sync::Arc;
use table::Table;

mod bare;
mod durable;
mod inbox;
mod load;
mod machine;
mod mill;
mod page;
mod server;
mod site;
mod table;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => everything(),
        [bare::CHILD_WORD, dir, tips] => bare::child(Path::new(dir), tips.parse()?),
        _ => bail!("takes no words"),
    }
}

fn everything() -> Result<()> {
    let root = tempfile::Builder::new().prefix("speed").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let site = runtime.block_on(Site::make(&root.path().join("site"), Arc::new(SystemClock))).context("no site")?;
    let mut table = Table::default();
    page::rows(&site, &runtime, &mut table)?;
    durable::rows(root.path(), &site, &runtime, &mut table)?;
    durable::rows_on_a_slow_disk(root.path(), &site, &runtime, &mut table)?;
    inbox::rows(&site, &runtime, &mut table)?;
    table.print(&machine::describe(root.path())?);
    Ok(())
}
