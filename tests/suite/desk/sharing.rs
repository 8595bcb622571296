//! What agencies pass on to each other, keep back, and let go: as far as the source allows, and never by one person alone.

use super::commands::{Said, does, says, says_at};
use super::door::{Door, StoredTip};
use super::flow::{synced, synced_at};
use super::site::{NOW, Site, recipient};
use knothole::crypto::event::Excluded;
use knothole::crypto::keyring::SignedVersion;
use knothole::crypto::letter::{Answers, Contact, ContactMode, Share};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::failure::Exit;
use knothole::desk::keep::LONGEST_WAIT;
use knothole::model::agency::AgencyNumber;
use knothole::model::tip::TipId;
use serde_json::Value;

const DAY: u64 = 86_400;
pub const OFFER: [&str; 5] = ["--purpose", "look into it", "--reason", "they said yes", "--yes"];

/// A tip that agency 0 alone can open.
pub fn add(door: &Door, newest: &SignedVersion, answers: Answers) -> TipId {
    let tip = StoredTip::new(ThreadKey::generate(), answers, &[Some(recipient(newest, 0)), None]);
    let id = tip.id;
    door.state().tips.push(tip);
    id
}

pub async fn with_tip(share: Share) -> (Site, Door, String) {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers {
        story: Some("My cousin Mia is in the blue house".into()),
        place: Some("Elm Street".into()),
        exclude_text: Some("my uncle".into()),
        share: Some(share),
        contact: Some(Contact {
            mode: ContactMode::OtherWay,
            how: Some("call 555-0101".into()),
            when: None,
            ask_for: None,
            message_ok: None,
            cover_story: None,
        }),
        ..Answers::default()
    };
    let id = add(&door, &newest, answers);
    (site, door, id.to_string())
}

async fn refused(site: &Site, member: usize, words: &[&str], exit: Exit) -> String {
    let said = says(site, member, words).await;
    assert_eq!(said.exit, exit, "{words:?}: {} {}", said.out, said.notes);
    said.notes
}

async fn refer(site: &Site, id: &str, share: &str, more: &[&str]) -> Said {
    let confirm = ["--confirm", id];
    let confirm = if share == "all" { &confirm[..] } else { &[] };
    says(site, 0, &[&["refer", id, "--to", "1", "--share", share], &OFFER[..], confirm, more].concat()).await
}

/// All that a member's inbox has, as JSON.
pub async fn inbox(site: &Site, member: usize) -> Vec<Value> {
    let all: Value = serde_json::from_str(&does(site, member, &["inbox", "--json"]).await).unwrap();
    all["tips"].as_array().unwrap().clone()
}

fn short(id: &str) -> String {
    format!("T-{}", &id[..4])
}

/// The name of the newest event of a kind, as `show` prints it.
pub async fn event(site: &Site, member: usize, id: &str, kind: &str) -> String {
    does(site, member, &["inbox"]).await;
    let shown: Value = serde_json::from_str(&does(site, member, &["show", id, "--json"]).await).unwrap();
    let events = shown["events"].as_array().unwrap();
    let found = events.iter().rfind(|event| event["kind"] == kind).unwrap();
    found["event"].as_str().unwrap()[..8].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_of_all_opens_the_tip_for_the_other_agency_and_both_see_what_becomes_of_it() {
    let (site, door, id) = with_tip(Share::All).await;
    does(&site, 0, &["note", &id, "-m", "called the school"]).await;
    assert!(inbox(&site, 2).await.is_empty());
    assert_eq!(refer(&site, &id, "all", &["--contact", "Mia, 555-0100"]).await.exit, Exit::Ok);
    let capsules: Vec<usize> = door.state().referrals[0].1.iter().map(Vec::len).collect();
    assert_eq!(capsules, [door.state().tips[0].capsules[0].len(); 2]); // one for everyone, alike
    let pams = inbox(&site, 2).await;
    assert_eq!(pams[0]["story"], "My cousin Mia is in the blue house");
    let shown = does(&site, 2, &["show", &id]).await;
    for words in ["called the school", "YOUR ANSWER", "Mia, 555-0100", "due 2026-11-27"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    refused(&site, 0, &["accept", &id], Exit::NotFound).await;
    assert_eq!(refer(&site, &id, "all", &[]).await.exit, Exit::Conflict);
    does(&site, 3, &["inbox"]).await;
    does(&site, 3, &["accept", &id, "--contact", "Quin, 555-0200"]).await;
    assert_eq!(inbox(&site, 0).await[0]["status"], "referred");
    let shown = does(&site, 0, &["show", &id]).await;
    let in_one = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(in_one.contains("accepted, due 2026-11-27 01:59Z; speak with Mia, 555-0100, Quin"), "{shown}");
    let (_, known) = synced(&site.members[1]).await.unwrap();
    assert!(known.case(id.parse().unwrap()).faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_source_did_not_allow_ends_with_the_code_for_wishes_and_passes_nothing_on() {
    let (site, door, id) = with_tip(Share::Nothing).await;
    for share in ["facts", "all"] {
        let said = refer(&site, &id, share, &[]).await;
        assert_eq!(said.exit, Exit::Policy, "{}", said.notes);
    }
    let (site, other, facts) = with_tip(Share::Facts).await;
    assert_eq!(refer(&site, &facts, "all", &[]).await.exit, Exit::Policy);
    // One person's word, and a colleague's of the same agency, do not cross a wish.
    for member in [0, 1] {
        let words = [
            &["refer", &facts, "--to", "1", "--share", "all", "--override", "danger", "--confirm", &facts],
            &OFFER[..],
        ]
        .concat();
        let notes = refused(&site, member, &words, Exit::Policy).await;
        assert!(notes.contains("another agency"), "{notes}");
    }
    for door in [door, other] {
        assert!(door.state().referrals.is_empty() && door.state().tips.len() == 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_of_the_facts_is_a_new_tip_that_tells_nothing_of_the_source() {
    let (site, door, id) = with_tip(Share::Facts).await;
    assert_eq!(refer(&site, &id, "facts", &[]).await.exit, Exit::Ok);
    assert!(door.state().referrals.is_empty());
    let pams = inbox(&site, 2).await;
    assert_eq!(pams.len(), 1);
    assert_eq!((&pams[0]["where"], &pams[0]["exclude_text"]), (&"Elm Street".into(), &"my uncle".into()));
    assert!(pams[0]["story"].is_null() && pams[0]["contact"].is_null());
    let copy = pams[0]["tip"].as_str().unwrap();
    let shown = does(&site, 2, &["show", copy]).await;
    assert!(shown.contains("passed on") && !shown.contains("cousin") && !shown.contains("NOT YOUR AGENCY"), "{shown}");
    does(&site, 2, &["accept", copy]).await;
    let mias = does(&site, 0, &["inbox"]).await;
    assert!(mias.contains("referred") && mias.contains("1 closed or passed on"), "{mias}");
    assert!(does(&site, 0, &["show", &id]).await.contains("accepted"));
    // Nothing of the first tip's thread went along.
    let (_, known) = synced(&site.members[2]).await.unwrap();
    assert!(known.events.keys().all(|tip| tip.to_string() == copy));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_of_the_facts_is_taken_back_where_it_was_made_and_can_be_made_again_once_it_is_over() {
    let (site, _door, id) = with_tip(Share::Facts).await;
    refer(&site, &id, "facts", &[]).await;
    let offered = event(&site, 0, &id, "refer").await;
    does(&site, 0, &["withdraw", &id, &offered, "--reason", "the wrong agency"]).await;
    let pams = inbox(&site, 2).await;
    let first = pams[0]["tip"].as_str().unwrap().to_owned();
    let shown = does(&site, 2, &["show", &first]).await;
    assert!(shown.contains("withdrawn") && !shown.contains("YOUR ANSWER"), "{shown}");
    refused(&site, 2, &["accept", &first], Exit::Conflict).await;

    assert_eq!(refer(&site, &id, "facts", &[]).await.exit, Exit::Ok, "what was taken back can be offered again");
    assert_eq!(refer(&site, &id, "facts", &[]).await.exit, Exit::Conflict, "and stands once it is");
    let copy_of = |tips: &[Value]| tips.iter().find(|tip| tip["tip"] != first.as_str()).unwrap()["tip"].clone();
    let second = copy_of(&inbox(&site, 2).await);
    let second = second.as_str().unwrap();
    does(&site, 2, &["decline", second, "--reason", "not ours", "--confirm", second]).await;
    does(&site, 0, &["inbox"]).await;
    assert_eq!(refer(&site, &id, "facts", &[]).await.exit, Exit::Ok, "what was declined can be offered again");
    let third = inbox(&site, 2).await.iter().map(|tip| tip["tip"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let third = third.iter().find(|tip| **tip != first && *tip != second).unwrap();
    does(&site, 2, &["accept", third]).await;
    let offered = event(&site, 0, &id, "refer").await;
    let notes = refused(&site, 0, &["withdraw", &id, &offered], Exit::Conflict).await;
    assert!(notes.contains("accepted already") && notes.contains("desk return"), "{notes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_back_an_offer_of_all_is_told_that_it_can_still_be_opened_and_so_it_can() {
    let (site, _door, id) = with_tip(Share::All).await;
    assert_eq!(refer(&site, &id, "all", &[]).await.exit, Exit::Ok);
    let offered = event(&site, 0, &id, "refer").await;
    let said = says(&site, 0, &["withdraw", &id, &offered]).await;
    assert_eq!(said.exit, Exit::Ok, "{said:?}");
    assert!(said.notes.contains("stays open to the agency that it was offered to"), "{said:?}");
    does(&site, 0, &["note", &id, "-m", "called the school"]).await;
    let shown = does(&site, 2, &["inbox"]).await + &does(&site, 2, &["show", &id]).await;
    assert!(shown.contains("blue house") && shown.contains("called the school"), "{shown}");
    let (site, _door, id) = with_tip(Share::All).await;
    refer(&site, &id, "facts", &[]).await;
    let offered = event(&site, 0, &id, "refer").await;
    let said = says(&site, 0, &["withdraw", &id, &offered]).await;
    assert!(said.exit == Exit::Ok && !said.notes.contains("stays open"), "{said:?}");
}

/// 28 CFR 94.115 may bind a help line; it binds no police.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_need_a_written_consent_is_told_where_none_goes_along() {
    let (site, _door, id) = with_tip(Share::All).await;
    let without = refer(&site, &id, "facts", &[]).await;
    assert!(without.notes.contains("no written consent is named here"), "{}", without.notes);
    let (site, _door, id) = with_tip(Share::All).await;
    let with = refer(&site, &id, "facts", &["--consent-by", "her mother", "--consent-until", "2027-01-31"]).await;
    assert!(with.exit == Exit::Ok && !with.notes.contains("consent"), "{}", with.notes);
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers { story: Some("a house".into()), share: Some(Share::All), ..Answers::default() };
    let tip = StoredTip::new(ThreadKey::generate(), answers, &[None, Some(recipient(&newest, 1))]);
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    let police = says(&site, 2, &[&["refer", &id, "--to", "0", "--share", "facts"], &OFFER[..]].concat()).await;
    assert!(police.exit == Exit::Ok && !police.notes.contains("consent"), "{}", police.notes);
}

/// 28 CFR 23.20: who was given what, why, when.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_referred_stands_in_the_record_of_the_tip_and_of_the_month_once() {
    for share in ["all", "facts"] {
        let (site, _door, id) = with_tip(Share::All).await;
        assert_eq!(refer(&site, &id, share, &[]).await.exit, Exit::Ok);
        let records = async |words: &[&str]| -> Vec<Value> {
            let printed = does(&site, 1, &[&["disseminations", "--json"], words].concat()).await;
            serde_json::from_str(&printed).unwrap()
        };
        does(&site, 1, &["inbox"]).await;
        let of_tip = records(&[&id]).await;
        let [record] = of_tip.as_slice() else { panic!("{of_tip:?}") };
        for (name, value) in
            [("by", "mia"), ("what", share), ("why", "look into it; they said yes"), ("form", "referral")]
        {
            assert_eq!(record[name], value, "{record}");
        }
        assert!(!record["to"].as_str().unwrap().is_empty() && record["time"].as_str().unwrap().starts_with("2026-11"));
        assert_eq!(records(&["--month", "2026-11"]).await, of_tip, "a tip that was made for it is told once");
        assert_eq!(records(&["--month", "2026-10"]).await, Vec::<Value>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn until_an_offer_is_answered_the_tip_is_still_work_of_those_who_offered_it() {
    let (site, _door, id) = with_tip(Share::All).await;
    assert_eq!(refer(&site, &id, "all", &[]).await.exit, Exit::Ok);
    let ours = inbox(&site, 1).await;
    assert_eq!(ours[0]["status"], "new");
    assert!(does(&site, 1, &["next"]).await.contains("blue house"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_declines_or_gives_back_reads_nothing_that_comes_after() {
    for answers in [&["decline"][..], &["accept", "return"][..]] {
        let (site, _door, id) = with_tip(Share::All).await;
        assert_eq!(refer(&site, &id, "all", &[]).await.exit, Exit::Ok);
        does(&site, 2, &["inbox"]).await;
        for answer in answers {
            let last = ["--reason", "not our county", "--confirm", &short(&id)];
            let words = if *answer == "accept" { vec!["accept", &id] } else { [&[*answer, &id], &last[..]].concat() };
            does(&site, 2, &words).await;
        }
        does(&site, 0, &["note", &id, "-m", "AFTER"]).await;
        let (_, known) = synced(&site.members[2]).await.unwrap();
        let case = known.case(id.parse().unwrap());
        assert!(case.left.contains(&Excluded::Agency(AgencyNumber(1))) && case.notes.is_empty());
        refused(&site, 2, &["show", &id], Exit::NoKey).await;
        let (_, known) = synced(&site.members[1]).await.unwrap();
        assert_eq!(known.case(id.parse().unwrap()).notes[0].text, "AFTER");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_marked_goes_to_no_other_agency_until_the_mark_is_taken_back() {
    let (site, _door, id) = with_tip(Share::All).await;
    refused(&site, 0, &["redact", &id, "--words", "my aunt"], Exit::NotFound).await;
    does(&site, 0, &["redact", &id, "--words", "my cousin mia", "--field", "contact"]).await;
    assert_eq!(refer(&site, &id, "all", &[]).await.exit, Exit::Ok);
    let pams = inbox(&site, 2).await;
    assert_eq!(pams[0]["story"], "█████ is in the blue house");
    assert!(pams[0]["contact"].is_null());
    let copy = pams[0]["tip"].as_str().unwrap();
    let page = does(&site, 2, &["show", copy]).await;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("a reader of theirs has withheld some parts") && !page.contains("contact 555"), "{page}");
    let mark = event(&site, 0, &id, "redact").await;
    does(&site, 1, &["inbox"]).await;
    refused(&site, 1, &["withdraw", &id, &mark], Exit::Policy).await;
    does(&site, 0, &["withdraw", &id, &mark]).await;
    assert!(!does(&site, 0, &["show", &id]).await.contains("goes to no other"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_given_a_tip_without_who_must_not_see_it() {
    for mark in [["--field", "exclude_text"], ["--words", "my uncle"]] {
        let (site, _door, id) = with_tip(Share::All).await;
        does(&site, 0, &[&["redact", &id][..], &mark].concat()).await;
        for share in ["facts", "all"] {
            let said = refer(&site, &id, share, &[]).await;
            assert_eq!(said.exit, Exit::Policy, "{mark:?} {share}: {}", said.notes);
            assert!(said.notes.contains("who must not see this is marked"), "{}", said.notes);
        }
        assert!(inbox(&site, 2).await.is_empty(), "{mark:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_delete_a_tip_every_desk_is_told_and_any_of_them_can_object() {
    let (site, door, id) = with_tip(Share::All).await;
    let ask = ["delete", &id, "--reason", "the source asked for it", "--confirm", &short(&id)];
    refused(&site, 0, &ask[..4], Exit::Usage).await;
    does(&site, 0, &ask).await;
    refused(&site, 0, &ask, Exit::Conflict).await;
    let request = event(&site, 1, &id, "delete").await;
    refused(&site, 0, &["countersign", &id, &request], Exit::Policy).await;
    assert!(door.state().deletions[0].seconded.is_none());
    does(&site, 1, &ask).await;
    for member in [0, 1] {
        let said = says(&site, member, &["inbox"]).await;
        assert!(said.notes.contains("will be deleted unless someone objects"), "{}", said.notes);
    }
    assert!(!says(&site, 2, &["inbox"]).await.notes.contains("will be deleted")); // who does not hold it learns nothing
    does(&site, 0, &["object", &id, "--reason", "our case needs it"]).await;
    assert!(door.state().deletions[0].objected);
    assert!(!says(&site, 1, &["inbox"]).await.notes.contains("will be deleted"));
    does(&site, 1, &ask).await; // asked anew, by someone else
    assert_eq!(door.state().deletions.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_two_agencies_work_on_a_tip_the_second_word_is_the_others() {
    let (site, door, id) = with_tip(Share::All).await;
    assert_eq!(refer(&site, &id, "all", &[]).await.exit, Exit::Ok);
    does(&site, 2, &["inbox"]).await;
    does(&site, 2, &["accept", &id]).await;
    let ask = ["delete", &id, "--reason", "done", "--confirm", &short(&id)];
    does(&site, 0, &ask).await;
    let notes = refused(&site, 1, &ask, Exit::Policy).await;
    assert!(notes.contains("another one has to agree"), "{notes}");
    assert!(door.state().deletions[0].seconded.is_none());
    does(&site, 2, &ask).await;
    does(&site, 0, &["hold", &id, "--reason", "Case 26-114"]).await;
    refused(&site, 3, &ask, Exit::Policy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_that_was_deleted_as_two_had_agreed_is_forgotten_here_and_one_that_just_vanished_is_not() {
    let (site, door, id) = with_tip(Share::All).await;
    let tip: TipId = id.parse().unwrap();
    let ask = ["delete", &id, "--reason", "the source asked for it", "--confirm", &short(&id)];
    does(&site, 0, &ask).await;
    does(&site, 1, &["inbox"]).await;
    does(&site, 1, &ask).await;
    does(&site, 0, &["inbox"]).await;
    let take_away = || {
        let mut state = door.state();
        state.false_end = Some(1);
        state.tips.clear();
        state.events.clear();
        state.false_events_end = Some(9);
    };
    let (tips, events) = {
        let state = door.state();
        (state.tips.clone(), state.events.clone())
    };
    take_away();
    let (done, known) = synced_at(&site.members[0], NOW + 13 * DAY).await.unwrap();
    assert!(done.gone.is_empty() && known.tips.len() == 1, "before its time");
    door.state().tips = tips;
    door.state().events = events;
    let said = says_at(&site, 1, NOW + 15 * DAY, &["inbox"]).await;
    assert!(said.notes.contains("will be deleted"), "late is no loss: {}", said.notes);
    take_away();
    let (done, known) = synced_at(&site.members[0], NOW + 15 * DAY).await.unwrap();
    assert_eq!((done.gone, known.tips.len(), known.events.len()), (vec![tip], 0, 0));
    assert!(done.lost_events.is_empty());
    let (done, known) = synced_at(&site.members[0], NOW + 50 * DAY).await.unwrap(); // reads the whole list again
    assert!(done.gone.is_empty() && done.lost_events.is_empty() && known.tips.is_empty());
    refused(&site, 0, &["show", &id], Exit::NotFound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_says_how_far_it_has_read_and_not_while_a_key_is_missing() {
    let (site, door, newest) = Site::at_door().await;
    add(&door, &newest, Answers::default());
    synced(&site.members[0]).await.unwrap();
    let (member, report) = door.state().read.pop().unwrap();
    assert_eq!((member.as_str(), report.tips), ("mia", 0), "its word for what it opened still waits");
    synced_at(&site.members[0], NOW + LONGEST_WAIT).await.unwrap();
    assert_eq!(door.state().read.pop().unwrap().1.tips, 1);
    door.state().secrets.keys.clear();
    synced(&site.members[0]).await.unwrap();
    assert!(door.state().read.is_empty());
}
