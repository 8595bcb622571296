//! The list of tips from a server that may lie: the same tips and the same end, wherever the network cuts it.

#![no_main]

use knothole::desk::client::{SealedTip, TipReader};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, u8, &[u8])| {
    let (after, piece_len, bytes) = input;
    assert!(read(after, bytes, bytes.len()) == read(after, bytes, usize::from(piece_len)));
});

/// What came out, and the end if it was reached; none when the protocol was broken anywhere.
fn read(after: u64, bytes: &[u8], piece_len: usize) -> Option<(Vec<SealedTip>, Option<u64>)> {
    let mut reader = TipReader::new(after);
    let mut tips = Vec::new();
    for piece in bytes.chunks(piece_len.max(1)) {
        reader.add(piece);
        while let Some(tip) = reader.next_tip().ok()? {
            assert!(tip.line.seq > tips.last().map_or(after, |last: &SealedTip| last.line.seq));
            tips.push(tip);
        }
    }
    Some((tips, reader.end()))
}
