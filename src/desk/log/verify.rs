//! Whether a log is whole: what was altered, taken away, put elsewhere, cut off, forged, or put back from a copy. Names the
//! line. Pure.

use super::read::{Entry, Opened, Whole};
use super::{Act, LineHash, Noticed, Outcome, PRUNING, UNLOCKING, hour};
use crate::crypto::event::EventHash;
use crate::crypto::sign::{self, Purpose};
use crate::desk::notices::today;
use crate::model::day::Day;
use crate::model::hex::VerifyingKeyBytes;
use crate::model::tip::TipId;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Days by which a clock may be set back without a word.
const SLACK_DAYS: i32 = 2;

/// An event of whose profile this is: it says which line was the newest then. Others have it, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The event.
    pub event: EventHash,
    /// On which tip.
    pub tip: TipId,
    /// What it says.
    pub log: Option<LineHash>,
    /// When it was written, in seconds since 1970.
    pub at: u64,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogReport {
    /// Lines that were looked at.
    pub lines: usize,
    /// What is wrong.
    pub findings: Vec<LogFinding>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LogFinding {
    /// Which line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Which tip, where an event on it tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tip: Option<TipId>,
    /// What, in words.
    pub what: String,
}

/// Checks a log. `keys` are those that this profile signs with or ever did, `member` is its id, `now` is in seconds since 1970.
pub fn verify(whole: &Whole, keys: &[VerifyingKeyBytes], member: &str, pins: &[Pin], now: u64) -> LogReport {
    let mut check = Check { whole, findings: Vec::new() };
    check.each(keys, member);
    check.order();
    check.gaps(keys);
    check.clock(now);
    check.head(keys);
    check.pins(pins);
    check.findings.sort();
    check.findings.dedup();
    LogReport { lines: whole.entries.len(), findings: check.findings }
}

struct Check<'a> {
    whole: &'a Whole,
    findings: Vec<LogFinding>,
}

impl Check<'_> {
    fn say(&mut self, line: Option<u64>, what: impl Into<String>) {
        self.findings.push(LogFinding { line, tip: None, what: what.into() });
    }

    /// Each line by itself.
    fn each(&mut self, keys: &[VerifyingKeyBytes], member: &str) {
        for entry in &self.whole.entries {
            let number = Some(entry.number);
            let Some(opened) = &entry.opened else {
                self.say(number, "altered: it is not what was written");
                continue;
            };
            if opened.line.member != member {
                self.say(number, "forged: it is of another profile");
            } else if !may_stand(opened, keys) {
                self.say(number, "forged: it is not signed with the key of this profile");
            }
            match opened.line.noticed {
                None => {}
                Some(Noticed::Cut) => self.say(number, "when it was written, lines before it were gone"),
                Some(Noticed::NoHead) => {
                    self.say(number, "when it was written, what remembers the newest line was gone");
                }
                Some(Noticed::OtherLine) => {
                    self.say(number, "when it was written, the line before it was another than had been written");
                }
            }
        }
    }

    /// Each line and the one before it.
    fn order(&mut self) {
        for pair in self.whole.entries.windows(2) {
            let [before, after] = pair else { continue };
            let number = Some(after.number);
            if after.number == before.number {
                self.say(number, "it is there twice");
            } else if after.number < before.number {
                self.say(number, format!("the order was changed: it stands after line {}", before.number));
            } else if after.number == before.number + 1 && !follows(before, after) {
                self.say(number, format!("it does not follow line {}: one of the two was replaced", before.number));
            }
        }
        for after in &self.whole.damaged_after {
            self.say(None, format!("what follows line {after} in the file is no line"));
        }
    }

    /// Lines that are nowhere.
    fn gaps(&mut self, keys: &[VerifyingKeyBytes]) {
        let there: BTreeSet<u64> = self.whole.entries.iter().map(|entry| entry.number).collect();
        let kept_from = |entry: &Entry| {
            let opened = entry.opened.as_ref()?;
            let is_one = opened.line.act.verb == PRUNING && is_signed(opened, keys);
            opened.line.act.kept_from.filter(|_| is_one)
        };
        let first = self.whole.entries.iter().filter_map(kept_from).max().unwrap_or(1);
        let mut expected = first;
        for number in there.into_iter().filter(|&number| number >= first) {
            if number > expected {
                self.say(Some(expected), gone(expected, number - 1));
            }
            expected = number + 1;
        }
    }

    /// Lines that took others away must not be of a day that had not come yet.
    fn clock(&mut self, now: u64) {
        let lines: Vec<_> = self.whole.entries.iter().filter_map(|entry| entry.opened.as_ref()).collect();
        for (at, pruned) in lines.iter().enumerate().filter(|(_, opened)| opened.line.act.kept_from.is_some()) {
            let Some(then) = pruned.line.day() else { continue };
            let is_before = |day: Day| day.days_until(then) > SLACK_DAYS;
            let mut later = lines[at + 1..].iter().filter_map(|later| later.line.day());
            if later.any(is_before) || is_before(today(now)) {
                let what = "older lines were taken away while the clock of this machine was ahead";
                self.say(Some(pruned.line.number), what);
            }
        }
    }

    /// What was remembered of the newest line.
    fn head(&mut self, keys: &[VerifyingKeyBytes]) {
        let entries = &self.whole.entries;
        let last = entries.iter().map(|entry| entry.number).max().unwrap_or(0);
        let is_signed = |entry: &&Entry| entry.opened.as_ref().is_some_and(|opened| is_signed(opened, keys));
        let Some((number, name)) = self.whole.head else {
            if entries.iter().any(|entry| is_signed(&entry)) {
                self.say(None, "what remembers the newest line is gone, or was not written by this profile");
            }
            return;
        };
        let later = entries.iter().filter(|entry| entry.number > number).filter(is_signed).count();
        let is_another = entries.iter().any(|entry| entry.number == number && entry.name != name);
        if number > last {
            self.say(Some(last + 1), format!("cut off: {}", gone(last + 1, number)));
        } else if is_another {
            self.say(Some(number), "it is another than the one that was written last: one was put in its place");
        } else if later > 1 {
            self.say(Some(number), "what remembers the newest line is older than the log: it was put back from a copy");
        }
    }

    /// What events that others have, too, say of it.
    fn pins(&mut self, pins: &[Pin]) {
        let names: BTreeMap<LineHash, u64> =
            self.whole.entries.iter().map(|entry| (entry.name, entry.number)).collect();
        let first = self.whole.entries.first();
        let begins = first.and_then(|entry| entry.opened.as_ref()).map(|opened| opened.line.hour.as_str());
        for pin in pins {
            let then = hour(pin.at);
            let is_older = begins.is_none_or(|begins| then.as_str() < begins);
            let was_pruned = is_older && first.is_some_and(|first| first.number > 1);
            let what = match pin.log {
                Some(line) if names.contains_key(&line) || was_pruned => continue,
                Some(_) => {
                    "what you wrote there stands on a line that this log does not have: it was put back from a copy, or made anew"
                }
                None if is_older || begins == Some(&then) => continue,
                None => "what you wrote there was written past this log",
            };
            self.findings.push(LogFinding { line: None, tip: Some(pin.tip), what: format!("{then}: {what}") });
        }
    }
}

fn follows(before: &Entry, after: &Entry) -> bool {
    after.opened.as_ref().is_none_or(|opened| opened.line.previous == Some(before.name))
}

fn may_stand(opened: &Opened, keys: &[VerifyingKeyBytes]) -> bool {
    let Act { verb, outcome, .. } = &opened.line.act;
    let needs_none = verb == UNLOCKING && *outcome == Outcome::WrongPassphrase;
    if opened.signature.is_none() { needs_none } else { is_signed(opened, keys) }
}

fn is_signed(opened: &Opened, keys: &[VerifyingKeyBytes]) -> bool {
    let text = opened.text.as_bytes();
    opened.signature.is_some_and(|signature| keys.iter().any(|key| sign::verifies(key, Purpose::Log, text, &signature)))
}

fn gone(from: u64, to: u64) -> String {
    if from == to { format!("line {from} is gone") } else { format!("lines {from} to {to} are gone") }
}
