//! The keyring: the signed, versioned documents that say who may read. `docs/PROTOCOL.md` section 6, format 1.
//!
//! This file and `words` hold the documents; `verify` holds the rules of one version, `history` those by which it may
//! follow another.

use crate::model::agency::{AgencyKind, AgencyNumber};
use crate::model::day::Day;
use crate::model::hex::{Nonce16, Sha256Hash, SignatureBytes, VerifyingKeyBytes};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

mod build;
mod error;
mod history;
mod recovered;
mod retired;
mod review;
mod verify;
mod words;

pub use build::{Draft, Paper, prove_admin, prove_member};
pub use error::KeyringError;
pub use history::Spent;
pub use recovered::MIN_RECOVERY_DAYS;
pub use review::{LEGAL_NAMES, Lack, LegalName};
pub use verify::{MIN_THRESHOLD, verify_chain, verify_first, verify_next};
pub use words::{AgencyWords, LegalText, Review, SiteWords, Words};

/// The only format there is.
pub const FORMAT: u32 = 1;
/// Days after its expiry on which tips sealed under a version are still taken.
pub const GRACE_DAYS: u32 = 7;

/// One version as it travels: documents as the exact strings that were hashed and signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedVersion {
    /// Canonical JSON of a [`Public`].
    pub public: String,
    /// Canonical JSON of a [`Staff`].
    pub staff: String,
    /// Language tag to canonical JSON of a [`Words`].
    pub words: BTreeMap<String, String>,
    /// Signatures over the public document.
    pub signatures: Vec<AdminSignature>,
}

/// One admin's signature over a public document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdminSignature {
    /// The id of an admin, or of a recovery admin, in the version before.
    pub admin: String,
    /// Ed25519 with [`Purpose::Keyring`](super::sign::Purpose::Keyring), a recovery admin's with
    /// [`Purpose::Recovery`](super::sign::Purpose::Recovery).
    pub signature: SignatureBytes,
}

/// One version that was read and whose documents fit together. Whether it may be trusted is for `verify` to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// SHA-256 of the public document.
    pub hash: Sha256Hash,
    /// What the page may see.
    pub public: Public,
    /// What only the staff door shows.
    pub staff: Staff,
    /// Words per language.
    pub words: BTreeMap<String, Words>,
    /// Who was taken away in the versions before, as far as they were verified: nobody in a version that was only read.
    pub spent: Spent,
}

/// The public document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Public {
    /// [`FORMAT`].
    pub format: u32,
    /// Random name of the site.
    pub site: Nonce16,
    /// Counts from 0.
    pub version: u32,
    /// Hash of the version before; none for version 0.
    pub previous: Option<Sha256Hash>,
    /// First day.
    pub issued: Day,
    /// Last day on which the page seals under this version.
    pub expires: Day,
    /// Agencies by number: the one at index `n` has number `n`.
    pub agencies: Vec<Agency>,
    /// Who signs the next version.
    pub admins: Vec<Admin>,
    /// How many of them must.
    pub threshold: u32,
    /// Who may replace lost admins, and after how long.
    pub recovery: Recovery,
    /// Language tag to SHA-256 of its words document.
    pub languages: BTreeMap<String, Sha256Hash>,
    /// Language tag to the hashes of the page as released.
    pub pages: BTreeMap<String, PageHashes>,
    /// SHA-256 of the staff document, which is salted.
    pub staff: Sha256Hash,
}

/// One agency, as the public sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Given once, never again.
    pub number: AgencyNumber,
    /// What it is for.
    pub kind: AgencyKind,
    /// Whether the form may offer it.
    pub status: AgencyStatus,
    /// Counts the agency's keys; 0 before the first.
    pub epoch: u32,
    /// What its capsules are sealed to now (`age1pq1…`); none before the first key.
    pub recipient: Option<String>,
    /// Whether only one person can open what is sealed to it.
    pub one_member: bool,
    /// Holders of recovery shares from outside the agency, whom the form must name.
    pub share_holders: Vec<ShareHolder>,
}

/// Whether an agency takes tips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyStatus {
    /// The form offers it once it has a key.
    Open,
    /// It gets decoys only; its number stays taken.
    Closed,
}

/// Someone outside an agency who holds a recovery share of its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareHolder {
    /// As the form names them.
    pub name: String,
    /// Their agency, where they have one.
    pub agency: Option<AgencyNumber>,
}

/// One who signs versions, and reads nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admin {
    /// Unique among admins; keeps its agency and key.
    pub id: String,
    /// The agency they come from.
    pub agency: AgencyNumber,
    /// Ed25519.
    pub key: VerifyingKeyBytes,
    /// Proof that they hold the key, over all of the above.
    pub proof: SignatureBytes,
}

/// Offline admins who may replace lost ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// Their keys.
    pub admins: Vec<Admin>,
    /// How many must sign.
    pub threshold: u32,
    /// Days for which everyone can see it coming.
    pub delay_days: u32,
}

/// SHA-256 of what the page is made of, for one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageHashes {
    /// The document.
    pub html: Sha256Hash,
    /// The script.
    pub script: Sha256Hash,
    /// The single file that works from disk.
    pub offline: Sha256Hash,
}

/// The staff document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// Fresh for each version, so that its hash tells outsiders nothing.
    pub salt: Nonce16,
    /// Who may use the staff door.
    pub members: Vec<Member>,
    /// Every agency key there has been.
    pub agency_keys: Vec<AgencyKey>,
    /// Rules that give a tip its priority.
    pub priority: Vec<PriorityRule>,
    /// Legal clocks.
    pub clocks: Vec<LegalClock>,
    /// Days that things are kept, by name.
    pub retention: BTreeMap<String, u32>,
}

/// One device of one person of an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Unique among members; keeps its person, agency and key.
    pub id: String,
    /// The person; the same for all their devices.
    pub person: String,
    /// Their agency.
    pub agency: AgencyNumber,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Ed25519: signs requests, events and statements.
    pub key: VerifyingKeyBytes,
    /// What their copies of agency keys are sealed to (`age1pq1…`).
    pub recipient: String,
    /// Proof that they hold the key, over all of the above but the roles.
    pub proof: SignatureBytes,
}

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Open the agency's tips.
    Reader,
}

/// One epoch of an agency's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyKey {
    /// Whose.
    pub agency: AgencyNumber,
    /// Which.
    pub epoch: u32,
    /// Its public half.
    pub recipient: String,
    /// The member who made it.
    pub made: Statement,
    /// Ids of those for whom they made a copy of it, ascending.
    pub sealed_to: Vec<String>,
    /// Other members of the agency whose copy opens to it.
    pub opened: Vec<Statement>,
    /// When it was destroyed.
    pub retired: Option<Day>,
}

/// A member's word about an agency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The member's id.
    pub member: String,
    /// Over canonical JSON of an [`AgencyKeyName`], a maker's with `sealed_to` in it.
    pub signature: SignatureBytes,
}

/// What statements about an agency key are signed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyKeyName {
    /// Whose.
    pub agency: AgencyNumber,
    /// Which.
    pub epoch: u32,
    /// Its public half.
    pub recipient: String,
}

/// A rule: when every condition holds, the tip has at least this priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorityRule {
    /// 1 (most urgent) to 4.
    pub level: u8,
    /// All must hold.
    pub when: Vec<Condition>,
    /// Printed beside the level.
    pub reason: String,
}

/// Holds when the letter's field has one of the values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Name of a field of the letter.
    pub field: String,
    /// `*` stands for any answer at all.
    pub any_of: Vec<String>,
}

/// A legal clock that starts when a member of certain agencies first opens a tip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalClock {
    /// As it is printed.
    pub name: String,
    /// Whose opening starts it.
    pub agency_kinds: Vec<AgencyKind>,
    /// All must hold.
    pub when: Vec<Condition>,
    /// Until it runs out.
    pub hours: u32,
}

/// Hash of a document or of a version: SHA-256 of its exact text.
pub fn hash_of(document: &str) -> Sha256Hash {
    crate::model::hex::Hex(Sha256::digest(document.as_bytes()).into())
}

/// The first 132 bits of a hash as twelve English BIP-39 words, for people to compare.
pub fn words_of(hash: &Sha256Hash) -> String {
    let list = bip39::Language::English.word_list();
    let bit = |at: usize| usize::from(hash.0[at / 8] >> (7 - at % 8) & 1);
    let index = |word: usize| (word * 11..word * 11 + 11).fold(0, |index, at| index << 1 | bit(at));
    (0..12).map(|word| list[index(word)]).collect::<Vec<_>>().join(" ")
}

impl Version {
    /// The member or none with this signing key.
    pub fn member(&self, key: &VerifyingKeyBytes) -> Option<&Member> {
        self.staff.members.iter().find(|member| member.key == *key)
    }

    /// The admin or none with this signing key.
    pub fn admin(&self, key: &VerifyingKeyBytes) -> Option<&Admin> {
        self.public.admins.iter().find(|admin| admin.key == *key)
    }

    /// Whether tips sealed under this version are still taken on `today`.
    pub fn takes_tips_on(&self, today: Day) -> bool {
        today <= self.public.expires.plus(GRACE_DAYS)
    }

    /// The recovery admin or none with this signing key.
    pub fn recovery_admin(&self, key: &VerifyingKeyBytes) -> Option<&Admin> {
        self.public.recovery.admins.iter().find(|admin| admin.key == *key)
    }

    /// Agencies that the form offers: open, with a key.
    pub fn offered(&self) -> impl Iterator<Item = &Agency> {
        self.public.agencies.iter().filter(|agency| agency.is_offered())
    }
}

impl Agency {
    /// Whether the form offers it: open, with a key.
    pub fn is_offered(&self) -> bool {
        self.status == AgencyStatus::Open && self.recipient.is_some()
    }
}

#[cfg(test)]
mod tests;
