//! The file of sealed lines: frames, one after the other, only ever added to. What a process that died left half written at
//! the end is cut off; anything else that is no frame is left as it is, and named. What stands behind it is still read.

use super::{LineHash, LogError};
use crate::desk::files::FileError;
use crate::model::hex::Hex;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

const FILE_NAME: &str = "lines";
const LOCK_NAME: &str = "lock";
const MAGIC: [u8; 4] = *b"khl1";
/// Magic, length of what is sealed, number, name.
const HEAD: usize = 4 + 4 + 8 + 32;
/// The length once more, so that the file can be read from its end.
const FOOT: usize = 4;
const HEAD_LEN: u64 = HEAD as u64;
const FOOT_LEN: u64 = FOOT as u64;
/// More than the largest bucket, sealed.
const MAX_SEALED: u32 = 32 * 1024;
/// More lines than anybody writes: a number above it is none of ours.
const MAX_NUMBER: u64 = 1 << 48;
/// How often the file is asked for that another process uses, and how long is waited between.
const TRIES: usize = 50;
const BETWEEN: Duration = Duration::from_millis(100);

/// One sealed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its place.
    pub number: u64,
    /// Its name.
    pub name: LineHash,
    /// The line, sealed to the device key.
    pub sealed: Vec<u8>,
}

/// What of a frame does not need to be opened.
#[derive(Clone, Copy)]
struct Mark {
    number: u64,
    name: LineHash,
    sealed_len: u32,
}

/// The file, held by this process alone until it is dropped.
pub struct Frames {
    path: PathBuf,
    file: File,
    _lock: File,
}

/// What lies in the file.
pub struct Found {
    /// All frames, those behind damage, too.
    pub frames: Vec<Frame>,
    /// The number of the frame behind which something lies that is none: 0 at the beginning of the file.
    pub damaged_after: Vec<u64>,
}

/// What follows the last whole frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// Nothing.
    Nothing,
    /// The beginning of a frame: the process that wrote it died.
    Torn,
    /// Something else.
    Damage,
}

impl Frames {
    /// Opens the file. Waits for some seconds where another process uses it.
    pub fn open(dir: &Path) -> Result<Self, LogError> {
        let lock = open(&dir.join(LOCK_NAME))?;
        for tried in 1.. {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if tried < TRIES => thread::sleep(BETWEEN),
                Err(TryLockError::WouldBlock) => return Err(LogError::Busy(dir.join(LOCK_NAME))),
                Err(TryLockError::Error(source)) => return Err(failed(&dir.join(LOCK_NAME), source)),
            }
        }
        let path = dir.join(FILE_NAME);
        let file = open(&path)?;
        Ok(Self { path, file, _lock: lock })
    }

    /// Number and name of the last line. Cuts off what a process that died left half written.
    pub fn last(&mut self) -> Result<Option<(u64, LineHash)>, LogError> {
        let len = self.len()?;
        if len == 0 {
            return Ok(None);
        }
        if let Some((mark, _)) = self.before(len)? {
            return Ok(Some((mark.number, mark.name)));
        }
        let (mut at, mut last) = (0, None);
        while let Some(mark) = self.mark_at(at, len)? {
            at += mark.len();
            last = Some((mark.number, mark.name));
        }
        match self.rest(at, len)? {
            Rest::Nothing => {}
            Rest::Torn => self.cut(at)?,
            Rest::Damage => {
                return Err(LogError::Damaged { path: self.path.clone(), after: last.map_or(0, |(number, _)| number) });
            }
        }
        Ok(last)
    }

    /// The name of the line with this number, looked for from the end; none where it is not.
    pub fn name_at(&mut self, number: u64) -> Result<Option<LineHash>, LogError> {
        let mut end = self.len()?;
        while let Some((mark, start)) = self.before(end)? {
            if mark.number <= number {
                return Ok((mark.number == number).then_some(mark.name));
            }
            end = start;
        }
        Ok(None)
    }

    /// Adds a frame after the last. It is on disk when this returns; when it fails, nothing is.
    pub fn append(&mut self, frame: &Frame) -> Result<(), LogError> {
        let len = self.len()?;
        let written = self.file.seek(SeekFrom::End(0)).and_then(|_| self.file.write_all(&frame.bytes()));
        written.and_then(|()| self.file.sync_data()).map_err(|source| {
            let _ = self.file.set_len(len); // or the next one cuts it off
            self.failed(source)
        })
    }

    /// Everything that is there.
    pub fn all(&mut self) -> Result<Found, LogError> {
        let len = self.len()?;
        let (mut at, mut found) = (0, Found { frames: Vec::new(), damaged_after: Vec::new() });
        loop {
            while let Some(Mark { number, name, sealed_len }) = self.mark_at(at, len)? {
                let mut sealed = vec![0; sealed_len as usize];
                self.read(at + HEAD_LEN, &mut sealed)?;
                found.frames.push(Frame { number, name, sealed });
                at += HEAD_LEN + u64::from(sealed_len) + FOOT_LEN;
            }
            let next = self.next(at, len)?;
            if next.is_some() || self.rest(at, len)? == Rest::Damage {
                found.damaged_after.push(found.frames.last().map_or(0, |frame| frame.number));
            }
            let Some(next) = next else { return Ok(found) };
            at = next;
        }
    }

    /// Where the next whole frame begins behind something that is none.
    fn next(&mut self, at: u64, len: u64) -> Result<Option<u64>, LogError> {
        let mut rest = vec![0; usize::try_from(len - at).unwrap_or(0)];
        self.read(at, &mut rest)?;
        let marks = rest.windows(MAGIC.len()).enumerate().skip(1).filter(|(_, bytes)| *bytes == MAGIC);
        for (offset, _) in marks {
            let start = at + offset as u64;
            if self.mark_at(start, len)?.is_some() {
                return Ok(Some(start));
            }
        }
        Ok(None)
    }

    /// Refuses a file in which something is no frame.
    pub fn damage(&self, found: &Found) -> Result<(), LogError> {
        let Some(after) = found.damaged_after.first().copied() else { return Ok(()) };
        Err(LogError::Damaged { path: self.path.clone(), after })
    }

    /// Puts other frames in the place of all.
    pub fn replace(self, frames: &[Frame]) -> Result<(), LogError> {
        let bytes: Vec<u8> = frames.iter().flat_map(Frame::bytes).collect();
        Ok(crate::desk::files::replace(&self.path, &bytes)?)
    }

    /// The frame that ends here, and where it begins.
    fn before(&mut self, end: u64) -> Result<Option<(Mark, u64)>, LogError> {
        let mut foot = [0; FOOT];
        if end < HEAD_LEN + FOOT_LEN {
            return Ok(None);
        }
        self.read(end - FOOT_LEN, &mut foot)?;
        let whole = HEAD_LEN + u64::from(u32::from_le_bytes(foot)) + FOOT_LEN;
        let Some(start) = end.checked_sub(whole) else { return Ok(None) };
        Ok(self.mark_at(start, end)?.map(|mark| (mark, start)))
    }

    /// The whole frame that begins here.
    fn mark_at(&mut self, at: u64, len: u64) -> Result<Option<Mark>, LogError> {
        if at + HEAD_LEN + FOOT_LEN > len {
            return Ok(None);
        }
        let mut head = [0; HEAD];
        self.read(at, &mut head)?;
        let Some(mark) = Mark::read(&head).filter(|mark| at + mark.len() <= len) else { return Ok(None) };
        let mut foot = [0; FOOT];
        self.read(at + mark.len() - FOOT_LEN, &mut foot)?;
        Ok((u32::from_le_bytes(foot) == mark.sealed_len).then_some(mark))
    }

    /// What begins here and is no whole frame. A file system may have made room for a frame and not filled it: nothing but
    /// zeros is the beginning of one, too.
    fn rest(&mut self, at: u64, len: u64) -> Result<Rest, LogError> {
        if at == len {
            return Ok(Rest::Nothing);
        }
        let longest = HEAD_LEN + u64::from(MAX_SEALED) + FOOT_LEN;
        if len - at > longest {
            return Ok(Rest::Damage);
        }
        let mut rest = vec![0; usize::try_from(len - at).unwrap_or(0)];
        self.read(at, &mut rest)?;
        let written = rest.len() - rest.iter().rev().take_while(|&&byte| byte == 0).count();
        let begins = rest[..written.min(MAGIC.len())] == MAGIC[..written.min(MAGIC.len())];
        let head = rest.get(..HEAD).and_then(|head| Mark::read(head.try_into().ok()?));
        let is_whole_by_its_end = rest.len() >= HEAD + FOOT
            && rest.last_chunk().is_some_and(|foot| u32::from_le_bytes(*foot) as usize == rest.len() - HEAD - FOOT);
        // A whole one would have been read, unless its end is missing or is still zeros.
        let is_cut = !is_whole_by_its_end
            && head.is_none_or(|mark| rest.len() as u64 <= mark.len())
            && (written < HEAD || head.is_some());
        Ok(if begins && is_cut { Rest::Torn } else { Rest::Damage })
    }

    fn cut(&mut self, len: u64) -> Result<(), LogError> {
        self.file.set_len(len).and_then(|()| self.file.sync_data()).map_err(|source| self.failed(source))
    }

    fn len(&self) -> Result<u64, LogError> {
        Ok(self.file.metadata().map_err(|source| self.failed(source))?.len())
    }

    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), LogError> {
        let read = self.file.seek(SeekFrom::Start(at)).and_then(|_| self.file.read_exact(into));
        read.map_err(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> LogError {
        failed(&self.path, source)
    }
}

impl Mark {
    fn read(head: &[u8; HEAD]) -> Option<Self> {
        let (magic, rest) = head.split_at(4);
        let (len, rest) = rest.split_at(4);
        let (number, name) = rest.split_at(8);
        let sealed_len = u32::from_le_bytes(len.try_into().ok()?);
        let number = u64::from_le_bytes(number.try_into().ok()?);
        let is_one = magic == MAGIC && sealed_len <= MAX_SEALED && number <= MAX_NUMBER;
        is_one.then_some(Self { number, name: Hex(name.try_into().ok()?), sealed_len })
    }

    const fn len(&self) -> u64 {
        HEAD_LEN + self.sealed_len as u64 + FOOT_LEN
    }
}

impl Frame {
    fn bytes(&self) -> Vec<u8> {
        let len = u32::try_from(self.sealed.len()).expect("a sealed line is short").to_le_bytes();
        [&MAGIC[..], &len, &self.number.to_le_bytes(), &self.name.0, &self.sealed, &len].concat()
    }
}

fn open(path: &Path) -> Result<File, LogError> {
    let options = File::options().create(true).truncate(false).read(true).write(true).mode(0o600).open(path);
    options.map_err(|source| failed(path, source))
}

fn failed(path: &Path, source: io::Error) -> LogError {
    FileError::Io { path: path.to_owned(), source }.into()
}
