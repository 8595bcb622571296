//! Reading a request's body within all limits: length, time, and what its sender may still send.

use super::{DoorLimits, Guest};
use crate::http::problem::Problem;
use axum::body::{Body, Bytes, HttpBody as _};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout_at};

/// Room that is made before a byte has come: for a usual tip.
const USUAL_BYTES: usize = 32 << 10;
/// How much is thrown away of a body that is not taken: a large photo, sent by mistake.
const MAX_THROWN_BYTES: usize = 32 << 20;
/// Of that, what costs its sender nothing, since a tip may be as long and a request was counted.
const MAX_FREE_BYTES: usize = 512 << 10;

/// Reads a whole body of at most `max_bytes`. Stops at the first byte too many, and when it comes too slowly. What is
/// announced is counted before it is read, so that nobody sends in vain.
pub async fn read_body(
    body: &mut Body,
    max_bytes: usize,
    limits: &DoorLimits,
    guest: &Guest,
) -> Result<Bytes, Problem> {
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
    while let Some(data) = next_piece(body, end, limits).await? {
        if read.len() + data.len() > max_bytes {
            return Err(Problem::TooLarge);
        }
        read.extend_from_slice(&data);
        count(read.len())?;
    }
    Ok(read.into())
}

/// A long body that is read in parts, each within the limits of a body of its own: only one part is in memory.
pub struct PartReader<'a> {
    body: Body,
    /// What came with the last bytes of a part and belongs to the next.
    rest: Bytes,
    limits: &'a DoorLimits,
    guest: &'a Guest,
}

impl<'a> PartReader<'a> {
    /// Nothing is read yet.
    pub fn new(body: Body, limits: &'a DoorLimits, guest: &'a Guest) -> Self {
        Self { body, rest: Bytes::new(), limits, guest }
    }

    /// How many bytes are still to come, where the sender has said.
    pub fn announced(&self) -> Option<u64> {
        self.body.size_hint().exact().map(|bytes| bytes + self.rest.len() as u64)
    }

    /// How long a next part of at most `max_bytes` will be at the most.
    pub fn most_of_next(&self, max_bytes: usize) -> usize {
        let announced = self.announced().map_or(max_bytes, |bytes| usize::try_from(bytes).unwrap_or(max_bytes));
        announced.min(max_bytes)
    }

    /// The next part: `max_bytes`, or what comes before the end; empty at the end. Counted before it is read, as far as it is announced.
    pub async fn next_part(&mut self, max_bytes: usize) -> Result<Vec<u8>, Problem> {
        let announced = self.most_of_next(max_bytes);
        let kibibytes = u32::try_from(announced.div_ceil(1024)).map_err(|_| Problem::TooLarge)?;
        self.guest.file_bytes().take(self.guest.peer(), kibibytes)?;
        let end = Instant::now() + self.limits.body_time;
        let mut part = Vec::with_capacity(announced);
        loop {
            let taken = self.rest.split_to(self.rest.len().min(max_bytes - part.len()));
            part.extend_from_slice(&taken);
            if part.len() == max_bytes {
                return Ok(part);
            }
            match next_piece(&mut self.body, end, self.limits).await? {
                Some(data) => self.rest = data,
                None => return Ok(part),
            }
        }
    }

    /// Reads what is left, up to so many bytes, and keeps nothing: who is refused shall hear why, and not that the line broke.
    pub async fn throw_away(mut self, max_bytes: usize) {
        let end = Instant::now() + self.limits.body_time;
        let mut thrown = 0;
        while let Ok(Some(data)) = next_piece(&mut self.body, end, self.limits).await {
            thrown += data.len();
            if thrown > max_bytes {
                return;
            }
        }
    }
}

/// Reads what is left of a body that is not taken, and keeps nothing. A browser that still sends when the door closes shows
/// that the line broke, and not what was answered.
pub async fn throw_away(body: &mut Body, limits: &DoorLimits, guest: &Guest) {
    let end = Instant::now() + limits.body_time;
    let mut thrown = 0;
    while let Ok(Some(data)) = next_piece(body, end, limits).await {
        thrown += data.len();
        let kibibytes = u32::try_from(data.len().div_ceil(1024)).unwrap_or(u32::MAX);
        let may_go_on = thrown <= MAX_FREE_BYTES || guest.bytes().take(guest.peer(), kibibytes).is_ok();
        if !may_go_on || thrown > MAX_THROWN_BYTES {
            return;
        }
    }
}

/// The next bytes of a body; none at its end.
async fn next_piece(body: &mut Body, end: Instant, limits: &DoorLimits) -> Result<Option<Bytes>, Problem> {
    loop {
        let until = end.min(Instant::now() + limits.body_idle_time);
        let Some(frame) = timeout_at(until, body.frame()).await.map_err(|_| Problem::TooSlow)? else {
            return Ok(None);
        };
        // Trailers carry nothing for us.
        if let Ok(data) = frame.map_err(|_| Problem::Malformed)?.into_data() {
            return Ok(Some(data));
        }
    }
}
