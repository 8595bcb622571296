//! Whether a clock tells what lies in a mailbox: the same questions in random order, and how far the times of their answers lie
//! apart (Kolmogorov and Smirnov), beside how far those of one answer lie from themselves.

use crate::support::app::{NOW, TestApp, public_limits};
use crate::support::http::{Answer, connect, exchange_on, request};
use crate::support::tip::sealed;
use knothole::crypto::shape::REPLY_LEN;
use knothole::http::limits::Rate;
use knothole::model::day::Day;
use knothole::model::hex::Hex;
use knothole::store::sqlite::SqliteStore;
use knothole::store::{MailboxPlace, NewReply, Outcome, Store as _};
use knothole::wire::{MAILBOX_ANSWER_LEN, MailboxAct, MailboxRequest, read_answer};
use sha2::{Digest as _, Sha256};
use std::time::Instant;

const ROUNDS: usize = 2_000;
/// Nobody is told to wait, however much is asked.
const WIDE: Rate = Rate::new(10_000_000, 1_000_000);
/// Two samples of one kind are farther apart than is allowed in one of a million such measurements.
const DOUBT: f64 = 1e-6;
/// What can lie in a mailbox, and no mailbox at all; how many replies are stored there, and how many of them are shown.
const KINDS: [(&str, u8, usize); 6] =
    [("full", 11, 11), ("three", 3, 3), ("waiting", 3, 0), ("emptied", 3, 0), ("nobody's", 0, 0), ("garbage", 0, 0)];
const NOBODYS: usize = 4;
const GARBAGE: usize = 5;

fn mailbox(kind: usize, act: MailboxAct) -> MailboxRequest {
    let code = u8::try_from(kind).unwrap();
    MailboxRequest { id: Hex([code; 32]), token: Hex([code ^ 0x80; 32]), act, skip: 0 }
}

fn body(kind: usize, round: usize) -> Vec<u8> {
    match kind {
        NOBODYS => {
            let guess = Hex(Sha256::digest(round.to_be_bytes()).into());
            MailboxRequest { id: guess, token: guess, act: MailboxAct::Read, skip: 0 }.to_body()
        }
        GARBAGE => vec![0xff; 256],
        _ => mailbox(kind, MailboxAct::Read).to_body(),
    }
}

/// The greatest difference of two samples' shares below any value, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a few thousand values are counted")]
fn distance(one: &[f64], other: &[f64]) -> f64 {
    let share =
        |sample: &[f64], value| sample.iter().filter(|time| **time <= value).count() as f64 / sample.len() as f64;
    one.iter().chain(other).map(|value| (share(one, *value) - share(other, *value)).abs()).fold(0.0, f64::max)
}

/// What two samples of one kind and this size reach but for a part of `doubt` of all times.
#[expect(clippy::cast_precision_loss, reason = "a few thousand values are counted")]
fn bound(size: usize, doubt: f64) -> f64 {
    ((2.0 / doubt).ln() / size as f64).sqrt()
}

#[test]
fn distances_are_those_of_the_book() {
    let evenly = |from: i32| (from..from + 100).map(f64::from).collect::<Vec<_>>();
    for (shift, expected) in [(0, 0.0), (5, 0.05), (50, 0.5), (100, 1.0)] {
        assert!((distance(&evenly(0), &evenly(shift)) - expected).abs() < 1e-9, "{shift}");
    }
    // 1.95 times the root of 2/n is the usual bound for one in a thousand.
    assert!((bound(200, 0.001) - 1.95 * 0.1).abs() < 0.001);
}

#[tokio::test]
#[ignore = "Sixteen thousand answers take a minute or two, and a clock is read; `make faults` runs it."]
async fn the_time_of_an_answer_does_not_tell_what_lies_in_a_mailbox() {
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let store = SqliteStore::open(app.dir.path()).await.unwrap();
    for (kind, (name, stored, _)) in KINDS.into_iter().enumerate() {
        let shown_from = if name == "waiting" { i64::MAX.cast_unsigned() } else { 0 };
        store_replies(&store, &mailbox(kind, MailboxAct::Read), stored, shown_from).await;
    }
    store.close().await;
    let limits = public_limits(|public| (public.peer.requests, public.all.requests) = (WIDE, WIDE));
    let app = TestApp::with_limits(app.dir, NOW, limits).await;
    ask(&app, &mailbox(3, MailboxAct::Delete).to_body()).await;
    let mut times = vec![Vec::with_capacity(ROUNDS); 2 * KINDS.len()];
    for round in 0..ROUNDS {
        for place in shuffled(times.len()) {
            let kind = place % KINDS.len();
            let (micros, answer) = ask(&app, &body(kind, round)).await;
            assert_eq!((answer.status, answer.body.len()), (200, MAILBOX_ANSWER_LEN));
            assert_eq!(read_answer(&answer.body).unwrap().len(), KINDS[kind].2);
            times[place].push(micros);
        }
    }
    let pairs: Vec<_> = (0..KINDS.len())
        .map(|kind| (kind, kind + KINDS.len()))
        .chain((0..KINDS.len()).flat_map(|one| (one + 1..KINDS.len()).map(move |other| (one, other))))
        .collect();
    judge(&times, &[KINDS, KINDS].concat().iter().map(|kind| kind.0).collect::<Vec<_>>(), &pairs);
}

/// Places in random order.
fn shuffled(places: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places).collect();
    order.sort_by_cached_key(|_| getrandom::u64().unwrap());
    order
}

async fn store_replies(store: &SqliteStore, asked: &MailboxRequest, count: u8, shown_from: u64) {
    for fill in 0..count {
        let reply = NewReply {
            place: MailboxPlace { mailbox: asked.id, token_hash: Hex(Sha256::digest(asked.token.0).into()) },
            hash: Hex(Sha256::digest([&asked.id.0[..], &[fill]].concat()).into()),
            shown_from,
            goes: Day::from_epoch_days(40_000).unwrap(),
            sealed: sealed(REPLY_LEN, fill),
        };
        assert_eq!(store.put_reply(&reply).await, Ok(Outcome::Stored));
    }
}

/// How long it took to be answered, in microseconds, and what the answer was.
async fn ask(app: &TestApp, body: &[u8]) -> (f64, Answer) {
    let request = request("POST", "/mailbox", &[], body);
    let stream = connect(app.running.public()).await;
    let begun = Instant::now();
    let answer = exchange_on(stream, &request).await;
    (begun.elapsed().as_secs_f64() * 1e6, answer)
}

/// Prints how far the times of each pair lie apart, and refuses pairs that are farther apart than times of one kind.
fn judge(times: &[Vec<f64>], kinds: &[&str], pairs: &[(usize, usize)]) {
    let rounds = times[0].len();
    let bound = bound(rounds, DOUBT);
    let mut sorted = times[0].clone();
    sorted.sort_by(f64::total_cmp);
    let median = sorted[rounds / 2];
    println!(
        "{rounds} answers of each kind, {MAILBOX_ANSWER_LEN} bytes each; half of them within {median:.0} microseconds"
    );
    println!("distance of two kinds (allowed: {bound:.3})");
    for (one, other) in pairs {
        println!("  {:<9} and {:<9}  {:.3}", kinds[*one], kinds[*other], distance(&times[*one], &times[*other]));
    }
    let slower: Vec<f64> = times[pairs[0].1].iter().map(|time| time + median / 20.0).collect();
    let of_slower = distance(&times[0], &slower);
    println!("  {} and the same a twentieth slower: {of_slower:.3}", kinds[0]);
    assert!(of_slower > bound, "this machine is too busy to tell a twentieth: {of_slower:.3}");
    // Who sent garbage knows it: what it takes to read that is theirs to know.
    for (one, other) in pairs.iter().copied().filter(|(_, other)| kinds[*other] != "garbage") {
        let seen = distance(&times[one], &times[other]);
        assert!(seen < bound, "{} and {}: {seen:.3}", kinds[one], kinds[other]);
    }
}

/// A mailbox that is asked once.
fn once(kind: usize, round: usize, act: MailboxAct) -> MailboxRequest {
    let id = Hex(Sha256::digest([kind.to_be_bytes(), round.to_be_bytes()].concat()).into());
    MailboxRequest { id, token: id, act, skip: 0 }
}

#[tokio::test]
#[ignore = "Thousands of replies are stored first, and a clock is read; `make faults` runs it."]
async fn the_time_of_a_delete_does_not_tell_how_much_lay_in_a_mailbox() {
    const ROUNDS: usize = 2_000;
    const REPLIES: u8 = 8;
    const KINDS: [&str; 4] = ["something", "nobody's", "something", "nobody's"];
    const PAIRS: [(usize, usize); 4] = [(0, 2), (1, 3), (0, 1), (2, 3)];
    let app = TestApp::new().await;
    app.running.shutdown().await;
    let store = SqliteStore::open(app.dir.path()).await.unwrap();
    for round in 0..ROUNDS {
        for kind in [0, 2] {
            store_replies(&store, &once(kind, round, MailboxAct::Delete), REPLIES, 0).await;
        }
    }
    store.close().await;
    let limits = public_limits(|public| (public.peer.requests, public.all.requests) = (WIDE, WIDE));
    let app = TestApp::with_limits(app.dir, NOW, limits).await;
    let mut times = KINDS.map(|_| Vec::with_capacity(ROUNDS));
    for round in 0..ROUNDS {
        for kind in shuffled(KINDS.len()) {
            let (micros, answer) = ask(&app, &once(kind, round, MailboxAct::Delete).to_body()).await;
            assert_eq!((answer.status, answer.body.len()), (200, MAILBOX_ANSWER_LEN));
            assert!(read_answer(&answer.body).unwrap().is_empty());
            times[kind].push(micros);
        }
    }
    judge(&times, &KINDS, &PAIRS);
}
