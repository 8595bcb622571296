use crate::support::app::TestApp;
use crate::support::site::{key, key_name};
use crate::support::tip::sealed;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::wire::{NewKey, NewOpened, NewSecret, SealedCopy, Secrets};

const COPY_PLAIN_LEN: usize = "# knothole agency 0 epoch 2\n".len() + 78;

fn copy(member: &str, fill: u8) -> SealedCopy {
    SealedCopy { member: member.into(), sealed: STANDARD.encode(sealed(COPY_PLAIN_LEN, fill)) }
}

fn new_key(maker: &str) -> NewKey {
    let name = key_name(0, 2);
    let signature = name.sign_made(&key(maker));
    NewKey { name, signature, copies: vec![copy("mia", 1), copy("ned", 2)] }
}

fn opened(by: &str) -> NewSecret {
    let name = key_name(0, 2);
    let signature = name.sign_opened(&key(by));
    NewSecret::Opened(NewOpened { name, signature })
}

async fn secrets_of(app: &TestApp, id: &str) -> Secrets {
    serde_json::from_slice(&app.person(id).get("/v1/secrets").await.body).unwrap()
}

#[tokio::test]
async fn each_member_gets_their_own_copy_and_nobody_elses() {
    let app = TestApp::new().await;
    let secret = NewSecret::Key(new_key("mia"));
    assert_eq!(app.person("mia").post("/v1/secrets", &secret).await.status, 201);
    assert_eq!(app.person("ned").post("/v1/secrets", &opened("ned")).await.status, 201);
    let ned = secrets_of(&app, "ned").await;
    assert_eq!((ned.keys[0].member.as_str(), &ned.keys[0].key.copies), ("mia", &vec![copy("ned", 2)]));
    assert_eq!(ned.opened[0].member, "ned");
    assert_eq!(secrets_of(&app, "mia").await.keys[0].key.copies, [copy("mia", 1)]);
    let ada = secrets_of(&app, "ada").await;
    assert_eq!((ada.keys.len(), ada.keys[0].key.copies.len(), ada.opened.len()), (1, 0, 1));
    assert_eq!(secrets_of(&app, "pam").await, Secrets::default());
}

#[tokio::test]
async fn what_was_stored_is_never_overwritten() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(new_key("mia"))).await.status, 201);
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(new_key("mia"))).await.status, 200);
    let other = NewKey { copies: vec![copy("mia", 3), copy("ned", 2)], ..new_key("mia") };
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(other)).await.status, 409);
    assert_eq!(secrets_of(&app, "mia").await.keys[0].key.copies, [copy("mia", 1)]);
    assert_eq!(app.person("ned").post("/v1/secrets", &NewSecret::Key(new_key("ned"))).await.status, 201);
}

#[tokio::test]
async fn only_members_of_the_agency_may_store_its_key() {
    let app = TestApp::new().await;
    for id in ["pam", "ada"] {
        assert_eq!(app.person(id).post("/v1/secrets", &NewSecret::Key(new_key(id))).await.status, 403, "{id}");
    }
    assert_eq!(app.person("mia").post("/v1/secrets", &NewSecret::Key(new_key("ned"))).await.status, 422);
}

#[tokio::test]
async fn a_key_that_does_not_fit_the_keyring_is_refused() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let bad_copies = [
        vec![],
        vec![copy("pam", 1)],
        vec![copy("mia", 1), copy("mia", 2)],
        vec![SealedCopy { member: "mia".into(), sealed: STANDARD.encode(b"AGE-SECRET-KEY-PQ-1") }],
    ];
    for copies in bad_copies {
        let secret = NewSecret::Key(NewKey { copies, ..new_key("mia") });
        assert_eq!(mia.post("/v1/secrets", &secret).await.status, 422);
    }
    let name = key_name(0, 3);
    let skipped = NewKey { signature: name.sign_made(&mia.key), name, ..new_key("mia") };
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(skipped)).await.status, 422);
}

#[tokio::test]
async fn nobody_can_say_that_a_key_opened_which_is_not_there() {
    let app = TestApp::new().await;
    assert_eq!(app.person("ned").post("/v1/secrets", &opened("ned")).await.status, 422);
}
