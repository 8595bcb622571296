//! What a language still lacks before a site may show it: two people who know it for the translation, and a lawyer for
//! each text that the law of the place decides.

use super::words::Words;
use std::fmt;

/// A text of the form that a lawyer signs, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegalName {
    /// As `legal` of a words document has it.
    pub name: &'static str,
    /// What it says, for whoever has to write it.
    pub about: &'static str,
    /// Whether a lawyer may leave it out where it is not true.
    pub may_be_blank: bool,
}

/// Every text that a lawyer signs, in the order in which a source meets them.
pub const LEGAL_NAMES: [LegalName; 8] = [
    LegalName::always("minors", "who must report that a person under 18 is being hurt, and to whom it may go on"),
    LegalName::always("fast", "that the law may make the help line share what the fast lane sent"),
    LegalName::always("readers", "that a group which reads a message may have to share it"),
    LegalName::always("sent", "that sending binds nobody to talk to anyone"),
    LegalName::always("scared", "what can and cannot be promised to who is scared"),
    LegalName::where_true("charges", "who cannot be charged with selling sex"),
    LegalName::where_true("visa", "that there is a visa, and for whom"),
    LegalName::where_true("lawyer", "how to get a lawyer for free"),
];

/// One thing that a language lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nobody has checked the translation.
    Review,
    /// Whoever translated also translated back, or one of the two has no name.
    SecondPerson,
    /// A legal text is not there, or is blank where it must not be.
    Text(&'static str),
    /// No lawyer has put a name to it.
    Lawyer(String),
}

impl LegalName {
    const fn always(name: &'static str, about: &'static str) -> Self {
        Self { name, about, may_be_blank: false }
    }

    const fn where_true(name: &'static str, about: &'static str) -> Self {
        Self { name, about, may_be_blank: true }
    }
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Review => write!(f, "nobody has reviewed it"),
            Self::SecondPerson => write!(f, "translator and back_translator are not two people"),
            Self::Text(name) => write!(f, "legal text {name} is not written"),
            Self::Lawyer(name) => write!(f, "no lawyer has signed legal text {name:?}"),
        }
    }
}

impl Words {
    /// All that must be there before a site may show this language; nothing when it may.
    pub fn lacks(&self) -> Vec<Lack> {
        let mut lacks = Vec::new();
        match &self.review {
            None => lacks.push(Lack::Review),
            Some(review) => {
                let (one, other) = (review.translator.trim(), review.back_translator.trim());
                if one.is_empty() || other.is_empty() || one.to_lowercase() == other.to_lowercase() {
                    lacks.push(Lack::SecondPerson);
                }
            }
        }
        for known in LEGAL_NAMES {
            let is_written = |text: &str| known.may_be_blank || !text.trim().is_empty();
            if !self.legal.get(known.name).is_some_and(|legal| is_written(&legal.text)) {
                lacks.push(Lack::Text(known.name));
            }
        }
        let unsigned = self.legal.iter().filter(|(_, legal)| legal.reviewed_by.trim().is_empty());
        lacks.extend(unsigned.map(|(name, _)| Lack::Lawyer(name.clone())));
        lacks
    }

    /// Whether two people and a lawyer stand for every word that may differ from site to site.
    pub fn is_reviewed(&self) -> bool {
        self.lacks().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LegalText, Review, SiteWords};
    use super::*;
    use std::collections::BTreeMap;

    fn reviewed() -> Words {
        let text = String::from;
        let day = "2026-11-20".parse().unwrap();
        let legal = LegalText { text: text("As it is."), reviewed_by: text("A. Lawyer"), reviewed_on: day };
        let site = SiteWords {
            state: text("Connecticut"),
            hotline_phone: text("1"),
            hotline_text: text("2"),
            exit_url: text("https://www.weather.gov/"),
            urgent_time: text("one hour"),
            normal_time: text("two days"),
        };
        Words {
            lang: text("es"),
            agencies: BTreeMap::new(),
            site,
            legal: LEGAL_NAMES.iter().map(|known| (text(known.name), legal.clone())).collect(),
            review: Some(Review { translator: text("T"), back_translator: text("B"), on: day }),
        }
    }

    fn lacks(change: impl FnOnce(&mut Words)) -> Vec<Lack> {
        let mut words = reviewed();
        change(&mut words);
        words.lacks()
    }

    fn review(words: &mut Words, translator: &str, back_translator: &str) {
        let review = words.review.as_mut().unwrap();
        (review.translator, review.back_translator) = (translator.into(), back_translator.into());
    }

    #[test]
    fn a_language_that_two_people_and_a_lawyer_stand_for_lacks_nothing() {
        assert_eq!(lacks(|_| ()), []);
        assert_eq!(lacks(|words| words.legal.get_mut("charges").unwrap().text.clear()), []);
    }

    #[test]
    fn a_translation_that_nobody_or_only_one_person_checked_is_a_draft() {
        assert_eq!(lacks(|words| words.review = None), [Lack::Review]);
        for (translator, back) in [("T", "T"), ("Ana Paz", " ana paz "), ("", "B"), ("T", " ")] {
            assert_eq!(lacks(|words| review(words, translator, back)), [Lack::SecondPerson], "{translator}, {back}");
        }
    }

    #[test]
    fn every_text_that_the_law_decides_is_there_and_signed() {
        assert_eq!(lacks(|words| drop(words.legal.remove("visa"))), [Lack::Text("visa")]);
        assert_eq!(lacks(|words| words.legal.get_mut("minors").unwrap().text = " ".into()), [Lack::Text("minors")]);
        let unsigned = |words: &mut Words| words.legal.get_mut("sent").unwrap().reviewed_by.clear();
        assert_eq!(lacks(unsigned), [Lack::Lawyer("sent".into())]);
    }
}
