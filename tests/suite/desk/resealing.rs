//! A rotation from its first step to the end of the old key, with honest members and with others.

use super::commands::{Said, says_at};
use super::flow::{stories, synced_by};
use super::site::{NOW, Person, today};
use super::true_site::TrueSite;
use knothole::clock::{Clock as _, FixedClock};
use knothole::crypto::capsule::decoy;
use knothole::crypto::hybrid::HybridIdentity;
use knothole::crypto::statement::{SealedAgain, Statement as _};
use knothole::desk::admin::{self, AdminError};
use knothole::desk::agency_keys::{self, open_own};
use knothole::desk::client::ClientError;
use knothole::desk::failure::Exit;
use knothole::desk::reseal::capsule::{Wrong, again};
use knothole::desk::reseal::{self, Checked, Fault, Sealer};
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use knothole::wire::{MAX_RESEALED, Reseal, SignedPlace};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

const DAY: u64 = 86_400;

/// A site with these tips for agency 0 and one for agency 1, after agency 0 has rotated its key.
async fn rotated(tips: &[&str]) -> TrueSite {
    let mut it = TrueSite::open().await;
    for story in tips {
        it.send(story, &it.newest, &[0]).await;
    }
    it.send("for others", &it.newest, &[1]).await;
    rotate(&mut it).await;
    it
}

async fn rotate(it: &mut TrueSite) {
    let (mia, ned) = (&it.site.members[0], &it.site.members[1]);
    let version = it.newest.read().unwrap();
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await.unwrap();
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;
}

async fn keys(it: &TrueSite, member: usize, now: u64, words: &[&str]) -> Said {
    says_at(&it.site, member, now, &[&["keys"], words].concat()).await
}

/// What a desk that knows nothing yet reads.
async fn read_anew(person: &Person, now: u64) -> Vec<String> {
    std::fs::remove_dir_all(person.profile.cache_dir()).unwrap();
    let (done, known) = synced_by(&person.client_at(now), person, now).await.unwrap();
    assert_eq!((done.lost, done.missing_epochs, known.unreadable.len()), (None, vec![], 0));
    stories(&known).into_iter().map(str::to_owned).collect()
}

async fn sealer(it: &TrueSite, person: &Person) -> Sealer {
    let version = it.newest.read().unwrap();
    let member = person.as_member();
    let keys = open_own(&version, &member, &person.identity, &person.client().secrets().await.unwrap());
    Sealer::new(admin::hash(&it.site.zero), &version, &member, keys).unwrap()
}

async fn check(it: &TrueSite, person: &Person) -> Checked {
    let version = it.newest.read().unwrap();
    let sealer = sealer(it, person).await;
    reseal::check(&person.client(), &version, &person.as_member(), &sealer, today(), |_| ()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_ends_with_no_tip_that_needs_the_old_key_and_the_old_key_gone() {
    let mut it = rotated(&["one", "two"]).await;
    it.send("after", &it.newest, &[0]).await;
    assert_eq!(read_anew(&it.site.members[0], NOW).await, ["one", "two", "after"]);
    let said = keys(&it, 1, NOW, &["report"]).await;
    assert_eq!(
        said.out,
        "3 tips still need key 1; pages may seal to it until 2027-03-01\nkey 2 is in use; 1 tip need it\n"
    );
    let refused = keys(&it, 0, NOW, &["retire", "1", "--yes"]).await;
    assert_eq!(
        (refused.exit, refused.notes.contains("3 tips still need key 1")),
        (Exit::Conflict, true),
        "{refused:?}"
    );

    let old = capsule(&it);
    let said = keys(&it, 0, NOW, &["reseal"]).await;
    assert!(said.out.starts_with("sealed 3 capsules again to key 2\n3 of yours wait\n"), "{said:?}");
    assert_eq!(it.number("select count(*) from capsule where epoch is not null"), 0, "the old ones stay");
    let again = keys(&it, 0, NOW, &["reseal"]).await;
    assert!(again.out.starts_with("3 of yours wait\n"), "nobody stands for their own: {again:?}");
    let said = keys(&it, 1, NOW, &["reseal"]).await;
    let taken = "3 capsules that a colleague sealed to key 2 took the place of the old ones\n";
    assert_eq!((said.exit, said.out.as_str()), (Exit::Ok, taken));
    assert_eq!(it.number("select count(*) from sealed_again"), 0);
    assert!(keys(&it, 1, NOW, &["reseal"]).await.out.starts_with("nothing to seal again"));
    let early = keys(&it, 0, NOW, &["retire", "1", "--yes"]).await;
    assert_eq!((early.exit, early.notes.contains("until 2027-03-01")), (Exit::Conflict, true), "{early:?}");

    it = it.again_at(NOW + 80 * DAY).await;
    it.publish(NOW + 80 * DAY, |_| ()).await;
    let now = NOW + 100 * DAY;
    it = it.again_at(now).await;
    let first = keys(&it, 0, now, &["retire", "1", "--yes"]).await;
    assert!(first.out.contains("a second member runs `desk keys retire 1`"), "{first:?}");
    let copies = "select count(*) from agency_key_copy where agency = 0 and epoch = 1";
    assert_eq!(it.number(copies), 2, "one person alone destroys nothing");
    let second = keys(&it, 1, now, &["retire", "1", "--yes"]).await;
    assert!(second.out.contains("every member's copy at the server is destroyed"), "{second:?}");
    assert!(second.out.contains("backups of the server from before today"), "{second:?}");
    assert_eq!(it.number(copies), 0);
    for member in &it.site.members[..2] {
        assert_eq!(read_anew(member, now).await, ["one", "two", "after"]);
    }
    assert_eq!(read_anew(&it.site.members[2], now).await, ["for others"]);
    an_old_capsule_is_named(&it, &old, now).await;

    let secrets = it.site.admins[0].client_at(now).secrets().await.unwrap();
    let before = it.newest.read().unwrap();
    it.publish(now, |draft| {
        let today = FixedClock(now).today();
        assert_eq!(admin::take_retired(draft, &secrets, &before, today).len(), 1);
    })
    .await;
    assert_eq!(read_anew(&it.site.members[0], now).await, ["one", "two", "after"]);
    assert!(keys(&it, 0, now, &["report"]).await.out.starts_with("0 tips still need key 1; it is retired\n"));
}

/// Agency 0's capsule of the first tip, as it is stored.
fn capsule(it: &TrueSite) -> Vec<u8> {
    let sql = "select sealed from capsule where agency = 0 and tip_seq = 1";
    it.database().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn put_capsule(it: &TrueSite, sealed: &[u8]) {
    it.database().execute("update capsule set sealed = ?1 where agency = 0 and tip_seq = 1", [sealed]).unwrap();
}

/// A server that shows again what was sealed to a key that is gone, to a desk that has opened the tip.
async fn an_old_capsule_is_named(it: &TrueSite, old: &[u8], now: u64) {
    let new = capsule(it);
    put_capsule(it, old);
    let says = async |words: &[&str]| says_at(&it.site, 0, now, words).await;
    let said = says(&["inbox"]).await;
    assert_eq!(said.exit, Exit::Integrity, "{said:?}");
    assert!(said.notes.contains("the server shows an old or false key to T-"), "{said:?}");
    assert!(said.out.contains("one"), "what is known is shown: {said:?}");
    assert_eq!(says(&["inbox", "--offline"]).await.exit, Exit::Ok);
    put_capsule(it, &new);
    let said = says(&["inbox"]).await;
    assert_eq!(said.exit, Exit::Ok, "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_cannot_call_a_key_retired_that_its_agency_still_has() {
    let it = rotated(&["one"]).await;
    let before = it.newest.read().unwrap();
    let next = it.site.next(&it.newest, |draft| draft.staff.agency_keys[0].retired = Some(today()));
    let refused = admin::publish(&it.site.admins[0].client(), &next, Some(&before)).await;
    assert!(matches!(refused, Err(AdminError::Client(ClientError::Refused))), "{refused:?}");
    assert_eq!(read_anew(&it.site.members[0], NOW).await, ["one"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stored_looks_the_same_for_tips_that_open_and_for_those_that_do_not() {
    let it = rotated(&["one"]).await;
    keys(&it, 0, NOW, &["reseal"]).await;
    keys(&it, 1, NOW, &["reseal"]).await;
    let database = it.database();
    let mut rows =
        database.prepare("select epoch, length(sealed) from capsule where agency = 0 order by tip_seq").unwrap();
    let rows: Vec<(i64, i64)> =
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows, [(2, 1886), (2, 1886)]);
    assert_eq!(it.number("select count(*) from capsule where agency = 1 and epoch is not null"), 0);
}

/// Seals all of the agency's capsules, those that open with what `seal` makes of them.
async fn seal_falsely(it: &TrueSite, person: &Person, seal: impl Fn(&Sealing<'_>) -> Vec<u8>) {
    let version = it.newest.read().unwrap();
    let member = person.as_member();
    let keys = open_own(&version, &member, &person.identity, &person.client().secrets().await.unwrap());
    let mut stream = person.client().old_capsules().await.unwrap();
    let entries = stream.next_batch(MAX_RESEALED).await.unwrap().entries;
    let (mut capsules, mut bytes) = (Vec::new(), Vec::new());
    for (about, old) in entries {
        let new = seal(&Sealing { keys: &keys.keys, tip: about.tip, old: &old });
        let hash = |bytes: &[u8]| Hex(Sha256::digest(bytes).into());
        let said = SealedAgain {
            site: admin::hash(&it.site.zero),
            agency: AgencyNumber(0),
            epoch: 2,
            tip: about.tip,
            referral: about.referral,
            old: hash(&old),
            new: hash(&new),
        };
        let signature = said.sign(&person.identity.signing);
        capsules.push(SignedPlace { tip: about.tip, referral: about.referral, signature });
        bytes.extend(new);
    }
    person.client().put_capsules(&Reseal { epoch: 2, capsules }, &bytes).await.unwrap();
}

struct Sealing<'a> {
    keys: &'a [HybridIdentity],
    tip: knothole::model::tip::TipId,
    old: &'a [u8],
}

/// A colleague's desk finds out, names them, takes nothing of theirs, and what it seals itself is taken by the next.
async fn is_caught(it: &TrueSite, wrong: Wrong, count: u64) {
    let Checked { replaced, faults, .. } = check(it, &it.site.members[1]).await;
    let [Fault { author, wrong: found, count: counted, .. }] = &faults[..] else { panic!("{faults:?}") };
    assert_eq!((author.as_str(), *found, *counted, replaced), ("mia", wrong, count, 0));
    let said = keys(it, 1, NOW, &["reseal"]).await;
    assert_eq!(said.exit, Exit::Integrity);
    assert!(said.notes.contains("\"mia\" sealed the capsule of T-"), "{said:?}");
    assert!(said.out.contains("sealed 3 capsules again"), "{said:?}");
    assert_eq!(read_anew(&it.site.members[1], NOW).await, ["one", "two"]);
    let Checked { replaced, faults, .. } = check(it, &it.site.members[0]).await;
    assert_eq!((replaced, faults), (3, vec![]));
    assert_eq!(it.number("select count(*) from sealed_again"), 0);
    assert_eq!(read_anew(&it.site.members[1], NOW).await, ["one", "two"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_seals_junk_is_named_and_nothing_is_lost() {
    let it = rotated(&["one", "two"]).await;
    seal_falsely(&it, &it.site.members[0], |_| decoy()).await;
    is_caught(&it, Wrong::Lost, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_seals_to_himself_alone_is_named_and_nothing_is_lost() {
    let it = rotated(&["one", "two"]).await;
    let own = it.site.members[0].identity.hybrid.to_recipient();
    seal_falsely(&it, &it.site.members[0], |of| again(of.keys, &own, of.tip, of.old).sealed).await;
    is_caught(&it, Wrong::Lost, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_changes_a_capsule_learns_nothing_of_which_tips_open() {
    for agency in [0, 1] {
        let it = rotated(&["one"]).await;
        let said = keys(&it, 0, NOW, &["reseal"]).await;
        assert_eq!(said.exit, Exit::Ok, "{said:?}");
        // A tip that opens for agency 0, or one that does not.
        let seq = agency + 1;
        it.database()
            .execute("update sealed_again set sealed = (select sealed from capsule where agency = 1 limit 1) where tip_seq = ?1", [seq])
            .unwrap();
        let Checked { replaced, faults, .. } = check(&it, &it.site.members[1]).await;
        assert_eq!((replaced, faults[0].wrong, faults[0].count), (0, Wrong::Unsigned, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_lacks_a_key_in_use_seals_and_checks_nothing() {
    let it = rotated(&["one"]).await;
    it.database().execute("delete from agency_key_copy where member = 'mia' and epoch = 1", []).unwrap();
    let said = keys(&it, 0, NOW, &["reseal"]).await;
    assert_eq!(said.exit, Exit::NoKey, "{said:?}");
    assert_eq!(it.number("select count(*) from sealed_again"), 0);
}

/// Whoever comes after a key was made reads all once it is sealed again: nothing is closed to them then, and no desk says so.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_key_that_one_lacks_is_told_as_long_as_a_tip_needs_it() {
    for is_sealed_again in [false, true] {
        let it = rotated(&["one"]).await;
        for member in [0, 1].iter().filter(|_| is_sealed_again) {
            assert_eq!(keys(&it, *member, NOW, &["reseal"]).await.exit, Exit::Ok);
        }
        it.database().execute("delete from agency_key_copy where member = 'mia' and epoch = 1", []).unwrap();
        let said = says_at(&it.site, 0, NOW, &["inbox"]).await;
        let is_told = said.notes.contains("key 1 of your agency is not sealed to you");
        assert_eq!(is_told, !is_sealed_again, "{said:?}");
        let said = says_at(&it.site, 0, NOW, &["doctor"]).await;
        let words = if is_sealed_again { "needed by no tip: 1" } else { "not sealed to you: 1" };
        assert!(said.out.contains(words), "{said:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sealing_and_checking_that_are_cut_off_anywhere_lose_nothing_and_go_on() {
    let it = rotated(&["one", "two", "three"]).await;
    let (mia, ned) = (&it.site.members[0], &it.site.members[1]);
    let version = it.newest.read().unwrap();
    let mut left_at = BTreeSet::new();
    for person in [mia, ned] {
        // Each run is dropped after one more of its steps than the run before, until one comes to its end.
        for steps in 1.. {
            let sealer = sealer(&it, person).await.in_pieces_of(1);
            let client = person.client();
            let member = person.as_member();
            let job = async {
                reseal::check(&client, &version, &member, &sealer, today(), |_| ()).await.unwrap();
                reseal::seal(&client, &sealer, &person.identity.signing, |_| ()).await.unwrap();
            };
            let mut job = pin!(job);
            let mut left = steps;
            let is_done = poll_fn(|context| {
                left -= 1;
                if left < 0 { Poll::Ready(false) } else { job.as_mut().poll(context).map(|()| true) }
            });
            if is_done.await {
                break;
            }
            let sealed_to = |epoch: u32| it.number(&format!("select count(*) from capsule where epoch = {epoch}"));
            left_at.insert((it.number("select count(*) from sealed_again"), sealed_to(2)));
            if steps % 8 == 1 {
                assert_eq!(read_anew(ned, NOW).await, ["one", "two", "three"]);
            }
        }
    }
    // How many capsules were sealed again, and how many had taken their places, where a run was cut off.
    let is_cut_while = |is: fn(&(i64, i64)) -> bool| assert!(left_at.iter().any(is), "{left_at:?}");
    is_cut_while(|(sealed, taken)| (1..4).contains(sealed) && *taken == 0);
    is_cut_while(|(_, taken)| (1..4).contains(taken));
    assert_eq!(it.number("select count(*) from sealed_again"), 0);
    assert_eq!(it.number("select count(*) from capsule where epoch = 2"), 4);
    assert_eq!(read_anew(mia, NOW).await, ["one", "two", "three"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn tips_and_notes_that_come_while_an_agency_rotates_are_neither_lost_nor_left_behind() {
    let mut it = TrueSite::open().await;
    let before = it.newest.clone();
    let first = it.send("tip 0", &before, &[0]).await;
    rotate(&mut it).await;
    let (mia, ned) = (&it.site.members[0], &it.site.members[1]);
    let version = it.newest.read().unwrap();
    let sending = async {
        // Pages that were open before go on sealing to the old key.
        for number in 1..=16 {
            let version = if number % 2 == 0 { &before } else { &it.newest };
            it.send(&format!("tip {number}"), version, &[0]).await;
        }
    };
    let writing = async {
        for number in 0..4 {
            let words = ["note", &first.to_string(), "-m", &format!("note {number}")];
            assert_eq!(says_at(&it.site, 0, NOW, &words).await.exit, Exit::Ok);
        }
    };
    let sealing = async {
        for _ in 0..6 {
            let sealer = sealer(&it, mia).await.in_pieces_of(2);
            reseal::seal(&mia.client(), &sealer, &mia.identity.signing, |_| ()).await.unwrap();
            assert_eq!(check(&it, ned).await.faults, []);
        }
    };
    tokio::join!(sending, writing, sealing);
    // The last late ones.
    reseal::seal(&mia.client(), &sealer(&it, mia).await, &mia.identity.signing, |_| ()).await.unwrap();
    check(&it, ned).await;
    assert!(keys(&it, 1, NOW, &["report"]).await.out.starts_with("0 tips still need key 1;"));
    assert_eq!(version.public.agencies[0].epoch, 2);
    for person in [mia, ned] {
        let mut stories = read_anew(person, NOW).await;
        stories.sort_by_key(|story| story[4..].parse::<u32>().unwrap());
        assert_eq!(stories, (0..=16).map(|number| format!("tip {number}")).collect::<Vec<_>>());
    }
    let shown = says_at(&it.site, 1, NOW, &["show", &first.to_string()]).await;
    assert!((0..4).all(|number| shown.out.contains(&format!("note {number}"))), "{shown:?}");
}
