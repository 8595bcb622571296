//! Capsules that are sealed again: beside the old ones first, in their place once somebody else has opened them.

use super::referral::{last, seq_of};
use super::{fixed, unsigned};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use crate::store::{Below, CapsuleList, ListedCapsule, ListedSealing, NewSealing, ReplaceRule, StoreError};
use crate::wire::{CapsulePlace, CheckedCapsule};
use sha2::{Digest as _, Sha256};
use sqlx::{SqliteConnection, SqlitePool};

/// How many numbers of sealings were ever given.
pub async fn last_seq(pool: &SqlitePool) -> Result<u64, StoreError> {
    last(pool, "sealed_again").await
}

/// One page of an agency's capsules that may be sealed to an older key, without those that an author has sealed again to a key
/// already.
pub async fn list_below(
    pool: &SqlitePool,
    list: CapsuleList,
    after: u64,
    below: Below,
    sealed: (&str, u32),
) -> Result<Vec<ListedCapsule>, StoreError> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    match list {
        CapsuleList::OfTips => of_tips(pool, after, below, sealed).await,
        CapsuleList::OfReferrals => of_referrals(pool, after, below, sealed).await,
    }
}

async fn of_tips(
    pool: &SqlitePool,
    after: i64,
    below: Below,
    (author, epoch): (&str, u32),
) -> Result<Vec<ListedCapsule>, StoreError> {
    let rows = sqlx::query!(
        r#"select tip.seq as "seq!", tip.id, capsule.sealed
        from tip
        inner join capsule
            on capsule.tip_seq = tip.seq
            and capsule.agency = ?2
        where tip.seq > ?1
        and (capsule.epoch < ?3 or (capsule.epoch is null and tip.keyring_version < ?4))
        and not exists (
            select 1
            from sealed_again
            where sealed_again.tip_seq = tip.seq
            and sealed_again.referral_seq = 0
            and sealed_again.agency = ?2
            and sealed_again.author = ?5
            and sealed_again.epoch = ?6
        )
        order by tip.seq
        limit 512"#,
        after,
        below.agency.0,
        below.epoch,
        below.version,
        author,
        epoch,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = CapsulePlace { tip: TipId(fixed(row.id)?), referral: 0 };
            Ok(ListedCapsule { seq: unsigned(row.seq)?, place, sealed: row.sealed })
        })
        .collect()
}

async fn of_referrals(
    pool: &SqlitePool,
    after: i64,
    below: Below,
    (author, epoch): (&str, u32),
) -> Result<Vec<ListedCapsule>, StoreError> {
    let rows = sqlx::query!(
        r#"select referral.seq as "seq!", tip.id, referral_capsule.sealed
        from referral
        inner join tip
            on tip.seq = referral.tip_seq
        inner join referral_capsule
            on referral_capsule.referral_seq = referral.seq
            and referral_capsule.agency = ?2
        where referral.seq > ?1
        and (
            referral_capsule.epoch < ?3
            or (referral_capsule.epoch is null and referral.keyring_version < ?4)
        )
        and not exists (
            select 1
            from sealed_again
            where sealed_again.tip_seq = tip.seq
            and sealed_again.referral_seq = referral.seq
            and sealed_again.agency = ?2
            and sealed_again.author = ?5
            and sealed_again.epoch = ?6
        )
        order by referral.seq
        limit 512"#,
        after,
        below.agency.0,
        below.epoch,
        below.version,
        author,
        epoch,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let seq = unsigned(row.seq)?;
            let place = CapsulePlace { tip: TipId(fixed(row.id)?), referral: seq };
            Ok(ListedCapsule { seq, place, sealed: row.sealed })
        })
        .collect()
}

/// How many tips have a capsule of the agency that may be sealed to a key below that, of its own or by a referral.
pub async fn count_below(pool: &SqlitePool, below: Below) -> Result<u64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: i64"
        from tip
        where exists (
            select 1
            from capsule
            where capsule.tip_seq = tip.seq
            and capsule.agency = ?1
            and (capsule.epoch < ?2 or (capsule.epoch is null and tip.keyring_version < ?3))
        )
        or exists (
            select 1
            from referral
            inner join referral_capsule
                on referral_capsule.referral_seq = referral.seq
                and referral_capsule.agency = ?1
            where referral.tip_seq = tip.seq
            and (
                referral_capsule.epoch < ?2
                or (referral_capsule.epoch is null and referral.keyring_version < ?3)
            )
        )"#,
        below.agency.0,
        below.epoch,
        below.version,
    )
    .fetch_one(pool)
    .await?;
    unsigned(count)
}

/// How many capsules sealed again to this key wait for somebody to check them.
pub async fn count_waiting(pool: &SqlitePool, agency: AgencyNumber, epoch: u32) -> Result<u64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: i64"
        from sealed_again
        where agency = ?1
        and epoch = ?2"#,
        agency.0,
        epoch,
    )
    .fetch_one(pool)
    .await?;
    unsigned(count)
}

/// Puts new capsules beside the old ones, in the place of what the same author had put there before. A place that is not
/// there, or no longer, is passed over.
pub async fn put(pool: &SqlitePool, new: &NewSealing) -> Result<(), StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let count = i64::try_from(new.capsules.len()).map_err(|_| StoreError::Refused)?;
    let last = sqlx::query_scalar!(
        "update counter
        set value = value + ?1
        where name = 'sealed_again'
        returning value",
        count,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(StoreError::Damaged)?;
    let day = new.day.epoch_days();
    for (seq, (place, signature, sealed)) in (last - count + 1..).zip(&new.capsules) {
        let Some(tip_seq) = seq_of(&mut transaction, place.tip).await? else { continue };
        let referral = i64::try_from(place.referral).unwrap_or(i64::MAX);
        if !has_place(&mut transaction, new.agency, tip_seq, referral).await? {
            continue;
        }
        let signature = signature.as_bytes().as_slice();
        sqlx::query!(
            "insert into sealed_again (seq, agency, epoch, author, tip_seq, referral_seq, day, signature, sealed)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            on conflict (tip_seq, referral_seq, agency, author) do update
            set
                seq = excluded.seq,
                epoch = excluded.epoch,
                day = excluded.day,
                signature = excluded.signature,
                sealed = excluded.sealed",
            seq,
            new.agency.0,
            new.epoch,
            new.author,
            tip_seq,
            referral,
            day,
            signature,
            sealed,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn has_place(
    transaction: &mut SqliteConnection,
    agency: AgencyNumber,
    tip_seq: i64,
    referral: i64,
) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar!(
        "select exists (
            select 1
            from capsule
            where ?3 = 0
            and tip_seq = ?2
            and agency = ?1
        )
        or exists (
            select 1
            from referral
            inner join referral_capsule
                on referral_capsule.referral_seq = referral.seq
                and referral_capsule.agency = ?1
            where referral.seq = ?3
            and referral.tip_seq = ?2
        )",
        agency.0,
        tip_seq,
        referral,
    )
    .fetch_one(transaction)
    .await?;
    Ok(found == 1)
}

/// One page of what an agency's members have sealed again, each with the capsule that is in use.
pub async fn list_waiting(
    pool: &SqlitePool,
    agency: AgencyNumber,
    after: u64,
) -> Result<Vec<ListedSealing>, StoreError> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let rows = sqlx::query!(
        r#"select
            sealed_again.seq as "seq!",
            sealed_again.author,
            sealed_again.epoch,
            sealed_again.day,
            sealed_again.referral_seq,
            sealed_again.signature,
            sealed_again.sealed,
            tip.id,
            coalesce(referral_capsule.sealed, capsule.sealed) as "old!: Vec<u8>"
        from sealed_again
        inner join tip
            on tip.seq = sealed_again.tip_seq
        left join capsule
            on capsule.tip_seq = sealed_again.tip_seq
            and capsule.agency = sealed_again.agency
        left join referral_capsule
            on referral_capsule.referral_seq = sealed_again.referral_seq
            and referral_capsule.agency = sealed_again.agency
        where sealed_again.agency = ?1
        and sealed_again.seq > ?2
        order by sealed_again.seq
        limit 256"#,
        agency.0,
        after,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = CapsulePlace { tip: TipId(fixed(row.id)?), referral: unsigned(row.referral_seq)? };
            let day = Day::from_epoch_days(unsigned(row.day)?).map_err(|_| StoreError::Damaged)?;
            let (seq, epoch) = (unsigned(row.seq)?, unsigned(row.epoch)?);
            let (signature, old, new) = (Hex(fixed(row.signature)?), row.old, row.sealed);
            Ok(ListedSealing { seq, author: row.author, epoch, day, place, signature, old, new })
        })
        .collect()
}

/// Puts new capsules in the place of old ones, as far as they are there as they were checked and the rule lets them.
pub async fn replace(pool: &SqlitePool, rule: &ReplaceRule, checked: &[CheckedCapsule]) -> Result<u64, StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let own_until = rule.own_until.map(Day::epoch_days);
    let mut replaced = 0;
    for CheckedCapsule { seq, sha256 } in checked {
        let seq = i64::try_from(*seq).unwrap_or(i64::MAX);
        let found = sqlx::query!(
            r#"select author, day as "day: i32", tip_seq, referral_seq, sealed
            from sealed_again
            where seq = ?1
            and agency = ?2
            and epoch = ?3"#,
            seq,
            rule.agency.0,
            rule.epoch,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(found) = found else { continue };
        let counts = !rule.own.contains(&found.author) || own_until.is_some_and(|until| found.day <= until);
        if counts && Sha256::digest(&found.sealed).as_slice() == sha256.as_bytes() {
            let (tip_seq, referral) = (found.tip_seq, found.referral_seq);
            replaced += put_in_place(&mut transaction, rule, tip_seq, referral, &found.sealed).await?;
        }
    }
    transaction.commit().await?;
    Ok(replaced)
}

async fn put_in_place(
    transaction: &mut SqliteConnection,
    rule: &ReplaceRule,
    tip_seq: i64,
    referral: i64,
    sealed: &[u8],
) -> Result<u64, StoreError> {
    let done = if referral == 0 {
        sqlx::query!(
            "update capsule
            set sealed = ?1, epoch = ?2
            where tip_seq = ?3
            and agency = ?4",
            sealed,
            rule.epoch,
            tip_seq,
            rule.agency.0,
        )
        .execute(&mut *transaction)
        .await?
    } else {
        sqlx::query!(
            "update referral_capsule
            set sealed = ?1, epoch = ?2
            where referral_seq = ?3
            and agency = ?4",
            sealed,
            rule.epoch,
            referral,
            rule.agency.0,
        )
        .execute(&mut *transaction)
        .await?
    };
    if done.rows_affected() != 1 {
        return Err(StoreError::Damaged);
    }
    sqlx::query!(
        "delete from sealed_again
        where tip_seq = ?1
        and referral_seq = ?2
        and agency = ?3",
        tip_seq,
        referral,
        rule.agency.0,
    )
    .execute(transaction)
    .await?;
    Ok(1)
}
