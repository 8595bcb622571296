//! What tells two classes of tips apart, if anything does.

use super::classifier::{chance_interval, right_guesses};
use super::seen::Seen;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::fmt;

/// One look may find something by chance once in a thousand times.
const DOUBT: f64 = 0.001;

/// The answer to a question about a tip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    One,
    Other,
}

/// What can be learned from one tip.
struct Sample {
    class: Class,
    families: Vec<(String, Vec<f32>)>,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What is not sealed is not the same for all.
    Told(String),
    /// A classifier did better or worse than chance allows.
    Learned(String),
    /// Nothing.
    Chance(String),
}

impl Verdict {
    pub fn is_chance(&self) -> bool {
        matches!(self, Self::Chance(_))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told(what) => write!(f, "told by {what}"),
            Self::Learned(what) => write!(f, "learned from {what}"),
            Self::Chance(what) => write!(f, "chance ({what})"),
        }
    }
}

/// Tries everything that a tip shows.
pub fn judge(tips: &[(Class, &Seen)]) -> Verdict {
    if let Some(difference) = difference(tips) {
        return Verdict::Told(difference);
    }
    let (train, test) = halves(tips);
    let families = names(&train);
    let interval = chance_interval(test.len(), DOUBT / f64::from(u32::try_from(families.len()).unwrap()));
    let right = |at: usize| right_guesses(&column(&train, at), &column(&test, at));
    let right: Vec<_> = (0..families.len()).into_par_iter().map(right).collect();
    let mut guesses: Vec<_> = families.into_iter().zip(right).collect();
    guesses.sort_by_key(|(_, right)| Reverse(right.abs_diff(test.len() / 2)));
    let (family, most) = &guesses[0];
    let of = (guesses.len(), test.len());
    let said = format!("at most {most} right of {}, by {family} of {}; guessing gives {interval:?}", of.1, of.0);
    if interval.contains(most) { Verdict::Chance(said) } else { Verdict::Learned(said) }
}

fn names(tips: &[Sample]) -> Vec<String> {
    tips[0].families.iter().map(|(name, _)| name.clone()).collect()
}

fn column(tips: &[Sample], at: usize) -> Vec<(Vec<f32>, bool)> {
    tips.iter().map(|tip| (tip.families[at].1.clone(), tip.class == Class::One)).collect()
}

/// The first thing not sealed by which two tips differ, whatever their classes.
fn difference(tips: &[(Class, &Seen)]) -> Option<String> {
    let (_, first) = tips[0];
    tips.iter().find_map(|(_, tip)| {
        if tip.facts.len() != first.facts.len() {
            return Some(format!("{} facts beside {}", tip.facts.len(), first.facts.len()));
        }
        let mut both = first.facts.iter().zip(&tip.facts);
        both.find_map(|(one, other)| (one != other).then(|| format!("{one:?} beside {other:?}")))
    })
}

/// As many of each class, mixed, half to learn from and half to guess.
fn halves(tips: &[(Class, &Seen)]) -> (Vec<Sample>, Vec<Sample>) {
    let mut mixed: Vec<_> =
        tips.par_iter().map(|(class, seen)| Sample { class: *class, families: seen.families() }).collect();
    mix(&mut mixed, 0x5eed);
    let (mut one, mut other): (Vec<_>, Vec<_>) = mixed.into_iter().partition(|sample| sample.class == Class::One);
    let each = one.len().min(other.len());
    assert!(each >= 40, "{} and {} are too few to learn from", one.len(), other.len());
    one.truncate(each);
    other.truncate(each);
    let mut test = one.split_off(each / 2);
    test.append(&mut other.split_off(each / 2));
    one.append(&mut other);
    (one, test)
}

/// An order that is the same at every run and has nothing to do with the tips (xorshift).
pub fn mix<T>(things: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for last in (1..things.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let other = usize::try_from(state % (last as u64 + 1)).unwrap();
        things.swap(last, other);
    }
}
