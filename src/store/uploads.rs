//! What the store holds of files that follow a letter: to which tip each belongs, how far it is, and under which names its sealed
//! parts lie. The bytes lie elsewhere (`blobs`). No name, no type, no true length.

use super::StoreError;
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use async_trait::async_trait;
use std::ops::Range;

/// Names a file under its tip. Random, so that nobody finds one by guessing.
pub type UploadName = Hex<16>;
/// Names the bytes of one part. Random, and never told to anyone.
pub type ObjectName = Hex<16>;

/// A file that was checked and may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewUpload {
    /// Its name.
    pub name: UploadName,
    /// How long it will be, sealed.
    pub length: u64,
    /// Whether it lists others.
    pub is_manifest: bool,
    /// When it goes if it is not whole by then: seconds since 1970, rounded up to the hour.
    pub goes: u64,
}

/// How much one tip may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadRoom {
    /// Files, manifests among them.
    pub max_files: u32,
    /// Bytes of all of them, as they were announced.
    pub max_bytes: u64,
}

/// A file as far as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredUpload {
    /// Its name.
    pub name: UploadName,
    /// How long it will be.
    pub length: u64,
    /// How many of its bytes are there.
    pub offset: u64,
    /// Whether it lists others.
    pub is_manifest: bool,
    /// When it goes; none once it is whole.
    pub goes: Option<u64>,
}

/// A part whose bytes are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPart {
    /// Where they are.
    pub object: ObjectName,
    /// Where in the file it begins.
    pub offset: u64,
    /// How many they are.
    pub length: u64,
    /// When the file goes now if it is not whole by then.
    pub goes: u64,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPart {
    /// Where its bytes are.
    pub object: ObjectName,
    /// Which bytes of the file they are.
    pub range: Range<u64>,
}

/// By what whoever sent a tip may add to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadRight {
    /// Whoever has the token of this hash.
    Token(Sha256Hash),
    /// The tip was deleted.
    Deleted,
    /// There never was such a tip.
    NoTip,
}

/// What became of a file that was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadOutcome {
    /// It has its place.
    Placed,
    /// There is no such tip (any more).
    NoTip,
    /// The tip has brought as much as it may; nothing changed.
    Full,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOutcome {
    /// It belongs to the file now, which is so far.
    Added(StoredUpload),
    /// The file is not where the part begins, or is gone; nothing changed.
    DoesNotFit,
}

/// The part of a backend that is about files. Every act is durable when it returns `Ok`.
#[async_trait]
pub trait UploadStore: Send + Sync {
    /// By what one may add to a tip. Cheap.
    async fn upload_right(&self, tip: TipId) -> Result<UploadRight, StoreError>;

    /// Gives a file its place under a tip, if there is room.
    async fn put_upload(&self, tip: TipId, new: &NewUpload, room: &UploadRoom) -> Result<UploadOutcome, StoreError>;

    /// A file of a tip.
    async fn upload(&self, tip: TipId, name: &UploadName) -> Result<Option<StoredUpload>, StoreError>;

    /// Whether a file of a tip was forgotten because its hour had come, and not long ago.
    async fn has_upload_expired(&self, tip: TipId, name: &UploadName) -> Result<bool, StoreError>;

    /// All files of a tip, in the order in which they were announced.
    async fn uploads_of(&self, tip: TipId) -> Result<Vec<StoredUpload>, StoreError>;

    /// The parts of a file, in their order.
    async fn parts_of(&self, name: &UploadName) -> Result<Vec<StoredPart>, StoreError>;

    /// Remembers that bytes may lie there from now on, which are waste from the hour `goes` on unless they became a part. The last word
    /// about an object counts.
    async fn announce_object(&self, object: &ObjectName, goes: u64) -> Result<(), StoreError>;

    /// Makes bytes that were announced the next part of a file, if it is just where they begin and does not grow too long.
    async fn add_part(&self, name: &UploadName, part: &NewPart) -> Result<PartOutcome, StoreError>;

    /// Forgets files that are not whole and whose hour has come, and gives how many. Their bytes are waste from then on; their names are
    /// remembered up to `remembered_until`.
    async fn expire_uploads(&self, now: u64, remembered_until: u64) -> Result<u64, StoreError>;

    /// Some of what is waste by now; empty when there is none.
    async fn waste(&self, now: u64) -> Result<Vec<ObjectName>, StoreError>;

    /// Forgets waste that was taken away.
    async fn forget_waste(&self, objects: &[ObjectName]) -> Result<(), StoreError>;

    /// How many bytes lie under tips that no desk has reported as kept.
    async fn unkept_bytes(&self) -> Result<u64, StoreError>;
}
