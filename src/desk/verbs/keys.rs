//! `desk keys`: the agency's next key, a second member's word that it opens, what is sealed to it, and its end.

use crate::crypto::keyring::{AgencyKey, AgencyKeyName, Member, Version};
use crate::desk::agency_keys::{self, AgencyKeys, Done, Fault};
use crate::desk::chain::Chain;
use crate::desk::cli::KeysVerb;
use crate::desk::client::Client;
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::identity::Identity;
use crate::desk::output::{Line, Output, Style};
use crate::desk::profile::{Part, Profile};
use crate::desk::recipients;
use crate::desk::sync::member;
use crate::model::hex::Sha256Hash;
use std::sync::Arc;

mod recover;
mod rekey;
mod renew;
mod reseal;
mod retire;
mod seen_by;

/// Does one step.
pub fn run(verb: &KeysVerb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        KeysVerb::Rotate | KeysVerb::Confirm => next_key(verb, context),
        KeysVerb::Recover(verb) => recover::run(verb, context),
        KeysVerb::Drill(shares) => recover::drill(shares, context),
        KeysVerb::Reseal { all } => reseal::run(*all, context),
        KeysVerb::Rekey => rekey::run(context),
        KeysVerb::Renew => renew::run(context),
        KeysVerb::Report { json } => reseal::report(*json, context),
        KeysVerb::SeenBy { member, json } => seen_by::run(member, *json, context),
        KeysVerb::Retire { epoch, lose, yes } => retire::run(*epoch, *lose, *yes, context),
    }
}

/// What steps about keys that there are work with.
struct Bench {
    profile: Profile,
    genesis: Sha256Hash,
    identity: Arc<Identity>,
    client: Client,
    version: Version,
    member: Member,
    /// Members who have signed a key that nobody can seal to.
    unusable: Vec<String>,
}

impl Bench {
    fn open(context: &mut Context) -> Result<Self, Failure> {
        let profile = context.profile(Some(Part::Member))?;
        let genesis = profile.site()?.genesis;
        let identity = context.unlock(&profile)?;
        let client = context.client(&profile, &identity)?;
        let (version, unusable) = block_on(keyring_now(&profile, genesis, &client, &identity))?;
        let member = member(&version, &identity)?.clone();
        Ok(Self { profile, genesis, identity, client, version, member, unusable })
    }

    async fn own_keys(&self) -> Result<AgencyKeys, Failure> {
        let secrets = self.client.secrets().await?;
        let identity = self.profile.identity(self.identity.roots())?; // it may have rolled since
        Ok(agency_keys::open_own(&self.version, &self.member, &identity, &secrets))
    }

    fn key(&self, epoch: u32) -> Option<&AgencyKey> {
        let mut keys = self.version.staff.agency_keys.iter();
        keys.find(|key| key.agency == self.member.agency && key.epoch == epoch)
    }

    fn is_retired(&self, epoch: u32) -> bool {
        self.key(epoch).is_some_and(|key| key.retired.is_some())
    }

    /// An old key of the agency that is still there.
    fn name_of(&self, epoch: u32) -> Result<AgencyKeyName, Failure> {
        let agency = self.member.agency;
        let Some(key) = self.key(epoch) else {
            let what = format!("agency {agency} never had a key {epoch}");
            return Err(Failure::new(Exit::NotFound, &what).hint("`desk keys report` lists its keys"));
        };
        let newest = agency_keys::next_epoch(&self.version, agency) - 1;
        if epoch == newest {
            let what = format!("key {epoch} is the one that tips are sealed to now");
            return Err(Failure::new(Exit::Conflict, &what).hint("`desk keys rotate` makes the next one"));
        }
        if key.retired.is_some() {
            return Err(Failure::new(Exit::Conflict, &format!("key {epoch} is retired already")));
        }
        Ok(AgencyKeyName { agency, epoch, recipient: key.recipient.clone() })
    }
}

fn note_faults(faults: &[Fault], output: &mut Output) {
    for fault in faults {
        note_fault(fault, output);
    }
}

/// The keyring with what each member is sealed to now, and who has signed what nobody can seal to.
async fn keyring_now(
    profile: &Profile,
    genesis: Sha256Hash,
    client: &Client,
    identity: &Identity,
) -> Result<(Version, Vec<String>), Failure> {
    let chain = Chain::update(profile, genesis, client).await?;
    let (current, rolls) = recipients::bring(client, profile, &identity.device, chain.newest()).await?;
    Ok((current, recipients::unusable(genesis, chain.newest(), &rolls)))
}

/// Names those who have signed a key that nobody can seal to. They stop nobody; only they may not open what is for them.
fn note_unusable(members: &[String], output: &mut Output) {
    for id in members {
        let text = format!(
            "{id:?} has signed a key that nobody can seal to: what is for them is sealed to the one that the keyring names, and may not open \
             for them; your admins should know"
        );
        output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, &text));
    }
}

/// Makes or confirms a key.
fn next_key(verb: &KeysVerb, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(Some(Part::Member))?;
    let genesis = profile.site()?.genesis;
    let identity = context.unlock(&profile)?;
    let client = context.client(&profile, &identity)?;
    let today = context.clock.today();
    let (version, unusable) = &block_on(keyring_now(&profile, genesis, &client, &identity))?;
    note_unusable(unusable, &mut context.output);
    let (lines, passed_over) = block_on(async {
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
    note_faults(&passed_over, &mut context.output);
    Ok(context.output.print(&lines)?)
}

/// Names a stored key that counts for nothing.
pub(super) fn note_fault(fault: &Fault, output: &mut Output) {
    let text = format!("passed over {fault}; your admins should know");
    output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, &text));
}
