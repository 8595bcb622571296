//! Junk, as an admin's machine looks at it: what the server lists, whether that can be, and what this admin's signature would
//! do. Admins cannot read, so that nobody here can tell whether a listed tip is truly junk: what two of them sign is the list
//! that both saw, and an honest server purges nothing else.

use crate::crypto::keyring::{Admin, Version};
use crate::crypto::statement::{PurgeAsked, PurgeSeconded, Statement as _};
use crate::desk::random;
use crate::model::day::Day;
use crate::model::hex::{Hex, Sha256Hash};
use crate::wire::{Junk, JunkTip, MAX_PURGE, PurgePost, PurgeRecord, junk_hash};
use ed25519_dalek::SigningKey;
use std::collections::HashSet;

/// Days that a tip has been there at least before it can be junk.
const LEAST_DAYS: i32 = 30;
/// Days after which a request that nobody has seconded counts for nothing.
pub const REQUEST_DAYS: i32 = 7;
/// Hexadecimal digits by which people name a set.
pub const SET_LEN: usize = 16;
/// Digits that are typed at least.
pub const MIN_SET: usize = 12;
/// Beginnings of the ages that are counted apart, in days.
const AGES: [i32; 4] = [LEAST_DAYS, 60, 90, 180];

/// What this admin's word would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It would ask for the purge: another admin has to say so too.
    Ask,
    /// It would be the second word for this request, and the tips would go.
    Second(PurgeAsked),
}

/// Why nothing is signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JunkError {
    /// The keyring does not name this key as an admin's.
    #[error("the keyring does not name this key as an admin's")]
    NotAnAdmin,
    /// There is none.
    #[error("there is no junk that could be purged")]
    Nothing,
    /// Another set was named than the one that is there now.
    #[error("the set {0:?} is not what would be purged now")]
    OtherSet(String),
    /// Too few digits to name a set.
    #[error("{0:?} is too short for a set")]
    TooShort(String),
    /// This admin has asked, and nobody else has.
    #[error("you have asked for this purge; the second word must be that of an admin of another agency")]
    Alone,
    /// An admin of the same agency has asked.
    #[error(
        "{0} of your own agency has asked for this purge; the second word must be that of an admin of another agency"
    )]
    SameAgency(String),
    /// The server lists what cannot be junk.
    #[error("the server lists as junk what cannot be: {0}")]
    False(String),
    /// Somebody's request does not have their signature.
    #[error("the server shows a request in the name of {0} that {0} has not signed")]
    Forged(String),
}

/// Whose key this is.
pub fn admin<'a>(version: &'a Version, key: &SigningKey) -> Result<&'a Admin, JunkError> {
    let key = crate::crypto::sign::public_key(key);
    version.public.admins.iter().find(|admin| admin.key == key).ok_or(JunkError::NotAnAdmin)
}

/// Looks through what the server says, and gives the hash of the list. What it says of days nobody can check, but a list
/// that contradicts itself is refused.
pub fn check(junk: &Junk, version: &Version, today: Day) -> Result<Sha256Hash, JunkError> {
    let Junk { list, requests, .. } = junk;
    let mut ids = HashSet::new();
    if list.len() > MAX_PURGE {
        return Err(JunkError::False("more tips than one purge takes".into()));
    }
    for JunkTip { id, day } in list {
        if !ids.insert(id) {
            return Err(JunkError::False(format!("the tip {id} twice")));
        }
        if day.days_until(today) < LEAST_DAYS {
            return Err(JunkError::False(format!("the tip {id}, which came less than {LEAST_DAYS} days ago")));
        }
    }
    for PurgeRecord { asked, signature } in requests {
        let author = version.public.admins.iter().find(|admin| admin.id == asked.admin);
        if author.is_some_and(|author| !asked.is_by(&author.key, signature)) {
            return Err(JunkError::Forged(asked.admin.clone()));
        }
    }
    Ok(junk_hash(list))
}

/// What this admin's word for the set that they named would do.
pub fn step(junk: &Junk, typed: &str, me: &Admin, version: &Version, today: Day) -> Result<Step, JunkError> {
    let set = check(junk, version, today)?;
    let wanted: String = typed.trim().to_lowercase().chars().filter(|&c| c != '-').collect();
    if wanted.len() < MIN_SET {
        return Err(JunkError::TooShort(typed.to_owned()));
    }
    if junk.list.is_empty() {
        return Err(JunkError::Nothing);
    }
    if !set.to_string().starts_with(&wanted) {
        return Err(JunkError::OtherSet(typed.to_owned()));
    }
    let mut refused = None;
    for PurgeRecord { asked, .. } in open_requests(junk, set, today) {
        let Some(first) = version.public.admins.iter().find(|admin| admin.id == asked.admin) else { continue };
        if first.agency != me.agency && first.key != me.key {
            return Ok(Step::Second(asked.clone()));
        }
        let is_mine = first.id == me.id;
        refused = Some(if is_mine { JunkError::Alone } else { JunkError::SameAgency(first.id.clone()) });
    }
    refused.map_or(Ok(Step::Ask), Err)
}

/// Requests for exactly this set that are not too old.
pub fn open_requests(junk: &Junk, set: Sha256Hash, today: Day) -> impl Iterator<Item = &PurgeRecord> {
    let tips = junk.list.len() as u64;
    junk.requests.iter().filter(move |PurgeRecord { asked, .. }| {
        asked.ids == set
            && asked.tips == tips
            && asked.through == junk.through
            && asked.day.days_until(today) <= REQUEST_DAYS
    })
}

/// Signs it.
pub fn post(step: Step, junk: &Junk, site: Sha256Hash, me: &Admin, key: &SigningKey, day: Day) -> PurgePost {
    let admin = me.id.clone();
    match step {
        Step::Ask => {
            let (through, tips, ids) = (junk.through, junk.list.len() as u64, junk_hash(&junk.list));
            let asked = PurgeAsked { site, admin, through, tips, ids, nonce: Hex(random::bytes()), day };
            PurgePost::Ask(PurgeRecord { signature: asked.sign(key), asked })
        }
        Step::Second(asked) => {
            let said = PurgeSeconded { request: asked.hash(), admin, day };
            PurgePost::Second { request: said.request, day, signature: said.sign(key) }
        }
    }
}

/// How many of them are how old: from so many days on, up to the next.
pub fn ages(list: &[JunkTip], today: Day) -> Vec<(i32, Option<i32>, usize)> {
    let ends = AGES.iter().skip(1).map(|&end| Some(end)).chain([None]);
    let is_within = |tip: &&JunkTip, from: i32, to: Option<i32>| {
        let age = tip.day.days_until(today);
        age >= from && to.is_none_or(|to| age < to)
    };
    let count = |from, to| list.iter().filter(|tip| is_within(tip, from, to)).count();
    AGES.into_iter().zip(ends).map(|(from, to)| (from, to, count(from, to))).filter(|(.., count)| *count > 0).collect()
}

#[cfg(test)]
#[path = "junk/tests.rs"]
mod tests;
