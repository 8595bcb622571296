//! The keys of one person on one machine. Two of them last and lie in a passphrase file, plain age, so that `age -d` opens it; what
//! is sealed to the person from outside is sealed to a third, which rolls and lies in a file of its own (`transport`).

use super::plugin::{Asker, Plugin, PluginError};
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::sign;
use crate::model::hex::{Hex, VerifyingKeyBytes};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, EncryptError, Encryptor, scrypt};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use std::io::{Read as _, Write as _};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const FORMAT: u32 = 1;
/// The most work that a file may ask for: about four times what we write, so that a forged one cannot hang us for hours.
const MAX_WORK_FACTOR: u8 = 20;

/// Bytes of the seeds of those that last, one after the other.
pub const SEEDS_LEN: usize = 64;

/// How much work it is to try one passphrase, as the power of two that scrypt is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkFactor(pub u8);

impl WorkFactor {
    /// What people's identities have: about a second.
    pub const STANDARD: Self = Self(18);
    /// For keys that protect nothing, such as the demo's.
    pub const DEMO: Self = Self(14);
}

/// The keys that last. No `Debug`, never serialized but into the sealed file.
pub struct Roots {
    /// Signs requests and statements.
    pub signing: SigningKey,
    /// What lies on this machine is sealed to it; known to nobody else.
    pub device: HybridIdentity,
}

/// Keys of one person on one machine. No `Debug`, never serialized.
pub struct Identity {
    /// As in [`Roots`].
    pub signing: SigningKey,
    /// What copies of agency keys are sealed to now.
    pub hybrid: HybridIdentity,
    /// What they were sealed to before, for the few days for which both open.
    pub older: Option<HybridIdentity>,
    /// As in [`Roots`].
    pub device: HybridIdentity,
}

/// Why an identity file did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Most likely a typing mistake.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// Not an age file with a passphrase, or it asks for too much work.
    #[error("the identity file is not an age file with a passphrase")]
    NotAnIdentity,
    /// It opened, and does not hold what an identity holds.
    #[error("the identity file is damaged")]
    Damaged,
}

/// The plaintext of the file.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct Document {
    format: u32,
    signing_seed: String,
    device: String,
}

impl Identity {
    /// New keys from the system's randomness.
    pub fn generate() -> Self {
        // An Ed25519 seed is 32 random bytes like any other.
        let mut seed = *HybridIdentity::generate().expose_seed();
        let signing = SigningKey::from_bytes(&seed);
        seed.zeroize();
        Self { signing, hybrid: HybridIdentity::generate(), older: None, device: HybridIdentity::generate() }
    }

    /// Those that last.
    pub fn roots(&self) -> Roots {
        Roots { signing: self.signing.clone(), device: self.device.clone() }
    }

    /// Whatever may open what is sealed to the person.
    pub fn openers(&self) -> impl Iterator<Item = &HybridIdentity> {
        std::iter::once(&self.hybrid).chain(&self.older)
    }

    /// The public half of the signing key.
    pub fn public_key(&self) -> VerifyingKeyBytes {
        sign::public_key(&self.signing)
    }

    /// The public half of what copies are sealed to, as text.
    pub fn recipient(&self) -> String {
        self.hybrid.to_recipient().to_string()
    }
}

impl Roots {
    /// All there is of them, for the agent.
    pub fn expose_seeds(&self) -> Zeroizing<[u8; SEEDS_LEN]> {
        let mut seeds = Zeroizing::new([0; SEEDS_LEN]);
        let (signing, device) = seeds.split_at_mut(32);
        signing.copy_from_slice(Zeroizing::new(self.signing.to_bytes()).as_slice());
        device.copy_from_slice(self.device.expose_seed());
        seeds
    }

    /// What `expose_seeds` gave.
    pub fn from_seeds(seeds: &[u8; SEEDS_LEN]) -> Self {
        let part = |at: usize| -> Zeroizing<[u8; 32]> {
            let mut part = Zeroizing::new([0; 32]);
            part.copy_from_slice(&seeds[at..at + 32]);
            part
        };
        Self { signing: SigningKey::from_bytes(&part(0)), device: HybridIdentity::from_seed(*part(32)) }
    }

    /// The passphrase file. Takes as long as `work` says.
    pub fn seal(&self, passphrase: &SecretString, work: WorkFactor) -> Vec<u8> {
        let mut recipient = scrypt::Recipient::new(passphrase.clone());
        recipient.set_work_factor(work.0);
        sealed_to(&recipient, &self.to_text()).expect("one passphrase alone is what scrypt allows")
    }

    /// The same file, sealed to a plugin's token.
    pub fn seal_to(&self, plugin: &Plugin, asker: Asker) -> Result<Vec<u8>, PluginError> {
        plugin.seal(&self.to_text(), asker)
    }

    fn to_text(&self) -> Zeroizing<Vec<u8>> {
        let document = Document {
            format: FORMAT,
            signing_seed: Hex(self.signing.to_bytes()).to_string(),
            device: self.device.expose_text().to_string(),
        };
        let mut text = Zeroizing::new(serde_json::to_vec_pretty(&document).expect("strings always serialize"));
        text.push(b'\n');
        text
    }

    /// Opens a passphrase file. Takes as long as the file was made to.
    pub fn open(sealed: &[u8], passphrase: &SecretString) -> Result<Self, IdentityError> {
        let mut key = scrypt::Identity::new(passphrase.clone());
        key.set_max_work_factor(MAX_WORK_FACTOR);
        let text = opened_by(&key, sealed).map_err(|error| match error {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => IdentityError::WrongPassphrase,
            DecryptError::InvalidMac | DecryptError::Io(_) => IdentityError::Damaged,
            _ => IdentityError::NotAnIdentity,
        })?;
        Self::from_text(&text).ok_or(IdentityError::Damaged)
    }

    /// Opens a file that was sealed to a plugin's token.
    pub fn open_by(sealed: &[u8], plugin: &Plugin, asker: Asker) -> Result<Self, PluginError> {
        Self::from_text(&plugin.open(sealed, asker)?).ok_or(PluginError::Damaged)
    }

    fn from_text(text: &[u8]) -> Option<Self> {
        let document: Document = serde_json::from_slice(text).ok()?;
        let mut seed: Hex<32> = document.signing_seed.parse().ok().filter(|_| document.format == FORMAT)?;
        let signing = SigningKey::from_bytes(&seed.0);
        seed.0.zeroize();
        Some(Self { signing, device: document.device.parse().ok()? })
    }
}

/// An age file for one recipient.
pub(super) fn sealed_to(recipient: &dyn age::Recipient, text: &[u8]) -> Result<Vec<u8>, EncryptError> {
    let encryptor = Encryptor::with_recipients(std::iter::once(recipient))?;
    let mut sealed = Vec::new();
    encryptor
        .wrap_output(&mut sealed)
        .and_then(|mut output| output.write_all(text).and(Ok(output)))
        .and_then(age::stream::StreamWriter::finish)
        .expect("writing to memory does not fail");
    Ok(sealed)
}

/// What is in an age file.
pub(super) fn opened_by(identity: &dyn age::Identity, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let mut payload = Decryptor::new_buffered(sealed)?.decrypt(std::iter::once(identity))?;
    let mut text = Zeroizing::new(Vec::with_capacity(sealed.len()));
    payload.read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORK: WorkFactor = WorkFactor(2);

    fn passphrase(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn an_identity_opens_with_its_passphrase_alone() {
        let identity = Identity::generate();
        let sealed = identity.roots().seal(&passphrase("right"), WORK);
        let opened = Roots::open(&sealed, &passphrase("right")).unwrap();
        assert_eq!(sign::public_key(&opened.signing), identity.public_key());
        assert_eq!(opened.device.expose_seed(), identity.device.expose_seed());
        assert_eq!(Roots::open(&sealed, &passphrase("wrong")).err(), Some(IdentityError::WrongPassphrase));
    }

    #[test]
    fn a_damaged_file_is_told_apart_from_a_wrong_passphrase() {
        let mut sealed = Identity::generate().roots().seal(&passphrase("right"), WORK);
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(Roots::open(&sealed, &passphrase("right")).err(), Some(IdentityError::Damaged));
        assert_eq!(Roots::open(b"hello", &passphrase("right")).err(), Some(IdentityError::NotAnIdentity));
    }

    #[test]
    fn a_file_that_asks_for_hours_of_work_is_refused() {
        let sealed = Identity::generate().roots().seal(&passphrase("right"), WORK);
        let text = String::from_utf8_lossy(&sealed).into_owned();
        let greedy = text.replacen(" 2\n", " 40\n", 1);
        assert_ne!(greedy, text);
        assert_eq!(Roots::open(greedy.as_bytes(), &passphrase("right")).err(), Some(IdentityError::NotAnIdentity));
    }
}
