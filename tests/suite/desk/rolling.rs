//! Members' own keys roll by themselves: whoever takes the server's files and later all machines opens nothing that was retired
//! in between.

use super::commands::{Said, says_at};
use super::flow::{stories, synced_by};
use super::site::{NOW, PASSPHRASE, Person};
use super::true_site::TrueSite;
use crate::support::files::files_under;
use age::secrecy::SecretString;
use age_core::primitives::bech32_encode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::crypto::event::{Capsule, Kind, SealedFor};
use knothole::crypto::file;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::keyring::hash_of;
use knothole::crypto::letter::{Answers, Share};
use knothole::crypto::shape::RECIPIENT_PREFIX;
use knothole::crypto::statement::{RecipientRolled, Statement as _};
use knothole::desk::admin;
use knothole::desk::client::ClientError;
use knothole::desk::failure::Exit;
use knothole::desk::identity::Identity;
use knothole::model::agency::AgencyNumber;
use knothole::wire::{NewRoll, Rolled};

const DAY: u64 = 86_400;

/// What lies on someone's machine now.
fn keys_of(person: &Person) -> Identity {
    person.profile.unlock(&SecretString::from(PASSPHRASE)).unwrap()
}

/// Syncs on a day and gives what is known then.
async fn reads(it: &TrueSite, member: usize, now: u64) -> Vec<String> {
    let person = &it.site.members[member];
    let (done, known) = synced_by(&person.client_at(now), person, now).await.unwrap();
    assert_eq!((done.unrolled, done.lost, done.missing_epochs), (None, None, vec![]));
    stories(&known).into_iter().map(str::to_owned).collect()
}

async fn reads_anew(it: &TrueSite, member: usize, now: u64) -> Vec<String> {
    std::fs::remove_dir_all(it.site.members[member].profile.cache_dir()).unwrap();
    reads(it, member, now).await
}

async fn says(it: &TrueSite, member: usize, now: u64, words: &[&str]) -> Said {
    let said = says_at(&it.site, member, now, words).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said
}

fn all(file: &rusqlite::Connection, sql: &str) -> Vec<Vec<u8>> {
    let mut rows = file.prepare(sql).unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Every sealed thing that a file of the server holds: agency keys' copies, and capsules.
fn sealed_in(file: &rusqlite::Connection) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let copies = all(file, "select cast(sealed as blob) from agency_key_copy where agency = 0");
    let capsules = all(file, "select sealed from capsule where agency = 0");
    (copies.into_iter().map(|text| STANDARD.decode(text).unwrap()).collect(), capsules)
}

fn opens(key: &HybridIdentity, sealed: &[u8]) -> bool {
    file::open(key, sealed).is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_rolls_after_two_weeks_and_the_old_one_is_gone_three_days_later() {
    let mut it = TrueSite::open().await;
    it.send("one", &it.newest, &[0]).await;
    let first = keys_of(&it.site.members[0]);
    for day in [0, 13] {
        it = it.again_at(NOW + day * DAY).await;
        assert_eq!(reads(&it, 0, NOW + day * DAY).await, ["one"]);
        assert_eq!(keys_of(&it.site.members[0]).recipient(), first.recipient(), "day {day}");
    }
    it = it.again_at(NOW + 14 * DAY).await;
    assert_eq!(reads(&it, 0, NOW + 14 * DAY).await, ["one"]);
    let second = keys_of(&it.site.members[0]);
    assert_ne!(second.recipient(), first.recipient());
    assert!(second.older.is_some(), "whoever seals to the old one meanwhile has not done so for nothing");
    assert_eq!(reads_anew(&it, 0, NOW + 14 * DAY).await, ["one"]);
    assert_eq!(it.number("select count(*) from member_roll"), 1);
    it = it.again_at(NOW + 17 * DAY).await;
    assert_eq!(reads(&it, 0, NOW + 17 * DAY).await, ["one"]);
    let third = keys_of(&it.site.members[0]);
    assert_eq!((third.recipient(), third.older.is_none()), (second.recipient(), true));
    assert_eq!(reads_anew(&it, 0, NOW + 17 * DAY).await, ["one"]);
    let (copies, _) = sealed_in(&it.database());
    assert!(!copies.iter().any(|copy| opens(&first.hybrid, copy)), "nothing is sealed to the first key");
    let signed = &it.newest.read().unwrap().staff.members[0].recipient;
    assert_eq!(*signed, first.recipient(), "the keyring is as the admins signed it");
}

#[tokio::test(flavor = "multi_thread")]
async fn last_months_server_and_all_of_todays_machines_open_nothing_that_was_retired_since() {
    const STORIES: [&str; 3] = ["retired since", "under a later key", "referred"];
    let mut it = TrueSite::open().await;
    it.send("retired since", &it.newest, &[0]).await;
    for member in [0, 1] {
        assert_eq!(reads(&it, member, NOW).await, ["retired since"]);
    }
    let ((later_id, later), referred) = (rekeyed(&it).await, referred(&it).await);
    let stolen = Stolen::of(&it);
    let then: Vec<Identity> = it.site.members[..2].iter().map(keys_of).collect();
    let old_keys = agency_keys(&stolen.copies, &then);
    assert_eq!((old_keys.len(), stolen.copies.len(), stolen.capsules.len()), (2, 2, 4), "the thief has true copies");
    let is_open_to_them = |sealed: &[u8]| opens(&old_keys[0], sealed);
    assert!(is_open_to_them(&later) && stolen.capsules.iter().filter(|sealed| is_open_to_them(sealed)).count() == 3);
    let is_stolen = |sealed: &Vec<u8>| stolen.everything.contains(sealed);
    assert!(is_stolen(&referred) && stolen.copies.iter().chain(&stolen.capsules).all(is_stolen));

    // The members' own keys roll, then the agency's; the new one is sealed to those that rolled.
    for day in [14, 17] {
        it = it.again_at(NOW + day * DAY).await;
        for member in [0, 1] {
            reads(&it, member, NOW + day * DAY).await;
        }
    }
    let now = NOW + 17 * DAY;
    says(&it, 0, now, &["keys", "rotate"]).await;
    says(&it, 1, now, &["keys", "confirm"]).await;
    let secrets = it.site.admins[0].client_at(now).secrets().await.unwrap();
    it.publish(now, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;
    for member in [0, 1] {
        says(&it, member, now, &["keys", "reseal"]).await;
    }
    says(&it, 0, now, &["keys", "rekey"]).await;
    let now = NOW + 120 * DAY;
    it = it.again_at(NOW + 100 * DAY).await;
    it.publish(NOW + 100 * DAY, |_| ()).await;
    it = it.again_at(now).await;
    for member in [0, 1] {
        says(&it, member, now, &["keys", "retire", "1", "--yes"]).await;
    }
    for member in [0, 1] {
        assert_eq!(reads_anew(&it, member, now).await, STORIES, "the members themselves lose nothing");
        let shown = says(&it, member, now, &["show", &later_id]).await;
        assert!(shown.out.contains("only for those who stayed"), "{shown:?}");
    }

    // What the members still read their machines hold the thread keys of; all other keys that are left open nothing.
    let today: Vec<Identity> = it.site.members.iter().map(keys_of).collect();
    let mut keys: Vec<HybridIdentity> = today.iter().flat_map(|keys| keys.openers().cloned()).collect();
    keys.extend(today.iter().map(|keys| keys.device.clone()));
    let keys_of_agency = agency_keys(&Stolen::of(&it).copies, &today);
    assert_eq!(keys_of_agency.len(), 2, "today's machines open today's keys");
    keys.extend(keys_of_agency.iter().cloned());
    for sealed in stolen.copies.iter().chain(&stolen.capsules).chain([&later, &referred]) {
        assert!(!keys.iter().any(|key| opens(key, sealed)));
    }
    let ours: Vec<_> = today[..2].iter().flat_map(Identity::openers).chain(&keys_of_agency).collect();
    assert!(stolen.everything.len() > 20, "{}", stolen.everything.len());
    assert!(
        !stolen.everything.iter().any(|sealed| ours.iter().any(|key| opens(key, sealed))),
        "in any column of any table"
    );
}

/// A tip of both agencies that one of the other has left since something was written on it. Gives the capsule by which agency 0 was
/// given its later key, which lies in an event, and the id of the tip.
async fn rekeyed(it: &TrueSite) -> (String, Vec<u8>) {
    let tip = it.send("under a later key", &it.newest, &[0, 1]).await;
    let id = tip.to_string();
    says(it, 2, NOW, &["recuse", &id, "--reason", "x", "--confirm", &id]).await;
    says(it, 0, NOW, &["note", &id, "-m", "only for those who stayed"]).await;
    let person = &it.site.members[0];
    let (_, known) = synced_by(&person.client(), person, NOW).await.unwrap();
    let events = known.events_of(tip).filter_map(|event| event.signed.read().ok());
    let capsules = events.filter_map(|named| match named.event.what {
        Kind::Rekey { capsules, .. } => Some(capsules),
        _ => None,
    });
    let is_ours = |one: &Capsule| matches!(one.to, SealedFor::Agency { number: AgencyNumber(0), .. });
    let ours = capsules.flatten().find(is_ours).unwrap();
    (id, STANDARD.decode(ours.sealed).unwrap())
}

/// A tip for the other agency alone, which offers all of it. Gives agency 0's capsule.
async fn referred(it: &TrueSite) -> Vec<u8> {
    let answers = Answers { story: Some("referred".into()), share: Some(Share::All), ..Answers::default() };
    let id = it.send_answers(answers, &it.newest, &[1]).await.to_string();
    let refer = ["refer", &id, "--to", "0", "--share", "all", "--purpose", "x", "--reason", "x", "--yes"];
    says(it, 3, NOW, &refer).await;
    says(it, 0, NOW, &["inbox"]).await;
    it.database().query_row("select sealed from referral_capsule where agency = 0", [], |row| row.get(0)).unwrap()
}

/// A copy of all files of the server, its journal included.
struct Stolen {
    /// Of agency 0's keys.
    copies: Vec<Vec<u8>>,
    /// Agency 0's.
    capsules: Vec<Vec<u8>>,
    /// Every value of every table that can hold something sealed, of whomever.
    everything: Vec<Vec<u8>>,
}

impl Stolen {
    fn of(it: &TrueSite) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (path, bytes) in files_under(it.dir.path()) {
            std::fs::write(dir.path().join(path.file_name().unwrap()), bytes).unwrap();
        }
        let file = rusqlite::Connection::open(dir.path().join("knothole.db")).unwrap();
        let (copies, mut capsules) = sealed_in(&file);
        capsules.extend(all(&file, "select sealed from referral_capsule where agency = 0"));
        let mut everything = Vec::new();
        for table in all(&file, "select cast(name as blob) from sqlite_master where type = 'table'") {
            let table = String::from_utf8(table).unwrap();
            for column in all(&file, &format!("select cast(name as blob) from pragma_table_info('{table}')")) {
                let column = String::from_utf8(column).unwrap();
                let values =
                    format!("select cast(\"{column}\" as blob) from \"{table}\" where length(\"{column}\") > 500");
                everything.extend(all(&file, &values).into_iter().flat_map(|value| {
                    let decoded = STANDARD.decode(&value).ok();
                    [Some(value), decoded].into_iter().flatten()
                }));
            }
        }
        Self { copies, capsules, everything }
    }
}

/// The agency's keys that these machines open of these copies.
fn agency_keys(copies: &[Vec<u8>], machines: &[Identity]) -> Vec<HybridIdentity> {
    let open = |copy: &Vec<u8>| machines.iter().flat_map(Identity::openers).find_map(|key| file::open(key, copy).ok());
    let texts = copies.iter().filter_map(open);
    texts.map(|text| std::str::from_utf8(&text).unwrap().lines().nth(1).unwrap().parse().unwrap()).collect()
}

/// Both members of an agency rolled on one day, and the server's disk died the day after.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_brought_back_from_before_a_roll_is_told_of_it_again_and_nobody_loses_a_key() {
    let mut it = TrueSite::open().await;
    it.send("one", &it.newest, &[0]).await;
    for member in [0, 1] {
        assert_eq!(reads(&it, member, NOW).await, ["one"]);
    }
    let kept = tempfile::tempdir().unwrap();
    let backup = kept.path().join("knothole.db");
    it.database().execute("vacuum into ?1", [backup.to_str().unwrap()]).unwrap();
    it = it.again_at(NOW + 14 * DAY).await;
    let mut made = Vec::new();
    for member in [0, 1] {
        assert_eq!(reads(&it, member, NOW + 14 * DAY).await, ["one"]);
        made.push(keys_of(&it.site.members[member]).recipient());
    }

    it = it.put_back(&backup, NOW + 15 * DAY).await;
    assert_eq!(it.number("select count(*) from member_roll"), 0);
    for day in [15, 18] {
        it = it.again_at(NOW + day * DAY).await;
        for member in [0, 1] {
            for _ in 0..2 {
                assert_eq!(reads_anew(&it, member, NOW + day * DAY).await, ["one"], "day {day}");
            }
            assert_eq!(keys_of(&it.site.members[member]).recipient(), made[member], "the one that was made, no other");
        }
    }
    assert_eq!(it.number("select count(*) from member_roll"), 2);
    assert!(keys_of(&it.site.members[0]).older.is_none(), "the old one goes as it would have");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roll_that_was_cut_off_before_the_server_knew_is_told_at_the_next_sync() {
    let mut it = TrueSite::open().await;
    it.send("one", &it.newest, &[0]).await;
    assert_eq!(reads(&it, 0, NOW).await, ["one"]);
    let now = NOW + 20 * DAY;
    it = it.again_at(now).await;
    it.database()
        .execute_batch("create trigger full before insert on member_roll begin select raise(abort, 'no'); end")
        .unwrap();
    let person = &it.site.members[0];
    let (done, _) = synced_by(&person.client_at(now), person, now).await.unwrap();
    assert!(done.unrolled.is_some());
    let made = keys_of(person).recipient();
    it.database().execute_batch("drop trigger full").unwrap();
    assert_eq!(reads_anew(&it, 0, now).await, ["one"]);
    assert_eq!(keys_of(&it.site.members[0]).recipient(), made, "the one that was made is told, not another");
    assert_eq!(it.number("select count(*) from member_roll"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_was_brought_back_from_a_copy_rolls_at_once_and_gets_the_key_with_the_next() {
    let mut it = TrueSite::open().await;
    reads(&it, 0, NOW).await;
    let path = it.site.members[0].profile.dir().join("transport.age");
    let copy = std::fs::read(&path).unwrap();
    for day in [14, 17] {
        it = it.again_at(NOW + day * DAY).await;
        reads(&it, 0, NOW + day * DAY).await;
    }
    std::fs::write(&path, copy).unwrap();
    let now = NOW + 17 * DAY;
    let inbox = says_at(&it.site, 0, now, &["inbox"]).await;
    assert_eq!(inbox.exit, Exit::Integrity, "{inbox:?}");
    assert_eq!(it.number("select count(*) from member_roll"), 2, "by the same signing key");
    says(&it, 1, now, &["keys", "rotate"]).await;
    let confirmed = says_at(&it.site, 0, now, &["keys", "confirm"]).await;
    assert_eq!(confirmed.exit, Exit::Ok, "{confirmed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_takes_a_members_next_recipient_from_them_alone_and_in_its_place() {
    let it = TrueSite::open().await;
    let (mia, ned, site) = (&it.site.members[0], &it.site.members[1], admin::hash(&it.site.zero));
    let next = Identity::generate().recipient();
    let says = |by: &Person, whose: &Person, number, before: &str, recipient: &str| {
        let (before, hash) = (hash_of(before), hash_of(recipient));
        let said = RecipientRolled { site, member: whose.as_member().id, number, before, recipient: hash };
        let rolled = Rolled { number, recipient: recipient.into(), signature: said.sign(&by.identity.signing) };
        NewRoll { rolled: Some(rolled), copies: vec![] }
    };
    let first = mia.identity.recipient();
    let bad = [
        says(ned, mia, 1, &first, &next),
        says(mia, ned, 1, &first, &next),
        says(mia, mia, 2, &first, &next),
        says(mia, mia, 0, &first, &next),
        says(mia, mia, 1, &next, &next),
        says(mia, mia, 1, &first, "age1pq1nonsense"),
    ];
    for (at, new) in bad.iter().enumerate() {
        let refused = mia.client().roll(new).await.err();
        assert!(matches!(refused, Some(ClientError::Refused)), "{at}: {refused:?}");
    }
    let refused = it.site.admins[0].client().rolls().await.err();
    assert!(refused.is_some(), "admins have nothing to do with it");
    let good = says(mia, mia, 1, &first, &next);
    for _ in 0..2 {
        mia.client().roll(&good).await.unwrap();
    }
    let other = says(mia, mia, 1, &first, &Identity::generate().recipient());
    assert!(matches!(mia.client().roll(&other).await, Err(ClientError::Conflict)));
    assert_eq!(it.number("select count(*) from member_roll"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_a_key_that_nobody_can_seal_to_is_named_and_stops_nobody() {
    let it = TrueSite::open().await;
    let pam = &it.site.members[2];
    let nonsense = bech32_encode(RECIPIENT_PREFIX, &[0xff; 1_216]);
    let (before, recipient) = (hash_of(&pam.identity.recipient()), hash_of(&nonsense));
    let said = RecipientRolled { site: admin::hash(&it.site.zero), member: "pam".into(), number: 1, before, recipient };
    let rolled = Rolled { number: 1, recipient: nonsense, signature: said.sign(&pam.identity.signing) };
    pam.client().roll(&NewRoll { rolled: Some(rolled), copies: vec![] }).await.unwrap();
    let named = "note: \"pam\" has signed a key that nobody can seal to";
    for (member, words) in [(0, ["keys", "report"]), (0, ["keys", "rotate"]), (1, ["keys", "confirm"])] {
        let said = says_at(&it.site, member, NOW, &words).await;
        assert!(said.exit == Exit::Ok && said.notes.starts_with(named), "{words:?}: {said:?}");
        assert_eq!(said.notes.lines().count(), 1, "{said:?}");
    }
    let doctor = says_at(&it.site, 3, NOW, &["doctor"]).await;
    assert!(
        doctor.out.contains("have signed a key that nobody can seal to, and may not open what is for them: pam\n"),
        "{doctor:?}"
    );
}
