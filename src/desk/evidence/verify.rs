//! Whether an archive is what its maker signed, and its events what their authors signed: by itself, without a network.

use super::{
    CAPSULE, Custody, EVENTS, KEYS, Key, LETTER, MANIFEST, Maker, Manifest, OPENED, SIGNATURE, SiteName, is_custody,
    line, pack, sha256,
};
use crate::crypto::event::{EventHash, Kind, NamedEvent, SignedEvent};
use crate::crypto::letter::Letter;
use crate::crypto::sign::{self, Purpose};
use crate::desk::case::{Case, short};
use crate::model::hex::VerifyingKeyBytes;
use crate::model::tip::TipId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What stands in an archive, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The tip.
    pub tip: TipId,
    /// Which site, as the maker says.
    pub site: SiteName,
    /// Who made it, with their key.
    pub made_by: Key,
    /// Those who wrote the events, with the keys by which these were checked.
    pub authors: Vec<Key>,
    /// How many files were checked.
    pub files: usize,
    /// How many events.
    pub events: usize,
    /// Whether the sealed letter is in it.
    pub has_sealed: bool,
}

/// What is not as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// It is no archive of this kind, or its list cannot be read.
    NotOne,
    /// The list is not what its maker signed.
    Signature,
    /// The keys in it name another key for its maker than the list does.
    OtherKey(String),
    /// A file is not what the list says.
    Altered(String),
    /// A file of the list is not there.
    Removed(String),
    /// A file is there that the list does not have.
    Added(String),
    /// The files are whole, but the archive was packed again.
    Repacked,
    /// An event is not signed by the key of its author.
    Forged(EventHash),
    /// An event belongs to another tip, or cannot be read.
    OtherEvent,
    /// Events are missing, or stand in another order than the list says.
    Events,
    /// The list of custody has something else than the events say, or not all of it.
    Custody,
    /// Something that should not be among the events of a tip.
    Fault(String),
    /// The letter belongs to another tip, or cannot be read.
    OtherLetter,
    /// The letter is not the one that an agency first opened.
    NotTheLetter(EventHash),
}

/// Checks an archive. On `Err` everything that is wrong with it, in a fixed order.
pub fn verify(bytes: &[u8]) -> Result<Verified, Vec<Problem>> {
    let files = pack::read(bytes).ok_or_else(|| vec![Problem::NotOne])?;
    let file = |name: &str| files.iter().find(|(known, _)| known == name).map(|(_, bytes)| *bytes);
    let text = file(MANIFEST).ok_or_else(|| vec![Problem::Removed(MANIFEST.to_owned())])?;
    let manifest: Manifest = serde_json::from_slice(text).map_err(|_| vec![Problem::NotOne])?;
    let mut problems = BTreeSet::new();
    let signature = file(SIGNATURE).and_then(super::read_signature);
    if !signature.is_some_and(|signature| sign::verifies(&manifest.made_by.key, Purpose::Evidence, text, &signature)) {
        problems.insert(Problem::Signature);
    }
    problems.extend(of_files(&manifest, &files));
    let authors: Vec<Key> = file(KEYS).and_then(|keys| serde_json::from_slice(keys).ok()).unwrap_or_default();
    let Maker { member, key, .. } = &manifest.made_by;
    if authors.iter().any(|author| author.member == *member && author.key != *key) {
        problems.insert(Problem::OtherKey(member.clone()));
    }
    let events = file(EVENTS).unwrap_or_default();
    let events = of_events(&manifest, events, &authors, &mut problems);
    let is_altered = [LETTER, OPENED].iter().any(|name| problems.contains(&Problem::Altered((*name).to_owned())));
    if !is_altered {
        of_letter(&manifest, file(LETTER), file(OPENED), &events, &mut problems);
    }
    if problems.is_empty() && !is_packed_as_written(bytes, &manifest, &files) {
        problems.insert(Problem::Repacked);
    }
    if !problems.is_empty() {
        return Err(problems.into_iter().collect());
    }
    Ok(Verified {
        tip: manifest.tip,
        site: manifest.site,
        made_by: Key { member: manifest.made_by.member, key: manifest.made_by.key },
        authors,
        files: files.len(),
        events: events.len(),
        has_sealed: file(CAPSULE).is_some(),
    })
}

fn of_files(manifest: &Manifest, files: &[(String, &[u8])]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for entry in &manifest.files {
        let found: Vec<&[u8]> = files.iter().filter(|(name, _)| *name == entry.name).map(|(_, bytes)| *bytes).collect();
        match found.as_slice() {
            [] => problems.push(Problem::Removed(entry.name.clone())),
            [bytes] if sha256(bytes) == entry.sha256 && bytes.len() as u64 == entry.bytes => {}
            _ => problems.push(Problem::Altered(entry.name.clone())),
        }
    }
    let mut own = BTreeMap::from([(MANIFEST, 0), (SIGNATURE, 0)]);
    for (name, _) in files {
        if let Some(count) = own.get_mut(name.as_str()) {
            *count += 1;
        }
        let is_second = own.get(name.as_str()).is_some_and(|count| *count > 1);
        let is_listed = own.contains_key(name.as_str()) || manifest.files.iter().any(|entry| entry.name == *name);
        if is_second || !is_listed {
            problems.push(Problem::Added(name.clone()));
        }
    }
    problems
}

/// Each event by its author's key, then all of them together.
fn of_events(manifest: &Manifest, lines: &[u8], authors: &[Key], problems: &mut BTreeSet<Problem>) -> Vec<NamedEvent> {
    let keys: BTreeMap<&str, &VerifyingKeyBytes> = authors.iter().map(|key| (key.member.as_str(), &key.key)).collect();
    let mut events = Vec::new();
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let signed = serde_json::from_slice::<SignedEvent>(line).ok();
        let read = signed.and_then(|signed| Some((signed.read().ok()?, signed)));
        let Some((named, signed)) = read.filter(|(named, _)| named.event.tip == manifest.tip) else {
            problems.insert(Problem::OtherEvent);
            continue;
        };
        if !keys.get(named.event.author.member.as_str()).is_some_and(|key| signed.is_by(key)) {
            problems.insert(Problem::Forged(named.hash));
        }
        events.push(named);
    }
    let hashes: Vec<EventHash> = events.iter().map(|named| named.hash).collect();
    let case = Case::fold(manifest.tip, events.iter().cloned());
    let in_order: Vec<EventHash> = case.events.iter().map(|named| named.hash).collect();
    if hashes != manifest.events || in_order != hashes || case.heads != manifest.heads {
        problems.insert(Problem::Events);
    } else if !is_custody_of(&manifest.custody, &events) {
        problems.insert(Problem::Custody);
    }
    problems.extend(case.faults.iter().map(|fault| Problem::Fault(fault.to_string())));
    events
}

/// Whether a list says of events what these say themselves, in their order, and has all that must stand in it. A kind that is new to this
/// version, or was to whoever made the archive, may stand there or not.
fn is_custody_of(list: &[Custody], events: &[NamedEvent]) -> bool {
    let mut left = list.iter().peekable();
    for named in events {
        let is_listed = left.next_if(|entry| **entry == Custody::of(named)).is_some();
        let what = &named.event.what;
        if !is_listed && is_custody(what) && !matches!(what, Kind::Unknown(_)) {
            return false;
        }
    }
    left.next().is_none()
}

fn of_letter(
    manifest: &Manifest,
    shown: Option<&[u8]>,
    opened: Option<&[u8]>,
    events: &[NamedEvent],
    problems: &mut BTreeSet<Problem>,
) {
    let (Some(shown), Some(opened)) = (shown, opened) else { return }; // the list says that it was removed
    let letter = serde_json::from_slice::<Letter>(opened).ok().filter(|letter| letter.id == manifest.tip);
    if letter.is_none_or(|letter| line(&letter) != shown) {
        problems.insert(Problem::OtherLetter);
    }
    let hash = sha256(opened);
    for named in events {
        if matches!(&named.event.what, Kind::Opened { letter } if *letter != hash) {
            problems.insert(Problem::NotTheLetter(named.hash));
        }
    }
}

/// In the order of the list, with the list and its signature last, and nothing else in the tar.
fn is_packed_as_written(bytes: &[u8], manifest: &Manifest, files: &[(String, &[u8])]) -> bool {
    let names = manifest.files.iter().map(|entry| entry.name.as_str()).chain([MANIFEST, SIGNATURE]);
    if !names.eq(files.iter().map(|(name, _)| name.as_str())) {
        return false;
    }
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.to_vec())).collect();
    files.iter().all(|(name, _)| name.len() < 100) && pack::write(&files) == bytes
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOne => {
                f.write_str("this is no evidence archive, or it was cut or changed so far that it cannot be read")
            }
            Self::Signature => f.write_str("the list of files is not what its maker signed"),
            Self::OtherKey(member) => write!(f, "it is not signed by the key that {member} wrote events with"),
            Self::Altered(name) => write!(f, "{name} was altered"),
            Self::Removed(name) => write!(f, "{name} was removed"),
            Self::Added(name) => write!(f, "{name} was added"),
            Self::Repacked => f.write_str(
                "every file is as it was, but the archive was packed again: it is not the file that was made",
            ),
            Self::Forged(event) => write!(f, "event {} is not signed by its author", short(event)),
            Self::OtherEvent => f.write_str("an event cannot be read, or belongs to another tip"),
            Self::Events => f.write_str("events were removed, added or put in another order"),
            Self::Custody => f.write_str("the list of custody does not say what the events say"),
            Self::Fault(fault) => f.write_str(fault),
            Self::OtherLetter => f.write_str("the letter cannot be read, or belongs to another tip"),
            Self::NotTheLetter(event) => {
                write!(f, "event {} says that its author opened another letter than this one", short(event))
            }
        }
    }
}
