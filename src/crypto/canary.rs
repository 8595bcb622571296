//! The mark of a canary, as it stands in a letter: who made the tip, when, and their signature over exactly this tip.
//! `docs/PROTOCOL.md` section 7.8. Whoever copies a mark into another tip has copied nothing that counts.

use super::letter::{Answers, Letter};
use super::statement::{Canary, Statement as _};
use crate::model::hex::{Hex, Nonce16, Sha256Hash, SignatureBytes, VerifyingKeyBytes};
use crate::model::tip::TipId;
use ed25519_dalek::SigningKey;
use sha2::{Digest as _, Sha256};

/// What the story of a canary is made of.
pub const FILLER: char = '-';

/// One mark, read or made. Whether it holds is for [`Mark::is_by`] to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Seconds since 1970, by the clock of who made it.
    pub at: u64,
    /// By the hash of this, agencies say that they opened it.
    pub nonce: Nonce16,
    /// Over a [`Canary`].
    pub signature: SignatureBytes,
    /// Id of the member or admin who made it.
    pub by: String,
}

impl Mark {
    /// Marks a tip.
    pub fn make(site: Sha256Hash, tip: TipId, by: &str, at: u64, nonce: Nonce16, key: &SigningKey) -> Self {
        let signature = Canary { site, tip, by: by.to_owned(), at, nonce }.sign(key);
        Self { at, nonce, signature, by: by.to_owned() }
    }

    /// The mark in a letter that says nothing else: one with any words of somebody is a tip, whatever else stands in it.
    pub fn of(letter: &Letter) -> Option<Self> {
        let mut answers = letter.answers.clone();
        let text = answers.canary.take()?;
        let is_empty = answers.story.take().is_none_or(|story| story.chars().all(|letter| letter == FILLER));
        if is_empty && answers == Answers::default() { Self::parse(&text) } else { None }
    }

    /// As it stands in a letter.
    pub fn to_text(&self) -> String {
        let Self { at, nonce, signature, by } = self;
        format!("{at}.{nonce}.{signature}.{by}")
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, '.');
        let at = parts.next()?.parse().ok()?;
        let (nonce, signature) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { at, nonce, signature, by: parts.next()?.to_owned() })
    }

    /// Whether this key has marked this tip.
    pub fn is_by(&self, site: Sha256Hash, tip: TipId, key: &VerifyingKeyBytes) -> bool {
        let Self { at, nonce, signature, by } = self;
        Canary { site, tip, by: by.clone(), at: *at, nonce: *nonce }.is_by(key, signature)
    }

    /// By what agencies name it.
    pub fn hash(&self) -> Sha256Hash {
        Hex(Sha256::digest(self.nonce.as_bytes()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::letter::Route;
    use crate::crypto::sign::public_key;

    fn letter(answers: Answers) -> Letter {
        let mut letter = Letter::new(TipId([2; 32]), "2026-11-24T01:45Z".into(), "en".into(), Route::Fast, vec![]);
        letter.answers = answers;
        letter
    }

    fn mark() -> Mark {
        Mark::make(Hex([1; 32]), TipId([2; 32]), "mia.laptop", 7, Hex([3; 16]), &SigningKey::from_bytes(&[5; 32]))
    }

    #[test]
    fn a_mark_is_read_as_it_was_made_and_holds_for_its_tip_site_and_maker_alone() {
        let answers = Answers { canary: Some(mark().to_text()), story: Some("---".into()), ..Answers::default() };
        let read = Mark::of(&letter(answers)).unwrap();
        assert_eq!(read, mark());
        let key = public_key(&SigningKey::from_bytes(&[5; 32]));
        assert!(read.is_by(Hex([1; 32]), TipId([2; 32]), &key));
        assert!(!read.is_by(Hex([1; 32]), TipId([9; 32]), &key), "another tip");
        assert!(!read.is_by(Hex([9; 32]), TipId([2; 32]), &key), "another site");
        assert!(!Mark { at: 8, ..read }.is_by(Hex([1; 32]), TipId([2; 32]), &key), "another time");
    }

    #[test]
    fn a_letter_with_a_word_in_it_has_no_mark_and_neither_has_one_whose_mark_is_none() {
        let marked = |text: &str| Answers { canary: Some(text.to_owned()), ..Answers::default() };
        let whole = mark().to_text();
        assert!(Mark::of(&letter(marked(&whole))).is_some());
        let worded = Answers { story: Some("help".into()), ..marked(&whole) };
        let placed = Answers { place: Some("-".into()), ..marked(&whole) };
        for answers in [worded, placed, marked(""), marked("7.x.y.z"), marked(&whole[1..]), Answers::default()] {
            assert_eq!(Mark::of(&letter(answers)), None);
        }
    }
}
