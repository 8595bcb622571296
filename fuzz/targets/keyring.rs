//! A version of the keyring from a server that may lie: read or refused, and the same when it is frozen again.

#![no_main]

use knothole::crypto::keyring::{Draft, SignedVersion, hash_of, verify_first, verify_next};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    if let Ok(version) = serde_json::from_slice::<SignedVersion>(text) {
        check(&version);
    }
    // Chance alone never finds documents that name each other's hashes: a draft gets them when it is frozen.
    if let Ok(draft) = serde_json::from_slice::<Draft>(text) {
        check(&draft.freeze());
    }
});

fn check(version: &SignedVersion) {
    let Ok(read) = version.read() else { return };
    let _first = verify_first(version, &hash_of(&version.public));
    let next = Draft::following(&read).freeze();
    let _next = verify_next(&read, &next);
    let again = next.read().expect("what follows a version that was read can be read");
    assert_eq!(again.public.previous, Some(read.hash));
}
