//! A server that shows everyone something else, in answers that a program may take for none: by their status, their packing, their
//! length or their end.

use super::super::site::NOW;
use super::{Form, Lie};
use crate::support::app::{only, public_limits, settings};
use crate::support::http::{exchange, request};
use knothole::clock::FixedClock;
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use knothole::desk::verify::{Errand, Look};
use knothole::http::serve::{Settings, start};
use std::sync::Arc;

const LONG: usize = 3 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_signed_is_a_difference_whatever_its_status_packing_length_and_end() {
    let lies: [(Lie, &str); 8] = [
        (
            |head, shown| {
                if head.starts_with("GET /en ") {
                    shown.has_status("503 Service Unavailable");
                    shown.swap("Contact form", "Contact fOrm");
                }
            },
            "/en: the answer is status 503\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /knothole.js ") {
                    shown.has_status("429 Too Many Requests");
                }
            },
            "/knothole.js: the answer is status 429\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en/offline ") {
                    shown.has_status("408 Request Timeout");
                }
            },
            "/en/offline: the answer is status 408\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /recovery ") {
                    shown.has_status("503 Service Unavailable");
                }
            },
            "/recovery: the answer is status 503\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en ") {
                    shown.headers.push_str("\r\ncontent-encoding: zstd");
                }
            },
            "/en: it is packed in a way that this site does not use\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en/later.js ") {
                    shown.headers.push_str("\r\ncontent-encoding: gzip");
                }
            },
            "/en/later.js: it cannot be unpacked\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET / ") {
                    shown.body = " ".repeat(LONG);
                }
            },
            "/: it is longer than any page\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en ") {
                    shown.cut = Some(usize::MAX);
                }
            },
            "/en: it broke off\n",
        ),
    ];
    let mut form = Form::behind(|_, _| {}).await;
    for (lie, said) in lies {
        form.lie(lie).await;
        let done = form.verified(&[]).await;
        assert_eq!((done.exit, done.out.as_str()), (Exit::Integrity, said), "{}", done.notes);
        assert!(done.notes.contains("call two admins of two agencies"), "{}", done.notes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_found_is_said_also_where_something_else_cannot_be_reached() {
    let form = Form::behind(|head, shown| {
        if head.starts_with("GET /en ") {
            shown.swap("Contact form", "Contact fOrm");
        }
        if ["GET /en/offline ", "GET /recovery "].iter().any(|part| head.starts_with(part)) {
            shown.cut = Some(0);
        }
    })
    .await;
    let done = form.verified(&[]).await;
    assert_eq!((done.exit, done.out.as_str()), (Exit::Integrity, "/en: the document is another\n"), "{}", done.notes);
    for part in ["/en/offline", "/recovery"] {
        assert!(done.notes.contains(&format!("{part}: could not be looked at: ")), "{}", done.notes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_has_too_much_to_do_is_not_called_another_one() {
    let form = Form::behind(|_, _| {}).await;
    let (genesis, newest) = (admin::hash(&form.site.zero), form.newest.read().unwrap());
    let limits = public_limits(|public| public.peer.requests = only(1));
    let settings = Settings { genesis, limits, ..settings(form.dir.path()) };
    let busy = start(settings, Arc::new(FixedClock(NOW))).await.unwrap();
    assert_eq!(exchange(busy.public(), &request("GET", "/", &[], b"")).await.status, 200);
    let address = format!("http://{}/", busy.public());
    let errand =
        Errand { form: &address, proxy: None, version: &newest, genesis: &genesis, proposed: None, is_watch: false };
    for (look, parts) in [
        (Look::Front, &["/", "/knothole.js"][..]),
        (Look::Language("en".into()), &["/en", "/knothole.js", "/en/offline"]),
        (Look::Hidden("en".into()), &["/en"]),
        (Look::Notice, &["/recovery"]),
    ] {
        let sight = errand.look(&look).await.unwrap();
        assert_eq!(sight.differences, [], "{look:?}");
        assert!(sight.missed.iter().map(|missed| &missed.at).eq(parts), "{:?}", sight.missed);
        assert!(
            sight.missed.iter().all(|missed| missed.is_to_wait && missed.why.contains("429")),
            "{:?}",
            sight.missed
        );
    }
}
