//! The body of a tip: what is read is byte for byte what would be written, and nothing else is read.

#![no_main]

use arbitrary::Arbitrary;
use knothole::crypto::shape::{CAPSULE_PLAIN_LEN, LETTER_BUCKETS, sealed_len};
use knothole::crypto::tar::{self, About, TipTar};
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;
use libfuzzer_sys::fuzz_target;

/// Bytes as they come, or a true tip with some bytes changed: chance alone never finds a tar with the right header.
#[derive(Arbitrary, Debug)]
enum Body {
    Raw(Vec<u8>),
    Changed(Change),
}

#[derive(Arbitrary, Debug)]
struct Change {
    bucket: u8,
    capsules: u8,
    bytes: Vec<(u32, u8)>,
    len: Option<u32>,
    more: Vec<u8>,
}

fuzz_target!(|body: Body| {
    let body = match body {
        Body::Raw(bytes) => bytes,
        Body::Changed(change) => change.apply(),
    };
    if let Ok(tip) = tar::parse(&body) {
        assert!(tar::write(&tip) == body);
    }
});

impl Change {
    fn apply(self) -> Vec<u8> {
        let letter = sealed(LETTER_BUCKETS[usize::from(self.bucket) % LETTER_BUCKETS.len()]);
        let capsule = sealed(CAPSULE_PLAIN_LEN);
        let capsules = vec![capsule.as_slice(); usize::from(self.capsules % 66)];
        let about = About { id: TipId([7; 32]), keyring: 3, site: Hex([9; 8]), upload: Hex([8; 32]) };
        let mut body = tar::write(&TipTar { about, letter: &letter, capsules });
        for (at, byte) in self.bytes {
            let at = at as usize % body.len();
            body[at] = byte;
        }
        body.truncate(self.len.map_or(body.len(), |len| len as usize % body.len()));
        body.extend(self.more);
        body
    }
}

/// A file that looks sealed from outside, which is all that is looked at.
fn sealed(plain_len: usize) -> Vec<u8> {
    let zeros = |len| "A".repeat(len);
    let head = format!("age-encryption.org/v1\n-> mlkem768x25519 {}\n{}\n--- {}\n", zeros(1494), zeros(43), zeros(43));
    let mut file = head.into_bytes();
    file.resize(sealed_len(plain_len), 0);
    file
}
