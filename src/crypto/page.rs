//! The page as admins sign it: what of an answer goes into the hash that the keyring has of it. `docs/PROTOCOL.md` section 6.
//!
//! The page carries the keyring, and the keyring the hash of the page. So the hash leaves out what stands in the data block,
//! which has a signature of its own; everything else counts, each header too.

use super::keyring::{Version, Words, words_of};
use super::sign::canonical;
use crate::model::hex::{Hex, Sha256Hash};
use sha2::{Digest, Sha256};

/// Where the script is.
pub const SCRIPT_PATH: &str = "/knothole.js";
/// What the later script of a language is called, below the address of its page.
pub const LATER_NAME: &str = "later.js";
/// What stands before the keyring in a document.
pub const BLOCK_START: &str = r#"<script type="application/json" id="keyring">"#;
/// What stands before the address of the later script.
const LATER_START: &str = r#"<template id="later"><script src=""#;
/// What stands after it.
pub const BLOCK_END: &str = "</script>";

/// Headers that say how an answer travels, or when, and nothing of what a browser does with it.
const OF_THE_WAY: [&str; 6] =
    ["connection", "content-encoding", "content-length", "date", "keep-alive", "transfer-encoding"];

/// Names and values of an answer's headers.
pub type Headers = Vec<(String, String)>;

/// Those of an answer's headers that count, names in lower case, in the order in which they are hashed.
pub fn counted<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Headers {
    let named = headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    let mut counted: Headers = named.filter(|(name, _)| !OF_THE_WAY.contains(&name.as_str())).collect();
    counted.sort();
    counted
}

/// What admins sign of one answer: SHA-256 of a line for each header that counts, an empty line, and the body as it is unpacked,
/// without what stands in its data block.
pub fn released_hash(counted: &Headers, body: &str) -> Sha256Hash {
    let mut hash = Sha256::new();
    for (name, value) in counted {
        for part in [name, ": ", value, "\n"] {
            hash.update(part);
        }
    }
    hash.update("\n");
    match split(body) {
        Some((before, _, after)) => {
            hash.update(before);
            hash.update(after);
        }
        None => hash.update(body),
    }
    Hex(hash.finalize().into())
}

/// A document around its one data block: up to and with the tag before it, what is in it, and from the tag after it on. None
/// where there is no block, or more than one.
pub fn split(document: &str) -> Option<(&str, &str, &str)> {
    let at = document.find(BLOCK_START)? + BLOCK_START.len();
    let (before, rest) = document.split_at(at);
    let (block, after) = rest.split_at(rest.find(BLOCK_END)?);
    (!after.contains(BLOCK_START)).then_some((before, block, after))
}

/// Where a document says that its later script is, and the hash (`sha384-` and base64) that it says of it; none when it has none.
pub fn later_of(document: &str) -> Option<(&str, &str)> {
    let (_, rest) = document.split_once(LATER_START)?;
    let (path, rest) = rest.split_once("\" integrity=\"")?;
    Some((path, rest.split_once('"')?.0))
}

/// The keyring as the page carries it, safe between script tags.
pub fn data_block(words: Option<&Words>, version: &Version, genesis: &Sha256Hash) -> String {
    let words = words.map_or_else(|| "null".to_owned(), canonical);
    let json = format!(
        r#"{{"public":{},"words":{words},"hash":"{}","genesis":"{}","genesis_hash":"{genesis}"}}"#,
        canonical(&version.public),
        version.hash,
        words_of(genesis),
    );
    escape_for_script(&json)
}

/// In JSON these characters stand only inside strings, where an escape means the same.
fn escape_for_script(json: &str) -> String {
    ['<', '>', '&', '\u{2028}', '\u{2029}']
        .into_iter()
        .fold(json.to_owned(), |text, c| text.replace(c, &format!("\\u{:04x}", u32::from(c))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_block_can_end_it() {
        let hostile = r#"{"name":"</script><!--&\u2028"}"#.replace("\\u2028", "\u{2028}");
        let safe = escape_for_script(&hostile);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']));
        let read = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(read(&safe), read(&hostile));
    }

    #[test]
    fn a_hash_has_every_header_that_counts_and_every_byte_outside_the_block() {
        let document = |block: &str, more: &str| format!("<p>a</p>{BLOCK_START}{block}{BLOCK_END}{more}");
        let hash = |headers: &[(&str, &str)], body: &str| released_hash(&counted(headers.iter().copied()), body);
        let usual = [("Content-Type", "text/html"), ("Date", "today"), ("X-A", "b")];
        let signed = hash(&usual, &document("{1}", "<p>b</p>"));
        assert_eq!(signed, hash(&[("x-a", "b"), ("content-type", "text/html")], &document("{2}", "<p>b</p>")));
        for other in [
            hash(&usual, &document("{1}", "<p>c</p>")),
            hash(&usual[..2], &document("{1}", "<p>b</p>")),
            hash(&[&usual[..], &[("set-cookie", "a=b")]].concat(), &document("{1}", "<p>b</p>")),
            hash(&usual, &document("{1}", &format!("<p>b</p>{BLOCK_START}evil{BLOCK_END}"))),
        ] {
            assert_ne!(signed, other);
        }
    }
}
