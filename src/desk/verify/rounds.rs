//! What a monitor goes by from round to round: the keyring, brought up to date between two looks and checked as by every client. A
//! server that shows an older or another one is found out; the looks go on by the one that was known.

use super::{Errand, Look, Sight, round};
use crate::crypto::keyring::KeyringError;
use crate::desk::chain::{Chain, ChainError, Proposed};
use crate::desk::client::Client;
use crate::desk::cover::CoverError;
use crate::desk::profile::Profile;

/// A form that is looked at again and again.
pub struct Rounds<'a> {
    /// Address of the form.
    pub form: &'a str,
    /// The proxy to go through.
    pub proxy: Option<&'a str>,
    /// Whose machine this is.
    pub profile: &'a Profile,
    /// Who asks the staff door; none where no keys are open. Then other commands on this machine bring the keyring.
    pub client: Option<&'a Client>,
    /// The keyring as it was brought last.
    pub chain: Chain,
}

impl Rounds<'_> {
    /// What is looked at in the next round.
    pub fn looks(&self) -> Vec<Look> {
        round(self.chain.newest())
    }

    /// Makes one visit. An error is one that did not come off.
    pub async fn look(&self, look: &Look) -> Result<Sight, CoverError> {
        let Self { form, proxy, client, chain, .. } = self;
        let (version, genesis) = (chain.newest(), chain.genesis());
        let proposed = client.is_some().then(|| chain.proposed());
        Errand { form, proxy: *proxy, version, genesis, proposed, is_watch: true }.look(look).await
    }

    /// Brings the keyring up to date and gives what whoever watches should know of it. On failure it stays what it was.
    pub async fn bring(&mut self) -> Result<Vec<String>, ChainError> {
        let genesis = *self.chain.genesis();
        let chain = match self.client {
            Some(client) => Chain::update(self.profile, genesis, client).await?,
            None => Chain::load(self.profile, genesis)?.ok_or(ChainError::NoKeyring)?,
        };
        let known = self.chain.newest();
        let (number, newest) = (known.public.version, chain.newest().public.version);
        match chain.versions().find(|version| version.public.version == number) {
            None => return Err(KeyringError::RolledBack { found: newest, known: number }.into()),
            Some(same) if same.hash != known.hash => return Err(KeyringError::Fork(number).into()),
            Some(_) => {}
        }
        self.chain = chain;
        let mut said = Vec::new();
        if newest > number {
            said.push(format!("version {newest} of the keyring is out: from here on the form must show that one"));
        }
        said.extend(no_page(&self.chain));
        Ok(said)
    }

    /// What recovery admins propose, as the staff door said last.
    pub fn proposed(&self) -> &[Proposed] {
        self.chain.proposed()
    }
}

/// That there is nothing to compare a page with; nothing where there is.
pub fn no_page(chain: &Chain) -> Option<String> {
    let newest = chain.newest();
    newest.public.pages.is_empty().then(|| super::no_page(newest))
}
