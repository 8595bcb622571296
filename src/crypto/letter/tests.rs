use super::*;
use crate::model::hex::Hex;
use proptest::prelude::*;
use serde_json::Value;

const REQUIRED: &str = r#""id":"0000000000000000000000000000000000000000000000000000",
    "created":"2026-11-24T01:45Z","lang":"en","route":"full","readers":[0,2]"#;

fn padded(json: &str) -> Vec<u8> {
    pad::to_bucket(json.as_bytes().to_vec()).unwrap()
}

fn read(fields: &str) -> Result<Letter, LetterError> {
    Letter::from_padded_json(&padded(&format!("{{\"format\":1,{REQUIRED}{fields}}}")))
}

fn letter() -> Letter {
    let readers = vec![AgencyNumber(2), AgencyNumber(0)];
    Letter::new(TipId([0; 32]), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, readers)
}

fn link() -> Link {
    Link { nonce: Hex([1; 32]), mac: Hex([2; 32]), signature: Some(Hex([3; 64])), key: Some(Hex([4; 32])) }
}

fn link_json() -> String {
    serde_json::to_string(&link()).unwrap()
}

#[test]
fn what_was_not_answered_is_left_out() {
    let json = letter().to_padded_json().unwrap();
    let value: Value = serde_json::from_slice(&json).unwrap();
    let keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["created", "format", "id", "lang", "readers", "route"]);
    assert_eq!(value["readers"], serde_json::json!([0, 2]));
}

#[test]
fn fields_and_words_of_a_newer_form_do_not_make_a_letter_unreadable() {
    let letter = read(r#","story":"s","urgency":"next_week","moon":{"phase":[1]}"#).unwrap();
    assert_eq!(letter.answers.story.as_deref(), Some("s"));
    assert_eq!(letter.answers.urgency, Some(Urgency::Other("next_week".into())));
}

#[test]
fn every_field_of_the_protocol_is_read() {
    let letter = read(
        r#","story":"s","urgency":"soon","about":"seen","minor":"unsure","signs":["a","b"],"where":"w","when":"t",
        "suspects":"x","checkable":"c","exclude_text":"e","basis":"person_told","share":"facts",
        "contact":{"mode":"other","how":"h","when":"u","ask_for":"f","message_ok":"no","cover_story":"y"},
        "reply_to":"r","follow_up_key":"k","check_question":"q","canary":"7.a.b.mia","mailbox":{"id":"MM","token_hash":"TT"},"link":LINK"#
            .replace("MM", &Hex([5; 32]).to_string())
            .replace("TT", &Hex([6; 32]).to_string())
            .replace("LINK", &link_json())
            .as_str(),
    )
    .unwrap();
    let contact = Contact {
        mode: ContactMode::OtherWay,
        how: Some("h".into()),
        when: Some("u".into()),
        ask_for: Some("f".into()),
        message_ok: Some(YesNo::No),
        cover_story: Some("y".into()),
    };
    let expected = Answers {
        story: Some("s".into()),
        urgency: Some(Urgency::Soon),
        about: Some(About::Seen),
        minor: Some(YesNo::Unsure),
        signs: vec!["a".into(), "b".into()],
        place: Some("w".into()),
        when: Some("t".into()),
        suspects: Some("x".into()),
        checkable: Some("c".into()),
        exclude_text: Some("e".into()),
        basis: Some(Basis::PersonTold),
        share: Some(Share::Facts),
        contact: Some(contact),
        reply_to: Some("r".into()),
        follow_up_key: Some("k".into()),
        mailbox: Some(Mailbox { id: Hex([5; 32]), token_hash: Hex([6; 32]) }),
        check_question: Some("q".into()),
        canary: Some("7.a.b.mia".into()),
        link: Some(link()),
    };
    assert!(letter.answers == expected);
    assert_eq!(Letter::from_padded_json(&letter.to_padded_json().unwrap()), Ok(letter));
}

#[test]
fn another_format_is_told_apart_from_nonsense() {
    assert_eq!(Letter::from_padded_json(&padded(r#"{"format":2,"everything":"else"}"#)), Err(LetterError::Format));
    assert_eq!(Letter::from_padded_json(&padded(r#"{"format":1}"#)), Err(LetterError::Json));
    assert_eq!(Letter::from_padded_json(&padded("[1]")), Err(LetterError::Json));
    assert_eq!(Letter::from_padded_json(&[0xff; 4096]), Err(LetterError::Json));
    assert_eq!(Letter::from_padded_json(b"{}"), Err(LetterError::Length));
}

#[test]
fn deep_nesting_is_refused_and_does_not_overflow() {
    let deep = format!(",\"link\":{}", "[".repeat(200_000));
    assert_eq!(read(&deep), Err(LetterError::Json));
}

#[test]
fn whatever_stands_in_place_of_a_link_is_none_and_the_letter_stays_readable() {
    let without_mac = link_json().replace("\"mac\"", "\"other\"");
    let long = link_json().replace("0101", "010101");
    let upper = link_json().replace("0101", "0A0A");
    let nested = link_json().replace(&format!("\"{}\"", Hex([4; 32])), "{\"a\":[{\"\":0}]}");
    let others = ["null", "true", "-1", "1.5", "7", "\"text\"", "[{\"nonce\":1}]", "{}", r#"{"a":[{"":0},{"":0}]}"#];
    for none in others.into_iter().chain([&*without_mac, &*long, &*upper, &*nested]) {
        let letter = read(&format!(r#","link":{none},"story":"s""#)).unwrap();
        assert!(letter.answers.link.is_none(), "{none}");
        assert_eq!(letter.answers.story.as_deref(), Some("s"));
    }
    let newer = link_json().replacen('{', "{\"newer\":[1,{}],", 1);
    assert!(read(&format!(",\"link\":{newer}")).unwrap().answers.link == Some(link()));
}

#[test]
fn whatever_stands_in_place_of_a_mailbox_is_none_and_the_letter_stays_readable() {
    let (id, hash) = (Hex([5; 32]), Hex([6; 32]));
    let (half, short) = (format!(r#"{{"id":"{id}"}}"#), format!(r#"{{"id":"00","token_hash":"{hash}"}}"#));
    for none in ["null", "true", "-1", "1.5", "7", "\"text\"", "[[1]]", "{}", r#"{"a":[{"":0}]}"#, &half, &short] {
        let letter = read(&format!(r#","mailbox":{none},"story":"s""#)).unwrap();
        assert!(letter.answers.mailbox.is_none(), "{none}");
        assert_eq!(letter.answers.story.as_deref(), Some("s"));
    }
    let newer = format!(r#"{{"newer":[1],"id":"{id}","token_hash":"{hash}"}}"#);
    assert!(read(&format!(",\"mailbox\":{newer}")).unwrap().answers.mailbox.is_some());
}

fn written_by(key: &ed25519_dalek::SigningKey) -> (Letter, Vec<u8>) {
    let mut letter = letter();
    letter.answers.story = Some("it went on \u{1F64F}".into());
    let plain = WrittenBy { key, nonce: [9; 32] }.to_padded_json(&letter).unwrap();
    (Letter::from_padded_json(&plain).unwrap(), plain)
}

#[test]
fn a_letter_follows_the_one_that_names_its_key_and_no_other() {
    let [key, other] = [[1; 32], [2; 32]].map(|seed| ed25519_dalek::SigningKey::from_bytes(&seed));
    let (letter, plain) = written_by(&key);
    let public = super::super::sign::public_key;
    assert!(is_linked(&letter, &public(&key)) && follows(&plain, &letter, &public(&key)));
    assert!(!is_linked(&letter, &public(&other)) && !follows(&plain, &letter, &public(&other)));
}

#[test]
fn who_knows_the_key_and_cannot_sign_makes_no_follow_up() {
    let [key, other] = [[1; 32], [2; 32]].map(|seed| ed25519_dalek::SigningKey::from_bytes(&seed));
    let public = super::super::sign::public_key(&key);
    let (letter, plain) = written_by(&key);
    let text = String::from_utf8(plain.clone()).unwrap();
    let link = letter.answers.link.clone().unwrap();
    // Another word, another tip, another signature, and a signature that stands elsewhere.
    let foreign = written_by(&other).0.answers.link.unwrap().signature.unwrap().to_string();
    let own = link.signature.unwrap().to_string();
    for forged in [
        text.replace("it went on", "it is over"),
        text.replace(&letter.id.to_string(), &TipId([8; 32]).to_string()),
        text.replace(&own, &foreign),
        text.trim_end().replacen('{', &format!("{{\"link\":{},", serde_json::to_string(&link).unwrap()), 1),
        text.trim_end().trim_end_matches('}').to_owned() + "},\"newer\":1}",
    ] {
        let padded = padded(forged.trim_end());
        let is_taken = Letter::from_padded_json(&padded).is_ok_and(|letter| follows(&padded, &letter, &public));
        assert!(!is_taken, "{forged}");
    }
    let mut unsigned = letter.clone();
    unsigned.answers.link.as_mut().unwrap().signature = None;
    assert!(is_linked(&unsigned, &public) && !follows(&unsigned.to_padded_json().unwrap(), &unsigned, &public));
}

#[test]
fn of_lists_no_more_is_kept_than_a_form_can_have_written() {
    let signs = vec![format!("\"{}\"", "\u{1f600}".repeat(100)); 200].join(",");
    let readers = vec!["1"; 20_000].join(",");
    let required = REQUIRED.replace("[0,2]", &format!("[{readers}]"));
    let letter =
        Letter::from_padded_json(&padded(&format!("{{\"format\":1,{required},\"signs\":[{signs}]}}"))).unwrap();
    assert_eq!((letter.readers.len(), letter.answers.signs.len()), (MAX_READERS, MAX_SIGNS));
    assert!(letter.answers.signs.iter().all(|sign| sign.chars().count() == MAX_SIGN_CHARS));
}

/// How many pieces of memory a value takes: each string and each list.
fn pieces(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(pieces).sum::<usize>(),
        Value::Object(fields) => fields.values().map(pieces).sum(),
        Value::String(_) => 1,
        _ => 0,
    }
}

#[test]
fn a_letter_that_is_full_of_small_things_is_kept_in_no_more_room_than_it_came_in() {
    let full = |unit: &str| vec![unit; 250_000 / (unit.len() + 1)].join(",");
    for fields in [
        format!(r#","link":{{"a":[{}]}}"#, full(r#"{"":0}"#)),
        format!(r#","link":[{}]"#, full("[]")),
        format!(r#","unknown":[{}]"#, full(r#"{"":{}}"#)),
        format!(r#","signs":[{}]"#, full("\"\"")),
        format!(r#","contact":{{"mode":"none","x":[{}]}}"#, full("0")),
        (0..20_000).fold(String::new(), |fields, at| fields + &format!(r#","u{at}":0"#)),
    ] {
        let letter = serde_json::to_value(read(&fields).unwrap()).unwrap();
        let (pieces, bytes) = (pieces(&letter), letter.to_string().len());
        assert!(pieces <= MAX_SIGNS + 30 && bytes <= 1_000, "{pieces} pieces, {bytes} bytes");
    }
}

#[test]
fn debug_shows_no_word_of_the_source() {
    let mut letter = letter();
    letter.answers.story = Some("planted".into());
    assert!(!format!("{letter:?}{:?}", letter.answers).contains("planted"));
}

proptest! {
    #[test]
    fn a_letter_reads_back_as_it_was_written(story: String, place: Option<String>, signs: Vec<String>) {
        let mut letter = letter();
        letter.answers.story = Some(story);
        letter.answers.place = place;
        letter.answers.signs = signs.iter().take(MAX_SIGNS).map(|sign| sign.chars().take(MAX_SIGN_CHARS).collect()).collect();
        let padded = letter.to_padded_json().unwrap();
        prop_assert!(Letter::from_padded_json(&padded) == Ok(letter));
    }

    #[test]
    fn what_is_kept_of_a_letter_is_written_again_in_no_more_room(words in prop::collection::vec("[a-z\"\\\\{}\\[\\],:0-9é\u{1}]{0,12}", 0..200)) {
        let texts: Vec<_> = words.iter().map(|word| serde_json::to_string(word).unwrap()).collect();
        let list = texts.join(",");
        let fields = format!(r#","story":{},"signs":[{list}],"moon":[{list}],"link":{{"nonce":[{list}]}}"#, serde_json::to_string(&list).unwrap());
        let came = format!("{{\"format\":1,{REQUIRED}{fields}}}").len();
        prop_assert!(serde_json::to_vec(&read(&fields).unwrap()).unwrap().len() <= came);
    }

    #[test]
    fn reading_anything_never_panics(text in "\\PC{0,300}") {
        let _ = Letter::from_padded_json(&padded(&text));
        let _ = read(&text);
    }
}
