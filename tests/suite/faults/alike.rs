//! Whether a clock tells what lies in a mailbox: the same questions in random order, and how far the times of their answers lie
//! apart (Kolmogorov and Smirnov), beside how far those of one answer lie from themselves.

use crate::support::app::{NOW, TestApp, public_limits};
use crate::support::http::{connect, exchange_on, request};
use crate::support::tip::sealed;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::shape::REPLY_LEN;
use knothole::http::limits::Rate;
use knothole::model::hex::Hex;
use knothole::wire::{MAILBOX_ANSWER_LEN, MailboxAct, MailboxRequest, PostedReply, read_answer};
use sha2::{Digest as _, Sha256};
use std::time::Instant;

const ROUNDS: usize = 2_000;
/// Nobody is told to wait, however much is asked.
const WIDE: Rate = Rate::new(10_000_000, 1_000_000);
/// Two samples of one kind are farther apart than is allowed in one of a million such measurements.
const DOUBT: f64 = 1e-6;
/// Full, never written to, emptied by its reader, and no mailbox at all: each twice.
const KINDS: [&str; 8] = ["something", "nobody's", "emptied", "garbage", "something", "nobody's", "emptied", "garbage"];
/// What each kind is compared with: itself, and every other.
const PAIRS: [(usize, usize); 10] = [(0, 4), (1, 5), (2, 6), (3, 7), (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];

fn mailbox(code: u8, act: MailboxAct) -> MailboxRequest {
    MailboxRequest { id: Hex([code; 32]), token: Hex([code ^ 0x80; 32]), act }
}

fn body(kind: usize, round: usize) -> Vec<u8> {
    match kind % 4 {
        0 => mailbox(7, MailboxAct::Read).to_body(),
        2 => mailbox(8, MailboxAct::Read).to_body(),
        1 => {
            let guess = Hex(Sha256::digest(round.to_be_bytes()).into());
            MailboxRequest { id: guess, token: guess, act: MailboxAct::Read }.to_body()
        }
        _ => vec![0xff; 256],
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
    let limits = public_limits(|public| (public.peer.requests, public.all.requests) = (WIDE, WIDE));
    let app = TestApp::with_limits(app.dir, NOW, limits).await;
    for code in [7, 8] {
        for fill in 1..=3 {
            let MailboxRequest { id, token, .. } = mailbox(code, MailboxAct::Read);
            let reply = PostedReply {
                mailbox: id,
                token_hash: Hex(Sha256::digest(token.0).into()),
                sealed: STANDARD.encode(sealed(REPLY_LEN, fill + code * 10)),
            };
            assert_eq!(app.person("mia").post("/v1/replies", &reply).await.status, 201);
        }
    }
    let ask = async |body: &[u8]| {
        let request = request("POST", "/mailbox", &[], body);
        let stream = connect(app.running.public()).await;
        let begun = Instant::now();
        let answer = exchange_on(stream, &request).await;
        (begun.elapsed().as_secs_f64() * 1e6, answer)
    };
    ask(&mailbox(8, MailboxAct::Delete).to_body()).await;
    let mut times = KINDS.map(|_| Vec::with_capacity(ROUNDS));
    for round in 0..ROUNDS {
        let mut order: Vec<usize> = (0..KINDS.len()).collect();
        order.sort_by_cached_key(|_| getrandom::u64().unwrap());
        for kind in order {
            let (micros, answer) = ask(&body(kind, round)).await;
            assert_eq!((answer.status, answer.body.len()), (200, MAILBOX_ANSWER_LEN));
            let shown = read_answer(&answer.body).unwrap().len();
            assert_eq!(shown, if kind % 4 == 0 { 3 } else { 0 });
            times[kind].push(micros);
        }
    }
    let bound = bound(ROUNDS, DOUBT);
    let mut sorted = times[0].clone();
    sorted.sort_by(f64::total_cmp);
    let median = sorted[ROUNDS / 2];
    println!(
        "{ROUNDS} answers of each kind, {MAILBOX_ANSWER_LEN} bytes each; half of them within {median:.0} microseconds"
    );
    println!("distance of two kinds (allowed: {bound:.3})");
    for (one, other) in PAIRS {
        println!("  {:<9} and {:<9}  {:.3}", KINDS[one], KINDS[other], distance(&times[one], &times[other]));
    }
    let slower: Vec<f64> = times[4].iter().map(|time| time + median / 20.0).collect();
    let of_slower = distance(&times[0], &slower);
    println!("  something and something a twentieth slower: {of_slower:.3}");
    // Who sent garbage knows it: what it takes to read that is theirs to know.
    for (one, other) in PAIRS.into_iter().filter(|(_, other)| KINDS[*other] != "garbage") {
        let seen = distance(&times[one], &times[other]);
        assert!(seen < bound, "{} and {}: {seen:.3}", KINDS[one], KINDS[other]);
    }
}
