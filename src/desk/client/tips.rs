//! The stream of tips, read piece by piece. The server is a stranger: nothing it says makes us hold more than one tip
//! and one piece of the network's, and whatever breaks the protocol ends the reading.

use super::ClientError;
use super::pieces::Pieces;
use crate::crypto::shape::{CAPSULE_LEN, LETTER_BUCKETS, sealed_len};
use crate::wire::{InboxLine, TipLine};

/// The longest line there can be; a real one has some 170 bytes.
const MAX_LINE: usize = 512;

/// A tip as the server gave it, unopened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedTip {
    /// What the server says of it.
    pub line: TipLine,
    /// The sealed letter.
    pub letter: Vec<u8>,
    /// The sealed capsule with our agency's number; empty when the tip is older than that.
    pub capsule: Vec<u8>,
}

/// How the server's answer breaks the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Garbled {
    /// A line is too long or not JSON of the expected form.
    #[error("it is not the JSON of the protocol")]
    Json,
    /// Larger than any true answer.
    #[error("it is too large")]
    TooLarge,
    /// A letter or capsule of a length that none has.
    #[error("a tip has a length that no tip has")]
    Length,
    /// Places in the list that do not grow.
    #[error("tips are out of order")]
    Order,
    /// Something follows the end.
    #[error("it goes on after its end")]
    AfterEnd,
}

/// Turns pieces of bytes into tips. Pure, so that it can be tried with anything.
#[derive(Debug)]
pub struct TipReader {
    pieces: Pieces,
    after: u64,
    last: Option<u64>,
    end: Option<u64>,
}

impl TipReader {
    /// A reader of the tips after this place.
    pub fn new(after: u64) -> Self {
        Self { pieces: Pieces::default(), after, last: None, end: None }
    }

    /// Adds bytes. Take all tips out before adding more.
    pub fn add(&mut self, bytes: &[u8]) {
        self.pieces.add(bytes);
    }

    /// How many tips the server says there ever were, once the end was read. No less than the last place that was read, and
    /// otherwise whatever it likes: to be compared, never to be remembered.
    pub fn end(&self) -> Option<u64> {
        self.end
    }

    /// Takes the next whole tip out; none when more bytes are needed or the end was read.
    pub fn next_tip(&mut self) -> Result<Option<SealedTip>, Garbled> {
        if self.end.is_some() {
            return if self.pieces.is_empty() { Ok(None) } else { Err(Garbled::AfterEnd) };
        }
        let Some((line, head)) = self.pieces.line(MAX_LINE)? else { return Ok(None) };
        let line = match line {
            InboxLine::Tip(line) => line,
            InboxLine::End { end } => return self.finish(end, head),
        };
        if line.seq <= self.last.unwrap_or(self.after) {
            return Err(Garbled::Order);
        }
        let (letter_len, capsule_len) = lengths(&line)?;
        let Some(mut letter) = self.pieces.take(head + letter_len + capsule_len) else { return Ok(None) };
        let capsule = letter.split_off(head + letter_len);
        letter.drain(..head);
        self.last = Some(line.seq);
        Ok(Some(SealedTip { line, letter, capsule }))
    }

    fn finish(&mut self, end: u64, len: usize) -> Result<Option<SealedTip>, Garbled> {
        if self.last.is_some_and(|last| end < last) {
            return Err(Garbled::Order);
        }
        self.pieces.take(len);
        self.end = Some(end);
        self.next_tip()
    }
}

fn lengths(line: &TipLine) -> Result<(usize, usize), Garbled> {
    let letter = LETTER_BUCKETS.map(sealed_len).into_iter().find(|&len| u32::try_from(len) == Ok(line.letter));
    let capsule = [0, CAPSULE_LEN].into_iter().find(|&len| u32::try_from(len) == Ok(line.capsule));
    letter.zip(capsule).ok_or(Garbled::Length)
}

/// Tips as they come in from the network.
pub struct TipStream {
    answer: reqwest::Response,
    reader: TipReader,
}

/// Some tips of a stream.
#[derive(Debug, Default)]
pub struct Batch {
    /// In the server's order.
    pub tips: Vec<SealedTip>,
    /// As [`TipReader::end`], if this is the last batch.
    pub end: Option<u64>,
}

impl TipStream {
    pub(super) fn new(answer: reqwest::Response, after: u64) -> Self {
        Self { answer, reader: TipReader::new(after) }
    }

    /// The next tips: as many as `max_tips`, or fewer once they hold `max_bytes`, or all that are left.
    pub async fn next_batch(&mut self, max_tips: usize, max_bytes: usize) -> Result<Batch, ClientError> {
        let mut batch = Batch::default();
        let mut bytes = 0;
        while batch.tips.len() < max_tips && bytes < max_bytes {
            if let Some(tip) = self.reader.next_tip()? {
                bytes += tip.letter.len() + tip.capsule.len();
                batch.tips.push(tip);
            } else if let Some(chunk) = self.answer.chunk().await.map_err(ClientError::Unreachable)? {
                self.reader.add(&chunk);
            } else {
                batch.end = Some(self.reader.end().ok_or(ClientError::CutShort)?);
                break;
            }
        }
        Ok(batch)
    }
}

#[cfg(test)]
#[path = "tips/tests.rs"]
mod tests;
