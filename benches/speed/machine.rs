//! What the table was measured on, as far as it matters to the figures.

use super::table::time;
use anyhow::Result;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

const SYNCS: usize = 101;

/// Cores, file system, and how long one sync takes there.
pub fn describe(dir: &Path) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let mut syncs = Vec::with_capacity(SYNCS);
    let mut file = File::create(dir.join("sync"))?;
    for _ in 0..SYNCS {
        file.write_all(&[1; 4096])?;
        let start = Instant::now();
        file.sync_data()?;
        syncs.push(start.elapsed());
    }
    syncs.sort_unstable();
    Ok(format!("{cores} cores, {} on disk, one sync of 4 KiB: {}", file_system(dir)?, time(syncs[SYNCS / 2])))
}

/// The type of the innermost mount above `dir`.
fn file_system(dir: &Path) -> Result<String> {
    let dir = dir.canonicalize()?;
    let mounts = fs::read_to_string("/proc/mounts")?;
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?, words.next()?))
    });
    let innermost = mounts.filter(|(at, _)| dir.starts_with(at)).max_by_key(|(at, _)| at.len());
    Ok(innermost.map_or_else(|| "an unknown file system".to_owned(), |(_, kind)| kind.to_owned()))
}
