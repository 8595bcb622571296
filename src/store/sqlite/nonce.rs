//! Nonces of the staff door, each taken once.

use crate::model::hex::Sha256Hash;
use crate::store::StoreError;
use sqlx::SqlitePool;

pub async fn take(pool: &SqlitePool, digest: Sha256Hash, expires: u64, now: u64) -> Result<bool, StoreError> {
    let digest = digest.as_bytes().as_slice();
    let expires = i64::try_from(expires).unwrap_or(i64::MAX);
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let mut transaction = pool.begin_with("begin immediate").await?;
    sqlx::query!(
        "delete from nonce
        where expires < ?1",
        now,
    )
    .execute(&mut *transaction)
    .await?;
    let taken = sqlx::query!(
        "insert into nonce (digest, expires)
        values (?1, ?2)
        on conflict do nothing",
        digest,
        expires,
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    transaction.commit().await?;
    Ok(taken == 1)
}
