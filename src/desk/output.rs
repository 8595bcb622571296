//! The only place that writes to the terminal. It prints `Shown` text and JSON that is just as harmless, in colour only
//! where someone looks at it, and takes a closed pipe as the wish to stop.

use super::environment::{self, Screen};
use super::inbox::view::Layout;
use super::log::{Acting, LogError};
use std::borrow::Borrow;
use std::io::{self, Write};

mod kept;
mod line;
mod markup;
mod pager;
mod panics;
mod progress;
mod shown;

pub use kept::Kept;
pub use line::{Line, Style};
pub use markup::escaped_markup;
pub use panics::say_only_where;
pub use progress::Progress;
pub use shown::{Shown, is_obeyed, json};

const STAYS: &str =
    "note: this terminal has no second screen, so that these words stay on it: clear it, and what it keeps above";
const STAYS_READ_OUT: &str = "note: these words stay on this terminal: clear it, and what it keeps above";

/// Bytes that are written together where a result is long.
const PIECE: usize = 1 << 14;

/// Where results and notes go.
pub struct Output {
    out: Box<dyn Write + Send>,
    notes: Box<dyn Write + Send>,
    screen: Screen,
    profile_is_accessible: Option<bool>,
    acting: Option<Acting>,
    /// Whether a line stands there that says what is waited for.
    is_waiting: bool,
}

/// Why something was not printed.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Whoever read the output has had enough. Not an error to anyone.
    #[error("the reader of the output went away")]
    Closed,
    /// There is no `less`, and text of a source stays on a bare terminal after it was read.
    #[error("cannot start the pager less")]
    NoPager,
    /// What was to be shown could not be written into the log first.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Anything else.
    #[error("cannot write the output")]
    Io(#[source] io::Error),
}

impl From<io::Error> for OutputError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Io(error) }
    }
}

impl Output {
    /// Standard output and standard error.
    pub fn of_process(screen: Screen) -> Self {
        Self::into_writers(Box::new(io::stdout()), Box::new(io::stderr()), screen)
    }

    /// Writes to what it is given.
    pub fn into_writers(out: Box<dyn Write + Send>, notes: Box<dyn Write + Send>, screen: Screen) -> Self {
        Self { out, notes, screen, profile_is_accessible: None, acting: None, is_waiting: false }
    }

    /// From now on nothing is printed before there is a line about it in the log, once there is a log.
    pub fn log_first(&mut self, acting: &Acting) {
        self.acting = Some(acting.clone());
    }

    fn settle(&self) -> Result<(), OutputError> {
        Ok(self.acting.as_ref().map_or(Ok(()), Acting::settle)?)
    }

    /// Columns there are for a line.
    pub fn width(&self) -> usize {
        self.screen.width
    }

    /// Whether results are read out to the person: as the environment says, else as the profile says, once one is open.
    pub fn is_read_out(&self) -> bool {
        self.screen.is_accessible.or(self.profile_is_accessible).unwrap_or(false)
    }

    /// Takes to heart what a profile says of that.
    pub fn follow(&mut self, profile_is_accessible: Option<bool>) {
        self.profile_is_accessible = profile_is_accessible;
    }

    /// How a tip is laid out.
    pub fn layout(&self) -> Layout {
        if self.is_read_out() { Layout::Spoken } else { Layout::Columns(self.screen.width) }
    }

    /// Prints lines of a result.
    pub fn print(&mut self, lines: &[Line]) -> Result<(), OutputError> {
        self.print_each(lines)
    }

    /// Prints lines of a result as they are made: the first need not wait for the last.
    pub fn print_each<L: Borrow<Line>>(&mut self, lines: impl IntoIterator<Item = L>) -> Result<(), OutputError> {
        self.settle()?;
        let mut text = String::new();
        for line in lines {
            line.borrow().render(&mut text, self.screen.has_colour);
            if text.len() >= PIECE {
                self.out.write_all(text.as_bytes())?;
                text.clear();
            }
        }
        self.out.write_all(text.as_bytes())?;
        Ok(self.out.flush()?)
    }

    /// Prints a value as one line of JSON.
    pub fn print_json(&mut self, value: &impl serde::Serialize) -> Result<(), OutputError> {
        self.settle()?;
        let mut text = json(value);
        text.push('\n');
        self.out.write_all(text.as_bytes())?;
        Ok(self.out.flush()?)
    }

    /// Tells the person at the terminal something that is no result. A note that cannot be written is lost.
    pub fn note(&mut self, line: &Line) {
        let mut text = String::new();
        line.render(&mut text, self.screen.has_note_colour);
        let _ = self.notes.write_all(text.as_bytes()).and_then(|()| self.notes.flush());
    }

    /// Whether results may have colour.
    pub fn has_colour(&self) -> bool {
        self.screen.has_colour
    }

    /// Whether a line can take the place of another: on a terminal that is more than a printer and is not read out.
    pub fn can_replace(&self) -> bool {
        self.screen.is_terminal && !self.is_read_out() && environment::has_full_terminal()
    }

    /// Puts a line, cut to the terminal, in the place of the one that was put so before, unless that one was to stay.
    pub fn replace(&mut self, line: &Line, stays: bool) -> Result<(), OutputError> {
        self.settle()?;
        let mut text = String::from("\r\x1b[2K");
        line.cut_to(self.screen.width.saturating_sub(1)).render(&mut text, self.screen.has_colour);
        if !stays {
            text.truncate(text.trim_end_matches('\n').len());
        }
        self.out.write_all(text.as_bytes())?;
        Ok(self.out.flush()?)
    }

    /// Says what is waited for, where a person looks and lines may vanish again: a blank terminal looks like one that hangs.
    pub fn wait(&mut self, what: &str) {
        if !(self.can_replace() && self.screen.has_note_colour) {
            return;
        }
        let mut text = String::new();
        let line = Line::new().with(Style::Faint, what).cut_to(self.screen.width.saturating_sub(1));
        line.render(&mut text, true);
        let _ = self.notes.write_all(text.trim_end_matches('\n').as_bytes()).and_then(|()| self.notes.flush());
        self.is_waiting = true;
    }

    /// Takes that back.
    pub fn wait_no_longer(&mut self) {
        if std::mem::take(&mut self.is_waiting) {
            let _ = self.notes.write_all(b"\r\x1b[2K").and_then(|()| self.notes.flush());
        }
    }

    /// Rings the terminal's bell; a file has none.
    pub fn ring(&mut self) {
        if self.screen.is_terminal {
            let _ = self.notes.write_all(b"\x07").and_then(|()| self.notes.flush()); // who cannot be rung hears nothing
        }
    }

    /// Asks something, and leaves the cursor behind it.
    pub fn ask(&mut self, line: &Line) {
        let mut text = String::new();
        line.render(&mut text, self.screen.has_note_colour);
        let _ = self.notes.write_all(text.trim_end().as_bytes()).and_then(|()| self.notes.write_all(b" "));
        let _ = self.notes.flush();
    }

    /// Whether what holds a source's words goes through a pager, unless `is_paged` says otherwise.
    pub fn has_pager(&self, is_paged: bool) -> bool {
        is_paged && self.screen.is_terminal && !self.is_read_out() && pager::has_second_screen()
    }

    /// Prints lines that hold a source's words: on a terminal through a pager that leaves nothing behind on the screen,
    /// unless `is_paged` says otherwise. A terminal that cannot take words back, and one that is read out, gets them as they are,
    /// and a note.
    pub fn print_private(&mut self, lines: &[Line], is_paged: bool) -> Result<(), OutputError> {
        if !(is_paged && self.screen.is_terminal) {
            return self.print(lines);
        }
        if self.is_read_out() || !pager::has_second_screen() {
            self.print(lines)?;
            self.note(&Line::from(if self.is_read_out() { STAYS_READ_OUT } else { STAYS }));
            return Ok(());
        }
        self.settle()?;
        let mut text = String::new();
        for line in lines {
            line.render(&mut text, false);
        }
        pager::show(&text)
    }
}
