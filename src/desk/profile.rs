//! A profile: one directory for one person on one machine. Settings in clear, keys behind a passphrase, and the cache.

use super::enrolment::Enrolment;
use super::files::{self, FileError};
use super::identity::{Identity, IdentityError, Roots, WorkFactor};
use super::plugin::{Asker, Plugin, PluginError};
use super::transport::Transport;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Sha256Hash;
use age::secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const SETTINGS_NAME: &str = "profile.toml";
const IDENTITY_NAME: &str = "identity.age";
const CACHE_NAME: &str = "cache";
const PLUGIN_NAME: &str = "identity-plugin.txt";
const SEEN_NAME: &str = "keyring-seen.json";
const PROPOSED_NAME: &str = "keyring-proposed.json";
const MAX_BYTES: u64 = 64 * 1024;
const MAX_NAME_LEN: usize = 64;

/// What someone does with `desk`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Reads an agency's tips.
    Member,
    /// Signs the keyring.
    Admin,
}

/// What stands in `profile.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Member or admin.
    pub part: Part,
    /// Their id in the keyring.
    pub id: String,
    /// The person, the same on all their machines; an admin's is their id.
    pub person: String,
    /// Their agency.
    pub agency: AgencyNumber,
    /// Address of the staff door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// Hash of version 0 of the site's keyring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genesis: Option<Sha256Hash>,
    /// A SOCKS proxy, where the door is an onion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// Minutes without use after which keys lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_lock_minutes: Option<u8>,
    /// Whether results are read out to the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessible: Option<bool>,
    /// Whether `desk watch` rings the terminal's bell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch_bell: Option<bool>,
    /// The program that `desk watch` starts when a tip waits, and its arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watch_command: Vec<String>,
}

/// An open profile directory.
#[derive(Clone, Debug)]
pub struct Profile {
    dir: PathBuf,
    settings: Settings,
}

/// Which site a profile belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Address of the staff door.
    pub server: String,
    /// Hash of version 0 of its keyring.
    pub genesis: Sha256Hash,
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// There is none.
    #[error("there is no profile in {}", .0.display())]
    Missing(PathBuf),
    /// There is one, and its keys are not overwritten.
    #[error("there is a profile in {} already, and its keys are not overwritten", .0.display())]
    Exists(PathBuf),
    /// The settings are not what they should be.
    #[error("{} is malformed", .0.display())]
    Malformed(PathBuf),
    /// The site is pinned to another.
    #[error("this profile belongs to another site, whose words are: {0}")]
    OtherSite(String),
    /// It belongs to no site yet.
    #[error("this profile belongs to no site yet")]
    NoSite,
    /// An id or name that cannot be.
    #[error("{0:?} is no id: use up to 64 letters, digits, dots, hyphens and underscores")]
    BadName(String),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The keys do not open.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The keys are sealed to a token, and its plugin does not open them.
    #[error(transparent)]
    Plugin(#[from] PluginError),
}

impl Settings {
    /// Those of someone who belongs to no site yet.
    pub fn new(part: Part, id: &str, person: &str, agency: AgencyNumber) -> Self {
        let (id, person) = (id.to_owned(), person.to_owned());
        Self {
            part,
            id,
            person,
            agency,
            server: None,
            genesis: None,
            proxy: None,
            auto_lock_minutes: None,
            accessible: None,
            watch_bell: None,
            watch_command: Vec::new(),
        }
    }
}

impl Profile {
    /// Makes the directory and new keys in it. Never overwrites keys that are there; when it fails half-way, there are none.
    pub fn create(
        dir: &Path,
        settings: Settings,
        passphrase: &SecretString,
        work: WorkFactor,
    ) -> Result<(Self, Identity), ProfileError> {
        Self::create_sealed(dir, settings, None, |roots| Ok(roots.seal(passphrase, work)))
    }

    /// The same with keys that a plugin's token opens in the place of a passphrase.
    pub fn create_with(
        dir: &Path,
        settings: Settings,
        plugin: &Plugin,
        asker: Asker,
    ) -> Result<(Self, Identity), ProfileError> {
        Self::create_sealed(dir, settings, Some(plugin), |roots| Ok(roots.seal_to(plugin, asker)?))
    }

    fn create_sealed(
        dir: &Path,
        settings: Settings,
        plugin: Option<&Plugin>,
        seal: impl FnOnce(&Roots) -> Result<Vec<u8>, ProfileError>,
    ) -> Result<(Self, Identity), ProfileError> {
        for name in [&settings.id, &settings.person] {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
            if name.is_empty() || name.len() > MAX_NAME_LEN || !name.chars().all(is_plain) {
                return Err(ProfileError::BadName(name.clone()));
            }
        }
        let profile = Self { dir: dir.to_owned(), settings };
        if Self::has_keys(dir) {
            return Err(ProfileError::Exists(dir.to_owned()));
        }
        let identity = Identity::generate();
        let sealed = seal(&identity.roots())?; // a token that refuses leaves nothing behind
        files::make_dir(dir)?;
        files::make_dir(&profile.cache_dir())?;
        profile.write_settings()?;
        Transport::first(identity.hybrid.clone()).write(&profile, &identity.device)?;
        if let Some(plugin) = plugin {
            files::replace(&profile.plugin_path(), plugin.to_text().as_bytes())?;
        }
        files::write_new(&profile.identity_path(), &sealed).map_err(|error| match error {
            FileError::Exists(_) => ProfileError::Exists(dir.to_owned()),
            other => other.into(),
        })?;
        Ok((profile, identity))
    }

    /// Whether a directory holds keys, which `create` would refuse to overwrite.
    pub fn has_keys(dir: &Path) -> bool {
        dir.join(IDENTITY_NAME).exists()
    }

    /// Opens a directory that `create` made. Asks for no passphrase yet.
    pub fn open(dir: &Path) -> Result<Self, ProfileError> {
        let path = dir.join(SETTINGS_NAME);
        let text = files::read(&path, MAX_BYTES).map_err(|error| match error {
            FileError::Missing(_) => ProfileError::Missing(dir.to_owned()),
            other => other.into(),
        })?;
        let settings = std::str::from_utf8(&text).ok().and_then(|text| toml::from_str(text).ok());
        Ok(Self { dir: dir.to_owned(), settings: settings.ok_or(ProfileError::Malformed(path))? })
    }

    /// Opens the keys.
    pub fn unlock(&self, passphrase: &SecretString) -> Result<Identity, ProfileError> {
        let sealed = files::read(&self.identity_path(), MAX_BYTES)?;
        self.identity(Roots::open(&sealed, passphrase)?)
    }

    /// The plugin whose token opens the keys; none where a passphrase does.
    pub fn plugin(&self) -> Result<Option<Plugin>, ProfileError> {
        match Plugin::read(&self.plugin_path()) {
            Err(PluginError::File(FileError::Missing(_))) => Ok(None),
            read => Ok(Some(read?)),
        }
    }

    /// Opens the keys by the plugin's token.
    pub fn unlock_by(&self, plugin: &Plugin, asker: Asker) -> Result<Identity, ProfileError> {
        let sealed = files::read(&self.identity_path(), MAX_BYTES)?;
        self.identity(Roots::open_by(&sealed, plugin, asker)?)
    }

    /// All keys as they are now, by those that last.
    pub fn identity(&self, roots: Roots) -> Result<Identity, ProfileError> {
        let Roots { signing, device } = roots;
        let (hybrid, older) = Transport::read(self, &device)?.into_keys();
        Ok(Identity { signing, hybrid, older, device })
    }

    /// Ties the profile to the site with this version 0, once: another is refused ever after.
    pub fn pin(&mut self, genesis: Sha256Hash) -> Result<(), ProfileError> {
        if let Some(known) = self.settings.genesis.filter(|known| *known != genesis) {
            return Err(ProfileError::OtherSite(crate::crypto::keyring::words_of(&known)));
        }
        self.settings.genesis = Some(genesis);
        self.write_settings()
    }

    /// Remembers where the site's staff door is, and the proxy that leads there; the one that is known, when none is named.
    pub fn set_server(&mut self, server: &str, proxy: Option<&str>) -> Result<(), ProfileError> {
        self.settings.server = Some(server.to_owned());
        if let Some(proxy) = proxy {
            self.settings.proxy = Some(proxy.to_owned());
        }
        self.write_settings()
    }

    /// Changes settings of the person's own.
    pub fn change(&mut self, change: impl FnOnce(&mut Settings)) -> Result<(), ProfileError> {
        change(&mut self.settings);
        self.write_settings()
    }

    /// The site it is tied to.
    pub fn site(&self) -> Result<Site, ProfileError> {
        let Settings { server, genesis, .. } = &self.settings;
        let (server, genesis) = (server.clone(), *genesis);
        server.zip(genesis).map(|(server, genesis)| Site { server, genesis }).ok_or(ProfileError::NoSite)
    }

    /// What stands in its settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What its owner hands to the admins.
    pub fn enrolment(&self, identity: &Identity) -> Enrolment {
        let Settings { part, id, person, agency, .. } = &self.settings;
        match part {
            Part::Admin => Enrolment::of_admin(identity, id, *agency),
            Part::Member => Enrolment::of_member(identity, id, person, *agency),
        }
    }

    /// Where it lies.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where things lie that can be fetched or made again.
    pub fn cache_dir(&self) -> PathBuf {
        self.dir.join(CACHE_NAME)
    }

    /// Where the newest version of the keyring is remembered: not with what can be fetched again, or whoever clears that
    /// away would make room for an older one.
    pub fn seen_path(&self) -> PathBuf {
        self.dir.join(SEEN_NAME)
    }

    /// Where it is remembered what recovery admins proposed, and when it was shown here first.
    pub fn proposed_path(&self) -> PathBuf {
        self.dir.join(PROPOSED_NAME)
    }

    /// Where it stands which token opens the keys.
    fn plugin_path(&self) -> PathBuf {
        self.dir.join(PLUGIN_NAME)
    }

    /// Where the keys lie.
    pub fn identity_path(&self) -> PathBuf {
        self.dir.join(IDENTITY_NAME)
    }

    fn write_settings(&self) -> Result<(), ProfileError> {
        let text = toml::to_string(&self.settings).expect("strings and numbers always serialize");
        Ok(files::replace(&self.dir.join(SETTINGS_NAME), text.as_bytes())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hex::Hex;

    const WORK: WorkFactor = WorkFactor(2);

    fn settings(id: &str) -> Settings {
        Settings::new(Part::Member, id, "maria", AgencyNumber(2))
    }

    fn passphrase() -> SecretString {
        SecretString::from("right")
    }

    #[test]
    fn a_profile_opens_again_with_the_same_keys() {
        let dir = tempfile::tempdir().unwrap();
        let (made, identity) = Profile::create(dir.path(), settings("maria-1"), &passphrase(), WORK).unwrap();
        let opened = Profile::open(dir.path()).unwrap();
        assert_eq!(opened.settings(), made.settings());
        assert_eq!(opened.unlock(&passphrase()).unwrap().public_key(), identity.public_key());
    }

    #[test]
    fn keys_are_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        Profile::create(dir.path(), settings("maria-1"), &passphrase(), WORK).unwrap();
        let again = Profile::create(dir.path(), settings("maria-2"), &passphrase(), WORK);
        assert!(matches!(again, Err(ProfileError::Exists(_))));
        assert_eq!(Profile::open(dir.path()).unwrap().settings().id, "maria-1");
    }

    #[test]
    fn where_creating_was_cut_off_before_there_were_keys_it_can_be_done_again() {
        let dir = tempfile::tempdir().unwrap();
        Profile::create(dir.path(), settings("maria-1"), &passphrase(), WORK).unwrap();
        std::fs::remove_file(dir.path().join(IDENTITY_NAME)).unwrap();
        assert!(!Profile::has_keys(dir.path()));
        Profile::create(dir.path(), settings("maria-2"), &passphrase(), WORK).unwrap();
        assert_eq!(Profile::open(dir.path()).unwrap().settings().id, "maria-2");
    }

    #[test]
    fn a_site_is_pinned_once_and_may_move() {
        let dir = tempfile::tempdir().unwrap();
        let (mut profile, _) = Profile::create(dir.path(), settings("maria-1"), &passphrase(), WORK).unwrap();
        assert!(matches!(profile.site(), Err(ProfileError::NoSite)));
        profile.pin(Hex([1; 32])).unwrap();
        profile.set_server("http://one", None).unwrap();
        profile.set_server("http://two", None).unwrap();
        assert!(matches!(profile.pin(Hex([2; 32])), Err(ProfileError::OtherSite(_))));
        let site = Site { server: "http://two".into(), genesis: Hex([1; 32]) };
        assert_eq!(Profile::open(dir.path()).unwrap().site().unwrap(), site);
    }

    #[test]
    fn a_proxy_is_kept_until_another_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let (mut profile, _) = Profile::create(dir.path(), settings("maria-1"), &passphrase(), WORK).unwrap();
        for (named, kept) in [(Some("one"), "one"), (None, "one"), (Some("two"), "two")] {
            profile.set_server("http://x.onion", named).unwrap();
            assert_eq!(Profile::open(dir.path()).unwrap().settings().proxy.as_deref(), Some(kept));
        }
    }

    #[test]
    fn an_id_that_could_be_taken_for_a_path_or_an_option_line_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        for id in ["", "a/b", "a b", "a\u{1b}[m", &"a".repeat(65)] {
            let made = Profile::create(dir.path(), settings(id), &passphrase(), WORK);
            assert!(matches!(made, Err(ProfileError::BadName(_))), "{id:?}");
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
