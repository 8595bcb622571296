//! Clocks of the law that bind the viewer's agency and are close to their end, or past it: in words that hold nothing of
//! any tip but its short id.

use super::Inbox;
use crate::desk::clocks::{Running, State};

/// Clocks that are named; more are counted.
const MAX_NAMED: usize = 3;

/// One that someone must see to now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// `T-7K3M`.
    pub short_id: String,
    /// Which.
    pub clock: Running,
}

impl Due {
    /// Whether its time is over.
    pub fn is_over(&self, now: u64) -> bool {
        matches!(self.clock.state(now), State::Breached(_))
    }
}

/// Those of tips that are not closed, the one that runs out first before the others.
pub fn due(inbox: &Inbox) -> Vec<Due> {
    let viewer = &inbox.viewer;
    let open = inbox.tips.iter().filter(|entry| !entry.is_done(viewer));
    let mut due: Vec<Due> = open
        .flat_map(|entry| {
            entry.clocks.iter().map(|clock| Due { short_id: entry.short_id.clone(), clock: clock.clone() })
        })
        .filter(|due| due.clock.agencies.contains(&viewer.agency))
        .filter(|due| matches!(due.clock.state(viewer.now), State::Breached(_) | State::Close(_)))
        .collect();
    due.sort_by(|one, other| (one.clock.due, &one.short_id).cmp(&(other.clock.due, &other.short_id)));
    due
}

/// `the law's time is OVER: T-7K3M by phone: OVERDUE by 2 h; T-9QXA by phone: only 2 h left`; none where no
/// clock is close.
pub fn words(due: &[Due], now: u64) -> Option<String> {
    if due.is_empty() {
        return None;
    }
    let named = due.iter().take(MAX_NAMED).map(|due| format!("{} {}", due.short_id, due.clock.words(now)));
    let mut named: Vec<String> = named.collect();
    if due.len() > MAX_NAMED {
        named.push(format!("and {} more", due.len() - MAX_NAMED));
    }
    let is_over = due.iter().any(|due| due.is_over(now));
    let how = if is_over { "the law's time is OVER" } else { "the law's time is nearly over" };
    Some(format!("{how}: {}", named.join("; ")))
}
