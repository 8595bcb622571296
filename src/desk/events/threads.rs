//! The thread keys that a desk holds, and the labels under which their events stand in everyone's list.

use crate::crypto::thread::{EventLabels, ThreadKey};
use crate::desk::cache::Known;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// All of them. Labels are made slot by slot, as they are asked for.
#[derive(Default)]
pub struct Threads {
    held: Vec<(Held, EventLabels)>,
    ids: HashSet<(TipId, TipId)>,
    slots: HashMap<u8, HashMap<Hex<16>, usize>>,
}

/// One of them.
#[derive(Clone)]
pub struct Held {
    /// Whose events it opens.
    pub tip: TipId,
    /// The id that the key has.
    pub thread: TipId,
    /// The key.
    pub key: ThreadKey,
}

impl Threads {
    /// Those of the tips from this place on in the order in which they came, and of new keys that their events brought.
    pub fn of(known: &Known, from: usize) -> Self {
        let tips = &known.tips[from.min(known.tips.len())..];
        let held = tips.par_iter().flat_map_iter(|tip| {
            let id = tip.letter.id;
            let events = known.events.get(&id).into_iter().flatten();
            let later = events.filter_map(|event| event.thread.as_ref());
            let secrets = std::iter::once((id, &tip.thread)).chain(later.map(|(thread, secret)| (*thread, secret)));
            secrets.filter_map(move |(thread, secret)| {
                let key = secret.key()?;
                let labels = key.event_labels();
                Some((Held { tip: id, thread, key }, labels))
            })
        });
        let held: Vec<_> = held.collect();
        let ids = held.iter().map(|(held, _)| (held.tip, held.thread)).collect();
        Self { held, ids, slots: HashMap::new() }
    }

    /// Adds one; whether it is new.
    pub fn add(&mut self, held: Held) -> bool {
        let is_new = self.ids.insert((held.tip, held.thread));
        if is_new {
            let labels = held.key.event_labels();
            let at = self.held.len();
            for (slot, known) in &mut self.slots {
                known.insert(labels.label(*slot), at);
            }
            self.held.push((held, labels));
        }
        is_new
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Whose event stands under this label.
    pub fn find(&mut self, slot: u8, label: &Hex<16>) -> Option<&Held> {
        let held = &self.held;
        let labels = self
            .slots
            .entry(slot)
            .or_insert_with(|| held.par_iter().enumerate().map(|(at, (_, labels))| (labels.label(slot), at)).collect());
        labels.get(label).map(|&at| &held[at].0)
    }
}
