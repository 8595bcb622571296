//! More capsules for a tip. They are added beside those that are there, and nothing is taken away.

use super::{fixed, unsigned};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::tip::TipId;
use crate::store::{ListedTip, ReferralOutcome, StoreError};
use crate::wire::MAX_REFERRALS;
use futures_util::TryStreamExt as _;
use sqlx::{SqliteConnection, SqlitePool};

/// Sealed bytes after which a page of the list ends.
const PAGE_BYTES: usize = 1 << 20;

pub async fn put(
    pool: &SqlitePool,
    tip: TipId,
    keyring: u32,
    capsules: &[Vec<u8>],
) -> Result<ReferralOutcome, StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let Some(tip_seq) = seq_of(&mut transaction, tip).await? else { return Ok(ReferralOutcome::NoTip) };
    let before = rounds(&mut transaction, tip_seq).await?;
    for round in &before {
        if of_round(&mut transaction, *round).await? == capsules {
            return Ok(ReferralOutcome::StoredBefore);
        }
    }
    if i64::try_from(before.len()).unwrap_or(i64::MAX) >= MAX_REFERRALS {
        return Ok(ReferralOutcome::Full);
    }
    let seq = next(&mut transaction, "referral").await?;
    sqlx::query!(
        "insert into referral (seq, tip_seq, keyring_version)
        values (?1, ?2, ?3)",
        seq,
        tip_seq,
        keyring,
    )
    .execute(&mut *transaction)
    .await?;
    for (agency, sealed) in (0_u16..).zip(capsules) {
        sqlx::query!(
            "insert into referral_capsule (referral_seq, agency, sealed)
            values (?1, ?2, ?3)",
            seq,
            agency,
            sealed,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(ReferralOutcome::Stored)
}

async fn rounds(transaction: &mut SqliteConnection, tip_seq: i64) -> Result<Vec<i64>, StoreError> {
    let rounds = sqlx::query_scalar!(
        "select seq
        from referral
        where tip_seq = ?1
        order by seq",
        tip_seq,
    )
    .fetch_all(transaction)
    .await?;
    Ok(rounds)
}

async fn of_round(transaction: &mut SqliteConnection, round: i64) -> Result<Vec<Vec<u8>>, StoreError> {
    let capsules = sqlx::query_scalar!(
        "select sealed
        from referral_capsule
        where referral_seq = ?1
        order by agency",
        round,
    )
    .fetch_all(transaction)
    .await?;
    Ok(capsules)
}

/// One page of all referrals, each with the tip and the capsule of one agency.
pub async fn list_after(pool: &SqlitePool, seq: u64, agency: AgencyNumber) -> Result<Vec<ListedTip>, StoreError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let mut rows = sqlx::query!(
        r#"select
            referral.seq,
            tip.id,
            tip.day,
            tip.keyring_version,
            tip.letter,
            referral_capsule.sealed as "sealed?"
        from referral
        inner join tip
            on tip.seq = referral.tip_seq
        left join referral_capsule
            on referral_capsule.referral_seq = referral.seq
            and referral_capsule.agency = ?2
        where referral.seq > ?1
        order by referral.seq
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

/// The place of a tip, or none.
pub async fn seq_of(connection: &mut SqliteConnection, tip: TipId) -> Result<Option<i64>, StoreError> {
    let id = &tip.0[..];
    let seq = sqlx::query_scalar!(
        r#"select seq as "seq!"
        from tip
        where id = ?1"#,
        id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(seq)
}

/// The next number of a counter, taken in the same transaction.
pub async fn next(transaction: &mut SqliteConnection, name: &str) -> Result<i64, StoreError> {
    let value = sqlx::query_scalar!(
        "update counter
        set value = value + 1
        where name = ?1
        returning value",
        name,
    )
    .fetch_optional(transaction)
    .await?;
    value.ok_or(StoreError::Damaged)
}

/// How far a counter is.
pub async fn last(pool: &SqlitePool, name: &str) -> Result<u64, StoreError> {
    let value = sqlx::query_scalar!(
        "select value
        from counter
        where name = ?1",
        name,
    )
    .fetch_optional(pool)
    .await?;
    unsigned(value.ok_or(StoreError::Damaged)?)
}
