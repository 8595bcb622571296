//! Events that were written and that the server has not acknowledged: sealed on this machine before they are sent, and sent
//! again as the very same bytes until the server says that it has them. So a lost answer never makes two.

use crate::crypto::event::SignedEvent;
use crate::crypto::file;
use crate::crypto::hybrid::{HybridIdentity, HybridRecipient};
use crate::desk::cache::{Cache, CacheError, Known, KnownEvent, Segment, ThreadSecret};
use crate::desk::client::{Client, ClientError};
use crate::desk::files::{self, FileError};
use crate::desk::profile::Profile;
use crate::model::tip::TipId;
use crate::wire::PostedEvent;
use serde::{Deserialize, Serialize};
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
        let waiting = self.waiting.iter().cloned();
        waiting.map(|Waiting { tip, signed, thread, .. }| KnownEvent { tip, signed, thread }).collect()
    }

    fn write(&self, known: &mut Known) -> Result<(), FileError> {
        known.unsent = self.unsent();
        let plain = Zeroizing::new(serde_json::to_vec(&self.waiting).expect("strings and numbers always serialize"));
        files::replace(&self.path, &file::seal(&self.recipient, &plain))
    }
}

/// Sends what waits, in order, and keeps what was sent as known. Stops where the network fails. What the server will never
/// take is dropped, and is the error.
pub async fn send(client: &Client, cache: &mut Cache, known: &mut Known) -> Result<(), OutboxError> {
    while let Some(first) = cache.outbox.waiting.first().cloned() {
        match client.post_event(first.tip, &first.posted).await {
            Ok(_) => {
                let Waiting { tip, signed, thread, .. } = first;
                let mut events = known.events.get(&tip).into_iter().flatten();
                if !events.any(|event| event.hash() == signed.hash()) {
                    let mut segment = Segment::new(known.progress.clone());
                    segment.events.push(KnownEvent { tip, signed, thread });
                    known.add(cache.append(segment)?);
                }
                cache.outbox.waiting.remove(0);
                cache.outbox.write(known)?;
            }
            Err(source) if is_final(&source) => {
                let tip = first.tip;
                cache.outbox.waiting.retain(|waiting| waiting.tip != tip); // what follows names what was not taken
                cache.outbox.write(known)?;
                return Err(OutboxError::Refused { tip, source });
            }
            Err(error) => return Err(error.into()),
        }
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
