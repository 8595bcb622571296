use super::super::Limits;
use super::super::peer::Peers;
use super::*;
use crate::clock::FixedClock;
use altcha::{SolveChallengeOptions, solve_challenge};
use governor::clock::FakeRelativeClock;
use std::net::Ipv4Addr;

const NOW: u64 = 1_795_485_599;

/// Work that is asked for `seconds` after [`NOW`], under one key.
fn at(seconds: u64) -> Work<FakeRelativeClock> {
    let work = Work::new(
        Limits::default().public.all.requests,
        Arc::new(FixedClock(NOW + seconds)),
        &FakeRelativeClock::default(),
    );
    Work { key: Zeroizing::new("a key of all tests".into()), ..work }
}

fn peer(number: u32) -> PeerKey {
    Peers::fixed().of_address(Ipv4Addr::from_bits(0x1000_0000 + number * 0x1_0003).into())
}

fn solved(challenge: Challenge) -> Payload {
    let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    Payload { challenge, solution }
}

fn headers(payload: &Payload) -> HeaderMap {
    let json = serde_json::to_string(payload).unwrap();
    HeaderMap::from_iter([(HEADER, HeaderValue::from_str(&json).unwrap())])
}

#[test]
fn work_that_was_done_counts_once_from_whoever_brings_it() {
    let work = at(0);
    let done = headers(&solved(work.challenge()));
    assert!(work.is_done(&peer(1), &done));
    assert!(!work.is_done(&peer(1), &done) && !work.is_done(&peer(2), &done));
    assert!(!work.is_done(&peer(1), &HeaderMap::new()));
}

#[test]
fn a_challenge_of_another_process_of_another_time_or_made_easier_counts_for_nothing() {
    let done = solved(at(0).challenge());
    assert!(at(2 * STRETCH_SECONDS - 1 - NOW % STRETCH_SECONDS).is_done(&peer(1), &headers(&done)));
    assert!(!at(2 * STRETCH_SECONDS - NOW % STRETCH_SECONDS).is_done(&peer(1), &headers(&done)), "it is over");
    let other = Work { key: Zeroizing::new("another".into()), ..at(0) };
    assert!(!other.is_done(&peer(1), &headers(&done)));
    let changed = |change: fn(&mut Payload)| {
        let mut payload = done.clone();
        change(&mut payload);
        at(0).is_done(&peer(1), &headers(&payload))
    };
    assert!(changed(|_| ()));
    assert!(!changed(|payload| payload.challenge.parameters.cost = 1));
    assert!(!changed(|payload| payload.challenge.parameters.key_prefix = String::new()));
    assert!(!changed(|payload| payload.challenge.parameters.expires_at = Some(i64::MAX)));
    assert!(!changed(|payload| payload.challenge.signature = None));
    assert!(!changed(|payload| payload.solution.counter += 1));
    assert!(!changed(|payload| payload.solution.derived_key = "00".repeat(32)));
}

/// By the clock of a server behind an onion address it can be told which machine it is.
#[test]
fn a_challenge_tells_nothing_of_the_servers_clock() {
    let told = |seconds| {
        let mut challenge = at(seconds).challenge();
        let parameters = &mut challenge.parameters;
        (parameters.nonce, parameters.salt, challenge.signature) = (String::new(), String::new(), None);
        serde_json::to_string(&challenge).unwrap()
    };
    assert_eq!(told(0), told(1_000_000));
}

#[test]
fn a_challenge_of_a_time_to_come_is_none_of_ours() {
    let done = solved(at(STRETCH_SECONDS).challenge());
    assert!(!at(0).is_done(&peer(1), &headers(&done)));
}

#[test]
fn who_brings_rubbish_is_looked_at_a_few_times_and_takes_nothing_from_others() {
    let work = at(0);
    let done = solved(work.challenge());
    for counter in 0..100 {
        let mut wrong = done.clone();
        wrong.solution.counter = 1_000_000 + counter;
        assert!(!work.is_done(&peer(1), &headers(&wrong)));
    }
    assert!(!work.is_done(&peer(1), &headers(&done)), "of this peer no more is looked at");
    assert!(work.is_done(&peer(2), &headers(&done)));
    for rubbish in ["", "{}", "[1,2]", &"{".repeat(MAX_LEN), &"x".repeat(MAX_LEN + 1)] {
        let headers = HeaderMap::from_iter([(HEADER, HeaderValue::from_str(rubbish).unwrap())]);
        assert!(!work.is_done(&peer(3), &headers));
    }
}

#[test]
fn what_was_done_is_forgotten_once_nobody_can_bring_it_again() {
    let work = at(0);
    assert!(work.is_done(&peer(1), &headers(&solved(work.challenge()))));
    work.forget_idle();
    assert_eq!(work.done().len(), 1);
    let left_after = |stretches| {
        let later = Work { done: Mutex::new(work.done().clone()), ..at(stretches * STRETCH_SECONDS) };
        later.forget_idle();
        later.done().len()
    };
    assert_eq!((left_after(1), left_after(2)), (1, 0));
}
