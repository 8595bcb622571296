//! Whose word lets a tip go further: consent with an end, whom no consent comes from, and the two people of two agencies who
//! may go against a wish.

use super::commands::{Said, does, says, says_at};
use super::door::{Door, StoredTip};
use super::events::shown;
use super::replying::{first_answers, receipt, write};
use super::sharing::{OFFER, add, event, inbox, with_tip};
use super::site::{NOW, Site, recipient};
use knothole::crypto::letter::{Answers, ContactMode, Share, YesNo};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::failure::Exit;
use std::path::Path;

const DAY: u64 = 86_400;
const LAST_DAY: &str = "2026-12-04";

async fn export(site: &Site, member: usize, now: u64, id: &str, file: &Path, more: &[&str]) -> Said {
    let start = ["export", id, "--form", "json", "-o", file.to_str().unwrap(), "--to", "A shelter", "--offline"];
    let kind = ["--kind", "other"]; // the source named who must not see it
    says_at(site, member, now, &[&start[..], &kind, &["--reason", "a bed", "--yes"], more].concat()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_is_seen_by_both_agencies_and_after_its_last_day_nothing_goes_on() {
    let (site, _door, id) = with_tip(Share::All).await;
    let consent = ["--consent-until", LAST_DAY, "--consent-by", "the source, by code"];
    let offer = [&["refer", &id, "--to", "1", "--share", "all", "--confirm", &id], &OFFER[..], &consent].concat();
    does(&site, 0, &offer).await;
    for member in [0, 2] {
        does(&site, member, &["inbox"]).await;
        let page = does(&site, member, &["show", &id]).await;
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("consent by the source, by code, good until 2026-12-05 00:00Z"), "{page}");
    }
    let file = site.dir.path().join("out");
    let facts = ["--share", "facts"];
    assert_eq!(export(&site, 2, NOW, &id, &file, &facts).await.exit, Exit::Ok);
    std::fs::remove_file(&file).unwrap();

    let later = NOW + 11 * DAY;
    let said = export(&site, 2, later, &id, &file, &facts).await;
    assert_eq!((said.exit, file.exists()), (Exit::Policy, false), "{said:?}");
    assert!(said.notes.contains("the consent under which your agency was given this has ended"), "{said:?}");
    let page = says_at(&site, 2, later, &["show", &id, "--offline"]).await.out;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("ENDED, was good until 2026-12-05 00:00Z"), "{page}");
    let said = says_at(&site, 2, later, &["accept", &id]).await;
    assert_eq!(said.exit, Exit::Policy, "{said:?}");
    assert!(said.notes.contains("the consent for this offer ended at 2026-12-05"), "{said:?}");
    // Whom the source itself picked needs nobody's consent but theirs.
    assert_eq!(export(&site, 0, later, &id, &file, &facts).await.exit, Exit::Ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_is_suspected_consents_for_a_child() {
    let (site, door, newest) = Site::at_door().await;
    let answers = |minor| Answers {
        story: Some("a story".into()),
        share: Some(Share::Facts),
        suspects: Some("Her stepfather, Carl".into()),
        minor: Some(minor),
        ..Answers::default()
    };
    let child = add(&door, &newest, answers(YesNo::Unsure)).to_string();
    let adult = add(&door, &newest, answers(YesNo::No)).to_string();
    for (id, by, exit) in [
        (&child, "carl", Exit::Policy),
        (&child, "the STEPFATHER", Exit::Policy),
        (&child, "her aunt", Exit::Ok),
        (&adult, "Carl", Exit::Ok),
    ] {
        let offer = ["refer", id, "--to", "1", "--share", "facts", "--dry-run", "--consent-by", by];
        let said = says(&site, 0, &[&offer[..], &OFFER[..]].concat()).await;
        assert_eq!(said.exit, exit, "{by}: {said:?}");
        assert_eq!(said.notes.contains("cannot consent for somebody under 18"), exit == Exit::Policy, "{said:?}");
    }
    assert_eq!(door.state().tips.len(), 2, "nothing went");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_to_the_source_leaves_only_for_the_tips_id() {
    let (site, door, id) = with_tip(Share::All).await;
    let file = site.dir.path().join("out");
    let offer = [&["refer", &id, "--to", "1", "--share", "all"], &OFFER[..]].concat();
    for said in [says(&site, 0, &offer).await, export(&site, 0, NOW, &id, &file, &[]).await] {
        assert_eq!(said.exit, Exit::Usage, "{said:?}");
        assert!(said.notes.contains("--confirm T-"), "{said:?}");
    }
    let wrong = export(&site, 0, NOW, &id, &file, &["--confirm", "T-0000"]).await;
    assert_eq!((wrong.exit, file.exists(), door.state().referrals.len()), (Exit::Usage, false, 0), "{wrong:?}");
    assert_eq!(export(&site, 0, NOW, &id, &file, &["--share", "facts"]).await.exit, Exit::Ok, "facts tell no way");
    std::fs::remove_file(&file).unwrap();
    assert_eq!(export(&site, 0, NOW, &id, &file, &["--confirm", &id[..4]]).await.exit, Exit::Ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_of_two_agencies_cross_a_wish_once() {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers { story: Some("a story".into()), share: Some(Share::Nothing), ..Answers::default() };
    let both = [0, 1].map(|agency| Some(recipient(&newest, agency)));
    let id = put(&door, StoredTip::new(ThreadKey::generate(), answers, &both));
    does(&site, 0, &["inbox"]).await;
    let file = site.dir.path().join("out");
    let asks = says(&site, 0, &give(&id, &file, &["--override", "they will be moved tonight", "--confirm", &id])).await;
    assert_eq!((asks.exit, file.exists()), (Exit::Policy, false), "{asks:?}");
    let asked = event(&site, 2, &id, "override").await;
    does(&site, 1, &["inbox"]).await;
    says(&site, 1, &["countersign", &id, &asked, "--confirm", &id]).await;
    does(&site, 0, &["inbox"]).await;
    assert_eq!(says(&site, 0, &give(&id, &file, &[])).await.exit, Exit::Policy, "two of one agency are one");
    does(&site, 2, &["countersign", &id, &asked, "--confirm", &id]).await;
    does(&site, 0, &["inbox"]).await;
    let said = says(&site, 0, &give(&id, &file, &[])).await;
    assert_eq!((said.exit, file.exists()), (Exit::Ok, true), "{said:?}");
    std::fs::remove_file(&file).unwrap();
    let again = says(&site, 0, &give(&id, &file, &[])).await;
    assert_eq!((again.exit, file.exists()), (Exit::Policy, false), "{again:?}");
    let record = does(&site, 2, &["inbox"]).await + &does(&site, 2, &["disseminations", &id]).await;
    assert!(record.contains("all to A shelter"), "{record}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_of_two_agencies_have_a_tip_offered_to_a_third_against_a_wish() {
    let (site, door, newest) = Site::of_three().await;
    let answers = Answers { story: Some("a story".into()), share: Some(Share::Nothing), ..Answers::default() };
    let ours = [Some(recipient(&newest, 0)), None, Some(recipient(&newest, 2))];
    let id = put(&door, StoredTip::new(ThreadKey::generate(), answers, &ours));
    does(&site, 0, &["inbox"]).await;
    let offer = [&["refer", &id, "--to", "1", "--share", "facts"], &OFFER[..]].concat();
    let crossing = [&offer[..], &["--override", "they will be moved tonight", "--confirm", &id]].concat();
    let asks = says(&site, 0, &crossing).await;
    assert_eq!((asks.exit, inbox(&site, 2).await.len()), (Exit::Policy, 0), "{asks:?}");
    let asked = event(&site, 4, &id, "override").await;
    does(&site, 4, &["countersign", &id, &asked, "--confirm", &id]).await;
    does(&site, 0, &["inbox"]).await;
    let said = says(&site, 0, &offer).await;
    assert_eq!((said.exit, inbox(&site, 2).await.len()), (Exit::Ok, 1), "{said:?}");
    let copy = inbox(&site, 2).await[0]["tip"].as_str().unwrap().to_owned();
    does(&site, 2, &["decline", &copy, "--reason", "not ours", "--confirm", &copy]).await;
    does(&site, 0, &["inbox"]).await;
    assert_eq!(says(&site, 0, &offer).await.exit, Exit::Policy, "it counted once");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_of_two_agencies_have_one_reply_written_against_a_wish() {
    let (site, door, newest) = Site::at_door().await;
    let (receipt, both) = (receipt(), [0, 1].map(|agency| Some(recipient(&newest, agency))));
    let mut answers = first_answers(&receipt);
    answers.contact.as_mut().unwrap().mode = ContactMode::Never;
    let id = put(&door, write(ThreadKey::generate(), &receipt, answers, &both));
    does(&site, 0, &["inbox"]).await;
    let reply = ["reply", &id, "-m", "They know where you are. Call 911.", "--yes"];
    let asks = says(&site, 0, &[&reply[..], &["--override", "a life", "--confirm", &id]].concat()).await;
    assert_eq!((asks.exit, door.state().replies.len()), (Exit::Policy, 0), "{asks:?}");
    let asked = event(&site, 2, &id, "override").await;
    does(&site, 2, &["countersign", &id, &asked, "--confirm", &id]).await;
    does(&site, 0, &["inbox"]).await;
    let said = says(&site, 0, &reply).await;
    assert_eq!((said.exit, door.state().replies.len()), (Exit::Ok, 1), "{said:?}");
    assert_eq!(says(&site, 0, &reply).await.exit, Exit::Policy, "it counted once");
    assert_eq!(door.state().replies.len(), 1);
}

fn put(door: &Door, tip: StoredTip) -> String {
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    id
}

fn give<'a>(id: &'a str, file: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    let start =
        ["export", id, "--form", "json", "-o", file.to_str().unwrap(), "--to", "A shelter", "--reason", "a bed"];
    [&start[..], &["--yes"], more].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_source_names_is_told_to_another_agency_alone() {
    let (site, door, newest) = Site::at_door().await;
    let answers = Answers { exclude_text: Some("Ned, he works there".into()), ..Answers::default() };
    let both = [0, 1].map(|agency| Some(recipient(&newest, agency)));
    let id = put(&door, StoredTip::new(ThreadKey::generate(), answers, &both));
    for (member, is_told) in [(0, false), (1, false), (2, true)] {
        does(&site, member, &["inbox"]).await;
        let page = does(&site, member, &["show", &id]).await;
        let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words.contains("NAMED BY THEM ned of"), is_told, "{member}: {page}");
        let json = does(&site, member, &["show", &id, "--json"]).await;
        assert_eq!(json.contains(r#""named_by_source":[{"person":"ned","agency":0}]"#), is_told, "{member}: {json}");
        assert_eq!(json.contains("named_by_source"), is_told, "{member}: {json}");
    }
    does(&site, 1, &["recuse", &id, "--reason", "I am meant", "--confirm", &id]).await;
    does(&site, 2, &["inbox"]).await;
    assert!(!does(&site, 2, &["show", &id]).await.contains("NAMED BY THEM"), "who has left is named no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_a_tip_can_hand_it_to_a_colleague_first() {
    let (site, _door, id) = with_tip(Share::All).await;
    does(&site, 0, &["claim", &id]).await;
    let leave = ["recuse", &id, "--reason", "I know her", "--confirm", &id];
    let wrong = says(&site, 0, &[&leave[..], &["--to", "pam"]].concat()).await;
    assert_eq!(wrong.exit, Exit::NotFound, "she is of another agency: {wrong:?}");
    let said = does(&site, 0, &[&leave[..], &["--to", "ned"]].concat()).await;
    assert!(said.contains("handed to ned until"), "{said}");
    let there = shown(&site, 1, id.parse().unwrap()).await;
    assert_eq!(there["claimed_by"], "ned", "{there}");
    assert_eq!(says(&site, 0, &["show", &id]).await.exit, Exit::NoKey);
    assert_eq!(inbox(&site, 1).await.len(), 1);
}
