//! `desk doctor`, with the passphrase and without.

use super::commands::{Said, passphrase_file, run, said_now};
use super::site::{PASSPHRASE, Person, Site};
use knothole::desk::admin::rules::Rules;
use knothole::desk::failure::Exit;
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The checks of a report, by name: level and text.
fn checks(done: &Said) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let text = |check: &Value, name: &str| check[name].as_str().unwrap().to_owned();
    report["checks"].as_array().unwrap().iter().map(|check| (text(check, "check"), text(check, "level"))).collect()
}

fn level_of(done: &Said, name: &str) -> String {
    let found = checks(done).into_iter().find(|(check, _)| check == name);
    found.unwrap_or_else(|| panic!("no check {name}")).1
}

async fn without_passphrase(person: &Person, words: &[&str]) -> Said {
    let dir = person.profile.dir().to_str().unwrap();
    said_now(&[&["--profile", dir, "--no-input", "doctor"], words].concat()).await
}

async fn with_passphrase(site: &Site, person: &Person, words: &[&str]) -> Said {
    let (dir, file) = (person.profile.dir().to_str().unwrap(), passphrase_file(site));
    let named = ["--profile", dir, "--passphrase-file", file.to_str().unwrap(), "doctor"];
    said_now(&[&named, words].concat()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_profile_is_found_sound_with_the_passphrase_and_without() {
    let (site, _door, _) = Site::at_door().await;
    let mia = &site.members[0];
    let done = with_passphrase(&site, mia, &["--json"]).await;
    for name in ["permissions", "cache", "server", "keyring", "clock", "keys"] {
        assert_eq!(level_of(&done, name), "ok", "{name}: {done:?}");
    }
    assert_eq!(done.exit, Exit::Ok);
    let names: Vec<_> = checks(&done).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[..4], ["core_dumps", "swap", "pager", "terminal"]);
    let done = without_passphrase(mia, &["--json"]).await;
    assert_eq!((level_of(&done, "server"), done.exit), ("ok".into(), Exit::Ok));
    for name in ["cache", "keys"] {
        assert_eq!(level_of(&done, name), "warn", "nobody has looked at it: {done:?}");
    }
    assert!(done.out.contains("`desk unlock`") && done.out.contains("--passphrase-file FILE"), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_terminal_the_passphrase_is_asked_for_and_everything_is_looked_at() {
    let (site, _door, _) = Site::at_door().await;
    let desk = format!("{} --profile {} doctor", env!("CARGO_BIN_EXE_desk"), site.members[0].profile.dir().display());
    let mut script = Command::new("script");
    script.args(["-q", "-e", "-c", &desk, "/dev/null"]).env_clear();
    script.env("PATH", "/usr/bin:/bin").env("TERM", "xterm").env("NO_COLOR", "1");
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut typed, mut out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (mut shown, mut piece) = (Vec::new(), [0; 512]);
    let mut read_until = |words: Option<&str>| loop {
        let read = out.read(&mut piece).unwrap();
        shown.extend(&piece[..read]);
        let text = String::from_utf8_lossy(&shown).into_owned();
        if read == 0 || words.is_some_and(|words| text.contains(words)) {
            return text;
        }
    };
    let asked = read_until(Some("passphrase: "));
    assert!(asked.contains("passphrase: "), "{asked}");
    typed.write_all(format!("{PASSPHRASE}\n").as_bytes()).unwrap();
    let shown = read_until(None);
    child.wait().unwrap();
    assert!(shown.contains("ok    keys         all 1 of your agency open"), "{shown}");
    assert!(shown.contains("ok    cache        holds 0 tips"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_that_is_wrong_is_a_line_with_a_hint_and_the_code_is_one() {
    let (mut site, door, _) = Site::at_door().await;
    let mia = &site.members[0];
    std::fs::set_permissions(mia.profile.dir(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let done = with_passphrase(&site, mia, &[]).await;
    let said = done.out;
    assert!(said.contains("\nfail  permissions  others on this machine can get at"), "{said}");
    assert!(said.contains("`chmod -R go-rwx"), "{said}");
    assert_eq!(done.exit, Exit::Other);

    door.state().secrets.keys.clear();
    assert_eq!(level_of(&with_passphrase(&site, &site.members[2], &["--json"]).await, "keys"), "fail");
    door.state().status = Some(401);
    let refused = with_passphrase(&site, &site.members[2], &["--json"]).await;
    assert_eq!(level_of(&refused, "server"), "fail");
    drop(door);
    let quin = &mut site.members[3];
    quin.profile.set_server("http://127.0.0.1:1", None).unwrap();
    assert_eq!(level_of(&without_passphrase(&site.members[3], &["--json"]).await, "server"), "fail");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_says_nothing_of_urgency_and_of_the_law_is_told_what_to_do() {
    let (site, door, newest) = Site::at_door().await;
    let done = with_passphrase(&site, &site.members[0], &[]).await;
    assert!(done.out.contains("warn  rules        the site has no priority rules and no legal clocks"), "{done:?}");
    assert!(done.out.contains("`desk admin rules FILE`") && done.exit == Exit::Ok, "{done:?}");
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/rules.toml");
    let rules = Rules::read(Path::new(rules)).unwrap();
    let next = site.next(&newest, |draft| drop(rules.put_into(draft)));
    door.state().versions.push(next);
    let done = with_passphrase(&site, &site.members[0], &["--json"]).await;
    assert_eq!(level_of(&done, "rules"), "ok", "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_is_rolled_back_is_found() {
    let (site, door, _) = Site::at_door().await;
    let mia = &site.members[0];
    assert_eq!(run(&site, mia, &["inbox"]).status.code(), Some(0));
    door.state().versions.pop();
    let done = with_passphrase(&site, mia, &["--json"]).await;
    assert_eq!((level_of(&done, "keyring"), done.exit), ("fail".into(), Exit::Other));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrolment_that_was_lost_is_written_again_as_it_was() {
    let (site, _door, _) = Site::at_door().await;
    let path = site.dir.path().join("again.json");
    let path = path.to_str().unwrap();
    for person in [&site.members[0], &site.admins[0]] {
        let done = run(&site, person, &["enrolment", "-o", path]);
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        let written = knothole::desk::enrolment::Enrolment::read(path.as_ref()).unwrap();
        assert_eq!(written, person.profile.enrolment(&person.identity));
        assert!(String::from_utf8(done.stdout).unwrap().contains(&written.words()));
        // Once more, as the ceremony's page says, for whoever has lost the words.
        let again = run(&site, person, &["enrolment", "-o", path]);
        assert_eq!(again.status.code(), Some(0), "it is there as it was: {again:?}");
        assert!(String::from_utf8(again.stdout).unwrap().contains(&written.words()));
        std::fs::write(path, "something else").unwrap();
        let other = run(&site, person, &["enrolment", "-o", path]);
        assert_eq!(other.status.code(), Some(1), "it is not overwritten: {other:?}");
        assert!(String::from_utf8(other.stdout).unwrap().contains(&written.words()), "and the words are said");
        assert_eq!(std::fs::read_to_string(path).unwrap(), "something else");
        std::fs::remove_file(path).unwrap();
    }
}
