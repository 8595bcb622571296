//! The server leaves no core dump, even where the machine would let it.

use crate::support::process::{Program, lasting_site, say};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

const ANY_SIZE: [&str; 3] = ["sh", "-c", "ulimit -c unlimited; exec \"$0\" \"$@\""];
const SIGABRT: i32 = 6;

fn dumps_in(dir: &Path) -> usize {
    let entries = std::fs::read_dir(dir).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("core")).count()
}

/// Whether a program that dies here leaves a file that a test can see.
fn machine_writes_dumps() -> bool {
    let dir = tempfile::tempdir().unwrap();
    let abort = "ulimit -c unlimited && kill -s ABRT $$";
    Command::new("sh").args(["-c", abort]).current_dir(dir.path()).stderr(Stdio::null()).status().unwrap();
    dumps_in(dir.path()) == 1
}

#[tokio::test]
async fn a_server_that_dies_leaves_no_core_dump() {
    let site = lasting_site().await;
    let mut server = Program::launched(&ANY_SIZE, site.path(), "info");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.pid())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..], ["0", "0", "bytes"]);

    let ended = server.end("ABRT");
    assert_eq!((ended.signal(), ended.core_dumped()), (Some(SIGABRT), false));
    assert_eq!(dumps_in(server.working_dir()), 0);
    if !machine_writes_dumps() {
        say("half skipped: a server that dies leaves no core dump: this machine writes none for any program");
    }
}
