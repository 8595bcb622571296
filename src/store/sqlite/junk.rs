//! How far each agency has read, and what nobody kept.

use super::deletion::bury;
use super::{fixed, unsigned};
use crate::crypto::statement::PurgeAsked;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use crate::store::{FoundJunk, ReadMark, StoreError};
use crate::wire::{JunkTip, MAX_PURGE, PurgeRecord};
use sqlx::{SqliteConnection, SqlitePool};

/// Remembers how far an agency has read, and that it saw the notices up to there; forgets its marks before the newest of
/// those that are not younger than `keep_from`.
pub async fn note_read(pool: &SqlitePool, mark: ReadMark, notices: u64, keep_from: Day) -> Result<(), StoreError> {
    let (agency, day, keep_from) = (mark.agency.0, mark.day.epoch_days(), keep_from.epoch_days());
    let tips = i64::try_from(mark.tips).unwrap_or(i64::MAX);
    let notices = i64::try_from(notices).unwrap_or(i64::MAX);
    let mut transaction = pool.begin_with("begin immediate").await?;
    sqlx::query!(
        "insert into has_read (agency, day, tips)
        values (?1, ?2, ?3)
        on conflict (agency, day) do update
        set tips = max(tips, excluded.tips)",
        agency,
        day,
        tips,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "delete from has_read
        where agency = ?1
        and day < (
            select max(older.day)
            from has_read as older
            where older.agency = ?1
            and older.day <= ?2
        )",
        agency,
        keep_from,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into deletion_notice_seen (notice_seq, agency, first_day, last_day)
        select seq, ?1, ?2, ?2
        from deletion_notice
        where seq <= ?3
        on conflict (notice_seq, agency) do update
        set last_day = max(last_day, excluded.last_day)",
        agency,
        day,
        notices,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// All marks, by agency and day.
pub async fn marks(pool: &SqlitePool) -> Result<Vec<ReadMark>, StoreError> {
    let rows = sqlx::query!("select agency, day, tips from has_read order by agency, day").fetch_all(pool).await?;
    rows.into_iter()
        .map(|row| {
            let day = Day::from_epoch_days(unsigned(row.day)?).map_err(|_| StoreError::Damaged)?;
            Ok(ReadMark { agency: AgencyNumber(unsigned(row.agency)?), day, tips: unsigned(row.tips)? })
        })
        .collect()
}

pub async fn find(pool: &SqlitePool, through: u64) -> Result<FoundJunk, StoreError> {
    let mut transaction = pool.begin().await?;
    find_in(&mut transaction, through).await.map(|(found, _)| found)
}

/// What there is, and the places of the junk. What somebody wrote on, passed on or asked to delete is none, whether or not it
/// was reported as kept: only who holds a tip can do that.
async fn find_in(transaction: &mut SqliteConnection, through: u64) -> Result<(FoundJunk, Vec<i64>), StoreError> {
    let most = i64::try_from(MAX_PURGE).unwrap_or(i64::MAX);
    let asked = number(through);
    let rows = sqlx::query!(
        r#"select
            seq as "seq!",
            id,
            day,
            length(letter) + (select coalesce(sum(length(sealed)), 0) from capsule where tip_seq = tip.seq)
                + (select coalesce(sum(offset), 0) from upload where tip_seq = tip.seq) as "bytes!: i64"
        from tip
        where kept = 0
        and seq <= ?1
        and not exists (select 1 from event where tip_seq = tip.seq)
        and not exists (select 1 from referral where tip_seq = tip.seq)
        and not exists (select 1 from deletion_request where tip_seq = tip.seq)
        order by seq
        limit ?2"#,
        asked,
        most,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let (mut list, mut bytes, mut seqs) = (Vec::with_capacity(rows.len()), 0_u64, Vec::with_capacity(rows.len()));
    for row in rows {
        let day = Day::from_epoch_days(unsigned(row.day)?).map_err(|_| StoreError::Damaged)?;
        list.push(JunkTip { id: TipId(fixed(row.id)?), day });
        bytes += unsigned::<u64>(row.bytes)?;
        seqs.push(row.seq);
    }
    let looked_at = seqs.last().copied().filter(|_| list.len() == MAX_PURGE).unwrap_or(asked);
    let later = sqlx::query_scalar!(
        r#"select count(*) as "count!: i64"
        from tip
        where kept = 0
        and seq > ?1
        and not exists (select 1 from event where tip_seq = tip.seq)
        and not exists (select 1 from referral where tip_seq = tip.seq)
        and not exists (select 1 from deletion_request where tip_seq = tip.seq)"#,
        looked_at,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let all = sqlx::query_scalar!(r#"select count(*) as "count!: i64" from tip"#).fetch_one(transaction).await?;
    let (through, later, all) = (unsigned(looked_at)?, unsigned(later)?, unsigned::<u64>(all)?);
    let kept = all.saturating_sub(later).saturating_sub(list.len() as u64);
    Ok((FoundJunk { through, list, bytes, later, kept }, seqs))
}

/// Remembers an admin's request in the place of an earlier one of theirs.
pub async fn ask(pool: &SqlitePool, hash: &Sha256Hash, record: &PurgeRecord) -> Result<(), StoreError> {
    let PurgeRecord { asked, signature } = record;
    let (hash, ids, nonce) = (&hash.0[..], &asked.ids.0[..], &asked.nonce.0[..]);
    let (through, tips) = (number(asked.through), number(asked.tips));
    let (day, signature) = (asked.day.epoch_days(), &signature.0[..]);
    let mut transaction = pool.begin_with("begin immediate").await?;
    sqlx::query!("delete from purge_request where admin = ?1", asked.admin).execute(&mut *transaction).await?;
    sqlx::query!(
        "insert into purge_request (hash, admin, through, tips, ids, nonce, day, signature)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        hash,
        asked.admin,
        through,
        tips,
        ids,
        nonce,
        day,
        signature,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Requests that wait for a second admin.
pub async fn requests(pool: &SqlitePool, site: &Sha256Hash) -> Result<Vec<PurgeRecord>, StoreError> {
    let rows =
        sqlx::query!("select admin, through, tips, ids, nonce, day, signature from purge_request order by admin")
            .fetch_all(pool)
            .await?;
    rows.into_iter()
        .map(|row| {
            let day = Day::from_epoch_days(unsigned(row.day)?).map_err(|_| StoreError::Damaged)?;
            let (through, tips) = (unsigned(row.through)?, unsigned(row.tips)?);
            let (ids, nonce) = (Hex(fixed(row.ids)?), Hex(fixed(row.nonce)?));
            let asked = PurgeAsked { site: *site, admin: row.admin, through, tips, ids, nonce, day };
            Ok(PurgeRecord { asked, signature: Hex(fixed(row.signature)?) })
        })
        .collect()
}

/// Deletes the junk of a request if it is still exactly what the request names, and the request with it. None when
/// somebody has kept some of it since, or the request is gone.
pub async fn purge(
    pool: &SqlitePool,
    hash: &Sha256Hash,
    asked: &PurgeAsked,
    today: Day,
) -> Result<Option<u64>, StoreError> {
    let hash = &hash.0[..];
    let mut transaction = pool.begin_with("begin immediate").await?;
    let done = sqlx::query!("delete from purge_request where hash = ?1", hash).execute(&mut *transaction).await?;
    let (found, seqs) = find_in(&mut transaction, asked.through).await?;
    if done.rows_affected() != 1 || !found.is_what(asked) {
        return Ok(None);
    }
    for seq in seqs {
        bury(&mut transaction, seq, today).await?;
    }
    transaction.commit().await?;
    Ok(Some(asked.tips))
}

/// Numbers of the list, which began as ours.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
