//! `desk unlock` and `desk lock` as people run them: real processes, a socket, no passphrase on the second command.

use super::commands::{desk, run};
use super::site::{Person, Site};
use std::path::Path;
use std::process::{Command, Output};

/// Runs a command as the owner of a profile, who is asked nothing and names no passphrase.
fn unasked(person: &Person, words: &[&str]) -> Output {
    let mut command = desk(&["--no-input", "--profile"]);
    command.arg(person.profile.dir()).args(words).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The processes of agents whose socket lies in this profile.
fn agents(profile: &Path) -> Vec<i32> {
    let socket_dir = profile.canonicalize().unwrap().join("agent");
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(|entry| {
        let entry = entry.unwrap();
        let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
        let words = String::from_utf8(std::fs::read(entry.path().join("cmdline")).ok()?).ok()?;
        words.contains(socket_dir.to_str()?).then_some(pid)
    });
    processes.collect()
}

/// Locks whatever the test leaves unlocked.
struct Locks<'a>(&'a Person);

impl Drop for Locks<'_> {
    fn drop(&mut self) {
        unasked(self.0, &["lock"]);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn once_unlocked_no_command_asks_until_it_is_locked() {
    let (site, _door, _) = Site::at_door().await;
    let mia = &site.members[0];
    let _locks = Locks(mia);
    assert_eq!(code(&unasked(mia, &["inbox"])), 2, "somebody would have to be asked");

    let unlocked = run(&site, mia, &["unlock", "--for", "20"]);
    let said = String::from_utf8(unlocked.stdout).unwrap();
    assert!(
        said.starts_with("unlocked: no command asks for the passphrase until nobody used desk for 20 minutes"),
        "{said}"
    );
    for words in
        [&["inbox", "--json"][..], &["inbox"], &["enrolment", "-o", site.dir.path().join("e").to_str().unwrap()]]
    {
        let done = unasked(mia, words);
        assert_eq!(code(&done), 0, "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(code(&unasked(&site.members[1], &["inbox"])), 2, "another profile is another's");

    assert_eq!(unasked(mia, &["lock"]).stdout, b"locked\n");
    assert_eq!(code(&unasked(mia, &["inbox"])), 2);
    assert_eq!(unasked(mia, &["lock"]).stdout, b"was locked already\n");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn unlocking_again_leaves_one_agent_and_killing_it_leaves_no_way_in() {
    let (site, _door, _) = Site::at_door().await;
    let mia = &site.members[0];
    let _locks = Locks(mia);
    for _ in 0..2 {
        assert_eq!(code(&run(&site, mia, &["unlock"])), 0);
    }
    let [agent] = agents(mia.profile.dir())[..] else { panic!("one agent") };
    let stat = std::fs::read_to_string(format!("/proc/{agent}/status")).unwrap();
    assert!(!stat.contains("VmLck:\t       0 kB"), "{stat}");
    let limits = std::fs::read_to_string(format!("/proc/{agent}/limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"]);

    assert!(Command::new("kill").args(["-9", &agent.to_string()]).status().unwrap().success());
    assert_eq!(code(&unasked(mia, &["inbox"])), 2);
    assert_eq!(code(&run(&site, mia, &["unlock"])), 0, "what it left is cleared away");
    assert_eq!(code(&unasked(mia, &["inbox"])), 0);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_is_told_to_end_takes_its_socket_with_it() {
    let (site, _door, _) = Site::at_door().await;
    let mia = &site.members[0];
    assert_eq!(code(&run(&site, mia, &["unlock"])), 0);
    let [agent] = agents(mia.profile.dir())[..] else { panic!("one agent") };
    assert!(Command::new("kill").arg(agent.to_string()).status().unwrap().success());
    while Path::new(&format!("/proc/{agent}/cmdline")).metadata().is_ok() && !agents(mia.profile.dir()).is_empty() {
        std::thread::yield_now();
    }
    let left: Vec<_> =
        std::fs::read_dir(mia.profile.dir().join("agent")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| Path::new(name).extension().is_some_and(|end| end == "lock")), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_kept_and_bad_ones_refused() {
    let (site, _door, _) = Site::at_door().await;
    let mia = &site.members[0];
    assert_eq!(
        unasked(mia, &["config", "show", "--json"]).stdout,
        b"{\"auto_lock_minutes\":5,\"accessible\":false,\"watch_bell\":true,\"watch_command\":[]}\n"
    );
    assert_eq!(code(&unasked(mia, &["config", "set", "auto-lock", "12"])), 0);
    assert_eq!(code(&unasked(mia, &["config", "set", "accessible", "on"])), 0);
    for refused in [&["auto-lock", "31"][..], &["auto-lock", "0"], &["accessible", "maybe"], &["colour", "on"]] {
        assert_eq!(code(&unasked(mia, &[&["config", "set"], refused].concat())), 2, "{refused:?}");
    }
    assert_eq!(
        unasked(mia, &["config", "show", "--json"]).stdout,
        b"{\"auto_lock_minutes\":12,\"accessible\":true,\"watch_bell\":true,\"watch_command\":[]}\n"
    );
}
