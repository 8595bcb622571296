//! The folder and the file: made so that only the account of the server can look into them, and how the file is opened.

use crate::store::OpenError;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the file is called.
pub const FILE_NAME: &str = "knothole.db";
/// How long a writer waits for another.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Makes folder (0700) and file (0600) where they do not exist, and gives the path of the file. `SQLite` gives its
/// side files the mode of this one.
pub fn prepare(dir: &Path) -> Result<PathBuf, OpenError> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |cause: io::Error| OpenError::Path { path, cause }
    };
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(failed(dir))?;
    let mode = dir.metadata().map_err(failed(dir))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(OpenError::OpenToOthers { path: dir.display().to_string() });
    }
    let path = dir.join(FILE_NAME);
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(&path).map_err(failed(&path))?;
    file.set_permissions(Permissions::from_mode(0o600)).map_err(failed(&path))?;
    Ok(path)
}

/// How every connection opens it.
pub fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("secure_delete", "on")
        .pragma("temp_store", "memory") // no page of a statement that may have to be undone goes to a file elsewhere
        .disable_statement_logging()
}
