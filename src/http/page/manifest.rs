//! What admins sign of the page: the hashes of its documents as this program makes them for a keyring. The same keyring, the
//! same choices and the same program give the same hashes on any machine.

use super::template::{self, Basis, Form, RenderError};
use super::{Choices, SCRIPT, script, shown};
use crate::crypto::keyring::{PageHashes, Version};
use crate::crypto::page::{LATER_NAME, SCRIPT_PATH};
use crate::model::hex::Sha256Hash;
use crate::wire::headers::CLOSED_POLICY;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What WEBCAT takes for every address that its manifest does not name: our 404, whose text is always this.
const NOWHERE: &str = "no such address\n";
const NOWHERE_PATH: &str = "/no-such-address";

/// Why there is no page to sign.
#[derive(Debug, thiserror::Error)]
pub enum NoPage {
    /// Sources would be shown the page that takes nothing.
    #[error("with this keyring the form is closed: no language is reviewed, or no agency has a key and a name in it")]
    Closed,
    /// The page cannot be made.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// A manifest of WEBCAT before it is signed, as its own tool takes it to sign (github.com/freedomofpress/webcat-cli).
#[derive(Debug, Serialize)]
pub struct Webcat {
    manifest: Manifest,
}

/// What is signed.
#[derive(Debug, Serialize)]
struct Manifest {
    name: String,
    version: String,
    default_csp: String,
    extra_csp: BTreeMap<String, String>,
    default_index: String,
    default_fallback: String,
    files: BTreeMap<String, String>,
    wasm: [String; 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<String>,
}

/// The hashes for each language that a site with this keyring shows, as a server with these choices does.
pub fn manifest(version: &Version, choices: Choices) -> Result<BTreeMap<String, PageHashes>, NoPage> {
    let script = script().released_hash();
    let hashes = forms(version, &version.hash, choices)?.into_iter().map(|(tag, form)| {
        let hashes = PageHashes { html: form.page.released_hash(), script, offline: form.saved.released_hash() };
        (tag.to_owned(), hashes)
    });
    Ok(hashes.collect())
}

/// What WEBCAT has to know of a site with this keyring, whose documents it knows to the last byte: so it is made after the keyring
/// was signed, and anew with each version. `tree_head` is the newest that witnesses have signed of the log in which the manifest will
/// stand: by it browsers tell how old it is, and refuse one of Sigsum that has none.
pub fn webcat(
    version: &Version,
    genesis: &Sha256Hash,
    choices: Choices,
    tree_head: Option<String>,
) -> Result<Webcat, NoPage> {
    let hash = |text: &str| URL_SAFE_NO_PAD.encode(Sha256::digest(text));
    let mut files: BTreeMap<_, _> =
        [(SCRIPT_PATH, SCRIPT), (NOWHERE_PATH, NOWHERE)].map(|(path, text)| (path.to_owned(), hash(text))).into();
    let mut policies = BTreeMap::from([(SCRIPT_PATH.to_owned(), CLOSED_POLICY.to_owned())]);
    let forms = forms(version, genesis, choices)?;
    let index = forms.first().map(|(tag, ..)| *tag).ok_or(NoPage::Closed)?;
    for (tag, Form { page, saved, later }) in &forms {
        let below = |name: &str| format!("/{tag}/{name}");
        for (path, draft) in [(format!("/{tag}"), page), (below("offline"), saved), (below(LATER_NAME), later)] {
            files.insert(path.clone(), hash(draft.text()));
            policies.insert(path, draft.policy().to_owned());
        }
    }
    let manifest = Manifest {
        name: "knothole".to_owned(),
        version: format!("{}.0.{}", env!("CARGO_PKG_VERSION_MAJOR"), version.public.version),
        default_csp: CLOSED_POLICY.to_owned(),
        extra_csp: policies,
        default_index: index.to_owned(),
        default_fallback: NOWHERE_PATH.to_owned(),
        files,
        wasm: [],
        timestamp: tree_head,
    };
    Ok(Webcat { manifest })
}

/// The form in each language that is shown, in the order in which they are offered.
fn forms(version: &Version, genesis: &Sha256Hash, choices: Choices) -> Result<Vec<(&'static str, Form)>, NoPage> {
    let offered = shown(Some(version), choices.shows_drafts);
    let mut forms = Vec::new();
    for &language in &offered {
        let basis = Basis { language, offered: &offered, version: Some(version), files: choices.files };
        if let Some(form) = template::form(basis, genesis, SCRIPT)? {
            forms.push((language.tag, form));
        }
    }
    if forms.is_empty() { Err(NoPage::Closed) } else { Ok(forms) }
}
