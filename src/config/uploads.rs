//! The table `uploads` of the TOML file: how much may follow letters. What is left out stays as it is by default.

use super::bucket::FileBucket;
use super::{ConfigError, in_range};
use crate::intake::UploadLimits;
use serde::Deserialize;

/// The most that `max_file_mebibytes` may say.
pub const MAX_FILE_MEBIBYTES: u32 = 65_536;

/// The table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileUploads {
    max_file_mebibytes: Option<u32>,
    max_files: Option<u32>,
    max_tip_mebibytes: Option<u32>,
    max_unkept_mebibytes: Option<u32>,
    keep_free_percent: Option<u32>,
    /// Where they lie, if not in a folder beside the database.
    pub bucket: Option<FileBucket>,
}

/// The limits of a site whose longest file has so many mebibytes, and the rest by default; none where that is 0.
pub fn limits_for(max_file_mebibytes: u32) -> Option<UploadLimits> {
    let max_file_bytes = bytes(max_file_mebibytes);
    (max_file_bytes > 0).then(|| UploadLimits { max_file_bytes, ..UploadLimits::default() })
}

impl FileUploads {
    /// The limits with what the file says over the defaults; none where no files are taken.
    pub fn over_defaults(self) -> Result<Option<UploadLimits>, ConfigError> {
        let default = UploadLimits::default();
        let mebibytes = |bytes: u64| u32::try_from(bytes >> 20).unwrap_or(u32::MAX);
        let longest = self.max_file_mebibytes.unwrap_or_else(|| mebibytes(default.max_file_bytes));
        let longest = in_range("uploads.max_file_mebibytes", longest, 0..=MAX_FILE_MEBIBYTES)?;
        // A little more than the longest file, since it grows when it is sealed: else it would be refused for ever.
        let least = longest + 1 + longest / 1024;
        let room = |name, value: Option<u32>, default: u64| {
            let room = value.unwrap_or_else(|| mebibytes(default).max(least));
            in_range(name, room, least..=u32::MAX).map(bytes)
        };
        let max_tip_bytes = room("uploads.max_tip_mebibytes", self.max_tip_mebibytes, default.max_tip_bytes)?;
        let max_unkept_bytes =
            room("uploads.max_unkept_mebibytes", self.max_unkept_mebibytes, default.max_unkept_bytes)?;
        let max_files = in_range("uploads.max_files", self.max_files.unwrap_or(default.max_files), 2..=10_000)?;
        let free = self.keep_free_percent.unwrap_or_else(|| default.keep_free_percent.into());
        let free = in_range("uploads.keep_free_percent", free, 0..=90)?;
        let keep_free_percent = u8::try_from(free).unwrap_or(default.keep_free_percent);
        let limits = limits_for(longest);
        Ok(limits.map(|limits| UploadLimits {
            max_files,
            max_tip_bytes,
            max_unkept_bytes,
            keep_free_percent,
            ..limits
        }))
    }
}

const fn bytes(mebibytes: u32) -> u64 {
    (mebibytes as u64) << 20
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<UploadLimits>, String> {
        let table: FileUploads = toml::from_str(text).map_err(|error| error.to_string())?;
        table.over_defaults().map_err(|error| error.to_string())
    }

    #[test]
    fn what_the_file_says_goes_before_the_defaults_and_a_zero_takes_no_files() {
        assert_eq!(read(""), Ok(Some(UploadLimits::default())));
        let said = UploadLimits { max_file_bytes: 5 << 20, max_files: 7, ..UploadLimits::default() };
        assert_eq!(read("max_file_mebibytes = 5\nmax_files = 7"), Ok(Some(said)));
        assert_eq!(read("max_file_mebibytes = 0"), Ok(None));
    }

    #[test]
    fn where_files_may_be_longer_a_tip_has_room_for_one() {
        let limits = read("max_file_mebibytes = 65536").unwrap().unwrap();
        assert!(limits.max_tip_bytes > limits.largest_sealed_bytes());
        assert!(limits.max_unkept_bytes > limits.largest_sealed_bytes());
    }

    #[test]
    fn a_limit_that_would_take_no_file_is_refused() {
        for mistake in [
            "max_file_mebibytes = 65537",
            "max_files = 1",
            "max_tip_mebibytes = 1024",
            "max_unkept_mebibytes = 1024",
            "keep_free_percent = 91",
            "max_file_bytes = 1",
        ] {
            assert!(read(mistake).is_err(), "{mistake}");
        }
    }

    #[test]
    fn the_operations_manual_says_the_defaults() {
        let manual = include_str!("../../docs/OPERATIONS.md");
        let table = manual.split_once("    [uploads]").unwrap().1.split_once("\n\n").unwrap().0;
        let table: String =
            table.lines().map(|line| line.split('#').next().unwrap().trim().to_owned() + "\n").collect();
        assert_eq!(read(&table), Ok(Some(UploadLimits::default())));
        for name in
            ["max_file_mebibytes", "max_files", "max_tip_mebibytes", "max_unkept_mebibytes", "keep_free_percent"]
        {
            assert!(table.contains(name), "{name}");
        }
    }
}
