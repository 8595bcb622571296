//! What is known: tips that opened and what was written on them.

use super::Segment;
use crate::crypto::event::{EventHash, SignedEvent};
use crate::crypto::letter::Letter;
use crate::crypto::thread::ThreadKey;
use crate::desk::canary::KnownCanary;
use crate::desk::case::Case;
use crate::model::day::Day;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use std::mem;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The identity text of a thread key. Wiped when dropped; has no `Debug`.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct ThreadSecret(String);

/// A tip that opened.
#[derive(Clone, Serialize, Deserialize)]
pub struct KnownTip {
    /// Its place in the server's list.
    pub seq: u64,
    /// The day it came.
    pub day: Day,
    /// Opens whatever else belongs to it.
    pub thread: ThreadSecret,
    /// What the source wrote. Boxed: lists put tips in order, and so many bytes should not move with each.
    pub letter: Box<Letter>,
    /// The letter as it was opened, padding included, where writing `letter` again gives other bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<String>,
    /// SHA-256 of the sealed letter, which further capsules for the tip must name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sha256Hash>,
    /// The version of the keyring that it was sealed under, as the server says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyring: Option<u32>,
}

/// A case event that opened, and that its author has signed.
#[derive(Clone, Serialize, Deserialize)]
pub struct KnownEvent {
    /// Its tip.
    pub tip: TipId,
    /// As its author signed it.
    pub signed: SignedEvent,
    /// The thread key that it brought, if it brought us one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<(TipId, ThreadSecret)>,
}

/// Something that a holder of the tip put among its events, and that is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpoiltEvent {
    /// The tip.
    pub tip: TipId,
    /// SHA-256 of the sealed bytes.
    pub sealed: Sha256Hash,
    /// What is wrong, in our own words.
    pub reason: String,
}

/// A tip that was meant for us and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadableTip {
    /// Its place in the server's list.
    pub seq: u64,
    /// The day it came.
    pub day: Day,
    /// The tip.
    pub id: TipId,
    /// Why, in our own words.
    pub reason: String,
}

/// How far the server's list was gone through, and with which keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The place of the last tip that was tried. Never a number without a tip.
    pub cursor: u64,
    /// When reading the whole list was last begun, in seconds since 1970.
    pub whole_begun: u64,
    /// Epochs whose key this member did not have then.
    pub missing_epochs: Vec<u32>,
    /// Epochs whose key this member had then or before, until they are retired.
    #[serde(default)]
    pub held_epochs: Vec<u32>,
    /// How many tips needed a key that this member did not have, as the server said then. Where there are fewer now, some were
    /// sealed again, to a key that this member may have.
    #[serde(default)]
    pub needing_missing: Option<u64>,
    /// The place of the last referral that was tried.
    #[serde(default)]
    pub referral_cursor: u64,
    /// Tips of which a notice was seen that they will be deleted, ascending.
    #[serde(default)]
    pub noticed: Vec<TipId>,
    /// The same of the list of events.
    #[serde(default)]
    pub events: EventProgress,
}

/// How far the server's list of events was gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventProgress {
    /// The place of the last event that was read.
    pub cursor: u64,
    /// When reading the whole list was last begun, in seconds since 1970.
    pub whole_begun: u64,
    /// Which file holds the events of other threads.
    pub file: u32,
    /// How many of its bytes count.
    pub file_len: u64,
    /// How many of the known tips were looked for in it.
    pub looked_for: usize,
}

/// Everything that is known.
#[derive(Default)]
pub struct Known {
    /// What opened, in the order in which it came.
    pub tips: Vec<KnownTip>,
    /// What should have.
    pub unreadable: Vec<UnreadableTip>,
    /// Which first letter a later one follows, as far as was looked when the second of them came.
    pub links: HashMap<TipId, TipId>,
    /// Events by tip, in the order in which they came.
    pub events: HashMap<TipId, Vec<KnownEvent>>,
    /// Events that wait to be sent.
    pub unsent: Vec<KnownEvent>,
    /// What stands among events and is none.
    pub spoilt: Vec<SpoiltEvent>,
    /// Tips of staff that only show whether tips arrive.
    pub canaries: Vec<KnownCanary>,
    /// How far the last sync came.
    pub progress: Progress,
}

impl Known {
    /// Ids of everything that was meant for us, ascending, each once.
    pub fn ids(&self) -> Vec<TipId> {
        let mut ids: Vec<TipId> = self.opened_ids().chain(self.unreadable.iter().map(|tip| tip.id)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Ids of everything that need not be opened again.
    pub fn opened_ids(&self) -> impl Iterator<Item = TipId> {
        self.tips.iter().map(|tip| tip.letter.id)
    }

    /// What the events of a tip come to.
    pub fn case(&self, tip: TipId) -> Case {
        Case::fold(tip, self.events_of(tip).filter_map(|event| event.signed.read_again().ok()))
    }

    /// What was written on a tip, what waits to be sent included.
    pub fn events_of(&self, tip: TipId) -> impl Iterator<Item = &KnownEvent> {
        let unsent = self.unsent.iter().filter(move |event| event.tip == tip);
        self.events.get(&tip).into_iter().flatten().chain(unsent)
    }

    /// Takes all tips away but these, and what was written on them. Gives back what it took; what was unreadable stays.
    #[must_use]
    pub fn keep(&mut self, meant: &HashSet<TipId>) -> Self {
        let is_meant = |(at, tip): (usize, &KnownTip)| meant.contains(&tip.letter.id).then_some(at);
        let places: Vec<usize> = self.tips.iter().enumerate().filter_map(is_meant).collect();
        let mut kept: Vec<KnownTip> = places.into_iter().rev().map(|at| self.tips.swap_remove(at)).collect();
        kept.reverse();
        let (events, others) = mem::take(&mut self.events).into_iter().partition(|(tip, _)| meant.contains(tip));
        self.events = events;
        Self { tips: mem::replace(&mut self.tips, kept), events: others, ..Self::default() }
    }

    /// Adds what a segment holds.
    pub fn add(&mut self, segment: Segment) {
        self.progress = segment.progress;
        add(segment.tips, segment.unreadable, &mut self.tips, &mut self.unreadable);
        self.links.extend(segment.links);
        for event in segment.events {
            self.events.entry(event.tip).or_default().push(event);
        }
        self.spoilt.extend(segment.spoilt);
        self.canaries.extend(segment.canaries);
    }
}

impl KnownTip {
    /// A tip whose letter is written as we write it.
    pub fn new(seq: u64, day: Day, thread: ThreadSecret, letter: Letter) -> Self {
        Self { seq, day, thread, letter: Box::new(letter), opened: None, sealed: None, keyring: None }
    }

    /// The same, with the SHA-256 of the sealed letter.
    #[must_use]
    pub const fn sealed_as(mut self, sealed: Sha256Hash) -> Self {
        self.sealed = Some(sealed);
        self
    }

    /// The same with the version of the keyring that it was sealed under.
    #[must_use]
    pub const fn sealed_under(mut self, keyring: u32) -> Self {
        self.keyring = Some(keyring);
        self
    }

    /// The same, with what the letter was opened onto.
    #[must_use]
    pub fn opened_as(mut self, plain: &[u8]) -> Self {
        let is_same = self.letter.to_padded_json().is_ok_and(|ours| *ours == plain);
        self.opened = (!is_same).then(|| String::from_utf8_lossy(plain).into_owned());
        self
    }

    /// The key of its letter, and of events until someone leaves; none when the cache holds something else.
    pub fn thread_key(&self) -> Option<ThreadKey> {
        self.thread.key()
    }

    /// What the letter was opened onto, padding included: what `age -d` prints.
    pub fn opened_letter(&self) -> Zeroizing<Vec<u8>> {
        match &self.opened {
            Some(text) => Zeroizing::new(text.clone().into_bytes()),
            None => self.letter.to_padded_json().unwrap_or_default(), // it fitted once
        }
    }

    /// SHA-256 of that: what the first event of each agency says that it has opened.
    pub fn opened_sha256(&self) -> Sha256Hash {
        Hex(Sha256::digest(&*self.opened_letter()).into())
    }
}

impl KnownEvent {
    /// Its name.
    pub fn hash(&self) -> EventHash {
        self.signed.hash()
    }
}

/// Adds what was found later: it takes the place of what was unreadable before.
pub(super) fn add(
    later: Vec<KnownTip>,
    later_unreadable: Vec<UnreadableTip>,
    tips: &mut Vec<KnownTip>,
    unreadable: &mut Vec<UnreadableTip>,
) {
    if !unreadable.is_empty() {
        let opened = later.iter().map(|tip| tip.letter.id);
        let ids: HashSet<TipId> = opened.chain(later_unreadable.iter().map(|tip| tip.id)).collect();
        unreadable.retain(|tip| !ids.contains(&tip.id));
    }
    tips.extend(later);
    unreadable.extend(later_unreadable);
}

impl ThreadSecret {
    /// Keeps the text of a thread key.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Keeps a thread key.
    pub fn of(key: &ThreadKey) -> Self {
        Self::new(&key.identity().expose_text())
    }

    /// The identity `AGE-SECRET-KEY-PQ-1…`.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The key itself; none when the text is none.
    pub fn key(&self) -> Option<ThreadKey> {
        self.0.parse().ok().map(ThreadKey::from_identity)
    }
}
