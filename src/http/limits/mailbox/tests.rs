use super::super::peer::Peers;
use super::super::{Limits, Rates};
use super::*;
use governor::clock::FakeRelativeClock;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const MINUTE_MS: u64 = 60_000;

/// The budget of a site as it comes, in a time that stands still until it is moved on.
fn usual() -> (MailboxBudget<FakeRelativeClock>, FakeRelativeClock) {
    let Limits { public, .. } = Limits::default();
    let Rates { requests: all, .. } = public.all;
    let clock = FakeRelativeClock::default();
    (MailboxBudget::new(public.peer.requests, all, clock.clone()), clock)
}

fn peer(address: impl Into<IpAddr>) -> PeerKey {
    Peers::fixed().of_proxied(address.into())
}

/// Addresses of as many networks, as a botnet has them.
fn scattered(number: u32) -> PeerKey {
    peer(Ipv4Addr::from_bits(0x1000_0000 + number * 0x1_0003))
}

/// Ten thousand questions of so many guessers in one minute, one after the other: how many were taken. After each hundredth a
/// person whom nobody has seen before asks, from an address of their own, and is never told to wait.
fn taken_of_10_000(guessers: u32, guesser: impl Fn(u32) -> PeerKey) -> usize {
    let (budget, clock) = usual();
    let mut taken = 0;
    for guess in 0..10_000 {
        clock.advance(Duration::from_millis(MINUTE_MS / 10_000));
        taken += usize::from(budget.ask(&guesser(guess % guessers)).is_ok());
        if guess % 100 == 99 {
            let person = peer(Ipv4Addr::from_bits(0xc000_0000 + guess * 0x100));
            assert_eq!([budget.ask(&person), budget.ask(&person)], [Ok(()), Ok(())], "after {guess} guesses");
        }
    }
    taken
}

#[test]
fn ten_thousand_guesses_a_minute_from_many_addresses_are_slowed_and_hurt_nobody_else() {
    for (guessers, most) in [(1, 400), (10, 1_000), (100, 1_500), (500, 3_900)] {
        let taken = taken_of_10_000(guessers, scattered);
        assert!((100..=most).contains(&taken), "{taken} from {guessers}");
    }
}

/// Each is a stranger with one question. A person then works for an answer: `http::limits::work`.
#[test]
fn ten_thousand_tor_circuits_are_slowed_too() {
    let (budget, clock) = usual();
    let circuit = |number: u32| peer(Ipv6Addr::from_bits((0xfc00_dead_beef_4dad << 64) + u128::from(number)));
    let in_a_minute = |from: u32| {
        (from..from + 10_000).filter(|number| {
            clock.advance(Duration::from_millis(MINUTE_MS / 10_000));
            budget.ask(&circuit(*number)).is_ok()
        })
    };
    assert!(in_a_minute(0).count() <= 3_600);
    assert!(in_a_minute(10_000).count() <= 1_200);
}

#[test]
fn who_rents_a_range_of_addresses_is_slowed_as_one() {
    let in_a_48 = |number: u32| peer(Ipv6Addr::from_bits((0x2001_0db8_0001 << 80) + (u128::from(number) << 64)));
    let in_a_24 = |number: u32| peer(Ipv4Addr::from_bits(0x0a00_0000 + number));
    assert!(taken_of_10_000(10_000, in_a_48) <= 1_000);
    assert!(taken_of_10_000(250, in_a_24) <= 1_000);
}

#[test]
fn who_is_told_to_wait_is_served_when_the_time_is_over() {
    let (budget, clock) = usual();
    while budget.ask(&scattered(1)).is_ok() {}
    let Err(Problem::TooMany { retry_seconds }) = budget.ask(&scattered(1)) else { panic!("it was not told to wait") };
    assert!((1..=60).contains(&retry_seconds), "{retry_seconds}");
    clock.advance(Duration::from_secs(retry_seconds));
    assert_eq!(budget.ask(&scattered(1)), Ok(()));
}

/// A Tor exit, a phone network, a library: nobody guesses, and nobody waits.
#[test]
fn many_sources_behind_one_address_are_served_while_nobody_guesses() {
    let (budget, clock) = usual();
    for _ in 0..200 {
        clock.advance(Duration::from_millis(500));
        assert_eq!(budget.ask(&scattered(1)), Ok(()));
    }
}

#[test]
fn nobody_is_known_any_more_who_has_not_asked_for_a_while() {
    let (budget, clock) = usual();
    for number in 0..300 {
        let _any = budget.ask(&scattered(number % 50));
    }
    assert_eq!((budget.first.len(), budget.networks.len()), (50, 50));
    clock.advance(Duration::from_mins(10));
    budget.forget_idle();
    assert_eq!((budget.first.len(), budget.networks.len(), budget.more.len()), (0, 0, 0));
}
