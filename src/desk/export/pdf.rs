//! Sheets on paper. The font in this program has Latin, Greek, Cyrillic, Arabic, Hebrew and more; for other scripts the
//! machine's own fonts are looked through. A character that no font has is written out as `\u{…}` and the sheet says so:
//! nothing is lost, and nothing is left blank. No links, no scripts, no forms, and no word of a source outside the pages.

use super::sheet::Block;
use crate::desk::output::Shown;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};
use unicode_bidi::{BidiInfo, Level};

mod fonts;

use fonts::Fonts;

/// A4, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 54.0;
const BODY: f32 = 10.0;
const HEADING: f32 = 13.0;
const TITLE: f32 = 17.0;
const LABEL: f32 = 9.0;
const LEADING: f32 = 1.45;
const INDENT: f32 = 8.0;
/// Where what a field holds begins, behind its name.
const COLUMN: f32 = 118.0;
/// Where lines of the page begin, and how much room they have.
const TOP: f32 = MARGIN + TITLE;
const ROOM: f32 = HEIGHT - MARGIN - TOP;
/// Where the labels above and below a page stand.
const HEAD_Y: f32 = 36.0;
const FOOT_Y: f32 = HEIGHT - 28.0;
const MISSED: &str = "Characters that no font on this machine has are written as \\u{…}. The Markdown and JSON forms hold them as they are.";

/// Why a sheet could not be put on paper.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The library refused it.
    #[error("the PDF cannot be made: {0}")]
    Library(String),
}

/// One line on a page.
struct Line {
    /// What stands before it, in its own column; empty where nothing does.
    label: String,
    text: String,
    size: f32,
    indent: f32,
}

/// Lines under one handling label: a tip's, or as many of them as one page holds.
struct Part {
    label: String,
    lines: Vec<Line>,
}

/// The bytes of the file. The same sheet gives the same bytes on machines with the same fonts.
pub fn render(blocks: &[Block]) -> Result<Vec<u8>, PdfError> {
    render_with(blocks, SerializeSettings::default())
}

fn render_with(blocks: &[Block], settings: SerializeSettings) -> Result<Vec<u8>, PdfError> {
    let mut fonts = Fonts::for_chars(blocks.iter().flat_map(Block::texts).flat_map(str::chars));
    let pages: Vec<Part> = sheets(blocks, &mut fonts).into_iter().flat_map(paginated).collect();
    let mut document = Document::new_with(settings);
    let producer = concat!("knothole desk ", env!("CARGO_PKG_VERSION")).to_owned();
    document.set_metadata(Metadata::new().producer(producer));
    for (page, number) in pages.iter().zip(1..) {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfError::Library("no size".to_owned()))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        let mut pen = Pen { surface: &mut surface, fonts: &mut fonts };
        let right = pen.label(&page.label, MARGIN, HEAD_Y);
        pen.label(&page.label, MARGIN, FOOT_Y);
        pen.line(&format!("page {number} of {}", pages.len()), LABEL, right + 2.0 * INDENT, FOOT_Y);
        let mut y = TOP;
        for line in &page.lines {
            pen.name(&line.label, line.size, y);
            pen.line(&line.text, line.size, MARGIN + line.indent, y);
            y += line.size * LEADING;
        }
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|error| PdfError::Library(format!("{error:?}")))
}

/// The sheets, as lines that fit the width of a page.
fn sheets(blocks: &[Block], fonts: &mut Fonts) -> Vec<Part> {
    let mut sheets: Vec<Part> = Vec::new();
    for (block, at) in blocks.iter().zip(0..) {
        if let Block::Page { handling, .. } = block {
            sheets.push(Part { label: handling.clone(), lines: Vec::new() });
        }
        let Some(sheet) = sheets.last_mut() else { continue };
        match block {
            Block::Page { title, conditions, .. } => {
                sheet.add(fonts, title, TITLE, 0.0);
                for condition in conditions {
                    sheet.add(fonts, condition, BODY, 0.0);
                }
                let is_page = |block: &&Block| matches!(block, Block::Page { .. });
                let of_sheet =
                    blocks[at..].iter().take(1).chain(blocks[at + 1..].iter().take_while(|other| !is_page(other)));
                if of_sheet.flat_map(Block::texts).any(|text| fonts.misses(text)) {
                    sheet.add(fonts, MISSED, LABEL, 0.0);
                }
            }
            Block::Heading(text) => {
                sheet.add(fonts, "", BODY, 0.0);
                sheet.add(fonts, text, HEADING, 0.0);
            }
            Block::Field(name, value) => sheet.add_field(fonts, name, value),
            Block::Text(text) => sheet.add(fonts, text, BODY, INDENT),
            Block::Note(text) => {
                sheet.add(fonts, "", LABEL / 2.0, 0.0);
                sheet.add(fonts, text, LABEL, 0.0);
            }
        }
    }
    sheets
}

/// Pages that each hold as many lines as there is room for.
fn paginated(sheet: Part) -> Vec<Part> {
    let new = || Part { label: sheet.label.clone(), lines: Vec::new() };
    let (mut page, mut used, mut pages) = (new(), 0.0, Vec::new());
    for line in sheet.lines {
        let height = line.size * LEADING;
        if used + height > ROOM {
            pages.push(std::mem::replace(&mut page, new()));
            used = 0.0;
        }
        used += height;
        page.lines.push(line);
    }
    pages.push(page);
    pages
}

impl Part {
    fn add(&mut self, fonts: &Fonts, text: &str, size: f32, indent: f32) {
        let room = 2.0f32.mul_add(-MARGIN, WIDTH) - indent;
        if text.is_empty() {
            self.lines.push(Line { label: String::new(), text: String::new(), size, indent });
        }
        for line in Shown::lines(text) {
            let text = fonts.written(line.as_str());
            let line = |text| Line { label: String::new(), text, size, indent };
            self.lines.extend(wrapped(&text, room / size, fonts).into_iter().map(line));
        }
    }

    /// The name in a column of its own, or on a line of its own where that is too narrow.
    fn add_field(&mut self, fonts: &Fonts, name: &str, value: &str) {
        let name = fonts.written(Shown::new(&format!("{name}:")).as_str());
        let width: f32 = name.chars().map(|c| fonts.width(c)).sum();
        if width * BODY > COLUMN - 2.0 * INDENT {
            self.add(fonts, &name, BODY, INDENT);
            return self.add(fonts, value, BODY, 3.0 * INDENT);
        }
        let first = self.lines.len();
        self.add(fonts, value, BODY, COLUMN);
        if let Some(line) = self.lines.get_mut(first) {
            line.label = name;
        }
    }
}

/// Lines of at most `room` ems, broken at spaces where there are any.
fn wrapped(text: &str, room: f32, fonts: &Fonts) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for word in text.split_inclusive(' ') {
        let width: f32 = word.trim_end().chars().map(|c| fonts.width(c)).sum();
        if used > 0.0 && used + width > room {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        for c in word.chars() {
            let width = fonts.width(c);
            if used + width > room && c != ' ' && width > 0.0 {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
            used += width;
        }
    }
    lines.push(line);
    lines
}

/// Puts text on one page.
struct Pen<'a, 'b> {
    surface: &'a mut Surface<'b>,
    fonts: &'a Fonts,
}

impl Pen<'_, '_> {
    /// One line in the order of the eye: runs of one font and one direction. Gives where it ends.
    fn line(&mut self, text: &str, size: f32, x: f32, y: f32) -> f32 {
        let bidi = BidiInfo::new(text, None);
        let mut at = x;
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let is_rtl = levels.get(run.start).copied().unwrap_or_else(Level::ltr).is_rtl();
                let mut pieces = self.fonts.runs(&text[run]);
                if is_rtl {
                    pieces.reverse();
                }
                let way = if is_rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
                for (font, piece) in pieces {
                    let place = Point::from_xy(at, y);
                    self.surface.draw_text(place, self.fonts.font(font), size, piece, false, way);
                    at += self.fonts.run_width(font, piece, is_rtl) * size;
                }
            }
        }
        at
    }

    /// What a line is, fainter than what it says.
    fn name(&mut self, name: &str, size: f32, y: f32) {
        if name.is_empty() {
            return;
        }
        self.fill(rgb::Color::new(0x50, 0x50, 0x50));
        self.line(name, size, MARGIN + INDENT, y);
        self.fill(rgb::Color::black());
    }

    /// A handling label as the Traffic Light Protocol paints it: its colour on black. Gives where it ends.
    fn label(&mut self, label: &str, x: f32, y: f32) -> f32 {
        let width: f32 = label.chars().map(|c| self.fonts.width(c)).sum::<f32>() * LABEL;
        let (padding, above) = (4.0, LABEL + 1.0);
        let mut path = PathBuilder::new();
        if let Some(frame) = Rect::from_xywh(x - padding, y - above, width + 2.0 * padding, above + padding) {
            path.push_rect(frame);
        }
        if let Some(path) = path.finish() {
            self.fill(rgb::Color::black());
            self.surface.draw_path(&path);
        }
        let is_red = label.ends_with("RED");
        self.fill(if is_red { rgb::Color::new(0xff, 0x2b, 0x2b) } else { rgb::Color::new(0xff, 0xc0, 0x00) });
        let end = self.line(label, LABEL, x, y);
        self.fill(rgb::Color::black());
        end + padding
    }

    fn fill(&mut self, colour: rgb::Color) {
        self.surface.set_fill(Some(Fill { paint: colour.into(), ..Fill::default() }));
    }
}

#[cfg(test)]
mod tests;
