//! The table `uploads.bucket` of the TOML file: the bucket in which sealed files lie. Its key stands in a file of its own, which nobody
//! else on the machine may read.

use super::{ConfigError, parse};
use crate::store::bucket::Bucket;
use serde::Deserialize;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What servers call it that have no places.
const DEFAULT_REGION: &str = "us-east-1";

/// The table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileBucket {
    endpoint: String,
    name: String,
    region: Option<String>,
    #[serde(default)]
    host_style: bool,
    key_file: PathBuf,
}

/// The file with the key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
}

impl FileBucket {
    /// The bucket, with its key.
    pub fn read(self) -> Result<Bucket, ConfigError> {
        let key = read_key(&self.key_file)?;
        if self.name.is_empty() || self.name.contains(['/', ' ']) {
            let hint = "the name of a bucket that is there".into();
            return Err(ConfigError::Invalid { name: "uploads.bucket.name", value: self.name, hint });
        }
        Ok(Bucket {
            endpoint: parse("uploads.bucket.endpoint", &self.endpoint)?,
            region: self.region.unwrap_or_else(|| DEFAULT_REGION.into()),
            name: self.name,
            is_host_style: self.host_style,
            key_id: key.access_key_id,
            key: key.secret_access_key,
        })
    }
}

fn read_key(path: &Path) -> Result<KeyFile, ConfigError> {
    let name = || path.display().to_string();
    let invalid =
        |hint: &str| ConfigError::Invalid { name: "uploads.bucket.key_file", value: name(), hint: hint.to_owned() };
    let unreadable = |cause| ConfigError::Unreadable { path: name(), cause };
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(unreadable)?);
    if path.metadata().map_err(unreadable)?.permissions().mode() & 0o077 != 0 {
        return Err(invalid("others on this machine may read it: `chmod 600` it, as the account of the server"));
    }
    // What TOML says of a mistake repeats the line, which may hold the key.
    toml::from_str(&text).map_err(|_| invalid("two lines: access_key_id = '…' and secret_access_key = '…'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;

    fn read(table: &str, key: &str, mode: u32) -> Result<Bucket, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), key).unwrap();
        std::fs::set_permissions(file.path(), Permissions::from_mode(mode)).unwrap();
        let table: FileBucket =
            toml::from_str(&format!("{table}\nkey_file = '{}'", file.path().display())).map_err(|e| e.to_string())?;
        table.read().map_err(|error| error.to_string())
    }

    const TABLE: &str = "endpoint = 'https://s3.example'\nname = 'sealed'";
    const KEY: &str = "access_key_id = 'who'\nsecret_access_key = 'opens'";

    #[test]
    fn a_table_and_a_key_file_name_a_bucket() {
        let bucket = read(TABLE, KEY, 0o600).unwrap();
        assert_eq!((bucket.region.as_str(), bucket.is_host_style), (DEFAULT_REGION, false));
        assert_eq!((bucket.key_id.as_str(), bucket.key.as_str()), ("who", "opens"));
    }

    #[test]
    fn each_mistake_is_named_with_what_to_do_and_no_key_is_repeated() {
        for (table, key, mode) in [
            (TABLE, KEY, 0o640),
            (TABLE, "access_key_id = 'who'\nsecret_access_key = opens", 0o600),
            (TABLE, "access_key_id = 'who'", 0o600),
            ("endpoint = 'http://s3.example'\nname = 'sealed'", KEY, 0o600),
            ("endpoint = 'https://s3.example'\nname = 'a/b'", KEY, 0o600),
        ] {
            let said = read(table, key, mode).unwrap_err();
            assert!(said.contains("\nhint: ") && !said.contains("opens"), "{said}");
        }
        assert!(read("endpoint = 'https://s3.example'", KEY, 0o600).is_err());
    }
}
