//! What every backend must do, written against the trait.

mod pointers;
mod sharing;
mod uploads;

use crate::support::app::data_dir;
use crate::support::site::{key, key_name};
use futures_util::future::join_all;
use knothole::crypto::keyring::AgencyKeyName;
use knothole::model::agency::AgencyNumber;
use knothole::model::day::Day;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use knothole::store::sqlite::SqliteStore;
use knothole::store::{NewTip, Outcome, SecretsFor, Store, StoreError, TipOutcome};
use knothole::wire::{MAX_KEYS_OF_AUTHOR, NewKey, NewOpened, NewSecret, SealedCopy};
use tempfile::TempDir;

async fn open() -> (Box<dyn Store>, TempDir) {
    let dir = data_dir();
    (Box::new(SqliteStore::open(dir.path()).await.unwrap()), dir)
}

fn tip(seed: u8) -> NewTip {
    NewTip {
        id: TipId([seed; 32]),
        day: Day::from_epoch_days(20_000).unwrap(),
        keyring: 3,
        body_hash: Hex([seed ^ 0x55; 32]),
        upload_hash: Hex([seed ^ 0xaa; 32]),
        letter: vec![seed; 5755],
        capsules: vec![vec![seed; 1886], vec![seed ^ 1; 1886]],
    }
}

async fn seqs(store: &dyn Store, after: u64) -> Vec<u64> {
    store.tips_after(after, AgencyNumber(0)).await.unwrap().iter().map(|tip| tip.seq).collect()
}

#[tokio::test]
async fn a_tip_reads_back_as_it_was_put() {
    let (store, _dir) = open().await;
    assert_eq!(store.put_tip(tip(9)).await, Ok(TipOutcome::Stored));
    let listed = store.tips_after(0, AgencyNumber(1)).await.unwrap();
    let [found] = &listed[..] else { panic!("{} tips", listed.len()) };
    assert_eq!((found.seq, found.id, found.keyring), (1, tip(9).id, 3));
    assert_eq!(
        (found.day, &found.letter, found.capsule.as_ref()),
        (tip(9).day, &tip(9).letter, tip(9).capsules.get(1))
    );
    assert_eq!(store.tips_after(0, AgencyNumber(2)).await.unwrap()[0].capsule, None);
}

#[tokio::test]
async fn a_tip_is_stored_once_and_never_changed() {
    let (store, _dir) = open().await;
    let other = NewTip { body_hash: Hex([1; 32]), letter: vec![7; 5755], ..tip(9) };
    assert_eq!(store.put_tip(tip(9)).await, Ok(TipOutcome::Stored));
    assert_eq!(store.put_tip(tip(9)).await, Ok(TipOutcome::StoredBefore));
    assert_eq!(store.put_tip(other).await, Ok(TipOutcome::OtherBody));
    assert_eq!(store.tips_after(0, AgencyNumber(0)).await.unwrap()[0].letter, tip(9).letter);
}

#[tokio::test]
async fn what_a_tip_would_meet_can_be_asked_without_storing_it() {
    let (store, _dir) = open().await;
    assert_eq!(store.tip_outcome(tip(9).id, tip(9).body_hash).await, Ok(None));
    store.put_tip(tip(9)).await.unwrap();
    assert_eq!(store.tip_outcome(tip(9).id, tip(9).body_hash).await, Ok(Some(TipOutcome::StoredBefore)));
    assert_eq!(store.tip_outcome(tip(9).id, Hex([1; 32])).await, Ok(Some(TipOutcome::OtherBody)));
    assert_eq!(store.tip_outcome(tip(8).id, tip(8).body_hash).await, Ok(None));
    assert_eq!(seqs(store.as_ref(), 0).await, [1]);
}

#[tokio::test]
async fn keeping_changes_nothing_that_anyone_is_given() {
    let (store, _dir) = open().await;
    store.put_tip(tip(9)).await.unwrap();
    let before = store.tips_after(0, AgencyNumber(0)).await.unwrap();
    assert_eq!(store.keep_tips(&[tip(9).id, tip(8).id]).await, Ok(()));
    assert_eq!(store.keep_tips(&[tip(9).id]).await, Ok(()));
    assert_eq!(store.tips_after(0, AgencyNumber(0)).await.unwrap(), before);
    assert_eq!(store.put_tip(tip(9)).await, Ok(TipOutcome::StoredBefore));
}

#[tokio::test]
async fn numbers_grow_without_gaps_however_many_tips_come_at_once() {
    let (store, _dir) = open().await;
    let puts = (0..200).map(|seed| store.put_tip(tip(seed % 100)));
    let outcomes = join_all(puts).await;
    let stored = outcomes.iter().filter(|outcome| **outcome == Ok(TipOutcome::Stored)).count();
    let before = outcomes.iter().filter(|outcome| **outcome == Ok(TipOutcome::StoredBefore)).count();
    assert_eq!((stored, before), (100, 100));
    let mut all = Vec::new();
    while let page = seqs(store.as_ref(), all.last().copied().unwrap_or(0)).await
        && !page.is_empty()
    {
        all.extend(page);
    }
    assert_eq!(all, (1..=100).collect::<Vec<_>>());
}

#[tokio::test]
async fn more_tips_than_may_wait_are_put_off() {
    let (store, _dir) = open().await;
    let outcomes = join_all((0..=255).chain(0..=255).map(|seed| store.put_tip(tip(seed)))).await;
    assert!(outcomes.contains(&Err(StoreError::Busy)));
    let stored = outcomes.iter().filter(|outcome| **outcome == Ok(TipOutcome::Stored)).count();
    assert_eq!(stored, 256);
}

#[tokio::test]
async fn what_was_stored_is_there_when_the_store_opens_again() {
    let (store, dir) = open().await;
    store.put_tip(tip(1)).await.unwrap();
    store.put_keyring_version(0, Hex([1; 32]), "zero").await.unwrap();
    store.close().await;
    let again = SqliteStore::open(dir.path()).await.unwrap();
    assert_eq!(again.put_tip(tip(1)).await, Ok(TipOutcome::StoredBefore));
    assert_eq!(again.put_tip(tip(2)).await, Ok(TipOutcome::Stored));
    assert_eq!(seqs(&again, 0).await, [1, 2]);
    assert_eq!(again.newest_keyring_version().await, Ok(Some(0)));
}

#[tokio::test]
async fn a_closed_store_takes_nothing_more() {
    let (store, _dir) = open().await;
    store.close().await;
    assert!(matches!(store.put_tip(tip(1)).await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.newest_keyring_version().await, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn tips_that_wait_when_the_store_closes_are_written() {
    let (store, dir) = open().await;
    let (outcomes, ()) = tokio::join!(join_all((0..100).map(|seed| store.put_tip(tip(seed)))), store.close());
    assert_eq!(outcomes, vec![Ok(TipOutcome::Stored); 100]);
    let again = SqliteStore::open(dir.path()).await.unwrap();
    assert_eq!(again.put_tip(tip(99)).await, Ok(TipOutcome::StoredBefore));
}

#[tokio::test]
async fn a_version_of_the_keyring_is_stored_once() {
    let (store, _dir) = open().await;
    assert_eq!(store.newest_keyring_version().await, Ok(None));
    assert_eq!(store.put_keyring_version(0, Hex([1; 32]), "zero").await, Ok(Outcome::Stored));
    assert_eq!(store.put_keyring_version(0, Hex([1; 32]), "zero").await, Ok(Outcome::StoredBefore));
    assert_eq!(store.put_keyring_version(0, Hex([2; 32]), "other").await, Ok(Outcome::Taken));
    assert_eq!(store.put_keyring_version(1, Hex([3; 32]), "one").await, Ok(Outcome::Stored));
    assert_eq!(store.newest_keyring_version().await, Ok(Some(1)));
    assert_eq!(store.keyring_versions_from(0).await.unwrap(), ["zero", "one"]);
    assert_eq!(store.keyring_versions_from(1).await.unwrap(), ["one"]);
}

#[tokio::test]
async fn a_nonce_is_taken_once_until_it_expires() {
    let (store, _dir) = open().await;
    assert_eq!(store.take_nonce(Hex([1; 32]), 500, 200).await, Ok(true));
    assert_eq!(store.take_nonce(Hex([1; 32]), 500, 500).await, Ok(false));
    assert_eq!(store.take_nonce(Hex([2; 32]), 500, 500).await, Ok(true));
    assert_eq!(store.take_nonce(Hex([1; 32]), 900, 501).await, Ok(true));
}

#[tokio::test]
async fn a_forgotten_journal_tells_nothing_and_loses_nothing() {
    let (store, dir) = open().await;
    assert_eq!(store.put_tip(tip(9)).await, Ok(TipOutcome::Stored));
    assert_eq!(store.take_nonce(Hex([1; 32]), 500, 200).await, Ok(true));
    let journal = dir.path().join("knothole.db-wal");
    assert!(std::fs::metadata(&journal).unwrap().len() > 0);
    assert_eq!(store.forget_journal().await, Ok(true));
    assert_eq!(std::fs::metadata(&journal).unwrap().len(), 0);
    assert_eq!(seqs(store.as_ref(), 0).await, [1]);
    assert_eq!(store.take_nonce(Hex([1; 32]), 500, 200).await, Ok(false));
}

#[tokio::test]
async fn secrets_are_append_only_and_each_member_sees_their_copy() {
    let (store, _dir) = open().await;
    let copy = |member: &str| SealedCopy { member: member.into(), sealed: format!("for {member}") };
    let name = key_name(0, 1);
    let sealed_to = vec!["mia".to_owned(), "ned".to_owned()];
    let signature = name.sign_made(&sealed_to, &key("mia"));
    let new = NewKey { name: name.clone(), sealed_to, signature, copies: vec![copy("mia"), copy("ned")] };
    let turned = NewSecret::Key(NewKey { copies: vec![copy("ned"), copy("mia")], ..new.clone() });
    let other = NewSecret::Key(NewKey { copies: vec![copy("mia")], ..new.clone() });
    assert_eq!(store.has_agency_key(&name).await, Ok(false));
    assert_eq!(store.put_secret("mia", &NewSecret::Key(new)).await, Ok(Outcome::Stored));
    assert_eq!(store.put_secret("mia", &turned).await, Ok(Outcome::StoredBefore));
    assert_eq!(store.put_secret("mia", &other).await, Ok(Outcome::Taken));
    assert_eq!(store.has_agency_key(&name).await, Ok(true));
    let opened =
        |signer| NewSecret::Opened(NewOpened { name: key_name(0, 1), signature: name.sign_opened(&key(signer)) });
    assert_eq!(store.put_secret("ned", &opened("ned")).await, Ok(Outcome::Stored));
    assert_eq!(store.put_secret("ned", &opened("ned")).await, Ok(Outcome::StoredBefore));
    assert_eq!(store.put_secret("ned", &opened("mia")).await, Ok(Outcome::Taken));
    let ned = store.secrets(SecretsFor::Member { agency: AgencyNumber(0), member: "ned" }).await.unwrap();
    assert_eq!((ned.keys[0].key.copies.as_slice(), ned.opened.len()), (&[copy("ned")][..], 1));
    assert_eq!(ned.keys[0].key.sealed_to, ["mia", "ned"]);
    let all = store.secrets(SecretsFor::Admin).await.unwrap();
    assert_eq!((all.keys.len(), all.keys[0].key.copies.len(), all.opened.len()), (1, 0, 1));
    let elsewhere = SecretsFor::Member { agency: AgencyNumber(1), member: "ned" };
    assert_eq!(store.secrets(elsewhere).await.unwrap().keys.len(), 0);
}

#[tokio::test]
async fn each_key_of_an_author_has_copies_and_statements_of_its_own_and_there_are_not_many() {
    let (store, _dir) = open().await;
    let name = |number| AgencyKeyName { recipient: format!("recipient {number}"), ..key_name(0, 1) };
    let new = |number| NewKey {
        name: name(number),
        sealed_to: vec!["ned".into()],
        signature: name(number).sign_made(&["ned".to_owned()], &key("mia")),
        copies: vec![SealedCopy { member: "ned".into(), sealed: format!("copy {number}") }],
    };
    let opened = |number| NewOpened { name: name(number), signature: name(number).sign_opened(&key("ned")) };
    for number in 1..=MAX_KEYS_OF_AUTHOR {
        assert_eq!(store.put_secret("mia", &NewSecret::Key(new(number))).await, Ok(Outcome::Stored));
        assert_eq!(store.put_secret("ned", &NewSecret::Opened(opened(number))).await, Ok(Outcome::Stored));
    }
    assert_eq!(store.put_secret("mia", &NewSecret::Key(new(4))).await, Ok(Outcome::Taken));
    assert_eq!(store.put_secret("mia", &NewSecret::Key(new(1))).await, Ok(Outcome::StoredBefore));
    let ned = store.secrets(SecretsFor::Member { agency: AgencyNumber(0), member: "ned" }).await.unwrap();
    let keys: Vec<_> = ned.keys.into_iter().map(|record| record.key).collect();
    assert_eq!(keys, [1, 2, 3].map(new));
    assert_eq!(ned.opened.len(), 3);
}
