//! One line of output: pieces of harmless text, each in a style.

use super::Shown;

/// How a piece looks where there is colour. Meaning never lies in the style alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    Plain,
    /// Headings and names.
    Bold,
    /// What must not be overlooked.
    Alarm,
    /// What may be overlooked.
    Faint,
}

/// Pieces of one line. Whatever text goes in is made harmless on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(Style, Shown),
    Tab,
}

impl Line {
    /// An empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a piece.
    #[must_use]
    pub fn with(self, style: Style, text: &str) -> Self {
        self.with_shown(style, Shown::new(text))
    }

    /// Adds a piece that was made harmless before.
    #[must_use]
    pub fn with_shown(mut self, style: Style, text: Shown) -> Self {
        self.0.push(Piece::Text(style, text));
        self
    }

    /// Fields with a tab between each two, for programs.
    pub fn of_fields<'a>(fields: impl IntoIterator<Item = &'a str>) -> Self {
        let mut line = Self::new();
        for field in fields {
            if !line.0.is_empty() {
                line.0.push(Piece::Tab);
            }
            line = line.with(Style::Plain, field);
        }
        line
    }

    /// As much of the beginning as fits, with `…` where something was cut.
    #[must_use]
    pub fn cut_to(&self, width: usize) -> Self {
        let mut left = width;
        let mut cut = Self::new();
        for piece in &self.0 {
            let Piece::Text(style, text) = piece else { continue };
            if left == 0 {
                break;
            }
            let text = text.cut_to(left);
            left = left.saturating_sub(text.width());
            cut = cut.with_shown(*style, text);
        }
        cut
    }

    /// The pieces, each in its style.
    pub fn pieces(&self) -> impl Iterator<Item = (Style, &str)> {
        self.0.iter().map(|piece| match piece {
            Piece::Text(style, text) => (*style, text.as_str()),
            Piece::Tab => (Style::Plain, " "),
        })
    }

    /// Writes the line and its end.
    pub fn render(&self, out: &mut String, has_colour: bool) {
        let start = out.len();
        for piece in &self.0 {
            let Piece::Text(style, text) = piece else {
                out.push('\t');
                continue;
            };
            let code = match style {
                Style::Plain => "",
                Style::Bold => "\x1b[1m",
                Style::Alarm => "\x1b[1;31m",
                Style::Faint => "\x1b[2m",
            };
            if has_colour && !code.is_empty() {
                out.push_str(code);
                out.push_str(text.as_str());
                out.push_str("\x1b[0m");
            } else {
                out.push_str(text.as_str());
            }
        }
        let trimmed = out[start..].trim_end_matches(' ').len();
        out.truncate(start + trimmed);
        out.push('\n');
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::new().with(Style::Plain, text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<Shown> for Line {
    fn from(text: Shown) -> Self {
        Self::new().with_shown(Style::Plain, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stay_apart_whatever_is_in_them() {
        let mut out = String::new();
        Line::of_fields(["a\tb", "", "c\nd"]).render(&mut out, false);
        assert_eq!(out, "a\\tb\t\tc\\nd\n");
    }

    #[test]
    fn colour_is_ours_alone_and_only_where_asked_for() {
        let line = Line::new().with(Style::Alarm, "now").with(Style::Plain, " \x1b[2Jx");
        let (mut plain, mut coloured) = (String::new(), String::new());
        line.render(&mut plain, false);
        line.render(&mut coloured, true);
        assert_eq!(plain, "now \\u{1b}[2Jx\n");
        assert_eq!(coloured, "\x1b[1;31mnow\x1b[0m \\u{1b}[2Jx\n");
    }
}
