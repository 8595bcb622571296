//! The machine: what of an opened tip it could keep without being asked, and how well it can show one.

use super::Finding;
use crate::core_dumps;
use crate::desk::environment::{self, Screen};
use std::fs;

/// Looks at this machine.
pub fn examine(screen: Screen) -> Vec<Finding> {
    let read = |path: &str| fs::read_to_string(path).ok();
    vec![
        core_dumps(core_dumps::are_off()),
        swap(read("/proc/swaps").as_deref()),
        pager(environment::has_program("less")),
        terminal(screen, environment::is_utf8()),
    ]
}

/// `are_off` as this process has it, which turns them off for itself when it starts.
pub fn core_dumps(are_off: bool) -> Finding {
    let check = "core_dumps";
    if are_off {
        Finding::ok(check, "a crash of desk leaves no core dump")
    } else {
        let text = "a crash can write the memory, keys and all, to the disk";
        Finding::warn(check, text, "run `ulimit -c 0` before `desk`, or set it for your account")
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

    #[test]
    fn core_dumps_that_could_be_left_are_named() {
        assert_eq!([core_dumps(true).level, core_dumps(false).level], [Level::Ok, Level::Warn]);
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
