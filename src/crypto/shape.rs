//! What a sealed file looks like from outside: its lengths and its header; and what one is sealed to. Enough for the
//! server to refuse what is not one, and nothing that could open it. `docs/PROTOCOL.md` sections 2 and 4.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Checksum, Hrp};

/// Bytes of the header of every sealed file but those that are sealed to two.
pub const HEADER_LEN: usize = 1627;
/// Bytes that a second recipient adds to the header.
pub const STANZA_LEN: usize = 1557;
/// Plaintext sizes that a letter is padded to, in bytes.
pub const LETTER_BUCKETS: [usize; 4] = [4096, 16_384, 65_536, 262_144];
/// Plaintext sizes that a case event is padded to, in bytes.
pub const EVENT_BUCKETS: [usize; 3] = [1024, 4096, 16_384];
/// Plaintext bytes of every reply.
pub const REPLY_LEN: usize = 4096;
/// Plaintext bytes of every capsule, decoys too.
pub const CAPSULE_PLAIN_LEN: usize = 227;
/// Bytes of every sealed capsule.
pub const CAPSULE_LEN: usize = sealed_len(CAPSULE_PLAIN_LEN);
/// Plaintext bytes of every message by which two agencies compare what they hold.
pub const POINTER_PLAIN_LEN: usize = 114_688;
/// Bytes of every such message, sealed to both.
pub const POINTER_LEN: usize = sealed_len(POINTER_PLAIN_LEN) + STANZA_LEN;

const NONCE_LEN: usize = 16;
const CHUNK_LEN: usize = 65_536;
const TAG_LEN: usize = 16;
const FIRST_LINE: &[u8] = b"age-encryption.org/v1\n";
const STANZA_START: &[u8] = b"-> mlkem768x25519 ";
const MAC_START: &[u8] = b"--- ";
const ENCAPSULATED_TEXT_LEN: usize = 1494;
const FILE_KEY_TEXT_LEN: usize = 43;
const MAC_TEXT_LEN: usize = 43;

/// What every recipient begins with, before the `1` that separates it from the key.
pub const RECIPIENT_PREFIX: Hrp = Hrp::parse_unchecked("age1pq");
/// Characters of every recipient: prefix, `1`, 1,216 bytes of key at five bits each, checksum.
pub const RECIPIENT_TEXT_LEN: usize = 6 + 1 + 1946 + 6;

/// Why bytes are not a sealed file of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// The length fits no plaintext of the expected length.
    #[error("a sealed file of the wrong length")]
    Length,
    /// The header is not the one header form we write.
    #[error("not an age file with one hybrid stanza")]
    Header,
}

/// Length of the sealed file for a plaintext of `plain_len` bytes (more than 0).
pub const fn sealed_len(plain_len: usize) -> usize {
    HEADER_LEN + NONCE_LEN + plain_len + TAG_LEN * plain_len.div_ceil(CHUNK_LEN)
}

/// The length of the plaintext of a sealed file of `len` bytes; none when there is no such file.
pub fn plain_len(len: u64) -> Option<u64> {
    let (chunk, tag) = (CHUNK_LEN as u64, TAG_LEN as u64);
    let payload = len.checked_sub((HEADER_LEN + NONCE_LEN) as u64)?;
    let plain = payload.checked_sub(tag * payload.div_ceil(chunk + tag))?;
    (plain > 0 && plain + tag * plain.div_ceil(chunk) == payload).then_some(plain)
}

/// Checks that `file` has the one header form we write and the length that `plain_len` bytes of plaintext give.
/// Costs a base64 check of the header; looks at no payload byte.
pub fn check(file: &[u8], plain_len: usize) -> Result<(), ShapeError> {
    if file.len() != sealed_len(plain_len) {
        return Err(ShapeError::Length);
    }
    check_header(file)
}

/// The same of a message by which two agencies compare what they hold: sealed to both.
pub fn check_pointer(file: &[u8]) -> Result<(), ShapeError> {
    if file.len() != POINTER_LEN {
        return Err(ShapeError::Length);
    }
    check_stanzas(file, 2)
}

/// Checks that `file` begins with the one header form we write, wherever it ends.
pub fn check_header(file: &[u8]) -> Result<(), ShapeError> {
    check_stanzas(file, 1)
}

fn check_stanzas(file: &[u8], stanzas: usize) -> Result<(), ShapeError> {
    let mut rest = file.strip_prefix(FIRST_LINE).ok_or(ShapeError::Header)?;
    for _ in 0..stanzas {
        rest = rest.strip_prefix(STANZA_START).ok_or(ShapeError::Header)?;
        rest = skip_base64_line(rest, ENCAPSULATED_TEXT_LEN)?;
        rest = skip_base64_line(rest, FILE_KEY_TEXT_LEN)?;
    }
    let rest = rest.strip_prefix(MAC_START).ok_or(ShapeError::Header)?;
    skip_base64_line(rest, MAC_TEXT_LEN)?;
    Ok(())
}

/// Bech32 (BIP-173) without its limit on length, as age writes keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LongBech32 {}

impl Checksum for LongBech32 {
    type MidstateRepr = <Bech32 as Checksum>::MidstateRepr;
    const CODE_LENGTH: usize = usize::MAX;
    const CHECKSUM_LENGTH: usize = Bech32::CHECKSUM_LENGTH;
    const GENERATOR_SH: [Self::MidstateRepr; 5] = Bech32::GENERATOR_SH;
    const TARGET_RESIDUE: Self::MidstateRepr = Bech32::TARGET_RESIDUE;
}

/// Whether this is the text of a hybrid recipient `age1pq1…` in the one form it is written in: lower case, of the one
/// length, with a true checksum and no spare bit set. Whether a key stands behind it, only those who can seal find out.
pub fn is_hybrid_recipient(text: &str) -> bool {
    text.len() == RECIPIENT_TEXT_LEN
        && !text.contains(|letter: char| letter.is_ascii_uppercase())
        && CheckedHrpstring::new::<LongBech32>(text)
            .is_ok_and(|read| read.hrp() == RECIPIENT_PREFIX && read.validate_segwit_padding().is_ok())
}

fn skip_base64_line(bytes: &[u8], len: usize) -> Result<&[u8], ShapeError> {
    let (text, rest) = bytes.split_at_checked(len).ok_or(ShapeError::Header)?;
    STANDARD_NO_PAD.decode(text).map_err(|_| ShapeError::Header)?;
    rest.strip_prefix(b"\n").ok_or(ShapeError::Header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(plain_len: usize) -> Vec<u8> {
        let mut file = FIRST_LINE.to_vec();
        file.extend_from_slice(STANZA_START);
        file.extend(STANDARD_NO_PAD.encode([7; 1120]).bytes());
        file.push(b'\n');
        file.extend(STANDARD_NO_PAD.encode([7; 32]).bytes());
        file.extend_from_slice(b"\n--- ");
        file.extend(STANDARD_NO_PAD.encode([7; 32]).bytes());
        file.push(b'\n');
        assert_eq!(file.len(), HEADER_LEN);
        file.resize(sealed_len(plain_len), 0);
        file
    }

    #[test]
    fn lengths_are_those_of_the_protocol() {
        assert_eq!(LETTER_BUCKETS.map(sealed_len), [5755, 18_043, 67_195, 263_851]);
        assert_eq!(CAPSULE_LEN, 1886);
    }

    #[test]
    fn a_sealed_length_tells_that_of_the_plaintext_or_is_none() {
        for plain in [1, 227, 4096, 65_535, 65_536, 65_537, 131_072, 1 << 30] {
            let sealed = sealed_len(plain) as u64;
            assert_eq!(plain_len(sealed), Some(plain as u64), "{plain}");
        }
        let of_nothing = (HEADER_LEN + NONCE_LEN) as u64;
        let cut = of_nothing + (CHUNK_LEN + TAG_LEN) as u64;
        for none in [0, of_nothing - 1, of_nothing, of_nothing + 16, cut + 1, cut + 16] {
            assert_eq!(plain_len(none), None, "{none}");
        }
        assert_eq!(plain_len(cut + 17), Some(65_537));
    }

    #[test]
    fn the_one_header_form_is_taken() {
        assert_eq!(check(&sample(4096), 4096), Ok(()));
        assert_eq!(check(&sample(4096), 16_384), Err(ShapeError::Length));
    }

    #[test]
    fn any_changed_header_character_that_leaves_the_form_is_refused() {
        for at in [0, 10, 22, 24, 40, 1533, 1534, 1577, 1578, 1582, 1626] {
            let mut file = sample(227);
            file[at] = b'!';
            assert_eq!(check(&file, 227), Err(ShapeError::Header), "at {at}");
        }
    }

    #[test]
    fn base64_with_spare_bits_set_is_refused() {
        let mut file = sample(227);
        file[1577] = b'/'; // last character of the file key: two spare bits
        assert_eq!(check(&file, 227), Err(ShapeError::Header));
    }

    fn recipient(first: u8) -> String {
        let mut key = [0; 1216];
        key[0] = first;
        bech32::encode_lower::<LongBech32>(RECIPIENT_PREFIX, &key).unwrap()
    }

    #[test]
    fn recipients_of_the_vectors_have_the_shape_of_one() {
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../../tests/vectors/derive.json")).unwrap();
        for vector in vectors.as_array().unwrap() {
            assert!(is_hybrid_recipient(vector["recipient"].as_str().unwrap()), "{vector}");
            assert!(!is_hybrid_recipient(vector["identity"].as_str().unwrap()), "{vector}");
        }
        assert!(is_hybrid_recipient(&recipient(1)));
    }

    #[test]
    fn what_is_not_written_as_a_recipient_is_refused() {
        let good = recipient(1);
        let other_kind = bech32::encode_lower::<LongBech32>(Hrp::parse_unchecked("age1pk"), &[0; 1216]).unwrap();
        let short = bech32::encode_lower::<LongBech32>(RECIPIENT_PREFIX, &[0; 1215]).unwrap();
        let shouted = good.to_uppercase();
        for bad in ["", "age1pq1", "age1pq1m", &good[..1958], &format!("{good}q"), &shouted, &short, &other_kind] {
            assert!(!is_hybrid_recipient(bad), "{bad}");
        }
        for (at, letter) in [(0, "b"), (6, "q"), (7, "p"), (900, "p"), (900, "b"), (900, "Q"), (900, " "), (1958, "b")]
        {
            let mut bad = good.clone();
            bad.replace_range(at..=at, letter);
            assert!(!is_hybrid_recipient(&bad), "{letter:?} at {at}");
        }
        let mut wide = good.clone();
        wide.replace_range(900..902, "é");
        assert!(!is_hybrid_recipient(&wide));
    }

    #[test]
    fn a_recipient_with_a_spare_bit_set_is_refused() {
        use bech32::primitives::iter::{ByteIterExt as _, Fe32IterExt as _};
        for spare in [0, 1, 2, 3] {
            let mut key: Vec<_> = [0_u8; 1216].into_iter().bytes_to_fes().collect();
            *key.last_mut().unwrap() = bech32::Fe32::try_from(spare).unwrap();
            let text: String = key.into_iter().with_checksum::<LongBech32>(&RECIPIENT_PREFIX).chars().collect();
            assert_eq!(is_hybrid_recipient(&text), spare == 0, "{spare}");
        }
    }
}
