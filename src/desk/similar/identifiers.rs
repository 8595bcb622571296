//! Phones, plates, e-mail addresses, user names and links in free text, each as it was written and as it is compared. Found
//! by their looks: some are missed, some are none.

use crate::crypto::letter::Letter;
use crate::desk::fields;
use crate::desk::search::fold::fold;

use regex::Regex;
use std::sync::LazyLock;

/// What kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A phone number.
    Phone,
    /// A number plate.
    Plate,
    /// An e-mail address.
    Email,
    /// A user name somewhere.
    Handle,
    /// A web address.
    Link,
}

/// One that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// What it is.
    pub kind: Kind,
    /// As it is compared.
    pub key: String,
    /// As it was written. Hostile text like any.
    pub written: String,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Phone, Self::Plate, Self::Email, Self::Handle, Self::Link];

    /// In a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Plate => "plate",
            Self::Email => "email",
            Self::Handle => "handle",
            Self::Link => "link",
        }
    }
}

/// Bytes of one text that are looked at: a stranger's letter may be as long as a book.
const MAX_BYTES: usize = 64 * 1024;
/// Digits by which two phone numbers are compared: without the code of the country.
const PHONE_DIGITS: usize = 10;

static EMAIL: LazyLock<Regex> = LazyLock::new(|| regex(r"[a-z0-9._%+\-]{1,64}@(?:[a-z0-9\-]{1,63}\.){1,4}[a-z]{2,24}"));
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:https?://|www\.)[a-z0-9\-._~:/?#@!$&'()*+,;=%]{3,200}|\b(?:[a-z0-9\-]{2,63}\.)+(?:com|net|org|io|me|app|xyz|ru|site|online)\b(?:/[a-z0-9\-._~/?=&%]{0,150})?",
    )
});
static PHONE: LazyLock<Regex> = LazyLock::new(|| regex(r"\+?\(?[0-9](?:[ ().\-/]{0,2}[0-9]){6,14}"));
static AT_HANDLE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:^|[^a-z0-9._%+\-])@([a-z0-9_][a-z0-9_.]{2,31})"));
static NAMED_HANDLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:snapchat|snap|instagram|insta|ig|tiktok|telegram|whatsapp|kik|facebook|fb|discord|onlyfans|twitter|cashapp|venmo|username|user name|screen name|handle|usuario)\b((?:\s+(?:is|name|user|username|handle|account|es|called))*\s*[:=]?\s*)([a-z0-9_][a-z0-9_.\-]{2,31})",
    )
});
static PLATE: LazyLock<Regex> = LazyLock::new(|| regex(r"\b[A-Z0-9]{1,4}[ \-.·]?[A-Z0-9]{2,5}\b"));
static NAMED_PLATE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:license plate|licence plate|number plate|plates?|licen[cs]e|tags?|registration|reg|placas?|patente|matricula|plaque|kennzeichen|nomer|plak)\b[^a-z0-9]{0,3}(?:(?:number|no|is|was|says|ct|es|numero)\b[^a-z0-9]{0,3}){0,2}([a-z0-9]{1,4}[ \-.·]?[a-z0-9]{2,5})\b",
    )
});

/// Words in capitals that stand before numbers and make no plate of them.
const NO_PLATE: [&str; 24] = [
    "ROOM", "RM", "APT", "UNIT", "EXIT", "RTE", "HWY", "LOT", "GATE", "BLDG", "STE", "DOOR", "MILE", "DAY", "AGE",
    "JAN", "FEB", "MAR", "APR", "JUN", "JUL", "OCT", "NOV", "DEC",
];
/// Where a link names a user.
const SITES: [&str; 8] = [
    "instagram.com/",
    "tiktok.com/",
    "facebook.com/",
    "twitter.com/",
    "x.com/",
    "onlyfans.com/",
    "t.me/",
    "snapchat.com/add/",
];

/// Everything that stands in a letter, sorted, each once.
pub fn of_letter(letter: &Letter) -> Vec<Identifier> {
    in_fields(letter, |_| true)
}

/// The same without what tells of the source and of those who must not see it: how to reach the source is nothing to give
/// away, or to type into another system.
pub fn of_facts(letter: &Letter) -> Vec<Identifier> {
    in_fields(letter, |field| !matches!(field, "contact" | "exclude_text"))
}

fn in_fields(letter: &Letter, is_meant: fn(&str) -> bool) -> Vec<Identifier> {
    let texts = fields::texts(letter).into_iter().filter(|(field, _)| is_meant(field));
    let mut found: Vec<_> = texts.flat_map(|(_, text)| in_text(text)).collect();
    found.sort();
    found.dedup_by(|one, other| (one.kind, &one.key) == (other.kind, &other.key));
    found
}

/// Everything that stands in a text. What is part of an e-mail address is no link, and so on.
pub fn in_text(text: &str) -> Vec<Identifier> {
    let end = (0..=text.len().min(MAX_BYTES)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let text = &text[..end];
    let mut found = Vec::new();
    let mut rest = fold(text);
    take(&mut rest, &EMAIL, |written| vec![new(Kind::Email, written)], &mut found);
    take(&mut rest, &LINK, link, &mut found);
    for captured in AT_HANDLE.captures_iter(&rest).chain(NAMED_HANDLE.captures_iter(&rest)) {
        let (before, name) = match (captured.get(1), captured.get(2)) {
            (Some(before), Some(name)) => (before.as_str(), name.as_str()),
            (Some(name), None) => ("@", name.as_str()),
            _ => continue,
        };
        if is_name(before, name) {
            found.push(new(Kind::Handle, name));
        }
    }
    for captured in NAMED_PLATE.captures_iter(&rest) {
        let written = &captured[1];
        let digits = written.chars().filter(char::is_ascii_digit).count();
        if (1..written.len()).contains(&digits) && written.len() >= 4 {
            found.push(new(Kind::Plate, written));
        }
    }
    take(&mut rest, &PHONE, phone, &mut found);
    if text.chars().any(char::is_lowercase) {
        found.extend(PLATE.find_iter(text).filter_map(|place| bare_plate(text, place.range())));
    }
    found.sort();
    found.dedup_by(|one, other| (one.kind, &one.key) == (other.kind, &other.key)); // the first is the one in capitals
    found
}

/// A number, name or address as it is compared. Of a pattern, `*` and `?` stay.
pub fn key(kind: Kind, written: &str) -> String {
    let folded = fold(written);
    let kept =
        |keep: fn(char) -> bool| folded.chars().filter(|c| keep(*c) || matches!(c, '*' | '?')).collect::<String>();
    match kind {
        Kind::Phone => {
            let digits = kept(|c| c.is_ascii_digit());
            let is_whole = !digits.contains(['*', '?']);
            let from = if is_whole { digits.len().saturating_sub(PHONE_DIGITS) } else { 0 };
            digits[from..].to_owned()
        }
        // Who reads a plate from afar takes one for the other.
        Kind::Plate => kept(|c| c.is_ascii_alphanumeric()).to_ascii_uppercase().replace('O', "0").replace('I', "1"),
        Kind::Email => match folded.split_once('@') {
            Some((name, domain @ ("gmail.com" | "googlemail.com"))) => {
                let name = name.split('+').next().unwrap_or_default().replace('.', "");
                format!("{name}@{}", domain.replace("googlemail", "gmail"))
            }
            _ => folded.trim().to_owned(),
        },
        Kind::Handle => folded.trim().trim_start_matches('@').trim_end_matches(['.', '-']).to_owned(),
        Kind::Link => {
            let bare = folded.trim().trim_start_matches("https://").trim_start_matches("http://");
            bare.trim_start_matches("www.").trim_end_matches(['/', '.', ',', ')', '!', '?', ';']).to_owned()
        }
    }
}

fn new(kind: Kind, written: &str) -> Identifier {
    Identifier { kind, key: key(kind, written), written: written.trim().to_owned() }
}

/// Takes what a pattern finds out of a text.
fn take(rest: &mut String, pattern: &Regex, read: fn(&str) -> Vec<Identifier>, found: &mut Vec<Identifier>) {
    let taken = pattern.replace_all(rest, |captured: &regex::Captures<'_>| {
        found.extend(read(&captured[0]));
        " "
    });
    *rest = taken.into_owned();
}

fn link(written: &str) -> Vec<Identifier> {
    let link = new(Kind::Link, written);
    let user = SITES.iter().find_map(|site| link.key.strip_prefix(site));
    let user = user.map(|path| path.split(['/', '?']).next().unwrap_or_default().to_owned());
    match user.filter(|user| user.len() > 2) {
        Some(user) => vec![new(Kind::Handle, &user)],
        None => vec![link],
    }
}

/// A date is none, nor are numbers of one digit in a row.
fn phone(written: &str) -> Vec<Identifier> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_date = matches!(lengths.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4]);
    let is_list = lengths.iter().all(|length| *length <= 2) && digits.len() < PHONE_DIGITS;
    if is_date || is_list { Vec::new() } else { vec![new(Kind::Phone, written)] }
}

/// Without a word that says so, a plate is capitals and digits together.
fn bare_plate(text: &str, place: std::ops::Range<usize>) -> Option<Identifier> {
    let written = &text[place.clone()];
    let is_joined = |c: char| c.is_alphanumeric() || matches!(c, '@' | '_' | '/' | '-');
    let beside = text[..place.start].chars().next_back().into_iter().chain(text[place.end..].chars().next());
    let letters = written.chars().filter(char::is_ascii_uppercase).count();
    let digits = written.chars().filter(char::is_ascii_digit).count();
    let first = written.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
    let fits = (1..=4).contains(&letters) && digits >= 2 && (5..=8).contains(&(letters + digits));
    (fits && !beside.into_iter().any(is_joined) && !NO_PLATE.contains(&first)).then(|| new(Kind::Plate, written))
}

/// Whether a word behind the name of a service is a user's name: it looks like one, or is said to be one.
fn is_name(before: &str, name: &str) -> bool {
    const WORDS: [&str; 12] =
        ["and", "the", "she", "her", "his", "they", "who", "with", "for", "but", "name", "account"];
    let is_said = before.contains([':', '=', '@']) || before.split_whitespace().any(|word| word != "is");
    let inner = name.trim_end_matches(['.', '-']);
    let has_mark = inner.contains(|c: char| c.is_ascii_digit() || c == '_' || c == '.');
    let is_number = inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    inner.len() > 2 && !is_number && !WORDS.contains(&inner) && (is_said || has_mark)
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is ours")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(text: &str) -> Vec<(Kind, String)> {
        in_text(text).into_iter().map(|found| (found.kind, found.key)).collect()
    }

    #[test]
    fn one_number_has_one_key_however_it_is_written() {
        for text in [
            "call (860) 555-0101 now",
            "+1 860 555 0101",
            "860.555.0101",
            "001-860-555-0101",
            "８６０ ５５５ ０１０１",
            "٨٦٠٥٥٥٠١٠١",
        ] {
            assert_eq!(keys(text), [(Kind::Phone, "8605550101".to_owned())], "{text}");
        }
    }

    #[test]
    fn a_plate_is_found_by_its_looks_or_by_the_word_before_it() {
        for text in [
            "a white van AB 12345",
            "plate ab12345",
            "AB-12345 it said",
            "la placa es AB12345",
            "License Plate: AB·12345",
            "a car (AB12345)",
        ] {
            assert_eq!(keys(text), [(Kind::Plate, "AB12345".to_owned())], "{text}");
        }
        assert_eq!(key(Kind::Plate, "ABO*"), "AB0*");
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for text in [
            "on 2026-11-24 at 18:30",
            "24/11/2026",
            "in ROOM 204 of it",
            "I am on instagram and she too",
            "1 2 3 4 5 6 7",
            "THREE GIRLS 12 AND 14 AT EXIT 27",
            "she is 16 and has 200 dollars",
            "on the I95",
        ] {
            assert_eq!(keys(text), [], "{text}");
        }
    }

    #[test]
    fn names_and_addresses_on_the_net_are_compared_without_their_dress() {
        for (text, kind, key) in [
            ("Write Jane.Doe+x@GMail.com!", Kind::Email, "janedoe@gmail.com"),
            ("her snap: Jenny_99.", Kind::Handle, "jenny_99"),
            ("@Jenny_99 wrote", Kind::Handle, "jenny_99"),
            ("https://www.instagram.com/Jenny_99/?hl=en", Kind::Handle, "jenny_99"),
            ("instagram name is bigmike", Kind::Handle, "bigmike"),
            ("see https://www.Example.com/ad/77, it is", Kind::Link, "example.com/ad/77"),
        ] {
            assert_eq!(keys(text), [(kind, key.to_owned())], "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_stops_it(text in "(?s).{0,200}") {
            for found in in_text(&text) {
                prop_assert!(!found.key.is_empty() || found.kind == Kind::Link);
            }
        }
    }
}
