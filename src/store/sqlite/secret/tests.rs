//! What the migration to more than one key of an author does to keys that were there before.

use super::super::{MIGRATIONS, SqliteStore, file};
use crate::model::agency::AgencyNumber;
use crate::store::{SecretsFor, Store as _};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqlitePool;

#[tokio::test]
async fn keys_that_were_stored_before_keep_their_copies_and_statements() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let pool = SqlitePool::connect_with(file::options(&file::prepare(&data).unwrap())).await.unwrap();
    let before = MIGRATIONS.migrations.iter().filter(|migration| migration.version < 3).cloned().collect();
    Migrator { migrations: before, ..Migrator::DEFAULT }.run(&pool).await.unwrap();
    sqlx::raw_sql(
        "insert into agency_key values (0, 1, 'mia', 'first', zeroblob(64)), (0, 1, 'ned', 'second', zeroblob(64));
        insert into agency_key_copy values (0, 1, 'mia', 'ned', 'of the first'), (0, 1, 'ned', 'ned', 'of the second');
        insert into agency_key_opened values (0, 1, 'ned', 'first', zeroblob(64))",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let store = SqliteStore::open(&data).await.unwrap();
    let secrets = store.secrets(SecretsFor::Member { agency: AgencyNumber(0), member: "ned" }).await.unwrap();
    let keys: Vec<_> = secrets
        .keys
        .iter()
        .map(|record| (record.key.name.recipient.as_str(), record.key.copies[0].sealed.as_str()))
        .collect();
    assert_eq!(keys, [("first", "of the first"), ("second", "of the second")]);
    assert_eq!(secrets.opened[0].opened.name.recipient, "first");
}
