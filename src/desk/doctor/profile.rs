//! The profile: who else can read it, how well its passphrase protects it, whether its cache is whole.

use super::Finding;
use crate::desk::cache::Cache;
use crate::desk::environment::has_program;
use crate::desk::failure::Failure;
use crate::desk::files;
use crate::desk::identity::{Identity, WorkFactor};
use crate::desk::profile::{Part, Profile};
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

const OTHERS: u32 = 0o077;
const MAX_IDENTITY: u64 = 64 * 1024;

/// Whether everything in the profile is its owner's alone.
pub fn permissions(profile: &Profile) -> Finding {
    let check = "permissions";
    let dir = profile.dir();
    match open_to_others(dir) {
        Ok(open) => match open.first() {
            None => Finding::ok(check, format!("{} is for you alone", dir.display())),
            Some(first) => Finding::fail(
                check,
                format!("others on this machine can get at {} ({} in all)", first.display(), open.len()),
                format!("`chmod -R go-rwx {0}`, and `chown -R` it to yourself if it is not yours", dir.display()),
            ),
        },
        Err(error) => Finding::fail(
            check,
            format!("cannot look through {}: {error}", dir.display()),
            "make sure that it belongs to you",
        ),
    }
}

/// Paths whose mode lets others in, or whose owner is not the directory's. Links are not followed.
fn open_to_others(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let owner = own_user().map_or_else(|| fs::metadata(dir).map(|dir| dir.uid()), Ok)?;
    let mut open = Vec::new();
    let mut left = vec![dir.to_owned()];
    while let Some(path) = left.pop() {
        let metadata = fs::symlink_metadata(&path)?;
        if metadata.is_dir() {
            for entry in fs::read_dir(&path)? {
                left.push(entry?.path());
            }
        }
        let is_open = !metadata.is_symlink() && metadata.permissions().mode() & OTHERS != 0;
        if is_open || metadata.uid() != owner {
            open.push(path);
        }
    }
    open.sort();
    Ok(open)
}

/// Who this process runs as, where the system says so in a file.
fn own_user() -> Option<u32> {
    fs::metadata("/proc/self").ok().map(|process| process.uid())
}

/// How much work it is to try one passphrase, or which token there is in its place.
pub fn work_factor(profile: &Profile) -> Finding {
    let check = "passphrase";
    match profile.plugin() {
        Ok(None) => {}
        Ok(Some(plugin)) if has_program(&plugin.program()) => {
            return Finding::ok(check, format!("none: {} opens the keys by its token", plugin.program()));
        }
        Ok(Some(plugin)) => {
            let what = format!("the keys open by {}, which is not on this machine", plugin.program());
            return Finding::fail(check, what, "install it, or put the directory that it is in into PATH");
        }
        Err(error) => {
            let hint = "bring `identity-plugin.txt` back from a copy";
            return Finding::fail(check, error.to_string(), hint);
        }
    }
    let sealed = match files::read(&profile.identity_path(), MAX_IDENTITY) {
        Ok(sealed) => sealed,
        Err(error) => return Finding::unreadable(check, &error),
    };
    match written_work_factor(&sealed) {
        None => Finding::fail(
            check,
            "the identity file is not an age file with a passphrase",
            "bring `identity.age` back from a copy, or enrol again",
        ),
        Some(work) if work < WorkFactor::STANDARD.0 => Finding::warn(
            check,
            format!("one try at your passphrase takes only 2^{work} steps; 2^{} is usual", WorkFactor::STANDARD.0),
            "seal the keys again: `age -d identity.age | age -p -o new.age`, then move `new.age` over `identity.age`",
        ),
        Some(work) => Finding::ok(check, format!("one try at your passphrase takes 2^{work} steps")),
    }
}

/// From the stanza `-> scrypt SALT WORK`.
fn written_work_factor(sealed: &[u8]) -> Option<u8> {
    let stanza = sealed.split(|byte| *byte == b'\n').nth(1)?;
    let mut words = std::str::from_utf8(stanza).ok()?.strip_prefix("-> scrypt ")?.split(' ');
    words.nth(1)?.parse().ok()
}

/// Whether what was opened before is still there. Opens it only with the keys.
pub fn cache(profile: &Profile, identity: Option<&Identity>) -> Finding {
    let check = "cache";
    if profile.settings().part == Part::Admin {
        return Finding::ok(check, "an admin's profile keeps no tips");
    }
    let Some(identity) = identity else {
        return Finding::locked(check);
    };
    match Cache::open(profile, &identity.device) {
        Ok((_, known)) => Finding::ok(
            check,
            format!("holds {} tips, and {} that cannot be read", known.tips.len(), known.unreadable.len()),
        ),
        Err(error) => {
            let failure = Failure::from(error);
            Finding::fail(check, failure.what, failure.hint.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;
    use crate::desk::profile::Settings;
    use crate::model::agency::AgencyNumber;
    use age::secrecy::SecretString;

    fn profile(dir: &Path, work: u8) -> (Profile, Identity) {
        let settings = Settings::new(Part::Member, "maria-1", "maria", AgencyNumber(0));
        Profile::create(&dir.join("p"), settings, &SecretString::from("x"), WorkFactor(work)).unwrap()
    }

    #[test]
    fn a_file_that_others_can_read_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let (profile, _) = profile(dir.path(), 2);
        assert_eq!(permissions(&profile).level, Level::Ok);
        let path = profile.dir().join("profile.toml");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let found = permissions(&profile);
        assert_eq!(found.level, Level::Fail);
        assert!(found.text.contains("profile.toml (1 in all)"), "{}", found.text);
    }

    #[test]
    fn a_passphrase_that_is_cheap_to_try_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let (profile, _) = profile(dir.path(), 2);
        assert_eq!(work_factor(&profile).level, Level::Warn);
        let cheap = fs::read(profile.identity_path()).unwrap();
        let usual = String::from_utf8_lossy(&cheap).into_owned();
        fs::write(profile.identity_path(), usual.replacen(" 2\n", " 18\n", 1)).unwrap();
        assert_eq!(work_factor(&profile).level, Level::Ok);
        fs::write(profile.identity_path(), "no age file").unwrap();
        assert_eq!(work_factor(&profile).level, Level::Fail);
    }

    #[test]
    fn a_damaged_cache_is_named_when_it_can_be_opened() {
        let dir = tempfile::tempdir().unwrap();
        let (profile, identity) = profile(dir.path(), 2);
        assert_eq!(cache(&profile, Some(&identity)).level, Level::Ok);
        fs::write(profile.cache_dir().join("segments/000001.age"), "no age file").unwrap();
        assert_eq!(cache(&profile, Some(&identity)).level, Level::Fail);
        assert_eq!(cache(&profile, None).level, Level::Warn);
    }
}
