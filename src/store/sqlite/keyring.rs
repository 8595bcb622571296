//! Versions of the keyring, as they were published.

use super::unsigned;
use crate::model::hex::Sha256Hash;
use crate::store::{Outcome, StoreError};
use sqlx::SqlitePool;

pub async fn put(pool: &SqlitePool, number: u32, hash: Sha256Hash, document: &str) -> Result<Outcome, StoreError> {
    let hash = hash.as_bytes().as_slice();
    let mut transaction = pool.begin_with("begin immediate").await?;
    let stored = sqlx::query!(
        "insert into keyring_version (number, hash, document)
        values (?1, ?2, ?3)
        on conflict do nothing",
        number,
        hash,
        document,
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    if stored == 1 {
        // They were to follow the version before.
        sqlx::query!("delete from keyring_proposal").execute(&mut *transaction).await?;
        transaction.commit().await?;
        return Ok(Outcome::Stored);
    }
    let there = sqlx::query_scalar!(
        "select hash
        from keyring_version
        where number = ?1",
        number,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    Ok(if there.as_deref() == Some(hash) { Outcome::StoredBefore } else { Outcome::Taken })
}

pub async fn list_from(pool: &SqlitePool, number: u32) -> Result<Vec<String>, StoreError> {
    let documents = sqlx::query_scalar!(
        "select document
        from keyring_version
        where number >= ?1
        order by number",
        number,
    )
    .fetch_all(pool)
    .await?;
    Ok(documents)
}

pub async fn newest(pool: &SqlitePool) -> Result<Option<u32>, StoreError> {
    let newest = sqlx::query_scalar!(
        r#"select number as "number!"
        from keyring_version
        order by number desc
        limit 1"#,
    )
    .fetch_optional(pool)
    .await?;
    newest.map(unsigned).transpose()
}
