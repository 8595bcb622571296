use super::*;
use crate::model::tip::TipId;
use proptest::prelude::*;

fn line(seq: u64, letter: u32, capsule: u32) -> TipLine {
    TipLine { seq, id: TipId([7; 32]), day: "2026-11-24".parse().unwrap(), keyring: 1, letter, capsule }
}

fn tip(seq: u64, capsule_len: usize) -> SealedTip {
    let letter = vec![b'l'; sealed_len(LETTER_BUCKETS[0])];
    let capsule = vec![b'\n'; capsule_len];
    SealedTip { line: line(seq, 5755, u32::try_from(capsule_len).unwrap()), letter, capsule }
}

fn written(tips: &[SealedTip], end: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    for tip in tips {
        bytes.extend(serde_json::to_vec(&InboxLine::Tip(tip.line.clone())).unwrap());
        bytes.push(b'\n');
        bytes.extend(&tip.letter);
        bytes.extend(&tip.capsule);
    }
    bytes.extend(serde_json::to_vec(&InboxLine::End { end }).unwrap());
    bytes.push(b'\n');
    bytes
}

fn read_all(bytes: &[u8], after: u64, piece_len: usize) -> Result<(Vec<SealedTip>, Option<u64>), Garbled> {
    let mut reader = TipReader::new(after);
    let mut tips = Vec::new();
    for piece in bytes.chunks(piece_len) {
        reader.add(piece);
        while let Some(tip) = reader.next_tip()? {
            tips.push(tip);
        }
    }
    Ok((tips, reader.end()))
}

fn only_line(line: &TipLine) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(line).unwrap();
    bytes.push(b'\n');
    bytes
}

proptest! {
    #[test]
    fn tips_read_back_however_the_network_cuts_them(piece_len in 1_usize..4000, gap in 1_u64..5) {
        let tips = [tip(3 + gap, CAPSULE_LEN), tip(10 + gap, 0), tip(20, CAPSULE_LEN)];
        let read = read_all(&written(&tips, 20), 3, piece_len).unwrap();
        prop_assert_eq!(read, (tips.to_vec(), Some(20)));
    }

    #[test]
    fn reading_anything_never_panics_and_holds_no_more_than_it_was_given(
        bytes in prop::collection::vec(any::<u8>(), 0..3000),
        piece_len in 1_usize..700,
    ) {
        let _ = read_all(&bytes, 0, piece_len);
    }
}

#[test]
fn an_empty_list_has_an_end() {
    for end in [0, 9, u64::MAX] {
        assert_eq!(read_all(&written(&[], end), 9, 100), Ok((vec![], Some(end))));
    }
}

#[test]
fn lengths_that_no_tip_has_are_refused_before_anything_is_read() {
    for (letter, capsule) in [(u32::MAX, 1886), (5754, 1886), (5755, 1885), (0, 0)] {
        assert_eq!(read_all(&only_line(&line(1, letter, capsule)), 0, 100), Err(Garbled::Length));
    }
}

#[test]
fn tips_that_do_not_follow_are_refused() {
    assert_eq!(read_all(&written(&[tip(3, 0)], 3), 3, 100), Err(Garbled::Order));
    assert_eq!(read_all(&written(&[tip(4, 0), tip(4, 0)], 4), 3, 100), Err(Garbled::Order));
    assert_eq!(read_all(&written(&[tip(4, 0)], 3), 3, 100), Err(Garbled::Order));
}

#[test]
fn a_line_without_end_and_bytes_after_the_end_are_refused() {
    assert_eq!(read_all(&[b' '; 600], 0, 100), Err(Garbled::Json));
    let mut bytes = written(&[], 1);
    bytes.push(b'x');
    assert_eq!(read_all(&bytes, 0, 1000), Err(Garbled::AfterEnd));
}

#[test]
fn a_cut_list_has_no_end() {
    let bytes = written(&[tip(1, CAPSULE_LEN)], 1);
    assert_eq!(read_all(&bytes[..bytes.len() - 1], 0, 100).unwrap().1, None);
}
