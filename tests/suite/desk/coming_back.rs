//! A source comes back with their code and asks for something else: what counts, from when, and where it stands.

use super::commands::{Said, assert_order, does, says};
use super::door::Door;
use super::replying::{first_answers, receipt, write};
use super::sharing::inbox;
use super::site::{Site, recipient};
use knothole::crypto::letter::{Answers, Contact, ContactMode, Share, YesNo};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::failure::Exit;
use serde_json::Value;

const OFFER: [&str; 5] = ["--purpose", "look into it", "--reason", "they said yes", "--yes"];
const TEXT: &str = "Is Friday good for you?";

/// A tip that agency 0 alone was sent, and what came later from whoever has its code.
struct Thread {
    site: Site,
    door: Door,
    id: String,
    later: String,
}

impl Thread {
    async fn new(change: impl FnOnce(&mut Answers), later: Answers) -> Self {
        let (site, door, newest) = Site::at_door().await;
        let (receipt, agencies) = (receipt(), [Some(recipient(&newest, 0)), None]);
        let mut answers = first_answers(&receipt);
        change(&mut answers);
        let tips = [answers, later].map(|answers| write(ThreadKey::generate(), &receipt, answers, &agencies));
        let [id, later] = tips.each_ref().map(|tip| tip.id.to_string());
        door.state().tips.extend(tips);
        does(&site, 0, &["inbox"]).await;
        Self { site, door, id, later }
    }

    /// What a member says of what was asked: `decided` or `confirmed`.
    async fn settle(&self, how: &str) {
        let label = format!("{how}:{}", self.later[..26].to_lowercase());
        does(&self.site, 0, &["label", &self.id, "--add", &label]).await;
    }

    async fn says(&self, words: &[&str]) -> Said {
        says(&self.site, 0, words).await
    }

    async fn refer(&self, share: &str) -> Said {
        self.says(&[&["refer", &self.id, "--to", "1", "--share", share], &OFFER[..]].concat()).await
    }
}

fn sharing(share: Share) -> Answers {
    Answers { share: Some(share), story: Some("he knows".into()), ..Answers::default() }
}

fn contact(mode: ContactMode) -> Contact {
    Contact { mode, how: None, when: None, ask_for: None, message_ok: None, cover_story: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_they_ask_by_now_stands_first_then_the_safe_way_and_the_words_below_both() {
    let safe_way = Contact {
        how: Some("call 555-0101".into()),
        when: Some("mornings, before ten".into()),
        ask_for: Some("Rosa".into()),
        message_ok: Some(YesNo::No),
        cover_story: Some("you sell shoes".into()),
        ..contact(ContactMode::OtherWay)
    };
    let thread = Thread::new(|answers| answers.contact = Some(safe_way), sharing(Share::Nothing)).await;
    let above = [
        "asked by whoever has the code",
        "may be shared",
        "this asks for less",
        "What the source asks for",
        "may be shared",
        "only in the way they name",
        "call 555-0101",
        "mornings, before ten",
        "Rosa",
        "leave a message",
        "no",
        "you sell shoes",
        "What is my dog called?",
    ];
    let shown = does(&thread.site, 0, &["show", &thread.id]).await;
    let below = ["What they tell", "In their own words", "in the blue house", "What came later", "he knows"];
    assert_order(&shown, &[&above[..], &below].concat());
    let shown = does(&thread.site, 0, &["reply", &thread.id, "-m", TEXT, "--dry-run"]).await;
    assert_order(&shown, &[&above[..], &["What they will read", TEXT]].concat());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wider_wish_lets_nothing_go_before_a_member_has_confirmed_it() {
    let thread = Thread::new(|answers| answers.share = Some(Share::Nothing), sharing(Share::All)).await;
    let said = thread.refer("all").await;
    assert_eq!(said.exit, Exit::Policy, "{}", said.notes);
    assert!(said.notes.contains("nothing is passed on before they were asked"), "{}", said.notes);
    thread.settle("decided").await;
    assert_eq!(thread.refer("all").await.exit, Exit::Policy, "that it does not count");
    assert!(thread.door.state().referrals.is_empty());
    thread.settle("confirmed").await;
    let said = thread.refer("all").await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    assert_eq!(thread.door.state().referrals.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_way_to_reach_them_counts_once_a_member_has_confirmed_it() {
    let never = |answers: &mut Answers| answers.contact = Some(contact(ContactMode::Never));
    let later = Answers { contact: Some(contact(ContactMode::Code)), ..Answers::default() };
    let thread = Thread::new(never, later).await;
    let reply = ["reply", &thread.id, "-m", TEXT, "--yes"];
    let said = thread.says(&reply).await;
    assert_eq!(said.exit, Exit::Policy, "{}", said.notes);
    assert!(thread.door.state().replies.is_empty());
    thread.settle("confirmed").await;
    assert_eq!(thread.says(&reply).await.exit, Exit::Ok);
    assert_eq!(thread.door.state().replies.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrower_wish_holds_up_referrals_and_comparisons_until_a_member_has_decided() {
    let thread = Thread::new(|answers| answers.share = Some(Share::All), sharing(Share::Facts)).await;
    // The agency is a help line, which compares nothing without its client's consent.
    does(&thread.site, 0, &["label", &thread.id, "--add", "compare-until:2027-01-31"]).await;
    let compare = ["deconflict", "--tip", &thread.id, "--with", "1", "--dry-run"];
    for said in [thread.refer("facts").await, thread.refer("all").await, thread.says(&compare).await] {
        assert_eq!(said.exit, Exit::Policy, "{}", said.notes);
        assert!(said.notes.contains("asked for less"), "{}", said.notes);
    }
    assert!(thread.door.state().referrals.is_empty());
    thread.settle("decided").await;
    for said in [thread.says(&compare).await, thread.refer("all").await] {
        assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    }
    assert_eq!(thread.door.state().referrals.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_source_names_later_the_next_agency_is_told_as_well() {
    for share in ["facts", "all"] {
        let later = Answers { exclude_text: Some("not Grimbald, he works there".into()), ..sharing(Share::All) };
        let thread = Thread::new(|answers| answers.contact = None, later).await;
        thread.settle("confirmed").await;
        let said = thread.refer(share).await;
        assert_eq!(said.exit, Exit::Ok, "{share}: {}", said.notes);
        let pams = inbox(&thread.site, 2).await;
        assert_eq!(pams.len(), 1, "{share}: {pams:?}");
        assert_eq!(pams[0]["exclude_text"], "not Grimbald, he works there", "{share}");
        assert_eq!(pams[0]["story"].is_null(), share == "facts", "{share}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_they_ask_by_now_stands_in_lists_for_scripts_and_in_every_sheet_for_ones_own_agency() {
    let later = Answers { exclude_text: Some("not Grimbald".into()), ..sharing(Share::Nothing) };
    let thread = Thread::new(|answers| answers.share = Some(Share::All), later).await;
    let path = thread.site.dir.path().join("out").to_str().unwrap().to_owned();
    for (settled, share, words) in [(None, "all", "with people who can help"), (Some("less"), "none", "ask them first")]
    {
        if let Some(how) = settled {
            thread.settle(how).await;
        }
        let shown: Value = serde_json::from_str(&does(&thread.site, 0, &["show", &thread.id, "--json"]).await).unwrap();
        let asks = &shown["asks_now"];
        assert_eq!((&asks["share"], &asks["exclude_text"]), (&share.into(), &"not Grimbald".into()));
        assert_eq!(asks["is_waiting"] == true, settled.is_none(), "{asks}");
        let listed = inbox(&thread.site, 0).await;
        assert_eq!(listed.iter().map(|tip| &tip["asks_now"]).collect::<Vec<_>>(), [asks, asks], "both letters");
        let word = if settled.is_none() { "on_hold" } else { share };
        let plain = does(&thread.site, 0, &["inbox", "--plain"]).await;
        let shared: Vec<_> = plain.lines().filter_map(|line| line.split('\t').nth(5)).collect();
        assert_eq!(shared, [word, word], "{plain}");
        let listed = does(&thread.site, 0, &["inbox"]).await;
        let column = if settled.is_none() { "ASKED FOR LESS" } else { "share nothing" };
        assert_eq!(listed.matches(column).count(), 2, "{listed}");
        for (search, found) in [("share:none", settled.is_some()), ("share:on_hold", settled.is_none())] {
            let said = thread.says(&["search", search, "--json"]).await;
            assert_eq!(said.out.matches("\"asks_now\"").count(), if found { 2 } else { 0 }, "{search}: {}", said.out);
        }
        for form in ["json", "csv", "md"] {
            does(&thread.site, 0, &["export", &thread.id, "--form", form, "-o", &path, "--yes", "--force"]).await;
            let written = std::fs::read_to_string(&path).unwrap();
            if form == "json" {
                let written: Value = serde_json::from_str(&written).unwrap();
                assert_eq!(
                    (&written["tips"][0]["asks_now"], &written["tips"][0]["letter"]["share"]),
                    (asks, &"all".into())
                );
                continue;
            }
            assert!(written.contains(words) && written.matches("not Grimbald").count() >= 2, "{form}: {written}");
            assert_eq!(written.contains("no member has decided"), settled.is_none(), "{form}: {written}");
        }
    }
}

/// What joins all letters of a source is as long as whoever has the code likes.
#[tokio::test(flavor = "multi_thread")]
async fn of_who_must_not_see_it_lists_have_the_beginning_and_the_tip_itself_all() {
    let long = "not Grimbald ".repeat(300);
    let later = Answers { exclude_text: Some(long.clone()), ..Answers::default() };
    let thread = Thread::new(|_| (), later).await;
    let listed = inbox(&thread.site, 0).await;
    let shown = listed.iter().map(|tip| tip["asks_now"]["exclude_text"].as_str().unwrap());
    for text in shown {
        assert!(text.starts_with("not Grimbald") && text.ends_with('…') && text.chars().count() == 2_001, "{text}");
    }
    let shown: Value = serde_json::from_str(&does(&thread.site, 0, &["show", &thread.id, "--json"]).await).unwrap();
    assert_eq!(shown["asks_now"]["exclude_text"], long.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_back_to_a_code_that_two_members_say_is_in_other_hands() {
    let thread = Thread::new(|_| (), sharing(Share::Nothing)).await;
    let label = ["label", &thread.id, "--add", "code-lost"];
    let reply = ["reply", &thread.id, "-m", TEXT, "--yes"];
    does(&thread.site, 0, &label).await;
    assert_eq!(thread.says(&[&reply[..], &["--dry-run"]].concat()).await.exit, Exit::Ok, "one member says so");
    does(&thread.site, 1, &["inbox"]).await;
    does(&thread.site, 1, &label).await;
    let said = thread.says(&reply).await;
    assert_eq!(said.exit, Exit::Policy, "{}", said.notes);
    assert!(said.notes.contains("the code is in other hands"), "{}", said.notes);
    let shown = does(&thread.site, 0, &["show", &thread.id]).await;
    assert!(shown.contains("NOT HEARD"), "{shown}");
    assert!(thread.door.state().replies.is_empty(), "nor is it told that somebody has read it");
}

/// "Please stop" reaches an agency that was picked for it, and says nothing there of the copy that it holds.
#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_see_that_a_later_letter_belongs_to_what_they_hold_is_named_until_nothing_of_it_counts() {
    const APART: &str = "cannot see that";
    const BLIND: &str = "cannot open";
    for (share, picked, said) in
        [("facts", [true, true], APART), ("all", [true, false], BLIND), ("all", [true, true], "")]
    {
        let (site, door, newest) = Site::at_door().await;
        let receipt = receipt();
        let to = |picked: [bool; 2]| [0, 1].map(|agency| picked[agency].then(|| recipient(&newest, agency)));
        let first = write(ThreadKey::generate(), &receipt, first_answers(&receipt), &to([true, false]));
        let (id, short) = (first.id.to_string(), format!("T-{}", &first.id.to_string()[..4]));
        door.state().tips.push(first);
        does(&site, 0, &["inbox"]).await;
        let offer = [&["refer", &id, "--to", "1", "--share", share], &OFFER[..]].concat();
        assert_eq!(says(&site, 0, &offer).await.exit, Exit::Ok);
        let answers = Answers { exclude_text: Some("not Grimbald".into()), ..sharing(Share::Nothing) };
        let later = write(ThreadKey::generate(), &receipt, answers, &to(picked));
        let name = later.id.to_string()[..26].to_lowercase();
        door.state().tips.push(later);
        does(&site, 0, &["inbox"]).await;
        let shown = async || {
            let page = does(&site, 0, &["show", &short]).await.split_whitespace().collect::<Vec<_>>().join(" ");
            let told = page.split_once("NOT SEEN BY").map(|(_, rest)| rest.chars().take(200).collect::<String>());
            assert_eq!(told.is_some(), [APART, BLIND].iter().any(|words| page.contains(words)), "{page}");
            told.map(|told| [APART, BLIND].into_iter().find(|words| told.contains(words)).unwrap_or_default())
        };
        let expected = Some(said).filter(|said| !said.is_empty());
        assert_eq!(shown().await, expected, "{share} {picked:?}");
        // Who must not see it stays named; that of two members lifts all of it.
        does(&site, 0, &["label", &short, "--add", &format!("decided:{name}")]).await;
        assert_eq!(shown().await, expected, "{share} {picked:?}, decided");
        does(&site, 1, &["inbox"]).await;
        does(&site, 1, &["label", &short, "--add", &format!("decided:{name}")]).await;
        does(&site, 0, &["inbox"]).await;
        assert_eq!(shown().await, None, "{share} {picked:?}, lifted");
    }
}
