//! A server on a store of its own, with a clock that stands still.

use super::http::{Answer, exchange, request};
use super::site;
use super::staff::Person;
use super::tip::TipParts;
use knothole::clock::FixedClock;
use knothole::crypto::keyring::Draft;
use knothole::http::limits::{DoorLimits, Limits, Rate};
use knothole::http::serve::{Running, Settings, StartError, start};
use knothole::intake::UploadLimits;
use knothole::model::hex::Hex;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// 2026-11-24, a little before two.
pub const NOW: u64 = 1_795_485_599;
/// The day after the test site's keyring expired.
pub const EXPIRED: u64 = NOW + 70 * 86_400;
/// Nine days after that: nothing sealed under it is taken.
pub const LONG_EXPIRED: u64 = EXPIRED + 9 * 86_400;

/// A running server and the folder of its store.
pub struct TestApp {
    pub running: Running,
    pub dir: TempDir,
    now: u64,
}

impl TestApp {
    /// A site whose agencies have keys.
    pub async fn new() -> Self {
        let app = Self::empty().await;
        for version in [site::version_0(), site::version_1()] {
            assert_eq!(app.person("ada").post("/v1/keyring", &version).await.status, 201);
        }
        app
    }

    /// A site without a keyring.
    pub async fn empty() -> Self {
        Self::on(data_dir(), NOW).await
    }

    /// A server on a store that is there already.
    pub async fn on(dir: TempDir, now: u64) -> Self {
        Self::with_limits(dir, now, Limits::on_one_machine()).await
    }

    pub async fn with_limits(dir: TempDir, now: u64, limits: Limits) -> Self {
        let settings = Settings { limits, ..settings(dir.path()) };
        let running = start(settings, Arc::new(FixedClock(now))).await.unwrap();
        Self { running, dir, now }
    }

    /// A site whose public door has the limits of a test with a change.
    pub async fn limited(change: impl FnOnce(&mut DoorLimits)) -> Self {
        let app = Self::new().await;
        app.running.shutdown().await;
        Self::with_limits(app.dir, NOW, public_limits(change)).await
    }

    /// Ends this server and starts another on its store, at another time.
    pub async fn again_at(self, now: u64) -> Self {
        self.running.shutdown().await;
        Self::on(self.dir, now).await
    }

    /// Ends this server and starts another on its store, with other settings.
    pub async fn again_with(self, change: impl FnOnce(&mut Settings)) -> Self {
        self.running.shutdown().await;
        let mut settings = settings(self.dir.path());
        change(&mut settings);
        let running = start(settings, Arc::new(FixedClock(self.now))).await.unwrap();
        Self { running, ..self }
    }

    /// Admins publish a version that follows the site's version 1.
    pub async fn publish(&self, change: impl FnOnce(&mut Draft)) {
        let mut draft = site::following(&site::version_1());
        change(&mut draft);
        let next = site::signed(draft, &["ada", "bea"]);
        assert_eq!(self.person("ada").post("/v1/keyring", &next).await.status, 201);
    }

    /// Admins add agency 2 with its one member, `rae`.
    pub async fn publish_third_agency(&self) {
        self.publish(site::add_third_agency).await;
    }

    /// Someone at the staff door, by the name of their key.
    pub fn person(&self, id: &str) -> Person {
        Person { door: self.running.staff().clone(), key: site::key(id), now: self.now }
    }

    /// A stranger looks at an address of the public door.
    pub async fn get(&self, target: &str) -> Answer {
        exchange(self.running.public(), &request("GET", target, &[], b"")).await
    }

    /// A stranger sends a tip.
    pub async fn put(&self, tip: TipParts) -> Answer {
        self.put_body(&tip.id().to_string(), &tip.body()).await
    }

    pub async fn put_body(&self, id: &str, body: &[u8]) -> Answer {
        let headers = [("content-type", "application/x-tar")];
        exchange(self.running.public(), &request("PUT", &format!("/tips/{id}"), &headers, body)).await
    }
}

/// A folder that only we can look into.
pub fn data_dir() -> TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(0o700)).tempdir().unwrap()
}

/// Any free ports, for the test site.
pub fn settings(data_dir: &Path) -> Settings {
    let any = || "127.0.0.1:0".parse().unwrap();
    let (public, staff) = (any(), any());
    Settings {
        data_dir: data_dir.into(),
        public,
        staff,
        genesis: site::genesis(),
        limits: Limits::on_one_machine(),
        reply_delay_minutes: 0,
        // However full the disk is that tests run on.
        uploads: Some(UploadLimits { keep_free_percent: 0, ..UploadLimits::default() }),
        bucket: None,
        shows_drafts: false,
    }
}

/// Another server on the same store.
pub async fn second_server(app: &TestApp) -> Running {
    start(settings(app.dir.path()), Arc::new(FixedClock(app.now))).await.unwrap()
}

/// Starts a server for another site on a store.
pub async fn start_for(data_dir: &Path, genesis: [u8; 32]) -> Result<Running, StartError> {
    start(Settings { genesis: Hex(genesis), ..settings(data_dir) }, Arc::new(FixedClock(NOW))).await
}

/// The limits of a test, with a change to the public door's.
pub fn public_limits(change: impl FnOnce(&mut DoorLimits)) -> Limits {
    let mut limits = Limits::on_one_machine();
    change(&mut limits.public);
    limits
}

/// So many and no more: it fills by one in an hour.
pub fn only(burst: u32) -> Rate {
    Rate { refill_time: Duration::from_hours(1), ..Rate::new(burst, 1) }
}

/// Limits that run out at once.
pub fn hasty() -> Limits {
    let soon = Duration::from_millis(50);
    public_limits(|public| {
        let hasty = DoorLimits { head_time: soon, body_idle_time: soon, body_time: soon, ..*public };
        *public = DoorLimits { write_idle_time: soon, ..hasty };
    })
}
