//! `desk config`: settings of the person's own. None of them is secret, and none can weaken what admins have signed.

use crate::desk::agent::DEFAULT_MINUTES;
use crate::desk::cli::{ConfigVerb, Setting, Switch};
use crate::desk::context::Context;
use crate::desk::failure::Failure;
use crate::desk::output::Line;
use serde::Serialize;

#[derive(Serialize)]
struct Shown {
    auto_lock_minutes: u8,
    accessible: bool,
}

/// Shows or changes them.
pub fn run(verb: &ConfigVerb, context: &mut Context) -> Result<(), Failure> {
    let mut profile = context.profile(None)?;
    let is_json = match verb {
        ConfigVerb::Show { json } => *json,
        ConfigVerb::Set(setting) => {
            profile.change(|settings| match setting {
                Setting::AutoLock { minutes } => settings.auto_lock_minutes = Some(*minutes),
                Setting::Accessible { value } => settings.accessible = Some(*value == Switch::On),
            })?;
            false
        }
    };
    let auto_lock_minutes = profile.settings().auto_lock_minutes.unwrap_or(DEFAULT_MINUTES);
    let accessible = context.is_accessible(&profile);
    if is_json {
        return Ok(context.output.print_json(&Shown { auto_lock_minutes, accessible })?);
    }
    let accessible = if accessible { "on" } else { "off" };
    Ok(context.output.print(&[
        Line::from(format!("auto-lock   {auto_lock_minutes} minutes without use")),
        Line::from(format!("accessible  {accessible}")),
    ])?)
}
