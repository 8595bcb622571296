//! The words document: what the form says in one language, and what may stand in it. Its address is a link on the page
//! that a frightened person clicks, so it is read as strictly as a key.

use super::KeyringError;
use crate::model::agency::AgencyNumber;
use crate::model::day::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const MAX_TAG_LEN: usize = 35;
const MAX_HOST_LEN: usize = 253;

/// The words document of one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// BCP 47 tag.
    pub lang: String,
    /// By number.
    pub agencies: BTreeMap<AgencyNumber, AgencyWords>,
    /// What the form fills in.
    pub site: SiteWords,
    /// Texts that lawyers sign, by name.
    pub legal: BTreeMap<String, LegalText>,
    /// Who has checked the translation; none for a draft.
    pub review: Option<Review>,
}

/// How the form names an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyWords {
    /// "The help line."
    pub name: String,
    /// One plain line.
    pub line: String,
}

/// What the form fills in, per site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteWords {
    /// Name of the state.
    pub state: String,
    /// To call.
    pub hotline_phone: String,
    /// To text.
    pub hotline_text: String,
    /// Where "Leave now" goes.
    pub exit_url: String,
    /// How soon an urgent tip is read.
    pub urgent_time: String,
    /// How soon any other is.
    pub normal_time: String,
}

/// A text that a lawyer has signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalText {
    /// As shown.
    pub text: String,
    /// Name of the lawyer.
    pub reviewed_by: String,
    /// When.
    pub reviewed_on: Day,
}

/// Who has checked a translation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Who translated.
    pub translator: String,
    /// Who translated the safety screens back.
    pub back_translator: String,
    /// When.
    pub on: Day,
}

impl Words {
    /// Refuses words that no page may show: an address that is none, or a gap where the form says whom to call.
    pub fn check(&self) -> Result<(), KeyringError> {
        let refused = |name| Err(KeyringError::BadWords { lang: self.lang.clone(), name });
        if !is_language(&self.lang) {
            return Err(KeyringError::BadLanguage(self.lang.clone()));
        }
        if !is_exit_url(&self.site.exit_url) {
            return refused("exit_url");
        }
        let site = &self.site;
        let needed = [
            ("state", &site.state),
            ("hotline_phone", &site.hotline_phone),
            ("hotline_text", &site.hotline_text),
            ("urgent_time", &site.urgent_time),
            ("normal_time", &site.normal_time),
        ];
        match needed.into_iter().find(|(_, text)| text.trim().is_empty()) {
            Some((name, _)) => refused(name),
            None => Ok(()),
        }
    }
}

impl SiteWords {
    /// The host that "Leave now" goes to, as the form names it.
    pub fn exit_host(&self) -> &str {
        host_of(&self.exit_url).0
    }
}

/// Whether this can be a language tag.
pub(super) fn is_language(tag: &str) -> bool {
    (1..=MAX_TAG_LEN).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether this is `https://`, a host name, perhaps a port, then anything that an address may hold unescaped.
fn is_exit_url(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let (host, port) = host_of(url);
    let is_label = |label: &str| {
        let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_plain && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_written_plainly = rest.bytes().all(|byte| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte));
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0);
    is_written_plainly && is_port && host.len() <= MAX_HOST_LEN && host.split('.').all(is_label)
}

/// Host and port of an address that starts with `https://`.
fn host_of(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    let (authority, _) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    authority.split_once(':').unwrap_or((authority, "443"))
}
