//! The end of an agency key: members' words that nothing needs it any more, and then its copies.

use super::secret::said;
use crate::model::agency::AgencyNumber;
use crate::store::{Outcome, StoreError};
use crate::wire::{NewOpened, OpenedRecord};
use sqlx::{SqliteConnection, SqlitePool};

pub async fn put(pool: &SqlitePool, author: &str, retired: &NewOpened) -> Result<Outcome, StoreError> {
    let signature = retired.signature.as_bytes().as_slice();
    let stored = sqlx::query!(
        "insert into agency_key_retired (agency, epoch, author, recipient, signature)
        values (?1, ?2, ?3, ?4, ?5)
        on conflict do nothing",
        retired.name.agency.0,
        retired.name.epoch,
        author,
        retired.name.recipient,
        signature,
    )
    .execute(pool)
    .await?;
    // Ed25519 gives one signature for one statement, so that what was there is the same.
    Ok(if stored.rows_affected() == 1 { Outcome::Stored } else { Outcome::StoredBefore })
}

pub async fn list(transaction: &mut SqliteConnection, agency: Option<u16>) -> Result<Vec<OpenedRecord>, StoreError> {
    let rows = sqlx::query!(
        "select agency, epoch, author, recipient, signature
        from agency_key_retired
        where ?1 is null
        or agency = ?1
        order by agency, epoch, author, recipient",
        agency,
    )
    .fetch_all(transaction)
    .await?;
    rows.into_iter().map(|row| said(row.author, (row.agency, row.epoch, row.recipient), row.signature)).collect()
}

/// Deletes the copies of all keys of one epoch, those that nobody ever used too. The bytes may stay in the journal until it
/// is forgotten.
pub async fn destroy_copies(pool: &SqlitePool, agency: AgencyNumber, epoch: u32) -> Result<(), StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    sqlx::query!(
        "delete from agency_key_copy
        where agency = ?1
        and epoch = ?2",
        agency.0,
        epoch,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "delete from sealed_again
        where agency = ?1
        and epoch <= ?2",
        agency.0,
        epoch,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

pub async fn has_copies(pool: &SqlitePool, agency: AgencyNumber, epoch: u32) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar!(
        "select exists (
            select 1
            from agency_key_copy
            where agency = ?1
            and epoch = ?2
        )",
        agency.0,
        epoch,
    )
    .fetch_one(pool)
    .await?;
    Ok(found == 1)
}
