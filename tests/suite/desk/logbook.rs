//! A member's own log: what commands leave in it before they show anything, and what becomes of a member who would rather
//! have left nothing.

use super::commands::{Said, does, said_at, says, says_at};
use super::door::{Door, StoredTip};
use super::flow::synced;
use super::site::{NOW, Site, recipient};
use knothole::crypto::letter::{Answers, Share};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::failure::Exit;
use knothole::model::tip::TipId;
use serde_json::Value;
use std::path::PathBuf;

const STORY: &str = "in the blue house by the canal";

/// A site with one tip that both agencies hold, of a source who wants nothing passed on.
async fn with_tip() -> (Site, Door, TipId) {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers { story: Some(STORY.into()), share: Some(Share::Nothing), ..Answers::default() };
    let tip = StoredTip::new(ThreadKey::generate(), answers, &[0, 1].map(|agency| Some(recipient(&newest, agency))));
    let id = tip.id;
    door.state().tips.push(tip);
    (site, door, id)
}

fn log_dir(site: &Site) -> PathBuf {
    site.members[0].profile.dir().join("log")
}

/// What the log of the first member holds, without the look at it itself: verb, outcome, tips, how many in a list, to, form.
async fn lines(site: &Site) -> Vec<String> {
    let said: Value = serde_json::from_str(&does(site, 0, &["audit", "log", "--json"]).await).unwrap();
    let text = |line: &Value| {
        let of = |name: &str| match &line[name] {
            Value::Null => String::new(),
            Value::String(text) => format!(" {text}"),
            other => {
                format!(" {name} {}", other.as_array().map_or_else(|| other.to_string(), |all| all.len().to_string()))
            }
        };
        let words = ["verb", "outcome", "tips", "all", "to", "form"].map(of).concat();
        words.trim_start().to_owned()
    };
    let all = said["lines"].as_array().unwrap().iter().map(text);
    all.filter(|line| !line.starts_with("audit log")).collect()
}

fn words(out: &str) -> String {
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_open_share_export_and_failure_leaves_a_line() {
    let (site, _door, id) = with_tip().await;
    let (id, file) = (id.to_string(), site.dir.path().join("sheet"));
    let file = file.to_str().unwrap();
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["show", &id]).await;
    does(&site, 0, &["search", "canal"]).await;
    does(&site, 0, &["note", &id, "-m", "called the school"]).await;
    does(&site, 0, &["export", "--form", "md", &id, "-o", file, "--offline", "--yes"]).await;
    let away =
        ["export", "--form", "csv", &id, "--to", "A shelter", "--reason", "a bed", "-o", file, "--force", "--yes"];
    assert_eq!(says(&site, 0, &away).await.exit, Exit::Policy);
    assert_eq!(says(&site, 0, &["show", "T-ZZZZ"]).await.exit, Exit::NotFound);
    assert_eq!(
        lines(&site).await,
        [
            "inbox done all 1",
            "show done tips 1",
            "search done tips 1",
            "note done tips 1",
            "export done tips 1 md",
            "export refused tips 1 outside csv",
            "show not_found",
        ]
    );
    let verified = does(&site, 0, &["audit", "verify"]).await;
    assert!(verified.contains("your log: 8 lines, each as it was written, and none missing"), "{verified}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_passphrase_is_written_down_without_any_key() {
    let (site, _door, _) = with_tip().await;
    does(&site, 0, &["inbox"]).await;
    let wrong = site.dir.path().join("wrong");
    std::fs::write(&wrong, "not the passphrase\n").unwrap();
    let (dir, wrong) = (site.members[0].profile.dir(), wrong.to_str().unwrap());
    let tried = ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", wrong, "show", "T-7K3M"];
    assert_eq!(said_at(NOW, &tried).await.exit, Exit::Other);
    does(&site, 0, &["inbox"]).await;
    assert_eq!(lines(&site).await, ["inbox done all 1", "unlock wrong_passphrase", "inbox done all 1"]);
    let plain = does(&site, 0, &["audit", "log", "--plain"]).await;
    assert!(plain.lines().nth(1).unwrap().starts_with("2\t2026-11-24T01Z\tunlock\twrong passphrase\t"), "{plain}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_written_down_nothing_is_shown_sent_or_written() {
    let (site, door, id) = with_tip().await;
    let id = id.to_string();
    does(&site, 0, &["inbox"]).await;
    let events = door.state().events.len();
    std::fs::remove_file(log_dir(&site).join("lines")).unwrap();
    std::fs::create_dir(log_dir(&site).join("lines")).unwrap();
    let file = site.dir.path().join("sheet");
    let path = file.to_str().unwrap();
    for words in [
        &["show", &id][..],
        &["show", &id, "--json"],
        &["inbox"],
        &["inbox", "--plain"],
        &["search", "canal"],
        &["similar", &id],
        &["next"],
        &["note", &id, "-m", "x"],
        &["export", "--form", "md", &id, "-o", path, "--yes"],
        &["stats"],
        &["disseminations"],
        &["watch", "--once"],
    ] {
        let Said { exit, out, notes } = says(&site, 0, words).await;
        assert_eq!((exit, out.as_str()), (Exit::Other, ""), "{words:?}: {notes}");
        assert!(notes.contains("could not be written into the log"), "{words:?}: {notes}");
    }
    assert_eq!((door.state().events.len(), file.exists()), (events, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_command_that_opens_keys_prints_before_there_is_a_line() {
    let (site, _door, id) = with_tip().await;
    let id = id.to_string();
    does(&site, 0, &["inbox"]).await;
    let count = async || does(&site, 0, &["audit", "log", "--plain"]).await.lines().count();
    for words in [
        &["inbox", "--offline"][..],
        &["show", &id],
        &["next", "--dry-run"],
        &["claim", &id],
        &["release", &id],
        &["label", &id, "--add", "motel", "--dry-run"],
        &["similar", &id],
        &["stats"],
        &["disseminations"],
        &["audit", "verify"],
        &["watch", "--once"],
        &["enrolment", "-o", site.dir.path().join("again.json").to_str().unwrap()],
        &["doctor"],
    ] {
        let before = count().await;
        let said = says(&site, 0, words).await;
        assert!(!said.out.is_empty(), "{words:?}: {}", said.notes);
        assert_eq!(count().await, before + 2, "{words:?}: its own line, and that of the look before");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_of_a_tip_is_in_the_log_even_when_it_is_opened() {
    let (site, _door, id) = with_tip().await;
    does(&site, 0, &["search", "canal"]).await;
    does(&site, 0, &["note", &id.to_string(), "-m", "the canal house again"]).await;
    let typed = says(&site, 0, &["show", "T-CANALHOUSE"]).await;
    assert_eq!(typed.exit, Exit::NotFound);
    let log = does(&site, 0, &["audit", "log", "--json"]).await.to_lowercase();
    for word in ["canal", "house", "blue"] {
        assert!(!log.contains(word), "{word} in {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opened_a_tip_and_put_the_log_back_is_found_out_by_what_they_wrote_on_tips() {
    let (site, _door, id) = with_tip().await;
    let id = id.to_string();
    does(&site, 0, &["inbox"]).await;
    let copy: Vec<_> =
        ["lines", "head.age"].map(|name| (name, std::fs::read(log_dir(&site).join(name)).unwrap())).into();
    does(&site, 0, &["show", &id]).await;
    does(&site, 0, &["note", &id, "-m", "called the school"]).await;
    for (name, bytes) in copy {
        std::fs::write(log_dir(&site).join(name), bytes).unwrap();
    }
    let said = says(&site, 0, &["audit", "verify"]).await;
    assert_eq!(said.exit, Exit::Integrity, "{}", said.out);
    let found = "stands on a line that this log does not have: it was put back from a copy, or made anew";
    assert!(said.out.contains(found), "{}", said.out);
    // The same of one who throws the whole log away.
    std::fs::remove_dir_all(log_dir(&site)).unwrap();
    let said = says(&site, 0, &["audit", "verify"]).await;
    assert!(said.exit == Exit::Integrity && said.out.contains(found), "{}", said.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_was_changed_at_the_disk_is_named_by_its_number() {
    let (site, _door, id) = with_tip().await;
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["show", &id.to_string()]).await;
    does(&site, 0, &["inbox"]).await;
    let path = log_dir(&site).join("lines");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let said = says(&site, 0, &["audit", "verify"]).await;
    assert_eq!(said.exit, Exit::Integrity);
    assert!(said.out.contains("wrong: log  line 2: altered: it is not what was written"), "{}", said.out);
    let shown = words(&does(&site, 0, &["audit", "log"]).await);
    assert!(shown.contains("2 altered: it is not what was written"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_go_after_a_year_and_by_command_alone() {
    let (site, _door, id) = with_tip().await;
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["show", &id.to_string()]).await;
    let young = says(&site, 0, &["audit", "prune", "--yes"]).await;
    assert_eq!(young.exit, Exit::NotFound, "{}", young.notes);
    let unasked = says_at(&site, 0, NOW + 400 * 86_400, &["audit", "prune"]).await;
    assert_eq!(unasked.exit, Exit::Usage, "{}", unasked.notes);
    let said = says_at(&site, 0, NOW + 400 * 86_400, &["audit", "prune", "--yes"]).await;
    assert_eq!((said.exit, said.out.as_str()), (Exit::Ok, "3 lines are gone\n"), "{}", said.notes);
    let after = says_at(&site, 0, NOW + 400 * 86_400, &["audit", "verify"]).await;
    assert_eq!(after.exit, Exit::Ok, "{}{}", after.out, after.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_events_author_names_the_newest_line_of_their_log() {
    let (site, _door, id) = with_tip().await;
    does(&site, 0, &["note", &id.to_string(), "-m", "x"]).await;
    let (_, known) = synced(&site.members[0]).await.unwrap();
    let said: Value = serde_json::from_str(&does(&site, 0, &["audit", "log", "--json"]).await).unwrap();
    let named: Vec<_> = known.events_of(id).map(|event| event.signed.read().unwrap().event.log).collect();
    assert!(!named.is_empty());
    for log in named {
        assert_eq!(log.unwrap().to_string(), said["lines"][0]["name"].as_str().unwrap());
    }
}
