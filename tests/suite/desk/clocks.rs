//! Clocks of the law: they start when somebody who must report first reads a tip, every desk that reads it sees them run, and
//! nobody forgets them quietly.

use super::commands::{does, says, says_at};
use super::door::{Door, StoredTip};
use super::site::{NOW, Site, recipient};
use knothole::crypto::keyring::LegalClock;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyKind;
use serde_json::Value;

const STORY: &str = "in the blue house";
const HOUR: u64 = 3_600;

/// A site whose help line must report every tip by phone within 12 hours, and a tip that both agencies can open.
async fn with_clock() -> (Site, Door, String) {
    let (site, door, newest) = Site::at_door().await;
    let clock =
        LegalClock { name: "by phone".into(), agency_kinds: vec![AgencyKind::HelpLine], when: Vec::new(), hours: 12 };
    let bound = site.next(&newest, |draft| draft.staff.clocks = vec![clock]);
    let tip = StoredTip::telling(STORY, &[Some(recipient(&newest, 0)), Some(recipient(&newest, 1))]);
    let id = tip.id.to_string();
    door.state().versions.push(bound);
    door.state().tips.push(tip);
    (site, door, id)
}

async fn clocks(site: &Site, member: usize, id: &str) -> Vec<Value> {
    does(site, member, &["inbox"]).await;
    let shown: Value = serde_json::from_str(&does(site, member, &["show", id, "--json"]).await).unwrap();
    shown["clocks"].as_array().cloned().unwrap_or_default()
}

/// The first member of the other agency.
fn other(site: &Site) -> usize {
    site.members.iter().position(|person| person.as_member().agency.0 == 1).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_when_a_tip_is_first_shown_and_not_when_it_is_listed_and_every_reader_sees_it() {
    let (site, door, id) = with_clock().await;
    let listed = does(&site, 0, &["inbox"]).await;
    assert!(listed.contains("opening it starts a clock of the law: by phone (within 12 h)"), "{listed}");
    for list in [&["inbox"][..], &["search", "blue"]] {
        for form in [&[][..], &["--plain"], &["--json"]] {
            let shown = does(&site, 0, &[list, form].concat()).await;
            assert!(!shown.contains("house"), "{shown}");
            assert!(shown.contains("by phone (within 12 h)"), "{shown}");
        }
    }
    let police = other(&site);
    assert!(does(&site, police, &["inbox"]).await.contains(STORY), "the law does not bind them");
    does(&site, police, &["show", &id]).await;
    assert!(door.state().events.is_empty(), "nothing is written for whom no clock binds");

    for typed in ["", "T-", &id[..2], "T-ZZZZ"] {
        assert_ne!(says(&site, 0, &["show", typed]).await.exit, Exit::Ok, "{typed:?}");
    }
    assert!(door.state().events.is_empty(), "what was not shown was not opened");

    let first = says(&site, 0, &["show", &id]).await;
    assert!(
        first.notes.contains("your agency opens it now, which starts a clock of the law: by phone"),
        "{}",
        first.notes
    );
    assert!(first.out.contains(STORY) && first.out.contains("by phone: 12 h left"), "{}", first.out);
    assert!(first.out.contains("--add 'done:by phone'"), "{}", first.out);
    assert_eq!(door.state().events.len(), 1);
    let again = says(&site, 0, &["show", &id]).await;
    assert!(!again.notes.contains("first"), "{}", again.notes);
    assert_eq!(door.state().events.len(), 1, "it is opened once");

    let seen = clocks(&site, police, &id).await;
    assert_eq!((seen[0]["name"].as_str(), seen[0]["due"].as_u64()), (Some("by phone"), Some(NOW + 12 * HOUR)));
    let theirs = does(&site, police, &["show", &id]).await;
    assert!(theirs.contains("by phone: 12 h left") && !theirs.contains("when it is done"), "{theirs}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_opened_without_the_server_counts_from_then_and_is_told_later() {
    let (site, door, id) = with_clock().await;
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["show", &id, "--offline"]).await;
    assert!(door.state().events.is_empty());
    assert_eq!(says_at(&site, 0, NOW + 2 * HOUR, &["inbox"]).await.exit, Exit::Ok);
    assert_eq!(door.state().events.len(), 1);
    let seen = clocks(&site, other(&site), &id).await;
    assert_eq!(seen[0]["started"].as_u64(), Some(NOW));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_listed_and_watched_until_somebody_says_that_it_was_done() {
    let (site, _door, id) = with_clock().await;
    does(&site, 0, &["show", &id]).await;
    let close = says_at(&site, 0, NOW + 10 * HOUR, &["inbox"]).await;
    let short = format!("T-{}", &id[..4]);
    let line = format!("the law's time is nearly over: {short} by phone: only 2 h left\n");
    assert!(close.out.starts_with(&line), "{}", close.out);
    let watched = says_at(&site, 0, NOW + 10 * HOUR, &["watch", "--once"]).await;
    assert_eq!(watched.exit, Exit::Ok, "{}", watched.notes);
    assert!(watched.out.contains("only 2 h left"), "{}", watched.out);

    let over = says_at(&site, 0, NOW + 13 * HOUR, &["watch", "--once"]).await;
    assert_eq!(over.exit, Exit::Other);
    assert!(over.out.contains(&format!("the law's time is OVER: {short} by phone: OVERDUE by 1 h")), "{}", over.out);
    assert!(over.notes.contains("nobody has said that it was done"), "{}", over.notes);
    let police = says_at(&site, other(&site), NOW + 13 * HOUR, &["watch", "--once"]).await;
    assert_eq!(police.exit, Exit::Ok, "it is for those to do whom it binds: {}", police.out);

    let done = says_at(&site, 0, NOW + 13 * HOUR, &["label", &id, "--add", "done:by phone"]).await;
    assert_eq!(done.exit, Exit::Ok, "{}", done.notes);
    assert_eq!(says_at(&site, 0, NOW + 14 * HOUR, &["watch", "--once"]).await.exit, Exit::Ok);
    let quiet = says_at(&site, 0, NOW + 14 * HOUR, &["inbox"]).await;
    assert!(!quiet.out.contains("the law's time") && !quiet.out.contains("OVERDUE"), "{}", quiet.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_with_the_first_file_that_is_written_of_a_tip_too() {
    let (site, door, id) = with_clock().await;
    does(&site, 0, &["inbox"]).await;
    let path = site.dir.path().join("sheet.md").to_str().unwrap().to_owned();
    let words = ["export", &id, "--form", "md", "-o", &path, "--yes"];
    does(&site, 0, &[&words[..], &["--dry-run"]].concat()).await;
    assert!(door.state().events.is_empty());
    let first = says(&site, 0, &words).await;
    assert!(
        first.notes.contains("your agency opens it now, which starts a clock of the law: by phone"),
        "{}",
        first.notes
    );
    assert_eq!(door.state().events.len(), 1);
    let sheet = std::fs::read_to_string(&path).unwrap();
    assert!(sheet.contains("legal clock:** by phone\\: 12 h left"), "{sheet}");
    assert_eq!(clocks(&site, 0, &id).await.len(), 1);
}
