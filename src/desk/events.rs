//! Case events on this machine: brings those of every tip, keeps what opens, and remembers what stands in the way.
//! `docs/PROTOCOL.md` sections 7 and 9.
//!
//! Whatever the server does, nothing that was kept is lost, and nothing is asked for that depends on what opened.

use super::cache::{Cache, EventProgress, Known, KnownEvent, Progress, Segment, SpoiltEvent, ThreadSecret};
use super::client::{Client, SealedEvent};
use super::identity::Identity;
use super::profile::Profile;
use super::sync::SyncError;
use crate::crypto::event::{Capsule, EventHash, Kind, SealedFor, SignedEvent};
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::open::open_capsule;
use crate::model::agency::AgencyNumber;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use authors::{AuthorError, Authors};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use strangers::Strangers;
use threads::{Held, Threads};

pub mod authors;
pub mod gone;
pub mod outbox;
pub mod rekey;
pub mod seen;
mod strangers;
mod threads;
pub mod write;

const BATCH: usize = 256;

/// Who reads, and with what.
pub struct Reader<'a> {
    /// Whose cache it is.
    pub profile: &'a Profile,
    /// Who may have written.
    pub authors: &'a Authors,
    /// The member's id.
    pub member: &'a str,
    /// The member's agency.
    pub agency: AgencyNumber,
    /// The member's own.
    pub own: &'a Identity,
    /// Later thread keys that were sealed to the member under a key that has rolled.
    pub given: &'a [(TipId, ThreadSecret)],
    /// Their agency's.
    pub keys: &'a [HybridIdentity],
    /// The highest version of the keyring that was looked for already: what names it all the same is no event.
    pub looked_for: u32,
}

/// What bringing them came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Tips of which events came, known or not.
    pub changed: HashSet<TipId>,
    /// How many things that are no events were found that were not known.
    pub spoilt: usize,
    /// Whether the server shows fewer events than before.
    pub is_shorter: bool,
    /// Whether everything was read from the beginning.
    pub is_whole: bool,
    /// Tips of which the server no longer shows an event that was seen, without anyone having agreed to delete them.
    pub lost: Vec<TipId>,
}

/// Reads the list from where the last sync came to; from the beginning when `is_whole`.
pub async fn bring(
    client: &Client,
    reader: &Reader<'_>,
    cache: &mut Cache,
    known: &mut Known,
    is_whole: bool,
    now: u64,
) -> Result<Brought, SyncError> {
    let mut progress = known.progress.events;
    let mut file = Strangers::open(reader.profile, progress.file, progress.file_len)?;
    let is_whole = is_whole || file.is_none();
    if is_whole {
        progress = EventProgress { file: progress.file.wrapping_add(1), whole_begun: now, ..EventProgress::default() };
        file = Strangers::open(reader.profile, progress.file, 0)?;
    }
    let Some(file) = file else { return Err(SyncError::Stopped) }; // a file of which nothing counts is always there
    let mut reading = Reading::new(reader, file, progress, known);
    reading.look_for_new(cache, known)?;
    let mut stream = client.events_after(progress.cursor).await?;
    let end = loop {
        let batch = stream.next_batch(BATCH).await?;
        reading.take(batch.events, cache, known)?;
        if let Some(end) = batch.end {
            break end.end;
        }
    };
    reading.brought.is_shorter = end < reading.progress.cursor;
    if is_whole {
        reading.brought.is_whole = true;
        reading.brought.lost = lost(known, &reading.shown);
        reading.file.delete_others();
    }
    Ok(reading.brought)
}

struct Reading<'a> {
    reader: &'a Reader<'a>,
    file: Strangers,
    progress: EventProgress,
    /// Made when there is something to look for.
    threads: Option<Threads>,
    /// Of tips that were looked at: what need not be kept again.
    kept: HashMap<TipId, HashSet<EventHash>>,
    spoilt: HashSet<Sha256Hash>,
    shown: HashSet<EventHash>,
    brought: Brought,
}

/// What a sealed event turned out to be.
enum Opened {
    Event(Box<KnownEvent>),
    Spoilt(SpoiltEvent),
    /// The keyring has to be brought first.
    Hidden(u32),
}

impl<'a> Reading<'a> {
    fn new(reader: &'a Reader<'a>, file: Strangers, progress: EventProgress, known: &Known) -> Self {
        let spoilt = known.spoilt.iter().map(|spoilt| spoilt.sealed).collect();
        let (kept, shown) = (HashMap::new(), HashSet::new());
        Self { reader, file, progress, threads: None, kept, spoilt, shown, brought: Brought::default() }
    }

    /// What came before the key of its thread did.
    fn look_for_new(&mut self, cache: &mut Cache, known: &mut Known) -> Result<(), SyncError> {
        if self.progress.looked_for < known.tips.len() {
            let mut new = Threads::of(known, self.progress.looked_for);
            let found = self.file.find(|line| new.find(line.slot, &line.label).is_some())?;
            let events = if found.is_empty() { Vec::new() } else { self.open(&found, known)? };
            self.progress.looked_for = known.tips.len();
            self.keep(events, cache, known)?;
        }
        Ok(())
    }

    fn take(&mut self, batch: Vec<SealedEvent>, cache: &mut Cache, known: &mut Known) -> Result<(), SyncError> {
        let Some(last) = batch.last().map(|event| event.line.seq) else { return Ok(()) };
        let threads = self.threads.get_or_insert_with(|| Threads::of(known, 0));
        let is_ours = |event: &SealedEvent| threads.find(event.line.slot, &event.line.label).is_some();
        let (ours, others): (Vec<_>, Vec<_>) = batch.into_iter().partition(is_ours);
        self.progress.file_len = self.file.add(&others)?;
        self.progress.cursor = last;
        let events = self.open(&ours, known)?;
        self.keep(events, cache, known)
    }

    /// Opens events that stand under our labels, and what stands under the labels of keys that they bring.
    fn open(&mut self, ours: &[SealedEvent], known: &Known) -> Result<Vec<Opened>, SyncError> {
        let threads = self.threads.get_or_insert_with(|| Threads::of(known, 0));
        let mut all = Vec::new();
        let mut next = ours.to_vec();
        while !next.is_empty() {
            let with_keys: Vec<(Held, SealedEvent)> = next
                .drain(..)
                .filter_map(|event| Some((threads.find(event.line.slot, &event.line.label)?.clone(), event)))
                .collect();
            let reader = self.reader;
            let opened: Vec<_> = with_keys.par_iter().map(|(held, event)| open(held, event, reader)).collect();
            let mut new = Threads::default();
            for opened in &opened {
                match opened {
                    Opened::Hidden(version) if *version > self.reader.looked_for => {
                        return Err(SyncError::EventVersion(*version));
                    }
                    Opened::Event(event) => {
                        let brought = event.thread.as_ref().and_then(|(thread, secret)| Some((*thread, secret.key()?)));
                        if let Some((thread, key)) = brought {
                            let held = Held { tip: event.tip, thread, key };
                            if threads.add(held.clone()) {
                                new.add(held);
                            }
                        }
                    }
                    _ => {}
                }
            }
            all.extend(opened);
            if !new.is_empty() {
                next = self.file.find(|line| new.find(line.slot, &line.label).is_some())?;
            }
        }
        Ok(all)
    }

    fn keep(&mut self, opened: Vec<Opened>, cache: &mut Cache, known: &mut Known) -> Result<(), SyncError> {
        let mut segment = Segment::new(Progress { events: self.progress, ..known.progress.clone() });
        for opened in opened {
            match opened {
                Opened::Event(event) => {
                    let hash = event.hash();
                    self.shown.insert(hash);
                    self.brought.changed.insert(event.tip); // our own come back, too
                    let of_tip = |tip| known.events.get(&tip).into_iter().flatten().map(KnownEvent::hash).collect();
                    if self.kept.entry(event.tip).or_insert_with_key(|tip| of_tip(*tip)).insert(hash) {
                        segment.events.push(*event);
                    }
                }
                Opened::Spoilt(spoilt) if self.spoilt.insert(spoilt.sealed) => segment.spoilt.push(spoilt),
                Opened::Spoilt(_) | Opened::Hidden(_) => {}
            }
        }
        self.brought.spoilt += segment.spoilt.len();
        if !segment.events.is_empty() || !segment.spoilt.is_empty() || segment.progress != known.progress {
            known.add(cache.append(segment)?);
        }
        Ok(())
    }
}

fn open(held: &Held, event: &SealedEvent, reader: &Reader<'_>) -> Opened {
    let spoilt = |reason: String| {
        Opened::Spoilt(SpoiltEvent { tip: held.tip, sealed: Hex(Sha256::digest(&event.sealed).into()), reason })
    };
    let signed = match SignedEvent::open(&event.sealed, &held.key) {
        Ok(signed) => signed,
        Err(error) => return spoilt(error.to_string()),
    };
    match reader.authors.read(&signed, held.tip) {
        Ok(named) => {
            let thread = match &named.event.what {
                Kind::Rekey { thread, capsules, .. } => new_key(*thread, capsules, reader),
                _ => None,
            };
            Opened::Event(Box::new(KnownEvent { tip: held.tip, signed, thread }))
        }
        Err(AuthorError::HiddenVersion(version)) if version > reader.looked_for => Opened::Hidden(version),
        Err(error) => spoilt(error.to_string()),
    }
}

/// The new thread key, where one of the capsules is for us.
fn new_key(thread: TipId, capsules: &[Capsule], reader: &Reader<'_>) -> Option<(TipId, ThreadSecret)> {
    capsules.iter().find_map(|capsule| {
        let sealed = STANDARD.decode(&capsule.sealed).ok()?;
        let open = |key: &HybridIdentity| Some(ThreadSecret::of(&open_capsule(key, &sealed, thread).ok()?.thread));
        let secret =
            match &capsule.to {
                SealedFor::Agency { number, .. } if *number == reader.agency => reader.keys.iter().find_map(open),
                SealedFor::Member(id) if id == reader.member => reader.own.openers().find_map(open).or_else(|| {
                    reader.given.iter().find(|(given, _)| *given == thread).map(|(_, secret)| secret.clone())
                }),
                _ => None,
            };
        Some((thread, secret?))
    })
}

/// Tips of which something that was kept is no longer shown. Events go with their tip, where two have agreed to delete it.
fn lost(known: &Known, shown: &HashSet<EventHash>) -> Vec<TipId> {
    let is_missing = |events: &[KnownEvent]| events.iter().any(|event| !shown.contains(&event.hash()));
    let mut lost: Vec<TipId> = known
        .events
        .iter()
        .filter(|(tip, events)| is_missing(events) && !known.case(**tip).is_agreed_to_go())
        .map(|(tip, _)| *tip)
        .collect();
    lost.sort_unstable();
    lost
}
