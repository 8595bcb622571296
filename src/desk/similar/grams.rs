//! How alike two texts are: by the pieces of four letters that both have, each weighed by how few tips have it (tf-idf and
//! the cosine of both). Pieces bear a typing mistake, another order and a part left out; letters are those of the Latin
//! alphabet, so that a name written in another script is near.

use any_ascii::any_ascii;
use std::collections::HashMap;

const PIECE: usize = 4;
/// Pieces of one text that are looked at: a stranger's letter may be as long as a book.
const MAX_CHARS: usize = 20_000;

/// Pieces of a text with their weights, sorted by piece.
pub struct Grams(Vec<(u32, f32)>);

/// How much a piece tells.
pub struct Weights {
    counts: HashMap<u32, u32>,
    texts: f32,
}

impl Grams {
    /// The pieces of a text and how often each comes.
    pub fn of(text: &str) -> Self {
        let plain = plain(text);
        let mut pieces: Vec<u32> = plain.as_bytes().windows(PIECE).map(hash).collect();
        pieces.sort_unstable();
        let mut grams: Vec<(u32, f32)> = Vec::new();
        for piece in pieces {
            match grams.last_mut() {
                Some((last, count)) if *last == piece => *count += 1.0,
                _ => grams.push((piece, 1.0)),
            }
        }
        Self(grams)
    }

    /// From 0 to 1.
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut one, mut two, mut sum) = (self.0.as_slice(), other.0.as_slice(), 0.0);
        while let ([(piece, weight), rest @ ..], [(other_piece, other_weight), other_rest @ ..]) = (one, two) {
            match piece.cmp(other_piece) {
                std::cmp::Ordering::Less => one = rest,
                std::cmp::Ordering::Greater => two = other_rest,
                std::cmp::Ordering::Equal => {
                    sum += weight * other_weight;
                    (one, two) = (rest, other_rest);
                }
            }
        }
        sum
    }
}

impl Weights {
    /// Of the pieces in these texts.
    pub fn of<'a>(texts: impl Iterator<Item = &'a Grams>) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        let mut number = 0.0;
        for text in texts {
            number += 1.0;
            for (piece, _) in &text.0 {
                *counts.entry(*piece).or_default() += 1;
            }
        }
        Self { counts, texts: number }
    }

    /// Pieces with their weights, so that a text is exactly as alike to itself as 1.
    pub fn weigh(&self, mut grams: Grams) -> Grams {
        for (piece, count) in &mut grams.0 {
            #[expect(clippy::cast_precision_loss, reason = "a count of tips is far below 2^24")]
            let seen = self.counts.get(piece).copied().unwrap_or(1) as f32;
            *count = count.sqrt() * ((self.texts + 1.0) / seen).ln();
        }
        let length = grams.0.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            grams.0.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        grams
    }

    /// How many different pieces there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }
}

/// Lower-case Latin letters and digits with one space between words.
fn plain(text: &str) -> String {
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    let mut plain = String::from(" ");
    for c in any_ascii(&text[..end]).chars() {
        if c.is_ascii_alphanumeric() {
            plain.push(c.to_ascii_lowercase());
        } else if !plain.ends_with(' ') && c != '\'' {
            plain.push(' ');
        }
    }
    plain
}

fn hash(piece: &[u8]) -> u32 {
    piece.iter().fold(0, |hash, byte| hash << 8 | u32::from(*byte))
}
