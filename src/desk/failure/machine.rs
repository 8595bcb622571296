//! For each error of this machine, its files and its terminal: the exit code it ends a command with, and what to do about it.

use super::{Exit, Failure};
use crate::desk::agent::AgentError;
use crate::desk::cache::CacheError;
use crate::desk::enrolment::EnrolmentError;
use crate::desk::files::FileError;
use crate::desk::identity::IdentityError;
use crate::desk::log::{LogError, PruneError};
use crate::desk::output::OutputError;
use crate::desk::passphrase::PassphraseError;
use crate::desk::plugin::PluginError;
use crate::desk::profile::ProfileError;
use std::io::ErrorKind;

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        match &error {
            FileError::Io { source, .. } => {
                let failure = Self::new(Exit::Other, &format!("{error}: {source}"));
                match source.kind() {
                    ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                        failure.hint("you may not use it: look at whose it is, or name another")
                    }
                    ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                        failure.hint("the disk is full: make room, and try again")
                    }
                    _ => failure,
                }
            }
            FileError::NoDirectory(dir) => Self::new(Exit::Other, &error)
                .hint(&format!("make it with `mkdir -p {}`, or name another", dir.display())),
            FileError::NoFile(_) => Self::new(Exit::Other, &error)
                .hint("name a file that is not there yet, or one in it where it is a directory"),
            other => Self::new(Exit::Other, other),
        }
    }
}

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::File(error) => error.into(),
            ProfileError::Identity(error) => error.into(),
            ProfileError::Plugin(error) => error.into(),
            ProfileError::Missing(_) => {
                Self::new(Exit::Usage, &error).hint("make one with `desk init`, or name another with `--profile DIR`")
            }
            ProfileError::Exists(_) => {
                Self::new(Exit::Conflict, &error).hint(
                    "name another directory with `--profile DIR`; to start again, before anybody has enrolled you, remove that folder \
                     and the `.json` that `init` wrote",
                )
            }
            ProfileError::NoSite => {
                Self::new(Exit::Usage, &error).hint("tie it to one with `desk pin --staff URL --genesis HASH`")
            }
            ProfileError::BadName(_) => Self::new(Exit::Usage, &error),
            ProfileError::OtherSite(_) => Self::new(Exit::Integrity, &error)
                .hint("each site needs a profile of its own; make sure that nobody gave you a false hash. Where it was mistyped at `desk init`, remove \
                       the profile's folder and the `.json` that `init` wrote, and start again"),
            ProfileError::Malformed(_) => Self::new(Exit::Integrity, &error),
        }
    }
}

impl From<IdentityError> for Failure {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::WrongPassphrase => Self::new(Exit::Other, &error).hint("nothing was changed; try again"),
            _ => Self::new(Exit::Integrity, &error).hint("bring `identity.age` back from a copy, or enrol again"),
        }
    }
}

impl From<PluginError> for Failure {
    fn from(error: PluginError) -> Self {
        match error {
            PluginError::File(error) => error.into(),
            PluginError::NotAnIdentity(_) => Self::new(Exit::Usage, &error)
                .hint("the plugin prints it: a line that begins with AGE-PLUGIN-, and comments"),
            PluginError::Missing(_) => Self::new(Exit::Other, &error)
                .hint("install the plugin, or put the directory that it is in into PATH; nothing was changed"),
            PluginError::Refused { .. } => Self::new(Exit::Other, &error)
                .hint("nothing was changed; is the token plugged in, and was it asked for?"),
            PluginError::NotTheirs(_) => Self::new(Exit::Other, &error)
                .hint("nothing was changed; plug in the token that this profile was made with"),
            PluginError::Damaged => {
                Self::new(Exit::Integrity, &error).hint("bring `identity.age` back from a copy, or enrol again")
            }
        }
    }
}

impl From<PassphraseError> for Failure {
    fn from(error: PassphraseError) -> Self {
        match error {
            PassphraseError::File(error) => error.into(),
            // Ctrl-C: whoever reads the terminal may notice it before whoever waits for the signal.
            PassphraseError::Terminal(source) if source.kind() == ErrorKind::Interrupted => Self::interrupted(),
            other => Self::new(Exit::Other, &other),
        }
    }
}

impl From<AgentError> for Failure {
    fn from(error: AgentError) -> Self {
        match error {
            AgentError::File(error) => error.into(),
            AgentError::Io(source) => Self::new(Exit::Other, &format!("cannot use the agent's socket: {source}")),
            AgentError::NotPrivate(ref dir) => Self::new(Exit::Integrity, &error)
                .hint(&format!("look at who made {}; `chmod 700` it if it is yours", dir.display())),
            AgentError::PathTooLong(_) => {
                Self::new(Exit::Other, &error).hint("set XDG_RUNTIME_DIR to a directory of your own with a short name")
            }
            AgentError::NotLocked => Self::new(Exit::Other, &error).hint("raise `ulimit -l` above 0"),
            AgentError::Busy => Self::new(Exit::Conflict, &error).hint("it is safe to try again"),
            AgentError::NotStarted(_) => Self::new(Exit::Other, &error),
        }
    }
}

impl From<EnrolmentError> for Failure {
    fn from(error: EnrolmentError) -> Self {
        match error {
            EnrolmentError::File(error) => error.into(),
            other => Self::new(Exit::Other, &other),
        }
    }
}

impl From<CacheError> for Failure {
    fn from(error: CacheError) -> Self {
        match error {
            CacheError::File(error) => error.into(),
            CacheError::Damaged(_) | CacheError::OtherFormat => Self::new(Exit::Integrity, &error)
                .hint("move the directory `cache/segments` of the profile away: desk brings everything again"),
        }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::Closed => Self::new(Exit::Ok, &error),
            OutputError::NoPager => Self::new(Exit::Other, &error)
                .hint("install less, or say `--no-pager` and know that the words stay on the screen"),
            OutputError::Log(error) => error.into(),
            OutputError::Io(source) => Self::new(Exit::Other, &format!("cannot write the output: {source}")),
        }
    }
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        match error {
            LogError::Damaged { ref path, .. } => {
                let at = path.display();
                Self::new(Exit::Integrity, &format!("nothing was done: {error}")).hint(&format!(
                    "`desk audit verify` says what is wrong with it. What cannot wait: `mv {at} {at}.damaged`, \
                     and the command again; keep that file: the next line says that lines are gone"
                ))
            }
            LogError::Busy(_) => Self::new(Exit::Conflict, &format!("nothing was done: {error}"))
                .hint("end the other command, or wait for it; `desk lock` ends the agent"),
            LogError::File(error) => {
                let Self { what, hint, .. } = error.into();
                let hint = hint.map(|hint| format!("{hint}; ")).unwrap_or_default();
                Self::new(Exit::Other, &format!("nothing was done: it could not be written into the log: {what}")).hint(
                    &format!(
                        "{hint}nothing of a tip is shown or sent before a line about it is in the log of the profile. \
                         If someone is in danger now, a colleague's desk shows it"
                    ),
                )
            }
        }
    }
}

impl From<PruneError> for Failure {
    fn from(error: PruneError) -> Self {
        match error {
            PruneError::Nothing => Self::new(Exit::NotFound, &error).hint("every line is kept for a year"),
            PruneError::Log(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ctrl_c_is_no_fault_of_the_terminal_whoever_notices_it_first() {
        let of = |kind: ErrorKind| Failure::from(PassphraseError::Terminal(kind.into())).exit;
        assert_eq!((of(ErrorKind::Interrupted), of(ErrorKind::UnexpectedEof)), (Exit::Interrupted, Exit::Other));
    }
}
