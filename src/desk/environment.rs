//! What `desk` takes from its surroundings: where profiles lie, and what the terminal can show. Never a secret.

use std::ffi::OsString;
use std::io::{IsTerminal as _, stderr, stdin, stdout};
use std::path::PathBuf;

/// Columns where nobody says how many there are.
const DEFAULT_WIDTH: usize = 80;
/// Below this a table cannot be read at all.
const MIN_WIDTH: usize = 40;

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether a person looks at the results.
    pub is_terminal: bool,
    /// Whether results may have colour.
    pub has_colour: bool,
    /// Whether notes may have colour.
    pub has_note_colour: bool,
    /// Columns.
    pub width: usize,
    /// Whether results are read out: one thing after another, no tables. None where the environment does not say.
    pub is_accessible: Option<bool>,
}

impl Screen {
    /// A file or a pipe.
    pub const NONE: Self = Self {
        is_terminal: false,
        has_colour: false,
        has_note_colour: false,
        width: DEFAULT_WIDTH,
        is_accessible: None,
    };

    /// This process's own.
    pub fn of_process() -> Self {
        let may_colour = variable("NO_COLOR").is_none_or(|value| value.is_empty())
            && variable("TERM").is_none_or(|term| term != "dumb");
        let named = variable("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok());
        let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self {
            is_terminal: stdout().is_terminal(),
            has_colour: may_colour && stdout().is_terminal(),
            has_note_colour: may_colour && stderr().is_terminal(),
            width: named.or_else(seen).unwrap_or(DEFAULT_WIDTH).max(MIN_WIDTH),
            is_accessible: accessible(),
        }
    }
}

/// Whether a program of this name can be started.
pub fn has_program(name: &str) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let is_program =
        |path: PathBuf| path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0);
    variable("PATH").is_some_and(|paths| std::env::split_paths(&paths).any(|dir| is_program(dir.join(name))))
}

/// Whether the terminal is said to be in UTF-8: the first of the three variables that is set decides.
pub fn is_utf8() -> bool {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    locale.is_some_and(|locale| {
        let locale = locale.to_string_lossy().to_ascii_uppercase();
        locale.ends_with("UTF-8") || locale.ends_with("UTF8")
    })
}

/// Of the environment, what a program needs to use the terminal: where programs and descriptions of terminals lie, which
/// terminal it is and how it writes. Nothing that could hold options.
pub fn of_terminal() -> impl Iterator<Item = (&'static str, OsString)> {
    const NAMES: [&str; 8] = ["PATH", "TERM", "TERMINFO", "TERMINFO_DIRS", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"];
    NAMES.into_iter().filter_map(|name| Some((name, variable(name)?)))
}

/// Of the environment, what a program needs to tell a person something: where programs lie, whose desktop it is and how to
/// speak to it.
pub fn of_notices() -> impl Iterator<Item = (&'static str, OsString)> {
    const NAMES: [&str; 9] = [
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "DISPLAY",
        "XAUTHORITY",
        "WAYLAND_DISPLAY",
        "DBUS_SESSION_BUS_ADDRESS",
        "XDG_RUNTIME_DIR",
    ];
    NAMES.into_iter().filter_map(|name| Some((name, variable(name)?)))
}

/// Whether the terminal is said to be more than a printer.
pub fn has_full_terminal() -> bool {
    variable("TERM").is_some_and(|term| !term.is_empty() && term != "dumb")
}

/// Whether a person can answer.
pub fn can_ask() -> bool {
    stdin().is_terminal()
}

/// Whether someone has typed a line. Where nobody types, but a file or a pipe is read, that is always there.
pub fn is_something_typed() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    if !can_ask() {
        return true;
    }
    let stdin = stdin();
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&now)).map_or(true, |ready| ready > 0)
}

/// Where the profile lies when nobody names another: under the XDG data home. None when there is no home either.
pub fn default_profile_dir() -> Option<PathBuf> {
    let data_home = variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let from_home = || Some(PathBuf::from(variable("HOME").filter(|home| !home.is_empty())?).join(".local/share"));
    Some(data_home.or_else(from_home)?.join("knothole/desk"))
}

/// Where the system keeps what lasts as long as the person is logged in, for them alone.
pub fn runtime_dir() -> Option<PathBuf> {
    variable("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute())
}

/// What `DESK_ACCESSIBLE` says: yes, no, or nothing.
fn accessible() -> Option<bool> {
    variable("DESK_ACCESSIBLE").filter(|value| !value.is_empty()).map(|value| value != "0")
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one reader of the environment in `desk`; `config` is the server's"
)]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}
