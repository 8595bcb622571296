//! The part of the staff door by which tips are shared and deleted, and people see how the site is: `docs/PROTOCOL.md`
//! sections 7.1 to 7.4, 7.7 and 7.8.

use super::{BYTES, JSON, NOTHING_TO_SAY, encode, number};
use crate::http::problem::Problem;
use crate::intake::{Caller, DeletionAnswer, Intake, Kept, PurgeAnswer};
use crate::model::tip::TipId;
use crate::wire::{Canaries, DeletionPost, Junk, NewReferral, Notices, PurgePost, ReadReport, SiteStatus};
use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A tip from a member: the facts of another, as a tip like any other.
pub async fn put_tip(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let id = tip(id)?;
    Ok(intake.submit_from_desk(&caller, id, &body).await?)
}

pub async fn refer(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let (id, new): (_, NewReferral) = (tip(id)?, read(&body)?);
    Ok(intake.refer(&caller, id, &new).await?)
}

pub async fn list_referrals(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let after = number(query.as_deref(), "after=")?;
    let mut pages = Box::pin(intake.referrals_after(&caller, after)?);
    // The first page is read before the status is sent, so that a store that fails says so.
    let first = pages.try_next().await?;
    let pages = stream::iter(first.map(Ok)).chain(pages);
    Ok(([(CONTENT_TYPE, BYTES)], Body::from_stream(pages.map_ok(encode))).into_response())
}

pub async fn deletion(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
    body: Bytes,
) -> Result<Response, Problem> {
    let (id, post): (_, DeletionPost) = (tip(id)?, read(&body)?);
    Ok(match intake.deletion(&caller, id, &post).await? {
        DeletionAnswer::Kept(kept) => kept.into_response(),
        DeletionAnswer::Shown(deletions) => Json(deletions).into_response(),
    })
}

pub async fn get_notices(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Notices>, Problem> {
    Ok(Json(intake.notices(&caller).await?))
}

pub async fn note_read(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Response, Problem> {
    let report: ReadReport = read(&body)?;
    intake.note_read(&caller, &report).await?;
    Ok(([(CONTENT_TYPE, JSON)], NOTHING_TO_SAY).into_response())
}

pub async fn get_junk(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Junk>, Problem> {
    Ok(Json(intake.junk(&caller).await?))
}

pub async fn get_status(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<SiteStatus>, Problem> {
    Ok(Json(intake.status(&caller).await?))
}

pub async fn get_canaries(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Canaries>, Problem> {
    Ok(Json(intake.canaries(&caller).await?))
}

pub async fn note_canary(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Kept, Problem> {
    Ok(intake.note_canary(&caller, &read(&body)?).await?)
}

pub async fn purge(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Response, Problem> {
    let post: PurgePost = read(&body)?;
    Ok(match intake.purge(&caller, &post).await? {
        PurgeAnswer::Asked(kept) => kept.into_response(),
        PurgeAnswer::Purged(purged) => {
            tracing::info!("junk was purged");
            Json(purged).into_response()
        }
    })
}

fn tip(id: Result<Path<String>, PathRejection>) -> Result<TipId, Problem> {
    let Path(id) = id.map_err(|_| Problem::Malformed)?;
    id.parse().map_err(|_| Problem::Malformed)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|_| Problem::Malformed)
}
