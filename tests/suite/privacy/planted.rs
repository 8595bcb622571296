//! What is planted, and the forms in which it might lie somewhere.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use knothole::crypto::letter::{Answers, Contact, ContactMode, Urgency};
use memchr::memmem;

/// Something planted, with a name for messages.
pub struct Planted {
    pub name: &'static str,
    pub text: String,
}

/// What a source writes: words, a name, the name of a file, a receipt code.
pub fn words() -> Vec<Planted> {
    [
        ("words", "quixotry at the lantern motel"),
        ("name", "Ximena Okonkwo-Vörös"),
        ("file name", "IMG_7731_lantern.jpeg"),
        ("receipt code", "walnut fabric heron oyster tunnel brisk mango echo"),
    ]
    .map(|(name, text)| Planted { name, text: text.into() })
    .into()
}

/// A form filled with all of them, in every field that holds a source's own words.
pub fn answers() -> Answers {
    let all = words().into_iter().map(|planted| planted.text).collect::<Vec<_>>().join(" / ");
    let some = || Some(all.clone());
    let contact = Contact {
        mode: ContactMode::OtherWay,
        how: some(),
        when: some(),
        ask_for: some(),
        message_ok: None,
        cover_story: some(),
    };
    Answers {
        story: some(),
        urgency: Some(Urgency::Now),
        place: some(),
        when: some(),
        suspects: some(),
        checkable: some(),
        exclude_text: some(),
        contact: Some(contact),
        ..Answers::default()
    }
}

/// Names of the forms of anything planted that occur in `bytes`.
pub fn found<'a>(planted: impl IntoIterator<Item = &'a Planted>, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for Planted { name, text } in planted {
        for (form, needle) in forms(text) {
            if memmem::find(bytes, &needle).is_some() {
                found.push(format!("{name} as {form}"));
            }
        }
    }
    found
}

/// How often a text occurs as it is.
pub fn count(text: &str, bytes: &[u8]) -> usize {
    memmem::find_iter(bytes, text).count()
}

fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = text.as_bytes();
    let each =
        |form: fn(u8) -> String, between: &str| bytes.iter().copied().map(form).collect::<Vec<_>>().join(between);
    let mut forms = vec![
        ("text", bytes.to_vec()),
        ("UTF-16", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("hex", each(|byte| format!("{byte:02x}"), "").into()),
        ("upper-case hex", each(|byte| format!("{byte:02X}"), "").into()),
        ("numbers", each(|byte| byte.to_string(), ", ").into()),
        ("percent signs", each(|byte| format!("%{byte:02X}"), "").into()),
        ("percent signs, lower case", each(|byte| format!("%{byte:02x}"), "").into()),
        ("percent signs where a form has them", form_encoded(bytes, "%20").into()),
        ("percent signs and plus", form_encoded(bytes, "+").into()),
    ];
    for before in 0..3 {
        // What stands before and after changes the outer characters: those between are the same whatever it is.
        let padded = [&[0; 2][..before], bytes].concat();
        let (first, last) = ((before * 8).div_ceil(6), padded.len() * 8 / 6);
        forms.push(("base64", STANDARD.encode(&padded)[first..last].into()));
        forms.push(("base64 for addresses", URL_SAFE.encode(&padded)[first..last].into()));
    }
    forms
}

fn form_encoded(bytes: &[u8], space: &str) -> String {
    let one = |byte: &u8| match byte {
        b' ' => space.to_owned(),
        b'-' | b'_' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    };
    bytes.iter().map(one).collect()
}

#[test]
fn the_search_finds_every_form_wherever_it_stands() {
    let planted = words();
    for Planted { name, text } in &planted {
        let in_json = serde_json::to_string(&["a", text]).unwrap();
        for before in ["", "x", "xy"] {
            let hay = format!("{before}{text}!");
            for (form, bytes) in [
                ("text", hay.clone().into_bytes()),
                ("text", in_json.clone().into_bytes()),
                ("UTF-16", hay.encode_utf16().flat_map(u16::to_le_bytes).collect()),
                ("hex", data_encoding::HEXLOWER.encode(hay.as_bytes()).into_bytes()),
                ("upper-case hex", data_encoding::HEXUPPER.encode(hay.as_bytes()).into_bytes()),
                ("numbers", format!("{:?}", hay.as_bytes()).into_bytes()),
                ("base64", STANDARD.encode(&hay).into_bytes()),
                ("base64 for addresses", URL_SAFE.encode(&hay).into_bytes()),
            ] {
                let found = found(&planted, &bytes);
                assert!(found.contains(&format!("{name} as {form}")), "{name} as {form} after {before:?}: {found:?}");
            }
        }
    }
    assert_eq!(found(&planted, b"nothing was planted here"), Vec::<String>::new());
}
