//! A whole site in one directory, for looking at: four agencies, their members, the admins, a server and sample tips.
//!
//! Everything is made as a real site is made: the same profiles, the same signed keyring over the same staff door, and
//! samples sealed and sent as a page sends them. Only the passphrases lie beside the keys, which no real site may do.

mod casework;
mod codes;
mod past;
mod people;
mod samples;
mod site;
mod words;

use crate::clock::Clock;
use crate::desk::admin::AdminError;
use crate::desk::agency_keys::KeyError;
use crate::desk::client::{Client, ClientError};
use crate::desk::files::{self, FileError};
use crate::desk::passphrase::PassphraseError;
use crate::desk::profile::{ProfileError, Site};
use crate::http::accept::Address;
use crate::http::limits::Limits;
use crate::http::page::NoPage;
use crate::http::serve::{self, Running, Settings, StartError};
use crate::intake::UploadLimits;
use crate::model::hex::Sha256Hash;
use crate::wire::NO_ROOM;
use casework::Desks;
use past::PastClock;
use people::People;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Days for which a version of the demo's keyring is good.
const GOOD_FOR_DAYS: u32 = 90;
const STATE_NAME: &str = "demo.json";
const STATE_MAX_BYTES: u64 = 4096;

/// What a person may choose.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where everything lies.
    pub dir: PathBuf,
    /// Where sources come.
    pub public: Address,
    /// Where `desk` comes.
    pub staff: Address,
    /// Whether a new site gets sample tips.
    pub has_samples: bool,
}

/// A demo that runs.
pub struct Demo {
    /// The server.
    pub running: Running,
    /// Address of the form.
    pub form_url: String,
    /// Address of the staff door.
    pub staff_url: String,
    /// One member of each agency, by number.
    pub desks: Vec<DemoDesk>,
    /// A file with the codes of samples, if there are any.
    pub codes_path: Option<PathBuf>,
}

/// How to look into one agency's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoDesk {
    /// Profile directory.
    pub profile_dir: PathBuf,
    /// File with its passphrase.
    pub passphrase_path: PathBuf,
}

/// Why a demo does not start. Nothing of a site that was there is changed.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The directory holds something that is not a complete demo.
    #[error("{} holds something that is not a whole demo site", .0.display())]
    NotADemo(PathBuf),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// A profile cannot be made or opened.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A passphrase file cannot be read.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The server does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The server does not take what was sent.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// An agency's key cannot be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A version of the keyring cannot be made.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// The keyring cannot be read.
    #[error(transparent)]
    Keyring(#[from] crate::crypto::keyring::KeyringError),
    /// The page has no form to sign.
    #[error(transparent)]
    Page(#[from] NoPage),
    /// A sample was not taken.
    #[error("a sample tip was not taken: {0}")]
    Sample(String),
    /// The doors must be TCP addresses, so that a browser can open the form.
    #[error("a demo listens at addresses like 127.0.0.1:8080, not at {0}")]
    NotTcp(Address),
}

/// What the directory remembers. Written last, so that a site that was only half made is known for one.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    genesis: Sha256Hash,
}

/// Starts the site in `options.dir`, making it first when the directory is empty or not there.
pub async fn start(options: &Options, clock: Arc<dyn Clock>) -> Result<Demo, DemoError> {
    match files::read(&options.dir.join(STATE_NAME), STATE_MAX_BYTES) {
        Ok(text) => {
            let state: State = serde_json::from_slice(&text).map_err(|_| DemoError::NotADemo(options.dir.clone()))?;
            reopen(options, &state, clock).await
        }
        Err(FileError::Missing(_)) => {
            if std::fs::read_dir(&options.dir).is_ok_and(|mut entries| entries.next().is_some()) {
                return Err(DemoError::NotADemo(options.dir.clone()));
            }
            make(options, clock).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn make(options: &Options, clock: Arc<dyn Clock>) -> Result<Demo, DemoError> {
    files::make_dir(&options.dir)?;
    let mut people = People::create(&options.dir)?;
    let samples = if options.has_samples { samples::read()? } else { Vec::new() };
    let past = PastClock::new(clock, samples::oldest(&samples));
    let clock: Arc<dyn Clock> = past.clone();
    let today = clock.today();
    let first = site::first_version(&people, today);
    let state = State { genesis: crate::crypto::keyring::hash_of(&first.public) };

    let running = serve::start(settings(options, state.genesis), Arc::clone(&clock)).await?;
    let (form_url, staff_url) = urls(&running)?;
    people.pin(&Site { server: staff_url.clone(), genesis: state.genesis })?;
    let admin = people.admins[0].client(Arc::clone(&clock))?;
    site::publish_all(&admin, &people, &first, &state.genesis, &clock).await?;
    if options.has_samples {
        let desks = Desks::of(&people, &clock);
        let codes = samples::send(samples, &admin, &form_url, &state.genesis, &past, desks).await?;
        codes.write(&options.dir)?;
    }
    past.set(0);
    let text = serde_json::to_vec(&state).expect("a hash always serializes");
    files::write_new(&options.dir.join(STATE_NAME), &text)?;
    Ok(Demo { running, form_url, staff_url, desks: people.desks(), codes_path: codes::path(&options.dir) })
}

async fn reopen(options: &Options, state: &State, clock: Arc<dyn Clock>) -> Result<Demo, DemoError> {
    let mut people = People::open(&options.dir)?;
    let running = serve::start(settings(options, state.genesis), Arc::clone(&clock)).await?;
    let (form_url, staff_url) = urls(&running)?;
    people.pin(&Site { server: staff_url.clone(), genesis: state.genesis })?;
    let admin: Client = people.admins[0].client(Arc::clone(&clock))?;
    site::renew_if_expired(&admin, &people, &state.genesis, clock.today()).await?;
    Ok(Demo { running, form_url, staff_url, desks: people.desks(), codes_path: codes::path(&options.dir) })
}

fn settings(options: &Options, genesis: Sha256Hash) -> Settings {
    Settings {
        data_dir: data_dir(&options.dir),
        public: options.public.clone(),
        staff: options.staff.clone(),
        genesis,
        limits: Limits::on_one_machine(),
        reply_delay_minutes: 0,
        // Whoever looks at it has a disk of their own, however full.
        uploads: Some(UploadLimits { keep_free_percent: NO_ROOM, ..UploadLimits::default() }),
        bucket: None,
        shows_drafts: true,
    }
}

/// Where a demo's server keeps what it stores.
pub fn data_dir(dir: &Path) -> PathBuf {
    dir.join("server")
}

fn urls(running: &Running) -> Result<(String, String), DemoError> {
    let url = |address: &Address| match address {
        Address::Tcp(address) => Ok(format!("http://{address}")),
        Address::Unix(_) => Err(DemoError::NotTcp(address.clone())),
    };
    Ok((format!("{}/", url(running.public())?), url(running.staff())?))
}
