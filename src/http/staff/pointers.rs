//! The part of the staff door by which agencies compare what they hold: `docs/PROTOCOL.md` section 15.

use super::{BYTES, len, line, number};
use crate::http::problem::Problem;
use crate::intake::{Caller, Intake, Kept, ListedPointers};
use crate::store::ListedPointer;
use crate::wire::{PointerLine, PointerPlace};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use std::sync::Arc;

pub async fn put(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Kept, Problem> {
    Ok(intake.put_pointer(&caller, &body).await?)
}

pub async fn list(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let after = number(query.as_deref(), "after=")?;
    let mut pages = Box::pin(intake.pointers_after(&caller, after)?);
    // The first page is read before the status is sent, so that a store that fails says so.
    let first = pages.try_next().await?;
    let pages = stream::iter(first.map(Ok)).chain(pages);
    Ok(([(CONTENT_TYPE, BYTES)], Body::from_stream(pages.map_ok(encode))).into_response())
}

fn encode(listed: ListedPointers) -> Vec<u8> {
    let page = match listed {
        ListedPointers::Pointers(page) => page,
        ListedPointers::End(end) => return line(&PointerLine::End { end }),
    };
    let mut out = Vec::new();
    for ListedPointer { seq, sealed } in page {
        out.extend(line(&PointerLine::Pointer(PointerPlace { seq, sealed: len(&sealed) })));
        out.extend_from_slice(&sealed);
    }
    out
}
