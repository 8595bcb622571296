//! Yearly figures that single nobody out: counts, medians and the way from tip to conviction, of which none stands for fewer
//! than `k` tips and none can be reckoned out of the others. Only sums leave this module, never a row for one tip.

use super::case::{Case, Status};
use super::inbox::Entry;
use super::inbox::thread::close_reason;
use super::month::Month;
use super::priority::Level;
use crate::crypto::event::{CloseReason, SetStatus};
use crate::crypto::letter::Letter;
use crate::model::day::Day;
use serde::Serialize;
use std::collections::BTreeMap;

mod chart;
pub mod funnel;
pub mod html;
pub mod suppress;
pub mod text;
mod times;

pub use suppress::MIN_K;

/// The format of the JSON.
const FORMAT: u32 = 1;

/// Whom a report speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first month in which tips came.
    pub from: Option<Month>,
    /// The last.
    pub to: Option<Month>,
}

/// One tip, as far as figures need it.
pub struct Tip<'a> {
    /// What was written.
    pub letter: &'a Letter,
    /// When it came.
    pub day: Day,
    /// How urgent it is.
    pub level: Option<Level>,
    /// What was done.
    pub case: &'a Case,
}

/// All figures.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    format: u32,
    /// No figure stands for fewer tips.
    pub k: u64,
    /// The day on which they were counted.
    pub as_of: Day,
    /// The first month of the period; none from the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Month>,
    /// The last month; none to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Month>,
    /// All tips; none where they are fewer than `k`.
    pub total: Option<u64>,
    /// How long things took.
    pub times: Vec<Time>,
    /// How many came how far, in order.
    pub funnel: Vec<Stage>,
    /// Counts by one property each.
    pub tables: Vec<Table>,
}

/// A median.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Time {
    /// From the tip to what.
    pub until: &'static str,
    /// Of which tips: `all`, or a level.
    pub of: String,
    /// In minutes, rounded; none where it would stand for fewer than `k` tips.
    pub median_minutes: Option<u64>,
}

/// A step on the way.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Which.
    pub stage: &'static str,
    /// Tips that came as far or further; none where that would tell of fewer than `k`.
    pub count: Option<u64>,
}

/// Counts by one property.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Which property.
    pub by: &'static str,
    /// Each at least `k`; together all tips. Empty where all tips are fewer than `k`.
    pub rows: Vec<Row>,
}

/// One count.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Of what; none for several that were too few each. May be a source's text.
    pub value: Option<String>,
    /// How many.
    pub count: u64,
}

impl<'a> Tip<'a> {
    /// A tip of the inbox.
    pub fn new(entry: &'a Entry, case: &'a Case) -> Self {
        Self { letter: &entry.tip.letter, day: entry.tip.day, level: entry.level(), case }
    }

    /// Whether a member closed it as sent to try the site: such a tip is in no figure.
    fn is_trial(&self) -> bool {
        let closed = self.case.set.as_ref().filter(|set| set.status == SetStatus::Closed);
        closed.is_some_and(|set| set.reason == Some(CloseReason::Test))
    }
}

impl Report {
    /// The month in which it was counted, where it counts tips of that month: more will come.
    pub fn running_month(&self) -> Option<Month> {
        let month = Month::of(self.as_of);
        Some(month).filter(|month| self.to.as_ref().is_none_or(|to| to >= month))
    }
}

impl Period {
    /// Whether a tip that came on this day belongs to it.
    pub fn has(&self, day: Day) -> bool {
        let month = Month::of(day);
        self.from.as_ref().is_none_or(|from| *from <= month) && self.to.as_ref().is_none_or(|to| month <= *to)
    }
}

/// Counts. `k` below [`MIN_K`] is taken as that.
pub fn report(tips: &[Tip<'_>], period: Period, k: u64, now: u64, today: Day) -> Report {
    let k = k.max(MIN_K);
    let tips: Vec<&Tip<'_>> = tips.iter().filter(|tip| period.has(tip.day) && !tip.is_trial()).collect();
    let total = tips.len() as u64;
    let by = |by: &'static str, value: &dyn Fn(&Tip<'_>) -> String| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for tip in &tips {
            *counts.entry(value(tip)).or_default() += 1;
        }
        Table { by, rows: suppress::pooled(counts, k) }
    };
    let tables = vec![
        by("month", &|tip| Month::of(tip.day).to_string()),
        by("language", &|tip| tip.letter.lang.clone()),
        by("route", &|tip| tip.letter.route.as_str().to_owned()),
        by("priority", &|tip| tip.level.map_or_else(|| "no rules".to_owned(), |level| level.to_string())),
        by("outcome", &|tip| outcome(tip.case, now)),
    ];
    Report {
        format: FORMAT,
        k,
        as_of: today,
        from: period.from,
        to: period.to,
        total: (total >= k).then_some(total),
        times: times::medians(&tips, k),
        funnel: funnel::funnel(&tips, k),
        tables,
    }
}

/// Where it stands, or how it ended.
fn outcome(case: &Case, now: u64) -> String {
    let closed = case.set.as_ref().filter(|set| set.status == SetStatus::Closed);
    let stands = match case.status(now) {
        Status::New => "new",
        Status::Claimed | Status::Assessing => "being looked into",
        Status::Referred => "with another agency",
        Status::Acting | Status::Closed => "acted on",
    };
    match closed.map(|set| set.reason) {
        None => stands.to_owned(),
        Some(None) => "closed".to_owned(),
        Some(Some(reason)) => format!("closed: {}", close_reason(reason)),
    }
}

#[cfg(test)]
mod tests;
