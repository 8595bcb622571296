//! Files in a bucket of a server that others wrote: what holds of a folder holds of it, also where it fails.

use super::{MIB, file};
use crate::support::app::{NOW, TestApp, settings};
use crate::support::bucket::{Answers, TestBucket};
use crate::support::files::files_under;
use crate::support::http::Answer;
use crate::support::uploads::Sender;
use knothole::clock::FixedClock;
use knothole::http::serve::{Running, start};
use knothole::model::hex::Hex;
use std::path::Path;
use std::sync::Arc;

const HOUR: u64 = 3_600;

async fn site(bucket: &TestBucket) -> TestApp {
    TestApp::new().await.again_with(|settings| settings.bucket = Some(bucket.bucket.clone())).await
}

/// Another server on the store of a site, at another time.
async fn server(dir: &Path, bucket: &TestBucket, now: u64) -> Running {
    let mut settings = settings(dir);
    settings.bucket = Some(bucket.bucket.clone());
    start(settings, Arc::new(FixedClock(now))).await.unwrap()
}

fn bytes(bucket: &TestBucket) -> usize {
    bucket.objects().iter().map(|(_, bytes)| bytes.len()).sum()
}

async fn get(app: &TestApp, sender: &Sender, path: &str, range: &str) -> Answer {
    let custody = format!("Bearer {}", Hex(sender.tip.custody_token().0));
    let target = format!("/v1/tips/{}/attachments/{}", sender.tip.id(), path.rsplit('/').next().unwrap());
    app.person("mia").get_with(&target, &[("authorization", custody), ("range", range.to_owned())]).await
}

#[tokio::test]
async fn a_file_goes_into_the_bucket_part_by_part_and_staff_get_its_very_bytes() {
    let bucket = TestBucket::start().await;
    let app = site(&bucket).await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    for (at, part) in (0..).step_by(MIB).zip(file.chunks(MIB)) {
        assert_eq!(sender.put(&path, at, part).await.status, 204);
        assert_eq!(bytes(&bucket), at + part.len(), "a part is there before it is acknowledged");
    }
    let objects = bucket.objects();
    assert_eq!(objects.len(), 4);
    assert!(objects.iter().all(|(name, _)| name.len() == 32 && !path.contains(name)), "{objects:?}");
    assert_eq!(files_under(&app.dir.path().join("uploads")).len(), 0);
    let got = get(&app, &sender, &path, &format!("bytes={}-{}", MIB - 3, 2 * MIB)).await;
    assert!(got.status == 206 && got.body == file[MIB - 3..=2 * MIB]);
}

#[tokio::test]
async fn a_bucket_that_fails_is_told_letters_come_in_meanwhile_and_nothing_acknowledged_is_lost() {
    let bucket = TestBucket::start().await;
    let app = site(&bucket).await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &file[..MIB]).await.status, 204);
    for how in [Answers::Unavailable, Answers::Lost] {
        bucket.answer(how);
        let failed = sender.put(&path, MIB, &file[MIB..]).await;
        assert_eq!((failed.status, failed.header("retry-after")), (503, "5"));
        assert_eq!(sender.offset(&path).await, Some(MIB));
    }
    let _another_letter_is_taken = Sender::at(&app, 2).await;
    bucket.answer(Answers::Well);
    assert_eq!(sender.put(&path, MIB, &file[MIB..]).await.status, 204);
    assert!(bytes(&bucket) > file.len(), "whatever had come before its answer was lost");
    bucket.answer(Answers::Unavailable);
    assert_eq!(get(&app, &sender, &path, "bytes=0-9").await.status, 503, "staff are told the same");
    bucket.answer(Answers::Well);

    app.running.shutdown().await;
    let later = server(app.dir.path(), &bucket, NOW + 2 * HOUR).await;
    assert_eq!((bucket.objects().len(), bytes(&bucket)), (2, file.len()), "goes when nobody can be at it any more");
    later.shutdown().await;
}

#[tokio::test]
async fn what_was_not_finished_goes_from_the_bucket_once_it_is_there_again() {
    let bucket = TestBucket::start().await;
    let app = site(&bucket).await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &file[..MIB]).await.status, 204);
    app.running.shutdown().await;
    for (how, left) in [(Answers::Unavailable, 1), (Answers::Well, 0)] {
        bucket.answer(how);
        let later = server(app.dir.path(), &bucket, NOW + 25 * HOUR).await;
        assert_eq!(bucket.objects().len(), left);
        later.shutdown().await;
    }
}

#[tokio::test]
async fn two_servers_on_one_store_and_one_bucket_go_on_where_the_other_was() {
    let bucket = TestBucket::start().await;
    let app = site(&bucket).await;
    let other = server(app.dir.path(), &bucket, NOW).await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &file[..MIB]).await.status, 204);
    let at_other = Sender::of(other.public(), sender.tip);
    assert_eq!(at_other.offset(&path).await, Some(MIB));
    assert_eq!(at_other.put(&path, MIB, &file[MIB..]).await.status, 204);
    let got = get(&app, &sender, &path, &format!("bytes=0-{}", file.len() - 1)).await;
    assert!(got.body == file);
    other.shutdown().await;
}

#[tokio::test]
async fn with_a_key_that_the_bucket_does_not_know_letters_come_in_and_files_wait() {
    let bucket = TestBucket::start().await;
    let mut wrong = bucket.bucket.clone();
    wrong.key = "another".to_owned().into();
    let app = TestApp::new().await.again_with(|settings| settings.bucket = Some(wrong)).await;
    let (sender, file) = (Sender::at(&app, 1).await, file());
    let path = sender.create(file.len()).await;
    assert_eq!(sender.put(&path, 0, &file).await.status, 503);
    assert_eq!((sender.offset(&path).await, bucket.objects().len()), (Some(0), 0));
}
