//! One server: a store, the rules over it and two doors, started and stopped as a whole.

use super::accept::{self, Address, Listener};
use super::limits::{DoorLimits, Gate, Limits};
use super::page::{Choices, Pages, RenderError};
use super::{courtesy, public, staff, uploads};
use crate::clock::Clock;
use crate::intake::{Intake, LoadError, UploadLimits};
use crate::model::hex::Sha256Hash;
use crate::store::blobs::{self, Blobs};
use crate::store::bucket::Bucket;
use crate::store::sqlite::SqliteStore;
use crate::store::{OpenError, Store};
use axum::Router;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long the store's journal may tell in which order tips and staff requests came, and what is due may wait.
const JOURNAL_TIME: Duration = Duration::from_mins(5);
/// So long after a source deleted replies their bytes are overwritten: later than the answer, whose time would tell how many there were.
const EMPTYING_TIME: Duration = Duration::from_secs(1);

/// What a server must be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Folder of the database.
    pub data_dir: PathBuf,
    /// Where sources come.
    pub public: Address,
    /// Where `desk` comes.
    pub staff: Address,
    /// Hash of the only version 0 that is taken.
    pub genesis: Sha256Hash,
    /// How much each door lets in.
    pub limits: Limits,
    /// The most minutes after which a reply is shown in its mailbox.
    pub reply_delay_minutes: u32,
    /// How much may follow letters; none where the site takes no more files.
    pub uploads: Option<UploadLimits>,
    /// The bucket in which files lie; none where they lie in a folder beside the database.
    pub bucket: Option<Bucket>,
    /// Whether sources are shown languages that nobody has reviewed. For looking only.
    pub shows_drafts: bool,
}

impl Settings {
    /// What these add to the page.
    pub fn choices(&self) -> Choices {
        let files = self.uploads.and_then(|limits| limits.largest_file_megabytes());
        Choices { shows_drafts: self.shows_drafts, files }
    }
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The folder for files cannot be made or read.
    #[error("cannot use {path}: {cause}")]
    Uploads {
        /// Which.
        path: String,
        /// Why.
        cause: io::Error,
    },
    /// The bucket for files cannot be used.
    #[error("cannot use the bucket {name}: {cause}")]
    Bucket {
        /// Which.
        name: String,
        /// Why.
        cause: String,
    },
    /// The stored keyring cannot be used.
    #[error(transparent)]
    Keyring(#[from] LoadError),
    /// The page cannot be made.
    #[error(transparent)]
    Page(#[from] RenderError),
    /// A door cannot listen.
    #[error("cannot listen at {address}: {cause}")]
    Listen {
        /// Where.
        address: Address,
        /// Why.
        cause: io::Error,
    },
}

/// A server that answers. Dropping it stops it without waiting; `shutdown` is the way to end it.
pub struct Running {
    public: Address,
    staff: Address,
    stop: watch::Sender<bool>,
    tasks: [JoinHandle<()>; 3],
    intake: Arc<Intake>,
}

/// Opens the store of `settings` and serves both doors. When this returns, both take connections.
pub async fn start(settings: Settings, clock: Arc<dyn Clock>) -> Result<Running, StartError> {
    let store = SqliteStore::open(&settings.data_dir).await?;
    start_on(settings, Arc::new(store), clock).await
}

/// As [`start`], on a store that is open already; in `data_dir` lie only files that follow letters, and those for WEBCAT.
pub async fn start_on(settings: Settings, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Result<Running, StartError> {
    let intake = Intake::open(store, Arc::clone(&clock), settings.genesis).await?;
    let intake = intake.with_reply_delay(settings.reply_delay_minutes);
    let intake = Arc::new(intake.with_uploads(open_blobs(&settings)?, settings.uploads));
    // What became due while no server ran goes first. When that fails, it is tried again.
    let _tried_again = intake.delete_due().await;
    let _tried_again = intake.destroy_agreed().await;
    let _tried_again = intake.overwrite_emptied().await;
    let _tried_again = intake.tidy_mailboxes().await;
    let _tried_again = intake.tidy_uploads().await;
    let _tried_again = intake.forget_pointers().await;
    let pages = Arc::new(Pages::open(&intake, settings.choices()).await?);
    let (stop, stopped) = watch::channel(false);
    let open = async |address: Address, guarded: (Gate, Router), limits: DoorLimits| {
        let failed = |cause| StartError::Listen { address: address.clone(), cause };
        let listener = Listener::bind(&address).await.map_err(failed)?;
        let bound = listener.address().map_err(failed)?;
        let door = tokio::spawn(accept::serve(listener, guarded, limits, stopped.clone()));
        Ok::<_, StartError>((bound, door))
    };
    let Limits { public: public_limits, staff: staff_limits } = settings.limits;
    let gate = Gate::new(&public_limits, Arc::clone(&clock));
    let mailbox = public::mailbox_router(&intake, public_limits);
    let router = public::router(&intake, Arc::clone(&pages), public_limits, &settings.data_dir);
    let router = match settings.uploads {
        Some(limits) => router.merge(uploads::router(&intake, public_limits, limits.largest_sealed_bytes())),
        None => router,
    };
    let router = gate.guard_working(router, mailbox);
    let router = courtesy::polite(router, pages, public_limits);
    let (public, public_door) = open(settings.public, (gate, router), public_limits).await?;
    let gate = Gate::new(&staff_limits, clock);
    let router = gate.guard(staff::router(&intake, staff_limits));
    let (staff, staff_door) = open(settings.staff, (gate, router), staff_limits).await?;
    let journal = tokio::spawn(keep_house(Arc::clone(&intake), stopped));
    Ok(Running { public, staff, stop, tasks: [public_door, staff_door, journal], intake })
}

fn open_blobs(settings: &Settings) -> Result<Blobs, StartError> {
    if let Some(bucket) = &settings.bucket {
        return Blobs::in_bucket(bucket).map_err(|cause| StartError::Bucket { name: bucket.name.clone(), cause });
    }
    let dir = settings.data_dir.join(blobs::DIR_NAME);
    Blobs::in_folder(&dir).map_err(|cause| StartError::Uploads { path: dir.display().to_string(), cause })
}

/// Deletes what is due, and forgets in which order things came, until told to stop. What fails is tried again the next time, and the doors say of a store that fails.
async fn keep_house(intake: Arc<Intake>, mut stopped: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(JOURNAL_TIME);
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                let _try_again = intake.delete_due().await;
                let _try_again = intake.destroy_agreed().await;
                let _try_again = intake.overwrite_emptied().await;
                let _try_again = intake.tidy_mailboxes().await;
                let _try_again = intake.tidy_uploads().await;
                let _try_again = intake.forget_pointers().await;
                let _try_again = intake.forget_journal().await;
            }
            () = intake.mailbox_emptied() => {
                tokio::select! {
                    () = tokio::time::sleep(EMPTYING_TIME) => {}
                    _ = stopped.changed() => return,
                }
                let _try_again = intake.overwrite_emptied().await;
            }
            _ = stopped.changed() => return,
        }
    }
}

impl Running {
    /// Where the public door listens, with the port that was given.
    pub fn public(&self) -> &Address {
        &self.public
    }

    /// Where the staff door listens, with the port that was given.
    pub fn staff(&self) -> &Address {
        &self.staff
    }

    /// Takes no more connections, lets answers under way finish for a while, and closes the store.
    pub async fn shutdown(self) {
        let _told = self.stop.send(true);
        for task in self.tasks {
            // One that panicked has stopped as well.
            let _ended = task.await;
        }
        self.intake.close().await;
    }
}
