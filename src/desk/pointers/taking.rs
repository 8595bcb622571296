//! What takes part when one agency compares with another: only what its source lets go to that other one. Pure.

use super::KINDS;
use crate::crypto::event::{CloseReason, SetStatus};
use crate::crypto::letter::Letter;
use crate::crypto::pointers::VALUES;
use crate::desk::case::Case;
use crate::desk::events::rekey::holders;
use crate::desk::export::withhold::{letter_for, without_marked};
use crate::desk::inbox::Entry;
use crate::desk::similar::COMMON;
use crate::desk::similar::identifiers::{self, Kind};
use crate::desk::wishes::{Act, Party, Scope, Standing, Stop, Target, Verdict, check};
use crate::model::agency::{AgencyKind, AgencyNumber};
use crate::model::day::Day;
use crate::model::tip::TipId;
use std::collections::BTreeMap;

/// In a label, before the last day on which a client's written consent to comparing is good.
pub const CONSENT: &str = "compare-until:";

/// Why a tip takes no part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    /// Its source does not let it go there.
    Stopped(Stop),
    /// The other agency holds it, and learns nothing new.
    Theirs,
    /// It was closed as one that tells of nothing.
    Closed,
    /// The agency that holds it may be bound to pass on nothing of its clients without written consent, and no member has said
    /// that there is one.
    NoConsent,
}

/// A phone, a plate and so on that takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// As it is compared: its kind, a space, its key.
    pub value: String,
    /// What it is.
    pub kind: Kind,
    /// As it was written first. Hostile text like any.
    pub written: String,
    /// In which tips it stands.
    pub tips: Vec<TipId>,
}

/// What takes part with one other agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taking {
    /// At most as many as an exchange compares, those of the newest tips first.
    pub held: Vec<Held>,
    /// Of how many tips.
    pub tips: usize,
    /// How many more there are than an exchange compares.
    pub too_many: usize,
    /// How many tips their sources keep from that agency.
    pub stopped: usize,
    /// How many lack the written consent that this agency needs.
    pub no_consent: usize,
}

impl Taking {
    /// The values alone.
    pub fn values(&self) -> Vec<String> {
        self.held.iter().map(|held| held.value.clone()).collect()
    }

    /// Of these tips, each with what its source asks for now.
    pub fn of<'a>(tips: impl IntoIterator<Item = (&'a Entry, &'a Letter, Standing)>, with: &Party, today: Day) -> Self {
        let mut all: Vec<_> = tips.into_iter().collect();
        all.sort_by_key(|(entry, ..)| std::cmp::Reverse(entry.tip.seq));
        let (mut found, mut places) = (Self::default(), BTreeMap::new());
        for (entry, letter, standing) in all {
            match takes_part(&entry.tip.letter, &entry.case, (letter, &standing), (with, today)) {
                Ok(scope) => found.add(entry, scope, &mut places),
                Err(Out::Stopped(_)) => found.stopped += 1,
                Err(Out::NoConsent) => found.no_consent += 1,
                Err(Out::Theirs | Out::Closed) => {}
            }
        }
        found.held.retain(|held| held.tips.len() <= COMMON); // a help line's own number is no trace
        found.too_many = found.held.len().saturating_sub(VALUES);
        found.held.truncate(VALUES);
        found
    }

    fn add(&mut self, entry: &Entry, scope: Scope, places: &mut BTreeMap<String, usize>) {
        let (letter, _) = letter_for(scope, &without_marked(&entry.tip.letter, &entry.case).0, false);
        let id = entry.tip.letter.id;
        let mut has_one = false;
        for one in identifiers::of_facts(&letter).into_iter().filter(|one| KINDS.contains(&one.kind)) {
            has_one = true;
            let value = format!("{} {}", one.kind.as_str(), one.key);
            let at = *places.entry(value.clone()).or_insert_with(|| {
                self.held.push(Held { value, kind: one.kind, written: one.written, tips: Vec::new() });
                self.held.len() - 1
            });
            self.held[at].tips.push(id);
        }
        self.tips += usize::from(has_one);
    }
}

/// Whether a law may bid agencies of this kind have a written consent before they pass anything on: 28 CFR 94.115.
pub const fn may_need_consent(kind: AgencyKind) -> bool {
    matches!(kind, AgencyKind::HelpLine | AgencyKind::Other)
}

/// How much of a tip may be compared with another agency. What members may cross elsewhere, they cannot here: the answer to
/// "does anyone hold this plate" is worth no wish.
pub fn takes_part(
    letter: &Letter,
    case: &Case,
    (asked_for, standing): (&Letter, &Standing),
    (with, today): (&Party, Day),
) -> Result<Scope, Out> {
    use CloseReason::{False, Junk, NotTrafficking, SourceAsked, Test, Unfounded};
    let closed = case.set.as_ref().filter(|set| set.status == SetStatus::Closed).and_then(|set| set.reason);
    if matches!(closed, Some(False | Junk | NotTrafficking | SourceAsked | Test | Unfounded)) {
        return Err(Out::Closed);
    }
    let standing = Standing { overrides: Vec::new(), ..standing.clone() };
    let verdict = |scope| check(Act::Refer(scope), asked_for, &standing, Target::Party(with));
    let scope = match (verdict(Scope::All), verdict(Scope::Facts)) {
        (Verdict::Allowed, _) => Scope::All,
        (_, Verdict::Allowed) => Scope::Facts,
        (_, Verdict::Stop(stop)) => return Err(Out::Stopped(stop)),
    };
    let is_theirs = with.number.is_some_and(|number| holders(case, letter).contains(&number));
    if is_theirs {
        return Err(Out::Theirs);
    }
    let may_be_bound = may_need_consent(standing.me.kind);
    if may_be_bound && !has_consent(case, standing.me.agency, today) { Err(Out::NoConsent) } else { Ok(scope) }
}

/// Whether a member of this agency has said that there is a written consent to comparing, and that it is still good.
fn has_consent(case: &Case, agency: AgencyNumber, today: Day) -> bool {
    let last_day = |label: &str| label.strip_prefix(CONSENT)?.parse::<Day>().ok();
    case.labels
        .iter()
        .any(|(label, stamp)| stamp.by.agency == agency && last_day(label).is_some_and(|last| last >= today))
}

#[cfg(test)]
#[path = "taking/tests.rs"]
mod tests;
