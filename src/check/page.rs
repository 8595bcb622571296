//! Whether the page that this program shows is the one that the admins signed with the newest keyring.

use super::Finding;
use crate::crypto::keyring::Version;
use crate::http::page::{Choices, NoPage, manifest};

const NAME: &str = "page";

/// Of the page; none while the form is closed.
pub fn finding(version: &Version, choices: Choices) -> Option<Finding> {
    let number = version.public.version;
    let signed = &version.public.pages;
    let shown = match manifest(version, choices) {
        Ok(shown) => shown,
        Err(NoPage::Closed) => return None,
        Err(error) => {
            return Some(Finding::fail(NAME, format!("it cannot be made: {error}"), "is this program whole?"));
        }
    };
    if signed.is_empty() {
        let text = format!("the admins signed none with version {number}: nobody can tell when another one is shown");
        let hint = "they sign one with the next version: knothole page --manifest, desk admin pages";
        return Some(Finding::warn(NAME, text, hint));
    }
    let other = shown.iter().filter(|(tag, hashes)| signed.get(*tag) != Some(hashes)).map(|(tag, _)| tag);
    let gone = signed.keys().filter(|tag| !shown.contains_key(*tag));
    let other: Vec<_> = other.chain(gone).map(String::as_str).collect();
    if other.is_empty() {
        return Some(Finding::ok(
            NAME,
            format!("what this program shows is what the admins signed with version {number}"),
        ));
    }
    let text = format!("this program shows another than the one signed with version {number}: {}", other.join(", "));
    let hint = "start the program whose page was signed, or have this one's signed: knothole page --manifest, desk admin pages";
    Some(Finding::fail(NAME, text, hint))
}
