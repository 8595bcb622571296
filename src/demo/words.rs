//! What the demo's agencies are called and what its lawyers would sign, in every language that the program speaks. Nobody has
//! reviewed a word of it.

use super::site::KINDS;
use crate::crypto::keyring::{AgencyWords, LegalText, SiteWords, Words};
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Tag and document of each language.
const DOCUMENTS: [(&str, &str); 11] = [
    ("en", include_str!("words/en.toml")),
    ("es", include_str!("words/es.toml")),
    ("pt-BR", include_str!("words/pt-BR.toml")),
    ("zh-Hans", include_str!("words/zh-Hans.toml")),
    ("ht", include_str!("words/ht.toml")),
    ("tl", include_str!("words/tl.toml")),
    ("vi", include_str!("words/vi.toml")),
    ("ko", include_str!("words/ko.toml")),
    ("ru", include_str!("words/ru.toml")),
    ("ar", include_str!("words/ar.toml")),
    ("fr", include_str!("words/fr.toml")),
];

/// What differs from language to language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    state: String,
    urgent_time: String,
    normal_time: String,
    /// In the order of their numbers.
    agencies: [AgencyWords; KINDS.len()],
    /// By name.
    legal: BTreeMap<String, String>,
}

/// All languages, unreviewed.
pub(super) fn all(today: Day) -> impl Iterator<Item = Words> {
    DOCUMENTS.into_iter().map(move |(lang, text)| {
        let document: Document = toml::from_str(text).expect("a test reads every document that is built in");
        document.into_words(lang, today)
    })
}

impl Document {
    fn into_words(self, lang: &str, today: Day) -> Words {
        let unsigned = |text| LegalText { text, reviewed_by: String::new(), reviewed_on: today };
        Words {
            lang: lang.to_owned(),
            agencies: (0..).map(AgencyNumber).zip(self.agencies).collect(),
            site: SiteWords {
                state: self.state,
                hotline_phone: "1-888-373-7888".to_owned(),
                hotline_text: "233733".to_owned(),
                exit_url: "https://www.weather.gov/".to_owned(),
                urgent_time: self.urgent_time,
                normal_time: self.normal_time,
            },
            legal: self.legal.into_iter().map(|(name, text)| (name, unsigned(text))).collect(),
            review: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::keyring::{LEGAL_NAMES, Lack};
    use crate::http::page::LANGUAGES;

    #[test]
    fn the_demo_speaks_every_language_of_the_program_and_all_of_them_are_drafts() {
        let words: Vec<_> = all("2026-11-20".parse().unwrap()).collect();
        let tags: Vec<_> = words.iter().map(|words| words.lang.as_str()).collect();
        assert_eq!(tags, LANGUAGES.each_ref().map(|language| language.tag));
        for words in words {
            words.check().unwrap();
            assert!(
                words.legal.keys().all(|name| LEGAL_NAMES.iter().any(|known| known.name == name)),
                "{}",
                words.lang
            );
            let lacks = words.lacks();
            assert!(!lacks.iter().any(|lack| matches!(lack, Lack::Text(_))), "{}: {lacks:?}", words.lang);
            assert_eq!(lacks.len(), 1 + LEGAL_NAMES.len(), "{}", words.lang);
        }
    }
}
