//! Recovery admins at the staff door: what they propose is shown for its delay, and the admins can stop it.

use crate::support::app::{NOW, TestApp};
use crate::support::site::{admin, day, following, key, signed, version_1};
use knothole::crypto::keyring::{Draft, Recovery, SignedVersion};
use knothole::store::pause::{self, Pause};
use knothole::wire::{KeyringChain, RecoveryNotice};

const DAY: u64 = 86_400;
/// The first day on which what was proposed at `NOW` may count.
const FIRST_DAY: &str = "2026-12-24";

/// Version 2, which names rex (agency 0) and sue (agency 1) as recovery admins.
fn version_2() -> SignedVersion {
    let mut draft = following(&version_1());
    draft.public.recovery = Recovery { admins: vec![admin("rex", 0), admin("sue", 1)], threshold: 2, delay_days: 30 };
    signed(draft, &["ada", "bea"])
}

async fn app() -> TestApp {
    let app = TestApp::new().await;
    assert_eq!(app.person("ada").post("/v1/keyring", &version_2()).await.status, 201);
    app
}

/// A version with another admin in the place of bea.
fn replacing(new: &str, first_day: &str, signers: &[&str]) -> SignedVersion {
    let mut draft: Draft = following(&version_2());
    draft.public.issued = day(first_day);
    draft.public.expires = draft.public.issued.plus(90);
    draft.public.admins[1] = admin(new, 1);
    let mut version = draft.freeze();
    for id in signers {
        version.add_recovery_signature(id, &key(id));
    }
    version
}

async fn propose(app: &TestApp, version: &SignedVersion) -> u16 {
    app.person("rex").post("/v1/recovery", version).await.status
}

async fn publish(app: &TestApp, version: &SignedVersion) -> u16 {
    app.person("sue").post("/v1/keyring", version).await.status
}

async fn shown(app: &TestApp, person: &str) -> Vec<SignedVersion> {
    let answer = app.person(person).get("/v1/keyring?from=2").await;
    serde_json::from_slice::<KeyringChain>(&answer.body).unwrap().proposed
}

/// What anyone is shown who asks the public door.
async fn shown_in_public(app: &TestApp) -> RecoveryNotice {
    let answer = app.get("/recovery").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn whoever_asks_the_public_door_sees_it_coming_and_nothing_of_the_staff() {
    let app = app().await;
    let before = version_2().read().unwrap().public;
    assert_eq!(shown_in_public(&app).await.proposed, []);
    let version = replacing("dan", FIRST_DAY, &["rex", "sue"]);
    assert_eq!(propose(&app, &version).await, 201);

    let [one] = <[_; 1]>::try_from(shown_in_public(&app).await.proposed).unwrap();
    assert!(one.is_true(&before) && one.public == version.public);
    let said = (one.first_day.to_string(), one.lost, one.new);
    assert_eq!(said, (FIRST_DAY.to_owned(), vec!["bea".to_owned()], vec!["dan".to_owned()]));
    let text = app.get("/recovery").await;
    let text = text.text();
    let members = version.read().unwrap().staff.members;
    assert!(!members.is_empty() && members.iter().all(|member| !text.contains(&format!("{:?}", member.id))), "{text}");

    let alive = signed(following(&version_2()), &["ada", "bea"]);
    assert_eq!(app.person("ada").post("/v1/keyring", &alive).await.status, 201);
    assert_eq!(shown_in_public(&app).await.proposed, []);
}

#[tokio::test]
async fn it_is_said_also_while_the_form_is_closed_for_a_while_or_by_an_expired_keyring() {
    let app = app().await;
    let version = replacing("dan", FIRST_DAY, &["rex", "sue"]);
    assert_eq!(propose(&app, &version).await, 201);
    pause::close(app.dir.path(), Pause::default()).unwrap();
    assert!(!app.get("/").await.text().contains("<textarea"));
    assert_eq!(shown_in_public(&app).await.proposed.len(), 1);
    pause::open(app.dir.path()).unwrap();

    let app = app.again_at(NOW + 90 * DAY).await;
    assert!(!app.get("/").await.text().contains("<textarea"), "expired");
    assert_eq!(shown_in_public(&app).await.proposed.len(), 1);
}

#[tokio::test]
async fn a_notice_that_says_otherwise_than_what_was_signed_is_not_true() {
    let app = app().await;
    let before = version_2().read().unwrap().public;
    assert_eq!(propose(&app, &replacing("dan", FIRST_DAY, &["rex", "sue"])).await, 201);
    let one = shown_in_public(&app).await.proposed.remove(0);
    let mut others = vec![one.clone(); 4];
    others[0].first_day = day("2027-12-24");
    others[1].new = vec!["eve".into()];
    others[2].public = others[2].public.replace("2026-12-24", "2026-12-25");
    others[3].signatures.clear();
    assert!(one.is_true(&before) && others.iter().all(|other| *other != one && !other.is_true(&before)));
}

#[tokio::test]
async fn what_recovery_admins_propose_is_shown_to_everyone_and_counts_after_its_delay_alone() {
    let app = app().await;
    let version = replacing("dan", FIRST_DAY, &["rex", "sue"]);
    assert_eq!(publish(&app, &version).await, 422, "never proposed");
    assert_eq!(propose(&app, &version).await, 201);
    assert_eq!(propose(&app, &version).await, 200, "a retry");
    for person in ["mia", "pam", "ada", "rex"] {
        assert_eq!(shown(&app, person).await, std::slice::from_ref(&version), "{person}");
    }
    assert_eq!(publish(&app, &version).await, 422, "too early");
    let app = app.again_at(NOW + 29 * DAY).await;
    assert_eq!(publish(&app, &version).await, 422, "a day too early");
    assert_eq!(propose(&app, &version).await, 200, "a retry, which moves no day");
    let app = app.again_at(NOW + 30 * DAY).await;
    assert_eq!(publish(&app, &version).await, 201);
    assert_eq!(shown(&app, "mia").await, []);
    assert_eq!(app.person("bea").get("/v1/keyring").await.status, 401);
    assert_eq!(app.person("dan").get("/v1/status").await.status, 200);
}

#[tokio::test]
async fn a_proposal_that_would_count_before_everyone_saw_it_is_refused() {
    let app = app().await;
    assert_eq!(propose(&app, &replacing("dan", "2026-12-23", &["rex", "sue"])).await, 422);
    assert_eq!(propose(&app, &replacing("dan", "2026-11-30", &["rex", "sue"])).await, 422);
    let version = replacing("dan", FIRST_DAY, &["rex", "sue"]);
    let late = app.again_at(NOW + DAY).await;
    assert_eq!(propose(&late, &version).await, 422);
    let at_last = late.again_at(NOW + 31 * DAY).await;
    assert_eq!(publish(&at_last, &version).await, 422, "the delay went by, and nobody was shown it");
}

#[tokio::test]
async fn nobody_proposes_alone_or_in_anothers_name() {
    let app = app().await;
    let both = replacing("dan", FIRST_DAY, &["rex", "sue"]);
    for person in ["mia", "ada", "dan"] {
        let status = app.person(person).post("/v1/recovery", &both).await.status;
        assert!([401, 403].contains(&status), "{person}: {status}");
    }
    assert_eq!(propose(&app, &replacing("dan", FIRST_DAY, &["rex"])).await, 422);
    assert_eq!(propose(&app, &replacing("dan", FIRST_DAY, &["rex", "ada"])).await, 422);
    let mut as_admin = replacing("dan", FIRST_DAY, &[]);
    as_admin.add_signature("ada", &key("ada"));
    assert_eq!(propose(&app, &as_admin).await, 403);
    let of_admins = signed(following(&version_2()), &["ada", "bea"]);
    assert_eq!(publish(&app, &of_admins).await, 403, "recovery admins publish nothing of the admins");
    assert_eq!(shown(&app, "mia").await, []);
}

#[tokio::test]
async fn the_admins_stop_it_by_publishing_and_it_never_comes_back() {
    let app = app().await;
    let version = replacing("dan", FIRST_DAY, &["rex", "sue"]);
    assert_eq!(propose(&app, &version).await, 201);
    let alive = signed(following(&version_2()), &["ada", "bea"]);
    assert_eq!(app.person("ada").post("/v1/keyring", &alive).await.status, 201);
    assert_eq!(shown(&app, "mia").await, []);
    let app = app.again_at(NOW + 40 * DAY).await;
    assert_eq!(publish(&app, &version).await, 409);
    assert_eq!(propose(&app, &version).await, 409);
    assert_eq!(app.person("bea").get("/v1/status").await.status, 200);
}

#[tokio::test]
async fn of_two_proposals_both_are_shown_and_the_first_that_is_published_ends_the_other() {
    let app = app().await;
    let one = replacing("dan", FIRST_DAY, &["rex", "sue"]);
    let other = replacing("eve", FIRST_DAY, &["rex", "sue"]);
    assert_eq!((propose(&app, &one).await, propose(&app, &other).await), (201, 201));
    assert_eq!(shown(&app, "mia").await.len(), 2);
    let app = app.again_at(NOW + 30 * DAY).await;
    assert_eq!(publish(&app, &other).await, 201);
    assert_eq!(publish(&app, &one).await, 409);
    assert_eq!(shown(&app, "mia").await, []);
}

#[tokio::test]
async fn recovery_admins_read_the_keyring_and_nothing_else() {
    let app = app().await;
    let rex = app.person("rex");
    assert_eq!(rex.get("/v1/keyring?from=0").await.status, 200);
    for path in ["/v1/tips", "/v1/events", "/v1/secrets", "/v1/status", "/v1/junk", "/v1/canaries", "/v1/notices"] {
        assert_eq!(rex.get(path).await.status, 403, "{path}");
    }
}
