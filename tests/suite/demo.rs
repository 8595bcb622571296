//! The demo is a whole site: what it prints works as printed, it starts again with its data, and it takes nobody else's
//! directory. `desk` is the program itself here, so both sides go by the machine's clock.

use crate::support::http::{Answer, exchange, request};
use knothole::clock::SystemClock;
use knothole::demo::{self, Demo, DemoDesk, DemoError, Options};
use knothole::http::page::LANGUAGES;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// How many of the sixty samples each agency may open, by number, with what others have passed on to it.
const SAMPLES: [usize; 4] = [49, 16, 30, 23];

async fn start(dir: &Path) -> Result<Demo, DemoError> {
    start_with(dir, true).await
}

async fn start_with(dir: &Path, has_samples: bool) -> Result<Demo, DemoError> {
    let any_port = || "127.0.0.1:0".parse().unwrap();
    let options = Options { dir: dir.to_owned(), public: any_port(), staff: any_port(), has_samples };
    demo::start(&options, Arc::new(SystemClock)).await
}

fn inbox_of(desk: &DemoDesk) -> serde_json::Value {
    let out = Command::new(env!("CARGO_BIN_EXE_desk"))
        .arg("--profile")
        .arg(&desk.profile_dir)
        .arg("--passphrase-file")
        .arg(&desk.passphrase_path)
        .args(["inbox", "--json"])
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let inbox: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(inbox["unreadable"], serde_json::json!([]));
    inbox["tips"].clone()
}

fn tips_at(desk: &DemoDesk) -> usize {
    inbox_of(desk).as_array().unwrap().len()
}

async fn tips_at_all(demo: &Demo) -> Vec<usize> {
    let desks = demo.desks.clone();
    tokio::task::spawn_blocking(move || desks.iter().map(tips_at).collect()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_shows_each_agency_its_samples_and_starts_again_with_them() {
    let dir = tempfile::tempdir().unwrap();
    let site = dir.path().join("site");
    let demo = start(&site).await.unwrap();
    assert_eq!(tips_at_all(&demo).await, SAMPLES);
    let tips = inbox_of(&demo.desks[0]);
    let each = |field: &str| -> BTreeSet<String> {
        tips.as_array().unwrap().iter().filter_map(|tip| Some(tip[field].as_str()?.to_owned())).collect()
    };
    // How many days the ages fall on depends on the hour at which the demo is made.
    assert!(each("day").len() >= 15, "they came on many days: {:?}", each("day"));
    assert!(each("created").iter().all(|created| each("day").iter().any(|day| created.starts_with(day.as_str()))));
    demo.running.shutdown().await;

    let again = start(&site).await.unwrap();
    assert_eq!(tips_at_all(&again).await, SAMPLES);
    again.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_shows_each_language_as_a_draft_in_fifty_kibibytes_with_no_other_languages_words() {
    let dir = tempfile::tempdir().unwrap();
    let demo = start_with(&dir.path().join("site"), false).await.unwrap();
    let script = get(&demo, "/knothole.js", "br").await.body.len();
    assert!(script > 10_000);
    let mut headings = BTreeMap::new();
    for language in &LANGUAGES {
        let address = format!("/{}", language.tag);
        let light = get(&demo, &address, "br").await;
        assert_eq!(light.header("content-encoding"), "br");
        assert!(light.body.len() + script <= 50 * 1024, "{}: {} and {script}", language.tag, light.body.len());
        let page = get(&demo, &address, "").await;
        let html = page.text();
        assert!(html.contains(&format!("<html lang=\"{}\" dir=\"{}\"", language.tag, language.dir)));
        assert!(html.contains("<!-- draft") && html.contains("<textarea"), "{}", language.tag);
        for other in LANGUAGES.iter().filter(|other| other.tag != language.tag) {
            assert!(html.contains(other.name), "{} does not offer {}", language.tag, other.name);
        }
        let line = language.messages.lines().find_map(|line| line.strip_prefix("start-heading = ")).unwrap();
        headings.insert(line, html.to_owned());
    }
    for heading in headings.keys() {
        assert_eq!(headings.values().filter(|html| html.contains(heading)).count(), 1, "{heading}");
    }
    demo.running.shutdown().await;
}

async fn get(demo: &Demo, target: &str, encoding: &str) -> Answer {
    exchange(demo.running.public(), &request("GET", target, &[("accept-encoding", encoding)], b"")).await
}

#[tokio::test]
async fn a_directory_with_something_else_in_it_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let note = dir.path().join("note");
    std::fs::write(&note, "mine").unwrap();
    assert!(matches!(start(dir.path()).await.err(), Some(DemoError::NotADemo(_))));
    assert_eq!(std::fs::read_to_string(note).unwrap(), "mine");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}
