use crate::support::app::{EXPIRED, NOW, TestApp, settings};
use crate::support::http::{exchange, request};
use crate::support::site::{MEMBERS, day, following, recipient, signed, version_0, version_1};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::clock::FixedClock;
use knothole::crypto::keyring::{LegalText, SiteWords};
use knothole::http::serve::{Settings, start};
use sha2::{Digest as _, Sha256, Sha384};
use std::io::Read as _;
use std::sync::Arc;

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("{start}")).1;
    rest.split_once(end).unwrap().0
}

#[tokio::test]
async fn the_page_names_agencies_and_carries_the_keyring_safely() {
    let app = TestApp::new().await;
    let page = app.get("/").await;
    let html = page.text();
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(html.contains("The &lt;&#x2f;script&gt; help line") && html.contains("1-888-373-7888"));
    let block = between(html, r#"<script type="application/json" id="keyring">"#, "</script>");
    let keyring: serde_json::Value = serde_json::from_str(block).unwrap();
    let sent: serde_json::Value = serde_json::from_str(&version_1().public).unwrap();
    assert_eq!(keyring["public"], sent);
    assert_eq!(keyring["words"]["agencies"]["0"]["name"], "The </script> help line");
    assert_eq!(keyring["hash"], version_1().read().unwrap().hash.to_string());
    assert_eq!(keyring["genesis"].as_str().unwrap().split(' ').count(), 12);
}

#[tokio::test]
async fn nothing_of_the_staff_document_is_in_the_page() {
    let app = TestApp::new().await;
    let page = app.get("/").await;
    assert!(page.text().contains(&recipient("agency 0 epoch 1")));
    for (id, _) in MEMBERS {
        assert!(!page.text().contains(&recipient(id)));
    }
}

#[tokio::test]
async fn the_policy_allows_the_pages_own_style_and_script_and_nothing_else() {
    let app = TestApp::new().await;
    let (page, script) = (app.get("/en").await, app.get("/knothole.js").await);
    let style = STANDARD.encode(Sha256::digest(between(page.text(), "<style>", "</style>")));
    assert_eq!(
        page.header("content-security-policy"),
        format!(
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'sha256-{style}'; img-src data:; \
             form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
             frame-ancestors 'none'"
        )
    );
    let integrity = format!("integrity=\"sha384-{}\"", STANDARD.encode(Sha384::digest(&script.body)));
    assert!(page.text().replace("&#x2f;", "/").contains(&integrity));
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
}

#[tokio::test]
async fn the_later_script_is_the_one_whose_hash_the_page_names_and_has_the_words_of_codes() {
    let app = TestApp::new().await;
    let (page, later) = (app.get("/en").await, app.get("/en/later.js").await);
    let integrity = STANDARD.encode(Sha384::digest(&later.body));
    let named = format!(r#"<template id="later"><script src="/en/later.js" integrity="sha384-{integrity}""#);
    assert!(page.text().contains(&named));
    let headers = ["content-type", "content-security-policy", "cache-control"];
    let script = app.get("/knothole.js").await;
    assert!(headers.iter().all(|name| later.header(name) == script.header(name)));
    assert!(later.text().contains("abandon ability able ") && later.text().contains(r#""days":90"#));
    assert!(!app.get("/en/offline").await.text().contains("later.js"));
    assert_eq!(app.get("/xx/later.js").await.status, 404);
}

/// Of which the page says "It is wiped {days} days after you last came to look."
#[tokio::test]
async fn the_page_says_as_many_days_as_the_keyring_keeps_a_mailbox() {
    let app = TestApp::new().await;
    app.publish(|draft| draft.staff.retention.extend([("mailbox".into(), 31)])).await;
    let later = app.get("/en/later.js").await;
    assert!(later.text().contains(r#""days":31"#) && later.text().contains("It is wiped {days} days after"));
}

#[tokio::test]
async fn the_page_for_the_disk_is_one_file_that_may_reach_nothing() {
    let app = TestApp::new().await;
    let (page, script) = (app.get("/en/offline").await, app.get("/knothole.js").await);
    assert_eq!(page.header("content-disposition"), "attachment; filename=\"form.html\"");
    let html = page.text();
    let inside = between(html, "<script>", "</script>");
    assert_eq!(inside.as_bytes(), script.body);
    let style = STANDARD.encode(Sha256::digest(between(html, "<style>", "</style>")));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; connect-src 'none'; style-src 'sha256-{style}'; img-src data:; \
         form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        STANDARD.encode(Sha256::digest(inside)),
    );
    let said = between(html, r#"<meta http-equiv="Content-Security-Policy" content=""#, "\">");
    assert_eq!(said.replace("&#x27;", "'").replace("&#x2f;", "/"), policy);
    assert_eq!(page.header("content-security-policy"), format!("{policy}; frame-ancestors 'none'"));
    let markup = html.replace(inside, "");
    assert!(!markup.contains(" src=") && !markup.contains("type=\"file\"") && !markup.contains("href=\"/"));
    assert!(markup.contains("<textarea") && markup.contains("It cannot send."));
}

#[tokio::test]
async fn the_page_and_its_twin_for_the_disk_differ_in_no_answer_that_can_be_given() {
    let app = TestApp::new().await;
    let fields =
        |html: &str| html.split('<').filter(|tag| tag.contains(" name=")).map(str::to_owned).collect::<Vec<_>>();
    let (page, saved) = (app.get("/en").await, app.get("/en/offline").await);
    // A file is sent from the site alone, and the disk has no later script to make codes with.
    let is_online_only = |tag: &String| tag.contains("type=\"file\"") || tag.contains("value=\"code\"");
    let online: Vec<_> = fields(page.text()).into_iter().filter(|tag| !is_online_only(tag)).collect();
    assert_eq!(online, fields(saved.text()));
    let block = |html: &str| between(html, r#"id="keyring">"#, "</script>").to_owned();
    assert_eq!(block(page.text()), block(saved.text()));
}

#[tokio::test]
async fn the_page_comes_compressed_to_who_can_read_it() {
    let app = TestApp::new().await;
    let plain = app.get("/").await;
    let asked = request("GET", "/", &[("accept-encoding", "gzip")], b"");
    let gzip = exchange(app.running.public(), &asked).await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&gzip.body[..]).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
}

#[tokio::test]
async fn every_visitor_gets_the_very_same_bytes() {
    let app = TestApp::new().await;
    let headers = [("accept-language", "es"), ("user-agent", "other"), ("cookie", "a=b"), ("referer", "http://x/")];
    let other = exchange(app.running.public(), &request("GET", "/?q=1", &headers, b"")).await;
    assert_eq!(other, app.get("/").await);
}

#[tokio::test]
async fn without_anybody_to_seal_to_the_page_has_no_box_to_type_in() {
    let app = TestApp::empty().await;
    let closed = "We can not take a message here now";
    let before = app.get("/").await;
    assert!(before.text().contains(closed) && !before.text().contains("<textarea") && !before.text().contains("<form"));
    assert_eq!(app.person("ada").post("/v1/keyring", &version_0()).await.status, 201);
    let without_keys = app.get("/").await;
    assert!(without_keys.text().contains(closed) && without_keys.text().contains("1-888-373-7888"));
    assert_eq!(app.person("ada").post("/v1/keyring", &version_1()).await.status, 201);
    assert!(app.get("/").await.text().contains("<textarea"));
    let app = app.again_at(EXPIRED).await;
    let expired = app.get("/").await;
    assert!(expired.text().contains(closed) && !expired.text().contains("<textarea"));
    assert!(expired.text().contains("type=\"file\"") && !expired.text().contains("/offline"));
    assert!(expired.header("content-security-policy").contains("form-action 'self'"));
    assert_eq!(app.get("/en/offline").await.status, 404);
}

#[tokio::test]
async fn a_language_has_an_address_of_its_own_and_any_other_word_has_none() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/en").await, app.get("/").await);
    for nothing in ["/xx", "/EN", "/en/", "/en-US", "/es", "/es/offline", "/offline"] {
        let answer = app.get(nothing).await;
        assert_eq!((answer.status, answer.text()), (404, "no such address\n"), "{nothing}");
    }
}

#[tokio::test]
async fn a_language_that_nobody_reviewed_is_shown_only_by_a_server_that_shows_drafts() {
    let app = TestApp::new().await;
    app.publish(|draft| draft.words.get_mut("en").unwrap().review = None).await;
    let refused = app.get("/").await;
    assert!(refused.text().contains("We can not take a message here now"), "{}", refused.text());
    assert!(refused.text().contains("1-888-373-7888") && !refused.text().contains("<textarea"));
    app.running.shutdown().await;
    let settings = Settings { shows_drafts: true, ..settings(app.dir.path()) };
    let running = start(settings, Arc::new(FixedClock(NOW))).await.unwrap();
    let draft = exchange(running.public(), &request("GET", "/en", &[], b"")).await;
    assert!(draft.text().contains("<!-- draft") && draft.text().contains("<textarea"));
}

#[tokio::test]
async fn numbers_times_the_exit_and_what_lawyers_sign_are_those_of_the_newest_keyring() {
    let app = TestApp::new().await;
    let site = ["Erewhon", "1-555-0100-200", "55501", "https://rain.example/today", "one morning", "two weeks"];
    let legal = "By law we must pass it on.";
    let before = app.get("/").await;
    assert!([&site[..], &[legal]].concat().iter().all(|word| !before.text().contains(word)));
    app.publish(|draft| {
        let words = draft.words.get_mut("en").unwrap();
        let [state, hotline_phone, hotline_text, exit_url, urgent_time, normal_time] = site.map(str::to_owned);
        words.site = SiteWords { state, hotline_phone, hotline_text, exit_url, urgent_time, normal_time };
        let signed =
            LegalText { text: legal.into(), reviewed_by: "Counsel Example".into(), reviewed_on: day("2026-11-20") };
        words.legal.insert("minors".into(), signed);
    })
    .await;
    let after = app.get("/").await;
    let html = after.text().replace("&#x2f;", "/");
    for word in &site[1..] {
        assert!(html.contains(word), "{word}");
    }
    assert!(html.contains(r#"id="leave" href="https://rain.example/today""#) && html.contains("rain.example"));
    assert!(html.contains(&format!("<p>{legal}</p>")) && !html.contains("1-888-373-7888"));
    let block = between(&html, r#"<script type="application/json" id="keyring">"#, "</script>");
    let keyring: serde_json::Value = serde_json::from_str(block).unwrap();
    let signed = &keyring["words"]["legal"]["minors"];
    assert_eq!((&signed["reviewed_by"], &signed["reviewed_on"]), (&"Counsel Example".into(), &"2026-11-20".into()));
}

#[tokio::test]
async fn files_for_webcat_are_shown_and_nothing_else_of_the_folder() {
    let app = TestApp::new().await;
    let dir = app.dir.path().join("webcat");
    assert_eq!(app.get("/.well-known/webcat/bundle.json").await.status, 404);
    std::fs::create_dir(&dir).unwrap();
    for name in ["bundle.json", "other.json"] {
        std::fs::write(dir.join(name), "{}").unwrap();
    }
    let bundle = app.get("/.well-known/webcat/bundle.json").await;
    assert_eq!((bundle.status, bundle.text(), bundle.header("content-type")), (200, "{}", "application/json"));
    for nothing in ["other.json", "..%2fknothole.db", "enrollment.json", ""] {
        assert_eq!(app.get(&format!("/.well-known/webcat/{nothing}")).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn an_agency_of_one_person_is_offered_as_one() {
    let app = TestApp::new().await;
    let alone = "Only one person reads there.";
    assert!(!app.get("/").await.text().contains(alone));
    app.publish(|draft| {
        draft.staff.members.retain(|member| member.id != "quin");
        draft.public.agencies[1].one_member = true;
    })
    .await;
    let page = app.get("/").await;
    let readers = between(page.text(), "<div id=\"readers\">", "</div>");
    let (first, second) = readers.split_once("</label>").unwrap();
    assert!(!first.contains(alone) && second.contains("State police</span>") && second.contains(alone), "{readers}");
}

#[tokio::test]
async fn an_agency_that_closes_is_offered_no_more() {
    let app = TestApp::new().await;
    assert!(app.get("/").await.text().contains("State police</span>"));
    let mut draft = following(&version_1());
    draft.public.agencies[1].status = knothole::crypto::keyring::AgencyStatus::Closed;
    assert_eq!(app.person("ada").post("/v1/keyring", &signed(draft, &["ada", "bea"])).await.status, 201);
    assert!(!app.get("/").await.text().contains("State police</span>"));
}
