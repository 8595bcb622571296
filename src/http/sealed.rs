//! `POST /sealed`: the tar of a tip from a browser without scripts, by a plain form that uploads a file, or as it is.
//!
//! It is checked like a `PUT`. A form hears the outcome as a page, in the language of the page that it stood in; a client that
//! sends the tar itself, as a line. Whatever else comes is a form's, of a browser that cannot do better.

use super::limits::{Guest, read_body, throw_away};
use super::page::SealedAnswer;
use super::problem::Problem;
use super::public::Door;
use crate::crypto::tar::MAX_TIP_LEN;
use crate::intake::Kept;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use multer::{Constraints, Multipart, SizeLimit};
use std::convert::Infallible;

/// The one field that the form has.
const FIELD: &str = "tip";
/// For what a browser writes around the file: two lines with its boundary, the part's headers, the file's name.
const MAX_FORM_LEN: usize = MAX_TIP_LEN + (8 << 10);
/// The longest boundary there may be (RFC 2046, section 5.1.1).
const MAX_BOUNDARY_LEN: usize = 70;

/// Takes it; `tag` is the language in which a form hears of it, the default one when there is none.
pub async fn post_sealed(
    State(door): State<Door>,
    Extension(guest): Extension<Guest>,
    tag: Option<&str>,
    headers: HeaderMap,
    mut body: Body,
) -> Result<Response, Problem> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind == "application/x-tar" {
        let tar = read_body(&mut body, MAX_TIP_LEN, &door.limits, &guest).await?;
        return Ok(door.intake.submit_sealed(&tar).await?.into_response());
    }
    let outcome = take_form(&door, &guest, kind, &mut body).await;
    if outcome.is_err() {
        throw_away(&mut body, &door.limits, &guest).await;
    }
    let rendered = door.pages.current(&door.intake).await?;
    // A language that the site has stopped showing meanwhile is no reason to leave anyone without an answer.
    let spoken = rendered.in_language(tag).or_else(|| rendered.in_language(None)).ok_or(Problem::Unavailable)?;
    let mut page = spoken.sealed(answer(&outcome)).answer(headers.get(ACCEPT_ENCODING));
    let line = outcome.into_response();
    *page.status_mut() = line.status();
    page.headers_mut().extend(line.headers().get(RETRY_AFTER).map(|wait| (RETRY_AFTER, wait.clone())));
    Ok(page)
}

async fn take_form(door: &Door, guest: &Guest, kind: &str, body: &mut Body) -> Result<Kept, Problem> {
    let boundary = multer::parse_boundary(kind).map_err(|_| Problem::Malformed)?;
    if boundary.is_empty() || boundary.len() > MAX_BOUNDARY_LEN {
        return Err(Problem::Malformed);
    }
    let form = read_body(body, MAX_FORM_LEN, &door.limits, guest).await?;
    let tar = only_file(form, &boundary).await.ok_or(Problem::Malformed)?;
    Ok(door.intake.submit_sealed(&tar).await?)
}

/// The content of the one field of a form, which must be a file. What the file is called is not looked at.
async fn only_file(form: Bytes, boundary: &str) -> Option<Bytes> {
    let size = SizeLimit::new().per_field(MAX_TIP_LEN as u64);
    let constraints = Constraints::new().allowed_fields(vec![FIELD]).size_limit(size);
    let form = stream::once(async { Ok::<_, Infallible>(form) });
    let mut form = Multipart::with_constraints(form, boundary, constraints);
    let field = form.next_field().await.ok()??;
    field.file_name()?;
    let file = field.bytes().await.ok()?;
    form.next_field().await.ok()?.is_none().then_some(file)
}

/// Which page says it: whether the same file may be taken later or never, and what to do instead.
fn answer(outcome: &Result<Kept, Problem>) -> SealedAnswer {
    match outcome {
        Ok(_) => SealedAnswer::Sent,
        Err(Problem::TooSlow | Problem::TooMany { .. } | Problem::Unavailable) => SealedAnswer::Again,
        Err(Problem::Paused) => SealedAnswer::Paused,
        Err(Problem::Malformed | Problem::TooLarge) => SealedAnswer::Wrong,
        Err(Problem::StaleKeyring) => SealedAnswer::Stale,
        Err(Problem::OtherSite) => SealedAnswer::OtherSite,
        Err(_) => SealedAnswer::Remake,
    }
}
