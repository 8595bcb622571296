//! `desk keys`: the agency's next key, and a second member's word that it opens.

use super::recover;
use crate::desk::agency_keys::{self, Done, Fault};
use crate::desk::chain::Chain;
use crate::desk::cli::KeysVerb;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::Failure;
use crate::desk::output::{Line, Output, Style};
use crate::desk::profile::Part;
use crate::desk::sync::member;

/// Makes or confirms a key.
pub fn run(verb: &KeysVerb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        KeysVerb::Recover(verb) => return recover::run(verb, context),
        KeysVerb::Drill(shares) => return recover::drill(shares, context),
        KeysVerb::Rotate | KeysVerb::Confirm => {}
    }
    let profile = context.profile(Some(Part::Member))?;
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let today = context.clock.today();
    let (lines, passed_over) = block_on(async {
        let chain = Chain::update(&profile, genesis, &client).await?;
        let version = chain.newest();
        let member = member(version, &identity)?;
        Ok(if matches!(verb, KeysVerb::Rotate) {
            let Done { done: name, passed_over } =
                agency_keys::rotate(&client, version, member, &identity, today).await?;
            let made = format!("made key {} of agency {}, sealed to each of its members", name.epoch, name.agency);
            let next = "next, a second member runs `desk keys confirm`; then the admins sign it";
            (vec![Line::from(made), Line::from(next)], passed_over)
        } else {
            let Done { done: names, passed_over } =
                agency_keys::confirm(&client, version, member, &identity, today).await?;
            let said = names.iter().map(|name| {
                Line::from(format!(
                    "your copy of key {} of agency {} opens, and the admins know it",
                    name.epoch, name.agency
                ))
            });
            (said.collect(), passed_over)
        })
    })?;
    for fault in &passed_over {
        note_fault(fault, &mut context.output);
    }
    Ok(context.output.print(&lines)?)
}

/// Names a stored key that counts for nothing.
pub(super) fn note_fault(fault: &Fault, output: &mut Output) {
    let text = format!("passed over {fault}; your admins should know");
    output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, &text));
}
