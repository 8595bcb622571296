//! What is wrong with a member's machine, profile and way to the server: a list of findings, each with what to do about it.
//! Changes nothing, and never asks for the passphrase; with it, more can be looked at.

use super::chain::Chain;
use super::files::FileError;
use super::identity::Identity;
use super::profile::Profile;
use crate::clock::Clock;
use serde::Serialize;

pub mod drills;
pub mod machine;
pub mod profile;
pub mod site;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Worth knowing, and maybe worth changing.
    Warn,
    /// To be put right.
    Fail,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, in one word for scripts.
    pub check: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What was found. May hold hostile text; `Output` makes it harmless.
    pub text: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Level {
    /// The word in the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

impl Finding {
    pub(super) fn ok(check: &'static str, text: impl Into<String>) -> Self {
        Self { check, level: Level::Ok, text: text.into(), hint: None }
    }

    pub(super) fn warn(check: &'static str, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { check, level: Level::Warn, text: text.into(), hint: Some(hint.into()) }
    }

    pub(super) fn fail(check: &'static str, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { level: Level::Fail, ..Self::warn(check, text, hint) }
    }

    /// Of what only open keys show.
    fn locked(check: &'static str) -> Self {
        let hint = "at a terminal `desk doctor` asks for it; elsewhere run `desk unlock` first, or say `--passphrase-file FILE`";
        Self::warn(check, "not looked at: that needs the passphrase", hint)
    }

    fn unreadable(check: &'static str, error: &FileError) -> Self {
        Self::fail(check, error.to_string(), "look at what is there; `desk` needs to read it")
    }
}

/// Looks at a profile, and as its owner at the site when the keys are open.
pub async fn examine(
    profile: &Profile,
    identity: Option<&Identity>,
    proxy: Option<&str>,
    clock: std::sync::Arc<dyn Clock>,
) -> Vec<Finding> {
    let mut findings = vec![profile::permissions(profile), profile::work_factor(profile)];
    findings.push(profile::cache(profile, identity));
    let today = clock.today();
    match profile.site() {
        Ok(site) => {
            findings.extend(site::examine(profile, &site, identity, proxy, clock).await);
            let chain = Chain::load(profile, site.genesis).ok().flatten(); // what is wrong with it was said
            findings.extend(drills::examine(profile, chain.as_ref().map(Chain::newest), today));
        }
        Err(error) => {
            let hint = "tie it to one with `desk pin --staff URL --genesis HASH`";
            findings.push(Finding::fail("site", error.to_string(), hint));
        }
    }
    findings
}
