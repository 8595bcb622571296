//! The program itself: what a person who starts it sees, and what it leaves behind.

use crate::support::app::data_dir;
use crate::support::files::files_under;
use crate::support::http::{Answer, exchange, request};
use crate::support::site::genesis;
use knothole::http::accept::Address;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const PLANTED: &str = "planted-word";

fn knothole(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_knothole"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn refused(args: &[&str]) -> String {
    let output: Output = knothole(args).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    String::from_utf8(output.stderr).unwrap()
}

/// A server in a process of its own, its public door, and its log so far.
fn spawn(data: &Path) -> (Child, Address, String) {
    let genesis = genesis().to_string();
    let data = data.to_str().unwrap();
    let any = "127.0.0.1:0";
    let mut child =
        knothole(&["serve", "--data", data, "--genesis", &genesis, "--public", any, "--staff", any]).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(1, child.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.split_once("public=").unwrap().1.split_once(' ').unwrap().0.parse().unwrap();
    (child, address, line)
}

fn stop(mut child: Child) -> String {
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert!(child.wait().unwrap().success());
    let mut rest = String::new();
    child.stderr.unwrap().read_to_string(&mut rest).unwrap();
    rest
}

async fn say_planted_words(door: &Address) -> Vec<Answer> {
    let headers = [("user-agent", PLANTED), ("cookie", PLANTED), ("referer", PLANTED), ("forwarded", PLANTED)];
    let body = PLANTED.repeat(10);
    let mut answers = Vec::new();
    for (method, target) in [("GET", "/?q=planted-word"), ("GET", "/planted-word"), ("PUT", "/tips/planted-word")] {
        answers.push(exchange(door, &request(method, target, &headers, body.as_bytes())).await);
    }
    answers
}

#[tokio::test]
async fn nothing_that_a_visitor_says_is_logged_stored_or_said_back() {
    let dir = data_dir();
    let (child, door, mut log) = spawn(dir.path());
    let answers = say_planted_words(&door).await;
    log += &stop(child);
    assert_eq!(log.lines().count(), 2, "only starting and stopping are worth a line: {log}");
    let mut searched = vec![log.into_bytes()];
    searched
        .extend(answers.into_iter().map(|answer| [format!("{:?}", answer.headers).into_bytes(), answer.body].concat()));
    searched.extend(files_under(dir.path()).into_iter().map(|(_, bytes)| bytes));
    for bytes in searched {
        assert!(!bytes.windows(PLANTED.len()).any(|window| window == PLANTED.as_bytes()));
    }
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_ends_well_and_starts_again() {
    let dir = data_dir();
    for _ in 0..2 {
        let (child, door, _) = spawn(dir.path());
        assert_eq!(exchange(&door, &request("GET", "/", &[], b"")).await.status, 200);
        stop(child);
    }
}

#[test]
fn what_is_wrong_is_said_with_a_hint() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_str().unwrap();
    let hash = genesis().to_string();
    assert_eq!(
        refused(&["serve", "--genesis", &hash]),
        "knothole: data is not set\nhint: say with --data which folder holds the database\n"
    );
    assert!(refused(&["serve", "--data", path, "--genesis", "00"]).contains("\nhint: expected 64 lower-case hex"));
    assert_eq!(
        refused(&["serve", "--data", path, "--genesis", &hash]),
        format!("knothole: {path} is open to other users of this machine\nhint: take others' rights away: chmod 700\n")
    );
}
