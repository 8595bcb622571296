//! Text made safe to look at. What a source, another agency or the server wrote can do nothing to a terminal by being
//! shown: every character that could move, hide or reorder text is written out instead.

use serde::Serialize;
use std::fmt;
use unicode_width::UnicodeWidthChar as _;

/// Marks that may stand on one character: more would paint over the lines around it.
const MAX_STACKED_MARKS: usize = 4;

/// Text with nothing in it that a terminal obeys. The only text that `Output` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown(String);

impl Shown {
    /// Writes out whatever a terminal could obey, line ends too: the result is one line.
    pub fn new(text: &str) -> Self {
        if is_plain(text) {
            return Self(text.to_owned());
        }
        let mut shown = String::with_capacity(text.len());
        let mut marks = 0;
        for c in text.chars() {
            marks = if c.width() == Some(0) { marks + 1 } else { 0 };
            if is_obeyed(c) || marks > MAX_STACKED_MARKS { write_out(&mut shown, c) } else { shown.push(c) }
        }
        Self(shown)
    }

    /// The beginning of a text, as much as fits, with `…` where something was cut. However long the text, only that much of
    /// it is looked at.
    pub fn beginning(text: &str, width: usize) -> Self {
        // A character takes a column or more, unless it is one of the few marks that may stand on the one before.
        let most = (width + 1).saturating_mul(1 + MAX_STACKED_MARKS);
        let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
        Self::new(&text[..end]).cut_to(width)
    }

    /// The lines of a text that may have several. Tabs become spaces; everything else is as in `new`.
    pub fn lines(text: &str) -> Vec<Self> {
        text.lines().map(|line| Self::new(&line.replace('\t', "    "))).collect()
    }

    /// Columns it takes on a terminal.
    pub fn width(&self) -> usize {
        if is_plain(&self.0) {
            return self.0.len();
        }
        self.0.chars().map(columns).sum()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As much of the beginning as fits, with `…` where something was cut.
    #[must_use]
    pub fn cut_to(&self, width: usize) -> Self {
        if self.width() <= width {
            return self.clone();
        }
        let mut left = width.saturating_sub(1);
        let fits = |c: &char| {
            let fits = columns(*c) <= left;
            left = left.saturating_sub(columns(*c));
            fits
        };
        let mut cut: String = self.0.chars().take_while(fits).collect();
        cut.push('…');
        Self(cut)
    }

    /// Breaks it into lines of at most `width` columns, at spaces where there are any.
    pub fn wrap(&self, width: usize) -> Vec<Self> {
        let width = width.max(1);
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
        for word in self.0.split_inclusive(' ') {
            let word_width: usize = word.trim_end().chars().map(columns).sum();
            if used > 0 && used + word_width > width {
                lines.push(Self(std::mem::take(&mut line).trim_end().to_owned()));
                used = 0;
            }
            for c in word.chars() {
                if used + columns(c) > width && c != ' ' {
                    lines.push(Self(std::mem::take(&mut line)));
                    used = 0;
                }
                line.push(c);
                used += columns(c);
            }
        }
        lines.push(Self(line.trim_end().to_owned()));
        lines
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// JSON of a value on one line. Reads back exactly, and no character that a terminal obeys stands in it raw.
pub fn json(value: &impl Serialize) -> String {
    let raw = serde_json::to_string(value).expect("values with string keys always serialize");
    if is_plain(&raw) {
        return raw;
    }
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        if is_obeyed(c) {
            // Such characters stand inside strings only: all of JSON's own are printable ASCII.
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether all of it is printable ASCII: then each byte is a column, and a terminal obeys none of it.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether showing this character could do more than paint it: controls, format characters, line and paragraph
/// separators, invisible fillers, private use and noncharacters.
pub const fn is_obeyed(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}'
        | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
        || c as u32 & 0xfffe == 0xfffe
}

fn write_out(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        other => shown.extend(other.escape_unicode()),
    }
}

fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
#[path = "shown/tests.rs"]
mod tests;
