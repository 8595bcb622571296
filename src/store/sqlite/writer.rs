//! Group commit: tips that arrive together share one transaction and so one sync.
//!
//! One thread owns one connection. A tip's sender hears "stored" only after the commit that holds it returned.

use super::tip;
use crate::store::{NewTip, StoreError, TipOutcome};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use std::sync::Mutex;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};

/// The most tips in one transaction.
const BATCH: usize = 64;
/// The most tips that may wait for the next one. Bounds memory: a tip has at most about 400 KiB.
const WAITING: usize = 256;

type Answer = Result<TipOutcome, StoreError>;

struct Waiting {
    tip: NewTip,
    answer: oneshot::Sender<Answer>,
}

/// The way to the writing thread, until it is finished.
pub struct Writer {
    queue: Mutex<Option<mpsc::Sender<Waiting>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread. It connects when the first tip comes, and again after a failure.
    ///
    /// As a task among those of the connections it would stand in their line after each of its statements, while the
    /// whole line waits for it.
    pub fn start(options: SqliteConnectOptions) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let thread = spawn_blocking(move || Handle::current().block_on(run(options, waiting)));
        Self { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)) }
    }

    /// Waits until the tip is durable. When the caller goes away meanwhile the tip is stored all the same.
    pub async fn put(&self, tip: NewTip) -> Answer {
        let closed = || StoreError::Unavailable("closed".into());
        let queue = self.queue.lock().ok().and_then(|queue| queue.clone()).ok_or_else(closed)?;
        let (answer, outcome) = oneshot::channel();
        queue.try_send(Waiting { tip, answer }).map_err(|_| StoreError::Busy)?;
        drop(queue);
        outcome.await.map_err(|_| closed())?
    }

    /// Takes no more tips, and waits until those that were taken are written.
    pub async fn finish(&self) {
        if let Ok(mut queue) = self.queue.lock() {
            queue.take();
        }
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            // A thread that panicked has nothing left to write; its senders were told.
            let _ended = thread.await;
        }
    }
}

async fn run(options: SqliteConnectOptions, mut waiting: mpsc::Receiver<Waiting>) {
    let mut connection = None;
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let (tips, senders): (Vec<_>, Vec<_>) = batch.drain(..).map(|waiting| (waiting.tip, waiting.answer)).unzip();
        let answers = match write(&options, &mut connection, &tips).await {
            Ok(answers) => answers,
            Err(error) => {
                connection = None;
                vec![Err(error); tips.len()]
            }
        };
        for (sender, answer) in senders.into_iter().zip(answers) {
            // Whoever has gone away asks again with the same body and hears that it was stored before.
            let _gone = sender.send(answer);
        }
    }
    if let Some(connection) = connection {
        // Whatever fails here, everything that was acknowledged is in the file or its log.
        let _closed = SqliteConnection::close(connection).await;
    }
}

/// Writes a batch in one transaction. Most batches are new tips and nothing else, and are put as a whole; where one is not,
/// or the database refuses something of one, each is put in a savepoint of its own, so that it is that tip's trouble
/// alone. Any other error is everyone's: after a full disk, `SQLite` may have rolled the whole transaction back, and a
/// savepoint that followed would be a transaction of its own.
pub(super) async fn write(
    options: &SqliteConnectOptions,
    connection: &mut Option<SqliteConnection>,
    tips: &[NewTip],
) -> Result<Vec<Answer>, StoreError> {
    let connection = match connection {
        Some(connection) => connection,
        None => connection.insert(options.connect().await?),
    };
    match write_whole(connection, tips).await {
        Ok(true) => Ok(vec![Ok(TipOutcome::Stored); tips.len()]),
        Ok(false) | Err(StoreError::Refused) => write_each(connection, tips).await,
        Err(error) => Err(error),
    }
}

/// False when a tip is not new: then nothing is written.
async fn write_whole(connection: &mut SqliteConnection, tips: &[NewTip]) -> Result<bool, StoreError> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    let first = tip::last_seq(&mut transaction).await?;
    if !tip::put_all(&mut transaction, first + 1, tips).await? {
        transaction.rollback().await?;
        return Ok(false);
    }
    let count = i64::try_from(tips.len()).expect("a batch is small");
    tip::set_last_seq(&mut transaction, first + count).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn write_each(connection: &mut SqliteConnection, tips: &[NewTip]) -> Result<Vec<Answer>, StoreError> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    let first = tip::last_seq(&mut transaction).await?;
    let mut seq = first;
    let mut answers = Vec::with_capacity(tips.len());
    for tip in tips {
        let answer = match tip::put(&mut transaction, seq + 1, tip).await {
            Err(StoreError::Refused) => Err(StoreError::Refused),
            outcome => Ok(outcome?),
        };
        seq += i64::from(answer == Ok(TipOutcome::Stored));
        answers.push(answer);
    }
    if seq != first {
        tip::set_last_seq(&mut transaction, seq).await?;
    }
    transaction.commit().await?;
    Ok(answers)
}
