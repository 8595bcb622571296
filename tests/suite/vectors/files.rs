//! A file and its manifest as the page seals them, opened by what opens letters: what `desk` has to do with them.

use super::read;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::model::hex::Hex;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

fn open(identity: &Value, sealed: &Value) -> Zeroizing<Vec<u8>> {
    let identity: HybridIdentity = identity.as_str().unwrap().parse().unwrap();
    file::open(&identity, &STANDARD.decode(sealed.as_str().unwrap()).unwrap()).unwrap()
}

#[test]
fn a_file_of_the_page_opens_with_the_key_in_its_manifest() {
    let vector = read("attachment.json");

    let manifest = open(&vector["thread"], &vector["manifest"]);
    let listed = &vector["opened"]["files"][0];
    let opened = open(&listed["key"], &vector["sealed"]);

    assert_eq!(manifest.len(), 4_096);
    assert_eq!(serde_json::from_slice::<Value>(&manifest).unwrap(), vector["opened"]);
    assert_eq!(vector["opened"]["id"], vector["id"]);
    let (bytes, zeros) = opened.split_at(usize::try_from(listed["size"].as_u64().unwrap()).unwrap());
    assert_eq!(Hex::<32>(Sha256::digest(bytes).into()).to_string(), listed["sha256"].as_str().unwrap());
    assert!(zeros.iter().all(|byte| *byte == 0));
    assert_eq!(opened.len() as u64, vector["padded"].as_u64().unwrap());
}
