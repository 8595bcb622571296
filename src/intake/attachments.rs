//! Files of a tip, for those who opened it: what is there, and the sealed bytes. Who fetched what is forgotten on the spot.

use super::{Caller, Intake};
use crate::model::tip::{CustodyToken, TipId};
use crate::store::{StoreError, StoredPart, StoredUpload, UploadName, UploadRight};
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt as _};
use std::ops::Range;
use std::sync::Arc;

/// Why a file was not given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentRefusal {
    /// Only members who are readers fetch files.
    #[error("only readers fetch files")]
    NotAReader,
    /// The token is not the tip's, or there is no such tip or file: all look alike.
    #[error("no such file, or not for whoever asks")]
    Missing,
    /// The tip was deleted.
    #[error("deleted")]
    Deleted,
    /// It is not whole yet.
    #[error("not whole yet")]
    NotWhole,
    /// It is not that long.
    #[error("no such bytes in it")]
    PastEnd,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Some bytes of a file that is whole.
pub struct Attachment<S> {
    /// Which.
    pub range: Range<u64>,
    /// Of how many.
    pub length: u64,
    /// One part in memory at a time. Ends with an error when the store fails midway.
    pub bytes: S,
}

impl Intake {
    /// All files of a tip, also those that are not whole, in the order in which they were announced.
    pub async fn attachments(
        &self,
        caller: &Caller,
        tip: TipId,
        token: &CustodyToken,
    ) -> Result<Vec<StoredUpload>, AttachmentRefusal> {
        self.check_custody(caller, tip, token).await?;
        Ok(self.store.uploads_of(tip).await?)
    }

    /// The bytes of a file from the first of `range` on, to its second or to the end.
    pub async fn attachment(
        &self,
        caller: &Caller,
        (tip, name): (TipId, UploadName),
        token: &CustodyToken,
        (from, to): (u64, Option<u64>),
    ) -> Result<Attachment<impl Stream<Item = Result<Bytes, StoreError>> + Send + use<>>, AttachmentRefusal> {
        self.check_custody(caller, tip, token).await?;
        let file = self.store.upload(tip, &name).await?.ok_or(AttachmentRefusal::Missing)?;
        if file.offset < file.length {
            return Err(AttachmentRefusal::NotWhole);
        }
        let range = from..to.map_or(file.length, |to| to.min(file.length));
        if range.is_empty() {
            return Err(AttachmentRefusal::PastEnd);
        }
        let parts = self.store.parts_of(&name).await?;
        let wanted = range.clone();
        let pieces = parts.into_iter().filter_map(move |part| overlap(part, &wanted));
        let blobs = Arc::clone(&self.uploads.as_ref().ok_or(AttachmentRefusal::Missing)?.blobs);
        let bytes = stream::iter(pieces).then(move |StoredPart { object, range }| {
            let blobs = Arc::clone(&blobs);
            async move { blobs.get(&object, range).await }
        });
        Ok(Attachment { range, length: file.length, bytes })
    }

    async fn check_custody(&self, caller: &Caller, tip: TipId, token: &CustodyToken) -> Result<(), AttachmentRefusal> {
        let Caller::Member { is_reader: true, .. } = caller else {
            return Err(AttachmentRefusal::NotAReader);
        };
        if token.tip_id() != tip {
            return Err(AttachmentRefusal::Missing);
        }
        match self.store.upload_right(tip).await? {
            UploadRight::Token(_) => Ok(()),
            UploadRight::NoTip => Err(AttachmentRefusal::Missing),
            UploadRight::Deleted => Err(AttachmentRefusal::Deleted),
        }
    }
}

/// What of a part is wanted, by its place in the part's object; none where nothing is.
fn overlap(part: StoredPart, wanted: &Range<u64>) -> Option<StoredPart> {
    let StoredPart { object, range } = part;
    let (from, to) = (range.start.max(wanted.start), range.end.min(wanted.end));
    (from < to).then(|| StoredPart { object, range: from - range.start..to - range.start })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hex::Hex;

    #[test]
    fn of_each_part_just_what_is_wanted_is_read() {
        let part = |range| StoredPart { object: Hex([1; 16]), range };
        let of = |range, wanted: Range<u64>| overlap(part(range), &wanted).map(|piece| piece.range);
        assert_eq!(of(100..200, 0..300), Some(0..100));
        assert_eq!(of(100..200, 150..160), Some(50..60));
        assert_eq!(of(100..200, 199..300), Some(99..100));
        assert_eq!((of(100..200, 0..100), of(100..200, 200..300)), (None, None));
    }
}
