//! Replies in mailboxes. Reading one costs the same whatever is there: as many rows, as many bytes, nothing written; deleting one, a row.

use crate::store::{MailboxPlace, MailboxRow, MailboxTidying, NewReply, Outcome, StoreError};
use crate::wire::{MAX_REPLIES_OF_MAILBOX, MAX_SHOWN_REPLIES};
use sqlx::{SqliteConnection, SqlitePool};

pub async fn put(pool: &SqlitePool, reply: &NewReply) -> Result<Outcome, StoreError> {
    let (mailbox, token_hash) = parts(&reply.place);
    let (hash, sealed) = (&reply.hash.0[..], &reply.sealed[..]);
    let (shown_from, goes) = (seconds(reply.shown_from), reply.goes.epoch_days());
    let mut transaction = pool.begin_with("begin immediate").await?;
    let there = sqlx::query_scalar!(
        r#"select count(*) as "count!: i64"
        from reply
        where hash = ?1"#,
        hash,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if there > 0 {
        return Ok(Outcome::StoredBefore);
    }
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!: i64"
        from reply
        where mailbox = ?1"#,
        mailbox,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if count >= MAX_REPLIES_OF_MAILBOX {
        return Ok(Outcome::Taken);
    }
    sqlx::query!(
        "insert into reply (mailbox, token_hash, hash, shown_from, goes, sealed)
        values (?1, ?2, ?3, ?4, ?5, ?6)",
        mailbox,
        token_hash,
        hash,
        shown_from,
        goes,
        sealed,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Outcome::Stored)
}

/// What stands before the newest `skip` is passed over without its bytes being read, be it replies or what stands in their place.
pub async fn read(pool: &SqlitePool, place: &MailboxPlace, skip: u8, now: u64) -> Result<Vec<MailboxRow>, StoreError> {
    let (mailbox, token_hash) = parts(place);
    let now = seconds(now);
    let most = i64::try_from(MAX_SHOWN_REPLIES).unwrap_or(i64::MAX);
    // Asked in any case: as a part of what follows it would be asked where a reply is, and nowhere else.
    let emptied = sqlx::query!(
        r#"select coalesce(max(up_to), 0) as "up_to!: i64", coalesce(max(shown_by), 0) as "shown_by!: i64"
        from reply_emptied
        where mailbox = ?1
        and token_hash = ?2"#,
        mailbox,
        token_hash,
    )
    .fetch_one(pool)
    .await?;
    let rows = sqlx::query!(
        r#"select
            is_reply as "is_reply!: bool",
            case is_reply
                when 1 then (select sealed from reply where reply.seq = row.seq)
                else (select sealed from reply_blank where reply_blank.seq = row.seq)
            end as "sealed!: Vec<u8>"
        from (
            select 1 as is_reply, seq
            from (
                select seq
                from reply
                where mailbox = ?1
                and token_hash = ?2
                and shown_from <= ?3
                and (seq > ?6 or shown_from > ?7)
                order by seq desc
                limit ?4 + ?5
            )
            union all
            select 0 as is_reply, seq
            from reply_blank
        ) as row
        limit ?4 offset ?5"#,
        mailbox,
        token_hash,
        now,
        most,
        skip,
        emptied.up_to,
        emptied.shown_by,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| MailboxRow { is_reply: row.is_reply, sealed: row.sealed }).collect())
}

/// Writes one row, whatever lies there. From then on nobody is given what lies there and is shown now.
pub async fn empty(pool: &SqlitePool, place: &MailboxPlace, now: u64) -> Result<(), StoreError> {
    let (mailbox, token_hash) = parts(place);
    let now = seconds(now);
    sqlx::query!(
        "insert into reply_emptied (mailbox, token_hash, shown_by, up_to)
        select ?1, ?2, ?3, coalesce(max(seq), 0)
        from reply",
        mailbox,
        token_hash,
        now,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// What was deleted keeps its place until its day, under a token that nobody has and without a word of it: a member who sends the same
/// reply again, or one more than there is room for, learns nothing by the answer.
pub async fn overwrite_emptied(pool: &SqlitePool) -> Result<(), StoreError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    overwrite(&mut transaction).await?;
    Ok(transaction.commit().await?)
}

async fn overwrite(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query!(
        "update reply
        set token_hash = randomblob(32), shown_from = 0, sealed = randomblob(5755)
        from reply_emptied as emptied
        where reply.mailbox = emptied.mailbox
        and reply.token_hash = emptied.token_hash
        and reply.seq <= emptied.up_to
        and reply.shown_from <= emptied.shown_by"
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("delete from reply_emptied").execute(connection).await?;
    Ok(())
}

pub async fn tidy(pool: &SqlitePool, tidying: &MailboxTidying<'_>) -> Result<u64, StoreError> {
    let (goes, today) = (tidying.goes.epoch_days(), tidying.today.epoch_days());
    let now = seconds(tidying.now);
    let mut transaction = pool.begin_with("begin immediate").await?;
    // Before times are forgotten by which it is told what was deleted.
    overwrite(&mut transaction).await?;
    for place in tidying.visited {
        let (mailbox, token_hash) = parts(place);
        sqlx::query!(
            "update reply
            set goes = max(goes, ?3)
            where mailbox = ?1
            and token_hash = ?2",
            mailbox,
            token_hash,
            goes,
        )
        .execute(&mut *transaction)
        .await?;
    }
    sqlx::query!(
        "update reply
        set shown_from = 0
        where shown_from > 0
        and shown_from <= ?1",
        now,
    )
    .execute(&mut *transaction)
    .await?;
    let gone = sqlx::query!(
        "delete from reply
        where goes < ?1",
        today,
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    transaction.commit().await?;
    Ok(gone)
}

fn parts(place: &MailboxPlace) -> (&[u8], &[u8]) {
    (&place.mailbox.0[..], &place.token_hash.0[..])
}

fn seconds(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
