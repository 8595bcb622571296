use crate::support::app::{NOW, TestApp, data_dir, hasty, public_limits, settings};
use crate::support::http::{connect, request};
use crate::support::tip::TipParts;
use knothole::clock::FixedClock;
use knothole::http::accept::Address;
use knothole::http::serve::start;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

#[tokio::test]
async fn a_connection_that_sends_no_whole_head_is_closed() {
    let app = TestApp::with_limits(data_dir(), NOW, hasty()).await;
    for head in ["", "GET / HTTP/1.1\r\nhost: do"] {
        let mut stream = connect(app.running.public()).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "{head}");
    }
}

#[tokio::test]
async fn a_connection_past_the_limit_waits_for_one_to_end() {
    let limits = public_limits(|public| public.max_connections = 1);
    let app = TestApp::with_limits(data_dir(), NOW, limits).await;
    let mut first = connect(app.running.public()).await;
    first.write_all(b"GET / HTTP/1.1\r\nhost: door\r\n\r\n").await.unwrap();
    let mut start_of_answer = [0; 15];
    first.read_exact(&mut start_of_answer).await.unwrap();
    let mut second = connect(app.running.public()).await;
    second.write_all(&request("GET", "/", &[], b"")).await.unwrap();
    tokio::task::yield_now().await;
    let mut nothing_yet = [0; 1];
    assert!(second.try_read(&mut nothing_yet).is_err());
    drop(first);
    second.read_exact(&mut start_of_answer).await.unwrap();
    assert_eq!(&start_of_answer, b"HTTP/1.1 200 OK");
}

#[tokio::test]
async fn a_door_can_be_a_unix_socket_that_a_crashed_server_left_behind() {
    let dir = data_dir();
    let path = dir.path().join("public.sock");
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let mut settings = settings(dir.path());
    settings.public = Address::Unix(path.clone());
    let running = start(settings, Arc::new(FixedClock(NOW))).await.unwrap();
    let mut stream = UnixStream::connect(&path).await.unwrap();
    stream.write_all(&request("GET", "/", &[], b"")).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"));
    running.shutdown().await;
    assert!(!path.exists());
}

#[tokio::test]
async fn a_tip_under_way_when_the_server_stops_is_still_answered() {
    const GO_ON: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    let headers = [("content-type", "application/x-tar"), ("expect", "100-continue")];
    let whole = request("PUT", &format!("/tips/{}", tip.id()), &headers, &tip.body());
    let (head, body) = whole.split_at(whole.len() - tip.body().len());
    let mut stream = connect(app.running.public()).await;
    stream.write_all(head).await.unwrap();
    let mut go_on = [0; GO_ON.len()];
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(go_on, GO_ON);
    let dir = app.dir;
    let stopping = tokio::spawn(app.running.shutdown());
    tokio::task::yield_now().await;
    stream.write_all(body).await.unwrap();
    assert_eq!(crate::support::http::read_answer(&mut stream).await.status, 201);
    stopping.await.unwrap();
    let again = TestApp::on(dir, NOW).await;
    assert_eq!(again.put(tip).await.status, 200);
}
