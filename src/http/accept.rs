//! Listening: TCP or a Unix socket, one HTTP/1 connection per task, with timers and a limit on how many.
//!
//! Peer addresses are dropped where they are accepted: nothing past this file ever had one, no log line either.

use super::limits::Limits;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
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
use tower::util::MapResponseLayer;
use write_timer::WriteTimer;

mod write_timer;

/// The largest request head. The staff door's signature headers are its longest part.
const MAX_HEAD_BYTES: usize = 16 << 10;
/// After an accept that failed because the machine has no more to give.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

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

    async fn accept(&self) -> io::Result<Stream> {
        match self {
            Self::Tcp(listener) => {
                let (stream, _peer) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
            Self::Unix(listener, _) => {
                let (stream, _peer) = listener.accept().await?;
                Ok(Box::new(stream))
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

/// Serves `router` until `stop` is true, then lets answers under way finish for `drain_time` and cuts the rest.
pub async fn serve(listener: Listener, router: Router, limits: Limits, mut stop: watch::Receiver<bool>) {
    let router = router.layer(MapResponseLayer::new(super::headers::secure));
    let slots = Arc::new(Semaphore::new(limits.max_connections));
    let mut connections = JoinSet::new();
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, stream) = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            Some(_ended) = connections.join_next() => continue,
            accepted = accepted => accepted,
        };
        match stream {
            Ok(stream) => {
                let connection = graceful.watch(connection(stream, router.clone(), limits));
                connections.spawn(async move {
                    // How a connection ends is the peer's business: it is neither told nor logged.
                    let _ended = connection.await;
                    drop(slot);
                });
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
    drop(listener);
    // Past this time what is left in `connections` is cut when it is dropped.
    let _drained = tokio::time::timeout(limits.drain_time, graceful.shutdown()).await;
}

fn connection(
    stream: Stream,
    router: Router,
    limits: Limits,
) -> http1::Connection<TokioIo<WriteTimer<Stream>>, TowerToHyperService<Router>> {
    let io = TokioIo::new(WriteTimer::new(stream, limits.write_idle_time));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(MAX_HEAD_BYTES)
        .auto_date_header(false)
        .serve_connection(io, TowerToHyperService::new(router))
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
