//! Tips: one put inside a transaction that the writer holds, and the list that every desk reads.

use super::{fixed, unsigned};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::model::tip::TipId;
use crate::store::{Holdings, ListedTip, NewTip, StoreError, TipOutcome};
use futures_util::TryStreamExt as _;
use serde::Serialize;
use sqlx::{Connection as _, SqliteConnection, SqlitePool};

/// Sealed bytes after which a page of the list ends.
const PAGE_BYTES: usize = 1 << 20;

/// Puts tips under the numbers from `first` on, and says whether each was put. When one is not new, or this fails, the
/// transaction may hold a part of them and must be rolled back.
///
/// Each statement is a journey to the connection's thread and back, longer than the work there: two carry all tips.
pub async fn put_all(transaction: &mut SqliteConnection, first: i64, tips: &[NewTip]) -> Result<bool, StoreError> {
    let is_new = put_rows(transaction, first, tips).await? == tips.len();
    if is_new {
        put_capsules(transaction, first, tips).await?;
    }
    Ok(is_new)
}

/// Gives how many were put: those that are new.
async fn put_rows(transaction: &mut SqliteConnection, first: i64, tips: &[NewTip]) -> Result<usize, StoreError> {
    let mut parcel = Parcel::with_capacity(tips.iter().map(|tip| 96 + tip.letter.len()).sum());
    for tip in tips {
        let at = parcel.add(&tip.id.0);
        parcel.add(&tip.body_hash.0);
        parcel.add(&tip.upload_hash.0);
        parcel.add(&tip.letter);
        parcel.places.push((at, tip.letter.len(), tip.day.epoch_days(), tip.keyring));
    }
    let (bytes, places) = parcel.close();
    let done = sqlx::query!(
        "insert into tip (seq, id, day, keyring_version, body_hash, upload_hash, letter)
        select
            ?1 + key,
            substr(?2, value ->> 0, 32),
            value ->> 2,
            value ->> 3,
            substr(?2, (value ->> 0) + 32, 32),
            substr(?2, (value ->> 0) + 64, 32),
            substr(?2, (value ->> 0) + 96, value ->> 1)
        from json_each(?3)
        where not exists (
            select 1
            from tombstone
            where tombstone.id = substr(?2, value ->> 0, 32)
        )
        on conflict (id) do nothing",
        first,
        bytes,
        places,
    )
    .execute(transaction)
    .await?;
    usize::try_from(done.rows_affected()).map_err(|_| StoreError::Damaged)
}

async fn put_capsules(transaction: &mut SqliteConnection, first: i64, tips: &[NewTip]) -> Result<(), StoreError> {
    let capsules = || (first..).zip(tips).flat_map(|(seq, tip)| (0_u16..).zip(&tip.capsules).map(move |of| (seq, of)));
    let mut parcel = Parcel::with_capacity(capsules().map(|(_, (_, capsule))| capsule.len()).sum());
    for (seq, (agency, capsule)) in capsules() {
        let at = parcel.add(capsule);
        parcel.places.push((at, capsule.len(), seq, agency));
    }
    let (bytes, places) = parcel.close();
    sqlx::query!(
        "insert into capsule (tip_seq, agency, sealed)
        select value ->> 2, value ->> 3, substr(?1, value ->> 0, value ->> 1)
        from json_each(?2)",
        bytes,
        places,
    )
    .execute(transaction)
    .await?;
    Ok(())
}

/// Sealed bytes of many tips in a row, and beside them, as JSON, where each lies. `SQL` counts from 1.
struct Parcel<P> {
    bytes: Vec<u8>,
    places: Vec<P>,
}

impl<P: Serialize> Parcel<P> {
    fn with_capacity(len: usize) -> Self {
        Self { bytes: Vec::with_capacity(len), places: Vec::new() }
    }

    /// Gives where it lies.
    fn add(&mut self, part: &[u8]) -> usize {
        self.bytes.extend_from_slice(part);
        self.bytes.len() - part.len() + 1
    }

    fn close(self) -> (Vec<u8>, String) {
        (self.bytes, serde_json::to_string(&self.places).expect("numbers always serialize"))
    }
}

/// Puts one tip under the number `seq`, in a savepoint of its own: when it fails, the transaction is as it was before.
pub async fn put(transaction: &mut SqliteConnection, seq: i64, tip: &NewTip) -> Result<TipOutcome, StoreError> {
    let mut savepoint = transaction.begin().await?;
    let outcome = if put_all(&mut savepoint, seq, std::slice::from_ref(tip)).await? {
        TipOutcome::Stored
    } else {
        why_not(&mut savepoint, tip).await?
    };
    savepoint.commit().await?;
    Ok(outcome)
}

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

/// How many there are, and when the newest came.
pub async fn holdings(connection: &mut SqliteConnection) -> Result<Holdings, StoreError> {
    let row = sqlx::query!(
        r#"select count(*) as "tips!: i64", max(day) as "day: i64"
        from tip"#,
    )
    .fetch_one(connection)
    .await?;
    let day = row.day.map(unsigned::<i32>).transpose()?;
    let newest_day = day.map(|day| Day::from_epoch_days(day).map_err(|_| StoreError::Damaged)).transpose()?;
    Ok(Holdings { tips: unsigned(row.tips)?, newest_day })
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
