//! Any mixture of hostile text through every function that makes output, with colour and without.

use super::super::site::NOW;
use super::letters::letter;
use super::{CORPUS, forbidden};
use ed25519_dalek::SigningKey;
use knothole::crypto::event::{
    Author, Checked, CloseReason, Event, Excluded, Kind, Outcome, SetStatus, Shared, SignedEvent, Span, Unknown,
};
use knothole::crypto::keyring::{Draft, LegalClock, PriorityRule, Spent, Version};
use knothole::crypto::letter::{Letter, WrittenBy};
use knothole::crypto::sign::public_key;
use knothole::desk::admin::{NewSite, set_words};
use knothole::desk::admin::{changes, first_draft};
use knothole::desk::cache::{Known, KnownEvent, KnownTip, ThreadSecret, UnreadableTip};
use knothole::desk::environment::Screen;
use knothole::desk::inbox::{Inbox, Rules, Viewer, json, table, view};
use knothole::desk::names::AgencyNames;
use knothole::desk::output::{Line, Output, Style};
use knothole::model::agency::{AgencyKind, AgencyNumber};
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use proptest::prelude::*;
use std::io::Write;
use std::sync::{Arc, Mutex};

/// Keeps what is written where two can reach it.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let texts: Vec<_> = CORPUS.texts.iter().map(|text| text.text.clone()).filter(|text| text.len() < 500).collect();
    let piece =
        prop_oneof![3 => prop::sample::select(texts), 1 => any::<String>(), 1 => any::<char>().prop_map(Into::into)];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

/// The reason that an admin wrote is as hostile as the rest.
fn rules(text: &str) -> Rules {
    let bound = |kind| LegalClock { name: text.to_owned(), agency_kinds: vec![kind], when: Vec::new(), hours: 1 };
    Rules {
        priority: vec![PriorityRule { level: 1, when: Vec::new(), reason: text.to_owned() }],
        clocks: [AgencyKind::HelpLine, AgencyKind::Police].map(bound).to_vec(),
        kinds: vec![AgencyKind::HelpLine, AgencyKind::Police],
    }
}

fn inbox(text: &str) -> Inbox {
    let (seq, day) = (1, "2026-11-24".parse().unwrap());
    let tip = KnownTip::new(seq, day, ThreadSecret::new("x"), letter(TipId([1; 32]), text));
    let unreadable = UnreadableTip { seq, day, id: TipId([2; 32]), reason: text.into() };
    Inbox::new(
        Known { tips: vec![tip], unreadable: vec![unreadable], unsent: events(text), ..Known::default() },
        Viewer { agency: AgencyNumber(0), person: "mia".into(), now: NOW },
        &rules(text),
    )
}

/// One event of each kind that carries words, in which a member of another agency wrote `text` wherever they can.
fn events(text: &str) -> Vec<KnownEvent> {
    let words = || text.to_owned();
    let (event, some) = (Hex([7; 32]), Some(text.to_owned()));
    let capped: String = text.chars().take(300).collect();
    let kinds = vec![
        Kind::Assign { to: words(), person: words(), until: NOW + 9 },
        Kind::Note { text: words() },
        Kind::Label { add: vec![words()], remove: vec![words()] },
        Kind::Status { status: SetStatus::Closed, reason: Some(CloseReason::Junk), text: some.clone() },
        Kind::Priority { level: Some(1), reason: words() },
        Kind::Grade { checked: Checked::Refuted, text: words() },
        Kind::Recuse { reason: words(), whole_agency: false },
        Kind::Refer {
            to: AgencyNumber(1),
            share: Shared::All,
            purpose: words(),
            reason: words(),
            new_tip: None,
            deadline: Some(u64::MAX),
            contact: some.clone(),
            consent_until: None,
            consent_by: some.clone(),
            withheld: true,
        },
        Kind::Accept { referral: event, contact: some.clone() },
        Kind::Decline { referral: event, reason: words() },
        Kind::Return { referral: event, reason: words() },
        Kind::Redact {
            fields: vec![words()],
            spans: vec![Span { field: words(), start: 0, end: 1 }],
            reason: some.clone(),
        },
        Kind::Hold { on: true, reason: words() },
        Kind::Disclose { to: words(), what: words(), why: words(), form: words() },
        Kind::Override { wish: words(), verb: words(), to: some.clone(), reason: words() },
        Kind::Delete { reason: words() },
        Kind::Object { event, reason: words() },
        Kind::Withdraw { event, reason: some.clone() },
        Kind::Rekey { thread: TipId([3; 32]), without: vec![Excluded::Person(words())], capsules: Vec::new() },
        Kind::Reply { text: words() },
        Kind::Outcome { result: Outcome::Safe, text: some },
        Kind::Unknown(Unknown { kind: capped }),
    ];
    let key = SigningKey::from_bytes(&[5; 32]);
    let author = Author { member: words(), person: words(), agency: AgencyNumber(1) };
    let event = |what| Event {
        format: 1,
        tip: TipId([1; 32]),
        author: author.clone(),
        at: NOW,
        keyring: 1,
        heads: Vec::new(),
        previous: None,
        log: None,
        what,
    };
    let known = |what| KnownEvent { tip: TipId([1; 32]), signed: SignedEvent::new(&event(what), &key), thread: None };
    kinds.into_iter().map(known).collect()
}

/// What somebody with a code wrote first, and later; both as they were opened.
fn from_one_code(text: &str) -> (KnownTip, KnownTip) {
    let key = SigningKey::from_bytes(&[6; 32]);
    let tip = |seq: u8, follow_up_key: Option<String>| {
        let mut letter = letter(TipId([seq; 32]), text);
        letter.answers.follow_up_key = follow_up_key;
        letter.answers.exclude_text = Some(format!("{seq}{text}"));
        let plain = WrittenBy { key: &key, nonce: [seq; 32] }.to_padded_json(&letter).unwrap();
        let letter = Letter::from_padded_json(&plain).unwrap();
        KnownTip::new(seq.into(), "2026-11-24".parse().unwrap(), ThreadSecret::new("x"), letter).opened_as(&plain)
    };
    (tip(1, Some(public_key(&key).to_string())), tip(2, None))
}

/// A version of the keyring in which admins wrote `text` wherever they can.
fn version(text: &str) -> Version {
    let (agencies, admins) = (vec![AgencyKind::HelpLine, AgencyKind::Police], Vec::new());
    let new = NewSite { agencies, admins, threshold: 2, valid_days: 90 };
    let mut draft: Draft = first_draft(new, "2026-11-24".parse().unwrap());
    let mut document = serde_json::json!({
        "lang": text,
        "agencies": { "0": { "name": text, "line": text }, "1": { "name": text, "line": text } },
        "site": {},
        "legal": {},
        "review": null,
    });
    for name in ["state", "hotline_phone", "hotline_text", "exit_url", "urgent_time", "normal_time"] {
        document["site"][name] = text.into();
    }
    set_words(&mut draft, serde_json::from_value(document).unwrap());
    let frozen = draft.clone().freeze();
    Version {
        hash: knothole::crypto::keyring::hash_of(&frozen.public),
        public: draft.public,
        staff: draft.staff,
        words: draft.words,
        spent: Spent::default(),
    }
}

/// Everything that can be printed of `text`, on one terminal.
fn printed(text: &str, width: usize, has_colour: bool) -> String {
    let kept = Kept::default();
    let screen = Screen { is_terminal: false, has_colour, has_note_colour: has_colour, width, is_accessible: None };
    let mut output = Output::into_writers(Box::new(kept.clone()), Box::new(kept.clone()), screen);
    let (inbox, version) = (inbox(text), version(text));
    let names = AgencyNames::of(&version);
    output.print(&table::table(&inbox, true, width)).unwrap();
    output.print_each(table::plain(&inbox)).unwrap();
    output.print_private(&view::view(&inbox.tips[0], &inbox, &names, view::Layout::Columns(width)), true).unwrap();
    let (first, later) = from_one_code(text);
    let layout = view::Layout::Columns(width);
    let short = |_: TipId| "T-7K3M".to_owned();
    output.print(&view::asked(&first, &[&later], &Known::default().case(first.letter.id), &short, layout)).unwrap();
    output.print(&view::wishes(&first.letter, layout)).unwrap();
    output.print(&view::preview(text, layout)).unwrap();
    let known = Known { tips: vec![first, later], ..Known::default() };
    let one_code = Inbox::new(known, inbox.viewer.clone(), &Rules::default());
    for entry in &one_code.tips {
        output.print_private(&view::view(entry, &one_code, &names, layout), true).unwrap();
    }
    output.print_json(&json::inbox(&inbox)).unwrap();
    output.print_json(&json::thread(&inbox.tips[0], &inbox, &names)).unwrap();
    output.print(&changes::describe(None, &version).into_iter().map(Line::from).collect::<Vec<_>>()).unwrap();
    output.note(&Line::new().with(Style::Alarm, "desk: ").with(Style::Plain, text));
    output.ask(&Line::new().with(Style::Bold, text));
    let bytes = kept.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn each_text_of_the_corpus_is_printed_harmless_everywhere() {
    for text in &CORPUS.texts {
        for has_colour in [false, true] {
            let printed = printed(&text.text, 80, has_colour);
            assert_eq!(forbidden(&printed), None, "{}", text.name);
        }
    }
}

#[test]
fn a_json_reader_gets_each_text_back_as_it_was_written() {
    for text in &CORPUS.texts {
        let inbox = inbox(&text.text);
        let printed = knothole::desk::output::json(&json::thread(&inbox.tips[0], &inbox, &AgencyNames::default()));
        let back: serde_json::Value = serde_json::from_str(&printed).unwrap();
        for field in ["story", "created", "urgency", "share", "exclude_text"] {
            assert_eq!(back[field], text.text, "{}", text.name);
        }
        assert_eq!(back["contact"]["how"], text.text, "{}", text.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_is_printed_harmless_everywhere(text in hostile(), width in 40_usize..200, has_colour in any::<bool>()) {
        let printed = printed(&text, width, has_colour);
        prop_assert_eq!(forbidden(&printed), None, "{:?}", text);
    }
}
