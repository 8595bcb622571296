//! Commands that a program gives, one after another, in the name of one member: unlocked once, asked nothing.

use super::{dialogue, dispatch, read};
use crate::clock::Clock;
use crate::desk::cli::Common;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::Output;
use std::path::PathBuf;
use std::sync::Arc;

/// One member's desk. Its commands wait for the network, so that the thread must be one that may wait.
pub struct Hand {
    context: Context,
}

impl Hand {
    /// The desk of a profile, whose passphrase lies in a file.
    pub fn new(profile_dir: PathBuf, passphrase_path: PathBuf, clock: Arc<dyn Clock>) -> Self {
        let common =
            Common { profile: Some(profile_dir), passphrase_file: Some(passphrase_path), no_input: true, proxy: None };
        Self { context: Context::new(Output::kept().0, clock, common) }
    }

    /// Runs a command as it would be typed after `desk`, and gives what it prints.
    pub fn run(&mut self, line: &str) -> Result<String, Failure> {
        let words = dialogue::split(line).map_err(|why| Failure::new(Exit::Usage, why))?;
        let all = ["desk".to_owned()].into_iter().chain(words);
        let (cli, name) = read(all).map_err(|error| Failure::new(Exit::Usage, error.to_string().trim()))?;
        let (output, kept) = Output::kept();
        self.context.output = output;
        dispatch(cli.verb, &name, &mut self.context)?;
        Ok(kept.out())
    }
}
