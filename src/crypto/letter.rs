//! The letter: what the source answered, as JSON. `docs/PROTOCOL.md` section 4.1.
//!
//! Reading takes whatever a stranger sealed: every string in it is hostile text, and what is kept of it takes no more room
//! than the letter did.

mod fields;
mod link;
mod mailbox;
mod words;

pub use fields::{MAX_READERS, MAX_SIGN_CHARS, MAX_SIGNS};
pub use link::{Link, LinkKey, Linked, WrittenBy, follows, is_linked};
pub use mailbox::Mailbox;
pub use words::{About, Basis, ContactMode, Route, Share, Urgency, YesNo};

use super::pad;
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

const FORMAT: u32 = 1;

/// One opened letter. Its `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "fields::Fields")]
pub struct Letter {
    format: Format,
    /// The tip, as the letter says itself.
    pub id: TipId,
    /// When it was written by the source's clock, to the quarter hour: `YYYY-MM-DDTHH:MMZ` if the page wrote it.
    pub created: String,
    /// BCP 47 tag of the form.
    pub lang: String,
    /// Which way through the form.
    pub route: Route,
    /// The agencies the source picked; not more than the first [`MAX_READERS`].
    pub readers: Vec<AgencyNumber>,
    /// Everything that may be left unanswered.
    #[serde(flatten)]
    pub answers: Answers,
}

/// What the source answered; `None` and empty lists where nothing was. Its `Debug` shows no word of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answers {
    /// What is going on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// Whether someone is in danger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// Whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// Whether anyone is under 18.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minor: Option<YesNo>,
    /// The lines ticked on screen S5: of what came, the first [`MAX_SIGNS`], [`MAX_SIGN_CHARS`] characters of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<String>,
    /// Where it is.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When they are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Who is doing this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspects: Option<String>,
    /// One thing that could be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkable: Option<String>,
    /// Which group or person is part of the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_text: Option<String>,
    /// How the source knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// What may be passed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// Whether and how to write back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// What replies are sealed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Where replies are left; none also where what stands there is no mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<Mailbox>,
    /// What staff can ask, so that they know whom they speak with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_question: Option<String>,
    /// The key that signs follow-ups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up_key: Option<String>,
    /// The mark of a canary: [`Mark`](super::canary::Mark). No page writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canary: Option<String>,
    /// The follow-up link; none also where what stands there is no link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

/// A safe way to reach the source. Its `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Whether, and by which way.
    pub mode: ContactMode,
    /// A safe way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Safe days and times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Which name to ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_for: Option<String>,
    /// Whether a message may be left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_ok: Option<YesNo>,
    /// What to say if someone else picks up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_story: Option<String>,
}

/// Why opened bytes are not a letter that this version reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// The length is not that of a bucket.
    #[error("the letter is not padded to a bucket")]
    Length,
    /// Not one JSON object with the fields of a letter.
    #[error("the letter is not the JSON of a letter")]
    Json,
    /// Written in another format: a newer `desk` is needed.
    #[error("the letter has a format that this version does not know")]
    Format,
}

/// The one format this version writes and reads.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct Format;

impl From<Format> for u32 {
    fn from(_: Format) -> Self {
        FORMAT
    }
}

impl TryFrom<u32> for Format {
    type Error = LetterError;

    fn try_from(format: u32) -> Result<Self, LetterError> {
        (format == FORMAT).then_some(Self).ok_or(LetterError::Format)
    }
}

#[derive(Deserialize)]
struct Versioned {
    format: u32,
}

impl Letter {
    /// A letter of this version's format. `readers` come out ascending, as the page writes them.
    pub fn new(id: TipId, created: String, lang: String, route: Route, mut readers: Vec<AgencyNumber>) -> Self {
        readers.sort_unstable();
        Self { format: Format, id, created, lang, route, readers, answers: Answers::default() }
    }

    /// The plaintext of the letter: JSON and spaces.
    pub fn to_padded_json(&self) -> Result<Zeroizing<Vec<u8>>, pad::TooLong> {
        let json = serde_json::to_vec(self).expect("strings, numbers and lists always serialize");
        pad::to_bucket(json).map(Zeroizing::new)
    }

    /// Reads the plaintext of a letter, whoever wrote it. Fields and words it does not know never make it fail.
    pub fn from_padded_json(padded: &[u8]) -> Result<Self, LetterError> {
        let json = pad::without_padding(padded).ok_or(LetterError::Length)?;
        let Versioned { format } = serde_json::from_slice(json).map_err(|_| LetterError::Json)?;
        Format::try_from(format)?;
        serde_json::from_slice(json).map_err(|_| LetterError::Json)
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers").finish_non_exhaustive()
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact").finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "letter/tests.rs"]
mod tests;
