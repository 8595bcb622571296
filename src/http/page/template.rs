//! From template, words and keyring to a document: the form, or the page that says no message can be taken.

use super::SCRIPT_PATH;
use super::document::Document;
use super::words::{DIR, LANG, messages};
use crate::crypto::keyring::{Agency, AgencyWords, SiteWords, Version, words_of};
use crate::crypto::sign::canonical;
use crate::model::agency::{AgencyKind, AgencyNumber};
use crate::model::hex::Sha256Hash;
use axum::http::header::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value, context};
use serde::Serialize;
use sha2::{Digest, Sha256, Sha384};

const FORM: &str = include_str!("../../../web/dist/form.html");
const CLOSED: &str = include_str!("closed.html");
const SEALED: &str = include_str!("sealed.html");
const STYLE: &str = include_str!("../../../web/dist/form.css");
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Why a page cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template names a word or a value that is not there.
    #[error("a template of the page fails: {0}")]
    Template(#[from] minijinja::Error),
    /// The server is stopping.
    #[error("interrupted")]
    Interrupted,
}

/// One line of "Who may read this?".
#[derive(Serialize)]
struct Offered<'a> {
    number: AgencyNumber,
    kind: AgencyKind,
    name: &'a str,
    line: &'a str,
}

/// Agencies that the form can offer: open, with a key, and with a name in its language.
pub fn offered(version: &Version) -> impl Iterator<Item = (&Agency, &AgencyWords)> {
    let words = version.words.get(LANG);
    version.offered().filter_map(move |agency| Some((agency, words?.agencies.get(&agency.number)?)))
}

/// The form, for a version that offers at least one agency.
pub fn form(version: &Version, genesis: &Sha256Hash, script: &str) -> Result<Document, RenderError> {
    let words = version.words.get(LANG);
    let site = words.map(|words| &words.site);
    let agencies: Vec<_> = offered(version)
        .map(|(agency, words)| Offered {
            number: agency.number,
            kind: agency.kind,
            name: &words.name,
            line: &words.line,
        })
        .collect();
    let context = context! {
        lang => LANG,
        dir => DIR,
        agencies => Value::from(Serde(&agencies)),
        site => Value::from(Serde(site)),
        exit_url => site.map(|site| &site.exit_url),
        script_path => SCRIPT_PATH,
        script_integrity => format!("sha384-{}", STANDARD.encode(Sha384::digest(script))),
        style => STYLE,
        keyring_json => data_block(version, genesis),
        draft => words.is_none_or(|words| words.review.is_none()),
    };
    document(FORM, site, context, "script-src 'self'; connect-src 'self'; ")
}

/// The page for when there is nobody to seal to: no keyring yet, no agency that is open, or a keyring that expired.
pub fn closed(version: Option<&Version>) -> Result<Document, RenderError> {
    let site = version.and_then(|version| version.words.get(LANG)).map(|words| &words.site);
    let context = context! {
        lang => LANG,
        dir => DIR,
        exit_url => site.map(|site| &site.exit_url),
        style => STYLE,
    };
    document(CLOSED, site, context, "")
}

/// What a plain form hears after it sent a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedAnswer {
    /// It is stored.
    Sent,
    /// The very same may be taken later.
    Again,
    /// It will never be taken as it is.
    Remake,
}

/// The page that answers a plain form.
pub fn sealed(answer: SealedAnswer, version: Option<&Version>) -> Result<Document, RenderError> {
    let site = version.and_then(|version| version.words.get(LANG)).map(|words| &words.site);
    let context = context! {
        lang => LANG,
        dir => DIR,
        exit_url => site.map(|site| &site.exit_url),
        style => STYLE,
        is_sent => answer == SealedAnswer::Sent,
        what => match answer {
            SealedAnswer::Sent => "sealed-file",
            SealedAnswer::Again => "sealed-again",
            SealedAnswer::Remake => "sealed-remake",
        },
    };
    document(SEALED, site, context, "")
}

fn document(template: &str, site: Option<&SiteWords>, context: Value, allowed: &str) -> Result<Document, RenderError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let words = messages(site);
    environment.add_function("t", move |id: &str| {
        words.get(id).cloned().ok_or_else(|| minijinja::Error::new(ErrorKind::UndefinedError, format!("no words {id}")))
    });
    let html = environment.render_str(template, context)?;
    let policy = format!(
        "default-src 'none'; {allowed}style-src 'sha256-{}'; img-src data:; form-action 'none'; base-uri 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        STANDARD.encode(Sha256::digest(STYLE)),
    );
    let policy = HeaderValue::try_from(policy).expect("ASCII without control characters");
    Ok(Document::new(html.as_bytes(), HTML, Some(policy)))
}

/// The keyring as the page carries it (`docs/PROTOCOL.md` section 6), safe between script tags.
fn data_block(version: &Version, genesis: &Sha256Hash) -> String {
    let words = version.words.get(LANG).map_or_else(|| "null".to_owned(), canonical);
    let json = format!(
        r#"{{"public":{},"words":{words},"hash":"{}","genesis":"{}"}}"#,
        canonical(&version.public),
        version.hash,
        words_of(genesis),
    );
    escape_for_script(&json)
}

/// In JSON these characters stand only inside strings, where an escape means the same.
fn escape_for_script(json: &str) -> String {
    ['<', '>', '&', '\u{2028}', '\u{2029}']
        .into_iter()
        .fold(json.to_owned(), |text, c| text.replace(c, &format!("\\u{:04x}", u32::from(c))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_block_can_end_it() {
        let hostile = r#"{"name":"</script><!--&\u2028"}"#.replace("\\u2028", "\u{2028}");
        let safe = escape_for_script(&hostile);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']));
        let read = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(read(&safe), read(&hostile));
    }

    #[test]
    fn the_closed_page_needs_no_keyring_and_has_nothing_to_type_in() {
        let words = messages(None);
        assert!(words.contains_key("closed-heading"));
        assert!(closed(None).is_ok());
        assert!(!CLOSED.contains("<textarea") && !CLOSED.contains("<input"));
    }
}
