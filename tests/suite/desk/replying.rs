//! A member writes back, and a source comes back with their code.

use super::accessible::on_a_terminal;
use super::commands::{assert_order, desk, does, passphrase_file, says};
use super::door::{Door, StoredTip};
use super::site::{Site, recipient};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridRecipient;
use knothole::crypto::keyring::{SignedVersion, Words};
use knothole::crypto::letter::{Answers, Contact, ContactMode, Letter, Mailbox, Route, Share, WrittenBy};
use knothole::crypto::receipt::{Receipt, ReceiptCode};
use knothole::crypto::reply::Reply;
use knothole::crypto::thread::ThreadKey;
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Stdio;

/// What a code gives, without the rounds that a true one costs.
pub fn receipt() -> Receipt {
    ReceiptCode::from_bytes([1; 10]).unwrap().derive(&Hex([0; 32]))
}

/// A letter to these agencies that the form sealed, with the link by this code.
pub fn write(thread: ThreadKey, by: &Receipt, answers: Answers, agencies: &[Option<HybridRecipient>]) -> StoredTip {
    let readers = (0..).map(AgencyNumber).zip(agencies).filter(|(_, agency)| agency.is_some());
    let readers = readers.map(|(number, _)| number).collect();
    let mut letter = Letter::new(thread.id(), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, readers);
    letter.answers = answers;
    let plain = WrittenBy { key: by.follow_up_key(), nonce: [thread.id().0[0]; 32] }.to_padded_json(&letter).unwrap();
    let sealed = file::seal(&thread.to_recipient(), &plain);
    StoredTip::with_letter(thread, sealed, agencies)
}

pub fn first_answers(receipt: &Receipt) -> Answers {
    Answers {
        story: Some("in the blue house".into()),
        share: Some(Share::All),
        contact: Some(Contact {
            mode: ContactMode::Code,
            how: None,
            when: None,
            ask_for: None,
            message_ok: None,
            cover_story: None,
        }),
        reply_to: Some(receipt.reply_identity().to_recipient().to_string()),
        mailbox: Some(Mailbox { id: receipt.mailbox(), token_hash: receipt.token_hash() }),
        follow_up_key: Some(receipt.follow_up_public_key().to_string()),
        check_question: Some("What is my dog called?".into()),
        ..Answers::default()
    }
}

/// A site, its door, and one tip with a code.
async fn with_tip() -> (Site, Door, TipId, Receipt, [Option<HybridRecipient>; 2]) {
    let (site, door, newest): (Site, Door, SignedVersion) = Site::at_door().await;
    let (receipt, agencies) = (receipt(), [0, 1].map(|agency| Some(recipient(&newest, agency))));
    let tip = write(ThreadKey::generate(), &receipt, first_answers(&receipt), &agencies);
    let id = tip.id;
    door.state().tips.push(tip);
    (site, door, id, receipt, agencies)
}

/// The one reply that was sent, opened with the code.
fn sent(door: &Door) -> Reply {
    let posted = door.state().replies.clone();
    assert_eq!(posted.len(), 1);
    Reply::open(receipt().reply_identity(), &STANDARD.decode(&posted[0].sealed).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_sealed_to_the_code_and_its_words_stand_in_the_thread() {
    let (site, door, id, receipt, _) = with_tip().await;
    let short = &id.to_string()[..6];
    let out = does(&site, 0, &["reply", short, "-m", "Is it safe to call on Friday?", "--yes"]).await;
    for part in ["may be shared", "What is my dog called?", "What they will read", "Is it safe to call on Friday?"] {
        assert!(out.contains(part), "{part} in {out}");
    }
    let posted = door.state().replies.clone();
    assert_eq!((posted[0].mailbox, posted[0].token_hash), (receipt.mailbox(), receipt.token_hash()));
    let reply = sent(&door);
    assert_eq!((reply.text.as_str(), reply.lang.as_str()), ("Is it safe to call on Friday?", "en"));
    does(&site, 2, &["inbox"]).await;
    let shown = does(&site, 2, &["show", short]).await;
    assert!(shown.contains("reply to the source: Is it safe to call on Friday?"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_are_piped_in_are_what_is_sent() {
    let (site, door, id, ..) = with_tip().await;
    let mut command = desk(&["--profile"]);
    command.arg(site.members[0].profile.dir()).arg("--passphrase-file").arg(passphrase_file(&site));
    command.args(["reply", &id.to_string(), "--yes"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"Is it safe?\n\nMay we call on Friday?\n").unwrap();
    let done = child.wait_with_output().unwrap();
    let out = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0), "{out}");
    assert_order(&out, &["What the source asks for", "What they will read", "Is it safe?", "May we call on Friday?"]);
    assert_eq!(sent(&door).text, "Is it safe?\n\nMay we call on Friday?");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_terminal_words_are_asked_for_below_the_wishes_and_sent_after_a_yes() {
    let (site, door, id, ..) = with_tip().await;
    let reply = format!("reply {id}");
    let heard = on_a_terminal(&site, &reply, "Is it safe?\nMay we call on Friday?\n\nn\n");
    assert!(door.state().replies.is_empty(), "{heard}");
    let heard = on_a_terminal(&site, &reply, "Is it safe?\nMay we call on Friday?\n\ny\n");
    assert_order(
        &heard,
        &[
            "What the source asks for",
            "reply: [an empty line ends it]",
            "What they will read",
            "\"May we call on Friday?\"",
            "send this to whoever has the code? [y/N]",
            "sent; whoever has the code can read it after a while",
        ],
    );
    assert_eq!(sent(&door).text, "Is it safe?\nMay we call on Friday?");
    assert!(heard.contains("reply: [an empty line ends it]\n") && !heard.contains('\\'), "{heard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_code_gives_opens_no_letter() {
    let (_site, door, ..) = with_tip().await;
    let receipt = receipt();
    let letter = door.state().tips[0].letter.clone();
    let capsules = door.state().tips[0].capsules.clone();
    for sealed in capsules.iter().chain([&letter]) {
        assert!(file::open(receipt.reply_identity(), sealed).is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_too_long_is_refused_before_it_is_sealed() {
    let (site, door, id, ..) = with_tip().await;
    let said = says(&site, 0, &["reply", &id.to_string(), "-m", &"x".repeat(4_097), "--yes"]).await;
    assert_eq!(said.exit, Exit::Usage);
    assert!(said.notes.contains("too long by"), "{}", said.notes);
    assert!(door.state().replies.is_empty());
}

/// What the form of a site says of its agencies in one language.
fn words(lang: &str, names: [&str; 2]) -> Words {
    let agencies: BTreeMap<String, Value> =
        (0..).zip(names).map(|(at, name)| (format!("{at}"), json!({"name": name, "line": "They help."}))).collect();
    let site = json!({
        "state": "Connecticut", "hotline_phone": "1-888-373-7888", "hotline_text": "233733",
        "exit_url": "https://www.weather.gov/", "urgent_time": "one hour", "normal_time": "two days",
    });
    let document = json!({"lang": lang, "agencies": agencies, "site": site, "legal": {}, "review": null});
    serde_json::from_value(document).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_name_an_agency_or_a_case_are_warned_of_in_each_language_of_the_form() {
    let (site, door, id, ..) = with_tip().await;
    let newest = door.state().versions.last().unwrap().clone();
    let named = site.next(&newest, |draft| {
        admin::set_words(draft, words("en", ["The Door.", "State Office"]));
        admin::set_words(draft, words("es", ["La Puerta.", "Oficina del Estado"]));
    });
    admin::publish(&site.admins[0].client(), &named, Some(&newest.read().unwrap())).await.unwrap();
    let short = format!("T-{}", &id.to_string()[..4]);
    let warned = async |text: &str, parts: &[&str]| {
        let said = says(&site, 0, &["reply", &short, "-m", text, "--dry-run"]).await;
        assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
        for part in parts {
            assert!(said.notes.contains(part), "{part} in {}", said.notes);
        }
        assert_eq!(said.notes.contains("careful"), !parts.is_empty(), "{}", said.notes);
    };
    let case = format!("The police have {short} now");
    warned(&case, &["careful: this says \"police\"", "by its id", "if the wrong person reads it?"]).await;
    warned("You can trust the door.", &["careful: this names an agency: \"door\""]).await;
    warned("Le escribe la puerta, no la policía.", &["names an agency: \"puerta\"", "says \"policía\""]).await;
    warned("警察会帮您。", &["careful: this says \"警察\""]).await;
    warned("Thank you. Stay safe.", &[]).await;
    assert!(door.state().replies.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_yes_a_code_or_a_wish_to_hear_nothing_is_sent() {
    let (site, door, id, receipt, agencies) = with_tip().await;
    let said = says(&site, 0, &["reply", &id.to_string(), "-m", "Hello"]).await;
    assert_ne!(said.exit, Exit::Ok);
    let uncoded = Answers { contact: first_answers(&receipt).contact, ..Answers::default() };
    let without = write(ThreadKey::generate(), &receipt, uncoded, &agencies);
    let mut never = first_answers(&receipt);
    never.contact.as_mut().unwrap().mode = ContactMode::Never;
    never.follow_up_key = None;
    let never = write(ThreadKey::generate(), &receipt, never, &agencies);
    let ids = [without.id, never.id];
    // These two would follow the first; they stand alone here.
    door.state().tips = vec![without, never];
    for (id, exit) in ids.into_iter().zip([Exit::NotFound, Exit::Policy]) {
        does(&site, 2, &["inbox"]).await;
        assert_eq!(says(&site, 2, &["reply", &id.to_string(), "-m", "Hello", "--yes"]).await.exit, exit);
    }
    assert!(door.state().replies.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_mailbox_is_told_and_nothing_is_written() {
    let (site, door, id, ..) = with_tip().await;
    door.state().replies_status = Some(409);
    let said = says(&site, 0, &["reply", &id.to_string(), "-m", "Hello", "--yes"]).await;
    assert_eq!(said.exit, Exit::Conflict);
    assert!(said.notes.contains("the mailbox is full"), "{}", said.notes);
    assert!(door.state().events.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_who_comes_back_is_shown_as_one_thread_and_less_puts_sharing_on_hold() {
    let (site, door, id, receipt, agencies) = with_tip().await;
    let answers = Answers { story: Some("he knows".into()), share: Some(Share::Nothing), ..Answers::default() };
    let later = write(ThreadKey::generate(), &receipt, answers, &[agencies[0].clone(), None]);
    let later_id = later.id;
    door.state().tips.push(later);
    let inbox = does(&site, 0, &["inbox"]).await;
    assert!(inbox.contains(&format!("(later, to T-{}) he knows", &id.to_string()[..4])), "{inbox}");
    let json: Value = serde_json::from_str(&does(&site, 0, &["inbox", "--json"]).await).unwrap();
    let follows: Vec<&Value> = json["tips"].as_array().unwrap().iter().map(|tip| &tip["follows"]).collect();
    assert_eq!(follows.iter().filter(|first| ***first == id.to_string()).count(), 1, "{json}");
    let shown = does(&site, 0, &["show", &id.to_string()]).await;
    for part in ["asked by whoever has the code", "he knows", "this asks for less", "NOT SEEN BY"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let log: Value = serde_json::from_str(&does(&site, 0, &["audit", "log", "--json"]).await).unwrap();
    let opened = log["lines"].as_array().unwrap().iter().rev().find(|line| line["verb"] == "show").unwrap();
    assert_eq!(opened["tips"], serde_json::json!([id.to_string(), later_id.to_string()]), "both were read");
    let json: Value = serde_json::from_str(&does(&site, 0, &["show", &later_id.to_string(), "--json"]).await).unwrap();
    assert_eq!(json["first"], id.to_string());
    assert_eq!(
        (&json["share"], &json["asks_now"]["share"], &json["asked"][0]["state"]),
        (&"none".into(), &"all".into(), &"less".into())
    );
    // A later letter shows what counts, and whoever has the code asked for the rest.
    let shown = does(&site, 0, &["show", &later_id.to_string()]).await;
    let (asked, counts) = shown.split_once("What the source asks for").unwrap();
    assert!(asked.contains("asked by whoever has the code") && asked.contains("this asks for less"), "{shown}");
    let told = counts.split("What they tell").next().unwrap();
    assert!(told.contains("may be shared") && !told.to_lowercase().contains("nothing"), "{told}");
    let json: Value = serde_json::from_str(&does(&site, 0, &["show", &id.to_string(), "--json"]).await).unwrap();
    assert_eq!(json["follow_ups"], serde_json::json!([later_id.to_string()]));

    let path = site.dir.path().join("out.json");
    let (id_text, path) = (id.to_string(), path.to_str().unwrap());
    let to = ["--to", "A shelter", "--kind", "other", "--reason", "a bed"];
    let export = [&["export", &id_text, "--form", "json", "-o", path, "--yes"], &to[..]].concat();
    let said = says(&site, 0, &export).await;
    assert_eq!(said.exit, Exit::Policy, "{}", said.notes);
    assert!(said.notes.contains("asked for less"), "{}", said.notes);
    let name = format!("decided:{}", later_id.to_string()[..26].to_lowercase());
    does(&site, 0, &["label", &id.to_string(), "--add", &name]).await;
    let said = says(&site, 0, &export).await;
    assert!(!said.notes.contains("asked for less"), "{}", said.notes);
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_a_tip_first_has_the_source_told_once_and_no_agency_named() {
    let (site, door, id, receipt, _) = with_tip().await;
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["show", &id.to_string(), "--json"]).await;
    assert!(door.state().replies.is_empty(), "a script is no person");
    let said = says(&site, 0, &["show", &id.to_string()]).await;
    assert!(said.notes.contains("is told that a person has read it"), "{}", said.notes);
    does(&site, 0, &["show", &id.to_string()]).await;
    does(&site, 2, &["inbox"]).await;
    does(&site, 2, &["show", &id.to_string()]).await;
    let replies = door.state().replies.clone();
    assert_eq!(replies.len(), 1);
    let reply = Reply::open(receipt.reply_identity(), &STANDARD.decode(&replies[0].sealed).unwrap()).unwrap();
    assert_eq!(reply.text, "A person has read what you wrote. You do not have to do anything now.");
    let shown = does(&site, 2, &["show", &id.to_string()]).await;
    assert!(shown.contains("reply to the source: A person has read what you wrote"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_given_the_next_tip_has_its_source_told_and_a_script_has_not() {
    for (words, replies) in [(&["next"][..], 1), (&["next", "--json"], 0)] {
        let (site, door, ..) = with_tip().await;
        does(&site, 0, words).await;
        assert_eq!(door.state().replies.len(), replies, "{words:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_agencies_that_read_it_at_the_same_moment_have_the_source_told_once() {
    let (site, door, id, ..) = with_tip().await;
    for member in [0, 2] {
        does(&site, member, &["inbox"]).await;
    }
    let id = id.to_string();
    let show = ["show", id.as_str()];
    let (one, other) = tokio::join!(says(&site, 0, &show), says(&site, 2, &show));
    assert_eq!((one.exit, other.exit), (Exit::Ok, Exit::Ok), "{} {}", one.notes, other.notes);
    assert_eq!(door.state().replies.len(), 1);
}

/// The copy has the way back to the source, too, and a case of its own in which nobody has written back.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_copy_that_was_made_for_another_agency_the_source_hears_nothing_more() {
    let (site, door, newest) = Site::at_door().await;
    let receipt = receipt();
    let tip = write(ThreadKey::generate(), &receipt, first_answers(&receipt), &[Some(recipient(&newest, 0)), None]);
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["show", &id]).await;
    does(&site, 0, &["redact", &id, "--words", "blue"]).await;
    let offer = ["refer", &id, "--to", "1", "--share", "all", "--purpose", "look", "--reason", "yes", "--yes"];
    does(&site, 0, &offer).await;
    let inbox: Value = serde_json::from_str(&does(&site, 2, &["inbox", "--json"]).await).unwrap();
    let copy = inbox["tips"][0]["id"].as_str().unwrap();
    assert!(!id.starts_with(&copy[2..]), "{inbox}");
    let said = says(&site, 2, &["show", copy]).await;
    assert_eq!((said.exit, door.state().replies.len()), (Exit::Ok, 1), "{}", said.notes);
    // The way back is there all the same.
    does(&site, 2, &["accept", copy]).await;
    does(&site, 2, &["reply", copy, "-m", "Is it safe?", "--yes"]).await;
    assert_eq!(door.state().replies.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_does_not_want_it_tells_no_source_that_a_person_has_read_it() {
    let (site, door, newest) = Site::at_door().await;
    let quiet = site.next(&newest, |draft| {
        draft.staff.retention.insert("read_note".into(), 0);
    });
    admin::publish(&site.admins[0].client(), &quiet, Some(&newest.read().unwrap())).await.unwrap();
    let (receipt, agencies) = (receipt(), [0, 1].map(|agency| Some(recipient(&newest, agency))));
    let tip = write(ThreadKey::generate(), &receipt, first_answers(&receipt), &agencies);
    let id = tip.id.to_string();
    door.state().tips.push(tip);
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["show", &id]).await;
    assert!(door.state().replies.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_to_hear_nothing_is_told_nothing() {
    let (site, door, _, receipt, agencies) = with_tip().await;
    let mut answers = first_answers(&receipt);
    answers.contact = None;
    let tip = write(ThreadKey::generate(), &receipt, answers, &agencies);
    let id = tip.id.to_string();
    door.state().tips = vec![tip];
    does(&site, 0, &["inbox"]).await;
    does(&site, 0, &["show", &id]).await;
    assert!(door.state().replies.is_empty() && door.state().events.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_mailbox_cannot_be_reached_the_member_is_told_what_to_do() {
    let (site, door, id, ..) = with_tip().await;
    does(&site, 0, &["inbox"]).await;
    door.state().replies_status = Some(503);
    let said = says(&site, 0, &["show", &id.to_string()]).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    assert!(said.notes.contains("--template read"), "{}", said.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_are_ready_go_in_the_language_of_the_form() {
    let (site, door, id, receipt, _) = with_tip().await;
    let said = says(&site, 0, &["reply", &id.to_string(), "--template", "check", "--yes"]).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    let sealed = STANDARD.decode(&door.state().replies[0].sealed).unwrap();
    let reply = Reply::open(receipt.reply_identity(), &sealed).unwrap();
    assert!(reply.text.ends_with("the answer to this: What is my dog called?"), "{}", reply.text);
}
