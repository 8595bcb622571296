//! The newest events of each tip that this profile has seen, sealed, where clearing the cache does not reach: a server that
//! shows a shorter history afterwards is found out.

use crate::crypto::event::EventHash;
use crate::crypto::file;
use crate::desk::cache::Known;
use crate::desk::case::Case;
use crate::desk::files::{self, FileError};
use crate::desk::identity::Identity;
use crate::desk::profile::Profile;
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const FILE_NAME: &str = "events-seen.age";
const FORMAT: u32 = 1;
const MAX_BYTES: u64 = 1 << 28;

/// What was seen last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    format: u32,
    heads: BTreeMap<TipId, Heads>,
}

/// Of one tip.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Heads {
    heads: Vec<EventHash>,
    /// Whether two have agreed to delete it.
    may_go: bool,
}

/// Why it cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SeenError {
    /// It is not what was written.
    #[error("{FILE_NAME} of the profile is damaged")]
    Damaged,
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Seen {
    /// What a profile remembers; nothing before the first time.
    pub fn read(profile: &Profile, identity: &Identity) -> Result<Self, SeenError> {
        let sealed = match files::read(&profile.dir().join(FILE_NAME), MAX_BYTES) {
            Err(FileError::Missing(_)) => return Ok(Self::default()),
            read => read?,
        };
        let plain = file::open(&identity.device, &sealed).map_err(|_| SeenError::Damaged)?;
        serde_json::from_slice(&plain).ok().filter(|seen: &Self| seen.format == FORMAT).ok_or(SeenError::Damaged)
    }

    /// Tips of which an event was seen that is not known now, where nobody has agreed to delete them.
    pub fn lost(&self, known: &Known) -> Vec<TipId> {
        let is_known = |tip: &TipId, head: &EventHash| {
            known.events.get(tip).into_iter().flatten().any(|event| event.hash() == *head)
        };
        let lost = self.heads.iter().filter(|(_, of_tip)| !of_tip.may_go);
        lost.filter(|(tip, of_tip)| !of_tip.heads.iter().all(|head| is_known(tip, head))).map(|(tip, _)| *tip).collect()
    }

    /// Tips of which something was seen.
    pub fn tips(&self) -> impl Iterator<Item = TipId> {
        self.heads.keys().copied()
    }

    /// Takes what is there now.
    pub fn update(&mut self, case: &Case) {
        if !case.heads.is_empty() {
            let heads = Heads { heads: case.heads.clone(), may_go: case.is_agreed_to_go() };
            self.heads.insert(case.tip, heads);
        }
    }

    /// Remembers it in place of what was remembered before.
    pub fn remember(mut self, before: &Self, profile: &Profile, identity: &Identity) -> Result<(), FileError> {
        if self == *before {
            return Ok(());
        }
        self.format = FORMAT;
        let plain = serde_json::to_vec(&self).expect("numbers and hex always serialize");
        files::replace(&profile.dir().join(FILE_NAME), &file::seal(&identity.device.to_recipient(), &plain))
    }
}
