//! `knothole check`: in this process where the clock must stand still, as a program where its exit code counts.

use crate::support::app::{NOW, TestApp, data_dir, settings};
use crate::support::site;
use crate::support::tip::TipParts;
use knothole::check::{Finding, Report, Status, run};
use knothole::clock::FixedClock;
use knothole::crypto::keyring::{Draft, Words};
use knothole::http::page::{Choices, manifest};
use knothole::http::serve::Settings;
use knothole::model::hex::Hex;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const DAY: u64 = 86_400;
/// The last day of the test site's keyring.
const LAST_DAY: u64 = NOW + 69 * DAY;

async fn report(dir: &Path, now: u64) -> Report {
    run(&settings(dir), &FixedClock(now), true).await
}

fn finding<'a>(report: &'a Report, name: &str) -> &'a Finding {
    report.checks.iter().find(|finding| finding.name == name).unwrap()
}

#[tokio::test]
async fn a_site_that_is_well_is_well_while_its_server_runs() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    let report = report(app.dir.path(), NOW).await;
    let names: Vec<_> = report.checks.iter().map(|finding| finding.name).collect();
    assert_eq!(names, ["data directory", "core dumps", "disk", "schema", "keyring", "languages", "page", "clock"]);
    for name in ["data directory", "core dumps", "schema", "keyring", "languages", "clock"] {
        assert_eq!(finding(&report, name).status, Status::Ok, "{:?}", finding(&report, name));
    }
    assert_eq!(finding(&report, "keyring").text, "version 1, 69 days left");
    assert_eq!(app.put(TipParts::new(2)).await.status, 201);
}

#[tokio::test]
async fn a_page_that_nobody_signed_or_that_is_not_the_signed_one_is_told() {
    let app = TestApp::new().await;
    let page = async || finding(&report(app.dir.path(), NOW).await, "page").clone();
    let unsigned = page().await;
    assert!(unsigned.status == Status::Warn && unsigned.text.contains("signed none"), "{unsigned:?}");
    let sign = |draft: &mut Draft, change: fn(&mut Draft)| {
        draft.public.pages = manifest(&draft.clone().freeze().read().unwrap(), Choices::default()).unwrap();
        change(draft);
    };
    app.publish(|draft| sign(draft, |_| {})).await;
    let signed = page().await;
    assert!(signed.status == Status::Ok && signed.text.ends_with("with version 2"), "{signed:?}");
    let other = TestApp::new().await;
    other.publish(|draft| sign(draft, |draft| draft.public.pages.get_mut("en").unwrap().script = Hex([9; 32]))).await;
    let other = report(other.dir.path(), NOW).await;
    assert_eq!((other.status, finding(&other, "page").status), (Status::Fail, Status::Fail));
    assert!(finding(&other, "page").text.ends_with("version 2: en"), "{:?}", finding(&other, "page"));
}

#[tokio::test]
async fn a_check_after_the_server_stopped_leaves_the_site_as_it_was() {
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let before = report(app.dir.path(), NOW).await;
    assert_eq!(finding(&before, "keyring").status, Status::Ok);
    assert_eq!(report(app.dir.path(), NOW).await, before);
    let again = TestApp::on(app.dir, NOW).await;
    assert_eq!(again.put(TipParts::new(1)).await.status, 201);
}

#[tokio::test]
async fn the_days_that_a_keyring_has_left_are_counted_with_more_weight_each_time() {
    let app = TestApp::new().await;
    for (left, status, text) in [
        (31, Status::Ok, "31 days left"),
        (30, Status::Warn, "30 days left (warned at 30)"),
        (15, Status::Warn, "15 days left (warned at 30)"),
        (14, Status::Warn, "14 days left (warned at 14)"),
        (7, Status::Warn, "7 days left (warned at 7)"),
        (1, Status::Warn, "1 day left (warned at 1)"),
        (0, Status::Warn, "0 days left (warned at 1)"),
    ] {
        let report = report(app.dir.path(), LAST_DAY - left * DAY).await;
        let keyring = finding(&report, "keyring");
        assert_eq!((keyring.status, &keyring.text), (status, &format!("version 1, {text}")));
    }
    let expired = report(app.dir.path(), LAST_DAY + 2 * DAY).await;
    assert_eq!((expired.status, finding(&expired, "keyring").status), (Status::Fail, Status::Fail));
    assert!(finding(&expired, "keyring").text.starts_with("version 1 expired 2 days ago"));
}

#[tokio::test]
async fn a_keyring_that_is_not_there_or_offers_nobody_or_is_not_this_sites_is_told() {
    let app = TestApp::empty().await;
    let keyring = |report: &Report| (finding(report, "keyring").status, finding(report, "keyring").text.clone());
    assert_eq!(keyring(&report(app.dir.path(), NOW).await), (Status::Warn, "none yet: the form is closed".into()));
    assert_eq!(app.person("ada").post("/v1/keyring", &site::version_0()).await.status, 201);
    let no_keys = keyring(&report(app.dir.path(), NOW).await);
    assert!(no_keys.0 == Status::Warn && no_keys.1.contains("the form is closed"), "{no_keys:?}");
    let other = Settings { genesis: Hex([9; 32]), ..settings(app.dir.path()) };
    assert_eq!(keyring(&run(&other, &FixedClock(NOW), true).await).0, Status::Fail);
}

#[tokio::test]
async fn a_language_that_nobody_reviewed_is_called_a_draft_and_loudly_when_sources_are_shown_it() {
    let app = TestApp::new().await;
    app.publish(|draft| draft.words.get_mut("en").unwrap().review = None).await;
    let hidden = report(app.dir.path(), NOW).await;
    let text = "none; en is a draft: nobody has reviewed it; the form is closed";
    assert_eq!(
        (finding(&hidden, "languages").status, finding(&hidden, "languages").text.as_str()),
        (Status::Warn, text)
    );
    let drafts = Settings { shows_drafts: true, ..settings(app.dir.path()) };
    let shown = run(&drafts, &FixedClock(NOW), true).await;
    assert_eq!(finding(&shown, "languages").status, Status::Fail);
    assert!(finding(&shown, "languages").text.starts_with("SOURCES ARE SHOWN DRAFTS that nobody has reviewed: en; "));
}

#[tokio::test]
async fn a_language_that_lacks_an_agency_or_is_not_spoken_is_told() {
    let app = TestApp::new().await;
    app.publish(|draft| {
        site::add_third_agency(draft);
        let xx = Words { lang: "xx".into(), ..draft.words["en"].clone() };
        draft.words.insert("xx".into(), xx);
    })
    .await;
    let report = report(app.dir.path(), NOW).await;
    let text = "en; en does not name agency 2, so it is not offered there; xx: this version does not speak it";
    assert_eq!(
        (finding(&report, "languages").status, finding(&report, "languages").text.as_str()),
        (Status::Warn, text)
    );
}

#[tokio::test]
async fn a_clock_that_stands_before_the_newest_tip_is_wrong() {
    let app = TestApp::new().await;
    app.put(TipParts::new(1)).await;
    let report = report(app.dir.path(), NOW - DAY).await;
    let clock = finding(&report, "clock");
    assert_eq!((clock.status, clock.text.as_str()), (Status::Fail, "it is 2026-11-23, and a tip came on 2026-11-24"));
}

#[tokio::test]
async fn what_others_on_the_machine_can_read_is_named() {
    let app = TestApp::new().await;
    let database = app.dir.path().join("knothole.db");
    std::fs::set_permissions(&database, Permissions::from_mode(0o644)).unwrap();
    let report = report(app.dir.path(), NOW).await;
    let data = finding(&report, "data directory");
    assert_eq!((data.status, data.text.contains("knothole.db is open to other users")), (Status::Fail, true));
    assert_eq!(report.checks.len(), 2, "nothing is opened that others may have changed");
}

#[tokio::test]
async fn a_server_that_was_never_started_lacks_its_folder_and_a_new_one_its_schema() {
    let dir = data_dir();
    let missing = report(&dir.path().join("nowhere"), NOW).await;
    assert_eq!((missing.status, finding(&missing, "data directory").status), (Status::Fail, Status::Fail));
    let fresh = report(dir.path(), NOW).await;
    assert_eq!(finding(&fresh, "schema").status, Status::Warn);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "a check makes no file");
}

#[tokio::test]
async fn core_dumps_that_this_account_may_leave_are_a_warning() {
    let app = TestApp::new().await;
    let report = run(&settings(app.dir.path()), &FixedClock(NOW), false).await;
    assert_eq!(finding(&report, "core dumps").status, Status::Warn);
}

fn knothole_check(limit: &str, data: &Path, more: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_knothole");
    Command::new("sh")
        .args(["-c", &format!("ulimit -S -c {limit}; exec \"$@\""), "sh", program, "check", "--data"])
        .arg(data)
        .args(["--genesis", &site::genesis().to_string()])
        .args(more)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[tokio::test]
async fn the_exit_code_is_that_of_the_worst_finding() {
    // The program asks the machine's clock, whatever that says.
    let app = TestApp::new().await;
    let signed = |draft: &mut Draft| {
        draft.public.expires = site::day("2999-12-31");
        draft.public.pages = manifest(&draft.clone().freeze().read().unwrap(), Choices::default()).unwrap();
    };
    app.publish(signed).await;
    let dir = &app.dir;
    let well = knothole_check("0", dir.path(), &[]);
    let text = String::from_utf8(well.stdout).unwrap();
    assert!(text.starts_with("ok    data directory: "), "{text}");
    assert!(text.contains("\nok    core dumps: off for this account\n"), "{text}");
    // The disk of the machine that tests may be nearly full: no other finding is more than well here.
    let worst = if text.contains("\nfail  disk: ") { 2 } else { i32::from(text.contains("\nwarn  disk: ")) };
    assert_eq!(well.status.code(), Some(worst), "{text}");
    let other = knothole_check("0", dir.path(), &["--genesis-of-nobody"]);
    assert_eq!(other.status.code(), Some(2));
    std::fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
    let open = knothole_check("0", dir.path(), &["--json"]);
    assert_eq!(open.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&open.stdout).unwrap();
    assert_eq!((json["status"].as_str(), json["checks"][0]["status"].as_str()), (Some("fail"), Some("fail")));
    assert!(json["checks"][0]["hint"].as_str().unwrap().contains("chmod 700"));
}

#[test]
fn a_check_that_cannot_be_made_is_a_failure_with_a_hint() {
    let output = Command::new(env!("CARGO_BIN_EXE_knothole")).arg("check").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert_eq!(said, "knothole: data is not set\nhint: say with --data which folder holds the database\n");
}
