//! What sources wrote lies nowhere on a member's machine in clear: not after any command that reads, not after one that was
//! killed while it knew, and no key lies anywhere once its agent was killed.

use super::commands::{desk, does, passphrase_file};
use super::door::StoredTip;
use super::door::files::{manifest, sealed};
use super::replying::{first_answers, receipt};
use super::sharing::event;
use super::site::{Person, Site, recipient};
use clap::CommandFactory as _;
use knothole::crypto::letter::{Answers, Contact, ContactMode, Share, Urgency, YesNo};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::cli::Cli;
use memchr::memmem;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PLANTED: &str = "xylophone-Q7-marmalade";
/// The first member of the other agency.
const PAM: usize = 2;

/// A machine of its own for one member: every directory that a program could write to unasked.
struct Machine {
    site: Site,
    dirs: [PathBuf; 3],
    id: String,
}

impl Machine {
    async fn new() -> (Self, super::door::Door) {
        let (site, door, newest) = Site::at_door().await;
        let planted = || Some(PLANTED.to_owned());
        let contact = Contact {
            mode: ContactMode::OtherWay,
            how: planted(),
            when: planted(),
            ask_for: planted(),
            message_ok: Some(YesNo::No),
            cover_story: planted(),
        };
        let answers = Answers {
            story: planted(),
            urgency: Some(Urgency::Now),
            minor: Some(YesNo::Yes),
            place: planted(),
            suspects: planted(),
            checkable: planted(),
            exclude_text: planted(),
            contact: Some(contact),
            ..first_answers(&receipt())
        };
        let tip = StoredTip::new(ThreadKey::generate(), answers, &[Some(recipient(&newest, 0)), None]);
        let id = tip.id.to_string();
        door.state().tips.push(tip);
        let dirs = ["home", "tmp", "run"].map(|name| site.dir.path().join(name));
        for dir in &dirs {
            std::fs::create_dir(dir).unwrap();
        }
        (Self { site, dirs, id }, door)
    }

    fn member(&self) -> &Person {
        &self.site.members[0]
    }

    /// A command of the member's.
    fn command(&self, words: &[String]) -> Command {
        self.told(desk(&[]), words)
    }

    /// The same followed by `strace`, where that is installed. Gives where the trace lies.
    fn traced(&self, words: &[String]) -> (Command, Option<PathBuf>) {
        let plain = desk(&[]);
        let trace = Path::new("/usr/bin/strace").exists().then(|| self.site.dir.path().join("trace"));
        let command = match &trace {
            None => plain,
            Some(trace) => {
                let mut traced = Command::new("/usr/bin/strace");
                traced
                    .args(["-f", "-e", "trace=open,openat,creat,rename,renameat,renameat2,memfd_create", "-o"])
                    .arg(trace);
                traced.arg(plain.get_program()).env_clear().stdin(Stdio::null());
                traced
            }
        };
        (self.told(command, words), trace)
    }

    fn told(&self, mut command: Command, words: &[String]) -> Command {
        let [home, tmp, run] = &self.dirs;
        command.arg("--profile").arg(self.member().profile.dir());
        command.arg("--passphrase-file").arg(passphrase_file(&self.site)).args(words).current_dir(home);
        command.env("HOME", home).env("TMPDIR", tmp).env("XDG_RUNTIME_DIR", run).env("PATH", "/usr/bin:/bin");
        command
    }

    /// Files of the machine that hold these bytes: in its directories, the profile, and wherever a traced process wrote.
    fn holding(&self, bytes: &[u8], trace: Option<&Path>) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = self.dirs.iter().flat_map(|dir| below(dir)).collect();
        files.extend(below(self.member().profile.dir()));
        files.extend(trace.map(written).unwrap_or_default());
        let finder = memmem::Finder::new(bytes);
        files.retain(|file| std::fs::read(file).is_ok_and(|content| finder.find(&content).is_some()));
        files
    }

    fn assert_nowhere(&self, trace: Option<&Path>, after: &[String]) {
        assert_eq!(self.holding(PLANTED.as_bytes(), trace), Vec::<PathBuf>::new(), "{after:?}");
    }
}

/// Every file below a directory.
pub fn below(dir: &Path) -> Vec<PathBuf> {
    let (mut files, mut left) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(path) = left.pop() {
        let kind = path.symlink_metadata().unwrap().file_type();
        if kind.is_dir() {
            left.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if kind.is_file() {
            files.push(path);
        }
    }
    files
}

/// Regular files that a process opened for writing, by what `strace` wrote.
fn written(trace: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(trace).unwrap();
    assert!(text.contains("openat("), "the trace is one");
    assert!(!text.contains("memfd_create("), "a file in memory can be swapped out");
    let opened =
        text.lines().filter(|line| line.contains("O_WRONLY") || line.contains("O_RDWR") || line.contains("rename"));
    let paths = opened.flat_map(|line| line.split('"').skip(1).step_by(2).map(PathBuf::from).collect::<Vec<_>>());
    paths.filter(|path| path.is_file()).collect()
}

/// Files that a process made, by what `strace` wrote, whether they are still there or not.
fn made(trace: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(trace).unwrap();
    let made = text.lines().filter(|line| line.contains("O_CREAT") || line.contains("O_TMPFILE"));
    made.filter_map(|line| line.split('"').nth(1).map(PathBuf::from)).collect()
}

/// The same command on a terminal of its own.
fn on_a_terminal(command: &Command) -> Command {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line: Vec<&str> = words.map(|word| word.to_str().unwrap()).collect();
    let mut script = Command::new("script");
    script.args(["-q", "-e", "-c", &format!("stty -echo rows 24 cols 80; {}", line.join(" ")), "/dev/null"]);
    script
}

/// Every command that can print JSON, with the tip's id for whatever it must be given.
fn reading_commands(id: &str) -> Vec<Vec<String>> {
    let mut command = Cli::command();
    command.build();
    let (mut found, mut left) = (Vec::new(), vec![(Vec::new(), command)]);
    while let Some((words, command)) = left.pop() {
        for child in command.get_subcommands() {
            left.push(([words.clone(), vec![child.get_name().to_owned()]].concat(), child.clone()));
        }
        if command.get_arguments().any(|argument| argument.get_id() == "json") {
            let needed = command.get_positionals().filter(|argument| argument.is_required_set());
            let needed: Vec<String> = needed.map(|_| id.to_owned()).collect();
            for json in [true, false] {
                let json = json.then(|| "--json".to_owned());
                found.push([words.clone(), needed.clone(), json.into_iter().collect()].concat());
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn no_command_that_reads_leaves_a_word_of_a_source_on_the_machine() {
    let (machine, _door) = Machine::new().await;
    let mut knew = 0;
    for words in reading_commands(&machine.id) {
        let (mut command, trace) = machine.traced(&words);
        let done = command.output().unwrap();
        knew += usize::from(memmem::find(&done.stdout, PLANTED.as_bytes()).is_some());
        machine.assert_nowhere(trace.as_deref(), &words);
    }
    assert!(knew >= 4, "inbox and show print it: {knew}");
    let leak = machine.dirs[1].join("leak");
    std::fs::write(&leak, format!("...{PLANTED}...")).unwrap();
    assert_eq!(machine.holding(PLANTED.as_bytes(), None), [leak], "what lies there is found");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_that_a_member_writes_lies_on_the_machine_in_clear_whether_it_was_sent_or_waits() {
    let (machine, door) = Machine::new().await;
    let id = machine.id.as_str();
    let writing: [&[&str]; 9] = [
        &["note", id, "-m", PLANTED],
        &["label", id, "--add", PLANTED],
        &["status", id, "--to", "acting", "-m", PLANTED],
        &["grade", id, "corroborated", "-m", PLANTED],
        &["priority", id, "p1", "--reason", PLANTED],
        &["redact", id, "--words", PLANTED],
        &["hold", id, "--reason", PLANTED],
        &["outcome", id, "charged", "-m", PLANTED],
        &["reply", id, "-m", PLANTED, "--yes"],
    ];
    let write = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let (mut command, trace) = machine.traced(&words);
        let done = command.output().unwrap();
        machine.assert_nowhere(trace.as_deref(), &words);
        done.status.code()
    };
    for words in writing {
        assert_eq!(write(words), Some(0), "{words:?}");
    }
    drop(door);
    assert_eq!(write(writing[0]), Some(6), "it waits");
    let outbox = machine.member().profile.dir().join("outbox.age");
    assert!(std::fs::metadata(outbox).unwrap().len() > 2_000, "what waits is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_lies_on_the_machine_after_a_tip_was_passed_on_but_in_the_file_that_was_named() {
    let (machine, door) = Machine::new().await;
    let newest = door.state().versions.last().unwrap().clone();
    let answers = Answers { story: Some(PLANTED.into()), share: Some(Share::All), ..Answers::default() };
    let free = StoredTip::new(ThreadKey::generate(), answers, &[Some(recipient(&newest, 0)), None]);
    let other = free.id.to_string();
    door.state().tips.push(free);
    let (id, named) = (machine.id.as_str(), machine.site.dir.path().join("named"));
    let file = named.to_str().unwrap();
    let passing: [&[&str]; 9] = [
        &["search", "marmalade"],
        &["watch", "--once"],
        &["next"],
        &["link", id, &other, "--as", "duplicate"],
        &["refer", &other, "--to", "1", "--share", "all", "--purpose", PLANTED, "--reason", PLANTED, "--yes"],
        &["export", id, "--form", "json", "-o", file, "--yes"],
        &["object", &other, "--reason", PLANTED],
        &["delete", &other, "--reason", PLANTED, "--confirm", &other],
        &["recuse", id, "--reason", PLANTED, "--confirm", id, "--to", "ned"],
    ];
    for words in passing {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let (mut command, trace) = machine.traced(&words);
        let done = command.output().unwrap();
        let code = if words[0] == "object" { Some(3) } else { Some(0) }; // there is nothing yet to object to
        assert_eq!(done.status.code(), code, "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        let found = machine.holding(PLANTED.as_bytes(), trace.as_deref());
        assert!(found.iter().all(|path| *path == named), "{words:?}: {found:?}");
    }
    assert!(memmem::find(&std::fs::read(named).unwrap(), PLANTED.as_bytes()).is_some(), "it is what was asked for");
}

/// What another agency offered and asked, and what is taken back.
#[tokio::test(flavor = "multi_thread")]
async fn no_word_lies_on_the_machine_after_what_others_asked_was_answered() {
    let (machine, door) = Machine::new().await;
    let newest = door.state().versions.last().unwrap().clone();
    let add = |agencies: &[usize]| {
        let answers = Answers { story: Some(PLANTED.into()), share: Some(Share::All), ..Answers::default() };
        let keys = [0, 1].map(|agency| agencies.contains(&agency).then(|| recipient(&newest, agency)));
        let tip = StoredTip::new(ThreadKey::generate(), answers, &keys);
        let id = tip.id.to_string();
        door.state().tips.push(tip);
        id
    };
    let [taken, refused, given_back] = [(); 3].map(|()| add(&[1]));
    let [objected, doomed] = [(); 2].map(|()| add(&[0, 1]));
    let ours = add(&[0]);
    let with_photo = ThreadKey::generate();
    let (photo, listed) = sealed(1, "image/png", PLANTED.as_bytes());
    door.state().bring(with_photo.id(), vec![photo, manifest(&with_photo, 200, &[listed])]);
    let photographed = with_photo.id().to_string();
    let to_us = [Some(recipient(&newest, 0)), None];
    door.state().tips.push(StoredTip::new(with_photo, Answers::default(), &to_us));
    let offer = ["--to", "0", "--share", "all", "--purpose", PLANTED, "--reason", PLANTED, "--yes"];
    does(&machine.site, PAM, &["inbox"]).await;
    for id in [&taken, &refused, &given_back] {
        does(&machine.site, PAM, &[&["refer", id][..], &offer].concat()).await;
    }
    for id in [&objected, &doomed] {
        does(&machine.site, PAM, &["delete", id, "--reason", PLANTED, "--confirm", id]).await;
    }
    let asked = event(&machine.site, PAM, &doomed, "delete").await;
    let named = machine.site.dir.path().join("named");
    let run = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let (mut command, trace) = machine.traced(&words);
        let done = command.output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        let found = machine.holding(PLANTED.as_bytes(), trace.as_deref());
        assert!(found.iter().all(|path| *path == named), "{words:?}: {found:?}");
    };
    run(&["inbox"]);
    run(&["accept", &taken, "--contact", PLANTED]);
    run(&["decline", &refused, "--reason", PLANTED, "--confirm", &refused]);
    run(&["accept", &given_back]);
    run(&["return", &given_back, "--reason", PLANTED, "--confirm", &given_back]);
    run(&["object", &objected, "--reason", PLANTED]);
    run(&["countersign", &doomed, &asked, "--confirm", &doomed]);
    run(&["claim", &ours]);
    run(&["release", &ours]);
    run(&["assign", &ours, "--to", "ned"]);
    run(&["refer", &ours, "--to=1", "--share=facts", "--purpose", PLANTED, "--reason", PLANTED, "--yes"]);
    let offered = event(&machine.site, 0, &ours, "refer").await;
    run(&["withdraw", &ours, &offered, "--reason", PLANTED]);
    run(&["save", &photographed, "1", "-o", named.to_str().unwrap()]);
    run(&["deconflict", "--with", "1", "--yes"]);
    for form in ["csv", "md", "pdf", "htcds", "deconflict", "dcf136", "cybertip", "evidence"] {
        run(&["export", &ours, "--form", form, "-o", named.to_str().unwrap(), "--force", "--yes", "--confirm", &ours]);
    }
}

/// Piped in and typed: no editor, and no file of its own that an editor would need.
#[tokio::test(flavor = "multi_thread")]
async fn no_file_holds_a_reply_while_it_is_written() {
    let (machine, door) = Machine::new().await;
    assert!(machine.command(&["inbox".to_owned()]).output().unwrap().status.success());
    let words = ["reply", &machine.id, "--yes"].map(str::to_owned);
    let (piped, trace) = machine.traced(&words);
    for terminal in [false, true] {
        let mut command = if terminal { on_a_terminal(&piped) } else { Command::new(piped.get_program()) };
        if !terminal {
            command.args(piped.get_args());
        }
        command.env_clear().current_dir(&machine.dirs[0]);
        command.envs(piped.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{PLANTED} 4711\n\n").as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success() && memmem::find(&done.stdout, b"4711").is_some(), "terminal: {terminal}");
        machine.assert_nowhere(trace.as_deref(), &words);
        assert_eq!(machine.dirs.iter().flat_map(|dir| below(dir)).collect::<Vec<_>>(), Vec::<PathBuf>::new());
        let made = trace.as_deref().map(made).unwrap_or_default();
        let profile = machine.member().profile.dir();
        assert!(made.iter().all(|path| path.starts_with(profile) || path.starts_with("/dev")), "{made:?}");
    }
    assert_eq!(door.state().replies.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_is_killed_while_it_knows_leaves_nothing() {
    let (mut machine, door) = Machine::new().await;
    let words = vec!["inbox".to_owned(), "--json".to_owned()];
    assert!(machine.command(&words).output().unwrap().status.success());
    drop(door);
    let id = machine.id.clone();
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    machine.site.members[0].profile.set_server(&address, None).unwrap();
    let at_work: [&[&str]; 5] = [
        &["inbox", "--json"],
        &["note", &id, "-m", PLANTED],
        &["reply", &id, "-m", PLANTED, "--yes"],
        &["refer", &id, "--to", "1", "--share", "all", "--purpose", PLANTED, "--reason", PLANTED, "--confirm", &id],
        &["attachments", &id],
    ];
    for words in at_work {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let mut child = machine.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let _connection = silent.accept().await.unwrap(); // by now it has read all that it knows
        child.kill().unwrap();
        child.wait().unwrap();
        machine.assert_nowhere(None, &words);
    }
}

/// The full-screen view while the words stand on the screen.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_is_killed_while_it_shows_a_tip_leaves_nothing() {
    let (machine, _door) = Machine::new().await;
    let words = ["inbox".to_owned()];
    assert!(machine.command(&words).output().unwrap().status.success());
    let words = ["tui".to_owned()];
    let view = machine.command(&words);
    let mut command = on_a_terminal(&view);
    command.env_clear().envs(view.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("TERM", "xterm");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(b"\n").unwrap(); // Enter opens it
    let (mut seen, mut piece) = (Vec::new(), [0; 4_096]);
    let mut out = child.stdout.take().unwrap();
    while memmem::find(&seen, PLANTED.as_bytes()).is_none() {
        let read = std::io::Read::read(&mut out, &mut piece).unwrap();
        assert!(read > 0, "it ended: {}", String::from_utf8_lossy(&seen));
        seen.extend_from_slice(&piece[..read]);
    }
    let profile = machine.member().profile.dir().to_str().unwrap().to_owned();
    let views = processes(|words| {
        words.starts_with(env!("CARGO_BIN_EXE_desk").as_bytes()) && memmem::find(words, profile.as_bytes()).is_some()
    });
    assert!(!views.is_empty());
    for pid in views {
        assert!(Command::new("kill").args(["-9", &pid]).status().unwrap().success());
    }
    child.wait().unwrap();
    machine.assert_nowhere(None, &words);
}

/// Ids of processes that were started with such words.
#[cfg(target_os = "linux")]
fn processes(is_meant: impl Fn(&[u8]) -> bool) -> Vec<String> {
    let all = std::fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path());
    let numbered = all.filter(|process| process.file_name().unwrap().to_str().unwrap().parse::<u32>().is_ok());
    let meant = numbered.filter(|process| is_meant(&std::fs::read(process.join("cmdline")).unwrap_or_default()));
    meant.map(|process| process.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_is_killed_leaves_no_key() {
    let (machine, _door) = Machine::new().await;
    assert!(machine.command(&["unlock".to_owned()]).output().unwrap().status.success());
    let socket_dir = machine.dirs[2].join("knothole-desk");
    let agents = processes(|words| memmem::find(words, socket_dir.to_str().unwrap().as_bytes()).is_some());
    assert!(Command::new("kill").args(["-9", &agents[0]]).status().unwrap().success());
    let identity = &machine.member().identity;
    let seeds = [*identity.hybrid.expose_seed(), *identity.device.expose_seed(), identity.signing.to_bytes()];
    for seed in seeds {
        assert_eq!(machine.holding(&seed, None), Vec::<PathBuf>::new());
    }
}

/// Commands that the tests above do not run, because no word of a source or of a member on a tip comes near them.
const OF_NO_TIP: [&str; 12] =
    ["agent", "canary", "completions", "config", "cover", "enrolment", "help", "init", "keys", "lock", "man", "pin"];

/// What this file runs by name.
const RUN: &str = include_str!("nowhere.rs");

#[test]
fn every_command_is_looked_at_or_is_about_no_tip() {
    let mut left = Vec::new();
    let mut command = Cli::command();
    command.build();
    let reading: Vec<String> = reading_commands("x").into_iter().map(|words| words[0].clone()).collect();
    for verb in command.get_subcommands().map(|verb| verb.get_name().to_owned()) {
        let is_run = RUN.contains(&format!("[\"{verb}\"")) || reading.contains(&verb);
        if !is_run && !OF_NO_TIP.contains(&verb.as_str()) {
            left.push(verb);
        }
    }
    assert_eq!(left, Vec::<String>::new());
}
