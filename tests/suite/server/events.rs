use crate::support::app::TestApp;
use crate::support::staff::Person;
use crate::support::tip::{TipParts, sealed as sealed_of};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::shape::EVENT_BUCKETS;
use knothole::model::hex::Hex;
use knothole::wire::{EventListLine, EventsEnd, PostedEvent};

fn sealed(len: usize) -> Vec<u8> {
    sealed_of(len, 3)
}

fn event(token_of: u8, sealed: &[u8]) -> PostedEvent {
    let token = Hex(TipParts::new(token_of).custody_token().0);
    PostedEvent { token, slot: 3, label: Hex([9; 16]), sealed: STANDARD.encode(sealed) }
}

fn events_of(seed: u8) -> String {
    format!("/v1/tips/{}/events", TipParts::new(seed).id())
}

/// The sealed events above `after` with their places, and the end.
async fn list(person: &Person, after: u64) -> (Vec<(u64, Vec<u8>)>, EventsEnd) {
    let answer = person.get(&format!("/v1/events?after={after}")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/octet-stream"));
    let (mut rest, mut events) = (&answer.body[..], Vec::new());
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
        let line = serde_json::from_slice(&rest[..end]).unwrap();
        rest = &rest[end + 1..];
        match line {
            EventListLine::Event(line) => {
                assert_eq!((line.slot, line.label), (3, Hex([9; 16])));
                let (sealed, left) = rest.split_at(line.sealed as usize);
                events.push((line.seq, sealed.to_vec()));
                rest = left;
            }
            EventListLine::End(end) => {
                assert!(rest.is_empty(), "something follows the end line");
                return (events, end);
            }
        }
    }
}

#[tokio::test]
async fn events_of_all_tips_are_listed_to_every_reader_and_no_line_names_a_tip() {
    let app = TestApp::new().await;
    for seed in [1, 2] {
        app.put(TipParts::new(seed)).await;
    }
    let bytes = EVENT_BUCKETS.map(sealed);
    for (seed, bytes) in [1, 2, 1].into_iter().zip(&bytes) {
        let answer = app.person("mia").post(&events_of(seed), &event(seed, bytes)).await;
        assert_eq!((answer.status, answer.text()), (201, "stored\n"));
    }
    let [one, two, three] = bytes;
    let all = vec![(1, one), (2, two), (3, three)];
    assert_eq!(list(&app.person("mia"), 0).await, (all.clone(), EventsEnd { end: 3, tips: 2 }));
    assert_eq!(list(&app.person("pam"), 2).await, (all[2..].to_vec(), EventsEnd { end: 3, tips: 2 }));
    assert_eq!(app.person("ada").get("/v1/events?after=0").await.status, 403, "admins read nothing");
    let ids = [1, 2].map(|seed| TipParts::new(seed).id().to_string());
    let listed = app.person("mia").get("/v1/events?after=0").await;
    let listed = String::from_utf8_lossy(&listed.body);
    assert!(ids.iter().all(|id| !listed.contains(id)));
}

#[tokio::test]
async fn a_retry_of_the_same_event_is_stored_once() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    let event = event(1, &sealed(1024));
    for (status, text) in [(201, "stored\n"), (200, "stored before\n"), (200, "stored before\n")] {
        let answer = app.person("mia").post(&events_of(1), &event).await;
        assert_eq!((answer.status, answer.text()), (status, text));
    }
    assert_eq!(list(&app.person("mia"), 0).await.1.end, 1);
}

#[tokio::test]
async fn a_wrong_token_and_an_unknown_tip_look_alike() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    let mia = app.person("mia");
    let bytes = sealed(1024);
    let wrong_token = mia.post(&events_of(1), &event(2, &bytes)).await;
    let no_such_tip = mia.post(&events_of(2), &event(2, &bytes)).await;
    assert_eq!((wrong_token.status, wrong_token.text()), (403, "not for you to do\n"));
    assert_eq!(wrong_token, no_such_tip);
    assert_eq!(app.person("ada").post(&events_of(1), &event(1, &bytes)).await, wrong_token, "admins write nothing");
    assert_eq!(list(&mia, 0).await.0, []);
}

#[tokio::test]
async fn what_is_not_sealed_as_an_event_is_refused() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    let mia = app.person("mia");
    let mut changed = sealed(1024);
    changed[30] = b'!';
    for bytes in [sealed(1023), sealed(4097), sealed(227), changed, vec![0; 2683], Vec::new()] {
        assert_eq!(mia.post(&events_of(1), &event(1, &bytes)).await.status, 422, "{}", bytes.len());
    }
    let no_slot = PostedEvent { slot: 16, ..event(1, &sealed(1024)) };
    assert_eq!(mia.post(&events_of(1), &no_slot).await.status, 422);
    let no_base64 = PostedEvent { sealed: "?".into(), ..event(1, &[]) };
    assert_eq!(mia.post(&events_of(1), &no_base64).await.status, 422);
    assert_eq!(mia.post("/v1/tips/short/events", &event(1, &sealed(1024))).await.status, 400);
    assert_eq!(mia.post(&events_of(1), &"text").await.status, 400);
    assert_eq!(mia.post(&events_of(1), &event(1, &vec![0; 40_000])).await.status, 413);
    assert_eq!(list(&mia, 0).await.0, []);
}

#[tokio::test]
async fn whoever_takes_the_database_finds_neither_author_nor_kind_nor_time() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    app.person("mia").post(&events_of(1), &event(1, &sealed(1024))).await;
    let database = rusqlite::Connection::open(app.dir.path().join("knothole.db")).unwrap();
    let mut statement = database.prepare("select name from pragma_table_info('event') order by cid").unwrap();
    let columns: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(columns, ["seq", "tip_seq", "hash", "slot", "label", "sealed"]);
}
