//! Text that strangers wrote, through every way in which `desk` prints: nothing of it may reach a terminal as anything but
//! letters. What is forbidden is written down here apart from the table in `desk::output`.

mod letters;
mod mistakes;
mod printed;
mod terminal;

use serde::Deserialize;
use std::sync::LazyLock;

/// What `desk` itself sends to a terminal that has colour.
const OUR_STYLES: [&str; 4] = ["\x1b[1m", "\x1b[1;31m", "\x1b[2m", "\x1b[0m"];

/// `tests/vectors/hostile.json`.
#[derive(Deserialize)]
pub struct Corpus {
    pub texts: Vec<Text>,
    pub unreadable: Vec<Unreadable>,
}

/// A text that may stand in any string.
#[derive(Deserialize)]
pub struct Text {
    pub name: String,
    pub text: String,
}

/// What between the quotes of a string makes a letter no JSON.
#[derive(Deserialize)]
pub struct Unreadable {
    pub name: String,
    pub letter_string: String,
}

pub static CORPUS: LazyLock<Corpus> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../vectors/hostile.json")).unwrap());

/// Every text in one, as far as it can be a word of a command line.
pub fn everything() -> String {
    let all: Vec<_> = CORPUS.texts.iter().map(|text| text.text.replace('\0', "")).collect();
    all.join(" ").chars().take(60_000).collect()
}

/// The first character that may not reach a terminal, in what was printed with our own styles or without.
pub fn forbidden(printed: &str) -> Option<char> {
    let plain = OUR_STYLES.iter().fold(printed.to_owned(), |text, style| text.replace(style, ""));
    plain.chars().find(|&c| is_forbidden(c) && c != '\n' && c != '\t')
}

/// Controls of both sets, bidirectional controls, and whatever takes no room and shows nothing. Emoji style selectors are
/// let through, and marks that stand on a letter.
fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    matches!(code,
        0..0x20 | 0x7f..0xa0 | 0xad | 0x34f | 0x600..0x606 | 0x61c | 0x6dd | 0x70f | 0x8e2 | 0x115f | 0x1160
        | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x3164
        | 0xe000..0xf900 | 0xfdd0..0xfdf0 | 0xfe00..=0xfe0d | 0xfeff | 0xffa0 | 0xfff9..=0xfffb | 0x1d173..=0x1d17a
        | 0x1bca0..=0x1bca3 | 0xe0000.. )
        || code & 0xfffe == 0xfffe
}

#[test]
fn the_corpus_is_large_and_each_of_its_texts_has_a_name_of_its_own() {
    let mut names: Vec<_> = CORPUS.texts.iter().map(|text| &text.name).collect();
    names.extend(CORPUS.unreadable.iter().map(|text| &text.name));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CORPUS.texts.len() + CORPUS.unreadable.len());
    assert!(CORPUS.texts.len() >= 50);
}
