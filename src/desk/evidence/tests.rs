use super::verify::{Problem, verify};
use super::*;
use crate::crypto::event::Event;
use crate::crypto::letter::Route;
use crate::model::agency::AgencyNumber;

const NOON: u64 = 1_795_521_600;

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn author(number: u8) -> Author {
    let name = format!("m{number}");
    Author { member: name.clone(), person: name, agency: AgencyNumber(u16::from(number)) }
}

fn tip() -> TipId {
    TipId([7; 32])
}

/// Each follows the one before.
fn events(opened: &[u8]) -> Vec<SignedEvent> {
    in_a_row([
        (1, Kind::Opened { letter: sha256(opened) }),
        (1, Kind::Claim { until: NOON + 7_200 }),
        (2, Kind::Opened { letter: sha256(opened) }),
        (1, Kind::Note { text: "called\u{1b}[2J".into() }),
    ])
}

fn in_a_row(kinds: impl IntoIterator<Item = (u8, Kind)>) -> Vec<SignedEvent> {
    let (mut heads, mut last) = (Vec::new(), std::collections::BTreeMap::new());
    let mut signed = Vec::new();
    for ((by, what), at) in kinds.into_iter().zip(0..) {
        let event = Event {
            format: 1,
            tip: tip(),
            author: author(by),
            at: NOON + at,
            keyring: 2,
            heads: heads.clone(),
            previous: last.get(&by).copied(),
            log: None,
            what,
        };
        let next = SignedEvent::new(&event, &key(by));
        heads = vec![next.hash()];
        last.insert(by, next.hash());
        signed.push(next);
    }
    signed
}

fn letter() -> Letter {
    Letter::new(tip(), "2026-11-24T11:45Z".into(), "en".into(), Route::Full, vec![AgencyNumber(1)])
}

fn opened() -> Vec<u8> {
    letter().to_padded_json().unwrap().to_vec()
}

fn made_of(events: &[SignedEvent], sealed: Option<Sealed>) -> Vec<u8> {
    made_with(events, sealed, &key(1))
}

fn made_with(events: &[SignedEvent], sealed: Option<Sealed>, maker: &SigningKey) -> Vec<u8> {
    let (letter, opened) = (letter(), opened());
    let case = Case::fold(tip(), events.iter().map(|event| event.read().unwrap()));
    let conditions = vec!["For you alone.".to_owned(), "Must not be seen by: \u{202e}Dan".to_owned()];
    let evidence = Evidence {
        letter: &letter,
        opened: &opened,
        sealed,
        events,
        case: &case,
        tlp: Tlp::Red,
        conditions: &conditions,
        authors: [1, 2].map(|number| Key { member: author(number).member, key: sign::public_key(&key(number)) }).into(),
        names: &AgencyNames::default(),
        site: SiteName { genesis: Hex([1; 32]), version: 2, hash: Hex([2; 32]) },
        by: author(1),
    };
    archive(&evidence, maker)
}

fn sealed() -> Sealed {
    Sealed { letter: vec![5; 700], capsule: vec![6; 600] }
}

fn made() -> Vec<u8> {
    made_of(&events(&opened()), Some(sealed()))
}

fn problems(bytes: &[u8]) -> Vec<String> {
    verify(bytes).unwrap_err().iter().map(ToString::to_string).collect()
}

/// The archive after a change to its files, packed as it was.
fn changed(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let made = made();
    let mut files: Vec<(String, Vec<u8>)> =
        pack::read(&made).unwrap().into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect();
    change(&mut files);
    pack::write(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect::<Vec<_>>())
}

fn of<'a>(files: &'a mut [(String, Vec<u8>)], name: &str) -> &'a mut Vec<u8> {
    &mut files.iter_mut().find(|(known, _)| known == name).unwrap().1
}

#[test]
fn an_archive_is_the_same_bytes_whenever_it_is_made_and_whatever_order_events_came_in() {
    let mut other = events(&opened());
    other.reverse();
    assert_eq!(made(), made_of(&other, Some(sealed())));
    let names: Vec<String> = pack::read(&made()).unwrap().into_iter().map(|(name, _)| name).collect();
    let expected = [
        "HANDLING.txt",
        "README.txt",
        LETTER,
        OPENED,
        SEALED_LETTER,
        CAPSULE,
        EVENTS,
        "custody.txt",
        KEYS,
        MANIFEST,
        SIGNATURE,
    ];
    assert_eq!(names, expected);
}

#[test]
fn one_that_nobody_touched_is_whole() {
    let verified = verify(&made()).unwrap();
    assert_eq!((verified.tip, verified.files, verified.events, verified.has_sealed), (tip(), 11, 4, true));
    assert_eq!(verified.made_by.member, "m1");
    let archive = made();
    let files = pack::read(&archive).unwrap();
    let (_, manifest) = files.iter().find(|(name, _)| *name == MANIFEST).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    assert_eq!(manifest["tool"], concat!("knothole desk ", env!("CARGO_PKG_VERSION")));
    assert_eq!(manifest["files"].as_array().unwrap().len(), 9, "all but itself and what signs it: {manifest}");
    assert!(!verify(&made_of(&events(&opened()), None)).unwrap().has_sealed);
    assert_eq!(verify(&made_of(&[], None)).unwrap().events, 0);
}

#[test]
fn what_was_altered_removed_or_added_is_named() {
    assert_eq!(problems(&changed(|files| of(files, "custody.txt")[0] ^= 1)), ["custody.txt was altered"]);
    assert_eq!(problems(&changed(|files| files.retain(|(name, _)| name != "README.txt"))), ["README.txt was removed"]);
    assert_eq!(problems(&changed(|files| files.push(("more.txt".into(), vec![1])))), ["more.txt was added"]);
    assert_eq!(problems(&changed(|files| of(files, SEALED_LETTER)[0] ^= 1))[0], "letter.age was altered");
    let twice = changed(|files| {
        let copy = files[0].clone();
        files.push(copy);
    });
    assert_eq!(problems(&twice), ["HANDLING.txt was altered"]);
}

#[test]
fn a_list_that_was_changed_is_not_what_was_signed() {
    let other = changed(|files| {
        let text = String::from_utf8(of(files, MANIFEST).clone()).unwrap().replace("\"version\":2", "\"version\":3");
        *of(files, MANIFEST) = text.into_bytes();
    });
    assert_eq!(problems(&other), ["the list of files is not what its maker signed"]);
    let without = changed(|files| files.retain(|(name, _)| name != SIGNATURE));
    assert_eq!(problems(&without), ["the list of files is not what its maker signed"]);
    assert_eq!(problems(&changed(|files| files.retain(|(name, _)| name != MANIFEST))), ["manifest.json was removed"]);
}

/// An archive whose maker signed a false list: events are checked by themselves.
fn by_a_liar(change: impl FnOnce(&mut Vec<SignedEvent>)) -> Vec<String> {
    let mut events = events(&opened());
    change(&mut events);
    problems(&made_of(&events, Some(sealed())))
}

#[test]
fn even_whoever_makes_the_archive_cannot_forge_hide_or_add_events_of_others() {
    let removed = by_a_liar(|events| drop(events.remove(1)));
    assert!(removed.iter().any(|problem| problem.contains("is missing, which a colleague has seen")), "{removed:?}");
    let forged = by_a_liar(|events| {
        let mut event = events[3].read().unwrap().event;
        event.author = author(2);
        event.previous = Some(events[2].hash());
        events[3] = SignedEvent::new(&event, &key(1));
    });
    assert_eq!(forged.len(), 1, "{forged:?}");
    assert!(forged[0].ends_with("is not signed by its author"), "{forged:?}");
    let of_another = by_a_liar(|events| {
        let mut event = events[3].read().unwrap().event;
        event.tip = TipId([8; 32]);
        events.push(SignedEvent::new(&event, &key(1)));
    });
    assert!(of_another.iter().any(|problem| problem.contains("belongs to another tip")), "{of_another:?}");
}

#[test]
fn a_key_that_is_not_its_makers_is_named() {
    let by_another = changed(|files| {
        let signature = sign::sign(&key(9), Purpose::Evidence, &of(files, MANIFEST).clone());
        *of(files, SIGNATURE) = format!("{signature}\n").into_bytes();
    });
    assert_eq!(problems(&by_another), ["the list of files is not what its maker signed"]);
    let in_their_name = made_with(&events(&opened()), Some(sealed()), &key(9));
    assert_eq!(problems(&in_their_name), ["it is not signed by the key that m1 wrote events with"]);
}

#[test]
fn files_and_events_in_another_order_are_told() {
    assert_eq!(verify(&changed(|files| files.swap(2, 3))), Err(vec![Problem::Repacked]));
    let turned = changed(|files| {
        let lines = String::from_utf8(of(files, EVENTS).clone()).unwrap();
        let turned: Vec<&str> = lines.lines().rev().collect();
        *of(files, EVENTS) = format!("{}\n", turned.join("\n")).into_bytes();
    });
    assert_eq!(problems(&turned), ["events.jsonl was altered", "events were removed, added or put in another order"]);
}

#[test]
fn one_that_was_cut_anywhere_or_has_something_behind_it_is_not_whole() {
    let made = made();
    for cut in (0..made.len()).step_by(64).chain([made.len() - 1]) {
        assert!(verify(&made[..cut]).is_err(), "{cut} of {}", made.len());
    }
    assert_eq!(verify(&[&made[..], &[0]].concat()), Err(vec![Problem::Repacked]));
}

#[test]
fn custody_is_told_in_words() {
    let made = made();
    let custody = pack::read(&made).unwrap().into_iter().find(|(name, _)| name == "custody.txt").unwrap().1;
    let lines: Vec<&str> = std::str::from_utf8(custody).unwrap().lines().collect();
    assert!(
        lines[0].starts_with("2026-11-24 12:00 UTC  m1 (m1) of agency 1: opened it first in their agency  ["),
        "{lines:?}"
    );
    assert!(lines[1].contains(": claimed it until 2026-11-24 14:00Z  ["), "{lines:?}");
}

#[test]
fn the_list_of_custody_has_every_word_about_whose_hands_it_is_in_and_no_other() {
    let (event, reason) = (Hex([9; 32]), || "because".to_owned());
    let disclose = Kind::Disclose { to: "NCMEC".into(), what: "all".into(), why: reason(), form: "export".into() };
    let crossing = Kind::Override { wish: reason(), verb: "refer-all".into(), to: None, reason: reason() };
    let unknown: Kind = serde_json::from_value(serde_json::json!({ "kind": "hand_on" })).unwrap();
    let kinds = vec![
        Kind::Opened { letter: sha256(&opened()) },
        Kind::Note { text: reason() },
        Kind::Label { add: vec!["motel".into()], remove: Vec::new() },
        Kind::offer_of_all(AgencyNumber(2)),
        Kind::Withdraw { event, reason: None },
        crossing,
        Kind::Countersign { event },
        Kind::Object { event, reason: reason() },
        Kind::Redact { fields: vec!["contact".into()], spans: Vec::new(), reason: None },
        disclose,
        Kind::Delete { reason: reason() },
        Kind::Hold { on: true, reason: reason() },
        unknown,
    ];
    let made = made_of(&in_a_row(kinds.into_iter().map(|kind| (1, kind))), None);
    let files = pack::read(&made).unwrap();
    let manifest = files.iter().find(|(name, _)| name == MANIFEST).unwrap().1;
    let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    let listed: Vec<_> =
        manifest["custody"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(
        listed.join(" "),
        "opened refer withdraw override countersign object redact disclose delete hold hand_on"
    );
}

#[test]
fn a_list_of_custody_that_says_otherwise_than_the_events_is_named_though_its_maker_signed_it() {
    type Change = fn(&mut Vec<serde_json::Value>);
    let changes: [Change; 4] = [
        |list| drop(list.pop()),
        |list| list[0]["at"] = 1.into(),
        |list| list[0]["person"] = "pam".into(),
        |list| list.reverse(),
    ];
    for change in changes {
        let made = changed(|files| {
            let mut manifest: serde_json::Value = serde_json::from_slice(of(files, MANIFEST)).unwrap();
            change(manifest["custody"].as_array_mut().unwrap());
            let text = canonical(&manifest);
            *of(files, SIGNATURE) =
                format!("{}\n", sign::sign(&key(1), Purpose::Evidence, text.as_bytes())).into_bytes();
            *of(files, MANIFEST) = text.into_bytes();
        });
        assert_eq!(problems(&made), ["the list of custody does not say what the events say"]);
    }
}

#[test]
fn a_letter_that_nobody_opened_is_named() {
    let other = made_of(&events(b"another letter"), Some(sealed()));
    let found = problems(&other);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|problem| problem.contains("opened another letter than this one")), "{found:?}");
}

#[test]
fn what_was_packed_again_or_is_no_archive_is_told_apart() {
    let mut again = made();
    again[136] = b'1'; // the time of the first file, and the sum over its header
    let sum: u32 = again[..512]
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    again[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
    assert_eq!(verify(&again), Err(vec![Problem::Repacked]));
    for bytes in [&b""[..], b"x", &[0; 1024], &made()[..5_000]] {
        assert!(verify(bytes).is_err());
    }
}

#[test]
fn nothing_in_it_does_anything_to_a_terminal() {
    let made = made();
    for (name, bytes) in pack::read(&made)
        .unwrap()
        .into_iter()
        .filter(|(name, _)| ![SEALED_LETTER, CAPSULE, OPENED].contains(&name.as_str()))
    {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let raw: Vec<char> = text.chars().filter(|c| *c != '\n' && crate::desk::output::is_obeyed(*c)).collect();
        assert!(raw.is_empty(), "{name}: {raw:?}");
    }
}
