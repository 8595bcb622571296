use crate::support::app::TestApp;
use crate::support::http::{Answer, exchange, request};
use crate::support::tip::TipParts;

pub fn assert_secure(answer: &Answer, what: &str) {
    let expected = [
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in expected {
        assert_eq!(answer.header(name), value, "{name} of {what}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{what}");
    assert!(!policy.contains(','), "{what}");
    let features = answer.header("permissions-policy");
    for feature in ["geolocation=()", "camera=()", "clipboard-write=()", "microphone=(self)"] {
        assert!(features.contains(feature), "{feature} of {what}");
    }
    for name in ["server", "date", "set-cookie", "link", "refresh", "location", "etag", "last-modified"] {
        assert_eq!(answer.header(name), "", "{name} of {what}");
    }
}

#[tokio::test]
async fn every_answer_of_the_public_door_is_secured() {
    let app = TestApp::new().await;
    let tip = TipParts::new(1);
    for (status, what) in [
        (200, "/"),
        (200, "/en"),
        (200, "/en/offline"),
        (200, "/knothole.js"),
        (200, "/recovery"),
        (404, "/tips"),
        (405, "/tips/x"),
        (404, "/.."),
    ] {
        let answer = app.get(what).await;
        assert_eq!(answer.status, status, "{what}");
        assert_secure(&answer, what);
    }
    for (status, answer) in [(201, app.put(tip).await), (200, app.put(tip).await), (400, app.put_body("x", b"").await)]
    {
        assert_eq!((answer.status, answer.header("content-type")), (status, "text/plain; charset=utf-8"));
        assert_secure(&answer, "a tip");
    }
}

#[tokio::test]
async fn every_answer_of_the_staff_door_is_secured_and_loads_nothing() {
    let app = TestApp::new().await;
    let mia = app.person("mia");
    let unsigned = exchange(app.running.staff(), &request("GET", "/", &[], b"")).await;
    let answers = [mia.get("/v1/tips").await, mia.get("/v1/keyring").await, mia.get("/v1/nowhere").await, unsigned];
    for (status, answer) in [200, 200, 404, 401].into_iter().zip(answers) {
        assert_eq!(answer.status, status);
        assert_secure(&answer, "staff");
        assert!(!answer.header("content-security-policy").contains("self"));
    }
}

#[tokio::test]
async fn a_head_request_gets_the_head_alone() {
    let app = TestApp::new().await;
    let answer = exchange(app.running.public(), &request("HEAD", "/", &[], b"")).await;
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_secure(&answer, "HEAD");
}

#[tokio::test]
async fn methods_that_no_address_has_are_refused() {
    let app = TestApp::new().await;
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let answer = exchange(app.running.public(), &request(method, "/", &[], b"")).await;
        assert_eq!((answer.status, answer.text()), (405, "no such method here\n"), "{method}");
        assert_secure(&answer, method);
    }
}
