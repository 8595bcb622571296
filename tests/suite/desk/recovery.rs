//! Shares of an agency's key: made by a member, held by its people on paper, tried, and put together after every machine was lost.

use super::accessible::on_a_terminal;
use super::commands::{Said, passphrase_file, said_now, says, says_at};
use super::door::{Door, StoredTip};
use super::site::{NOW, PASSPHRASE, Site, recipient};
use knothole::crypto::keyring::SignedVersion;
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use std::path::PathBuf;

const DAY: u64 = 86_400;
const KEYS: [&str; 2] = ["keys", "recover"];

/// A site whose agency 0 has its key in two shares, both of which it takes.
async fn with_shares() -> (Site, Door, SignedVersion, PathBuf) {
    let (site, door, newest) = Site::at_door().await;
    let dir = site.dir.path().join("shares");
    std::fs::create_dir(&dir).unwrap();
    let done = split(&site, &dir, "2", &["mia", "ned"]).await;
    assert_eq!(done.exit, Exit::Ok, "{}", done.notes);
    assert!(done.out.starts_with("key 1 of agency 0 in 2 shares, any 2 of which give it back\n"), "{}", done.out);
    (site, door, newest, dir)
}

async fn split(site: &Site, dir: &std::path::Path, threshold: &str, holders: &[&str]) -> Said {
    let mut words = [&KEYS[..], &["split", "--threshold", threshold, "-o", dir.to_str().unwrap()]].concat();
    for holder in holders {
        words.extend(["--holder", holder]);
    }
    says(site, 0, &words).await
}

/// The words of a holder's share, on paper.
async fn paper(site: &Site, holder: usize, dir: &std::path::Path) -> PathBuf {
    let id = ["mia", "ned"][holder];
    let sealed = dir.join(format!("share-0-1-{id}.age"));
    let said = says(site, holder, &[&KEYS[..], &["words", "--no-pager", sealed.to_str().unwrap()]].concat()).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.notes);
    assert!(said.out.starts_with(&format!("# share {} of 2; any 2 give set ", holder + 1)), "{}", said.out);
    assert_eq!(said.out.lines().skip(1).flat_map(str::split_whitespace).count(), 35);
    let path = dir.join(format!("{id}.txt"));
    std::fs::write(&path, said.out).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_passes_with_enough_shares_and_says_why_it_fails_with_others() {
    let (site, _door, _, dir) = with_shares().await;
    let papers = [paper(&site, 0, &dir).await, paper(&site, 1, &dir).await];
    let papers = papers.each_ref().map(|path| path.to_str().unwrap());
    let drill = async |files: &[&str]| says(&site, 2, &[&["keys", "drill"], files].concat()).await;
    says(&site, 2, &["inbox"]).await; // brings the keyring
    let passed = drill(&papers).await;
    assert_eq!(
        (passed.exit, passed.out.as_str()),
        (Exit::Ok, "pass: 2 shares give key 1 of agency 0\n"),
        "{}",
        passed.notes
    );
    let few = drill(&papers[..1]).await;
    assert!(
        few.exit == Exit::NotFound && few.notes.contains("fail: it takes 2 shares, and so many are there: 1"),
        "{few:?}"
    );

    let other = site.dir.path().join("other");
    std::fs::create_dir(&other).unwrap();
    assert_eq!(split(&site, &other, "2", &["mia", "ned"]).await.exit, Exit::Ok);
    let mixed = drill(&[papers[0], paper(&site, 1, &other).await.to_str().unwrap()]).await;
    assert!(mixed.exit == Exit::Integrity && mixed.notes.contains("does not go with one of set"), "{mixed:?}");

    let text = std::fs::read_to_string(papers[1]).unwrap();
    let broken = dir.join("broken.txt");
    std::fs::write(&broken, text.rsplit_once(' ').unwrap().0).unwrap();
    let short = drill(&[papers[0], broken.to_str().unwrap()]).await;
    assert!(short.exit == Exit::Usage && short.notes.contains("a share has 35 words, not 34"), "{short:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_terminal_a_word_that_is_on_no_list_is_typed_once_more_and_not_the_whole_page() {
    let (site, _door, _, dir) = with_shares().await;
    says(&site, 0, &["inbox"]).await; // brings the keyring
    let papers = [paper(&site, 0, &dir).await, paper(&site, 1, &dir).await];
    let [first, second] = papers.map(|path| std::fs::read_to_string(path).unwrap());
    let fourth = first.split_once('\n').unwrap().1.split_whitespace().nth(3).unwrap();
    let slip = first.replacen(&format!(" {fourth} "), " wrnog ", 1);
    let heard = on_a_terminal(&site, "keys drill", &format!("{slip}\n{fourth}\n\n{second}\n"));
    assert!(heard.contains("word 4 is not on the list: type that word alone"), "{heard}");
    assert!(heard.ends_with("pass: 2 shares give key 1 of agency 0\n"), "{heard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_says_when_shares_were_last_tried_how_that_ended_and_when_they_must_be_again() {
    let (site, door, newest, dir) = with_shares().await;
    let papers = [paper(&site, 0, &dir).await, paper(&site, 1, &dir).await];
    let papers = papers.each_ref().map(|path| path.to_str().unwrap());
    assert_eq!(says(&site, 0, &["inbox"]).await.exit, Exit::Ok); // brings the keyring
    assert!(drill_line(&site, 0, NOW).await.starts_with("ok    drill        no recovery shares of your agency"));
    let drill = async |files: &[&str]| says(&site, 0, &[&["keys", "drill"], files].concat()).await;
    assert_eq!(drill(&papers).await.exit, Exit::Ok);
    let today = drill_line(&site, 0, NOW).await;
    assert_eq!(today, "ok    drill        shares of key 1 of agency 0 gave it on 2026-11-24, 0 days ago");
    let asked = door.state().asked.len();
    assert_ne!(drill(&papers[..1]).await.exit, Exit::Ok);
    let failed = drill_line(&site, 0, NOW).await;
    assert_eq!(failed, "fail  drill        shares of key 1 of agency 0 did not give it on 2026-11-24");
    assert_eq!(drill(&papers).await.exit, Exit::Ok);
    assert!(door.state().asked[asked..].iter().all(|line| !line.starts_with("POST ")), "no server is told");

    assert!(drill_line(&site, 0, NOW + 183 * DAY).await.starts_with("ok "));
    assert!(drill_line(&site, 0, NOW + 184 * DAY).await.starts_with("warn  drill        shares of key 1"));
    assert_eq!(says(&site, 0, &["keys", "rotate"]).await.exit, Exit::Ok);
    assert_eq!(says(&site, 1, &["keys", "confirm"]).await.exit, Exit::Ok);
    let secrets = site.admins[0].client().secrets().await.unwrap();
    let next = site.next(&newest, |draft| drop(admin::take_agency_keys(draft, &secrets)));
    door.state().versions.push(next);
    let old = drill_line(&site, 0, NOW).await;
    assert_eq!(old, "warn  drill        shares of key 1 of agency 0 gave it on 2026-11-24, and key 2 is in use");
}

/// What `desk doctor` says of drills.
async fn drill_line(site: &Site, member: usize, now: u64) -> String {
    let said = says_at(site, member, now, &["doctor"]).await.out;
    said.lines().find(|line| line.contains("  drill ")).unwrap_or_else(|| panic!("{said}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_agencys_own_people_hold_shares_each_another_and_nothing_is_overwritten() {
    let (site, _door, _, dir) = with_shares().await;
    let free = site.dir.path().join("free");
    std::fs::create_dir(&free).unwrap();
    for (threshold, holders, what) in [
        ("2", &["mia", "pam"][..], "\"pam\" is no member of your agency"),
        ("2", &["mia", "ada"], "\"ada\" is no member of your agency"),
        ("2", &["mia", "mia"], "\"mia\" is a person who holds another share already"),
        ("1", &["mia", "ned"], "1 of 2 shares is not possible"),
        ("3", &["mia", "ned"], "3 of 2 shares is not possible"),
    ] {
        let refused = split(&site, &free, threshold, holders).await;
        assert!(refused.exit == Exit::Usage && refused.notes.contains(what), "{what}: {refused:?}");
    }
    assert_eq!(std::fs::read_dir(&free).unwrap().count(), 0);
    let again = split(&site, &dir, "2", &["mia", "ned"]).await;
    assert!(again.exit == Exit::Conflict && again.notes.contains("is not overwritten"), "{again:?}");
    let others = dir.join("share-0-1-ned.age");
    let closed = says(&site, 0, &[&KEYS[..], &["words", "--no-pager", others.to_str().unwrap()]].concat()).await;
    assert!(closed.exit == Exit::NoKey && closed.notes.contains("does not open with your keys"), "{closed:?}");
}

#[cfg(feature = "server")]
#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_one_device_is_a_holder_by_name_and_one_with_two_is_asked_which() {
    let (site, door, newest) = Site::at_door().await;
    let devices = [("nora-laptop", "nora"), ("olga-laptop", "olga"), ("olga-phone", "olga")];
    let next = site.next(&newest, |draft| {
        for (id, owner) in devices {
            admin::add_member(draft, site.device(id, owner, 0).as_member()).unwrap();
        }
    });
    door.state().versions.push(next);
    let dir = site.dir.path().join("shares");
    std::fs::create_dir(&dir).unwrap();
    let which = split(&site, &dir, "2", &["mia", "olga"]).await;
    assert!(which.exit == Exit::Usage && which.notes.contains("of olga-laptop, olga-phone"), "{which:?}");
    let twice = split(&site, &dir, "2", &["nora", "nora-laptop"]).await;
    assert!(twice.exit == Exit::Usage && twice.notes.contains("holds another share already"), "{twice:?}");
    let done = split(&site, &dir, "2", &["nora", "olga-phone"]).await;
    assert_eq!(done.exit, Exit::Ok, "{done:?}");
    assert!(dir.join("share-0-1-nora-laptop.age").exists() && dir.join("share-0-1-olga-phone.age").exists());
}

/// What an admin is told who takes this member out, and does not publish it.
async fn revoked(site: &Site, id: &str) -> String {
    let (file, draft) = (passphrase_file(site), site.dir.path().join("draft.json"));
    let dir = site.admins[0].profile.dir().to_str().unwrap();
    let start = ["--no-input", "--profile", dir, "--passphrase-file", file.to_str().unwrap(), "admin", "revoke", id];
    let said = said_now(&[&start[..], &["--draft", draft.to_str().unwrap()]].concat()).await;
    assert_eq!(said.exit, Exit::Ok, "{said:?}");
    said.out
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_that_lost_every_machine_reads_again_by_what_is_on_paper() {
    let (site, door, newest, dir) = with_shares().await;
    let papers = [paper(&site, 0, &dir).await, paper(&site, 1, &dir).await];
    door.state().tips.push(StoredTip::telling("in the blue house", &[Some(recipient(&newest, 0)), None]));
    let newcomer = site.newcomer("zoe", 0);
    let next = site.next(&newest, |draft| admin::add_member(draft, newcomer.as_member()).unwrap());
    admin::publish(&site.admins[0].client(), &next, Some(&newest.read().unwrap())).await.unwrap();
    let file = site.dir.path().join("zoe-passphrase");
    std::fs::write(&file, PASSPHRASE).unwrap();
    let zoe = async |words: &[&str]| {
        let start = [
            "--no-input",
            "--profile",
            newcomer.profile.dir().to_str().unwrap(),
            "--passphrase-file",
            file.to_str().unwrap(),
        ];
        said_now(&[&start, words].concat()).await
    };
    assert!(!zoe(&["inbox", "--json"]).await.out.contains("blue house"));
    let papers = papers.each_ref().map(|path| path.to_str().unwrap());
    let joined = zoe(&[&KEYS[..], &["join"], &papers].concat()).await;
    assert_eq!(joined.exit, Exit::Ok, "{}", joined.notes);
    assert!(joined.out.starts_with("everyone who reads for agency 0 now has key 1: "), "{}", joined.out);
    assert!(zoe(&["inbox", "--json"]).await.out.contains("in the blue house"));
    let without = revoked(&site, "zoe").await;
    assert!(without.contains("who could open every tip for agency 0 that was sealed to key 1"), "{without}");
    assert!(
        without.contains("whether they were given key 1, from before they came, nothing shows: it counts"),
        "{without}"
    );
    let last = site.next(&next, |draft| drop(admin::revoke::revoke(draft, "zoe", false).unwrap()));
    admin::publish(&site.admins[0].client(), &last, Some(&next.read().unwrap())).await.unwrap();
    let inbox = says(&site, 0, &["inbox"]).await;
    assert!(inbox.notes.contains("\"zoe\" was taken out and had your agency's key"), "{inbox:?}");
    let other = says(&site, 2, &[&KEYS[..], &["join"], &papers].concat()).await;
    assert!(other.exit == Exit::NoKey && other.notes.contains("you read for agency 1"), "{other:?}");
}
