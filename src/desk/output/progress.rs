//! How far something long is: a bar on a terminal, a few words where things are read out, nothing in a file.

use super::{Line, Output, Style};
use crate::desk::attachments::words::bytes;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Where it is read out, it is said so often.
const PARTS: u64 = 4;

/// Something under way. Taken off the terminal when it is dropped.
pub struct Progress<'a> {
    output: &'a mut Output,
    bar: ProgressBar,
    what: String,
    total: u64,
    said: u64,
}

impl Output {
    /// Begins to say how far something of so many bytes is. `what` is our own word for it.
    pub fn progress(&mut self, what: &str, total: u64) -> Progress<'_> {
        let is_seen = self.can_replace() && self.screen.has_note_colour;
        let target = if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes} of {total_bytes}, {eta} left");
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let bar = bar.with_style(style.expect("the template is ours")).with_message(what.to_owned());
        Progress { output: self, bar, what: what.to_owned(), total, said: 0 }
    }
}

impl Progress<'_> {
    /// So many bytes are done.
    pub fn at(&mut self, done: u64) {
        self.bar.set_position(done);
        let part = (done * PARTS).checked_div(self.total).unwrap_or(PARTS);
        if self.output.is_read_out() && self.output.screen.is_terminal && part > self.said {
            self.said = part;
            let text = format!("{}: {} of {}", self.what, bytes(done), bytes(self.total));
            self.output.note(&Line::new().with(Style::Plain, &text));
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
