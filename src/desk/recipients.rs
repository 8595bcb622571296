//! What each member is sealed to now: the recipient that the keyring names, or the one to which a chain of the member's own
//! words leads from there. Nobody else's word counts, the server's least of all.

use super::client::{Client, ClientError};
use super::files::{self, FileError};
use super::profile::Profile;
use crate::crypto::file;
use crate::crypto::hybrid::{HybridIdentity, HybridRecipient};
use crate::crypto::keyring::{Member, Version, hash_of};
use crate::crypto::statement::{RecipientRolled, Statement as _};
use crate::model::hex::Sha256Hash;
use crate::wire::{MAX_ROLLS, MemberRolls, Rolls};
use std::collections::BTreeMap;
use std::path::PathBuf;

const FILE_NAME: &str = "recipients.age";
const MAX_BYTES: u64 = 64 << 20;

/// Why nobody can be sealed to.
#[derive(Debug, thiserror::Error)]
pub enum RecipientsError {
    /// What the server shows is not the member's own word.
    #[error("the server shows a key for {0:?} that they have not signed")]
    NotTheirs(String),
    /// The server cannot be asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
}

/// How far one member's chain leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// How many steps it has.
    pub rolls: u32,
    /// SHA-256 of the recipient it leads to.
    pub recipient: Sha256Hash,
}

/// Where the chain of one member leads; to what the keyring names where it has not rolled.
pub fn last(site: Sha256Hash, member: &Member, rolls: &Rolls) -> Result<Last, RecipientsError> {
    let start = Last { rolls: 0, recipient: hash_of(&member.recipient) };
    let Some(known) = rolls.members.iter().find(|known| known.member == member.id) else { return Ok(start) };
    follow(site, member, known, start).ok_or_else(|| RecipientsError::NotTheirs(member.id.clone()))
}

fn follow(site: Sha256Hash, member: &Member, known: &MemberRolls, start: Last) -> Option<Last> {
    let mut last = start;
    for roll in &known.rolls {
        let number = last.rolls.checked_add(1).filter(|number| *number <= MAX_ROLLS)?;
        let (before, recipient) = (last.recipient, roll.recipient);
        let said = RecipientRolled { site, member: member.id.clone(), number, before, recipient };
        said.is_by(&member.key, &roll.signature).then_some(())?;
        last = Last { rolls: number, recipient };
    }
    (last.recipient == hash_of(&known.recipient)).then_some(last)
}

/// The version with what each member is sealed to now, as far as it has rolled. Whoever is no member counts for nothing. Who has
/// signed what nobody can seal to is sealed to what the keyring names: that is their own loss, and holds up nobody else.
pub fn rolled(site: Sha256Hash, version: &Version, rolls: &Rolls) -> Result<Version, RecipientsError> {
    let mut current = version.clone();
    for member in &mut current.staff.members {
        member.recipient = in_use(site, member, rolls)?.to_owned();
    }
    Ok(current)
}

/// Ids of those who have signed what nobody can seal to.
pub fn unusable(site: Sha256Hash, version: &Version, rolls: &Rolls) -> Vec<String> {
    let is_nonsense = |member: &&Member| {
        led_to(site, member, rolls).is_ok_and(|led| led.is_some_and(|text| text.parse::<HybridRecipient>().is_err()))
    };
    version.staff.members.iter().filter(is_nonsense).map(|member| member.id.clone()).collect()
}

fn in_use<'a>(site: Sha256Hash, member: &'a Member, rolls: &'a Rolls) -> Result<&'a str, RecipientsError> {
    let rolled = led_to(site, member, rolls)?.filter(|text| text.parse::<HybridRecipient>().is_ok());
    Ok(rolled.unwrap_or(&member.recipient))
}

/// What a member's own words lead to, whatever that is; none where they have said none.
fn led_to<'a>(site: Sha256Hash, member: &Member, rolls: &'a Rolls) -> Result<Option<&'a str>, RecipientsError> {
    let has_rolled = last(site, member, rolls)?.rolls > 0;
    let known = rolls.members.iter().find(|known| has_rolled && known.member == member.id);
    Ok(known.map(|known| known.recipient.as_str()))
}

/// Asks the server, checks what it says and remembers it for when it cannot be asked.
pub async fn bring(
    client: &Client,
    profile: &Profile,
    device: &HybridIdentity,
    version: &Version,
) -> Result<(Version, Rolls), RecipientsError> {
    let rolls = client.rolls().await?;
    let site = profile.settings().genesis.unwrap_or(version.hash);
    let current = rolled(site, version, &rolls)?;
    remember(profile, device, version, &current)?;
    Ok((current, rolls))
}

/// By member: SHA-256 of what the keyring names, and what is in use.
type Known = BTreeMap<String, (Sha256Hash, String)>;

fn remember(
    profile: &Profile,
    device: &HybridIdentity,
    version: &Version,
    current: &Version,
) -> Result<(), RecipientsError> {
    let pairs = version.staff.members.iter().zip(&current.staff.members);
    let rolled = pairs.filter(|(named, current)| named.recipient != current.recipient);
    let known: Known = rolled
        .map(|(named, current)| (named.id.clone(), (hash_of(&named.recipient), current.recipient.clone())))
        .collect();
    if known != read(profile, device) {
        let text = serde_json::to_vec(&known).expect("strings and hashes always serialize");
        files::replace(&path(profile), &file::seal(&device.to_recipient(), &text))?;
    }
    Ok(())
}

/// What is remembered; nothing where that cannot be read, since it is asked for again. Sealed to a key that nobody else knows, so
/// that nobody else has written it.
fn read(profile: &Profile, device: &HybridIdentity) -> Known {
    let sealed = files::read(&path(profile), MAX_BYTES).ok();
    let text = sealed.and_then(|sealed| file::open(device, &sealed).ok());
    text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

/// The version with what each member was sealed to when the server was last asked.
pub fn remembered(profile: &Profile, device: &HybridIdentity, version: &Version) -> Version {
    let known = read(profile, device);
    let mut current = version.clone();
    for member in &mut current.staff.members {
        if let Some((named, recipient)) = known.get(&member.id)
            && *named == hash_of(&member.recipient)
        {
            member.recipient.clone_from(recipient);
        }
    }
    current
}

fn path(profile: &Profile) -> PathBuf {
    profile.cache_dir().join(FILE_NAME)
}

#[cfg(test)]
#[path = "recipients/tests.rs"]
mod tests;
