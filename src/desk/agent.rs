//! The agent: a process in the background that keeps a profile's keys unlocked, so that a passphrase is asked once. The keys
//! lie in one page of memory that is never swapped out, and leave it only over a socket, to processes of the same account.
//! It locks itself when nobody asked for a while, when the machine slept, and when the clock jumps: keys are wiped, the
//! socket goes, the process ends.
//!
//! It hands the keys out and does not use them itself: `SECURITY.md` says why, and what that costs.

mod ask;
mod held;
mod idle;
mod place;
mod serve;

pub use ask::{keys, lock, seconds_left, start};
pub use held::Held;
pub use idle::{DEFAULT_MINUTES, Idle, MAX_MINUTES, Moment, Time};
pub use place::socket_path;
pub use serve::{bind, run, serve};

use super::files::FileError;
use std::io;
use std::path::PathBuf;

/// What is asked, each on a connection of its own. Another version of this program knows none of these words, and closes.
const KEYS: &[u8; 23] = b"knothole-agent/1 keys \n";
const LOCK: &[u8; 23] = b"knothole-agent/1 lock \n";
const LEFT: &[u8; 23] = b"knothole-agent/1 left \n";

/// Why an agent cannot be started or asked. That there is none is no error.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// Where its socket should lie, others could put one.
    #[error("{} must be a directory of your own that nobody else can enter", .0.display())]
    NotPrivate(PathBuf),
    /// A socket has a path of at most about a hundred bytes.
    #[error("the path {} is too long for a socket", .0.display())]
    PathTooLong(PathBuf),
    /// Keys are not held where they could be written to disk.
    #[error("the system lets no memory be locked, so that keys could be swapped to disk")]
    NotLocked,
    /// Another process is just starting one.
    #[error("another agent of this profile is starting")]
    Busy,
    /// The process that should have become the agent did not.
    #[error("the agent did not start: {0}")]
    NotStarted(String),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The socket cannot be used.
    #[error("cannot use the agent's socket")]
    Io(#[from] io::Error),
}

#[cfg(test)]
mod tests;
