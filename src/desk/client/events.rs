//! The stream of case events, read piece by piece: everyone's, of which a desk keeps its own. As with tips, nothing the
//! server says makes us hold more than one event and one piece of the network's.

use super::pieces::Pieces;
use super::{ClientError, Garbled};
use crate::crypto::shape::{EVENT_BUCKETS, sealed_len};
use crate::wire::{EVENT_SLOTS, EventLine, EventListLine, EventsEnd};

/// The longest line there can be; a real one has some 90 bytes.
const MAX_LINE: usize = 256;

/// An event as the server gave it, unopened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEvent {
    /// What the server says of it.
    pub line: EventLine,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// Turns pieces of bytes into events. Pure, so that it can be tried with anything.
#[derive(Debug)]
pub struct EventReader {
    pieces: Pieces,
    last: u64,
    end: Option<EventsEnd>,
}

impl EventReader {
    /// A reader of the events after this place.
    pub fn new(after: u64) -> Self {
        Self { pieces: Pieces::default(), last: after, end: None }
    }

    /// Adds bytes. Take all events out before adding more.
    pub fn add(&mut self, bytes: &[u8]) {
        self.pieces.add(bytes);
    }

    /// What the end line said, once it was read.
    pub fn end(&self) -> Option<EventsEnd> {
        self.end
    }

    /// Takes the next whole event out; none when more bytes are needed or the end was read.
    pub fn next_event(&mut self) -> Result<Option<SealedEvent>, Garbled> {
        if self.end.is_some() {
            return if self.pieces.is_empty() { Ok(None) } else { Err(Garbled::AfterEnd) };
        }
        let Some((line, head)) = self.pieces.line(MAX_LINE)? else { return Ok(None) };
        let line = match line {
            EventListLine::Event(line) => line,
            EventListLine::End(end) => {
                self.pieces.take(head);
                self.end = Some(end);
                return self.next_event();
            }
        };
        if line.seq <= self.last {
            return Err(Garbled::Order);
        }
        let lens = EVENT_BUCKETS.map(sealed_len);
        let len = lens.into_iter().find(|&len| u32::try_from(len) == Ok(line.sealed)).ok_or(Garbled::Length)?;
        if line.slot >= EVENT_SLOTS {
            return Err(Garbled::Json);
        }
        let Some(mut sealed) = self.pieces.take(head + len) else { return Ok(None) };
        sealed.drain(..head);
        self.last = line.seq;
        Ok(Some(SealedEvent { line, sealed }))
    }
}

/// Events as they come in from the network.
pub struct EventStream {
    answer: reqwest::Response,
    reader: EventReader,
}

/// Some events of a stream.
#[derive(Debug, Default)]
pub struct EventBatch {
    /// In the server's order.
    pub events: Vec<SealedEvent>,
    /// The end line, if this is the last batch.
    pub end: Option<EventsEnd>,
}

impl EventStream {
    pub(super) fn new(answer: reqwest::Response, after: u64) -> Self {
        Self { answer, reader: EventReader::new(after) }
    }

    /// The next events: at most `max`, or all that are left.
    pub async fn next_batch(&mut self, max: usize) -> Result<EventBatch, ClientError> {
        let mut batch = EventBatch::default();
        while batch.events.len() < max {
            if let Some(event) = self.reader.next_event()? {
                batch.events.push(event);
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stream() -> Vec<u8> {
        let line = |seq| format!("{{\"seq\":{seq},\"slot\":3,\"label\":\"{}\",\"sealed\":2683}}\n", "09".repeat(16));
        let mut bytes = line(7).into_bytes();
        bytes.extend([1; 2683]);
        bytes.extend(line(9).bytes());
        bytes.extend([2; 2683]);
        bytes.extend(b"{\"end\":9,\"tips\":4}\n");
        bytes
    }

    fn read(bytes: &[u8], piece: usize) -> Result<(Vec<u64>, Option<EventsEnd>), Garbled> {
        let (mut reader, mut seqs) = (EventReader::new(6), Vec::new());
        for piece in bytes.chunks(piece) {
            reader.add(piece);
            while let Some(event) = reader.next_event()? {
                seqs.push(event.line.seq);
            }
        }
        Ok((seqs, reader.end()))
    }

    #[test]
    fn events_come_out_whole_however_the_network_cuts_them() {
        for piece in [1, 7, 2683, 100_000] {
            assert_eq!(read(&stream(), piece), Ok((vec![7, 9], Some(EventsEnd { end: 9, tips: 4 }))));
        }
        assert_eq!(read(&stream()[..3000], 100), Ok((vec![7], None)));
    }

    #[test]
    fn whatever_breaks_the_protocol_ends_the_reading() {
        let changed = |from: &str, to: &str| {
            let bytes = stream();
            let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
            [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
        };
        assert_eq!(read(&changed("\"seq\":9", "\"seq\":7"), 64), Err(Garbled::Order));
        assert_eq!(read(&changed("\"seq\":7", "\"seq\":6"), 64), Err(Garbled::Order));
        assert_eq!(read(&changed("2683", "2684"), 64), Err(Garbled::Length));
        assert_eq!(read(&changed("\"slot\":3", "\"slot\":16"), 64), Err(Garbled::Json));
        assert_eq!(read(&[stream(), b"x".to_vec()].concat(), 64), Err(Garbled::AfterEnd));
        assert_eq!(read(&[b'x'; 300], 64), Err(Garbled::Json));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = read(&bytes, 50);
        }
    }
}
