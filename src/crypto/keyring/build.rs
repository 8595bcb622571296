//! Making versions: a draft that people edit, frozen into documents, then signed.

use super::{
    AdminSignature, AgencyKeyName, KeyringError, Member, Public, SignedVersion, Staff, Version, Words, hash_of,
};
use crate::crypto::sign::{Purpose, canonical, public_key, sign, verifies};
use crate::model::agency::AgencyNumber;
use crate::model::hex::{SignatureBytes, VerifyingKeyBytes};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The documents of a version before their hashes are fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// `staff` and `languages` in it count for nothing until [`Draft::freeze`].
    pub public: Public,
    /// The staff document; its salt should be fresh.
    pub staff: Staff,
    /// Words by language.
    pub words: BTreeMap<String, Words>,
}

/// The file that admins hand around.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// Still being written.
    Draft(Box<Draft>),
    /// Signed by someone: not a letter changes any more.
    Version(SignedVersion),
}

impl Paper {
    /// The documents, as far as they are.
    pub fn into_unsigned(self) -> SignedVersion {
        match self {
            Self::Draft(draft) => draft.freeze(),
            Self::Version(version) => version,
        }
    }
}

impl Draft {
    /// A draft of the version that follows `version`: the same documents, one number on. Salt, days and the rest are the caller's to set.
    pub fn following(version: &Version) -> Self {
        let mut public = version.public.clone();
        public.version += 1;
        public.previous = Some(version.hash);
        Self { public, staff: version.staff.clone(), words: version.words.clone() }
    }

    /// Fixes the documents as canonical JSON with the right hashes, unsigned.
    pub fn freeze(mut self) -> SignedVersion {
        let staff = canonical(&self.staff);
        let words: BTreeMap<_, _> = self.words.iter().map(|(lang, words)| (lang.clone(), canonical(words))).collect();
        self.public.staff = hash_of(&staff);
        self.public.languages = words.iter().map(|(lang, text)| (lang.clone(), hash_of(text))).collect();
        SignedVersion { public: canonical(&self.public), staff, words, signatures: Vec::new() }
    }
}

impl SignedVersion {
    /// Adds an admin's signature, or puts it in place of one they made before.
    pub fn add_signature(&mut self, admin: &str, key: &SigningKey) {
        self.sign_for(Purpose::Keyring, admin, key);
    }

    /// The same for a recovery admin.
    pub fn add_recovery_signature(&mut self, admin: &str, key: &SigningKey) {
        self.sign_for(Purpose::Recovery, admin, key);
    }

    fn sign_for(&mut self, purpose: Purpose, admin: &str, key: &SigningKey) {
        let signature = sign(key, purpose, self.public.as_bytes());
        self.signatures.retain(|by| by.admin != admin);
        self.signatures.push(AdminSignature { admin: admin.to_owned(), signature });
    }
}

/// Canonical JSON of this is what a proof of possession signs: all that the key is to stand in the keyring as.
#[derive(Serialize)]
pub(super) struct EnrolClaim<'a> {
    agency: AgencyNumber,
    id: &'a str,
    key: VerifyingKeyBytes,
    #[serde(flatten)]
    reader: Option<ReaderClaim<'a>>,
}

/// What only a member claims.
#[derive(Serialize)]
struct ReaderClaim<'a> {
    person: &'a str,
    recipient: &'a str,
}

impl<'a> EnrolClaim<'a> {
    /// An admin's.
    pub fn of_admin(id: &'a str, agency: AgencyNumber, key: VerifyingKeyBytes) -> Self {
        Self { agency, id, key, reader: None }
    }

    /// A member's.
    pub fn of_member(member: &'a Member) -> Self {
        let Member { id, person, agency, key, recipient, .. } = member;
        Self { agency: *agency, id, key: *key, reader: Some(ReaderClaim { person, recipient }) }
    }

    /// Refuses a proof by any other key, or of anything else.
    pub fn check(&self, proof: &SignatureBytes) -> Result<(), KeyringError> {
        let is_proved = verifies(&self.key, Purpose::Enrol, canonical(self).as_bytes(), proof);
        if is_proved { Ok(()) } else { Err(KeyringError::NoPossession(self.id.to_owned())) }
    }

    fn prove(&self, key: &SigningKey) -> SignatureBytes {
        sign(key, Purpose::Enrol, canonical(self).as_bytes())
    }
}

/// Proof that an admin of this agency holds their signing key.
pub fn prove_admin(key: &SigningKey, id: &str, agency: AgencyNumber) -> SignatureBytes {
    EnrolClaim::of_admin(id, agency, public_key(key)).prove(key)
}

/// Proof that this member holds their signing key, and wants to stand in the keyring as `member` says. The proof that
/// `member` may have counts for nothing.
pub fn prove_member(key: &SigningKey, member: &Member) -> SignatureBytes {
    EnrolClaim::of_member(member).prove(key)
}

/// Canonical JSON of this is what the maker of an agency's key signs. With the names in it nobody else can say for whom it was made.
#[derive(Serialize)]
struct MadeClaim<'a> {
    #[serde(flatten)]
    name: &'a AgencyKeyName,
    sealed_to: &'a [String],
}

impl AgencyKeyName {
    /// A member's word that they made this key, and for whom they made copies of it.
    pub fn sign_made(&self, sealed_to: &[String], key: &SigningKey) -> SignatureBytes {
        sign(key, Purpose::AgencyKeyMade, canonical(&MadeClaim { name: self, sealed_to }).as_bytes())
    }

    /// Whether that word is of whoever holds this key.
    pub fn is_made_by(&self, sealed_to: &[String], key: &VerifyingKeyBytes, signature: &SignatureBytes) -> bool {
        verifies(key, Purpose::AgencyKeyMade, canonical(&MadeClaim { name: self, sealed_to }).as_bytes(), signature)
    }

    /// A member's word that their copy opens to this key.
    pub fn sign_opened(&self, key: &SigningKey) -> SignatureBytes {
        sign(key, Purpose::AgencyKeyOpened, canonical(self).as_bytes())
    }

    /// A member's word that nothing which is stored needs this key any more.
    pub fn sign_retired(&self, key: &SigningKey) -> SignatureBytes {
        sign(key, Purpose::AgencyKeyRetired, canonical(self).as_bytes())
    }
}
