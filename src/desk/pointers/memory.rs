//! The messages that came for this agency, as this machine has seen them: read from the server once, checked, and kept, sealed to
//! the device key, so that a server that takes one back, or shows another, changes nothing here.

use super::Said;
use crate::crypto::file::{self, OpenError};
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::keyring::{Member, Role, Version};
use crate::crypto::pointers::{Exchange, Message, MessageError, SignedMessage, Step};
use crate::desk::files::{self, FileError};
use crate::desk::profile::Profile;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::wire::POINTER_DAYS;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

const FILE_NAME: &str = "pointers.age";
const FORMAT: u32 = 1;
const MAX_BYTES: u64 = 256 << 20;

/// What this machine has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    format: u32,
    /// The highest place of the server's list that was read.
    pub read: u64,
    kept: Vec<Kept>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    signed: SignedMessage,
    /// What it is among the messages.
    place: Place,
    /// The day it was first seen here.
    day: Day,
    /// Whether the server has listed it.
    is_listed: bool,
}

/// What can be there once: a step of an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    exchange: Exchange,
    step: u8,
}

/// Why nothing can be remembered.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// The file is damaged.
    #[error("{} is damaged", .0.display())]
    Damaged(PathBuf),
    /// The server shows fewer messages than it did.
    #[error("the server shows fewer messages between agencies than before")]
    Shorter,
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Why a message is not gone by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PassedOver {
    /// It opens onto something else, or not as a whole.
    #[error("it is no message that this version reads")]
    NotOne,
    /// It was made at another site, or for two other agencies.
    #[error("it is of another site, or of other agencies")]
    NotOurs,
    /// Whoever it names as its sender reads for that agency no more, or never did.
    #[error("its sender is no reader of that agency")]
    Stranger,
    /// It is not signed by whom it names.
    #[error("it is not signed by whom it names")]
    Forged,
    /// It names a version of the keyring that is not known here.
    #[error("it names a version of the keyring that is not known here")]
    HiddenVersion,
    /// There is another message in its place.
    #[error("another came in its place before")]
    Forked,
}

/// One piece of the server's list.
pub struct Page<'a> {
    /// Its place.
    pub seq: u64,
    /// The sealed bytes.
    pub sealed: &'a [u8],
}

/// Who reads, and by what.
pub struct Reading<'a> {
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// The newest keyring.
    pub version: &'a Version,
    /// The reader's agency.
    pub me: AgencyNumber,
    /// Keys of that agency.
    pub keys: &'a [HybridIdentity],
    /// Today, here.
    pub today: Day,
}

impl Memory {
    /// What a profile remembers; nothing before the first time.
    pub fn read(profile: &Profile, device: &HybridIdentity) -> Result<Self, MemoryError> {
        let path = path(profile);
        let sealed = match files::read(&path, MAX_BYTES) {
            Err(FileError::Missing(_)) => return Ok(Self { format: FORMAT, ..Self::default() }),
            read => read?,
        };
        let memory = file::open(device, &sealed).ok().and_then(|text| serde_json::from_slice::<Self>(&text).ok());
        memory.filter(|memory| memory.format == FORMAT).ok_or(MemoryError::Damaged(path))
    }

    /// Remembers it, without what is so old that no server has it any more.
    pub fn write(&mut self, profile: &Profile, device: &HybridIdentity, today: Day) -> Result<(), MemoryError> {
        let oldest = today.minus(POINTER_DAYS);
        self.kept.retain(|kept| kept.day >= oldest);
        let text = serde_json::to_vec(self).expect("strings and numbers always serialize");
        Ok(files::replace(&path(profile), &file::seal(&device.to_recipient(), &text))?)
    }

    /// Takes in one of the list. None where it is for others, or known; else what it is, or why it is not gone by.
    pub fn take(&mut self, page: &Page<'_>, reading: &Reading<'_>) -> Option<Result<AgencyNumber, PassedOver>> {
        self.read = page.seq;
        let mut opened = Err(MessageError::Sealed(OpenError::NotForUs));
        for key in reading.keys {
            opened = SignedMessage::open(page.sealed, key);
            if opened != Err(MessageError::Sealed(OpenError::NotForUs)) {
                break;
            }
        }
        let signed = match opened {
            Err(MessageError::Sealed(OpenError::NotForUs)) => return None,
            Err(_) => return Some(Err(PassedOver::NotOne)),
            Ok(signed) => signed,
        };
        if let Some(known) = self.kept.iter_mut().find(|kept| kept.signed == signed) {
            known.is_listed = true;
            return None;
        }
        let read = reading.check(&signed).and_then(|message| {
            // Two colleagues may have answered at the same moment: the other agency goes on with one of the two.
            let (place, is_own) = (Place::of(&message), message.from() == reading.me);
            let is_taken = !is_own && self.kept.iter().any(|kept| kept.place == place);
            if is_taken { Err(PassedOver::Forked) } else { Ok((place, message.from())) }
        });
        Some(read.map(|(place, from)| {
            self.kept.push(Kept { signed, place, day: reading.today, is_listed: true });
            from
        }))
    }

    /// The list ended with this number.
    pub fn end(&mut self, end: u64) -> Result<(), MemoryError> {
        if end < self.read { Err(MemoryError::Shorter) } else { Ok(()) }
    }

    /// Remembers what this desk has sent.
    pub fn sent(&mut self, signed: SignedMessage, message: &Message, today: Day) {
        self.kept.push(Kept { signed, place: Place::of(message), day: today, is_listed: false });
    }

    /// Days on which this desk sent what the server does not list.
    pub fn hidden(&self) -> impl Iterator<Item = Day> {
        self.kept.iter().filter(|kept| !kept.is_listed).map(|kept| kept.day)
    }

    /// What counts of it now: a sender who reads for their agency no more has no word.
    pub fn said(&self, reading: &Reading<'_>) -> Vec<Said> {
        let said = |kept: &Kept| {
            let message = reading.check(&kept.signed).ok()?;
            Some(Said { hash: kept.signed.hash(), message })
        };
        self.kept.iter().filter_map(said).collect()
    }
}

impl Place {
    fn of(message: &Message) -> Self {
        let step = match message.what {
            Step::Ask { .. } => 1,
            Step::Answer { .. } => 2,
            Step::Finish { .. } => 3,
        };
        Self { exchange: message.exchange.clone(), step }
    }
}

impl Reading<'_> {
    fn check(&self, signed: &SignedMessage) -> Result<Message, PassedOver> {
        let message = signed.read().map_err(|_| PassedOver::NotOne)?;
        let is_ours = message.exchange.site == self.site && [message.from(), message.to()].contains(&self.me);
        if !is_ours {
            return Err(PassedOver::NotOurs);
        }
        if message.keyring > self.version.public.version {
            return Err(PassedOver::HiddenVersion);
        }
        let sender = self.sender(&message).ok_or(PassedOver::Stranger)?;
        if signed.is_by(&sender.key) { Ok(message) } else { Err(PassedOver::Forged) }
    }

    /// Who sent a message, while they read for that agency.
    pub fn sender(&self, message: &Message) -> Option<&Member> {
        let is_sender = |member: &&Member| {
            member.id == message.member && member.agency == message.from() && member.roles.contains(&Role::Reader)
        };
        self.version.staff.members.iter().find(is_sender)
    }
}

impl fmt::Debug for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").field("seq", &self.seq).finish_non_exhaustive()
    }
}

fn path(profile: &Profile) -> PathBuf {
    profile.cache_dir().join(FILE_NAME)
}

#[cfg(test)]
#[path = "memory/tests.rs"]
mod tests;
