//! Tips of the highest level that wait for someone: nobody has opened them, or nobody works on them. How long, in words
//! that hold nothing of any tip but its short id.

use super::{Entry, Inbox, Viewer};
use crate::desk::moment;
use crate::desk::priority::Level;
use jiff::Timestamp;

const DAY: u64 = 86_400;
/// Tips that are named; more are counted.
const MAX_NAMED: usize = 3;

/// One that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// `T-7K3M`.
    pub short_id: String,
    /// Since when, in seconds since 1970.
    pub since: u64,
    /// Whether nobody of any agency has opened it, as far as this machine knows.
    pub is_unread: bool,
}

/// Those that wait, the longest first.
pub fn waiting(inbox: &Inbox) -> Vec<Waiting> {
    let mut all: Vec<Waiting> = inbox.tips.iter().filter_map(|entry| of(entry, &inbox.viewer)).collect();
    all.sort_by(|one, other| (one.since, &one.short_id).cmp(&(other.since, &other.short_id)));
    all
}

fn of(entry: &Entry, viewer: &Viewer) -> Option<Waiting> {
    let (case, now) = (&entry.case, viewer.now);
    if entry.level() != Some(Level::FIRST) || !entry.is_waiting(viewer) {
        return None;
    }
    let since = entry.claimed_until(viewer).unwrap_or_else(|| came(entry, now)).min(now);
    Some(Waiting { short_id: entry.short_id.clone(), since, is_unread: case.opened.is_empty() })
}

/// When it came. The server tells the day and no more; the form's own time is believed where it fits that day.
fn came(entry: &Entry, now: u64) -> u64 {
    let days = u64::try_from(entry.tip.day.epoch_days()).unwrap_or(0);
    let day = days * DAY;
    let written = entry.tip.letter.created.parse::<Timestamp>().ok();
    let written = written.and_then(|at| u64::try_from(at.as_second()).ok());
    written.filter(|at| (day.saturating_sub(DAY)..=day + DAY).contains(at) && *at <= now).unwrap_or(day)
}

impl Waiting {
    /// For how many seconds.
    pub const fn seconds(&self, now: u64) -> u64 {
        now.saturating_sub(self.since)
    }

    /// Whether someone should have seen to it by now.
    pub const fn is_late(&self, now: u64) -> bool {
        self.seconds(now) > Level::FIRST.first_read_minutes() * 60
    }

    /// `T-7K3M, unread for 20 min`.
    fn words(&self, now: u64) -> String {
        let how = if self.is_unread { "unread" } else { "unclaimed" };
        format!("{}, {how} for {}", self.short_id, moment::span(self.seconds(now)))
    }
}

/// `2 P1 wait: T-7K3M, unread for 20 min; T-9QXA, unclaimed for 1 min (wanted within 15 min)`; none where nothing waits.
pub fn words(waiting: &[Waiting], now: u64) -> Option<String> {
    if waiting.is_empty() {
        return None;
    }
    let mut named: Vec<String> = waiting.iter().take(MAX_NAMED).map(|one| one.words(now)).collect();
    if waiting.len() > MAX_NAMED {
        named.push(format!("and {} more", waiting.len() - MAX_NAMED));
    }
    let (level, verb) = (Level::FIRST, if waiting.len() == 1 { "waits" } else { "wait" });
    let wanted = moment::span(level.first_read_minutes() * 60);
    Some(format!("{} {level} {verb}: {} (wanted within {wanted})", waiting.len(), named.join("; ")))
}

#[cfg(test)]
#[path = "waiting/tests.rs"]
mod tests;
