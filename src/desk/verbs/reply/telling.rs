//! What a reply should not say, because whoever finds the code or looks over a shoulder reads it, too: which agency, which
//! case, that it is about the police. In each language of the form, whichever the reply is in.

use crate::crypto::keyring::Version;
use crate::desk::cache::Known;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// By language, the words that name who writes, or that there is a case. At a `*` a longer word may go on.
const WORDS: &str = include_str!("../../../../locales/telling.json");
/// What stands before a name, and is left away in a sentence.
const ARTICLES: [&str; 13] =
    ["the ", "el ", "la ", "los ", "las ", "le ", "les ", "l ", "o ", "a ", "os ", "as ", "ang "];

/// What the form calls the agencies, in all languages that it has.
pub fn called(version: &Version) -> BTreeSet<String> {
    let names = version.words.values().flat_map(|words| words.agencies.values());
    names.map(|agency| bare(&agency.name)).filter(|name| !name.is_empty()).collect()
}

/// What stands in a text that names an agency or a case: a line for each.
pub fn found(text: &str, called: &BTreeSet<String>, known: &Known) -> Vec<String> {
    let spaced = spaced(text);
    let agencies = called.iter().filter(|name| spaced.contains(*name));
    let mut found: Vec<String> = agencies.map(|name| format!("this names an agency: {name:?}")).collect();
    let said: BTreeSet<String> = words().values().flatten().filter_map(|word| said(&spaced, word)).collect();
    found.extend(said.iter().map(|word| format!("this says {word:?}")));
    let upper = text.to_uppercase();
    let is_case = |id: &str| upper.contains(&format!("T-{}", &id[..4])) || upper.contains(&id[..8]);
    if known.opened_ids().any(|id| is_case(&id.to_string())) {
        found.push("this names a tip by its id".to_owned());
    }
    if !found.is_empty() {
        found.push("will it be safe if the wrong person reads it?".to_owned());
    }
    found
}

fn words() -> BTreeMap<String, Vec<String>> {
    serde_json::from_str(WORDS).expect("a file of this program, read by its tests")
}

/// The word as the text has it, if it has.
fn said(spaced: &str, word: &str) -> Option<String> {
    let core = word.trim_matches('*');
    let [before, after] = [word.starts_with('*'), word.ends_with('*')].map(|is_open| if is_open { "" } else { " " });
    let at = spaced.find(&format!("{before}{core}{after}"))? + before.len();
    let whole = spaced[at + core.len()..].find(' ').map_or(spaced.len(), |end| at + core.len() + end);
    // Where nothing parts words, what follows may be the rest of the sentence.
    Some(if before.is_empty() { core.to_owned() } else { spaced[at..whole].to_owned() })
}

/// A name as people say it in a sentence.
fn bare(name: &str) -> String {
    let name = spaced(name);
    let name = name.trim();
    ARTICLES.iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name).to_owned()
}

/// In small letters, without points or vowel signs, and with one space around each word.
fn spaced(text: &str) -> String {
    let letters = text.nfc().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut spaced = String::from(" ");
    for c in letters {
        if c.is_alphanumeric() {
            spaced.push(c);
        } else if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    if !spaced.ends_with(' ') {
        spaced.push(' ');
    }
    spaced
}

#[cfg(test)]
#[path = "telling/tests.rs"]
mod tests;
