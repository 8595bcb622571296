//! Which font has which character: the one in this program first, then the machine's own.

use crate::desk::output::is_obeyed;
use fontdb::{Database, FaceInfo, ID, Style};
use krilla::text::Font;
use rustybuzz::{Direction, Face, UnicodeBuffer};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

const OURS: &[u8] = include_bytes!("../../../../assets/DejaVuSans.ttf");
/// Ems that a character takes which is written out; only to break lines.
const UNKNOWN_WIDTH: f32 = 0.6;

/// Fonts for one file.
pub struct Fonts {
    loaded: Vec<Loaded>,
    places: HashMap<char, (usize, f32)>,
    has_missed: bool,
}

struct Loaded {
    font: Font,
    data: Arc<Vec<u8>>,
    index: u32,
}

impl Fonts {
    /// The font in this program, and those of the machine that are needed for these characters. Goes through the machine's
    /// fonts once at most, however many characters there are.
    pub fn for_chars(chars: impl Iterator<Item = char>) -> Self {
        let mut fonts = Self { loaded: Vec::new(), places: HashMap::new(), has_missed: false };
        let ascii = (' '..='~').chain(['…', '█']);
        let mut needed: BTreeSet<char> = chars.chain(ascii).filter(|c| !c.is_control()).collect();
        fonts.take(OURS, 0, &mut needed);
        if !needed.is_empty() {
            fonts.look_through_machine(&mut needed);
        }
        fonts.has_missed = needed.iter().any(|c| !is_obeyed(*c));
        fonts
    }

    /// Whether a text has such a character.
    pub fn misses(&self, text: &str) -> bool {
        let is_missed = |c: char| !c.is_control() && !self.places.contains_key(&c) && !is_obeyed(c);
        self.has_missed && text.chars().any(is_missed)
    }

    /// A text in which every character that no font has is written out.
    pub fn written(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if self.places.contains_key(&c) { out.push(c) } else { out.extend(c.escape_unicode()) }
        }
        out
    }

    /// Advance of one character in ems, as far as it stands alone.
    pub fn width(&self, c: char) -> f32 {
        self.places.get(&c).map_or(UNKNOWN_WIDTH, |(_, width)| *width)
    }

    /// Advance of a run in ems, as it is drawn.
    pub fn run_width(&self, font: usize, run: &str, is_rtl: bool) -> f32 {
        let loaded = &self.loaded[font];
        let Some(face) = Face::from_slice(&loaded.data, loaded.index) else { return 0.0 };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        buffer.guess_segment_properties();
        buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        let glyphs = rustybuzz::shape(&face, &[], buffer);
        let units: f32 = glyphs.glyph_positions().iter().map(|glyph| ems(&face, glyph.x_advance)).sum();
        units
    }

    /// Pieces of a text that one font can draw.
    pub fn runs<'a>(&self, text: &'a str) -> Vec<(usize, &'a str)> {
        let mut runs: Vec<(usize, &str)> = Vec::new();
        let mut start = 0;
        let mut last = None;
        for (at, c) in text.char_indices() {
            let font = self.places.get(&c).map_or(0, |(font, _)| *font);
            if last.is_some_and(|last| last != font && c != ' ') {
                runs.push((last.unwrap_or(0), &text[start..at]));
                start = at;
            }
            last = if c == ' ' { last.or(Some(font)) } else { Some(font) };
        }
        runs.extend(last.map(|font| (font, &text[start..])));
        runs
    }

    /// For drawing.
    pub fn font(&self, at: usize) -> Font {
        self.loaded[at].font.clone()
    }

    #[cfg(test)]
    pub(super) fn take_for_test(&mut self, needed: &mut BTreeSet<char>) {
        self.take(OURS, 0, needed);
    }

    /// Takes a font if it has any of these characters, and takes those off the list.
    fn take(&mut self, data: &[u8], index: u32, needed: &mut BTreeSet<char>) {
        let Some(face) = Face::from_slice(data, index) else { return };
        let found: Vec<(char, f32)> = needed.iter().filter_map(|c| Some((*c, advance(&face, *c)?))).collect();
        if found.is_empty() {
            return;
        }
        let data = Arc::new(data.to_vec());
        let Some(font) = Font::new(data.clone().into(), index) else { return };
        for (c, width) in found {
            self.places.insert(c, (self.loaded.len(), width));
            needed.remove(&c);
        }
        self.loaded.push(Loaded { font, data, index });
    }

    fn look_through_machine(&mut self, needed: &mut BTreeSet<char>) {
        let mut machine = Database::new();
        machine.load_system_fonts();
        let mut faces: Vec<(bool, bool, String, u32, ID)> = machine.faces().map(preference).collect();
        faces.sort_unstable();
        for (.., id) in faces {
            if needed.is_empty() {
                return;
            }
            machine.with_face_data(id, |data, index| self.take(data, index, needed));
        }
    }
}

/// Upright text faces first, then those without serifs; always in the same order.
fn preference(face: &FaceInfo) -> (bool, bool, String, u32, ID) {
    let is_odd = face.style != Style::Normal || face.weight != fontdb::Weight::NORMAL || face.monospaced;
    (is_odd, !face.post_script_name.contains("Sans"), face.post_script_name.clone(), face.index, face.id)
}

/// Advance of a character in ems; none where the font has no such character.
fn advance(face: &Face<'_>, c: char) -> Option<f32> {
    let glyph = face.glyph_index(c)?;
    Some(ems(face, i32::from(face.glyph_hor_advance(glyph)?)))
}

#[expect(clippy::cast_precision_loss, reason = "units of a font are small numbers")]
fn ems(face: &Face<'_>, units: i32) -> f32 {
    units as f32 / face.units_per_em() as f32
}
