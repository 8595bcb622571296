//! What stands where. Every text goes through `Shown`, as in all output: what is drawn can do nothing to the terminal. Meaning
//! never lies in colour or in a frame alone.

use super::flow::{Choice, Step};
use super::keys::{ALWAYS, HELP, KEYS};
use super::state::{Mode, State};
use crate::crypto::letter::{Urgency, YesNo};
use crate::desk::inbox::view::Layout;
use crate::desk::inbox::{Entry, Viewer, view, waiting};
use crate::desk::output::{Line, Shown, Style};
use crate::desk::priority::Level;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style as Look};
use std::fmt::Write as _;

/// Columns from which what was written on a tip gets a place beside it.
const THREE: u16 = 150;
const LIST: u16 = 30;
const WIDE_LIST: u16 = 48;
/// A tip is not read in longer lines.
const MAX_TIP: u16 = 90;
/// Lines that what was said may take.
const MAX_SAID: usize = 6;

/// How things look where there is colour, and where there is none.
#[derive(Clone, Copy)]
pub struct Colours(pub bool);

impl Colours {
    fn look(self, style: Style) -> Look {
        match style {
            Style::Plain => Look::new(),
            Style::Faint => Look::new().add_modifier(Modifier::DIM),
            Style::Alarm if self.0 => Look::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            Style::Bold | Style::Alarm => Look::new().add_modifier(Modifier::BOLD),
        }
    }
}

/// Draws everything. Remembers in the state how long the tip is.
pub fn draw(state: &mut State, area: Rect, buffer: &mut Buffer, colours: Colours) {
    let mut page = Page { buffer, colours };
    page.line(area, 0, &title(state));
    let foot = foot(state, usize::from(area.width));
    let foot_height = u16::try_from(foot.len()).unwrap_or(area.height);
    let body_end = area.height.saturating_sub(foot_height + 1);
    let body = Rect { y: area.y + 1, height: body_end.saturating_sub(1), ..area };
    page.rule(area, body_end);
    for (at, line) in (body_end + 1..).zip(&foot) {
        page.line(area, at, line);
    }
    if state.mode == Mode::Help {
        return page.help(body);
    }
    if state.is_wide {
        return page.tip(state, Rect { width: body.width.min(MAX_TIP), ..body }, true);
    }
    let is_three = area.width >= THREE;
    let (left, right) = split(body, if is_three { WIDE_LIST } else { LIST.min(body.width / 2) });
    page.list(state, left);
    page.bar(right);
    if is_three {
        let (tip, thread) = split(right, MAX_TIP + 2);
        page.bar(thread);
        page.tip(state, inner(tip), false);
        return page.thread(state, inner(thread));
    }
    page.tip(state, inner(right), true);
}

fn split(area: Rect, left: u16) -> (Rect, Rect) {
    let left = left.min(area.width);
    (Rect { width: left, ..area }, Rect { x: area.x + left, width: area.width - left, ..area })
}

/// Without the bar at the left.
fn inner(area: Rect) -> Rect {
    Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(2), ..area }
}

fn title(state: &State) -> Line {
    let (viewer, all) = (&state.inbox.viewer, &state.inbox.tips);
    let closed = all.iter().filter(|entry| entry.is_done(viewer)).count();
    let mut text = format!("desk, {}   {} of {} tips", state.inbox.viewer.person, state.listed.len(), all.len());
    if closed > 0 {
        let _infallible = write!(text, ", {closed} closed");
    }
    if let Some((search, _)) = &state.search {
        let _infallible = write!(text, ", search: {search}");
    }
    if let Some((short, _)) = &state.alike {
        let _infallible = write!(text, ", like {short}");
    }
    let line = Line::new().with(Style::Bold, &text);
    match waiting::words(&waiting::waiting(&state.inbox), viewer.now) {
        Some(words) => line.with(Style::Alarm, &format!("   {words}")),
        None => line,
    }
}

/// What is asked or was said, and the keys.
fn foot(state: &State, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for busy in state.busy.iter().take(MAX_SAID) {
        lines.push(Line::new().with(Style::Faint, &format!("… {busy}")));
    }
    let style = if state.is_failure { Style::Alarm } else { Style::Plain };
    let said = state.said.iter().flat_map(|said| Shown::lines(said)).flat_map(|line| line.wrap(width));
    lines.extend(said.take(MAX_SAID).map(|line| Line::new().with_shown(style, line)));
    match &state.mode {
        Mode::Look | Mode::Help => lines.extend(keys(state, width)),
        Mode::Refused => lines.push(Line::new().with(Style::Faint, "nothing was done; Esc or Enter goes on")),
        Mode::Search(typed) => lines.extend(asked("search", typed, width)),
        Mode::Ask(flow, typed) => {
            let doing = format!("desk {}", flow.words().join(" "));
            lines.push(Line::new().with(Style::Faint, &doing));
            lines.extend(flow.step().map(|step| question(step, typed, width)).unwrap_or_default());
        }
    }
    lines
}

fn question(step: &Step, typed: &str, width: usize) -> Vec<Line> {
    match step {
        Step::Text { question, .. } => asked(question, typed, width),
        Step::Labels => asked("labels; -label takes one off", typed, width),
        Step::Id { question, wanted } => {
            let mut lines = wrapped(Style::Alarm, &format!("{question}."), width);
            lines.extend(asked(&format!("type {wanted}"), typed, width));
            lines
        }
        Step::Wishes => vec![Line::new().with(Style::Faint, "asking what the source allows; Esc leaves it")],
        Step::Yes { question, .. } => {
            vec![Line::new().with(Style::Bold, question).with(Style::Plain, " y does it, Esc leaves it")]
        }
        Step::Pick { question, choices, .. } => {
            let mut lines = vec![Line::new().with(Style::Bold, &format!("{question}? Esc leaves it"))];
            let choice = |(key, word, what): &Choice| Line::from(format!("  {key}  {}", said_once(word, what)));
            lines.extend(choices.iter().map(choice));
            lines
        }
    }
}

/// `facts: places, times`; a number alone says nothing that its name does not say.
fn said_once(word: &str, what: &str) -> String {
    if word.parse::<u16>().is_ok() { what.to_owned() } else { format!("{word}: {what}") }
}

/// What is typed stands at the end, with a mark for the place where it goes on.
fn asked(question: &str, typed: &str, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::new().with(Style::Bold, &format!("{question} (Enter: done, Esc: leave)"))];
    let typed = Shown::new(&format!("{typed}_")).wrap(width.saturating_sub(2));
    let hidden = typed.len().saturating_sub(MAX_SAID);
    lines.extend(typed.into_iter().skip(hidden).map(|line| Line::from("> ").with_shown(Style::Plain, line)));
    lines
}

fn wrapped(style: Style, text: &str, width: usize) -> Vec<Line> {
    Shown::new(text).wrap(width).into_iter().map(|line| Line::new().with_shown(style, line)).collect()
}

/// As many keys as fit on two lines. What waits for our answer has its keys first.
fn keys(state: &State, width: usize) -> Vec<Line> {
    let is_offered = state.selected().is_some_and(|entry| entry.offer_to(state.inbox.viewer.agency).is_some());
    let answers = |verbs: &[&str]| is_offered && (verbs.contains(&"accept") || verbs.contains(&"decline"));
    let (first, rest): (Vec<_>, Vec<_>) = KEYS.iter().partition(|key| answers(key.verbs));
    let undo = state.can_undo().then(|| "u undo".to_owned());
    let of_tips = first.into_iter().chain(rest).map(|key| format!("{} {}", key.key, key.word));
    let mut all: Vec<String> = ALWAYS.into_iter().map(str::to_owned).chain(undo).chain(of_tips).collect();
    let mut lines = vec![String::new()];
    for key in all.drain(..) {
        let last = lines.last_mut().expect("it begins with one");
        let gap = if last.is_empty() { "" } else { "  " };
        if last.len() + gap.len() + key.len() <= width {
            last.push_str(gap);
            last.push_str(&key);
        } else if lines.len() < 2 {
            lines.push(key);
        } else {
            break; // `?` has the others
        }
    }
    lines.into_iter().map(|line| Line::new().with(Style::Faint, &line)).collect()
}

struct Page<'a> {
    buffer: &'a mut Buffer,
    colours: Colours,
}

impl Page<'_> {
    /// One line, cut to the area.
    fn line(&mut self, area: Rect, at: u16, line: &Line) {
        if at >= area.height {
            return;
        }
        let (mut x, y, end) = (area.x, area.y + at, area.x + area.width);
        for (style, text) in line.cut_to(usize::from(area.width)).pieces() {
            let left = usize::from(end.saturating_sub(x));
            (x, _) = self.buffer.set_stringn(x, y, text, left, self.colours.look(style));
        }
    }

    fn lines<'a>(&mut self, area: Rect, lines: impl IntoIterator<Item = &'a Line>) {
        for (at, line) in (0..area.height).zip(lines) {
            self.line(area, at, line);
        }
    }

    fn rule(&mut self, area: Rect, at: u16) {
        self.line(area, at, &Line::new().with(Style::Faint, &"─".repeat(usize::from(area.width))));
    }

    fn bar(&mut self, area: Rect) {
        for at in 0..area.height {
            self.line(area, at, &Line::new().with(Style::Faint, "│"));
        }
    }

    fn list(&mut self, state: &State, area: Rect) {
        let height = usize::from(area.height).max(1);
        let first = (state.at + 1).saturating_sub(height).max(state.at.saturating_sub(height / 2));
        let first = first.min(state.listed.len().saturating_sub(height));
        for (row, at) in (0..area.height).zip(first..state.listed.len()) {
            let entry = &state.inbox.tips[state.listed[at]];
            let line = row_of(entry, &state.inbox.viewer, at == state.at, usize::from(area.width));
            self.line(area, row, &line);
            if at == state.at {
                let row = Rect { y: area.y + row, height: 1, width: area.width.saturating_sub(1), ..area };
                self.buffer.set_style(row, Look::new().add_modifier(Modifier::REVERSED));
            }
        }
        if state.listed.is_empty() {
            self.line(area, 0, &Line::from(if state.busy.is_empty() { "  no tips" } else { "  …" }));
        }
    }

    fn tip(&mut self, state: &mut State, area: Rect, has_thread: bool) {
        let Some(entry) = state.selected() else { return };
        let width = usize::from(area.width);
        let layout = Layout::Columns(width);
        let is_closed = !entry.starting.is_empty();
        let mut lines = if is_closed {
            view::unopened(entry, layout)
        } else {
            view::source(entry, &state.inbox, &state.names, layout)
        };
        if has_thread && !is_closed {
            lines.extend(view::thread(entry, &state.names, layout));
        }
        state.room = (lines.len(), usize::from(area.height));
        state.scroll = state.scroll.min(lines.len().saturating_sub(usize::from(area.height)));
        self.lines(area, &lines[state.scroll..]);
        let below = lines.len().saturating_sub(state.scroll + usize::from(area.height));
        if below > 0 {
            let more = format!(" {} more lines: space", below + 1);
            let last = area.height.saturating_sub(1);
            self.line(area, last, &Line::from(" ".repeat(width)));
            self.line(area, last, &Line::new().with(Style::Faint, &more));
        }
    }

    /// The newest at the bottom, so that the newest are seen where not all are.
    fn thread(&mut self, state: &State, area: Rect) {
        let Some(entry) = state.selected() else { return };
        let mut lines = view::thread(entry, &state.names, Layout::Columns(usize::from(area.width)));
        if lines.is_empty() {
            lines.push(Line::new().with(Style::Faint, "nothing was written on it yet"));
        }
        let hidden = lines.len().saturating_sub(usize::from(area.height));
        self.lines(area, &lines[hidden..]);
    }

    fn help(&mut self, area: Rect) {
        let line = |(keys, what): &(&str, &str)| {
            Line::new().with(Style::Bold, &format!("  {keys:<16}")).with(Style::Plain, what)
        };
        let lines: Vec<Line> = HELP.iter().map(line).collect();
        self.lines(area, &lines);
    }
}

/// `> T-7K3M  P1 claimed: mia, minor`.
fn row_of(entry: &Entry, viewer: &Viewer, is_selected: bool, width: usize) -> Line {
    let answers = &entry.tip.letter.answers;
    let level = entry.level().map_or_else(
        || if answers.urgency == Some(Urgency::Now) { "NOW".to_owned() } else { "-".to_owned() },
        |level| level.to_string(),
    );
    let is_first = entry.level() == Some(Level::FIRST) || answers.urgency == Some(Urgency::Now);
    let minor = if answers.minor == Some(YesNo::Yes) { ", minor" } else { "" };
    let mark = if is_selected { "> " } else { "  " };
    let start = format!("{mark}{:<7} {level:<3} ", entry.short_id);
    let story = entry.beginning();
    let rest = format!("{}{minor}", entry.standing(viewer));
    let left = width.saturating_sub(start.len() + rest.len() + 4);
    let line = Line::new().with(if is_first { Style::Alarm } else { Style::Plain }, &start).with(Style::Plain, &rest);
    if left < 12 {
        return line;
    }
    line.with(Style::Plain, "  ").with_shown(Style::Faint, Shown::beginning(&story, left))
}

#[cfg(test)]
#[path = "draw/tests.rs"]
mod tests;
