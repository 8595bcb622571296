//! The public door: the page, its script, its twin for the disk, and the addresses that take a tip. `docs/PROTOCOL.md` section 5.

use super::limits::{DoorLimits, Guest, read_body};
use super::page::{Document, LANGUAGES, Pages};
use super::problem::{BYTES, Problem};
use super::sealed::post_sealed;
use super::webcat;
use crate::crypto::page::{LATER_NAME, SCRIPT_PATH};
use crate::crypto::tar::MAX_TIP_LEN;
use crate::intake::{Intake, Kept};
use crate::model::tip::TipId;
use crate::wire::{MAILBOX_REQUEST_LEN, MailboxRequest, RECOVERY_PATH, RecoveryNotice};
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router};
use std::sync::Arc;

/// What handlers of this door work with.
#[derive(Clone)]
pub struct Door {
    /// The rules.
    pub intake: Arc<Intake>,
    /// The documents.
    pub pages: Arc<Pages>,
    /// How much a body may be, and how slow.
    pub limits: DoorLimits,
    /// Where the files for WEBCAT lie, if anywhere.
    pub webcat_dir: Arc<std::path::Path>,
}

/// All of the door.
pub fn router(intake: &Arc<Intake>, pages: Arc<Pages>, limits: DoorLimits, data_dir: &std::path::Path) -> Router {
    let webcat_dir = data_dir.join(webcat::DIR_NAME).into();
    let pages_of_languages = LANGUAGES.iter().fold(Router::new(), |router, language| {
        let tag = language.tag;
        let show = move |State(door), headers| page(door, Some(tag), headers);
        let save = move |State(door), headers| saved_page(door, tag, headers);
        let follow = move |State(door), headers| later(door, tag, headers);
        let take = move |state, guest, headers, body| post_sealed(state, guest, Some(tag), headers, body);
        let router = router.route(&format!("/{tag}"), get(show));
        let router = router.route(&format!("/{tag}/{LATER_NAME}"), get(follow));
        router.route(&format!("/{tag}/offline"), get(save)).route(&format!("/{tag}/sealed"), post(take))
    });
    pages_of_languages
        .route("/", get(|State(door), headers| page(door, None, headers)))
        .route(SCRIPT_PATH, get(script))
        .route(webcat::PATH, get(webcat::file))
        .route(RECOVERY_PATH, get(recovery))
        .route("/tips/{id}", put(put_tip))
        .route("/sealed", post(|state, guest, headers, body| post_sealed(state, guest, None, headers, body)))
        .fallback(async || Problem::NotFound)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .with_state(Door { intake: Arc::clone(intake), pages, limits, webcat_dir })
}

/// Where replies are read. Stands apart, since it has limits of its own: who guesses at mailboxes takes nothing from those who
/// send a tip.
pub fn mailbox_router(intake: &Arc<Intake>, limits: DoorLimits) -> Router {
    let take = post(mailbox).fallback(async || Problem::MethodNotAllowed);
    Router::new().route("/mailbox", take).with_state((Arc::clone(intake), limits))
}

/// What is no request gets the answer that a mailbox gives where nothing is.
async fn mailbox(
    State((intake, limits)): State<(Arc<Intake>, DoorLimits)>,
    Extension(guest): Extension<Guest>,
    mut body: Body,
) -> Result<Response, Problem> {
    let asked = match read_body(&mut body, MAILBOX_REQUEST_LEN, &limits, &guest).await {
        Ok(body) => MailboxRequest::from_body(&body),
        Err(problem @ Problem::TooMany { .. }) => return Err(problem),
        Err(_) => None,
    };
    let answer = intake.mailbox(asked.as_ref()).await?;
    Ok(([(CONTENT_TYPE, BYTES)], answer).into_response())
}

async fn page(door: Door, tag: Option<&str>, headers: HeaderMap) -> Result<Response, Problem> {
    let rendered = door.pages.current(&door.intake).await?;
    let spoken = rendered.in_language(tag).ok_or(Problem::NotFound)?;
    Ok(spoken.page.answer(headers.get(ACCEPT_ENCODING)))
}

async fn saved_page(door: Door, tag: &str, headers: HeaderMap) -> Result<Response, Problem> {
    let rendered = door.pages.current(&door.intake).await?;
    let saved = rendered.in_language(Some(tag)).and_then(|spoken| spoken.saved.as_ref()).ok_or(Problem::NotFound)?;
    Ok(saved.answer(headers.get(ACCEPT_ENCODING)))
}

async fn later(door: Door, tag: &str, headers: HeaderMap) -> Result<Response, Problem> {
    let rendered = door.pages.current(&door.intake).await?;
    let later = rendered.in_language(Some(tag)).and_then(|spoken| spoken.later.as_ref()).ok_or(Problem::NotFound)?;
    Ok(later.answer(headers.get(ACCEPT_ENCODING)))
}

async fn script(State(door): State<Door>, headers: HeaderMap) -> Response {
    Document::answer(door.pages.script(), headers.get(ACCEPT_ENCODING))
}

/// For whoever watches the site from outside. No page fetches it: a person who writes has no use for it.
async fn recovery(State(door): State<Door>) -> Result<Json<RecoveryNotice>, Problem> {
    Ok(Json(door.intake.recovery_notice().await?))
}

async fn put_tip(
    State(door): State<Door>,
    Extension(guest): Extension<Guest>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    mut body: Body,
) -> Result<Kept, Problem> {
    let Path(id) = id.map_err(|_| Problem::Malformed)?;
    let id: TipId = id.parse().map_err(|_| Problem::Malformed)?;
    if headers.get(CONTENT_TYPE).is_none_or(|kind| kind != "application/x-tar") {
        return Err(Problem::Malformed);
    }
    let body = read_body(&mut body, MAX_TIP_LEN, &door.limits, &guest).await?;
    Ok(door.intake.submit(id, &body).await?)
}
