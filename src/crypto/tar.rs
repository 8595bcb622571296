//! The tar that carries one tip: written in one form, and read only in that form. `docs/PROTOCOL.md` section 5.

use super::shape::{self, CAPSULE_LEN, LETTER_BUCKETS, sealed_len};
use crate::model::hex::{Hex, Sha256Hash};
use crate::model::tip::TipId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Bytes of the entry `about`.
pub const ABOUT_LEN: usize = 256;
/// The most agencies a keyring may have, closed ones included.
pub const MAX_AGENCIES: usize = 64;
/// The largest body that can be a tip, in bytes.
pub const MAX_TIP_LEN: usize =
    entry_len(ABOUT_LEN) + entry_len(sealed_len(LETTER_BUCKETS[3])) + MAX_AGENCIES * entry_len(CAPSULE_LEN) + END_LEN;

const FORMAT: u32 = 1;
/// Bytes of a header, and what contents are padded to.
pub const BLOCK: usize = 512;
/// Zero bytes at the end.
pub const END_LEN: usize = 2 * BLOCK;

/// Tells a site that a tip is for it, and nobody else which site that is. Two tips of one site have nothing in common.
pub type SiteMark = Hex<8>;

/// The mark of the tip `id` for the site whose twelve words these are.
pub fn site_mark(words: &str, id: TipId) -> SiteMark {
    let hash: [u8; 32] = Sha256::digest(format!("knothole/site/v1\n{words}\n{id}")).into();
    let (mark, _) = hash.split_first_chunk().expect("eight of thirty-two bytes");
    Hex(*mark)
}

/// What a tip says of itself in clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The tip's id.
    pub id: TipId,
    /// The keyring version it was sealed under.
    pub keyring: u32,
    /// For whose site it was sealed.
    pub site: SiteMark,
    /// Hash of the token with which its attachments may be uploaded.
    pub upload: Sha256Hash,
}

/// A tip as it travels: every part sealed but `about`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TipTar<'a> {
    /// What is in clear.
    pub about: About,
    /// The sealed letter.
    pub letter: &'a [u8],
    /// One sealed capsule per agency number, in order.
    pub capsules: Vec<&'a [u8]>,
}

/// Why a body is not the tar of a tip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TarError {
    /// The body ends early, goes on after the end, or has a number of capsules that no keyring can have.
    #[error("the archive has the wrong length")]
    Length,
    /// An entry's header is not the one that belongs there.
    #[error("an entry of the archive has an unexpected header")]
    Header,
    /// `about` is not written as it must be.
    #[error("the entry `about` is malformed")]
    About,
    /// A letter or capsule is not a sealed file.
    #[error(transparent)]
    Sealed(#[from] shape::ShapeError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AboutJson {
    format: u32,
    id: TipId,
    keyring: u32,
    site: SiteMark,
    upload: Sha256Hash,
}

impl About {
    /// The 256 bytes of the entry.
    pub fn to_bytes(self) -> [u8; ABOUT_LEN] {
        let json =
            AboutJson { format: FORMAT, id: self.id, keyring: self.keyring, site: self.site, upload: self.upload };
        let text = serde_json::to_vec(&json).expect("numbers and ASCII strings always serialize");
        let mut bytes = [b' '; ABOUT_LEN];
        bytes[..text.len()].copy_from_slice(&text); // at most 203 bytes: every field is of bounded length
        bytes[ABOUT_LEN - 1] = b'\n';
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, TarError> {
        let json: AboutJson = serde_json::from_slice(bytes).map_err(|_| TarError::About)?;
        let about = Self { id: json.id, keyring: json.keyring, site: json.site, upload: json.upload };
        let is_canonical = json.format == FORMAT && about.to_bytes() == bytes;
        is_canonical.then_some(about).ok_or(TarError::About)
    }
}

/// Writes the one archive there is for these parts. The parts' lengths are the caller's word: `parse` would refuse wrong ones.
pub fn write(tip: &TipTar<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(
        entry_len(ABOUT_LEN) + entry_len(tip.letter.len()) + tip.capsules.len() * entry_len(CAPSULE_LEN) + END_LEN,
    );
    push_entry(&mut out, "about", &tip.about.to_bytes());
    push_entry(&mut out, "letter.age", tip.letter);
    for (number, capsule) in tip.capsules.iter().enumerate() {
        push_entry(&mut out, &capsule_name(number), capsule);
    }
    out.resize(out.len() + END_LEN, 0);
    out
}

/// Reads an archive that is byte for byte as `write` makes it, with sealed files of the right shape inside.
pub fn parse(body: &[u8]) -> Result<TipTar<'_>, TarError> {
    let mut rest = Reader(body);
    let about = About::from_bytes(rest.entry("about", ABOUT_LEN)?)?;
    let (bucket, letter) = LETTER_BUCKETS
        .iter()
        .find_map(|&bucket| Some((bucket, rest.entry("letter.age", sealed_len(bucket)).ok()?)))
        .ok_or(TarError::Header)?;
    shape::check(letter, bucket)?;
    let capsules_len = rest.0.len().checked_sub(END_LEN).ok_or(TarError::Length)?;
    let count = capsules_len / entry_len(CAPSULE_LEN);
    if !capsules_len.is_multiple_of(entry_len(CAPSULE_LEN)) || count == 0 || count > MAX_AGENCIES {
        return Err(TarError::Length);
    }
    let mut capsules = Vec::with_capacity(count);
    for number in 0..count {
        let capsule = rest.entry(&capsule_name(number), CAPSULE_LEN)?;
        shape::check(capsule, shape::CAPSULE_PLAIN_LEN)?;
        capsules.push(capsule);
    }
    let is_end = rest.0.iter().all(|&byte| byte == 0);
    is_end.then_some(TipTar { about, letter, capsules }).ok_or(TarError::Header)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Takes one entry off the front; on failure takes nothing.
    fn entry(&mut self, name: &str, len: usize) -> Result<&'a [u8], TarError> {
        let (head, after) = self.0.split_at_checked(BLOCK).ok_or(TarError::Length)?;
        if head != header(name, len) {
            return Err(TarError::Header);
        }
        let (content, after) = after.split_at_checked(len).ok_or(TarError::Length)?;
        let (padding, after) = after.split_at_checked(padding_len(len)).ok_or(TarError::Length)?;
        if padding.iter().any(|&byte| byte != 0) {
            return Err(TarError::Header);
        }
        self.0 = after;
        Ok(content)
    }
}

/// Adds one file of at most 99 bytes of name, without time or owner.
pub fn push_entry(out: &mut Vec<u8>, name: &str, content: &[u8]) {
    out.extend_from_slice(&header(name, content.len()));
    out.extend_from_slice(content);
    out.resize(out.len() + padding_len(content.len()), 0);
}

fn capsule_name(number: usize) -> String {
    format!("capsule-{number}.age")
}

const fn padding_len(len: usize) -> usize {
    len.next_multiple_of(BLOCK) - len
}

const fn entry_len(len: usize) -> usize {
    BLOCK + len + padding_len(len)
}

/// POSIX ustar header (IEEE 1003.1, pax, "ustar Interchange Format") with everything that could tell tips apart fixed.
fn header(name: &str, size: usize) -> [u8; BLOCK] {
    let mut head = [0; BLOCK];
    let mut put = |at: usize, text: &str| head[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, "00000000000");
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\0");
    put(263, "00");
    put(329, "0000000");
    put(337, "0000000");
    let sum: u32 = head.iter().map(|&byte| u32::from(byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    head
}

#[cfg(test)]
#[path = "tar/tests.rs"]
mod tests;
