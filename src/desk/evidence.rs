//! Evidence: one archive of a tip that is the same bytes whenever the same member makes it from the same state, with a signed
//! list of what is in it. Whoever holds it can check it alone, with this program or by hand; nothing in it opens anything.

use super::case::Case;
use super::export::{Tlp, time};
use super::inbox::thread::words;
use super::names::AgencyNames;
use super::output::json;
use crate::crypto::event::{Author, EventHash, Kind, NamedEvent, SignedEvent};
use crate::crypto::letter::Letter;
use crate::crypto::sign::{self, Purpose, canonical};
use crate::model::hex::{Hex, Sha256Hash, SignatureBytes, VerifyingKeyBytes};
use crate::model::tip::TipId;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

mod pack;
pub mod verify;

pub use pack::MAX_BYTES;
pub use verify::{Problem, Verified, verify};

/// The only format there is.
pub const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.sig";
const LETTER: &str = "letter.json";
const OPENED: &str = "letter.opened";
const SEALED_LETTER: &str = "letter.age";
const CAPSULE: &str = "capsule.age";
const EVENTS: &str = "events.jsonl";
const KEYS: &str = "keys.json";
const README_TEXT: &str = "\
Evidence of one tip, as Knothole keeps it.

HANDLING.txt   who may see this, and what the source asked for
letter.json    what the source wrote; signs that a terminal would obey are written out
letter.opened  the same byte for byte as it was opened, with the spaces that hide its length
letter.age     the same as the source's browser sealed it, where the desk could still get it
capsule.age    what opened it, sealed to the agency's key
events.jsonl   every event that members wrote beside it: the exact text that was signed, and the signature
custody.txt    the same events in words: who opened, held, gave away what, and when by their own clock
keys.json      the Ed25519 keys of those who wrote the events, as the site's keyring names them
manifest.json  SHA-256 of each of these files, the events in order, tool and keyring
manifest.sig   signature of whoever made this archive, in hex: Ed25519 over the line
               \"knothole/evidence/v1\" with its line end, and then the bytes of manifest.json

To check all of it, also without a network:  desk export verify FILE.tar
By hand: compare `sha256sum` of each file with manifest.json. The name of an event is the SHA-256 of its text; its signature is
Ed25519 over the line \"knothole/event/v1\" with its line end, and then that text.
SHA-256 of letter.opened stands in the event \"opened\" of each agency, signed before they wrote anything else on the tip.
What no signature shows: that letter.opened is what letter.age holds. A member who can open the tip shows that with stock tools:
`age -d -i agency.key capsule.age > thread.key`, then `age -d -i thread.key letter.age | sha256sum`.
Times are those of each author's clock.
Files that the source attached are not in this archive: `desk attachments ID` lists them, each with the SHA-256 that the source's browser
sealed beside it, and `desk save` writes only what has it.
";

/// What goes into an archive.
pub struct Evidence<'a> {
    /// What the source wrote.
    pub letter: &'a Letter,
    /// The same byte for byte as it was opened, padding included.
    pub opened: &'a [u8],
    /// The same as it was sealed, and what opened it; none where the server was not asked.
    pub sealed: Option<Sealed>,
    /// Every event, as signed, in any order.
    pub events: &'a [SignedEvent],
    /// What they come to.
    pub case: &'a Case,
    /// What may be done with it.
    pub tlp: Tlp,
    /// The same in plain words.
    pub conditions: &'a [String],
    /// Those who wrote the events.
    pub authors: Vec<Key>,
    /// The site.
    pub site: SiteName,
    /// What agencies are called.
    pub names: &'a AgencyNames,
    /// Who makes it.
    pub by: Author,
}

/// A tip as the server has it.
#[derive(Clone)]
pub struct Sealed {
    /// The letter.
    pub letter: Vec<u8>,
    /// The capsule of the agency that makes the archive.
    pub capsule: Vec<u8>,
}

/// A member's signing key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The member's id.
    pub member: String,
    /// Ed25519.
    pub key: VerifyingKeyBytes,
}

/// Which site, and the newest version of its keyring that whoever makes the archive knew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteName {
    /// Hash of version 0.
    pub genesis: Sha256Hash,
    /// Number of the newest.
    pub version: u32,
    /// Its hash.
    pub hash: Sha256Hash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    tool: String,
    tip: TipId,
    site: SiteName,
    made_by: Maker,
    #[serde(skip_serializing_if = "Option::is_none")]
    letter_age_sha256: Option<Sha256Hash>,
    files: Vec<FileEntry>,
    events: Vec<EventHash>,
    heads: Vec<EventHash>,
    custody: Vec<Custody>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Maker {
    member: String,
    person: String,
    agency: u16,
    key: VerifyingKeyBytes,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    name: String,
    bytes: u64,
    sha256: Sha256Hash,
}

#[derive(PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Custody {
    event: EventHash,
    kind: String,
    member: String,
    person: String,
    agency: u16,
    at: u64,
}

/// The bytes of the archive. The same for the same contents and the same key.
pub fn archive(evidence: &Evidence<'_>, key: &SigningKey) -> Vec<u8> {
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("HANDLING.txt", handling(evidence).into_bytes()),
        ("README.txt", README_TEXT.as_bytes().to_vec()),
        (LETTER, line(evidence.letter)),
        (OPENED, evidence.opened.to_vec()),
    ];
    if let Some(sealed) = &evidence.sealed {
        files.push((SEALED_LETTER, sealed.letter.clone()));
        files.push((CAPSULE, sealed.capsule.clone()));
    }
    let in_order = in_order(evidence.events, evidence.case);
    files.push((EVENTS, in_order.iter().flat_map(line).collect()));
    files.push(("custody.txt", custody_text(evidence.case, evidence.names).into_bytes()));
    files.push((KEYS, line(&evidence.authors)));
    let manifest = manifest(evidence, &files, key);
    let signature = sign::sign(key, Purpose::Evidence, manifest.as_bytes());
    files.push((MANIFEST, manifest.into_bytes()));
    files.push((SIGNATURE, format!("{signature}\n").into_bytes()));
    pack::write(&files)
}

fn manifest(evidence: &Evidence<'_>, files: &[(&str, Vec<u8>)], key: &SigningKey) -> String {
    let entry = |(name, bytes): &(&str, Vec<u8>)| FileEntry {
        name: (*name).to_owned(),
        bytes: bytes.len() as u64,
        sha256: sha256(bytes),
    };
    let Author { member, person, agency } = evidence.by.clone();
    canonical(&Manifest {
        format: FORMAT,
        tool: concat!("knothole desk ", env!("CARGO_PKG_VERSION")).to_owned(),
        tip: evidence.letter.id,
        site: evidence.site.clone(),
        made_by: Maker { member, person, agency: agency.0, key: sign::public_key(key) },
        letter_age_sha256: evidence.sealed.as_ref().map(|sealed| sha256(&sealed.letter)),
        files: files.iter().map(entry).collect(),
        events: evidence.case.events.iter().map(|named| named.hash).collect(),
        heads: evidence.case.heads.clone(),
        custody: custody(evidence.case),
    })
}

/// Events by which the tip passed from hand to hand, or by which it was settled who may have it, in order.
fn custody(case: &Case) -> Vec<Custody> {
    case.events.iter().filter(|named| is_custody(&named.event.what)).map(Custody::of).collect()
}

impl Custody {
    fn of(named: &NamedEvent) -> Self {
        let Author { member, person, agency } = named.event.author.clone();
        let kind = named.event.what.name().to_owned();
        Self { event: named.hash, kind, member, person, agency: agency.0, at: named.event.at }
    }
}

/// Whether an event bears on whose hands the tip is in, and on whether it stays. What this version does not know may.
const fn is_custody(kind: &Kind) -> bool {
    match kind {
        Kind::Opened { .. }
        | Kind::Claim { .. }
        | Kind::Release
        | Kind::Assign { .. }
        | Kind::Recuse { .. }
        | Kind::Refer { .. }
        | Kind::Accept { .. }
        | Kind::Decline { .. }
        | Kind::Return { .. }
        | Kind::Redact { .. }
        | Kind::Hold { .. }
        | Kind::Disclose { .. }
        | Kind::Override { .. }
        | Kind::Countersign { .. }
        | Kind::Delete { .. }
        | Kind::Object { .. }
        | Kind::Withdraw { .. }
        | Kind::Rekey { .. }
        | Kind::Unknown(_) => true,
        Kind::Note { .. }
        | Kind::Label { .. }
        | Kind::Status { .. }
        | Kind::Priority { .. }
        | Kind::Grade { .. }
        | Kind::Link { .. }
        | Kind::Unlink { .. }
        | Kind::Reply { .. }
        | Kind::Outcome { .. } => false,
    }
}

/// One line an event. Control characters are written out.
fn custody_text(case: &Case, names: &AgencyNames) -> String {
    let mut out = String::new();
    for named in &case.events {
        let author = &named.event.author;
        let void = case.void.contains_key(&named.hash);
        let line = format!(
            "{}  {} ({}) of {}: {}{}  [{}]",
            time(named.event.at),
            author.person,
            author.member,
            names.name(author.agency),
            words(&named.event.what, names),
            if void { " (changed nothing)" } else { "" },
            named.hash
        );
        out.push_str(super::output::Shown::new(&line).as_str());
        out.push('\n');
    }
    out
}

fn handling(evidence: &Evidence<'_>) -> String {
    let shown = |text: &String| format!("{}\n", super::output::Shown::new(text));
    let conditions: Vec<String> = evidence.conditions.iter().map(shown).collect();
    format!("{}\n{}", evidence.tlp.as_str(), conditions.concat())
}

/// The signed texts in the order of the case, each once.
fn in_order<'a>(events: &'a [SignedEvent], case: &Case) -> Vec<&'a SignedEvent> {
    let by_hash: std::collections::HashMap<EventHash, &SignedEvent> =
        events.iter().map(|event| (event.hash(), event)).collect();
    case.events.iter().filter_map(|named| by_hash.get(&named.hash).copied()).collect()
}

fn line(value: &impl Serialize) -> Vec<u8> {
    let mut text = json(value);
    text.push('\n');
    text.into_bytes()
}

fn sha256(bytes: &[u8]) -> Sha256Hash {
    Hex(Sha256::digest(bytes).into())
}

/// A signature as it is written in [`SIGNATURE`].
fn read_signature(bytes: &[u8]) -> Option<SignatureBytes> {
    std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?.parse().ok()
}

#[cfg(test)]
mod tests;
