use crate::support::app::TestApp;
use crate::support::site::{key, key_name, recipient};
use crate::support::tip::sealed;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::keyring::AgencyKeyName;
use knothole::wire::{MAX_KEYS_OF_AUTHOR, NewKey, NewOpened, NewSecret, SealedCopy, Secrets};

const COPY_PLAIN_LEN: usize = "# knothole agency 0 epoch 2\n".len() + 78;

fn copy(member: &str, fill: u8) -> SealedCopy {
    SealedCopy { member: member.into(), sealed: STANDARD.encode(sealed(COPY_PLAIN_LEN, fill)) }
}

fn new_key(maker: &str) -> NewKey {
    named_key(maker, key_name(0, 2))
}

fn named_key(maker: &str, name: AgencyKeyName) -> NewKey {
    made_for(&["mia", "ned"], maker, name)
}

/// Such a key with copies for others.
fn made_for(readers: &[&str], maker: &str, name: AgencyKeyName) -> NewKey {
    let sealed_to: Vec<_> = readers.iter().copied().map(str::to_owned).collect();
    let signature = name.sign_made(&sealed_to, &key(maker));
    NewKey { name, sealed_to, signature, copies: readers.iter().zip(1..).map(|(id, fill)| copy(id, fill)).collect() }
}

/// Another key of the next epoch.
fn other_name(number: i64) -> AgencyKeyName {
    AgencyKeyName { recipient: recipient(&format!("other {number}")), ..key_name(0, 2) }
}

fn opened(by: &str) -> NewSecret {
    named_opened(by, key_name(0, 2))
}

fn named_opened(by: &str, name: AgencyKeyName) -> NewSecret {
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
async fn copies_must_be_for_each_reader_of_the_agency_and_for_nobody_else() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let bad_copies = [
        vec![],
        vec![copy("mia", 1)],
        vec![copy("mia", 1), copy("ned", 2), copy("pam", 3)],
        vec![copy("mia", 1), copy("ned", 2), copy("ned", 3)],
        vec![copy("mia", 1), SealedCopy { member: "ned".into(), sealed: STANDARD.encode(b"AGE-SECRET-KEY-PQ-1") }],
    ];
    for copies in bad_copies {
        let secret = NewSecret::Key(NewKey { copies, ..new_key("mia") });
        assert_eq!(mia.post("/v1/secrets", &secret).await.status, 422);
    }
    app.publish(|draft| draft.staff.members[1].roles.clear()).await;
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(new_key("mia"))).await.status, 422);
    let secret = NewSecret::Key(made_for(&["mia"], "mia", key_name(0, 2)));
    assert_eq!(app.person("ned").post("/v1/secrets", &secret).await.status, 403);
    assert_eq!(mia.post("/v1/secrets", &secret).await.status, 201);
}

#[tokio::test]
async fn whoever_makes_a_key_signs_for_whom_they_made_it_and_that_is_told_to_all() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let copies = vec![copy("mia", 1), copy("ned", 2)];
    for said in [&["mia"][..], &["mia", "ned", "pam"], &["ned", "mia"], &[]] {
        let secret = NewKey { copies: copies.clone(), ..made_for(said, "mia", key_name(0, 2)) };
        assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(secret)).await.status, 422, "{said:?}");
    }
    let unsigned = NewKey { sealed_to: vec!["mia".into(), "ned".into()], ..made_for(&["mia"], "mia", key_name(0, 2)) };
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(NewKey { copies, ..unsigned })).await.status, 422);
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(new_key("mia"))).await.status, 201);
    for id in ["ned", "ada"] {
        assert_eq!(secrets_of(&app, id).await.keys[0].key.sealed_to, ["mia", "ned"], "{id}");
    }
}

#[tokio::test]
async fn who_made_as_many_keys_as_anyone_may_can_make_another_once_one_of_their_readers_is_out() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    for number in 1..=MAX_KEYS_OF_AUTHOR {
        let secret = NewSecret::Key(named_key("mia", other_name(number)));
        assert_eq!(mia.post("/v1/secrets", &secret).await.status, 201);
    }
    app.publish(|draft| draft.staff.members[1].roles.clear()).await;
    let secret = NewSecret::Key(made_for(&["mia"], "mia", key_name(0, 2)));
    assert_eq!(mia.post("/v1/secrets", &secret).await.status, 201);
}

#[tokio::test]
async fn a_key_that_the_keyring_names_is_taken_again_and_no_other_of_its_epoch() {
    let app = TestApp::new().await;
    let again = NewSecret::Key(named_key("ned", key_name(0, 1)));
    assert_eq!(app.person("ned").post("/v1/secrets", &again).await.status, 201);
    assert_eq!(app.person("ned").post("/v1/secrets", &again).await.status, 200);
    let other = AgencyKeyName { recipient: recipient("other"), ..key_name(0, 1) };
    assert_eq!(app.person("ned").post("/v1/secrets", &NewSecret::Key(named_key("ned", other))).await.status, 422);
    assert_eq!(app.person("pam").post("/v1/secrets", &again).await.status, 403);
}

#[tokio::test]
async fn a_key_that_nobody_named_is_taken_for_the_next_epoch_only() {
    let app = TestApp::new().await;
    for (epoch, status) in [(0, 422), (2, 201), (3, 422)] {
        let secret = NewSecret::Key(named_key("mia", key_name(0, epoch)));
        assert_eq!(app.person("mia").post("/v1/secrets", &secret).await.status, status, "epoch {epoch}");
    }
}

#[tokio::test]
async fn a_key_that_an_agency_used_before_is_no_next_key() {
    let app = TestApp::new().await;
    for (agency, epoch) in [(0, 1), (1, 1)] {
        let again = AgencyKeyName { recipient: key_name(agency, epoch).recipient, ..key_name(0, 2) };
        let secret = NewSecret::Key(named_key("mia", again));
        assert_eq!(app.person("mia").post("/v1/secrets", &secret).await.status, 422, "that of agency {agency}");
    }
}

#[tokio::test]
async fn a_key_whose_recipient_is_none_is_refused() {
    let app = TestApp::new().await;
    for recipient in ["not-a-recipient", "", "age1pq1", &key_name(0, 2).recipient.to_uppercase()] {
        let name = AgencyKeyName { recipient: recipient.into(), ..key_name(0, 2) };
        let secret = NewSecret::Key(named_key("mia", name));
        assert_eq!(app.person("mia").post("/v1/secrets", &secret).await.status, 422, "{recipient}");
    }
}

#[tokio::test]
async fn whoever_made_a_bad_key_can_make_another_and_nobody_can_make_them_without_end() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    for number in 1..=MAX_KEYS_OF_AUTHOR {
        let secret = NewSecret::Key(named_key("mia", other_name(number)));
        assert_eq!(mia.post("/v1/secrets", &secret).await.status, 201);
    }
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(new_key("mia"))).await.status, 409);
    assert_eq!(mia.post("/v1/secrets", &NewSecret::Key(named_key("mia", other_name(1)))).await.status, 200);
    assert_eq!(app.person("ned").post("/v1/secrets", &NewSecret::Key(new_key("ned"))).await.status, 201);
    assert_eq!(secrets_of(&app, "mia").await.keys.len(), 4);
}

#[tokio::test]
async fn a_word_about_one_key_leaves_room_for_a_word_about_another() {
    let app = TestApp::new().await;
    for (maker, name) in [("mia", key_name(0, 2)), ("mia", other_name(1))] {
        assert_eq!(
            app.person(maker).post("/v1/secrets", &NewSecret::Key(named_key(maker, name.clone()))).await.status,
            201
        );
        assert_eq!(app.person("ned").post("/v1/secrets", &named_opened("ned", name)).await.status, 201);
    }
    let said: Vec<_> = secrets_of(&app, "ada").await.opened.into_iter().map(|said| said.member).collect();
    assert_eq!(said, ["ned", "ned"]);
}

#[tokio::test]
async fn nobody_can_say_that_a_key_opened_which_is_not_there() {
    let app = TestApp::new().await;
    assert_eq!(app.person("ned").post("/v1/secrets", &opened("ned")).await.status, 422);
}
