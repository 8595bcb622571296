//! `desk` for those who listen: on a terminal, too, words come line by line, and nothing is drawn over them.

use super::commands::{HOSTILE, passphrase_file};
use super::door::StoredTip;
use super::site::{Site, recipient};
use knothole::crypto::letter::{Answers, Urgency};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::output::is_obeyed;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs `desk` on a terminal of its own and types what it is given.
pub fn on_a_terminal(site: &Site, words: &str, typed: &str) -> String {
    let line = format!(
        "stty -echo; {} --profile {} --passphrase-file {} {words}",
        env!("CARGO_BIN_EXE_desk"),
        site.members[0].profile.dir().display(),
        passphrase_file(site).display()
    );
    let mut script = Command::new("script");
    script.args(["-q", "-e", "-c", &line, "/dev/null"]).env_clear();
    script.env("PATH", "/usr/bin:/bin").env("TERM", "xterm").env("DESK_ACCESSIBLE", "1").env("NO_COLOR", "1");
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap().replace("\r\n", "\n")
}

async fn with_hostile_tip() -> (Site, super::door::Door, String) {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers {
        story: Some(HOSTILE.into()),
        place: Some(HOSTILE.into()),
        urgency: Some(Urgency::Now),
        ..Answers::default()
    };
    let tip = StoredTip::new(ThreadKey::generate(), answers, &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.prefix(4);
    door.state().tips.push(tip);
    (site, door, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_out_comes_line_by_line_without_a_pager() {
    let (site, _door, id) = with_hostile_tip().await;
    for words in ["inbox".to_owned(), format!("show {id}"), "search txt".into(), "config show".into()] {
        let heard = on_a_terminal(&site, &words, "");
        assert!(heard.chars().all(|c| c == '\n' || !is_obeyed(c)), "{words}: {heard:?}");
        assert!(
            heard.lines().filter(|line| !line.starts_with("T-")).all(|line| !line.contains("   ")),
            "{words}: {heard}"
        );
    }
    let inbox = on_a_terminal(&site, "inbox", "");
    assert!(inbox.contains(&format!("Tip 1 of 1: T-{id}.\n")), "{inbox}");
    assert!(inbox.contains("these words stay on this terminal"), "{inbox}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_full_screen_is_a_dialogue_instead() {
    let (site, door, id) = with_hostile_tip().await;
    let typed = format!("T-{id}\nclaim T-{id}\nnote T-{id} -m 'seen \"it\"'\nclam\nnote 'x\ntui\nend\n");
    let heard = on_a_terminal(&site, "tui", &typed);
    assert!(heard.chars().all(|c| c == '\n' || !is_obeyed(c)), "{heard:?}");
    for words in [
        "Tip 1 of 1: T-",
        "what next? `help` or `end`:",
        "In their own words:\n",
        "claimed until",
        "noted",
        "unrecognized subcommand 'clam'",
        "a quote is open: nothing was done",
        "type `end` first",
    ] {
        assert!(heard.contains(words), "{words}: {heard}");
    }
    let (_, known) = super::flow::synced(&site.members[1]).await.unwrap();
    assert_eq!(known.case(known.tips[0].letter.id).notes[0].text, "seen \"it\"");
    drop(door);
}
