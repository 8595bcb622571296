//! `kill -9` and a full disk while files come in: what was acknowledged is there, the rest is sent again, and the files arrive whole.

use super::disk::SmallDisk;
use super::sync::is_there;
use super::trace::{self, Call};
use crate::support::app::{NOW, TestApp};
use crate::support::files::files_under;
use crate::support::http::{Answer, exchange, request};
use crate::support::process::{LASTING_VERSION, Program, lasting_site, say, tcp};
use crate::support::site;
use crate::support::tip::{TipParts, sealed};
use crate::support::uploads::{Sender, objects};
use knothole::store::disk::free_percent;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

const FILES: u8 = 4;
const PART: usize = 256 << 10;
const ROUNDS: usize = 6;
const MIB: usize = 1 << 20;

/// One of several files, no two of whose parts are alike.
fn file(number: u8) -> Vec<u8> {
    let mut file = sealed(4 << 20, number);
    let payload = file.len() - (4 << 20);
    for (at, part) in file[payload..].chunks_mut(PART).enumerate() {
        part.fill(number.wrapping_mul(31).wrapping_add(u8::try_from(at).unwrap()));
    }
    file
}

/// Sends a part, and says how far the server then is; none where the line broke.
fn put(sender: &Sender, path: &str, offset: usize, file: &[u8]) -> Option<usize> {
    let end = file.len().min(offset + PART);
    let mut stream = TcpStream::connect(tcp(&sender.door)).ok()?;
    stream.write_all(&sender.part(path, offset, &file[offset..end])).ok()?;
    let mut answer = Vec::new();
    let _reset = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap().starts_with("HTTP/1.1 204").then_some(end)
}

/// Every client sends its file on from where it is, until the server is gone. Gives what was acknowledged.
fn send(server: Program, places: &[(Sender, String)], from: &[usize], kill_after: usize) -> Vec<usize> {
    let (told, acknowledged) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let clients = places.iter().zip(0..).zip(from).map(|(((sender, path), number), from)| {
            let (told, file) = (told.clone(), file(number));
            scope.spawn(move || {
                let mut at = *from;
                while at < file.len() {
                    let Some(next) = put(sender, path, at, &file) else { break };
                    at = next;
                    let _nobody_counts_any_more = told.send(());
                }
                at
            })
        });
        let clients: Vec<_> = clients.collect();
        drop(told);
        for () in acknowledged.iter().take(kill_after) {}
        server.kill();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

/// Makes sure that every part of every file lies there as it was sent.
fn assert_whole(data: &Path) {
    let stored: Vec<_> = files_under(&data.join("uploads")).into_iter().map(|(_, bytes)| bytes).collect();
    let wanted = (0..FILES).flat_map(|number| file(number).chunks(PART).map(<[u8]>::to_vec).collect::<Vec<_>>());
    let (mut stored, mut wanted) = (stored, wanted.collect::<Vec<_>>());
    wanted.sort();
    stored.sort();
    stored.retain(|bytes| wanted.binary_search(bytes).is_ok());
    stored.dedup();
    wanted.dedup();
    assert!(stored == wanted, "a part is missing or is not what was sent");
}

#[tokio::test]
async fn a_server_that_is_killed_while_files_come_in_loses_nothing_that_it_acknowledged() {
    let site = lasting_site().await;
    let mut server = Program::start(site.path(), "info");
    let mut places = Vec::new();
    for number in 0..FILES {
        let tip = TipParts { keyring: LASTING_VERSION, ..TipParts::new(100 + number) };
        let put = request(
            "PUT",
            &format!("/tips/{}", tip.id()),
            &[("content-type", "application/x-tar")],
            &tip.body_with_files(),
        );
        assert_eq!(exchange(server.public(), &put).await.status, 201);
        let sender = Sender::of(server.public(), tip);
        let path = sender.create(file(number).len()).await;
        places.push((sender, path));
    }
    let mut from = vec![0; places.len()];
    for round in 0..ROUNDS {
        let acknowledged = send(server, &places, &from, round * 3 % 7 + 1);
        server = Program::start(site.path(), "info");
        for (number, acknowledged) in (0..FILES).zip(acknowledged) {
            let ((sender, path), from) = (&mut places[usize::from(number)], &mut from[usize::from(number)]);
            sender.door = server.public().clone();
            let there = sender.offset(path).await.unwrap();
            let next = file(number).len().min(acknowledged + PART);
            assert!(there == acknowledged || there == next, "{there} after {acknowledged}");
            *from = there;
        }
    }
    for (((sender, path), from), number) in places.iter().zip(from).zip(0..) {
        let file = file(number);
        for at in (from..file.len()).step_by(PART) {
            assert_eq!(sender.put(path, at, &file[at..file.len().min(at + PART)]).await.status, 204);
        }
        assert_eq!(sender.offset(path).await, Some(file.len()));
    }
    server.stop();
    assert_whole(site.path());
}

/// What was done to make each part last, between one acknowledgement and the next.
fn steps(calls: &[Call]) -> Vec<Vec<&'static str>> {
    let (mut opened, mut done, mut acknowledged) = (BTreeMap::new(), Vec::new(), Vec::new());
    for call in calls {
        match (call.name.as_str(), call.value()) {
            ("openat", Some(file)) => {
                let is_part = call.arguments.contains("#1\"") && call.arguments.contains("O_CREAT");
                let what = if is_part { Some("part") } else { None };
                let is_folder = call.arguments.contains("/uploads\"");
                let _one_that_was_closed = opened.insert(file, what.or(is_folder.then_some("folder")));
            }
            ("rename" | "renameat" | "renameat2", Some(0)) => done.push("named"),
            ("fsync", Some(0)) => done.extend(call.file().and_then(|file| opened.get(&file).copied().flatten())),
            (_, Some(_)) if call.arguments.contains("HTTP/1.1 204") => acknowledged.push(std::mem::take(&mut done)),
            _ => {}
        }
    }
    acknowledged
}

#[tokio::test]
async fn a_part_is_acknowledged_after_its_file_and_the_folder_were_synced() {
    if !is_there("strace") {
        return say("skipped: a part is acknowledged after it was synced: strace is not installed");
    }
    let site = lasting_site().await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("trace");
    let traced = "trace=openat,rename,renameat,renameat2,fsync,write,writev,sendto,sendmsg";
    let launcher = ["strace", "-f", "-s", "64", "-e", traced, "-e", "signal=none", "-o", path.to_str().unwrap()];
    let server = Program::launched(&launcher, site.path(), "info");
    let tip = TipParts { keyring: LASTING_VERSION, ..TipParts::new(100) };
    let headers = [("content-type", "application/x-tar")];
    let put = request("PUT", &format!("/tips/{}", tip.id()), &headers, &tip.body_with_files());
    assert_eq!(exchange(server.public(), &put).await.status, 201);
    let (sender, file) = (Sender::of(server.public(), tip), file(1));
    let address = sender.create(file.len()).await;
    for at in (0..file.len()).step_by(PART) {
        assert_eq!(sender.put(&address, at, &file[at..file.len().min(at + PART)]).await.status, 204);
    }
    server.stop();
    let steps = steps(&trace::read(&std::fs::read_to_string(&path).unwrap()));
    assert_eq!(steps, vec![vec!["part", "named", "folder"]; file.len().div_ceil(PART)]);
}

/// Puts a file there from `at` on, a mebibyte at a time, until it is whole or refused. Gives how far it is, and the refusal.
async fn put_on(sender: &Sender, path: &str, file: &[u8], mut at: usize) -> (usize, Option<Answer>) {
    while at < file.len() {
        let end = file.len().min(at + MIB);
        let answer = sender.put(path, at, &file[at..end]).await;
        if answer.status != 204 {
            return (at, Some(answer));
        }
        at = end;
    }
    (at, None)
}

#[tokio::test]
#[ignore = "It mounts a small disk, which CI may not; `make faults` runs it."]
async fn a_disk_that_fills_while_a_file_comes_in_loses_nothing_and_a_fifth_of_it_stays_free_for_letters() {
    let Some(disk) = SmallDisk::mount("a full disk while a file comes in", 24 * MIB) else { return };
    let app = TestApp::on(disk.data_dir(), NOW).await;
    for version in [site::version_0(), site::version_1()] {
        assert_eq!(app.person("ada").post("/v1/keyring", &version).await.status, 201);
    }
    let ballast = disk.path().join("ballast");
    std::fs::write(&ballast, vec![1; 12 * MIB]).unwrap();
    let (sender, file) = (Sender::at(&app, 1).await, sealed(16 * MIB, 7));
    let path = sender.create(file.len()).await;
    let (at, refused) = put_on(&sender, &path, &file, 0).await;
    let refused = refused.unwrap();
    assert_eq!((refused.status, refused.header("retry-after")), (507, "600"));
    assert_eq!((sender.offset(&path).await, objects(app.dir.path())), (Some(at), (at / MIB, at)));
    std::fs::remove_file(&ballast).unwrap();
    assert_eq!(put_on(&sender, &path, &file, at).await, (file.len(), None), "over as soon as there is room");
    say(&format!("full disk: {at} bytes of a file acknowledged, then 507; with room again it was whole"));

    let app = app.again_with(|settings| settings.uploads.as_mut().unwrap().keep_free_percent = 20).await;
    let sender = Sender::of(app.running.public(), sender.tip);
    let path = sender.create(file.len()).await;
    let (at, refused) = put_on(&sender, &path, &file, 0).await;
    let free = free_percent(disk.path()).unwrap();
    assert!(at > 0 && refused.unwrap().status == 507 && (10..20).contains(&free), "{at} bytes, {free} percent free");
    for seed in 2..12 {
        assert_eq!(app.put(TipParts::new(seed)).await.status, 201);
    }
    say(&format!("full disk: files are refused with {free} percent of it free, and letters come in"));
}
