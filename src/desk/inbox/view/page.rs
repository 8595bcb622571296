//! How the parts of a tip are laid out: in columns for those who see, in sentences for those who listen.

use crate::desk::output::{Line, Shown, Style};

const LABEL_WIDTH: usize = 18;

/// Columns of a terminal of this width, or sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Labels at the left, text beside them.
    Columns(usize),
    /// One thing after another. What others wrote stands in quotes, so that no line of theirs sounds like one of ours.
    Spoken,
}

/// Lines, one after another.
pub(super) struct Page {
    pub lines: Vec<Line>,
    layout: Layout,
}

impl Page {
    pub fn new(layout: Layout) -> Self {
        Self { lines: Vec::new(), layout }
    }

    pub fn heading(&mut self, text: &str) {
        self.lines.push(Line::new());
        let end = if self.layout == Layout::Spoken { ":" } else { "" };
        self.lines.push(Line::new().with(Style::Bold, &format!("{text}{end}")));
    }

    pub fn maybe(&mut self, label: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.field(label, Style::Plain, text);
        }
    }

    pub fn field(&mut self, label: &str, style: Style, text: &str) {
        let Layout::Columns(width) = self.layout else { return self.sentence(label.trim_start(), style, text) };
        let mut label = label;
        for wrapped in Shown::lines(text).iter().flat_map(|line| line.wrap(width.saturating_sub(LABEL_WIDTH + 2))) {
            let start = Line::new().with(Style::Faint, &format!("  {label:LABEL_WIDTH$}"));
            self.lines.push(start.with_shown(style, wrapped));
            label = "";
        }
    }

    /// All on one line.
    fn sentence(&mut self, label: &str, style: Style, text: &str) {
        let lines: Vec<String> = Shown::lines(text).iter().map(ToString::to_string).collect();
        let label = if label.is_empty() { "note" } else { label };
        self.lines.push(Line::from(format!("{label}: ")).with(style, &lines.join(" / ")));
    }

    /// An event: its beginning in our words, then what it says.
    pub fn event(&mut self, start: &str, by: &str, text: &str) {
        let Layout::Columns(width) = self.layout else {
            return self.sentence(&format!("{start}, {by}"), Style::Plain, text);
        };
        self.lines.push(Line::from("  ").with(Style::Faint, &format!("{start}  ")).with(Style::Bold, by));
        self.wrapped("    ", width, text);
    }

    /// A source's story.
    pub fn text(&mut self, text: &str) {
        match self.layout {
            Layout::Columns(width) => self.wrapped("  ", width, text),
            Layout::Spoken => {
                let quoted = Shown::lines(text).into_iter().filter(|line| !line.as_str().trim().is_empty());
                self.lines.extend(
                    quoted.map(|line| Line::from("\"").with_shown(Style::Plain, line).with(Style::Plain, "\"")),
                );
            }
        }
    }

    fn wrapped(&mut self, indent: &str, width: usize, text: &str) {
        for wrapped in Shown::lines(text).iter().flat_map(|line| line.wrap(width.saturating_sub(indent.len()))) {
            self.lines.push(Line::from(indent).with_shown(Style::Plain, wrapped));
        }
    }
}
