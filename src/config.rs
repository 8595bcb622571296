//! What the person who runs the server tells it: flags first, then a TOML file, then defaults. Nothing is read from
//! the environment.

use crate::http::accept::Address;
use crate::http::limits::Limits;
use crate::http::serve::Settings;
use crate::model::hex::Sha256Hash;
use crate::telemetry::Level;
use bucket::FileBucket;
use clap::Args;
use doors::FileDoors;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use uploads::FileUploads;

mod bucket;
mod doors;
mod uploads;

pub use uploads::{MAX_FILE_MEBIBYTES, limits_for};

const DEFAULT_PUBLIC: &str = "127.0.0.1:8080";
const DEFAULT_STAFF: &str = "127.0.0.1:8081";
const DEFAULT_REPLY_DELAY_MINUTES: u32 = 240;
const MAX_REPLY_DELAY_MINUTES: u32 = 2_880;

/// Flags of `knothole serve`. Each goes before the file's word.
#[derive(Args, Clone, Debug, Default)]
pub struct ServeArgs {
    /// TOML file with any of: data, public, staff, genesis, log, `reply_delay_minutes`, drafts, and tables doors.public, doors.staff and uploads
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the database; made with mode 0700 when it does not exist
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Where sources come: 127.0.0.1:8080 or unix:PATH [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub public: Option<String>,
    /// Where desk comes [default: 127.0.0.1:8081]
    #[arg(long, value_name = "ADDR")]
    pub staff: Option<String>,
    /// Hash of the keyring's version 0, as `desk admin sign` printed it
    #[arg(long, value_name = "HEX")]
    pub genesis: Option<String>,
}

/// The TOML file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    public: Option<String>,
    staff: Option<String>,
    genesis: Option<String>,
    log: Option<String>,
    reply_delay_minutes: Option<u32>,
    #[serde(default)]
    drafts: bool,
    #[serde(default)]
    doors: FileDoors,
    #[serde(default)]
    uploads: FileUploads,
}

/// A whole configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// For the server.
    pub settings: Settings,
    /// For the log.
    pub log: Level,
}

/// What is wrong with a configuration. Its text has a hint on a second line.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {cause}\nhint: --config takes the path of a TOML file")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not the TOML we know.
    #[error(
        "{path} is not a configuration: {cause}\nhint: it may set data, public, staff, genesis, log, reply_delay_minutes, drafts, doors.public, doors.staff and uploads"
    )]
    Unknown {
        /// Which.
        path: String,
        /// Why.
        cause: String,
    },
    /// A value must be given and was not.
    #[error("{name} is not set\nhint: {hint}")]
    Missing {
        /// Which.
        name: &'static str,
        /// How to set it.
        hint: &'static str,
    },
    /// A value is not of its form.
    #[error("{name} cannot be {value:?}\nhint: {hint}")]
    Invalid {
        /// Which.
        name: &'static str,
        /// What was given.
        value: String,
        /// What it may be.
        hint: String,
    },
}

impl Config {
    /// Puts flags, file and defaults together.
    pub fn load(args: ServeArgs) -> Result<Self, ConfigError> {
        let mut file = args.config.as_deref().map(read).transpose()?.unwrap_or_default();
        let data_dir = args
            .data
            .or(file.data)
            .ok_or(ConfigError::Missing { name: "data", hint: "say with --data which folder holds the database" })?;
        let genesis = args.genesis.or(file.genesis).ok_or(ConfigError::Missing {
            name: "genesis",
            hint: "say with --genesis which keyring this site has; desk admin init prints its hash",
        })?;
        let public = args.public.or(file.public).unwrap_or_else(|| DEFAULT_PUBLIC.into());
        let staff = args.staff.or(file.staff).unwrap_or_else(|| DEFAULT_STAFF.into());
        let settings = Settings {
            data_dir,
            public: parse::<Address>("public", &public)?,
            staff: parse::<Address>("staff", &staff)?,
            genesis: parse::<Sha256Hash>("genesis", &genesis)?,
            limits: file.doors.over(&Limits::default())?,
            reply_delay_minutes: in_range(
                "reply_delay_minutes",
                file.reply_delay_minutes.unwrap_or(DEFAULT_REPLY_DELAY_MINUTES),
                0..=MAX_REPLY_DELAY_MINUTES,
            )?,
            bucket: file.uploads.bucket.take().map(FileBucket::read).transpose()?,
            uploads: file.uploads.over_defaults()?,
            shows_drafts: file.drafts,
        };
        Ok(Self { settings, log: file.log.map_or(Ok(Level::Info), |log| parse("log", &log))? })
    }
}

fn read(path: &Path) -> Result<File, ConfigError> {
    let name = || path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable { path: name(), cause })?;
    toml::from_str(&text).map_err(|error| ConfigError::Unknown { path: name(), cause: error.message().to_owned() })
}

fn parse<T: FromStr<Err: std::fmt::Display>>(name: &'static str, value: &str) -> Result<T, ConfigError> {
    value.parse().map_err(|error: T::Err| ConfigError::Invalid {
        name,
        value: value.to_owned(),
        hint: error.to_string(),
    })
}

fn in_range(name: &'static str, value: u32, range: std::ops::RangeInclusive<u32>) -> Result<u32, ConfigError> {
    if range.contains(&value) {
        return Ok(value);
    }
    let hint = format!("a number from {} to {}", range.start(), range.end());
    Err(ConfigError::Invalid { name, value: value.to_string(), hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

    fn args_with_file(text: &str) -> (ServeArgs, tempfile::NamedTempFile) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        (ServeArgs { config: Some(file.path().into()), ..ServeArgs::default() }, file)
    }

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let text = format!("data = '/srv/tips'\nstaff = 'unix:/run/staff'\nlog = 'warn'\ngenesis = '{GENESIS}'");
        let (args, _file) = args_with_file(&text);
        let config = Config::load(ServeArgs { staff: Some("127.0.0.1:1".into()), ..args }).unwrap();
        assert_eq!(config.settings.public.to_string(), DEFAULT_PUBLIC);
        assert_eq!(config.settings.staff.to_string(), "127.0.0.1:1");
        assert_eq!((config.settings.data_dir, config.log), (PathBuf::from("/srv/tips"), Level::Warn));
        assert_eq!(config.settings.reply_delay_minutes, 240, "docs/PROTOCOL.md section 13");
    }

    #[test]
    fn every_mistake_has_a_hint() {
        let complete = format!("data = '/srv/tips'\ngenesis = '{GENESIS}'\n");
        for mistake in [
            "public = 'here'",
            "genesi = ''",
            "doors.public.max_connections = 0",
            "log = 'all'",
            "doors.public.max = 1",
            "reply_delay_minutes = 2881",
            "uploads.max_files = 0",
        ] {
            let (args, _file) = args_with_file(&format!("{complete}{mistake}"));
            assert!(Config::load(args).unwrap_err().to_string().contains("\nhint: "), "{mistake}");
        }
        assert!(Config::load(ServeArgs::default()).unwrap_err().to_string().contains("--data"));
    }
}
