//! A site of four agencies, made as a real one is, whose server is then started as a process of its own.

use super::server::Server;
use anyhow::{Context as _, Result};
use knothole::clock::{Clock, SystemClock};
use knothole::crypto::compose::Readership;
use knothole::crypto::hybrid::HybridRecipient;
use knothole::crypto::keyring::{verify_chain, words_of};
use knothole::demo::{self, DemoDesk, Options};
use knothole::desk::client::Client;
use knothole::desk::passphrase;
use knothole::desk::profile::Profile;
use knothole::http::accept::Address;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Sha256Hash;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::runtime::Runtime;

/// The site while no server runs.
pub struct Site {
    dir: PathBuf,
    staff: Address,
    genesis: Sha256Hash,
    twelve_words: String,
    keyring: u32,
    agencies: Vec<(AgencyNumber, Option<HybridRecipient>)>,
    /// A member of the first agency.
    pub desk: DemoDesk,
}

impl Site {
    /// Makes it in `dir`, without tips.
    pub fn make(dir: &Path, runtime: &Runtime) -> Result<Self> {
        runtime.block_on(Self::make_with(dir, Arc::new(SystemClock)))
    }

    async fn make_with(dir: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let any: Address = "127.0.0.1:0".parse()?;
        let options = Options { dir: dir.to_owned(), public: any.clone(), staff: any, has_samples: false };
        let demo = demo::start(&options, Arc::clone(&clock)).await?;
        let desk = demo.desks.first().context("the demo has desks")?.clone();
        let profile = Profile::open(&desk.profile_dir)?;
        let identity = profile.unlock(&passphrase::from_file(&desk.passphrase_path)?)?;
        let site = profile.site()?;
        let client = Client::new(&site, None, &identity, clock)?;
        let version = verify_chain(&site.genesis, &client.keyring_from(0).await?)?;
        let recipient = |text: &String| text.parse().ok();
        let agencies = version.public.agencies.iter();
        let staff = demo.running.staff().clone();
        demo.running.shutdown().await;
        Ok(Self {
            dir: dir.to_owned(),
            staff,
            genesis: site.genesis,
            twelve_words: words_of(&site.genesis),
            keyring: version.public.version,
            agencies: agencies.map(|agency| (agency.number, agency.recipient.as_ref().and_then(recipient))).collect(),
            desk,
        })
    }

    /// Whom tips are sealed to.
    pub fn readership(&self) -> Readership<'_> {
        Readership { keyring: self.keyring, site: &self.twelve_words, agencies: &self.agencies }
    }

    /// Starts the server on what it has stored so far. `around` comes before its command line.
    pub fn serve(&self, around: &[&str]) -> Result<Server> {
        Server::start(around, &demo::data_dir(&self.dir), &self.staff, &self.genesis)
    }
}
