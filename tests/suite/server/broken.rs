//! A store that fails on purpose, and what each door says then.

use super::mailbox::{asked, read, reply};
use crate::support::app::{NOW, TestApp, settings};
use crate::support::http::{exchange, request};
use crate::support::site::{genesis, key, version_0, version_1};
use crate::support::staff::Person;
use crate::support::tip::TipParts;
use async_trait::async_trait;
use knothole::clock::FixedClock;
use knothole::crypto::keyring::AgencyKeyName;
use knothole::crypto::statement::PurgeAsked;
use knothole::http::serve::{Running, start_on};
use knothole::intake::Intake;
use knothole::model::agency::AgencyNumber;
use knothole::model::day::Day;
use knothole::model::hex::Sha256Hash;
use knothole::model::tip::TipId;
use knothole::store::pause::Pause;
use knothole::store::sqlite::SqliteStore;
use knothole::store::{
    Below, CapsuleList, DeletionOutcome, EventOutcome, FoundJunk, Holdings, ListedCapsule, ListedEvent, ListedPointer,
    ListedSealing, ListedTip, MailboxPlace, MailboxRow, MailboxTidying, NewDeletion, NewEvent, NewPart, NewPointer,
    NewReply, NewSealing, NewSecond, NewTip, NewUpload, ObjectName, OpenNotice, Outcome, PartOutcome, Proposal,
    ReadMark, ReferralOutcome, ReplaceRule, SecretsFor, Store, StoreError, StoredPart, StoredUpload, TipOutcome,
    UploadName, UploadOutcome, UploadRight, UploadRoom, UploadStore,
};
use knothole::wire::{
    CanaryRecord, CheckedCapsule, DeletionRecord, MailboxAct, NewSecret, OwnCopy, PurgeRecord, Rolled, Rolls, Secrets,
};
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
    async fn pause(&self) -> Result<Option<Pause>> {
        self.inner()?.pause().await
    }
    async fn disk_free(&self) -> Result<u8> {
        self.inner()?.disk_free().await
    }
    async fn holdings(&self) -> Result<Holdings> {
        self.inner()?.holdings().await
    }
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
    async fn put_proposal(&self, hash: Sha256Hash, proposal: &Proposal) -> Result<Outcome> {
        self.inner()?.put_proposal(hash, proposal).await
    }
    async fn proposals(&self) -> Result<Vec<Proposal>> {
        self.inner()?.proposals().await
    }
    async fn put_secret(&self, author: &str, secret: &NewSecret) -> Result<Outcome> {
        self.inner()?.put_secret(author, secret).await
    }
    async fn secrets(&self, reader: SecretsFor<'_>) -> Result<Secrets> {
        self.inner()?.secrets(reader).await
    }
    async fn put_roll(&self, member: &str, rolled: Option<&Rolled>, copies: &[OwnCopy]) -> Result<Outcome> {
        self.inner()?.put_roll(member, rolled, copies).await
    }
    async fn rolls(&self) -> Result<Rolls> {
        self.inner()?.rolls().await
    }
    async fn has_agency_key(&self, name: &AgencyKeyName) -> Result<bool> {
        self.inner()?.has_agency_key(name).await
    }
    async fn put_pointer(&self, new: &NewPointer) -> Result<Outcome> {
        self.inner()?.put_pointer(new).await
    }
    async fn pointers_after(&self, seq: u64) -> Result<Vec<ListedPointer>> {
        self.inner()?.pointers_after(seq).await
    }
    async fn last_pointer(&self) -> Result<u64> {
        self.inner()?.last_pointer().await
    }
    async fn forget_pointers(&self, before: Day) -> Result<()> {
        self.inner()?.forget_pointers(before).await
    }
    async fn put_canary(&self, record: &CanaryRecord, keep_from: Day) -> Result<Outcome> {
        self.inner()?.put_canary(record, keep_from).await
    }
    async fn canaries(&self) -> Result<Vec<CanaryRecord>> {
        self.inner()?.canaries().await
    }
    async fn put_reply(&self, reply: &NewReply) -> Result<Outcome> {
        self.inner()?.put_reply(reply).await
    }
    async fn mailbox(&self, place: &MailboxPlace, skip: u8, now: u64) -> Result<Vec<MailboxRow>> {
        self.inner()?.mailbox(place, skip, now).await
    }
    async fn empty_mailbox(&self, place: &MailboxPlace, now: u64) -> Result<()> {
        self.inner()?.empty_mailbox(place, now).await
    }

    async fn overwrite_emptied(&self) -> Result<()> {
        self.inner()?.overwrite_emptied().await
    }
    async fn tidy_mailboxes(&self, tidying: &MailboxTidying<'_>) -> Result<u64> {
        self.inner()?.tidy_mailboxes(tidying).await
    }
    async fn take_nonce(&self, digest: Sha256Hash, expires: u64, now: u64) -> Result<bool> {
        self.inner()?.take_nonce(digest, expires, now).await
    }
    async fn put_referral(&self, tip: TipId, keyring: u32, capsules: &[Vec<u8>]) -> Result<ReferralOutcome> {
        self.inner()?.put_referral(tip, keyring, capsules).await
    }
    async fn capsules_below(
        &self,
        list: CapsuleList,
        after: u64,
        below: Below,
        sealed: (&str, u32),
    ) -> Result<Vec<ListedCapsule>> {
        self.inner()?.capsules_below(list, after, below, sealed).await
    }
    async fn count_capsules_below(&self, below: Below) -> Result<u64> {
        self.inner()?.count_capsules_below(below).await
    }
    async fn put_sealed_again(&self, new: &NewSealing) -> Result<()> {
        self.inner()?.put_sealed_again(new).await
    }
    async fn sealed_again_after(&self, agency: AgencyNumber, seq: u64) -> Result<Vec<ListedSealing>> {
        self.inner()?.sealed_again_after(agency, seq).await
    }
    async fn last_sealed_again(&self) -> Result<u64> {
        self.inner()?.last_sealed_again().await
    }
    async fn count_sealed_again(&self, agency: AgencyNumber, epoch: u32) -> Result<u64> {
        self.inner()?.count_sealed_again(agency, epoch).await
    }
    async fn replace_capsules(&self, rule: &ReplaceRule, checked: &[CheckedCapsule]) -> Result<u64> {
        self.inner()?.replace_capsules(rule, checked).await
    }
    async fn destroy_copies(&self, agency: AgencyNumber, epoch: u32) -> Result<()> {
        self.inner()?.destroy_copies(agency, epoch).await
    }
    async fn has_copies(&self, agency: AgencyNumber, epoch: u32) -> Result<bool> {
        self.inner()?.has_copies(agency, epoch).await
    }
    async fn referrals_after(&self, seq: u64, agency: AgencyNumber) -> Result<Vec<ListedTip>> {
        self.inner()?.referrals_after(seq, agency).await
    }
    async fn last_referral(&self) -> Result<u64> {
        self.inner()?.last_referral().await
    }
    async fn ask_deletion(&self, tip: TipId, request: &NewDeletion) -> Result<DeletionOutcome> {
        self.inner()?.ask_deletion(tip, request).await
    }
    async fn second_deletion(&self, tip: TipId, second: &NewSecond) -> Result<DeletionOutcome> {
        self.inner()?.second_deletion(tip, second).await
    }
    async fn object_to_deletion(&self, tip: TipId, request: &Sha256Hash) -> Result<DeletionOutcome> {
        self.inner()?.object_to_deletion(tip, request).await
    }
    async fn deletions_of(&self, tip: TipId, site: &Sha256Hash) -> Result<Option<Vec<DeletionRecord>>> {
        self.inner()?.deletions_of(tip, site).await
    }
    async fn open_notices(&self) -> Result<Vec<OpenNotice>> {
        self.inner()?.open_notices().await
    }
    async fn last_notice(&self) -> Result<u64> {
        self.inner()?.last_notice().await
    }
    async fn delete_noticed(&self, notice: u64, today: Day) -> Result<bool> {
        self.inner()?.delete_noticed(notice, today).await
    }
    async fn drop_notice(&self, request: &Sha256Hash) -> Result<()> {
        self.inner()?.drop_notice(request).await
    }
    async fn note_read(&self, mark: ReadMark, notices: u64, keep_from: Day) -> Result<()> {
        self.inner()?.note_read(mark, notices, keep_from).await
    }
    async fn read_marks(&self) -> Result<Vec<ReadMark>> {
        self.inner()?.read_marks().await
    }
    async fn junk(&self, through: u64) -> Result<FoundJunk> {
        self.inner()?.junk(through).await
    }
    async fn ask_purge(&self, hash: &Sha256Hash, request: &PurgeRecord) -> Result<()> {
        self.inner()?.ask_purge(hash, request).await
    }
    async fn purge_requests(&self, site: &Sha256Hash) -> Result<Vec<PurgeRecord>> {
        self.inner()?.purge_requests(site).await
    }
    async fn purge_junk(&self, hash: &Sha256Hash, asked: &PurgeAsked, today: Day) -> Result<Option<u64>> {
        self.inner()?.purge_junk(hash, asked, today).await
    }
    async fn forget_journal(&self) -> Result<bool> {
        self.inner()?.forget_journal().await
    }
    async fn close(&self) {
        self.inner.close().await;
    }
}

#[async_trait]
impl UploadStore for Fragile {
    async fn upload_right(&self, tip: TipId) -> Result<UploadRight> {
        self.inner()?.upload_right(tip).await
    }
    async fn put_upload(&self, tip: TipId, new: &NewUpload, room: &UploadRoom) -> Result<UploadOutcome> {
        self.inner()?.put_upload(tip, new, room).await
    }
    async fn upload(&self, tip: TipId, name: &UploadName) -> Result<Option<StoredUpload>> {
        self.inner()?.upload(tip, name).await
    }
    async fn uploads_of(&self, tip: TipId) -> Result<Vec<StoredUpload>> {
        self.inner()?.uploads_of(tip).await
    }
    async fn parts_of(&self, name: &UploadName) -> Result<Vec<StoredPart>> {
        self.inner()?.parts_of(name).await
    }
    async fn announce_object(&self, object: &ObjectName, goes: u64) -> Result<()> {
        self.inner()?.announce_object(object, goes).await
    }
    async fn add_part(&self, name: &UploadName, part: &NewPart) -> Result<PartOutcome> {
        self.inner()?.add_part(name, part).await
    }
    async fn has_upload_expired(&self, tip: TipId, name: &UploadName) -> Result<bool> {
        self.inner()?.has_upload_expired(tip, name).await
    }
    async fn expire_uploads(&self, now: u64, remembered_until: u64) -> Result<u64> {
        self.inner()?.expire_uploads(now, remembered_until).await
    }
    async fn waste(&self, now: u64) -> Result<Vec<ObjectName>> {
        self.inner()?.waste(now).await
    }
    async fn forget_waste(&self, objects: &[ObjectName]) -> Result<()> {
        self.inner()?.forget_waste(objects).await
    }
    async fn unkept_bytes(&self) -> Result<u64> {
        self.inner()?.unkept_bytes().await
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
    let running = start_on(settings(app.dir.path()), Arc::<Fragile>::clone(&store), clock).await.unwrap();
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

#[tokio::test]
async fn a_visit_that_could_not_be_written_down_is_not_forgotten() {
    const DAY: u64 = 86_400;
    let app = TestApp::new().await;
    assert_eq!(app.person("mia").post("/v1/replies", &reply(7, 1)).await.status, 201);
    app.running.shutdown().await;
    let inner = SqliteStore::open(app.dir.path()).await.unwrap();
    let store = Arc::new(Fragile { inner, is_broken: AtomicBool::new(false) });
    let clock = Arc::new(FixedClock(NOW + 80 * DAY));
    let intake = Intake::open(Arc::<Fragile>::clone(&store), clock, genesis()).await.unwrap();
    intake.mailbox(Some(&asked(7, MailboxAct::Read))).await.unwrap();
    store.is_broken.store(true, Ordering::SeqCst);
    assert_eq!(intake.tidy_mailboxes().await, Err(StoreError::DiskFull));
    store.is_broken.store(false, Ordering::SeqCst);
    intake.close().await;
    let app = TestApp::on(app.dir, NOW + 97 * DAY).await;
    assert_eq!(read(&app, 7).await, [1]);
}
