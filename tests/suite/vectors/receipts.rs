//! Receipt codes: `receipt.json`. Its numbers were also computed by a program that shares no code with this one.

use super::{read, write};
use knothole::crypto::receipt::{ReceiptCode, ReceiptError, WordList};
use knothole::model::hex::{Hex, Sha256Hash};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Bits and the language of the form.
const CODES: [([u8; 10], &str); 6] = [
    ([0; 10], "en"),
    ([0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "es"),
    ([0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23], "fr"),
    ([0x0b, 0xad, 0xc0, 0xff, 0xee, 0x15, 0xde, 0xad, 0xbe, 0xef], "pt-BR"),
    ([0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa], "ko"),
    ([0x12, 0x48, 0x0f, 0x3c, 0x5a, 0x69, 0x96, 0xa5, 0xc3, 0xf0], "zh-Hans"),
];

fn genesis() -> Sha256Hash {
    Hex(Sha256::digest("knothole").into())
}

fn typed() -> Value {
    let first = ReceiptCode::from_bytes(CODES[3].0).unwrap().expose_words(WordList::English);
    let words: Vec<&str> = first.split(' ').collect();
    let with = |at: usize, word: &str| {
        let mut changed: Vec<&str> = words.clone();
        changed[at] = word;
        changed.join(" ")
    };
    let mut swapped = words.clone();
    swapped.swap(2, 5);
    let short: Vec<String> = words.iter().map(|word| word.chars().take(4).collect()).collect();
    let typed = [
        first.to_uppercase(),
        short.join("  "),
        format!("\n {} \t", first.as_str()),
        with(6, "abandon"),
        with(7, "zoo"),
        swapped.join(" "),
        with(4, "knothole"),
        words[..7].join(" "),
    ];
    let result = |text: String| {
        let answer = match ReceiptCode::from_words(&text, WordList::English) {
            Ok(code) => json!({"bits": Hex(*code.expose_bytes())}),
            Err(ReceiptError::Count(count)) => json!({"count": count}),
            Err(ReceiptError::Word(at)) => json!({"word": at}),
            Err(ReceiptError::Check) => json!({"check": false}),
        };
        json!({"typed": text, "answer": answer})
    };
    typed.map(result).into_iter().collect()
}

/// Keys stand beside the first two only: each costs 600,000 rounds.
fn receipts() -> Value {
    let vector = |(at, (bits, lang)): (usize, ([u8; 10], &str))| {
        let code = ReceiptCode::from_bytes(bits).unwrap();
        let list = WordList::for_language(lang);
        json!({
            "bits": Hex(bits),
            "lang": lang,
            "words": *code.expose_words(list),
            "english": *code.expose_words(WordList::English),
            "keys": (at < 2).then(|| keys(&code)),
        })
    };
    let codes: Vec<Value> = CODES.into_iter().enumerate().map(vector).collect();
    json!({"genesis": genesis(), "codes": codes, "typed": typed()})
}

fn keys(code: &ReceiptCode) -> Value {
    let receipt = code.derive(&genesis());
    json!({
        "mailbox": receipt.mailbox(),
        "token": Hex(*receipt.expose_token()),
        "token_hash": receipt.token_hash(),
        "reply_identity": *receipt.reply_identity().expose_text(),
        "reply_to": receipt.reply_identity().to_recipient().to_string(),
        "sign_seed": Hex(receipt.follow_up_key().to_bytes()),
        "follow_up_key": receipt.follow_up_public_key(),
    })
}

#[test]
fn receipt_codes_give_the_words_and_keys_of_the_vectors() {
    assert_eq!(receipts(), read("receipt.json"));
}

#[test]
fn the_words_of_the_vectors_read_back_to_their_bits() {
    for vector in read("receipt.json")["codes"].as_array().unwrap() {
        let text = |name: &str| vector[name].as_str().unwrap();
        for (words, list) in
            [(text("words"), WordList::for_language(text("lang"))), (text("english"), WordList::English)]
        {
            let code = ReceiptCode::from_words(words, list).unwrap();
            assert_eq!(Hex(*code.expose_bytes()).to_string(), text("bits"));
        }
    }
}

#[test]
#[ignore = "It writes the vectors anew, and is run by hand for a new format only."]
fn write_receipts() {
    write("receipt.json", &receipts());
}
