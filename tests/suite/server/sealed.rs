//! A tip from a browser without scripts: a file that a plain form uploads.

use super::headers::assert_secure;
use crate::support::app::{LONG_EXPIRED, NOW, TestApp, data_dir, hasty, public_limits};
use crate::support::http::{Answer, connect, exchange, read_answer, request};
use crate::support::site::mark;
use crate::support::tip::TipParts;
use knothole::crypto::keyring::{Words, words_of};
use knothole::crypto::tar::MAX_TIP_LEN;
use knothole::http::limits::Rate;
use knothole::model::hex::Hex;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;

pub const BOUNDARY: &str = "----WebKitFormBoundaryx3aVdT7wJ2mQ9pLk";

/// One part as a browser writes it.
fn part(disposition: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: application/x-tar\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n"].concat()
}

pub fn form(parts: &[Vec<u8>]) -> Vec<u8> {
    [&parts.concat()[..], format!("--{BOUNDARY}--\r\n").as_bytes()].concat()
}

pub fn file(content: &[u8]) -> Vec<u8> {
    part(r#"name="tip"; filename="tip.tar""#, content)
}

async fn post(app: &TestApp, kind: &str, body: &[u8]) -> Answer {
    exchange(app.running.public(), &request("POST", "/sealed", &[("content-type", kind)], body)).await
}

async fn post_form(app: &TestApp, body: &[u8]) -> Answer {
    post(app, &format!("multipart/form-data; boundary={BOUNDARY}"), body).await
}

/// A page of the form's, which runs nothing and takes nothing but another try with a file.
fn assert_page(answer: &Answer, status: u16, says: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (status, "text/html; charset=utf-8"));
    assert_secure(answer, says);
    let policy = answer.header("content-security-policy");
    let is_sent = status < 300;
    let action = if is_sent { "form-action 'none'" } else { "form-action 'self'" };
    assert!(policy.contains(action) && !policy.contains("script-src"), "{policy}");
    let page = answer.text();
    assert_eq!((page.matches("<form").count(), page.matches("<input").count()), if is_sent { (0, 0) } else { (1, 1) });
    assert_eq!(page.contains(r#"<input type="file" id="tip" name="tip""#), !is_sent, "{page}");
    assert!(page.contains(says), "{page}");
    assert!(page.contains("1-888-373-7888") && page.contains("911"), "phone numbers are on every such page");
    assert!(!page.contains("<script") && !page.contains("<textarea") && !page.contains("{{"));
}

#[tokio::test]
async fn a_file_from_a_plain_form_is_a_tip_like_any_other() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    assert_page(&post_form(&app, &form(&[file(&tip.body())])).await, 201, "<h1>It was sent</h1>");
    assert_page(&post_form(&app, &form(&[file(&tip.body())])).await, 200, "<h1>It was sent</h1>");
    assert_eq!(app.put(tip).await.status, 200);
    let (tips, _) = app.person("mia").tips(0).await;
    assert_eq!((tips.len(), tips[0].line.id, &tips[0].letter), (1, tip.id(), &tip.letter()));
}

#[tokio::test]
async fn a_form_hears_of_it_in_the_language_of_its_page() {
    let app = TestApp::new().await;
    app.publish(|draft| {
        let words = draft.words["en"].clone();
        draft.words.insert("es".into(), Words { lang: "es".into(), ..words });
    })
    .await;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("content-type", kind.as_str())];
    for (target, sent, refused) in [
        ("/es/sealed", "<h1>Se envió</h1>", "haz uno nuevo"),
        ("/en/sealed", "<h1>It was sent</h1>", "make a new one"),
        ("/sealed", "<h1>It was sent</h1>", "make a new one"),
    ] {
        let post = async |content: &[u8]| {
            exchange(app.running.public(), &request("POST", target, &headers, &form(&[file(content)]))).await
        };
        let answer = post(&TipParts::new(1).body()).await;
        assert!(answer.status < 300 && answer.text().contains(sent), "{target} {}", answer.text());
        let answer = post(b"not a tar").await;
        assert!(answer.status == 400 && answer.text().contains(refused), "{target} {}", answer.text());
        let again = if target == "/sealed" { "/en/sealed" } else { target };
        assert!(answer.text().replace("&#x2f;", "/").contains(&format!("action=\"{again}\"")), "{target}");
    }
    assert_eq!(exchange(app.running.public(), &request("POST", "/xx/sealed", &headers, b"")).await.status, 404);
}

#[tokio::test]
async fn the_tar_itself_is_taken_and_answered_as_a_put_is() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    let answer = post(&app, "application/x-tar", &tip.body()).await;
    assert_eq!((answer.status, answer.text()), (201, "stored\n"));
    assert_eq!(post(&app, "application/x-tar", &tip.body()).await.status, 200);
    let other = TipParts { letter_plain_len: 16_384, ..tip };
    assert_eq!(post(&app, "application/x-tar", &other.body()).await.status, 409);
    assert_eq!(post(&app, "application/x-tar", b"not a tar").await.status, 400);
    assert_eq!(post(&app, "application/x-tar", &vec![0; MAX_TIP_LEN + 1]).await.status, 413);
}

#[tokio::test]
async fn a_file_that_can_never_be_taken_is_told_from_one_that_may_be_later() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    let wrong = "not a locked file from our page";
    assert_page(&post_form(&app, &form(&[file(b"not a tar")])).await, 400, wrong);
    assert_page(&post_form(&app, &form(&[file(b"")])).await, 400, wrong);
    assert_page(&post_form(&app, &form(&[file(&tip.body()[..9_000])])).await, 400, "a part of it is gone");
    assert_page(&post_form(&app, &form(&[file(&vec![0; MAX_TIP_LEN + (9 << 10)])])).await, 413, wrong);
    let unknown = TipParts { keyring: 2, ..tip };
    assert_page(&post_form(&app, &form(&[file(&unknown.body())])).await, 412, "Save our page again.");
    app.put(tip).await;
    let other = TipParts { letter_plain_len: 16_384, ..tip };
    assert_page(&post_form(&app, &form(&[file(&other.body())])).await, 409, "We can not take this file.");
    assert_eq!(app.person("mia").tips(0).await.0.len(), 1);
}

#[tokio::test]
async fn a_file_for_another_site_is_refused_by_the_name_of_that_mistake() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    let other = tip.body_for(&words_of(&Hex([9; 32])));
    assert_eq!(other.len(), tip.body().len());
    assert_page(&post_form(&app, &form(&[file(&other)])).await, 421, "This file was made for another site");
    let line = "made for another site: load the page of this one\n";
    for answer in [post(&app, "application/x-tar", &other).await, app.put_body(&tip.id().to_string(), &other).await] {
        assert_eq!((answer.status, answer.text()), (421, line));
    }
    assert_eq!(app.person("mia").tips(0).await, (vec![], 0));
    assert_eq!(app.put(tip).await.status, 201);
}

#[tokio::test]
async fn the_mark_of_one_tip_is_not_good_for_another() {
    let app = TestApp::new().await;
    let (tip, other) = (TipParts::new(1), TipParts::new(2));
    let mark = |tip: TipParts| mark(tip.id()).to_string();
    let text = String::from_utf8_lossy(&tip.body()[512..768]).replace(&mark(tip), &mark(other));
    let body = [&tip.body()[..512], text.as_bytes(), &tip.body()[768..]].concat();
    assert_eq!(app.put_body(&tip.id().to_string(), &body).await.status, 421);
}

#[tokio::test]
async fn a_file_that_may_be_taken_later_is_not_thrown_away() {
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let once = Rate { refill_time: Duration::from_hours(1), ..Rate::new(20, 1) };
    let app = TestApp::with_limits(app.dir, NOW, public_limits(|public| public.peer.kibibytes = once)).await;
    assert_eq!(post_form(&app, &form(&[file(&TipParts::new(1).body())])).await.status, 201);
    let refused = post_form(&app, &form(&[file(&TipParts::new(2).body())])).await;
    assert_page(&refused, 429, "You still have your file");
    assert!(refused.header("retry-after").parse::<u64>().is_ok());
}

#[tokio::test]
async fn a_form_that_stops_coming_is_told_so() {
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let app = TestApp::with_limits(app.dir, NOW, hasty()).await;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let body = form(&[file(&TipParts::new(1).body())]);
    let whole = request("POST", "/sealed", &[("content-type", &kind)], &body);
    let answer = exchange(app.running.public(), &whole[..whole.len() - 1]).await;
    assert_page(&answer, 408, "the line was slow");
}

#[tokio::test]
async fn whoever_sends_a_large_photo_by_mistake_hears_so_after_it_was_read_to_its_end() {
    let app = TestApp::new().await;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let body = form(&[file(&vec![7; 24 << 20])]);
    let mut stream = connect(app.running.public()).await;
    stream.write_all(&request("POST", "/sealed", &[("content-type", &kind)], &body)).await.unwrap();
    assert_page(&read_answer(&mut stream).await, 413, "not a locked file from our page");
}

#[tokio::test]
async fn a_body_that_goes_on_and_on_is_cut() {
    let app = TestApp::new().await;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let body = form(&[file(&vec![7; 64 << 20])]);
    let mut stream = connect(app.running.public()).await;
    assert!(stream.write_all(&request("POST", "/sealed", &[("content-type", &kind)], &body)).await.is_err());
}

#[tokio::test]
async fn a_form_with_anything_but_one_file_is_refused() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1).body();
    let whole = form(&[file(&tip)]);
    for (what, body) in [
        ("nothing", form(&[])),
        ("another field", form(&[part(r#"name="other"; filename="tip.tar""#, &tip)])),
        ("a field that is no file", form(&[part(r#"name="tip""#, &tip)])),
        ("two files", form(&[file(&tip), file(&tip)])),
        ("a file and a word", form(&[file(&tip), part(r#"name="note""#, b"hello")])),
        ("an end that is missing", whole[..whole.len() - 10].to_vec()),
        ("no parts at all", b"hello".to_vec()),
    ] {
        let answer = post_form(&app, &body).await;
        assert!(answer.text().contains("There is a problem"), "{what}");
        assert_page(&answer, 400, "not a locked file from our page");
    }
    assert_eq!(app.person("mia").tips(0).await, (vec![], 0));
}

#[tokio::test]
async fn a_body_of_another_kind_is_refused() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1).body();
    let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
    for kind in ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/mixed", &long]
    {
        assert_page(&post(&app, kind, &tip).await, 400, "not a locked file from our page");
    }
    assert_eq!(app.person("mia").tips(0).await, (vec![], 0));
    assert_eq!(app.get("/sealed").await.status, 405);
}

#[tokio::test]
async fn a_retry_after_the_version_lapsed_is_still_told_that_it_was_sent() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    assert_eq!(post_form(&app, &form(&[file(&tip.body())])).await.status, 201);
    let app = app.again_at(LONG_EXPIRED).await;
    assert_page(&post_form(&app, &form(&[file(&tip.body())])).await, 200, "<h1>It was sent</h1>");
    assert_page(&post_form(&app, &form(&[file(&TipParts::new(2).body())])).await, 412, "This file is too old.");
}

#[tokio::test]
async fn a_site_without_a_keyring_answers_a_form_too() {
    let app = TestApp::with_limits(data_dir(), NOW, public_limits(|_| {})).await;
    let answer = post_form(&app, &form(&[file(&TipParts::new(1).body())])).await;
    assert_eq!((answer.status, answer.header("content-type")), (412, "text/html; charset=utf-8"));
    assert!(answer.text().contains("call 911"));
}
