//! What a key does to the tip that is looked at: what makes no sense there is said and not asked.

use super::{Action, Mode, State};
use crate::crypto::event::{EventHash, Kind};
use crate::desk::case::{Referral, ReferralState, short};
use crate::desk::inbox::Entry;
use crate::desk::tui::flow::{Choice, Flow};

/// What a key comes to.
enum Pressed {
    /// A command that asks nothing.
    Run(Vec<String>),
    /// Questions.
    Ask(Flow),
    /// It cannot be done here, and why.
    No(&'static str),
    /// The key means nothing.
    Nothing,
}

impl State {
    /// A key that does something to the tip.
    pub(super) fn press_tip(&mut self, key: char) -> Action {
        let Some(entry) = self.selected() else { return Action::None };
        match self.pressed(entry, key) {
            Pressed::Run(words) => return Action::Run(words),
            Pressed::Ask(flow) => {
                self.said.clear();
                self.mode = Mode::Ask(flow, String::new());
            }
            Pressed::No(why) => self.say(why, true),
            Pressed::Nothing => {}
        }
        Action::None
    }

    fn pressed(&self, entry: &Entry, key: char) -> Pressed {
        let id = entry.short_id.as_str();
        let run = |words: &[&str]| Pressed::Run(words.iter().map(ToString::to_string).collect());
        Pressed::Ask(match key {
            'c' => return run(&["claim", id]),
            'r' => return run(&["release", id]),
            'i' => return run(&["similar", id, "--json"]),
            'w' => Flow::note(id),
            'l' => Flow::label(id),
            's' => Flow::status(id),
            'p' => Flow::priority(id),
            'e' => Flow::grade(id),
            'o' => Flow::outcome(id),
            'a' => Flow::assign(id),
            'h' => Flow::hold(id, entry.case.holds.contains_key(&self.inbox.viewer.agency)),
            '=' => Flow::link(id),
            'm' => Flow::redact(id),
            'f' => match self.other_agencies() {
                none if none.is_empty() => return Pressed::No("this machine knows of no other agency yet"),
                agencies => Flow::refer(id, agencies),
            },
            'y' if self.offered(entry).is_some() => Flow::accept(id),
            'd' if self.offered(entry).is_some() => Flow::refuse("decline", id),
            'd' if self.accepted(entry).is_some() => Flow::refuse("return", id),
            'y' | 'd' => return Pressed::No("nothing of it is offered to your agency"),
            'D' => Flow::delete(id),
            'O' => match self.to_sign(entry) {
                Some((event, _)) if !has_deletion(entry) => Flow::object(id, Some(&short(&event))),
                _ => Flow::object(id, None),
            },
            'V' => match self.to_sign(entry) {
                Some((event, what)) => Flow::countersign(id, &short(&event), &what),
                None => return Pressed::No("no colleague of another agency has asked to cross a wish here"),
            },
            'x' => Flow::recuse(id),
            _ => return Pressed::Nothing,
        })
    }

    fn offered<'a>(&self, entry: &'a Entry) -> Option<&'a Referral> {
        entry.offer_to(self.inbox.viewer.agency)
    }

    fn accepted<'a>(&self, entry: &'a Entry) -> Option<&'a Referral> {
        let is_ours = |referral: &&Referral| {
            referral.to == self.inbox.viewer.agency && matches!(referral.state, ReferralState::Accepted { .. })
        };
        entry.case.referrals.iter().rev().find(is_ours)
    }

    /// Other agencies, by the first digit or letter that tells them apart; a blank where there are more than letters.
    fn other_agencies(&self) -> Vec<Choice> {
        let others = self.names.all().filter(|(number, _)| *number != self.inbox.viewer.agency);
        let keys = ('0'..='9').chain('a'..='z').filter(|key| *key != 'y').chain(std::iter::repeat(' '));
        let all: Vec<_> = others.collect();
        let is_a_digit = all.iter().all(|(number, _)| number.0 < 10);
        let key = |number: u16, next: char| if is_a_digit { char::from_digit(number.into(), 10) } else { Some(next) };
        all.into_iter()
            .zip(keys)
            .filter_map(|((number, name), next)| Some((key(number.0, next)?, number.to_string(), name)))
            .collect()
    }

    /// An override of another agency that waits for someone beside its author, and what it says.
    fn to_sign(&self, entry: &Entry) -> Option<(EventHash, String)> {
        let viewer = &self.inbox.viewer;
        let waits = entry.case.overrides.iter().rev().find(|request| {
            let signed = request.countersigned.iter().any(|stamp| stamp.by.person == viewer.person);
            request.is_open() && request.stamp.by.agency != viewer.agency && !signed
        })?;
        let to = waits.what.to.as_deref().unwrap_or("nobody");
        let what = format!(
            "{}, {} to {to}; {}: {}",
            waits.what.wish, waits.what.verb, waits.stamp.by.person, waits.what.reason
        );
        Some((waits.stamp.event, what))
    }

    /// What takes back an event that the viewer has just written, where one can: what they offered, marked, asked for.
    pub(super) fn withdrawal(&self, words: &[String]) -> Option<Vec<String>> {
        let [verb, typed, ..] = words else { return None };
        if words.iter().any(|word| word == "--dry-run") {
            return None;
        }
        let of_verb = |kind: &Kind| {
            matches!(
                (verb.as_str(), kind),
                ("refer", Kind::Refer { .. })
                    | ("redact", Kind::Redact { .. })
                    | ("object", Kind::Object { .. })
                    | ("delete", Kind::Delete { .. })
            )
        };
        let entry = self.inbox.tips.iter().find(|entry| entry.short_id == *typed)?;
        let mine =
            entry.case.events.iter().rev().find(|named| named.event.author.person == self.inbox.viewer.person)?;
        if !of_verb(&mine.event.what) {
            return None;
        }
        Some(vec!["withdraw".into(), entry.short_id.clone(), short(&mine.hash)])
    }
}

fn has_deletion(entry: &Entry) -> bool {
    entry.case.deletions.iter().any(crate::desk::case::Request::is_open)
}
