//! One tip as a search looks at it. What is costly is made once, and only when a search asks for it.

use super::fold::{fold, is_spaceless, is_word};
use super::glob;
use super::query::{Pattern, Query, Term};
use crate::crypto::letter::YesNo;
use crate::desk::fields;
use crate::desk::inbox::{Asks, Entry};
use crate::desk::similar::identifiers::{self, Identifier, Kind};
use std::cell::OnceCell;

/// Fields that a search may name, and what they hold.
pub const FIELDS: [(&str, &str); 31] = [
    ("story", "what is going on"),
    ("urgency", "now, soon, not_now or unsure"),
    ("about", "self, other, seen or group"),
    ("minor", "yes, no or unsure"),
    ("signs", "a line that was ticked, such as keeps_id"),
    ("where", "the place"),
    ("when", "the time"),
    ("suspects", "who does it"),
    ("basis", "self, saw, person_told, other_told or online"),
    ("checkable", "what could be checked"),
    ("exclude_text", "who must not see it"),
    ("share", "none, facts, all or on_hold"),
    ("contact", "none, code or other"),
    ("lang", "language of the form"),
    ("route", "fast, full or voice"),
    ("phone", "a phone number anywhere in the tip"),
    ("plate", "a number plate anywhere in the tip"),
    ("email", "an e-mail address anywhere in the tip"),
    ("handle", "a user name anywhere in the tip"),
    ("link", "a web address anywhere in the tip"),
    ("reader", "number of an agency that the source picked"),
    ("priority", "P1 to P4"),
    ("reason", "words of the reasons for the priority"),
    ("status", "new, claimed, assessing, referred, acting or closed"),
    ("claimed", "who works on it; claimed:* anyone"),
    ("label", "a label that a reader put on"),
    ("note", "words that readers wrote beside it"),
    ("id", "the beginning of the id"),
    ("day", "the day it came, such as 2026-11-24 or 2026-11-*"),
    ("after", "came on this day or later"),
    ("before", "came before this day"),
];

/// One tip.
pub struct Subject<'a> {
    /// Which.
    pub entry: &'a Entry,
    now: u64,
    text: OnceCell<String>,
    identifiers: OnceCell<Vec<Identifier>>,
}

impl<'a> Subject<'a> {
    /// A tip that nothing was asked of yet, at this time in seconds since 1970.
    pub fn new(entry: &'a Entry, now: u64) -> Self {
        Self { entry, now, text: OnceCell::new(), identifiers: OnceCell::new() }
    }

    /// Whether the tip is what a search asks for.
    pub fn fits(&self, query: &Query) -> bool {
        match query {
            Query::And(parts) => parts.iter().all(|part| self.fits(part)),
            Query::Or(parts) => parts.iter().any(|part| self.fits(part)),
            Query::Not(part) => !self.fits(part),
            Query::Term(term) => self.has(term),
        }
    }

    fn has(&self, term: &Term) -> bool {
        let letter = &self.entry.tip.letter;
        let Some(field) = term.field.as_deref() else {
            let is_minor = matches!(&term.pattern, Pattern::Word(word) if word.eq_ignore_ascii_case("minor"));
            return is_minor && letter.answers.minor == Some(YesNo::Yes) || stands_in(&term.pattern, self.text());
        };
        let is = |value: &str| is_value(&term.pattern, value);
        let is_any = matches!(&term.pattern, Pattern::Word(word) if word == "*");
        let is_or_any = |value: &str| is_any || is(value);
        let day = self.entry.tip.day.to_string();
        match field {
            "phone" => self.has_identifier(Kind::Phone, &term.pattern),
            "plate" => self.has_identifier(Kind::Plate, &term.pattern),
            "email" => self.has_identifier(Kind::Email, &term.pattern),
            "handle" => self.has_identifier(Kind::Handle, &term.pattern),
            "link" => self.has_identifier(Kind::Link, &term.pattern),
            "reader" => letter.readers.iter().any(|number| is(&number.to_string())),
            "priority" => {
                self.entry.level().is_some_and(|level| is(&level.to_string()) || is(&level.number().to_string()))
            }
            "reason" => {
                let reasons = self.entry.priority.iter().flat_map(|priority| &priority.reasons);
                reasons.into_iter().any(|reason| stands_in(&term.pattern, &fold(reason)))
            }
            "status" => is(self.entry.case.status(self.now).as_str()),
            "claimed" => self.entry.case.claimed_by(self.now).is_some_and(|claim| is(&claim.stamp.by.person)),
            "label" => self.entry.case.labels.keys().any(|label| is(label)),
            "note" => self.entry.case.notes.iter().any(|note| is_any || stands_in(&term.pattern, &fold(&note.text))),
            "id" => {
                let typed = crate::model::tip::normalize_typed_id(term.pattern.text());
                letter.id.starts_with(&typed)
            }
            // As lists show it: by now, whatever a later letter says.
            "share" => Asks::of(self.entry).share_word().is_some_and(is_or_any),
            "contact" => Asks::of(self.entry).contact_word().is_some_and(is_or_any),
            "exclude_text" => {
                Asks::of(self.entry).exclude_text.is_some_and(|text| is_any || stands_in(&term.pattern, &fold(text)))
            }
            "day" => is(&day),
            "after" => day.as_str() >= term.pattern.text(),
            "before" => day.as_str() < term.pattern.text(),
            text => {
                let is_free = fields::FREE.contains(&text);
                fields::values(letter, text)
                    .into_iter()
                    .flatten()
                    .any(|value| is_any || if is_free { stands_in(&term.pattern, &fold(value)) } else { is(value) })
            }
        }
    }

    fn has_identifier(&self, kind: Kind, pattern: &Pattern) -> bool {
        let wanted = identifiers::key(kind, pattern.text());
        let of_kind = self.identifiers().iter().filter(|found| found.kind == kind);
        of_kind.into_iter().any(|found| glob::fits(&wanted, &found.key))
    }

    /// Phones, plates and the like that stand anywhere in the tip.
    pub fn identifiers(&self) -> &[Identifier] {
        self.identifiers.get_or_init(|| identifiers::of_letter(&self.entry.tip.letter))
    }

    /// All text of the source, folded.
    fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let mut text = String::new();
            for (_, part) in fields::texts(&self.entry.tip.letter) {
                text.push_str(&fold(part));
                text.push('\n'); // folded text has none, so that no phrase reaches over it
            }
            text
        })
    }
}

fn is_value(pattern: &Pattern, value: &str) -> bool {
    match pattern {
        Pattern::Word(_) => glob::fits(&pattern.folded(), &fold(value)),
        Pattern::Phrase(_) => pattern.folded() == fold(value),
    }
}

/// Whether a word or phrase stands in a folded text.
pub fn stands_in(pattern: &Pattern, folded: &str) -> bool {
    place(pattern, folded).is_some()
}

/// Where it stands first: the bytes from and to.
pub fn place(pattern: &Pattern, folded: &str) -> Option<(usize, usize)> {
    let wanted = pattern.folded();
    let is_phrase = matches!(pattern, Pattern::Phrase(_));
    if !is_phrase && glob::is_glob(&wanted) {
        return words(folded).find(|(_, word)| glob::fits(&wanted, word)).map(|(at, word)| (at, at + word.len()));
    }
    let (first, last) = (wanted.chars().next()?, wanted.chars().next_back()?);
    let found = memchr::memmem::find_iter(folded.as_bytes(), wanted.as_bytes()).find(|&at| {
        let before = folded[..at].chars().next_back();
        let after = folded[at + wanted.len()..].chars().next();
        let begins = !is_word(first) || is_spaceless(first) || !before.is_some_and(|c| is_word(c) && !is_spaceless(c));
        let ends = !is_phrase
            || !is_word(last)
            || is_spaceless(last)
            || !after.is_some_and(|c| is_word(c) && !is_spaceless(c));
        begins && ends
    });
    found.map(|at| (at, at + wanted.len()))
}

/// Words of a folded text with where they begin.
fn words(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    folded
        .split(|c: char| !is_word(c))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - folded.as_ptr() as usize, word))
}
