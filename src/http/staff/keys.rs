//! The part of the staff door by which an agency's capsules are sealed again: `docs/PROTOCOL.md` section 7.5.

use super::{BYTES, len, line, number};
use crate::http::problem::Problem;
use crate::intake::{Caller, Intake, Kept, ListedCapsules, ListedSealings};
use crate::store::{ListedCapsule, ListedSealing};
use crate::wire::{
    CapsuleLine, CheckedCapsules, Epochs, Replaced, Reseal, ResealedCapsule, ResealedLine, StoredCapsule,
};
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use std::sync::Arc;

pub async fn list_capsules(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let all = match query.as_deref() {
        None => false,
        Some("all") => true,
        Some(_) => return Err(Problem::Malformed),
    };
    let mut pages = Box::pin(intake.capsules(&caller, all).await?);
    // The first page is read before the status is sent, so that a store that fails says so.
    let first = pages.try_next().await?;
    let pages = stream::iter(first.map(Ok)).chain(pages);
    Ok(([(CONTENT_TYPE, BYTES)], Body::from_stream(pages.map_ok(encode))).into_response())
}

fn encode(listed: ListedCapsules) -> Vec<u8> {
    let page = match listed {
        ListedCapsules::Capsules(page) => page,
        ListedCapsules::End(end) => return line(&CapsuleLine::End { end }),
    };
    let mut out = Vec::new();
    for ListedCapsule { place, sealed, .. } in page {
        let about = StoredCapsule { tip: place.tip, referral: place.referral, sealed: len(&sealed) };
        out.extend(line(&CapsuleLine::Capsule(about)));
        out.extend_from_slice(&sealed);
    }
    out
}

pub async fn put_capsules(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let end = body.iter().position(|&byte| byte == b'\n').ok_or(Problem::Malformed)?;
    let about: Reseal = serde_json::from_slice(&body[..end]).map_err(|_| Problem::Malformed)?;
    intake.put_sealed_again(&caller, &about, &body[end + 1..]).await?;
    Ok(Kept::Now)
}

pub async fn list_resealed(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let after = number(query.as_deref(), "after=")?;
    let mut pages = Box::pin(intake.sealed_again_after(&caller, after).await?);
    let first = pages.try_next().await?;
    let pages = stream::iter(first.map(Ok)).chain(pages);
    Ok(([(CONTENT_TYPE, BYTES)], Body::from_stream(pages.map_ok(encode_resealed))).into_response())
}

fn encode_resealed(listed: ListedSealings) -> Vec<u8> {
    let page = match listed {
        ListedSealings::Sealings(page) => page,
        ListedSealings::End(end) => return line(&ResealedLine::End { end }),
    };
    let mut out = Vec::new();
    for ListedSealing { seq, author, epoch, day, place, signature, old, new } in page {
        let (tip, referral) = (place.tip, place.referral);
        let (old_len, new_len) = (len(&old), len(&new));
        let about = ResealedCapsule { seq, author, epoch, day, tip, referral, signature, old: old_len, new: new_len };
        out.extend(line(&ResealedLine::Resealed(about)));
        out.extend(old);
        out.extend(new);
    }
    out
}

pub async fn replace_capsules(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Json<Replaced>, Problem> {
    let checked: CheckedCapsules = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    Ok(Json(intake.replace_capsules(&caller, &checked).await?))
}

pub async fn get_epochs(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Epochs>, Problem> {
    Ok(Json(intake.epochs(&caller).await?))
}
