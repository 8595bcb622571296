//! `desk audit verify`: what was removed, altered, forged, forked or rolled back is named, with who wrote it.

use super::commands::{Said, does, says};
use super::events::{kinds, note, plant, plant_sealed, shown, with_tip};
use super::flow::synced;
use super::nowhere::below;
use super::site::{Person, Site};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::desk::cache::{Cache, KnownEvent, KnownTip, Segment};
use knothole::desk::events::authors::author;
use knothole::desk::failure::Exit;
use knothole::model::tip::TipId;

/// `desk audit verify` of a member: how it ends, and what it says.
async fn audit(site: &Site, member: usize) -> Said {
    says(site, member, &["audit", "verify"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_passes_what_is_whole_in_whatever_order_the_server_gives_it() {
    let (site, door, id) = with_tip().await;
    for (member, words) in [(0, "one"), (2, "two"), (1, "three")] {
        does(&site, member, &["note", &id.to_string(), "-m", words]).await;
    }
    does(&site, 0, &["inbox"]).await;
    let asked = door.state().asked.len();
    let said = audit(&site, 0).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    assert_eq!(door.state().asked.len(), asked, "no server is asked");
    assert!(said.out.starts_with("1 tip, 5 events by 3 members: each is signed by its author"), "{}", said.out);
    let numbers: Vec<u64> = door.state().events.iter().map(|event| event.seq).collect();
    door.state().events.reverse();
    for (event, seq) in door.state().events.iter_mut().zip(numbers) {
        event.seq = seq;
    }
    let reordered = shown(&site, 3, id).await; // who sees them for the first time
    assert_eq!(kinds(&reordered), kinds(&shown(&site, 0, id).await));
    assert_eq!(audit(&site, 3).await.exit, Exit::Ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_names_what_was_removed_forged_or_altered_at_the_server() {
    let (site, door, id) = with_tip().await;
    for words in ["one", "two"] {
        does(&site, 0, &["note", &id.to_string(), "-m", words]).await;
    }
    does(&site, 0, &["inbox"]).await;
    let (_, known) = synced(&site.members[0]).await.unwrap();
    let pam = author(&site.members[2].as_member());
    plant(&door, &known, &note(id, pam, 2), &site.members[0]);
    let thread = known.tips[0].thread_key().unwrap();
    let mut altered = STANDARD.decode(&door.state().events[1].posted.sealed).unwrap();
    *altered.last_mut().unwrap() ^= 1;
    plant_sealed(&door, &thread, STANDARD.encode(altered));
    door.state().events.remove(1);
    assert_eq!(says(&site, 2, &["inbox"]).await.exit, Exit::Integrity);
    let said = audit(&site, 2).await;
    assert_eq!(said.exit, Exit::Integrity, "{}", said.out);
    for words in ["is missing, which a colleague has seen", "its signature is false"] {
        assert!(said.out.contains(words), "{words} in {}", said.out);
    }
    assert_eq!(said.out.matches("wrong: ").count(), 3, "{}", said.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_names_what_was_altered_or_taken_out_of_the_cache() {
    let (site, _door, id) = with_tip().await;
    for words in ["one", "two"] {
        does(&site, 0, &["note", &id.to_string(), "-m", words]).await;
    }
    does(&site, 0, &["inbox"]).await;
    let person = &site.members[0];
    change(person, id, |_, events| drop(events.pop()));
    let said = audit(&site, 0).await;
    assert_eq!(said.exit, Exit::Integrity);
    assert!(said.out.contains("an event that this desk has seen is no longer there"), "{}", said.out);
    change(person, id, |_, events| {
        let text = serde_json::to_string(&events[1].signed).unwrap().replace("one", "eno");
        events[1].signed = serde_json::from_str(&text).unwrap();
    });
    let said = audit(&site, 0).await;
    assert_eq!(said.exit, Exit::Integrity);
    assert!(said.out.contains("it was altered or forged: its signature is false"), "{}", said.out);
}

/// Changes what a machine has kept of a tip.
fn change(person: &Person, id: TipId, change: impl FnOnce(&mut Vec<KnownTip>, &mut Vec<KnownEvent>)) {
    let (mut cache, known) = Cache::open(&person.profile, &person.identity.device).unwrap();
    let mut segment = Segment::new(known.progress.clone());
    segment.tips.clone_from(&known.tips);
    segment.events.extend(known.events_of(id).cloned());
    change(&mut segment.tips, &mut segment.events);
    for file in below(&person.profile.cache_dir().join("segments")) {
        std::fs::remove_file(file).unwrap();
    }
    cache.append(segment).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_names_a_fork_of_one_authors_history_and_whose_it_is() {
    let (site, door, id) = with_tip().await;
    does(&site, 0, &["note", &id.to_string(), "-m", "one"]).await;
    let (_, known) = synced(&site.members[0]).await.unwrap();
    // What mia's own desk writes where the server has hidden from her what she wrote before.
    plant(&door, &known, &note(id, author(&site.members[0].as_member()), 2), &site.members[0]);
    assert_eq!(says(&site, 2, &["inbox"]).await.exit, Exit::Integrity);
    let said = audit(&site, 2).await;
    assert_eq!(said.exit, Exit::Integrity, "{}", said.out);
    assert!(said.out.contains("(by mia of agency 0)"), "{}", said.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_that_a_server_showed_two_desks_different_histories() {
    let (site, door, id) = with_tip().await;
    does(&site, 0, &["note", &id.to_string(), "-m", "one"]).await;
    does(&site, 2, &["note", &id.to_string(), "-m", "two"]).await;
    // To ned it shows pam's words and hides mia's, which pam had seen.
    let hidden: Vec<_> = door.state().events.drain(..2).collect();
    assert_eq!(says(&site, 1, &["inbox"]).await.exit, Exit::Integrity);
    assert_eq!(says(&site, 1, &["show", &id.to_string()]).await.exit, Exit::Integrity);
    let said = audit(&site, 1).await;
    assert_eq!(said.exit, Exit::Integrity, "{}", said.out);
    assert!(
        said.out.contains("which a colleague has seen") && said.out.contains("(by pam of agency 1)"),
        "{}",
        said.out
    );
    assert_eq!(audit(&site, 2).await.exit, Exit::Ok, "who was shown all of it");
    drop(hidden);
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_checks_a_tip_whose_letter_is_not_on_this_machine() {
    let (site, _door, id) = with_tip().await;
    does(&site, 0, &["note", &id.to_string(), "-m", "one"]).await;
    does(&site, 0, &["inbox"]).await;
    change(&site.members[0], id, |tips, _| tips.clear());
    let said = says(&site, 0, &["audit", "verify", &id.to_string()]).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    assert!(said.out.contains("2 events") && said.out.contains("its letter is not on this machine"), "{}", said.out);
    change(&site.members[0], id, |_, events| events.clear());
    let said = says(&site, 0, &["audit", "verify", &id.to_string()[..6]]).await;
    assert_eq!(said.exit, Exit::Integrity, "nothing is left of it but that it was seen: {}", said.out);
}
