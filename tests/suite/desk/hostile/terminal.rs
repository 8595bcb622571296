//! The real `desk` on a real terminal: `script` gives it one and keeps every byte that reaches it.

use super::super::commands::{passphrase_file, run};
use super::super::door::StoredTip;
use super::super::site::{Site, recipient};
use super::letters::{tip, unreadable};
use super::{CORPUS, OUR_STYLES, everything, forbidden};
use knothole::crypto::letter::Answers;
use knothole::crypto::thread::ThreadKey;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What `less` sends to an xterm by itself: other screen, keypad, wipe a line, reverse and bold for its prompt.
const OF_LESS: [&str; 14] = [
    "\x1b[?1049h",
    "\x1b[?1049l",
    "\x1b[22;0;0t",
    "\x1b[23;0;0t",
    "\x1b[?1h\x1b=",
    "\x1b[?1l\x1b>",
    "\x1b[K",
    "\x1b[J",
    "\x1b[H",
    "\x1b[7m",
    "\x1b[27m",
    "\x1b[m",
    "\x1bM",
    "\x07",
];

/// Everything that a terminal got while `lines` ran as commands of a shell; `typed` is what the person typed meanwhile.
fn on_a_terminal(dir: &Path, path: &str, lines: &str, typed: &str) -> String {
    on_a_terminal_of(&[("HOME", "/nonexistent"), ("TERM", "xterm")], dir, path, lines, typed)
}

/// The same in an environment of the person's own.
fn on_a_terminal_of(own: &[(&str, &str)], dir: &Path, path: &str, lines: &str, typed: &str) -> String {
    let script = dir.join("commands");
    std::fs::write(&script, lines).unwrap();
    let mut child = Command::new("script")
        .args(["-q", "-c", &format!("sh {}", script.display()), "/dev/null"])
        .env_clear()
        .envs([("SHELL", "/bin/sh"), ("PATH", path), ("LC_ALL", "C.UTF-8")])
        .envs(own.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), typed.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// What stands where a person looks until the server has answered, and how it goes again.
const WAITING: &str = "\x1b[2masking the server for what is new …\x1b[0m\r\x1b[2K";

/// What was captured, without what a terminal adds to the end of a line, and without what is said while the desk waits.
fn lines_of(capture: &str) -> String {
    capture.replace("\r\n", "\n").replace(WAITING, "")
}

/// A site whose first member has a tip for each text of the corpus, and the letters that are no JSON.
async fn site_of_hostile_tips() -> (Site, super::super::door::Door) {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    let texts = CORPUS.texts.iter().map(|text| tip(&text.text, &agencies));
    let broken = CORPUS.unreadable.iter().map(|broken| unreadable(&broken.letter_string, &agencies));
    door.state().tips = texts.chain(broken).collect();
    (site, door)
}

/// `desk` as the first member, quoted for a shell.
fn desk(site: &Site) -> String {
    let (program, profile) = (env!("CARGO_BIN_EXE_desk"), site.members[0].profile.dir().display());
    format!("{program} --profile {profile} --passphrase-file {}", passphrase_file(site).display())
}

fn ids(door: &super::super::door::Door) -> Vec<String> {
    door.state().tips.iter().map(|tip: &StoredTip| tip.id.to_string()).collect()
}

/// A pager that adds nothing of its own.
fn make_plain_pager(dir: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let less = dir.join("less");
    std::fs::write(&less, "#!/bin/sh\nexec cat\n").unwrap();
    std::fs::set_permissions(&less, std::fs::Permissions::from_mode(0o700)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_source_wrote_moves_hides_or_reorders_what_stands_on_a_terminal() {
    let (site, door) = site_of_hostile_tips().await;
    let (desk, dir) = (desk(&site), site.dir.path());
    make_plain_pager(dir);
    let ids = ids(&door);
    let mut commands = String::new();
    for words in ["inbox", "inbox --no-pager", "inbox --plain", "inbox --json"] {
        writeln!(commands, "{desk} {words}").unwrap();
    }
    writeln!(commands, "{desk} show {} --no-pager; {desk} show {} --json", ids[0], ids[0]).unwrap();
    for id in ids {
        writeln!(commands, "{desk} show {id} --offline").unwrap();
    }
    let path = format!("{}:/usr/bin:/bin", dir.display());
    let capture = lines_of(&on_a_terminal(dir, &path, &commands, ""));
    assert_eq!(forbidden(&capture), None);
    assert!(OUR_STYLES.iter().all(|style| capture.contains(style)), "the capture is of a terminal with colour");
    for shown in
        ["\\u{1b}]52;c;", "\\u{202e}txt.exe", "\\u001b[2J", "cannot be read as the server gave it: the letter is not"]
    {
        assert!(capture.contains(shown), "{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pager_that_people_have_shows_nothing_that_a_terminal_obeys() {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers { story: Some(everything().replace('\n', " ")), ..Answers::default() };
    let tip = StoredTip::new(ThreadKey::generate(), answers, &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    let command = format!("{} show {id}", desk(&site));
    // A screen at a time down to the end, and out.
    let typed = format!("{}q", " ".repeat(100));
    let mut capture = lines_of(&on_a_terminal(site.dir.path(), "/usr/bin:/bin", &command, &typed));
    assert!(capture.contains(OF_LESS[0]), "less took another screen: {capture:?}");
    for ours in OF_LESS {
        capture = capture.replace(ours, "");
    }
    assert_eq!(forbidden(&capture.replace('\r', "")), None);
    assert!(capture.contains("\\u{202e}txt.exe"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_gets_every_text_back_and_the_letters_that_are_no_json_by_id_and_reason() {
    let (site, _door) = site_of_hostile_tips().await;
    let done = run(&site, &site.members[0], &["inbox", "--json"]);
    let inbox: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let tips = inbox["tips"].as_array().unwrap();
    for text in &CORPUS.texts {
        assert!(tips.iter().any(|tip| tip["story"] == text.text), "{}", text.name);
    }
    let unreadable = inbox["unreadable"].as_array().unwrap();
    assert_eq!(unreadable.len(), CORPUS.unreadable.len());
    for entry in unreadable {
        assert_eq!(entry["reason"], "the letter is not the JSON of a letter");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_setting_of_a_persons_own_makes_the_pager_leave_words_on_the_screen() {
    let (site, door, newest) = Site::at_door().await;
    let tip = StoredTip::telling("in the blue house", &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    let home = site.dir.path().join("home");
    std::fs::create_dir_all(home.join(".config")).unwrap();
    let (lesskey, config) = (home.join(".lesskey"), home.join(".config/lesskey"));
    for path in [&lesskey, &config] {
        std::fs::write(path, "#env\nLESS=-X\n").unwrap();
    }
    let (home, lesskey) = (home.to_str().unwrap(), lesskey.to_str().unwrap());
    let command = format!("{} show {id}", desk(&site));
    for own in [
        [("HOME", home), ("TERM", "xterm")],
        [("LESSKEYIN_SYSTEM", lesskey), ("TERM", "xterm")],
        [("LESSKEYIN", lesskey), ("TERM", "xterm")],
        [("LESS", "-X"), ("TERM", "xterm")],
        [("XDG_CONFIG_HOME", &format!("{home}/.config")), ("TERM", "xterm")],
    ] {
        let capture = on_a_terminal_of(&own, site.dir.path(), "/usr/bin:/bin", &command, "q");
        let (second, words) = (capture.find(OF_LESS[0]), capture.find("in the blue house"));
        let first = capture.rfind(OF_LESS[1]);
        assert!(second.is_some() && second < words && words < first, "{own:?}: {capture:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_that_cannot_take_words_back_gets_them_with_a_note() {
    let (site, door, newest) = Site::at_door().await;
    let tip = StoredTip::telling("in the blue house", &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    let command = format!("{} show {id}", desk(&site));
    for own in [&[("TERM", "dumb")][..], &[("TERM", "no-such-terminal")], &[("TERM", "")], &[]] {
        let capture = lines_of(&on_a_terminal_of(own, site.dir.path(), "/usr/bin:/bin", &command, ""));
        let (words, note) =
            (capture.find("in the blue house"), capture.find("note: this terminal has no second screen"));
        assert!(words.is_some() && words < note, "{own:?}: {capture:?}");
    }
}
