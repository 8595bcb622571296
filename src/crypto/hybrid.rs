//! Hybrid post-quantum keys for age: the stanza `mlkem768x25519` of the C2SP age specification, which the `age` crate
//! does not have. HPKE with X-Wing, HKDF-SHA-256 and ChaCha20-Poly1305, all from verified code; only the glue is ours.

use age::{DecryptError, EncryptError};
use age_core::format::{FILE_KEY_BYTES, FileKey, Stanza};
use age_core::primitives::{bech32_decode, bech32_encode};
use age_core::secrecy::ExposeSecret as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bech32::Hrp;
use hpke_rs::hpke_types::{AeadAlgorithm, KdfAlgorithm, KemAlgorithm};
use hpke_rs::libcrux::HpkeLibcrux;
use hpke_rs::{Hpke, HpkeError, HpkePrivateKey, HpkePublicKey, Mode};
use libcrux_kem::{Algorithm, PublicKey, key_gen_derand};
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const STANZA_TAG: &str = "mlkem768x25519";
const INFO: &[u8] = b"age-encryption.org/mlkem768x25519";
const IDENTITY_PREFIX: Hrp = Hrp::parse_unchecked("age-secret-key-pq-");
const RECIPIENT_PREFIX: Hrp = Hrp::parse_unchecked("age1pq");
const RECIPIENT_LEN: usize = 1216;
const ENCAPSULATED_LEN: usize = 1120;
const SEALED_FILE_KEY_LEN: usize = FILE_KEY_BYTES + 16;

/// The secret half, as its 32-byte seed. Wiped when dropped; has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct HybridIdentity {
    seed: [u8; 32],
}

/// The public half. Made only from bytes that have sealed something once, so that sealing cannot fail later.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HybridRecipient {
    bytes: Box<[u8; RECIPIENT_LEN]>,
}

/// The text is not an identity `AGE-SECRET-KEY-PQ-1…`. Says nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a post-quantum age identity")]
pub struct NotAnIdentity;

/// The text is not a recipient `age1pq1…`, or its key is one that nothing can be sealed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a post-quantum age recipient")]
pub struct NotARecipient;

impl HybridIdentity {
    /// A new identity from the system's randomness.
    ///
    /// # Panics
    /// When the system gives no randomness; `age` itself stops in the same way.
    pub fn generate() -> Self {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).expect("nothing can be sealed on a system that gives no randomness");
        let identity = Self { seed };
        seed.zeroize();
        identity
    }

    /// The identity with this seed.
    pub const fn from_seed(seed: [u8; 32]) -> Self {
        Self { seed }
    }

    /// The seed. Whoever holds it can open everything sealed to this identity.
    pub const fn expose_seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// The public half. Costs a key generation (some 50 microseconds).
    pub fn to_recipient(&self) -> HybridRecipient {
        let (_, public) = key_gen_derand(Algorithm::XWingKemDraft06, &self.seed).expect("every 32 bytes are a seed");
        let bytes = public.encode().try_into().expect("an X-Wing public key has 1,216 bytes");
        HybridRecipient { bytes: Box::new(bytes) }
    }

    /// The identity as an identity file has it: `AGE-SECRET-KEY-PQ-1…`.
    pub fn expose_text(&self) -> Zeroizing<String> {
        let mut text = bech32_encode(IDENTITY_PREFIX, &self.seed);
        text.make_ascii_uppercase();
        Zeroizing::new(text)
    }
}

impl FromStr for HybridIdentity {
    type Err = NotAnIdentity;

    fn from_str(text: &str) -> Result<Self, NotAnIdentity> {
        let bytes = Zeroizing::new(decode(text, IDENTITY_PREFIX).ok_or(NotAnIdentity)?);
        bytes.as_slice().try_into().map(Self::from_seed).map_err(|_| NotAnIdentity)
    }
}

impl FromStr for HybridRecipient {
    type Err = NotARecipient;

    fn from_str(text: &str) -> Result<Self, NotARecipient> {
        let bytes = decode(text, RECIPIENT_PREFIX).ok_or(NotARecipient)?;
        let bytes: Box<[u8; RECIPIENT_LEN]> = bytes.into_boxed_slice().try_into().map_err(|_| NotARecipient)?;
        // Finds lattice coefficients out of range and X25519 points of low order.
        let key = PublicKey::decode(Algorithm::XWingKemDraft06, &*bytes).map_err(|_| NotARecipient)?;
        key.encapsulate_derand(&[1; 64]).map_err(|_| NotARecipient)?;
        Ok(Self { bytes })
    }
}

impl fmt::Display for HybridRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bech32_encode(RECIPIENT_PREFIX, &*self.bytes))
    }
}

impl fmt::Debug for HybridRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl age::Recipient for HybridRecipient {
    fn wrap_file_key(&self, file_key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let (encapsulated, body) = hpke()
            .and_then(|mut hpke| {
                let recipient = HpkePublicKey::new(self.bytes.to_vec());
                hpke.seal(&recipient, INFO, b"", file_key.expose_secret(), None, None, None)
            })
            .map_err(|_| EncryptError::Io(std::io::Error::other("sealing the file key failed")))?;
        let args = vec![STANDARD_NO_PAD.encode(encapsulated)];
        let labels = HashSet::from(["postquantum".to_owned()]);
        Ok((vec![Stanza { tag: STANZA_TAG.to_owned(), args, body }], labels))
    }
}

impl age::Identity for HybridIdentity {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        (stanza.tag == STANZA_TAG).then(|| self.unwrap(stanza).transpose()).flatten()
    }
}

impl HybridIdentity {
    /// `None` when the stanza is well formed and for somebody else.
    fn unwrap(&self, stanza: &Stanza) -> Result<Option<FileKey>, DecryptError> {
        let [encapsulated] = stanza.args.as_slice() else { return Err(DecryptError::InvalidHeader) };
        let encapsulated = STANDARD_NO_PAD.decode(encapsulated).map_err(|_| DecryptError::InvalidHeader)?;
        // The length of the body is checked before anything is opened: the specification's guard against files
        // that open under many keys.
        if encapsulated.len() != ENCAPSULATED_LEN || stanza.body.len() != SEALED_FILE_KEY_LEN {
            return Err(DecryptError::InvalidHeader);
        }
        let secret = HpkePrivateKey::new(self.seed.to_vec());
        let mut receiver = hpke()
            .and_then(|hpke| hpke.setup_receiver(&encapsulated, &secret, INFO, None, None, None))
            .map_err(|_| DecryptError::InvalidHeader)?;
        let Ok(opened) = receiver.open(b"", &stanza.body).map(Zeroizing::new) else { return Ok(None) };
        Ok(Some(FileKey::init_with_mut(|file_key| file_key.copy_from_slice(&opened))))
    }
}

fn hpke() -> Result<Hpke<HpkeLibcrux>, HpkeError> {
    Hpke::try_new(Mode::Base, KemAlgorithm::XWingDraft06, KdfAlgorithm::HkdfSha256, AeadAlgorithm::ChaCha20Poly1305)
}

fn decode(text: &str, prefix: Hrp) -> Option<Vec<u8>> {
    bech32_decode(text, drop, |found| (found == prefix).then_some(()).ok_or(()), |_, bytes| Ok(bytes.collect())).ok()
}

#[cfg(test)]
#[path = "hybrid/tests.rs"]
mod tests;
