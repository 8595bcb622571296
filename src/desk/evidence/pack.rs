//! Files in a tar that is always written in one way (POSIX ustar, no times, no owners), and read in any.

use crate::crypto::tar::{BLOCK, END_LEN, push_entry};

/// The largest archive that is read.
pub const MAX_BYTES: u64 = 64 << 20;

/// The one archive there is for these files.
pub fn write(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in files {
        push_entry(&mut out, name, bytes);
    }
    out.resize(out.len() + END_LEN, 0);
    out
}

/// The files of a tar, whoever wrote it; none where it is none. Whatever is no plain file has no place in it.
pub fn read(bytes: &[u8]) -> Option<Vec<(String, &[u8])>> {
    let mut files = Vec::new();
    let mut rest = bytes;
    loop {
        let (header, after) = rest.split_at_checked(BLOCK)?;
        if header.iter().all(|byte| *byte == 0) {
            return Some(files);
        }
        let size = usize::try_from(octal(&header[124..136])?).ok()?;
        let is_file = matches!(header[156], b'0' | 0);
        let is_sound = octal(&header[148..156])? == checksum(header);
        let (content, after) = after.split_at_checked(size)?;
        let (_, after) = after.split_at_checked(size.next_multiple_of(BLOCK) - size)?;
        if !is_file || !is_sound {
            return None;
        }
        files.push((text(&header[..100])?, content));
        rest = after;
    }
}

fn checksum(header: &[u8]) -> u64 {
    let byte = |(at, byte): (usize, &u8)| if (148..156).contains(&at) { u64::from(b' ') } else { u64::from(*byte) };
    header.iter().enumerate().map(byte).sum()
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    u64::from_str_radix(text, 8).ok()
}

fn text(field: &[u8]) -> Option<String> {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8(field[..end].to_vec()).ok()
}
