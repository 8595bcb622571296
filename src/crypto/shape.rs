//! What a sealed file looks like from outside: its lengths and its header. Enough for the server to refuse what is
//! not one, and nothing that could open it. `docs/PROTOCOL.md` section 4.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Bytes of the header of every sealed file.
pub const HEADER_LEN: usize = 1627;
/// Plaintext sizes that a letter is padded to, in bytes.
pub const LETTER_BUCKETS: [usize; 4] = [4096, 16_384, 65_536, 262_144];
/// Plaintext bytes of every capsule, decoys too.
pub const CAPSULE_PLAIN_LEN: usize = 227;
/// Bytes of every sealed capsule.
pub const CAPSULE_LEN: usize = sealed_len(CAPSULE_PLAIN_LEN);

const NONCE_LEN: usize = 16;
const CHUNK_LEN: usize = 65_536;
const TAG_LEN: usize = 16;
const FIRST_LINE: &[u8] = b"age-encryption.org/v1\n";
const STANZA_START: &[u8] = b"-> mlkem768x25519 ";
const MAC_START: &[u8] = b"--- ";
const ENCAPSULATED_TEXT_LEN: usize = 1494;
const FILE_KEY_TEXT_LEN: usize = 43;
const MAC_TEXT_LEN: usize = 43;

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

/// Checks that `file` has the one header form we write and the length that `plain_len` bytes of plaintext give.
/// Costs a base64 check of the header; looks at no payload byte.
pub fn check(file: &[u8], plain_len: usize) -> Result<(), ShapeError> {
    if file.len() != sealed_len(plain_len) {
        return Err(ShapeError::Length);
    }
    let rest = file.strip_prefix(FIRST_LINE).ok_or(ShapeError::Header)?;
    let rest = rest.strip_prefix(STANZA_START).ok_or(ShapeError::Header)?;
    let rest = skip_base64_line(rest, ENCAPSULATED_TEXT_LEN)?;
    let rest = skip_base64_line(rest, FILE_KEY_TEXT_LEN)?;
    let rest = rest.strip_prefix(MAC_START).ok_or(ShapeError::Header)?;
    skip_base64_line(rest, MAC_TEXT_LEN)?;
    Ok(())
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
}
