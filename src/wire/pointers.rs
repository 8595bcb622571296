//! Bodies by which agencies compare what they hold. `docs/PROTOCOL.md` section 15.

use serde::{Deserialize, Serialize};

/// The most messages that are kept, of all agencies together. Whoever fills that room spoils nothing else.
pub const MAX_POINTERS: i64 = 1_024;
/// Days that they are kept.
pub const POINTER_DAYS: u32 = 35;

/// One line of `GET /v1/pointers`, followed by the bytes it announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PointerLine {
    /// A message; its sealed bytes follow.
    Pointer(PointerPlace),
    /// The end of the list; nothing follows.
    End {
        /// How many messages there ever were, whatever was asked for.
        end: u64,
    },
}

/// What is said of one message before its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointerPlace {
    /// Place in the list; grows.
    pub seq: u64,
    /// Bytes that follow.
    pub sealed: u32,
}
