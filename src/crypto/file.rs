//! Sealed files: age files with one hybrid stanza and no grease, so that nothing tells which program wrote one.
//! `docs/PROTOCOL.md` section 4. Encryption is the `age` crate's; here its header is written again without the grease.

use super::hybrid::HybridRecipient;
use age::stream::StreamReader;
use age::{DecryptError, EncryptError, Encryptor, Recipient};
use age_core::format::{FILE_KEY_BYTES, FileKey, Stanza};
use age_core::primitives::hkdf;
use age_core::secrecy::ExposeSecret as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{BufRead, Read as _, Write as _};
use zeroize::Zeroizing;

const MAC_START: &[u8] = b"\n--- ";
const MAC_LINE_LEN: usize = MAC_START.len() + 43 + 1;

/// Why a sealed file did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// A sound file, sealed to somebody else.
    #[error("sealed to somebody else")]
    NotForUs,
    /// Not an age file, or one whose header breaks the specification.
    #[error("not a sealed file")]
    NotSealed,
    /// It was sealed to us, and changed or cut since then.
    #[error("a sealed file that was changed or cut")]
    Damaged,
}

/// Seals `plaintext` to `recipient` in the one form of the protocol. Costs some 100 microseconds and 2 nanoseconds a byte.
///
/// # Panics
/// When the system gives no randomness; `age` itself stops in the same way.
pub fn seal(recipient: &HybridRecipient, plaintext: &[u8]) -> Vec<u8> {
    seal_to_all(&[recipient], plaintext)
}

/// Seals to several, of whom there must be one at least: a stanza for each, in this order. Who they are, nobody sees.
///
/// # Panics
/// As [`seal`].
pub fn seal_to_all(recipients: &[&HybridRecipient], plaintext: &[u8]) -> Vec<u8> {
    let keepers: Vec<Keeper<'_>> =
        recipients.iter().map(|recipient| Keeper { recipient, kept: RefCell::default() }).collect();
    let encryptor = Encryptor::with_recipients(keepers.iter().map(|keeper| keeper as &dyn Recipient))
        .expect("a recipient has sealed once when it was read");
    let mut greased = Vec::with_capacity(plaintext.len() + plaintext.len() / 4096 + 4096);
    encryptor
        .wrap_output(&mut greased)
        .and_then(|mut output| output.write_all(plaintext).and(Ok(output)))
        .and_then(age::stream::StreamWriter::finish)
        .expect("writing to memory does not fail");

    let kept =
        keepers.into_iter().map(|keeper| keeper.kept.into_inner().expect("the encryptor asks each recipient once"));
    let (stanzas, file_keys): (Vec<Stanza>, Vec<FileKey>) = kept.unzip();
    let greased_header_len = find(&greased, MAC_START).expect("every header ends with its MAC") + MAC_LINE_LEN;
    let mut sealed = header(&stanzas, file_keys.first().expect("there is a recipient"));
    sealed.reserve_exact(greased.len() - greased_header_len);
    sealed.extend_from_slice(&greased[greased_header_len..]);
    sealed
}

/// Opens a sealed file, or any other age file that `identity` can open.
pub fn open(identity: &dyn age::Identity, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    open_from(identity, sealed, sealed.len())
}

/// The same from wherever it lies, where it is not longer than `room` bytes: so that one that is large is in memory once, as
/// plaintext. What cannot be read is [`OpenError::Damaged`] or [`OpenError::NotSealed`].
pub fn open_from(
    identity: &dyn age::Identity,
    sealed: impl BufRead,
    room: usize,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut payload = open_stream(identity, sealed)?;
    // Room for all of it from the start: growing would leave copies of the plaintext behind.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(room));
    payload.read_to_end(&mut plaintext).map_err(|_| OpenError::Damaged)?;
    Ok(plaintext)
}

/// Opens a sealed file as a stream: what it gives was not changed, and one that was cut ends with an error.
pub fn open_stream<R: BufRead>(identity: &dyn age::Identity, sealed: R) -> Result<StreamReader<R>, OpenError> {
    let opened = age::Decryptor::new_buffered(sealed).and_then(|file| file.decrypt(std::iter::once(identity)));
    opened.map_err(|error| match error {
        DecryptError::NoMatchingKeys => OpenError::NotForUs,
        DecryptError::InvalidMac => OpenError::Damaged,
        _ => OpenError::NotSealed,
    })
}

/// Seals the file key as `recipient` does, and keeps what is needed to write the header again.
struct Keeper<'a> {
    recipient: &'a HybridRecipient,
    kept: RefCell<Option<(Stanza, FileKey)>>,
}

impl Recipient for Keeper<'_> {
    fn wrap_file_key(&self, file_key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let (stanzas, labels) = self.recipient.wrap_file_key(file_key)?;
        let [stanza] = stanzas.as_slice() else { unreachable!("a hybrid recipient writes one stanza") };
        let copy = Stanza { tag: stanza.tag.clone(), args: stanza.args.clone(), body: stanza.body.clone() };
        let kept_key =
            FileKey::init_with_mut(|key: &mut [u8; FILE_KEY_BYTES]| key.copy_from_slice(file_key.expose_secret()));
        self.kept.replace(Some((copy, kept_key)));
        Ok((stanzas, labels))
    }
}

/// The header with these stanzas alone, and its MAC. C2SP age specification, "Header MAC".
fn header(stanzas: &[Stanza], file_key: &FileKey) -> Vec<u8> {
    let mut header = b"age-encryption.org/v1\n".to_vec();
    for stanza in stanzas {
        let body = STANDARD_NO_PAD.encode(&stanza.body);
        header.extend_from_slice(format!("-> {} {}\n{body}\n", stanza.tag, stanza.args.join(" ")).as_bytes());
    }
    header.extend_from_slice(b"---");
    let mac_key = Zeroizing::new(hkdf(b"", b"header", file_key.expose_secret()));
    let mut mac = Hmac::<Sha256>::new_from_slice(&*mac_key).expect("HMAC takes keys of any length");
    mac.update(&header);
    header.push(b' ');
    header.extend_from_slice(STANDARD_NO_PAD.encode(mac.finalize().into_bytes()).as_bytes());
    header.push(b'\n');
    header
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
#[path = "file/tests.rs"]
mod tests;
