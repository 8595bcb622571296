//! The purge of what nobody kept: by two admins of two agencies, of exactly what they signed.

use crate::support::app::{NOW, TestApp};
use crate::support::site::{admin, following, genesis, key, signed, version_1};
use crate::support::tip::{TipParts, sealed};
use crate::support::uploads::{Sender, objects};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::statement::{HasRead, PurgeAsked, PurgeSeconded, Statement as _};
use knothole::model::agency::AgencyNumber;
use knothole::model::day::Day;
use knothole::model::hex::{Hex, Sha256Hash};
use knothole::wire::{
    AgencyReading, Junk, JunkTip, KeepTokens, PostedEvent, PurgePost, PurgeRecord, ReadReport, junk_hash,
};

const DAY: u64 = 86_400;
const RIPE: u64 = NOW + 30 * DAY;

fn day_of(now: u64) -> Day {
    Day::from_epoch_days(i32::try_from(now / DAY).unwrap()).unwrap()
}

async fn junk(app: &TestApp) -> Junk {
    serde_json::from_slice(&app.person("ada").get("/v1/junk").await.body).unwrap()
}

async fn reads(app: &TestApp, member: &str, tips: u64, day: Day) -> u16 {
    let said = HasRead { site: genesis(), member: member.into(), tips, notices: 0, day };
    let signature = said.sign(&key(member));
    app.person(member).post("/v1/read", &ReadReport { tips, notices: 0, day, signature }).await.status
}

async fn both_read(app: &TestApp, tips: u64, now: u64) {
    for member in ["mia", "pam"] {
        assert_eq!(reads(app, member, tips, day_of(now)).await, 200, "{member}");
    }
}

async fn keep(app: &TestApp, seed: u8) {
    let tokens = KeepTokens { tokens: vec![Hex(TipParts::new(seed).custody_token().0)] };
    assert_eq!(app.person("mia").post("/v1/keep", &tokens).await.status, 200);
}

/// Three tips of which the second was kept, and both agencies had their thirty days.
async fn ripe() -> TestApp {
    let app = TestApp::new().await;
    for seed in 1..=3 {
        Sender::at(&app, seed).await;
    }
    keep(&app, 2).await;
    both_read(&app, 3, NOW).await;
    let app = app.again_at(RIPE).await;
    both_read(&app, 3, RIPE).await;
    app
}

fn request(admin: &str, junk: &Junk, now: u64) -> (PurgePost, Sha256Hash) {
    let (tips, ids) = (junk.list.len() as u64, junk_hash(&junk.list));
    let (through, nonce) = (junk.through, Hex([1; 16]));
    let asked = PurgeAsked { site: genesis(), admin: admin.into(), through, tips, ids, nonce, day: day_of(now) };
    let (signature, hash) = (asked.sign(&key(admin)), asked.hash());
    (PurgePost::Ask(PurgeRecord { asked, signature }), hash)
}

fn second(admin: &str, request: Sha256Hash, now: u64) -> PurgePost {
    let day = day_of(now);
    PurgePost::Second { request, day, signature: PurgeSeconded { request, admin: admin.into(), day }.sign(&key(admin)) }
}

async fn purge(app: &TestApp, admin: &str, post: &PurgePost) -> (u16, String) {
    let answer = app.person(admin).post("/v1/junk", post).await;
    (answer.status, answer.text().to_owned())
}

async fn ids(app: &TestApp) -> Vec<u64> {
    app.person("mia").tips(0).await.0.iter().map(|tip| tip.line.seq).collect()
}

#[tokio::test]
async fn a_dry_run_counts_and_two_admins_of_two_agencies_purge_what_nobody_kept() {
    let app = ripe().await;
    let before = junk(&app).await;
    let list: Vec<_> = before.list.iter().map(|junk| junk.id).collect();
    assert_eq!(list, [TipParts::new(1).id(), TipParts::new(3).id()], "the tip that was kept is not in it");
    assert!(before.list.iter().all(|junk| junk.day == day_of(NOW)));
    assert_eq!((before.through, before.kept, before.waiting, before.bytes), (3, 1, 0, 2 * (5755 + 2 * 1886)));
    assert_eq!(ids(&app).await, [1, 2, 3]);
    let (ask, hash) = request("ada", &before, RIPE);
    assert_eq!(purge(&app, "ada", &ask).await.0, 201);
    assert_eq!(junk(&app).await.requests.len(), 1);
    assert_eq!(purge(&app, "bea", &second("bea", hash, RIPE)).await, (200, "{\"tips\":2}".into()));
    assert_eq!(ids(&app).await, [2]);
    assert_eq!(app.put(TipParts::new(1)).await.status, 410);
    let after = junk(&app).await;
    assert_eq!((after.list.len(), after.requests.len()), (0, 0));
}

#[tokio::test]
async fn files_of_junk_are_counted_and_go_with_it_and_others_stay() {
    let app = ripe().await;
    let file = sealed(65_536, 1);
    for seed in [1, 2] {
        Sender::of(app.running.public(), TipParts::new(seed)).put_file(&file).await;
    }
    let before = junk(&app).await;
    assert_eq!(before.bytes, (2 * (5755 + 2 * 1886) + file.len()) as u64);
    let (ask, hash) = request("ada", &before, RIPE);
    assert_eq!(purge(&app, "ada", &ask).await.0, 201);
    assert_eq!(purge(&app, "bea", &second("bea", hash, RIPE)).await.0, 200);
    assert_eq!(objects(app.dir.path()), (1, file.len()));
}

#[tokio::test]
async fn an_admin_alone_two_of_one_agency_and_members_purge_nothing() {
    let app = ripe().await;
    let (ask, hash) = request("ada", &junk(&app).await, RIPE);
    assert_eq!(purge(&app, "bea", &ask).await.0, 422, "another's request");
    assert_eq!(purge(&app, "mia", &ask).await.0, 403, "a member");
    assert_eq!(purge(&app, "ada", &ask).await.0, 201);
    assert_eq!(purge(&app, "ada", &second("ada", hash, RIPE)).await.0, 403, "alone");
    assert_eq!(purge(&app, "cyd", &second("cyd", hash, RIPE)).await.0, 403, "of the same agency");
    assert_eq!(purge(&app, "mia", &second("mia", hash, RIPE)).await.0, 403, "a member");
    assert_eq!(purge(&app, "bea", &second("ada", hash, RIPE)).await.0, 422, "another's signature");
    assert_eq!(purge(&app, "bea", &second("bea", Hex([9; 32]), RIPE)).await.0, 404, "another request");
    assert_eq!(ids(&app).await, [1, 2, 3]);
}

#[tokio::test]
async fn two_machines_of_one_admin_purge_nothing() {
    let app = ripe().await;
    app.publish(|draft| draft.public.admins.push(admin("ada-2", 0))).await;
    let (ask, hash) = request("ada", &junk(&app).await, RIPE);
    assert_eq!(purge(&app, "ada", &ask).await.0, 201);
    assert_eq!(purge(&app, "ada-2", &second("ada-2", hash, RIPE)).await.0, 403);
    assert_eq!(ids(&app).await, [1, 2, 3]);
}

#[tokio::test]
async fn a_set_that_has_changed_since_it_was_signed_is_not_purged() {
    let app = ripe().await;
    let before = junk(&app).await;
    let (ask, hash) = request("ada", &before, RIPE);
    assert_eq!(purge(&app, "ada", &ask).await.0, 201);
    keep(&app, 3).await;
    assert_eq!(purge(&app, "bea", &second("bea", hash, RIPE)).await.0, 409);
    assert_eq!(purge(&app, "ada", &request("ada", &before, RIPE).0).await.0, 409);
    let mut younger = junk(&app).await;
    younger.list[0].day = day_of(NOW + DAY);
    assert_eq!(purge(&app, "ada", &request("ada", &younger, RIPE).0).await.0, 409, "the days are signed, too");
    let further = Junk { through: 4, ..junk(&app).await };
    assert_eq!(purge(&app, "ada", &request("ada", &further, RIPE).0).await.0, 409);
    assert_eq!(ids(&app).await, [1, 2, 3]);
}

fn reading(agency: u16, through: u64, read: u64, day: Option<u64>) -> AgencyReading {
    AgencyReading { agency: AgencyNumber(agency), through, read, day: day.map(day_of) }
}

#[tokio::test]
async fn nothing_is_junk_before_every_agency_has_had_thirty_days_with_it_and_each_that_has_not_is_named() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    assert_eq!(junk(&app).await.agencies, [reading(0, 0, 0, None), reading(1, 0, 0, None)]);
    assert_eq!(reads(&app, "mia", 1, day_of(NOW)).await, 200);
    let app = app.again_at(RIPE).await;
    assert_eq!(reads(&app, "mia", 1, day_of(RIPE)).await, 200);
    let one = junk(&app).await;
    assert_eq!((one.through, one.list.len(), one.waiting), (0, 0, 1));
    assert_eq!(one.agencies, [reading(0, 1, 1, Some(RIPE)), reading(1, 0, 0, None)]);
    assert_eq!(reads(&app, "pam", 1, day_of(RIPE)).await, 200);
    assert_eq!(junk(&app).await.list.len(), 0);
    let later = RIPE + 30 * DAY;
    let app = app.again_at(later - DAY).await;
    both_read(&app, 1, later - DAY).await;
    assert_eq!(junk(&app).await.list.len(), 0, "a day before");
    let app = app.again_at(later).await;
    both_read(&app, 1, later).await;
    assert_eq!(junk(&app).await.list.len(), 1);
}

#[tokio::test]
async fn an_agency_that_has_read_less_than_the_others_is_named_though_it_has_read_something() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    both_read(&app, 1, NOW).await;
    app.put(TipParts::new(2)).await;
    assert_eq!(reads(&app, "mia", 2, day_of(NOW)).await, 200);
    let app = app.again_at(RIPE).await;
    assert_eq!(reads(&app, "mia", 2, day_of(RIPE)).await, 200);
    assert_eq!(reads(&app, "pam", 1, day_of(RIPE)).await, 200);
    let junk = junk(&app).await;
    assert_eq!((junk.through, junk.list.len(), junk.waiting), (1, 1, 1));
    assert_eq!(junk.agencies, [reading(0, 2, 2, Some(RIPE)), reading(1, 1, 1, Some(RIPE))]);
}

#[tokio::test]
async fn an_agency_that_has_nobody_just_now_holds_up_the_purge_of_what_may_be_its_tips() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    assert_eq!(reads(&app, "mia", 1, day_of(NOW)).await, 200);
    let mut draft = following(&version_1());
    draft.staff.members.retain(|member| member.agency != AgencyNumber(1));
    let published = app.person("ada").post("/v1/keyring", &signed(draft, &["ada", "bea"])).await;
    assert_eq!(published.status, 201, "{}", published.text());
    let app = app.again_at(RIPE).await;
    assert_eq!(reads(&app, "mia", 1, day_of(RIPE)).await, 200);
    let junk = junk(&app).await;
    assert_eq!((junk.list.len(), &junk.agencies[1]), (0, &reading(1, 0, 0, None)));
}

#[tokio::test]
async fn what_somebody_has_written_on_is_no_junk_though_nobody_reported_it_as_kept() {
    let app = ripe().await;
    let held = TipParts::new(3);
    let event = PostedEvent {
        token: Hex(held.custody_token().0),
        slot: 0,
        label: Hex([1; 16]),
        sealed: STANDARD.encode(sealed(1024, 3)),
    };
    let path = format!("/v1/tips/{}/events", held.id());
    assert_eq!(app.person("mia").post(&path, &event).await.status, 201);
    let junk = junk(&app).await;
    assert_eq!(junk.list, [JunkTip { id: TipParts::new(1).id(), day: day_of(NOW) }]);
    assert_eq!((junk.kept, junk.waiting), (2, 0));
}

#[tokio::test]
async fn a_dry_run_changes_nothing_and_a_purge_done_twice_or_played_again_takes_nothing_more() {
    let app = ripe().await;
    let before = junk(&app).await;
    assert_eq!(junk(&app).await, before);
    let (ask, hash) = request("ada", &before, RIPE);
    assert_eq!(purge(&app, "ada", &ask).await.0, 201);
    let said = second("bea", hash, RIPE);
    assert_eq!(purge(&app, "bea", &said).await.0, 200);
    assert_eq!(purge(&app, "bea", &said).await.0, 404, "the same word again");
    assert_eq!(purge(&app, "ada", &ask).await.0, 409, "the same request again");
    assert_eq!(ids(&app).await, [2]);
    // Both signatures are of a set that is gone: what comes later is not in it.
    app.put(TipParts::new(4)).await;
    assert_eq!(purge(&app, "ada", &ask).await.0, 409);
    assert_eq!(purge(&app, "bea", &said).await.0, 404);
    assert_eq!(ids(&app).await, [2, 4]);
}

#[tokio::test]
async fn a_word_for_one_request_is_none_for_another() {
    let app = ripe().await;
    let (one, hash) = request("ada", &junk(&app).await, RIPE);
    let said = second("bea", hash, RIPE);
    keep(&app, 3).await;
    let (other, _) = request("ada", &junk(&app).await, RIPE);
    assert_eq!(purge(&app, "ada", &one).await.0, 409);
    assert_eq!(purge(&app, "ada", &other).await.0, 201);
    assert_eq!(purge(&app, "bea", &said).await.0, 404);
    assert_eq!(ids(&app).await, [1, 2, 3]);
}

#[tokio::test]
async fn a_clock_that_was_set_ahead_makes_no_junk() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    both_read(&app, 1, NOW).await;
    let app = app.again_at(NOW + 200 * DAY).await;
    assert_eq!(junk(&app).await.list.len(), 0);
    assert_eq!(reads(&app, "mia", 1, day_of(NOW + DAY)).await, 422);
    // One member who signs a day that is not yet speaks for one agency.
    assert_eq!(reads(&app, "mia", 1, day_of(NOW + 200 * DAY)).await, 200);
    assert_eq!(junk(&app).await.list.len(), 0);
}

#[tokio::test]
async fn a_request_that_nobody_seconded_for_a_week_counts_for_nothing() {
    let app = ripe().await;
    let (ask, hash) = request("ada", &junk(&app).await, RIPE);
    assert_eq!(purge(&app, "ada", &ask).await.0, 201);
    let late = RIPE + 8 * DAY;
    let app = app.again_at(late).await;
    assert_eq!(purge(&app, "bea", &second("bea", hash, late)).await.0, 404);
    assert_eq!(ids(&app).await, [1, 2, 3]);
}
