//! `desk deconflict`: two agencies learn what both hold and whom to ask, all others learn nothing, and a server that lies is
//! named or changes nothing.

use super::commands::{Said, does, said_at, says, says_at};
use super::door::{Door, StoredTip};
use super::site::{NOW, Site, recipient};
use crate::support::http::{exchange, request};
use knothole::clock::{Clock as _, FixedClock};
use knothole::crypto::compose::{Draft, Readership, compose};
use knothole::crypto::hybrid::HybridRecipient;
use knothole::crypto::keyring::{verify_chain, words_of};
use knothole::crypto::letter::{Answers, Route, Share};
use knothole::crypto::shape::POINTER_LEN;
use knothole::crypto::thread::ThreadKey;
use knothole::demo::{self, Demo, Options, data_dir};
use knothole::desk::client::Client;
use knothole::desk::failure::Exit;
use knothole::desk::passphrase;
use knothole::desk::profile::Profile;
use knothole::model::agency::AgencyNumber;
use serde_json::Value;
use std::sync::Arc;
use tempfile::TempDir;

const DAY: u64 = 86_400;
/// What a help line has to have from its client.
const CONSENT: &str = "compare-until:2027-01-31";
const HELP_LINE: usize = 0;
const CHILD_WELFARE: usize = 1;
const POLICE: usize = 2;

/// The four agencies of the demo at a true server.
struct Four {
    dir: TempDir,
    demo: Demo,
}

impl Four {
    async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let any = || "127.0.0.1:0".parse().unwrap();
        let options = Options { dir: dir.path().join("demo"), public: any(), staff: any(), has_samples: false };
        let demo = demo::start(&options, Arc::new(FixedClock(NOW))).await.unwrap();
        Self { dir, demo }
    }

    /// Sends a tip to one agency, by the public door.
    async fn send(&self, to: usize, suspects: &str, share: Share) {
        let desk = &self.demo.desks[to];
        let profile = Profile::open(&desk.profile_dir).unwrap();
        let identity = profile.unlock(&passphrase::from_file(&desk.passphrase_path).unwrap()).unwrap();
        let site = profile.site().unwrap();
        let client = Client::new(&site, None, &identity, Arc::new(FixedClock(NOW))).unwrap();
        let version = verify_chain(&site.genesis, &client.keyring_from(0).await.unwrap()).unwrap();
        let key = |text: &String| -> HybridRecipient { text.parse().unwrap() };
        let agencies = version.public.agencies.iter();
        let agencies: Vec<_> = agencies.map(|agency| (agency.number, agency.recipient.as_ref().map(key))).collect();
        let words = words_of(&site.genesis);
        let readership = Readership { keyring: version.public.version, site: &words, agencies: &agencies };
        let answers = Answers { suspects: Some(suspects.into()), share: Some(share), ..Answers::default() };
        let draft = Draft { created: FixedClock(NOW).quarter_hour(), lang: "en".into(), route: Route::Full, answers };
        let tip = compose(draft, &readership, &[AgencyNumber(u16::try_from(to).unwrap())]).unwrap();
        let put = request("PUT", &format!("/tips/{}", tip.id), &[("content-type", "application/x-tar")], &tip.tar);
        assert_eq!(exchange(self.demo.running.public(), &put).await.status, 201);
    }

    async fn says(&self, agency: usize, words: &[&str]) -> Said {
        let desk = &self.demo.desks[agency];
        let (dir, file) = (desk.profile_dir.to_str().unwrap(), desk.passphrase_path.to_str().unwrap());
        said_at(NOW, &[&["--no-input", "--profile", dir, "--passphrase-file", file], words].concat()).await
    }

    async fn does(&self, agency: usize, words: &[&str]) -> String {
        let said = self.says(agency, words).await;
        assert_eq!((said.exit, said.notes.as_str()), (Exit::Ok, ""), "{words:?}: {}", said.out);
        said.out
    }

    async fn finds(&self, agency: usize) -> Vec<(String, String)> {
        let out = self.does(agency, &["deconflict", "--yes", "--json"]).await;
        let said: Value = serde_json::from_str(&out).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let matches = said["matches"].as_array().unwrap().iter();
        matches.map(|found| (text(&found["written"]), text(&found["with"]))).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_agencies_find_the_plate_that_both_hold_and_nobody_learns_anything_else() {
    let site = Four::start().await;
    site.send(HELP_LINE, "A white van, plate AB 12345. He calls from 860-555-0101.", Share::Facts).await;
    site.send(HELP_LINE, "His plate is CD 67890.", Share::Nothing).await;
    site.send(POLICE, "The plate was ab-12345, and he is @big_mike.", Share::All).await;
    site.send(POLICE, "He drives CD-67890.", Share::All).await;
    site.send(CHILD_WELFARE, "She was called from 860-555-0199.", Share::All).await;

    let plan = site.does(HELP_LINE, &["deconflict", "--dry-run", "--with", "2"]).await;
    assert!(plan.contains("0 values of 0 tips; sources keep back 1 tip; 1 tip without written consent"), "{plan}");
    site.does(HELP_LINE, &["label", "--matching", "plate:AB*", "--add", CONSENT, "--yes"]).await;
    let plan = site.does(HELP_LINE, &["deconflict", "--dry-run", "--with", "2"]).await;
    assert!(
        plan.contains("would be asked: 2 values of 1 tip; sources keep back 1 tip")
            && plan.contains("nothing was sent"),
        "{plan}"
    );
    let unasked = site.says(HELP_LINE, &["deconflict"]).await;
    assert_eq!(unasked.exit, Exit::Usage, "{}", unasked.notes);
    assert_eq!(site.finds(HELP_LINE).await, [], "it has asked all three");
    assert_eq!(site.finds(CHILD_WELFARE).await, [], "it has answered the help line, and asked the others");
    assert_eq!(site.finds(POLICE).await, [], "it has answered both");

    let police = "police";
    let found = site.finds(HELP_LINE).await;
    let [(plate, with)] = &found[..] else { panic!("{found:?}") };
    assert!(plate == "AB 12345" && with.to_lowercase().contains(police), "{found:?}");
    let found = site.finds(POLICE).await;
    let [(plate, with)] = &found[..] else { panic!("{found:?}") };
    assert!(plate == "ab-12345" && !with.to_lowercase().contains(police), "{found:?}");
    for _ in 0..2 {
        assert_eq!(site.finds(CHILD_WELFARE).await, []);
    }
    let told = site.does(HELP_LINE, &["deconflict", "--yes", "--no-pager"]).await;
    let line = told.lines().find(|line| line.starts_with("plate AB 12345 of T-")).unwrap_or_else(|| panic!("{told}"));
    assert!(line.contains("holds it, too; ask "), "{line}");

    for agency in [HELP_LINE, POLICE] {
        let record: Value = serde_json::from_str(&site.does(agency, &["disseminations", "--json"]).await).unwrap();
        let [record] = &record.as_array().unwrap()[..] else { panic!("once, however often it was found: {record}") };
        let what = record["what"].as_str().unwrap();
        assert!(what.contains("12345") && what.contains("nothing else") && record["form"] == "pointer", "{record}");
    }
    assert_eq!(site.does(CHILD_WELFARE, &["disseminations", "--json"]).await.trim(), "[]");
    let log = site.does(HELP_LINE, &["audit", "log", "--json"]).await;
    assert!(log.contains("deconflict") && log.contains("finish") && !log.to_lowercase().contains("ab 12345"), "{log}");

    let Four { dir, demo } = site;
    demo.running.shutdown().await;
    let database = data_dir(&dir.path().join("demo")).join("knothole.db");
    let lens = {
        let database = rusqlite::Connection::open(&database).unwrap();
        let mut rows = database.prepare("select length(sealed) from pointer order by seq").unwrap();
        rows.query_map([], |row| row.get::<_, i64>(0)).unwrap().map(Result::unwrap).collect::<Vec<_>>()
    };
    assert!(lens.len() > 6 && lens.iter().all(|len| usize::try_from(*len) == Ok(POINTER_LEN)), "{lens:?}");
    let bytes = std::fs::read(&database).unwrap();
    for planted in ["AB12345", "AB 12345", "ab-12345", "8605550101", "860-555-0101", "big_mike"] {
        assert_eq!(memchr::memmem::find(&bytes, planted.as_bytes()), None, "{planted}");
    }
}

/// Two agencies at a door that can lie, with a plate that both hold.
async fn two() -> (Site, Door) {
    let (site, door, newest) = Site::at_door().await;
    let keys = [Some(recipient(&newest, 0)), Some(recipient(&newest, 1))];
    for agency in [0, 1] {
        let mut to = [None, None];
        to[agency].clone_from(&keys[agency]);
        let answers =
            Answers { suspects: Some("plate AB 12345".into()), share: Some(Share::Facts), ..Answers::default() };
        door.state().tips.push(StoredTip::new(ThreadKey::generate(), answers, &to));
    }
    does(&site, MIA, &["label", "--matching", "plate:AB*", "--add", CONSENT, "--yes"]).await;
    (site, door)
}

const MIA: usize = 0;
const NED: usize = 1;
const PAM: usize = 2;
const GO: [&str; 4] = ["deconflict", "--yes", "--json", "--no-pager"];

async fn matches(site: &Site, member: usize) -> usize {
    let said: Value = serde_json::from_str(&does(site, member, &GO).await).unwrap();
    said["matches"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn any_member_of_an_agency_carries_on_and_one_exchange_a_week_is_all_there_is() {
    let (site, door) = two().await;
    assert_eq!(matches(&site, MIA).await, 0);
    assert_eq!(matches(&site, PAM).await, 0);
    assert_eq!(matches(&site, NED).await, 1, "his colleague had asked, on another machine");
    assert_eq!(matches(&site, PAM).await, 1);
    assert_eq!(matches(&site, MIA).await, 1);
    assert_eq!(door.state().pointers.len(), 3);
    let next = |member, now| {
        let site = &site;
        async move { says_at(site, member, now, &["deconflict", "--dry-run"]).await.out }
    };
    for member in [MIA, PAM] {
        let said = next(member, NOW + 6 * DAY).await;
        assert!(said.contains("waits until it answers or the week is over"), "{said}");
        let said = next(member, NOW + 7 * DAY).await;
        assert!(said.contains("would be asked: 1 values of 1 tip"), "{said}");
    }
    assert_eq!(door.state().pointers.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_a_server_repeats_or_puts_into_another_order_change_nothing() {
    let (site, door) = two().await;
    matches(&site, MIA).await;
    matches(&site, PAM).await;
    {
        let mut state = door.state();
        let [(_, ask), (_, answer)] = &state.pointers[..] else { panic!("two messages") };
        let lie = [answer, ask, ask, answer].map(Clone::clone);
        state.pointers = (1..).zip(lie).collect();
    }
    assert_eq!(matches(&site, NED).await, 1);
    assert_eq!(door.state().pointers.len(), 5, "one finish, and no second answer");
    assert_eq!(matches(&site, PAM).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_drops_a_message_or_shows_fewer_is_named_and_a_changed_one_counts_for_nothing() {
    let (site, door) = two().await;
    matches(&site, MIA).await;
    let asked = door.state().pointers.clone();

    let at = asked[0].1.len() / 2;
    door.state().pointers[0].1[at] ^= 1;
    let said = says(&site, PAM, &["deconflict", "--dry-run"]).await;
    assert!(said.exit == Exit::Ok && said.notes.contains("counts for nothing: it is no message"), "{}", said.notes);

    door.state().pointers = vec![(2, vec![b'x'; POINTER_LEN])];
    let said = says(&site, MIA, &GO).await;
    assert!(said.exit == Exit::Integrity && said.notes.contains("does not list what this desk sent"), "{}", said.notes);

    door.state().pointers = asked;
    door.state().false_pointers_end = Some(0);
    let said = says(&site, NED, &GO).await;
    assert!(said.exit == Exit::Integrity && said.notes.contains("fewer messages"), "{}", said.notes);
    assert_eq!(door.state().pointers.len(), 1, "nothing was sent");
}
