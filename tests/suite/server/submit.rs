use crate::support::app::{EXPIRED, LONG_EXPIRED, NOW, TestApp, data_dir, hasty};
use crate::support::http::{exchange, request};
use crate::support::tip::TipParts;
use futures_util::future::join_all;
use knothole::crypto::tar::MAX_TIP_LEN;

#[tokio::test]
async fn a_tip_is_stored_once_however_often_it_is_sent() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    let first = app.put(tip).await;
    assert_eq!((first.status, first.text()), (201, "stored\n"));
    let again = app.put(tip).await;
    assert_eq!((again.status, again.text()), (200, "stored before\n"));
    assert_eq!(app.person("mia").tips(0).await.0.len(), 1);
}

#[tokio::test]
async fn many_strangers_at_once_are_all_heard() {
    let app = TestApp::new().await;
    let answers = join_all((0..150).map(|seed| app.put(TipParts::new(seed)))).await;
    assert!(answers.iter().all(|answer| answer.status == 201));
    assert_eq!(app.person("mia").tips(0).await.1, 150);
}

#[tokio::test]
async fn an_acknowledged_tip_outlives_the_server_and_a_retry_finds_it() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    assert_eq!(app.put(tip).await.status, 201);
    // Nothing is closed: a second server on the folder sees what the first had promised when it answered.
    let copy = data_dir();
    for name in ["knothole.db", "knothole.db-wal"] {
        std::fs::copy(app.dir.path().join(name), copy.path().join(name)).unwrap();
    }
    let after_crash = TestApp::on(copy, NOW).await;
    assert_eq!(after_crash.put(tip).await.status, 200);
    assert_eq!(after_crash.person("mia").tips(0).await.0[0].letter, tip.letter());
}

#[tokio::test]
async fn another_body_under_the_same_id_is_refused_and_changes_nothing() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    let other = TipParts { letter_plain_len: 16_384, ..tip };
    assert_eq!(app.put(other).await.status, 409);
    assert_eq!(app.person("mia").tips(0).await.0[0].letter, tip.letter());
}

#[tokio::test]
async fn what_is_not_a_tip_is_refused() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    let id = tip.id().to_string();
    let other_id = TipParts::new(2).id().to_string();
    assert_eq!(app.put_body(&id, b"not a tar").await.status, 400);
    assert_eq!(app.put_body(&id, b"").await.status, 400);
    assert_eq!(app.put_body(&other_id, &tip.body()).await.status, 400);
    assert_eq!(app.put_body(&id.to_lowercase(), &tip.body()).await.status, 400);
    assert_eq!(app.put_body("%FF", &tip.body()).await.status, 400);
    for agencies in [1, 3] {
        assert_eq!(app.put(TipParts { agencies, ..tip }).await.status, 400, "{agencies} capsules");
    }
    let untyped = request("PUT", &format!("/tips/{id}"), &[], &tip.body());
    assert_eq!(exchange(app.running.public(), &untyped).await.status, 400);
    assert_eq!(app.person("mia").tips(0).await, (vec![], 0));
}

#[tokio::test]
async fn a_version_that_is_not_taken_is_told_apart() {
    let app = TestApp::new().await;
    let tip = TipParts { keyring: 2, ..TipParts::new(1) };
    assert_eq!(app.put(tip).await.status, 412);
    assert_eq!(app.put(TipParts { keyring: 0, ..tip }).await.status, 201);
    let app = app.again_at(EXPIRED).await;
    assert_eq!(app.put(TipParts::new(2)).await.status, 201);
    let app = app.again_at(LONG_EXPIRED).await;
    assert_eq!(app.put(TipParts::new(3)).await.status, 412);
}

#[tokio::test]
async fn a_retry_after_the_version_lapsed_hears_what_became_of_the_tip() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    assert_eq!(app.put(tip).await.status, 201);
    let app = app.again_at(LONG_EXPIRED).await;
    assert_eq!((app.put(tip).await.status, app.put(tip).await.text()), (200, "stored before\n"));
    assert_eq!(app.put(TipParts { letter_plain_len: 16_384, ..tip }).await.status, 409);
    assert_eq!(app.put(TipParts::new(2)).await.status, 412);
}

#[tokio::test]
async fn no_tip_is_taken_before_there_is_a_keyring() {
    let app = TestApp::empty().await;
    assert_eq!(app.put(TipParts::new(1)).await.status, 412);
}

#[tokio::test]
async fn a_body_larger_than_any_tip_is_cut_off() {
    let app = TestApp::new().await;
    let id = TipParts::new(1).id().to_string();
    let announced = app.put_body(&id, &vec![0; MAX_TIP_LEN + 1]).await;
    assert_eq!((announced.status, announced.text()), (413, "too large\n"));
    let chunk = format!("{:x}\r\n{}\r\n", MAX_TIP_LEN + 1, "0".repeat(MAX_TIP_LEN + 1));
    let headers = [("content-type", "application/x-tar"), ("transfer-encoding", "chunked")];
    let head = request("PUT", &format!("/tips/{id}"), &headers, b"");
    let streamed = exchange(app.running.public(), &[&head[..], chunk.as_bytes()].concat()).await;
    assert_eq!(streamed.status, 413);
}

#[tokio::test]
async fn a_body_that_stops_coming_is_told_so() {
    let app = TestApp::with_limits(data_dir(), NOW, hasty()).await;
    let tip = TipParts::new(1);
    let headers = [("content-type", "application/x-tar")];
    let whole = request("PUT", &format!("/tips/{}", tip.id()), &headers, &tip.body());
    let answer = exchange(app.running.public(), &whole[..whole.len() - 1]).await;
    assert_eq!((answer.status, answer.text()), (408, "too slow\n"));
}
