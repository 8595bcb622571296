//! Under pressure whoever does the work that a refusal asks for is served, once, and nobody else is. Buckets fill by one in an hour here.

use crate::support::app::{TestApp, only};
use crate::support::http::{Answer, connect_from, exchange_on, request};
use crate::support::tip::TipParts;
use altcha::{Challenge, Payload, SolveChallengeOptions, solve_challenge};
use knothole::wire::MAILBOX_REQUEST_LEN;

const PEER: [u8; 4] = [127, 0, 0, 1];
const OTHER_PEER: [u8; 4] = [127, 0, 0, 2];
const WORK: &str = "knothole-work";

/// Puts a tip, or asks a mailbox with garbage, from a peer; with work that was done, or without.
async fn ask(app: &TestApp, peer: [u8; 4], what: Option<TipParts>, work: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/x-tar")];
    headers.extend(work.map(|work| (WORK, work)));
    let asked = match what {
        Some(tip) => request("PUT", &format!("/tips/{}", tip.id()), &headers, &tip.body()),
        None => request("POST", "/mailbox", &headers, &[0; MAILBOX_REQUEST_LEN]),
    };
    exchange_on(connect_from(peer, app.running.public()).await, &asked).await
}

/// Does what a refusal asks for.
fn solved(refusal: &Answer) -> String {
    assert_eq!((refusal.status, refusal.text()), (429, "too much for now: try again later\n"));
    let challenge: Challenge = serde_json::from_str(refusal.header(WORK)).unwrap();
    let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    serde_json::to_string(&Payload { challenge, solution }).unwrap()
}

#[tokio::test]
async fn a_tip_gets_through_a_flood_for_work_that_was_done_and_only_once() {
    let app = TestApp::limited(|public| public.all.requests = only(4)).await;
    for number in 1..=4 {
        assert_eq!(ask(&app, PEER, Some(TipParts::new(number)), None).await.status, 201);
    }
    let refused = ask(&app, OTHER_PEER, Some(TipParts::new(5)), None).await;
    let done = solved(&refused);
    let stored = ask(&app, OTHER_PEER, Some(TipParts::new(5)), Some(&done)).await;
    assert_eq!((stored.status, stored.header(WORK)), (201, ""));
    for peer in [PEER, OTHER_PEER] {
        assert_eq!(ask(&app, peer, Some(TipParts::new(6)), Some(&done)).await.status, 429, "it was done once");
    }
    assert_eq!(ask(&app, PEER, Some(TipParts::new(6)), Some("{}")).await.status, 429);
}

/// Somebody shares an address with whoever floods from there.
#[tokio::test]
async fn work_counts_for_who_shares_an_address_with_a_flooder() {
    let app = TestApp::limited(|public| public.peer.requests = only(1)).await;
    assert_eq!(ask(&app, PEER, Some(TipParts::new(1)), None).await.status, 201);
    let refused = ask(&app, PEER, Some(TipParts::new(2)), None).await;
    assert_eq!(ask(&app, PEER, Some(TipParts::new(2)), Some(&solved(&refused))).await.status, 201);
}

#[tokio::test]
async fn a_mailbox_answers_whoever_worked_while_others_guess() {
    let app = TestApp::limited(|public| public.all.requests = only(10)).await;
    assert_eq!(ask(&app, PEER, None, None).await.status, 200);
    let refused = ask(&app, OTHER_PEER, None, None).await;
    let done = solved(&refused);
    assert_eq!(ask(&app, OTHER_PEER, None, Some(&done)).await.status, 200);
    assert_eq!(ask(&app, OTHER_PEER, None, Some(&done)).await.status, 429);
    assert_eq!(ask(&app, PEER, Some(TipParts::new(1)), None).await.status, 201, "tips have limits of their own");
}

#[tokio::test]
async fn nobody_is_asked_for_work_who_is_served_or_refused_for_another_reason() {
    let app = TestApp::limited(|_| ()).await;
    for (answer, status) in [
        (ask(&app, PEER, Some(TipParts::new(1)), None).await, 201),
        (ask(&app, PEER, None, None).await, 200),
        (app.get("/nowhere").await, 404),
        (app.get("/").await, 200),
    ] {
        assert_eq!((answer.status, answer.header(WORK)), (status, ""));
    }
}
