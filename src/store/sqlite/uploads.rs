//! Files that follow a letter. A part is announced as waste before its bytes are written, and is none from the transaction on that
//! makes it a part: so whatever breaks between leaves nothing that is not known.

use super::referral::seq_of;
use super::{SqliteStore, fixed, unsigned};
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use crate::store::{
    NewPart, NewUpload, ObjectName, PartOutcome, StoreError, StoredPart, StoredUpload, UploadName, UploadOutcome,
    UploadRight, UploadRoom, UploadStore,
};
use async_trait::async_trait;
use sqlx::SqliteConnection;

/// The most of the waste that is taken away in one go.
const MOST_WASTE: i64 = 256;

#[async_trait]
impl UploadStore for SqliteStore {
    async fn upload_right(&self, tip: TipId) -> Result<UploadRight, StoreError> {
        let id = &tip.0[..];
        let mut transaction = self.pool.begin().await?;
        let hash = sqlx::query_scalar!("select upload_hash from tip where id = ?1", id)
            .fetch_optional(&mut *transaction)
            .await?;
        if let Some(hash) = hash {
            return Ok(UploadRight::Token(Hex(fixed(hash)?)));
        }
        let was_deleted = sqlx::query_scalar!("select exists (select 1 from tombstone where id = ?1)", id)
            .fetch_one(&mut *transaction)
            .await?;
        Ok(if was_deleted == 1 { UploadRight::Deleted } else { UploadRight::NoTip })
    }

    async fn put_upload(&self, tip: TipId, new: &NewUpload, room: &UploadRoom) -> Result<UploadOutcome, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let Some(tip_seq) = seq_of(&mut transaction, tip).await? else { return Ok(UploadOutcome::NoTip) };
        let there = sqlx::query!(
            r#"select count(*) as "files!: i64", coalesce(sum(length), 0) as "bytes!: i64"
            from upload
            where tip_seq = ?1"#,
            tip_seq,
        )
        .fetch_one(&mut *transaction)
        .await?;
        let is_full = there.files >= i64::from(room.max_files)
            || unsigned::<u64>(there.bytes)?.saturating_add(new.length) > room.max_bytes;
        if is_full {
            return Ok(UploadOutcome::Full);
        }
        let (name, length, goes) = (&new.name.0[..], number(new.length), number(new.goes));
        sqlx::query!(
            "insert into upload (tip_seq, name, length, is_manifest, goes)
            values (?1, ?2, ?3, ?4, ?5)",
            tip_seq,
            name,
            length,
            new.is_manifest,
            goes,
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(UploadOutcome::Placed)
    }

    async fn upload(&self, tip: TipId, name: &UploadName) -> Result<Option<StoredUpload>, StoreError> {
        let (id, name) = (&tip.0[..], &name.0[..]);
        let row = sqlx::query_as!(
            Row,
            r#"select upload.name, upload.length, upload.offset, upload.is_manifest as "is_manifest: bool", upload.goes
            from upload
            inner join tip
                on tip.seq = upload.tip_seq
            where upload.name = ?1
            and tip.id = ?2"#,
            name,
            id,
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(Row::into_upload).transpose()
    }

    async fn has_upload_expired(&self, tip: TipId, name: &UploadName) -> Result<bool, StoreError> {
        let (id, name) = (&tip.0[..], &name.0[..]);
        let found = sqlx::query_scalar!(
            "select exists (
                select 1
                from upload_gone
                inner join tip
                    on tip.seq = upload_gone.tip_seq
                where upload_gone.name = ?1
                and tip.id = ?2
            )",
            name,
            id,
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(found == 1)
    }

    async fn uploads_of(&self, tip: TipId) -> Result<Vec<StoredUpload>, StoreError> {
        let id = &tip.0[..];
        let rows = sqlx::query_as!(
            Row,
            r#"select upload.name, upload.length, upload.offset, upload.is_manifest as "is_manifest: bool", upload.goes
            from upload
            inner join tip
                on tip.seq = upload.tip_seq
            where tip.id = ?1
            order by upload.seq"#,
            id,
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Row::into_upload).collect()
    }

    async fn parts_of(&self, name: &UploadName) -> Result<Vec<StoredPart>, StoreError> {
        let name = &name.0[..];
        let rows = sqlx::query!(
            "select upload_part.object, upload_part.offset, upload_part.length
            from upload_part
            inner join upload
                on upload.seq = upload_part.upload_seq
            where upload.name = ?1
            order by upload_part.offset",
            name,
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let from = unsigned::<u64>(row.offset)?;
                let range = from..from + unsigned::<u64>(row.length)?;
                Ok(StoredPart { object: Hex(fixed(row.object)?), range })
            })
            .collect()
    }

    async fn announce_object(&self, object: &ObjectName, goes: u64) -> Result<(), StoreError> {
        let (object, goes) = (&object.0[..], number(goes));
        sqlx::query!(
            "insert into upload_waste (object, goes)
            values (?1, ?2)
            on conflict (object) do update
            set goes = excluded.goes",
            object,
            goes,
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn add_part(&self, name: &UploadName, part: &NewPart) -> Result<PartOutcome, StoreError> {
        let (name, object) = (&name.0[..], &part.object.0[..]);
        let (offset, length, goes) = (number(part.offset), number(part.length), number(part.goes));
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let moved = sqlx::query!(
            r#"update upload
            set offset = offset + ?3, goes = case when offset + ?3 = length then null else ?4 end
            where name = ?1
            and offset = ?2
            and offset + ?3 <= length
            returning seq as "seq!", name, length, offset, is_manifest as "is_manifest: bool", goes as "goes?""#,
            name,
            offset,
            length,
            goes,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(moved) = moved else { return Ok(PartOutcome::DoesNotFit) };
        let announced = sqlx::query!("delete from upload_waste where object = ?1", object);
        if announced.execute(&mut *transaction).await?.rows_affected() != 1 {
            // It took so long that the bytes may have been taken away meanwhile.
            return Ok(PartOutcome::DoesNotFit);
        }
        sqlx::query!(
            "insert into upload_part (object, upload_seq, offset, length)
            values (?1, ?2, ?3, ?4)",
            object,
            moved.seq,
            offset,
            length,
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        let row = Row {
            name: moved.name,
            length: moved.length,
            offset: moved.offset,
            is_manifest: moved.is_manifest,
            goes: moved.goes,
        };
        Ok(PartOutcome::Added(row.into_upload()?))
    }

    async fn expire_uploads(&self, now: u64, remembered_until: u64) -> Result<u64, StoreError> {
        let (now, until) = (number(now), number(remembered_until));
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        sqlx::query!("delete from upload_gone where goes <= ?1", now).execute(&mut *transaction).await?;
        sqlx::query!(
            "insert into upload_gone (name, tip_seq, goes)
            select name, tip_seq, ?2
            from upload
            where goes <= ?1",
            now,
            until,
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query!(
            "insert into upload_waste (object, goes)
            select upload_part.object, 0
            from upload_part
            inner join upload
                on upload.seq = upload_part.upload_seq
            where upload.goes <= ?1",
            now,
        )
        .execute(&mut *transaction)
        .await?;
        let gone = sqlx::query!("delete from upload where goes <= ?1", now).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(gone.rows_affected())
    }

    async fn waste(&self, now: u64) -> Result<Vec<ObjectName>, StoreError> {
        let now = number(now);
        let objects = sqlx::query_scalar!(
            "select object
            from upload_waste
            where goes <= ?1
            limit ?2",
            now,
            MOST_WASTE,
        )
        .fetch_all(&self.pool)
        .await?;
        objects.into_iter().map(|object| Ok(Hex(fixed(object)?))).collect()
    }

    async fn forget_waste(&self, objects: &[ObjectName]) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        for object in objects {
            let object = &object.0[..];
            sqlx::query!("delete from upload_waste where object = ?1", object).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn unkept_bytes(&self) -> Result<u64, StoreError> {
        let bytes = sqlx::query_scalar!(
            r#"select coalesce(sum(upload.offset), 0) as "bytes!: i64"
            from upload
            inner join tip
                on tip.seq = upload.tip_seq
            where tip.kept = 0"#,
        )
        .fetch_one(&self.pool)
        .await?;
        unsigned(bytes)
    }
}

/// The bytes of a tip's files are waste once the tip is gone. To be called before it is deleted, in the same transaction.
pub async fn waste_of_tip(transaction: &mut SqliteConnection, tip_seq: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into upload_waste (object, goes)
        select upload_part.object, 0
        from upload_part
        inner join upload
            on upload.seq = upload_part.upload_seq
        where upload.tip_seq = ?1",
        tip_seq,
    )
    .execute(transaction)
    .await?;
    Ok(())
}

struct Row {
    name: Vec<u8>,
    length: i64,
    offset: i64,
    is_manifest: bool,
    goes: Option<i64>,
}

impl Row {
    fn into_upload(self) -> Result<StoredUpload, StoreError> {
        Ok(StoredUpload {
            name: Hex(fixed(self.name)?),
            length: unsigned(self.length)?,
            offset: unsigned(self.offset)?,
            is_manifest: self.is_manifest,
            goes: self.goes.map(unsigned).transpose()?,
        })
    }
}

/// Numbers that are bounded before they come here.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
