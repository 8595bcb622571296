//! The machine: what of an opened tip it could keep without being asked, and how well it can show one.

use super::Finding;
use crate::desk::environment::{self, Screen};
use std::fs;

/// Looks at this machine.
pub fn examine(screen: Screen) -> Vec<Finding> {
    let read = |path: &str| fs::read_to_string(path).ok();
    let limits = read("/proc/self/limits");
    let pattern = read("/proc/sys/kernel/core_pattern");
    vec![
        core_dumps(limits.as_deref(), pattern.as_deref()),
        swap(read("/proc/swaps").as_deref()),
        pager(environment::has_program("less")),
        terminal(screen, environment::is_utf8()),
    ]
}

/// `limits` and `pattern` as the kernel gives them; none where it does not.
pub fn core_dumps(limits: Option<&str>, pattern: Option<&str>) -> Finding {
    let check = "core_dumps";
    let soft = limits.and_then(|limits| {
        let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size"))?;
        line.split_whitespace().next()
    });
    // A program that takes the dump gets it whatever the limit is, but for a limit of 1.
    let is_piped = pattern.is_some_and(|pattern| pattern.starts_with('|'));
    match soft {
        None => Finding::warn(check, "this system does not say whether it writes core dumps", "turn them off"),
        Some("0" | "1") if !is_piped => Finding::ok(check, "a crash leaves no core dump"),
        Some("1") => Finding::ok(check, "a crash leaves no core dump"),
        Some(_) if is_piped => Finding::warn(
            check,
            "a crash hands the memory, keys and all, to the system's crash collector",
            "turn the collector off, or make it store nothing (systemd: `Storage=none` in coredump.conf)",
        ),
        Some(_) => Finding::warn(
            check,
            "a crash can write the memory, keys and all, to the disk",
            "run `ulimit -c 0` before `desk`, or set it for your account",
        ),
    }
}

/// `swaps` as the kernel lists them. Swap in memory (zram) is no swap.
pub fn swap(swaps: Option<&str>) -> Finding {
    let check = "swap";
    let Some(swaps) = swaps else {
        return Finding::warn(
            check,
            "this system does not say whether it swaps",
            "make sure that its swap is encrypted",
        );
    };
    let is_on_disk = |line: &&str| !line.trim().is_empty() && !line.starts_with("/dev/zram");
    if swaps.lines().skip(1).any(|line| is_on_disk(&line)) {
        let text = "swap is on: what you read could be written to the disk";
        return Finding::warn(check, text, "encrypt the swap, or turn it off with `swapoff -a`");
    }
    Finding::ok(check, "nothing is swapped to a disk")
}

/// Whether there is the program through which stories are shown.
pub fn pager(has_less: bool) -> Finding {
    if has_less {
        return Finding::ok("pager", "less is there, and leaves nothing on the screen");
    }
    Finding::warn("pager", "there is no less, and `show` on a terminal needs it", "install less")
}

/// What the terminal can show.
pub fn terminal(screen: Screen, is_utf8: bool) -> Finding {
    let check = "terminal";
    if !is_utf8 {
        let hint = "set LANG to a UTF-8 locale, such as C.UTF-8";
        return Finding::warn(check, "this terminal is not set to UTF-8: many languages cannot be read on it", hint);
    }
    let kind = match screen {
        Screen { is_terminal: false, .. } => "no terminal: a file or a pipe",
        Screen { has_colour: false, .. } => "a terminal without colour",
        Screen { .. } => "a terminal",
    };
    Finding::ok(check, format!("{kind}, {} columns", screen.width))
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    const LIMITS: &str = "Limit                     Soft Limit           Hard Limit           Units     \n\
        Max cpu time              unlimited            unlimited            seconds   \n\
        Max core file size        0                    unlimited            bytes     \n";

    #[test]
    fn core_dumps_are_off_when_the_limit_is_zero_and_no_collector_takes_them() {
        let unlimited = LIMITS.replace("size        0        ", "size        unlimited");
        assert_eq!(core_dumps(Some(LIMITS), Some("core\n")).level, Level::Ok);
        assert_eq!(core_dumps(Some(LIMITS), Some("|/usr/lib/systemd/systemd-coredump %P\n")).level, Level::Warn);
        assert_eq!(core_dumps(Some(&unlimited), Some("core\n")).level, Level::Warn);
        assert_eq!(core_dumps(None, None).level, Level::Warn);
    }

    #[test]
    fn swap_on_a_disk_is_named_and_swap_in_memory_is_not() {
        let head = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
        assert_eq!(swap(Some(head)).level, Level::Ok);
        assert_eq!(swap(Some(&format!("{head}/dev/zram0 partition 100 0 100\n"))).level, Level::Ok);
        assert_eq!(swap(Some(&format!("{head}/swapfile file 100 0 -2\n"))).level, Level::Warn);
        assert_eq!(swap(None).level, Level::Warn);
    }

    #[test]
    fn a_missing_pager_and_a_terminal_without_utf8_are_named() {
        assert_eq!([pager(true).level, pager(false).level], [Level::Ok, Level::Warn]);
        assert_eq!([terminal(Screen::NONE, true).level, terminal(Screen::NONE, false).level], [Level::Ok, Level::Warn]);
    }
}
