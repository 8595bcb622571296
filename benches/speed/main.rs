//! What `make bench` prints: one table, ratios first, each against its peer on the same machine in the same run.
//!
//! Nothing here passes or fails by a clock. The load client and the server share the machine's cores, so that what
//! the server is said to do is the least that it does.

use anyhow::{Context as _, Result, bail};
use std::path::Path;
use table::Table;
use tokio::runtime::Runtime;

mod bare;
mod browser;
mod desk;
mod durable;
mod inbox;
mod load;
mod machine;
mod mill;
mod one_by_one;
mod page;
mod reseal;
mod server;
mod site;
mod table;
mod uploads;

/// What there is to measure, by the words that ask for it.
const PARTS: [(&str, Part); 8] = [
    ("page", |dir, runtime, table, _| page::rows(dir, runtime, table)),
    ("browser", |dir, runtime, table, _| browser::rows(dir, runtime, table)),
    ("durable", |dir, runtime, table, _| durable::rows(dir, runtime, table)),
    ("slow", |dir, runtime, table, _| durable::rows_on_a_slow_disk(dir, runtime, table)),
    ("inbox", inbox::rows),
    ("desk", desk::rows),
    ("reseal", reseal::rows),
    ("uploads", uploads::rows),
];

/// Measures in a new directory, with so many tips, or mebibytes of a file, where another number than its own was asked for, and adds its rows.
type Part = fn(&Path, &Runtime, &mut Table, Option<usize>) -> Result<()>;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [bare::CHILD_WORD, dir, tips] => bare::child(Path::new(dir), tips.parse()?),
        asked => measure(asked),
    }
}

/// Measures the parts that were asked for, or all. `tips=200` has fewer tips at a desk, and files of so many mebibytes: to see that it
/// runs, and not how fast.
fn measure(words: &[&str]) -> Result<()> {
    let (counts, asked): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with("tips="));
    let tips = counts.last().map(|word| word.trim_start_matches("tips=").parse()).transpose()?;
    if let Some(unknown) = asked.iter().find(|word| PARTS.iter().all(|(name, _)| name != *word)) {
        bail!("{unknown:?} is none of: page, browser, durable, slow, inbox, desk, reseal, uploads, tips=NUMBER");
    }
    let root = tempfile::Builder::new().prefix("speed").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut table = Table::default();
    for (name, part) in PARTS.iter().filter(|(name, _)| asked.is_empty() || asked.contains(name)) {
        let dir = root.path().join(name);
        std::fs::create_dir(&dir)?;
        part(&dir, &runtime, &mut table, tips).with_context(|| (*name).to_owned())?;
    }
    table.print(&machine::describe(root.path())?);
    Ok(())
}
