//! How files end: their time is over, their tip is deleted, or what holds them fails.

use super::{MIB, file};
use crate::support::app::{NOW, TestApp, settings};
use crate::support::uploads::{Sender, objects};
use knothole::clock::Clock;
use knothole::http::serve::start;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const HOUR: u64 = 3_600;

/// A clock that a test sets.
struct SetClock(AtomicU64);

impl Clock for SetClock {
    fn unix_seconds(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn a_file_that_nobody_went_on_with_for_a_day_goes_with_its_bytes_and_a_whole_one_stays() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let whole = sender.put_file(&file).await;
    let begun = sender.create(file.len()).await;
    let part = sender.put(&begun, 0, &file[..MIB]).await;
    // 02:00 on the next day: 24 hours, rounded up to the hour.
    assert_eq!(part.header("upload-expires"), "Wed, 25 Nov 2026 02:00:00 GMT");
    let app = app.again_at(NOW + 24 * HOUR).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    assert_eq!(sender.offset(&begun).await, Some(MIB));
    let app = app.again_at(NOW + 25 * HOUR).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    assert_eq!((sender.status(&begun).await, sender.offset(&whole).await), (410, Some(file.len())));
    assert_eq!(objects(app.dir.path()), (1, file.len()));
    // For a week, rounded up to the day.
    let app = app.again_at(NOW + 8 * 24 * HOUR).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    assert_eq!(sender.status(&begun).await, 410);
    let app = app.again_at(NOW + 9 * 24 * HOUR).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    assert_eq!(sender.status(&begun).await, 404);
}

#[tokio::test]
async fn each_part_gives_a_file_another_day() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    let app = app.again_at(NOW + 20 * HOUR).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    assert_eq!(sender.put(&path, 0, &file[..MIB]).await.status, 204);
    let app = app.again_at(NOW + 40 * HOUR).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    assert_eq!(sender.put(&path, MIB, &file[MIB..]).await.status, 204);
}

#[tokio::test]
async fn a_file_whose_time_is_over_is_gone_before_it_is_tidied_away() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    app.running.shutdown().await;
    let clock = Arc::new(SetClock(AtomicU64::new(NOW)));
    let running = start(settings(app.dir.path()), Arc::<SetClock>::clone(&clock)).await.unwrap();
    let sender = Sender::of(running.public(), sender.tip);
    assert_eq!(sender.offset(&path).await, Some(0));
    clock.0.store(NOW + 25 * HOUR, Ordering::SeqCst);
    assert_eq!(sender.status(&path).await, 410);
    assert_eq!(sender.put(&path, 0, &file).await.status, 410);
}

#[tokio::test]
async fn a_folder_that_fails_is_told_and_nothing_that_was_acknowledged_is_lost() {
    let app = TestApp::new().await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &file[..MIB]).await.status, 204);
    let (folder, away) = (app.dir.path().join("uploads"), app.dir.path().join("away"));
    std::fs::rename(&folder, &away).unwrap();
    std::fs::write(&folder, "no folder").unwrap();
    let failed = sender.put(&path, MIB, &file[MIB..]).await;
    assert_eq!((failed.status, failed.header("retry-after")), (503, "5"));
    assert_eq!(sender.offset(&path).await, Some(MIB));
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&away, &folder).unwrap();
    assert_eq!(sender.put(&path, MIB, &file[MIB..]).await.status, 204);
    assert_eq!(objects(app.dir.path()), (2, file.len()));
}

#[tokio::test]
async fn what_was_begun_and_never_finished_leaves_nothing_behind() {
    let app = TestApp::new().await;
    let sender = Sender::at(&app, 1).await;
    let store = sqlx::SqlitePool::connect(&format!("sqlite://{}/knothole.db", app.dir.path().display())).await.unwrap();
    // As a server leaves it that is killed while it writes: the place is announced, and the bytes are there, half or whole.
    for (byte, file) in [(1_u8, "01".repeat(16)), (2, format!("{}#1", "02".repeat(16)))] {
        let announced = format!(
            "insert into upload_waste (object, goes) values (x'{}', {})",
            format!("{byte:02x}").repeat(16),
            NOW + HOUR
        );
        sqlx::query(sqlx::AssertSqlSafe(announced)).execute(&store).await.unwrap();
        std::fs::write(app.dir.path().join("uploads").join(file), "sealed bytes").unwrap();
    }
    store.close().await;
    let app = app.again_at(NOW + HOUR - 1).await;
    assert_eq!(objects(app.dir.path()).0, 2, "another server may be at it");
    let app = app.again_at(NOW + HOUR).await;
    assert_eq!(objects(app.dir.path()).0, 0);
    drop(sender);
}
