use crate::support::app::TestApp;
use crate::support::tip::TipParts;
use knothole::model::hex::Hex;
use knothole::wire::{KeepTokens, MAX_KEEP_TOKENS};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

fn tokens_of(seeds: &[u8]) -> KeepTokens {
    KeepTokens { tokens: seeds.iter().map(|seed| Hex(TipParts::new(*seed).custody_token().0)).collect() }
}

/// The flags of all tips as whoever takes the database finds them, by their place.
async fn flags(app: &TestApp) -> Vec<i64> {
    let options = SqliteConnectOptions::new().filename(app.dir.path().join("knothole.db")).read_only(true);
    let mut database = options.connect().await.unwrap();
    sqlx::query_scalar("select kept from tip order by seq").fetch_all(&mut database).await.unwrap()
}

#[tokio::test]
async fn tips_whose_tokens_are_shown_are_flagged_and_stay_so() {
    let app = TestApp::new().await;
    for seed in 1..=3 {
        app.put(TipParts::new(seed)).await;
    }
    assert_eq!(flags(&app).await, [0, 0, 0]);
    for member in ["mia", "pam"] {
        assert_eq!(app.person(member).post("/v1/keep", &tokens_of(&[3, 1])).await.status, 200);
        assert_eq!(flags(&app).await, [1, 0, 1]);
    }
}

#[tokio::test]
async fn the_answer_is_the_same_whatever_the_tokens_are() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    let mia = app.person("mia");
    let mut answers = Vec::new();
    for tokens in [&[][..], &[9], &[1], &[1], &[1, 1, 9]] {
        answers.push(mia.post("/v1/keep", &tokens_of(tokens)).await);
    }
    assert_eq!((answers[0].status, answers[0].text()), (200, "{}"));
    assert_eq!(answers[0].header("content-type"), "application/json");
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(flags(&app).await, [1]);
}

#[tokio::test]
async fn the_id_alone_flags_nothing() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    let ids = KeepTokens { tokens: vec![Hex(tip.id().0)] };
    assert_eq!(app.person("mia").post("/v1/keep", &ids).await.status, 200);
    assert_eq!(flags(&app).await, [0]);
}

#[tokio::test]
async fn only_readers_flag() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    app.publish(|draft| draft.staff.members[1].roles.clear()).await;
    for person in ["ada", "ned"] {
        assert_eq!(app.person(person).post("/v1/keep", &tokens_of(&[1])).await.status, 403, "{person}");
    }
    assert_eq!(app.person("nobody").post("/v1/keep", &tokens_of(&[1])).await.status, 401);
    assert_eq!(flags(&app).await, [0]);
}

#[tokio::test]
async fn more_tokens_than_a_batch_holds_or_no_tokens_at_all_are_refused() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let full = KeepTokens { tokens: vec![Hex([1; 32]); MAX_KEEP_TOKENS] };
    assert_eq!(mia.post("/v1/keep", &full).await.status, 200);
    let one_more = KeepTokens { tokens: vec![Hex([1; 32]); MAX_KEEP_TOKENS + 1] };
    assert_eq!(mia.post("/v1/keep", &one_more).await.status, 413);
    for body in [r#"{"tokens":["00"]}"#, r#"{"tokens":[],"by":"mia"}"#, "[]", ""] {
        let signed = mia.sign("POST", "/v1/keep", body.as_bytes());
        assert_eq!(mia.send(&signed).await.status, 400, "{body}");
    }
    assert_eq!(mia.get("/v1/keep").await.status, 405);
}
