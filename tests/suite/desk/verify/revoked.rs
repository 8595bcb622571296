//! A member who is taken out on the worst of days: the form stays under what was signed of it, or it is said that it does not.

use super::super::commands::{Said, passphrase_file, said_now};
use super::Form;
use knothole::desk::failure::Exit;
use std::process::Command;

/// Runs a command as an admin, on a draft of the test's own.
async fn admin(form: &Form, admin: usize, words: &[&str]) -> Said {
    let file = passphrase_file(&form.site);
    let dir = form.site.admins[admin].profile.dir();
    let draft = form.dir.path().join("draft.json");
    let start =
        ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap(), "admin"];
    let said = said_now(&[&start, words, &["--draft", draft.to_str().unwrap()]].concat()).await;
    assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_an_agency_in_which_one_is_left_is_hashed_from_the_draft_as_it_will_be_shown() {
    let form = Form::behind(|_, _| {}).await;
    admin(&form, 0, &["revoke", "ned"]).await;
    let (draft, pages) = (form.dir.path().join("draft.json"), form.dir.path().join("pages.json"));
    let words = ["page", draft.to_str().unwrap(), "--manifest"];
    let printed = Command::new(env!("CARGO_BIN_EXE_knothole")).args(words).env_clear().output().unwrap();
    std::fs::write(&pages, printed.stdout).unwrap();
    admin(&form, 0, &["pages", pages.to_str().unwrap()]).await;
    admin(&form, 0, &["sign", "--yes"]).await;
    admin(&form, 1, &["sign", "--yes", "--publish"]).await;
    let done = form.verified(&[]).await;
    assert!(done.exit == Exit::Ok && done.out.contains("with version 4"), "{done:?}");
}
