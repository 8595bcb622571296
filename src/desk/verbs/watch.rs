//! `desk watch`: looks again and again whether a tip of the highest level waits, and rings. It prints short ids and times, and
//! no word of any tip; keys stay open as long as it runs.

use super::inbox::{keyring, last_word, note, note_doubts, rules, site, viewer};
use crate::desk::cache::Cache;
use crate::desk::cli::WatchArgs;
use crate::desk::client::Client;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::identity::Identity;
use crate::desk::inbox::{Inbox, due::due, waiting::waiting};
use crate::desk::output::{Line, Output, Style};
use crate::desk::profile::{Part, Profile};
use crate::desk::random;
use crate::desk::sync::sync;
use crate::desk::watch::hook::Hook;
use crate::desk::watch::{Brought, Look, Ring, Standing, keep, pace};
use std::ops::ControlFlow::{Break, Continue};

/// Watches until Ctrl-C, or once.
#[expect(clippy::await_holding_refcell_ref, reason = "looking, telling and sleeping come one after the other")]
pub fn run(args: &WatchArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let has_bell = profile.settings().watch_bell.unwrap_or(true);
    let mut hook = Hook::new(&profile.settings().watch_command);
    let is_in_place = !args.all && !args.once && context.output.can_replace();
    if !args.once {
        context.output.note(&Line::from("watching; your keys stay unlocked until you end it with Ctrl-C"));
    }
    let (mut is_first, mut standing, mut told) = (true, Standing::Seen, Vec::new());
    let lookout = Lookout { profile: &profile, identity: &identity, client: &client };
    let context = std::cell::RefCell::new(context);
    let watched = block_on(keep(
        async || {
            let brought = lookout.look(&mut context.borrow_mut(), is_first, &mut told).await;
            is_first = false;
            brought
        },
        |look| {
            standing = look.standing;
            let output = &mut context.borrow_mut().output;
            tell(look, args.all || args.once, is_in_place, output)?;
            if let Some(why) = look.ring {
                ring(why, has_bell, hook.as_mut(), output);
            }
            Ok(())
        },
        async |failures| {
            if args.once {
                return Break(());
            }
            tokio::time::sleep(pace::next(args.every, failures, random::fraction())).await;
            Continue(())
        },
    ));
    if let Some(hook) = hook.as_mut().filter(|_| args.once) {
        let _ = hook.wait(); // it ran, or was said not to have started
    }
    let output = &mut context.into_inner().output;
    if is_in_place {
        output.print(&[Line::new()])?;
    }
    match watched {
        Err(failure) if failure.exit == Exit::Interrupted => {
            Err(Failure::new(Exit::Interrupted, "ended: nobody watches on this machine now"))
        }
        Ok(()) if standing == Standing::Blind => {
            Err(Failure::new(Exit::Network, "the server cannot be reached").hint("it is safe to try again"))
        }
        Ok(()) if standing == Standing::Over => {
            Err(Failure::new(Exit::Other, "the time that the law gives is over, and nobody has said that it was done")
                .hint("do it now; then say so: `desk show` names the command"))
        }
        watched => watched,
    }
}

struct Lookout<'a> {
    profile: &'a Profile,
    identity: &'a Identity,
    client: &'a Client,
}

impl Lookout<'_> {
    /// Brings what is new, and says what waits. The cache is let go at once: other commands use it between two looks. `told` is what
    /// was said of the site at the look before: that is not said again.
    async fn look(&self, context: &mut Context, is_first: bool, told: &mut Vec<String>) -> Result<Brought, Failure> {
        let genesis = self.profile.site()?.genesis;
        let (mut cache, mut known) = Cache::open(self.profile, &self.identity.device)?;
        let now = context.clock.unix_seconds();
        let synced = sync(self.client, self.profile, genesis, self.identity, &mut cache, &mut known, now).await;
        drop(cache);
        let is_seen = match synced.map_err(Failure::from) {
            Ok(synced) => {
                if is_first {
                    note(&synced, &mut context.output);
                }
                note_doubts(&synced, &known, is_first, &mut context.output);
                if let Some(chain) = keyring(self.profile)? {
                    let (agency, today) = (self.profile.settings().agency, context.clock.today());
                    let said = site::of_site(&synced, &chain, agency, today);
                    said.iter().filter(|one| !told.contains(one)).for_each(|one| site::note(one, &mut context.output));
                    *told = said;
                }
                if let Some(failure) = last_word(&synced, &known, &mut context.output) {
                    return Err(failure);
                }
                if synced.has_no_key {
                    return Err(Failure::new(Exit::NoKey, "nothing can be opened yet, so that nothing can be watched"));
                }
                true
            }
            Err(failure) if failure.exit == Exit::Network => false,
            Err(failure) => return Err(failure),
        };
        let inbox = Inbox::new(known, viewer(self.profile, context), &rules(self.profile)?);
        Ok(Brought { waiting: waiting(&inbox), due: due(&inbox), is_seen, now: inbox.viewer.now })
    }
}

fn tell(look: &Look, is_each: bool, is_in_place: bool, output: &mut Output) -> Result<(), Failure> {
    let style = if look.is_alarm { Style::Alarm } else { Style::Plain };
    let line = Line::new().with(style, &look.text);
    if is_in_place {
        output.replace(&line, look.ring.is_some())?;
    } else if is_each || look.is_change || look.ring.is_some() {
        output.print(&[line])?;
    }
    Ok(())
}

/// The program is for a tip that waits alone: it could not tell the one cause from the other.
fn ring(why: Ring, has_bell: bool, hook: Option<&mut Hook>, output: &mut Output) {
    if has_bell {
        output.ring();
    }
    if let Some(hook) = hook.filter(|_| why == Ring::Tip)
        && hook.start().is_err()
    {
        let text = "note: what `desk config set watch-command` names cannot be started";
        output.note(&Line::new().with(Style::Alarm, text));
    }
}
