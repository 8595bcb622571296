//! What the person at the terminal does. A terminal that is gone is seen here, before crossterm is asked: it would read the
//! end of such a terminal for ever, and neither a signal nor the clock that locks would be looked at again.

use ratatui::crossterm::event::{self, Event};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, stdin};
use std::time::Duration;

/// What has come.
#[derive(Debug)]
pub enum Heard {
    /// A key, something pasted, or another size.
    Event(Event),
    /// Nothing for as long as was waited.
    Nothing,
    /// There is no terminal any more.
    Gone,
}

/// Waits for the next thing, and not longer than this.
pub fn hear(longest: Duration) -> io::Result<Heard> {
    for wait in [Duration::ZERO, longest] {
        if is_gone(wait)? {
            return Ok(Heard::Gone);
        }
        // What was read before may hold more than one key, and a change of size comes without a byte.
        if event::poll(Duration::ZERO)? {
            return event::read().map(Heard::Event);
        }
    }
    Ok(Heard::Nothing)
}

/// Waits until something can be read. Whether nothing ever can again.
fn is_gone(wait: Duration) -> io::Result<bool> {
    let stdin = stdin();
    let mut terminal = [PollFd::new(&stdin, PollFlags::IN)];
    let wait =
        Timespec { tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX), tv_nsec: wait.subsec_nanos().into() };
    match poll(&mut terminal, Some(&wait)) {
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(terminal[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)),
    }
}
