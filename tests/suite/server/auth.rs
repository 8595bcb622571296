use crate::support::app::TestApp;
use crate::support::http::{Answer, exchange};
use crate::support::staff::{Person, Signed};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// One fixed answer for whoever is not known, whatever is wrong.
fn assert_refused(answer: &Answer, why: &str) {
    assert_eq!((answer.status, answer.text()), (401, "not signed by anyone this site knows\n"), "{why}");
    assert_eq!(answer.header("www-authenticate"), "");
}

/// Why a request is refused, and what makes it so.
type Change = (&'static str, fn(&mut Signed));

async fn send_changed(person: &Person, change: impl FnOnce(&mut Signed)) -> Answer {
    let mut signed = person.sign("GET", "/v1/tips?after=0", b"");
    change(&mut signed);
    person.send(&signed).await
}

#[tokio::test]
async fn a_request_that_says_anything_else_than_it_must_is_refused() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    assert_eq!(send_changed(&mia, |_| ()).await.status, 200);
    let changes: [Change; 10] = [
        ("another site's tag", |signed| signed.tag = format!("knothole:{}", "0".repeat(64))),
        ("too old", |signed| signed.created -= 301),
        ("from the future", |signed| signed.created += 301),
        ("no method", |signed| signed.components = r#""@path" "@query" "content-digest""#.into()),
        ("no query", |signed| signed.components = r#""@method" "@path" "content-digest""#.into()),
        ("no digest", |signed| signed.components = r#""@method" "@path" "@query""#.into()),
        ("another order", |signed| signed.components = r#""@path" "@method" "@query" "content-digest""#.into()),
        ("a short nonce", |signed| signed.nonce = STANDARD.encode([1; 15])),
        ("another's key id", |signed| signed.keyid = "07".repeat(32)),
        ("a key id of the wrong length", |signed| signed.keyid.truncate(62)),
    ];
    for (why, change) in changes {
        assert_refused(&send_changed(&mia, change).await, why);
    }
}

#[tokio::test]
async fn the_clock_may_be_five_minutes_off() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    assert_eq!(send_changed(&mia, |signed| signed.created -= 300).await.status, 200);
    assert_eq!(send_changed(&mia, |signed| signed.created += 300).await.status, 200);
}

#[tokio::test]
async fn a_key_that_the_keyring_does_not_name_is_refused() {
    let app = TestApp::new().await;
    assert_refused(&app.person("stranger").get("/v1/tips?after=0").await, "unknown key");
}

#[tokio::test]
async fn a_signature_by_another_key_than_it_names_is_refused() {
    let app = TestApp::new().await;
    let (mia, ned) = (app.person("mia"), app.person("ned"));
    assert_refused(&ned.send(&mia.sign("GET", "/v1/tips", b"")).await, "swapped key");
}

#[tokio::test]
async fn a_request_sent_twice_is_refused_the_second_time() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let signed = mia.sign("GET", "/v1/tips?after=0", b"");
    assert_eq!(mia.send(&signed).await.status, 200);
    assert_refused(&mia.send(&signed).await, "replayed");
    let ned = app.person("ned");
    let mut same_nonce = ned.sign("GET", "/v1/tips?after=0", b"");
    same_nonce.nonce = signed.nonce;
    assert_eq!(ned.send(&same_nonce).await.status, 200, "a nonce is one person's own");
}

#[tokio::test]
async fn a_nonce_is_used_up_before_the_body_comes() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let signed = mia.sign("POST", "/v1/keep", br#"{"tokens":[]}"#);
    let mut swapped = signed.to_bytes(&mia.key);
    let last = swapped.len() - 1;
    swapped[last] ^= 1;
    assert_refused(&exchange(&mia.door, &swapped).await, "another body than its digest says");
    assert_refused(&mia.send(&signed).await, "its nonce has been here");
}

#[tokio::test]
async fn nothing_stored_of_a_nonce_tells_the_time_of_day() {
    let app = TestApp::new().await;
    assert_eq!(app.person("mia").get("/v1/tips").await.status, 200);
    let store = sqlx::SqlitePool::connect(&format!("sqlite://{}/knothole.db", app.dir.path().display())).await.unwrap();
    let expires: Vec<i64> = sqlx::query_scalar("select expires from nonce").fetch_all(&store).await.unwrap();
    assert!(!expires.is_empty() && expires.iter().all(|seconds| seconds % 3600 == 0), "{expires:?}");
}

#[tokio::test]
async fn a_nonce_is_remembered_by_the_next_server() {
    let app = TestApp::new().await;
    let signed = app.person("mia").sign("GET", "/v1/tips", b"");
    assert_eq!(app.person("mia").send(&signed).await.status, 200);
    let app = app.again_at(crate::support::app::NOW + 300).await;
    assert_refused(&app.person("mia").send(&signed).await, "replayed");
}

#[tokio::test]
async fn what_was_signed_is_what_must_be_sent() {
    let app = TestApp::new().await;
    let ada = app.person("ada");
    let signed = ada.sign("POST", "/v1/keyring", b"{}");
    let headers = signed.headers(&ada.key);
    let swap = async |change: fn(&mut Signed), why: &str| {
        let mut other = signed.clone();
        change(&mut other);
        assert_refused(&exchange(&ada.door, &other.with_headers(&headers)).await, why);
    };
    swap(|other| other.body = b"[]".into(), "another body").await;
    swap(|other| other.target = "/v1/secrets".into(), "another path").await;
    swap(|other| other.target = "/v1/keyring?from=1".into(), "another query").await;
    swap(|other| other.method = "PUT", "another method").await;
}

#[tokio::test]
async fn signatures_come_alone_and_in_one_header() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let signed = mia.sign("GET", "/v1/tips", b"");
    let good = signed.headers(&mia.key);
    for index in 0..good.len() {
        let mut without = good.clone();
        without.remove(index);
        assert_refused(&exchange(&mia.door, &signed.with_headers(&without)).await, "a header is missing");
        let mut twice = good.clone();
        twice.push(good[index].clone());
        assert_refused(&exchange(&mia.door, &signed.with_headers(&twice)).await, "a header came twice");
    }
    let mut two = good.clone();
    for header in &mut two[1..] {
        header.1 = format!("{}, {}", header.1, header.1.replacen("sig1", "sig2", 1));
    }
    assert_refused(&exchange(&mia.door, &signed.with_headers(&two)).await, "two signatures");
    assert_eq!(exchange(&mia.door, &signed.with_headers(&good)).await.status, 200);
}

#[tokio::test]
async fn nothing_behind_the_door_shows_without_a_signature() {
    let app = TestApp::new().await;
    let unsigned = app.person("mia").sign("GET", "/v1/nowhere", b"");
    assert_refused(&exchange(app.running.staff(), &unsigned.with_headers(&[])).await, "no such address");
    assert_eq!(app.person("mia").get("/v1/nowhere").await.status, 404);
    assert_eq!(app.person("mia").post("/v1/tips", &()).await.status, 413);
}

#[tokio::test]
async fn one_who_was_taken_out_of_the_keyring_is_out_at_once() {
    let app = TestApp::new().await;
    let pam = app.person("pam");
    assert_eq!(pam.get("/v1/tips").await.status, 200);
    app.publish(|draft| {
        draft.staff.members.retain(|member| member.id != "pam");
        draft.public.agencies[1].one_member = true;
    })
    .await;
    assert_refused(&pam.get("/v1/tips").await, "no longer a member");
}
