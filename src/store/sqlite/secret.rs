//! Agency keys sealed to members, and members' statements about them. Append-only: nobody overwrites another's.

use super::{fixed, unsigned};
use crate::crypto::keyring::AgencyKeyName;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::store::{Outcome, SecretsFor, StoreError};
use crate::wire::{KeyRecord, MAX_KEYS_OF_AUTHOR, NewKey, NewOpened, OpenedRecord, SealedCopy, Secrets};
use sqlx::{SqliteConnection, SqlitePool};

pub async fn put_key(pool: &SqlitePool, author: &str, key: &NewKey) -> Result<Outcome, StoreError> {
    let (agency, epoch) = (key.name.agency.0, key.name.epoch);
    let signature = key.signature.as_bytes().as_slice();
    let sealed_to = key.sealed_to.join(" ");
    let mut transaction = pool.begin_with("begin immediate").await?;
    if let Some(is_same) = compare_key(&mut transaction, author, key).await? {
        return Ok(if is_same { Outcome::StoredBefore } else { Outcome::Taken });
    }
    let by_author = sqlx::query_scalar!(
        r#"select count(*) as "count!: i64"
        from agency_key
        where agency = ?1
        and epoch = ?2
        and author = ?3
        and sealed_to = ?4"#,
        agency,
        epoch,
        author,
        sealed_to,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if by_author >= MAX_KEYS_OF_AUTHOR {
        return Ok(Outcome::Taken);
    }
    sqlx::query!(
        "insert into agency_key (agency, epoch, author, recipient, signature, sealed_to)
        values (?1, ?2, ?3, ?4, ?5, ?6)",
        agency,
        epoch,
        author,
        key.name.recipient,
        signature,
        sealed_to,
    )
    .execute(&mut *transaction)
    .await?;
    for copy in &key.copies {
        sqlx::query!(
            "insert into agency_key_copy (agency, epoch, author, recipient, member, sealed)
            values (?1, ?2, ?3, ?4, ?5, ?6)",
            agency,
            epoch,
            author,
            key.name.recipient,
            copy.member,
            copy.sealed,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(Outcome::Stored)
}

/// Whether the author has stored this key with these very copies, in whatever order; none when they have not stored it.
async fn compare_key(
    transaction: &mut SqliteConnection,
    author: &str,
    key: &NewKey,
) -> Result<Option<bool>, StoreError> {
    let (agency, epoch) = (key.name.agency.0, key.name.epoch);
    let signature = sqlx::query_scalar!(
        "select signature
        from agency_key
        where agency = ?1
        and epoch = ?2
        and author = ?3
        and recipient = ?4",
        agency,
        epoch,
        author,
        key.name.recipient,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(signature) = signature else { return Ok(None) };
    let copies = sqlx::query_as!(
        SealedCopy,
        "select member, sealed
        from agency_key_copy
        where agency = ?1
        and epoch = ?2
        and author = ?3
        and recipient = ?4
        order by member",
        agency,
        epoch,
        author,
        key.name.recipient,
    )
    .fetch_all(transaction)
    .await?;
    let mut sent = key.copies.clone();
    sent.sort_by(|one, other| one.member.cmp(&other.member));
    Ok(Some(signature == key.signature.as_bytes() && copies == sent))
}

pub async fn put_opened(pool: &SqlitePool, author: &str, opened: &NewOpened) -> Result<Outcome, StoreError> {
    let (agency, epoch) = (opened.name.agency.0, opened.name.epoch);
    let signature = opened.signature.as_bytes().as_slice();
    let mut transaction = pool.begin_with("begin immediate").await?;
    let stored = sqlx::query!(
        "insert into agency_key_opened (agency, epoch, author, recipient, signature)
        values (?1, ?2, ?3, ?4, ?5)
        on conflict do nothing",
        agency,
        epoch,
        author,
        opened.name.recipient,
        signature,
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    if stored == 1 {
        transaction.commit().await?;
        return Ok(Outcome::Stored);
    }
    let there = sqlx::query_scalar!(
        "select signature
        from agency_key_opened
        where agency = ?1
        and epoch = ?2
        and author = ?3
        and recipient = ?4",
        agency,
        epoch,
        author,
        opened.name.recipient,
    )
    .fetch_one(&mut *transaction)
    .await?;
    Ok(if there == signature { Outcome::StoredBefore } else { Outcome::Taken })
}

pub async fn has_key(pool: &SqlitePool, name: &AgencyKeyName) -> Result<bool, StoreError> {
    let found = sqlx::query_scalar!(
        r#"select 1 as "one!: i64"
        from agency_key
        where agency = ?1
        and epoch = ?2
        and recipient = ?3
        limit 1"#,
        name.agency.0,
        name.epoch,
        name.recipient,
    )
    .fetch_optional(pool)
    .await?;
    Ok(found.is_some())
}

pub async fn list(pool: &SqlitePool, reader: SecretsFor<'_>) -> Result<Secrets, StoreError> {
    let (agency, member) = match reader {
        SecretsFor::Member { agency, member } => (Some(agency.0), Some(member)),
        SecretsFor::Admin => (None, None),
    };
    let mut transaction = pool.begin().await?;
    let keys = list_keys(&mut transaction, agency, member).await?;
    let opened = list_opened(&mut transaction, agency).await?;
    let retired = super::retired::list(&mut transaction, agency).await?;
    Ok(Secrets { keys, opened, retired })
}

async fn list_keys(
    transaction: &mut SqliteConnection,
    agency: Option<u16>,
    member: Option<&str>,
) -> Result<Vec<KeyRecord>, StoreError> {
    let rows = sqlx::query!(
        r#"select
            agency_key.agency,
            agency_key.epoch,
            agency_key.author,
            agency_key.recipient,
            agency_key.signature,
            agency_key.sealed_to,
            agency_key_copy.sealed as "sealed?"
        from agency_key
        left join agency_key_copy
            on agency_key_copy.agency = agency_key.agency
            and agency_key_copy.epoch = agency_key.epoch
            and agency_key_copy.author = agency_key.author
            and agency_key_copy.recipient = agency_key.recipient
            and agency_key_copy.member = ?2
        where ?1 is null
        or agency_key.agency = ?1
        order by agency_key.agency, agency_key.epoch, agency_key.author, agency_key.recipient"#,
        agency,
        member,
    )
    .fetch_all(transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            let copy = member.zip(row.sealed).map(|(member, sealed)| SealedCopy { member: member.to_owned(), sealed });
            Ok(KeyRecord {
                member: row.author,
                key: NewKey {
                    name: key_name(row.agency, row.epoch, row.recipient)?,
                    sealed_to: row.sealed_to.split_terminator(' ').map(str::to_owned).collect(),
                    signature: Hex(fixed(row.signature)?),
                    copies: copy.into_iter().collect(),
                },
            })
        })
        .collect()
}

async fn list_opened(transaction: &mut SqliteConnection, agency: Option<u16>) -> Result<Vec<OpenedRecord>, StoreError> {
    let rows = sqlx::query!(
        "select agency, epoch, author, recipient, signature
        from agency_key_opened
        where ?1 is null
        or agency = ?1
        order by agency, epoch, author, recipient",
        agency,
    )
    .fetch_all(transaction)
    .await?;
    rows.into_iter().map(|row| said(row.author, (row.agency, row.epoch, row.recipient), row.signature)).collect()
}

/// What a member has said of a key, as a row has it.
pub(super) fn said(
    member: String,
    (agency, epoch, recipient): (i64, i64, String),
    signature: Vec<u8>,
) -> Result<OpenedRecord, StoreError> {
    let (name, signature) = (key_name(agency, epoch, recipient)?, Hex(fixed(signature)?));
    Ok(OpenedRecord { member, opened: NewOpened { name, signature } })
}

fn key_name(agency: i64, epoch: i64, recipient: String) -> Result<AgencyKeyName, StoreError> {
    Ok(AgencyKeyName { agency: AgencyNumber(unsigned(agency)?), epoch: unsigned(epoch)?, recipient })
}

#[cfg(test)]
#[path = "secret/tests.rs"]
mod tests;
