//! From template, words and keyring to a document: the form, or the page that says no message can be taken.

use super::document::Draft;
use super::languages::Language;
use super::later::later;
use super::marks;
use super::words::messages;
use crate::crypto::keyring::{Agency, LEGAL_NAMES, SiteWords, Version, Words};
use crate::crypto::page::{LATER_NAME, SCRIPT_PATH, data_block};
use crate::model::agency::{AgencyKind, AgencyNumber};
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::store::pause::Pause;
use crate::wire::headers::{Allowed, HTML};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value, context};
use serde::Serialize;
use sha2::{Digest, Sha256, Sha384};
use std::collections::BTreeMap;

const FORM: &str = include_str!("../../../web/dist/form.html");
const CLOSED: &str = include_str!("closed.html");
const SEALED: &str = include_str!("sealed.html");
/// What more than one of them holds, by the name under which they include it.
const PARTS: [(&str, &str); 3] = [
    ("languages", include_str!("languages.html")),
    ("other ways", include_str!("other_ways.html")),
    ("upload", include_str!("upload.html")),
];
const STYLE: &str = include_str!("../../../web/dist/form.css");
/// What the page and the sealed tip are called on a disk: nothing that tells what they are for.
const PAGE_FILE_NAME: &str = "form.html";
const TIP_FILE_NAME: &str = "form.tar";

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
    /// Whether one person alone reads there: nobody checks what they do.
    one_member: bool,
}

/// One line of the choice of languages.
#[derive(Serialize)]
struct Choice {
    tag: &'static str,
    name: &'static str,
    dir: &'static str,
    is_current: bool,
}

impl Choice {
    fn of(language: &Language, current: &Language) -> Self {
        let Language { tag, name, dir, .. } = *language;
        Self { tag, name, dir, is_current: tag == current.tag }
    }
}

/// What a page is made of, besides its template.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// The language it is in.
    pub language: &'static Language,
    /// Those that the site offers, this one among them.
    pub offered: &'a [&'static Language],
    /// The keyring, as far as there is one.
    pub version: Option<&'a Version>,
    /// The largest file that may follow a letter, in MB.
    pub files: Option<u32>,
}

impl<'a> Basis<'a> {
    fn words(&self) -> Option<&'a Words> {
        self.version?.words.get(self.language.tag)
    }

    /// What the site fills in. A page that only says whom to call takes that from whatever language has it.
    fn site(&self) -> Option<&'a SiteWords> {
        let any = || self.version.and_then(|version| version.words.values().next());
        self.words().or_else(any).map(|words| &words.site)
    }

    /// Blank where the site has none.
    fn legal_text(&self, name: &str) -> &'a str {
        self.words().and_then(|words| words.legal.get(name)).map_or("", |legal| legal.text.trim())
    }

    fn context(&self) -> Value {
        let legal: BTreeMap<_, _> = LEGAL_NAMES.iter().map(|known| (known.name, self.legal_text(known.name))).collect();
        let languages: Vec<_> = self.offered.iter().map(|one| Choice::of(one, self.language)).collect();
        context! {
            lang => self.language.tag,
            dir => self.language.dir,
            languages => Value::from(Serde(&languages)),
            legal => Value::from(Serde(&legal)),
            exit_url => self.site().map(|site| &site.exit_url),
            style => STYLE,
            page_file_name => PAGE_FILE_NAME,
            has_saved_page => false,
            draft => self.words().is_none_or(|words| !words.is_reviewed()),
        }
    }

    /// Agencies that the form can offer: open, with a key, and with a name in its language.
    fn agencies(&self) -> Vec<Offered<'a>> {
        let words = self.words();
        let named = |agency: &'a Agency| Some((agency, words?.agencies.get(&agency.number)?));
        let offered = self.version.into_iter().flat_map(Version::offered).filter_map(named);
        offered
            .map(|(agency, words)| Offered {
                number: agency.number,
                kind: agency.kind,
                name: &words.name,
                line: &words.line,
                one_member: agency.one_member,
            })
            .collect()
    }
}

/// The documents of a form that is open.
pub struct Form {
    /// What a visitor gets.
    pub page: Draft,
    /// The same for the disk.
    pub saved: Draft,
    /// The script that the page fetches once somebody goes past its first screen.
    pub later: Draft,
}

/// The form; none when it has no agency to offer in this language.
pub fn form(basis: Basis<'_>, genesis: &Sha256Hash, script: &str) -> Result<Option<Form>, RenderError> {
    let agencies = basis.agencies();
    let (Some(version), false) = (basis.version, agencies.is_empty()) else { return Ok(None) };
    let later = later(basis.language, basis.site(), version, basis.files);
    let on_disk = Allowed::on_disk(&sha256_of(script));
    let context = || {
        context! {
            agencies => Value::from(Serde(&agencies)),
            site => Value::from(Serde(basis.site())),
            keyring_json => data_block(basis.words(), version, genesis),
            script_path => SCRIPT_PATH,
            script_integrity => integrity(script),
            later_path => format!("/{}/{LATER_NAME}", basis.language.tag),
            later_integrity => integrity(later.text()),
            script => script,
            policy => on_disk.inside(&sha256_of(STYLE)),
            expires => one_line(version.public.expires),
            tip_file_name => TIP_FILE_NAME,
            is_saved => false,
            has_saved_page => true,
            ..basis.context()
        }
    };
    let page = document(FORM, basis, context(), &Allowed::online())?;
    // The other languages are on the site, which it cannot reach.
    let saved = context! { is_saved => true, languages => Vec::<&str>::new(), ..context() };
    let saved = document(FORM, basis, saved, &on_disk)?.saved_as(PAGE_FILE_NAME);
    Ok(Some(Form { page, saved, later }))
}

/// Why there is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// No keyring yet, no language or agency to offer, or a keyring that expired.
    NobodyToSealTo,
    /// Too much came in at once.
    ForNow,
    /// Those who run the site have closed it for a while.
    Paused(Pause),
}

impl Closed {
    /// Why it is closed to everyone.
    pub fn why(pause: Option<Pause>) -> Self {
        pause.map_or(Self::NobodyToSealTo, Self::Paused)
    }
}

/// The page without a form, which says whom to call.
pub fn closed(basis: Basis<'_>, why: Closed) -> Result<Draft, RenderError> {
    let (what, until) = match why {
        Closed::NobodyToSealTo => ("closed-what", None),
        Closed::ForNow => ("closed-busy", None),
        Closed::Paused(pause) => ("paused-what", pause.until.map(one_line)),
    };
    let is_paused = matches!(why, Closed::Paused(_));
    let context = context! { what => what, is_paused => is_paused, until => until, ..basis.context() };
    let posts = basis.version.is_some() && !is_paused;
    document(CLOSED, basis, context, &Allowed { posts, ..Allowed::default() })
}

/// A day that no line ends in.
fn one_line(day: Day) -> String {
    day.to_string().replace('-', "\u{2011}")
}

/// What a plain form hears after it sent a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedAnswer {
    /// It is stored.
    Sent,
    /// The very same may be taken later.
    Again,
    /// The form is closed for a while.
    Paused,
    /// It is no tip, or not a whole one.
    Wrong,
    /// It was sealed under a keyring that is not taken.
    Stale,
    /// It was made for another site.
    OtherSite,
    /// It will never be taken, for what came before it.
    Remake,
}

/// The page that answers a plain form.
pub fn sealed(answer: SealedAnswer, basis: Basis<'_>) -> Result<Draft, RenderError> {
    let posts = answer != SealedAnswer::Sent && basis.version.is_some();
    let context = context! {
        is_sent => answer == SealedAnswer::Sent,
        what => match answer {
            SealedAnswer::Sent => "sealed-file",
            SealedAnswer::Again => "sealed-again",
            SealedAnswer::Paused => "sealed-paused",
            SealedAnswer::Wrong => "sealed-wrong",
            SealedAnswer::Stale => "sealed-stale",
            SealedAnswer::OtherSite => "sealed-other-site",
            SealedAnswer::Remake => "sealed-remake",
        },
        ..basis.context()
    };
    document(SEALED, basis, context, &Allowed { posts, ..Allowed::default() })
}

fn integrity(script: &str) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(script)))
}

fn sha256_of(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn document(template: &str, basis: Basis<'_>, context: Value, allowed: &Allowed) -> Result<Draft, RenderError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, part) in PARTS {
        environment.add_template(name, part)?;
    }
    environment.add_filter("numbers", marks::numbers);
    environment.add_filter("strong", marks::strong);
    // Between two sentences. A full stop of Chinese is as wide as any sign, and brings its own.
    environment.add_global("gap", if basis.language.tag.starts_with("zh") { "" } else { " " });
    let words = messages(basis.language, basis.site());
    environment.add_function("t", move |id: &str| {
        words.get(id).cloned().ok_or_else(|| minijinja::Error::new(ErrorKind::UndefinedError, format!("no words {id}")))
    });
    let html = environment.render_str(template, context)?;
    Ok(Draft::new(html, HTML, Some(allowed.policy(&sha256_of(STYLE)))))
}

#[cfg(test)]
mod tests {
    use super::super::languages::LANGUAGES;
    use super::*;

    #[test]
    fn the_script_can_stand_inside_a_document() {
        let script = super::super::SCRIPT.to_lowercase();
        assert!(!script.contains("</script") && !script.contains("<!--"));
    }

    #[test]
    fn the_closed_page_needs_no_keyring_and_has_nothing_to_type_in() {
        let basis = Basis { language: &LANGUAGES[0], offered: &[], version: None, files: None };
        assert!(messages(basis.language, None).contains_key("closed-heading"));
        let paused = Closed::why(Some(Pause { until: None }));
        assert!([Closed::NobodyToSealTo, Closed::ForNow, paused].iter().all(|why| closed(basis, *why).is_ok()));
        assert!(!CLOSED.contains("<textarea") && !CLOSED.contains("<input"));
        assert!(PARTS.iter().all(|(_, part)| !part.contains("<textarea") && part.matches("<input").count() <= 1));
    }
}
