//! An age plugin in the place of a passphrase: a program `age-plugin-NAME` that knows how to ask a token or a card. What the
//! person hands over is the plugin's own identity file, which names the token and holds no secret of ours.

use super::environment::Screen;
use super::files::{self, FileError};
use super::identity::{opened_by, sealed_to};
use super::output::{Line, Output, Shown, Style};
use super::passphrase;
use age::plugin::{self, IdentityPluginV1, RecipientPluginV1, ResolveError};
use age::secrecy::SecretString;
use age::{Callbacks, DecryptError, EncryptError};
use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MAX_BYTES: u64 = 16 * 1024;

/// Which token, by the plugin that knows it.
#[derive(Clone)]
pub struct Plugin {
    identity: plugin::Identity,
}

/// Why a plugin opened or sealed nothing.
#[derive(Debug, thiserror::Error)]
pub enum PluginError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is another.
    #[error("{} does not hold one identity of an age plugin", .0.display())]
    NotAnIdentity(PathBuf),
    /// The program is not there.
    #[error("there is no program {0} on this machine")]
    Missing(String),
    /// It would not.
    #[error("{program} refused: {why}")]
    Refused {
        /// Its name.
        program: String,
        /// In its own words.
        why: String,
    },
    /// It did not open what it was given.
    #[error("{0} does not open the identity file: it is sealed to another token")]
    NotTheirs(String),
    /// It opened, and something else was in it.
    #[error("the identity file is damaged")]
    Damaged,
}

/// Passes on what a plugin asks, where somebody can be asked.
#[derive(Clone, Copy)]
pub struct Asker {
    /// Whether somebody can.
    pub may_ask: bool,
}

impl Plugin {
    /// From the file that the plugin wrote: one identity, and lines that begin with `#`.
    pub fn read(path: &Path) -> Result<Self, PluginError> {
        let bytes = files::read(path, MAX_BYTES)?;
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let one = lines.next().filter(|_| lines.next().is_none());
        let identity = one.and_then(|line| line.parse().ok());
        identity.map(|identity| Self { identity }).ok_or_else(|| PluginError::NotAnIdentity(path.to_owned()))
    }

    /// What is kept in the profile.
    pub fn to_text(&self) -> String {
        format!("{}\n", self.identity)
    }

    /// The name of its program.
    pub fn program(&self) -> String {
        format!("age-plugin-{}", self.identity.plugin())
    }

    /// Seals to the token.
    pub(super) fn seal(&self, text: &[u8], asker: Asker) -> Result<Vec<u8>, PluginError> {
        let identities = [self.identity.clone()];
        let recipient = RecipientPluginV1::new(self.identity.plugin(), &[], &identities, asker)
            .map_err(|error| self.missing(&error))?;
        sealed_to(&recipient, text).map_err(|error| match error {
            EncryptError::Plugin(errors) => self.refused(&errors),
            other => self.refused_with(other.to_string()),
        })
    }

    /// Opens what was sealed to the token.
    pub(super) fn open(&self, sealed: &[u8], asker: Asker) -> Result<Zeroizing<Vec<u8>>, PluginError> {
        let identities = [self.identity.clone()];
        let identity =
            IdentityPluginV1::new(self.identity.plugin(), &identities, asker).map_err(|error| self.missing(&error))?;
        opened_by(&identity, sealed).map_err(|error| match error {
            DecryptError::Plugin(errors) => self.refused(&errors),
            DecryptError::NoMatchingKeys => PluginError::NotTheirs(self.program()),
            DecryptError::Io(source) => self.refused_with(source.to_string()),
            _ => PluginError::Damaged,
        })
    }

    fn missing(&self, error: &ResolveError) -> PluginError {
        match error {
            ResolveError::MissingPlugin { binary_name } => PluginError::Missing(binary_name.clone()),
            _ => PluginError::Missing(self.program()),
        }
    }

    fn refused(&self, errors: &[impl std::fmt::Display]) -> PluginError {
        self.refused_with(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    }

    fn refused_with(&self, why: String) -> PluginError {
        PluginError::Refused { program: self.program(), why }
    }
}

impl Callbacks for Asker {
    fn display_message(&self, message: &str) {
        terminal().note(&Line::from(message));
    }

    fn confirm(&self, message: &str, yes_string: &str, no_string: Option<&str>) -> Option<bool> {
        let no = no_string.unwrap_or("no");
        let typed = self.request_public_string(&format!("{message} [{yes_string}/{no}]"))?;
        Some(typed.eq_ignore_ascii_case(yes_string) || matches!(typed.to_lowercase().as_str(), "y" | "yes"))
    }

    fn request_public_string(&self, description: &str) -> Option<String> {
        if !self.may_ask {
            return None;
        }
        terminal().ask(&Line::new().with(Style::Bold, description));
        let mut typed = String::new();
        std::io::stdin().lock().read_line(&mut typed).ok()?;
        Some(typed.trim().to_owned())
    }

    fn request_passphrase(&self, description: &str) -> Option<SecretString> {
        let prompt = format!("{}: ", Shown::new(description).as_str());
        self.may_ask.then(|| passphrase::from_terminal(&prompt).ok()).flatten()
    }
}

/// Where a plugin speaks to the person: the command's own output belongs to the command.
fn terminal() -> Output {
    Output::of_process(Screen::of_process())
}
