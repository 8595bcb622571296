//! Files that came with a tip, as a member lists and saves them: what the source sealed or nothing, and nothing that harms by being shown.

use super::commands::{HOSTILE, does, says};
use super::door::files::{StoredFile, manifest, sealed};
use super::door::{Door, StoredTip};
use super::site::{Site, recipient};
use knothole::crypto::letter::{Answers, YesNo};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::failure::Exit;
use knothole::model::tip::TipId;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and what it shows";

/// A site whose first member reads one tip, with these files and a manifest that lists those that have one.
async fn site(files: Vec<(StoredFile, Option<Value>)>) -> (Site, Door, TipId) {
    let (site, door, newest) = Site::at_door().await;
    let thread = ThreadKey::generate();
    let id = thread.id();
    let listed: Vec<Value> = files.iter().filter_map(|(_, listed)| listed.clone()).collect();
    let mut sent: Vec<_> = files.into_iter().map(|(file, _)| file).collect();
    sent.push(manifest(&thread, 200, &listed));
    door.state().bring(id, sent);
    let answers = Answers { story: Some("a story".into()), minor: Some(YesNo::No), ..Answers::default() };
    door.state().tips.push(StoredTip::new(thread, answers, &[Some(recipient(&newest, 0)), None]));
    does(&site, 0, &["inbox"]).await;
    (site, door, id)
}

fn png() -> (StoredFile, Option<Value>) {
    let (file, listed) = sealed(1, "image/png", PNG);
    (file, Some(listed))
}

/// The last thing that was asked of the door that begins so.
fn asked(door: &Door, start: &str) -> usize {
    door.state().asked.iter().filter(|asked| asked.starts_with(start)).count()
}

fn to(site: &Site) -> (PathBuf, String) {
    let path = site.dir.path().join("photo.png");
    (path.clone(), path.to_str().unwrap().to_owned())
}

/// Sealed bytes that were brought and not saved.
fn brought(site: &Site) -> Vec<u64> {
    let dir = site.members[0].profile.cache_dir().join("attachments");
    let files = std::fs::read_dir(dir).into_iter().flatten();
    files.map(|entry| entry.unwrap().metadata().unwrap().len()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_is_listed_each_by_what_can_be_done_with_it() {
    let (file, mut listed) = sealed(1, "image/jpeg", PNG);
    listed["name"] = json!("la puerta");
    listed["note"] = json!("removed");
    let begun = StoredFile { length: 70_000, ..StoredFile::whole(3, false, vec![1; 66_000]) };
    let files = vec![(file, Some(listed)), (StoredFile::whole(2, false, vec![1; 5_755]), None), (begun, None)];
    let (site, _door, id) = site(files).await;
    let id = id.to_string();
    let out = does(&site, 0, &["attachments", &id]).await;
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].ends_with(": 3 files"), "{out}");
    assert_eq!(
        lines[1],
        "  1  image/jpeg, 26 bytes, called \"la puerta\"; the camera's hidden note was taken out before it was sent"
    );
    assert!(lines[2].starts_with("  2  sent, not listed (5.7 KB sealed)"), "{out}");
    assert!(lines[3].starts_with("  3  on its way: 66.0 KB"), "{out}");
    let json: Value = serde_json::from_str(&does(&site, 0, &["attachments", &id, "--json"]).await).unwrap();
    assert_eq!(json["tip"], id.as_str());
    let states: Vec<&Value> = json["files"].as_array().unwrap().iter().map(|file| &file["state"]).collect();
    assert_eq!(states, ["whole", "not_listed", "on_its_way"]);
    assert!(!json.to_string().contains("AGE-SECRET-KEY"));
    for (number, exit) in [("2", Exit::NoKey), ("3", Exit::NotFound), ("4", Exit::NotFound)] {
        let (path, file) = to(&site);
        let said = says(&site, 0, &["save", &id, number, "-o", &file]).await;
        assert!(said.exit == exit && said.notes.contains("hint: ") && !path.exists(), "{number}: {}", said.notes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_saved_as_it_was_sent_for_its_reader_alone_and_is_shown_with_the_tip_from_then_on() {
    let (site, door, id) = site(vec![png()]).await;
    let id = id.to_string();
    let before = asked(&door, "GET /v1/tips/");
    assert!(!does(&site, 0, &["show", &id, "--offline"]).await.contains("image/png"), "nobody has asked for it");
    assert_eq!(asked(&door, "GET /v1/tips/"), before, "what is shown asks for nothing");
    let (path, file) = to(&site);
    let said = says(&site, 0, &["save", &id, "1", "-o", &file]).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    assert!(
        said.out.contains("content: image/png") && said.notes.contains("it is not sealed"),
        "{}{}",
        said.out,
        said.notes
    );
    assert_eq!(std::fs::read(&path).unwrap(), PNG);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(brought(&site), [0; 0]);
    let shown = does(&site, 0, &["show", &id, "--offline"]).await;
    assert!(shown.contains("  1  image/png, 26 bytes; saved here, content: image/png"), "{shown}");
    let json: Value = serde_json::from_str(&does(&site, 0, &["show", &id, "--offline", "--json"]).await).unwrap();
    assert_eq!((&json["attachments"][0]["found"], &json["story"]), (&json!("image/png"), &json!("a story")));
    let again = says(&site, 0, &["save", &id, "1", "-o", &file]).await;
    assert!(again.exit == Exit::Other && again.notes.contains("is not overwritten"), "{}", again.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_the_next_tip_sees_at_once_that_files_came_with_it() {
    let (site, _door, _) = site(vec![png()]).await;
    let next = says(&site, 0, &["next", "--json"]).await;
    let json: Value = serde_json::from_str(&next.out).unwrap();
    assert_eq!(json["attachments"][0]["type"], json!("image/png"), "{}", next.out);
    does(&site, 0, &["release", json["tip"].as_str().unwrap()]).await;
    let next = says(&site, 0, &["next"]).await;
    assert!(next.out.contains("  1  image/png, 26 bytes"), "{}", next.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_broke_off_goes_on_where_it_was_by_itself_or_by_the_next_command() {
    let bytes: Vec<u8> = (0_u32..200_000).flat_map(u32::to_be_bytes).collect();
    let (file, listed) = sealed(1, "application/octet-stream", &bytes);
    let (site, door, id) = site(vec![(file, Some(listed))]).await;
    let id = id.to_string();
    let (path, to) = to(&site);
    let asked_from = |from: usize| {
        let upload = format!("GET /v1/tips/{id}/attachments/{}", "01".repeat(16));
        let state = door.state();
        let head = state.heads.iter().rfind(|head| head.starts_with(&upload)).unwrap().to_lowercase();
        assert!(head.contains(&format!("range: bytes={from}-")), "{head}");
    };
    door.state().cut_file_after = Some(300_000);
    does(&site, 0, &["save", &id, "1", "-o", &to]).await;
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    asked_from(300_000);

    // As a command leaves it that was interrupted.
    let partial = site.members[0].profile.cache_dir().join("attachments").join("01".repeat(16));
    let sealed = door.state().files.values().next().unwrap()[0].sealed.clone();
    std::fs::write(&partial, &sealed[..123_456]).unwrap();
    std::fs::remove_file(&path).unwrap();
    does(&site, 0, &["save", &id, "1", "-o", &to]).await;
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    asked_from(123_456);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_what_the_source_listed_is_not_saved_and_is_asked_for_anew_the_next_time() {
    let (file, mut listed) = sealed(1, "image/png", PNG);
    listed["sha256"] = json!("00".repeat(32));
    let mut changed = sealed(2, "image/png", PNG);
    *changed.0.sealed.last_mut().unwrap() ^= 1;
    let (site, _door, id) = site(vec![(file, Some(listed)), (changed.0, Some(changed.1))]).await;
    for number in ["1", "2"] {
        let (path, to) = to(&site);
        let said = says(&site, 0, &["save", &id.to_string(), number, "-o", &to]).await;
        assert!(said.exit == Exit::Integrity && !path.exists(), "{number}: {}", said.notes);
        assert_eq!(brought(&site), [0; 0], "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stranger_wrote_of_a_file_does_nothing_to_the_terminal_and_a_false_kind_is_shouted() {
    let (file, mut listed) = sealed(1, &format!("image/{HOSTILE}"), b"PK\x03\x04 an archive, they say");
    listed["name"] = json!(format!("../../.bashrc{HOSTILE}"));
    let (site, _door, id) = site(vec![(file, Some(listed))]).await;
    let id = id.to_string();
    let (path, to) = to(&site);
    let listed = says(&site, 0, &["attachments", &id]).await;
    let saved = says(&site, 0, &["save", &id, "1", "-o", &to]).await;
    let shown = says(&site, 0, &["show", &id, "--offline"]).await;
    for said in [&listed, &saved, &shown] {
        let all = format!("{}{}", said.out, said.notes);
        assert!(said.exit == Exit::Ok && !all.contains(['\x1b', '\u{202e}', '\u{9b}', '\r', '\u{7}']), "{all:?}");
    }
    assert!(
        saved.notes.contains("its content is another") && shown.out.contains("ITS CONTENT IS ANOTHER"),
        "{}",
        shown.out
    );
    assert!(path.exists(), "it is saved where it was asked to be, and nowhere else");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_names_another_tip_or_does_not_open_is_told_and_the_others_are_read() {
    let (site, door, id) = site(vec![png()]).await;
    let other = manifest(&ThreadKey::generate(), 9, &[]);
    door.state().files.get_mut(&id).unwrap().push(other);
    let said = says(&site, 0, &["attachments", &id.to_string()]).await;
    assert!(said.exit == Exit::Ok && said.out.contains("image/png"), "{}", said.out);
    assert!(said.notes.contains("a list of files came that cannot be read"), "{}", said.notes);
}
