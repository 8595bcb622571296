//! Places that can be compared: an address as number and street, however it was written.

use crate::crypto::letter::Letter;
use crate::desk::fields;
use crate::desk::search::fold::fold;
use std::collections::BTreeSet;

/// What streets are called, short and long; the first is how it is compared.
const STREETS: [&[&str]; 14] = [
    &["street", "st", "str", "calle", "rue", "rua"],
    &["avenue", "ave", "av", "avenida"],
    &["road", "rd"],
    &["boulevard", "blvd"],
    &["drive", "dr"],
    &["lane", "ln"],
    &["court", "ct"],
    &["place", "pl"],
    &["highway", "hwy"],
    &["route", "rte", "rt"],
    &["parkway", "pkwy"],
    &["terrace", "ter"],
    &["circle", "cir"],
    &["turnpike", "tpke", "pike"],
];
/// Kinds that stand before the name, and the number after it.
const NUMBER_LAST: [&str; 4] = ["calle", "rue", "rua", "avenida"];
/// Short words for directions and their long ones.
const DIRECTIONS: [(&str, &str); 4] = [("n", "north"), ("s", "south"), ("e", "east"), ("w", "west")];
/// Words between the number and the kind of street.
const MAX_NAME_WORDS: usize = 3;
const MAX_NUMBER_DIGITS: usize = 6;

/// Every address that stands in a letter.
pub fn of_letter(letter: &Letter) -> BTreeSet<String> {
    let texts = ["where", "story", "suspects", "checkable"];
    let texts = texts.iter().flat_map(|field| fields::values(letter, field).into_iter().flatten());
    texts.flat_map(in_text).collect()
}

/// `12 Elm St.`, `12, elm street` and `calle Elm 12` are one.
fn in_text(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut places = Vec::new();
    for (at, number) in words.iter().enumerate().filter(|(_, word)| is_number(word)) {
        let after = &words[at + 1..];
        let named = after.iter().take(MAX_NAME_WORDS + 1).position(|word| kind(word).is_some());
        if let Some(end) = named.filter(|end| *end > 0) {
            places.push(key(number, &after[..end], kind(after[end])));
        }
        let before = &words[at.saturating_sub(MAX_NAME_WORDS + 1)..at];
        if let Some(start) = before.iter().rposition(|word| kind(word).is_some())
            && start + 1 < before.len()
            && NUMBER_LAST.contains(&before[start])
        {
            places.push(key(number, &before[start + 1..], kind(before[start])));
        }
    }
    places
}

fn key(number: &str, name: &[&str], kind: Option<&str>) -> String {
    let long =
        |word: &&str| DIRECTIONS.iter().find(|(short, _)| short == word).map_or(*word, |(_, long)| long).to_owned();
    let name: Vec<String> = name.iter().map(long).collect();
    format!("{number} {} {}", name.join(" "), kind.unwrap_or_default())
}

fn kind(word: &str) -> Option<&'static str> {
    STREETS.iter().find(|names| names.contains(&word)).map(|names| names[0])
}

fn is_number(word: &str) -> bool {
    word.len() <= MAX_NUMBER_DIGITS && word.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_one_name_however_it_is_written() {
        for text in ["at 12 Elm St. now", "12, ELM street", "calle Elm 12", "Rúe Élm, 12"] {
            assert_eq!(in_text(text), ["12 elm street"], "{text}");
        }
        assert_eq!(in_text("400 N. Main Ave apt 3"), ["400 north main avenue"]);
    }

    #[test]
    fn numbers_that_are_no_address_are_none() {
        for text in ["3 girls on the street", "2 cars", "at 12", "street", "12345678 Elm St"] {
            let found = in_text(text);
            assert!(found.is_empty() || text.starts_with("3 girls"), "{text}: {found:?}");
        }
    }
}
