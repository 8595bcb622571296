//! A look into the store from beside a server that may be running: changes nothing, and migrates nothing.

use super::{MIGRATIONS, file, tip};
use crate::model::day::Day;
use crate::store::StoreError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;

/// What is in a store, as far as its keeper needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Whose it is.
    pub schema: Schema,
    /// The day the newest tip came.
    pub newest_day: Option<Day>,
    /// Documents of all versions of the keyring, ascending.
    pub keyring: Vec<String>,
}

/// Which version wrote a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// This one, or one that writes the same.
    Current,
    /// One before it, or none yet.
    Older,
    /// One that this one does not know.
    Unknown,
}

/// Looks into the store in `dir`. Of a schema that this version does not know, nothing but that is said.
pub async fn inspect(dir: &Path) -> Result<Inspection, StoreError> {
    let mut found = Inspection { schema: Schema::Older, newest_day: None, keyring: Vec::new() };
    let path = dir.join(file::FILE_NAME);
    if !path.exists() {
        return Ok(found);
    }
    let options = SqliteConnectOptions::new().filename(path).read_only(true).disable_statement_logging();
    let mut database = options.connect().await?;
    let applied = applied(&mut database).await?;
    found.schema = schema(&applied);
    if !applied.is_empty() && found.schema != Schema::Unknown {
        found.newest_day = tip::holdings(&mut database).await?.newest_day;
        found.keyring = sqlx::query_scalar!(
            "select document
            from keyring_version
            order by number",
        )
        .fetch_all(&mut database)
        .await?;
    }
    database.close().await?;
    Ok(found)
}

/// Migrations that ran here, by number, each with its checksum.
async fn applied(database: &mut SqliteConnection) -> Result<BTreeMap<i64, Vec<u8>>, StoreError> {
    let is_there: bool =
        sqlx::query_scalar("select exists (select 1 from sqlite_schema where name = '_sqlx_migrations')")
            .fetch_one(&mut *database)
            .await?;
    if !is_there {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("select version, checksum from _sqlx_migrations").fetch_all(database).await?;
    Ok(rows.into_iter().collect())
}

fn schema(applied: &BTreeMap<i64, Vec<u8>>) -> Schema {
    let known: BTreeMap<i64, &[u8]> =
        MIGRATIONS.iter().map(|migration| (migration.version, migration.checksum.as_ref())).collect();
    if applied.iter().any(|(version, checksum)| known.get(version) != Some(&checksum.as_slice())) {
        return Schema::Unknown;
    }
    if applied.len() == known.len() { Schema::Current } else { Schema::Older }
}
