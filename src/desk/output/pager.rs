//! The pager through which a source's words are shown, so that none of them stays on the screen when it ends.

use super::OutputError;
use crate::desk::environment;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A place where nothing is, on any machine.
const NOWHERE: &str = "/nonexistent";
/// Settings of `less` that a file or a variable of the person's could bring: all of them are nothing.
const OF_LESS: [(&str, &str); 8] = [
    ("LESSSECURE", "1"),
    ("LESSHISTFILE", "-"),
    ("LESSCHARSET", "utf-8"),
    ("LESSKEY", "/dev/null"),
    ("LESSKEYIN", "/dev/null"),
    ("LESSKEY_SYSTEM", "/dev/null"),
    ("LESSKEYIN_SYSTEM", "/dev/null"),
    ("HOME", NOWHERE),
];

/// Whether this terminal has a second screen, from which words vanish when it is left.
pub fn has_second_screen() -> bool {
    let asked = of_terminal("tput").arg("smcup").stdin(Stdio::null()).stderr(Stdio::null()).output();
    match asked {
        Ok(answer) => answer.status.success() && !answer.stdout.is_empty(),
        Err(_) => environment::has_full_terminal(), // nothing here knows terminals
    }
}

/// Shows a text until the person has had enough.
///
/// `less` runs no commands, keeps no history and, without `-X`, takes the text off the screen when it ends. Options that
/// a person's own settings may hold (`-X`, `-R`) are kept out, wherever they stand.
pub fn show(text: &str) -> Result<(), OutputError> {
    let mut pager =
        of_terminal("less").envs(OF_LESS).stdin(Stdio::piped()).spawn().map_err(|_| OutputError::NoPager)?;
    let written = pager.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
    pager.wait()?;
    match written.map_err(OutputError::from) {
        Err(OutputError::Closed) | Ok(()) => Ok(()), // left with q before the end
        Err(error) => Err(error),
    }
}

/// A program that knows of the terminal and of nothing else around us.
fn of_terminal(name: &str) -> Command {
    let mut command = Command::new(name);
    command.env_clear().envs(environment::of_terminal());
    command
}
