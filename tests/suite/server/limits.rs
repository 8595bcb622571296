//! What one peer may send, whatever it says of itself. Buckets fill by one in an hour here, so that no test
//! depends on how fast it runs.

use crate::support::app::{NOW, TestApp, data_dir, only, public_limits, settings};
use crate::support::http::{Answer, connect, connect_from, exchange_on, request};
use crate::support::tip::TipParts;
use knothole::clock::FixedClock;
use knothole::http::accept::Address;
use knothole::http::limits::Limits;
use knothole::http::serve::start;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

const PEER: [u8; 4] = [127, 0, 0, 1];
const OTHER_PEER: [u8; 4] = [127, 0, 0, 2];

async fn get_from(app: &TestApp, peer: [u8; 4], headers: &[(&str, &str)]) -> Answer {
    let stream = connect_from(peer, app.running.public()).await;
    exchange_on(stream, &request("GET", "/knothole.js", headers, b"")).await
}

async fn put_from(app: &TestApp, peer: [u8; 4], tip: TipParts) -> Answer {
    let headers = [("content-type", "application/x-tar")];
    let put = request("PUT", &format!("/tips/{}", tip.id()), &headers, &tip.body());
    exchange_on(connect_from(peer, app.running.public()).await, &put).await
}

/// The page's script, asked for over a proxy that begins each connection with `header`.
async fn get_by_proxy(app: &TestApp, header: &str) -> Answer {
    let bytes = [header.as_bytes(), &request("GET", "/knothole.js", &[], b"")].concat();
    exchange_on(connect(app.running.public()).await, &bytes).await
}

#[tokio::test]
async fn a_peer_that_asked_too_often_is_told_when_to_come_back_and_others_are_served() {
    let app = TestApp::limited(|public| public.peer.requests = only(2)).await;
    for expected in [200, 200, 429] {
        assert_eq!(get_from(&app, PEER, &[]).await.status, expected);
    }
    let refused = get_from(&app, PEER, &[]).await;
    assert_eq!(refused.text(), "too much for now: try again later\n");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=3600).contains(&wait), "{wait}");
    for name in ["x-ratelimit-after", "x-ratelimit-limit", "x-ratelimit-remaining"] {
        assert_eq!(refused.header(name), "");
    }
    assert_eq!(get_from(&app, OTHER_PEER, &[]).await.status, 200);
}

#[tokio::test]
async fn no_header_makes_another_peer_of_anyone() {
    let app = TestApp::limited(|public| public.peer.requests = only(1)).await;
    assert_eq!(get_from(&app, PEER, &[]).await.status, 200);
    for name in ["x-forwarded-for", "x-real-ip", "forwarded", "client-ip", "x-client-ip", "cf-connecting-ip", "via"] {
        for value in ["198.51.100.7", "for=198.51.100.7", "for=\"[2001:db8::7]\""] {
            assert_eq!(get_from(&app, PEER, &[(name, value)]).await.status, 429, "{name}: {value}");
        }
    }
    // Nor does it take anything from whom it names.
    assert_eq!(get_from(&app, OTHER_PEER, &[]).await.status, 200);
}

#[tokio::test]
async fn all_peers_together_are_bound_too() {
    let app = TestApp::limited(|public| public.all.requests = only(2)).await;
    for (last, expected) in [(1, 200), (2, 200), (3, 429)] {
        assert_eq!(get_from(&app, [127, 0, 0, last], &[]).await.status, expected);
    }
}

#[tokio::test]
async fn one_who_asks_too_often_takes_nothing_from_the_others() {
    let app = TestApp::limited(|public| {
        public.peer.requests = only(1);
        public.all.requests = only(2);
    })
    .await;
    for expected in [200, 429, 429, 429] {
        assert_eq!(get_from(&app, PEER, &[]).await.status, expected);
    }
    assert_eq!(get_from(&app, OTHER_PEER, &[]).await.status, 200);
}

#[tokio::test]
async fn bytes_are_bound_as_well_as_requests() {
    let app = TestApp::limited(|public| public.peer.kibibytes = only(20)).await;
    assert_eq!(put_from(&app, PEER, TipParts::new(1)).await.status, 201);
    let refused = put_from(&app, PEER, TipParts::new(2)).await;
    assert_eq!((refused.status, refused.text()), (429, "too much for now: try again later\n"));
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 3600);
    assert_eq!(get_from(&app, PEER, &[]).await.status, 200);
    assert_eq!(put_from(&app, OTHER_PEER, TipParts::new(3)).await.status, 201);
    let seen: Vec<_> = app.person("mia").tips(0).await.0.iter().map(|tip| tip.line.id).collect();
    assert_eq!(seen, [TipParts::new(1).id(), TipParts::new(3).id()]);
}

#[tokio::test]
async fn bytes_that_nobody_announced_are_counted_as_they_come() {
    let app = TestApp::limited(|public| public.peer.kibibytes = only(20)).await;
    let tip = TipParts::new(1);
    let headers = [("content-type", "application/x-tar"), ("transfer-encoding", "chunked")];
    let head = request("PUT", &format!("/tips/{}", tip.id()), &headers, b"");
    let chunk = format!("5000\r\n{}\r\n", "0".repeat(0x5000));
    let body = [&head[..], chunk.as_bytes(), chunk.as_bytes()].concat();
    let answer = exchange_on(connect(app.running.public()).await, &body).await;
    assert_eq!(answer.status, 429);
}

#[tokio::test]
async fn bytes_of_all_peers_together_are_bound_too() {
    let app = TestApp::limited(|public| public.all.kibibytes = only(20)).await;
    assert_eq!(put_from(&app, PEER, TipParts::new(1)).await.status, 201);
    assert_eq!(put_from(&app, OTHER_PEER, TipParts::new(2)).await.status, 429);
}

#[tokio::test]
async fn the_staff_door_has_limits_of_its_own_before_any_signature() {
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let mut limits = Limits::on_one_machine();
    limits.staff.peer.requests = only(2);
    let app = TestApp::with_limits(app.dir, NOW, limits).await;
    assert_eq!(app.person("mia").get("/v1/tips").await.status, 200);
    let nobody = request("GET", "/v1/tips", &[], b"");
    for expected in [401, 429] {
        let stream = connect(app.running.staff()).await;
        assert_eq!(exchange_on(stream, &nobody).await.status, expected);
    }
    assert_eq!(get_from(&app, PEER, &[]).await.status, 200);
}

#[tokio::test]
async fn behind_a_proxy_each_address_and_each_circuit_is_a_peer() {
    let app = TestApp::limited(|public| {
        public.is_proxied = true;
        public.peer.requests = only(1);
    })
    .await;
    let tor = |circuit: &str| format!("PROXY TCP6 fc00:dead:beef:4dad::{circuit} ::1 65535 8080\r\n");
    let haproxy = |address: &str| format!("PROXY TCP4 {address} 127.0.0.1 4711 8080\r\n");
    for peer in [tor("0:29"), tor("0:2a"), haproxy("192.0.2.1"), haproxy("192.0.2.2"), "PROXY UNKNOWN\r\n".into()] {
        assert_eq!(get_by_proxy(&app, &peer).await.status, 200, "{peer}");
        assert_eq!(get_by_proxy(&app, &peer).await.status, 429, "{peer}");
    }
    let same_network = |host: &str| format!("PROXY TCP6 2001:db8::{host} ::1 4711 8080\r\n");
    assert_eq!(get_by_proxy(&app, &same_network("1")).await.status, 200);
    assert_eq!(get_by_proxy(&app, &same_network("2")).await.status, 429);
}

#[tokio::test]
async fn a_proxy_that_does_not_say_where_a_connection_comes_from_is_cut_off() {
    let app = TestApp::limited(|public| public.is_proxied = true).await;
    for header in ["", "PROXY TCP4 nowhere 127.0.0.1 1 2\r\n", "PROXY TCP4 192.0.2.1 127.0.0.1 1 2\n"] {
        let mut stream = connect(app.running.public()).await;
        let bytes = [header.as_bytes(), &request("GET", "/", &[], b"")].concat();
        stream.write_all(&bytes).await.unwrap();
        let mut answer = Vec::new();
        let _reset_is_as_good = stream.read_to_end(&mut answer).await;
        assert_eq!(answer, b"", "{header}");
    }
    assert_eq!(get_by_proxy(&app, "PROXY UNKNOWN\r\n").await.status, 200);
}

#[tokio::test]
async fn a_door_without_a_proxy_takes_nobodys_word_for_an_address() {
    let app = TestApp::limited(|_| {}).await;
    assert_eq!(get_by_proxy(&app, "PROXY TCP4 192.0.2.1 127.0.0.1 1 2\r\n").await.status, 400);
}

#[tokio::test]
async fn all_who_come_over_a_unix_socket_are_one_peer() {
    let dir = data_dir();
    let path = dir.path().join("public.sock");
    let mut settings = settings(dir.path());
    settings.public = Address::Unix(path.clone());
    settings.limits = public_limits(|public| public.peer.requests = only(1));
    let _running = start(settings, Arc::new(FixedClock(NOW))).await.unwrap();
    for expected in ["HTTP/1.1 200 OK", "HTTP/1.1 429 To"] {
        let mut stream = UnixStream::connect(&path).await.unwrap();
        stream.write_all(&request("GET", "/", &[], b"")).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(expected), "{answer}");
    }
}
