//! How much of the server one caller may hold, and for how long: connections, bytes of body, time.

use super::problem::Problem;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The limits of one door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most connections at once; more wait in the system's queue.
    pub max_connections: usize,
    /// For a whole request head, and for the next one on a connection kept open.
    pub head_time: Duration,
    /// Between two pieces of a body.
    pub body_idle_time: Duration,
    /// For a whole body.
    pub body_time: Duration,
    /// For which an answer may find nobody reading it.
    pub write_idle_time: Duration,
    /// For answers under way when the server stops.
    pub drain_time: Duration,
}

impl Default for Limits {
    /// Wide enough for Tor and bad phones: the largest tip in two minutes is 4 KB a second.
    fn default() -> Self {
        Self {
            max_connections: 512,
            head_time: Duration::from_secs(20),
            body_idle_time: Duration::from_secs(30),
            body_time: Duration::from_mins(2),
            write_idle_time: Duration::from_mins(1),
            drain_time: Duration::from_secs(10),
        }
    }
}

/// Reads a whole body of at most `max_bytes`. Stops at the first byte too many, and when it comes too slowly.
pub async fn read_body(mut body: Body, max_bytes: usize, limits: &Limits) -> Result<Bytes, Problem> {
    use axum::body::HttpBody as _;
    let max = u64::try_from(max_bytes).unwrap_or(u64::MAX);
    if body.size_hint().lower() > max {
        return Err(Problem::TooLarge);
    }
    let end = Instant::now() + limits.body_time;
    let mut read = Vec::new();
    loop {
        let until = end.min(Instant::now() + limits.body_idle_time);
        let frame = timeout_at(until, body.frame()).await.map_err(|_| Problem::TooSlow)?;
        let Some(frame) = frame else {
            return Ok(read.into());
        };
        // Trailers carry nothing for us.
        let Ok(data) = frame.map_err(|_| Problem::Malformed)?.into_data() else { continue };
        if read.len() + data.len() > max_bytes {
            return Err(Problem::TooLarge);
        }
        read.extend_from_slice(&data);
    }
}
