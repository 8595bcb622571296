//! Members' recipients as they rolled: of all but the newest only the hash stays.

use super::fixed;
use crate::crypto::keyring::hash_of;
use crate::model::hex::Hex;
use crate::store::{Outcome, StoreError};
use crate::wire::{MemberRolls, OwnCopy, Roll, Rolled, Rolls};
use sqlx::{SqliteConnection, SqlitePool};

pub async fn put(
    pool: &SqlitePool,
    member: &str,
    rolled: Option<&Rolled>,
    copies: &[OwnCopy],
) -> Result<Outcome, StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let mut outcome = Outcome::StoredBefore;
    if let Some(rolled) = rolled {
        outcome = put_roll(&mut transaction, member, rolled).await?;
        if outcome == Outcome::Taken {
            return Ok(outcome);
        }
    }
    for copy in copies {
        sqlx::query!(
            "update agency_key_copy
            set sealed = ?1
            where agency = ?2
            and epoch = ?3
            and recipient = ?4
            and member = ?5",
            copy.sealed,
            copy.name.agency.0,
            copy.name.epoch,
            copy.name.recipient,
            member,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(outcome)
}

async fn put_roll(transaction: &mut SqliteConnection, member: &str, rolled: &Rolled) -> Result<Outcome, StoreError> {
    let hash = hash_of(&rolled.recipient);
    let (hash, signature) = (hash.as_bytes().as_slice(), rolled.signature.as_bytes().as_slice());
    let stored = sqlx::query!(
        "insert into member_roll (member, number, recipient_hash, signature)
        values (?1, ?2, ?3, ?4)
        on conflict do nothing",
        member,
        rolled.number,
        hash,
        signature,
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    if stored == 0 {
        let there = sqlx::query_scalar!(
            "select recipient_hash
            from member_roll
            where member = ?1
            and number = ?2",
            member,
            rolled.number,
        )
        .fetch_one(&mut *transaction)
        .await?;
        return Ok(if there == hash { Outcome::StoredBefore } else { Outcome::Taken });
    }
    sqlx::query!(
        "insert into member_recipient (member, recipient)
        values (?1, ?2)
        on conflict (member) do update
        set recipient = excluded.recipient",
        member,
        rolled.recipient,
    )
    .execute(transaction)
    .await?;
    Ok(Outcome::Stored)
}

pub async fn list(pool: &SqlitePool) -> Result<Rolls, StoreError> {
    let mut transaction = pool.begin().await?;
    let recipients = sqlx::query!(
        r#"select member as "member!", recipient
        from member_recipient
        order by member"#,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let steps = sqlx::query!(
        "select member, recipient_hash, signature
        from member_roll
        order by member, number",
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut members: Vec<MemberRolls> = recipients
        .into_iter()
        .map(|row| MemberRolls { member: row.member, rolls: Vec::new(), recipient: row.recipient })
        .collect();
    for step in steps {
        let at = members.binary_search_by(|known| known.member.cmp(&step.member)).map_err(|_| StoreError::Damaged)?;
        let (recipient, signature) = (Hex(fixed(step.recipient_hash)?), Hex(fixed(step.signature)?));
        members[at].rolls.push(Roll { recipient, signature });
    }
    Ok(Rolls { members })
}
