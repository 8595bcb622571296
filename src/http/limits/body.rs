//! Reading a request's body within all limits: length, time, and what its sender may still send.

use super::{DoorLimits, Guest};
use crate::http::problem::Problem;
use axum::body::{Body, Bytes, HttpBody as _};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout_at};

/// Room that is made before a byte has come: for a usual tip.
const USUAL_BYTES: usize = 32 << 10;

/// Reads a whole body of at most `max_bytes`. Stops at the first byte too many, and when it comes too slowly. What is
/// announced is counted before it is read, so that nobody sends in vain.
pub async fn read_body(mut body: Body, max_bytes: usize, limits: &DoorLimits, guest: &Guest) -> Result<Bytes, Problem> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > max_bytes {
        return Err(Problem::TooLarge);
    }
    let mut counted = 0;
    let mut count = |bytes: usize| -> Result<(), Problem> {
        let kibibytes = u32::try_from(bytes.div_ceil(1024)).map_err(|_| Problem::TooLarge)?;
        guest.bytes().take(guest.peer(), kibibytes.saturating_sub(counted))?;
        counted = counted.max(kibibytes);
        Ok(())
    };
    count(announced)?;
    let end = Instant::now() + limits.body_time;
    let mut read = Vec::with_capacity(announced.min(USUAL_BYTES));
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
        count(read.len())?;
    }
}
