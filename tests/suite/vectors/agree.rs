//! Derivations, the length of letters, and the text of capsules.

use super::{read, write};
use data_encoding::HEXLOWER;
use knothole::crypto::capsule::Capsule;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::letter::Letter;
use knothole::crypto::thread::ThreadKey;
use knothole::model::hex::Hex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

fn seeds() -> [[u8; 32]; 4] {
    [[0; 32], [0xff; 32], std::array::from_fn(|at| u8::try_from(at).unwrap()), Sha256::digest("knothole").into()]
}

fn thread(seed: [u8; 32]) -> ThreadKey {
    ThreadKey::from_identity(HybridIdentity::from_seed(seed))
}

fn derive() -> Value {
    let vector = |seed| {
        let key = thread(seed);
        json!({
            "seed": Hex(seed),
            "identity": *key.identity().expose_text(),
            "recipient": key.to_recipient().to_string(),
            "custody_token": Hex(key.custody_token().0),
            "id": key.id(),
            "upload_token": Hex(key.upload_token().0),
            "upload_hash": key.upload_token().hash(),
        })
    };
    seeds().map(vector).into_iter().collect()
}

/// `letter` stands in for the sealed letter: `letter_sha256` is its hash.
fn capsules() -> Value {
    let vector = |seed| {
        let thread = thread(seed);
        let capsule = Capsule { id: thread.id(), letter_sha256: Hex(Sha256::digest(seed).into()), thread };
        json!({
            "seed": Hex(seed),
            "letter": Hex(seed),
            "letter_sha256": capsule.letter_sha256,
            "id": capsule.id,
            "text": *capsule.to_text(),
        })
    };
    seeds().map(vector).into_iter().collect()
}

/// The story of each letter is `story` written `times` times. `json_len` counts the JSON without spaces, in bytes;
/// `padded_len` is null for a letter that cannot be sent.
fn letters() -> Value {
    let plain = |story: &str, times: usize| {
        json!({"format": 1, "id": thread([0; 32]).id(), "created": "2026-11-24T01:45Z", "lang": "en", "route": "fast",
               "readers": [0], "story": story.repeat(times)})
    };
    let base = plain("", 0).to_string().len();
    let all_fields = json!({
        "format": 1, "id": thread([0; 32]).id(), "created": "2026-11-24T23:00Z", "lang": "zh-Hant", "route": "full",
        "readers": [0, 2, 11], "story": "", "urgency": "not_now", "about": "self", "minor": "unsure",
        "signs": ["Someone takes the money they earn.", "They cannot come and go as they like."],
        "where": "Habitación 12", "when": "每個星期五", "suspects": "“Ray”", "checkable": "\u{1F697} grün",
        "exclude_text": "the\u{2028}sergeant", "basis": "saw", "share": "facts",
        "contact": {"mode": "other", "how": "\t", "when": "9\u{2013}5", "ask_for": "Ana", "message_ok": "no",
                    "cover_story": "\\\"the dentist\\\""},
    });
    let with_story = |mut letter: Value, story: &str, times: usize| {
        letter["story"] = story.repeat(times).into();
        let typed: Letter = serde_json::from_value(letter.clone()).unwrap();
        let padded_len = typed.to_padded_json().ok().map(|padded| padded.len());
        let json_len = letter.to_string().len();
        letter["story"] = story.into();
        json!({"letter": letter, "times": times, "json_len": json_len, "padded_len": padded_len})
    };
    json!([
        with_story(plain("", 0), "help", 1),
        with_story(plain("", 0), "x", 4096 - base),
        with_story(plain("", 0), "x", 4097 - base),
        with_story(plain("", 0), "é", 8000),
        with_story(plain("", 0), "助けて", 1810),
        with_story(plain("", 0), "\u{1F64F}", 16_385),
        with_story(plain("", 0), "x", 262_144 - base),
        with_story(plain("", 0), "x", 262_145 - base),
        with_story(plain("", 0), "\u{0}\u{1b}\u{7f}\u{2028}\r\n\t\u{8}\u{c}\"\\/<é", 200),
        with_story(all_fields, "No sé cómo decirlo. ", 300),
    ])
}

#[test]
fn keys_tokens_and_ids_are_derived_as_in_the_vectors() {
    assert_eq!(derive(), read("derive.json"));
}

#[test]
fn an_identity_of_the_vectors_reads_back_to_its_seed() {
    for vector in read("derive.json").as_array().unwrap() {
        let identity: HybridIdentity = vector["identity"].as_str().unwrap().parse().unwrap();
        assert_eq!(HEXLOWER.encode(identity.expose_seed()), vector["seed"].as_str().unwrap());
    }
}

#[test]
fn capsules_have_the_text_of_the_vectors() {
    assert_eq!(capsules(), read("capsule.json"));
}

#[test]
fn letters_have_the_lengths_of_the_vectors() {
    assert_eq!(letters(), read("letter.json"));
}

#[test]
#[ignore = "It writes the vectors anew, and is run by hand for a new format only."]
fn write_what_both_agree_on() {
    write("derive.json", &derive());
    write("capsule.json", &capsules());
    write("letter.json", &letters());
}
