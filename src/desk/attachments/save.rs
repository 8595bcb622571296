//! One file opened onto the disk, piece by piece, under a name that somebody gave it: not before all of it was found to be what the
//! source sealed, for its owner alone, never executable, and never over another.

use super::super::files::FileError;
use super::super::files::asked::{self, Asked};
use super::kind::{self, LOOKED_AT};
use crate::crypto::file::{OpenError, open_stream};
use crate::crypto::manifest::ListedFile;
use crate::model::hex::Hex;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

const PIECE: usize = 64 << 10;

/// Why a file was not saved. Then nothing of it is there.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its key does not open it, or it was changed.
    #[error("the file does not open: {0}")]
    Sealed(#[from] OpenError),
    /// It opened onto something else than the source sent.
    #[error("the file is not the one that the source listed: its length or its SHA-256 is another")]
    OtherFile,
}

/// A file that is whole and needs only its name.
pub struct Opened {
    /// To be given its name.
    pub asked: Asked,
    /// What it is by its first bytes.
    pub found: Option<&'static str>,
}

/// Opens what was fetched, as the file that will stand at `to`. `moved` hears how many bytes are done.
pub fn open(sealed: &Path, listed: &ListedFile, to: &Path, mut moved: impl FnMut(u64)) -> Result<Opened, SaveError> {
    let fails = |source| FileError::Io { path: sealed.to_owned(), source };
    let source = BufReader::with_capacity(PIECE, File::open(sealed).map_err(fails)?);
    let mut plain = open_stream(&listed.key, source)?;
    let mut first = Vec::new();
    let asked = asked::fill_by(to, false, |file| {
        let to_file = |source| SaveError::File(FileError::Io { path: PathBuf::from(to), source });
        copy(&mut plain, listed, |piece, at| {
            first.extend_from_slice(&piece[..piece.len().min(LOOKED_AT - first.len())]);
            moved(at);
            file.write_all(piece).map_err(to_file)
        })
    })?;
    Ok(Opened { asked, found: kind::found(&first) })
}

/// Gives all of the file to `take`, and makes sure that it is what was listed and that nothing but zeros follows it.
fn copy(
    plain: &mut impl Read,
    listed: &ListedFile,
    mut take: impl FnMut(&[u8], u64) -> Result<(), SaveError>,
) -> Result<(), SaveError> {
    let (mut hash, mut at) = (Sha256::new(), 0_u64);
    let mut piece = zeroize::Zeroizing::new(vec![0; PIECE]);
    loop {
        let count = match plain.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(OpenError::Damaged.into()),
        };
        let is_file = usize::try_from(listed.size.saturating_sub(at)).unwrap_or(usize::MAX).min(count);
        let (of_file, behind) = piece[..count].split_at(is_file);
        if behind.iter().any(|byte| *byte != 0) {
            return Err(SaveError::OtherFile);
        }
        hash.update(of_file);
        at += of_file.len() as u64;
        if !of_file.is_empty() {
            take(of_file, at)?;
        }
    }
    let is_it = at == listed.size && Hex(hash.finalize().into()) == listed.sha256;
    if is_it { Ok(()) } else { Err(SaveError::OtherFile) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::file::seal;
    use crate::crypto::hybrid::HybridIdentity;
    use std::os::unix::fs::PermissionsExt as _;

    const WORDS: &[u8] = b"\x89PNG\r\n\x1a\n and what it shows";

    fn listed() -> ListedFile {
        ListedFile {
            upload: String::new(),
            media_type: "image/png".into(),
            size: WORDS.len() as u64,
            sha256: Hex(Sha256::digest(WORDS).into()),
            key: HybridIdentity::from_seed([3; 32]),
            name: None,
            note: None,
        }
    }

    fn padded(words: &[u8], behind: u8) -> Vec<u8> {
        let mut plain = words.to_vec();
        plain.resize(200_000, behind);
        plain
    }

    /// What comes of saving these sealed bytes, and which files are there then.
    fn save(sealed: &[u8], listed: &ListedFile) -> (Result<Option<&'static str>, SaveError>, Option<Vec<u8>>) {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("sealed"), dir.path().join("photo.png"));
        std::fs::write(&from, sealed).unwrap();
        let saved = open(&from, listed, &to, |_| ()).and_then(|Opened { asked, found }| {
            assert!(!to.exists(), "it has no name before it was found whole");
            asked.place()?;
            assert_eq!(std::fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
            Ok(found)
        });
        assert!(saved.is_ok() || std::fs::read_dir(dir.path()).unwrap().count() == 1, "something was left");
        (saved, std::fs::read(&to).ok())
    }

    #[test]
    fn a_file_is_saved_without_its_zeros_and_known_by_its_first_bytes() {
        let sealed = seal(&listed().key.to_recipient(), &padded(WORDS, 0));
        let (found, saved) = save(&sealed, &listed());
        assert_eq!((found.unwrap(), saved.as_deref()), (Some("image/png"), Some(WORDS)));
    }

    #[test]
    fn what_is_not_what_was_listed_is_never_there() {
        let recipient = listed().key.to_recipient();
        let good = seal(&recipient, &padded(WORDS, 0));
        let mut changed = good.clone();
        *changed.last_mut().unwrap() ^= 1;
        for sealed in [&changed[..], &good[..good.len() - 70_000]] {
            let (saved, there) = save(sealed, &listed());
            assert!(matches!(saved, Err(SaveError::Sealed(OpenError::Damaged))) && there.is_none());
        }
        let other = ListedFile { sha256: Hex([1; 32]), ..listed() };
        let longer = ListedFile { size: 300_000, ..listed() };
        for (sealed, listed) in [(&good, &other), (&good, &longer), (&seal(&recipient, &padded(WORDS, 1)), &listed())] {
            assert!(matches!(save(sealed, listed), (Err(SaveError::OtherFile), None)));
        }
        let theirs = ListedFile { key: HybridIdentity::from_seed([4; 32]), ..listed() };
        assert!(matches!(save(&good, &theirs).0, Err(SaveError::Sealed(OpenError::NotForUs))));
    }

    #[test]
    fn nothing_is_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("sealed"), dir.path().join("photo.png"));
        std::fs::write(&from, seal(&listed().key.to_recipient(), &padded(WORDS, 0))).unwrap();
        std::fs::write(&to, "theirs").unwrap();
        assert!(matches!(open(&from, &listed(), &to, |_| ()), Err(SaveError::File(FileError::Exists(_)))));
        assert_eq!(std::fs::read(&to).unwrap(), b"theirs");
    }
}
