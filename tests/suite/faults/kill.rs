//! `kill -9` while sixteen clients are in flight, again and again, on one store.

use super::client::{Tip, assert_holds, send, status};
use crate::support::process::{Program, lasting_site, say};
use knothole::http::accept::Address;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, mpsc};

const CLIENTS: usize = 16;

/// What the clients know.
#[derive(Default)]
struct Ledger {
    next: AtomicU64,
    acknowledged: Mutex<BTreeSet<u64>>,
    /// Sent, and the connection broke before an answer.
    unsure: Mutex<Vec<u64>>,
}

/// What became of the tips that were in flight.
#[derive(Default)]
struct Tally {
    retried: usize,
    were_durable: usize,
}

/// When the server is killed: after so many tips were sent whole, or after so many were acknowledged.
#[derive(Clone, Copy)]
enum Moment {
    Sent(u64),
    Acknowledged(u64),
}

/// Sends one tip after another until the server is gone.
fn client(door: &Address, ledger: &Ledger, happened: &mpsc::Sender<bool>) {
    loop {
        let number = ledger.next.fetch_add(1, Ordering::Relaxed);
        let tell = |is_acknowledged| {
            // Nobody listens any more once the server was killed.
            let _unheard = happened.send(is_acknowledged);
        };
        let Some(head) = send(door, &Tip(number), || tell(false)) else {
            return ledger.unsure.lock().unwrap().push(number);
        };
        assert_eq!(status(&head), 201, "{head}");
        ledger.acknowledged.lock().unwrap().insert(number);
        tell(true);
    }
}

/// Every tip whose fate is unknown is sent again, and the last ones that were acknowledged.
fn retry(door: &Address, ledger: &Ledger, tally: &mut Tally) {
    let unsure = std::mem::take(&mut *ledger.unsure.lock().unwrap());
    let mut acknowledged = ledger.acknowledged.lock().unwrap();
    for number in acknowledged.iter().rev().take(8) {
        assert_eq!(status(&send(door, &Tip(*number), || ()).unwrap()), 200, "tip {number} was lost");
    }
    tally.retried += unsure.len();
    for number in unsure {
        let answer = status(&send(door, &Tip(number), || ()).unwrap());
        assert!(answer == 200 || answer == 201, "{answer}");
        tally.were_durable += usize::from(answer == 200);
        acknowledged.insert(number);
    }
}

fn round(site: &Path, ledger: &Ledger, moment: Moment, tally: &mut Tally) {
    let server = Program::start(site, "info");
    retry(server.public(), ledger, tally);
    let door = server.public().clone();
    std::thread::scope(|scope| {
        let (happened, events) = mpsc::channel();
        for _ in 0..CLIENTS {
            let (door, happened) = (&door, happened.clone());
            scope.spawn(move || client(door, ledger, &happened));
        }
        let (is_counted, mut left) = match moment {
            Moment::Sent(count) => (false, count),
            Moment::Acknowledged(count) => (true, count),
        };
        while left > 0 {
            left -= u64::from(events.recv().unwrap() == is_counted);
        }
        server.kill();
    });
}

async fn rounds(count: u64) {
    let site = lasting_site().await;
    let (ledger, mut tally) = (Ledger::default(), Tally::default());
    for number in 0..count {
        // Early and late in the life of a server, at each point of a batch.
        let after = number * 37 % 101 + 1;
        let moment = if number % 2 == 0 { Moment::Acknowledged(after) } else { Moment::Sent(after) };
        round(site.path(), &ledger, moment, &mut tally);
    }
    let server = Program::start(site.path(), "info");
    retry(server.public(), &ledger, &mut tally);
    server.stop();
    let acknowledged = ledger.acknowledged.into_inner().unwrap();
    assert_holds(site, &acknowledged).await;
    let Tally { retried, were_durable } = tally;
    say(&format!(
        "kill -9: {count} rounds, {CLIENTS} clients: {} tips acknowledged, 0 lost, 0 doubled; {retried} were in flight and \
        sent again, {were_durable} of them were stored already",
        acknowledged.len()
    ));
}

#[tokio::test]
async fn a_server_that_is_killed_loses_and_doubles_nothing() {
    rounds(5).await;
}

#[tokio::test]
#[ignore = "Two hundred rounds take minutes; `make faults` runs them, and CI runs five."]
async fn a_server_that_is_killed_two_hundred_times_loses_and_doubles_nothing() {
    rounds(200).await;
}
