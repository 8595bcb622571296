//! Events that were written and that the server has not acknowledged: sealed on this machine before they are sent, and sent
//! again as the very same bytes until the server says that it has them. So a lost answer never makes two.

use crate::crypto::event::{EventHash, SignedEvent};
use crate::crypto::file;
use crate::crypto::hybrid::{HybridIdentity, HybridRecipient};
use crate::desk::cache::{Cache, CacheError, Known, KnownEvent, Segment, ThreadSecret};
use crate::desk::client::{Client, ClientError};
use crate::desk::files::{self, FileError};
use crate::desk::profile::Profile;
use crate::model::tip::TipId;
use crate::wire::PostedEvent;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use zeroize::Zeroizing;

const FILE_NAME: &str = "outbox.age";
const MAX_BYTES: u64 = 1 << 28;

/// What waits. Used only while the cache is held.
pub struct Outbox {
    path: PathBuf,
    recipient: HybridRecipient,
    waiting: Vec<Waiting>,
}

/// One event that waits. No `Debug`: the token is a secret.
#[derive(Clone, Serialize, Deserialize)]
pub struct Waiting {
    /// The tip.
    pub tip: TipId,
    /// What is sent.
    pub posted: PostedEvent,
    /// What it says.
    pub signed: SignedEvent,
    /// The thread key that it brings.
    pub thread: Option<(TipId, ThreadSecret)>,
}

/// Why what waits was not sent.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The server cannot be asked now. What waits goes on waiting.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The server will never take it.
    #[error("the server does not take what was written on {tip}: {source}")]
    Refused {
        /// On which tip.
        tip: TipId,
        /// What it said.
        source: ClientError,
    },
    /// What was sent cannot be kept.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// What waits cannot be remembered.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Outbox {
    /// What a profile has waiting. A file that is not what was written is an error: it may hold somebody's only copy of a
    /// note.
    pub fn open(profile: &Profile, device: &HybridIdentity) -> Result<Self, FileError> {
        let path = profile.dir().join(FILE_NAME);
        let waiting = match files::read(&path, MAX_BYTES) {
            Err(FileError::Missing(_)) => Vec::new(),
            read => read_waiting(&read?, device).ok_or_else(|| {
                let source = io::Error::new(io::ErrorKind::InvalidData, "it is damaged: move it away to go on");
                FileError::Io { path: path.clone(), source }
            })?,
        };
        Ok(Self { path, recipient: device.to_recipient(), waiting })
    }

    /// Adds some. They are on disk when this returns.
    pub fn add(&mut self, waiting: Vec<Waiting>, known: &mut Known) -> Result<(), FileError> {
        self.waiting.extend(waiting);
        self.write(known)
    }

    /// What waits, the oldest first.
    pub fn unsent(&self) -> Vec<KnownEvent> {
        self.waiting.iter().cloned().map(Waiting::into_known).collect()
    }

    fn write(&self, known: &mut Known) -> Result<(), FileError> {
        known.unsent = self.unsent();
        let plain = Zeroizing::new(serde_json::to_vec(&self.waiting).expect("strings and numbers always serialize"));
        files::replace(&self.path, &file::seal(&self.recipient, &plain))
    }
}

impl Waiting {
    fn into_known(self) -> KnownEvent {
        let Self { tip, signed, thread, .. } = self;
        KnownEvent { tip, signed, thread }
    }
}

/// Sends what waits, in order, and keeps what was sent as known: all at the end, so that many take no longer each than one. Whoever is
/// cut off before that sends the same again. Stops where the network fails. What the server will never take is dropped, and is the
/// error.
pub async fn send(client: &Client, cache: &mut Cache, known: &mut Known) -> Result<(), OutboxError> {
    let mut sent: Vec<Waiting> = Vec::new();
    let mut refused: Vec<(TipId, ClientError)> = Vec::new();
    let mut failed = None;
    for next in &cache.outbox.waiting {
        if refused.iter().any(|(tip, _)| *tip == next.tip) {
            continue; // it names what was not taken
        }
        match client.post_event(next.tip, &next.posted).await {
            Ok(_) => sent.push(next.clone()),
            Err(source) if is_final(&source) => refused.push((next.tip, source)),
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    let is_over: HashSet<EventHash> = sent.iter().map(|waiting| waiting.signed.hash()).collect();
    keep(sent, cache, known)?;
    let before = cache.outbox.waiting.len();
    cache.outbox.waiting.retain(|waiting| {
        !is_over.contains(&waiting.signed.hash()) && refused.iter().all(|(tip, _)| *tip != waiting.tip)
    });
    if cache.outbox.waiting.len() < before {
        cache.outbox.write(known)?;
    }
    match (refused.into_iter().next(), failed) {
        (Some((tip, source)), _) => Err(OutboxError::Refused { tip, source }),
        (None, Some(error)) => Err(error.into()),
        (None, None) => Ok(()),
    }
}

/// Keeps what the server has now as known, unless it is already.
fn keep(sent: Vec<Waiting>, cache: &mut Cache, known: &mut Known) -> Result<(), CacheError> {
    let is_new = |waiting: &Waiting| {
        let mut events = known.events.get(&waiting.tip).into_iter().flatten();
        !events.any(|event| event.hash() == waiting.signed.hash())
    };
    let new = sent.into_iter().filter(is_new).map(Waiting::into_known);
    let mut segment = Segment::new(known.progress.clone());
    segment.events = new.collect();
    if !segment.events.is_empty() {
        known.add(cache.append(segment)?);
    }
    Ok(())
}

const fn is_final(error: &ClientError) -> bool {
    use ClientError::{Conflict, Forbidden, Gone, NotThere, Refused};
    matches!(error, Forbidden | Conflict | Refused | NotThere | Gone)
}

fn read_waiting(sealed: &[u8], device: &HybridIdentity) -> Option<Vec<Waiting>> {
    serde_json::from_slice(&file::open(device, sealed).ok()?).ok()
}
