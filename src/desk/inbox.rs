//! What was opened, as a member looks at it: with short ids that no other tip here shares, the most urgent first.

use super::cache::{Known, KnownTip, UnreadableTip};
use super::case::{Case, Referral, ReferralState, Status};
use super::clocks::{self, Running};
use super::follow_ups::{self, Wishes};
use super::priority::{self, Level, Priority};
use crate::crypto::letter::{Letter, Urgency};
use crate::model::agency::AgencyNumber;
use crate::model::tip::{TipId, normalize_typed_id};
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Seconds for which another agency's claim keeps a tip from waiting here that none of us has done anything with.
const LONGEST_FOR_OTHERS: u64 = 2 * 3_600;

mod asks;
pub mod due;
pub mod json;
mod rules;
mod signs;
pub mod spoken;
pub mod table;
pub mod thread;
pub mod view;
pub mod waiting;

pub use asks::{Asks, ThreadAsks};
pub use rules::Rules;
pub use signs::words as sign_words;

/// Who looks, and when.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The member's agency.
    pub agency: AgencyNumber,
    /// The member, on whatever machine.
    pub person: String,
    /// Their clock, in seconds since 1970.
    pub now: u64,
}

/// Everything a member of one agency can look at.
pub struct Inbox {
    /// Who looks.
    pub viewer: Viewer,
    /// The most urgent first by the rules, then by what the source says of the danger, then the newest first.
    pub tips: Vec<Entry>,
    /// Newest first.
    pub unreadable: Vec<UnreadableEntry>,
    /// Those that the viewer, or their agency, has left.
    pub left: Vec<TipId>,
    /// Of all that is known here, ascending: what short ids are told from.
    ids: Vec<TipId>,
}

/// A tip and what it is called here.
pub struct Entry {
    /// `T-7K3M`.
    pub short_id: String,
    /// What is known of it.
    pub tip: KnownTip,
    /// How urgent it is; none where the keyring has no rules.
    pub priority: Option<Priority>,
    /// What was written on it.
    pub case: Box<Case>,
    /// The clocks of the law that run on it, the one that runs out first before the others.
    pub clocks: Vec<Running>,
    /// Those that start when the viewer's agency opens it: the name, and the hours.
    pub starting: Vec<(String, u32)>,
    /// The first letter of the same source and what it is called here, as far as was looked when the second of them came.
    pub follows: Option<(TipId, String)>,
    /// What their source asks for by now, where a later letter was found.
    pub asks: Option<Arc<ThreadAsks>>,
    /// Whether the viewer's agency made it of another tip, to pass parts of that on: as that tip tells.
    pub is_own_copy: bool,
}

/// A tip that cannot be read and what it is called here.
pub struct UnreadableEntry {
    /// `T-7K3M`.
    pub short_id: String,
    /// What is known of it.
    pub tip: UnreadableTip,
}

/// What was found under an id that someone typed.
pub enum Found<'a> {
    /// One tip.
    Tip(&'a Entry),
    /// One that cannot be read.
    Unreadable(&'a UnreadableEntry),
    /// Nothing.
    Nothing,
    /// One that the viewer has left.
    Left,
    /// More than one; their short ids.
    Many(Vec<&'a str>),
    /// Fewer characters than any short id has.
    TooShort,
}

impl Inbox {
    /// Names and sorts what is known.
    pub fn new(known: Known, viewer: Viewer, rules: &Rules) -> Self {
        let ids = known.ids();
        Self::of_some(known, ids, viewer, rules)
    }

    /// The same of those tips alone that somebody may mean by what they typed, and of what belongs to them: for what must not
    /// take longer because many others are known.
    pub fn around(typed: &str, mut known: Known, viewer: Viewer, rules: &Rules) -> Self {
        let ids = known.ids();
        let typed = normalize_typed_id(typed);
        let is_long_enough = typed.len() >= TipId::SHORT_LEN;
        let meant = if is_long_enough { follow_ups::beside(&known, &typed) } else { HashSet::new() };
        let rest = known.keep(&meant);
        rayon::spawn(|| drop(rest)); // so many that nobody should wait for it
        Self::of_some(known, ids, viewer, rules)
    }

    /// Names and sorts some of what is known, where `ids` are those of all, ascending.
    pub fn of_some(mut known: Known, ids: Vec<TipId>, viewer: Viewer, rules: &Rules) -> Self {
        let short = |id: &TipId| short_id(&ids, id);
        let tips = std::mem::take(&mut known.tips);
        let entry = |tip: KnownTip| {
            let case = known.case(tip.letter.id);
            let priority = priority(&tip, &case, rules, viewer.agency);
            let clocks = clocks::of(&tip.letter, &case, rules, viewer.agency);
            let starting = clocks::starting(&tip.letter, &case, rules, viewer.agency);
            let follows = known.links.get(&tip.letter.id).map(|first| (*first, short(first)));
            let short_id = short(&tip.letter.id);
            let case = Box::new(case);
            Entry { short_id, tip, priority, case, clocks, starting, follows, asks: None, is_own_copy: false }
        };
        let mut tips: Vec<Entry> = tips.into_par_iter().map(entry).collect();
        follow_copies(&mut tips);
        mark_own_copies(&mut tips, viewer.agency);
        let has_left = |entry: &Entry| entry.case.has_left(&viewer.person, viewer.agency);
        let left = tips.iter().filter(|entry| has_left(entry)).map(|entry| entry.tip.letter.id).collect();
        tips.retain(|entry| !has_left(entry));
        asks::join(&mut tips);
        tips.sort_by_cached_key(|entry| {
            // Never by `created`, which is free text of the source.
            let level = entry.level(); // where a site has no rules, what members have set by hand comes first
            (level.is_none(), level, rank(&entry.tip.letter), Reverse(entry.tip.day), Reverse(entry.tip.seq))
        });
        let mut unreadable: Vec<UnreadableEntry> =
            known.unreadable.into_iter().map(|tip| UnreadableEntry { short_id: short(&tip.id), tip }).collect();
        unreadable.sort_by_key(|entry| Reverse(entry.tip.seq));
        Self { viewer, tips, unreadable, left, ids }
    }

    /// The tip whose source wrote this one, too.
    pub fn first_of(&self, entry: &Entry) -> Option<&Entry> {
        let first = follow_ups::first_of(&entry.tip, self.known())?;
        self.tips.iter().find(|entry| entry.tip.letter.id == first.letter.id)
    }

    /// What the source of a tip wrote later, in the order in which it came.
    pub fn follow_ups(&self, first: &Entry) -> Vec<&Entry> {
        let later = follow_ups::of(&first.tip, self.known());
        let entry = |tip: &KnownTip| self.tips.iter().find(|entry| entry.tip.letter.id == tip.letter.id);
        later.into_iter().filter_map(entry).collect()
    }

    /// The first letter of a tip's source, those that came later, and what the source asks for by now.
    pub fn asked_by_now<'a>(&'a self, entry: &'a Entry) -> (&'a Entry, Vec<&'a Entry>, Wishes) {
        let first = self.first_of(entry).unwrap_or(entry);
        let later = self.follow_ups(first);
        let tips: Vec<&KnownTip> = later.iter().map(|entry| &entry.tip).collect();
        let wishes = follow_ups::wishes(&first.tip.letter, &tips, &first.case);
        (first, later, wishes)
    }

    /// Later letters whose words stand below a tip where that is shown.
    pub fn shown_with(&self, first: &Entry) -> Vec<TipId> {
        let shown = self.follow_ups(first).into_iter().filter(|later| later.starting.is_empty());
        shown.map(|later| later.tip.letter.id).collect()
    }

    /// What the id of a tip is shortened to.
    pub fn short(&self, id: TipId) -> String {
        let is_known = self.ids.binary_search(&id).is_ok();
        if is_known { short_id(&self.ids, &id) } else { format!("T-{}", id.prefix(TipId::SHORT_LEN)) }
    }

    fn known(&self) -> impl Iterator<Item = &KnownTip> {
        self.tips.iter().map(|entry| &entry.tip)
    }

    /// Looks up an id as a person types it: short or in full, in either case.
    pub fn find(&self, typed: &str) -> Found<'_> {
        let typed = normalize_typed_id(typed);
        if typed.len() < TipId::SHORT_LEN {
            return Found::TooShort;
        }
        let fits = |id: &TipId| id.starts_with(&typed);
        let tips: Vec<_> = self.tips.iter().filter(|entry| fits(&entry.tip.letter.id)).collect();
        let unreadable: Vec<_> = self.unreadable.iter().filter(|entry| fits(&entry.tip.id)).collect();
        match (tips.as_slice(), unreadable.as_slice()) {
            ([], []) if self.left.iter().any(fits) => Found::Left,
            ([], []) => Found::Nothing,
            ([tip], []) => Found::Tip(tip),
            ([], [tip]) => Found::Unreadable(tip),
            _ => {
                let tips = tips.iter().map(|entry| entry.short_id.as_str());
                Found::Many(tips.chain(unreadable.iter().map(|entry| entry.short_id.as_str())).collect())
            }
        }
    }
}

impl Entry {
    /// How far the work is for whoever looks, and who works on it.
    pub fn standing(&self, viewer: &Viewer) -> String {
        let now = viewer.now;
        if let Some(offer) = self.offer_to(viewer.agency) {
            return format!("offered by {}", offer.stamp.by.agency);
        }
        let status = self.case.status(now);
        match self.case.claimed_by(now) {
            _ if status == Status::Closed && !self.is_done(viewer) => {
                let by = self.case.set.as_ref().map_or("", |set| &set.stamp.by.person);
                format!("closed: {by}")
            }
            Some(claim) if status == Status::Claimed => format!("claimed: {}", claim.stamp.by.person),
            Some(claim) => format!("{}: {}", status.as_str(), claim.stamp.by.person),
            None => status.as_str().to_owned(),
        }
    }

    /// Whether nothing is left to do here: it is closed for us, or our own copy for another agency. No other agency closes for us what
    /// nobody here knows of: a tip leaves no inbox by itself.
    pub fn is_done(&self, viewer: &Viewer) -> bool {
        self.is_own_copy || self.case.is_closed_for(viewer.agency)
    }

    /// Whether it waits for someone to take it on.
    pub fn is_waiting(&self, viewer: &Viewer) -> bool {
        let is_free = self.claimed_until(viewer).is_none_or(|until| until <= viewer.now);
        let is_open =
            matches!(self.case.status(viewer.now), Status::New | Status::Assessing | Status::Claimed | Status::Closed);
        !self.is_done(viewer) && is_free && is_open
    }

    /// Until when a claim keeps it from waiting, whether or not that is past: where none of us has done anything with it, another
    /// agency's does so for a while alone.
    pub fn claimed_until(&self, viewer: &Viewer) -> Option<u64> {
        let claim = self.case.claim.as_ref()?;
        let is_ours = claim.stamp.by.agency == viewer.agency || has_part(&self.case, viewer.agency);
        let longest = claim.stamp.at.saturating_add(LONGEST_FOR_OTHERS);
        Some(if is_ours { claim.until } else { claim.until.min(longest) })
    }

    /// The offer to an agency that waits for its answer.
    pub fn offer_to(&self, agency: AgencyNumber) -> Option<&Referral> {
        let is_open = |offer: &&Referral| offer.to == agency && matches!(offer.state, ReferralState::Offered);
        self.case.referrals.iter().find(is_open)
    }

    /// The offer as which this tip was made from another, whose source did not write it: by one of the two agencies that alone read it,
    /// to the other one.
    pub fn passed_on(&self) -> Option<&Referral> {
        let readers = &self.tip.letter.readers;
        let is_of_two = |offer: &&Referral| {
            readers.len() == 2
                && offer.to != offer.stamp.by.agency
                && [offer.to, offer.stamp.by.agency].iter().all(|one| readers.contains(one))
        };
        let made = self.case.referrals.iter().filter(|offer| offer.new_tip == Some(self.tip.letter.id));
        made.into_iter().find(is_of_two)
    }

    /// Its story as a list tells its beginning. Where the law counts from the moment at which it was read, a list keeps it back.
    pub fn story(&self) -> Cow<'_, str> {
        if self.starting.is_empty() {
            return Cow::Borrowed(self.tip.letter.answers.story.as_deref().unwrap_or_default());
        }
        Cow::Owned(format!("(opening it starts a clock of the law: {})", clocks::starting_words(&self.starting)))
    }

    /// The same, after what it follows.
    pub fn beginning(&self) -> Cow<'_, str> {
        match &self.follows {
            Some((_, first)) => Cow::Owned(format!("(later, to {first}) {}", self.story())),
            None => self.story(),
        }
    }

    /// Its level; none where the keyring has no rules.
    pub fn level(&self) -> Option<Level> {
        self.priority.as_ref().map(|priority| priority.level)
    }
}

/// What became of an offer of chosen parts is written on the tip that was made of them: shows it on the first one, too.
fn follow_copies(entries: &mut [Entry]) {
    let of = |entry: &Entry| {
        let offer = entry.passed_on()?;
        Some((entry.tip.letter.id, (offer.stamp.by.agency, offer.to, offer.state.clone())))
    };
    let states: HashMap<TipId, (AgencyNumber, AgencyNumber, ReferralState)> = entries.iter().filter_map(of).collect();
    if states.is_empty() {
        return;
    }
    for entry in entries {
        for offer in &mut entry.case.referrals {
            if let Some((by, to, state)) = offer.new_tip.and_then(|copy| states.get(&copy))
                && (*by, *to) == (offer.stamp.by.agency, offer.to)
            {
                offer.state = state.clone();
            }
        }
    }
}

/// A tip is an agency's copy of another where that other one tells so: a word on the tip itself would let any member hide it.
fn mark_own_copies(entries: &mut [Entry], agency: AgencyNumber) {
    let made = |entry: &Entry| {
        let id = entry.tip.letter.id;
        let ours = entry.case.referrals.iter().filter(|offer| offer.stamp.by.agency == agency);
        ours.filter_map(|offer| offer.new_tip).filter(|copy| *copy != id).collect::<Vec<_>>()
    };
    let copies: HashSet<TipId> = entries.iter().flat_map(made).collect();
    for entry in entries {
        entry.is_own_copy = copies.contains(&entry.tip.letter.id) && entry.passed_on().is_some();
    }
}

/// Whether somebody of an agency has done anything with a tip.
fn has_part(case: &Case, agency: AgencyNumber) -> bool {
    case.events.iter().any(|named| named.event.author.agency == agency && !case.void.contains_key(&named.hash))
}

/// How urgent a tip is: as a member has set it, else by the rules. What another agency set lower counts for us once one of us has done
/// something with the tip.
fn priority(tip: &KnownTip, case: &Case, rules: &Rules, viewer: AgencyNumber) -> Option<Priority> {
    let by_rules = || priority::of(&tip.letter, &rules.priority);
    let Some(set) = &case.priority else { return by_rules() };
    let by_hand = Priority::set(set);
    let is_ours = set.stamp.by.agency == viewer || has_part(case, viewer);
    let more_urgent = by_rules().filter(|rules| !is_ours && rules.level < by_hand.level);
    more_urgent.or(Some(by_hand))
}

/// Whether asking the server could tell more about an id as a person types it.
pub fn is_known(known: &Known, typed: &str) -> bool {
    let typed = normalize_typed_id(typed);
    typed.len() < TipId::SHORT_LEN
        || known.opened_ids().chain(known.unreadable.iter().map(|tip| tip.id)).any(|id| id.starts_with(&typed))
}

/// What the source says of the danger.
fn rank(letter: &Letter) -> u8 {
    match letter.answers.urgency {
        Some(Urgency::Now) => 0,
        Some(Urgency::Soon) => 1,
        Some(Urgency::Unsure | Urgency::Other(_)) | None => 2,
        Some(Urgency::NotNow) => 3,
    }
}

/// As many characters as tell `id` from its neighbours in the sorted list.
pub fn short_id(sorted: &[TipId], id: &TipId) -> String {
    let at = sorted.binary_search(id).unwrap_or_else(|at| at);
    let before = at.checked_sub(1).and_then(|before| sorted.get(before));
    let shared = before.into_iter().chain(sorted.get(at + 1)).map(|other| id.shared_len(other)).max();
    let len = shared.map_or(0, |shared| shared + 1).clamp(TipId::SHORT_LEN, TipId::TEXT_LEN);
    format!("T-{}", id.prefix(len))
}

#[cfg(test)]
#[path = "inbox/tests.rs"]
mod tests;
