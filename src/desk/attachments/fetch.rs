//! Sealed bytes of one file brought to this machine, as they are: so what broke off goes on where it was, and what lies there meanwhile
//! opens for nobody but who has the tip.

use super::super::client::{Client, ClientError};
use super::super::files::{self, FileError};
use super::super::profile::Profile;
use crate::model::hex::Hex;
use crate::model::tip::{CustodyToken, TipId};
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

const DIR_NAME: &str = "attachments";
/// Tries in a row that bring nothing.
const TRIES: u32 = 3;

/// Why the bytes are not there. What came is kept.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The server.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Which file it is.
pub struct Wanted<'a> {
    /// Its tip.
    pub tip: TipId,
    /// Proves that we hold it.
    pub token: &'a CustodyToken,
    /// Its name at the server.
    pub upload: Hex<16>,
    /// How long it is, sealed.
    pub length: u64,
}

/// Where the sealed bytes of a file lie until it was saved.
pub fn path(profile: &Profile, upload: &Hex<16>) -> PathBuf {
    profile.cache_dir().join(DIR_NAME).join(upload.to_string())
}

/// Brings what is not there yet. `moved` hears how many bytes are there.
pub async fn fetch(
    client: &Client,
    wanted: &Wanted<'_>,
    path: &Path,
    mut moved: impl FnMut(u64),
) -> Result<(), FetchError> {
    files::make_dir(path.parent().unwrap_or(Path::new(".")))?;
    let fails = |source: io::Error| FileError::Io { path: path.to_owned(), source };
    let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(fails)?;
    let mut at = file.metadata().map_err(fails)?.len();
    if at > wanted.length {
        file.set_len(0).map_err(fails)?;
        at = 0;
    }
    let mut tries = 0;
    while at < wanted.length {
        moved(at);
        let before = at;
        match more(client, wanted, &mut file, &mut at, &mut moved).await {
            Ok(()) => {}
            Err(FetchError::Client(error)) if is_worth_a_try(&error) && (at > before || tries < TRIES) => {
                tries = if at > before { 0 } else { tries + 1 };
            }
            Err(error) => return Err(error),
        }
    }
    moved(at);
    Ok(())
}

async fn more(
    client: &Client,
    wanted: &Wanted<'_>,
    file: &mut File,
    at: &mut u64,
    moved: &mut impl FnMut(u64),
) -> Result<(), FetchError> {
    let place = (wanted.tip, wanted.upload);
    let mut stream = client.attachment(place, wanted.token, (*at, wanted.length)).await?;
    while let Some(piece) = stream.next_piece().await? {
        let piece = piece.as_ref();
        file.write_all(piece).map_err(|source| FileError::Io { path: PathBuf::from(DIR_NAME), source })?;
        *at += piece.len() as u64;
        moved(*at);
    }
    Ok(())
}

/// A line that broke, not one that was never there.
const fn is_worth_a_try(error: &ClientError) -> bool {
    matches!(error, ClientError::Unreachable(_) | ClientError::CutShort)
}
