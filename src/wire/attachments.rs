//! What the staff door says of the files of a tip, beside their sealed bytes.

use crate::model::hex::Hex;
use serde::{Deserialize, Serialize};

/// Answer of `GET /v1/tips/{id}/attachments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachments {
    /// In the order in which they were announced.
    pub files: Vec<AttachmentLine>,
}

/// One file, as far as a server knows any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentLine {
    /// Its name, by which a manifest lists it.
    pub upload: Hex<16>,
    /// How long it will be, sealed.
    pub length: u64,
    /// How much of it is there.
    pub offset: u64,
    /// Whether it lists others.
    #[serde(rename = "manifest")]
    pub is_manifest: bool,
}

impl AttachmentLine {
    /// Whether all of it is there.
    pub const fn is_whole(&self) -> bool {
        self.offset == self.length
    }
}
