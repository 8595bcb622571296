//! What was learned of the files of tips, in a file sealed to the device key beside the cache: so that `desk show` lists them without
//! asking the server, which would see each time who looks at what. No key of a file is in it. When it is lost, `desk attachments` asks anew.

use super::File;
use crate::crypto::file;
use crate::crypto::hybrid::HybridIdentity;
use crate::desk::files::{self, FileError};
use crate::desk::profile::Profile;
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

const FORMAT: u32 = 1;
const FILE_NAME: &str = "attachments.age";
const MAX_BYTES: u64 = 1 << 28;

/// See the module.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Remembered {
    format: u32,
    tips: BTreeMap<TipId, Vec<File>>,
}

impl Remembered {
    /// Reads it. What is not what was written counts for nothing.
    pub fn open(profile: &Profile, device: &HybridIdentity) -> Result<Self, FileError> {
        let sealed = match files::read(&profile.cache_dir().join(FILE_NAME), MAX_BYTES) {
            Ok(sealed) => sealed,
            Err(FileError::Missing(_)) => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let read = |plain: Zeroizing<Vec<u8>>| serde_json::from_slice::<Self>(&plain).ok();
        let read = file::open(device, &sealed).ok().and_then(read).filter(|read| read.format == FORMAT);
        Ok(read.unwrap_or_default())
    }

    /// The files of a tip; none where nobody has asked for them here.
    pub fn of(&self, tip: TipId) -> Option<&[File]> {
        self.tips.get(&tip).map(Vec::as_slice)
    }

    /// Takes in what the server has of a tip now. What a file was found to be stays.
    pub fn learn(&mut self, tip: TipId, files: &[File]) {
        let before = self.tips.remove(&tip).unwrap_or_default();
        let found = |file: &File| before.iter().find(|one| one.upload == file.upload).and_then(|one| one.found.clone());
        let files = files.iter().map(|file| File { found: file.found.clone().or_else(|| found(file)), ..file.clone() });
        self.tips.insert(tip, files.collect());
    }

    /// Writes it, without tips that are no longer known.
    pub fn write(
        &mut self,
        profile: &Profile,
        device: &HybridIdentity,
        is_known: impl Fn(&TipId) -> bool,
    ) -> Result<(), FileError> {
        self.format = FORMAT;
        self.tips.retain(|tip, _| is_known(tip));
        let plain = Zeroizing::new(serde_json::to_vec(self).expect("strings and numbers always serialize"));
        files::replace(&profile.cache_dir().join(FILE_NAME), &file::seal(&device.to_recipient(), &plain))
    }
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;
    use crate::model::hex::Hex;

    fn file(byte: u8, found: Option<&str>) -> File {
        let found = found.map(str::to_owned);
        File { number: 1, upload: Hex([byte; 16]), state: State::Whole, sealed: 5, listed: None, found }
    }

    #[test]
    fn what_a_file_was_found_to_be_stays_when_the_list_is_asked_for_again() {
        let (tip, mut remembered) = (TipId([1; 32]), Remembered::default());
        assert_eq!(remembered.of(tip), None);
        remembered.learn(tip, &[file(1, Some("image/png")), file(2, None)]);
        remembered.learn(tip, &[file(1, None), file(3, None)]);
        let found: Vec<_> = remembered.of(tip).unwrap().iter().map(|file| file.found.as_deref()).collect();
        assert_eq!(found, [Some("image/png"), None]);
    }
}
