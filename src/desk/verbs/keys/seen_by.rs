//! `desk keys seen-by`: which tips a colleague could open, who is one no more.

use crate::desk::admin::revoke::exposure;
use crate::desk::cache::KnownTip;
use crate::desk::chain::Chain;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::Line;
use crate::desk::profile::Part;
use crate::desk::verbs::inbox::known_inbox;
use serde::Serialize;

/// One tip.
#[derive(Serialize)]
struct Seen {
    tip: String,
    day: String,
    status: String,
}

/// Lists what this machine knows of what they could open.
pub fn run(id: &str, is_json: bool, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    let genesis = profile.site()?.genesis;
    let chain = Chain::load(&profile, genesis)?
        .ok_or_else(|| Failure::new(Exit::Other, "this machine knows no keyring yet").hint("run `desk inbox` first"))?;
    let member =
        chain.member_ever(id).filter(|member| member.agency == profile.settings().agency).ok_or_else(|| {
            Failure::new(Exit::NotFound, &format!("your agency never had a member {id:?}"))
                .hint("`desk admin show` and the letters of your admins name them")
        })?;
    let had = exposure(chain.versions(), &member);
    // The first version without them. Its day is the one on which its draft was begun; the server let them in until it was
    // published, and whatever came before that is under a version before it. Too many tips are safe, too few are not.
    let without = chain
        .versions()
        .skip_while(|version| version.staff.members.iter().all(|other| other.id != *id))
        .find(|version| version.staff.members.iter().all(|other| other.id != *id))
        .map(|version| (version.public.issued, version.public.version));
    let (inbox, _) = known_inbox(context)?;
    let is_of_then = |tip: &KnownTip| {
        without.is_none_or(|(day, version)| tip.day <= day || tip.keyring.is_none_or(|keyring| keyring < version))
    };
    let could = |tip: &KnownTip| !had.epochs.is_empty() && is_of_then(tip);
    let seen: Vec<Seen> = inbox
        .tips
        .iter()
        .filter(|entry| could(&entry.tip))
        .map(|entry| Seen {
            tip: entry.short_id.clone(),
            day: entry.tip.day.to_string(),
            status: entry.case.status(inbox.viewer.now).as_str().to_owned(),
        })
        .collect();
    if is_json {
        return Ok(context.output.print_json(&seen)?);
    }
    let mut lines = vec![Line::from(match without {
        Some((day, version)) => format!(
            "{id} could open {} of the tips that this machine knows, until {day} or from before version {version}:",
            seen.len()
        ),
        None => format!("{id} is still a member, and can open {} of the tips that this machine knows:", seen.len()),
    })];
    lines.extend(seen.iter().map(|Seen { tip, day, status }| Line::from(format!("  {tip}  {day}  {status}"))));
    lines.push(Line::from("what they have opened cannot be unseen"));
    Ok(context.output.print(&lines)?)
}
