//! The one order in which every desk shows the events of a tip: each after those that its author had seen, and where that
//! leaves a choice, by hash. The order in which they came plays no part.

use crate::crypto::event::{EventHash, NamedEvent};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};

/// Events in order, and what is missing between them.
#[derive(Default)]
pub(super) struct Ordered {
    /// Each event once.
    pub events: Vec<NamedEvent>,
    /// Those that no other followed, ascending.
    pub heads: Vec<EventHash>,
    /// Those that an event names and that are not there: the event that names it, then the missing one.
    pub missing: Vec<(EventHash, EventHash)>,
}

/// Puts events in order. Cannot go in circles: an event's name is the hash of a text that holds the names before it.
pub(super) fn order(events: impl IntoIterator<Item = NamedEvent>) -> Ordered {
    let events: Vec<NamedEvent> = events.into_iter().collect();
    if is_in_order(&events) {
        let heads = events.last().map(|last| last.hash).into_iter().collect();
        return Ordered { events, heads, missing: Vec::new() };
    }
    let mut by_hash: HashMap<EventHash, NamedEvent> = events.into_iter().map(|event| (event.hash, event)).collect();
    let mut waits_for: HashMap<EventHash, usize> = HashMap::new();
    let mut followers: HashMap<EventHash, Vec<EventHash>> = HashMap::new();
    let mut missing = Vec::new();
    for named in by_hash.values() {
        let parents = parents(named);
        waits_for.insert(named.hash, parents.iter().filter(|parent| by_hash.contains_key(parent)).count());
        for parent in parents {
            if by_hash.contains_key(&parent) {
                followers.entry(parent).or_default().push(named.hash);
            } else {
                missing.push((named.hash, parent));
            }
        }
    }
    missing.sort_unstable();
    let mut heads: Vec<_> = by_hash.keys().filter(|hash| !followers.contains_key(hash)).copied().collect();
    heads.sort_unstable();
    let mut ready: BinaryHeap<_> =
        waits_for.iter().filter(|(_, waits)| **waits == 0).map(|(hash, _)| Reverse(*hash)).collect();
    let mut ordered = Vec::with_capacity(by_hash.len());
    while let Some(Reverse(hash)) = ready.pop() {
        ordered.extend(by_hash.remove(&hash));
        for follower in followers.remove(&hash).unwrap_or_default() {
            if let Some(waits) = waits_for.get_mut(&follower) {
                *waits -= 1;
                if *waits == 0 {
                    ready.push(Reverse(follower));
                }
            }
        }
    }
    Ordered { events: ordered, heads, missing }
}

/// Whether each follows the one before it and no other, as on most tips: then there is no other order.
fn is_in_order(events: &[NamedEvent]) -> bool {
    let mut before: Option<EventHash> = None;
    events.iter().all(|named| {
        let mut parents = named.event.heads.iter().chain(&named.event.previous);
        match before.replace(named.hash) {
            None => parents.next().is_none(),
            Some(before) => !named.event.heads.is_empty() && parents.all(|parent| *parent == before),
        }
    })
}

/// Everything that stands before an event, each once.
pub(super) fn parents(named: &NamedEvent) -> BTreeSet<EventHash> {
    named.event.heads.iter().chain(&named.event.previous).copied().collect()
}

/// Everything that stands before an event, directly or not, among these, which are in order.
pub(super) fn ancestors(events: &[NamedEvent], of: &NamedEvent) -> HashSet<EventHash> {
    let mut found: HashSet<EventHash> = parents(of).into_iter().collect();
    for named in events.iter().rev() {
        if found.contains(&named.hash) {
            found.extend(parents(named));
        }
    }
    found
}
