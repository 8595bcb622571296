//! The page that a source gets: one document for each language and one script, rendered once per keyring version and kept
//! in memory.
//!
//! Nothing of a visitor goes into it. When there is nobody to seal to, it is a page without a box to type in.

use super::problem::Problem;
use crate::crypto::keyring::{Version, Words};
use crate::intake::{Intake, UploadLimits};
use crate::model::hex::Sha256Hash;
use crate::store::pause::Pause;
use crate::wire::headers::JAVASCRIPT;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

mod document;
mod languages;
mod later;
mod manifest;
mod marks;
mod template;
mod words;

pub use document::Document;
use document::Draft;
pub use languages::{LANGUAGES, Language};
pub use manifest::{NoPage, manifest, webcat};
use template::{Basis, Closed};
pub use template::{RenderError, SealedAnswer};

const SCRIPT: &str = include_str!("../../web/dist/knothole.js");

static SCRIPT_DOCUMENT: LazyLock<Document> = LazyLock::new(|| script().pack_best());

/// What a server's own configuration adds to what it shows, beside keyring and program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Whether languages are shown that nobody has reviewed.
    pub shows_drafts: bool,
    /// The largest file that may follow a letter, in MB; none where it takes none.
    pub files: Option<u32>,
}

impl Default for Choices {
    /// Those of a server whose configuration says nothing of it.
    fn default() -> Self {
        Self { shows_drafts: false, files: UploadLimits::default().largest_file_megabytes() }
    }
}

/// What a page is made from; while this stays, the page stays.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    keyring: Option<Sha256Hash>,
    has_expired: bool,
    pause: Option<Pause>,
}

/// What is rendered anew when the keyring changes: the languages that the site shows, the default one first.
pub struct Rendered(Vec<Spoken>);

/// The documents of one language.
pub struct Spoken {
    language: &'static Language,
    /// What a visitor gets.
    pub page: Document,
    /// The same to keep on a disk; none while no message can be taken.
    pub saved: Option<Document>,
    /// What the page fetches later; none while no message can be taken.
    pub later: Option<Document>,
    /// For whoever must wait until they get one.
    pub busy: Document,
    sent: Document,
    again: Document,
    paused: Document,
    wrong: Document,
    stale: Document,
    other_site: Document,
    remake: Document,
}

/// The site's documents, ready to send.
pub struct Pages {
    script: &'static Document,
    choices: Choices,
    rendered: RwLock<Option<(State, Arc<Rendered>)>>,
    rendering: tokio::sync::Mutex<()>,
}

impl Pages {
    /// Renders what the keyring now gives.
    pub async fn open(intake: &Intake, choices: Choices) -> Result<Self, RenderError> {
        let script = blocking(|| &*SCRIPT_DOCUMENT).await?;
        let rendering = tokio::sync::Mutex::default();
        let pages = Self { script, choices, rendered: RwLock::default(), rendering };
        pages.render(intake, intake.known_keyring()).await?;
        Ok(pages)
    }

    /// The script.
    pub fn script(&self) -> &Document {
        self.script
    }

    /// The documents for today's keyring. Renders it when the keyring is another one than at the last visit, or expired
    /// since. While the store does not answer, the keyring known before it failed is good enough: its tips are taken.
    pub async fn current(&self, intake: &Intake) -> Result<Arc<Rendered>, Problem> {
        let version = match intake.newest_keyring().await {
            Ok(version) => version,
            Err(error) => {
                let _logged = Problem::from(error);
                intake.known_keyring()
            }
        };
        self.render(intake, version).await.map_err(|error| {
            tracing::error!(%error, "the page cannot be made");
            Problem::Unavailable
        })
    }

    /// What was rendered last, be it of yesterday: costs nothing, so that whoever is turned away may have it.
    pub fn last(&self) -> Option<Arc<Rendered>> {
        let rendered = self.rendered.read().unwrap_or_else(PoisonError::into_inner);
        rendered.as_ref().map(|(_, rendered)| Arc::clone(rendered))
    }

    async fn render(&self, intake: &Intake, version: Option<Arc<Version>>) -> Result<Arc<Rendered>, RenderError> {
        let state = state(intake, version.as_deref()).await;
        if let Some(rendered) = self.rendered_for(state) {
            return Ok(rendered);
        }
        let _one_at_a_time = self.rendering.lock().await;
        if let Some(rendered) = self.rendered_for(state) {
            return Ok(rendered);
        }
        let (genesis, choices) = (*intake.genesis(), self.choices);
        let rendered = blocking(move || render_all(version.as_deref(), state, choices, &genesis));
        let rendered = Arc::new(Rendered(rendered.await??));
        *self.rendered.write().unwrap_or_else(PoisonError::into_inner) = Some((state, Arc::clone(&rendered)));
        Ok(rendered)
    }

    fn rendered_for(&self, state: State) -> Option<Arc<Rendered>> {
        let rendered = self.rendered.read().unwrap_or_else(PoisonError::into_inner);
        rendered.as_ref().filter(|(of, _)| *of == state).map(|(_, rendered)| Arc::clone(rendered))
    }
}

impl Rendered {
    /// The documents of the language with this tag, or of the default one; none for a language that the site does not show.
    pub fn in_language(&self, tag: Option<&str>) -> Option<&Spoken> {
        self.0.iter().find(|spoken| tag.is_none_or(|tag| spoken.language.tag == tag))
    }
}

impl Spoken {
    /// The page that answers a plain form.
    pub fn sealed(&self, answer: SealedAnswer) -> &Document {
        match answer {
            SealedAnswer::Sent => &self.sent,
            SealedAnswer::Again => &self.again,
            SealedAnswer::Paused => &self.paused,
            SealedAnswer::Wrong => &self.wrong,
            SealedAnswer::Stale => &self.stale,
            SealedAnswer::OtherSite => &self.other_site,
            SealedAnswer::Remake => &self.remake,
        }
    }
}

/// The languages that a site shows: those that its keyring lists as reviewed, and with `shows_drafts` the others it lists.
/// None is a site that can only say whom to call.
pub fn shown(version: Option<&Version>, shows_drafts: bool) -> Vec<&'static Language> {
    let is_shown = |words: &Words| shows_drafts || words.is_reviewed();
    let words = |language: &Language| version?.words.get(language.tag);
    LANGUAGES.iter().filter(|language| words(language).is_some_and(is_shown)).collect()
}

/// Every language at once, each on a thread of its own: compressing takes most of the time.
fn render_all(
    version: Option<&Version>,
    state: State,
    choices: Choices,
    genesis: &Sha256Hash,
) -> Result<Vec<Spoken>, RenderError> {
    let offered = shown(version, choices.shows_drafts);
    let languages = if offered.is_empty() { vec![&LANGUAGES[0]] } else { offered.clone() };
    std::thread::scope(|scope| {
        let threads = languages.into_iter().map(|language| {
            let basis = Basis { language, offered: &offered, version, files: choices.files };
            scope.spawn(move || {
                let is_open = !state.has_expired && state.pause.is_none() && !basis.offered.is_empty();
                let form = if is_open { template::form(basis, genesis, SCRIPT)? } else { None };
                let (page, saved, later) = match form {
                    Some(form) => (form.page.pack(), Some(form.saved.pack()), Some(form.later.pack())),
                    None => (template::closed(basis, Closed::why(state.pause))?.pack(), None, None),
                };
                let sealed = |answer| template::sealed(answer, basis).map(|sealed| sealed.pack());
                Ok(Spoken {
                    language,
                    page,
                    saved,
                    later,
                    busy: template::closed(basis, Closed::ForNow)?.pack(),
                    sent: sealed(SealedAnswer::Sent)?,
                    again: sealed(SealedAnswer::Again)?,
                    paused: sealed(SealedAnswer::Paused)?,
                    wrong: sealed(SealedAnswer::Wrong)?,
                    stale: sealed(SealedAnswer::Stale)?,
                    other_site: sealed(SealedAnswer::OtherSite)?,
                    remake: sealed(SealedAnswer::Remake)?,
                })
            })
        });
        let threads: Vec<_> = threads.collect();
        threads.into_iter().map(|thread| thread.join().map_err(|_| RenderError::Interrupted)?).collect()
    })
}

fn script() -> Draft {
    Draft::new(SCRIPT, JAVASCRIPT, None)
}

async fn state(intake: &Intake, version: Option<&Version>) -> State {
    let today = intake.clock().today();
    let has_expired = version.is_none_or(|version| version.check_not_expired(today).is_err());
    // Where it cannot be looked at, no tip is taken either: a `PUT` says so.
    let pause = intake.pause().await.unwrap_or_default();
    State { keyring: version.map(|version| version.hash), has_expired, pause }
}

/// Runs what keeps a core busy for a while, such as compressing, off the threads that serve.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, RenderError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| RenderError::Interrupted)
}
