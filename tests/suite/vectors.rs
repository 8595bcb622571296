//! What Rust and TypeScript must agree on: both read `tests/vectors/`, and here each file is checked against the code.
//!
//! `derive.json`, `letter.json`, `capsule.json` and `receipt.json` have one right answer each, so they are compared with what the writer
//! would write. The two tips have not: each side seals one, and both open both; `attachment.json` is sealed by the page alone. `draft.json` is for
//! two builds of the same program to agree on.

mod agree;
mod files;
#[cfg(feature = "server")]
mod page;
mod receipts;
mod tips;

use serde::Serialize;
use serde_json::Value;
use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "vectors", name].iter().collect()
}

fn read(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(path(name)).unwrap()).unwrap()
}

fn write(name: &str, vectors: &impl Serialize) {
    let text = serde_json::to_string_pretty(vectors).unwrap() + "\n";
    std::fs::write(path(name), text).unwrap();
}
