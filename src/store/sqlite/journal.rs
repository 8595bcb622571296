//! The write-ahead log, which holds recent writes in their order, also of what was deleted since.

use crate::store::StoreError;
use sqlx::SqlitePool;

/// Moves everything into the database file and cuts the log to nothing. False when someone was reading from it.
pub async fn forget(pool: &SqlitePool) -> Result<bool, StoreError> {
    // The macro that checks queries knows no pragma. The first column says whether someone was in the way.
    let busy: i64 = sqlx::query_scalar("pragma wal_checkpoint(truncate)").fetch_one(pool).await?;
    Ok(busy == 0)
}
