//! The later script: what every page fetches once the person goes past the first screen, for receipt codes. The same code for all, with
//! the texts and the list of words of one language.

use super::document::Draft;
use super::languages::Language;
use super::words::messages;
use crate::crypto::keyring::{SiteWords, Version};
use crate::crypto::words::{list_of, tag_of};
use crate::intake::mailbox_days;
use crate::wire::headers::JAVASCRIPT;
use serde::Serialize;
use std::collections::BTreeMap;

const SCRIPT: &str = include_str!("../../../web/dist/later.js");
/// Stands in the script where the rest goes.
const PLACE: &str = "(SAID));";
/// Before the name of every text that it shows.
const PREFIX: &str = "code-";

#[derive(Serialize)]
struct Said {
    texts: BTreeMap<String, String>,
    words: String,
    language: &'static str,
    days: u32,
    /// Left out where the site takes none.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<u32>,
}

/// The script in a language, at a site with these words and this keyring that takes files of so many MB.
pub fn later(language: &Language, site: Option<&SiteWords>, version: &Version, files: Option<u32>) -> Draft {
    let named = messages(language, site).into_iter();
    let list = list_of(language.tag);
    let said = Said {
        texts: named.filter_map(|(id, text)| Some((id.strip_prefix(PREFIX)?.to_owned(), text))).collect(),
        words: list.word_list().join(" "),
        language: tag_of(list),
        days: mailbox_days(Some(version)),
        files,
    };
    let said = serde_json::to_string(&said).expect("texts and numbers always serialize");
    Draft::new(SCRIPT.replace(PLACE, &format!("({said}));")), JAVASCRIPT, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_place_for_what_is_said() {
        assert_eq!(SCRIPT.matches(PLACE).count(), 1);
        assert!(SCRIPT.trim_end().ends_with(PLACE));
    }
}
