//! What is this backend's alone: its file, its pragmas, its transactions. What every backend must do is in the suite.

use super::*;
use crate::model::day::Day;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use futures_util::future::join_all;
use sqlx::ConnectOptions as _;
use std::os::unix::fs::PermissionsExt as _;
use tempfile::TempDir;

fn tip(seed: u8) -> NewTip {
    NewTip {
        id: TipId([seed; 32]),
        day: Day::from_epoch_days(1).unwrap(),
        keyring: 0,
        body_hash: Hex([seed; 32]),
        upload_hash: Hex([seed; 32]),
        letter: vec![seed],
        capsules: vec![vec![seed], vec![seed]],
    }
}

async fn store() -> (SqliteStore, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&dir.path().join("data")).await.unwrap();
    (store, dir)
}

async fn run(store: &SqliteStore, sql: &'static str) {
    sqlx::raw_sql(sql).execute(&store.pool).await.unwrap();
}

async fn number(store: &SqliteStore, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&store.pool).await.unwrap()
}

#[tokio::test]
async fn a_tip_that_fails_takes_no_neighbour_with_it_and_leaves_no_half() {
    let (store, _dir) = store().await;
    run(
        &store,
        "create trigger fails before insert on capsule when new.sealed = x'03' and new.agency = 1
        begin select raise(abort, 'no'); end",
    )
    .await;
    let outcomes = join_all((1..=5).map(|seed| store.put_tip(tip(seed)))).await;
    let stored = outcomes.iter().map(|outcome| *outcome == Ok(TipOutcome::Stored)).collect::<Vec<_>>();
    assert_eq!(stored, [true, true, false, true, true]);
    assert_eq!(number(&store, "select count(*) from tip").await, 4);
    assert_eq!(number(&store, "select max(seq) from tip").await, 4);
    assert_eq!(number(&store, "select value from counter where name = 'tip'").await, 4);
    assert_eq!(number(&store, "select count(*) from capsule").await, 8);
}

#[tokio::test]
async fn when_the_transaction_fails_nobody_is_told_that_their_tip_is_stored() {
    let (store, _dir) = store().await;
    run(
        &store,
        "create trigger fails before update on counter
        begin select raise(abort, 'no'); end",
    )
    .await;
    let outcomes = join_all((1..=5).map(|seed| store.put_tip(tip(seed)))).await;
    assert_eq!(outcomes, vec![Err(StoreError::Refused); 5]);
    assert_eq!(number(&store, "select count(*) from tip").await, 0);
    run(&store, "drop trigger fails").await;
    assert_eq!(store.put_tip(tip(1)).await, Ok(TipOutcome::Stored));
}

#[tokio::test]
async fn tips_that_come_together_share_one_transaction() {
    let (store, _dir) = store().await;
    run(
        &store,
        "create table moved (value integer);
        create trigger moves after update on counter begin insert into moved values (new.value); end",
    )
    .await;
    let busy = store.pool.begin_with("begin immediate").await.unwrap();
    // The writer may have taken some before the last of them has come; it has written none before the other is done.
    let tips = join_all((1..=100).map(|seed| store.put_tip(tip(seed))));
    let (_, done) = tokio::join!(tips, busy.commit());
    done.unwrap();
    assert!(number(&store, "select count(*) from moved").await <= 3);
    assert_eq!(number(&store, "select max(value) from moved").await, 100);
}

#[tokio::test]
async fn a_full_disk_fails_the_whole_batch_and_keeps_nothing_of_it() {
    let (store, dir) = store().await;
    let options = file::options(&dir.path().join("data/knothole.db"));
    let mut connection = Some(options.connect().await.unwrap());
    let limit = number(&store, "pragma page_count").await + 5;
    let limit = sqlx::AssertSqlSafe(format!("pragma max_page_count = {limit}"));
    sqlx::raw_sql(limit).execute(connection.as_mut().unwrap()).await.unwrap();
    let large = NewTip { letter: vec![1; 1 << 20], ..tip(2) };
    let outcome = writer::write(&options, &mut connection, &[tip(1), large, tip(3)]).await;
    assert_eq!(outcome, Err(StoreError::DiskFull));
    assert_eq!(number(&store, "select count(*) from tip").await, 0);
    let outcome = writer::write(&options, &mut None, &[tip(1)]).await;
    assert_eq!(outcome, Ok(vec![Ok(TipOutcome::Stored)]));
}

#[tokio::test]
async fn the_id_of_a_deleted_tip_is_never_taken_again() {
    let (store, _dir) = store().await;
    run(&store, "insert into tombstone (id, day) values (x'0909090909090909090909090909090909090909090909090909090909090909', 1)")
        .await;
    assert_eq!(store.put_tip(tip(9)).await, Ok(TipOutcome::Deleted));
    let asked = store.tip_outcome(tip(9).id, tip(9).body_hash).await;
    assert_eq!(asked, Ok(Some(TipOutcome::Deleted)));
    assert_eq!(number(&store, "select count(*) from tip").await, 0);
}

#[tokio::test]
async fn a_tip_that_somebody_opened_is_flagged_and_no_other() {
    let (store, _dir) = store().await;
    for seed in 1..=3 {
        store.put_tip(tip(seed)).await.unwrap();
    }
    assert_eq!(number(&store, "select sum(kept) from tip").await, 0);
    for _ in 0..2 {
        store.keep_tips(&[tip(2).id, tip(9).id]).await.unwrap();
        assert_eq!(number(&store, "select sum(kept) from tip").await, 1);
        assert_eq!(number(&store, "select kept from tip where seq = 2").await, 1);
    }
}

#[tokio::test]
async fn keeping_moves_no_byte_of_the_file_but_the_flags() {
    let (store, dir) = store().await;
    for seed in 1..=3 {
        store.put_tip(NewTip { letter: vec![seed; 20_000], ..tip(seed) }).await.unwrap();
    }
    let file = async || {
        run(&store, "pragma wal_checkpoint(truncate)").await;
        std::fs::read(dir.path().join("data/knothole.db")).unwrap()
    };
    let before = file().await;
    store.keep_tips(&[tip(3).id, tip(1).id]).await.unwrap();
    let after = file().await;
    assert_eq!(before.len(), after.len());
    let changed = before.iter().zip(&after).enumerate().filter(|(_, (before, after))| before != after);
    // Two flags; the rest is the database's own count of writes in the first hundred bytes.
    assert_eq!(changed.filter(|(at, _)| *at >= 100).count(), 2);
}

#[tokio::test]
async fn every_connection_syncs_each_commit_wipes_what_it_deletes_and_makes_no_file_elsewhere() {
    let (store, _dir) = store().await;
    for (pragma, expected) in
        [("pragma synchronous", 2), ("pragma secure_delete", 1), ("pragma foreign_keys", 1), ("pragma temp_store", 2)]
    {
        assert_eq!(number(&store, pragma).await, expected, "{pragma}");
    }
    let mode: String = sqlx::query_scalar("pragma journal_mode").fetch_one(&store.pool).await.unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn nobody_else_on_the_machine_can_look_into_the_files() {
    let (store, dir) = store().await;
    store.put_tip(tip(1)).await.unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let data = dir.path().join("data");
    assert_eq!(mode(&data), 0o700);
    for file in std::fs::read_dir(&data).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o750)).unwrap();
    assert!(matches!(SqliteStore::open(&data).await, Err(OpenError::OpenToOthers { .. })));
}

#[tokio::test]
async fn a_schema_of_a_newer_version_stops_the_server() {
    let (store, dir) = store().await;
    run(
        &store,
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        values (9999, 'later', true, x'00', 0)",
    )
    .await;
    store.close().await;
    assert!(matches!(SqliteStore::open(&dir.path().join("data")).await, Err(OpenError::UnknownSchema)));
}

#[test]
fn a_failure_is_told_without_the_value_that_made_it() {
    let error = sqlx::Error::Decode("planted".into());
    assert!(!StoreError::from(&error).to_string().contains("planted"));
}

#[tokio::test]
async fn the_protocol_says_of_every_column_whom_it_could_betray() {
    let (store, _dir) = store().await;
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select tables.name, columns.name
        from sqlite_schema as tables
        join pragma_table_info(tables.name) as columns
        where tables.type = 'table'
        and tables.name not like '\\_sqlx%' escape '\\'
        and tables.name not like 'sqlite%'",
    )
    .fetch_all(&store.pool)
    .await
    .unwrap();
    assert!(columns.len() > 30);
    let protocol = include_str!("../../../docs/PROTOCOL.md").split_once("\n## 8. At rest").unwrap().1;
    for (table, column) in columns {
        let is_listed =
            |line: &&str| line.starts_with(&format!("| `{table}.")) && line.contains(&format!(".{column}`"));
        assert!(protocol.lines().any(|line| is_listed(&line)), "{table}.{column}");
    }
}

#[tokio::test]
async fn a_look_from_beside_tells_which_version_wrote_the_schema() {
    let (store, dir) = store().await;
    let data = dir.path().join("data");
    store.put_tip(tip(1)).await.unwrap();
    let found = inspect(&data).await.unwrap();
    assert_eq!((found.schema, found.newest_day), (Schema::Current, Some(Day::from_epoch_days(1).unwrap())));
    run(&store, "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)").await;
    assert_eq!(inspect(&data).await.unwrap().schema, Schema::Older);
    run(
        &store,
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        values (9999, 'later', true, x'00', 0)",
    )
    .await;
    let unknown = inspect(&data).await.unwrap();
    assert_eq!((unknown.schema, unknown.newest_day), (Schema::Unknown, None));
}
