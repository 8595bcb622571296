//! What the staff door takes and gives of canaries: each agency's own word, signed, once, for a month.

use crate::support::app::{NOW, TestApp};
use crate::support::site::{genesis, key};
use knothole::crypto::statement::{CanaryOpened, Statement as _};
use knothole::model::agency::AgencyNumber;
use knothole::model::day::Day;
use knothole::model::hex::Hex;
use knothole::wire::{Canaries, CanaryWord};

const DAY: u64 = 86_400;

fn today(now: u64) -> Day {
    Day::from_epoch_days(i32::try_from(now / DAY).unwrap()).unwrap()
}

fn word(member: &str, agency: u16, seed: u8, day: Day) -> CanaryWord {
    let canary = Hex([seed; 32]);
    let said = CanaryOpened { site: genesis(), canary, agency: AgencyNumber(agency), member: member.into(), day };
    CanaryWord { canary, day, signature: said.sign(&key(member)) }
}

async fn says(app: &TestApp, member: &str, word: &CanaryWord) -> u16 {
    app.person(member).post("/v1/canaries", word).await.status
}

async fn list(app: &TestApp, who: &str) -> Vec<(String, u16, u8)> {
    let answer = app.person(who).get("/v1/canaries").await;
    let Canaries { opened } = serde_json::from_slice(&answer.body).unwrap();
    opened.into_iter().map(|record| (record.member, record.agency.0, record.word.canary.0[0])).collect()
}

#[tokio::test]
async fn the_first_word_of_each_agency_is_kept_and_shown_to_members_and_admins() {
    let app = TestApp::new().await;
    let day = today(NOW);
    assert_eq!(says(&app, "mia", &word("mia", 0, 1, day)).await, 201);
    assert_eq!(says(&app, "mia", &word("mia", 0, 1, day)).await, 200);
    assert_eq!(says(&app, "ned", &word("ned", 0, 1, day)).await, 200, "their agency has said so");
    assert_eq!(says(&app, "pam", &word("pam", 1, 1, day)).await, 201);
    for who in ["ada", "quin"] {
        assert_eq!(list(&app, who).await, [("mia".to_owned(), 0, 1), ("pam".to_owned(), 1, 1)]);
    }
}

#[tokio::test]
async fn nobody_speaks_for_another_or_for_another_day() {
    let app = TestApp::new().await;
    let day = today(NOW);
    assert_eq!(says(&app, "ada", &word("ada", 0, 1, day)).await, 403, "admins read nothing");
    assert_eq!(says(&app, "mia", &word("mia", 1, 1, day)).await, 422, "another agency");
    assert_eq!(says(&app, "mia", &word("pam", 0, 1, day)).await, 422, "another's signature");
    assert_eq!(says(&app, "mia", &word("mia", 0, 1, day.plus(2))).await, 422);
    let changed = CanaryWord { canary: Hex([2; 32]), ..word("mia", 0, 1, day) };
    assert_eq!(says(&app, "mia", &changed).await, 422);
    assert_eq!(list(&app, "ada").await, []);
}

#[tokio::test]
async fn a_word_is_forgotten_after_a_month() {
    let app = TestApp::new().await;
    assert_eq!(says(&app, "mia", &word("mia", 0, 1, today(NOW))).await, 201);
    let later = NOW + 31 * DAY;
    let app = app.again_at(later).await;
    assert_eq!(says(&app, "mia", &word("mia", 0, 2, today(later))).await, 201);
    assert_eq!(list(&app, "ada").await, [("mia".to_owned(), 0, 2)]);
}
