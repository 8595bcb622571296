//! The one table of status codes and the one fixed line each has. Says nothing of what went wrong inside.

use crate::intake::{
    AttachmentRefusal, CanaryRefusal, CapsulesRefusal, DeletionRefusal, EventRefusal, KeepRefusal, Kept,
    PointerRefusal, PublishRefusal, PurgeRefusal, ReadRefusal, ReferralRefusal, ReplyRefusal, SecretRefusal,
    StatusRefusal, SubmitRefusal, TipsRefusal, UploadRefusal,
};
use crate::store::StoreError;
use crate::wire::headers::{NOT_FOUND_LINE, TEXT, TOO_MANY_LINE, UNAVAILABLE_LINE};
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// What `Content-Type` every such line has.
pub const PLAIN_TEXT: HeaderValue = HeaderValue::from_static(TEXT);
/// The same of what is sealed or random.
pub const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");
const RETRY_SECONDS: u64 = 5;
/// Somebody must make room first.
const NO_ROOM_SECONDS: u64 = 600;
/// By a wait of an hour or more the page knows that the form is closed.
const PAUSE_SECONDS: u64 = 3_600;

/// An answer that carries no document and is not a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Not of the form that the protocol says.
    Malformed,
    /// The request does not prove who made it.
    Unauthorized,
    /// Whoever made it may not do this.
    Forbidden,
    /// No such address.
    NotFound,
    /// The address does not take this method.
    MethodNotAllowed,
    /// The body came too slowly.
    TooSlow,
    /// Something else is stored there, or it does not follow.
    Conflict,
    /// It was deleted.
    Gone,
    /// Sealed under a keyring version that is not taken.
    StaleKeyring,
    /// Sealed for another site.
    OtherSite,
    /// More bytes than it can have.
    TooLarge,
    /// Not of the kind that the address takes.
    OtherType,
    /// Well formed, and breaks a rule.
    Unprocessable,
    /// There are no such bytes in it.
    NoSuchRange,
    /// Another is at it.
    Locked,
    /// Its sender, or all senders together, sent as much as they may for now.
    TooMany {
        /// After how many seconds it is worth another try.
        retry_seconds: u64,
    },
    /// The form is closed for a while.
    Paused,
    /// Not now.
    Unavailable,
    /// No room for files now.
    NoRoom,
}

impl Problem {
    /// What to say to who must wait so many seconds, which were rounded down.
    pub const fn too_many(wait_seconds: u64) -> Self {
        Self::TooMany { retry_seconds: wait_seconds + 1 }
    }

    const fn parts(self) -> (StatusCode, &'static str) {
        match self {
            Self::Malformed => (StatusCode::BAD_REQUEST, "not a request this address takes\n"),
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "not signed by anyone this site knows\n"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "not for you to do\n"),
            Self::NotFound => (StatusCode::NOT_FOUND, NOT_FOUND_LINE),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "no such method here\n"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too slow\n"),
            Self::Conflict => (StatusCode::CONFLICT, "something else is there\n"),
            Self::Gone => (StatusCode::GONE, "deleted\n"),
            Self::StaleKeyring => (StatusCode::PRECONDITION_FAILED, "out of date: load the page again\n"),
            Self::OtherSite => (StatusCode::MISDIRECTED_REQUEST, "made for another site: load the page of this one\n"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too large\n"),
            Self::OtherType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not of the kind this address takes\n"),
            Self::NoSuchRange => (StatusCode::RANGE_NOT_SATISFIABLE, "no such bytes in it\n"),
            Self::Locked => (StatusCode::LOCKED, "another is at it: try again soon\n"),
            Self::Unprocessable => (StatusCode::UNPROCESSABLE_ENTITY, "breaks a rule\n"),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY_LINE),
            Self::Paused => (StatusCode::SERVICE_UNAVAILABLE, "closed for a while: nothing was stored\n"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE_LINE),
            Self::NoRoom => (StatusCode::INSUFFICIENT_STORAGE, "no room for now: try again later\n"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, line) = self.parts();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, PLAIN_TEXT);
        let retry_seconds = match self {
            Self::TooMany { retry_seconds } => Some(retry_seconds),
            Self::Paused => Some(PAUSE_SECONDS),
            Self::Unavailable | Self::Locked => Some(RETRY_SECONDS),
            Self::NoRoom => Some(NO_ROOM_SECONDS),
            _ => None,
        };
        headers.extend(retry_seconds.map(|seconds| (RETRY_AFTER, HeaderValue::from(seconds))));
        (status, headers, line).into_response()
    }
}

impl IntoResponse for Kept {
    fn into_response(self) -> Response {
        let (status, line) = match self {
            Self::Now => (StatusCode::CREATED, "stored\n"),
            Self::Before => (StatusCode::OK, "stored before\n"),
        };
        (status, [(CONTENT_TYPE, PLAIN_TEXT)], line).into_response()
    }
}

impl From<StoreError> for Problem {
    /// Here a failure of the store is handled, so here it is logged.
    fn from(error: StoreError) -> Self {
        if error == StoreError::Busy {
            tracing::warn!(%error, "an act was put off");
        } else {
            tracing::error!(%error, "an act failed");
        }
        Self::Unavailable
    }
}

impl From<SubmitRefusal> for Problem {
    fn from(refusal: SubmitRefusal) -> Self {
        match refusal {
            SubmitRefusal::NotAReader => Self::Forbidden,
            SubmitRefusal::Malformed => Self::Malformed,
            SubmitRefusal::Paused => Self::Paused,
            SubmitRefusal::StaleKeyring => Self::StaleKeyring,
            SubmitRefusal::OtherSite => Self::OtherSite,
            SubmitRefusal::OtherBody => Self::Conflict,
            SubmitRefusal::Deleted => Self::Gone,
            SubmitRefusal::Store(error) => error.into(),
        }
    }
}

impl From<UploadRefusal> for Problem {
    fn from(refusal: UploadRefusal) -> Self {
        match refusal {
            UploadRefusal::Missing => Self::NotFound,
            UploadRefusal::Gone => Self::Gone,
            UploadRefusal::Malformed => Self::Malformed,
            UploadRefusal::TooMuch => Self::TooLarge,
            UploadRefusal::Locked => Self::Locked,
            UploadRefusal::OtherOffset => Self::Conflict,
            UploadRefusal::Paused => Self::Paused,
            UploadRefusal::NoRoom => {
                tracing::warn!("there is no room for files");
                Self::NoRoom
            }
            UploadRefusal::Store(error) => error.into(),
        }
    }
}

impl From<AttachmentRefusal> for Problem {
    fn from(refusal: AttachmentRefusal) -> Self {
        match refusal {
            AttachmentRefusal::NotAReader => Self::Forbidden,
            AttachmentRefusal::Missing => Self::NotFound,
            AttachmentRefusal::Deleted => Self::Gone,
            AttachmentRefusal::NotWhole => Self::Conflict,
            AttachmentRefusal::PastEnd => Self::NoSuchRange,
            AttachmentRefusal::Store(error) => error.into(),
        }
    }
}

impl From<TipsRefusal> for Problem {
    fn from(TipsRefusal::NotAReader: TipsRefusal) -> Self {
        Self::Forbidden
    }
}

impl From<PublishRefusal> for Problem {
    fn from(refusal: PublishRefusal) -> Self {
        match refusal {
            PublishRefusal::NotAllowed => Self::Forbidden,
            PublishRefusal::DoesNotFollow(_) => Self::Conflict,
            PublishRefusal::BreaksRule(_)
            | PublishRefusal::NotProposed
            | PublishRefusal::NotDestroyed
            | PublishRefusal::Destroyed => Self::Unprocessable,
            PublishRefusal::Store(error) => error.into(),
        }
    }
}

impl From<KeepRefusal> for Problem {
    fn from(refusal: KeepRefusal) -> Self {
        match refusal {
            KeepRefusal::NotAReader => Self::Forbidden,
            KeepRefusal::Store(error) => error.into(),
        }
    }
}

impl From<EventRefusal> for Problem {
    fn from(refusal: EventRefusal) -> Self {
        match refusal {
            EventRefusal::NotAllowed => Self::Forbidden,
            EventRefusal::Unfit => Self::Unprocessable,
            EventRefusal::Full => Self::Conflict,
            EventRefusal::Store(error) => error.into(),
        }
    }
}

impl From<ReplyRefusal> for Problem {
    fn from(refusal: ReplyRefusal) -> Self {
        match refusal {
            ReplyRefusal::NotAReader => Self::Forbidden,
            ReplyRefusal::Unfit => Self::Unprocessable,
            ReplyRefusal::Full => Self::Conflict,
            ReplyRefusal::Store(error) => error.into(),
        }
    }
}

impl From<PointerRefusal> for Problem {
    fn from(refusal: PointerRefusal) -> Self {
        match refusal {
            PointerRefusal::NotAReader => Self::Forbidden,
            PointerRefusal::Unfit => Self::Unprocessable,
            PointerRefusal::Full => Self::Conflict,
            PointerRefusal::Store(error) => error.into(),
        }
    }
}

impl From<SecretRefusal> for Problem {
    fn from(refusal: SecretRefusal) -> Self {
        match refusal {
            SecretRefusal::NotAllowed => Self::Forbidden,
            SecretRefusal::Unfit | SecretRefusal::BadSignature => Self::Unprocessable,
            SecretRefusal::Taken | SecretRefusal::Needed => Self::Conflict,
            SecretRefusal::Store(error) => error.into(),
        }
    }
}

impl From<CapsulesRefusal> for Problem {
    fn from(refusal: CapsulesRefusal) -> Self {
        match refusal {
            CapsulesRefusal::NotAReader => Self::Forbidden,
            CapsulesRefusal::Unfit => Self::Unprocessable,
            CapsulesRefusal::OtherEpoch => Self::Conflict,
            CapsulesRefusal::Store(error) => error.into(),
        }
    }
}

impl From<ReferralRefusal> for Problem {
    fn from(refusal: ReferralRefusal) -> Self {
        match refusal {
            ReferralRefusal::NotAReader => Self::Forbidden,
            ReferralRefusal::NoTip => Self::NotFound,
            ReferralRefusal::Unfit => Self::Unprocessable,
            ReferralRefusal::Full => Self::Conflict,
            ReferralRefusal::Store(error) => error.into(),
        }
    }
}

impl From<DeletionRefusal> for Problem {
    fn from(refusal: DeletionRefusal) -> Self {
        match refusal {
            DeletionRefusal::NotAReader | DeletionRefusal::SamePerson => Self::Forbidden,
            DeletionRefusal::Missing => Self::NotFound,
            DeletionRefusal::Deleted => Self::Gone,
            DeletionRefusal::BadStatement => Self::Unprocessable,
            DeletionRefusal::Closed => Self::Conflict,
            DeletionRefusal::Store(error) => error.into(),
        }
    }
}

impl From<ReadRefusal> for Problem {
    fn from(refusal: ReadRefusal) -> Self {
        match refusal {
            ReadRefusal::NotAReader => Self::Forbidden,
            ReadRefusal::BadStatement => Self::Unprocessable,
            ReadRefusal::Store(error) => error.into(),
        }
    }
}

impl From<CanaryRefusal> for Problem {
    fn from(refusal: CanaryRefusal) -> Self {
        match refusal {
            CanaryRefusal::NotAllowed => Self::Forbidden,
            CanaryRefusal::BadStatement => Self::Unprocessable,
            CanaryRefusal::Full => Self::Conflict,
            CanaryRefusal::Store(error) => error.into(),
        }
    }
}

impl From<StatusRefusal> for Problem {
    fn from(refusal: StatusRefusal) -> Self {
        match refusal {
            StatusRefusal::NotAnAdmin => Self::Forbidden,
            StatusRefusal::Store(error) => error.into(),
        }
    }
}

impl From<PurgeRefusal> for Problem {
    fn from(refusal: PurgeRefusal) -> Self {
        match refusal {
            PurgeRefusal::NotAnAdmin | PurgeRefusal::NotTwo => Self::Forbidden,
            PurgeRefusal::BadStatement => Self::Unprocessable,
            PurgeRefusal::Missing => Self::NotFound,
            PurgeRefusal::OtherSet => Self::Conflict,
            PurgeRefusal::Store(error) => error.into(),
        }
    }
}
