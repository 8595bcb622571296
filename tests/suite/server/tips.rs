use crate::support::app::TestApp;
use crate::support::tip::TipParts;

#[tokio::test]
async fn every_member_gets_every_tip_with_the_capsule_of_their_own_agency() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    app.put(tip).await;
    for (member, agency) in [("mia", 0), ("ned", 0), ("pam", 1)] {
        let (tips, end) = app.person(member).tips(0).await;
        assert_eq!((tips.len(), end), (1, 1));
        assert_eq!((tips[0].line.seq, tips[0].line.id, tips[0].line.keyring), (1, tip.id(), 1));
        assert_eq!(tips[0].line.day.to_string(), "2026-11-24");
        assert_eq!(tips[0].letter, tip.letter());
        assert_eq!(tips[0].capsule, tip.capsule(agency));
    }
}

#[tokio::test]
async fn the_list_goes_on_after_what_was_seen() {
    let app = TestApp::new().await;
    for seed in 1..=3 {
        app.put(TipParts::new(seed)).await;
    }
    let (tips, end) = app.person("mia").tips(1).await;
    assert_eq!(tips.iter().map(|tip| tip.line.seq).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(end, 3);
    assert_eq!(app.person("mia").tips(3).await, (vec![], 3));
}

#[tokio::test]
async fn a_list_ends_with_how_many_tips_there_were_whatever_was_asked_for() {
    let app = TestApp::new().await;
    for (after, end) in [(0, 0), (7, 0)] {
        assert_eq!(app.person("mia").tips(after).await, (vec![], end));
    }
    app.put(TipParts::new(1)).await;
    for after in [1, 2, u64::MAX] {
        assert_eq!(app.person("mia").tips(after).await, (vec![], 1));
    }
}

#[tokio::test]
async fn a_list_longer_than_a_page_comes_whole() {
    let app = TestApp::new().await;
    for seed in 1..=9 {
        let large = TipParts { letter_plain_len: 262_144, ..TipParts::new(seed) };
        assert_eq!(app.put(large).await.status, 201);
    }
    let (tips, end) = app.person("pam").tips(0).await;
    assert_eq!(tips.iter().map(|tip| tip.line.seq).collect::<Vec<_>>(), (1..=9).collect::<Vec<_>>());
    assert_eq!(end, 9);
}

#[tokio::test]
async fn a_tip_older_than_the_agency_comes_without_a_capsule() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    app.publish_third_agency().await;
    let (tips, _) = app.person("rae").tips(0).await;
    assert_eq!((tips[0].line.capsule, tips[0].capsule.len()), (0, 0));
}

#[tokio::test]
async fn admins_get_no_tips() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    let answer = app.person("ada").get("/v1/tips?after=0").await;
    assert_eq!((answer.status, answer.text()), (403, "not for you to do\n"));
}

#[tokio::test]
async fn a_member_who_is_no_reader_gets_no_tips() {
    let app = TestApp::new().await;
    assert_eq!(app.person("ned").get("/v1/tips").await.status, 200);
    app.publish(|draft| draft.staff.members[1].roles.clear()).await;
    assert_eq!(app.person("ned").get("/v1/tips").await.status, 403);
}

#[tokio::test]
async fn a_cursor_that_is_no_number_is_refused() {
    let app = TestApp::new().await;
    for query in
        ["after=", "after=-1", "after=+1", "after=x", "after=1&after=2", "from=1", "after=99999999999999999999"]
    {
        assert_eq!(app.person("mia").get(&format!("/v1/tips?{query}")).await.status, 400, "{query}");
    }
    assert_eq!(app.person("mia").get("/v1/tips").await.status, 200);
}
