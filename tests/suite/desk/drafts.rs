//! The draft in an admin's folder: one that is published is known for that, one that was overtaken or refused spoils nothing.

use super::commands::{Said, passphrase_file, said_at};
use super::site::NOW;
use super::true_site::TrueSite;
use knothole::crypto::keyring::Paper;
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyKind;
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
    let other = it.site.next(&it.site.zero, |draft| {
        admin::add_agency(draft, AgencyKind::Other);
    });
    Paper::Version(other).write(&draft(&it)).unwrap();
    let fork = says(&it, 1, &["publish"]).await;
    assert!(fork.exit == Exit::Conflict && fork.notes.contains("another version 1 was published first"), "{fork:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_overtaken_is_named_and_takes_no_change() {
    let mut it = TrueSite::open().await;
    assert_eq!(says(&it, 0, &["agency", "add", "--kind", "other"]).await.exit, Exit::Ok);
    it.publish(NOW, |_| ()).await; // by the other admin: this machine does not know of it
    let stale = std::fs::read(draft(&it)).unwrap();
    let pages = it.dir.path().join("pages.json");
    let hash = "5a".repeat(32);
    std::fs::write(&pages, format!(r#"{{"en":{{"html":"{hash}","script":"{hash}","offline":"{hash}"}}}}"#)).unwrap();
    for words in [&["pages", pages.to_str().unwrap()][..], &["agency", "add", "--kind", "police"], &["agency", "key"]] {
        let refused = says(&it, 0, words).await;
        assert_eq!((refused.exit, refused.out.as_str()), (Exit::Conflict, ""), "{words:?}: {refused:?}");
        assert!(
            refused.notes.contains("is a draft of version 3, and version 3 was published without it"),
            "{refused:?}"
        );
    }
    assert_eq!(std::fs::read(draft(&it)).unwrap(), stale);
    assert_eq!(files(&it), ["draft.json"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_overtaken_keeps_nobody_in_who_has_to_go_at_once() {
    let mut it = TrueSite::open().await;
    assert_eq!(says(&it, 0, &["agency", "add", "--kind", "other"]).await.exit, Exit::Ok);
    let stale = std::fs::read(draft(&it)).unwrap();
    it.publish(NOW, |_| ()).await;
    let revoked = says(&it, 0, &["revoke", "ned", "--sign", "--yes"]).await;
    assert_eq!(revoked.exit, Exit::Ok, "{revoked:?}");
    assert!(revoked.notes.contains("draft.3-overtaken.json, and what it was to change is not in the new one"));
    assert_eq!(std::fs::read(it.dir.path().join("draft.3-overtaken.json")).unwrap(), stale);
    let second = says(&it, 1, &["sign", "--yes", "--publish"]).await;
    assert!(second.out.ends_with("published version 4\n"), "{second:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_moves_no_file_and_speaks_of_none() {
    let it = TrueSite::open().await;
    let path = it.site.dir.path().join("mia.json");
    it.site.members[0].profile.enrolment(&it.site.members[0].identity).write(&path).unwrap();
    Paper::Version(it.newest.clone()).write(&draft(&it)).unwrap();
    let known = says(&it, 0, &["member", "add", path.to_str().unwrap(), "--yes"]).await;
    assert!(known.notes.starts_with("desk: \"mia\" is a member already\nhint: "), "{known:?}");
    let nobody = says(&it, 0, &["revoke", "nobody"]).await;
    assert!(nobody.notes.starts_with("desk: no member is called \"nobody\"\nhint: "), "{nobody:?}");
    assert_eq!(files(&it), ["draft.json"]);
    assert_eq!(says(&it, 0, &["revoke", "ned"]).await.exit, Exit::Ok);
    assert_eq!(files(&it), ["draft.2.json", "draft.json"]);
}
