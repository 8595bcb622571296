//! A document in memory, in every encoding a browser may ask for, each compressed once.

use crate::crypto::page::{counted, released_hash};
use crate::http::headers::secure;
use crate::model::hex::Sha256Hash;
use crate::wire::headers::CLOSED_POLICY;
use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use std::borrow::Cow;
use std::io::Write as _;
use std::sync::OnceLock;

const BROTLI_BUFFER: usize = 4096;
/// As small as it goes.
const BEST_QUALITY: u32 = 11;
/// In a build for trying things out compressing takes the better part of a minute for all languages: there it is done less well, and
/// not before somebody asks. A server that is deployed has all of it ready before it answers anybody.
const IS_FOR_TRYING: bool = cfg!(debug_assertions);
const BROTLI_QUALITY: u32 = if IS_FOR_TRYING { 9 } else { BEST_QUALITY };
/// As many as hold all of the document and no more: a wider window packs no better, and takes tens of megabytes that the process never gives back.
fn window_bits(len: usize) -> u32 {
    (len + 16).next_power_of_two().trailing_zeros().clamp(10, 22)
}

/// A document that is written, and not yet packed.
pub struct Draft {
    text: Cow<'static, str>,
    kind: &'static str,
    policy: Option<String>,
    file_name: Option<&'static str>,
}

impl Draft {
    /// A document of this kind; without a policy it gets the one that allows nothing.
    pub fn new(text: impl Into<Cow<'static, str>>, kind: &'static str, policy: Option<String>) -> Self {
        Self { text: text.into(), kind, policy, file_name: None }
    }

    /// The same, for a browser to keep in a file of this name instead of showing it.
    #[must_use]
    pub fn saved_as(self, file_name: &'static str) -> Self {
        Self { file_name: Some(file_name), ..self }
    }

    /// What is unpacked in the browser.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The header that says what it may do.
    pub fn policy(&self) -> &str {
        self.policy.as_deref().unwrap_or(CLOSED_POLICY)
    }

    /// What admins sign of it.
    pub fn released_hash(&self) -> Sha256Hash {
        let answer = secure((self.headers(), Body::empty()).into_response());
        let headers = answer.headers().iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().expect("all of ours are ASCII")));
        released_hash(&counted(headers), &self.text)
    }

    /// Compresses it. Takes a good part of a second.
    pub fn pack(&self) -> Document {
        self.pack_with(BROTLI_QUALITY)
    }

    /// The same as far as it goes, whatever build this is: for what is packed once.
    pub fn pack_best(&self) -> Document {
        self.pack_with(BEST_QUALITY)
    }

    fn pack_with(&self, quality: u32) -> Document {
        let document = Document {
            headers: self.headers(),
            plain: Bytes::copy_from_slice(self.text.as_bytes()),
            quality,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        };
        if !IS_FOR_TRYING {
            document.brotli();
            document.gzip();
        }
        document
    }

    fn headers(&self) -> HeaderMap {
        let value = |text: &str| HeaderValue::try_from(text).expect("ASCII without control characters");
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.extend(self.policy.as_deref().map(|policy| (CONTENT_SECURITY_POLICY, value(policy))));
        let disposition = self.file_name.map(|name| value(&format!("attachment; filename=\"{name}\"")));
        headers.extend(disposition.map(|disposition| (CONTENT_DISPOSITION, disposition)));
        headers
    }
}

/// See the module.
pub struct Document {
    headers: HeaderMap,
    plain: Bytes,
    quality: u32,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl Document {
    /// The document in the best encoding that `accepted` names.
    pub fn answer(&self, accepted: Option<&HeaderValue>) -> Response {
        let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (encoding, bytes) = if takes(accepted, "br") {
            (Some("br"), self.brotli())
        } else if takes(accepted, "gzip") {
            (Some("gzip"), self.gzip())
        } else {
            (None, &self.plain)
        };
        let mut headers = self.headers.clone();
        headers.extend(encoding.map(|encoding| (CONTENT_ENCODING, HeaderValue::from_static(encoding))));
        (headers, Body::from(bytes.clone())).into_response()
    }

    fn brotli(&self) -> &Bytes {
        self.brotli.get_or_init(|| brotli(&self.plain, self.quality))
    }

    fn gzip(&self) -> &Bytes {
        self.gzip.get_or_init(|| gzip(&self.plain))
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

fn brotli(text: &[u8], quality: u32) -> Bytes {
    let mut out = Vec::new();
    let mut to = brotli::CompressorWriter::new(&mut out, BROTLI_BUFFER, quality, window_bits(text.len()));
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
            let document = Draft::new("text", "text/html", None).pack();
            let answer = document.answer(Some(&HeaderValue::from_static(accepted)));
            let encoding = answer.headers().get(CONTENT_ENCODING).map_or("", |value| value.to_str().unwrap());
            assert_eq!(encoding, expected, "{accepted}");
        }
    }

    #[test]
    fn every_encoding_holds_the_same_text() {
        let document = Draft::new("text", "text/html", None).pack();
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        brotli::BrotliDecompress(&mut &document.brotli()[..], &mut from_brotli).unwrap();
        std::io::copy(&mut flate2::read::GzDecoder::new(&document.gzip()[..]), &mut from_gzip).unwrap();
        assert_eq!((&from_brotli[..], &from_gzip[..], &document.plain[..]), (&b"text"[..], &b"text"[..], &b"text"[..]));
    }
}
