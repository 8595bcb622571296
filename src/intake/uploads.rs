//! Files that follow a letter, part by part. Looked at from outside only, as a tip is: a length that many files have, and the head of
//! a sealed file. Nothing is acknowledged before it is on the disk.

use super::Intake;
use crate::crypto::padme::{largest_file, padme};
use crate::crypto::shape::{self, HEADER_LEN, LETTER_BUCKETS};
use crate::model::hex::{Hex, Nonce16};
use crate::model::tip::TipId;
use crate::store::blobs::Blobs;
use crate::store::{
    NewPart, NewUpload, PartOutcome, StoreError, StoredUpload, UploadName, UploadOutcome, UploadRight, UploadRoom,
};
use crate::wire::LITTLE_ROOM;
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use subtle::ConstantTimeEq as _;

/// A part that is shorter, and is not the last, is not taken: it would cost as much as a long one.
pub const MIN_PART_BYTES: usize = 64 << 10;
/// No part is longer: the most that is held in memory for one, and that a broken line costs.
pub const MAX_PART_BYTES: usize = (4 << 20) + 64 * 16 + HEADER_LEN + 16;
/// After its last part, a file that is not whole stays for so long.
const UNFINISHED_SECONDS: u64 = DAY;
/// So long may bytes lie there before they are a part.
const LANDING_SECONDS: u64 = HOUR;
/// So long whoever comes back to a file hears that its time was over.
const REMEMBERED_SECONDS: u64 = 7 * DAY;
const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

/// How much may follow letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadLimits {
    /// The longest file, as it is padded.
    pub max_file_bytes: u64,
    /// The most files of one tip, manifests among them.
    pub max_files: u32,
    /// All files of one tip.
    pub max_tip_bytes: u64,
    /// All files of tips that no desk has kept.
    pub max_unkept_bytes: u64,
    /// Percent of the disk that stays free for letters.
    pub keep_free_percent: u8,
}

impl Default for UploadLimits {
    /// A film of a phone, an afternoon of photos, and what sixty-four such people bring before anybody has read them.
    fn default() -> Self {
        const GIB: u64 = 1 << 30;
        Self {
            max_file_bytes: GIB,
            max_files: 100,
            max_tip_bytes: 4 * GIB,
            max_unkept_bytes: 64 * GIB,
            keep_free_percent: LITTLE_ROOM,
        }
    }
}

impl UploadLimits {
    /// The largest file that is taken, before it is padded, in MB as people count them; none where that is none.
    pub fn largest_file_megabytes(&self) -> Option<u32> {
        let bytes = largest_file(self.max_file_bytes)?;
        u32::try_from(bytes / 1_000_000).ok().filter(|megabytes| *megabytes > 0)
    }

    /// How long the longest file is once it is sealed.
    pub fn largest_sealed_bytes(&self) -> u64 {
        let plain = largest_file(self.max_file_bytes).unwrap_or_default();
        usize::try_from(plain).map_or(u64::MAX, |plain| shape::sealed_len(plain) as u64)
    }
}

/// Why nothing was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UploadRefusal {
    /// The token is not the tip's, or there is no such tip or file: all look alike.
    #[error("no such file, or not for whoever asks")]
    Missing,
    /// The tip was deleted, or the file's time is over.
    #[error("gone")]
    Gone,
    /// A length that no file has, a part that is too short, or no sealed file.
    #[error("not a sealed file")]
    Malformed,
    /// More than the site takes of one file or one tip, or more than was announced.
    #[error("more than is taken")]
    TooMuch,
    /// Another is writing to this file.
    #[error("another is at it")]
    Locked,
    /// The file is at another place.
    #[error("the file is elsewhere")]
    OtherOffset,
    /// No room now.
    #[error("no room")]
    NoRoom,
    /// Those who run the site have closed the form for a while.
    #[error("the form is closed for a while")]
    Paused,
    /// The store failed. What was acknowledged is there.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for UploadRefusal {
    fn from(error: StoreError) -> Self {
        if error == StoreError::DiskFull { Self::NoRoom } else { Self::Store(error) }
    }
}

/// Whose file it is, as the address and the header say.
#[derive(Clone, Copy)]
pub struct UploadPlace<'a> {
    /// The tip.
    pub tip: TipId,
    /// What gives the right to add to it.
    pub token: &'a Hex<32>,
}

/// What an intake needs for files.
pub(super) struct Uploads {
    pub blobs: Arc<Blobs>,
    /// None where no more are taken. What is there stays.
    limits: Option<UploadLimits>,
    written_to: Mutex<HashSet<UploadName>>,
}

impl Uploads {
    pub fn new(blobs: Blobs, limits: Option<UploadLimits>) -> Self {
        Self { blobs: Arc::new(blobs), limits, written_to: Mutex::default() }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<UploadName>> {
        self.written_to.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The one way to write to a file; while it is there nobody else has one.
pub struct UploadWriter<'a> {
    intake: &'a Intake,
    uploads: &'a Uploads,
    limits: UploadLimits,
    file: StoredUpload,
}

impl Drop for UploadWriter<'_> {
    fn drop(&mut self) {
        self.uploads.lock().remove(&self.file.name);
    }
}

impl Intake {
    /// Gives a file its place under a tip.
    pub async fn create_upload(
        &self,
        place: UploadPlace<'_>,
        length: u64,
        is_manifest: bool,
    ) -> Result<StoredUpload, UploadRefusal> {
        let (_, limits) = self.uploads()?;
        self.check_right(place).await?;
        self.check_open().await?;
        let plain = shape::plain_len(length).ok_or(UploadRefusal::Malformed)?;
        let is_bucket = || LETTER_BUCKETS.iter().any(|bucket| *bucket as u64 == plain);
        if is_manifest && !is_bucket() || !is_manifest && padme(plain) != plain {
            return Err(UploadRefusal::Malformed);
        }
        let UploadLimits { max_file_bytes, max_files, max_tip_bytes, .. } = limits;
        if plain > max_file_bytes {
            return Err(UploadRefusal::TooMuch);
        }
        self.check_room(&limits, length).await?;
        let goes = self.hour_after(UNFINISHED_SECONDS);
        let new = NewUpload { name: random()?, length, is_manifest, goes };
        let room = UploadRoom { max_files, max_bytes: max_tip_bytes };
        match self.store.put_upload(place.tip, &new, &room).await? {
            UploadOutcome::Placed => {
                Ok(StoredUpload { name: new.name, length, offset: 0, is_manifest, goes: Some(goes) })
            }
            UploadOutcome::NoTip => Err(UploadRefusal::Gone),
            UploadOutcome::Full => Err(UploadRefusal::TooMuch),
        }
    }

    /// How far a file is.
    pub async fn upload(&self, place: UploadPlace<'_>, name: &UploadName) -> Result<StoredUpload, UploadRefusal> {
        self.uploads()?;
        self.check_right(place).await?;
        let Some(file) = self.store.upload(place.tip, name).await? else {
            let was_there = self.store.has_upload_expired(place.tip, name).await?;
            return Err(if was_there { UploadRefusal::Gone } else { UploadRefusal::Missing });
        };
        let is_over = file.goes.is_some_and(|goes| goes <= self.clock.unix_seconds());
        if is_over { Err(UploadRefusal::Gone) } else { Ok(file) }
    }

    /// Lets one caller write to a file from `offset` on.
    pub async fn write_upload(
        &self,
        place: UploadPlace<'_>,
        name: &UploadName,
        offset: u64,
    ) -> Result<UploadWriter<'_>, UploadRefusal> {
        let (uploads, limits) = self.uploads()?;
        let file = self.upload(place, name).await?;
        self.check_open().await?;
        if uploads.lock().contains(name) {
            return Err(UploadRefusal::Locked);
        }
        // Whoever is at a wrong place keeps nobody out, not even for a moment.
        is_at(&file, offset)?;
        if !uploads.lock().insert(*name) {
            return Err(UploadRefusal::Locked);
        }
        let mut writer = UploadWriter { intake: self, uploads, limits, file };
        // Whoever wrote until just now may have moved it.
        writer.file = self.upload(place, name).await?;
        is_at(&writer.file, offset)?;
        Ok(writer)
    }

    /// Forgets files that nobody went on with, and takes away the bytes of all that are gone. To be called every few minutes. Gives how
    /// many files it forgot.
    pub async fn tidy_uploads(&self) -> Result<u64, StoreError> {
        let now = self.clock.unix_seconds();
        let remembered_until = (now + REMEMBERED_SECONDS).next_multiple_of(DAY);
        let gone = self.store.expire_uploads(now, remembered_until).await?;
        self.take_waste_away().await?;
        Ok(gone)
    }

    /// Takes away the bytes of what was deleted.
    pub(super) async fn take_waste_away(&self) -> Result<(), StoreError> {
        let Some(uploads) = &self.uploads else { return Ok(()) };
        loop {
            let waste = self.store.waste(self.clock.unix_seconds()).await?;
            if waste.is_empty() {
                return Ok(());
            }
            uploads.blobs.delete(&waste).await?;
            self.store.forget_waste(&waste).await?;
        }
    }

    fn uploads(&self) -> Result<(&Uploads, UploadLimits), UploadRefusal> {
        let uploads = self.uploads.as_ref().ok_or(UploadRefusal::Missing)?;
        Ok((uploads, uploads.limits.ok_or(UploadRefusal::Missing)?))
    }

    /// Whether the token is the tip's. Where there is no tip, the same is done and said as where it is not.
    async fn check_right(&self, place: UploadPlace<'_>) -> Result<(), UploadRefusal> {
        let shown = Sha256::digest(place.token.0);
        let (kept, is_there) = match self.store.upload_right(place.tip).await? {
            UploadRight::Token(hash) => (hash, true),
            UploadRight::NoTip => (Hex([0; 32]), false),
            UploadRight::Deleted => return Err(UploadRefusal::Gone),
        };
        let is_right = bool::from(shown.as_slice().ct_eq(&kept.0)) && is_there;
        if is_right { Ok(()) } else { Err(UploadRefusal::Missing) }
    }

    async fn check_open(&self) -> Result<(), UploadRefusal> {
        if self.store.pause().await?.is_some() { Err(UploadRefusal::Paused) } else { Ok(()) }
    }

    /// Whether so many bytes more leave room for letters, and for other files. What was announced and never came takes none.
    async fn check_room(&self, limits: &UploadLimits, bytes: u64) -> Result<(), UploadRefusal> {
        let is_room = self.store.disk_free().await? >= limits.keep_free_percent
            && self.store.unkept_bytes().await?.saturating_add(bytes) <= limits.max_unkept_bytes;
        if is_room { Ok(()) } else { Err(UploadRefusal::NoRoom) }
    }

    /// So many seconds from now, rounded up to the hour: whoever takes the file learns no time of day from it.
    fn hour_after(&self, seconds: u64) -> u64 {
        (self.clock.unix_seconds() + seconds).next_multiple_of(HOUR)
    }
}

impl UploadWriter<'_> {
    /// How far the file is.
    pub fn file(&self) -> &StoredUpload {
        &self.file
    }

    /// How much is still to come.
    pub fn missing(&self) -> u64 {
        self.file.length - self.file.offset
    }

    /// Adds a part of at most [`MAX_PART_BYTES`]. When this returns `Ok` it is on the disk, and the file is so much further. When it
    /// does not, the file is where it was.
    pub async fn add(&mut self, part: Vec<u8>) -> Result<(), UploadRefusal> {
        let (length, offset) = (part.len() as u64, self.file.offset);
        if length > self.missing() {
            return Err(UploadRefusal::TooMuch);
        }
        if part.len() < MIN_PART_BYTES && length < self.missing() {
            return Err(UploadRefusal::Malformed);
        }
        if offset == 0 {
            shape::check_header(&part).map_err(|_| UploadRefusal::Malformed)?;
        }
        let (intake, uploads) = (self.intake, self.uploads);
        intake.check_room(&self.limits, length).await?;
        let object = random()?;
        intake.store.announce_object(&object, intake.hour_after(LANDING_SECONDS)).await?;
        uploads.blobs.put(&object, part, intake.clock.today()).await?;
        let goes = intake.hour_after(UNFINISHED_SECONDS);
        match intake.store.add_part(&self.file.name, &NewPart { object, offset, length, goes }).await? {
            PartOutcome::Added(file) => {
                self.file = file;
                Ok(())
            }
            PartOutcome::DoesNotFit => {
                // Of no use to anyone, and named once more in case that it came so late that its name was forgotten.
                intake.store.announce_object(&object, 0).await?;
                Err(UploadRefusal::OtherOffset)
            }
        }
    }
}

fn is_at(file: &StoredUpload, offset: u64) -> Result<(), UploadRefusal> {
    if file.offset == offset { Ok(()) } else { Err(UploadRefusal::OtherOffset) }
}

fn random() -> Result<Nonce16, StoreError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Unavailable("no randomness".into()))?;
    Ok(Hex(bytes))
}
