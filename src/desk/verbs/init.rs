//! `desk init`, `desk admin init` and `desk pin`: keys on this machine, and the site they are for.

use super::enrolment::hand_over;
use crate::crypto::keyring::words_of;
use crate::desk::cli::{InitArgs, MemberInit, SiteArgs};
use crate::desk::client::{ClientError, Reach};
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::identity::WorkFactor;
use crate::desk::log;
use crate::desk::output::{Line, Style};
use crate::desk::plugin::Plugin;
use crate::desk::profile::{Part, Profile, Settings};
use crate::model::agency::AgencyNumber;
use std::path::PathBuf;

/// Digits of the genesis hash at its end, where its words, which stand for its beginning, say nothing of a slip.
const LAST: usize = 8;

/// Makes a member's profile.
pub fn member(args: MemberInit, context: &mut Context) -> Result<(), Failure> {
    let person = args.person.unwrap_or_else(|| args.init.id.clone());
    make(Part::Member, &person, args.init, context)
}

/// Makes an admin's profile.
pub fn admin(args: InitArgs, context: &mut Context) -> Result<(), Failure> {
    let person = args.id.clone();
    make(Part::Admin, &person, args, context)
}

fn make(part: Part, person: &str, args: InitArgs, context: &mut Context) -> Result<(), Failure> {
    let dir = context.profile_dir()?;
    let enrolment_path = args.enrolment.unwrap_or_else(|| PathBuf::from(format!("{}.json", args.id)));
    if enrolment_path.exists() {
        return Err(Failure::new(
            Exit::Conflict,
            &format!("{} exists and is not overwritten", enrolment_path.display()),
        )
        .hint("name another file with `--enrolment FILE`"));
    }
    if Profile::has_keys(&dir) {
        return Err(crate::desk::profile::ProfileError::Exists(dir).into());
    }
    if let Some(server) = &args.site.staff {
        can_be_reached(server, context.proxy())?;
    }
    let mut settings = Settings::new(part, &args.id, person, AgencyNumber(args.agency));
    settings.server = args.site.staff;
    settings.genesis = args.site.genesis;
    settings.proxy = context.proxy().map(str::to_owned);
    let (profile, identity) = match args.age_plugin {
        Some(path) => Profile::create_with(&dir, settings, &Plugin::read(&path)?, context.asker())?,
        None => Profile::create(&dir, settings, &context.new_passphrase()?, WorkFactor::STANDARD)?,
    };
    log::begin(&profile, &identity)?;
    let enrolment = profile.enrolment(&identity);
    enrolment.write(&enrolment_path)?;
    let [give, words] = hand_over(&enrolment, part, &enrolment_path);
    Ok(context.output.print(&[Line::from(format!("made your keys in {}", dir.display())), give, words])?)
}

/// Refuses an address that no command would ask, before anything remembers it.
pub(super) fn can_be_reached(server: &str, proxy: Option<&str>) -> Result<(), Failure> {
    Ok(Reach::new(server, proxy).map(drop).map_err(ClientError::from)?)
}

/// Ties the profile to a site, or says which it is tied to.
pub fn pin(args: &SiteArgs, context: &mut Context) -> Result<(), Failure> {
    let mut profile = context.profile(None)?;
    if let Some(server) = &args.staff {
        can_be_reached(server, context.proxy().or(profile.settings().proxy.as_deref()))?;
    }
    if let Some(genesis) = args.genesis {
        profile.pin(genesis)?;
    }
    if let Some(server) = &args.staff {
        profile.set_server(server, context.proxy())?;
    }
    let site = profile.site()?;
    let genesis = site.genesis.to_string();
    context.output.print(&[
        Line::from(format!("staff door  {}", site.server)),
        Line::from(format!("genesis     {}", site.genesis)),
        Line::from("words       ").with(Style::Bold, &words_of(&site.genesis)),
        Line::from("last digits ").with(Style::Bold, &genesis[genesis.len() - LAST..]),
    ])?;
    Ok(())
}
