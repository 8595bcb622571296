//! What a wipe takes away, and what it does not, before and after the bytes are overwritten.

use super::*;

async fn put(store: &SqliteStore, code: u8, fill: u8, shown_from: u64) {
    let sealed = sealed(REPLY_LEN, fill);
    let hash = Hex(Sha256::digest(&sealed).into());
    let goes = Day::from_epoch_days(40_000).unwrap();
    let reply = NewReply { place: place(code), hash, shown_from, goes, sealed };
    assert_eq!(store.put_reply(&reply).await, Ok(Outcome::Stored));
}

/// What of a mailbox is shown at a time.
async fn shown(store: &SqliteStore, code: u8, now: u64) -> Vec<u8> {
    let rows = store.mailbox(&place(code), 0, now).await.unwrap();
    rows.into_iter().filter(|row| row.is_reply).map(|row| row.sealed[5_000]).collect()
}

/// What is deleted is hidden before it is overwritten, and only that.
#[tokio::test]
async fn what_comes_after_a_deletion_is_shown_whether_or_not_the_bytes_are_overwritten_yet() {
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let store = SqliteStore::open(app.dir.path()).await.unwrap();
    put(&store, 7, 1, 0).await;
    put(&store, 8, 2, 0).await;
    store.empty_mailbox(&place(7), NOW).await.unwrap();
    put(&store, 7, 3, 0).await;
    for _ in 0..2 {
        assert_eq!((shown(&store, 7, NOW).await, shown(&store, 8, NOW).await), (vec![3], vec![2]));
        store.overwrite_emptied().await.unwrap();
    }
    store.close().await;
}

/// A warning that waits for its delay is not wiped away by somebody who wipes what they have read.
#[tokio::test]
async fn what_a_source_could_not_read_yet_outlasts_their_deletion_and_is_shown_when_its_time_comes() {
    for is_late in [false, true] {
        let app = TestApp::new().await;
        app.running.shutdown().await;
        let store = SqliteStore::open(app.dir.path()).await.unwrap();
        for (fill, shown_from) in [(1, 0), (2, NOW), (3, NOW + 1)] {
            put(&store, 7, fill, shown_from).await;
        }
        store.empty_mailbox(&place(7), NOW).await.unwrap();
        assert_eq!((shown(&store, 7, NOW).await, shown(&store, 7, NOW + 1).await), (vec![], vec![3]));
        if !is_late {
            store.overwrite_emptied().await.unwrap();
        }
        // Where nothing was overwritten until then, this forgets the times.
        let (today, goes) = (Day::from_epoch_days(20_000).unwrap(), Day::from_epoch_days(40_000).unwrap());
        let tidying = MailboxTidying { visited: &[], goes, today, now: NOW + 1 };
        assert_eq!(store.tidy_mailboxes(&tidying).await, Ok(0));
        store.overwrite_emptied().await.unwrap();
        assert_eq!(shown(&store, 7, NOW + 1).await, [3], "{is_late}");
        store.empty_mailbox(&place(7), NOW + 1).await.unwrap();
        assert_eq!(shown(&store, 7, NOW + 1).await, [0_u8; 0]);
        store.close().await;
    }
}
