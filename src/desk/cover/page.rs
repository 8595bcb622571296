//! What the form's page says of the keyring: `docs/PROTOCOL.md` section 6. Without a profile nobody can check its
//! signatures; it is held to itself, and to the site's twelve words where the caller knows them.

use crate::crypto::keyring::{Agency, FORMAT, Public, Words, hash_of, words_of};
use crate::crypto::page::{BLOCK_START, split};
use crate::crypto::sign::canonical;
use crate::crypto::tar::MAX_AGENCIES;
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use serde::Deserialize;

const WORDS: usize = 12;

/// What tips made here need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The version of the keyring to seal under.
    pub version: u32,
    /// By agency number: what a tip for it is sealed to, where the form offers it.
    pub recipients: Vec<Option<String>>,
    /// Hash of the public document.
    pub hash: Sha256Hash,
    /// The twelve words of the site.
    pub site: String,
}

/// Why a page is not one to go by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// It carries no keyring: no form, or one that takes nothing now.
    #[error("the page takes no messages now, or is no form")]
    Closed,
    /// What it carries is not the data block of the protocol.
    #[error("the keyring on the page is malformed")]
    Malformed,
    /// It has a format of a later program.
    #[error("the keyring on the page has a format that this version does not know: update desk")]
    UnknownFormat,
    /// Its parts contradict each other.
    #[error("the keyring on the page contradicts itself")]
    Inconsistent,
    /// It ran out.
    #[error("the keyring on the page expired on {0}")]
    Expired(Day),
    /// It is another site's.
    #[error("the page belongs to another site, whose words are: {0}")]
    OtherSite(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataBlock {
    public: Public,
    #[serde(rename = "words")]
    _words: Option<Words>,
    hash: Sha256Hash,
    genesis: String,
    genesis_hash: Sha256Hash,
}

impl Page {
    /// Reads a page. `genesis` is the twelve words it must show.
    pub fn read(html: &str, genesis: Option<&str>, today: Day) -> Result<Self, PageError> {
        if !html.contains(BLOCK_START) {
            return Err(PageError::Closed);
        }
        let (_, json, _) = split(html).ok_or(PageError::Malformed)?;
        check_format(json)?;
        let block: DataBlock = serde_json::from_str(json).map_err(|_| PageError::Malformed)?;
        let DataBlock { public, hash, genesis: shown, genesis_hash, .. } = block;
        let is_numbered = (0..).zip(&public.agencies).all(|(number, agency)| agency.number.0 == number);
        let is_first = public.version == 0;
        let is_consistent = hash_of(&canonical(&public)) == hash
            && is_numbered
            && is_first == public.previous.is_none()
            && words_of(&genesis_hash) == shown
            && (!is_first || hash == genesis_hash);
        if !is_consistent || public.agencies.is_empty() || public.agencies.len() > MAX_AGENCIES {
            return Err(PageError::Inconsistent);
        }
        if genesis.is_some_and(|genesis| genesis != shown) {
            return Err(PageError::OtherSite(shown));
        }
        if today > public.expires {
            return Err(PageError::Expired(public.expires));
        }
        let offered = |agency: &Agency| agency.recipient.clone().filter(|_| agency.is_offered());
        let recipients = public.agencies.iter().map(offered).collect();
        Ok(Self { version: public.version, recipients, hash, site: shown })
    }
}

fn check_format(json: &str) -> Result<(), PageError> {
    #[derive(Deserialize)]
    struct Block {
        public: Format,
    }
    #[derive(Deserialize)]
    struct Format {
        format: u32,
    }
    let block: Block = serde_json::from_str(json).map_err(|_| PageError::Malformed)?;
    if block.public.format == FORMAT { Ok(()) } else { Err(PageError::UnknownFormat) }
}

/// The twelve words that a person typed, or those of the hash that they typed; none when it is neither.
pub fn typed_genesis(typed: &str) -> Option<String> {
    if let Ok(hash) = typed.trim().parse() {
        return Some(words_of(&hash));
    }
    let words = typed.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    is_words(&words).then_some(words)
}

fn is_words(text: &str) -> bool {
    let is_word = |word: &str| bip39::Language::English.find_word(word).is_some();
    text.split(' ').count() == WORDS && text.split(' ').all(is_word)
}

#[cfg(test)]
#[path = "page/tests.rs"]
mod tests;
