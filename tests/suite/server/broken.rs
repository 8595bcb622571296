//! A store that fails on purpose, and what each door says then.

use crate::support::app::{NOW, TestApp, data_dir, settings};
use crate::support::http::{exchange, request};
use crate::support::site::{key, version_0, version_1};
use crate::support::staff::Person;
use crate::support::tip::TipParts;
use async_trait::async_trait;
use knothole::clock::FixedClock;
use knothole::crypto::keyring::AgencyKeyName;
use knothole::http::serve::{Running, start_on};
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Sha256Hash;
use knothole::model::tip::TipId;
use knothole::store::sqlite::SqliteStore;
use knothole::store::{
    EventOutcome, ListedEvent, ListedTip, NewEvent, NewTip, Outcome, SecretsFor, Store, StoreError, TipOutcome,
};
use knothole::wire::{NewSecret, Secrets};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

type Result<T> = std::result::Result<T, StoreError>;

/// A real store until it is told to fail.
struct Fragile {
    inner: SqliteStore,
    is_broken: AtomicBool,
}

impl Fragile {
    fn inner(&self) -> Result<&SqliteStore> {
        if self.is_broken.load(Ordering::SeqCst) { Err(StoreError::DiskFull) } else { Ok(&self.inner) }
    }
}

#[async_trait]
impl Store for Fragile {
    async fn put_tip(&self, tip: NewTip) -> Result<TipOutcome> {
        self.inner()?.put_tip(tip).await
    }
    async fn tip_outcome(&self, id: TipId, body_hash: Sha256Hash) -> Result<Option<TipOutcome>> {
        self.inner()?.tip_outcome(id, body_hash).await
    }
    async fn keep_tips(&self, ids: &[TipId]) -> Result<()> {
        self.inner()?.keep_tips(ids).await
    }
    async fn tips_after(&self, seq: u64, agency: AgencyNumber) -> Result<Vec<ListedTip>> {
        self.inner()?.tips_after(seq, agency).await
    }
    async fn last_seq(&self) -> Result<u64> {
        self.inner()?.last_seq().await
    }
    async fn put_event(&self, tip: TipId, event: &NewEvent) -> Result<EventOutcome> {
        self.inner()?.put_event(tip, event).await
    }
    async fn events_after(&self, seq: u64) -> Result<Vec<ListedEvent>> {
        self.inner()?.events_after(seq).await
    }
    async fn last_event_seq(&self) -> Result<u64> {
        self.inner()?.last_event_seq().await
    }
    async fn put_keyring_version(&self, number: u32, hash: Sha256Hash, document: &str) -> Result<Outcome> {
        self.inner()?.put_keyring_version(number, hash, document).await
    }
    async fn keyring_versions_from(&self, number: u32) -> Result<Vec<String>> {
        self.inner()?.keyring_versions_from(number).await
    }
    async fn newest_keyring_version(&self) -> Result<Option<u32>> {
        self.inner()?.newest_keyring_version().await
    }
    async fn put_secret(&self, author: &str, secret: &NewSecret) -> Result<Outcome> {
        self.inner()?.put_secret(author, secret).await
    }
    async fn secrets(&self, reader: SecretsFor<'_>) -> Result<Secrets> {
        self.inner()?.secrets(reader).await
    }
    async fn has_agency_key(&self, name: &AgencyKeyName) -> Result<bool> {
        self.inner()?.has_agency_key(name).await
    }
    async fn take_nonce(&self, digest: Sha256Hash, expires: u64, now: u64) -> Result<bool> {
        self.inner()?.take_nonce(digest, expires, now).await
    }
    async fn forget_journal(&self) -> Result<bool> {
        self.inner()?.forget_journal().await
    }
    async fn close(&self) {
        self.inner.close().await;
    }
}

/// A server of the test site whose store fails from now on.
async fn broken() -> (Running, Arc<Fragile>, TempDir) {
    let app = TestApp::empty().await;
    for version in [version_0(), version_1()] {
        assert_eq!(app.person("ada").post("/v1/keyring", &version).await.status, 201);
    }
    let inner = SqliteStore::open(app.dir.path()).await.unwrap();
    let store = Arc::new(Fragile { inner, is_broken: AtomicBool::new(false) });
    let clock = Arc::new(FixedClock(NOW));
    let running = start_on(settings(data_dir().path()), Arc::<Fragile>::clone(&store), clock).await.unwrap();
    store.is_broken.store(true, Ordering::SeqCst);
    (running, store, app.dir)
}

#[tokio::test]
async fn a_source_is_told_to_try_again_soon_and_the_retry_is_taken() {
    let (running, store, _dir) = broken().await;
    let tip = TipParts::new(1);
    let target = format!("/tips/{}", tip.id());
    let put = request("PUT", &target, &[("content-type", "application/x-tar")], &tip.body());
    let answer = exchange(running.public(), &put).await;
    assert_eq!((answer.status, answer.text()), (503, "not now: try again soon\n"));
    assert_eq!(answer.header("retry-after"), "5");
    store.is_broken.store(false, Ordering::SeqCst);
    assert_eq!(exchange(running.public(), &put).await.status, 201);
}

#[tokio::test]
async fn the_page_is_there_while_the_store_is_not() {
    let (running, _store, _dir) = broken().await;
    let page = exchange(running.public(), &request("GET", "/", &[], b"")).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<textarea"));
}

#[tokio::test]
async fn staff_are_told_that_it_is_not_their_signature() {
    let (running, _store, _dir) = broken().await;
    let mia = Person { door: running.staff().clone(), key: key("mia"), now: NOW };
    assert_eq!(mia.get("/v1/tips").await.status, 503);
}
