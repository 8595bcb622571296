//! Who can make a tip go, and when: nobody alone, by no clock, and not before every agency has had its days.

use crate::support::app::{NOW, TestApp};
use crate::support::files::files_under;
use crate::support::http::Answer;
use crate::support::site::{genesis, key};
use crate::support::staff::Person;
use crate::support::tip::{TipParts, sealed};
use crate::support::uploads::{Sender, objects};
use knothole::crypto::keyring::{Member, prove_member};
use knothole::crypto::sign::public_key;
use knothole::crypto::statement::{DeletionAsked, DeletionObjected, DeletionSeconded, HasRead, Statement as _};
use knothole::model::day::Day;
use knothole::model::hex::{Hex, Sha256Hash};
use knothole::wire::{DeletionAct, DeletionPost, Deletions, Notices, ReadReport, notice_tag};
use sha2::{Digest as _, Sha256};

const DAY: u64 = 86_400;
/// Days that a tip stays after its notice.
const STAYS: u64 = 14;
/// What the tip is filled with, so that its bytes are found where they are.
const PLANTED: u8 = 0xa7;
const MEMBERS: [&str; 2] = ["mia", "pam"];

fn day_of(now: u64) -> Day {
    Day::from_epoch_days(i32::try_from(now / DAY).unwrap()).unwrap()
}

/// A request of this member, and what it is called.
fn asked(member: &str, tip: TipParts, nonce: u8, day: Day) -> (DeletionAct, Sha256Hash) {
    let asked = DeletionAsked { site: genesis(), tip: tip.id(), member: member.into(), nonce: Hex([nonce; 16]), day };
    let signature = asked.sign(&key(member));
    (DeletionAct::Ask { nonce: Hex([nonce; 16]), day, signature }, asked.hash())
}

fn seconded(member: &str, request: Sha256Hash, day: Day) -> DeletionAct {
    let signature = DeletionSeconded { request, member: member.into(), day }.sign(&key(member));
    DeletionAct::Second { request, day, signature }
}

fn objected(member: &str, request: Sha256Hash, day: Day) -> DeletionAct {
    let signature = DeletionObjected { request, member: member.into(), day }.sign(&key(member));
    DeletionAct::Object { request, day, signature }
}

async fn post(person: &Person, tip: TipParts, act: DeletionAct) -> Answer {
    let post = DeletionPost { token: Hex(tip.custody_token().0), act };
    person.post(&format!("/v1/tips/{}/deletion", tip.id()), &post).await
}

async fn status(app: &TestApp, member: &str, tip: TipParts, act: DeletionAct) -> u16 {
    post(&app.person(member), tip, act).await.status
}

async fn notices(app: &TestApp) -> Notices {
    serde_json::from_slice(&app.person("quin").get("/v1/notices").await.body).unwrap()
}

/// A desk says how far it has read, on its own day.
async fn reads(app: &TestApp, member: &str, tips: u64, notices: u64, day: Day) -> u16 {
    let said = HasRead { site: genesis(), member: member.into(), tips, notices, day };
    let signature = said.sign(&key(member));
    app.person(member).post("/v1/read", &ReadReport { tips, notices, day, signature }).await.status
}

/// A site with one tip and a file, whose deletion mia has asked for and pam has seconded.
async fn noticed() -> (TestApp, TipParts, Sha256Hash) {
    let app = TestApp::new().await;
    let sender = Sender::at(&app, PLANTED).await;
    sender.put_file(&file()).await;
    let tip = sender.tip;
    let (ask, request) = asked("mia", tip, 1, day_of(NOW));
    assert_eq!(status(&app, "mia", tip, ask).await, 201);
    assert_eq!(status(&app, "pam", tip, seconded("pam", request, day_of(NOW))).await, 201);
    (app, tip, request)
}

fn file() -> Vec<u8> {
    sealed(4096, !PLANTED)
}

async fn both_read(app: &TestApp, now: u64) {
    for member in MEMBERS {
        assert_eq!(reads(app, member, 1, 1, day_of(now)).await, 200);
    }
}

/// Whether the tip is still there, after the server has had its chance to delete it.
async fn stays(app: TestApp, now: u64) -> (bool, TestApp) {
    let app = app.again_at(now).await;
    let stays = !app.person("pam").tips(0).await.0.is_empty();
    (stays, app)
}

#[tokio::test]
async fn two_members_a_notice_to_every_agency_and_fourteen_days_delete_a_tip_and_its_bytes() {
    let (app, tip, request) = noticed().await;
    let seen = notices(&app).await;
    let [notice] = &seen.open[..] else { panic!("{seen:?}") };
    assert_eq!((seen.last, notice.request), (1, request));
    assert_eq!(notice.tag, notice_tag(&tip.custody_token().0, &request));
    both_read(&app, NOW).await;
    let (is_there, app) = stays(app, NOW + (STAYS - 1) * DAY).await;
    assert!(is_there);
    both_read(&app, NOW + (STAYS - 1) * DAY).await;
    let (is_there, app) = stays(app, NOW + STAYS * DAY).await;
    assert!(is_there, "no agency has said that its own days are over");
    both_read(&app, NOW + STAYS * DAY).await;
    let (is_there, app) = stays(app, NOW + STAYS * DAY).await;
    assert!(!is_there);
    assert_eq!(app.put(tip).await.status, 410);
    assert_eq!(status(&app, "mia", tip, DeletionAct::Show).await, 410);
    assert_eq!(notices(&app).await, Notices { last: 1, open: vec![] });
    assert_eq!(objects(app.dir.path()).0, 0);
    assert_eq!(Sender::of(app.running.public(), tip).announce(file().len(), &[]).await.status, 410);
    let upload = Sha256::digest(tip.upload_token().0).to_vec();
    let planted = [tip.letter(), tip.capsule(0), tip.capsule(1), upload, file()];
    for (path, bytes) in files_under(app.dir.path()) {
        for part in &planted {
            let tail = &part[part.len() - 24..];
            assert!(!bytes.windows(tail.len()).any(|window| window == tail), "{}", path.display());
        }
    }
}

#[tokio::test]
async fn the_bytes_that_a_deletion_takes_were_where_the_search_for_them_looks() {
    let (app, tip, _) = noticed().await;
    let upload = Sha256::digest(tip.upload_token().0).to_vec();
    let files = files_under(app.dir.path());
    for part in [tip.letter(), upload, file()] {
        let tail = &part[part.len() - 24..];
        assert!(files.iter().any(|(_, bytes)| bytes.windows(tail.len()).any(|window| window == tail)));
    }
}

#[tokio::test]
async fn a_member_alone_cannot_second_on_any_machine_of_theirs() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    app.publish(|draft| {
        let mia = &draft.staff.members[0];
        let (key, id) = (key("mia-2"), "mia-2".to_owned());
        let mut second = Member { id, key: public_key(&key), ..mia.clone() };
        second.proof = prove_member(&key, &second);
        draft.staff.members.push(second);
    })
    .await;
    let (ask, request) = asked("mia", tip, 1, day_of(NOW));
    assert_eq!(status(&app, "mia", tip, ask).await, 201);
    for same in ["mia", "mia-2"] {
        assert_eq!(status(&app, same, tip, seconded(same, request, day_of(NOW))).await, 403, "{same}");
    }
    assert_eq!(status(&app, "mia", tip, seconded("pam", request, day_of(NOW))).await, 422, "another's signature");
    assert_eq!(notices(&app).await.last, 0);
}

#[tokio::test]
async fn a_countersignature_of_another_tip_or_of_an_older_request_counts_for_nothing() {
    let app = TestApp::new().await;
    let (tip, other) = (TipParts::new(1), TipParts::new(2));
    app.put(tip).await;
    app.put(other).await;
    let today = day_of(NOW);
    let (ask, old) = asked("mia", tip, 1, today);
    assert_eq!(status(&app, "mia", tip, ask.clone()).await, 201);
    let second = seconded("pam", old, today);
    assert_eq!(status(&app, "pam", tip, second.clone()).await, 201);
    assert_eq!(status(&app, "quin", tip, objected("quin", old, today)).await, 201);
    let (again, new) = asked("mia", tip, 2, today);
    assert_eq!(status(&app, "mia", tip, again).await, 201);
    assert_eq!(status(&app, "pam", tip, second.clone()).await, 409, "the old request was objected to");
    assert_eq!(status(&app, "mia", tip, ask).await, 409, "and is not asked again");
    let DeletionAct::Second { day, signature, .. } = second else { unreachable!("made above") };
    let moved = DeletionAct::Second { request: new, day, signature };
    assert_eq!(status(&app, "pam", tip, moved).await, 422, "the signature is over the old one");
    let (ask, elsewhere) = asked("mia", other, 3, today);
    assert_eq!(status(&app, "mia", other, ask).await, 201);
    assert_eq!(status(&app, "pam", tip, seconded("pam", elsewhere, today)).await, 404, "a request about another tip");
    assert_eq!(notices(&app).await.open, []);
}

#[tokio::test]
async fn a_clock_that_was_set_ahead_deletes_nothing() {
    let (app, _, _) = noticed().await;
    both_read(&app, NOW).await;
    let ahead = NOW + 60 * DAY;
    let (is_there, app) = stays(app, ahead).await;
    assert!(is_there, "no member has signed a day so late");
    assert_eq!(reads(&app, "mia", 1, 1, day_of(NOW)).await, 422, "a true day, which that server does not believe");
    let (is_there, app) = stays(app, ahead).await;
    assert!(is_there);
    // A corrupt member who signs whatever day is wanted speaks for one agency.
    assert_eq!(reads(&app, "mia", 1, 1, day_of(ahead)).await, 200);
    let (is_there, _) = stays(app, ahead).await;
    assert!(is_there, "the other agency's members have not");
}

#[tokio::test]
async fn one_agency_that_has_not_read_the_notice_keeps_the_tip() {
    let (app, _, _) = noticed().await;
    assert_eq!(reads(&app, "mia", 1, 1, day_of(NOW)).await, 200);
    assert_eq!(reads(&app, "pam", 1, 0, day_of(NOW)).await, 200);
    let later = NOW + STAYS * DAY;
    let (_, app) = stays(app, later).await;
    both_read(&app, later).await;
    let (is_there, app) = stays(app, later).await;
    assert!(is_there, "pam's agency has fourteen days from now");
    let last = later + STAYS * DAY;
    let (_, app) = stays(app, last).await;
    both_read(&app, last).await;
    assert!(!stays(app, last).await.0);
}

#[tokio::test]
async fn anyone_who_holds_the_tip_can_object_until_the_last_day() {
    let (app, tip, request) = noticed().await;
    both_read(&app, NOW).await;
    let last = NOW + STAYS * DAY;
    let (_, app) = stays(app, last).await;
    both_read(&app, last).await;
    assert_eq!(status(&app, "quin", tip, objected("quin", request, day_of(last))).await, 201);
    assert_eq!(status(&app, "quin", tip, objected("quin", request, day_of(last))).await, 200);
    let (is_there, app) = stays(app, last).await;
    assert!(is_there);
    let shown = post(&app.person("mia"), tip, DeletionAct::Show).await;
    let shown: Deletions = serde_json::from_slice(&shown.body).unwrap();
    assert!(shown.requests[0].objected && shown.requests[0].seconded.is_none());
}

#[tokio::test]
async fn one_who_does_not_hold_the_tip_can_neither_ask_nor_second_nor_object_nor_look() {
    let (app, tip, request) = noticed().await;
    let other = TipParts::new(9);
    let wrong = |act| DeletionPost { token: Hex(other.custody_token().0), act };
    let today = day_of(NOW);
    let acts = [DeletionAct::Show, asked("quin", tip, 7, today).0, objected("quin", request, today)];
    for act in acts {
        let quin = app.person("quin");
        assert_eq!(quin.post(&format!("/v1/tips/{}/deletion", tip.id()), &wrong(act)).await.status, 404);
    }
    assert_eq!(notices(&app).await.open.len(), 1);
    for (person, expected) in [("ada", 403), ("nobody", 401)] {
        assert_eq!(status(&app, person, tip, DeletionAct::Show).await, expected, "{person}");
    }
}

#[tokio::test]
async fn a_request_rests_on_members_of_the_current_keyring_alone() {
    let (app, tip, _) = noticed().await;
    let (ask, request) = asked("ned", tip, 5, day_of(NOW));
    assert_eq!(status(&app, "ned", tip, ask).await, 201);
    app.publish(|draft| draft.staff.members.retain(|member| member.id != "mia" && member.id != "ned")).await;
    assert_eq!(status(&app, "pam", tip, seconded("pam", request, day_of(NOW))).await, 409, "ned is gone");
    assert_eq!(notices(&app).await.open.len(), 1);
    let (is_there, app) = stays(app, NOW).await;
    assert!(is_there);
    assert_eq!(notices(&app).await.open, [], "mia is gone, and her word with her");
}

#[tokio::test]
async fn a_day_that_is_not_today_and_a_request_that_is_old_are_refused() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    for days in [-2_i64, 2] {
        let day = day_of(NOW.checked_add_signed(days * 86_400).unwrap());
        assert_eq!(status(&app, "mia", tip, asked("mia", tip, 1, day).0).await, 422, "{days}");
        assert_eq!(reads(&app, "mia", 1, 0, day).await, 422, "{days}");
    }
    assert_eq!(reads(&app, "mia", 2, 0, day_of(NOW)).await, 422, "more tips than there are");
    assert_eq!(reads(&app, "mia", 1, 1, day_of(NOW)).await, 422, "more notices than there are");
    let (ask, request) = asked("mia", tip, 1, day_of(NOW));
    assert_eq!(status(&app, "mia", tip, ask).await, 201);
    let late = NOW + 31 * DAY;
    let app = app.again_at(late).await;
    assert_eq!(status(&app, "pam", tip, seconded("pam", request, day_of(late))).await, 409);
}
