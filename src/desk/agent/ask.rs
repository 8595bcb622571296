//! The side of everyone else: starts an agent, asks it for the keys, tells it to lock.

use super::{AgentError, KEYS, LEFT, LOCK, place};
use crate::desk::identity::{Roots, SEEDS_LEN};
use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use zeroize::Zeroizing;

pub(super) const READY: &[u8] = b"ready\n";
const PATIENCE: Duration = Duration::from_secs(2);

/// The keys, where an agent holds them. None where there is no agent, or it has just locked.
pub fn keys(socket: &Path) -> Result<Option<Roots>, AgentError> {
    let mut seeds = Zeroizing::new([0; SEEDS_LEN]);
    Ok(ask(socket, KEYS, seeds.as_mut_slice())?.then(|| Roots::from_seeds(&seeds)))
}

/// Seconds until it locks if nobody asks; none where there is no agent. Does not count as asking.
pub fn seconds_left(socket: &Path) -> Result<Option<u16>, AgentError> {
    let mut left = [0; 2];
    Ok(ask(socket, LEFT, &mut left)?.then(|| u16::from_be_bytes(left)))
}

/// Has the keys wiped. Whether there were any; they are gone when this returns.
pub fn lock(socket: &Path) -> Result<bool, AgentError> {
    ask(socket, LOCK, &mut [0])
}

/// Starts an agent that holds these keys. It runs, and answers, when this returns.
pub fn start(socket: &Path, minutes: u8, roots: &Roots) -> Result<(), AgentError> {
    place::make_dir_of(socket)?;
    let mut child = Command::new(std::env::current_exe()?)
        .args(["agent", "--minutes", &minutes.to_string(), "--socket"])
        .arg(socket)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(roots.expose_seeds().as_slice()));
    let mut said = [0; READY.len()];
    let is_ready = written.is_ok()
        && child.stdout.take().is_some_and(|mut stdout| stdout.read_exact(&mut said).is_ok() && said == READY);
    if is_ready {
        return Ok(());
    }
    let mut why = String::new();
    let _ = child.kill(); // it may have ended by itself
    if let Some(stderr) = child.stderr.take() {
        let _ = stderr.take(1_000).read_to_string(&mut why); // what it did not say, nobody knows
    }
    child.wait()?;
    Err(AgentError::NotStarted(why.trim().to_owned()))
}

/// Whether there was an agent and it filled `answer`.
fn ask(socket: &Path, question: &[u8], answer: &mut [u8]) -> Result<bool, AgentError> {
    let Some(mut stream) = send(socket, question)? else { return Ok(false) };
    Ok(stream.read_exact(answer).is_ok())
}

fn send(socket: &Path, question: &[u8]) -> Result<Option<UnixStream>, AgentError> {
    let stream = match UnixStream::connect(socket) {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    place::check_dir_of(socket)?; // nobody else could have answered
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let is_sent = (&stream).write_all(question).is_ok();
    Ok(is_sent.then_some(stream))
}
