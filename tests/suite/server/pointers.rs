//! What the staff door takes and gives of messages by which agencies compare: sealed bytes of one length, from readers, for
//! all readers, for five weeks.

use crate::support::app::{NOW, TestApp};
use crate::support::staff::Person;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use knothole::crypto::shape::{POINTER_LEN, check_pointer};
use knothole::wire::PointerLine;

const DAY: u64 = 86_400;

/// Bytes that look like a message from outside.
fn message(fill: u8) -> Vec<u8> {
    let text = |len| STANDARD_NO_PAD.encode(vec![fill; len]);
    let stanza = format!("-> mlkem768x25519 {}\n{}\n", text(1120), text(32));
    let mut bytes = format!("age-encryption.org/v1\n{stanza}{stanza}--- {}\n", text(32)).into_bytes();
    bytes.resize(POINTER_LEN, fill);
    assert_eq!(check_pointer(&bytes), Ok(()));
    bytes
}

async fn put(person: &Person, body: &[u8]) -> u16 {
    person.send(&person.sign("POST", "/v1/pointers", body)).await.status
}

/// The places and the bytes above `after`, and the number in the end line.
async fn list(person: &Person, after: u64) -> (Vec<(u64, Vec<u8>)>, u64) {
    let answer = person.get(&format!("/v1/pointers?after={after}")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/octet-stream"));
    let (mut rest, mut found) = (&answer.body[..], Vec::new());
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
        match serde_json::from_slice(&rest[..end]).unwrap() {
            PointerLine::Pointer(place) => {
                let (sealed, left) = rest[end + 1..].split_at(place.sealed as usize);
                found.push((place.seq, sealed.to_vec()));
                rest = left;
            }
            PointerLine::End { end: number } => {
                assert_eq!(rest.len(), end + 1, "something follows the end line");
                return (found, number);
            }
        }
    }
}

#[tokio::test]
async fn every_reader_of_every_agency_gets_every_message_once_and_nobody_who_sent_it() {
    let app = TestApp::new().await;
    let (mia, pam) = (app.person("mia"), app.person("pam"));
    assert_eq!(put(&mia, &message(1)).await, 201);
    assert_eq!(put(&pam, &message(2)).await, 201);
    assert_eq!(put(&mia, &message(1)).await, 200, "the same again");
    for person in [&mia, &pam] {
        assert_eq!(list(person, 0).await, (vec![(1, message(1)), (2, message(2))], 2));
        assert_eq!(list(person, 1).await, (vec![(2, message(2))], 2));
        assert_eq!(list(person, 2).await, (vec![], 2));
    }
    let database = rusqlite::Connection::open(app.dir.path().join("knothole.db")).unwrap();
    let mut columns = database.prepare("select name from pragma_table_info('pointer') order by cid").unwrap();
    let columns: Vec<String> = columns.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(columns, ["seq", "hash", "day", "sealed"], "a new column: whom could it betray?");
}

#[tokio::test]
async fn only_readers_send_and_read_and_only_sealed_bytes_of_the_one_length() {
    let app = TestApp::new().await;
    for (person, status) in [("ada", 403), ("nobody", 401)] {
        assert_eq!(put(&app.person(person), &message(1)).await, status, "{person}");
        assert_eq!(app.person(person).get("/v1/pointers?after=0").await.status, status, "{person}");
    }
    let mia = app.person("mia");
    let mut open = message(1);
    open[0] = b'A';
    for (what, body, status) in [
        ("shorter", message(1)[..POINTER_LEN - 1].to_vec(), 422),
        ("longer", [&message(1)[..], b"x"].concat(), 413),
        ("not sealed", open, 422),
        ("sealed to one", vec![b'x'; POINTER_LEN], 422),
        ("nothing", Vec::new(), 422),
    ] {
        assert_eq!(put(&mia, &body).await, status, "{what}");
    }
    assert_eq!(mia.get("/v1/pointers?after=x").await.status, 400);
    assert_eq!(list(&mia, 0).await, (vec![], 0));
}

#[tokio::test]
async fn a_message_goes_after_five_weeks_and_its_number_is_not_given_again() {
    let app = TestApp::new().await;
    assert_eq!(put(&app.person("mia"), &message(1)).await, 201);
    let app = app.again_at(NOW + 35 * DAY).await;
    assert_eq!(list(&app.person("pam"), 0).await, (vec![(1, message(1))], 1));
    let app = app.again_at(NOW + 36 * DAY).await;
    assert_eq!(list(&app.person("pam"), 0).await, (vec![], 1));
    assert_eq!(put(&app.person("mia"), &message(1)).await, 201);
    assert_eq!(list(&app.person("pam"), 0).await.0[0].0, 2);
}
