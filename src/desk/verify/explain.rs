//! What is otherwise, once a hash has said that something is. By what this program knows of a form; nothing here decides.

use crate::crypto::keyring::{Public, Version};
use crate::crypto::page::{Headers, counted};
use crate::model::hex::Sha256Hash;
use crate::wire::headers::{Allowed, CLOSED_POLICY, FIXED, HTML, JAVASCRIPT, TEXT};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use sha2::{Digest, Sha256, Sha384};

const LONGEST_VALUE: usize = 80;
const SAVED: (&str, &str) = ("content-disposition", "attachment; filename=\"form.html\"");

/// As a policy names a script or a style.
pub fn source_hash(source: impl AsRef<[u8]>) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source)))
}

/// As a document names the hash of a script.
pub fn integrity_of(script: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(script)))
}

/// Headers that a script comes with.
pub fn of_script() -> Headers {
    headers_of(JAVASCRIPT, CLOSED_POLICY, None)
}

/// Headers that a line comes with.
pub fn of_line() -> Headers {
    headers_of(TEXT, CLOSED_POLICY, None)
}

/// Headers that a document with this style comes with.
pub fn of_document(body: &str, allowed: &Allowed, is_saved: bool) -> Headers {
    let style =
        body.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).map_or("", |(style, _)| style);
    headers_of(HTML, &allowed.policy(&source_hash(style)), is_saved.then_some(SAVED))
}

fn headers_of(kind: &str, policy: &str, more: Option<(&str, &str)>) -> Headers {
    counted([("content-type", kind), ("content-security-policy", policy)].into_iter().chain(FIXED).chain(more))
}

/// What is otherwise about headers; none when nothing is.
pub fn headers(got: &Headers, expected: &Headers) -> Option<String> {
    let other = got.iter().filter(|header| !expected.contains(header));
    let said = other.map(|(name, value)| format!("header {name} is {:?}", short(value)));
    let missing = expected.iter().filter(|(name, _)| got.iter().all(|(known, _)| known != name));
    let said: Vec<_> = said.chain(missing.map(|(name, _)| format!("header {name} is missing"))).collect();
    let is_twice = got.len() > expected.len() && said.is_empty();
    if is_twice {
        return Some("a header is there twice".to_owned());
    }
    (!said.is_empty()).then(|| said.join(", "))
}

/// What is otherwise about the keyring in a page, by what it says of itself.
pub fn keyring(block: &str, newest: &Version) -> String {
    #[derive(Deserialize)]
    struct Block {
        public: Public,
        hash: Sha256Hash,
    }
    let Ok(Block { public, hash }) = serde_json::from_str(block) else {
        return "the keyring in it makes no sense".to_owned();
    };
    let (found, known) = (public.version, newest.public.version);
    if found < known {
        return format!("it carries version {found} of the keyring, and version {known} is known: rolled back");
    }
    if found > known {
        return format!(
            "it carries version {found} of the keyring, and {known} is the newest that the staff door shows"
        );
    }
    if hash == newest.hash && public == newest.public {
        return format!("what stands around version {found} of the keyring in it is another");
    }
    format!("it carries another version {found} of the keyring than the one that was signed")
}

fn short(value: &str) -> String {
    let cut: String = value.chars().take(LONGEST_VALUE).collect();
    if cut.len() < value.len() { cut + "…" } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_is_other_missing_or_there_twice_is_named() {
        let named = |headers: &[(&str, &str)]| counted(headers.iter().copied());
        let expected = named(&[("a", "1"), ("b", "2")]);
        let explained = |got: &[(&str, &str)]| headers(&named(got), &expected).unwrap_or_default();
        assert_eq!(explained(&[("a", "1"), ("b", "2"), ("date", "now")]), "");
        assert_eq!(explained(&[("a", "1"), ("b", "3")]), r#"header b is "3""#);
        assert_eq!(explained(&[("a", "1")]), "header b is missing");
        assert_eq!(explained(&[("a", "1"), ("a", "1"), ("b", "2")]), "a header is there twice");
        assert_eq!(explained(&[("a", "1"), ("b", "2"), ("link", "<x>")]), r#"header link is "<x>""#);
    }
}
