use crate::support::app::TestApp;
use crate::support::http::exchange;
use crate::support::site::{self, following, signed, version_0, version_1};
use knothole::wire::{KeyringChain, MAX_KEYRING_BODY};

#[tokio::test]
async fn version_0_is_taken_from_one_of_its_own_admins_alone() {
    let app = TestApp::empty().await;
    for id in ["mia", "stranger"] {
        assert_eq!(app.person(id).post("/v1/keyring", &version_0()).await.status, 403, "{id}");
    }
    assert_eq!(app.person("ada").post("/v1/keyring", &version_1()).await.status, 409);
    assert_eq!(app.person("ada").post("/v1/keyring", &version_0()).await.status, 201);
}

#[tokio::test]
async fn another_sites_version_0_is_refused() {
    let app = TestApp::empty().await;
    let mut draft = following(&version_0());
    draft.public.version = 0;
    draft.public.previous = None;
    draft.staff.salt = knothole::model::hex::Hex([9; 16]);
    let other = signed(draft, &["ada", "bea"]);
    assert_eq!(app.person("ada").post("/v1/keyring", &other).await.status, 409);
}

#[tokio::test]
async fn the_next_version_is_taken_once_and_a_retry_is_told_so() {
    let app = TestApp::new().await;
    let next = signed(following(&version_1()), &["bea", "cyd"]);
    let ada = app.person("ada");
    assert_eq!(ada.post("/v1/keyring", &next).await.status, 201);
    assert_eq!(ada.post("/v1/keyring", &next).await.status, 200);
}

#[tokio::test]
async fn a_version_that_does_not_follow_or_breaks_a_rule_is_refused() {
    let app = TestApp::new().await;
    let ada = app.person("ada");
    let mut forked = following(&version_0());
    forked.staff.salt = knothole::model::hex::Hex([9; 16]);
    assert_eq!(ada.post("/v1/keyring", &signed(forked, &["ada", "bea"])).await.status, 409);
    assert_eq!(ada.post("/v1/keyring", &version_0()).await.status, 409);
    let too_few = signed(following(&version_1()), &["ada"]);
    assert_eq!(ada.post("/v1/keyring", &too_few).await.status, 422);
    assert_eq!(ada.post("/v1/keyring", &"not a version").await.status, 400);
    assert_eq!(app.person("mia").get("/v1/keyring").await.status, 200);
}

#[tokio::test]
async fn members_do_not_publish() {
    let app = TestApp::new().await;
    let next = signed(following(&version_1()), &["ada", "bea"]);
    assert_eq!(app.person("mia").post("/v1/keyring", &next).await.status, 403);
}

#[tokio::test]
async fn a_version_that_is_too_long_is_refused_by_its_announced_length_and_nothing_changes() {
    let app = TestApp::new().await;
    let ada = app.person("ada");
    let body = vec![b' '; MAX_KEYRING_BODY + 1];
    let whole = ada.sign("POST", "/v1/keyring", &body).to_bytes(&ada.key);
    let head = &whole[..whole.len() - body.len()];
    assert_eq!(exchange(app.running.staff(), head).await.status, 413);
    let chain: KeyringChain = serde_json::from_slice(&ada.get("/v1/keyring?from=0").await.body).unwrap();
    assert_eq!(chain.versions.len(), 2);
}

#[tokio::test]
async fn the_chain_comes_as_it_was_published() {
    let app = TestApp::new().await;
    for person in ["mia", "ada"] {
        let answer = app.person(person).get("/v1/keyring?from=0").await;
        let chain: KeyringChain = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(chain.versions, [version_0(), version_1()]);
    }
    let rest: KeyringChain = serde_json::from_slice(&app.person("mia").get("/v1/keyring?from=1").await.body).unwrap();
    assert_eq!(rest.versions, [version_1()]);
}

#[tokio::test]
async fn a_founder_sees_that_there_is_nothing_and_no_more() {
    let app = TestApp::empty().await;
    let founder = app.person("ada");
    assert_eq!(founder.get("/v1/keyring?from=0").await.text(), r#"{"versions":[]}"#);
    assert_eq!(founder.get("/v1/tips").await.status, 403);
    assert_eq!(founder.get("/v1/secrets").await.status, 403);
}

#[tokio::test]
async fn two_servers_on_one_store_know_of_each_others_versions() {
    let app = TestApp::new().await;
    let other = crate::support::app::second_server(&app).await;
    let next = signed(following(&version_1()), &["ada", "bea"]);
    assert_eq!(app.person("ada").post("/v1/keyring", &next).await.status, 201);
    let mut mia = app.person("mia");
    mia.door = other.staff().clone();
    assert_eq!(mia.get("/v1/keyring?from=2").await.text().matches("signatures").count(), 1);
    let mut ada = app.person("ada");
    ada.door = other.staff().clone();
    assert_eq!(ada.post("/v1/keyring", &next).await.status, 200);
}

#[tokio::test]
async fn a_server_does_not_start_on_another_sites_store() {
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let outcome = crate::support::app::start_for(app.dir.path(), site::key("x").to_bytes()).await;
    assert!(outcome.err().unwrap().to_string().contains("another site"));
}
