//! Shares of an agency's key: any few of them that were agreed give it back, fewer say nothing of it. Shamir's scheme over
//! GF(2^8) is `vsss-rs`'s, whose arithmetic takes the same time whatever the key. `docs/PROTOCOL.md` section 10.

use super::hybrid::HybridIdentity;
use crate::model::agency::AgencyNumber;
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use sha2::{Digest, Sha256};
use std::fmt;
use vsss_rs::Gf256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The fewest shares that may give a key back: one alone would be a hidden reader.
pub const MIN_THRESHOLD: u8 = 2;
/// The most shares of one set.
pub const MAX_SHARES: usize = 16;
/// Words of a share.
pub const WORDS: usize = 35;

const FORMAT: u8 = 1;
const SET_LEN: usize = 5;
const POINT_LEN: usize = 33;
const CHECK_LEN: usize = 4;
const LEN: usize = 1 + 2 + 2 + 1 + SET_LEN + POINT_LEN + CHECK_LEN;
const CHECK_PREFIX: &[u8] = b"knothole/recovery/v1\n";
const WORD_BITS: usize = 11;
/// So many letters tell every word of the list from all others.
const ENOUGH_LETTERS: usize = 4;

/// What a share belongs to; the same for all of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set {
    /// Whose key.
    pub agency: AgencyNumber,
    /// Which.
    pub epoch: u16,
    /// How many of its shares give it back.
    pub threshold: u8,
    id: [u8; SET_LEN],
}

/// One share. No `Debug`; wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Share {
    #[zeroize(skip)]
    set: Set,
    point: [u8; POINT_LEN],
}

/// Why a key is not split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{threshold} of {shares} shares is not possible: at least 2 of them, and at most 16 in all")]
pub struct NoSplit {
    threshold: u8,
    shares: usize,
}

/// Why words are no share.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAShare {
    /// Too few, too many.
    #[error("a share has {WORDS} words, not {0}")]
    Count(usize),
    /// One of them, by its place from 1, is none of the list.
    #[error("word {0} is not on the list")]
    Unknown(usize),
    /// They do not fit together.
    #[error("one of the words is wrong, or two are swapped")]
    Check,
    /// A later program's.
    #[error("this share has a format that this version does not know: update desk")]
    Format,
}

/// Why shares give no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// Fewer than it takes: they say nothing of the key.
    #[error("it takes {needed} shares, and so many are there: {found}")]
    TooFew {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// One is of another set.
    #[error("a share of {other} does not go with one of {first}")]
    OtherSet {
        /// The first one's.
        first: Set,
        /// The one's that does not fit.
        other: Set,
    },
    /// One is there twice.
    #[error("share {0} is there twice")]
    Twice(u8),
    /// They were made to give no key.
    #[error("the shares give no key")]
    Nothing,
}

impl fmt::Display for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, ..] = self.id;
        write!(f, "set {a:02x}{b:02x}, of key {} of agency {}", self.epoch, self.agency)
    }
}

/// Splits a key so that any `threshold` of `shares` give it back.
pub fn split(
    key: &HybridIdentity,
    agency: AgencyNumber,
    epoch: u16,
    threshold: u8,
    shares: usize,
) -> Result<Vec<Share>, NoSplit> {
    if !(usize::from(MIN_THRESHOLD)..=shares).contains(&usize::from(threshold)) || shares > MAX_SHARES {
        return Err(NoSplit { threshold, shares });
    }
    let mut id = [0; SET_LEN];
    getrandom::fill(&mut id).expect("no key can be split on a system that gives no randomness");
    let set = Set { agency, epoch, threshold, id };
    let points = Gf256::split_bytes(threshold.into(), shares, key.expose_seed(), UnwrapErr(SysRng));
    let points = points.expect("the numbers were checked, and the key is 32 bytes");
    Ok(points.into_iter().map(Zeroizing::new).map(|point| Share::of_point(set, &point)).collect())
}

/// The key that shares of one set give. Whether it is the right one, its recipient says.
pub fn join(shares: &[Share]) -> Result<HybridIdentity, NoKey> {
    let first = shares.first().ok_or(NoKey::TooFew { found: 0, needed: MIN_THRESHOLD.into() })?.set;
    if let Some(other) = shares.iter().find(|share| share.set != first) {
        return Err(NoKey::OtherSet { first, other: other.set });
    }
    for (at, share) in shares.iter().enumerate() {
        if shares[..at].iter().any(|before| before.number() == share.number()) {
            return Err(NoKey::Twice(share.number()));
        }
    }
    let needed = usize::from(first.threshold);
    if shares.len() < needed {
        return Err(NoKey::TooFew { found: shares.len(), needed });
    }
    let points = Zeroizing::new(shares[..needed].iter().map(|share| share.point.to_vec()).collect::<Vec<_>>());
    let seed = Zeroizing::new(Gf256::combine_bytes(&*points).map_err(|_| NoKey::Nothing)?);
    Ok(HybridIdentity::from_seed(seed.as_slice().try_into().map_err(|_| NoKey::Nothing)?))
}

impl Share {
    fn of_point(set: Set, point: &[u8]) -> Self {
        Self { set, point: point.try_into().expect("a number and 32 bytes") }
    }

    /// What it belongs to.
    pub fn set(&self) -> Set {
        self.set
    }

    /// Its number in its set.
    pub fn number(&self) -> u8 {
        self.point[0]
    }

    /// Its words, of the English BIP-39 list.
    pub fn expose_words(&self) -> Zeroizing<String> {
        let bytes = self.to_bytes();
        let list = bip39::Language::English.word_list();
        let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
        let mut words = Zeroizing::new(String::with_capacity(WORDS * 9));
        for word in 0..WORDS {
            let index = (word * WORD_BITS..(word + 1) * WORD_BITS).fold(0, |index, at| index << 1 | bit(at));
            if word > 0 {
                words.push(' ');
            }
            words.push_str(list[index]);
        }
        words
    }

    /// Reads words, of which the first four letters are enough, in either case.
    pub fn from_words(text: &str) -> Result<Self, NotAShare> {
        let count = text.split_whitespace().count();
        if count != WORDS {
            return Err(NotAShare::Count(count));
        }
        let mut bytes = Zeroizing::new([0; LEN]);
        for (place, typed) in text.split_whitespace().enumerate() {
            let index = index_of(typed).ok_or(NotAShare::Unknown(place + 1))?;
            for bit in 0..WORD_BITS {
                let at = place * WORD_BITS + bit;
                let is_set = index >> (WORD_BITS - 1 - bit) & 1 == 1;
                match bytes.get_mut(at / 8) {
                    Some(byte) => *byte |= u8::from(is_set) << (7 - at % 8),
                    None if is_set => return Err(NotAShare::Check),
                    None => {}
                }
            }
        }
        Self::from_bytes(&bytes)
    }

    fn to_bytes(&self) -> Zeroizing<[u8; LEN]> {
        let Set { agency, epoch, threshold, id } = self.set;
        let mut bytes = Zeroizing::new([0; LEN]);
        bytes[0] = FORMAT;
        bytes[1..3].copy_from_slice(&agency.0.to_be_bytes());
        bytes[3..5].copy_from_slice(&epoch.to_be_bytes());
        bytes[5] = threshold;
        bytes[6..6 + SET_LEN].copy_from_slice(&id);
        bytes[6 + SET_LEN..LEN - CHECK_LEN].copy_from_slice(&self.point);
        let check = check(&bytes[..LEN - CHECK_LEN]);
        bytes[LEN - CHECK_LEN..].copy_from_slice(&check);
        bytes
    }

    fn from_bytes(bytes: &[u8; LEN]) -> Result<Self, NotAShare> {
        let (said, sum) = bytes.split_at(LEN - CHECK_LEN);
        if check(said) != *sum {
            return Err(NotAShare::Check);
        }
        if said[0] != FORMAT {
            return Err(NotAShare::Format);
        }
        let number = |at: usize| u16::from_be_bytes([said[at], said[at + 1]]);
        let (mut id, mut point) = ([0; SET_LEN], Zeroizing::new([0; POINT_LEN]));
        id.copy_from_slice(&said[6..6 + SET_LEN]);
        point.copy_from_slice(&said[6 + SET_LEN..]);
        let is_sound = said[5] >= MIN_THRESHOLD && point[0] > 0;
        let set = Set { agency: AgencyNumber(number(1)), epoch: number(3), threshold: said[5], id };
        if is_sound { Ok(Self { set, point: *point }) } else { Err(NotAShare::Check) }
    }
}

fn check(said: &[u8]) -> [u8; CHECK_LEN] {
    let digest: [u8; 32] = Sha256::new().chain_update(CHECK_PREFIX).chain_update(said).finalize().into();
    digest[..CHECK_LEN].try_into().expect("a digest is longer")
}

fn index_of(typed: &str) -> Option<u16> {
    let typed = Zeroizing::new(typed.to_lowercase());
    let list = bip39::Language::English;
    list.find_word(&typed).or_else(|| {
        let begins = |word: &&str| typed.len() >= ENOUGH_LETTERS && word.starts_with(typed.as_str());
        list.find_word(list.word_list().iter().copied().find(begins)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(fill: u8) -> HybridIdentity {
        HybridIdentity::from_seed([fill; 32])
    }

    fn shares(threshold: u8, count: usize) -> Vec<Share> {
        split(&key(7), AgencyNumber(1), 4, threshold, count).unwrap()
    }

    fn seed_of(shares: &[Share]) -> Result<[u8; 32], NoKey> {
        join(shares).map(|key| *key.expose_seed())
    }

    fn picked(all: &[Share], which: &[usize]) -> Vec<Share> {
        which.iter().map(|at| all[*at].clone()).collect()
    }

    #[test]
    fn any_of_the_agreed_number_give_the_key_back_in_any_order() {
        let all = shares(3, 5);
        for which in [&[0, 1, 2][..], &[4, 2, 0], &[1, 3, 4], &[0, 1, 2, 3, 4]] {
            assert_eq!(seed_of(&picked(&all, which)), Ok([7; 32]), "{which:?}");
        }
        assert_eq!(seed_of(&picked(&all, &[0, 4])), Err(NoKey::TooFew { found: 2, needed: 3 }));
        assert_eq!(seed_of(&picked(&all, &[0, 1, 0])), Err(NoKey::Twice(1)));
        assert_eq!(seed_of(&[]), Err(NoKey::TooFew { found: 0, needed: 2 }));
    }

    #[test]
    fn a_share_of_another_set_is_named_and_gives_nothing() {
        let (one, other) = (shares(2, 3), shares(2, 3));
        let mixed = [one[0].clone(), other[1].clone()];
        let refused = join(&mixed).err().unwrap();
        assert_eq!(refused, NoKey::OtherSet { first: one[0].set(), other: other[1].set() });
        assert!(refused.to_string().contains("key 4 of agency 1"), "{refused}");
    }

    #[test]
    fn one_share_alone_more_than_there_are_and_a_crowd_are_refused() {
        for (threshold, count) in [(1, 3), (0, 3), (4, 3), (2, 17), (2, 0)] {
            assert!(split(&key(7), AgencyNumber(0), 1, threshold, count).is_err(), "{threshold} of {count}");
        }
    }

    #[test]
    fn words_are_read_again_in_either_case_and_by_their_first_four_letters() {
        let share = &shares(2, 2)[1];
        let words = share.expose_words();
        assert_eq!(words.split(' ').count(), WORDS);
        let short: Vec<_> =
            words.split(' ').map(|word| word.chars().take(4).collect::<String>().to_uppercase()).collect();
        assert!(
            Share::from_words(&words) == Ok(share.clone()) && Share::from_words(&short.join("\n")) == Ok(share.clone())
        );
        let error = |text: &str| Share::from_words(text).err().unwrap();
        assert_eq!(error(&words.replacen(' ', " nonsense ", 1)), NotAShare::Count(WORDS + 1));
        let mut other: Vec<_> = words.split(' ').collect();
        other[3] = "xyz";
        assert_eq!(error(&other.join(" ")), NotAShare::Unknown(4));
        other[3] = if words.split(' ').nth(3) == Some("zoo") { "zone" } else { "zoo" };
        assert_eq!(error(&other.join(" ")), NotAShare::Check);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        /// With one share fewer than it takes, every key is as possible as any other: for each there is a last share that gives it.
        #[test]
        fn fewer_than_the_agreed_number_fit_every_key_there_is(seed in any::<[u8; 32]>(), wanted in any::<[u8; 32]>(), threshold in 2_u8..6) {
            let all = split(&HybridIdentity::from_seed(seed), AgencyNumber(0), 1, threshold, threshold.into()).unwrap();
            let known = &all[..usize::from(threshold) - 1];
            // Joining is linear in each byte of the last share: its bytes for the key that is wanted are found one by one.
            let mut last = all[usize::from(threshold) - 1].clone();
            for (byte, wanted) in wanted.into_iter().enumerate() {
                let fits = (0..=u8::MAX).find(|guess| {
                    last.point[byte + 1] = *guess;
                    seed_of(&[known, &[last.clone()]].concat()).unwrap()[byte] == wanted
                });
                prop_assert!(fits.is_some());
                last.point[byte + 1] = fits.unwrap();
            }
            prop_assert_eq!(seed_of(&[known, &[last]].concat()), Ok(wanted));
        }

        #[test]
        fn words_go_round(seed in any::<[u8; 32]>(), agency in any::<u16>(), epoch in any::<u16>()) {
            for share in split(&HybridIdentity::from_seed(seed), AgencyNumber(agency), epoch, 2, 3).unwrap() {
                prop_assert!(Share::from_words(&share.expose_words()) == Ok(share.clone()));
            }
        }
    }
}
