//! Signals that end the screen, and the one that ends what it waits for.

use super::screen;
use crate::desk::failure::Exit;
use rustix::process::{Signal, getpid, kill_process};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

/// Listens as long as it lives. From then on Ctrl-C as a signal ends a job that waits for the network, and nothing else.
pub struct Signals {
    has_come: Arc<AtomicBool>,
    runtime: Option<Runtime>,
}

impl Signals {
    /// Begins to listen. A screen that still lives so long after a signal that ends it is ended with its process: crossterm reads the end
    /// of a terminal for ever that goes just when it is read, and the keys would stay in memory.
    pub fn listen(longest: Duration) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let has_come = Arc::new(AtomicBool::new(false));
        let entered = runtime.enter();
        let mut ending = signal(SignalKind::terminate())?;
        let mut hangup = signal(SignalKind::hangup())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        drop(entered);
        let says = has_come.clone();
        runtime.spawn(async move {
            loop {
                tokio::select! {
                    _ = ending.recv() => break,
                    _ = hangup.recv() => break,
                    _ = interrupt.recv() => {}
                }
            }
            says.store(true, Ordering::SeqCst);
            tokio::time::sleep(longest).await;
            screen::give_back();
            std::process::exit(Exit::Interrupted as i32);
        });
        Ok(Self { has_come, runtime: Some(runtime) })
    }

    /// Whether one has come that ends the screen.
    pub fn has_come(&self) -> bool {
        self.has_come.load(Ordering::SeqCst)
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Ends the job that waits for the network, if there is one, as Ctrl-C does on a line. Only after [`Signals::listen`].
pub fn stop() {
    let _ = kill_process(getpid(), Signal::INT); // a process can always signal itself
}
