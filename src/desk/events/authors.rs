//! Who may have signed an event: everyone the keyring has ever named, in the versions that named them.

use crate::crypto::event::{Author, EventError, Excluded, Kind, NamedEvent, SignedEvent};
use crate::crypto::keyring::{Member, Version};
use crate::model::hex::VerifyingKeyBytes;
use crate::model::tip::TipId;
use std::collections::HashMap;

/// Members of all versions of a keyring.
#[derive(Clone, Debug, Default)]
pub struct Authors {
    members: HashMap<String, Vec<Named>>,
    newest: u32,
}

#[derive(Clone, Debug)]
struct Named {
    author: Author,
    key: VerifyingKeyBytes,
    first: u32,
    last: u32,
}

/// Why an event is not taken as its author's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthorError {
    /// It cannot be read, or is not signed by the one it names.
    #[error(transparent)]
    Event(#[from] EventError),
    /// It names a version of the keyring that we have not seen.
    #[error("it names version {0} of the keyring, which the server does not show")]
    HiddenVersion(u32),
    /// It makes a thread key without somebody whom the keyring has not taken out.
    #[error("it shuts out a member whom the keyring has not taken out")]
    ShutsOut,
    /// The version that it names has no such member.
    #[error("the keyring names no such author")]
    Stranger,
}

impl Authors {
    /// Everyone these versions name, which were verified and are in order.
    pub fn of(versions: impl IntoIterator<Item = Version>) -> Self {
        let mut authors = Self::default();
        for version in versions {
            authors.newest = version.public.version;
            for member in version.staff.members {
                let of = version.public.version;
                let author = author(&member);
                let named = authors.members.entry(member.id).or_default();
                match named.last_mut().filter(|last| last.author == author && last.key == member.key) {
                    Some(last) if last.last + 1 == of => last.last = of,
                    _ => named.push(Named { author, key: member.key, first: of, last: of }),
                }
            }
        }
        authors
    }

    /// Whether the keyring says so; it has no say on those who leave by themselves.
    fn may_be_left_out(&self, one: &Excluded, version: u32) -> bool {
        let Excluded::Member(id) = one else { return true };
        let spans = self.members.get(id).map_or(&[][..], Vec::as_slice);
        spans.iter().any(|named| named.last < version) && spans.iter().all(|named| named.last < version)
    }

    /// Reads an event of a tip, and makes sure that its author signed it.
    pub fn read(&self, signed: &SignedEvent, tip: TipId) -> Result<NamedEvent, AuthorError> {
        let named = signed.read()?;
        let event = &named.event;
        if event.keyring > self.newest {
            return Err(AuthorError::HiddenVersion(event.keyring));
        }
        let named_then = |named: &&Named| (named.first..=named.last).contains(&event.keyring);
        let known = self.members.get(&event.author.member).into_iter().flatten().find(named_then);
        let known = known.filter(|known| known.author == event.author).ok_or(AuthorError::Stranger)?;
        if !signed.is_by(&known.key) {
            return Err(EventError::Forged.into());
        }
        if event.tip != tip {
            return Err(EventError::OtherTip.into());
        }
        if let Kind::Rekey { without, .. } = &event.what
            && !without.iter().all(|one| self.may_be_left_out(one, event.keyring))
        {
            return Err(AuthorError::ShutsOut);
        }
        Ok(named)
    }
}

/// A member as events name them.
pub fn author(member: &Member) -> Author {
    Author { member: member.id.clone(), person: member.person.clone(), agency: member.agency }
}
