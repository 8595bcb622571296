//! `desk export` and `desk stats`, on what a desk has brought before: what lands on disk, what does not, and what a source's
//! wishes stop.

use super::commands::run;
use super::finding::{knowing, knowing_at_door, telling};
use super::site::Site;
use knothole::crypto::letter::{Answers, Share, YesNo};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Output;

fn said(done: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (done.status.code(), text(&done.stdout), text(&done.stderr))
}

/// A new directory, and a file in it that is not there yet.
fn file(site: &Site) -> (PathBuf, String) {
    let dir = site.dir.path().join("out");
    std::fs::create_dir_all(&dir).unwrap();
    let path = dir.join("file").to_str().unwrap().to_owned();
    (dir, path)
}

fn export(site: &Site, words: &[&str]) -> (Option<i32>, String, String) {
    let yes: &[&str] = if words[0] == "verify" { &[] } else { &["--yes"] };
    said(&run(site, &site.members[0], &[&["export"], words, yes].concat()))
}

fn shared(story: &str, share: Share) -> Answers {
    Answers { share: Some(share), place: Some("Elm St 5".into()), ..telling(story) }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_before_somebody_said_yes() {
    let site = knowing(vec![shared("A van at the motel", Share::All)]).await;
    let (dir, path) = file(&site);
    let words = ["export", "--search", "motel", "--form", "csv", "-o", &path, "--offline"];
    let (code, out, notes) = said(&run(&site, &site.members[0], &words));
    assert_eq!((code, out.as_str()), (Some(2), ""), "{notes}");
    assert!(notes.contains("this needs your yes") && notes.contains("--yes"), "{notes}");
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_writes_the_file_that_was_asked_for_and_nothing_beside_it() {
    let minor = Answers { minor: Some(YesNo::Yes), ..shared("A van at the motel, call 860 555 0101", Share::All) };
    let site = knowing(vec![minor]).await;
    let (dir, path) = file(&site);
    for form in ["json", "csv", "md", "pdf", "htcds", "deconflict", "dcf136", "cybertip"] {
        let (code, out, notes) = export(&site, &["--search", "motel", "--form", form, "-o", &path, "--offline"]);
        assert_eq!(code, Some(0), "{form}: {notes}");
        assert!(out.starts_with(&format!("wrote {path}: {form}, 1 tip, TLP:AMBER")), "{form}: {out}");
        assert!(!out.contains("motel") && notes.contains("not sealed"), "{form}: {out}{notes}");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 1);
        std::fs::remove_file(&path).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_source_forbids_is_not_written_and_ends_with_8() {
    let site = knowing(vec![shared("the motel", Share::Nothing), shared("the boat", Share::Facts)]).await;
    let (dir, path) = file(&site);
    let because = ["--reason", "they look for her"];
    for (words, why) in [
        (vec!["--search", "motel", "--form", "json", "--to", "1"], "asked that nothing is passed on"),
        (vec!["--search", "motel", "--form", "deconflict"], "asked that nothing is passed on"),
        (vec!["--search", "motel", "--form", "cybertip"], "asked that nothing is passed on"),
        (vec!["--search", "boat", "--form", "pdf", "--to", "A shelter"], "not a word about themselves"),
        (vec!["--search", "Elm", "--form", "csv", "--to", "A shelter", "--share", "facts"], "of 1 of 2 tips forbid it"),
    ] {
        let (code, out, notes) = export(&site, &[words.as_slice(), &because, &["-o", &path]].concat());
        assert_eq!((code, out.as_str()), (Some(8), ""), "{words:?}: {notes}");
        assert!(notes.contains(why), "{words:?}: {notes}");
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
    }
    let facts = ["--search", "Elm", "--form", "csv", "--to", "A shelter", "--share", "facts", "--skip", "-o", &path];
    assert_eq!(export(&site, &facts).0, Some(2), "nobody says what for");
    let (code, out, _) = export(&site, &[&facts[..], &because, &["--offline"]].concat());
    assert_eq!((code, out), (Some(0), format!("wrote {path}: csv, 1 tip, TLP:AMBER, for A shelter\n")));
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("Elm St 5") && !written.contains("boat") && !written.contains("motel"), "{written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_given_what_why_and_when_is_written_down_and_printed_for_a_tip_and_a_month() {
    let (site, door) = knowing_at_door(vec![shared("the motel", Share::All), shared("the boat", Share::All)]).await;
    let (_, path) = file(&site);
    let give =
        ["--search", "motel", "--form", "csv", "--to", "A shelter", "--reason", "a bed for tonight", "-o", &path];
    assert_eq!(export(&site, &give).0, Some(0));
    assert_eq!(door.state().events.len(), 2, "opened, disclosed");
    let printed = |words: &[&str]| said(&run(&site, &site.members[0], &[&["disseminations"], words].concat()));
    let (code, out, notes) = printed(&["--json"]);
    assert_eq!(code, Some(0), "{notes}");
    let records: serde_json::Value = serde_json::from_str(&out).unwrap();
    let record = &records[0];
    for (field, value) in
        [("to", "A shelter"), ("what", "all"), ("why", "a bed for tonight"), ("form", "export, csv"), ("by", "mia")]
    {
        assert_eq!(record[field], value, "{field}");
    }
    assert_eq!(records.as_array().unwrap().len(), 1);
    let month = &record["time"].as_str().unwrap()[..7];
    let (_, out, _) = printed(&["--month", month]);
    assert!(out.contains("all to A shelter (export, csv)") && out.ends_with("1 dissemination\n"), "{out}");
    assert_eq!(printed(&["--month", "2020-01"]).1, "nothing was given to anyone\n");
    assert_eq!(printed(&["--month", "2020-13"]).0, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_written_is_not_recorded_as_given_and_what_could_not_be_recorded_is_not_there() {
    let (site, door) = knowing_at_door(vec![shared("the motel", Share::All)]).await;
    let (dir, path) = file(&site);
    let give = |path: &str, reason: &str| {
        let to = ["--search", "motel", "--form", "csv", "--to", "A shelter", "--reason", reason, "-o", path];
        export(&site, &to)
    };
    let missing = dir.join("not/there").to_str().unwrap().to_owned();
    let (code, out, notes) = give(&missing, "a bed");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(notes.contains("there is no directory") && notes.contains("hint: make it with `mkdir -p "), "{notes}");
    let (code, _, notes) = give(dir.to_str().unwrap(), "a bed");
    assert_eq!(code, Some(1));
    assert!(notes.contains("is no file that can be written over\nhint: "), "{notes}");
    let (code, out, notes) = give(&path, &"long ".repeat(5_000));
    assert_ne!(code, Some(0), "an event has no room for this");
    assert_eq!(out, "", "{notes}");
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0, "{notes}");
    assert_eq!(door.state().events.len(), 0);
    let records = said(&run(&site, &site.members[0], &["disseminations"]));
    assert_eq!(records.1, "nothing was given to anyone\n");
    assert_eq!(give(&path, "a bed").0, Some(0));
    assert_eq!(door.state().events.len(), 2, "opened, disclosed");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_refusal_is_printed_once_and_says_of_which_tip() {
    let site = knowing(vec![shared("the motel", Share::Nothing)]).await;
    let (_, path) = file(&site);
    let why = "asked that nothing is passed on";
    let (_, _, notes) = export(&site, &["--search", "motel", "--form", "deconflict", "-o", &path]);
    assert_eq!(notes.matches(why).count(), 1, "{notes}");
    let id = notes.strip_prefix("desk: ").and_then(|rest| rest.split(':').next()).unwrap();
    assert!(id.starts_with("T-"), "{notes}");
    let (code, _, notes) = export(&site, &[id, "--form", "deconflict", "-o", &path]);
    assert_eq!((code, notes.matches(why).count()), (Some(8), 1), "{notes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_excluded_agency_gets_no_file_whatever_may_be_shared() {
    let excluding = Answers { exclude_text: Some("the police".into()), ..shared("the motel", Share::All) };
    let site = knowing(vec![excluding]).await;
    let (_, path) = file(&site);
    for form in ["json", "deconflict", "dcf136"] {
        let (code, _, notes) =
            export(&site, &["--search", "motel", "--form", form, "-o", &path, "--to", "1", "--reason", "x"]);
        assert_eq!(code, Some(8), "{form}: {notes}");
        assert!(notes.contains("named who must not see this"), "{notes}");
    }
}

/// A child, whose source lets nothing be passed on.
fn child(exclude: Option<&str>) -> Answers {
    let exclude_text = exclude.map(str::to_owned);
    Answers { minor: Some(YesNo::Yes), exclude_text, ..shared("She told me at the motel", Share::Nothing) }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_law_asks_for_goes_against_a_wish_with_the_facts_alone_and_says_so() {
    let (site, _door) = knowing_at_door(vec![child(None)]).await;
    let (_, path) = file(&site);
    let report = ["--search", "motel", "--form", "dcf136", "-o", &path];
    let (code, out, notes) = export(&site, &report);
    assert_eq!(code, Some(0), "{notes}");
    assert!(out.contains(", for child welfare"), "{out}");
    assert!(
        notes.contains("asked that nothing is passed on before they were asked; what the law asks for goes"),
        "{notes}"
    );
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("Elm St 5") && !written.contains("motel"), "{written}");
    let (_, out, _) = said(&run(&site, &site.members[0], &["disseminations", "--json"]));
    let record = &serde_json::from_str::<serde_json::Value>(&out).unwrap()[0];
    let why = "a draft of the report that the law asks for, although the source asked that nothing is passed on before they were asked";
    assert_eq!(
        (&record["what"], &record["to"], &record["why"]),
        (&"facts".into(), &"child welfare".into(), &why.into())
    );
    // The form alone makes nobody one to whom a law sends it.
    let (code, _, notes) = export(&site, &[&report[..], &["--to", "A friend", "--reason", "x", "--force"]].concat());
    assert_eq!(code, Some(8), "{notes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_to_another_lawful_recipient_where_the_first_must_not_see_it() {
    let both = "not DCF, my uncle works there";
    for (exclude, to) in [(both, Some("(1)")), ("no police", Some("child welfare")), ("no cops, no DCF", None)] {
        let site = knowing(vec![child(Some(exclude))]).await;
        let (_, path) = file(&site);
        let report = ["--search", "motel", "--form", "dcf136", "-o", &path, "--dry-run"];
        let (code, out, notes) = export(&site, &report);
        match to {
            Some(to) => assert!(code == Some(0) && out.contains(to), "{exclude}: {out}{notes}"),
            None => assert!(code == Some(8) && notes.contains("named who must not see this"), "{exclude}: {notes}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_there_stays_unless_it_is_forced_and_a_dry_run_writes_none() {
    let site = knowing(vec![shared("the motel", Share::All)]).await;
    let (dir, path) = file(&site);
    let words = ["--search", "motel", "--form", "md", "-o", &path];
    let (code, out, _) = export(&site, &[words.as_slice(), &["--dry-run"]].concat());
    assert_eq!(code, Some(0));
    assert!(out.starts_with("would write md, 1 tip, TLP:AMBER: T-"), "{out}");
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
    std::fs::write(&path, "theirs").unwrap();
    let (code, _, notes) = export(&site, &words);
    assert_eq!(code, Some(1));
    assert!(notes.contains("exists and is not overwritten\nhint: "), "{notes}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
    assert_eq!(export(&site, &[words.as_slice(), &["--force"]].concat()).0, Some(0));
    assert!(std::fs::read_to_string(&path).unwrap().contains("the motel"));
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_a_few_tips_are_told_nowhere() {
    let site = knowing(vec![telling("one"), telling("two")]).await;
    let (dir, path) = file(&site);
    let stats = |words: &[&str]| said(&run(&site, &site.members[0], &[&["stats"], words].concat()));
    let (code, out, _) = stats(&["--json"]);
    assert_eq!(code, Some(0));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&json["total"], &json["k"]), (&serde_json::Value::Null, &11.into()));
    let (_, out, _) = stats(&[]);
    assert!(out.starts_with("fewer than 11 tips, counted on 2026-"), "{out}");
    let (code, _, notes) = stats(&["--html", "-o", &path]);
    assert_eq!((code, std::fs::read_dir(&dir).unwrap().count()), (Some(0), 1), "{notes}");
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.contains("fewer than 11 tips") && !page.contains("<script"), "{page}");
    for words in [["--k", "3"], ["--k", "10"], ["--from", "2026-13"], ["--from", "2026-11-03"], ["--to", "2026-11-30"]]
    {
        assert_eq!(stats(&words).0, Some(2), "{words:?}");
    }
    assert_eq!(stats(&["--html", "-o", &path]).0, Some(1));
}

/// An archive of the one tip there is.
fn archive(site: &Site, path: &str, more: &[&str]) -> (Option<i32>, String, String) {
    export(site, &[&["--search", "motel", "--form", "evidence", "-o", path], more].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_the_same_bytes_twice_holds_what_the_source_sealed_and_can_be_checked_alone() {
    let (site, door) = knowing_at_door(vec![shared("the motel", Share::Nothing)]).await;
    let (dir, path) = file(&site);
    let (code, out, notes) = archive(&site, &path, &[]);
    assert_eq!((code, out), (Some(0), format!("wrote {path}: evidence, 1 tip, TLP:RED\n")), "{notes}");
    let first = std::fs::read(&path).unwrap();
    assert_eq!(archive(&site, &path, &["--force"]).0, Some(0));
    assert!(std::fs::read(&path).unwrap() == first);
    let sealed = door.state().tips[0].letter.clone();
    assert!(first.windows(sealed.len()).any(|window| window == sealed), "the sealed letter is in it");
    drop(door);
    let (code, out, notes) = export(&site, &["verify", &path]);
    assert_eq!(code, Some(0), "{notes}");
    assert!(out.starts_with("whole: 11 files, 0 events, with the sealed letter\n"), "{out}");
    assert!(out.contains("each is a key of the site"), "{out}");
    let alone = said(&super::commands::desk(&["export", "verify", &path]).output().unwrap());
    assert_eq!(alone.0, Some(0), "{}", alone.2);
    assert!(alone.1.contains("as the archive names them"), "{}", alone.1);
    let (code, _, notes) = archive(&site, &path, &["--force"]);
    assert_eq!(code, Some(6));
    assert!(notes.contains("`--offline` makes an archive without the sealed letter"), "{notes}");
    assert_eq!(std::fs::read(&path).unwrap(), first, "what was there is not lost");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(archive(&site, &path, &["--offline"]).0, Some(0));
    assert!(export(&site, &["verify", &path]).1.contains("without the sealed letter"));
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_that_was_changed_anywhere_in_evidence_is_found_and_ends_with_7() {
    let (site, _door) = knowing_at_door(vec![shared("the motel", Share::Nothing)]).await;
    let (_, path) = file(&site);
    assert_eq!(archive(&site, &path, &[]).0, Some(0));
    let whole = std::fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(97) {
        let mut other = whole.clone();
        other[at] ^= 1;
        assert!(knothole::desk::evidence::verify(&other).is_err(), "byte {at}");
    }
    let mut other = whole;
    let at = other.windows(9).position(|window| window == b"the motel").unwrap();
    other[at..at + 9].copy_from_slice(b"the hotel");
    std::fs::write(&path, other).unwrap();
    let (code, out, notes) = export(&site, &["verify", &path]);
    assert_eq!((code, out.as_str()), (Some(7), ""));
    assert!(notes.starts_with("wrong: letter.json was altered\ndesk: "), "{notes}");
    let (code, out, _) = export(&site, &["verify", &path, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &json["is_whole"], &json["problems"][0]),
        (Some(7), &false.into(), &"letter.json was altered".into())
    );
}
