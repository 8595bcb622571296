//! `desk unlock` and `desk lock`: an agent that holds the keys for a while.

use crate::desk::agent;
use crate::desk::context::Context;
use crate::desk::failure::Failure;
use crate::desk::output::Line;

/// Starts an agent, in place of one that runs.
pub fn unlock(minutes: Option<u8>, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let socket = agent::socket_path(&profile)?;
    let minutes = minutes.or(profile.settings().auto_lock_minutes).unwrap_or(agent::DEFAULT_MINUTES);
    let minutes = minutes.min(agent::MAX_MINUTES);
    let identity = context.unlock_anew(&profile)?;
    agent::lock(&socket)?;
    agent::start(&socket, minutes, &identity.roots())?;
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    let text = format!("unlocked: no command asks for the passphrase until nobody used desk for {minutes} {unit}");
    Ok(context.output.print(&[Line::from(text), Line::from("`desk lock` locks at once")])?)
}

/// Wipes the keys that an agent holds.
pub fn lock(context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let was_unlocked = agent::lock(&agent::socket_path(&profile)?)?;
    Ok(context.output.print(&[Line::from(if was_unlocked { "locked" } else { "was locked already" })])?)
}
