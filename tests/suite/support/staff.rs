//! Someone at the staff door: signs each request by hand, as RFC 9421 says, so that a test can sign wrongly too.

use super::http::{Answer, exchange, request};
use super::site;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use knothole::crypto::sign::public_key;
use knothole::http::accept::Address;
use knothole::wire::{InboxLine, TipLine};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// One person with a signing key.
pub struct Person {
    pub door: Address,
    pub key: SigningKey,
    pub now: u64,
}

/// A request and everything its signature says, for a test to change before it is sent.
#[derive(Clone)]
pub struct Signed {
    pub method: &'static str,
    pub target: String,
    pub body: Vec<u8>,
    pub components: String,
    pub created: u64,
    pub nonce: String,
    pub keyid: String,
    pub tag: String,
}

/// A tip of the list, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadTip {
    pub line: TipLine,
    pub letter: Vec<u8>,
    pub capsule: Vec<u8>,
}

impl Person {
    pub async fn get(&self, target: &str) -> Answer {
        self.send(&self.sign("GET", target, b"")).await
    }

    /// The same with more headers, which no signature covers.
    pub async fn get_with(&self, target: &str, more: &[(&'static str, String)]) -> Answer {
        let signed = self.sign("GET", target, b"");
        let headers = [&signed.headers(&self.key)[..], more].concat();
        exchange(&self.door, &signed.with_headers(&headers)).await
    }

    pub async fn post(&self, target: &str, body: &impl Serialize) -> Answer {
        self.send(&self.sign("POST", target, &serde_json::to_vec(body).unwrap())).await
    }

    /// A request that is right in every way.
    pub fn sign(&self, method: &'static str, target: &str, body: &[u8]) -> Signed {
        static NONCES: AtomicU64 = AtomicU64::new(0);
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&NONCES.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        Signed {
            method,
            target: target.into(),
            body: body.into(),
            components: r#""@method" "@path" "@query" "content-digest""#.into(),
            created: self.now,
            nonce: STANDARD.encode(nonce),
            keyid: public_key(&self.key).to_string(),
            tag: format!("knothole:{}", site::genesis()),
        }
    }

    pub async fn send(&self, signed: &Signed) -> Answer {
        exchange(&self.door, &signed.to_bytes(&self.key)).await
    }

    /// Every tip above `after`, and the number in the end line.
    pub async fn tips(&self, after: u64) -> (Vec<ReadTip>, u64) {
        self.list("/v1/tips", after).await
    }

    /// The same of another list.
    pub async fn list(&self, path: &str, after: u64) -> (Vec<ReadTip>, u64) {
        let answer = self.get(&format!("{path}?after={after}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/octet-stream"));
        let mut rest = &answer.body[..];
        let mut take = |len: usize| {
            let (taken, left) = rest.split_at(len);
            rest = left;
            (taken.to_vec(), left.is_empty())
        };
        let mut tips = Vec::new();
        loop {
            let mut text = Vec::new();
            let is_last = loop {
                let (byte, is_last) = take(1);
                if byte == b"\n" {
                    break is_last;
                }
                text.extend(byte);
            };
            match serde_json::from_slice(&text).unwrap() {
                InboxLine::Tip(line) => {
                    let (letter, capsule) = (take(line.letter as usize).0, take(line.capsule as usize).0);
                    tips.push(ReadTip { line, letter, capsule });
                }
                InboxLine::End { end } => {
                    assert!(is_last, "something follows the end line");
                    return (tips, end);
                }
            }
        }
    }
}

impl Signed {
    pub fn digest(&self) -> String {
        format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&self.body)))
    }

    pub fn input(&self) -> String {
        let Self { components, created, nonce, keyid, tag, .. } = self;
        format!(r#"({components});created={created};nonce="{nonce}";alg="ed25519";keyid="{keyid}";tag="{tag}""#)
    }

    /// The signature over whichever components are named.
    pub fn signature(&self, key: &SigningKey) -> String {
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let mut base = String::new();
        for name in self.components.split(' ') {
            let value = match name.trim_matches('"') {
                "@method" => self.method.to_owned(),
                "@path" => path.to_owned(),
                "@query" => format!("?{query}"),
                "content-digest" => self.digest(),
                other => panic!("{other}"),
            };
            writeln!(base, "{name}: {value}").unwrap();
        }
        write!(base, "\"@signature-params\": {}", self.input()).unwrap();
        STANDARD.encode(key.sign(base.as_bytes()).to_bytes())
    }

    pub fn headers(&self, key: &SigningKey) -> Vec<(&'static str, String)> {
        vec![
            ("content-digest", self.digest()),
            ("signature-input", format!("sig1={}", self.input())),
            ("signature", format!("sig1=:{}:", self.signature(key))),
        ]
    }

    pub fn to_bytes(&self, key: &SigningKey) -> Vec<u8> {
        self.with_headers(&self.headers(key))
    }

    pub fn with_headers(&self, headers: &[(&'static str, String)]) -> Vec<u8> {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        request(self.method, &self.target, &headers, &self.body)
    }
}
