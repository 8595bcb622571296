//! Which line is the newest: signed, sealed, and in a file of its own, so that a log whose end was cut off is known as such.

use super::{FORMAT, LineHash, LogError};
use crate::crypto::file;
use crate::crypto::sign::{self, Purpose, canonical};
use crate::desk::files::{self, FileError};
use crate::desk::identity::Identity;
use crate::model::hex::SignatureBytes;
use serde::{Deserialize, Serialize};
use std::path::Path;

const FILE_NAME: &str = "head.age";
const MAX_BYTES: u64 = 64 * 1024;

/// Number and name of the newest signed line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head(pub u64, pub LineHash);

/// What is signed. Has other fields than a line, so that neither passes for the other.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Newest {
    format: u32,
    last: u64,
    name: LineHash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedHead {
    head: String,
    signature: SignatureBytes,
}

impl Head {
    /// What was written last; none where there is nothing, or something that this profile has not written.
    pub fn read(dir: &Path, identity: &Identity) -> Result<Option<(u64, LineHash)>, LogError> {
        match files::read(&dir.join(FILE_NAME), MAX_BYTES) {
            Err(FileError::Missing(_) | FileError::TooLarge(_)) => Ok(None),
            Err(error) => Err(error.into()),
            Ok(sealed) => Ok(Self::of(&sealed, identity).map(|Self(number, name)| (number, name))),
        }
    }

    fn of(sealed: &[u8], identity: &Identity) -> Option<Self> {
        let plain = file::open(&identity.device, sealed).ok()?;
        let SignedHead { head, signature } = serde_json::from_slice(&plain).ok()?;
        let is_ours = sign::verifies(&identity.public_key(), Purpose::Log, head.as_bytes(), &signature);
        let newest: Newest = serde_json::from_str(&head).ok().filter(|_| is_ours)?;
        (newest.format == FORMAT).then_some(Self(newest.last, newest.name))
    }

    /// Writes it in the place of the one before.
    pub fn write(self, dir: &Path, identity: &Identity) -> Result<(), LogError> {
        let head = canonical(&Newest { format: FORMAT, last: self.0, name: self.1 });
        let signature = sign::sign(&identity.signing, Purpose::Log, head.as_bytes());
        let text = serde_json::to_vec(&SignedHead { head, signature }).expect("strings always serialize");
        Ok(files::replace(&dir.join(FILE_NAME), &file::seal(&identity.device.to_recipient(), &text))?)
    }
}
