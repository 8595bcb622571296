//! A member who is taken out on the worst of days: the form stays under what was signed of it, or it is said that it does not.

use super::super::commands::{Said, passphrase_file, said_now};
use super::super::site::Site;
use super::Form;
use knothole::crypto::keyring::Draft;
use knothole::desk::admin::add_member;
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
async fn the_two_commands_that_take_a_member_out_leave_the_form_under_the_page_that_was_signed() {
    let olga = |site: &Site, draft: &mut Draft| add_member(draft, site.newcomer("olga", 0).as_member()).unwrap();
    let form = Form::of(|_, _| {}, olga).await;
    let before = form.newest.read().unwrap();
    let first = admin(&form, 0, &["revoke", "ned", "--sign", "--yes"]).await;
    let stays = format!("the form stays as it was signed, and the keyring good until {}\n", before.public.expires);
    assert!(first.out.contains(&stays) && !first.out.contains("no hashes of the page"), "{first:?}");
    let second = admin(&form, 1, &["sign", "--yes", "--publish"]).await;
    assert!(second.out.ends_with("published version 4\n"), "{second:?}");
    let done = form.verified(&[]).await;
    assert!(done.exit == Exit::Ok && done.out.contains("with version 4"), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_page_cannot_stay_it_is_said_what_to_do_before_anyone_signs() {
    let form = Form::behind(|_, _| {}).await;
    let alone = admin(&form, 0, &["revoke", "ned"]).await;
    assert!(alone.out.contains("no page is signed with it"), "the form says that one person reads there: {alone:?}");
    std::fs::remove_file(form.dir.path().join("draft.json")).unwrap();
    let days = admin(&form, 0, &["revoke", "ned", "--valid-days", "30"]).await;
    assert!(days.out.contains("no page is signed with it: before anyone signs, `knothole page"), "{days:?}");
    std::fs::remove_file(form.dir.path().join("draft.json")).unwrap();
    admin(&form, 0, &["agency", "add", "--kind", "police"]).await;
    let more = admin(&form, 0, &["revoke", "ned"]).await;
    assert!(more.out.contains("no page is signed with it"), "the draft was there: {more:?}");
}

/// Has the page of the draft hashed, signed and published, and looks at it.
async fn is_shown_as_hashed(form: &Form) {
    let (draft, pages) = (form.dir.path().join("draft.json"), form.dir.path().join("pages.json"));
    let words = ["page", draft.to_str().unwrap(), "--manifest"];
    let printed = Command::new(env!("CARGO_BIN_EXE_knothole")).args(words).env_clear().output().unwrap();
    std::fs::write(&pages, printed.stdout).unwrap();
    admin(form, 0, &["pages", pages.to_str().unwrap()]).await;
    admin(form, 0, &["sign", "--yes"]).await;
    admin(form, 1, &["sign", "--yes", "--publish"]).await;
    let done = form.verified(&[]).await;
    assert!(done.exit == Exit::Ok && done.out.contains("with version 4"), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_an_agency_in_which_one_is_left_is_hashed_from_the_draft_as_it_will_be_shown() {
    let form = Form::behind(|_, _| {}).await;
    admin(&form, 0, &["revoke", "ned"]).await;
    is_shown_as_hashed(&form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn so_is_that_of_an_agency_that_gets_a_second_member() {
    let alone = |_: &Site, draft: &mut Draft| draft.staff.members.retain(|member| member.id != "ned");
    let form = Form::of(|_, _| {}, alone).await;
    let (olga, path) = (form.site.newcomer("olga", 0), form.dir.path().join("olga.json"));
    olga.profile.enrolment(&olga.identity).write(&path).unwrap();
    admin(&form, 0, &["member", "add", path.to_str().unwrap(), "--yes"]).await;
    is_shown_as_hashed(&form).await;
}
