//! Case events: put once under the next number, and the list that every desk reads. Never changed; they go with their tip.

use super::{fixed, unsigned};
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use crate::store::{EventOutcome, ListedEvent, NewEvent, StoreError};
use crate::wire::MAX_EVENTS_OF_TIP;
use futures_util::TryStreamExt as _;
use sqlx::{SqliteConnection, SqlitePool};

/// Sealed bytes after which a page of the list ends.
const PAGE_BYTES: usize = 1 << 20;

pub async fn put(pool: &SqlitePool, tip: TipId, event: &NewEvent) -> Result<EventOutcome, StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let Some(tip_seq) = tip_seq(&mut transaction, tip).await? else { return Ok(EventOutcome::NoTip) };
    let hash = &event.hash.0[..];
    let there = sqlx::query_scalar!(
        "select tip_seq
        from event
        where hash = ?1",
        hash,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if let Some(there) = there {
        return Ok(if there == tip_seq { EventOutcome::StoredBefore } else { EventOutcome::NoTip });
    }
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: i64"
        from event
        where tip_seq = ?1"#,
        tip_seq,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if count >= MAX_EVENTS_OF_TIP {
        return Ok(EventOutcome::Full);
    }
    let seq = next_seq(&mut transaction).await?;
    let (label, sealed) = (&event.label.0[..], &event.sealed[..]);
    sqlx::query!(
        "insert into event (seq, tip_seq, hash, slot, label, sealed)
        values (?1, ?2, ?3, ?4, ?5, ?6)",
        seq,
        tip_seq,
        hash,
        event.slot,
        label,
        sealed,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(EventOutcome::Stored)
}

async fn tip_seq(transaction: &mut SqliteConnection, tip: TipId) -> Result<Option<i64>, StoreError> {
    let id = &tip.0[..];
    let found = sqlx::query_scalar!(
        r#"select seq as "seq!: i64"
        from tip
        where id = ?1"#,
        id,
    )
    .fetch_optional(transaction)
    .await?;
    Ok(found)
}

/// Moves the counter in the transaction that uses the number.
async fn next_seq(transaction: &mut SqliteConnection) -> Result<i64, StoreError> {
    let seq = sqlx::query_scalar!(
        "update counter
        set value = value + 1
        where name = 'event'
        returning value",
    )
    .fetch_one(transaction)
    .await?;
    Ok(seq)
}

/// The highest number given so far.
pub async fn last_seq(pool: &SqlitePool) -> Result<u64, StoreError> {
    let value = sqlx::query_scalar!(
        "select value
        from counter
        where name = 'event'",
    )
    .fetch_one(pool)
    .await?;
    unsigned(value)
}

/// One page of the list. Reads no more than it gives.
pub async fn list_after(pool: &SqlitePool, seq: u64) -> Result<Vec<ListedEvent>, StoreError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let mut rows = sqlx::query!(
        "select seq, slot, label, sealed
        from event
        where seq > ?1
        order by seq
        limit 512",
        seq,
    )
    .fetch(pool);
    let mut page = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.try_next().await? {
        bytes += row.sealed.len();
        page.push(ListedEvent {
            seq: unsigned(row.seq)?,
            slot: unsigned(row.slot)?,
            label: Hex(fixed(row.label)?),
            sealed: row.sealed,
        });
        if bytes >= PAGE_BYTES {
            break;
        }
    }
    Ok(page)
}
