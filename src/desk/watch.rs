//! The watch over tips of the highest level that wait: what it says, when it rings, how long it sleeps. Knows no word of any
//! tip but its short id. Pure, but for the program that it may start.

use super::failure::Failure;
use super::inbox::waiting::{self, Waiting};
use super::moment;
use std::collections::HashMap;
use std::ops::ControlFlow;

pub mod hook;
pub mod pace;

/// Seconds after which what still waits rings again.
pub const RING_AGAIN: u64 = 15 * 60;
/// Seconds without the server after which that rings, too: a watch that sees nothing must not look like a quiet day.
pub const BLIND: u64 = 15 * 60;

/// What is remembered between two looks.
#[derive(Debug, Default)]
pub struct Watch {
    rung: HashMap<String, u64>,
    blind_since: Option<u64>,
    rung_blind: Option<u64>,
    failures: u32,
    last: Option<(bool, Vec<(String, bool)>)>,
}

/// What is known at one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Those that wait, the longest first.
    pub waiting: Vec<Waiting>,
    /// Whether the server was reached.
    pub is_seen: bool,
    /// When, in seconds since 1970.
    pub now: u64,
}

/// Looks, tells and sleeps until `nap`, which is given how often in a row the server was not reached, says that it is enough,
/// or something fails that the network alone does not explain.
pub async fn keep(
    mut bring: impl AsyncFnMut() -> Result<Brought, Failure>,
    mut tell: impl FnMut(&Look) -> Result<(), Failure>,
    mut nap: impl AsyncFnMut(u32) -> ControlFlow<()>,
) -> Result<(), Failure> {
    let mut watch = Watch::default();
    loop {
        let Brought { waiting, is_seen, now } = bring().await?;
        tell(&watch.look(&waiting, is_seen, now))?;
        if nap(watch.failures).await.is_break() {
            return Ok(());
        }
    }
}

/// Why it rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// A tip waits.
    Tip,
    /// The server was not reached for long.
    Blind,
}

/// What one look comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What to say.
    pub text: String,
    /// Whether it must not be overlooked.
    pub is_alarm: bool,
    /// What to ring for.
    pub ring: Option<Ring>,
    /// Whether the server was not reached.
    pub is_blind: bool,
    /// Whether other tips wait than at the look before, or the server went or came.
    pub is_change: bool,
}

impl Watch {
    /// Looks at what waits. `is_seen` says whether the server was reached.
    pub fn look(&mut self, waiting: &[Waiting], is_seen: bool, now: u64) -> Look {
        self.blind_since = if is_seen { None } else { Some(self.blind_since.unwrap_or(now)) };
        self.failures = if is_seen { 0 } else { self.failures.saturating_add(1) };
        let (for_tip, for_blind) = (self.rings(waiting, now), self.rings_blind(now));
        let ring = if for_tip { Some(Ring::Tip) } else { for_blind.then_some(Ring::Blind) };
        let mut text = waiting::words(waiting, now).unwrap_or_else(|| "no P1 waits".into());
        if let Some(since) = self.blind_since {
            let span = moment::span(now.saturating_sub(since));
            text = format!("the server was not reached for {span}: this is what was known then. {text}");
        }
        let text = format!("{}  {text}", moment::shown(now));
        let seen = (is_seen, waiting.iter().map(|one| (one.short_id.clone(), one.is_unread)).collect());
        let is_change = self.last.as_ref() != Some(&seen);
        self.last = Some(seen);
        let is_alarm = !waiting.is_empty() || for_blind;
        Look { text, is_alarm, ring, is_blind: !is_seen, is_change }
    }

    fn rings(&mut self, waiting: &[Waiting], now: u64) -> bool {
        self.rung.retain(|id, _| waiting.iter().any(|one| one.short_id == *id));
        let is_due = |at: Option<&u64>| at.is_none_or(|at| now.abs_diff(*at) >= RING_AGAIN);
        let rings = waiting.iter().any(|one| is_due(self.rung.get(&one.short_id)));
        if rings {
            self.rung = waiting.iter().map(|one| (one.short_id.clone(), now)).collect();
        }
        rings
    }

    fn rings_blind(&mut self, now: u64) -> bool {
        let Some(since) = self.blind_since else {
            self.rung_blind = None;
            return false;
        };
        let rings = now.abs_diff(self.rung_blind.unwrap_or(since)) >= BLIND;
        if rings {
            self.rung_blind = Some(now);
        }
        rings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_795_485_599;

    fn waits(id: &str, since: u64) -> Waiting {
        Waiting { short_id: id.into(), since, is_unread: true }
    }

    #[test]
    fn it_rings_for_what_is_new_and_again_for_what_still_waits() {
        let mut watch = Watch::default();
        let one = [waits("T-7K3M", NOW)];
        assert!(watch.look(&[], true, NOW).ring.is_none());
        assert!(watch.look(&one, true, NOW).ring.is_some());
        assert!(watch.look(&one, true, NOW + RING_AGAIN - 1).ring.is_none());
        assert!(watch.look(&one, true, NOW + RING_AGAIN).ring.is_some());
        let two = [waits("T-7K3M", NOW), waits("T-9QXA", NOW)];
        assert!(watch.look(&two, true, NOW + RING_AGAIN + 60).ring.is_some(), "another came");
        assert!(watch.look(&two, true, NOW + 2 * RING_AGAIN).ring.is_none(), "one ring is for all");
        watch.look(&[], true, NOW + 2 * RING_AGAIN + 1);
        assert!(watch.look(&one, true, NOW + 2 * RING_AGAIN + 2).ring.is_some(), "it waits once more");
    }

    #[test]
    fn it_says_how_long_the_oldest_has_waited() {
        let look = Watch::default().look(&[waits("T-7K3M", NOW - 1_320)], true, NOW);
        assert_eq!(look.text, "2026-11-24 01:59Z  1 P1 waits: T-7K3M, unread for 22 min (wanted within 15 min)");
        assert!(look.is_alarm);
        let quiet = Watch::default().look(&[], true, NOW);
        assert_eq!((quiet.text.as_str(), quiet.is_alarm), ("2026-11-24 01:59Z  no P1 waits", false));
    }

    #[test]
    fn a_watch_that_sees_nothing_does_not_look_like_a_quiet_day() {
        let mut watch = Watch::default();
        watch.look(&[], false, NOW);
        let look = watch.look(&[], false, NOW + 600);
        assert_eq!(
            look.text,
            "2026-11-24 02:09Z  the server was not reached for 10 min: this is what was known then. no P1 waits"
        );
        assert!(look.ring.is_none() && !look.is_alarm);
        assert!(watch.look(&[], false, NOW + BLIND).ring == Some(Ring::Blind));
        assert!(watch.look(&[], false, NOW + BLIND + 60).ring.is_none());
        assert!(watch.look(&[], false, NOW + 2 * BLIND).ring == Some(Ring::Blind));
        assert_eq!(watch.failures, 5);
        watch.look(&[], true, NOW + 2 * BLIND + 1);
        assert_eq!(watch.failures, 0);
        assert!(watch.look(&[], false, NOW + 3 * BLIND).ring.is_none(), "it counts anew");
    }
}
