//! Where a passphrase comes from: the terminal, or a file with one line. Never flags, never the environment.

use super::files::{self, FileError};
use age::secrecy::SecretString;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use std::fs::File;
use std::path::Path;
use zeroize::Zeroizing;

const MAX_FILE_BYTES: u64 = 4096;

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file does not hold one line of text.
    #[error("the passphrase file must hold one line of text, and no more")]
    NotOneLine,
    /// The terminal cannot be read.
    #[error("cannot read the passphrase from the terminal")]
    Terminal(#[source] std::io::Error),
    /// The two that were typed differ.
    #[error("the two passphrases differ")]
    Differ,
    /// Nothing was typed.
    #[error("an empty passphrase protects nothing")]
    Empty,
}

/// The one line of a passphrase file, without its line end.
pub fn from_file(path: &Path) -> Result<SecretString, PassphraseError> {
    let bytes = Zeroizing::new(files::read(path, MAX_FILE_BYTES)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| PassphraseError::NotOneLine)?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.contains(['\n', '\r']) {
        return Err(PassphraseError::NotOneLine);
    }
    if line.is_empty() { Err(PassphraseError::Empty) } else { Ok(SecretString::from(line)) }
}

/// Asks at the terminal, without showing what is typed.
pub fn from_terminal(prompt: &str) -> Result<SecretString, PassphraseError> {
    let typed = Zeroizing::new(rpassword::prompt_password(prompt).map_err(PassphraseError::Terminal)?);
    if typed.is_empty() { Err(PassphraseError::Empty) } else { Ok(SecretString::from(typed.as_str())) }
}

/// How the terminal was before it was told to show nothing of what is typed.
pub struct Terminal(Option<(File, Termios)>);

impl Terminal {
    /// As it is now.
    pub fn remember() -> Self {
        let terminal = File::open("/dev/tty").ok();
        Self(terminal.and_then(|terminal| tcgetattr(&terminal).ok().map(|modes| (terminal, modes))))
    }

    /// Puts it back, where whoever was asked did not answer.
    pub fn put_back(&self) {
        if let Some((terminal, modes)) = &self.0 {
            let _ = tcsetattr(terminal, OptionalActions::Now, modes); // a terminal that has gone shows nothing anyway
        }
    }
}

/// Asks for a new one, twice.
pub fn new_from_terminal() -> Result<SecretString, PassphraseError> {
    use age::secrecy::ExposeSecret as _;
    let first = from_terminal("new passphrase, at least six words drawn by dice: ")?;
    let again = from_terminal("the same again: ")?;
    if first.expose_secret() == again.expose_secret() { Ok(first) } else { Err(PassphraseError::Differ) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::secrecy::ExposeSecret as _;

    fn read(content: &str) -> Result<String, PassphraseError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), content).unwrap();
        from_file(file.path()).map(|passphrase| passphrase.expose_secret().to_owned())
    }

    #[test]
    fn a_file_gives_its_one_line() {
        assert_eq!(read("correct horse\n").unwrap(), "correct horse");
        assert_eq!(read(" spaces stay \r\n").unwrap(), " spaces stay ");
    }

    #[test]
    fn a_file_with_more_or_less_than_a_line_is_refused() {
        assert!(matches!(read("one\ntwo\n"), Err(PassphraseError::NotOneLine)));
        assert!(matches!(read("\n"), Err(PassphraseError::Empty)));
        assert!(matches!(read(""), Err(PassphraseError::Empty)));
    }
}
