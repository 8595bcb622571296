//! The staff door: `docs/PROTOCOL.md` section 7.

use super::auth::authenticate;
use super::limits::DoorLimits;
use super::problem::{BYTES, Problem};
use crate::intake::{Caller, Intake, Kept, Listed, ListedEvents};
use crate::model::tip::TipId;
use crate::store::{ListedEvent, ListedTip};
use crate::wire::{EventLine, EventListLine, EventsEnd, InboxLine, KeepTokens, KeyringChain, Rolls, Secrets, TipLine};
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router, middleware};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::Serialize;
use std::sync::Arc;

mod attachments;
mod keys;
mod pointers;
mod sharing;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// What is answered whichever tokens were shown.
const NOTHING_TO_SAY: &str = "{}";

/// All of the door. Nothing behind it is reached without a signature, not even "no such address".
pub fn router(intake: &Arc<Intake>, limits: DoorLimits) -> Router {
    Router::new()
        .route("/v1/tips", get(list_tips))
        .route("/v1/tips/{id}/events", post(put_event))
        .route("/v1/events", get(list_events))
        .route("/v1/tips/{id}", put(sharing::put_tip))
        .route("/v1/tips/{id}/capsules", post(sharing::refer))
        .route("/v1/tips/{id}/deletion", post(sharing::deletion))
        .route("/v1/tips/{id}/attachments", get(attachments::list))
        .route("/v1/tips/{id}/attachments/{name}", get(attachments::get))
        .route("/v1/referrals", get(sharing::list_referrals))
        .route("/v1/notices", get(sharing::get_notices))
        .route("/v1/read", post(sharing::note_read))
        .route("/v1/junk", get(sharing::get_junk).post(sharing::purge))
        .route("/v1/status", get(sharing::get_status))
        .route("/v1/canaries", get(sharing::get_canaries).post(sharing::note_canary))
        .route("/v1/capsules", get(keys::list_capsules).put(keys::put_capsules))
        .route("/v1/resealed", get(keys::list_resealed).post(keys::replace_capsules))
        .route("/v1/epochs", get(keys::get_epochs))
        .route("/v1/keep", post(keep_tips))
        .route("/v1/pointers", get(pointers::list).post(pointers::put))
        .route("/v1/replies", post(put_reply))
        .route("/v1/keyring", get(get_keyring).post(publish_keyring))
        .route("/v1/recovery", post(propose))
        .route("/v1/secrets", get(get_secrets).post(put_secret))
        .route("/v1/recipients", get(get_rolls).post(put_roll))
        .fallback(async || Problem::NotFound)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .layer(DefaultBodyLimit::disable()) // `authenticate` has read the body, within a limit of its own
        .layer(middleware::from_fn_with_state((Arc::clone(intake), limits), authenticate))
        .with_state(Arc::clone(intake))
}

async fn list_tips(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let after = number(query.as_deref(), "after=")?;
    let mut pages = Box::pin(intake.tips_after(&caller, after)?);
    // The first page is read before the status is sent, so that a store that fails says so.
    let first = pages.try_next().await?;
    let pages = stream::iter(first.map(Ok)).chain(pages);
    Ok(([(CONTENT_TYPE, BYTES)], Body::from_stream(pages.map_ok(encode))).into_response())
}

/// A piece of the list as it travels. When the store fails midway the end line is missing, and the connection is cut.
fn encode(listed: Listed) -> Vec<u8> {
    match listed {
        Listed::Tips(page) => encode_page(&page),
        Listed::End(end) => line(&InboxLine::End { end }),
    }
}

fn encode_page(page: &[ListedTip]) -> Vec<u8> {
    let mut out = Vec::new();
    for tip in page {
        let capsule = tip.capsule.as_deref().unwrap_or_default();
        out.extend(line(&InboxLine::Tip(TipLine {
            seq: tip.seq,
            id: tip.id,
            day: tip.day,
            keyring: tip.keyring,
            letter: len(&tip.letter),
            capsule: len(capsule),
        })));
        out.extend_from_slice(&tip.letter);
        out.extend_from_slice(capsule);
    }
    out
}

fn line(line: &impl Serialize) -> Vec<u8> {
    let mut text = serde_json::to_vec(line).expect("numbers and ASCII strings always serialize");
    text.push(b'\n');
    text
}

fn len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("a tip is at most 400 KiB")
}

async fn put_event(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let id: TipId = id.parse().map_err(|_| Problem::Malformed)?;
    let posted = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    Ok(intake.put_event(&caller, id, &posted).await?)
}

async fn list_events(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let after = number(query.as_deref(), "after=")?;
    let mut pages = Box::pin(intake.events_after(&caller, after)?);
    let first = pages.try_next().await?;
    let pages = stream::iter(first.map(Ok)).chain(pages);
    Ok(([(CONTENT_TYPE, BYTES)], Body::from_stream(pages.map_ok(encode_events))).into_response())
}

fn encode_events(listed: ListedEvents) -> Vec<u8> {
    let page = match listed {
        ListedEvents::Events(page) => page,
        ListedEvents::End { events, tips } => return line(&EventListLine::End(EventsEnd { end: events, tips })),
    };
    let mut out = Vec::new();
    for ListedEvent { seq, slot, label, sealed } in page {
        out.extend(line(&EventListLine::Event(EventLine { seq, slot, label, sealed: len(&sealed) })));
        out.extend_from_slice(&sealed);
    }
    out
}

async fn keep_tips(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Response, Problem> {
    let kept: KeepTokens = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    intake.keep(&caller, &kept).await?;
    Ok(([(CONTENT_TYPE, JSON)], NOTHING_TO_SAY).into_response())
}

async fn put_reply(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let posted = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    intake.put_reply(&caller, &posted).await?;
    Ok(Kept::Now)
}

async fn get_keyring(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
) -> Result<Json<KeyringChain>, Problem> {
    let from = u32::try_from(number(query.as_deref(), "from=")?).map_err(|_| Problem::Malformed)?;
    // In this order: what was a proposal when it was asked for may be the newest version by now, and never neither.
    let proposed = intake.proposed(&caller).await?;
    Ok(Json(KeyringChain { versions: intake.keyring_chain(&caller, from).await?, proposed }))
}

async fn publish_keyring(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let signed = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let published = intake.publish_keyring(&caller, &signed).await?;
    if published == Kept::Now {
        tracing::info!("a version of the keyring was published");
    }
    Ok(published)
}

async fn propose(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let signed = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let kept = intake.propose(&caller, &signed).await?;
    if kept == Kept::Now {
        tracing::warn!("recovery admins propose to replace admins");
    }
    Ok(kept)
}

async fn get_secrets(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Secrets>, Problem> {
    Ok(Json(intake.secrets(&caller).await?))
}

async fn put_secret(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let secret = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    Ok(intake.put_secret(&caller, &secret).await?)
}

async fn get_rolls(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Rolls>, Problem> {
    Ok(Json(intake.rolls(&caller).await?))
}

async fn put_roll(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Kept, Problem> {
    let new = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    Ok(intake.roll(&caller, &new).await?)
}

/// The one number that an address may carry, 0 when it carries none.
fn number(query: Option<&str>, name: &str) -> Result<u64, Problem> {
    match query {
        None => Ok(0),
        Some(query) => {
            let digits = query.strip_prefix(name).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            digits.and_then(|text| text.parse().ok()).ok_or(Problem::Malformed)
        }
    }
}
