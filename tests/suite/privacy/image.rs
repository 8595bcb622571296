//! What a core image of another process would hold: all of its memory that is not a plain copy of a file.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::process::Command;

/// The memory of a process, which stands still meanwhile. Where this account may not look into it, says so, and that the test was skipped.
pub fn of(pid: u32, test: &str) -> Option<Vec<u8>> {
    signal(pid, "STOP");
    while !stands_still(pid) {
        std::thread::yield_now();
    }
    let image = read(pid);
    signal(pid, "CONT");
    match image {
        Ok(image) => Some(image),
        Err(error) => {
            crate::support::process::say(&format!(
                "skipped: {test}: the memory of another process cannot be read here ({error}); run it as root"
            ));
            None
        }
    }
}

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &pid.to_string()]).status().unwrap().success());
}

fn stands_still(pid: u32) -> bool {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    threads.into_iter().all(|thread| {
        // A thread that has just ended stands still as well.
        let stat = std::fs::read_to_string(thread.unwrap().path().join("stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_none_or(|(_, state)| state.starts_with('T'))
    })
}

fn read(pid: u32) -> io::Result<Vec<u8>> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps"))?;
    let memory = File::open(format!("/proc/{pid}/mem"))?;
    let mut image = Vec::new();
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (range, rights) = (fields.next().unwrap(), fields.next().unwrap());
        let (inode, name) = (fields.nth(2).unwrap(), fields.next().unwrap_or(""));
        let is_copy_of_a_file = inode != "0" && !rights.contains('w');
        // These are the kernel's, the same in every process; some of them cannot be read.
        let is_the_kernels = name.starts_with("[v");
        if !rights.starts_with('r') || is_copy_of_a_file || is_the_kernels {
            continue;
        }
        let (start, end) = range.split_once('-').unwrap();
        let address = |text| u64::from_str_radix(text, 16).unwrap();
        let (start, end) = (address(start), address(end));
        let before = image.len();
        image.resize(before + usize::try_from(end - start).unwrap(), 0);
        memory.read_exact_at(&mut image[before..], start)?;
    }
    Ok(image)
}
