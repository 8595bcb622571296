//! Whoever asked for a page, or sent a file by a plain form, hears in a page of the form that they must wait. What stands before
//! every address, such as the limits, knows no languages and answers with a line.

use super::limits::{DoorLimits, Guest, throw_away};
use super::page::{LANGUAGES, Pages, SealedAnswer};
use super::problem::PLAIN_TEXT;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

/// Puts this before everything that `router` does.
pub fn polite(router: Router, pages: Arc<Pages>, limits: DoorLimits) -> Router {
    router.layer(from_fn_with_state((pages, limits), answer))
}

/// What a person waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    /// The language that the address names.
    tag: Option<&'static str>,
    /// A file was sent, else a page is asked for.
    is_file: bool,
}

async fn answer(State((pages, limits)): State<(Arc<Pages>, DoorLimits)>, request: Request, next: Next) -> Response {
    let Some(asked) = asked(&request) else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    let (encoding, guest) = (parts.headers.get(ACCEPT_ENCODING).cloned(), parts.extensions.get::<Guest>().cloned());
    let body = LentBody(Arc::new(Mutex::new(body)));
    let response = next.run(Request::from_parts(parts, Body::new(body.clone()))).await;
    if !is_line_to_wait(&response) {
        return response;
    }
    if let (true, Some(guest)) = (asked.is_file, guest) {
        throw_away(&mut Body::new(body), &limits, &guest).await;
    }
    let rendered = pages.last();
    // A language that the site has stopped showing meanwhile is no reason to leave anyone without an answer.
    let spoken = rendered.as_ref().and_then(|all| all.in_language(asked.tag).or_else(|| all.in_language(None)));
    let Some(spoken) = spoken else { return response };
    let document = if asked.is_file { spoken.sealed(SealedAnswer::Again) } else { &spoken.busy };
    let mut page = document.answer(encoding.as_ref());
    *page.status_mut() = response.status();
    page.headers_mut().extend(response.headers().get(RETRY_AFTER).map(|wait| (RETRY_AFTER, wait.clone())));
    page
}

/// None for what a script or a program asks for, which goes by the status.
fn asked(request: &Request) -> Option<Asked> {
    let path = request.uri().path().strip_prefix('/')?;
    let is_file = request.method() == Method::POST;
    let name = if is_file { path.strip_suffix("sealed")?.trim_end_matches('/') } else { path };
    let is_tar = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/x-tar");
    if !is_file && request.method() != Method::GET || is_tar {
        return None;
    }
    let tag = if name.is_empty() { None } else { Some(LANGUAGES.iter().find(|known| known.tag == name)?.tag) };
    Some(Asked { tag, is_file })
}

fn is_line_to_wait(response: &Response) -> bool {
    let is_to_wait = matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    is_to_wait && response.headers().get(CONTENT_TYPE).is_none_or(|kind| *kind == PLAIN_TEXT)
}

/// A body of which the rest can still be read when whoever had it has let go of it.
#[derive(Clone)]
struct LentBody(Arc<Mutex<Body>>);

impl LentBody {
    fn lock(&self) -> MutexGuard<'_, Body> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for LentBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut *self.lock()).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().size_hint()
    }
}
