//! The binary as people and scripts run it: what it prints, and the code it ends with.

use super::door::{Door, StoredTip};
use super::site::{NOW, PASSPHRASE, Person, Site, recipient};
use knothole::clock::FixedClock;
use knothole::crypto::letter::{Answers, Urgency};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::environment::Screen;
use knothole::desk::failure::Exit;
use knothole::desk::output::Output;
use knothole::desk::verbs::run_on;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::{Arc, Mutex};

pub const HOSTILE: &str = "\u{1b}]52;c;ZXZpbA==\u{7}\u{202e}txt.exe\u{2066}\u{200b}\u{feff}\u{9b}2J\r\nsecond line";

/// Writes the file that opens every profile of the site. Whole at once: another command may be reading it.
pub fn passphrase_file(site: &Site) -> PathBuf {
    let path = site.dir.path().join("passphrase");
    let mut file = tempfile::NamedTempFile::new_in(site.dir.path()).unwrap();
    std::io::Write::write_all(&mut file, format!("{PASSPHRASE}\n").as_bytes()).unwrap();
    file.persist(&path).unwrap();
    path
}

pub fn desk(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_desk"));
    command.args(words).stdin(Stdio::null()).env_clear().env("HOME", "/nonexistent");
    command
}

/// Runs a command as the owner of a profile.
pub fn run(site: &Site, person: &Person, words: &[&str]) -> process::Output {
    let file = passphrase_file(site);
    let mut command = desk(&["--profile"]);
    command.arg(person.profile.dir()).arg("--passphrase-file").arg(file).args(words);
    command.output().unwrap()
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub exit: Exit,
    pub out: String,
    pub notes: String,
}

/// Runs a command in this process, at the time of the tests, on no terminal.
pub async fn said_now(words: &[&str]) -> Said {
    said_at(NOW, words).await
}

/// The same at another time.
pub async fn said_at(now: u64, words: &[&str]) -> Said {
    let words: Vec<OsString> = ["desk"].iter().chain(words).map(OsString::from).collect();
    let (out, notes) = (Kept::default(), Kept::default());
    let output = Output::into_writers(Box::new(out.clone()), Box::new(notes.clone()), Screen::NONE);
    let run = tokio::task::spawn_blocking(move || run_on(output, words, Arc::new(FixedClock(now))));
    Said { exit: run.await.unwrap(), out: out.text(), notes: notes.text() }
}

/// Runs a command as a member of a site, who is asked nothing.
pub async fn says(site: &Site, member: usize, words: &[&str]) -> Said {
    says_at(site, member, NOW, words).await
}

/// The same at another time.
pub async fn says_at(site: &Site, member: usize, now: u64, words: &[&str]) -> Said {
    let file = passphrase_file(site);
    let dir = site.members[member].profile.dir();
    let start = ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap()];
    said_at(now, &[&start, words].concat()).await
}

/// What a command prints that ends well.
pub async fn does(site: &Site, member: usize, words: &[&str]) -> String {
    let said = says(site, member, words).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {}", said.notes);
    said.out
}

/// That these stand in a text, each after the one before.
pub fn assert_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("{part:?} stands not where it should in {text}")).1;
    }
}

/// Keeps what is written where two can reach it.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn inbox_and_show_print_what_the_source_wrote_and_nothing_that_a_terminal_obeys() {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers {
        story: Some(HOSTILE.into()),
        urgency: Some(Urgency::Other(HOSTILE.into())),
        exclude_text: Some(HOSTILE.into()),
        place: Some(HOSTILE.into()),
        signs: vec![HOSTILE.into()],
        ..Answers::default()
    };
    let tip = StoredTip::new(ThreadKey::generate(), answers, &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.prefix(4);
    door.state().tips.push(tip);
    for words in [
        &["inbox"][..],
        &["inbox", "--plain"],
        &["inbox", "--json"],
        &["show", &id],
        &["show", &id.to_lowercase(), "--json"],
        &["show", "T-\u{1b}[2J\u{202e}"],
    ] {
        let done = run(&site, &site.members[0], words);
        for c in [text(&done.stdout), text(&done.stderr)].concat().chars() {
            let is_ours = c == '\n' || c == '\t';
            assert!(is_ours || !knothole::desk::output::is_obeyed(c), "{words:?} printed {c:?}");
        }
    }
    let done = run(&site, &site.members[0], &["inbox", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(json["tips"][0]["story"], HOSTILE);
    assert_eq!(json["tips"][0]["id"], format!("T-{id}"));
    assert_eq!(json["unreadable"], serde_json::json!([]));
    assert_eq!(done.status.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_agencys_desk_finds_nothing() {
    let (site, door, newest) = Site::at_door().await;
    let tip = StoredTip::telling("in the blue house", &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    let pam = &site.members[2];
    let inbox = run(&site, pam, &["inbox", "--json"]);
    assert_eq!(text(&inbox.stdout), "{\"tips\":[],\"unreadable\":[]}\n");
    assert_eq!(run(&site, pam, &["show", &id]).status.code(), Some(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_server_what_is_known_is_shown_and_the_code_says_so() {
    let (site, door, newest) = Site::at_door().await;
    door.state().tips.push(StoredTip::telling("in the blue house", &[Some(recipient(&newest, 0)), None]));
    let mia = &site.members[0];
    assert_eq!(run(&site, mia, &["inbox"]).status.code(), Some(0));
    drop(door);
    let done = run(&site, mia, &["inbox", "--json"]);
    assert!(text(&done.stdout).contains("in the blue house"));
    assert!(text(&done.stderr).starts_with("note: the server cannot be asked now"), "{}", text(&done.stderr));
    assert_eq!(done.status.code(), Some(6));
    let offline = run(&site, mia, &["inbox", "--offline"]);
    assert_eq!((offline.status.code(), text(&offline.stderr)), (Some(0), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lying_server_ends_with_the_code_for_integrity_and_shows_nothing() {
    let (site, door, _) = Site::at_door().await;
    let mia = &site.members[0];
    assert_eq!(run(&site, mia, &["inbox"]).status.code(), Some(0));
    door.state().versions.pop();
    let done = run(&site, mia, &["inbox"]);
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(7), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_pipe_is_no_error() {
    let (site, door, newest) = Site::at_door().await;
    let long = "word ".repeat(10_000);
    let tips = (0..30).map(|_| StoredTip::telling(&long, &[Some(recipient(&newest, 0)), None]));
    door.state().tips.extend(tips);
    let file = passphrase_file(&site);
    let mut command = desk(&["inbox", "--json", "--profile"]);
    command.arg(site.members[0].profile.dir()).arg("--passphrase-file").arg(file);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_a_command_that_waits_for_the_network() {
    let (mut site, _door, _) = Site::at_door().await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    site.members[0].profile.set_server(&address, None).unwrap();
    let file = passphrase_file(&site);
    let mut command = desk(&["inbox", "--profile"]);
    command.arg(site.members[0].profile.dir()).arg("--passphrase-file").arg(file);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _connection = silent.accept().await.unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(130), ""));
}

/// `script` gives the command a terminal; a `less` of ours says how it was started.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_terminal_the_story_goes_through_a_pager_that_leaves_nothing_behind() {
    use std::os::unix::fs::PermissionsExt as _;
    let (site, door, newest) = Site::at_door().await;
    let tip = StoredTip::telling("in the blue house", &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.prefix(4);
    door.state().tips.push(tip);
    let less = site.dir.path().join("less");
    let said = site.dir.path().join("said");
    let says = format!("#!/bin/sh\nexec >{}\necho \"arguments:$*\"; env; cat\n", said.display());
    std::fs::write(&less, says).unwrap();
    std::fs::set_permissions(&less, std::fs::Permissions::from_mode(0o700)).unwrap();
    let line = format!(
        "{} --profile {} --passphrase-file {} show {id}",
        env!("CARGO_BIN_EXE_desk"),
        site.members[0].profile.dir().display(),
        passphrase_file(&site).display()
    );
    let typed = Command::new("script")
        .args(["-q", "-c", &line, "/dev/null"])
        .env("PATH", format!("{}:/usr/bin:/bin", site.dir.path().display()))
        .env("TERM", "xterm")
        .env("LESS", "-RX")
        .env("LESSKEYIN_SYSTEM", "/evil")
        .env("MY_OWN", "words")
        .env("LESSOPEN", "|evil %s")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!text(&typed.stdout).contains("blue house"), "{}", text(&typed.stdout));
    let said = std::fs::read_to_string(said).unwrap();
    assert!(said.starts_with("arguments:\n") && said.contains("in the blue house"), "{said}");
    assert!(said.contains("LESSSECURE=1\n") && said.contains("LESSHISTFILE=-\n"), "{said}");
    for of_person in ["LESS=", "LESSOPEN=", "/evil", "MY_OWN"] {
        assert!(!said.contains(of_person), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_site_is_set_up_by_commands_alone() {
    let door = Door::open().await;
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("passphrase"), PASSPHRASE).unwrap();
    let say = |who: &str, words: &str| said(dir.path(), who, words);
    let address = door.address();
    say("ada", "admin init --id ada --agency 0");
    say("bea", "admin init --id bea --agency 1");
    say("ada", "admin site new --agency help-line --agency police --admin ada.json --admin bea.json");
    let deployed = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/rules.toml");
    let ruled = say("ada", &format!("admin rules {deployed}"));
    assert_eq!(
        ruled,
        "the draft has 12 priority rules\nthe draft has 2 legal clocks\nthe draft has retention: mailbox = 90\n"
    );
    say("ada", "admin sign --yes");
    let signed = say("bea", "admin sign --yes");
    assert!(signed.contains("it has all the signatures it needs"), "{signed}");
    let genesis = signed.lines().find_map(|line| line.strip_prefix("genesis: ")).unwrap().to_owned();
    say("ada", &format!("admin publish --staff {address}"));
    say("bea", &format!("pin --staff {address}"));

    for (id, agency) in [("mia", 0), ("ned", 0), ("pam", 1), ("quin", 1)] {
        say(id, &format!("init --id {id} --agency {agency} --staff {address} --genesis {genesis}"));
        say("ada", &format!("admin member add {id}.json --yes --draft one"));
    }
    say("ada", "admin sign --yes --draft one");
    say("bea", "admin sign --yes --draft one");
    say("bea", "admin publish --draft one");
    for (maker, second) in [("mia", "ned"), ("pam", "quin")] {
        say(maker, "keys rotate");
        say(second, "keys confirm");
    }
    say("bea", "admin agency key --draft two");
    let shown = say("bea", "admin show --draft two");
    assert!(shown.contains("agency 1 has key 1, made by pam, confirmed by quin"), "{shown}");
    say("bea", "admin sign --yes --draft two");
    say("ada", "admin sign --yes --draft two");
    say("ada", "admin publish --draft two");

    let newest = door.state().versions[2].clone();
    let answers =
        Answers { story: Some("in the blue house".into()), urgency: Some(Urgency::Now), ..Answers::default() };
    let to_police = [None, Some(recipient(&newest, 1))];
    door.state().tips.push(StoredTip::new(ThreadKey::generate(), answers, &to_police));
    let inbox = say("quin", "inbox");
    assert!(inbox.contains("in the blue house") && inbox.contains("P1 danger right now"), "{inbox}");
    assert!(!say("mia", "inbox").contains("in the blue house"));
}

fn said(dir: &Path, who: &str, words: &str) -> String {
    let mut command = desk(&["--no-input", "--passphrase-file", "passphrase", "--profile", &format!("profile-{who}")]);
    let done = command.args(words.split(' ')).current_dir(dir).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{who}: {words}: {}", text(&done.stderr));
    text(&done.stdout).to_owned()
}
