//! Deleting a tip, step by step: asked for, seconded, seen by the agencies, objected to or done.

use super::referral::{next, seq_of};
use super::uploads::waste_of_tip;
use super::{day, fixed, unsigned};
use crate::crypto::statement::DeletionAsked;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use crate::store::{DeletionOutcome, NewDeletion, NewSecond, OpenNotice, StoreError};
use crate::wire::{DeletionRecord, MAX_DELETION_REQUESTS, SecondRecord};
use sqlx::{SqliteConnection, SqlitePool};

pub async fn ask(pool: &SqlitePool, tip: TipId, new: &NewDeletion) -> Result<DeletionOutcome, StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let Some(tip_seq) = seq_of(&mut transaction, tip).await? else { return Ok(DeletionOutcome::Missing) };
    if let Some(objected) = objected(&mut transaction, tip_seq, &new.hash).await? {
        return Ok(if objected { DeletionOutcome::Closed } else { DeletionOutcome::DoneBefore });
    }
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: i64"
        from deletion_request
        where tip_seq = ?1"#,
        tip_seq,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if count >= MAX_DELETION_REQUESTS {
        return Ok(DeletionOutcome::Closed);
    }
    let (hash, nonce, signature) = (&new.hash.0[..], &new.nonce.0[..], &new.signature.0[..]);
    let day = new.day.epoch_days();
    sqlx::query!(
        "insert into deletion_request (hash, tip_seq, member, nonce, day, signature)
        values (?1, ?2, ?3, ?4, ?5, ?6)",
        hash,
        tip_seq,
        new.member,
        nonce,
        day,
        signature,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(DeletionOutcome::Done)
}

pub async fn second(pool: &SqlitePool, tip: TipId, new: &NewSecond) -> Result<DeletionOutcome, StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let Some(tip_seq) = seq_of(&mut transaction, tip).await? else { return Ok(DeletionOutcome::Missing) };
    match objected(&mut transaction, tip_seq, &new.request).await? {
        None => return Ok(DeletionOutcome::Missing),
        Some(true) => return Ok(DeletionOutcome::Closed),
        Some(false) => {}
    }
    let request = &new.request.0[..];
    let is_there = sqlx::query_scalar!("select exists (select 1 from deletion_notice where request = ?1)", request)
        .fetch_one(&mut *transaction)
        .await?
        == 1;
    if is_there {
        return Ok(DeletionOutcome::DoneBefore);
    }
    let seq = next(&mut transaction, "notice").await?;
    let (signature, tag) = (&new.signature.0[..], &new.tag.0[..]);
    let (day, noticed) = (new.day.epoch_days(), new.noticed.epoch_days());
    sqlx::query!(
        "insert into deletion_notice (seq, request, member, day, signature, tag, noticed)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        seq,
        request,
        new.member,
        day,
        signature,
        tag,
        noticed,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(DeletionOutcome::Done)
}

pub async fn object(pool: &SqlitePool, tip: TipId, request: &Sha256Hash) -> Result<DeletionOutcome, StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let Some(tip_seq) = seq_of(&mut transaction, tip).await? else { return Ok(DeletionOutcome::Missing) };
    match objected(&mut transaction, tip_seq, request).await? {
        None => return Ok(DeletionOutcome::Missing),
        Some(true) => return Ok(DeletionOutcome::DoneBefore),
        Some(false) => {}
    }
    close(&mut transaction, request).await?;
    transaction.commit().await?;
    Ok(DeletionOutcome::Done)
}

/// Takes the notice of a request away, and lets the request count for nothing ever after.
async fn close(transaction: &mut SqliteConnection, request: &Sha256Hash) -> Result<(), StoreError> {
    let request = &request.0[..];
    sqlx::query!("delete from deletion_notice where request = ?1", request).execute(&mut *transaction).await?;
    sqlx::query!("update deletion_request set objected = 1 where hash = ?1", request).execute(transaction).await?;
    Ok(())
}

/// Whether a request about this tip was objected to; none when there is no such request.
async fn objected(
    transaction: &mut SqliteConnection,
    tip_seq: i64,
    request: &Sha256Hash,
) -> Result<Option<bool>, StoreError> {
    let request = &request.0[..];
    let found = sqlx::query_scalar!(
        "select objected
        from deletion_request
        where hash = ?1
        and tip_seq = ?2",
        request,
        tip_seq,
    )
    .fetch_optional(transaction)
    .await?;
    Ok(found.map(|objected| objected == 1))
}

/// All requests about a tip; none when there is no such tip.
pub async fn of_tip(
    pool: &SqlitePool,
    tip: TipId,
    site: &Sha256Hash,
) -> Result<Option<Vec<DeletionRecord>>, StoreError> {
    let mut transaction = pool.begin().await?;
    let Some(tip_seq) = seq_of(&mut transaction, tip).await? else { return Ok(None) };
    let rows = sqlx::query!(
        r#"select
            deletion_request.member,
            deletion_request.nonce,
            deletion_request.day,
            deletion_request.signature,
            deletion_request.objected,
            deletion_notice.seq as "second_seq?",
            deletion_notice.member as "second_member?",
            deletion_notice.day as "second_day?",
            deletion_notice.signature as "second_signature?"
        from deletion_request
        left join deletion_notice
            on deletion_notice.request = deletion_request.hash
        where deletion_request.tip_seq = ?1
        order by deletion_request.hash"#,
        tip_seq,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let records = rows.into_iter().map(|row| {
        let seconded = match (row.second_seq, row.second_member, row.second_day, row.second_signature) {
            (Some(seq), Some(member), Some(second_day), Some(signature)) => Some(SecondRecord {
                seq: unsigned(seq)?,
                member,
                day: day(second_day)?,
                signature: Hex(fixed(signature)?),
            }),
            _ => None,
        };
        let (nonce, asked_day) = (Hex(fixed(row.nonce)?), day(row.day)?);
        let asked = DeletionAsked { site: *site, tip, member: row.member, nonce, day: asked_day };
        Ok(DeletionRecord { asked, signature: Hex(fixed(row.signature)?), seconded, objected: row.objected == 1 })
    });
    Ok(Some(records.collect::<Result<_, StoreError>>()?))
}

/// All notices that are open, ascending.
pub async fn notices(pool: &SqlitePool) -> Result<Vec<OpenNotice>, StoreError> {
    let mut transaction = pool.begin().await?;
    let rows = sqlx::query!(
        r#"select
            deletion_notice.seq,
            deletion_notice.request,
            deletion_notice.tag,
            deletion_notice.member,
            deletion_request.member as "asked_by",
            max(deletion_notice.day, deletion_notice.noticed, deletion_request.day) as "day!: i64"
        from deletion_notice
        inner join deletion_request
            on deletion_request.hash = deletion_notice.request
        order by deletion_notice.seq"#,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut notices = Vec::with_capacity(rows.len());
    for row in rows {
        notices.push(OpenNotice {
            seq: unsigned(row.seq)?,
            request: Hex(fixed(row.request)?),
            tag: Hex(fixed(row.tag)?),
            members: [row.asked_by, row.member],
            day: day(row.day)?,
            seen: seen(&mut transaction, row.seq).await?,
        });
    }
    Ok(notices)
}

async fn seen(transaction: &mut SqliteConnection, notice: i64) -> Result<Vec<(AgencyNumber, Day, Day)>, StoreError> {
    let rows = sqlx::query!(
        "select agency, first_day, last_day
        from deletion_notice_seen
        where notice_seq = ?1
        order by agency",
        notice,
    )
    .fetch_all(transaction)
    .await?;
    rows.into_iter()
        .map(|row| Ok((AgencyNumber(unsigned(row.agency)?), day(row.first_day)?, day(row.last_day)?)))
        .collect()
}

/// Deletes the tip of a notice that is open, with all that belongs to it, and leaves a tombstone. False when the notice is
/// not open any more.
pub async fn carry_out(pool: &SqlitePool, notice: u64, today: Day) -> Result<bool, StoreError> {
    let notice = i64::try_from(notice).unwrap_or(i64::MAX);
    let mut transaction = pool.begin_with("begin immediate").await?;
    let tip_seq = sqlx::query_scalar!(
        "select deletion_request.tip_seq
        from deletion_notice
        inner join deletion_request
            on deletion_request.hash = deletion_notice.request
        where deletion_notice.seq = ?1",
        notice,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(tip_seq) = tip_seq else { return Ok(false) };
    bury(&mut transaction, tip_seq, today).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Takes a notice away whose members' word counts no longer.
pub async fn drop_notice(pool: &SqlitePool, request: &Sha256Hash) -> Result<(), StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    close(&mut transaction, request).await?;
    transaction.commit().await?;
    Ok(())
}

/// Deletes a tip with its files and leaves a tombstone. The bytes of the files are waste from then on.
pub async fn bury(transaction: &mut SqliteConnection, tip_seq: i64, today: Day) -> Result<(), StoreError> {
    let today = today.epoch_days();
    waste_of_tip(&mut *transaction, tip_seq).await?;
    sqlx::query!(
        "insert into tombstone (id, day)
        select id, ?2
        from tip
        where seq = ?1",
        tip_seq,
        today,
    )
    .execute(&mut *transaction)
    .await?;
    let done = sqlx::query!("delete from tip where seq = ?1", tip_seq).execute(transaction).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Damaged) }
}
