//! The watch over tips of the highest level that wait: what it says, when it rings, how long it sleeps. Knows no word of any
//! tip but its short id. Pure, but for the program that it may start.

use super::failure::Failure;
use super::inbox::due::{self, Due};
use super::inbox::waiting::{self, Waiting};
use super::moment;
use std::collections::HashMap;
use std::hash::Hash;
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
    rung_due: HashMap<(String, String, bool), u64>,
    blind_since: Option<u64>,
    rung_blind: Option<u64>,
    failures: u32,
    last: Option<Seen>,
}

/// Whether the server was reached, what waits, and which clocks are close or over.
type Seen = (bool, Vec<(String, bool)>, Vec<(String, String, bool)>);

/// What is known at one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Those that wait, the longest first.
    pub waiting: Vec<Waiting>,
    /// Clocks of the law that are close to their end, or past it.
    pub due: Vec<Due>,
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
        let brought = bring().await?;
        tell(&watch.look(&brought))?;
        if nap(watch.failures).await.is_break() {
            return Ok(());
        }
    }
}

/// Why it rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// A tip waits, or a clock of the law is close to its end.
    Tip,
    /// The server was not reached for long.
    Blind,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Everything was looked at.
    Seen,
    /// A clock of the law is past its end.
    Over,
    /// The server was not reached.
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
    /// What a look that is the last has to say by how it ends.
    pub standing: Standing,
    /// Whether other tips wait than at the look before, or the server went or came.
    pub is_change: bool,
}

impl Watch {
    /// Looks at what waits.
    pub fn look(&mut self, brought: &Brought) -> Look {
        let Brought { waiting, due, is_seen, now } = brought;
        let (is_seen, now) = (*is_seen, *now);
        let clocks: Vec<(String, String, bool)> =
            due.iter().map(|due| (due.short_id.clone(), due.clock.name.clone(), due.is_over(now))).collect();
        self.blind_since = if is_seen { None } else { Some(self.blind_since.unwrap_or(now)) };
        self.failures = if is_seen { 0 } else { self.failures.saturating_add(1) };
        let for_tip = rings(&mut self.rung, waiting.iter().map(|one| one.short_id.clone()).collect(), now);
        let for_clock = rings(&mut self.rung_due, clocks.clone(), now);
        let for_blind = self.rings_blind(now);
        let ring = if for_tip || for_clock { Some(Ring::Tip) } else { for_blind.then_some(Ring::Blind) };
        let mut text = waiting::words(waiting, now).unwrap_or_else(|| "no P1 waits".into());
        if let Some(words) = due::words(due, now) {
            text = format!("{words}. {text}");
        }
        if let Some(since) = self.blind_since {
            let span = moment::span(now.saturating_sub(since));
            text = format!("the server was not reached for {span}: this is what was known then. {text}");
        }
        let text = format!("{}  {text}", moment::shown(now));
        let seen = (is_seen, waiting.iter().map(|one| (one.short_id.clone(), one.is_unread)).collect(), clocks);
        let is_change = self.last.as_ref() != Some(&seen);
        self.last = Some(seen);
        let is_alarm = !waiting.is_empty() || !due.is_empty() || for_blind;
        let standing = match (is_seen, due.iter().any(|due| due.is_over(now))) {
            (false, _) => Standing::Blind,
            (true, true) => Standing::Over,
            (true, false) => Standing::Seen,
        };
        Look { text, is_alarm, ring, standing, is_change }
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

/// Whether it rings for one of these: none of them rang before, or the last time is long ago. One ring is for all.
fn rings<T: Eq + Hash>(rung: &mut HashMap<T, u64>, all: Vec<T>, now: u64) -> bool {
    rung.retain(|one, _| all.contains(one));
    let rings = all.iter().any(|one| rung.get(one).is_none_or(|at| now.abs_diff(*at) >= RING_AGAIN));
    if rings {
        rung.extend(all.into_iter().map(|one| (one, now)));
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::clocks::Running;

    const NOW: u64 = 1_795_485_599;

    fn waits(id: &str, since: u64) -> Waiting {
        Waiting { short_id: id.into(), since, is_unread: true }
    }

    impl Watch {
        fn look_at(&mut self, waiting: &[Waiting], is_seen: bool, now: u64) -> Look {
            self.look(&Brought { waiting: waiting.to_vec(), due: Vec::new(), is_seen, now })
        }

        fn look_at_clock(&mut self, due: u64, now: u64) -> Look {
            let clock = Running { name: "by phone".into(), agencies: Vec::new(), started: 0, due, done: None };
            let due = vec![Due { short_id: "T-7K3M".into(), clock }];
            self.look(&Brought { waiting: Vec::new(), due, is_seen: true, now })
        }
    }

    #[test]
    fn it_rings_when_a_clock_of_the_law_is_close_and_once_more_when_it_is_over() {
        let mut watch = Watch::default();
        let due = NOW + RING_AGAIN - 60;
        let close = watch.look_at_clock(due, NOW);
        assert_eq!(
            close.text,
            "2026-11-24 01:59Z  the law's time is nearly over: T-7K3M by phone: only 14 min left. no P1 waits"
        );
        assert!(close.ring == Some(Ring::Tip) && close.is_alarm && close.is_change && close.standing == Standing::Seen);
        let same = watch.look_at_clock(due, NOW + 60);
        assert!(same.ring.is_none() && same.is_alarm && !same.is_change);
        let over = watch.look_at_clock(due, due);
        assert!(over.text.contains("the law's time is OVER: T-7K3M by phone: OVERDUE by 0 min"), "{}", over.text);
        assert!(over.ring == Some(Ring::Tip) && over.standing == Standing::Over && over.is_change);
        assert!(watch.look_at_clock(due, due + RING_AGAIN).ring.is_some(), "it still is");
    }

    #[test]
    fn it_rings_for_what_is_new_and_again_for_what_still_waits() {
        let mut watch = Watch::default();
        let one = [waits("T-7K3M", NOW)];
        assert!(watch.look_at(&[], true, NOW).ring.is_none());
        assert!(watch.look_at(&one, true, NOW).ring.is_some());
        assert!(watch.look_at(&one, true, NOW + RING_AGAIN - 1).ring.is_none());
        assert!(watch.look_at(&one, true, NOW + RING_AGAIN).ring.is_some());
        let two = [waits("T-7K3M", NOW), waits("T-9QXA", NOW)];
        assert!(watch.look_at(&two, true, NOW + RING_AGAIN + 60).ring.is_some(), "another came");
        assert!(watch.look_at(&two, true, NOW + 2 * RING_AGAIN).ring.is_none(), "one ring is for all");
        watch.look_at(&[], true, NOW + 2 * RING_AGAIN + 1);
        assert!(watch.look_at(&one, true, NOW + 2 * RING_AGAIN + 2).ring.is_some(), "it waits once more");
    }

    #[test]
    fn it_says_how_long_the_oldest_has_waited() {
        let look = Watch::default().look_at(&[waits("T-7K3M", NOW - 1_320)], true, NOW);
        assert_eq!(look.text, "2026-11-24 01:59Z  1 P1 waits: T-7K3M, unread for 22 min (wanted within 15 min)");
        assert!(look.is_alarm);
        let quiet = Watch::default().look_at(&[], true, NOW);
        assert_eq!((quiet.text.as_str(), quiet.is_alarm), ("2026-11-24 01:59Z  no P1 waits", false));
    }

    #[test]
    fn a_watch_that_sees_nothing_does_not_look_like_a_quiet_day() {
        let mut watch = Watch::default();
        watch.look_at(&[], false, NOW);
        let look = watch.look_at(&[], false, NOW + 600);
        assert_eq!(
            look.text,
            "2026-11-24 02:09Z  the server was not reached for 10 min: this is what was known then. no P1 waits"
        );
        assert!(look.ring.is_none() && !look.is_alarm);
        assert!(watch.look_at(&[], false, NOW + BLIND).ring == Some(Ring::Blind));
        assert!(watch.look_at(&[], false, NOW + BLIND + 60).ring.is_none());
        assert!(watch.look_at(&[], false, NOW + 2 * BLIND).ring == Some(Ring::Blind));
        assert_eq!(watch.failures, 5);
        watch.look_at(&[], true, NOW + 2 * BLIND + 1);
        assert_eq!(watch.failures, 0);
        assert!(watch.look_at(&[], false, NOW + 3 * BLIND).ring.is_none(), "it counts anew");
    }
}
