//! The file that admins hand around: first a draft that can be changed, then, from the first signature on, the fixed
//! documents with their signatures. And the documents that people write by hand.

pub use crate::crypto::keyring::Paper;
use crate::crypto::keyring::{Draft, PageHashes, SignedVersion, Words};
use crate::desk::files::{self, FileError};
use crate::wire::MAX_KEYRING_BODY;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

const MAX_BYTES: u64 = MAX_KEYRING_BODY as u64;

/// Why a paper is of no use.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is neither draft nor version.
    #[error("the file is not the draft of a keyring")]
    Malformed,
    /// It was signed, so that it cannot be changed.
    #[error("the draft was signed already and cannot be changed")]
    Signed,
    /// Not what the server's program prints.
    #[error("the file has no hashes of a page: `knothole page --manifest` prints them")]
    Pages,
    /// The words are not a words document.
    #[error("the words are not a words document: {0}")]
    Words(String),
    /// The rules are not a rules document.
    #[error("the rules are not a rules document: {0}")]
    Rules(String),
}

/// Why a document that people write by hand cannot be read.
pub(super) enum DocumentError {
    File(FileError),
    Malformed(String),
}

impl DocumentError {
    /// As an error of that kind of document.
    pub(super) fn or(self, malformed: impl FnOnce(String) -> PaperError) -> PaperError {
        match self {
            Self::File(error) => error.into(),
            Self::Malformed(why) => malformed(why),
        }
    }
}

impl Paper {
    /// Reads a file; none when there is no such file.
    pub fn read(path: &Path) -> Result<Option<Self>, PaperError> {
        match files::read(path, MAX_BYTES) {
            Err(FileError::Missing(_)) => Ok(None),
            read => serde_json::from_slice(&read?).map(Some).map_err(|_| PaperError::Malformed),
        }
    }

    /// Writes the file, in place of the one that is there.
    pub fn write(&self, path: &Path) -> Result<(), PaperError> {
        let mut text = serde_json::to_vec_pretty(self).expect("strings and numbers always serialize");
        text.push(b'\n');
        Ok(files::replace(path, &text)?)
    }

    /// The draft, as long as nobody has signed.
    pub fn into_draft(self) -> Result<Draft, PaperError> {
        match self {
            Self::Draft(draft) => Ok(*draft),
            Self::Version(_) => Err(PaperError::Signed),
        }
    }

    /// The documents, fixed now if they were not.
    pub fn into_version(self) -> SignedVersion {
        match self {
            Self::Draft(draft) => super::freeze(*draft),
            Self::Version(version) => version,
        }
    }
}

/// Reads a words document from a file: TOML where its name ends so, else JSON.
pub fn read_words(path: &Path) -> Result<Words, PaperError> {
    let words: Words = read_document(path).map_err(|error| error.or(PaperError::Words))?;
    words.check().map_err(|error| PaperError::Words(error.to_string()))?;
    Ok(words)
}

/// Reads a document that people write by hand: TOML where the file's name ends so, else JSON.
pub(super) fn read_document<T: DeserializeOwned>(path: &Path) -> Result<T, DocumentError> {
    let bytes = files::read(path, MAX_BYTES).map_err(DocumentError::File)?;
    let malformed = |error: &dyn std::fmt::Display| DocumentError::Malformed(error.to_string());
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    let json = if is_toml {
        let text = std::str::from_utf8(&bytes).map_err(|error| malformed(&error))?;
        let table: toml::Table = text.parse().map_err(|error| malformed(&error))?;
        to_json(toml::Value::Table(table))
    } else {
        serde_json::from_slice(&bytes).map_err(|error| malformed(&error))?
    };
    serde_json::from_value(json).map_err(|error| malformed(&error))
}

/// Reads the hashes of the page, as the server's program prints them.
pub fn read_pages(path: &Path) -> Result<BTreeMap<String, PageHashes>, PaperError> {
    let pages: BTreeMap<_, _> =
        serde_json::from_slice(&files::read(path, MAX_BYTES)?).map_err(|_| PaperError::Pages)?;
    if pages.is_empty() { Err(PaperError::Pages) } else { Ok(pages) }
}

/// TOML writes days without quotes; the documents have them as text. Numbers with fractions do not occur.
fn to_json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(to_json).collect(),
        toml::Value::Table(table) => {
            serde_json::Value::Object(table.into_iter().map(|(key, value)| (key, to_json(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::agency::AgencyNumber;

    const TOML: &str = r#"
        lang = "en"
        [agencies.2]
        name = "State police."
        line = "They can look into it and arrest people."
        [site]
        state = "Connecticut"
        hotline_phone = "1-888-373-7888"
        hotline_text = "233733"
        exit_url = "https://www.weather.gov/"
        urgent_time = "15 minutes"
        normal_time = "one day"
        [legal.before_you_start]
        text = "A draft."
        reviewed_by = "A. Lawyer"
        reviewed_on = 2026-11-20
        [review]
        translator = "T"
        back_translator = "B"
        on = 2026-11-21
    "#;

    #[test]
    fn words_written_by_hand_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("en.toml");
        std::fs::write(&path, TOML).unwrap();
        let words = read_words(&path).unwrap();
        assert_eq!(words.agencies[&AgencyNumber(2)].name, "State police.");
        assert_eq!(words.legal["before_you_start"].reviewed_on.to_string(), "2026-11-20");
        let json = dir.path().join("en.json");
        std::fs::write(&json, serde_json::to_vec(&words).unwrap()).unwrap();
        assert_eq!(read_words(&json).unwrap(), words);
    }

    #[test]
    fn a_word_that_no_document_has_is_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("en.toml");
        std::fs::write(&path, TOML.replace("hotline_text", "hotline_txt")).unwrap();
        let error = read_words(&path).unwrap_err().to_string();
        assert!(error.contains("hotline_txt"), "{error}");
    }

    #[test]
    fn words_that_no_page_may_show_are_refused_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("en.toml");
        std::fs::write(&path, TOML.replace("https://www.weather.gov/", "javascript:alert(1)")).unwrap();
        let error = read_words(&path).unwrap_err().to_string();
        assert!(error.contains("exit_url"), "{error}");
    }
}
