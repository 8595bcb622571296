//! What is said of the files of a tip, to eyes and ears alike: one line each, with whatever a stranger typed made harmless.

use super::{File, Listed, State, kind};
use crate::crypto::manifest::Note;
use crate::desk::output::{Line, Style};

/// One line for each file.
pub fn lines(files: &[File]) -> Vec<Line> {
    files.iter().map(line).collect()
}

/// The part of a tip that is about them; nothing where there are none.
pub fn section(files: &[File]) -> Vec<Line> {
    if files.is_empty() {
        return Vec::new();
    }
    let heading = Line::new().with(Style::Bold, "Files that came with it");
    [Line::new(), heading].into_iter().chain(lines(files)).collect()
}

/// One record: number, state, sealed bytes at the server, and, where a list of the source names it, type, bytes and name.
pub fn record(file: &File) -> Line {
    let [number, sealed] = [file.number.to_string(), file.sealed.to_string()];
    let listed = file.listed.as_ref();
    let size = listed.map(|listed| listed.size.to_string()).unwrap_or_default();
    let media_type = listed.map_or("", |listed| listed.media_type.as_str());
    let name = listed.and_then(|listed| listed.name.as_deref()).unwrap_or_default();
    Line::of_fields([&number, file.state.as_str(), &sealed, media_type, &size, name])
}

/// How many there are, in words.
pub fn count(files: &[File]) -> String {
    match files.len() {
        1 => "1 file".to_owned(),
        many => format!("{many} files"),
    }
}

/// So many bytes, as people write them.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)];
    match UNITS.iter().find(|(_, size)| bytes >= *size) {
        Some((unit, size)) => format!("{}.{} {unit}", bytes / size, bytes % size * 10 / size),
        None => format!("{bytes} bytes"),
    }
}

fn line(file: &File) -> Line {
    let start = Line::new().with(Style::Bold, &format!("  {}  ", file.number));
    match (file.state, &file.listed) {
        (State::Whole, Some(listed)) => of_listed(start, file, listed),
        (State::OnItsWay, _) => {
            start.with(Style::Faint, &format!("on its way: {} are there so far", bytes(file.sealed)))
        }
        (State::Missing, Some(listed)) => {
            let what = format!("{}, {}", listed.media_type, bytes(listed.size));
            start
                .with(Style::Alarm, "MISSING: ")
                .with(Style::Plain, &format!("the source listed it, and the server does not have it ({what})"))
        }
        _ => {
            let what = format!("sent, not listed ({} sealed): ", bytes(file.sealed));
            start.with(Style::Alarm, &what).with(Style::Plain, "its key never came, so nobody can open it")
        }
    }
}

fn of_listed(start: Line, file: &File, listed: &Listed) -> Line {
    let mut line = start.with(Style::Plain, &format!("{}, {}", listed.media_type, bytes(listed.size)));
    if let Some(name) = &listed.name {
        line = line.with(Style::Plain, ", called \"").with(Style::Plain, name).with(Style::Plain, "\"");
    }
    line = match listed.note {
        Some(Note::Removed) => line.with(Style::Faint, "; the camera's hidden note was taken out before it was sent"),
        Some(Note::Kept) => line.with(Style::Bold, "; the source left the camera's hidden note in, for you"),
        None => line,
    };
    match &file.found {
        Some(found) if kind::differs(&listed.media_type, known(found)) => {
            line.with(Style::Alarm, &format!("; ITS CONTENT IS ANOTHER: {found}"))
        }
        Some(found) => line.with(Style::Plain, &format!("; saved here, content: {found}")),
        None => line,
    }
}

/// What is written of a file whose first bytes are none that we know.
pub const UNKNOWN: &str = "of no known kind";

fn known(found: &str) -> Option<&str> {
    Some(found).filter(|found| *found != UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hex::Hex;

    fn file(state: State, listed: Option<Listed>) -> File {
        File { number: 2, upload: Hex([1; 16]), state, sealed: 70_000, listed, found: None }
    }

    fn listed(name: Option<&str>, note: Option<Note>) -> Listed {
        let (media_type, name) = ("image/jpeg".to_owned(), name.map(str::to_owned));
        Listed { media_type, size: 1_234_567, sha256: Hex([1; 32]), name, note }
    }

    fn text(file: &File) -> String {
        line(file).pieces().map(|(_, text)| text).collect()
    }

    #[test]
    fn each_state_says_what_can_be_done_with_a_file() {
        let plain = file(State::Whole, Some(listed(Some("la puerta"), Some(Note::Removed))));
        assert_eq!(
            text(&plain),
            "  2  image/jpeg, 1.2 MB, called \"la puerta\"; the camera's hidden note was taken out before it was sent"
        );
        assert!(text(&file(State::NotListed, None)).contains("sent, not listed (70.0 KB sealed)"));
        assert!(text(&file(State::OnItsWay, None)).contains("on its way: 70.0 KB"));
        assert!(text(&file(State::Missing, Some(listed(None, None)))).contains("MISSING"));
    }

    #[test]
    fn a_file_that_was_saved_says_what_it_is_and_shouts_where_that_is_something_else() {
        let saved = |found: &str| File { found: Some(found.into()), ..file(State::Whole, Some(listed(None, None))) };
        assert!(text(&saved("image/jpeg")).ends_with("; saved here, content: image/jpeg"));
        assert!(text(&saved("application/zip")).ends_with("; ITS CONTENT IS ANOTHER: application/zip"));
        assert!(text(&saved(UNKNOWN)).ends_with("; ITS CONTENT IS ANOTHER: of no known kind"));
    }

    #[test]
    fn what_a_stranger_typed_cannot_write_on_the_terminal() {
        let text = text(&file(State::Whole, Some(listed(Some("a\x1b[2Jb\u{202e}"), None))));
        assert!(!text.contains('\x1b') && !text.contains('\u{202e}'), "{text:?}");
    }

    #[test]
    fn sizes_are_written_as_people_write_them() {
        for (size, text) in
            [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 KB"), (1_999_999, "1.9 MB"), (5_000_000_000, "5.0 GB")]
        {
            assert_eq!(bytes(size), text);
        }
    }
}
