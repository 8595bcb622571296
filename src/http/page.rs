//! The page that a source gets: one document and one script, rendered once per keyring version and kept in memory.
//!
//! Nothing of a visitor goes into it. When there is nobody to seal to, it is a page without a box to type in.

use super::problem::Problem;
use crate::crypto::keyring::Version;
use crate::intake::Intake;
use crate::model::hex::Sha256Hash;
use axum::http::header::HeaderValue;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

mod document;
mod template;
mod words;

pub use document::Document;
pub use template::{RenderError, SealedAnswer};

/// Where the script is.
pub const SCRIPT_PATH: &str = "/knothole.js";

const SCRIPT: &str = include_str!("../../web/dist/knothole.js");

static SCRIPT_DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    Document::new(SCRIPT.as_bytes(), kind, None)
});

/// What a page is made from; while this stays, the page stays.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Basis {
    keyring: Option<Sha256Hash>,
    is_open: bool,
}

/// What is rendered anew when the keyring changes.
pub struct Rendered {
    /// What a visitor gets.
    pub page: Document,
    sent: Document,
    again: Document,
    remake: Document,
}

/// The site's documents, ready to send.
pub struct Pages {
    script: &'static Document,
    rendered: RwLock<Option<(Basis, Arc<Rendered>)>>,
    rendering: tokio::sync::Mutex<()>,
}

impl Pages {
    /// Renders what the keyring now gives.
    pub async fn open(intake: &Intake) -> Result<Self, RenderError> {
        let script = blocking(|| &*SCRIPT_DOCUMENT).await?;
        let pages = Self { script, rendered: RwLock::default(), rendering: tokio::sync::Mutex::default() };
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

    async fn render(&self, intake: &Intake, version: Option<Arc<Version>>) -> Result<Arc<Rendered>, RenderError> {
        let basis = basis(intake, version.as_deref());
        if let Some(rendered) = self.rendered_for(basis) {
            return Ok(rendered);
        }
        let _one_at_a_time = self.rendering.lock().await;
        if let Some(rendered) = self.rendered_for(basis) {
            return Ok(rendered);
        }
        let genesis = *intake.genesis();
        let rendered = blocking(move || {
            let page = match &version {
                Some(version) if basis.is_open => template::form(version, &genesis, SCRIPT)?,
                version => template::closed(version.as_deref())?,
            };
            let sealed = |answer| template::sealed(answer, version.as_deref());
            let (sent, again) = (sealed(SealedAnswer::Sent)?, sealed(SealedAnswer::Again)?);
            Ok::<_, RenderError>(Rendered { page, sent, again, remake: sealed(SealedAnswer::Remake)? })
        })
        .await??;
        let rendered = Arc::new(rendered);
        *self.rendered.write().unwrap_or_else(PoisonError::into_inner) = Some((basis, Arc::clone(&rendered)));
        Ok(rendered)
    }

    fn rendered_for(&self, basis: Basis) -> Option<Arc<Rendered>> {
        let rendered = self.rendered.read().unwrap_or_else(PoisonError::into_inner);
        rendered.as_ref().filter(|(of, _)| *of == basis).map(|(_, rendered)| Arc::clone(rendered))
    }
}

impl Rendered {
    /// The page that answers a plain form.
    pub fn sealed(&self, answer: SealedAnswer) -> &Document {
        match answer {
            SealedAnswer::Sent => &self.sent,
            SealedAnswer::Again => &self.again,
            SealedAnswer::Remake => &self.remake,
        }
    }
}

fn basis(intake: &Intake, version: Option<&Version>) -> Basis {
    let today = intake.clock().today();
    let is_open = version
        .is_some_and(|version| version.check_not_expired(today).is_ok() && template::offered(version).next().is_some());
    Basis { keyring: version.map(|version| version.hash), is_open }
}

/// Runs what keeps a core busy for a while, such as compressing, off the threads that serve.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, RenderError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| RenderError::Interrupted)
}
