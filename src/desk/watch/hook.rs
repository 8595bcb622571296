//! The person's own program that is started when a tip waits. It is told that, and nothing else: no id, no number, no word;
//! its arguments are those of the settings. No shell is between.

use crate::desk::environment;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The program, and whether it still runs.
pub struct Hook {
    program: PathBuf,
    arguments: Vec<String>,
    running: Option<Child>,
}

impl Hook {
    /// The one that the settings name: a path from the root, then its arguments. None where they name none.
    pub fn new(command: &[String]) -> Option<Self> {
        let (program, arguments) = command.split_first()?;
        Some(Self { program: program.into(), arguments: arguments.to_vec(), running: None })
    }

    /// Starts it, unless the one before still runs. It reads nothing and nobody hears it.
    pub fn start(&mut self) -> io::Result<()> {
        if let Some(child) = &mut self.running
            && child.try_wait()?.is_none()
        {
            return Ok(());
        }
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env_clear().envs(environment::of_notices()).current_dir("/");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        self.running = Some(child);
        Ok(())
    }

    /// Waits for the one that runs. For tests and for a single look, after which nobody would.
    pub fn wait(&mut self) -> io::Result<()> {
        self.running.take().map_or(Ok(()), |mut child| child.wait().map(|_| ()))
    }
}
