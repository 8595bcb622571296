//! What recovery admins propose as the next version of the keyring.

use super::{day, unsigned};
use crate::model::hex::Sha256Hash;
use crate::store::{Outcome, Proposal, StoreError};
use sqlx::SqlitePool;

/// As many may wait at once: each has the signatures of several people.
const MAX_WAITING: i64 = 8;

pub async fn put(pool: &SqlitePool, hash: Sha256Hash, proposal: &Proposal) -> Result<Outcome, StoreError> {
    let hash = hash.as_bytes().as_slice();
    let (number, day) = (proposal.number, proposal.day.epoch_days());
    let document = proposal.document.as_str();
    let mut transaction = pool.begin_with("begin immediate").await?;
    let is_there: bool = sqlx::query_scalar!(
        r#"select exists (
            select 1
            from keyring_proposal
            where hash = ?1
        ) as "is_there!: bool""#,
        hash,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if is_there {
        return Ok(Outcome::StoredBefore);
    }
    let stored = sqlx::query!(
        "insert into keyring_proposal (hash, number, day, document)
        select ?1, ?2, ?3, ?4
        where (select max(number) from keyring_version) + 1 = ?2
        and (select count(*) from keyring_proposal) < ?5",
        hash,
        number,
        day,
        document,
        MAX_WAITING,
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    transaction.commit().await?;
    Ok(if stored == 1 { Outcome::Stored } else { Outcome::Taken })
}

pub async fn list(pool: &SqlitePool) -> Result<Vec<Proposal>, StoreError> {
    let rows = sqlx::query!(
        "select number, day, document
        from keyring_proposal
        order by day, hash",
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| Ok(Proposal { number: unsigned(row.number)?, day: day(row.day)?, document: row.document }))
        .collect()
}
