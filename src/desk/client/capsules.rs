//! Lists whose lines each announce bytes, read piece by piece: an agency's capsules that need an older key, those that were
//! sealed again, and messages by which agencies compare. Nothing the server says makes us hold more than one entry and one piece of the network's.

use super::pieces::Pieces;
use super::{ClientError, Garbled};
use crate::crypto::shape::{CAPSULE_LEN, POINTER_LEN};
use crate::wire::{CapsuleLine, PointerLine, PointerPlace, ResealedCapsule, ResealedLine, StoredCapsule};
use serde::de::DeserializeOwned;

/// The longest line there can be; a real one has some 300 bytes.
const MAX_LINE: usize = 1_024;

/// What is said of a capsule, and the bytes that follow.
pub type Entry<L> = (<L as Listed>::About, Vec<u8>);

/// A line of one of the lists.
pub trait Listed: DeserializeOwned {
    /// What it says of an entry.
    type About;

    /// The entry, or the number in the end line.
    fn about(self) -> Result<Self::About, u64>;

    /// How many bytes follow it.
    fn len(about: &Self::About) -> Result<usize, Garbled>;
}

impl Listed for CapsuleLine {
    type About = StoredCapsule;

    fn about(self) -> Result<StoredCapsule, u64> {
        match self {
            Self::Capsule(about) => Ok(about),
            Self::End { end } => Err(end),
        }
    }

    fn len(about: &StoredCapsule) -> Result<usize, Garbled> {
        is_capsule(about.sealed).then_some(CAPSULE_LEN).ok_or(Garbled::Length)
    }
}

impl Listed for ResealedLine {
    type About = ResealedCapsule;

    fn about(self) -> Result<ResealedCapsule, u64> {
        match self {
            Self::Resealed(about) => Ok(about),
            Self::End { end } => Err(end),
        }
    }

    fn len(about: &ResealedCapsule) -> Result<usize, Garbled> {
        let fits = is_capsule(about.old) && is_capsule(about.new);
        fits.then_some(2 * CAPSULE_LEN).ok_or(Garbled::Length)
    }
}

impl Listed for PointerLine {
    type About = PointerPlace;

    fn about(self) -> Result<PointerPlace, u64> {
        match self {
            Self::Pointer(about) => Ok(about),
            Self::End { end } => Err(end),
        }
    }

    fn len(about: &PointerPlace) -> Result<usize, Garbled> {
        let is_one = usize::try_from(about.sealed) == Ok(POINTER_LEN);
        is_one.then_some(POINTER_LEN).ok_or(Garbled::Length)
    }
}

fn is_capsule(len: u32) -> bool {
    usize::try_from(len) == Ok(CAPSULE_LEN)
}

/// Turns pieces of bytes into entries. Pure, so that it can be tried with anything.
#[derive(Debug, Default)]
pub struct ListReader {
    pieces: Pieces,
    end: Option<u64>,
}

impl ListReader {
    /// Adds bytes. Take all entries out before adding more.
    pub fn add(&mut self, bytes: &[u8]) {
        self.pieces.add(bytes);
    }

    /// What the end line said, once it was read.
    pub fn end(&self) -> Option<u64> {
        self.end
    }

    /// Takes the next whole entry out; none when more bytes are needed or the end was read.
    pub fn next_entry<L: Listed>(&mut self) -> Result<Option<Entry<L>>, Garbled> {
        if self.end.is_some() {
            return if self.pieces.is_empty() { Ok(None) } else { Err(Garbled::AfterEnd) };
        }
        let Some((line, head)) = self.pieces.line::<L>(MAX_LINE)? else { return Ok(None) };
        let about = match line.about() {
            Ok(about) => about,
            Err(end) => {
                self.pieces.take(head);
                self.end = Some(end);
                return self.next_entry::<L>();
            }
        };
        let Some(mut bytes) = self.pieces.take(head + L::len(&about)?) else { return Ok(None) };
        bytes.drain(..head);
        Ok(Some((about, bytes)))
    }
}

/// Entries of one list as they come in from the network.
pub struct ListStream<L> {
    answer: reqwest::Response,
    reader: ListReader,
    kind: std::marker::PhantomData<fn() -> L>,
}

/// Some entries, and whether they are the last.
pub struct ListBatch<A> {
    /// In the server's order, each with the bytes that follow it.
    pub entries: Vec<(A, Vec<u8>)>,
    /// Whether the list ended with them.
    pub is_last: bool,
    /// What the end line said, where it did.
    pub end: Option<u64>,
}

impl<L: Listed> ListStream<L> {
    pub(super) fn new(answer: reqwest::Response) -> Self {
        Self { answer, reader: ListReader::default(), kind: std::marker::PhantomData }
    }

    /// The next entries: at most `max`, or all that are left.
    pub async fn next_batch(&mut self, max: usize) -> Result<ListBatch<L::About>, ClientError> {
        let mut entries = Vec::new();
        while entries.len() < max {
            if let Some(entry) = self.reader.next_entry::<L>()? {
                entries.push(entry);
            } else if let Some(chunk) = self.answer.chunk().await.map_err(ClientError::Unreachable)? {
                self.reader.add(&chunk);
            } else {
                let end = self.reader.end().ok_or(ClientError::CutShort)?;
                return Ok(ListBatch { entries, is_last: true, end: Some(end) });
            }
        }
        Ok(ListBatch { entries, is_last: false, end: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list() -> Vec<u8> {
        let tip = "0".repeat(52);
        let mut bytes = Vec::new();
        for referral in [0, 3] {
            bytes.extend(format!("{{\"tip\":\"{tip}\",\"referral\":{referral},\"sealed\":1886}}\n").into_bytes());
            bytes.extend([7; CAPSULE_LEN]);
        }
        bytes.extend(b"{\"end\":2}\n");
        bytes
    }

    fn read(bytes: &[u8], piece: usize) -> Result<(Vec<u64>, Option<u64>), Garbled> {
        let (mut reader, mut places) = (ListReader::default(), Vec::new());
        for piece in bytes.chunks(piece) {
            reader.add(piece);
            while let Some((about, sealed)) = reader.next_entry::<CapsuleLine>()? {
                assert_eq!(sealed, [7; CAPSULE_LEN]);
                places.push(about.referral);
            }
        }
        Ok((places, reader.end()))
    }

    #[test]
    fn capsules_come_out_whole_however_the_network_cuts_them() {
        for piece in [1, 7, 1886, 100_000] {
            assert_eq!(read(&list(), piece), Ok((vec![0, 3], Some(2))));
        }
        assert_eq!(read(&list()[..2200], 100), Ok((vec![0], None)));
    }

    #[test]
    fn whatever_breaks_the_list_ends_the_reading() {
        let text = String::from_utf8(list()).unwrap();
        assert_eq!(read(text.replacen("1886", "1887", 1).as_bytes(), 64), Err(Garbled::Length));
        assert_eq!(read(format!("{text}x").as_bytes(), 64), Err(Garbled::AfterEnd));
        assert_eq!(read(&[b'x'; 1_100], 64), Err(Garbled::Json));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = read(&bytes, 50);
        }
    }
}
