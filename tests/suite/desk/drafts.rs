//! The draft in an admin's folder: one that is published is known for that, one that was overtaken or refused spoils nothing.

use super::commands::{Said, passphrase_file, said_at};
use super::site::NOW;
use super::true_site::TrueSite;
use knothole::crypto::keyring::Paper;
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use std::path::PathBuf;

async fn says(it: &TrueSite, who: usize, words: &[&str]) -> Said {
    let (file, draft) = (passphrase_file(&it.site), draft(it));
    let dir = it.site.admins[who].profile.dir();
    let start = ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap()];
    said_at(NOW, &[&start[..], &["admin"], words, &["--draft", draft.to_str().unwrap()]].concat()).await
}

fn draft(it: &TrueSite) -> PathBuf {
    it.dir.path().join("draft.json")
}

/// Files of drafts that lie there.
fn files(it: &TrueSite) -> Vec<String> {
    let names = std::fs::read_dir(it.dir.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name.starts_with("draft"));
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_copy_of_a_version_that_others_followed_is_no_fork() {
    let mut it = TrueSite::open().await;
    let own = it.newest.clone();
    it.publish(NOW, |_| ()).await;
    Paper::Version(own).write(&draft(&it)).unwrap();
    let again = says(&it, 0, &["publish"]).await;
    assert_eq!(again.out, "version 2 was published before, and others since: the newest is 3\n", "{again:?}");
    let signed = says(&it, 1, &["sign", "--yes", "--publish"]).await;
    assert!(signed.exit == Exit::Conflict && signed.notes.starts_with("desk: version 2 is published already\nhint: "));
    let shown = says(&it, 1, &["show"]).await;
    assert!(shown.out.contains("\n  version: 1 → 2\n") && shown.out.ends_with("it is published\n"), "{shown:?}");
    let other = it.site.next(&it.site.zero, |draft| drop(admin::add_agency(draft, knothole::model::agency::AgencyKind::Other)));
    Paper::Version(other).write(&draft(&it)).unwrap();
    let fork = says(&it, 1, &["publish"]).await;
    assert!(fork.exit == Exit::Conflict && fork.notes.contains("another version 1 was published first"), "{fork:?}");
}
