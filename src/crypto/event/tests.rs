use super::*;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::shape::{EVENT_BUCKETS, sealed_len};
use crate::crypto::sign::public_key;
use proptest::prelude::*;

fn thread() -> ThreadKey {
    ThreadKey::from_identity(HybridIdentity::from_seed([1; 32]))
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[5; 32])
}

fn event(what: Kind) -> Event {
    let author = Author { member: "mia-laptop".into(), person: "mia".into(), agency: AgencyNumber(0) };
    let (tip, heads) = (thread().id(), vec![Hex([1; 32]), Hex([2; 32])]);
    Event { format: FORMAT, tip, author, at: 1_795_485_599, keyring: 2, heads, previous: None, log: None, what }
}

fn note(text: &str) -> Event {
    event(Kind::Note { text: text.into() })
}

/// What a later version might write.
fn foreign(what: &str) -> SignedEvent {
    let known = canonical(&note("x"));
    let text = known.replace(r#"{"kind":"note","text":"x"}"#, what);
    assert_ne!(text, known);
    let signature = sign::sign(&key(), Purpose::Event, text.as_bytes());
    SignedEvent { event: text, signature }
}

#[test]
fn the_text_of_an_event_is_what_the_protocol_says() {
    let signed = SignedEvent::new(&note("seen"), &key());
    let expected = format!(
        concat!(
            r#"{{"agency":0,"at":1795485599,"author":"mia-laptop","format":1,"heads":["{}","{}"],"#,
            r#""keyring":2,"person":"mia","tip":"{}","what":{{"kind":"note","text":"seen"}}}}"#
        ),
        "01".repeat(32),
        "02".repeat(32),
        thread().id()
    );
    assert_eq!(signed.text(), expected);
}

#[test]
fn a_sealed_event_opens_with_its_thread_key_alone_and_is_its_signers() {
    let signed = SignedEvent::new(&note("seen"), &key());
    let sealed = signed.seal(&thread()).unwrap();
    let opened = SignedEvent::open(&sealed, &thread()).unwrap();
    assert_eq!(opened.read().unwrap(), NamedEvent { hash: signed.hash(), event: note("seen") });
    assert_eq!(opened.read_again(), opened.read());
    assert!(opened.is_by(&public_key(&key())));
    assert!(!opened.is_by(&public_key(&SigningKey::from_bytes(&[6; 32]))));
    let other = ThreadKey::from_identity(HybridIdentity::from_seed([2; 32]));
    assert_eq!(SignedEvent::open(&sealed, &other), Err(EventError::Sealed(OpenError::NotForUs)));
}

#[test]
fn a_sealed_event_has_one_of_three_lengths_and_a_longer_one_is_not_sealed() {
    let len = |text: &str| SignedEvent::new(&note(text), &key()).seal(&thread()).map(|sealed| sealed.len());
    assert_eq!(len("x"), Ok(sealed_len(EVENT_BUCKETS[0])));
    assert_eq!(len(&"x".repeat(1000)), Ok(sealed_len(EVENT_BUCKETS[1])));
    assert_eq!(len(&"x".repeat(15_000)), Ok(sealed_len(EVENT_BUCKETS[2])));
    assert_eq!(len(&"x".repeat(16_384)), Err(EventError::TooLong));
}

#[test]
fn a_changed_letter_of_the_text_makes_the_signature_false() {
    let mut signed = SignedEvent::new(&note("seen"), &key());
    signed.event = signed.event.replace("seen", "sees");
    assert!(!signed.is_by(&public_key(&key())));
}

#[test]
fn an_event_of_a_later_version_keeps_its_text_and_its_place() {
    for what in [r#"{"kind":"vote","pro":[1,2]}"#, r#"{"kind":"note","words":"not text"}"#] {
        let signed = foreign(what);
        let read = signed.read().unwrap();
        assert!(matches!(read.event.what, Kind::Unknown(_)), "{what}");
        assert_eq!(read.event.heads.len(), 2);
        let sealed = signed.seal(&thread()).unwrap();
        assert_eq!(SignedEvent::open(&sealed, &thread()).unwrap().text(), signed.text());
    }
    assert_eq!(foreign(r#"{"kind":"vote"}"#).read().unwrap().event.what.name(), "vote");
}

#[test]
fn what_is_not_written_in_the_one_form_is_no_event() {
    let good = canonical(&note("x"));
    let changes = [
        (r#""at":1795485599"#, r#""at":253402300800"#),
        (r#""at":1795485599"#, r#""at": 1795485599"#),
        (r#""at":1795485599"#, r#""at":1,"at":1795485599"#),
        (r#""keyring":2,"#, ""),
        (r#""what":{"kind":"note","text":"x"}"#, r#""what":{"text":"x"}"#),
        ("0101", "0303"),
        (r#""agency":0"#, r#""agency":-1"#),
    ];
    for (from, to) in changes {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good);
        let signature = sign::sign(&key(), Purpose::Event, text.as_bytes());
        assert_eq!(SignedEvent { event: text, signature }.read(), Err(EventError::NotOne), "{from} {to}");
    }
    let later = good.replace(r#""format":1"#, r#""format":2"#);
    let signature = sign::sign(&key(), Purpose::Event, later.as_bytes());
    assert_eq!(SignedEvent { event: later, signature }.read(), Err(EventError::Format));
}

#[test]
fn neither_kind_nor_words_are_in_what_debug_prints() {
    let signed = SignedEvent::new(&note("purple"), &key());
    let printed = format!("{signed:?} {:?}", signed.read());
    assert!(!printed.contains("purple") && !printed.contains("note"), "{printed}");
}

#[test]
fn each_kind_reads_back_as_it_was_written() {
    let hash = Hex([9; 32]);
    let tip = thread().id();
    let text = || "words".to_owned();
    let kinds = vec![
        Kind::Opened { letter: hash },
        Kind::Claim { until: 5 },
        Kind::Release,
        Kind::Assign { to: text(), person: text(), until: 5 },
        Kind::Note { text: text() },
        Kind::Label { add: vec![text()], remove: vec![] },
        Kind::Status { status: SetStatus::Closed, reason: Some(CloseReason::Duplicate), text: None },
        Kind::Priority { level: None, reason: text() },
        Kind::Grade { checked: Checked::Refuted, text: text() },
        Kind::Link { how: LinkAs::SamePlace, tip },
        Kind::Unlink { how: LinkAs::Duplicate, tip },
        Kind::Recuse { reason: text(), whole_agency: true },
        Kind::Refer {
            to: AgencyNumber(2),
            share: Shared::Facts,
            purpose: text(),
            reason: text(),
            new_tip: Some(tip),
            deadline: Some(7),
            contact: Some(text()),
            consent_until: Some(8),
            consent_by: Some(text()),
            withheld: true,
        },
        Kind::Accept { referral: hash, contact: None },
        Kind::Decline { referral: hash, reason: text() },
        Kind::Return { referral: hash, reason: text() },
        Kind::Redact { fields: vec![text()], spans: vec![Span { field: text(), start: 1, end: 2 }], reason: None },
        Kind::Hold { on: true, reason: text() },
        Kind::Disclose { to: text(), what: text(), why: text(), form: text() },
        Kind::Override { wish: text(), verb: text(), to: None, reason: text() },
        Kind::Countersign { event: hash },
        Kind::Delete { reason: text() },
        Kind::Object { event: hash, reason: text() },
        Kind::Withdraw { event: hash, reason: None },
        Kind::Rekey {
            thread: tip,
            without: vec![Excluded::Agency(AgencyNumber(1)), Excluded::Person(text())],
            capsules: vec![
                Capsule { to: SealedFor::Agency { number: AgencyNumber(0), epoch: 3 }, sealed: text() },
                Capsule { to: SealedFor::Member(text()), sealed: text() },
            ],
        },
        Kind::Reply { text: text() },
        Kind::Outcome { result: Outcome::Convicted, text: None },
    ];
    for what in kinds {
        let name = what.name().to_owned();
        let signed = SignedEvent::new(&event(what.clone()), &key());
        assert!(signed.text().contains(&format!(r#""kind":"{name}""#)), "{name}");
        assert!(signed.read().unwrap().event.what == what, "{name}");
    }
}

proptest! {
    #[test]
    fn any_words_come_back_as_they_were_written(text in "\\PC{0,300}") {
        let signed = SignedEvent::new(&note(&text), &key());
        let opened = SignedEvent::open(&signed.seal(&thread()).unwrap(), &thread()).unwrap();
        prop_assert_eq!(opened.read().unwrap().event, note(&text));
    }
}
