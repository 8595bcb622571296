//! The handling label that stands above everything that leaves: the TLP 2.0 word, and conditions in plain words.

use super::Audience;
use crate::crypto::letter::{ContactMode, Letter, Share, YesNo};
use crate::desk::wishes::Scope;

/// A word of the Traffic Light Protocol 2.0. The strictest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tlp {
    /// For whoever holds it, alone.
    Red,
    /// Inside their agency.
    AmberStrict,
    /// Inside their agency, and whom it works with on this.
    Amber,
}

impl Tlp {
    /// As the protocol writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Red => "TLP:RED",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Amber => "TLP:AMBER",
        }
    }

    /// The strictest of several tips; red where there is none.
    pub fn strictest(words: impl IntoIterator<Item = Self>) -> Self {
        words.into_iter().min().unwrap_or(Self::Red)
    }
}

/// What whoever holds the file may do with it. Holds words of the source.
/// `shown` is as much of the letter as the audience gets, `excluded_as` whom it names as those who must not see it.
pub fn handling(letter: &Letter, shown: &Letter, excluded_as: Option<&str>, audience: Audience) -> (Tlp, Vec<String>) {
    let answers = &letter.answers;
    let excluded = answers.exclude_text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let (word, sharing) = match (&answers.share, audience) {
        (Some(Share::All), _) => {
            (Tlp::Amber, "The source lets it be shared with people who can help, and with nobody else.")
        }
        (Some(Share::Facts), Audience::Other(Scope::Facts)) => {
            (Tlp::Amber, "These facts may be shared with people who can help. Nothing about the source may.")
        }
        (Some(Share::Facts), _) => {
            (Tlp::AmberStrict, "Inside your agency only. The facts may go further; not a word about the source.")
        }
        (Some(Share::Nothing), _) => {
            (Tlp::Red, "For you alone: the source wants to be asked before anything is passed on.")
        }
        (Some(Share::Other(_)) | None, _) => (Tlp::Red, "For you alone: the source did not say what may be passed on."),
    };
    let mut conditions = vec![sharing.to_owned()];
    if excluded.is_some() {
        conditions.push(excluded_as.map_or_else(
            || "Some people must not see it: ask whoever gave you this who they are.".to_owned(),
            |named| format!("Must not be seen by: {}", named.trim()),
        ));
    }
    conditions.push(contact(letter).to_owned());
    if shown.answers.minor == Some(YesNo::Yes) {
        conditions.push("Someone under 18 is concerned.".to_owned());
    }
    (if excluded.is_some() { word.min(Tlp::AmberStrict) } else { word }, conditions)
}

fn contact(letter: &Letter) -> &'static str {
    match letter.answers.contact.as_ref().map(|contact| &contact.mode) {
        Some(ContactMode::OtherWay) => "Contact the source only in the way they name. Do not call any other number.",
        Some(ContactMode::Code) => "Answer the source only through their secret code. Do not call any number.",
        _ => "Do not contact the source.",
    }
}
