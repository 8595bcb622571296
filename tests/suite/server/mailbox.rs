//! Replies go in by the staff door and come out by the public one, to whoever shows the token and to nobody else.

use crate::support::app::{NOW, TestApp, data_dir, public_limits};
use crate::support::http::{Answer, connect, exchange, exchange_on, request};
use crate::support::tip::{TipParts, sealed};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::shape::REPLY_LEN;
use knothole::http::limits::Rate;
use knothole::model::day::Day;
use knothole::model::hex::Hex;
use knothole::store::sqlite::SqliteStore;
use knothole::store::{MailboxPlace, MailboxTidying, NewReply, Outcome, Store as _};
use knothole::wire::{
    MAILBOX_ANSWER_LEN, MAILBOX_REQUEST_LEN, MAX_REPLIES_OF_MAILBOX, MAX_SHOWN_REPLIES, MailboxAct, MailboxRequest,
    PostedReply, SEALED_REPLY_LEN, read_answer,
};
use memchr::memmem;
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

mod wiping;

const DAY: u64 = 86_400;

/// What a source with the code of this number asks.
pub fn asked(code: u8, act: MailboxAct) -> MailboxRequest {
    MailboxRequest { id: Hex([code; 32]), token: Hex([code ^ 0x80; 32]), act, skip: 0 }
}

fn place(code: u8) -> MailboxPlace {
    let MailboxRequest { id, token, .. } = asked(code, MailboxAct::Read);
    MailboxPlace { mailbox: id, token_hash: Hex(Sha256::digest(token.0).into()) }
}

/// A reply to that code.
pub fn reply(code: u8, fill: u8) -> PostedReply {
    let MailboxPlace { mailbox, token_hash } = place(code);
    PostedReply { mailbox, token_hash, sealed: STANDARD.encode(sealed(REPLY_LEN, fill)) }
}

async fn post_body(app: &TestApp, body: &[u8]) -> Answer {
    exchange(app.running.public(), &request("POST", "/mailbox", &[], body)).await
}

async fn post(app: &TestApp, code: u8, act: MailboxAct) -> Answer {
    post_body(app, &asked(code, act).to_body()).await
}

/// What lies in a mailbox, by what each reply is filled with; newest first.
pub async fn read(app: &TestApp, code: u8) -> Vec<u8> {
    fills(&post(app, code, MailboxAct::Read).await)
}

fn fills(answer: &Answer) -> Vec<u8> {
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/octet-stream"));
    let replies = read_answer(&answer.body).unwrap();
    replies.into_iter().inspect(|reply| assert_eq!(reply.len(), SEALED_REPLY_LEN)).map(|reply| reply[5_000]).collect()
}

#[tokio::test]
async fn a_reply_is_read_as_often_as_one_likes_until_its_reader_deletes_it() {
    let app = TestApp::new().await;
    for fill in [1, 2] {
        assert_eq!(app.person("mia").post("/v1/replies", &reply(7, fill)).await.status, 201);
    }
    for _ in 0..3 {
        assert_eq!(read(&app, 7).await, [2, 1]);
    }
    assert_eq!(fills(&post(&app, 7, MailboxAct::Delete).await), [0_u8; 0]);
    assert_eq!(read(&app, 7).await, [0_u8; 0]);
    assert_eq!(app.person("pam").post("/v1/replies", &reply(7, 3)).await.status, 201);
    assert_eq!(read(&app, 7).await, [3]);
}

#[tokio::test]
async fn a_retry_makes_no_second_reply() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    for _ in 0..3 {
        assert_eq!(mia.post("/v1/replies", &reply(7, 1)).await.status, 201);
    }
    assert_eq!(read(&app, 7).await, [1]);
}

/// Else whoever writes could ask, by what they sent, whether the source was there.
#[tokio::test]
async fn no_answer_tells_a_member_whether_the_source_has_deleted_what_they_wrote() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let most = u8::try_from(MAX_REPLIES_OF_MAILBOX).unwrap();
    for (code, first) in [(7, 0), (8, 100)] {
        for fill in first + 1..first + most {
            assert_eq!(mia.post("/v1/replies", &reply(code, fill)).await.status, 201);
        }
    }
    post(&app, 7, MailboxAct::Delete).await;
    let mut answers = Vec::new();
    for (code, first) in [(7, 0), (8, 100)] {
        for fill in [1, most, most - 1, most + 1] {
            let answer = mia.post("/v1/replies", &reply(code, first + fill)).await;
            answers.push((answer.status, answer.body, answer.headers));
        }
    }
    assert_eq!(answers[..4], answers[4..]);
    assert_eq!([answers[0].0, answers[1].0, answers[2].0, answers[3].0], [201, 201, 201, 409]);
    assert_eq!(read(&app, 7).await, [most], "what was deleted does not come back");
}

#[tokio::test]
async fn what_a_source_has_deleted_is_nowhere_on_the_disk() {
    let app = TestApp::new().await;
    let planted = [b'Q'; 256];
    assert_eq!(app.person("mia").post("/v1/replies", &reply(7, b'Q')).await.status, 201);
    let on_disk = |dir: &Path| {
        let files = std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
        files.filter(|path| memmem::find(&std::fs::read(path).unwrap(), &planted).is_some()).count()
    };
    assert_ne!(on_disk(app.dir.path()), 0, "it was there");
    post(&app, 7, MailboxAct::Delete).await;
    app.running.shutdown().await;
    assert_eq!(on_disk(app.dir.path()), 0);
}

#[tokio::test]
async fn who_knows_the_mailbox_and_not_the_token_neither_reads_nor_deletes_nor_spoils() {
    let app = TestApp::new().await;
    app.person("mia").post("/v1/replies", &reply(7, 1)).await;
    for act in [MailboxAct::Read, MailboxAct::Delete] {
        let guess = MailboxRequest { token: Hex([9; 32]), ..asked(7, act) };
        assert_eq!(fills(&post_body(&app, &guess.to_body()).await), [0_u8; 0]);
    }
    let other_hash = PostedReply { token_hash: Hex([9; 32]), ..reply(7, 2) };
    assert_eq!(app.person("pam").post("/v1/replies", &other_hash).await.status, 201);
    assert_eq!(read(&app, 7).await, [1]);
}

#[tokio::test]
async fn something_nothing_no_mailbox_and_garbage_are_answered_alike() {
    let app = TestApp::new().await;
    app.person("mia").post("/v1/replies", &reply(7, 1)).await;
    app.person("mia").post("/v1/replies", &reply(8, 2)).await;
    post(&app, 8, MailboxAct::Delete).await;
    let good = asked(7, MailboxAct::Read).to_body();
    let with = |from: &str, to: &str| String::from_utf8(good.clone()).unwrap().replace(from, to).into_bytes();
    let mut bodies = vec![good.clone(), asked(8, MailboxAct::Read).to_body(), asked(9, MailboxAct::Read).to_body()];
    bodies.extend([asked(9, MailboxAct::Delete).to_body(), vec![], b"{}".to_vec(), vec![0xff; MAILBOX_REQUEST_LEN]]);
    bodies.extend([with("read", "list"), with("07", "0G"), with("\"act\"", "\"acts\""), good[1..].to_vec()]);
    bodies.extend([vec![b' '; MAILBOX_REQUEST_LEN + 1], vec![b'{'; 70_000]]);
    for (at, body) in bodies.iter().enumerate() {
        let answer = post_body(&app, body).await;
        assert_eq!(fills(&answer).len(), usize::from(at == 0), "{at}");
        assert_eq!(answer.body.len(), MAILBOX_ANSWER_LEN);
        let first = post_body(&app, &bodies[0]).await;
        assert_eq!((answer.status, answer.headers), (first.status, first.headers), "{at}");
    }
    assert_eq!(exchange(app.running.public(), &request("GET", "/mailbox", &[], b"")).await.status, 405);
}

/// Whoever has recorded what a source sent, and sends it again, learns by it no more than who sends anything at all.
#[tokio::test]
async fn a_read_and_a_delete_that_are_sent_again_are_answered_as_garbage_is() {
    let app = TestApp::new().await;
    app.person("mia").post("/v1/replies", &reply(7, 1)).await;
    let [look, delete] = [MailboxAct::Read, MailboxAct::Delete].map(|act| asked(7, act).to_body());
    assert_eq!(fills(&post_body(&app, &look).await), [1]);
    let wiped = post_body(&app, &delete).await;
    let garbage = post_body(&app, &[0xff; MAILBOX_REQUEST_LEN]).await;
    for body in [&delete, &look, &delete, &look] {
        let again = post_body(&app, body).await;
        for other in [&wiped, &garbage] {
            assert_eq!((again.status, &again.headers), (other.status, &other.headers));
            assert_eq!((fills(&again), again.body.len()), (fills(other), other.body.len()));
        }
    }
    assert!(fills(&garbage).is_empty() && garbage.body.len() == MAILBOX_ANSWER_LEN);
}

#[tokio::test]
async fn what_is_sent_besides_replies_is_random_each_time() {
    let app = TestApp::new().await;
    app.person("mia").post("/v1/replies", &reply(7, 1)).await;
    for code in [7, 9] {
        let (one, other) = (post(&app, code, MailboxAct::Read).await, post(&app, code, MailboxAct::Read).await);
        let rest = 4 + 4 + SEALED_REPLY_LEN;
        assert_ne!(one.body[rest..], other.body[rest..]);
        assert!(one.body[rest..].split(|byte| *byte == 0).count() < 600);
    }
}

#[tokio::test]
async fn the_store_reads_as_many_rows_and_bytes_whatever_is_there_and_writes_nothing() {
    let app = TestApp::new().await;
    for fill in 1..=3 {
        app.person("mia").post("/v1/replies", &reply(7, fill)).await;
    }
    app.running.shutdown().await;
    let store = SqliteStore::open(app.dir.path()).await.unwrap();
    let written = || std::fs::metadata(app.dir.path().join("knothole.db-wal")).unwrap().len();
    let before = written();
    for (code, skip, replies) in [(7, 0, 3), (9, 0, 0), (0, 0, 0), (7, 2, 1), (7, 95, 0), (9, 95, 0)] {
        let rows = store.mailbox(&place(code), skip, NOW).await.unwrap();
        assert_eq!(rows.iter().filter(|row| row.is_reply).count(), replies);
        let bytes: Vec<_> = rows.iter().map(|row| row.sealed.len()).collect();
        assert_eq!(bytes, [SEALED_REPLY_LEN; MAX_SHOWN_REPLIES]);
    }
    assert_eq!(written(), before);
    store.empty_mailbox(&place(0), NOW).await.unwrap(); // the first write begins the file
    let mut grown = Vec::new();
    for code in [7, 9, 8] {
        let before = written();
        store.empty_mailbox(&place(code), NOW).await.unwrap();
        grown.push(written() - before);
    }
    assert!(grown[0] > 0 && grown.iter().all(|bytes| *bytes == grown[0]), "{grown:?}");
    assert!(store.mailbox(&place(7), 0, NOW).await.unwrap().iter().all(|row| !row.is_reply));
    store.close().await;
}

#[tokio::test]
async fn a_reply_is_shown_after_its_delay_and_not_before() {
    let app = TestApp::new().await.again_with(|settings| settings.reply_delay_minutes = 600).await;
    let mia = app.person("mia");
    for fill in 0..20 {
        assert_eq!(mia.post("/v1/replies", &reply(7, fill)).await.status, 201);
    }
    assert!(read(&app, 7).await.is_empty());
    // Each its own time, anywhere up to the longest.
    let database = rusqlite::Connection::open(app.dir.path().join("knothole.db")).unwrap();
    let mut times = database.prepare("select shown_from from reply").unwrap();
    let times = times.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    let times: HashSet<u64> = times.map(|time| u64::try_from(time.unwrap()).unwrap()).collect();
    let middle = NOW + 300 * 60;
    assert!(times.len() > 15 && times.iter().all(|time| (NOW..=NOW + 600 * 60).contains(time)), "{times:?}");
    assert!(times.iter().any(|time| *time < middle) && times.iter().any(|time| *time > middle), "{times:?}");
    let app = app.again_at(NOW + 300 * 60).await;
    assert!((1..MAX_SHOWN_REPLIES + 1).contains(&read(&app, 7).await.len()));
    let app = app.again_at(NOW + 600 * 60).await;
    assert_eq!(read(&app, 7).await, (9..20).rev().collect::<Vec<u8>>());
}

#[tokio::test]
async fn all_replies_are_read_eleven_at_a_time() {
    let app = TestApp::new().await;
    for fill in 0..30 {
        assert_eq!(app.person("mia").post("/v1/replies", &reply(7, fill)).await.status, 201);
    }
    let mut seen = Vec::new();
    for skip in [0, 11, 22, 33, 95] {
        let body = MailboxRequest { skip, ..asked(7, MailboxAct::Read) }.to_body();
        seen.push(fills(&post_body(&app, &body).await));
    }
    let expected: Vec<u8> = (0..30).rev().collect();
    assert_eq!(seen.concat(), expected);
    assert_eq!(seen.iter().map(Vec::len).collect::<Vec<_>>(), [11, 11, 8, 0, 0]);
    let wiped = MailboxRequest { skip: 11, ..asked(7, MailboxAct::Delete) }.to_body();
    assert_eq!(fills(&post_body(&app, &wiped).await), [0_u8; 0]);
    assert_eq!(read(&app, 7).await, [0_u8; 0]);
}

#[tokio::test]
async fn a_mailbox_closes_ninety_days_after_the_last_visit() {
    let app = TestApp::new().await;
    app.person("mia").post("/v1/replies", &reply(7, 1)).await;
    app.person("mia").post("/v1/replies", &reply(8, 2)).await;
    let app = app.again_at(NOW + 80 * DAY).await;
    assert_eq!(read(&app, 7).await, [1]);
    let app = app.again_at(NOW + 97 * DAY).await;
    // Looking into the store, which is no visit.
    app.running.shutdown().await;
    let store = SqliteStore::open(app.dir.path()).await.unwrap();
    let mut there = Vec::new();
    for code in [7, 8] {
        let rows = store.mailbox(&place(code), 0, NOW + 97 * DAY).await.unwrap();
        there.push(rows.iter().any(|row| row.is_reply));
    }
    store.close().await;
    assert_eq!(there, [true, false]);
    let app = TestApp::on(app.dir, NOW + 177 * DAY).await;
    assert_eq!(read(&app, 7).await, [0_u8; 0]);
}

#[tokio::test]
async fn the_keyring_says_how_long_a_mailbox_stays() {
    let app = TestApp::new().await;
    app.publish(|draft| draft.staff.retention.extend([("mailbox".into(), 10)])).await;
    app.person("mia").post("/v1/replies", &reply(7, 1)).await;
    let app = app.again_at(NOW + 10 * DAY).await;
    assert_eq!(read(&app, 7).await, [1]);
    let app = app.again_at(NOW + 27 * DAY).await;
    assert_eq!(read(&app, 7).await, [0_u8; 0]);
}

#[tokio::test]
async fn only_readers_reply_and_only_with_what_is_sealed_as_replies_are() {
    let app = TestApp::new().await;
    app.publish(|draft| draft.staff.members[1].roles.clear()).await;
    for person in ["ada", "ned"] {
        assert_eq!(app.person(person).post("/v1/replies", &reply(7, 1)).await.status, 403, "{person}");
    }
    assert_eq!(app.person("nobody").post("/v1/replies", &reply(7, 1)).await.status, 401);
    let mia = app.person("mia");
    let unsealed = STANDARD.encode(vec![b'x'; SEALED_REPLY_LEN]);
    for sealed in [unsealed, STANDARD.encode(sealed(1024, 1)), "?".into(), String::new()] {
        assert_eq!(mia.post("/v1/replies", &PostedReply { sealed, ..reply(7, 1) }).await.status, 422);
    }
    assert_eq!(mia.post("/v1/replies", &"nothing").await.status, 400);
    assert_eq!(read(&app, 7).await, [0_u8; 0]);
}

#[tokio::test]
async fn a_mailbox_takes_so_many_replies_and_others_are_none_the_worse() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let most = u8::try_from(MAX_REPLIES_OF_MAILBOX).unwrap();
    for fill in 0..most {
        assert_eq!(mia.post("/v1/replies", &reply(7, fill)).await.status, 201);
    }
    assert_eq!(mia.post("/v1/replies", &reply(7, most)).await.status, 409);
    assert_eq!(mia.post("/v1/replies", &reply(8, most + 1)).await.status, 201);
}

/// Buckets fill by one in an hour, so that nothing here depends on how fast it runs: a peer has two first questions, and all
/// share five more. What ten thousand guesses come to is asked in `http::limits::mailbox`, in a time of its own.
#[tokio::test]
async fn guesses_from_many_addresses_are_slowed_and_neither_readers_nor_tips_are() {
    let hour = |burst| Rate { refill_time: Duration::from_hours(1), ..Rate::new(burst, 1) };
    let app = TestApp::new().await;
    app.person("mia").post("/v1/replies", &reply(7, 1)).await;
    app.running.shutdown().await;
    let limits = public_limits(|public| {
        public.is_proxied = true;
        public.peer.requests = hour(600);
        public.all.requests = hour(200);
    });
    let app = TestApp::with_limits(app.dir, NOW, limits).await;
    let from = async |network: usize, request: &[u8]| {
        let proxy = format!("PROXY TCP4 198.51.{network}.7 127.0.0.1 4711 8080\r\n");
        exchange_on(connect(app.running.public()).await, &[proxy.as_bytes(), request].concat()).await
    };
    let read = |code| request("POST", "/mailbox", &[], &asked(code, MailboxAct::Read).to_body());
    let mut bodies = vec![asked(9, MailboxAct::Read).to_body(), vec![0xff; MAILBOX_REQUEST_LEN], vec![]];
    bodies.extend([asked(9, MailboxAct::Read).to_body(), asked(8, MailboxAct::Delete).to_body()]);
    let mut taken = 0;
    for (round, body) in bodies.iter().enumerate() {
        for network in 0..8 {
            let answer = from(network, &request("POST", "/mailbox", &[], body)).await;
            if answer.status == 200 {
                assert!(round < 3 && fills(&answer).is_empty());
                taken += 1;
                continue;
            }
            assert_eq!((answer.status, answer.text()), (429, "too much for now: try again later\n"));
            // The next of those that all share comes after forty hours.
            assert!((1..=40 * 3600 + 1).contains(&answer.header("retry-after").parse::<u64>().unwrap()));
        }
    }
    assert_eq!(taken, 8 * 2 + 5);
    // Even a right code is not tried for those who guess; a person from elsewhere reads at once.
    assert_eq!(from(0, &read(7)).await.status, 429);
    assert_eq!(fills(&from(100, &read(7)).await), [1]);
    let tip = TipParts::new(1);
    let headers = [("content-type", "application/x-tar")];
    let put = request("PUT", &format!("/tips/{}", tip.id()), &headers, &tip.body());
    assert_eq!(from(0, &put).await.status, 201);
}

#[tokio::test]
async fn a_store_without_a_keyring_has_mailboxes_where_nothing_is() {
    let app = TestApp::on(data_dir(), NOW).await;
    assert_eq!(read(&app, 1).await, [0_u8; 0]);
}
