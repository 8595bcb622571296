//! An admin's key that was lost: the others put a new one in its place, and the lost one counts for nothing from then on.

use super::commands::{Said, passphrase_file, said_at};
use super::site::{NOW, Person};
use super::true_site::TrueSite;
use knothole::desk::client::ClientError;
use knothole::desk::failure::Exit;
use std::path::Path;

async fn says(it: &TrueSite, person: &Person, words: &[&str]) -> Said {
    let (file, draft) = (passphrase_file(&it.site), it.dir.path().join("draft.json"));
    let start = ["--no-input", "--profile", person.profile.dir().to_str().unwrap(), "--passphrase-file"];
    let draft = ["--draft", draft.to_str().unwrap()];
    said_at(NOW, &[&start[..], &[file.to_str().unwrap(), "admin"], words, &draft].concat()).await
}

fn enrolment(person: &Person, dir: &Path) -> String {
    let path = dir.join("new-admin.json");
    person.profile.enrolment(&person.identity).write(&path).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A site with a third admin, cyd of agency 1, so that two are left when one is lost.
async fn with_three() -> (TrueSite, Person) {
    let mut it = TrueSite::open().await;
    let cyd = it.site.new_admin("cyd", 1);
    it.publish(NOW, |draft| draft.public.admins.push(cyd.as_admin())).await;
    (it, cyd)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_admin_key_is_replaced_by_the_others_and_counts_for_nothing_afterwards() {
    let (it, cyd) = with_three().await;
    let (ada, bea) = (&it.site.admins[0], &it.site.admins[1]);
    let new = it.site.new_admin("bea-2", 1);
    let file = enrolment(&new, it.site.dir.path());
    let said = says(&it, ada, &["replace", "bea", &file, "--yes"]).await;
    assert_eq!(said.exit, Exit::Ok, "{said:?}");
    assert!(said.out.contains("the draft has the admin bea-2 in the place of bea"), "{said:?}");
    assert_eq!(says(&it, ada, &["sign", "--yes"]).await.exit, Exit::Ok);
    let alone = says(&it, ada, &["publish"]).await;
    assert_ne!(alone.exit, Exit::Ok, "one admin replaces nobody: {alone:?}");
    let own = says(&it, &new, &["sign", "--yes"]).await;
    assert_ne!(own.exit, Exit::Ok, "nobody signs for their own admission: {own:?}");
    assert_eq!(says(&it, &cyd, &["sign", "--yes"]).await.exit, Exit::Ok);
    let published = says(&it, ada, &["publish"]).await;
    assert_eq!(published.exit, Exit::Ok, "{published:?}");

    let refused = bea.client().secrets().await.err();
    assert!(matches!(refused, Some(ClientError::NotAccepted)), "{refused:?}");
    assert!(new.client().secrets().await.is_ok());
    std::fs::remove_file(it.dir.path().join("draft.json")).unwrap();
    let back = says(&it, ada, &["replace", "bea-2", &enrolment_again(bea, &it), "--yes"]).await;
    let signed = says(&it, ada, &["sign", "--yes"]).await;
    assert!(back.exit != Exit::Ok || signed.exit != Exit::Ok, "a key that was taken away never comes back: {signed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_publishes_a_version_without_themselves_is_told_that_it_is_published() {
    let (it, _cyd) = with_three().await;
    let (ada, bea) = (&it.site.admins[0], &it.site.admins[1]);
    let file = enrolment(&it.site.new_admin("ada-2", 0), it.site.dir.path());
    assert_eq!(says(&it, ada, &["replace", "ada", &file, "--yes"]).await.exit, Exit::Ok);
    for signer in [ada, bea] {
        assert_eq!(says(&it, signer, &["sign", "--yes"]).await.exit, Exit::Ok);
    }
    let published = says(&it, ada, &["publish"]).await;
    assert!(published.exit == Exit::Ok && published.out.contains("published version 4"), "{published:?}");
    assert!(matches!(ada.client().secrets().await, Err(ClientError::NotAccepted)));
}

fn enrolment_again(person: &Person, it: &TrueSite) -> String {
    std::fs::remove_file(it.site.dir.path().join("new-admin.json")).unwrap();
    enrolment(person, it.site.dir.path())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_admin_is_not_replaced_and_nobody_is_one_twice() {
    let (it, cyd) = with_three().await;
    let file = enrolment(&cyd, it.site.dir.path());
    let unknown = says(&it, &it.site.admins[0], &["replace", "zoe", &file, "--yes"]).await;
    assert_eq!((unknown.exit, unknown.notes.contains("no admin is called \"zoe\"")), (Exit::NotFound, true));
    let twice = says(&it, &it.site.admins[0], &["replace", "ada", &file, "--yes"]).await;
    assert_eq!((twice.exit, twice.notes.contains("\"cyd\" is an admin already")), (Exit::Conflict, true));
    let draft = it.dir.path().join("draft.json");
    assert!(!draft.exists(), "nothing is left of a refusal");
}
