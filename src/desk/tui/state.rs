//! What is on the screen, and what a key does to it. Pure: a state and a key give a state and something to do.

use super::flow::{Answered, Flow, Step, undo};
use crate::desk::cache::Known;
use crate::desk::inbox::{Entry, Inbox, Rules, Viewer};
use crate::desk::names::AgencyNames;
use crate::desk::search::{Query, parse};
use crate::model::tip::TipId;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::collections::VecDeque;

mod list;
mod press;

/// Lines that a page of the tip moves.
const PAGE: usize = 10;

/// Everything that is shown.
pub struct State {
    /// What is known.
    pub inbox: Inbox,
    /// What agencies are called.
    pub names: AgencyNames,
    /// Places in the inbox of the tips that are listed.
    pub listed: Vec<usize>,
    /// Which of them is looked at.
    pub at: usize,
    /// Lines of the tip above the screen.
    pub scroll: usize,
    /// Lines that the tip takes, and that there is room for, when it was drawn last.
    pub room: (usize, usize),
    /// Whether the tip takes the place of the list.
    pub is_wide: bool,
    /// Whether closed ones are listed.
    pub is_all: bool,
    /// What the list is searched for, as it was typed.
    pub search: Option<(String, Query)>,
    /// The tip that the listed ones are like, as it is called, and those that are.
    pub alike: Option<(String, Vec<TipId>)>,
    /// What is open.
    pub mode: Mode,
    /// What was said last.
    pub said: Vec<String>,
    /// Whether that was a failure.
    pub is_failure: bool,
    /// What is being done, and what comes after it.
    pub busy: VecDeque<String>,
    /// What takes back what was done, the newest last.
    undo: Vec<Vec<String>>,
    /// What is being taken back.
    taking_back: Option<Vec<String>>,
}

/// What is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The list and the tip.
    Look,
    /// The keys.
    Help,
    /// A question, and what was typed so far.
    Ask(Flow, String),
    /// A search, and what was typed so far.
    Search(String),
    /// Why what was asked for may not be done. Who types on does nothing with it.
    Refused,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing but drawing.
    None,
    /// End.
    Quit,
    /// Run a command.
    Run(Vec<String>),
    /// Ask the server for what is new.
    Reload,
    /// Stop what is being done.
    Stop,
}

/// What a command came to.
pub struct Done {
    /// Its words; none where what is new was brought.
    pub words: Vec<String>,
    /// Whether it did what it should.
    pub is_ok: bool,
    /// What it said.
    pub said: Vec<String>,
    /// The tip to look at now.
    pub look_at: Option<TipId>,
    /// A tip as it is called, and those that are like it, where that was asked.
    pub alike: Option<(String, Vec<TipId>)>,
    /// What is known now, and what agencies are called; none where it cannot be read.
    pub known: Option<(Inbox, AgencyNames)>,
}

impl State {
    /// With nothing known yet.
    pub fn new(viewer: Viewer) -> Self {
        let inbox = Inbox::of_some(Known::default(), Vec::new(), viewer, &Rules::default());
        Self {
            inbox,
            names: AgencyNames::default(),
            listed: Vec::new(),
            at: 0,
            scroll: 0,
            room: (0, 0),
            is_wide: false,
            is_all: false,
            search: None,
            alike: None,
            mode: Mode::Look,
            said: Vec::new(),
            is_failure: false,
            busy: VecDeque::new(),
            undo: Vec::new(),
            taking_back: None,
        }
    }

    /// The tip that is looked at.
    pub fn selected(&self) -> Option<&Entry> {
        self.listed.get(self.at).map(|at| &self.inbox.tips[*at])
    }

    /// Whether something can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// What a key does.
    pub fn press(&mut self, key: KeyEvent) -> Action {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        if is_control && key.code == KeyCode::Char('c') {
            return if self.busy.is_empty() { Action::Quit } else { Action::Stop };
        }
        if is_control || key.modifiers.contains(KeyModifiers::ALT) {
            return Action::None;
        }
        match std::mem::replace(&mut self.mode, Mode::Look) {
            Mode::Help => Action::None, // any key closes it
            Mode::Refused => self.press_refused(key.code),
            Mode::Look => self.press_look(key.code),
            Mode::Search(typed) => self.press_search(key.code, typed),
            Mode::Ask(flow, typed) => self.press_ask(key.code, flow, typed),
        }
    }

    /// Text that was pasted: it is typed where something is asked, and means nothing elsewhere.
    pub fn paste(&mut self, text: &str) {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        match &mut self.mode {
            Mode::Ask(flow, typed) if !matches!(flow.step(), Some(Step::Pick { .. } | Step::Yes { .. })) => {
                typed.push_str(&text);
            }
            Mode::Search(typed) => typed.push_str(&text),
            _ => {}
        }
    }

    fn press_look(&mut self, code: KeyCode) -> Action {
        match code {
            KeyCode::Char('q') => return Action::Quit,
            KeyCode::Char('?') => self.mode = Mode::Help,
            KeyCode::Char('/') => self.mode = Mode::Search(String::new()),
            KeyCode::Char('j') | KeyCode::Down => return self.look(self.at.saturating_add(1)),
            KeyCode::Char('k') | KeyCode::Up => return self.look(self.at.saturating_sub(1)),
            KeyCode::Char('g') | KeyCode::Home => return self.look(0),
            KeyCode::Char('G') | KeyCode::End => return self.look(usize::MAX),
            KeyCode::Char(' ') | KeyCode::PageDown => self.scroll_to(self.scroll.saturating_add(PAGE)),
            KeyCode::Char('b') | KeyCode::PageUp => self.scroll_to(self.scroll.saturating_sub(PAGE)),
            KeyCode::Enter => return self.enter(),
            KeyCode::Esc => self.back(),
            KeyCode::Char('t') => {
                self.is_all = !self.is_all;
                self.list();
            }
            KeyCode::Char('.') | KeyCode::F(5) if self.busy.is_empty() => return Action::Reload,
            KeyCode::Char('n') => return Action::Run(vec!["next".into(), "--json".into()]),
            KeyCode::Char('u') => return self.take_back(),
            KeyCode::Char(key) => return self.press_tip(key),
            _ => {}
        }
        Action::None
    }

    /// Gives the tip the whole screen. One that nobody of the agency has opened, where that starts a clock, is opened first.
    fn enter(&mut self) -> Action {
        if let Some(entry) = self.selected().filter(|entry| !entry.starting.is_empty()) {
            return Action::Run(vec!["show".into(), entry.tip.letter.id.to_string()]);
        }
        self.is_wide = !self.is_wide && self.selected().is_some();
        self.tell_source()
    }

    /// Goes to a place of the list.
    fn look(&mut self, at: usize) -> Action {
        self.go(at);
        self.tell_source()
    }

    /// Where a tip has the whole screen, and perhaps for the first time a person's eyes: tells the source that it is read.
    fn tell_source(&self) -> Action {
        let is_first = |entry: &&Entry| entry.tip.letter.answers.mailbox.is_some() && entry.case.replies.is_empty();
        let is_open = |entry: &&Entry| entry.starting.is_empty();
        match self.selected().filter(is_first).filter(is_open) {
            Some(entry) if self.is_wide && self.busy.is_empty() => {
                Action::Run(vec!["show".into(), entry.tip.letter.id.to_string()])
            }
            _ => Action::None,
        }
    }

    /// Nobody who was typing an answer is to give commands by it.
    fn press_refused(&mut self, code: KeyCode) -> Action {
        if matches!(code, KeyCode::Esc | KeyCode::Enter) {
            self.said.clear();
        } else {
            self.mode = Mode::Refused;
        }
        Action::None
    }

    fn press_ask(&mut self, code: KeyCode, flow: Flow, mut typed: String) -> Action {
        let is_key = matches!(flow.step(), Some(Step::Pick { .. } | Step::Yes { .. }));
        let answer = match code {
            // What is typed meanwhile belongs to the next question.
            KeyCode::Enter if flow.step() == Some(&Step::Wishes) => {
                self.mode = Mode::Ask(flow, typed);
                return Action::None;
            }
            KeyCode::Esc => {
                self.say("nothing was done", false);
                return Action::None;
            }
            KeyCode::Char(c) if is_key => c.to_string(),
            KeyCode::Enter if !is_key => typed.clone(),
            KeyCode::Backspace => {
                typed.pop();
                self.mode = Mode::Ask(flow, typed);
                return Action::None;
            }
            KeyCode::Char(c) => {
                typed.push(c);
                self.mode = Mode::Ask(flow, typed);
                return Action::None;
            }
            _ => {
                self.mode = Mode::Ask(flow, typed);
                return Action::None;
            }
        };
        match flow.answer(&answer) {
            Answered::Whole(words) => return Action::Run(words),
            Answered::More(flow) => {
                self.said.clear();
                let dry_run = flow.dry_run();
                self.mode = Mode::Ask(flow, String::new());
                return dry_run.map_or(Action::None, Action::Run);
            }
            Answered::No(flow, why) => {
                self.say(&why, true);
                self.mode = Mode::Ask(flow, typed);
            }
        }
        Action::None
    }

    fn press_search(&mut self, code: KeyCode, mut typed: String) -> Action {
        match code {
            KeyCode::Esc => return Action::None,
            KeyCode::Enter if typed.trim().is_empty() => {
                self.search = None;
                self.list();
                return Action::None;
            }
            KeyCode::Enter => match parse(&typed) {
                Ok(query) => {
                    self.search = Some((typed, query));
                    self.at = 0;
                    self.list();
                    let found = self.listed.len();
                    self.say(&format!("{found} found; Esc lists all again"), false);
                    return Action::None;
                }
                Err(error) => self.say(&error.to_string(), true),
            },
            KeyCode::Backspace => drop(typed.pop()),
            KeyCode::Char(c) => typed.push(c),
            _ => {}
        }
        self.mode = Mode::Search(typed);
        Action::None
    }

    /// Leaves what was entered last.
    fn back(&mut self) {
        if self.is_wide {
            self.is_wide = false;
        } else if self.alike.take().is_some() || self.search.take().is_some() {
            self.list();
        }
        self.said.clear();
    }

    fn take_back(&mut self) -> Action {
        if !self.busy.is_empty() {
            self.say("wait until that is done, or stop it with Ctrl-C", true);
            return Action::None;
        }
        let Some(words) = self.undo.pop() else {
            self.say("there is nothing to take back: claims, labels, links, offers and marks can be", true);
            return Action::None;
        };
        self.taking_back = Some(words.clone());
        Action::Run(words)
    }

    /// Something begins, or will when what was begun before has come to its end: nobody need wait to type on.
    pub fn begin(&mut self, action: &Action) {
        match action {
            Action::Run(words) => {
                self.busy.push_back(format!("desk {}", words.join(" ")));
                self.said.clear();
            }
            Action::Reload => self.busy.push_back("asking the server for what is new".into()),
            _ => {}
        }
    }

    /// Something came to its end.
    pub fn end(&mut self, done: Done) {
        self.busy.pop_front();
        let looked_at = done.look_at.or_else(|| self.selected().map(|entry| entry.tip.letter.id));
        let taken_back = self.taking_back.take_if(|words| *words == done.words);
        let is_asking = self.go_on(&done);
        if !done.words.is_empty() || !done.is_ok {
            self.is_failure = !done.is_ok;
            self.said = done.said;
        }
        if is_asking {
            self.said.clear();
        }
        let scroll = if done.look_at.is_some() { 0 } else { self.scroll };
        let is_new_list = done.alike.is_some();
        self.alike = done.alike.or_else(|| self.alike.take());
        if is_new_list && done.known.is_none() {
            self.list();
        }
        if let Some(known) = done.known {
            (self.inbox, self.names) = known;
            self.list_with(looked_at, true);
            self.scroll = scroll;
        }
        match taken_back {
            Some(words) if !done.is_ok => self.undo.push(words),
            None if done.is_ok => self.undo.extend(undo(&done.words).or_else(|| self.withdrawal(&done.words))),
            _ => {}
        }
    }

    /// Goes on asking where it was only to be known whether a wish stands against it; ends the questions where one does.
    fn go_on(&mut self, done: &Done) -> bool {
        let Mode::Ask(flow, typed) = &self.mode else { return false };
        if flow.dry_run().is_none_or(|words| words != done.words) {
            return false;
        }
        self.mode = if done.is_ok { Mode::Ask(flow.clone().allowed(), typed.clone()) } else { Mode::Refused };
        done.is_ok
    }

    fn say(&mut self, what: &str, is_failure: bool) {
        (self.said, self.is_failure) = (vec![what.to_owned()], is_failure);
    }
}

#[cfg(test)]
#[path = "state/tests.rs"]
pub(super) mod tests;
