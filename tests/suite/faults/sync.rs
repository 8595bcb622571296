//! Power cannot be cut in a test; what a cut would spare can be seen: a tip is acknowledged only after a sync that
//! follows the last write of it.

use super::client::{Tip, send, status};
use super::trace::{self, Call};
use crate::support::process::{Program, lasting_site, say};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};

const TIPS: u64 = 64;
const TRACED: &str = "trace=openat,close,accept4,pwrite64,write,writev,sendto,sendmsg,fsync,fdatasync";

/// How the writes, the syncs and the answers of a trace stand to each other.
#[derive(Debug, Default, PartialEq, Eq)]
struct Order {
    /// 201s written to a connection.
    answers: u64,
    /// Those that began while a write to the write-ahead log was not yet synced.
    early: u64,
    /// Writes to that log.
    writes: u64,
    /// Syncs of it.
    syncs: u64,
    /// Whether the folder was synced after the log was made in it, before the first 201.
    is_folder_synced: bool,
}

fn order(calls: &[Call]) -> Order {
    let mut order = Order::default();
    // Open files, each with the place where it was opened.
    let (mut logs, mut folders, mut sockets) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    // Where the last write to the log ended, and where the last sync of it that ended had begun.
    let (mut written, mut synced) = (0, 0);
    for call in calls {
        let is_of = |files: &BTreeMap<i32, usize>| call.file().is_some_and(|file| files.contains_key(&file));
        match (call.name.as_str(), call.value()) {
            ("openat", Some(file)) => {
                if call.arguments.contains("knothole.db-wal\"") {
                    logs.insert(file, call.ended);
                } else if !call.arguments.contains("knothole.db") {
                    folders.insert(file, call.ended);
                }
            }
            ("accept4", Some(file)) => drop(sockets.insert(file, call.ended)),
            ("close", _) => {
                for files in [&mut logs, &mut folders, &mut sockets] {
                    // Another thread may have got the number again before this one heard that the file was closed.
                    files.retain(|file, opened| Some(*file) != call.file() || *opened > call.began);
                }
            }
            ("pwrite64", Some(_)) if is_of(&logs) => {
                written = call.ended;
                order.writes += 1;
            }
            ("fdatasync" | "fsync", Some(0)) if is_of(&logs) => {
                synced = call.began;
                order.syncs += 1;
            }
            ("fdatasync" | "fsync", Some(0)) if is_of(&folders) => order.is_folder_synced |= order.answers == 0,
            (_, Some(_)) if is_of(&sockets) && call.arguments.contains("HTTP/1.1 201") => {
                order.answers += 1;
                order.early += u64::from(synced < written);
            }
            _ => {}
        }
    }
    order
}

/// Whether a program can be run here.
pub fn is_there(program: &str) -> bool {
    Command::new(program).arg("-V").stdout(Stdio::null()).status().is_ok_and(|ended| ended.success())
}

#[tokio::test]
async fn every_acknowledgement_follows_a_sync_of_the_last_write() {
    if !is_there("strace") {
        return say("skipped: every acknowledgement follows a sync of the last write: strace is not installed");
    }
    let site = lasting_site().await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("trace");
    let launcher = ["strace", "-f", "-s", "64", "-e", TRACED, "-e", "signal=none", "-o", path.to_str().unwrap()];
    let server = Program::launched(&launcher, site.path(), "info");
    // One after another: nothing else is written while an answer is on its way.
    for number in 0..TIPS {
        assert_eq!(status(&send(server.public(), &Tip(number), || ()).unwrap()), 201);
    }
    server.stop();
    let order = order(&trace::read(&std::fs::read_to_string(&path).unwrap()));
    assert_eq!((order.answers, order.early), (TIPS, 0), "{order:?}");
    assert!(order.writes >= TIPS && order.syncs >= TIPS && order.is_folder_synced, "{order:?}");
    let Order { answers, early, writes, syncs, .. } = order;
    say(&format!(
        "sync: {answers} acknowledgements, {early} before a sync of the last of {writes} writes; {syncs} syncs"
    ));
}

#[test]
fn an_answer_before_the_sync_would_be_seen() {
    let open = "1 openat(AT_FDCWD, \"/srv/knothole.db-wal\", O_RDWR|O_CREAT, 0600) = 9\n1 accept4(3, NULL) = 5\n";
    let (write, sync) = ("1 pwrite64(9, \"a\", 1, 0) = 1\n", "1 fdatasync(9) = 0\n");
    let answer = "1 writev(5, [{iov_base=\"HTTP/1.1 201 Created\\r\\n\", iov_len=20}], 1) = 20\n";
    let early = |parts: &[&str]| order(&trace::read(&format!("{open}{}", parts.concat()))).early;
    assert_eq!(early(&[write, sync, answer]), 0);
    assert_eq!(early(&[write, answer, sync]), 1);
    assert_eq!(early(&[sync, write, answer]), 1);
    assert_eq!(early(&[write, sync, write, answer]), 1);
    let across = "2 fdatasync(9 <unfinished ...>\n1 pwrite64(9, \"b\", 1, 0) = 1\n2 <... fdatasync resumed>) = 0\n";
    assert_eq!(early(&[write, across, answer]), 1, "a sync that began before the write does not cover it");
}
