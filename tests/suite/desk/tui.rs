//! `desk tui` on a terminal of its own: it takes it, does what keys say, and gives it back whatever happens.

use super::commands::passphrase_file;
use super::door::{Door, StoredTip};
use super::flow::synced;
use super::site::{NOW, Site, recipient};
use knothole::clock::Clock;
use knothole::crypto::letter::{Answers, Share};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::case::ReferralState;
use knothole::desk::environment::Screen;
use knothole::desk::failure::Exit;
use knothole::desk::tui::signals::Signals;
use knothole::desk::verbs;
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const STORY: &str = "in the blue house";
const TAKEN: &str = "\u{1b}[?1049h";
const GIVEN_BACK: &str = "\u{1b}[?1049l";

/// A program on a terminal, by `script`.
struct Terminal {
    child: Child,
    keys: Option<ChildStdin>,
    said: Receiver<Vec<u8>>,
    text: String,
    screen: vt100::Parser,
}

impl Terminal {
    fn of(line: &str) -> Self {
        let mut script = Command::new("script");
        script.args(["-q", "-e", "-c", &format!("stty rows 24 cols 80; {line}"), "/dev/null"]).env_clear();
        script.env("PATH", "/usr/bin:/bin").env("TERM", "xterm").env("SHELL", "/bin/sh");
        let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (tell, said) = channel();
        let mut out = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read) = out.read(&mut bytes) {
                if read == 0 || tell.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(24, 80, 0);
        Self { keys: child.stdin.take(), child, said, text: String::new(), screen }
    }

    /// Takes what comes next; whether anything came.
    fn hear(&mut self) -> bool {
        let Ok(more) = self.said.recv() else { return false };
        self.text.push_str(&String::from_utf8_lossy(&more));
        self.screen.process(&more);
        true
    }

    /// Waits until these words stand on the screen.
    fn wait_for(&mut self, words: &str) {
        while !self.screen.screen().contents().contains(words) {
            assert!(self.hear(), "{words:?} never came: {}", self.screen.screen().contents());
        }
    }

    /// Waits until the second screen is on.
    fn wait_until_taken(&mut self) {
        while !self.screen.screen().alternate_screen() {
            assert!(self.hear(), "the terminal was not taken: {:?}", self.text);
        }
    }

    fn press(&mut self, keys: &str) {
        let stdin = self.keys.as_mut().unwrap();
        stdin.write_all(keys.as_bytes()).unwrap();
        stdin.flush().unwrap();
    }

    /// What was drawn until the end, and the code.
    fn end(mut self) -> (String, Option<i32>) {
        while self.hear() {}
        let code = self.child.wait().unwrap().code();
        (self.text, code)
    }
}

async fn with_tip() -> (Site, Door, String) {
    let (site, door, newest) = Site::at_door().await;
    let tip = StoredTip::telling(STORY, &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.prefix(4);
    door.state().tips.push(tip);
    (site, door, id)
}

fn tui(site: &Site) -> Terminal {
    Terminal::of(&line(site))
}

fn line(site: &Site) -> String {
    format!(
        "exec {} --profile {} --passphrase-file {} tui",
        env!("CARGO_BIN_EXE_desk"),
        site.members[0].profile.dir().display(),
        passphrase_file(site).display()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_do_what_commands_do_and_the_words_stay_on_the_second_screen() {
    let (site, door, id) = with_tip().await;
    let mut terminal = tui(&site);
    terminal.wait_until_taken();
    terminal.wait_for(STORY);
    terminal.press("c");
    terminal.wait_for("claimed until");
    terminal.press("wseen the car\r");
    terminal.wait_for("noted");
    terminal.press("u");
    terminal.wait_for("released");
    terminal.press("q");
    let (rest, code) = terminal.end();
    assert_eq!(code, Some(0), "{rest}");
    let (_, after) = rest.split_once(GIVEN_BACK).expect("the terminal is given back");
    assert!(!after.contains(STORY) && !after.contains(&id), "{after:?}");
    let (_, known) = synced(&site.members[1]).await.unwrap();
    let case = known.case(known.tips[0].letter.id);
    assert_eq!(case.notes[0].text, "seen the car");
    assert!(case.claim.is_none());
    drop(door);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_terminal_vanishes_the_program_ends_and_its_keys_with_it() {
    let (site, _door, _) = with_tip().await;
    let pipe = site.members[0].profile.dir().with_file_name("held-open");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut terminal = Terminal::of(&format!("exec 9>{}; {}", pipe.display(), line(&site)));
    let mut held = std::fs::File::open(&pipe).unwrap();
    terminal.wait_until_taken();
    terminal.wait_for(STORY);
    terminal.child.kill().unwrap();
    assert_eq!(held.read(&mut [0]).unwrap(), 0, "the pipe ends when the last who holds it has ended");
    terminal.child.wait().unwrap();
}

#[test]
#[ignore = "It looks at no signal, and runs only in a process that the test below starts."]
fn looks_at_no_signal() {
    let _signals = Signals::listen(Duration::ZERO).unwrap();
    println!("listening");
    loop {
        std::thread::park();
    }
}

#[test]
fn a_screen_that_looks_at_no_signal_any_more_ends_with_its_process() {
    for signal in ["-HUP", "-TERM"] {
        let mut hanging = Command::new("timeout");
        hanging.arg("60").arg(std::env::current_exe().unwrap()).args([
            "--exact",
            "desk::tui::looks_at_no_signal",
            "--ignored",
            "--nocapture",
        ]);
        let mut hanging = hanging.stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(hanging.stdout.take().unwrap());
        assert!(said.lines().any(|line| line.unwrap().contains("listening")));
        assert!(Command::new("kill").args([signal, &hanging.id().to_string()]).status().unwrap().success());
        assert_eq!(hanging.wait().unwrap().code(), Some(130), "{signal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_nothing_holds_up_no_key() {
    let (mut site, _door, _) = with_tip().await;
    synced(&site.members[0]).await.unwrap();
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    site.members[0].profile.set_server(&format!("http://{}", silent.local_addr().unwrap()), None).unwrap();
    let mut terminal = tui(&site);
    terminal.wait_until_taken();
    let _connection = silent.accept().await.unwrap();
    terminal.press("?");
    terminal.wait_for("claim the most urgent tip");
    terminal.press("?");
    terminal.press("\u{3}"); // stops the waiting
    terminal.wait_for(STORY); // what was known
    terminal.press("q");
    assert_eq!(terminal.end().1, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_gives_the_terminal_back() {
    let (site, _door, _) = with_tip().await;
    let pid = site.dir.path().join("pid");
    let line = format!(
        "echo $$ > {}; exec {} --profile {} --passphrase-file {} tui",
        pid.display(),
        env!("CARGO_BIN_EXE_desk"),
        site.members[0].profile.dir().display(),
        passphrase_file(&site).display()
    );
    let mut terminal = Terminal::of(&line);
    terminal.wait_for(STORY);
    let pid = std::fs::read_to_string(pid).unwrap();
    assert!(Command::new("kill").args(["-TERM", pid.trim()]).status().unwrap().success());
    let (rest, code) = terminal.end();
    assert_eq!(code, Some(130), "{rest}");
    assert!(rest.contains(GIVEN_BACK), "{rest:?}");
}

#[test]
#[ignore = "It panics on purpose, and runs only in a process that the test below starts."]
fn panics_with_words_on_the_screen() {
    knothole::desk::output::say_only_where();
    let _taken = knothole::desk::tui::screen::take().unwrap();
    panic!("{STORY}");
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_says_where_it_was() {
    let this = std::env::current_exe().unwrap();
    let test = "desk::tui::panics_with_words_on_the_screen";
    let line = format!("{} --exact {test} --ignored --nocapture; stty -a", this.display());
    let (rest, _) = Terminal::of(&line).end();
    let (_, after) = rest.split_once(TAKEN).expect("it is taken");
    let (_, after) = after.split_once(GIVEN_BACK).expect("the terminal is given back");
    assert!(!after.contains("\u{1b}[2J"), "what is said afterwards stays: {after:?}");
    assert!(after.contains("desk: stopped by a mistake of its own at tests/suite/desk/tui.rs"), "{after}");
    assert!(!rest.contains("in the blue") && !rest.contains("house"), "{rest}");
    assert!(after.contains(" icanon") && after.contains(" echo "), "{after}");
}

/// Stands at the time of the tests until someone sets it forward by an hour, as a machine finds it that has slept.
struct Leaping;

impl Clock for Leaping {
    fn unix_seconds(&self) -> u64 {
        if Path::new("leap").exists() { NOW + 3_600 } else { NOW }
    }
}

#[test]
#[ignore = "It takes a terminal, and runs only in a process that the test below starts."]
fn shows_the_screen_by_a_clock_that_leaps() {
    let words = ["desk", "--profile", "mia", "--passphrase-file", "passphrase", "tui"];
    let exit = verbs::run(words.map(OsString::from), Screen::of_process(), Arc::new(Leaping));
    assert_eq!(exit, Exit::Ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_locks_itself_wipes_the_screen_and_says_so_when_time_is_up() {
    let (site, _door, id) = with_tip().await;
    passphrase_file(&site);
    let this = std::env::current_exe().unwrap();
    let test = "desk::tui::shows_the_screen_by_a_clock_that_leaps";
    let dir = site.dir.path();
    let line = format!("cd {}; exec {} --exact {test} --ignored --nocapture", dir.display(), this.display());
    let mut terminal = Terminal::of(&line);
    terminal.wait_for(STORY);
    std::fs::write(dir.join("leap"), "").unwrap();
    let (rest, code) = terminal.end();
    assert_eq!(code, Some(0), "{rest}");
    let (_, after) = rest.split_once(GIVEN_BACK).expect("the terminal is given back");
    assert!(after.contains("locked: nobody touched a key for 5 minutes"), "{after:?}");
    assert!(!after.contains(STORY) && !after.contains(&id), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_wish_forbids_is_said_plainly_before_anything_is_typed_and_nothing_is_done() {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers { story: Some(STORY.into()), share: Some(Share::Nothing), ..Answers::default() };
    door.state().tips.push(StoredTip::new(ThreadKey::generate(), answers, &[Some(recipient(&newest, 0)), None]));
    let mut terminal = tui(&site);
    terminal.wait_for(STORY);
    terminal.press("f1a");
    terminal.wait_for("the source asked that nothing is passed on");
    terminal.press("quickly, ask them\r"); // who was typing on gives no command by it
    terminal.press("q");
    assert_eq!(terminal.end().1, Some(0));
    assert!(door.state().referrals.is_empty() && door.state().tips.len() == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_of_all_is_made_for_the_tips_id_and_taken_back_with_undo() {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers { story: Some(STORY.into()), share: Some(Share::All), ..Answers::default() };
    let tip = StoredTip::new(ThreadKey::generate(), answers, &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.prefix(4);
    door.state().tips.push(tip);
    let mut terminal = tui(&site);
    terminal.wait_for(STORY);
    terminal.press("f1a");
    terminal.wait_for("what they are to do with it");
    terminal.press("look into it\rthey said yes\r");
    terminal.wait_for("offer T-");
    terminal.press("y\r");
    terminal.wait_for(&format!("type T-{id}"));
    assert!(door.state().referrals.is_empty(), "nothing goes for a yes");
    terminal.press(&format!("\u{7f}T-{id}\r")); // what was typed stays, to be mended
    terminal.wait_for("answer asked for by");
    terminal.press("u");
    terminal.wait_for("taken back");
    terminal.press("q");
    assert_eq!(terminal.end().1, Some(0));
    let (_, known) = synced(&site.members[1]).await.unwrap();
    let case = known.case(known.tips[0].letter.id);
    assert!(matches!(case.referrals[0].state, ReferralState::Withdrawn { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_terminal_it_says_what_does_the_same() {
    let (site, _door, _) = with_tip().await;
    let done = super::commands::run(&site, &site.members[0], &["tui"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8(done.stderr).unwrap().contains("hint: `desk inbox`"));
}
