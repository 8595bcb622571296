//! Tips that may tell of the same thing: by phones, plates, e-mails, user names and places that they share, and by how alike
//! their words are. Everything happens in memory on opened tips; a person decides what is linked.

mod grams;
pub mod identifiers;
mod places;

use super::fields;
use super::inbox::Entry;
use crate::crypto::letter::Letter;
use grams::{Grams, Weights};
use identifiers::Kind;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Words this alike are told twice.
const ALIKE: f32 = 0.50;
/// Words this alike are told twice where a phone, a plate or the like is shared, or the place.
const ALIKE_WITH_SHARED: f32 = 0.10;
/// Words less alike than this are not worth a person's time unless something is shared.
const WORTH_SHOWING: f32 = 0.22;
/// An identifier in more than this many tips is a help line's number, not a trace.
pub const COMMON: usize = 25;

/// Tips, ready to be compared.
pub struct Corpus {
    tips: Vec<Tip>,
    weights: Weights,
    /// In how many tips each shared thing stands.
    counts: HashMap<Shared, usize>,
}

struct Tip {
    grams: Grams,
    shared: BTreeSet<Shared>,
}

/// Something that two tips can have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shared {
    /// A phone, a plate and so on, as it is compared.
    Identifier(Kind, String),
    /// A place, as it is compared.
    Place(String),
}

/// What one tip may be to another, as far as a machine can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guess {
    /// Told twice.
    Duplicate,
    /// The same phone, plate, e-mail, user name or link.
    SameTrace,
    /// The same place.
    SamePlace,
    /// Alike in words alone, and less so.
    Alike,
}

/// A tip that may belong to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Its place in the list that the corpus was made of.
    pub at: usize,
    /// What it may be.
    pub guess: Guess,
    /// How alike the words are, from 0 to 1.
    pub likeness: f32,
    /// What both have. Hostile text like any.
    pub shared: Vec<Shared>,
}

impl Guess {
    /// In a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::SameTrace => "same-trace",
            Self::SamePlace => "same-place",
            Self::Alike => "alike",
        }
    }
}

impl std::fmt::Display for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Identifier(kind, key) => write!(f, "{} {key}", kind.as_str()),
            Self::Place(key) => write!(f, "place {key}"),
        }
    }
}

impl Corpus {
    /// Of an inbox.
    pub fn of_entries(entries: &[Entry]) -> Self {
        Self::new(&entries.iter().map(|entry| &*entry.tip.letter).collect::<Vec<_>>())
    }

    /// Of letters.
    pub fn new(letters: &[&Letter]) -> Self {
        let read: Vec<_> = letters.par_iter().map(|letter| (Grams::of(&words(letter)), shared(letter))).collect();
        let weights = Weights::of(read.iter().map(|(grams, _)| grams));
        let mut counts: HashMap<Shared, usize> = HashMap::new();
        for thing in read.iter().flat_map(|(_, shared)| shared) {
            *counts.entry(thing.clone()).or_default() += 1;
        }
        let weighed = read.into_par_iter().map(|(grams, shared)| Tip { grams: weights.weigh(grams), shared });
        let tips = weighed.collect();
        Self { tips, weights, counts }
    }

    /// How many tips there are to compare.
    pub fn len(&self) -> usize {
        self.tips.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tips.is_empty()
    }

    /// Tips that may belong to the one at this place, the most likely first.
    pub fn similar_to(&self, at: usize) -> Vec<Match> {
        let Some(tip) = self.tips.get(at) else { return Vec::new() };
        let others = self.tips.par_iter().enumerate().filter(|(other, _)| *other != at);
        let mut matches: Vec<Match> = others.filter_map(|(other, with)| self.compare(tip, other, with)).collect();
        matches.sort_by(|one, other| {
            one.guess.cmp(&other.guess).then(other.likeness.total_cmp(&one.likeness)).then(one.at.cmp(&other.at))
        });
        matches
    }

    fn compare(&self, tip: &Tip, at: usize, with: &Tip) -> Option<Match> {
        let shared: Vec<_> = tip.shared.intersection(&with.shared).filter(|thing| self.is_telling(thing)).collect();
        let likeness = tip.grams.likeness(&with.grams);
        let has_trace = shared.iter().any(|thing| matches!(thing, Shared::Identifier(..)));
        let guess = match () {
            () if likeness >= ALIKE || !shared.is_empty() && likeness >= ALIKE_WITH_SHARED => Guess::Duplicate,
            () if has_trace => Guess::SameTrace,
            () if !shared.is_empty() => Guess::SamePlace,
            () if likeness >= WORTH_SHOWING => Guess::Alike,
            () => return None,
        };
        Some(Match { at, guess, likeness, shared: shared.into_iter().cloned().collect() })
    }

    /// A number that stands in tip after tip belongs to nobody.
    fn is_telling(&self, thing: &Shared) -> bool {
        self.counts.get(thing).is_none_or(|count| *count <= COMMON)
    }

    /// How many different pieces of words were seen.
    pub fn pieces(&self) -> usize {
        self.weights.len()
    }
}

fn words(letter: &Letter) -> String {
    let parts = ["story", "where", "when", "suspects", "checkable"];
    let texts = parts.iter().flat_map(|field| fields::values(letter, field).into_iter().flatten());
    texts.collect::<Vec<_>>().join(" \n ")
}

fn shared(letter: &Letter) -> BTreeSet<Shared> {
    let identifiers = identifiers::of_letter(letter);
    let found = identifiers.into_iter().map(|found| Shared::Identifier(found.kind, found.key));
    found.chain(places::of_letter(letter).into_iter().map(Shared::Place)).collect()
}

#[cfg(test)]
mod made;
#[cfg(test)]
mod tests;
