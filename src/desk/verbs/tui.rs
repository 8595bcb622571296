//! `desk tui`: the full-screen view. One thread looks at keys and draws, another runs commands, the very ones that people type;
//! so a server that does not answer never holds up the screen. For whom results are read out, a dialogue line by line.

use super::inbox::{bring, known_inbox, names, viewer};
use super::{dialogue, dispatch, read};
use crate::desk::agent::{DEFAULT_MINUTES, Idle, Time};
use crate::desk::cache::Cache;
use crate::desk::context::Context;
use crate::desk::environment;
use crate::desk::failure::{Exit, Failure};
use crate::desk::log::{Acting, LogError};
use crate::desk::output::Output;
use crate::desk::profile::{Part, Profile};
use crate::desk::random;
use crate::desk::tui::draw::{Colours, draw};
use crate::desk::tui::keyboard::{Heard, hear};
use crate::desk::tui::screen::{self, Taken};
use crate::desk::tui::signals::{Signals, stop};
use crate::desk::tui::state::{Action, Done, State};
use crate::desk::watch::pace;
use crate::model::tip::TipId;
use ratatui::crossterm::event::{Event, KeyEventKind};
use serde_json::Value;
use std::io;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a key is waited for before signals, clocks and the other thread are looked at.
const TICK: Duration = Duration::from_millis(200);

/// How long a signal that ends the screen may take to end it, before the process ends as it is.
const LONGEST_END: Duration = Duration::from_secs(10);

/// Tips of which it is said why they are like one: as many lines as what was said may take.
const MAX_LIKEST: usize = 5;

/// Why it ended.
enum End {
    Quit,
    Locked,
    Signal,
    Gone,
    Failed(Failure),
}

/// Shows it until the person has had enough, or does nothing for as long as keys stay unlocked.
pub fn run(context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    if context.output.is_read_out() {
        return dialogue::run(context, &profile);
    }
    if !(context.output.can_replace() && environment::can_ask()) {
        return Err(Failure::new(Exit::Usage, "this is no terminal that can show a screen")
            .hint("`desk inbox`, `desk show` and the other commands do the same"));
    }
    context.unlock(&profile)?;
    let minutes = profile.settings().auto_lock_minutes.unwrap_or(DEFAULT_MINUTES);
    let time = Time::new(context.clock.clone());
    let mut state = State::new(viewer(&profile, context));
    let colours = Colours(context.output.has_colour());
    let signals = Signals::listen(LONGEST_END).map_err(|error| no_screen(&error))?;
    context.acting.settle()?;
    let acting = context.acting.beside("tui");
    let ended = {
        let mut taken = screen::take().map_err(|error| no_screen(&error))?;
        let idle = Idle::new(minutes, time.now());
        thread::scope(|scope| {
            let (ask, asked) = channel();
            let (tell, told) = channel();
            let (context, profile) = (&mut *context, &profile);
            scope.spawn(move || work(&asked, &tell, context, profile));
            let shown = Shown::default();
            let mut desk = Desk { ask, told, idle, time: &time, signals: &signals, colours, acting, shown };
            let ended = desk.look(&mut taken, &mut state);
            stop(); // whatever is still being done is not waited for
            ended
        })
    };
    drop(state);
    match ended.map_err(|error| no_screen(&error))? {
        End::Quit => Ok(()),
        End::Locked => {
            let unit = if minutes == 1 { "minute" } else { "minutes" };
            let what = format!("locked: nobody touched a key for {minutes} {unit}");
            context.output.note(&format!("{what}; `desk tui` opens it again").into());
            Ok(())
        }
        End::Failed(failure) => Err(failure),
        End::Signal => Err(Failure::new(Exit::Interrupted, "ended by a signal")),
        End::Gone => Err(Failure::new(Exit::Interrupted, "ended: the terminal is gone")),
    }
}

fn no_screen(error: &io::Error) -> Failure {
    Failure::new(Exit::Other, &format!("cannot use the terminal: {error}"))
}

struct Desk<'a> {
    ask: Sender<Action>,
    told: Receiver<Done>,
    idle: Idle,
    time: &'a Time,
    signals: &'a Signals,
    colours: Colours,
    acting: Acting,
    shown: Shown,
}

/// What is on the screen, as far as there is a line about it in the log.
#[derive(Default)]
struct Shown {
    tip: Option<TipId>,
    /// How many tips are listed, each with the beginning of its story.
    listed: usize,
    /// What they were searched for.
    search: Option<String>,
}

impl Desk<'_> {
    fn look(&mut self, taken: &mut Taken, state: &mut State) -> io::Result<End> {
        self.start(Action::Reload, state);
        let mut next = due();
        loop {
            if let Err(error) = self.log(state) {
                return Ok(End::Failed(error.into()));
            }
            taken.terminal.draw(|frame| draw(state, frame.area(), frame.buffer_mut(), self.colours))?;
            let action = match hear(TICK)? {
                Heard::Event(Event::Key(key)) if key.kind != KeyEventKind::Release => {
                    self.idle.use_now(self.time.now());
                    state.press(key)
                }
                Heard::Event(Event::Paste(text)) => {
                    self.idle.use_now(self.time.now());
                    state.paste(&text);
                    Action::None
                }
                Heard::Event(_) | Heard::Nothing => Action::None,
                Heard::Gone => return Ok(End::Gone),
            };
            if action == Action::Quit {
                return Ok(End::Quit);
            }
            self.start(action, state);
            match self.told.try_recv() {
                Ok(done) => {
                    state.end(done);
                    next = due();
                }
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => {
                    return Err(io::Error::other("a command stopped by a mistake of its own"));
                }
            }
            if self.signals.has_come() {
                return Ok(End::Signal);
            }
            if self.idle.is_over(self.time.now()) {
                return Ok(End::Locked);
            }
            if state.busy.is_empty() && Instant::now() >= next {
                self.start(Action::Reload, state);
            }
        }
    }

    /// Writes a line about the tip that is going to be on the screen, and about the list, when they are others than before.
    fn log(&mut self, state: &State) -> Result<(), LogError> {
        let search = state.search.as_ref().map(|(typed, _)| typed.clone());
        if search != self.shown.search || state.listed.len() > self.shown.listed {
            let acting = self.acting.beside(if search.is_some() { "search" } else { "tui" });
            acting.mention_all(state.listed.len());
            acting.settle()?;
        }
        self.shown.listed = state.listed.len();
        self.shown.search = search;
        // One that is not opened yet, because that starts a clock of the law, shows no word.
        let opened = state.selected().filter(|entry| entry.starting.is_empty());
        let next = opened.map(|entry| entry.tip.letter.id);
        if let Some(entry) = opened.filter(|_| next != self.shown.tip) {
            for tip in next.into_iter().chain(state.inbox.shown_with(entry)) {
                self.acting.beside("tui").record(tip, None)?;
            }
        }
        self.shown.tip = next;
        Ok(())
    }

    fn start(&self, action: Action, state: &mut State) {
        match action {
            Action::Stop => stop(),
            Action::Run(_) | Action::Reload => {
                state.begin(&action);
                let _ = self.ask.send(action); // a thread that is gone is seen where its answer is waited for
            }
            Action::None | Action::Quit => {}
        }
    }
}

fn due() -> Instant {
    Instant::now() + pace::next(pace::DEFAULT_SECONDS, 0, random::fraction())
}

/// Runs what is asked for, one after another, until nobody asks any more.
fn work(asked: &Receiver<Action>, tell: &Sender<Done>, context: &mut Context, profile: &Profile) {
    context.never_ask();
    while let Ok(action) = asked.recv() {
        let (quiet, kept) = Output::kept();
        let loud = std::mem::replace(&mut context.output, quiet);
        let (words, result) = match action {
            Action::Run(words) => {
                let result = command(&words, context);
                (words, result)
            }
            _ => (Vec::new(), reload(context, profile)),
        };
        let look_at = given(&words, &kept.out());
        let mut result = result;
        if let Some(id) = look_at.filter(|_| words.first().is_some_and(|verb| verb == "next")) {
            // It is on the screen now: its source is told, as by `desk next` for a person.
            result = command(&["show".to_owned(), id.to_string()], context);
        }
        let alike = alike(&words, &kept.out());
        let mut said: Vec<String> = kept.notes().lines().map(str::to_owned).collect();
        if let Some(alike) = &alike {
            said.extend(alike.why.iter().cloned());
        } else if look_at.is_none() {
            said.extend(kept.out().lines().map(str::to_owned));
        }
        if let Err(failure) = &result {
            said.push(failure.what.clone());
            said.extend(failure.hint.clone());
        }
        let known = known_inbox(context).and_then(|(inbox, _)| Ok((inbox, names(profile)?))).ok();
        context.output = loud;
        let alike = alike.filter(|alike| alike.tips.len() > 1).map(|alike| (words[1].clone(), alike.tips));
        if tell.send(Done { words, is_ok: result.is_ok(), said, look_at, alike, known }).is_err() {
            return;
        }
    }
}

fn command(words: &[String], context: &mut Context) -> Result<(), Failure> {
    let all = ["desk".to_owned()].into_iter().chain(words.iter().cloned());
    match read(all) {
        Ok((cli, name)) => dispatch(cli.verb, &name, context),
        Err(error) => Err(Failure::new(Exit::Usage, error.to_string().trim())),
    }
}

fn reload(context: &mut Context, profile: &Profile) -> Result<(), Failure> {
    let identity = context.unlock(profile)?;
    let (mut cache, mut known) = Cache::open(profile, &identity.device)?;
    bring(context, profile, &identity, &mut cache, &mut known)?.map_or(Ok(()), Err)
}

/// The tip that `desk next` gave, or `desk show` opened.
fn given(words: &[String], out: &str) -> Option<TipId> {
    if let [verb, id, ..] = words
        && verb == "show"
    {
        return id.parse().ok();
    }
    let is_next = words.first().is_some_and(|verb| verb == "next");
    let tip: Option<Value> = is_next.then(|| serde_json::from_str(out).ok()).flatten();
    tip?["tip"].as_str()?.parse().ok()
}

/// What `desk similar` found.
struct Alike {
    /// The tip that it was asked for, and those that are like it.
    tips: Vec<TipId>,
    /// A line for each of the likest.
    why: Vec<String>,
}

fn alike(words: &[String], out: &str) -> Option<Alike> {
    let [verb, asked, ..] = words else { return None };
    let found: Value = (verb == "similar").then(|| serde_json::from_str(out).ok()).flatten()?;
    let similar = found["similar"].as_array()?;
    let why = |tip: &Value| {
        let shared: Vec<String> =
            tip["shared"].as_array()?.iter().filter_map(|thing| Some(format!("same {}, ", thing.as_str()?))).collect();
        let (id, guess) = (tip["id"].as_str()?, tip["guess"].as_str()?);
        Some(format!("{id} {guess}: {}words {} % alike", shared.concat(), tip["likeness"]))
    };
    let mut lines: Vec<String> = similar.iter().take(MAX_LIKEST).filter_map(why).collect();
    if lines.is_empty() {
        lines.push(format!("nothing that this machine knows is like {asked}"));
    }
    let all = std::iter::once(&found).chain(similar);
    Some(Alike { tips: all.filter_map(|tip| tip["tip"].as_str()?.parse().ok()).collect(), why: lines })
}
