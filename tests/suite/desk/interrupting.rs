//! Ctrl-C where `desk` asks something: it ends, nothing was done, and the terminal is as it was.

use super::commands::passphrase_file;
use super::sharing::with_tip;
use super::site::Site;
use knothole::crypto::letter::Share;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

/// Said once what is typed is not shown: a question for a passphrase waits then.
const HIDDEN: &str = "hidden";

/// Runs `desk` on a terminal, types Ctrl-C once it has asked, and gives all that was shown, the code and the modes of the terminal
/// at the end.
fn interrupted(site: &Site, words: &str, question: &str, is_read_out: &str) -> String {
    let desk = format!("{} --profile {}", env!("CARGO_BIN_EXE_desk"), site.members[0].profile.dir().display());
    // The shell would end with Ctrl-C, too. Beside it, something says when what is typed is no longer shown.
    let hidden = "(while stty -a </dev/tty | grep -q ' echo '; do :; done; echo hidden)";
    let hidden = if question == HIDDEN { format!("{hidden} & ") } else { String::new() };
    let line = format!("trap : INT; {hidden}{desk} {words}; echo code=$?; stty -a");
    let mut script = Command::new("timeout");
    script.args(["300", "script", "-q", "-c", &line, "/dev/null"]).env_clear();
    script.env("PATH", "/usr/bin:/bin").env("TERM", "xterm").env("NO_COLOR", "1").env("DESK_ACCESSIBLE", is_read_out);
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut typed, mut out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (mut shown, mut piece) = (Vec::new(), [0; 512]);
    loop {
        let read = out.read(&mut piece).unwrap();
        shown.extend(&piece[..read]);
        let has_asked = String::from_utf8_lossy(&shown).contains(question);
        if has_asked || read == 0 {
            break;
        }
    }
    typed.write_all(b"\x03").unwrap();
    out.read_to_end(&mut shown).unwrap();
    child.wait().unwrap();
    String::from_utf8_lossy(&shown).replace("\r\n", "\n")
}

/// Whether what is typed can be seen.
fn shows_what_is_typed(shown: &str) -> bool {
    shown.split_whitespace().any(|word| word.trim_end_matches(';') == "echo")
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_a_question_ends_with_130_and_nothing_was_done_although_the_server_was_asked_before() {
    let (site, door, id) = with_tip(Share::All).await;
    let file = passphrase_file(&site).display().to_string();
    for (words, question) in [
        (format!("recuse {id} --reason x"), "[type T-"),
        (format!("refer {id} --to 1 --share facts --purpose x --reason x"), "[y/N]"),
        (format!("note {id}"), "an empty line ends it"),
    ] {
        let shown = interrupted(&site, &format!("--passphrase-file {file} {words}"), question, "0");
        assert!(shown.contains("desk: interrupted") && shown.contains("code=130"), "{words}: {shown}");
        assert!(shows_what_is_typed(&shown), "{words}: {shown}");
    }
    let state = door.state();
    assert_eq!((state.events.len(), state.tips.len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_a_passphrase_leaves_a_terminal_that_shows_what_is_typed() {
    let (site, _door, _) = with_tip(Share::All).await;
    let shown = interrupted(&site, "inbox", HIDDEN, "0");
    assert!(shown.contains("passphrase: ") && shown.contains("code=130") && shows_what_is_typed(&shown), "{shown}");
}

/// A signal from elsewhere comes while the key is still waited for.
#[tokio::test(flavor = "multi_thread")]
async fn a_signal_at_a_passphrase_leaves_a_terminal_that_shows_what_is_typed() {
    let (site, _door, _) = with_tip(Share::All).await;
    let desk = format!("{} --profile {}", env!("CARGO_BIN_EXE_desk"), site.members[0].profile.dir().display());
    let hidden = "while stty -a | grep -q ' echo '; do :; done";
    let line = format!("{desk} inbox </dev/tty & {hidden}; kill -INT $!; wait $!; echo code=$?; stty -a");
    let mut script = Command::new("timeout");
    script.args(["300", "script", "-q", "-c", &line, "/dev/null"]).env_clear().env("PATH", "/usr/bin:/bin");
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let _held = child.stdin.take(); // its end would be typed, too
    let done = child.wait_with_output().unwrap();
    let shown = String::from_utf8_lossy(&done.stdout);
    assert!(shown.contains("passphrase: ") && shown.contains("code=130") && shows_what_is_typed(&shown), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_the_dialogue_of_those_who_listen() {
    let (site, _door, _) = with_tip(Share::All).await;
    let words = format!("--passphrase-file {} tui", passphrase_file(&site).display());
    let shown = interrupted(&site, &words, "what next?", "1");
    assert!(shown.contains("Tip 1 of 1") && shown.contains("code=130"), "{shown}");
}
