//! Listening: TCP or a Unix socket, one HTTP/1 connection per task, with timers and a limit on how many.
//!
//! Peer addresses end here, as keyed hashes: nothing past this file ever had one, no log line either.

use super::limits::{DoorLimits, Gate, Guest, PeerKey};
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, UnixListener, UnixStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt as _;
use tower::util::MapResponseLayer;
use write_timer::WriteTimer;

mod proxy;
mod write_timer;

/// The largest request head. The staff door's signature headers are its longest part.
const MAX_HEAD_BYTES: usize = 16 << 10;
/// After an accept that failed because the machine has no more to give.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// How often the limits forget peers that have not come for a while.
const FORGET_EVERY: Duration = Duration::from_secs(10);

/// Where a door listens: `127.0.0.1:8080`, `[::1]:8080` or `unix:/run/knothole/public.sock`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// TCP; port 0 stands for any free one.
    Tcp(SocketAddr),
    /// A Unix socket.
    Unix(PathBuf),
}

/// The text was not an address of either form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an address like 127.0.0.1:8080 or unix:/path")]
pub struct NotAnAddress;

/// A door that is bound and not yet served.
pub enum Listener {
    /// TCP.
    Tcp(TcpListener),
    /// A Unix socket.
    Unix(UnixListener, PathBuf),
}

type Stream = Box<dyn ByteStream>;

trait ByteStream: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin {}
impl<T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin> ByteStream for T {}

impl Listener {
    /// Binds. A Unix socket that a server left behind, and that nobody answers, is replaced.
    pub async fn bind(address: &Address) -> io::Result<Self> {
        match address {
            Address::Tcp(address) => Ok(Self::Tcp(TcpListener::bind(address).await?)),
            Address::Unix(path) => {
                let is_left_behind = matches!(
                    UnixStream::connect(path).await,
                    Err(error) if error.kind() == io::ErrorKind::ConnectionRefused
                );
                if is_left_behind {
                    tokio::fs::remove_file(path).await?;
                }
                Ok(Self::Unix(UnixListener::bind(path)?, path.clone()))
            }
        }
    }

    /// Where it listens, with the port that was given.
    pub fn address(&self) -> io::Result<Address> {
        match self {
            Self::Tcp(listener) => listener.local_addr().map(Address::Tcp),
            Self::Unix(_, path) => Ok(Address::Unix(path.clone())),
        }
    }

    /// The next connection, and what stands for whoever is at its other end.
    async fn accept(&self, gate: &Gate) -> io::Result<(Stream, PeerKey)> {
        match self {
            Self::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                // Without it answers may come later, and are the same.
                let _set = stream.set_nodelay(true);
                Ok((Box::new(stream), gate.peers().of_address(peer.ip())))
            }
            Self::Unix(listener, _) => {
                let (stream, _nameless) = listener.accept().await?;
                Ok((Box::new(stream), gate.peers().local()))
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Self::Unix(_, path) = self {
            // Whatever is in the way, the next start looks again.
            let _removed = std::fs::remove_file(path);
        }
    }
}

/// What every connection of a door is served with.
struct Door {
    gate: Gate,
    router: Router,
    limits: DoorLimits,
}

/// Serves `router`, which `gate` guards, until `stop` is true, then lets answers under way finish for `drain_time` and cuts
/// the rest.
pub async fn serve(
    listener: Listener,
    (gate, router): (Gate, Router),
    limits: DoorLimits,
    mut stop: watch::Receiver<bool>,
) {
    let router = router.layer(MapResponseLayer::new(super::headers::secure));
    let door = Arc::new(Door { gate, router, limits });
    let slots = Arc::new(Semaphore::new(limits.max_connections));
    let mut connections = JoinSet::new();
    let mut forgetting = tokio::time::interval(FORGET_EVERY);
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept(&door.gate).await)
        };
        let (slot, accepted) = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            Some(_ended) = connections.join_next() => continue,
            _ = forgetting.tick() => {
                door.gate.forget_idle();
                continue;
            }
            accepted = accepted => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (door, watcher) = (Arc::clone(&door), graceful.watcher());
                connections.spawn(async move {
                    serve_connection(&door, stream, peer, watcher).await;
                    drop(slot);
                });
            }
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
    drop(listener);
    // Past this time what is left in `connections` is cut when it is dropped.
    let _drained = tokio::time::timeout(limits.drain_time, graceful.shutdown()).await;
}

/// Serves one connection to its end. How it ends is the peer's business: it is neither told nor logged.
async fn serve_connection(door: &Door, mut stream: Stream, peer: PeerKey, watcher: Watcher) {
    let Some(peer) = who(door, &mut stream, peer).await else { return };
    let Some((guest, _presence)) = door.gate.let_in(peer) else { return };
    let io = TokioIo::new(WriteTimer::new(stream, door.limits.write_idle_time));
    let service = door.router.clone().map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert::<Guest>(guest.clone());
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(door.limits.head_time)
        .max_buf_size(MAX_HEAD_BYTES)
        .auto_date_header(false)
        .serve_connection(io, TowerToHyperService::new(service));
    let _ended = watcher.watch(connection).await;
}

/// Who is at the other end: the peer, or whom the proxy names. None when a proxy should, and what it says is no header
/// or does not come.
async fn who(door: &Door, stream: &mut Stream, peer: PeerKey) -> Option<PeerKey> {
    if !door.limits.is_proxied {
        return Some(peer);
    }
    let named = tokio::time::timeout(door.limits.head_time, proxy::read_source(stream)).await.ok()?.ok()?;
    Some(named.map_or(peer, |address| door.gate.peers().of_proxied(address)))
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        match text.strip_prefix("unix:") {
            Some(path) if !path.is_empty() => Ok(Self::Unix(path.into())),
            Some(_) => Err(NotAnAddress),
            None => text.parse().map(Self::Tcp).map_err(|_| NotAnAddress),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}
