//! The inbox for people: one row a tip, fitted to the terminal, danger and wishes before the story. And the same, one
//! record a line, for `cut` and `awk`.

use super::{Asks, Entry, Inbox, Viewer};
use crate::crypto::letter::{About, Urgency, YesNo};
use crate::desk::output::{Line, Shown, Style};
use crate::desk::priority::Level;

/// Columns that a story needs to say anything; with fewer left it gets a line of its own.
const MIN_STORY_WIDTH: usize = 24;
/// The most a source's own text may take in one of the other columns.
const MAX_CELL_WIDTH: usize = 40;
/// The most that the columns behind the priority take where the terminal is narrow: who works on it, a date as the form
/// writes it, and whom it is about.
const NARROW_WIDTHS: [usize; 3] = [14, 17, 16];
/// What stands beneath a tip of which something is missing or false.
const NOT_IN_ORDER: &str = "NOT IN ORDER: `desk show` says what";
const GAP: &str = "  ";
const INDENT: &str = "    ";
const HEADINGS: [&str; 6] = ["TIP", "PRIORITY", "STATUS", "WRITTEN", "ABOUT", "WISHES"];

/// Rows for a terminal of this width. Closed ones are counted only, unless all are asked for.
pub fn table(inbox: &Inbox, is_all: bool, width: usize) -> Vec<Line> {
    if inbox.tips.is_empty() && inbox.unreadable.is_empty() {
        return vec![Line::from("no tips")];
    }
    let shown: Vec<&Entry> = inbox.tips.iter().filter(|entry| is_all || !entry.is_done(&inbox.viewer)).collect();
    let rows: Vec<[Shown; 6]> = shown.iter().map(|entry| cells(entry, &inbox.viewer)).collect();
    let widths = widths(&rows);
    let beside = width.checked_sub(taken(&widths)).filter(|left| *left >= MIN_STORY_WIDTH);
    let fits = taken(&widths) <= width;
    let columns = if fits { widths.to_vec() } else { narrow(&widths, width) };

    let mut lines = Vec::new();
    if !rows.is_empty() {
        let heading = row(&HEADINGS.map(Shown::new), &columns, Style::Bold);
        lines.push(if beside.is_some() { heading.with(Style::Bold, "STORY") } else { heading });
    }
    let left = width.saturating_sub(INDENT.len());
    for (entry, cells) in shown.iter().zip(&rows) {
        let is_now = entry.tip.letter.answers.urgency == Some(Urgency::Now) || entry.level() == Some(Level::FIRST);
        let line = row(cells, &columns, if is_now { Style::Alarm } else { Style::Plain });
        let story = entry.beginning();
        if let Some(left) = beside {
            lines.push(line.with_shown(Style::Plain, Shown::beginning(&story, left)));
            lines.extend(beneath(entry, &inbox.viewer, width));
            continue;
        }
        lines.push(line);
        if !fits {
            lines.push(Line::from(INDENT).with_shown(Style::Plain, cells[5].cut_to(left)));
        }
        lines.push(Line::from(INDENT).with_shown(Style::Faint, Shown::beginning(&story, left)));
        lines.extend(beneath(entry, &inbox.viewer, width));
    }
    for entry in &inbox.unreadable {
        let line =
            Line::new().with(Style::Alarm, &format!("{}{GAP}cannot be read as the server gave it: ", entry.short_id));
        lines.push(line.with(Style::Plain, &entry.tip.reason));
    }
    let closed = inbox.tips.len() - shown.len();
    if closed > 0 {
        lines.push(Line::new().with(Style::Faint, &format!("{closed} closed or passed on: `desk inbox --all`")));
    }
    lines
}

/// One record a line: id, danger, written, about, readers, may share (`on_hold` where less was asked for since), contact, story, priority with its reasons, status, who has
/// claimed it, labels, clocks of the law. Unreadable ones: id, `unreadable`, why.
pub fn plain(inbox: &Inbox) -> impl Iterator<Item = Line> {
    let tips = inbox.tips.iter().map(|entry| record(entry, &inbox.viewer));
    let unreadable = inbox
        .unreadable
        .iter()
        .map(|entry| Line::of_fields([entry.short_id.as_str(), "unreadable", entry.tip.reason.as_str()]));
    tips.chain(unreadable)
}

/// One tip of it.
pub fn record(entry: &Entry, viewer: &Viewer) -> Line {
    let letter = &entry.tip.letter;
    let answers = &letter.answers;
    let asks = Asks::of(entry);
    let readers: Vec<_> = letter.readers.iter().map(ToString::to_string).collect();
    Line::of_fields([
        entry.short_id.as_str(),
        answers.urgency.as_ref().map_or("", Urgency::as_str),
        &letter.created,
        answers.about.as_ref().map_or("", About::as_str),
        &readers.join(","),
        asks.share_word().unwrap_or_default(),
        asks.contact_word().unwrap_or_default(),
        &entry.story(),
        &entry.priority.as_ref().map(ToString::to_string).unwrap_or_default(),
        entry.case.status(viewer.now).as_str(),
        entry.case.claimed_by(viewer.now).map_or("", |claim| &claim.stamp.by.person),
        &entry.case.labels.keys().map(String::as_str).collect::<Vec<_>>().join(","),
        &entry.clocks.iter().map(|clock| clock.words(viewer.now)).collect::<Vec<_>>().join("; "),
    ])
}

/// What must not be overlooked, beneath the row.
fn beneath(entry: &Entry, viewer: &Viewer, width: usize) -> impl Iterator<Item = Line> {
    let is_wrong = entry.case.is_disordered();
    let wrong = is_wrong.then(|| Line::from(INDENT).with(Style::Alarm, NOT_IN_ORDER));
    wrong.into_iter().chain(clocks(entry, viewer, width))
}

/// A line for the clocks that run and are not done; no line where none is.
fn clocks(entry: &Entry, viewer: &Viewer, width: usize) -> Option<Line> {
    let running = || entry.clocks.iter().filter(|clock| clock.done.is_none());
    let first = running().next()?;
    let words: Vec<String> = running().map(|clock| clock.words(viewer.now)).collect();
    let shown = Shown::beginning(&words.join("; "), width.saturating_sub(INDENT.len()));
    Some(Line::from(INDENT).with_shown(first.style(viewer.now), shown))
}

fn widths(rows: &[[Shown; 6]]) -> [usize; 6] {
    std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].width());
        cells.max().unwrap_or(0).max(HEADINGS[column].len())
    })
}

fn taken(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + GAP.len()).sum()
}

/// Columns for a terminal that does not hold all: what the source asks for gets a line of its own, and the reasons of the
/// priority, which `show` prints whole, give way to the rest.
fn narrow(widths: &[usize; 6], width: usize) -> Vec<usize> {
    let [status, written, about] = [0, 1, 2].map(|at| widths[at + 2].min(NARROW_WIDTHS[at]));
    let left = width.saturating_sub(taken(&[widths[0], 0, status, written, about]));
    vec![widths[0], widths[1].min(left), status, written, about]
}

/// The cells that have a column, each cut to it.
fn row(cells: &[Shown; 6], widths: &[usize], first: Style) -> Line {
    let mut line = Line::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let cell = cell.cut_to(*width);
        let padding = " ".repeat(width.saturating_sub(cell.width()) + GAP.len());
        let style = if column < 2 || first == Style::Bold { first } else { Style::Plain };
        line = line.with_shown(style, cell).with(Style::Plain, &padding);
    }
    line
}

fn cells(entry: &Entry, viewer: &Viewer) -> [Shown; 6] {
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
    [
        &entry.short_id,
        &urgent,
        &entry.standing(viewer),
        &letter.created,
        &format!("{about}{minor}"),
        &Asks::of(entry).words(),
    ]
    .map(|text| Shown::beginning(text, MAX_CELL_WIDTH))
}
