//! A draft for the hashes of the page: `draft.json`. `deploy/check-page-hash` has two builds of the program print them.

use super::{path, write};
use crate::support::site::{following, version_1};
use knothole::crypto::keyring::{Draft, Paper, Words};
use knothole::http::page::{Choices, LANGUAGES, manifest};

/// A site that shows every language.
fn draft() -> Draft {
    let mut draft = following(&version_1());
    let english = draft.words["en"].clone();
    draft.words = LANGUAGES
        .iter()
        .map(|language| (language.tag.into(), Words { lang: language.tag.into(), ..english.clone() }))
        .collect();
    draft
}

#[test]
fn the_draft_of_the_vectors_has_a_page_in_every_language() {
    let paper: Paper = serde_json::from_slice(&std::fs::read(path("draft.json")).unwrap()).unwrap();
    assert_eq!(paper, Paper::Draft(Box::new(draft())));

    let pages = manifest(&paper.into_unsigned().read().unwrap(), Choices::default()).unwrap();

    let mut hashes: Vec<_> = pages.values().flat_map(|page| [page.html, page.offline]).collect();
    hashes.sort();
    hashes.dedup();
    assert_eq!((pages.len(), hashes.len()), (LANGUAGES.len(), 2 * LANGUAGES.len()));
}

#[test]
#[ignore = "It writes the vectors anew, and is run by hand for a new format only."]
fn write_the_draft() {
    write("draft.json", &Paper::Draft(Box::new(draft())));
}
