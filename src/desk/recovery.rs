//! An agency's key in shares held by its own people, so that it outlives all their machines. Nobody else holds one: a share in
//! other hands would be a reader whom the form does not name.

use super::agency_keys::AgencyKeys;
use super::files::{self, FileError};
use super::identity::Identity;
use crate::crypto::file;
use crate::crypto::hybrid::{HybridIdentity, HybridRecipient};
use crate::crypto::keyring::{AgencyKey, AgencyKeyName, Member, Version};
use crate::crypto::recovery::{self, NoKey, NoSplit, NotAShare, Share};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

pub mod drills;

const MAX_BYTES: u64 = 64 * 1024;
const SEALED: &[u8] = b"age-encryption.org/";
const WORDS_A_LINE: usize = 5;

/// Why there are no shares, or no key.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// The numbers do not go.
    #[error(transparent)]
    NoSplit(#[from] NoSplit),
    /// Not a member of the agency.
    #[error("{id:?} is no member of your agency, and only its own people may hold a share: {}", members.join(", "))]
    NotOurs {
        /// As it was typed.
        id: String,
        /// Those who may.
        members: Vec<String>,
    },
    /// A person's name does not say which of their machines is to open the share.
    #[error("{person:?} has several devices: name the one that is to open the share, of {}", devices.join(", "))]
    SeveralDevices {
        /// As it was typed.
        person: String,
        /// Their ids.
        devices: Vec<String>,
    },
    /// Two machines of one person.
    #[error("{0:?} is a person who holds another share already: each share goes to somebody else")]
    SamePerson(String),
    /// A recipient that cannot be.
    #[error("the recipient of {0:?} is malformed")]
    BadRecipient(String),
    /// There is no copy of it that opens.
    #[error("you have no copy of key {0} of your agency that opens")]
    NoCopy(u32),
    /// The file is none of a share.
    #[error("{}: {why}", path.display())]
    NotAShare {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: NotAShare,
    },
    /// Sealed to someone else, or damaged.
    #[error("{} does not open with your keys: it is somebody else's share, damaged, or older than your key, which rolls every two weeks", .0.display())]
    Closed(PathBuf),
    /// They give no key.
    #[error(transparent)]
    NoKey(#[from] NoKey),
    /// They give another key than the one that the keyring names.
    #[error("the shares fit together, and what they give is not key {epoch} of agency {agency}")]
    OtherKey {
        /// As they say.
        agency: crate::model::agency::AgencyNumber,
        /// As they say.
        epoch: u32,
    },
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A share for one holder, sealed to them.
pub struct SealedShare {
    /// The member's id.
    pub holder: String,
    /// Its number in its set.
    pub number: u8,
    /// An age file.
    pub sealed: Vec<u8>,
}

/// Splits one of the agency's keys and seals a share to each holder, so that any `threshold` of them give it back.
pub fn split(
    version: &Version,
    member: &Member,
    keys: &AgencyKeys,
    epoch: u32,
    threshold: u8,
    holders: &[String],
) -> Result<Vec<SealedShare>, RecoveryError> {
    let holders = find_holders(version, member, holders)?;
    let recipients = recipients(&holders)?;
    let no_copy = RecoveryError::NoCopy(epoch);
    let at = keys.epochs.iter().position(|known| *known == epoch);
    let (Some(key), Ok(short_epoch)) = (at.and_then(|at| keys.keys.get(at)), u16::try_from(epoch)) else {
        return Err(no_copy);
    };
    let shares = recovery::split(key, member.agency, short_epoch, threshold, holders.len())?;
    let sealed = shares.iter().zip(&holders).zip(&recipients).map(|((share, holder), recipient)| SealedShare {
        holder: holder.id.clone(),
        number: share.number(),
        sealed: file::seal(recipient, page(share, holders.len()).as_bytes()),
    });
    Ok(sealed.collect())
}

/// The device of each, of another person each: by its id, or by its person's name where they have no other.
fn find_holders<'v>(version: &'v Version, own: &Member, named: &[String]) -> Result<Vec<&'v Member>, RecoveryError> {
    let ours: Vec<&Member> = version.staff.members.iter().filter(|member| member.agency == own.agency).collect();
    let ids = |members: &[&Member]| members.iter().map(|member| member.id.clone()).collect();
    let mut people = BTreeSet::new();
    let find = |name: &String| {
        let devices: Vec<&Member> = ours.iter().filter(|member| member.person == *name).copied().collect();
        let holder = match (ours.iter().find(|member| member.id == *name), &devices[..]) {
            (Some(holder), _) | (None, [holder]) => *holder,
            (None, []) => return Err(RecoveryError::NotOurs { id: name.clone(), members: ids(&ours) }),
            (None, _) => {
                return Err(RecoveryError::SeveralDevices { person: name.clone(), devices: ids(&devices) });
            }
        };
        let is_new = people.insert(&holder.person);
        if is_new { Ok(holder) } else { Err(RecoveryError::SamePerson(holder.person.clone())) }
    };
    named.iter().map(find).collect()
}

fn recipients(holders: &[&Member]) -> Result<Vec<HybridRecipient>, RecoveryError> {
    let bad = |holder: &Member| RecoveryError::BadRecipient(holder.id.clone());
    holders.iter().map(|holder| holder.recipient.parse().map_err(|_| bad(holder))).collect()
}

/// A share as people print it: a line that says what it is, then its words.
pub fn page(share: &Share, of: usize) -> Zeroizing<String> {
    let (set, words) = (share.set(), share.expose_words());
    let mut page = Zeroizing::new(String::with_capacity(words.len() + 256));
    // Writing to a string cannot fail.
    let _written = writeln!(page, "# share {} of {of}; any {} give {set}", share.number(), set.threshold);
    for (at, word) in words.split(' ').enumerate() {
        page.push_str(word);
        page.push(if (at + 1) % WORDS_A_LINE == 0 { '\n' } else { ' ' });
    }
    page
}

/// Reads a share from a page that was typed or printed.
pub fn read_page(page: &str) -> Result<Share, NotAShare> {
    let mut words = Zeroizing::new(String::with_capacity(page.len()));
    for line in page.lines().filter(|line| !line.trim_start().starts_with('#')) {
        words.push_str(line);
        words.push('\n');
    }
    Share::from_words(&words)
}

/// The words of a page, with another at one place, which counts from 1.
pub fn with_word(page: &str, place: usize, word: &str) -> Zeroizing<String> {
    let mut mended = Zeroizing::new(String::with_capacity(page.len() + word.len() + 2));
    let lines = page.lines().filter(|line| !line.trim_start().starts_with('#'));
    for (at, old) in (1..).zip(lines.flat_map(str::split_whitespace)) {
        mended.push_str(if at == place { word } else { old });
        mended.push(' ');
    }
    mended
}

/// The page in a file: as it was sealed to whoever has this identity, or in clear.
pub fn open_page(path: &Path, identity: Option<&Identity>) -> Result<Zeroizing<String>, RecoveryError> {
    let bytes = Zeroizing::new(files::read(path, MAX_BYTES)?);
    let closed = || RecoveryError::Closed(path.to_owned());
    let page = match identity {
        Some(identity) if bytes.starts_with(SEALED) => {
            identity.openers().find_map(|key| file::open(key, &bytes).ok()).ok_or_else(closed)?
        }
        _ => bytes,
    };
    let page = std::str::from_utf8(&page).map_err(|_| closed())?;
    Ok(Zeroizing::new(page.to_owned()))
}

/// Whether a file holds a share that is sealed to somebody.
pub fn is_sealed(path: &Path) -> Result<bool, RecoveryError> {
    Ok(Zeroizing::new(files::read(path, MAX_BYTES)?).starts_with(SEALED))
}

/// The key that shares give, if it is one that the keyring names.
pub fn join(version: &Version, shares: &[Share]) -> Result<(AgencyKeyName, HybridIdentity), RecoveryError> {
    let key = recovery::join(shares)?;
    let set = shares.first().ok_or(NoKey::Nothing)?.set();
    let (agency, epoch) = (set.agency, u32::from(set.epoch));
    let recipient = key.to_recipient().to_string();
    let is_named = |named: &AgencyKey| named.agency == agency && named.epoch == epoch && named.recipient == recipient;
    let is_known = version.staff.agency_keys.iter().any(is_named);
    if is_known {
        Ok((AgencyKeyName { agency, epoch, recipient }, key))
    } else {
        Err(RecoveryError::OtherKey { agency, epoch })
    }
}
