//! What a terminal gets: colour only where it is wanted, and a bell when a tip waits.

use super::commands::passphrase_file;
use super::site::Site;
use super::watch::with_p1;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

/// All that reaches a terminal of this kind.
fn on_a_terminal(site: &Site, words: &str, env: &[(&str, &str)]) -> Vec<u8> {
    let line = format!(
        "{} --profile {} --passphrase-file {} {words}",
        env!("CARGO_BIN_EXE_desk"),
        site.members[0].profile.dir().display(),
        passphrase_file(site).display()
    );
    let mut script = Command::new("script");
    script.args(["-q", "-e", "-c", &line, "/dev/null"]).env_clear().env("PATH", "/usr/bin:/bin").envs(env.to_vec());
    let done = script.output().unwrap();
    assert!(done.status.success(), "{words}: {}", String::from_utf8_lossy(&done.stdout));
    done.stdout
}

#[tokio::test(flavor = "multi_thread")]
async fn colour_is_left_out_where_it_is_not_wanted_or_cannot_be_shown() {
    let (site, _door, id) = with_p1().await;
    let show = format!("show {id} --no-pager");
    for words in ["inbox --no-pager", &show] {
        let coloured = on_a_terminal(&site, words, &[("TERM", "xterm")]);
        assert!(coloured.windows(2).any(|two| two == b"\x1b["), "{words}");
        for env in [&[("TERM", "xterm"), ("NO_COLOR", "1")], &[("TERM", "dumb"), ("LANG", "C.UTF-8")]] {
            let plain = on_a_terminal(&site, words, env);
            let text = String::from_utf8_lossy(&plain);
            let is_coloured = text
                .split("\x1b[")
                .skip(1)
                .any(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'));
            assert!(!is_coloured, "{env:?} {words}: {text:?}");
            assert!(env[0].1 != "dumb" || !plain.contains(&0x1b), "{words}: {text:?}");
            assert!(text.contains(&id), "{text:?}");
        }
    }
}

/// Where the server is not reached: what the terminal itself gets, and what stands in the pager, if one was started.
fn offline_on_a_terminal(site: &mut Site, member: usize) -> (String, Option<String>) {
    site.members[member].profile.set_server("http://127.0.0.1:1", None).unwrap();
    let (less, said) = (site.dir.path().join("less"), site.dir.path().join("said"));
    std::fs::write(&less, format!("#!/bin/sh\ncat >{}\n", said.display())).unwrap();
    std::fs::set_permissions(&less, std::fs::Permissions::from_mode(0o700)).unwrap();
    let line = format!(
        "{} --profile {} --passphrase-file {} inbox",
        env!("CARGO_BIN_EXE_desk"),
        site.members[member].profile.dir().display(),
        passphrase_file(site).display()
    );
    let mut script = Command::new("script");
    script.args(["-q", "-c", &line, "/dev/null"]).env_clear().env("TERM", "xterm").env("NO_COLOR", "1");
    let done = script.env("PATH", format!("{}:/usr/bin:/bin", site.dir.path().display())).output().unwrap();
    (String::from_utf8_lossy(&done.stdout).into_owned(), std::fs::read_to_string(said).ok())
}

#[tokio::test(flavor = "multi_thread")]
async fn that_the_server_was_not_reached_stands_in_the_list_and_a_desk_that_never_fetched_says_so() {
    let (mut site, _door, id) = with_p1().await;
    on_a_terminal(&site, "inbox --no-pager", &[("TERM", "xterm")]); // fetches the tip
    let (shown, paged) = offline_on_a_terminal(&mut site, 1);
    assert_eq!(paged, None, "there is nothing to page: {shown}");
    assert!(shown.contains("nothing was fetched yet") && !shown.contains("no tips"), "{shown}");
    assert!(shown.contains("desk: the server cannot be reached"), "{shown}");
    let (shown, paged) = offline_on_a_terminal(&mut site, 0);
    let paged = paged.unwrap_or_else(|| panic!("no pager: {shown}"));
    assert!(paged.starts_with("note: the server cannot be asked now") && paged.contains(&id), "{paged}");
    assert!(!shown.contains("cannot be asked now") && shown.contains("desk: the server cannot be reached"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bell_rings_while_a_p1_waits_and_not_where_it_is_switched_off() {
    let (site, _door, id) = with_p1().await;
    let watch = |site: &Site| on_a_terminal(site, "watch --once", &[("TERM", "xterm")]);
    assert!(watch(&site).contains(&0x07), "it waits");
    on_a_terminal(&site, "config set watch-bell off", &[("TERM", "xterm")]);
    assert!(!watch(&site).contains(&0x07), "it is switched off");
    on_a_terminal(&site, "config set watch-bell on", &[("TERM", "xterm")]);
    on_a_terminal(&site, &format!("claim {id}"), &[("TERM", "xterm")]);
    assert!(!watch(&site).contains(&0x07), "somebody works on it");
}
