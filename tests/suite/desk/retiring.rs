//! An old key's end, when those by whose word it was destroyed are taken out before the keyring says so.

use super::commands::{Said, passphrase_file, said_at, says_at};
use super::flow::synced;
use super::kept_back::writes;
use super::site::{NOW, recipient};
use super::true_site::TrueSite;
use crate::support::files::files_under;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use knothole::clock::{Clock as _, FixedClock};
use knothole::crypto::event::{Capsule, Excluded, Kind, SealedFor};
use knothole::crypto::letter::Answers;
use knothole::crypto::thread::ThreadKey;
use knothole::desk::admin::revoke::revoke;
use knothole::desk::admin::{self, AdminError};
use knothole::desk::client::ClientError;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;
use knothole::model::hex::Hex;
use knothole::model::tip::TipId;

pub const LATER: u64 = NOW + 100 * 86_400;

async fn keys(it: &TrueSite, member: usize, now: u64, words: &[&str]) -> Said {
    let said = says_at(&it.site, member, now, &[&["keys"], words].concat()).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said
}

async fn does(it: &TrueSite, member: usize, words: &[&str]) {
    let said = says_at(&it.site, member, NOW, words).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
}

async fn admin_says(it: &TrueSite, admin: usize, words: &[&str]) -> Said {
    let (file, draft) = (passphrase_file(&it.site), it.dir.path().join("draft.json"));
    let dir = it.site.admins[admin].profile.dir();
    let start = ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap()];
    let said = said_at(LATER, &[&start[..], &["admin"], words, &["--draft", draft.to_str().unwrap()]].concat()).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said
}

/// A site with a third member of agency 0, whose old key nothing needs any more.
pub async fn unneeded() -> TrueSite {
    rotated_after(async |it| {
        it.send("one", &it.newest, &[0]).await;
    })
    .await
}

/// The same after something else was done under the old key.
async fn rotated_after(before: impl AsyncFnOnce(&TrueSite)) -> TrueSite {
    let mut it = TrueSite::open().await;
    before(&it).await;
    let olga = it.site.newcomer("olga", 0);
    it.publish(NOW, |draft| admin::add_member(draft, olga.as_member()).unwrap()).await;
    keys(&it, 0, NOW, &["rotate"]).await;
    keys(&it, 1, NOW, &["confirm"]).await;
    let secrets = it.site.admins[0].client().secrets().await.unwrap();
    it.publish(NOW, |draft| drop(admin::take_agency_key(draft, &secrets, AgencyNumber(0)).unwrap())).await;
    for member in [0, 1] {
        keys(&it, member, NOW, &["reseal"]).await;
    }
    it = it.again_at(NOW + 80 * 86_400).await;
    it.publish(NOW + 80 * 86_400, |_| ()).await;
    it.again_at(LATER).await
}

/// The same when two of them have had it destroyed, which the keyring does not say yet.
async fn destroyed() -> TrueSite {
    let it = unneeded().await;
    for member in [0, 1] {
        keys(&it, member, LATER, &["retire", "1", "--yes"]).await;
    }
    it
}

#[tokio::test(flavor = "multi_thread")]
async fn once_two_have_ended_a_key_its_copies_are_in_no_file_of_the_server_its_journal_included() {
    const ENOUGH: usize = 100;
    let it = unneeded().await;
    let copies: Vec<String> = {
        let database = it.database();
        let mut copies = database.prepare("select sealed from agency_key_copy where agency = 0 and epoch = 1").unwrap();
        copies.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let ends: Vec<_> = copies.iter().map(|copy| &copy.as_bytes()[copy.len() - ENOUGH..]).collect();
    let is_stored = |end: &[u8]| {
        files_under(it.dir.path()).iter().any(|(_, file)| file.windows(ENOUGH).any(|window| window == end))
    };
    keys(&it, 0, LATER, &["retire", "1", "--yes"]).await;
    assert!(!ends.is_empty() && ends.iter().all(|end| is_stored(end)), "one alone ends nothing");
    keys(&it, 1, LATER, &["retire", "1", "--yes"]).await;
    assert!(ends.iter().all(|end| !is_stored(end)));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_said_that_a_key_can_go_may_be_taken_out_and_it_stays_gone() {
    let it = destroyed().await;
    let said = admin_says(&it, 0, &["revoke", "ned"]).await;
    assert!(said.notes.contains("the draft says that key 1 of agency 0 is retired"), "{said:?}");
    for who in [0, 1] {
        admin_says(&it, who, &["sign", "--yes"]).await;
    }
    admin_says(&it, 0, &["publish"]).await;
    let inbox = says_at(&it.site, 0, LATER, &["inbox"]).await;
    assert!(inbox.exit == Exit::Ok && inbox.out.contains("one"), "{inbox:?}");
    assert!(keys(&it, 0, LATER, &["report"]).await.out.starts_with("0 tips still need key 1; it is retired\n"));
    keys(&it, 0, LATER, &["reseal"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_by_which_nobody_would_know_that_a_key_is_gone_is_refused() {
    let it = destroyed().await;
    let before = it.newest.read().unwrap();
    let next = it.site.next_at(&it.newest, before.public.issued, |draft| drop(revoke(draft, "ned", false).unwrap()));
    let refused = admin::publish(&it.site.admins[0].client_at(LATER), &next, Some(&before)).await;
    assert!(matches!(refused, Err(AdminError::Client(ClientError::Refused))), "{refused:?}");
}

/// The same as a server leaves it that is killed after the second word and before the copies are destroyed.
async fn destroyed_half() -> TrueSite {
    let it = unneeded().await;
    let database = it.database();
    database.execute_batch("create table kept as select * from agency_key_copy").unwrap();
    for member in [0, 1] {
        keys(&it, member, LATER, &["retire", "1", "--yes"]).await;
    }
    assert_eq!(old_copies(&it), 0);
    let back = "insert into agency_key_copy select * from kept where agency = 0 and epoch = 1; drop table kept";
    database.execute_batch(back).unwrap();
    assert!(old_copies(&it) > 0);
    it
}

pub fn old_copies(it: &TrueSite) -> i64 {
    it.number("select count(*) from agency_key_copy where agency = 0 and epoch = 1")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_that_was_killed_left_of_a_key_is_destroyed_when_it_starts_again() {
    let it = destroyed_half().await;
    let it = it.again_at(LATER).await;
    assert_eq!(old_copies(&it), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_calls_a_key_retired_is_not_refused_for_copies_that_two_agreed_to_destroy() {
    let mut it = destroyed_half().await;
    let secrets = it.site.admins[0].client_at(LATER).secrets().await.unwrap();
    let (before, today) = (it.newest.read().unwrap(), FixedClock(LATER).today());
    it.publish(LATER, |draft| assert_eq!(admin::take_retired(draft, &secrets, &before, today).len(), 1)).await;
    assert_eq!(old_copies(&it), 0);
}

/// A capsule in the name of agency 0, of which anybody can say what they like.
fn claimed(epoch: u32) -> Capsule {
    Capsule { to: SealedFor::Agency { number: AgencyNumber(0), epoch }, sealed: STANDARD.encode("x") }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_of_another_agency_writes_of_keys_that_nobody_goes_by_keeps_no_key_from_its_end() {
    let it = rotated_after(async |it| {
        let tip = it.send("one", &it.newest, &[0, 1]).await;
        let what = Kind::Rekey { thread: TipId([7; 32]), without: vec![], capsules: vec![claimed(1)] };
        writes(it, &it.site.members[2], tip, what).await;
        // One that opens, and shuts out an agency that has not left.
        let thread = ThreadKey::generate();
        let text = knothole::crypto::capsule::Capsule { id: thread.id(), letter_sha256: Hex([0; 32]), thread };
        let sealed = STANDARD.encode(text.seal(&recipient(&it.newest, 0)));
        let capsules = vec![Capsule { sealed, ..claimed(1) }];
        let what = Kind::Rekey { thread: text.id, without: vec![Excluded::Agency(AgencyNumber(0))], capsules };
        writes(it, &it.site.members[2], tip, what).await;
    })
    .await;
    for member in [0, 1] {
        let inbox = says_at(&it.site, member, LATER, &["inbox"]).await;
        assert!(inbox.out.contains("one"), "{inbox:?}");
        keys(&it, member, LATER, &["retire", "1", "--yes"]).await;
    }
    assert_eq!(old_copies(&it), 0);
}

/// The first word of it shuts us out, the second makes it count, and ours is the only key that opens it.
#[tokio::test(flavor = "multi_thread")]
async fn a_later_key_that_counts_keeps_the_old_key_however_it_was_first_told() {
    let it = rotated_after(async |it| {
        let tip = it.send("one", &it.newest, &[0, 1]).await;
        let id = tip.to_string();
        does(it, 2, &["recuse", &id, "--reason", "x", "--confirm", &id]).await;
        let quin = &it.site.members[3];
        let (_, known) = synced(quin).await.unwrap();
        let left = known.case(tip).left.iter().cloned().collect::<Vec<_>>();
        assert_eq!(left.len(), 1);
        let key = ThreadKey::generate();
        let text = knothole::crypto::capsule::Capsule { id: key.id(), letter_sha256: Hex([0; 32]), thread: key };
        let sealed = STANDARD.encode(text.seal(&recipient(&it.newest, 0)));
        let shut_out = vec![Excluded::Agency(AgencyNumber(0))];
        for (without, capsules) in [(shut_out, vec![Capsule { sealed, ..claimed(1) }]), (left, Vec::new())] {
            writes(it, quin, tip, Kind::Rekey { thread: text.id, without, capsules }).await;
        }
        let (_, known) = synced(quin).await.unwrap();
        assert_eq!(known.case(tip).threads.len(), 1);
    })
    .await;
    let refused = says_at(&it.site, 0, LATER, &["keys", "retire", "1", "--yes"]).await;
    assert!(refused.exit == Exit::Conflict && refused.notes.contains("1 later keys of tips"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_key_of_a_tip_that_the_agency_has_left_keeps_no_key_from_its_end() {
    let it = rotated_after(async |it| {
        let tip = it.send("one", &it.newest, &[0, 1]).await.to_string();
        let leave = ["recuse", &tip, "--reason", "x", "--agency", "--confirm", &tip];
        does(it, 0, &["note", &tip, "-m", "before"]).await;
        does(it, 2, &leave).await;
        does(it, 0, &["note", &tip, "-m", "under a later key"]).await;
        does(it, 0, &leave).await;
    })
    .await;
    for member in [0, 1] {
        keys(&it, member, LATER, &["retire", "1", "--yes"]).await;
    }
    assert_eq!(old_copies(&it), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_key_that_only_the_old_key_opens_keeps_it_until_it_is_given_again_whatever_others_say_of_it() {
    let it = rotated_after(async |it| {
        let tip = it.send("one", &it.newest, &[0, 1]).await;
        let id = tip.to_string();
        does(it, 2, &["recuse", &id, "--reason", "x", "--confirm", &id]).await;
        does(it, 0, &["note", &id, "-m", "under a later key"]).await;
        let (_, known) = synced(&it.site.members[3]).await.unwrap();
        let [later] = &known.case(tip).threads[..] else { panic!("one later key") };
        let without = later.without.iter().cloned().collect();
        let what = Kind::Rekey { thread: later.thread, without, capsules: vec![claimed(9)] };
        writes(it, &it.site.members[3], tip, what).await;
    })
    .await;
    let refused = says_at(&it.site, 0, LATER, &["keys", "retire", "1", "--yes"]).await;
    assert!(
        refused.exit == Exit::Conflict
            && refused.notes.contains("1 later keys of tips were given to your agency under key 1 alone, by mia\n"),
        "{refused:?}"
    );
    let again = keys(&it, 0, LATER, &["rekey"]).await;
    assert!(again.out.contains("1 later keys of tips are sealed again to key 2\n"), "{again:?}");
    for member in [0, 1] {
        keys(&it, member, LATER, &["retire", "1", "--yes"]).await;
    }
    assert_eq!(old_copies(&it), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_that_says_falsely_to_which_key_it_is_sealed_keeps_no_key_from_its_end_once_all_are_sealed_again() {
    let mut old = None;
    let it = rotated_after(async |it| {
        old = Some(it.newest.clone());
        it.send("one", &it.newest, &[0]).await;
    })
    .await;
    let (newest, answers) =
        (it.newest.read().unwrap().public.version, Answers { story: Some("two".into()), ..Answers::default() });
    let false_one = it.send_under(newest, answers, &old.unwrap(), &[0]).await;
    let refused = says_at(&it.site, 0, LATER, &["keys", "retire", "1", "--yes"]).await;
    let named = format!("of T-{}", &false_one.to_string()[..12]);
    assert!(refused.exit == Exit::Integrity && refused.notes.contains(&named), "{refused:?}");
    assert!(refused.notes.contains("`desk keys reseal --all`"), "{refused:?}");
    let nothing = keys(&it, 0, LATER, &["reseal"]).await;
    assert!(nothing.out.starts_with("nothing to seal again"), "{nothing:?}");

    // Whoever makes ever new ones keeps it no longer than two members let them.
    let lost = keys(&it, 0, LATER, &["retire", "1", "--lose", "--yes"]).await;
    assert!(lost.notes.contains("lost with it: ") && lost.notes.contains(&named), "{lost:?}");
    assert!(lost.out.starts_with("noted that nothing needs key 1") && old_copies(&it) > 0, "one alone: {lost:?}");

    let sealed = keys(&it, 0, LATER, &["reseal", "--all"]).await;
    assert!(sealed.out.starts_with("sealed 2 capsules again to key 2\n"), "all of them, whatever opens: {sealed:?}");
    let again = keys(&it, 0, LATER, &["reseal", "--all"]).await;
    assert!(again.out.starts_with("2 of yours wait\n"), "it goes on where it stopped: {again:?}");
    let taken = keys(&it, 1, LATER, &["reseal"]).await;
    assert!(taken.out.starts_with("2 capsules that a colleague sealed to key 2 took the place"), "{taken:?}");
    for member in [0, 1] {
        keys(&it, member, LATER, &["retire", "1", "--yes"]).await;
    }
    assert_eq!(old_copies(&it), 0);
    let inbox = says_at(&it.site, 1, LATER, &["inbox"]).await;
    assert!(inbox.exit == Exit::Ok && inbox.out.contains("one") && inbox.out.contains("two"), "{inbox:?}");
}
