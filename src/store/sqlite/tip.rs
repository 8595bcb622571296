//! Tips: one put inside a transaction that the writer holds, and the list that every desk reads.

use super::{fixed, unsigned};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use crate::store::{ListedTip, NewTip, StoreError, TipOutcome};
use futures_util::TryStreamExt as _;
use sqlx::{Connection as _, SqliteConnection, SqlitePool};

/// Sealed bytes after which a page of the list ends.
const PAGE_BYTES: usize = 1 << 20;

/// Puts one tip under the number `seq`. When it fails, the transaction may hold a part of it and must be rolled back.
pub async fn put(transaction: &mut SqliteConnection, seq: i64, tip: &NewTip) -> Result<TipOutcome, StoreError> {
    Ok(match put_row(transaction, seq, tip).await? {
        1 => {
            put_capsules(transaction, seq, tip).await?;
            TipOutcome::Stored
        }
        _ => why_not(transaction, tip).await?,
    })
}

/// As `put`, in a savepoint of its own: when it fails, the transaction is as it was before. Costs more.
pub async fn put_apart(transaction: &mut SqliteConnection, seq: i64, tip: &NewTip) -> Result<TipOutcome, StoreError> {
    let mut savepoint = transaction.begin().await?;
    let outcome = put(&mut savepoint, seq, tip).await?;
    savepoint.commit().await?;
    Ok(outcome)
}

async fn put_row(transaction: &mut SqliteConnection, seq: i64, tip: &NewTip) -> Result<u64, StoreError> {
    let (id, body_hash, upload_hash) = (&tip.id.0[..], &tip.body_hash.0[..], &tip.upload_hash.0[..]);
    let (day, letter) = (tip.day.epoch_days(), tip.letter.as_slice());
    let done = sqlx::query!(
        "insert into tip (seq, id, day, keyring_version, body_hash, upload_hash, letter)
        select ?1, ?2, ?3, ?4, ?5, ?6, ?7
        where not exists (select 1 from tombstone where tombstone.id = ?2)
        on conflict (id) do nothing",
        seq,
        id,
        day,
        tip.keyring,
        body_hash,
        upload_hash,
        letter,
    )
    .execute(transaction)
    .await?;
    Ok(done.rows_affected())
}

/// All capsules by one statement, because each one is a journey to the connection's thread and back: their bytes in a row,
/// and where each begins and how long it is.
async fn put_capsules(transaction: &mut SqliteConnection, seq: i64, tip: &NewTip) -> Result<(), StoreError> {
    let all = tip.capsules.concat();
    let mut begin = 1;
    let mut places = Vec::with_capacity(tip.capsules.len());
    for capsule in &tip.capsules {
        places.push((begin, capsule.len()));
        begin += capsule.len();
    }
    let places = serde_json::to_string(&places).expect("numbers always serialize");
    let done = sqlx::query!(
        "insert into capsule (tip_seq, agency, sealed)
        select ?1, key, substr(?2, value ->> 0, value ->> 1)
        from json_each(?3)",
        seq,
        all,
        places,
    )
    .execute(transaction)
    .await?;
    let is_all = usize::try_from(done.rows_affected()) == Ok(tip.capsules.len());
    if is_all { Ok(()) } else { Err(StoreError::Damaged) }
}

/// What a tip meets that is not new.
async fn why_not(transaction: &mut SqliteConnection, tip: &NewTip) -> Result<TipOutcome, StoreError> {
    let there = body_hash(transaction, tip.id).await?;
    Ok(there.map_or(TipOutcome::Deleted, |there| met(&there, tip.body_hash)))
}

/// What a tip with this id and body would meet, or none when there is nothing under its id.
pub async fn outcome(pool: &SqlitePool, id: TipId, hash: Sha256Hash) -> Result<Option<TipOutcome>, StoreError> {
    let mut transaction = pool.begin().await?;
    let there = body_hash(&mut transaction, id).await?;
    let id = &id.0[..];
    let is_deleted = sqlx::query_scalar!("select exists (select 1 from tombstone where id = ?1)", id,)
        .fetch_one(&mut *transaction)
        .await?
        == 1;
    transaction.commit().await?;
    Ok(match there {
        Some(there) => Some(met(&there, hash)),
        None => is_deleted.then_some(TipOutcome::Deleted),
    })
}

fn met(there: &[u8], hash: Sha256Hash) -> TipOutcome {
    if there == hash.0 { TipOutcome::StoredBefore } else { TipOutcome::OtherBody }
}

async fn body_hash(connection: &mut SqliteConnection, id: TipId) -> Result<Option<Vec<u8>>, StoreError> {
    let id = &id.0[..];
    let found = sqlx::query_scalar!(
        "select body_hash
        from tip
        where id = ?1",
        id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(found)
}

/// Flags tips in one transaction, whose pages are written in the order of their place: the file does not tell in which
/// they were named. A tip that is not there, or is flagged already, touches nothing.
pub async fn keep(pool: &SqlitePool, ids: &[TipId]) -> Result<(), StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    for id in ids {
        let id = &id.0[..];
        sqlx::query!(
            "update tip
            set kept = 1
            where id = ?1
            and kept = 0",
            id,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The highest number given so far.
pub async fn last_seq(transaction: &mut SqliteConnection) -> Result<i64, StoreError> {
    let value = sqlx::query_scalar!(
        "select value
        from counter
        where name = 'tip'",
    )
    .fetch_one(transaction)
    .await?;
    Ok(value)
}

/// Moves the counter, in the transaction that gave the numbers.
pub async fn set_last_seq(transaction: &mut SqliteConnection, seq: i64) -> Result<(), StoreError> {
    let done = sqlx::query!(
        "update counter
        set value = ?1
        where name = 'tip'",
        seq,
    )
    .execute(transaction)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Damaged) }
}

/// One page of the list. Reads no more than it gives: a slow reader holds no transaction open.
pub async fn list_after(pool: &SqlitePool, seq: u64, agency: AgencyNumber) -> Result<Vec<ListedTip>, StoreError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let mut rows = sqlx::query!(
        r#"select
            tip.seq,
            tip.id,
            tip.day,
            tip.keyring_version,
            tip.letter,
            capsule.sealed as "sealed?"
        from tip
        left join capsule
            on capsule.tip_seq = tip.seq
            and capsule.agency = ?2
        where tip.seq > ?1
        order by tip.seq
        limit 256"#,
        seq,
        agency.0,
    )
    .fetch(pool);
    let mut page = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.try_next().await? {
        bytes += row.letter.len() + row.sealed.as_ref().map_or(0, Vec::len);
        page.push(ListedTip {
            seq: unsigned(row.seq)?,
            id: TipId(fixed(row.id)?),
            day: Day::from_epoch_days(unsigned(row.day)?).map_err(|_| StoreError::Damaged)?,
            keyring: unsigned(row.keyring_version)?,
            letter: row.letter,
            capsule: row.sealed,
        });
        if bytes >= PAGE_BYTES {
            break;
        }
    }
    Ok(page)
}
