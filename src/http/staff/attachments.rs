//! The part of the staff door where those who opened a tip fetch its files: `docs/PROTOCOL.md` section 7.9.

use super::BYTES;
use crate::http::problem::Problem;
use crate::intake::{Attachment, Caller, Intake};
use crate::model::hex::Hex;
use crate::model::tip::{CustodyToken, TipId};
use crate::store::StoredUpload;
use crate::wire::{AttachmentLine, Attachments};
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_RANGES, AUTHORIZATION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderValue, RANGE,
};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use std::sync::Arc;

pub async fn list(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Json<Attachments>, Problem> {
    let Path(id) = id.map_err(|_| Problem::Malformed)?;
    let tip = id.parse().map_err(|_| Problem::Malformed)?;
    let files = intake.attachments(&caller, tip, &token(&headers)?).await?;
    let line = |file: &StoredUpload| AttachmentLine {
        upload: file.name,
        length: file.length,
        offset: file.offset,
        is_manifest: file.is_manifest,
    };
    Ok(Json(Attachments { files: files.iter().map(line).collect() }))
}

pub async fn get(
    State(intake): State<Arc<Intake>>,
    Extension(caller): Extension<Caller>,
    address: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path((id, name)) = address.map_err(|_| Problem::Malformed)?;
    let tip: TipId = id.parse().map_err(|_| Problem::Malformed)?;
    let name: Hex<16> = name.parse().map_err(|_| Problem::NotFound)?;
    let asked = range(&headers)?;
    let bounds = asked.unwrap_or((0, None));
    let Attachment { range, length, bytes } =
        intake.attachment(&caller, (tip, name), &token(&headers)?, bounds).await?;
    let mut bytes = Box::pin(bytes);
    // The first part is read before the status is sent, so that a store that fails says so.
    let first = bytes.try_next().await?;
    let body = Body::from_stream(stream::iter(first.map(Ok)).chain(bytes));
    let mut answer =
        ([(CONTENT_TYPE, BYTES), (ACCEPT_RANGES, HeaderValue::from_static("bytes"))], body).into_response();
    answer.headers_mut().insert(CONTENT_LENGTH, (range.end - range.start).into());
    if asked.is_some() {
        let said = format!("bytes {}-{}/{length}", range.start, range.end - 1);
        answer.headers_mut().insert(CONTENT_RANGE, HeaderValue::try_from(said).expect("digits are ASCII"));
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(answer)
}

fn token(headers: &HeaderMap) -> Result<CustodyToken, Problem> {
    let said = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token: Option<Hex<32>> = said.and_then(|said| said.strip_prefix("Bearer ")?.parse().ok());
    token.map(|Hex(token)| CustodyToken(token)).ok_or(Problem::Malformed)
}

/// One range, from a byte on to another, which belongs to it, or to the end.
fn range(headers: &HeaderMap) -> Result<Option<(u64, Option<u64>)>, Problem> {
    let Some(said) = headers.get(RANGE) else { return Ok(None) };
    let read = |text: &str| text.parse::<u64>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let bounds = said.to_str().ok().and_then(|said| said.strip_prefix("bytes=")?.split_once('-'));
    let (from, to) = bounds.ok_or(Problem::Malformed)?;
    let from = read(from).ok_or(Problem::Malformed)?;
    let to = if to.is_empty() { None } else { Some(read(to).ok_or(Problem::Malformed)?.saturating_add(1)) };
    Ok(Some((from, to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_from_a_byte_on_is_read_and_no_other() {
        let of = |text| range(&HeaderMap::from_iter([(RANGE, HeaderValue::from_static(text))]));
        assert_eq!(of("bytes=0-"), Ok(Some((0, None))));
        assert_eq!(of("bytes=5-9"), Ok(Some((5, Some(10)))));
        for bad in ["bytes=-5", "bytes=", "bytes=1-2,4-5", "bytes=+1-", "lines=0-", "bytes=0-x"] {
            assert_eq!(of(bad), Err(Problem::Malformed), "{bad}");
        }
        assert_eq!(range(&HeaderMap::new()), Ok(None));
    }
}
