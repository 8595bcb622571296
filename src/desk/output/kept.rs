//! Output that is kept in memory, for whoever shows it in another way. It was made harmless as all output is.

use super::{Output, Screen};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// What was printed and noted so far.
#[derive(Clone, Default)]
pub struct Kept {
    out: Memory,
    notes: Memory,
}

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Output {
    /// An output on no terminal, and what it keeps.
    pub fn kept() -> (Self, Kept) {
        let kept = Kept::default();
        let output = Self::into_writers(Box::new(kept.out.clone()), Box::new(kept.notes.clone()), Screen::NONE);
        (output, kept)
    }
}

impl Kept {
    /// Results.
    pub fn out(&self) -> String {
        self.out.text()
    }

    /// Notes.
    pub fn notes(&self) -> String {
        self.notes.text()
    }
}

impl Memory {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
