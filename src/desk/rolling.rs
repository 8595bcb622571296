//! A member's key rolls by itself: at a sync two weeks after the last time a new one is made, signed and told; everything that
//! is still needed is sealed to it; and a few days later the old one is destroyed. At no moment is there something that is needed
//! and that no key opens: the new key is on the disk before anyone hears of it, and the old one goes last.

use super::agency_keys::{copy_text, open_copy};
use super::cache::Known;
use super::client::{Client, ClientError};
use super::identity::Identity;
use super::profile::{Profile, ProfileError};
use super::recipients::{self, RecipientsError};
use super::transport::Transport;
use crate::crypto::event::{Kind, SealedFor};
use crate::crypto::file;
use crate::crypto::hybrid::HybridIdentity;
use crate::crypto::keyring::{Member, Version, hash_of};
use crate::crypto::statement::{RecipientRolled, Statement as _};
use crate::model::day::Day;
use crate::model::hex::Sha256Hash;
use crate::wire::{NewRoll, OwnCopy, Rolled, Secrets};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Days after which a key rolls.
pub const ROLL_DAYS: u32 = 14;
/// Days for which the one before still opens: whoever sealed something while it rolled did not know the new one.
pub const OLDER_DAYS: u32 = 3;

/// Why a key did not roll. It is tried again at the next sync, and until then nothing is lost.
#[derive(Debug, thiserror::Error)]
pub enum RollError {
    /// The file of the key cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// What the server shows of it is not ours.
    #[error(transparent)]
    Recipients(#[from] RecipientsError),
    /// The server does not take it.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// One member's machine, as a sync knows it.
pub struct Roller<'a> {
    /// The server.
    pub client: &'a Client,
    /// Where the key lies.
    pub profile: &'a Profile,
    /// Genesis of the site.
    pub site: Sha256Hash,
    /// The keys as they were when the sync began.
    pub identity: &'a Identity,
    /// The keyring.
    pub version: &'a Version,
    /// Who we are in it.
    pub me: &'a Member,
    /// Copies of agency keys that are there.
    pub secrets: &'a Secrets,
    /// Today, here.
    pub today: Day,
}

impl Roller<'_> {
    /// Does what is due: rolls, tells what could not be told, destroys. Asks what others are sealed to in any case, so that the
    /// server cannot tell by the questions when somebody's key is due.
    pub async fn tend(&self, known: &Known) -> Result<(), RollError> {
        let device = &self.identity.device;
        let (_, rolls) = recipients::bring(self.client, self.profile, device, self.version).await?;
        let last = recipients::last(self.site, self.me, &rolls)?;
        let mut transport = Transport::read(self.profile, device)?;
        if transport.since.is_none_or(|since| since > self.today) {
            transport.since = Some(self.today); // the first time, or the clock was wrong
            transport.write(self.profile, device)?;
        }
        let since = transport.since.unwrap_or(self.today);
        let leads_to = |key: &HybridIdentity| last.recipient == hash_of(&recipient(key));
        let is_current = |transport: &Transport| leads_to(&transport.current);
        if transport.is_told && transport.older.as_ref().is_some_and(leads_to) {
            // The server was brought back from a copy of before our last roll: it is told of that again, as long as what lies there
            // opens. Another roll would take the place of the key that opens it.
            transport.is_told = false;
        }
        // Brought back from a copy of the profile: what is sealed to us is sealed to a key that this machine has no more.
        let is_behind = transport.is_told && !is_current(&transport);
        let is_due = transport.older.is_none() && since.plus(ROLL_DAYS) <= self.today;
        if is_behind || (transport.is_told && is_due) {
            transport.roll(self.today);
            transport.write(self.profile, device)?;
        }
        let copies = || self.copies(&transport);
        if !transport.is_told {
            let rolled = (!is_current(&transport)).then(|| self.rolled(last, &transport));
            self.client.roll(&NewRoll { rolled, copies: copies() }).await?;
            transport.is_told = true;
            return Ok(transport.write(self.profile, device)?);
        }
        if transport.older.is_some() && since.plus(OLDER_DAYS) <= self.today {
            let copies = copies();
            if !copies.is_empty() {
                // The old key goes when the server has shown that all is sealed to the new one.
                self.client.roll(&NewRoll { rolled: None, copies }).await?;
                return Ok(());
            }
            self.keep_given(&mut transport, known);
            transport.older = None;
            transport.write(self.profile, device)?;
        }
        Ok(())
    }

    fn rolled(&self, last: recipients::Last, transport: &Transport) -> Rolled {
        let (recipient, number) = (recipient(&transport.current), last.rolls + 1);
        let said = RecipientRolled {
            site: self.site,
            member: self.me.id.clone(),
            number,
            before: last.recipient,
            recipient: hash_of(&recipient),
        };
        Rolled { number, recipient, signature: said.sign(&self.identity.signing) }
    }

    /// Our copies that the current key does not open and an older one does, sealed to the current one.
    fn copies(&self, transport: &Transport) -> Vec<OwnCopy> {
        let now = Identity { hybrid: transport.current.clone(), older: None, ..self.identity_now(transport) };
        let before = self.identity_now(transport);
        let to = transport.current.to_recipient();
        let again = |record: &crate::wire::KeyRecord| {
            let name = &record.key.name;
            let copy = record.key.copies.iter().find(|copy| copy.member == self.me.id)?;
            if open_copy(name, copy, &now).is_some() {
                return None;
            }
            let secret = open_copy(name, copy, &before)?;
            let sealed = STANDARD.encode(file::seal(&to, copy_text(name, &secret).as_bytes()));
            Some(OwnCopy { name: name.clone(), sealed })
        };
        self.secrets.keys.iter().filter(|record| record.key.name.agency == self.me.agency).filter_map(again).collect()
    }

    fn identity_now(&self, transport: &Transport) -> Identity {
        Identity {
            signing: self.identity.signing.clone(),
            hybrid: transport.current.clone(),
            older: transport.older.clone(),
            device: self.identity.device.clone(),
        }
    }

    /// Thread keys that came sealed to us alone lie in events that stay as they are, and what opened them goes.
    fn keep_given(&self, transport: &mut Transport, known: &Known) {
        let mut given = Vec::new();
        for event in known.events.values().flatten() {
            let Some((thread, secret)) = &event.thread else { continue };
            let Ok(named) = event.signed.read() else { continue };
            let Kind::Rekey { capsules, .. } = named.event.what else { continue };
            let is_ours = |to: &SealedFor| matches!(to, SealedFor::Member(id) if *id == self.me.id);
            if capsules.iter().any(|capsule| is_ours(&capsule.to)) {
                given.push((*thread, secret.clone()));
            }
        }
        transport.given = given; // without those of tips that are gone
    }
}

fn recipient(key: &HybridIdentity) -> String {
    key.to_recipient().to_string()
}
