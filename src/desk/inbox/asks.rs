//! What sources ask for by now, as lists show it: where a letter came later, not what that letter says, which may be anybody's who has
//! the code.

use super::Entry;
use crate::crypto::letter::{Contact, ContactMode, Share};
use crate::desk::follow_ups::{self, AsksNow};
use std::collections::HashMap;
use std::sync::Arc;

/// In place of how much may be passed on, where less was asked for and no member has decided.
pub const ON_HOLD: &str = "on_hold";

/// What one source asks for by now, who has written more than one letter.
pub struct ThreadAsks {
    /// In few words.
    pub now: AsksNow,
    /// Whether each of their letters was opened from which the law counts.
    pub is_opened: bool,
}

/// What the source of one tip asks for.
#[derive(Clone, Copy)]
pub struct Asks<'a> {
    /// Who must not see it.
    pub exclude_text: Option<&'a str>,
    /// How much may be passed on.
    pub share: Option<&'a Share>,
    /// How they can be reached.
    pub contact: Option<&'a Contact>,
    /// Whether less was asked for, and no member has decided.
    pub is_waiting: bool,
}

impl<'a> Asks<'a> {
    /// By now, as far as a sync has found what came later.
    pub fn of(entry: &'a Entry) -> Self {
        if let Some(AsksNow { exclude_text, share, contact, is_waiting }) = entry.asks.as_ref().map(|asks| &asks.now) {
            let (exclude_text, is_waiting) = (exclude_text.as_deref(), *is_waiting);
            return Self { exclude_text, share: share.as_ref(), contact: contact.as_ref(), is_waiting };
        }
        let answers = &entry.tip.letter.answers;
        let exclude_text = answers.exclude_text.as_deref();
        Self { exclude_text, share: answers.share.as_ref(), contact: answers.contact.as_ref(), is_waiting: false }
    }

    /// How much may be passed on, for scripts.
    pub fn share_word(self) -> Option<&'a str> {
        if self.is_waiting { Some(ON_HOLD) } else { self.share.map(Share::as_str) }
    }

    /// How they can be reached, for scripts.
    pub fn contact_word(self) -> Option<&'a str> {
        self.contact.map(|contact| contact.mode.as_str())
    }

    /// A few words for a column.
    pub fn words(self) -> String {
        let share = match self.share {
            _ if self.is_waiting => "ASKED FOR LESS",
            Some(Share::Nothing) => "share nothing",
            Some(Share::Facts) => "share facts",
            Some(Share::All) => "share all",
            Some(Share::Other(text)) => text,
            None => "ask to share",
        };
        let contact = match self.contact.map(|contact| &contact.mode) {
            Some(ContactMode::Never) => ", no contact",
            Some(ContactMode::Code) => ", by code",
            Some(ContactMode::OtherWay | ContactMode::Other(_)) => ", safe way only",
            None => "",
        };
        let excludes = if self.exclude_text.is_some() { ", NOT FOR SOME" } else { "" };
        format!("{share}{contact}{excludes}")
    }
}

/// Puts what their source asks for by now to all letters of those whose later ones a sync has found.
pub fn join(entries: &mut [Entry]) {
    let mut later: HashMap<_, Vec<&Entry>> = HashMap::new();
    for entry in entries.iter() {
        if let Some((first, _)) = &entry.follows {
            later.entry(*first).or_default().push(entry);
        }
    }
    if later.is_empty() {
        return;
    }
    let mut found = HashMap::new();
    for first in entries.iter() {
        let Some(mut later) = later.remove(&first.tip.letter.id) else { continue };
        later.sort_by_key(|entry| entry.tip.seq);
        let tips: Vec<_> = later.iter().map(|entry| &entry.tip).collect();
        let Some(now) = follow_ups::wishes(&first.tip.letter, &tips, &first.case).asks_now() else { continue };
        later.push(first);
        // One for all of them: whoever has a code can send a thousand long letters.
        let asks = Arc::new(ThreadAsks { now, is_opened: later.iter().all(|entry| entry.starting.is_empty()) });
        found.extend(later.into_iter().map(|entry| (entry.tip.letter.id, Arc::clone(&asks))));
    }
    for entry in entries {
        entry.asks = found.remove(&entry.tip.letter.id);
    }
}
