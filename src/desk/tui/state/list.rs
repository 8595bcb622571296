//! Which tips are listed, and which of them is looked at.

use super::State;
use crate::desk::inbox::Entry;
use crate::desk::search::Subject;
use crate::model::tip::TipId;

impl State {
    pub(super) fn go(&mut self, at: usize) {
        let at = at.min(self.listed.len().saturating_sub(1));
        if at != self.at {
            (self.at, self.scroll) = (at, 0);
        }
    }

    pub(super) fn scroll_to(&mut self, scroll: usize) {
        self.scroll = scroll.min(self.room.0.saturating_sub(self.room.1));
    }

    pub(super) fn list(&mut self) {
        let looked_at = self.selected().map(|entry| entry.tip.letter.id);
        self.list_with(looked_at, false);
    }

    /// Lists anew what is to be listed, and stays at the same tip where it still is, or, if it `stays`, although it no longer
    /// would be: what one has just closed does not vanish under one's eyes.
    pub(super) fn list_with(&mut self, looked_at: Option<TipId>, stays: bool) {
        let (viewer, now) = (self.inbox.viewer.clone(), self.inbox.viewer.now);
        let is_listed = |entry: &Entry| {
            (stays && Some(entry.tip.letter.id) == looked_at)
                || self.alike.as_ref().is_some_and(|(_, tips)| tips.contains(&entry.tip.letter.id))
                || (self.alike.is_none()
                    && (self.is_all || !entry.is_done(&viewer))
                    && self.search.as_ref().is_none_or(|(_, query)| Subject::new(entry, now).fits(query)))
        };
        let tips = self.inbox.tips.iter().enumerate();
        self.listed = tips.filter(|(_, entry)| is_listed(entry)).map(|(at, _)| at).collect();
        let same = self.listed.iter().position(|at| Some(self.inbox.tips[*at].tip.letter.id) == looked_at);
        let before = self.at;
        self.at = same.unwrap_or(self.at).min(self.listed.len().saturating_sub(1));
        if same.is_none() || self.at != before {
            self.scroll = 0;
        }
    }
}
