//! Which languages sources are shown, and why the others are not: what nobody has reviewed may get somebody hurt.

use super::Finding;
use crate::crypto::keyring::{AgencyStatus, Version, Words};
use crate::http::page::{LANGUAGES, shown};

const NAME: &str = "languages";

/// Of the languages in the keyring.
pub fn finding(version: &Version, shows_drafts: bool) -> Finding {
    let shown: Vec<_> = shown(Some(version), shows_drafts).iter().map(|language| language.tag).collect();
    let shown = if shown.is_empty() { "none".to_owned() } else { shown.join(", ") };
    let lacking: Vec<_> = version.words.values().filter_map(|words| lacking(words, version)).collect();
    let text = if lacking.is_empty() { shown.clone() } else { format!("{shown}; {}", lacking.join("; ")) };
    let is_draft = |words: &&Words| !words.is_reviewed();
    let drafts: Vec<_> = version.words.values().filter(is_draft).map(|words| words.lang.as_str()).collect();
    if shows_drafts && !drafts.is_empty() {
        let hint = "never on a true site: take drafts = true out of the configuration, and start the server again";
        return Finding::fail(NAME, format!("SOURCES ARE SHOWN DRAFTS that nobody has reviewed: {text}"), hint);
    }
    let hint = "get them reviewed, then desk admin words; docs/LEGAL.md says what by whom";
    match (shown.as_str(), lacking.is_empty()) {
        ("none", _) => Finding::warn(NAME, format!("{text}; the form is closed"), hint),
        (_, true) => Finding::ok(NAME, text),
        (_, false) => Finding::warn(NAME, text, hint),
    }
}

/// What one language lacks, in a few words; none when it lacks nothing.
fn lacking(words: &Words, version: &Version) -> Option<String> {
    let lang = &words.lang;
    if LANGUAGES.iter().all(|language| language.tag != *lang) {
        return Some(format!("{lang}: this version does not speak it"));
    }
    let lacks = words.lacks();
    if !lacks.is_empty() {
        let lacks: Vec<_> = lacks.iter().map(ToString::to_string).collect();
        return Some(format!("{lang} is a draft: {}", lacks.join(", ")));
    }
    let is_unnamed = |number| !words.agencies.contains_key(&number);
    let agencies = version.public.agencies.iter().filter(|agency| agency.status == AgencyStatus::Open);
    let unnamed: Vec<_> = agencies.filter(|agency| is_unnamed(agency.number)).map(|agency| agency.number).collect();
    let numbers: Vec<_> = unnamed.iter().map(ToString::to_string).collect();
    (!numbers.is_empty())
        .then(|| format!("{lang} does not name agency {}, so it is not offered there", numbers.join(", ")))
}
