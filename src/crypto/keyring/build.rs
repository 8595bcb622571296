//! Making versions: a draft that people edit, frozen into documents, then signed.

use super::{AdminSignature, AgencyKeyName, Public, SignedVersion, Staff, Version, Words, hash_of};
use crate::crypto::sign::{Purpose, canonical, public_key, sign};
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
        let signature = sign(key, Purpose::Keyring, self.public.as_bytes());
        self.signatures.retain(|by| by.admin != admin);
        self.signatures.push(AdminSignature { admin: admin.to_owned(), signature });
    }
}

/// Canonical JSON of this is what a proof of possession signs.
#[derive(Serialize)]
pub(super) struct EnrolClaim<'a> {
    pub id: &'a str,
    pub key: VerifyingKeyBytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<&'a str>,
}

/// Proof that an admin holds their signing key.
pub fn prove_admin(key: &SigningKey, id: &str) -> SignatureBytes {
    prove(key, id, None)
}

/// Proof that a member holds their signing key, and names this recipient as theirs.
pub fn prove_member(key: &SigningKey, id: &str, recipient: &str) -> SignatureBytes {
    prove(key, id, Some(recipient))
}

fn prove(key: &SigningKey, id: &str, recipient: Option<&str>) -> SignatureBytes {
    let claim = EnrolClaim { id, key: public_key(key), recipient };
    sign(key, Purpose::Enrol, canonical(&claim).as_bytes())
}

impl AgencyKeyName {
    /// A member's word that they made this key.
    pub fn sign_made(&self, key: &SigningKey) -> SignatureBytes {
        sign(key, Purpose::AgencyKeyMade, canonical(self).as_bytes())
    }

    /// A member's word that their copy opens to this key.
    pub fn sign_opened(&self, key: &SigningKey) -> SignatureBytes {
        sign(key, Purpose::AgencyKeyOpened, canonical(self).as_bytes())
    }
}
