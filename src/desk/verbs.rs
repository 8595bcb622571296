//! What each command does, in terms of the functions that do the work.

mod admin;
mod attachments;
mod audit;
mod canary;
mod config;
mod contact;
mod cover;
mod deciding;
mod deconflict;
mod disseminations;
mod dialogue;
mod doctor;
mod enrolment;
mod export;
mod hand;
mod help;
mod inbox;
mod init;
mod keys;
mod next;
mod opening;
mod pages;
mod refer;
mod reply;
mod search;
mod session;
mod show;
mod similar;
mod stats;
mod tui;
mod unlock;
mod verify;
mod watch;
mod words;
mod working;

pub use hand::Hand;

use super::agent;
use super::cli::{Cli, Verb};
use super::context::Context;
use super::environment::Screen;
use super::failure::{Exit, Failure};
use super::output::{Line, Output, Style, say_only_where};
use crate::clock::Clock;
use crate::core_dumps;
use clap::{CommandFactory as _, FromArgMatches as _};
use std::ffi::OsString;
use std::sync::Arc;

/// Runs one command from its words, and gives the code the process ends with. Everything it has to say was said.
pub fn run(words: impl IntoIterator<Item = OsString>, screen: Screen, clock: Arc<dyn Clock>) -> Exit {
    let mut output = Output::of_process(screen);
    say_only_where();
    match core_dumps::forbid() {
        Ok(()) => run_on(output, words, clock),
        Err(error) => report(&Failure::new(Exit::Other, &format!("cannot turn core dumps off: {error}")), &mut output),
    }
}

/// The same with another output than this process's.
pub fn run_on(mut output: Output, words: impl IntoIterator<Item = OsString>, clock: Arc<dyn Clock>) -> Exit {
    match read(words) {
        Err(error) => help::usage(&error, &mut output),
        Ok((Cli { common, verb }, name)) => {
            let mut context = Context::new(output, clock, common);
            let done = dispatch(verb, &name, &mut context);
            done.map_or_else(|failure| report(&failure, &mut context.output), |()| Exit::Ok)
        }
    }
}

/// What the log calls a command.
struct Named {
    /// Its words alone, such as `admin junk`.
    words: String,
    /// Whether it was only to say what it would do.
    is_dry: bool,
}

/// What was typed, and what the log calls it.
fn read(words: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<(Cli, Named), clap::Error> {
    let matches = Cli::command().try_get_matches_from(words)?;
    let (mut names, mut at) = (Vec::new(), &matches);
    while let Some((name, below)) = at.subcommand() {
        names.push(name);
        at = below;
    }
    let is_dry = at.try_get_one::<bool>("dry_run").ok().flatten().copied().unwrap_or(false);
    let words = names.join(" ");
    Cli::from_arg_matches(&matches).map(|cli| (cli, Named { words, is_dry }))
}

/// Does what a command says. The one way to every verb: nothing is printed that is not in the log first, once keys were
/// opened, and a failure leaves a line, too.
fn dispatch(verb: Verb, named: &Named, context: &mut Context) -> Result<(), Failure> {
    let before = context.acting.begin(&named.words);
    if named.is_dry {
        context.acting.only_looks();
    }
    context.output.log_first(&context.acting);
    let result = perform(verb, context);
    let logged = context.acting.end(&result, before);
    match (result, logged) {
        (Ok(()), logged) => Ok(logged?),
        (Err(failure), Ok(())) => Err(failure),
        (Err(failure), Err(_)) => {
            let text = "note: this could not be written into the log";
            context.output.note(&Line::new().with(Style::Alarm, text));
            Err(failure)
        }
    }
}

fn perform(verb: Verb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        Verb::Init(args) => init::member(args, context),
        Verb::Pin(args) => init::pin(&args, context),
        Verb::Inbox(args) => inbox::run(&args, context),
        Verb::Show(args) => show::run(&args, context),
        Verb::Next(args) => next::run(&args, context),
        Verb::Tui => tui::run(context),
        Verb::Watch(args) => watch::run(&args, context),
        Verb::Claim(args) => working::claim(&args, context),
        Verb::Release(args) => working::release(&args, context),
        Verb::Assign(args) => working::assign(&args, context),
        Verb::Note(args) => working::note(args, context),
        Verb::Reply(args) => reply::run(args, context),
        Verb::Label(args) => working::label(&args, context),
        Verb::Status(args) => working::status(&args, context),
        Verb::Priority(args) => working::priority(args, context),
        Verb::Grade(args) => working::grade(args, context),
        Verb::Link(args) => working::link(&args, context),
        Verb::Recuse(args) => working::recuse(args, context),
        Verb::Hold(args) => working::hold(args, context),
        Verb::Outcome(args) => working::outcome(args, context),
        Verb::Refer(args) => refer::refer(&args, context),
        Verb::Accept(args) => refer::accept(args, context),
        Verb::Decline(args) => refer::decline(&args, context),
        Verb::Return(args) => refer::give_back(&args, context),
        Verb::Redact(args) => deciding::redact(args, context),
        Verb::Countersign(args) => deciding::countersign(&args, context),
        Verb::Object(args) => deciding::object(args, context),
        Verb::Withdraw(args) => deciding::withdraw(args, context),
        Verb::Delete(args) => deciding::delete(args, context),
        Verb::Disseminations(args) => disseminations::run(&args, context),
        Verb::Audit(verb) => audit::run(&verb, context),
        Verb::Search(args) => search::run(&args, context),
        Verb::Similar(args) => similar::run(&args, context),
        Verb::Attachments(args) => attachments::list(&args, context),
        Verb::Save(args) => attachments::save(&args, context),
        Verb::Export(args) => export::run(&args, context),
        Verb::Deconflict(args) => deconflict::run(&args, context),
        Verb::Stats(args) => stats::run(&args, context),
        Verb::Keys(verb) => keys::run(&verb, context),
        Verb::Enrolment { output } => enrolment::run(output, context),
        Verb::Unlock { minutes } => unlock::unlock(minutes, context),
        Verb::Lock => unlock::lock(context),
        Verb::Config(verb) => config::run(&verb, context),
        Verb::Agent { socket, minutes } => Ok(agent::run(&socket, minutes, context.clock.clone())?),
        Verb::Doctor { json } => doctor::run(json, context),
        Verb::Cover(args) => cover::run(&args, context),
        Verb::Canary(args) => canary::run(&args, context),
        Verb::Verify(args) => verify::run(&args, context),
        Verb::Admin(verb) => admin::run(verb, context),
        Verb::Help { topic } => help::run(&topic, context),
        Verb::Man { output } => pages::man(&output, &mut context.output),
        Verb::Completions { shell } => pages::completions(shell, &mut context.output),
    }
}

/// Says what went wrong and what to do about it.
fn report(failure: &Failure, output: &mut Output) -> Exit {
    if failure.exit != Exit::Ok {
        output.note(&Line::new().with(Style::Alarm, "desk: ").with(Style::Plain, &failure.what));
        if let Some(hint) = &failure.hint {
            output.note(&Line::from("hint: ").with(Style::Plain, hint));
        }
    }
    failure.exit
}
