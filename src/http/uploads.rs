//! Files that follow a letter, by tus 1.0: core, creation and expiration. `docs/PROTOCOL.md` section 14.

use super::limits::{DoorLimits, Guest, PartReader};
use super::problem::Problem;
use crate::intake::{Intake, MAX_PART_BYTES, UploadPlace};
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use crate::store::{StoredUpload, UploadName};
use axum::body::{Body, HttpBody as _};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use axum::routing::{MethodRouter, head, options, post};
use axum::{Extension, Router};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSION: HeaderName = HeaderName::from_static("tus-version");
const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const TUS: HeaderValue = HeaderValue::from_static("1.0.0");
const EXTENSIONS: HeaderValue = HeaderValue::from_static("creation,expiration");
const PART: &str = "application/offset+octet-stream";
const MANIFEST: &str = "manifest";
/// Room for parts in memory, all that come in at once together. More wait.
const ROOM_KIBIBYTES: usize = 64 << 10;
/// So many digits are more than any disk has.
const MAX_DIGITS: usize = 15;

/// What handlers work with.
#[derive(Clone)]
struct Door {
    intake: Arc<Intake>,
    limits: DoorLimits,
    max_sealed_bytes: u64,
    room: Arc<Semaphore>,
}

/// The addresses of files, on a site whose longest one is so long once it is sealed.
pub fn router(intake: &Arc<Intake>, limits: DoorLimits, max_sealed_bytes: u64) -> Router {
    let room = Arc::new(Semaphore::new(ROOM_KIBIBYTES));
    let door = Door { intake: Arc::clone(intake), limits, max_sealed_bytes, room };
    let closed = async || Problem::MethodNotAllowed;
    let described = |router: MethodRouter<Door>| router.options(describe).fallback(closed);
    Router::new()
        .route("/uploads", options(describe).fallback(closed))
        .route("/uploads/{id}", described(post(create)))
        .route("/uploads/{id}/{name}", described(head(tell).patch(append)))
        .layer(from_fn(speak_tus))
        .with_state(door)
}

/// Whoever speaks another version hears which one we do.
async fn speak_tus(request: Request, next: Next) -> Response {
    let is_ours =
        request.method() == Method::OPTIONS || request.headers().get(RESUMABLE).is_some_and(|one| *one == TUS);
    let mut answer =
        if is_ours { next.run(request).await } else { ([(VERSION, TUS)], Problem::StaleKeyring).into_response() };
    answer.headers_mut().insert(RESUMABLE, TUS);
    answer
}

async fn describe(State(door): State<Door>) -> Response {
    let max_size = HeaderValue::from(door.max_sealed_bytes);
    (StatusCode::NO_CONTENT, [(VERSION, TUS), (EXTENSION, EXTENSIONS), (MAX_SIZE, max_size)]).into_response()
}

async fn create(
    State(door): State<Door>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::Malformed)?;
    let (tip, token) = (tip(&id)?, token(&headers)?);
    let length = number(&headers, &LENGTH)?;
    let is_manifest = match headers.get(METADATA) {
        None => false,
        Some(said) if said.as_bytes().trim_ascii() == MANIFEST.as_bytes() => true,
        // Names and types of files stay with who sends them.
        Some(_) => return Err(Problem::Malformed),
    };
    if !body.is_end_stream() {
        return Err(Problem::TooLarge);
    }
    let file = door.intake.create_upload(UploadPlace { tip, token: &token }, length, is_manifest).await?;
    let location = HeaderValue::try_from(format!("/uploads/{tip}/{}", file.name)).expect("ASCII without spaces");
    Ok((StatusCode::CREATED, [(LOCATION, location)], expires(&file)).into_response())
}

async fn tell(
    State(door): State<Door>,
    address: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (tip, name) = file(address)?;
    let token = token(&headers)?;
    let file = door.intake.upload(UploadPlace { tip, token: &token }, &name).await?;
    let length = HeaderValue::from(file.length);
    Ok((StatusCode::OK, [(LENGTH, length), (OFFSET, file.offset.into())], expires(&file)).into_response())
}

/// Whoever is refused hears so, though they may still be sending.
async fn append(
    State(door): State<Door>,
    Extension(guest): Extension<Guest>,
    address: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let mut reader = PartReader::new(body, &door.limits, &guest);
    let appended = door.append(address, &headers, &mut reader).await;
    if appended.is_err() {
        reader.throw_away(MAX_PART_BYTES).await;
    }
    let file = appended?;
    Ok((StatusCode::NO_CONTENT, [(OFFSET, HeaderValue::from(file.offset))], expires(&file)).into_response())
}

impl Door {
    /// However long the body is, each part of it is safe before the next is read: what breaks costs one part.
    async fn append(
        &self,
        address: Result<Path<(String, String)>, PathRejection>,
        headers: &HeaderMap,
        reader: &mut PartReader<'_>,
    ) -> Result<StoredUpload, Problem> {
        let (tip, name) = file(address)?;
        let token = token(headers)?;
        if headers.get(CONTENT_TYPE).is_none_or(|kind| kind != PART) {
            return Err(Problem::OtherType);
        }
        let offset = number(headers, &OFFSET)?;
        let mut writer = self.intake.write_upload(UploadPlace { tip, token: &token }, &name, offset).await?;
        if reader.announced().is_some_and(|bytes| bytes > writer.missing()) {
            return Err(Problem::TooLarge);
        }
        loop {
            // One byte more than belongs there tells that too much comes.
            let missing = usize::try_from(writer.missing() + 1).unwrap_or(MAX_PART_BYTES);
            let most = missing.min(MAX_PART_BYTES);
            let _room = self.room_for(reader.most_of_next(most)).await?;
            let part = reader.next_part(most).await?;
            if part.is_empty() {
                return Ok(*writer.file());
            }
            writer.add(part).await?;
        }
    }

    /// Waits until so many bytes may be in memory.
    async fn room_for(&self, bytes: usize) -> Result<SemaphorePermit<'_>, Problem> {
        let kibibytes = u32::try_from(bytes.div_ceil(1024)).map_err(|_| Problem::TooLarge)?;
        let room = timeout(self.limits.body_idle_time, self.room.acquire_many(kibibytes)).await;
        room.map_err(|_| Problem::Unavailable)?.map_err(|_| Problem::Unavailable)
    }
}

fn expires(file: &StoredUpload) -> AppendHeaders<Option<(HeaderName, HeaderValue)>> {
    let header = || {
        let at = Timestamp::from_second(i64::try_from(file.goes?).ok()?).ok()?;
        let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()?;
        Some((EXPIRES, HeaderValue::try_from(text).ok()?))
    };
    AppendHeaders(header())
}

fn file(address: Result<Path<(String, String)>, PathRejection>) -> Result<(TipId, UploadName), Problem> {
    let Path((id, name)) = address.map_err(|_| Problem::Malformed)?;
    // Whatever cannot be a name of ours is none.
    Ok((tip(&id)?, name.parse().map_err(|_| Problem::NotFound)?))
}

fn tip(id: &str) -> Result<TipId, Problem> {
    id.parse().map_err(|_| Problem::Malformed)
}

fn token(headers: &HeaderMap) -> Result<Hex<32>, Problem> {
    let said = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    said.and_then(|said| said.strip_prefix("Bearer ")?.parse().ok()).ok_or(Problem::Unauthorized)
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let digits = headers.get(name).and_then(|value| value.to_str().ok());
    let is_number = |text: &&str| text.len() <= MAX_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.filter(is_number).and_then(|text| text.parse().ok()).ok_or(Problem::Malformed)
}
