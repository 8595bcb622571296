//! The age test kit of C2SP/CCTV, from the npm package that the page's tests use too.
//!
//! Left out: `armor_*` and every other vector with `armored: yes`, because no door takes armoured files and `age` is
//! built without them; `scrypt*` and every other vector with a `passphrase`, because nothing that we open here is sealed
//! to one. All others run through `crypto::file::open`, those for X25519 as well: header, MAC and payload are the same
//! code for all. `open` gives all of a payload or nothing, so the beginning of a payload that fails later is never
//! given out and its hash is not compared.

use age::{DecryptError, Identity};
use age_core::format::{FileKey, Stanza};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;
use knothole::crypto::file::{self, OpenError};
use knothole::crypto::hybrid::HybridIdentity;
use knothole::model::hex::{Hex, Sha256Hash};
use sha2::{Digest as _, Sha256};
use std::io::Read as _;

const KIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/web/node_modules/cctv-age/index.js");

struct Vector {
    name: String,
    expect: String,
    payload: Option<Sha256Hash>,
    identities: Several,
    file: Vec<u8>,
}

/// Tries one identity after the other, as a command line with several of them does.
struct Several(Vec<Box<dyn Identity>>);

impl Identity for Several {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        self.0.iter().find_map(|identity| identity.unwrap_stanza(stanza))
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<FileKey, DecryptError>> {
        self.0.iter().find_map(|identity| identity.unwrap_stanzas(stanzas))
    }
}

/// The vectors whose names fit, without those left out.
fn vectors(fits: impl Fn(&str) -> bool) -> Vec<Vector> {
    let kit = std::fs::read_to_string(KIT).expect("the age test kit is missing: run `npm ci` in web/ first");
    kit.lines()
        .filter_map(|line| line.strip_prefix("var ")?.strip_suffix("\");")?.split_once("_default = __toBinary(\""))
        .filter(|(name, _)| fits(name))
        .filter_map(|(name, base64)| parse(name, &STANDARD.decode(base64).unwrap()))
        .collect()
}

/// `None` for a vector that is left out.
fn parse(name: &str, vector: &[u8]) -> Option<Vector> {
    let head_len = vector.windows(2).position(|two| two == b"\n\n").unwrap();
    let mut parsed = Vector {
        name: name.to_owned(),
        expect: String::new(),
        payload: None,
        identities: Several(Vec::new()),
        file: vector[head_len + 2..].to_vec(),
    };
    for line in std::str::from_utf8(&vector[..head_len]).unwrap().lines() {
        match line.split_once(": ").unwrap() {
            ("expect", value) => value.clone_into(&mut parsed.expect),
            ("payload", value) => parsed.payload = Some(value.parse().unwrap()),
            ("identity", value) => parsed.identities.0.push(identity(value)),
            ("compressed", "zlib") => {
                let mut file = Vec::new();
                ZlibDecoder::new(parsed.file.as_slice()).read_to_end(&mut file).unwrap();
                parsed.file = file;
            }
            ("armored", "yes") | ("passphrase", _) => return None,
            ("file key" | "comment", _) => {}
            unknown => panic!("{name}: the kit has a new key: {unknown:?}"),
        }
    }
    Some(parsed)
}

fn identity(text: &str) -> Box<dyn Identity> {
    text.parse::<HybridIdentity>().map_or_else(
        |_| Box::new(text.parse::<age::x25519::Identity>().unwrap()) as Box<dyn Identity>,
        |hybrid| Box::new(hybrid),
    )
}

/// Opens each vector and lists those that did not end as the kit expects.
fn surprises(vectors: &[Vector]) -> Vec<String> {
    let outcome = |vector: &Vector| match file::open(&vector.identities, &vector.file) {
        Ok(payload) if vector.payload == Some(Hex(Sha256::digest(&*payload).into())) => "success",
        Ok(_) => "another payload",
        Err(OpenError::NotForUs) => "no match",
        Err(OpenError::NotSealed) => "header failure",
        Err(OpenError::Damaged) => "HMAC failure or payload failure",
    };
    vectors
        .iter()
        .filter(|vector| !outcome(vector).contains(vector.expect.as_str()))
        .map(|vector| format!("{}: expected {}, was {}", vector.name, vector.expect, outcome(vector)))
        .collect()
}

#[test]
fn every_hybrid_vector_ends_as_the_specification_says() {
    let hybrid = vectors(|name| name.starts_with("hybrid"));
    assert_eq!(hybrid.len(), 18);
    assert_eq!(surprises(&hybrid), [""; 0]);
}

#[test]
fn every_vector_of_headers_macs_and_payloads_ends_as_the_specification_says() {
    let generic = vectors(|name| !name.starts_with("hybrid"));
    assert_eq!(generic.len(), 67);
    // Two forms of a header that old versions of `age` wrote, which the crate still reads on purpose. The server's
    // check of the shape refuses them before anybody stores one.
    let legacy = ["stanza_missing_body", "stanza_missing_final_line"];
    assert_eq!(surprises(&generic), legacy.map(|name| format!("{name}: expected header failure, was another payload")));
}
