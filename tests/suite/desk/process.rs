//! What a process of `desk` leaves behind when something goes wrong in it.

use super::commands::{desk, passphrase_file};
use super::site::Site;
use std::process::{Command, Stdio};

const PLANTED: &str = "the words of a source";

#[test]
#[ignore = "It panics on purpose, and runs only in a process that the test below starts."]
fn panics_with_words() {
    knothole::desk::output::say_only_where();
    panic!("{PLANTED}");
}

#[test]
fn a_panic_tells_where_it_was_and_not_what_was_held() {
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "desk::process::panics_with_words", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    assert!(!done.status.success());
    let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    assert!(!said.contains(PLANTED), "{said}");
    assert!(said.contains("desk: stopped by a mistake of its own at tests/suite/desk/process.rs:"), "{said}");
}

/// On a desk that waits for a server which says nothing.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_desk_leaves_no_core_dump() {
    let mut site = Site::new("http://127.0.0.1:1");
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    site.members[0].profile.set_server(&format!("http://{}", silent.local_addr().unwrap()), None).unwrap();
    let mut command = desk(&["inbox", "--profile"]);
    command.arg(site.members[0].profile.dir()).arg("--passphrase-file").arg(passphrase_file(&site));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let _connection = silent.accept().await.unwrap();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..], ["0", "0", "bytes"]);
}
