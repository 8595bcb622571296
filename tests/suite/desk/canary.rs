//! Canaries on the true server: through the public door as a source's tip, acknowledged by each agency's desk, and nowhere in
//! a list.

use super::commands::{Said, passphrase_file, said_at, says_at};
use super::door::{Door, StoredTip};
use super::site::{NOW, Person, Site, recipient};
use super::true_site::TrueSite;
use super::verify::words;
use crate::support::http::{exchange, request};
use ed25519_dalek::SigningKey;
use knothole::crypto::canary::Mark;
use knothole::crypto::letter::Answers;
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use knothole::desk::stats::MIN_K;
use knothole::http::accept::Address;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use serde_json::Value;

const HOUR: u64 = 3_600;

/// A site whose form is open.
async fn open() -> TrueSite {
    let mut it = TrueSite::open().await;
    it.publish(NOW, |draft| admin::set_words(draft, words())).await;
    it
}

async fn canary(it: &TrueSite, person: &Person, now: u64, words: &[&str]) -> Said {
    let file = passphrase_file(&it.site);
    let start = ["--no-input", "--profile", person.profile.dir().to_str().unwrap(), "--passphrase-file"];
    said_at(now, &[&start[..], &[file.to_str().unwrap(), "canary"], words].concat()).await
}

async fn send(it: &TrueSite, person: &Person, now: u64) -> Said {
    let Address::Tcp(form) = it.server.public() else { panic!("tests use TCP") };
    canary(it, person, now, &["--form", &format!("http://{form}/"), "--now"]).await
}

async fn listed(it: &TrueSite, member: usize, now: u64) -> Value {
    let said = says_at(&it.site, member, now, &["inbox", "--json"]).await;
    assert_eq!(said.exit, Exit::Ok, "{said:?}");
    serde_json::from_str(&said.out).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_canary_is_a_tip_to_the_server_and_in_no_list_of_a_desk_and_each_agency_says_that_it_came() {
    let it = open().await;
    it.send("a true one", &it.newest, &[0]).await;
    let pam = &it.site.members[2];
    let sent = send(&it, pam, NOW).await;
    assert_eq!((sent.exit, sent.out.starts_with("sent a canary for 2 agencies")), (Exit::Ok, true), "{sent:?}");
    assert_eq!(it.number("select count(*) from tip"), 2);
    assert_eq!(it.number("select count(*) from capsule"), 4);

    let before = canary(&it, pam, NOW, &["--status"]).await;
    assert_eq!((before.exit, before.out.matches("nothing said").count()), (Exit::Ok, 2), "{before:?}");
    for (member, tips) in [(0, 1), (1, 1), (2, 0)] {
        let list = listed(&it, member, NOW).await;
        assert_eq!((list["tips"].as_array().unwrap().len(), list["unreadable"].as_array().unwrap().len()), (tips, 0));
    }
    for words in [&["search", "true"][..], &["stats", "--json"], &["watch", "--once"]] {
        assert!(!says_at(&it.site, 2, NOW, words).await.out.contains("T-"), "{words:?}");
    }
    let after = canary(&it, pam, NOW, &["--status", "--json"]).await;
    let json: Value = serde_json::from_str(&after.out).unwrap();
    let opened = &json["canaries"][0]["opened"];
    assert_eq!((opened["0"].as_str(), opened["1"].as_str()), (Some("2026-11-24"), Some("2026-11-24")), "{json}");

    // One word an agency, whichever of its desks was first; nothing ties it to a tip, and the tip is nobody's to keep.
    assert_eq!(it.number("select count(*) from canary"), 2);
    assert_eq!(it.number("select count(*) from tip join canary on tip.id = canary.hash"), 0);
    assert_eq!(it.number("select count(*) from event"), 0);
    assert_eq!(it.number("select count(*) from tip where kept = 1"), 0);
    let ned = canary(&it, &it.site.members[1], NOW, &["--status"]).await;
    assert_eq!(ned.out.matches("opened, said on 2026-11-24").count(), 2, "who did not send it sees it too: {ned:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_count_tips_and_no_canary() {
    let it = open().await;
    for number in 0..MIN_K {
        it.send(&format!("true {number}"), &it.newest, &[0]).await;
    }
    assert_eq!(send(&it, &it.site.members[2], NOW).await.exit, Exit::Ok);
    listed(&it, 0, NOW).await;
    let stats = says_at(&it.site, 0, NOW, &["stats", "--json"]).await;
    let stats: Value = serde_json::from_str(&stats.out).unwrap();
    assert_eq!((stats["total"].as_u64(), stats["funnel"][0]["count"].as_u64()), (Some(MIN_K), Some(MIN_K)), "{stats}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_that_is_silent_for_a_day_is_named_at_every_sync_and_ends_the_status_with_one() {
    let mut it = open().await;
    assert_eq!(send(&it, &it.site.admins[0], NOW).await.exit, Exit::Ok);
    assert_eq!(listed(&it, 0, NOW).await["tips"].as_array().unwrap().len(), 0);
    it = it.again_at(NOW + 23 * HOUR).await;
    let early = says_at(&it.site, 0, NOW + 23 * HOUR, &["inbox"]).await;
    assert_eq!(early.notes, "", "{early:?}");
    it = it.again_at(NOW + 25 * HOUR).await;
    let late = says_at(&it.site, 1, NOW + 25 * HOUR, &["inbox"]).await;
    assert!(late.notes.contains("State police (1) has not said that the canary of 2026-11-24"), "{late:?}");
    let ada = canary(&it, &it.site.admins[0], NOW + 25 * HOUR, &["--status"]).await;
    assert_eq!((ada.exit, ada.notes.contains("silent for more than a day: State police (1)")), (Exit::Other, true));
    listed(&it, 3, NOW + 25 * HOUR).await;
    let ada = canary(&it, &it.site.admins[0], NOW + 25 * HOUR, &["--status"]).await;
    assert_eq!(ada.exit, Exit::Ok, "late, but it came: {ada:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn that_canaries_reach_nobody_any_more_is_said_at_every_desk_and_to_admins_and_not_to_their_sender_alone() {
    const DAY: u64 = 24 * HOUR;
    let mut it = open().await;
    assert_eq!(send(&it, &it.site.admins[0], NOW).await.exit, Exit::Ok);
    for member in [0, 2] {
        listed(&it, member, NOW).await;
    }
    it = it.again_at(NOW + DAY).await;
    for member in [0, 1, 2] {
        assert_eq!(says_at(&it.site, member, NOW + DAY, &["inbox"]).await.notes, "", "yesterday's word is enough");
    }
    it = it.again_at(NOW + 2 * DAY).await;
    for member in [0, 1, 2, 3] {
        let late = says_at(&it.site, member, NOW + 2 * DAY, &["inbox"]).await;
        assert_eq!(late.notes.matches("note: no agency has said since 2026-11-24 that a canary reached it").count(), 1);
        assert_eq!((late.exit, late.notes.lines().count()), (Exit::Ok, 1), "{late:?}");
    }
    let status = admin_status(&it, NOW + 2 * DAY).await;
    assert_eq!(status.matches("the last canary reached it on 2026-11-24").count(), 2, "{status}");

    assert_eq!(send(&it, &it.site.admins[0], NOW + 2 * DAY).await.exit, Exit::Ok);
    listed(&it, 0, NOW + 2 * DAY).await;
    let one = says_at(&it.site, 1, NOW + 2 * DAY, &["inbox"]).await;
    assert!(one.notes.starts_with("note: State police (1) has not said since 2026-11-24 that any canary"), "{one:?}");
    assert_eq!(one.notes.lines().count(), 1, "{one:?}");
    let status = admin_status(&it, NOW + 2 * DAY).await;
    assert_eq!(status.matches("the last canary reached it on 2026-11-24").count(), 1, "{status}");
}

async fn admin_status(it: &TrueSite, now: u64) -> String {
    let file = passphrase_file(&it.site);
    let dir = it.site.admins[1].profile.dir().to_str().unwrap();
    let start = ["--no-input", "--profile", dir, "--passphrase-file", file.to_str().unwrap(), "admin", "status"];
    said_at(now, &start).await.out
}

#[tokio::test(flavor = "multi_thread")]
async fn that_the_list_of_canaries_cannot_be_had_is_said_and_stops_nothing() {
    let (site, door, newest) = Site::at_door().await;
    door.state().tips.push(StoredTip::telling("one", &[Some(recipient(&newest, 0)), None]));
    assert_eq!(says_at(&site, 0, NOW, &["inbox"]).await.notes, "");
    door.state().canaries_status = Some(503);
    let said = says_at(&site, 0, NOW, &["inbox"]).await;
    assert!(said.exit == Exit::Ok && said.out.contains("one"), "{said:?}");
    assert!(said.notes.starts_with("note: the server does not say which canaries have arrived: "), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_was_copied_forged_or_made_by_a_stranger_hides_no_tip() {
    let it = open().await;
    let (genesis, mia) = (admin::hash(&it.site.zero), &it.site.members[0].identity.signing);
    let other = Mark::make(genesis, TipId([9; 32]), "mia", NOW, Hex([1; 16]), mia);
    let stranger = Mark::make(genesis, TipId([9; 32]), "eve", NOW, Hex([2; 16]), &SigningKey::from_bytes(&[9; 32]));
    let as_mia = Mark { by: "mia".into(), ..stranger.clone() };
    for mark in [other.to_text(), stranger.to_text(), as_mia.to_text(), "no mark at all".into()] {
        it.send_answers(Answers { canary: Some(mark), ..Answers::default() }, &it.newest, &[0]).await;
    }
    assert_eq!(listed(&it, 0, NOW).await["tips"].as_array().unwrap().len(), 4);
    assert_eq!(it.number("select count(*) from canary"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sends_one_whom_the_keyring_does_not_name_or_to_a_form_that_shows_another_keyring() {
    let it = open().await;
    let stranger = it.site.newcomer("zoe", 0);
    let refused = send(&it, &stranger, NOW).await;
    assert_ne!(refused.exit, Exit::Ok, "{refused:?}");
    let none = canary(&it, &it.site.members[0], NOW, &["--status"]).await;
    assert_eq!(none.exit, Exit::NotFound, "{none:?}");
    assert_eq!(it.number("select count(*) from tip"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_shows_an_older_keyring_or_another_sites_gets_none() {
    let mut it = open().await;
    let old = page(&it).await;
    it.publish(NOW, |_| ()).await;
    let other = page(&open().await).await;
    let door = Door::open().await;
    for (page, words) in [(old, "version 3"), (other, "another site")] {
        door.state().page = page;
        let mia = &it.site.members[0];
        let refused = canary(&it, mia, NOW, &["--form", &format!("{}/", door.address()), "--now"]).await;
        assert!(refused.exit == Exit::Integrity && refused.notes.contains(words), "{refused:?}");
        assert!(door.state().put.is_empty());
    }
}

/// The form as a visitor gets it.
async fn page(it: &TrueSite) -> String {
    exchange(it.server.public(), &request("GET", "/", &[], b"")).await.text().to_owned()
}
