//! Receipt codes: eight words that open a mailbox, and what follows from them. `docs/PROTOCOL.md` section 12.
//!
//! The page makes codes; here they are made for tests and for those who check the page. No code reaches the server.

mod field;
mod list;

pub use list::WordList;

use super::hybrid::HybridIdentity;
use super::sign;
use crate::model::hex::{Hex, Sha256Hash, VerifyingKeyBytes};
use aws_lc_rs::pbkdf2;
use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use std::num::NonZeroU32;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Words of a code.
pub const WORDS: usize = 8;
const RANDOM_WORDS: usize = 7;
const BITS_OF_WORD: usize = 11;
const CODE_BYTES: usize = 10;
const SPARE_BITS: usize = CODE_BYTES * 8 - RANDOM_WORDS * BITS_OF_WORD;
const ROUNDS: NonZeroU32 = NonZeroU32::new(600_000).expect("it is not zero");
const SALT: &[u8] = b"knothole/receipt/v1";

/// A code: 77 random bits. Wiped when dropped; has no `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct ReceiptCode([u8; CODE_BYTES]);

/// What a code gives at one site. Wiped when dropped; has no `Debug`.
pub struct Receipt {
    mailbox: [u8; 32],
    token: Zeroizing<[u8; 32]>,
    reply: HybridIdentity,
    follow_up: SigningKey,
}

/// Why words are no code. Says nothing of the words but which one it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not so many words.
    #[error("a code has eight words, here are {0}")]
    Count(usize),
    /// Not in the list; counted from 0.
    #[error("word {} is not in the list", .0 + 1)]
    Word(usize),
    /// One of the words is wrong, or two stand in each other's place.
    #[error("the words do not belong together")]
    Check,
}

impl ReceiptCode {
    /// A new code from the system's randomness.
    ///
    /// # Panics
    /// When the system gives no randomness.
    pub fn generate() -> Self {
        let mut bytes = [0; CODE_BYTES];
        getrandom::fill(&mut bytes).expect("no code can be made on a system that gives no randomness");
        bytes[0] &= 0xff >> SPARE_BITS;
        Self(bytes)
    }

    /// The code that is these bits, the first three of which are zero. None when they are not.
    pub fn from_bytes(bytes: [u8; CODE_BYTES]) -> Option<Self> {
        (bytes[0] >> (8 - SPARE_BITS) == 0).then_some(Self(bytes))
    }

    /// The bits. Whoever has them has the code.
    pub const fn expose_bytes(&self) -> &[u8; CODE_BYTES] {
        &self.0
    }

    /// The words, as they are shown once.
    pub fn expose_words(&self, list: WordList) -> Zeroizing<String> {
        let mut indexes = [0; WORDS];
        for (at, index) in indexes[..RANDOM_WORDS].iter_mut().enumerate() {
            *index = self.word(at);
        }
        indexes[RANDOM_WORDS] = field::check_word(&indexes[..RANDOM_WORDS]);
        Zeroizing::new(indexes.map(|index| list.word(index)).join(" "))
    }

    /// Reads the words as a person types them.
    pub fn from_words(text: &str, list: WordList) -> Result<Self, ReceiptError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() != WORDS {
            return Err(ReceiptError::Count(words.len()));
        }
        let mut indexes = Zeroizing::new([0; WORDS]);
        for (at, word) in words.iter().enumerate() {
            indexes[at] = list.find(word).ok_or(ReceiptError::Word(at))?;
        }
        if field::check_word(&indexes[..RANDOM_WORDS]) != indexes[RANDOM_WORDS] {
            return Err(ReceiptError::Check);
        }
        let bits = indexes[..RANDOM_WORDS].iter().fold(0_u128, |bits, &index| bits << BITS_OF_WORD | u128::from(index));
        let mut bytes = [0; CODE_BYTES];
        bytes.copy_from_slice(&bits.to_be_bytes()[16 - CODE_BYTES..]);
        Ok(Self(bytes))
    }

    /// What the code gives at the site of this genesis. Costs 600,000 rounds of PBKDF2.
    pub fn derive(&self, genesis: &Sha256Hash) -> Receipt {
        let salt = [SALT, genesis.as_bytes()].concat();
        let mut master = Zeroizing::new([0; 32]);
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt, &self.0, &mut master[..]);
        let derived = |info: &str| {
            let mut okm = [0; 32];
            Hkdf::<Sha256>::new(None, &master[..])
                .expand(info.as_bytes(), &mut okm)
                .expect("HKDF-SHA-256 gives up to 8,160 bytes");
            okm
        };
        Receipt {
            mailbox: derived("knothole/receipt/v1/mailbox"),
            token: Zeroizing::new(derived("knothole/receipt/v1/token")),
            reply: HybridIdentity::from_seed(derived("knothole/receipt/v1/reply")),
            follow_up: SigningKey::from_bytes(&derived("knothole/receipt/v1/sign")),
        }
    }

    fn word(&self, at: usize) -> u16 {
        let mut wide = [0; 16];
        wide[16 - CODE_BYTES..].copy_from_slice(&self.0);
        let bits = u128::from_be_bytes(wide) >> ((RANDOM_WORDS - 1 - at) * BITS_OF_WORD);
        u16::try_from(bits & 0x7ff).expect("eleven bits are left")
    }
}

impl Receipt {
    /// The mailbox.
    pub const fn mailbox(&self) -> Hex<32> {
        Hex(self.mailbox)
    }

    /// Opens the mailbox.
    pub fn expose_token(&self) -> &[u8; 32] {
        &self.token
    }

    /// What stands in the letter, and beside each reply on the server.
    pub fn token_hash(&self) -> Sha256Hash {
        Hex(Sha256::digest(&self.token[..]).into())
    }

    /// Opens replies.
    pub const fn reply_identity(&self) -> &HybridIdentity {
        &self.reply
    }

    /// Signs follow-ups.
    pub const fn follow_up_key(&self) -> &SigningKey {
        &self.follow_up
    }

    /// The public half of it.
    pub fn follow_up_public_key(&self) -> VerifyingKeyBytes {
        sign::public_key(&self.follow_up)
    }
}

#[cfg(test)]
#[path = "receipt/tests.rs"]
mod tests;
