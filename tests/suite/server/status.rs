//! What an admin is told of a site, and that nobody could find a tip by it.

use crate::support::app::{NOW, TestApp};
use crate::support::site::{genesis, give_key, key};
use crate::support::tip::TipParts;
use knothole::crypto::statement::{HasRead, Statement as _};
use knothole::model::day::Day;
use knothole::store::pause::{self, Pause};
use knothole::wire::{Amount, Paused, ReadReport, SiteStatus};

const DAY: u64 = 86_400;

async fn status(app: &TestApp) -> SiteStatus {
    serde_json::from_slice(&app.person("bea").get("/v1/status").await.body).unwrap()
}

#[tokio::test]
async fn only_admins_are_told_how_the_site_is() {
    let app = TestApp::new().await;
    let answers = [app.person("mia").get("/v1/status").await, app.person("ada").get("/v1/status").await];
    assert_eq!(answers.map(|answer| answer.status), [403, 200]);
    let empty = TestApp::empty().await;
    assert_eq!(empty.person("ada").get("/v1/status").await.status, 403, "there is nothing to say yet");
}

#[tokio::test]
async fn one_more_tip_of_whomever_on_whichever_day_of_the_week_changes_nothing_of_it() {
    let app = TestApp::new().await;
    assert_eq!((status(&app).await.tips, status(&app).await.had_tip_this_week), (Amount::None, false));
    app.put(TipParts::new(1)).await;
    let one = app.person("bea").get("/v1/status").await.body;
    for seed in 2..6 {
        app.put(TipParts::new(seed)).await;
    }
    let more = app.person("bea").get("/v1/status").await.body;
    assert_eq!(String::from_utf8_lossy(&one), String::from_utf8_lossy(&more));
    let app = app.again_at(NOW + 6 * DAY).await;
    assert!(status(&app).await.had_tip_this_week);
    let app = app.again_at(NOW + 7 * DAY).await;
    let later = status(&app).await;
    assert_eq!((later.tips, later.had_tip_this_week), (Amount::Under100, false));
}

#[tokio::test]
async fn a_key_that_is_new_leaves_capsules_to_be_sealed_again_for_its_agency_alone() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    app.publish(|draft| give_key(draft, 1, "pam", "quin")).await;
    let agencies = status(&app).await.agencies;
    let waiting: Vec<_> = agencies.iter().map(|agency| (agency.agency.0, agency.to_reseal, agency.to_check)).collect();
    assert_eq!(waiting, [(0, Amount::None, Amount::None), (1, Amount::Under100, Amount::None)]);
}

#[tokio::test]
async fn a_closed_form_and_the_day_on_which_an_agency_last_read_are_said() {
    let app = TestApp::new().await;
    let today = Day::from_epoch_days(i32::try_from(NOW / DAY).unwrap()).unwrap();
    let said = HasRead { site: genesis(), member: "pam".into(), tips: 0, notices: 0, day: today };
    let report = ReadReport { tips: 0, notices: 0, day: today, signature: said.sign(&key("pam")) };
    assert_eq!(app.person("pam").post("/v1/read", &report).await.status, 200);
    pause::close(app.dir.path(), Pause { until: Some(today) }).unwrap();
    let now = status(&app).await;
    assert_eq!(now.agencies.iter().map(|agency| agency.read).collect::<Vec<_>>(), [None, Some(today)]);
    assert_eq!(now.paused, Some(Paused { until: Some(today) }));
    assert!(now.disk_free <= 100);
}
