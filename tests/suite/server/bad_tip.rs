//! Bodies that are no tip, each over a real connection: a short fixed answer, and nothing stored.

use crate::support::app::{NOW, TestApp, data_dir, hasty};
use crate::support::http::{Answer, connect, exchange, read_answer, request};
use crate::support::site::mark;
use crate::support::tip::{TipParts, sealed};
use knothole::crypto::shape::{CAPSULE_LEN, CAPSULE_PLAIN_LEN, HEADER_LEN};
use knothole::crypto::tar::{About, MAX_TIP_LEN, TipTar, write};
use knothole::model::hex::Hex;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};
use tokio::io::AsyncWriteExt as _;

/// Bytes of an entry: a block of header, the content, zeros up to a block.
const fn entry(len: usize) -> usize {
    512 + len.next_multiple_of(512)
}

/// Where the letter begins, and the capsules after a letter of four kilobytes.
const LETTER: usize = entry(256);
const CAPSULES: usize = LETTER + entry(5755);
const CAPSULE: usize = entry(CAPSULE_LEN);

fn tip() -> TipParts {
    TipParts::new(1)
}

/// A whole archive of any parts, as if they were right.
fn archive(letter: &[u8], capsules: &[Vec<u8>]) -> Vec<u8> {
    let about = About { id: tip().id(), keyring: 1, site: mark(tip().id()), upload: Hex([1; 32]) };
    write(&TipTar { about, letter, capsules: capsules.iter().map(Vec::as_slice).collect() })
}

/// A body that is right but for one change.
fn changed(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut body = tip().body();
    change(&mut body);
    body
}

async fn put(app: &TestApp, body: &[u8]) -> Answer {
    app.put_body(&tip().id().to_string(), body).await
}

async fn database(app: &TestApp) -> SqliteConnection {
    SqliteConnectOptions::new().filename(app.dir.path().join("knothole.db")).connect().await.unwrap()
}

async fn assert_nothing_stored(app: &TestApp) {
    let mut database = database(app).await;
    for count in
        ["select count(*) from tip", "select count(*) from capsule", "select value from counter where name = 'tip'"]
    {
        let found: i64 = sqlx::query_scalar(count).fetch_one(&mut database).await.unwrap();
        assert_eq!(found, 0, "{count}");
    }
    assert_eq!(app.person("mia").tips(0).await, (vec![], 0));
}

/// Each of these bodies gets 400, and the right one is still taken in the end.
async fn assert_malformed(bodies: impl IntoIterator<Item = (&'static str, Vec<u8>)>) {
    let app = TestApp::new().await;
    for (what, body) in bodies {
        let answer = put(&app, &body).await;
        assert_eq!((answer.status, answer.text()), (400, "not a request this address takes\n"), "{what}");
    }
    assert_nothing_stored(&app).await;
    assert_eq!(put(&app, &tip().body()).await.status, 201);
}

#[tokio::test]
async fn what_is_not_the_archive_of_a_tip_is_malformed() {
    let gzip = [&[0x1f, 0x8b][..], &[0; 16_000]].concat();
    assert_malformed([
        ("nothing", vec![]),
        ("words", b"My name is Ana and I need help".to_vec()),
        ("another archive", gzip),
        ("zeros", vec![0; tip().body().len()]),
        ("an end and no entries", vec![0; 1024]),
        ("another checksum", changed(|body| body[148] ^= 1)),
        ("another owner", changed(|body| body[329 + LETTER] = b'1')),
        ("another name", changed(|body| body[LETTER] = b'L')),
        ("something in the padding", changed(|body| body[CAPSULES - 1] = 1)),
        ("something in the end", changed(|body| *body.last_mut().unwrap() = 1)),
    ])
    .await;
}

#[tokio::test]
async fn a_body_that_ends_early_or_goes_on_is_malformed() {
    let whole = tip().body();
    let mut bodies: Vec<_> = [1, 512, LETTER, CAPSULES, CAPSULES + CAPSULE, whole.len() - 1024, whole.len() - 1]
        .map(|len| ("cut short", whole[..len].to_vec()))
        .into();
    bodies.push(("one byte more", [&whole[..], b"0"].concat()));
    bodies.push(("one block more", [&whole[..], &[0; 512]].concat()));
    bodies.push(("twice", whole.repeat(2)));
    assert_malformed(bodies).await;
}

#[tokio::test]
async fn entries_in_another_order_or_number_are_malformed() {
    let whole = tip().body();
    let (letter, capsules) = (whole[LETTER..CAPSULES].to_vec(), whole[CAPSULES..CAPSULES + 2 * CAPSULE].to_vec());
    let (about, end) = (whole[..LETTER].to_vec(), vec![0; 1024]);
    let (first, second) = capsules.split_at(CAPSULE);
    assert_eq!([&about, &letter, first, second, &end].concat(), whole);
    assert_malformed([
        ("capsules turned round", [&about, &letter, second, first, &end].concat()),
        ("capsules first", [&about, &capsules[..], &letter, &end].concat()),
        ("the letter first", [&letter[..], &about, &capsules, &end].concat()),
        ("no about", [&letter, &capsules[..], &end].concat()),
        ("no letter", [&about, &capsules[..], &end].concat()),
        ("two letters", [&about[..], &letter, &letter, &capsules, &end].concat()),
        ("no capsules", [&about[..], &letter, &end].concat()),
        ("one capsule too few", [&about, &letter, first, &end].concat()),
        ("the same capsule twice", [&about, &letter, first, first, &end].concat()),
        ("one capsule too many", TipParts { agencies: 3, ..tip() }.body()),
        ("more capsules than any keyring has", TipParts { agencies: 65, ..tip() }.body()),
    ])
    .await;
}

#[tokio::test]
async fn files_of_another_size_or_another_kind_are_malformed() {
    let (letter, capsule) = (tip().letter(), tip().capsule(0));
    let good = || vec![capsule.clone(), capsule.clone()];
    // An age file for another kind of key, filled up to the right length.
    let mut x25519 = b"age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\n".to_vec();
    x25519.resize(capsule.len(), b'A');
    let with_grease = [&capsule[..1578], b"-> /grease 0\n\n", &capsule[1578..]].concat();
    let upper = changed(|body| body[CAPSULES + 512 + 21] = b'\r');
    assert_malformed([
        ("a letter between two buckets", archive(&sealed(5000, 1), &good())),
        ("an empty letter", archive(&[], &good())),
        ("a short capsule", archive(&letter, &[capsule.clone(), sealed(CAPSULE_PLAIN_LEN - 1, 1)])),
        ("a long capsule", archive(&letter, &[sealed(CAPSULE_PLAIN_LEN + 1, 1), capsule.clone()])),
        ("a capsule for a key of another kind", archive(&letter, &[x25519.clone(), capsule.clone()])),
        ("a capsule with a second stanza", archive(&letter, &[with_grease, capsule.clone()])),
        ("a capsule that is not sealed", archive(&letter, &[vec![b'x'; CAPSULE_LEN], capsule.clone()])),
        ("a letter that is not sealed", archive(&vec![b' '; letter.len()], &good())),
        ("a header with a foreign line end", upper),
        ("a header that is no base64", changed(|body| body[LETTER + 512 + HEADER_LEN - 2] = b'*')),
    ])
    .await;
}

#[tokio::test]
async fn another_id_in_the_address_than_in_the_tip_is_malformed() {
    let app = TestApp::new().await;
    let other = TipParts::new(2).id().to_string();
    assert_eq!(app.put_body(&other, &tip().body()).await.status, 400);
    assert_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_cut_off_while_it_streams() {
    let app = TestApp::new().await;
    let headers = [("content-type", "application/x-tar"), ("transfer-encoding", "chunked")];
    let head = request("PUT", &format!("/tips/{}", tip().id()), &headers, b"");
    let chunk = [b"10000\r\n", &b"0".repeat(0x10000)[..], b"\r\n"].concat();
    let mut stream = connect(app.running.public()).await;
    stream.write_all(&head).await.unwrap();
    let mut sent = 0;
    while stream.write_all(&chunk).await.is_ok() {
        sent += chunk.len();
        // Past the limit there is only what the system's buffers hold.
        assert!(sent < MAX_TIP_LEN + (32 << 20), "a body without an end is still being read");
    }
    let answer = read_answer(&mut stream).await;
    assert_eq!((answer.status, answer.text()), (413, "too large\n"));
    assert_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_body_that_is_announced_too_large_is_not_waited_for() {
    let app = TestApp::new().await;
    let length = (MAX_TIP_LEN + 1).to_string();
    let headers = [("content-type", "application/x-tar"), ("content-length", &length)];
    let head = request("PUT", &format!("/tips/{}", tip().id()), &headers, b"");
    assert_eq!(exchange(app.running.public(), &head).await.status, 413);
    assert_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_body_that_came_too_slowly_leaves_nothing() {
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let app = TestApp::with_limits(app.dir, NOW, hasty()).await;
    let headers = [("content-type", "application/x-tar")];
    let whole = request("PUT", &format!("/tips/{}", tip().id()), &headers, &tip().body());
    let answer = exchange(app.running.public(), &whole[..whole.len() - 1]).await;
    assert_eq!((answer.status, answer.text()), (408, "too slow\n"));
    assert_nothing_stored(&app).await;
}

#[tokio::test]
async fn a_deleted_tip_does_not_come_back() {
    let app = TestApp::new().await;
    let id = &tip().id().0[..];
    let tombstone = "insert into tombstone (id, day) values (?1, 1)";
    sqlx::query(tombstone).bind(id).execute(&mut database(&app).await).await.unwrap();
    let answer = put(&app, &tip().body()).await;
    assert_eq!((answer.status, answer.text()), (410, "deleted\n"));
    assert_nothing_stored(&app).await;
}

#[tokio::test]
async fn before_there_is_a_keyring_nothing_is_stored_either() {
    let app = TestApp::with_limits(data_dir(), NOW, hasty()).await;
    assert_eq!(put(&app, &tip().body()).await.status, 412);
}
