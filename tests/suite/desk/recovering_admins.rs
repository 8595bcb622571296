//! Admins who are lost: recovery admins replace them in everyone's sight, and a server that hides it until the end is refused.

use super::commands::{Said, desk, passphrase_file, said_at, says_at};
use super::door::Door;
use super::flow::synced_by;
use super::site::{NOW, Person, Site, today};
use super::true_site::TrueSite;
use knothole::crypto::keyring::{KeyringError, SignedVersion};
use knothole::desk::admin::{self, recover};
use knothole::desk::chain::ChainError;
use knothole::desk::client::ClientError;
use knothole::desk::failure::Exit;
use knothole::desk::sync::SyncError;

const DAY: u64 = 86_400;
/// Days from the first signature of a recovery admin to the day on which the version counts.
const DAYS: u64 = 37;

async fn says(it: &TrueSite, now: u64, person: &Person, words: &[&str]) -> Said {
    let (file, draft) = (passphrase_file(&it.site), it.dir.path().join("recovery.json"));
    let start = ["--no-input", "--profile", person.profile.dir().to_str().unwrap(), "--passphrase-file"];
    let takes_draft = !words.contains(&"status");
    let draft = ["--draft", draft.to_str().unwrap()];
    let draft = if takes_draft { &draft[..] } else { &[] };
    said_at(now, &[&start[..], &[file.to_str().unwrap(), "admin"], words, draft].concat()).await
}

async fn does(it: &TrueSite, now: u64, person: &Person, words: &[&str]) -> String {
    let said = says(it, now, person, words).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said.out
}

/// A site whose keyring names rex (agency 0) and sue (agency 1) as recovery admins, by the commands that people use.
async fn with_recovery() -> (TrueSite, Person, Person) {
    let mut it = TrueSite::open().await;
    let (rex, sue) = (it.site.new_admin("rex", 0), it.site.new_admin("sue", 1));
    it.publish(NOW, |draft| recover::name(draft, vec![rex.as_admin(), sue.as_admin()], 2, 30).unwrap()).await;
    (it, rex, sue)
}

/// Signs and proposes that bea-2 takes the place of bea.
async fn proposed() -> (TrueSite, Person, Person, Person) {
    let (it, rex, sue) = with_recovery().await;
    let new = it.site.new_admin("bea-2", 1);
    let file = it.dir.path().join("bea-2.json");
    new.profile.enrolment(&new.identity).write(&file).unwrap();
    let replaced = does(&it, NOW, &rex, &["replace", "bea", file.to_str().unwrap(), "--yes"]).await;
    assert!(replaced.contains("`desk admin recover sign --draft "), "{replaced}");
    let pages = it.dir.path().join("pages.json");
    let hash = "5a".repeat(32);
    std::fs::write(&pages, format!(r#"{{"en":{{"html":"{hash}","script":"{hash}","offline":"{hash}"}}}}"#)).unwrap();
    let no_page = says(&it, NOW, &rex, &["pages", pages.to_str().unwrap()]).await;
    assert!(no_page.exit == Exit::Usage && no_page.notes.contains("has no hashes of the page"), "{no_page:?}");
    let shown = does(&it, NOW, &rex, &["show"]).await;
    let first = does(&it, NOW, &rex, &["recover", "sign", "--yes"]).await;
    assert!(
        !(shown + &first).contains("knothole page"),
        "it can have no page, and nobody is told to make one: {first}"
    );
    assert!(first.contains("it lacks 1 more") && first.contains("on 2026-12-01 at the latest"), "{first}");
    let alone = says(&it, NOW, &rex, &["recover", "propose"]).await;
    assert_eq!(alone.exit, Exit::Integrity, "one alone proposes nothing: {alone:?}");
    let admins = says(&it, NOW, &it.site.admins[0], &["recover", "sign", "--yes"]).await;
    assert_eq!(admins.exit, Exit::NoKey, "an admin is no recovery admin: {admins:?}");
    does(&it, NOW, &sue, &["recover", "sign", "--yes"]).await;
    let said = does(&it, NOW, &sue, &["recover", "propose"]).await;
    assert!(said.contains("every desk shows it from now on"), "{said}");
    (it, rex, sue, new)
}

/// The server started anew, at another address.
fn moved<const N: usize>(it: &TrueSite, people: [&mut Person; N]) {
    let server = it.site.members[0].profile.site().unwrap().server;
    for person in people {
        person.profile.set_server(&server, None).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_admins_are_replaced_in_everyones_sight_and_not_before_their_day() {
    const NOTE: &str = "recovery admins will put bea-2 in the place of the admins bea on 2026-12-31";
    let (it, rex, mut sue, mut new) = proposed().await;
    for member in [0, 2] {
        let inbox = says_at(&it.site, member, NOW, &["inbox"]).await;
        assert!(inbox.notes.contains(NOTE), "{inbox:?}");
    }
    let screen = says(&it, NOW, &it.site.admins[0], &["status"]).await;
    assert!(screen.exit == Exit::Ok && screen.out.contains(NOTE), "{screen:?}");
    let shown = does(&it, NOW, &it.site.admins[1], &["recover", "status"]).await;
    assert!(shown.contains(NOTE) && shown.contains("words of the enrolment"), "{shown}");
    let early = says(&it, NOW, &rex, &["recover", "publish"]).await;
    assert!(early.exit == Exit::Conflict && early.notes.contains("2026-12-31"), "{early:?}");

    let later = NOW + DAYS * DAY;
    let it = it.again_at(later).await;
    moved(&it, [&mut sue, &mut new]);
    let late = says(&it, later, &sue, &["recover", "publish"]).await;
    assert_eq!(late.exit, Exit::Ok, "{late:?}");
    let refused = it.site.admins[1].client_at(later).secrets().await.err();
    assert!(matches!(refused, Some(ClientError::NotAccepted)), "{refused:?}");
    assert!(new.client_at(later).secrets().await.is_ok());
    let inbox = says_at(&it.site, 0, later, &["inbox"]).await;
    assert!(inbox.exit == Exit::Ok && !inbox.notes.contains("recovery admins"), "{inbox:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_who_are_not_lost_stop_it_by_any_version() {
    let (mut it, mut rex, ..) = proposed().await;
    it.publish(NOW, |_| ()).await;
    let early = says(&it, NOW, &rex, &["recover", "publish"]).await;
    assert!(early.exit == Exit::Conflict && early.notes.contains("it was stopped: another version 4"), "{early:?}");
    let inbox = says_at(&it.site, 0, NOW, &["inbox"]).await;
    assert!(inbox.exit == Exit::Ok && !inbox.notes.contains("recovery admins"), "{inbox:?}");
    let none = does(&it, NOW, &it.site.admins[0], &["recover", "status"]).await;
    assert_eq!(none, "nobody proposes to replace admins\n");
    let later = NOW + DAYS * DAY;
    let it = it.again_at(later).await;
    moved(&it, [&mut rex]);
    let stopped = says(&it, later, &rex, &["recover", "publish"]).await;
    assert!(
        stopped.exit == Exit::Conflict && stopped.notes.contains("it was stopped: another version 4"),
        "{stopped:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_recovery_admins_are_told_to_run_finds_the_draft_as_it_is_printed() {
    let (site, door, newest) = Site::at_door().await;
    let (rex, sue, new) = (site.new_admin("rex", 0), site.new_admin("sue", 1), site.new_admin("bea-2", 1));
    let named = site.next(&newest, |draft| recover::name(draft, vec![rex.as_admin(), sue.as_admin()], 2, 30).unwrap());
    door.state().versions.push(named);
    let dir = tempfile::tempdir().unwrap();
    new.profile.enrolment(&new.identity).write(&dir.path().join("bea-2.json")).unwrap();
    let file = passphrase_file(&site);
    let says = |person: &Person, words: &str| {
        let mut command = desk(&["--no-input", "--passphrase-file", file.to_str().unwrap(), "--profile"]);
        command.arg(person.profile.dir()).arg("admin").args(words.split(' ')).current_dir(dir.path());
        let done = command.output().unwrap();
        let said = [done.stdout, done.stderr].concat();
        (done.status.code(), String::from_utf8(said).unwrap())
    };
    let (code, replaced) = says(&rex, "replace bea bea-2.json --yes --draft recovery.json");
    assert!(code == Some(0) && replaced.contains("`desk admin recover sign` by"), "{replaced}");
    for person in [&rex, &sue] {
        let (code, signed) = says(person, "recover sign --yes");
        assert!(code == Some(0) && signed.contains("`desk admin recover propose` shows it"), "{signed}");
    }
    for verb in ["recover propose", "recover publish"] {
        let (_, said) = says(&sue, verb); // this door takes none
        assert!(!said.contains("there is no draft"), "{verb}: {said}");
    }
    let (_, elsewhere) = says(&rex, "replace ada bea-2.json --yes --draft other.json");
    assert!(elsewhere.contains("`desk admin recover propose --draft other.json`"), "{elsewhere}");
}

/// A site behind a door that can lie, and a version of its recovery admins that counts in 37 days.
async fn at_lying_door() -> (Site, Door, SignedVersion) {
    let (site, door, newest) = Site::at_door().await;
    let (rex, sue) = (site.new_admin("rex", 0), site.new_admin("sue", 1));
    let named = site.next(&newest, |draft| recover::name(draft, vec![rex.as_admin(), sue.as_admin()], 2, 30).unwrap());
    let before = named.read().unwrap();
    let mut draft = admin::next_draft(&before, today(), 90);
    admin::replace_admin(&mut draft, "bea", site.new_admin("dan", 1).as_admin()).unwrap();
    let mut version = recover::fix(draft, &before, today());
    for admin in [&rex, &sue] {
        recover::sign(&mut version, &before, &admin.identity).unwrap();
    }
    door.state().versions.push(named);
    (site, door, version)
}

async fn looks(site: &Site, day: u64) -> Result<usize, ChainError> {
    let (mia, now) = (&site.members[0], NOW + day * DAY);
    match synced_by(&mia.client_at(now), mia, now).await {
        Ok((synced, _)) => Ok(synced.proposed.len()),
        Err(SyncError::Chain(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_desk_that_was_shown_it_in_time_takes_the_new_admins_on_their_day() {
    let (site, door, version) = at_lying_door().await;
    door.state().proposed = vec![version.clone()];
    assert_eq!(looks(&site, 3).await.unwrap(), 1);
    door.state().proposed.clear();
    door.state().versions.push(version);
    let early = looks(&site, DAYS - 5).await.unwrap_err();
    assert!(matches!(early, ChainError::Keyring(KeyringError::RecoveredTooSoon(_))), "{early}");
    assert_eq!(looks(&site, DAYS).await.unwrap(), 0);
}

#[tokio::test]
async fn a_desk_that_looked_and_was_not_shown_it_refuses_the_new_admins() {
    let (site, door, version) = at_lying_door().await;
    assert_eq!(looks(&site, 20).await.unwrap(), 0);
    door.state().proposed = vec![version.clone()];
    assert_eq!(looks(&site, 36).await.unwrap(), 1, "shown on the last day, and hidden until then");
    door.state().versions.push(version);
    door.state().proposed.clear();
    let hidden = looks(&site, DAYS).await.unwrap_err();
    assert!(matches!(hidden, ChainError::Unannounced(4)), "{hidden}");
    assert_eq!(looks(&site, 36 + 30).await.unwrap(), 0, "by then it was in sight for as long as the delay is");
}

#[tokio::test]
async fn a_desk_that_was_shown_nothing_at_all_refuses_the_new_admins_also_without_its_cache() {
    let (site, door, version) = at_lying_door().await;
    assert_eq!(looks(&site, 20).await.unwrap(), 0);
    door.state().versions.push(version);
    let hidden = looks(&site, DAYS + 100).await.unwrap_err();
    assert!(matches!(hidden, ChainError::Unannounced(4)), "{hidden}");
    std::fs::remove_dir_all(site.members[0].profile.cache_dir()).unwrap();
    let hidden = looks(&site, DAYS + 100).await.unwrap_err();
    assert!(matches!(hidden, ChainError::Unannounced(4)), "{hidden}");
}

#[tokio::test]
async fn a_desk_that_did_not_look_meanwhile_takes_the_new_admins_by_their_signatures() {
    let (site, door, version) = at_lying_door().await;
    assert_eq!(looks(&site, 0).await.unwrap(), 0);
    door.state().versions.push(version);
    assert_eq!(looks(&site, DAYS).await.unwrap(), 0);
}

#[tokio::test]
async fn what_a_server_shows_as_a_proposal_and_is_none_says_nothing() {
    let (site, door, version) = at_lying_door().await;
    let mut unsigned = version.clone();
    unsigned.signatures.pop();
    let of_admins = site.next(&door.state().versions[3].clone(), |_| ());
    door.state().proposed = vec![unsigned, of_admins];
    assert_eq!(looks(&site, 1).await.unwrap(), 0);
}
