use super::*;
use proptest::prelude::*;

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
        "reply_to":"r","follow_up_key":"k","link":{"nonce":"n"}"#,
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
        link: Some(Map::from_iter([("nonce".to_owned(), Value::from("n"))])),
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
        letter.answers.signs = signs;
        let padded = letter.to_padded_json().unwrap();
        prop_assert!(Letter::from_padded_json(&padded) == Ok(letter));
    }

    #[test]
    fn reading_anything_never_panics(text in "\\PC{0,300}") {
        let _ = Letter::from_padded_json(&padded(&text));
        let _ = read(&text);
    }
}
