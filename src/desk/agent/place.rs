//! Where the agent's socket lies: in the runtime directory where the system has one, else in the profile. One for each
//! profile, in a directory that nobody else can enter.

use super::AgentError;
use crate::desk::environment;
use crate::desk::files;
use crate::desk::profile::Profile;
use crate::model::hex::Hex;
use sha2::{Digest as _, Sha256};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

const DIR_NAME: &str = "knothole-desk";
const IN_PROFILE: &str = "agent";
/// macOS has room for 103 bytes, Linux for 107.
const MAX_PATH: usize = 103;
const OTHERS: u32 = 0o077;

/// The socket of this profile's agent, whether or not there is one.
pub fn socket_path(profile: &Profile) -> Result<PathBuf, AgentError> {
    in_dir(profile, environment::runtime_dir().as_deref())
}

fn in_dir(profile: &Profile, runtime_dir: Option<&Path>) -> Result<PathBuf, AgentError> {
    let whole = std::fs::canonicalize(profile.dir())?;
    let digest = Hex(<[u8; 32]>::from(Sha256::digest(whole.as_os_str().as_bytes()))).to_string();
    let dir = runtime_dir.map_or_else(|| whole.join(IN_PROFILE), |dir| dir.join(DIR_NAME));
    let path = dir.join(format!("{}.sock", &digest[..16]));
    if path.as_os_str().len() > MAX_PATH { Err(AgentError::PathTooLong(path)) } else { Ok(path) }
}

/// Makes the socket's directory where it is missing.
pub(super) fn make_dir_of(socket: &Path) -> Result<(), AgentError> {
    let dir = socket.parent().unwrap_or(Path::new("/"));
    files::make_dir(dir)?;
    check_dir_of(socket)
}

/// Makes sure that only this account could have put something at `socket`.
pub(super) fn check_dir_of(socket: &Path) -> Result<(), AgentError> {
    let dir = socket.parent().unwrap_or(Path::new("/"));
    let found = std::fs::symlink_metadata(dir)?;
    let is_private = found.is_dir() && found.mode() & OTHERS == 0 && found.uid() == own_uid();
    if is_private { Ok(()) } else { Err(AgentError::NotPrivate(dir.to_owned())) }
}

/// Who this process acts as.
pub(super) fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::identity::WorkFactor;
    use crate::desk::profile::{Part, Settings};
    use crate::model::agency::AgencyNumber;
    use age::secrecy::SecretString;
    use std::os::unix::fs::PermissionsExt as _;

    fn profile(dir: &Path) -> Profile {
        let settings = Settings::new(Part::Member, "maria", "maria", AgencyNumber(0));
        Profile::create(dir, settings, &SecretString::from("x"), WorkFactor(2)).unwrap().0
    }

    #[test]
    fn each_profile_has_a_socket_of_its_own_wherever_it_is_named_from() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (profile(&dir.path().join("one")), profile(&dir.path().join("two")));
        let again = Profile::open(&dir.path().join("two/../one")).unwrap();
        let path = |profile| in_dir(profile, Some(Path::new("/run/user/7"))).unwrap();
        assert_eq!(path(&one), path(&again));
        assert_ne!(path(&one), path(&two));
        assert!(path(&one).starts_with("/run/user/7/knothole-desk"));
        assert!(in_dir(&one, None).unwrap().starts_with(one.dir().canonicalize().unwrap()));
    }

    #[test]
    fn a_path_that_no_socket_can_have_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("d".repeat(90));
        assert!(matches!(in_dir(&profile(&deep), None), Err(AgentError::PathTooLong(_))));
    }

    #[test]
    fn a_directory_that_others_can_enter_holds_no_socket_of_ours() {
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("open/x.sock");
        make_dir_of(&socket).unwrap();
        std::fs::set_permissions(socket.parent().unwrap(), std::fs::Permissions::from_mode(0o750)).unwrap();
        assert!(matches!(make_dir_of(&socket), Err(AgentError::NotPrivate(_))));
        std::os::unix::fs::symlink(dir.path(), dir.path().join("link")).unwrap();
        assert!(matches!(check_dir_of(&dir.path().join("link/x.sock")), Err(AgentError::NotPrivate(_))));
    }
}
