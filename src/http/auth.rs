//! Who made a request to the staff door: one RFC 9421 signature, checked whole before the body is read.
//!
//! Every refusal is the same 401. `httpsig` sees only headers that were first found to have the one form we take.

use super::limits::{DoorLimits, Guest, read_body};
use super::problem::Problem;
use crate::crypto::shape::POINTER_LEN;
use crate::crypto::tar::MAX_TIP_LEN;
use crate::intake::Intake;
use crate::model::hex::{Hex, VerifyingKeyBytes};
use crate::wire::{
    MAX_CHECKED_BODY, MAX_EVENT_BODY, MAX_KEEP_BODY, MAX_KEYRING_BODY, MAX_REFERRAL_BODY, MAX_REPLY_BODY,
    MAX_RESEAL_BODY, MAX_SECRETS_BODY, MAX_SKEW_SECONDS, MAX_STATEMENT_BODY, signature_tag,
};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{HeaderMap, HeaderName};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::Empty;
use httpsig_hyper::MessageSignatureReq as _;
use httpsig_hyper::prelude::{AlgorithmName, PublicKey};
use input::SignatureInput;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use subtle::ConstantTimeEq as _;

mod input;

const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");

/// Lets a request through with its [`Caller`](crate::intake::Caller) beside it and its body read, or answers 401.
pub async fn authenticate(
    State((intake, limits)): State<(Arc<Intake>, DoorLimits)>,
    Extension(guest): Extension<Guest>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let (mut parts, mut body) = request.into_parts();
    let refused = Problem::Unauthorized;
    let input = SignatureInput::parse(only(&parts.headers, &SIGNATURE_INPUT)?).ok_or(refused)?;
    let digest = input::content_digest(only(&parts.headers, &CONTENT_DIGEST)?).ok_or(refused)?;
    input::check_signature(only(&parts.headers, &SIGNATURE)?).ok_or(refused)?;
    if input.tag != signature_tag(intake.genesis()) {
        return Err(refused);
    }
    if input.created.abs_diff(intake.clock().unix_seconds()) > MAX_SKEW_SECONDS {
        return Err(refused);
    }
    let caller = intake.caller(&input.key).await?.ok_or(refused)?;
    check_signature(&parts, &input.key).await?;
    // Before the body is read: a body that dribbles until the nonce is forgotten must not let the head in again.
    let is_fresh = intake.take_nonce(nonce_digest(&input), input.created + MAX_SKEW_SECONDS).await?;
    if !is_fresh {
        return Err(refused);
    }
    let body = read_body(&mut body, max_body_bytes(&parts), &limits, &guest).await?;
    if !bool::from(Sha256::digest(&body).as_slice().ct_eq(&digest)) {
        return Err(refused);
    }
    parts.extensions.insert(caller);
    parts.headers.remove(SIGNATURE_INPUT);
    parts.headers.remove(SIGNATURE);
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

/// The text of a header that must be there exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, Problem> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().map_err(|_| Problem::Unauthorized),
        _ => Err(Problem::Unauthorized),
    }
}

async fn check_signature(parts: &Parts, key: &VerifyingKeyBytes) -> Result<(), Problem> {
    let public = PublicKey::from_bytes(&AlgorithmName::Ed25519, key.as_bytes()).map_err(|_| Problem::Unauthorized)?;
    let mut bare = Request::new(Empty::<Bytes>::new());
    bare.method_mut().clone_from(&parts.method);
    bare.uri_mut().clone_from(&parts.uri);
    bare.headers_mut().clone_from(&parts.headers);
    let outcome = bare.verify_message_signature(&public, Some(&key.to_string())).await;
    outcome.map(drop).map_err(|_| Problem::Unauthorized)
}

/// What is stored of a nonce: it tells neither the nonce nor whose it was.
fn nonce_digest(input: &SignatureInput<'_>) -> Hex<32> {
    let digest = Sha256::new().chain_update("knothole/nonce/v1\n").chain_update(input.key.as_bytes());
    Hex(digest.chain_update(input.nonce).finalize().into())
}

/// `/v1/tips/{id}/events`.
fn is_events(path: &str) -> bool {
    path.strip_prefix("/v1/tips/").and_then(|rest| rest.strip_suffix("/events")).is_some_and(|id| !id.contains('/'))
}

fn max_body_bytes(parts: &Parts) -> usize {
    match parts.uri.path() {
        "/v1/keep" => MAX_KEEP_BODY,
        "/v1/keyring" | "/v1/recovery" => MAX_KEYRING_BODY,
        "/v1/secrets" | "/v1/recipients" => MAX_SECRETS_BODY,
        "/v1/read" | "/v1/junk" | "/v1/canaries" => MAX_STATEMENT_BODY,
        "/v1/pointers" => POINTER_LEN,
        "/v1/replies" => MAX_REPLY_BODY,
        "/v1/capsules" => MAX_RESEAL_BODY,
        "/v1/resealed" => MAX_CHECKED_BODY,
        path if is_events(path) => MAX_EVENT_BODY,
        path => path.strip_prefix("/v1/tips/").map_or(0, |rest| match rest.split_once('/') {
            Some((_, "capsules")) => MAX_REFERRAL_BODY,
            Some((_, "deletion")) => MAX_STATEMENT_BODY,
            None => MAX_TIP_LEN,
            Some(_) => 0,
        }),
    }
}
