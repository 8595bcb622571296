//! `desk verify`: whether the form that a visitor gets is the one that the admins signed, to the last byte. Each look is a visit of
//! its own, on the wire as a source's, in an order that says nothing; over Tor, on a circuit of its own.

use super::chain::Proposed;
use super::cover::CoverError;
use super::cover::visit::{Answer, Visit};
use super::random;
use crate::crypto::keyring::{PageHashes, Version};
use crate::crypto::page::{LATER_NAME, SCRIPT_PATH, data_block, later_of, released_hash, split};
use crate::model::hex::{Hex, Sha256Hash};
use crate::wire::RECOVERY_PATH;
use crate::wire::headers::Allowed;
use http::StatusCode;
use serde::Serialize;

mod explain;
mod notice;
pub mod rounds;

/// Where to look, and what for.
#[derive(Clone, Copy)]
pub struct Errand<'a> {
    /// Address of the form.
    pub form: &'a str,
    /// The proxy to go through.
    pub proxy: Option<&'a str>,
    /// The newest version that is known.
    pub version: &'a Version,
    /// The site's.
    pub genesis: &'a Sha256Hash,
    /// What the staff door says that recovery admins propose; none where it was not asked.
    pub proposed: Option<&'a [Proposed]>,
    /// Whether it was asked so long ago that more may be proposed by now.
    pub is_watch: bool,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// As someone who types the address.
    Front,
    /// As someone who has picked a language.
    Language(String),
    /// At the address of a language that no page was signed in.
    Hidden(String),
    /// As someone who asks what recovery admins propose, which no page does.
    Notice,
}

/// What one visit brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// What is not what the admins signed.
    pub differences: Vec<Difference>,
    /// What recovery admins propose, a sentence each.
    pub proposed: Vec<String>,
}

impl Sight {
    fn differing(differences: Vec<Difference>) -> Self {
        Self { differences, ..Self::default() }
    }
}

/// What is not what the admins signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// The path of what was looked at.
    pub at: String,
    /// What is otherwise.
    pub what: String,
}

impl Difference {
    fn new(at: &str, what: impl Into<String>) -> Self {
        Self { at: at.to_owned(), what: what.into() }
    }
}

/// What is looked at in one round: in an order that says nothing, and last what a source never asks for.
pub fn round(version: &Version) -> Vec<Look> {
    let public = &version.public;
    let hidden = public.languages.keys().filter(|tag| !public.pages.contains_key(*tag));
    let shown = public.pages.keys().cloned().map(Look::Language);
    let mut looks: Vec<_> = shown.chain(hidden.cloned().map(Look::Hidden)).chain([Look::Front]).collect();
    random::shuffle(&mut looks);
    looks.push(Look::Notice);
    looks
}

impl Errand<'_> {
    /// Makes one visit and gives what it brought. An error is a visit that did not come off.
    pub async fn look(&self, look: &Look) -> Result<Sight, CoverError> {
        let proxy = self.proxy.map(on_its_own);
        let visit = Visit::begin(self.form, proxy.as_deref())?;
        let differences = match look {
            Look::Front => self.front(&visit).await?,
            Look::Language(tag) => self.language(&visit, tag).await?,
            Look::Hidden(tag) => {
                let path = format!("/{tag}");
                let is_shown = visit.document(&path, false).await?.status != StatusCode::NOT_FOUND;
                is_shown
                    .then(|| Difference::new(&path, "is shown, and no page was signed in this language"))
                    .into_iter()
                    .collect()
            }
            Look::Notice => {
                let got = visit.document(RECOVERY_PATH, false).await?;
                return Ok(notice::compare(&got, self));
            }
        };
        Ok(Sight::differing(differences))
    }

    /// The first language of the server's own order: whichever it is, its page was signed.
    async fn front(&self, visit: &Visit) -> Result<Vec<Difference>, CoverError> {
        let page = visit.document("/", false).await?;
        let script = visit.script().await?;
        let pages = &self.version.public.pages;
        let compare =
            |(tag, signed): (&String, &PageHashes)| self.page("/", &page, tag, signed.html, &Allowed::online());
        let mut found: Vec<_> = pages.iter().map(compare).collect();
        found.sort_by_key(Vec::len);
        let mut differences = found.into_iter().next().unwrap_or_default();
        differences.extend(pages.values().next().and_then(|signed| script_of(&script, signed)));
        differences.extend(later(visit, &page).await?);
        Ok(differences)
    }

    async fn language(&self, visit: &Visit, tag: &str) -> Result<Vec<Difference>, CoverError> {
        let Some(signed) = self.version.public.pages.get(tag) else { return Ok(Vec::new()) };
        let (path, saved_path) = (format!("/{tag}"), format!("/{tag}/offline"));
        let page = visit.document(&path, false).await?;
        let script = visit.script().await?;
        let of_later = later(visit, &page).await?;
        let saved = visit.document(&saved_path, true).await?;
        let mut differences = self.page(&path, &page, tag, signed.html, &Allowed::online());
        differences.extend(script_of(&script, signed));
        differences.extend(of_later);
        let allowed = Allowed::on_disk(&explain::source_hash(&script.body));
        differences.extend(self.page(&saved_path, &saved, tag, signed.offline, &allowed));
        Ok(differences)
    }

    fn page(&self, at: &str, got: &Answer, tag: &str, signed: Sha256Hash, allowed: &Allowed) -> Vec<Difference> {
        if got.status != StatusCode::OK {
            return vec![Difference::new(at, status(got))];
        }
        let Ok(body) = std::str::from_utf8(&got.body) else {
            return vec![Difference::new(at, "the document is no text")];
        };
        let Some((_, block, _)) = split(body) else {
            return vec![Difference::new(at, "there is no form: it takes no messages now, or it is none of ours")];
        };
        let mut differences = Vec::new();
        if block != data_block(self.version.words.get(tag), self.version, self.genesis) {
            differences.push(Difference::new(at, explain::keyring(block, self.version)));
        }
        if released_hash(&got.headers, body) != signed {
            let expected = explain::of_document(body, allowed, at.ends_with("/offline"));
            let headers = explain::headers(&got.headers, &expected);
            let is_document_signed = released_hash(&expected, body) == signed;
            differences.extend(headers.map(|what| Difference::new(at, what)));
            differences.extend((!is_document_signed).then(|| Difference::new(at, "the document is another")));
        }
        differences
    }
}

/// What is otherwise about the later script. The document names its hash, and the admins signed the document.
async fn later(visit: &Visit, page: &Answer) -> Result<Option<Difference>, CoverError> {
    let document = String::from_utf8_lossy(&page.body);
    let Some((path, integrity)) = later_of(&document) else { return Ok(None) };
    if !path.starts_with('/') || !path.ends_with(LATER_NAME) {
        return Ok(Some(Difference::new(path, "the later script of the page is somewhere else")));
    }
    let got = visit.later(path).await?;
    if got.status != StatusCode::OK {
        return Ok(Some(Difference::new(path, status(&got))));
    }
    let is_signed = explain::integrity_of(&got.body) == integrity;
    let other = (!is_signed).then(|| "the script is another".to_owned());
    let explained = explain::headers(&got.headers, &explain::of_script()).or(other);
    Ok(explained.map(|what| Difference::new(path, what)))
}

/// What is otherwise about the script.
fn script_of(got: &Answer, signed: &PageHashes) -> Option<Difference> {
    if got.status != StatusCode::OK {
        return Some(Difference::new(SCRIPT_PATH, status(got)));
    }
    let body = String::from_utf8_lossy(&got.body);
    let is_signed = released_hash(&got.headers, &body) == signed.script;
    let expected = explain::of_script();
    let explained = || explain::headers(&got.headers, &expected).unwrap_or_else(|| "the script is another".to_owned());
    (!is_signed).then(|| Difference::new(SCRIPT_PATH, explained()))
}

/// Tor keeps streams with different names at its proxy on different circuits. Where a name was given, that stays.
fn on_its_own(proxy: &str) -> String {
    match proxy.split_once("://") {
        Some((scheme, rest)) if !rest.contains('@') => format!("{scheme}://{}:x@{rest}", Hex(random::bytes::<16>())),
        _ => proxy.to_owned(),
    }
}

fn status(got: &Answer) -> String {
    format!("the answer is status {}", got.status.as_u16())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_visit_has_a_name_of_its_own_at_the_proxy_unless_one_was_given() {
        let [one, other] = [0; 2].map(|_| on_its_own("socks5h://127.0.0.1:9050"));
        assert!(one != other && one.starts_with("socks5h://") && one.ends_with(":x@127.0.0.1:9050"), "{one}");
        assert_eq!(on_its_own("socks5h://me:too@127.0.0.1:9050"), "socks5h://me:too@127.0.0.1:9050");
        assert_eq!(on_its_own("nonsense"), "nonsense");
    }
}
