//! The inbox for people: one row a tip, fitted to the terminal, danger and wishes before the story. And the same, one
//! record a line, for `cut` and `awk`.

use super::{Entry, Inbox};
use crate::crypto::letter::{About, ContactMode, Letter, Share, Urgency, YesNo};
use crate::desk::output::{Line, Shown, Style};
use crate::desk::priority::Level;

/// Columns that a story needs to say anything; with fewer left it gets a line of its own.
const MIN_STORY_WIDTH: usize = 24;
/// The most a source's own text may take in one of the other columns.
const MAX_CELL_WIDTH: usize = 40;
const GAP: &str = "  ";
const HEADINGS: [&str; 5] = ["TIP", "PRIORITY", "WRITTEN", "ABOUT", "WISHES"];

/// Rows for a terminal of this width.
pub fn table(inbox: &Inbox, width: usize) -> Vec<Line> {
    if inbox.tips.is_empty() && inbox.unreadable.is_empty() {
        return vec![Line::from("no tips")];
    }
    let rows: Vec<[Shown; 5]> = inbox.tips.iter().map(cells).collect();
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].width());
        cells.max().unwrap_or(0).max(HEADINGS[column].len())
    });
    let fixed: usize = widths.iter().sum::<usize>() + GAP.len() * widths.len();
    let beside = width.checked_sub(fixed).filter(|left| *left >= MIN_STORY_WIDTH);

    let mut lines = Vec::new();
    if !rows.is_empty() {
        let headings = HEADINGS.map(Shown::new);
        let heading = row(&headings, &widths, Style::Bold);
        lines.push(if beside.is_some() { heading.with(Style::Bold, "STORY") } else { heading });
    }
    for (entry, cells) in inbox.tips.iter().zip(&rows) {
        let is_now = entry.tip.letter.answers.urgency == Some(Urgency::Now) || entry.level() == Some(Level::FIRST);
        let line = row(cells, &widths, if is_now { Style::Alarm } else { Style::Plain });
        let story = entry.tip.letter.answers.story.as_deref().unwrap_or_default();
        if let Some(left) = beside {
            lines.push(line.with_shown(Style::Plain, Shown::beginning(story, left)));
        } else {
            lines.push(line);
            lines.push(Line::from("    ").with_shown(Style::Faint, Shown::beginning(story, width.saturating_sub(4))));
        }
    }
    for entry in &inbox.unreadable {
        let line =
            Line::new().with(Style::Alarm, &format!("{}{GAP}cannot be read as the server gave it: ", entry.short_id));
        lines.push(line.with(Style::Plain, &entry.tip.reason));
    }
    lines
}

/// One record a line: id, danger, written, about, readers, may share, contact, story, priority with its reasons. Unreadable ones: id, `unreadable`, why.
pub fn plain(inbox: &Inbox) -> Vec<Line> {
    let tips = inbox.tips.iter().map(|entry| {
        let letter = &entry.tip.letter;
        let answers = &letter.answers;
        let readers: Vec<_> = letter.readers.iter().map(ToString::to_string).collect();
        Line::of_fields([
            entry.short_id.as_str(),
            answers.urgency.as_ref().map_or("", Urgency::as_str),
            &letter.created,
            answers.about.as_ref().map_or("", About::as_str),
            &readers.join(","),
            answers.share.as_ref().map_or("", Share::as_str),
            answers.contact.as_ref().map_or("", |contact| contact.mode.as_str()),
            answers.story.as_deref().unwrap_or_default(),
            &entry.priority.as_ref().map(ToString::to_string).unwrap_or_default(),
        ])
    });
    let unreadable = inbox
        .unreadable
        .iter()
        .map(|entry| Line::of_fields([entry.short_id.as_str(), "unreadable", entry.tip.reason.as_str()]));
    tips.chain(unreadable).collect()
}

fn row(cells: &[Shown; 5], widths: &[usize; 5], first: Style) -> Line {
    let mut line = Line::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let padding = " ".repeat(width.saturating_sub(cell.width()) + GAP.len());
        let style = if column < 2 || first == Style::Bold { first } else { Style::Plain };
        line = line.with_shown(style, cell.clone()).with(Style::Plain, &padding);
    }
    line
}

fn cells(entry: &Entry) -> [Shown; 5] {
    let letter = &entry.tip.letter;
    let answers = &letter.answers;
    let danger = match &answers.urgency {
        Some(Urgency::Now) => "NOW",
        Some(Urgency::NotNow) => "not now",
        other => other.as_ref().map_or("-", Urgency::as_str),
    };
    let urgent = entry.priority.as_ref().map_or_else(|| danger.to_owned(), ToString::to_string);
    let about = answers.about.as_ref().map_or("-", About::as_str);
    let minor = if answers.minor == Some(YesNo::Yes) { ", minor" } else { "" };
    [&entry.short_id, &urgent, &letter.created, &format!("{about}{minor}"), &wishes(letter)]
        .map(|text| Shown::beginning(text, MAX_CELL_WIDTH))
}

fn wishes(letter: &Letter) -> String {
    let answers = &letter.answers;
    let share = match &answers.share {
        Some(Share::Nothing) => "share nothing",
        Some(Share::Facts) => "share facts",
        Some(Share::All) => "share all",
        Some(Share::Other(text)) => text,
        None => "ask to share",
    };
    let contact = match answers.contact.as_ref().map(|contact| &contact.mode) {
        Some(ContactMode::Never) => ", no contact",
        Some(ContactMode::Code) => ", by code",
        Some(ContactMode::OtherWay | ContactMode::Other(_)) => ", safe way only",
        None => "",
    };
    let excludes = if answers.exclude_text.is_some() { ", NOT FOR SOME" } else { "" };
    format!("{share}{contact}{excludes}")
}
