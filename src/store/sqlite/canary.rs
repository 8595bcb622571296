//! What agencies have said of canaries: one word of each, for a month.

use super::{fixed, unsigned};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use crate::model::hex::Hex;
use crate::store::{Outcome, StoreError};
use crate::wire::{CanaryRecord, CanaryWord, MAX_CANARIES_OF_AGENCY};
use sqlx::SqlitePool;

pub async fn put(pool: &SqlitePool, record: &CanaryRecord, keep_from: Day) -> Result<Outcome, StoreError> {
    let CanaryRecord { agency, member, word: CanaryWord { canary, day, signature } } = record;
    let (hash, signature) = (canary.as_bytes().as_slice(), signature.as_bytes().as_slice());
    let (day, keep_from) = (day.epoch_days(), keep_from.epoch_days());
    let mut transaction = pool.begin_with("begin immediate").await?;
    sqlx::query!(
        "delete from canary
        where day < ?1",
        keep_from,
    )
    .execute(&mut *transaction)
    .await?;
    let there = sqlx::query!(
        r#"select count(*) as "all_of_agency!: i64", coalesce(sum(hash = ?2), 0) as "this!: i64"
        from canary
        where agency = ?1"#,
        agency.0,
        hash,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let outcome = match there {
        _ if there.this > 0 => Outcome::StoredBefore,
        _ if there.all_of_agency >= MAX_CANARIES_OF_AGENCY => Outcome::Taken,
        _ => {
            sqlx::query!(
                "insert into canary (hash, agency, member, day, signature)
                values (?1, ?2, ?3, ?4, ?5)",
                hash,
                agency.0,
                member,
                day,
                signature,
            )
            .execute(&mut *transaction)
            .await?;
            Outcome::Stored
        }
    };
    transaction.commit().await?;
    Ok(outcome)
}

pub async fn list(pool: &SqlitePool) -> Result<Vec<CanaryRecord>, StoreError> {
    let rows = sqlx::query!(
        "select hash, agency, member, day, signature
        from canary
        order by day, agency, hash",
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let day = Day::from_epoch_days(unsigned(row.day)?).map_err(|_| StoreError::Damaged)?;
            let (canary, signature) = (Hex(fixed(row.hash)?), Hex(fixed(row.signature)?));
            let word = CanaryWord { canary, day, signature };
            Ok(CanaryRecord { agency: AgencyNumber(unsigned(row.agency)?), member: row.member, word })
        })
        .collect()
}
