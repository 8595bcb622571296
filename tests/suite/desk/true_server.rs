//! `desk` and the true server together, both doors on loopback.

use super::commands::said_now;
use super::flow::{stories, synced, synced_at};
use super::site::{NOW, Site, recipient, today};
use crate::support::app::data_dir;
use crate::support::http::{exchange, request};
use knothole::clock::{Clock as _, FixedClock};
use knothole::crypto::compose::{Draft, Readership, compose};
use knothole::crypto::keyring::words_of;
use knothole::crypto::letter::{Answers, Route};
use knothole::demo::{self, Options, data_dir as demo_data_dir};
use knothole::desk::admin;
use knothole::desk::client::{ClientError, Sent};
use knothole::desk::failure::Exit;
use knothole::desk::keep::LONGEST_WAIT;
use knothole::desk::profile::Profile;
use knothole::http::accept::Address;
use knothole::http::limits::Limits;
use knothole::http::serve::{Running, Settings, start};
use knothole::intake::UploadLimits;
use knothole::model::agency::AgencyNumber;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// A site, nothing of which is published yet, and its server.
pub async fn at_true_server() -> (Site, Running, TempDir) {
    let dir = data_dir();
    // The genesis is known before the server starts, its address only afterwards.
    let mut site = Site::new("http://127.0.0.1:1");
    let any = || "127.0.0.1:0".parse().unwrap();
    let genesis = admin::hash(&site.zero);
    let settings = Settings {
        data_dir: dir.path().into(),
        public: any(),
        staff: any(),
        genesis,
        limits: Limits::default(),
        reply_delay_minutes: 0,
        uploads: Some(UploadLimits { keep_free_percent: 0, ..UploadLimits::default() }),
        bucket: None,
        shows_drafts: false,
    };
    let running = start(settings, Arc::new(FixedClock(NOW))).await.unwrap();
    let Address::Tcp(staff) = running.staff() else { panic!("tests use TCP") };
    for person in site.admins.iter_mut().chain(&mut site.members) {
        person.profile.set_server(&format!("http://{staff}"), None).unwrap();
    }
    (site, running, dir)
}

#[tokio::test]
async fn a_tip_put_to_the_public_door_is_read_by_whom_it_was_sealed_to() {
    let (site, running, dir) = at_true_server().await;
    let newest = site.publish_all().await;

    let agencies = [0_u16, 1].map(|number| (AgencyNumber(number), Some(recipient(&newest, usize::from(number)))));
    let answers = Answers { story: Some("in the blue house".into()), ..Answers::default() };
    let draft = Draft { created: FixedClock(NOW).quarter_hour(), lang: "en".into(), route: Route::Fast, answers };
    let tip = compose(
        draft,
        &Readership { keyring: 2, site: &words_of(&admin::hash(&site.zero)), agencies: &agencies },
        &[AgencyNumber(0)],
    )
    .unwrap();
    let headers = [("content-type", "application/x-tar")];
    let put = request("PUT", &format!("/tips/{}", tip.id), &headers, &tip.tar);
    assert_eq!(exchange(running.public(), &put).await.status, 201);

    assert_eq!(stories(&synced(&site.members[1]).await.unwrap().1), ["in the blue house"]);
    assert_eq!(synced(&site.members[2]).await.unwrap().1.tips.len(), 0);
    assert_eq!(kept(dir.path()), [0]);
    synced_at(&site.members[1], NOW + LONGEST_WAIT).await.unwrap();
    assert_eq!(kept(dir.path()), [1]);

    let ada = site.admins[0].client();
    let before = ada.keyring_from(1).await.unwrap().remove(0).read().unwrap();
    assert_eq!(admin::publish(&ada, &newest, Some(&before)).await.unwrap(), Sent::Same);
    assert!(matches!(ada.tips_after(0).await.err(), Some(ClientError::Forbidden)));
    let other = site.next(&site.zero, |draft| draft.public.expires = today());
    let taken = admin::publish(&ada, &other, Some(&site.zero.read().unwrap())).await;
    assert!(matches!(taken, Err(admin::AdminError::Client(ClientError::Conflict))));
}

/// The flag of each tip in the database, in the order of the list.
fn kept(data_dir: &Path) -> Vec<i64> {
    let database = rusqlite::Connection::open(data_dir.join("knothole.db")).unwrap();
    let mut statement = database.prepare("select kept from tip order by seq").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn cover_tips_made_from_the_true_page_are_taken_and_open_for_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let any = || "127.0.0.1:0".parse().unwrap();
    let options = Options { dir: dir.path().join("demo"), public: any(), staff: any(), has_samples: false };
    let demo = demo::start(&options, Arc::new(FixedClock(NOW))).await.unwrap();
    let genesis = Profile::open(&demo.desks[0].profile_dir).unwrap().site().unwrap().genesis;
    let words = words_of(&genesis);
    let done = said_now(&["cover", "--form", &demo.form_url, "--count", "2", "--now", "--genesis", &words]).await;
    assert_eq!((done.exit, done.out.as_str(), done.notes.as_str()), (Exit::Ok, "sent 2 cover tips\n", ""));
    assert_eq!(kept(&demo_data_dir(&options.dir)), [0, 0]);
    for desk in &demo.desks {
        let (dir, file) = (desk.profile_dir.to_str().unwrap(), desk.passphrase_path.to_str().unwrap());
        let inbox = said_now(&["--profile", dir, "--passphrase-file", file, "inbox", "--json"]).await;
        assert_eq!((inbox.exit, inbox.out.as_str()), (Exit::Ok, "{\"tips\":[],\"unreadable\":[]}\n"));
        let doctor = said_now(&["--profile", dir, "--passphrase-file", file, "doctor", "--json"]).await;
        assert_eq!(doctor.exit, Exit::Ok, "{}", doctor.out);
        let unasked = said_now(&["--profile", dir, "--no-input", "doctor", "--json"]).await;
        assert!(unasked.out.contains("the staff door answers"), "{}", unasked.out);
    }
}
