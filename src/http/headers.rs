//! Headers that every answer of both doors carries, whatever it is.

use crate::wire::headers::{CLOSED_POLICY, FIXED};
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderName, HeaderValue};
use axum::response::Response;

/// Puts them on an answer. A page keeps the policy it came with; everything else gets one that allows nothing.
pub fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CLOSED_POLICY));
    response
}
