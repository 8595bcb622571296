//! The check word: words are elements of GF(2^11) modulo x^11 + x^2 + 1, and the last one makes the sum
//! `x^1 w1 + … + x^7 w7 + w8` zero. The factors differ and none is zero, so that one wrong word, or two different ones in
//! each other's place, never go unseen.

const OVERFLOW: u16 = 1 << 11;
const MODULUS: u16 = OVERFLOW | 0b101;

/// The word that belongs after these.
pub fn check_word(words: &[u16]) -> u16 {
    // Horner's rule from the last word on: each word is multiplied by x as often as its place says.
    words.iter().rev().fold(0, |sum, word| times_x(sum ^ word))
}

const fn times_x(element: u16) -> u16 {
    let shifted = element << 1;
    if shifted & OVERFLOW == 0 { shifted } else { shifted ^ MODULUS }
}
