//! `knothole check`: looks whether a site is well, from beside its server and without changing anything.
//!
//! Each look is one finding. Nothing it says could point at a source: days and percentages, no counts of tips.

use crate::clock::Clock;
use crate::http::serve::Settings;
use crate::store::sqlite;
use serde::Serialize;

mod files;
mod keyring;
mod languages;
mod page;
mod pause;

/// How bad it is. Ordered: the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Well.
    Ok,
    /// Wants attention.
    Warn,
    /// Wrong.
    Fail,
}

/// One look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub name: &'static str,
    /// How it is.
    pub status: Status,
    /// What was seen.
    pub text: String,
    /// What to do, when it is not well.
    pub hint: Option<&'static str>,
}

/// All looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The worst of them.
    pub status: Status,
    /// In a fixed order.
    pub checks: Vec<Finding>,
}

impl Finding {
    fn ok(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, status: Status::Ok, text: text.into(), hint: None }
    }

    fn warn(name: &'static str, text: impl Into<String>, hint: &'static str) -> Self {
        Self { name, status: Status::Warn, text: text.into(), hint: Some(hint) }
    }

    fn fail(name: &'static str, text: impl Into<String>, hint: &'static str) -> Self {
        Self { name, status: Status::Fail, text: text.into(), hint: Some(hint) }
    }
}

/// Looks at everything. `were_core_dumps_off` is how it was when this process began.
pub async fn run(settings: &Settings, clock: &dyn Clock, were_core_dumps_off: bool) -> Report {
    let data = files::data(&settings.data_dir);
    let may_read = data.status == Status::Ok;
    let mut checks = vec![data, core_dumps(were_core_dumps_off)];
    if may_read {
        checks.extend(pause::finding(&settings.data_dir, clock.today()));
        checks.push(files::disk(&settings.data_dir));
        match sqlite::inspect(&settings.data_dir).await {
            Ok(inside) => {
                checks.push(schema(inside.schema));
                checks.extend(keyring::findings(&inside, settings, clock.today()));
            }
            Err(error) => {
                let hint = "is it a database of knothole, and is the disk well?";
                checks.push(Finding::fail("schema", format!("the database cannot be read: {error}"), hint));
            }
        }
    }
    let status = checks.iter().map(|finding| finding.status).max().unwrap_or(Status::Ok);
    Report { status, checks }
}

fn core_dumps(were_off: bool) -> Finding {
    const NAME: &str = "core dumps";
    if were_off {
        return Finding::ok(NAME, "off for this account");
    }
    let hint = "the server turns them off for itself when it starts; LimitCORE=0 in its systemd unit does so before";
    Finding::warn(NAME, "on for this account", hint)
}

fn schema(schema: sqlite::Schema) -> Finding {
    const NAME: &str = "schema";
    match schema {
        sqlite::Schema::Current => Finding::ok(NAME, "the one this version writes"),
        sqlite::Schema::Older => {
            let hint = "this version brings it up to date when it serves; an older one will not start on it then";
            Finding::warn(NAME, "written by an older version", hint)
        }
        sqlite::Schema::Unknown => {
            let hint = "a newer version has written there: start that version, or one after it";
            Finding::fail(NAME, "unknown to this version", hint)
        }
    }
}
