//! What members write beside tips: it reaches everyone who holds the tip, in one order, and no lie of the server goes
//! unnoticed.

use super::commands::{does, says, says_at};
use super::door::{Door, StoredTip};
use super::flow::{synced, synced_at};
use super::nowhere::below;
use super::site::{NOW, Person, Site, recipient};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::event::{Author, Event, Kind, SignedEvent};
use knothole::crypto::keyring::SignedVersion;
use knothole::crypto::thread::ThreadKey;
use knothole::desk::cache::Known;
use knothole::desk::events::authors::author;
use knothole::desk::failure::Exit;
use knothole::model::hex::{Hex, Sha256Hash};
use knothole::model::tip::TipId;
use knothole::wire::PostedEvent;
use serde_json::Value;

/// A site, its door, and one tip that both agencies hold.
pub async fn with_tip() -> (Site, Door, TipId) {
    let (site, door, newest) = Site::at_door().await;
    let id = add_tip(&door, &newest, "in the blue house");
    (site, door, id)
}

fn add_tip(door: &Door, newest: &SignedVersion, story: &str) -> TipId {
    let tip = StoredTip::telling(story, &[0, 1].map(|agency| Some(recipient(newest, agency))));
    let id = tip.id;
    door.state().tips.push(tip);
    id
}

/// `desk show --json` of a member.
pub async fn shown(site: &Site, member: usize, id: TipId) -> Value {
    does(site, member, &["inbox"]).await;
    serde_json::from_str(&does(site, member, &["show", &id.to_string(), "--json"]).await).unwrap()
}

pub fn kinds(shown: &Value) -> Vec<String> {
    let events = shown["events"].as_array().unwrap().iter();
    events.map(|event| format!("{} {}", event["person"].as_str().unwrap(), event["kind"].as_str().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_writes_every_holder_sees_with_the_opening_before_it() {
    let (site, door, id) = with_tip().await;
    let short = &id.to_string()[..6];
    does(&site, 0, &["note", short, "-m", "called the school"]).await;
    does(&site, 2, &["label", "--add", "Motel", short]).await;
    does(&site, 0, &["status", short, "--to", "acting", "-m", "visit tomorrow"]).await;
    let all = [shown(&site, 0, id).await, shown(&site, 1, id).await, shown(&site, 2, id).await];
    assert_eq!(kinds(&all[0]), ["mia opened", "mia note", "pam opened", "pam label", "mia status"]);
    for one in &all {
        assert_eq!(one["events"], all[0]["events"]);
        assert_eq!((&one["status"], &one["labels"]), (&"acting".into(), &serde_json::json!(["motel"])));
    }
    assert_eq!(all[0]["events"][1]["text"], "called the school");
    let events = door.state().events.clone();
    let lens: Vec<usize> = events.iter().map(|event| STANDARD.decode(&event.posted.sealed).unwrap().len()).collect();
    assert_eq!(lens, [2_683; 5], "kinds cannot be told apart by their lengths");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_event_of_an_agency_names_the_letter_that_it_opened() {
    let (site, door, id) = with_tip().await;
    does(&site, 0, &["claim", &id.to_string()]).await;
    let (_, known) = synced(&site.members[2]).await.unwrap();
    let tip = &known.tips[0];
    let plain =
        knothole::crypto::file::open(tip.thread_key().unwrap().identity(), &door.state().tips[0].letter).unwrap();
    let hash: Sha256Hash = Hex(sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(&*plain)).into());
    assert_eq!(tip.opened_sha256(), hash);
    assert_eq!(known.case(id).opened[&0.into_agency()].letter, hash);
}

trait IntoAgency {
    fn into_agency(self) -> knothole::model::agency::AgencyNumber;
}

impl IntoAgency for u16 {
    fn into_agency(self) -> knothole::model::agency::AgencyNumber {
        knothole::model::agency::AgencyNumber(self)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_written_at_the_same_time_both_stay_and_every_desk_shows_one_order() {
    let (site, door, id) = with_tip().await;
    let short = id.to_string();
    does(&site, 2, &["inbox"]).await;
    does(&site, 0, &["note", &short, "-m", "one"]).await;
    let hidden = std::mem::take(&mut door.state().events);
    does(&site, 2, &["note", &short, "-m", "other"]).await;
    let hidden = (10..).zip(hidden).map(|(seq, event)| super::door::StoredEvent { seq, ..event });
    door.state().events.extend(hidden);
    let (one, other) = (shown(&site, 0, id).await, shown(&site, 2, id).await);
    assert_eq!(one["events"], other["events"]);
    assert_eq!(one["events"].as_array().unwrap().len(), 4);
    assert!(one.get("faults").is_none(), "{}", one["faults"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_second_to_claim_is_told_by_whom_and_until_when() {
    let (site, _door, id) = with_tip().await;
    let short = id.to_string();
    assert!(does(&site, 0, &["claim", &short, "--for", "3"]).await.contains("claimed until 2026-11-24 04:59Z"));
    let second = says(&site, 2, &["claim", &short]).await;
    assert_eq!(second.exit, Exit::Conflict);
    assert!(second.notes.contains("claimed by mia of agency 0 until 2026-11-24 04:59Z"), "{}", second.notes);
    assert_eq!(shown(&site, 2, id).await["claimed_by"], "mia");
    let late = says_at(&site, 2, NOW + 3 * 3_600 + 1, &["claim", &short]).await;
    assert_eq!(late.exit, Exit::Ok, "{}", late.notes);
    assert_eq!(says(&site, 0, &["release", &short]).await.exit, Exit::Conflict);
}

#[tokio::test(flavor = "multi_thread")]
async fn next_gives_each_the_most_urgent_that_nobody_has() {
    let (site, door, first) = with_tip().await;
    let newest = door.state().versions.last().unwrap().clone();
    let second = add_tip(&door, &newest, "in the red house");
    let next = |member| says(&site, member, &["next", "--json"]);
    let given: Vec<Value> =
        [next(0).await, next(2).await].iter().map(|said| serde_json::from_str(&said.out).unwrap()).collect();
    let mut ids: Vec<&str> = given.iter().map(|tip| tip["tip"].as_str().unwrap()).collect();
    ids.sort_unstable();
    let mut both = [first.to_string(), second.to_string()];
    both.sort_unstable();
    assert_eq!(ids, both);
    let none = next(1).await;
    assert_eq!(none.exit, Exit::NotFound, "{}", none.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_did_not_take_waits_on_disk_and_is_sent_once() {
    let (site, door, id) = with_tip().await;
    does(&site, 0, &["inbox"]).await;
    door.state().events_status = Some(503);
    let said = says(&site, 0, &["note", &id.to_string(), "-m", "SECRET-NOTE"]).await;
    assert_eq!(said.exit, Exit::Network);
    assert!(said.notes.contains("kept on this machine"), "{}", said.notes);
    let offline = says(&site, 0, &["show", &id.to_string(), "--offline"]).await;
    assert!(offline.out.contains("SECRET-NOTE"), "{}", offline.out);
    for path in below(site.members[0].profile.dir()) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(memchr::memmem::find(&bytes, b"SECRET-NOTE").is_none(), "{}", path.display());
    }
    door.state().events_status = None;
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["inbox"]).await;
    assert_eq!(door.state().events.len(), 2);
    assert_eq!(kinds(&shown(&site, 2, id).await), ["mia opened", "mia note"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_note_is_said_and_stops_nothing_else() {
    let (site, door, id) = with_tip().await;
    door.state().events_status = Some(410);
    let said = says(&site, 0, &["note", &id.to_string(), "-m", "x"]).await;
    assert_eq!(said.exit, Exit::NotFound, "{}", said.notes);
    door.state().events_status = None;
    does(&site, 0, &["inbox"]).await;
    assert!(door.state().events.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_was_taken_away_is_named_by_every_desk_that_knows_what_followed_it() {
    let (site, door, id) = with_tip().await;
    for words in ["one", "two", "three"] {
        does(&site, 0, &["note", &id.to_string(), "-m", words]).await;
    }
    door.state().events.remove(2);
    let watched = says(&site, 3, &["watch", "--once"]).await;
    assert_eq!(watched.exit, Exit::Ok, "nobody's watch ends by what anyone can write: {watched:?}");
    assert!(watched.notes.contains("is not all that was written"), "{watched:?}");
    for member in [1, 2] {
        let said = says(&site, member, &["inbox"]).await;
        let short = format!("T-{}", &id.to_string()[..4]);
        assert_eq!(said.exit, Exit::Integrity, "{said:?}");
        assert!(
            said.notes.contains(&format!("what the server shows of {short} is not all that was written")),
            "{said:?}"
        );
        assert!(said.out.contains("NOT IN ORDER: `desk show` says what"), "{said:?}");
        let said = says(&site, member, &["show", &id.to_string(), "--json"]).await;
        assert_eq!(said.exit, Exit::Integrity, "{said:?}");
        let shown: Value = serde_json::from_str(&said.out).unwrap();
        let faults = shown["faults"].as_array().unwrap();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].as_str().unwrap().contains("is missing, which a colleague has seen"), "{faults:?}");
        assert!(kinds(&shown).contains(&"mia note".to_owned()), "what came is kept: {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_cut_short_is_noticed_even_when_the_cache_was_cleared() {
    let (site, door, id) = with_tip().await;
    does(&site, 0, &["note", &id.to_string(), "-m", "one"]).await;
    does(&site, 0, &["note", &id.to_string(), "-m", "two"]).await;
    does(&site, 0, &["inbox"]).await;
    std::fs::remove_dir_all(site.members[0].profile.cache_dir()).unwrap();
    door.state().events.pop();
    let said = says(&site, 0, &["inbox"]).await;
    assert_eq!(said.exit, Exit::Integrity, "{}", said.notes);
    assert!(said.notes.contains("no longer shows what was written on T-"), "{}", said.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_became_shorter_is_read_anew_and_what_is_gone_is_named() {
    let (site, door, id) = with_tip().await;
    does(&site, 0, &["note", &id.to_string(), "-m", "one"]).await;
    does(&site, 0, &["inbox"]).await;
    let last = door.state().events.pop().unwrap();
    let said = says(&site, 0, &["inbox"]).await;
    assert_eq!(said.exit, Exit::Integrity, "{}", said.notes);
    assert_eq!(
        kinds(&serde_json::from_str(&says(&site, 0, &["show", &id.to_string(), "--json"]).await.out).unwrap()).len(),
        2
    );
    door.state().events.push(last);
    assert_eq!(says(&site, 0, &["inbox"]).await.exit, Exit::Ok);
}

/// Puts an event under the labels of a tip, as whoever holds it can.
pub fn plant(door: &Door, known: &Known, event: &Event, person: &Person) {
    let signed = SignedEvent::new(event, &person.identity.signing);
    let thread: ThreadKey = known.tips[0].thread_key().unwrap();
    let sealed = STANDARD.encode(signed.seal(&thread).unwrap());
    plant_sealed(door, &thread, sealed);
}

pub fn plant_sealed(door: &Door, thread: &ThreadKey, sealed: String) {
    let posted =
        PostedEvent { token: Hex(thread.custody_token().0), slot: 3, label: thread.event_labels().label(3), sealed };
    let mut state = door.state();
    let seq = state.events.last().map_or(1, |last| last.seq + 1);
    state.events.push(super::door::StoredEvent { seq, posted });
}

pub fn note(tip: TipId, author: Author, keyring: u32) -> Event {
    let what = Kind::Note { text: "planted".into() };
    Event { format: 1, tip, author, at: NOW, keyring, heads: Vec::new(), previous: None, log: None, what }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_has_truly_signed_is_no_event_and_stops_nobody() {
    let (site, door, id) = with_tip().await;
    let (_, known) = synced(&site.members[0]).await.unwrap();
    let [mia, pam] = [0, 2].map(|member: usize| author(&site.members[member].as_member()));
    let signer = &site.members[0];
    plant(&door, &known, &note(id, pam.clone(), 2), signer); // forged
    plant(&door, &known, &note(TipId([9; 32]), mia.clone(), 2), signer); // of another tip
    plant(&door, &known, &note(id, mia.clone(), 999), signer); // under a keyring that nobody shows
    plant(&door, &known, &note(id, mia.clone(), 0), signer); // under one that does not name its author
    plant(&door, &known, &note(id, Author { agency: 1.into_agency(), ..mia }, 2), signer); // of another agency
    let thread = known.tips[0].thread_key().unwrap();
    plant_sealed(&door, &thread, STANDARD.encode(knothole::crypto::file::seal(&thread.to_recipient(), &[b' '; 1024])));
    let mut altered = STANDARD.decode(&door.state().events[0].posted.sealed).unwrap();
    *altered.last_mut().unwrap() ^= 1;
    plant_sealed(&door, &thread, STANDARD.encode(altered));
    does(&site, 2, &["note", &id.to_string(), "-m", "true"]).await;
    let (done, known) = synced(&site.members[1]).await.unwrap();
    assert_eq!(done.spoilt, 7);
    assert_eq!(known.case(id).notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["true"]);
    let reasons: Vec<&str> = known.spoilt.iter().map(|spoilt| spoilt.reason.as_str()).collect();
    assert_eq!(reasons[0], "its signature is false");
    assert_eq!(reasons[1], "it belongs to another tip");
    assert_eq!(reasons[2], "it names version 999 of the keyring, which the server does not show");
    assert_eq!(synced(&site.members[1]).await.unwrap().0.spoilt, 0, "it is said once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_before_the_key_of_its_thread_is_found_without_asking_for_it_again() {
    let (site, door, id) = with_tip().await;
    does(&site, 0, &["note", &id.to_string(), "-m", "early"]).await;
    let tips = std::mem::take(&mut door.state().tips);
    let newest = door.state().versions.last().unwrap().clone();
    door.state().tips.push(StoredTip::telling("only the other agency's", &[Some(recipient(&newest, 0)), None]));
    synced(&site.members[2]).await.unwrap();
    door.state().tips.extend(tips);
    let (_, known) = synced(&site.members[2]).await.unwrap();
    assert_eq!(known.case(id).notes.len(), 1);
    let asked = door.state().asked.clone();
    let asked: Vec<&str> = asked.iter().filter_map(|line| line.strip_prefix("GET /v1/events?after=")).collect();
    assert_eq!(asked.last(), Some(&"2"), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_reads_nothing_that_comes_after_even_with_a_copy_of_the_server() {
    let (site, _door, id) = with_tip().await;
    let short = id.to_string();
    does(&site, 0, &["note", &short, "-m", "before"]).await;
    does(&site, 1, &["inbox"]).await;
    let refused = says(&site, 1, &["recuse", &short, "--reason", "I know him"]).await;
    assert_eq!(refused.exit, Exit::Usage, "{}", refused.notes);
    let said =
        does(&site, 1, &["recuse", &short, "--reason", "I know him", "--confirm", &format!("T-{}", &short[..4])]).await;
    assert!(said.contains("you have left it"), "{said}");
    does(&site, 0, &["note", &short, "-m", "after"]).await;
    does(&site, 2, &["note", &short, "-m", "after, too"]).await;
    let texts = |known: &Known| known.case(id).notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>();
    for stays in [0, 2, 3] {
        let (_, known) = synced(&site.members[stays]).await.unwrap();
        assert_eq!(texts(&known), ["before", "after", "after, too"], "{stays}");
        assert!(known.case(id).faults.is_empty());
    }
    // Ned has all that the server has, his own keys and his agency's.
    let (_, known) = synced(&site.members[1]).await.unwrap();
    assert_eq!(texts(&known), ["before"]);
    let gone = says(&site, 1, &["show", &short]).await;
    assert_eq!(gone.exit, Exit::NoKey, "{}", gone.notes);
    assert_eq!(says(&site, 1, &["note", &short, "-m", "x"]).await.exit, Exit::NoKey);
    let inbox = does(&site, 1, &["inbox"]).await;
    assert!(!inbox.contains("blue house"), "{inbox}");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_done_at_once_after_a_look_at_which() {
    let (site, door, first) = with_tip().await;
    let newest = door.state().versions.last().unwrap().clone();
    add_tip(&door, &newest, "wayfair one");
    add_tip(&door, &newest, "wayfair two");
    let close = ["status", "--to", "closed", "--reason", "junk", "--matching", "wayfair"];
    let dry = does(&site, 0, &[&close[..], &["--dry-run"]].concat()).await;
    assert!(dry.contains("2 in all; nothing was done") && door.state().events.is_empty(), "{dry}");
    let asked = says(&site, 0, &close).await;
    assert_eq!((asked.exit, door.state().events.len()), (Exit::Usage, 0), "{}", asked.notes);
    does(&site, 0, &[&close[..], &["--yes"]].concat()).await;
    let inbox = does(&site, 0, &["inbox"]).await;
    assert!(!inbox.contains("wayfair") && inbox.contains("2 closed or passed on: `desk inbox --all`"), "{inbox}");
    assert!(does(&site, 0, &["inbox", "--all"]).await.contains("wayfair one"));
    assert!(inbox.contains(&first.to_string()[..4]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_runs_out_unless_its_holder_writes() {
    let (site, _door, id) = with_tip().await;
    let short = id.to_string();
    does(&site, 0, &["claim", &short]).await;
    let hour = 3_600;
    says_at(&site, 0, NOW + hour, &["note", &short, "-m", "still on it"]).await;
    let (_, known) = synced_at(&site.members[2], NOW + hour).await.unwrap();
    assert!(known.case(id).claimed_by(NOW + 2 * hour + 1).is_some());
    assert!(known.case(id).claimed_by(NOW + 3 * hour + 1).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_a_grade_and_a_level_set_by_hand_are_seen_by_the_other_agency() {
    let (site, door, id) = with_tip().await;
    let newest = door.state().versions.last().unwrap().clone();
    let other = add_tip(&door, &newest, "the same house");
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["link", &id.to_string(), &other.to_string(), "--as", "same-place"]).await;
    does(&site, 0, &["grade", &id.to_string(), "refuted", "-m", "the house is empty"]).await;
    does(&site, 0, &["priority", &id.to_string(), "p1", "--reason", "a neighbour called"]).await;
    does(&site, 2, &["inbox"]).await;
    let page = does(&site, 2, &["show", &id.to_string()]).await;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let linked = format!("linked same-place to T-{}", other.prefix(8));
    for words in ["checked, refuted: the house is empty", "priority P1: a neighbour called", &linked] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let list = does(&site, 2, &["inbox"]).await;
    let at = |tip: TipId, level: &str| list.find(&format!("T-{}  {level}", tip.prefix(4)));
    let (set, unset) = (at(id, "P1 "), at(other, "-"));
    assert!(set.is_some() && set < unset, "what is set by hand stands first: {list}");
}
