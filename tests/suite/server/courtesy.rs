//! Whoever has to wait hears so in a page of the form, in its language and with the numbers to call; a program, in a line.

use super::headers::assert_secure;
use super::sealed::{BOUNDARY, file, form};
use crate::support::app::{NOW, TestApp, public_limits};
use crate::support::http::{Answer, connect, exchange, read_answer, request};
use crate::support::tip::TipParts;
use knothole::crypto::keyring::Words;
use knothole::http::limits::Rate;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;

/// A site that also speaks Spanish, and takes no more requests.
async fn busy_site() -> TestApp {
    let app = TestApp::new().await;
    app.publish(|draft| {
        let words = draft.words["en"].clone();
        draft.words.insert("es".into(), Words { lang: "es".into(), ..words });
    })
    .await;
    app.running.shutdown().await;
    let once = Rate { refill_time: Duration::from_hours(1), ..Rate::new(1, 1) };
    let app = TestApp::with_limits(app.dir, NOW, public_limits(|public| public.peer.requests = once)).await;
    assert_eq!(app.get("/knothole.js").await.status, 200);
    app
}

fn sent_by_form(target: &str, body: &[u8]) -> Vec<u8> {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    request("POST", target, &[("content-type", &kind)], body)
}

fn assert_page_to_wait(answer: &Answer, says: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (429, "text/html; charset=utf-8"));
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=3600).contains(&wait), "{wait}");
    assert_secure(answer, says);
    let page = answer.text();
    assert!(page.contains(says), "{page}");
    assert!(page.contains("1-888-373-7888") && page.contains("911"), "phone numbers are on every such page");
    assert!(!page.contains("<script") && !page.contains("<textarea"), "{page}");
}

#[tokio::test]
async fn a_plain_form_that_must_wait_hears_so_in_the_language_of_its_page() {
    let app = busy_site().await;
    let body = form(&[file(&TipParts::new(1).body())]);
    for (target, says) in [
        ("/es/sealed", "Todavía tienes tu archivo."),
        ("/en/sealed", "You still have your file."),
        ("/sealed", "You still have your file."),
    ] {
        assert_page_to_wait(&exchange(app.running.public(), &sent_by_form(target, &body)).await, says);
    }
    assert_eq!(app.person("mia").tips(0).await, (vec![], 0));
}

#[tokio::test]
async fn a_page_that_must_wait_is_a_page_with_numbers_to_call() {
    let app = busy_site().await;
    for (target, says) in [
        ("/", "Too much came in at once. You did nothing wrong."),
        ("/en", "Too much came in at once. You did nothing wrong."),
        ("/es", "Llegó demasiado a la vez. No hiciste nada malo."),
        ("/ko", "Too much came in at once. You did nothing wrong."),
    ] {
        assert_page_to_wait(&app.get(target).await, says);
    }
}

#[tokio::test]
async fn a_slow_phone_hears_it_after_it_has_sent_its_file() {
    let app = busy_site().await;
    let whole = sent_by_form("/sealed", &form(&[file(&vec![7; 300 << 10])]));
    let mut stream = connect(app.running.public()).await;
    for piece in whole.chunks(16 << 10) {
        stream.write_all(piece).await.unwrap();
        tokio::task::yield_now().await;
    }
    assert_page_to_wait(&read_answer(&mut stream).await, "You still have your file.");
}

#[tokio::test]
async fn a_program_hears_it_in_a_line() {
    let app = busy_site().await;
    let tip = TipParts::new(1);
    let tar = [("content-type", "application/x-tar")];
    for request in [
        request("POST", "/sealed", &tar, &tip.body()),
        request("PUT", &format!("/tips/{}", tip.id()), &tar, &tip.body()),
        request("GET", "/knothole.js", &[], b""),
        request("GET", "/xx", &[], b""),
    ] {
        let answer = exchange(app.running.public(), &request).await;
        assert_eq!((answer.status, answer.text()), (429, "too much for now: try again later\n"));
    }
}
