//! What the command that runs now leaves in the log. One line for each thing it does, the first one before anything is
//! printed: the output asks for it, so that no command can forget.

use super::{Act, LineHash, Log, LogError, MAX_TIPS, Outcome};
use crate::clock::Clock;
use crate::desk::failure::{Exit, Failure};
use crate::model::tip::TipId;
use std::collections::HashSet;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Shared by all parts of one command. Does nothing before keys were opened.
#[derive(Clone)]
pub struct Acting {
    clock: Arc<dyn Clock>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    log: Option<Log>,
    running: Running,
}

/// The command that runs.
#[derive(Default)]
pub struct Running {
    /// What it is about, as far as it has said so. Its `verb` is that of every line.
    about: Act,
    written: Vec<(Act, LineHash)>,
    /// Whether it goes on where nothing can be written: what it prints is the log itself.
    is_lenient: bool,
    /// Whether a line could not be written: that is what it fails with, and it is not tried again.
    has_failed: bool,
}

impl Acting {
    /// No command runs yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, state: Arc::default() }
    }

    /// A command begins. Gives the one that ran before, to go on with.
    pub fn begin(&self, verb: &str) -> Running {
        let about = Act { verb: verb.to_owned(), ..Act::default() };
        let is_lenient = verb.starts_with("audit ");
        mem::replace(&mut self.state().running, Running { about, is_lenient, ..Running::default() })
    }

    /// The words of the command that runs.
    pub fn verb(&self) -> String {
        self.state().running.about.verb.clone()
    }

    /// Keys were opened: from now on there is a log.
    pub fn unlocked(&self, log: Log) {
        self.state().log = Some(log);
    }

    /// The log, once keys were opened.
    pub fn log(&self) -> Option<Log> {
        self.state().log.clone()
    }

    /// Another that writes lines of its own, into the same log.
    #[must_use]
    pub fn beside(&self, verb: &str) -> Self {
        let other = Self::new(self.clock.clone());
        other.begin(verb);
        other.state().log = self.log();
        other
    }

    /// The command only says what it would do.
    pub fn only_looks(&self) {
        self.state().running.about.is_dry = true;
    }

    /// The command is about these tips.
    pub fn mention(&self, tips: &[TipId]) {
        let about = &mut self.state().running.about;
        let known: HashSet<TipId> = about.tips.iter().copied().collect();
        about.tips.extend(tips.iter().filter(|tip| !known.contains(tip)));
    }

    /// Of all that it mentioned, it is about these alone.
    pub fn narrow(&self, tips: &[TipId]) {
        self.state().running.about.tips = tips.to_vec();
    }

    /// The command shows a list of so many tips.
    pub fn mention_all(&self, tips: usize) {
        self.state().running.about.all = Some(tips as u64);
    }

    /// The command shows a list: its tips are named where they are few enough for one line.
    pub fn mention_list(&self, tips: &[TipId]) {
        if tips.len() > MAX_TIPS { self.mention_all(tips.len()) } else { self.mention(tips) }
    }

    /// The command is for somebody, or makes a file.
    pub fn mention_target(&self, to: Option<String>, form: Option<&str>) {
        let about = &mut self.state().running.about;
        about.to = to.or(about.to.take());
        about.form = form.map(str::to_owned).or(about.form.take());
    }

    /// Sees to it that there is a line about the command, before anything is shown.
    pub fn settle(&self) -> Result<(), LogError> {
        let mut state = self.state();
        if state.running.written.iter().any(|(written, _)| written.outcome == Outcome::Done) {
            return Ok(());
        }
        let about = state.running.about.clone();
        match state.write(&about, self.now()) {
            Err(_) if state.running.is_lenient => Ok(()),
            written => written.map(drop),
        }
    }

    /// Writes a line about one tip, once, and gives its name; none where there is no log.
    pub fn record(&self, tip: TipId, to: Option<String>) -> Result<Option<LineHash>, LogError> {
        let mut state = self.state();
        let about = &state.running.about;
        let to = to.or_else(|| about.to.clone());
        let act = Act { tips: vec![tip], to, all: None, ..about.clone() };
        let known = state.running.written.iter().find(|(written, _)| covers(written, &act)).map(|(_, name)| *name);
        if known.is_some() {
            return Ok(known);
        }
        state.write(&act, self.now())
    }

    /// Writes a line about one of several tips that the command passed over, because it may not be done with that one.
    pub fn record_refused(&self, tip: TipId) -> Result<(), LogError> {
        let mut state = self.state();
        let act = Act { tips: vec![tip], all: None, outcome: Outcome::Refused, ..state.running.about.clone() };
        state.write(&act, self.now()).map(drop)
    }

    /// The command has ended. A failure leaves a line of its own, unless it only could not ask the server after all was
    /// shown. Then the one that ran before goes on.
    pub fn end(&self, result: &Result<(), Failure>, before: Running) -> Result<(), LogError> {
        let mut state = self.state();
        let is_silent = !state.running.written.iter().any(|(written, _)| written.outcome == Outcome::Done);
        let outcome = result.as_ref().err().map_or(Outcome::Done, |failure| failure.exit.into());
        let is_known = state.running.has_failed
            || !is_silent && matches!(outcome, Outcome::Done | Outcome::Network | Outcome::Interrupted);
        let act = Act { outcome, ..state.running.about.clone() };
        let written = if is_known { Ok(None) } else { state.write(&act, self.now()) };
        state.running = before;
        written.map(drop)
    }

    fn now(&self) -> u64 {
        self.clock.unix_seconds()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Writes a line, or several where there are many tips. The name of the last.
    fn write(&mut self, act: &Act, now: u64) -> Result<Option<LineHash>, LogError> {
        let Some(log) = &self.log else { return Ok(None) };
        let mut name = None;
        let mut parts: Vec<&[TipId]> = act.tips.chunks(MAX_TIPS).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        for tips in parts {
            let act = Act { tips: tips.to_vec(), ..act.clone() };
            let written = log.append(act.clone(), now).inspect_err(|_| self.running.has_failed = true)?;
            self.running.written.push((act, written));
            name = Some(written);
        }
        Ok(name)
    }
}

/// Whether a line that was written says what another would.
fn covers(written: &Act, act: &Act) -> bool {
    written.outcome == act.outcome
        && written.to == act.to
        && written.form == act.form
        && written.is_dry == act.is_dry
        && act.tips.iter().all(|tip| written.tips.contains(tip))
}

impl From<Exit> for Outcome {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Ok => Self::Done,
            Exit::Other => Self::Failed,
            Exit::Usage => Self::Usage,
            Exit::NotFound => Self::NotFound,
            Exit::NoKey => Self::NoKey,
            Exit::Conflict => Self::Conflict,
            Exit::Network => Self::Network,
            Exit::Integrity => Self::Integrity,
            Exit::Policy => Self::Refused,
            Exit::Interrupted => Self::Interrupted,
        }
    }
}
