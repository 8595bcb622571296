//! `desk config`: settings of the person's own. None of them is secret, and none can weaken what admins have signed.

use crate::desk::agent::DEFAULT_MINUTES;
use crate::desk::cli::{ConfigVerb, Setting, Switch};
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::Line;
use serde::Serialize;

#[derive(Serialize)]
struct Shown {
    auto_lock_minutes: u8,
    accessible: bool,
    watch_bell: bool,
    watch_command: Vec<String>,
}

/// Shows or changes them.
pub fn run(verb: &ConfigVerb, context: &mut Context) -> Result<(), Failure> {
    let mut profile = context.profile(None)?;
    let is_json = match verb {
        ConfigVerb::Show { json } => *json,
        ConfigVerb::Set(setting) => {
            check(setting)?;
            profile.change(|settings| match setting {
                Setting::AutoLock { minutes } => settings.auto_lock_minutes = Some(*minutes),
                Setting::Accessible { value } => settings.accessible = Some(*value == Switch::On),
                Setting::WatchBell { value } => settings.watch_bell = Some(*value == Switch::On),
                Setting::WatchCommand { command } if is_off(command) => settings.watch_command.clear(),
                Setting::WatchCommand { command } => settings.watch_command.clone_from(command),
            })?;
            false
        }
    };
    let auto_lock_minutes = profile.settings().auto_lock_minutes.unwrap_or(DEFAULT_MINUTES);
    context.output.follow(profile.settings().accessible);
    let accessible = context.output.is_read_out();
    let watch_bell = profile.settings().watch_bell.unwrap_or(true);
    let watch_command = profile.settings().watch_command.clone();
    if is_json {
        let shown = Shown { auto_lock_minutes, accessible, watch_bell, watch_command };
        return Ok(context.output.print_json(&shown)?);
    }
    let switch = |is_on| if is_on { "on" } else { "off" };
    let command = if watch_command.is_empty() { "none".to_owned() } else { format!("{watch_command:?}") };
    Ok(context.output.print(&[
        Line::from(format!("auto-lock: {auto_lock_minutes} minutes without use")),
        Line::from(format!("accessible: {}", switch(accessible))),
        Line::from(format!("watch-bell: {}", switch(watch_bell))),
        Line::from(format!("watch-command: {command}")),
    ])?)
}

fn is_off(command: &[String]) -> bool {
    command == ["off"]
}

/// A program that is named by less than its whole path could be another one tomorrow.
fn check(setting: &Setting) -> Result<(), Failure> {
    let Setting::WatchCommand { command } = setting else { return Ok(()) };
    let is_whole = command.first().is_some_and(|program| std::path::Path::new(program).is_absolute());
    if is_whole || is_off(command) {
        return Ok(());
    }
    let what = format!("{:?} is no path from the root", command.first().map_or("", String::as_str));
    Err(Failure::new(Exit::Usage, &what).hint("such as /usr/bin/notify-send; `off` for none"))
}
