//! The form is closed for a while by those who run the site, while its server runs: sources hear whom to call, staff can work.

use crate::support::app::{NOW, TestApp, settings};
use crate::support::http::{Answer, exchange, request};
use crate::support::tip::TipParts;
use knothole::check::{self, Status};
use knothole::clock::FixedClock;
use knothole::store::pause::{self, Pause};
use std::process::{Command, Output};

const OPEN: &str = "<textarea";
const WHEN: &str = "We hope to take them again on 2026\u{2011}12\u{2011}01.";

fn close(app: &TestApp, until: Option<&str>) {
    pause::close(app.dir.path(), Pause { until: until.map(|day| day.parse().unwrap()) }).unwrap();
}

async fn post_file(app: &TestApp, tip: TipParts) -> Answer {
    let head = "--b\r\nContent-Disposition: form-data; name=\"tip\"; filename=\"form.tar\"\r\n\r\n";
    let body = [head.as_bytes(), &tip.body(), b"\r\n--b--\r\n"].concat();
    let kind = [("content-type", "multipart/form-data; boundary=b")];
    exchange(app.running.public(), &request("POST", "/sealed", &kind, &body)).await
}

#[tokio::test]
async fn a_form_that_is_closed_says_whom_to_call_first_and_when_to_come_back_and_opens_again() {
    let app = TestApp::new().await;
    assert!(app.get("/").await.text().contains(OPEN));
    close(&app, Some("2026-12-01"));
    for path in ["/", "/en"] {
        let closed = app.get(path).await;
        let at = |text: &str| closed.text().find(text).unwrap_or_else(|| panic!("{text} in {}", closed.text()));
        assert!(at("call 911") < at("1-888-373-7888") && at("1-888-373-7888") < at(WHEN));
        assert!(
            !closed.text().contains(OPEN) && !closed.text().contains("<script") && !closed.text().contains("<form")
        );
        assert!(closed.header("content-security-policy").contains("form-action 'none'"));
    }
    assert_eq!(app.get("/en/offline").await.status, 404);
    close(&app, None);
    assert!(!app.get("/").await.text().contains("again on"));
    assert!(pause::open(app.dir.path()).unwrap());
    assert!(app.get("/").await.text().contains(OPEN));
}

#[tokio::test]
async fn nothing_new_is_taken_and_what_was_stored_before_is_still_said_to_be() {
    let app = TestApp::new().await;
    assert_eq!(app.put(TipParts::new(1)).await.status, 201);
    close(&app, None);
    let refused = app.put(TipParts::new(2)).await;
    assert_eq!((refused.status, refused.text()), (503, "closed for a while: nothing was stored\n"));
    assert_eq!(refused.header("retry-after"), "3600");
    assert_eq!(app.put(TipParts::new(1)).await.status, 200);
    let file = post_file(&app, TipParts::new(2)).await;
    assert_eq!(file.status, 503);
    assert!(file.text().contains("You still have your file.") && file.text().contains("1-888-373-7888"));
    pause::open(app.dir.path()).unwrap();
    assert_eq!(app.put(TipParts::new(2)).await.status, 201);
}

#[tokio::test]
async fn staff_work_on_while_the_form_is_closed() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    close(&app, None);
    let mia = app.person("mia");
    assert_eq!(mia.get("/v1/tips?after=0").await.status, 200);
    let facts = TipParts::new(3);
    let put = mia.send(&mia.sign("PUT", &format!("/v1/tips/{}", facts.id()), &facts.body())).await;
    assert_eq!(put.status, 201, "{}", put.text());
}

#[tokio::test]
async fn a_check_says_that_the_form_is_closed_and_that_the_day_to_come_back_has_passed() {
    let app = TestApp::new().await;
    let found = async |now| {
        let report = check::run(&settings(app.dir.path()), &FixedClock(now), true).await;
        report.checks.into_iter().find(|finding| finding.name == "pause")
    };
    assert_eq!(found(NOW).await, None);
    close(&app, Some("2026-12-01"));
    let closed = found(NOW).await.unwrap();
    assert!(closed.status == Status::Warn && closed.text.contains("come back on 2026-12-01"), "{closed:?}");
    let late = found(NOW + 8 * 86_400).await.unwrap();
    assert!(late.status == Status::Fail && late.text.contains("2026-12-01, has come"), "{late:?}");
}

#[tokio::test]
async fn the_program_closes_and_opens_the_form_and_refuses_a_day_that_has_passed() {
    let app = TestApp::new().await;
    let genesis = crate::support::site::genesis().to_string();
    let run = |words: &[&str]| -> Output {
        let data = ["--data", app.dir.path().to_str().unwrap(), "--genesis", &genesis];
        Command::new(env!("CARGO_BIN_EXE_knothole")).args([words, &data].concat()).env_clear().output().unwrap()
    };
    let past = run(&["pause", "--until", "2020-01-01"]);
    assert!(!past.status.success() && String::from_utf8_lossy(&past.stderr).contains("is not after today"));
    assert!(app.get("/").await.text().contains(OPEN));
    assert!(run(&["pause", "--until", "2999-01-01"]).status.success());
    assert!(app.get("/").await.text().contains("2999\u{2011}01\u{2011}01"));
    assert_eq!(run(&["resume"]).stdout, b"the form is open\n");
    assert_eq!(run(&["resume"]).stdout, b"the form was not paused\n");
    assert!(app.get("/").await.text().contains(OPEN));
}
