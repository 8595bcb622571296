//! The tables `doors.public` and `doors.staff` of the TOML file: what each door lets in. What is left out stays as it is
//! by default.

use super::{ConfigError, in_range};
use crate::crypto::tar::MAX_TIP_LEN;
use crate::http::limits::{DoorLimits, Limits, Rate, Rates};
use crate::intake::MAX_PART_BYTES;
use crate::wire::MAX_KEYRING_BODY;
use serde::Deserialize;

/// Both tables.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileDoors {
    public: FileDoor,
    staff: FileDoor,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileDoor {
    proxy_protocol: Option<bool>,
    max_connections: Option<u32>,
    max_connections_per_peer: Option<u32>,
    peer: FileRates,
    all: FileRates,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileRates {
    requests: Option<FileRate>,
    kibibytes: Option<FileRate>,
    file_kibibytes: Option<FileRate>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRate {
    burst: u32,
    per_minute: u32,
}

impl FileDoors {
    /// The limits with what the file says over the defaults.
    pub fn over(self, defaults: &Limits) -> Result<Limits, ConfigError> {
        Ok(Limits {
            public: self.public.over(defaults.public, MAX_TIP_LEN)?,
            staff: self.staff.over(defaults.staff, MAX_KEYRING_BODY)?,
        })
    }
}

impl FileDoor {
    fn over(self, default: DoorLimits, largest_body: usize) -> Result<DoorLimits, ConfigError> {
        let count = |name, value: Option<u32>, default: usize| match value {
            None => Ok(default),
            Some(value) => Ok(in_range(name, value, 1..=65_536)? as usize),
        };
        Ok(DoorLimits {
            is_proxied: self.proxy_protocol.unwrap_or(default.is_proxied),
            max_connections: count("max_connections", self.max_connections, default.max_connections)?,
            max_connections_per_peer: count(
                "max_connections_per_peer",
                self.max_connections_per_peer,
                default.max_connections_per_peer,
            )?,
            peer: self.peer.over(default.peer, largest_body)?,
            all: self.all.over(default.all, largest_body)?,
            ..default
        })
    }
}

impl FileRates {
    fn over(self, default: Rates, largest_body: usize) -> Result<Rates, ConfigError> {
        let kibibytes = |bytes: usize| u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX);
        let (least, least_of_file) = (kibibytes(largest_body), kibibytes(MAX_PART_BYTES));
        Ok(Rates {
            requests: rate("requests", self.requests, default.requests, 1)?,
            // A bucket that the largest body does not fit into would refuse it for ever.
            kibibytes: rate("kibibytes", self.kibibytes, default.kibibytes, least)?,
            file_kibibytes: rate("file_kibibytes", self.file_kibibytes, default.file_kibibytes, least_of_file)?,
        })
    }
}

fn rate(name: &'static str, rate: Option<FileRate>, default: Rate, least: u32) -> Result<Rate, ConfigError> {
    let Some(FileRate { burst, per_minute }) = rate else { return Ok(default) };
    Ok(Rate::new(in_range(name, burst, least..=u32::MAX)?, in_range(name, per_minute, 1..=u32::MAX)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Limits, String> {
        let doors: FileDoors = toml::from_str(text).map_err(|error| error.to_string())?;
        doors.over(&Limits::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_the_file_says_goes_before_the_defaults_and_the_rest_stays() {
        let text = "[public]\nproxy_protocol = true\nmax_connections = 9\n\
            peer.requests = { burst = 3, per_minute = 2 }\n[staff.all]\nkibibytes = { burst = 8192, per_minute = 1 }";
        let limits = read(text).unwrap();
        let default = Limits::default();
        assert!(limits.public.is_proxied && !limits.staff.is_proxied);
        assert_eq!((limits.public.max_connections, limits.staff.max_connections), (9, default.staff.max_connections));
        assert_eq!(limits.public.peer.requests, Rate::new(3, 2));
        assert_eq!(limits.public.peer.kibibytes, default.public.peer.kibibytes);
        assert_eq!(limits.staff.all.kibibytes, Rate::new(8192, 1));
        assert_eq!(read(""), Ok(default));
    }

    #[test]
    fn the_operations_manual_says_the_defaults() {
        let manual = include_str!("../../docs/OPERATIONS.md");
        let table = manual.split_once("    [doors.public]").unwrap().1.split_once("\n\n").unwrap().0;
        let limits = read(&format!("[public]{table}")).unwrap();
        assert_eq!(limits, Limits::default());
        for word in
            ["proxy_protocol", "max_connections_per_peer", "peer.kibibytes", "all.file_kibibytes", "all.requests"]
        {
            assert!(table.contains(word), "{word}");
        }
    }

    #[test]
    fn a_limit_that_would_let_nobody_in_is_refused() {
        for mistake in [
            "public.max_connections = 0",
            "public.peer.requests = { burst = 0, per_minute = 1 }",
            "public.peer.requests = { burst = 1, per_minute = 0 }",
            "public.peer.kibibytes = { burst = 100, per_minute = 100 }",
            "staff.all.kibibytes = { burst = 4095, per_minute = 100 }",
            "public.all.file_kibibytes = { burst = 4096, per_minute = 100 }",
            "public.peer.requests = { burst = 1 }",
            "public.peer.request = 1",
            "private.max_connections = 1",
        ] {
            assert!(read(mistake).is_err(), "{mistake}");
        }
    }
}
