//! Messages by which agencies compare: put once under the next number, listed to all, and gone after some weeks.

use super::{referral, unsigned};
use crate::model::day::Day;
use crate::store::{ListedPointer, NewPointer, Outcome, StoreError};
use crate::wire::MAX_POINTERS;
use sqlx::SqlitePool;

pub async fn put(pool: &SqlitePool, new: &NewPointer) -> Result<Outcome, StoreError> {
    let (hash, sealed, day) = (new.hash.as_bytes().as_slice(), &new.sealed[..], new.day.epoch_days());
    let mut transaction = pool.begin_with("begin immediate").await?;
    let there = sqlx::query!(
        r#"select count(*) as "all!: i64", coalesce(sum(hash = ?1), 0) as "this!: i64"
        from pointer"#,
        hash,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if there.this > 0 {
        return Ok(Outcome::StoredBefore);
    }
    if there.all >= MAX_POINTERS {
        return Ok(Outcome::Taken);
    }
    let seq = referral::next(&mut transaction, "pointer").await?;
    sqlx::query!(
        "insert into pointer (seq, hash, day, sealed)
        values (?1, ?2, ?3, ?4)",
        seq,
        hash,
        day,
        sealed,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Outcome::Stored)
}

/// One page of the list: about a megabyte.
pub async fn list_after(pool: &SqlitePool, seq: u64) -> Result<Vec<ListedPointer>, StoreError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let rows = sqlx::query!(
        "select seq, sealed
        from pointer
        where seq > ?1
        order by seq
        limit 8",
        seq,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(|row| Ok(ListedPointer { seq: unsigned(row.seq)?, sealed: row.sealed })).collect()
}

pub async fn forget(pool: &SqlitePool, before: Day) -> Result<(), StoreError> {
    let before = before.epoch_days();
    sqlx::query!(
        "delete from pointer
        where day < ?1",
        before,
    )
    .execute(pool)
    .await?;
    Ok(())
}
