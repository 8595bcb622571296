//! `desk verify`: whether the form that a visitor gets is the one that the admins signed, to the last byte. Each look is a visit of
//! its own, on the wire as a source's, in an order that says nothing; over Tor, on a circuit of its own.

use super::chain::Proposed;
use super::cover::CoverError;
use super::cover::browser::Browser;
use super::cover::visit::{Answer, Visit};
use super::random;
use crate::crypto::keyring::{PageHashes, Version};
use crate::crypto::page::{LATER_NAME, SCRIPT_PATH, data_block, later_of, released_hash, split};
use crate::model::hex::{Hex, Sha256Hash};
use crate::wire::RECOVERY_PATH;
use crate::wire::headers::Allowed;
use http::StatusCode;
use serde::Serialize;

mod busy;
mod explain;
mod notice;
pub mod once;
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
    /// What could not be looked at.
    pub missed: Vec<Missed>,
}

impl Sight {
    fn differing(differences: Vec<Difference>) -> Self {
        Self { differences, ..Self::default() }
    }

    /// An answer, to be held to what was signed. None where none came, or only word to wait, which is kept as missed, and where what
    /// came cannot be read, which is a difference: it began, and a browser shows what it can.
    fn came<'a>(&mut self, at: &str, got: &'a Result<Answer, CoverError>) -> Option<(&'a Answer, &'a [u8])> {
        let missed = |is_to_wait, why| Missed { at: at.to_owned(), why, is_to_wait };
        let got = match got {
            Err(error) => {
                self.missed.push(missed(false, error.to_string()));
                return None;
            }
            Ok(got) if busy::is_honest(got) => {
                let why = format!("it says to wait (status {}), and nobody signed how it does", got.status.as_u16());
                self.missed.push(missed(true, why));
                return None;
            }
            Ok(got) => got,
        };
        match &got.body {
            Ok(body) => Some((got, body)),
            Err(flaw) => {
                self.differences.push(Difference::new(at, flaw.to_string()));
                None
            }
        }
    }
}

/// What could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Its path.
    pub at: String,
    /// Why not.
    pub why: String,
    /// Whether the site only said to wait.
    pub is_to_wait: bool,
}

impl std::fmt::Display for Missed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { at, why, .. } = self;
        write!(f, "{at}: could not be looked at: {why}")
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

/// That the admins have signed no page with this version.
pub fn no_page(version: &Version) -> String {
    format!("the admins have signed no page with version {} of the keyring", version.public.version)
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
    /// Makes one visit and gives what it brought, also where some of it did not come. An error is an address that is none.
    pub async fn look(&self, look: &Look) -> Result<Sight, CoverError> {
        let proxy = self.proxy.map(on_its_own);
        let visit = Visit::begin(self.form, proxy.as_deref(), Browser::drawn(self.form))?;
        let sight = match look {
            Look::Front => self.front(&visit).await,
            Look::Language(tag) => self.language(&visit, tag).await,
            Look::Hidden(tag) => hidden(&visit, tag).await,
            Look::Notice => {
                let (got, mut sight) = (visit.document(RECOVERY_PATH, false).await, Sight::default());
                match sight.came(RECOVERY_PATH, &got) {
                    Some((got, body)) => notice::compare(got, body, self),
                    None => sight,
                }
            }
        };
        let is_unsigned = self.version.public.pages.is_empty() && *look != Look::Notice;
        Ok(if is_unsigned { self.unsigned(look) } else { sight })
    }

    /// What a visit brings while there is nothing to hold it to. It is made all the same: who stays away says that they saw that.
    fn unsigned(&self, look: &Look) -> Sight {
        let at = match look {
            Look::Language(tag) | Look::Hidden(tag) => format!("/{tag}"),
            Look::Front | Look::Notice => "/".to_owned(),
        };
        let why = format!("{}, so that nobody can tell whether it is another", no_page(self.version));
        Sight { missed: vec![Missed { at, why, is_to_wait: false }], ..Sight::default() }
    }

    /// The first language of the server's own order: whichever it is, its page was signed.
    async fn front(&self, visit: &Visit) -> Sight {
        let page = visit.document("/", false).await;
        let script = visit.script().await;
        let (pages, mut sight) = (&self.version.public.pages, Sight::default());
        if let Some((page, body)) = sight.came("/", &page) {
            let compare = |(tag, signed): (&String, &PageHashes)| {
                self.page("/", (page, body), tag, signed.html, &Allowed::online())
            };
            let mut found: Vec<_> = pages.iter().map(compare).collect();
            found.sort_by_key(Vec::len);
            sight.differences.extend(found.into_iter().next().unwrap_or_default());
            later(visit, body, &mut sight).await;
        }
        if let (Some(script), Some(signed)) = (sight.came(SCRIPT_PATH, &script), pages.values().next()) {
            sight.differences.extend(script_of(script, signed));
        }
        sight
    }

    async fn language(&self, visit: &Visit, tag: &str) -> Sight {
        let mut sight = Sight::default();
        let Some(signed) = self.version.public.pages.get(tag) else { return sight };
        let (path, saved_path) = (format!("/{tag}"), format!("/{tag}/offline"));
        let page = visit.document(&path, false).await;
        let script = visit.script().await;
        if let Some((page, body)) = sight.came(&path, &page) {
            sight.differences.extend(self.page(&path, (page, body), tag, signed.html, &Allowed::online()));
            later(visit, body, &mut sight).await;
        }
        let saved = visit.document(&saved_path, true).await;
        let script = sight.came(SCRIPT_PATH, &script);
        sight.differences.extend(script.and_then(|script| script_of(script, signed)));
        if let Some(saved) = sight.came(&saved_path, &saved) {
            // The hash decides; what the policy should be is known only with the script.
            let source = script.map(|(_, body)| explain::source_hash(body)).unwrap_or_default();
            sight.differences.extend(self.page(&saved_path, saved, tag, signed.offline, &Allowed::on_disk(&source)));
        }
        sight
    }

    fn page(
        &self,
        at: &str,
        (got, body): (&Answer, &[u8]),
        tag: &str,
        signed: Sha256Hash,
        allowed: &Allowed,
    ) -> Vec<Difference> {
        if got.status != StatusCode::OK {
            return vec![Difference::new(at, status(got))];
        }
        let Ok(body) = std::str::from_utf8(body) else {
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

/// The address of a language that no page was signed in.
async fn hidden(visit: &Visit, tag: &str) -> Sight {
    let (path, mut sight) = (format!("/{tag}"), Sight::default());
    let got = visit.document(&path, false).await;
    let is_shown = sight.came(&path, &got).is_some_and(|(got, body)| !busy::is_absent(got, body));
    let shown = || Difference::new(&path, "something is shown there, and no page was signed in this language");
    sight.differences.extend(is_shown.then(shown));
    sight
}

/// What is otherwise about the later script. The document names its hash, and the admins signed the document.
async fn later(visit: &Visit, document: &[u8], sight: &mut Sight) {
    let document = String::from_utf8_lossy(document);
    let Some((path, integrity)) = later_of(&document) else { return };
    if !path.starts_with('/') || !path.ends_with(LATER_NAME) {
        sight.differences.push(Difference::new(path, "the later script of the page is somewhere else"));
        return;
    }
    let got = visit.later(path).await;
    let Some((got, body)) = sight.came(path, &got) else { return };
    if got.status != StatusCode::OK {
        sight.differences.push(Difference::new(path, status(got)));
        return;
    }
    let is_signed = explain::integrity_of(body) == integrity;
    let other = (!is_signed).then(|| "the script is another".to_owned());
    let explained = explain::headers(&got.headers, &explain::of_script()).or(other);
    sight.differences.extend(explained.map(|what| Difference::new(path, what)));
}

/// What is otherwise about the script.
fn script_of((got, body): (&Answer, &[u8]), signed: &PageHashes) -> Option<Difference> {
    if got.status != StatusCode::OK {
        return Some(Difference::new(SCRIPT_PATH, status(got)));
    }
    let body = String::from_utf8_lossy(body);
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
