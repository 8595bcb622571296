//! Takes the terminal and gives it back, whatever happens: at the end, at an error, at a panic. What was shown stands on the
//! second screen, which keeps nothing.

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use std::io::{self, Stdout, stdout};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether it is ours now.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, as long as it is ours.
pub struct Taken {
    /// What is drawn on.
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
}

/// Takes it.
pub fn take() -> io::Result<Taken> {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |what| {
        give_back();
        before(what);
    }));
    IS_TAKEN.store(true, Ordering::SeqCst);
    let taken = enable_raw_mode()
        .and_then(|()| execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste))
        .and_then(|()| Terminal::new(CrosstermBackend::new(stdout())));
    match taken {
        Ok(terminal) => Ok(Taken { terminal }),
        Err(error) => {
            give_back();
            Err(error)
        }
    }
}

/// Wipes the second screen, leaves it, and lets the terminal be as it was. Once: what is said afterwards stays.
pub fn give_back() {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // A terminal that is gone cannot be given back.
    let _ = execute!(stdout(), Clear(ClearType::All), DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}
