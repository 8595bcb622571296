//! The site of these tests on the true server, and tips that come through its public door.

use super::site::{NOW, Site, recipient};
use crate::support::app::data_dir;
use crate::support::http::{exchange, request};
use knothole::clock::{Clock as _, FixedClock};
use knothole::crypto::compose::{Draft, Readership, compose};
use knothole::crypto::keyring::{SignedVersion, words_of};
use knothole::crypto::letter::{Answers, Route};
use knothole::desk::admin;
use knothole::http::accept::Address;
use knothole::http::limits::Limits;
use knothole::http::serve::{Running, Settings, start};
use knothole::intake::UploadLimits;
use knothole::model::agency::AgencyNumber;
use knothole::model::tip::TipId;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// The site, its server and what that stores.
pub struct TrueSite {
    pub site: Site,
    pub server: Running,
    pub dir: TempDir,
    pub newest: SignedVersion,
}

impl TrueSite {
    /// The whole site, with everyone's first keys.
    pub async fn open() -> Self {
        let dir = data_dir();
        // The genesis is known before the server starts, its address only afterwards.
        let mut site = Site::new("http://127.0.0.1:1");
        let server = serve(&mut site, dir.path(), NOW).await;
        let newest = site.publish_all().await;
        Self { site, server, dir, newest }
    }

    /// Stops the server and starts it again on what it has stored, at another time.
    pub async fn again_at(mut self, now: u64) -> Self {
        self.server.shutdown().await;
        let server = serve(&mut self.site, self.dir.path(), now).await;
        Self { server, ..self }
    }

    /// The same, with the database brought back from a copy of it.
    pub async fn put_back(mut self, copy: &std::path::Path, now: u64) -> Self {
        self.server.shutdown().await;
        let path = self.dir.path().join("knothole.db");
        std::fs::copy(copy, &path).unwrap();
        for beside in ["knothole.db-wal", "knothole.db-shm"] {
            let _absent = std::fs::remove_file(self.dir.path().join(beside));
        }
        let server = serve(&mut self.site, self.dir.path(), now).await;
        Self { server, ..self }
    }

    /// Publishes what follows the newest version.
    pub async fn publish(&mut self, now: u64, change: impl FnOnce(&mut knothole::crypto::keyring::Draft)) {
        let before = self.newest.read().unwrap();
        self.newest = self.site.next_at(&self.newest, FixedClock(now).today(), change);
        let ada = self.site.admins[0].client_at(now);
        admin::publish(&ada, &self.newest, Some(&before)).await.unwrap();
    }

    /// Sends a tip for these agencies, sealed under this version.
    pub async fn send(&self, story: &str, version: &SignedVersion, to: &[u16]) -> TipId {
        self.send_answers(Answers { story: Some(story.into()), ..Answers::default() }, version, to).await
    }

    /// The same with these answers.
    pub async fn send_answers(&self, answers: Answers, version: &SignedVersion, to: &[u16]) -> TipId {
        self.send_under(version.read().unwrap().public.version, answers, version, to).await
    }

    /// The same when it says that it was sealed under this version of the keyring.
    pub async fn send_under(&self, keyring: u32, answers: Answers, version: &SignedVersion, to: &[u16]) -> TipId {
        let agencies = [0_u16, 1].map(|number| (AgencyNumber(number), Some(recipient(version, usize::from(number)))));
        let draft = Draft { created: FixedClock(NOW).quarter_hour(), lang: "en".into(), route: Route::Fast, answers };
        let to: Vec<_> = to.iter().map(|number| AgencyNumber(*number)).collect();
        let tip = compose(
            draft,
            &Readership { keyring, site: &words_of(&admin::hash(&self.site.zero)), agencies: &agencies },
            &to,
        )
        .unwrap();
        let headers = [("content-type", "application/x-tar")];
        let put = request("PUT", &format!("/tips/{}", tip.id), &headers, &tip.tar);
        assert_eq!(exchange(self.server.public(), &put).await.status, 201);
        tip.id
    }

    /// The stored file, to look into.
    pub fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.dir.path().join("knothole.db")).unwrap()
    }

    /// One number out of the stored file.
    pub fn number(&self, sql: &str) -> i64 {
        self.database().query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

async fn serve(site: &mut Site, dir: &Path, now: u64) -> Running {
    let any = || "127.0.0.1:0".parse().unwrap();
    let settings = Settings {
        data_dir: dir.into(),
        public: any(),
        staff: any(),
        genesis: admin::hash(&site.zero),
        limits: Limits::on_one_machine(),
        reply_delay_minutes: 0,
        uploads: Some(UploadLimits { keep_free_percent: 0, ..UploadLimits::default() }),
        bucket: None,
        shows_drafts: false,
    };
    let running = start(settings, Arc::new(FixedClock(now))).await.unwrap();
    let Address::Tcp(staff) = running.staff() else { panic!("tests use TCP") };
    let staff = format!("http://{staff}");
    for person in site.admins.iter_mut().chain(&mut site.members) {
        person.profile.set_server(&staff, None).unwrap();
    }
    running
}
