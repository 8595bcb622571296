//! Clients that are slow or silent, and the ones that are served meanwhile.

use crate::support::app::{NOW, TestApp, data_dir, hasty, public_limits};
use crate::support::http::{connect, connect_from, exchange_on, read_answer, request};
use crate::support::tip::TipParts;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const SLOW_PEER: [u8; 4] = [127, 0, 0, 2];

/// How a connection ends for a peer that sends these bytes and nothing more.
async fn said_to(app: &TestApp, bytes: &[u8]) -> Vec<u8> {
    let mut stream = connect(app.running.public()).await;
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    answer
}

async fn assert_served(app: &TestApp) {
    assert_eq!(app.get("/knothole.js").await.status, 200);
}

/// The head of a tip's request, as long as its body is.
fn head_of(tip: TipParts) -> Vec<u8> {
    let headers = [("content-type", "application/x-tar")];
    let whole = request("PUT", &format!("/tips/{}", tip.id()), &headers, &tip.body());
    whole[..whole.len() - tip.body().len()].to_vec()
}

#[tokio::test]
async fn one_peer_cannot_hold_all_connections() {
    let app = TestApp::with_limits(
        data_dir(),
        NOW,
        public_limits(|public| {
            public.max_connections = 4;
            public.max_connections_per_peer = 2;
        }),
    )
    .await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(connect_from(SLOW_PEER, app.running.public()).await);
    }
    let mut closed_at_once = silent.split_off(2);
    for stream in &mut closed_at_once {
        assert_eq!(stream.read(&mut [0]).await.unwrap_or_default(), 0);
    }
    assert_served(&app).await;
    // The peer's own two are none the worse for those that were too many.
    for stream in silent {
        assert_eq!(exchange_on(stream, &request("GET", "/knothole.js", &[], b"")).await.status, 200);
    }
}

#[tokio::test]
async fn every_slot_that_a_silent_client_holds_is_free_again_in_time() {
    let mut limits = hasty();
    limits.public.max_connections = 2;
    let app = TestApp::with_limits(data_dir(), NOW, limits).await;
    let half_a_head = b"GET / HTTP/1.1\r\nhost: do";
    let mut slow: Vec<TcpStream> = Vec::new();
    for bytes in [&b""[..], half_a_head] {
        let mut stream = connect_from(SLOW_PEER, app.running.public()).await;
        stream.write_all(bytes).await.unwrap();
        slow.push(stream);
    }
    assert_served(&app).await;
}

#[tokio::test]
async fn a_body_that_dribbles_is_cut_off_as_soon_as_one_that_stops() {
    let mut limits = hasty();
    limits.public.body_idle_time = Duration::from_mins(1);
    let app = TestApp::with_limits(data_dir(), NOW, limits).await;
    let mut stream = connect(app.running.public()).await;
    stream.write_all(&head_of(TipParts::new(1))).await.unwrap();
    // Each byte comes in time, the whole body would not. What was answered is still there when nothing more is taken.
    while stream.write_all(b"0").await.is_ok() {
        tokio::task::yield_now().await;
    }
    let answer = read_answer(&mut stream).await;
    assert_eq!((answer.status, answer.text()), (408, "too slow\n"));
    assert_served(&app).await;
}

#[tokio::test]
async fn a_client_that_never_reads_its_answers_is_cut_off() {
    let mut limits = hasty();
    limits.public.head_time = Duration::from_mins(1);
    let app = TestApp::with_limits(data_dir(), NOW, limits).await;
    let mut stream = connect(app.running.public()).await;
    let again = b"GET /knothole.js HTTP/1.1\r\nhost: door\r\n\r\n".repeat(1000);
    // Far more answers than all buffers between the two hold: the server stops reading, then gives up.
    let mut sent = 0;
    while stream.write_all(&again).await.is_ok() {
        sent += 1;
        assert!(sent < 10_000, "the server never stopped reading");
    }
    assert_served(&app).await;
}

#[tokio::test]
async fn half_a_head_gets_no_answer_and_half_a_body_gets_408() {
    let app = TestApp::with_limits(data_dir(), NOW, hasty()).await;
    assert_eq!(said_to(&app, b"PUT /tips/x HTTP/1.1\r\nhost: do").await, b"");
    assert_eq!(said_to(&app, b"").await, b"");
    let mut stream = connect(app.running.public()).await;
    stream.write_all(&head_of(TipParts::new(1))).await.unwrap();
    assert_eq!(read_answer(&mut stream).await.status, 408);
}
