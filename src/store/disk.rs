//! How much room is left where a store lies.

use std::io;
use std::path::Path;

/// Percent of the disk under `dir` that is free for this account.
pub fn free_percent(dir: &Path) -> io::Result<u8> {
    let disk = rustix::fs::statvfs(dir)?;
    let percent = disk.f_bavail.saturating_mul(100).checked_div(disk.f_blocks).unwrap_or_default();
    Ok(u8::try_from(percent).unwrap_or(100))
}
