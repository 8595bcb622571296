//! The agent's side: answers one question after another until it locks. Whoever is of another account is not answered, and
//! whoever says nothing is not waited for.

use super::held::Held;
use super::idle::{Idle, Time};
use super::{AgentError, KEYS, LEFT, LOCK, place};
use crate::clock::Clock;
use std::fs::{self, File};
use std::future::Future;
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How often it looks at the clocks unasked.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// A socket that is ours alone, gone with this value.
pub struct Bound {
    listener: UnixListener,
    path: PathBuf,
    _only: File,
}

/// Takes the socket's place; one that a killed agent left is cleared away, one that lives keeps it.
pub fn bind(path: &Path) -> Result<Bound, AgentError> {
    place::make_dir_of(path)?;
    let only =
        File::options().create(true).truncate(false).write(true).mode(0o600).open(path.with_extension("lock"))?;
    only.try_lock().map_err(|_| AgentError::Busy)?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?; // the directory let nobody in meanwhile
    Ok(Bound { listener, path: path.to_owned(), _only: only })
}

impl Drop for Bound {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path); // an agent that goes has nobody to tell
    }
}

/// Answers until it locks. When this returns, or whoever asked for it hears of it, the keys are wiped and the socket is gone.
pub async fn serve(bound: Bound, held: Held, minutes: u8, time: &Time, stop: impl Future<Output = ()>) {
    let mut idle = Idle::new(minutes, time.now());
    let mut look = interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stop = pin!(stop);
    let who_told = loop {
        let next = tokio::select! {
            () = &mut stop => Next::Lock(None),
            _ = look.tick() => if idle.is_over(time.now()) { Next::Lock(None) } else { Next::Go },
            Ok((stream, _)) = bound.listener.accept() => {
                let answered = timeout(PATIENCE, answer(stream, &held, &mut idle, time)).await;
                answered.ok().and_then(Result::ok).unwrap_or(Next::Go) // who does not listen is not waited for
            }
        };
        if let Next::Lock(who_told) = next {
            break who_told;
        }
    };
    drop(held);
    drop(bound);
    if let Some(mut stream) = who_told {
        let _ = timeout(PATIENCE, stream.write_all(b"L")).await; // it is done, heard or not
    }
}

enum Next {
    Go,
    /// And tell so.
    Lock(Option<UnixStream>),
}

async fn answer(mut stream: UnixStream, held: &Held, idle: &mut Idle, time: &Time) -> io::Result<Next> {
    if stream.peer_cred()?.uid() != place::own_uid() {
        return Ok(Next::Go);
    }
    let mut asked = [0; KEYS.len()];
    stream.read_exact(&mut asked).await?;
    let now = time.now();
    if idle.is_over(now) {
        return Ok(Next::Lock(None));
    }
    match &asked {
        KEYS => {
            idle.use_now(now);
            stream.write_all(held.expose()).await?; // straight from the locked page
        }
        LEFT => {
            let left = u16::try_from(idle.left(now).as_secs()).unwrap_or(u16::MAX);
            stream.write_all(&left.to_be_bytes()).await?;
        }
        LOCK => return Ok(Next::Lock(Some(stream))),
        _ => {}
    }
    Ok(Next::Go)
}

/// What the process in the background does: takes the keys from its standard input, says that it is ready, and serves.
pub fn run(socket: &Path, minutes: u8, clock: Arc<dyn Clock>) -> Result<(), AgentError> {
    let held = Held::read(io::stdin().lock())?;
    // Out of the terminal's reach, whose end would end us, and out of a directory that may be taken away.
    let _is_leader_already = rustix::process::setsid();
    std::env::set_current_dir("/")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut signals = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()]
            .map(signal)
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        let stop = std::future::poll_fn(move |context| {
            let is_told = signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
            if is_told { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        });
        let bound = bind(socket)?;
        let mut out = io::stdout();
        out.write_all(super::ask::READY).and_then(|()| out.flush())?;
        serve(bound, held, minutes, &Time::new(clock), stop).await;
        Ok(())
    })
}
