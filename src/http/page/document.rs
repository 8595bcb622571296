//! A document in memory, in every encoding a browser may ask for, compressed once.

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use std::io::Write as _;

const BROTLI_BUFFER: usize = 4096;
/// As small as it goes, but in a build for trying things out, where that takes the better part of a minute for all languages.
const BROTLI_QUALITY: u32 = if cfg!(debug_assertions) { 9 } else { 11 };
const BROTLI_WINDOW_BITS: u32 = 22;

/// See the module.
pub struct Document {
    kind: HeaderValue,
    policy: Option<HeaderValue>,
    disposition: Option<HeaderValue>,
    plain: Bytes,
    brotli: Bytes,
    gzip: Bytes,
}

impl Document {
    /// Compresses `text` as far as it goes. Takes a good part of a second.
    pub fn new(text: &[u8], kind: HeaderValue, policy: Option<HeaderValue>) -> Self {
        let plain = Bytes::copy_from_slice(text);
        Self { kind, policy, disposition: None, plain, brotli: brotli(text), gzip: gzip(text) }
    }

    /// The same, for a browser to keep in a file of this name instead of showing it.
    #[must_use]
    pub fn saved_as(self, file_name: &str) -> Self {
        let disposition = HeaderValue::try_from(format!("attachment; filename=\"{file_name}\""));
        Self { disposition: Some(disposition.expect("a name of our own, in ASCII")), ..self }
    }

    /// The document in the best encoding that `accepted` names.
    pub fn answer(&self, accepted: Option<&HeaderValue>) -> Response {
        let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (encoding, bytes) = if takes(accepted, "br") {
            (Some("br"), &self.brotli)
        } else if takes(accepted, "gzip") {
            (Some("gzip"), &self.gzip)
        } else {
            (None, &self.plain)
        };
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, self.kind.clone());
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        if let Some(policy) = &self.policy {
            headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
        }
        headers.extend(self.disposition.clone().map(|disposition| (CONTENT_DISPOSITION, disposition)));
        (headers, Body::from(bytes.clone())).into_response()
    }
}

/// Whether `Accept-Encoding` names this coding by name and not with a weight of zero.
fn takes(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        name.trim().eq_ignore_ascii_case(coding) && weight.parse::<f32>().is_ok_and(|weight| weight > 0.0)
    })
}

fn brotli(text: &[u8]) -> Bytes {
    let mut out = Vec::new();
    let mut to = brotli::CompressorWriter::new(&mut out, BROTLI_BUFFER, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    to.write_all(text).expect("a vector takes every byte");
    drop(to); // writes the end
    out.into()
}

fn gzip(text: &[u8]) -> Bytes {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    to.write_all(text).expect("a vector takes every byte");
    to.finish().expect("a vector takes every byte").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_used_only_when_it_is_asked_for() {
        for (accepted, expected) in
            [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("", ""), ("*", "")]
        {
            let document = Document::new(b"text", HeaderValue::from_static("text/html"), None);
            let answer = document.answer(Some(&HeaderValue::from_static(accepted)));
            let encoding = answer.headers().get(CONTENT_ENCODING).map_or("", |value| value.to_str().unwrap());
            assert_eq!(encoding, expected, "{accepted}");
        }
    }

    #[test]
    fn every_encoding_holds_the_same_text() {
        let document = Document::new(b"text", HeaderValue::from_static("text/html"), None);
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        brotli::BrotliDecompress(&mut &document.brotli[..], &mut from_brotli).unwrap();
        std::io::copy(&mut flate2::read::GzDecoder::new(&document.gzip[..]), &mut from_gzip).unwrap();
        assert_eq!((&from_brotli[..], &from_gzip[..], &document.plain[..]), (&b"text"[..], &b"text"[..], &b"text"[..]));
    }
}
