//! A member who is taken out: one command of an admin, and what it sets off.

use super::commands::{Said, passphrase_file, said_at, says_at};
use super::site::{NOW, today};
use super::true_site::TrueSite;
use knothole::desk::admin::revoke::revoke;
use knothole::desk::client::ClientError;
use knothole::desk::failure::Exit;
use serde_json::Value;

const DAY: u64 = 86_400;

/// Runs a command as an admin, on a draft of the test's own.
async fn admin(it: &TrueSite, admin: usize, words: &[&str]) -> Said {
    let file = passphrase_file(&it.site);
    let dir = it.site.admins[admin].profile.dir();
    let draft = it.dir.path().join("draft.json");
    let start =
        ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap(), "admin"];
    said_at(NOW, &[&start, words, &["--draft", draft.to_str().unwrap()]].concat()).await
}

async fn sign_and_publish(it: &TrueSite) {
    for who in [0, 1] {
        let signed = admin(it, who, &["sign", "--yes"]).await;
        assert_eq!(signed.exit, Exit::Ok, "{signed:?}");
    }
    assert_eq!(admin(it, 0, &["publish"]).await.exit, Exit::Ok);
    std::fs::remove_file(it.dir.path().join("draft.json")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_command_of_each_of_two_admins_takes_a_member_out_and_names_whose_part_the_rest_is() {
    let it = TrueSite::open().await;
    let first = admin(&it, 0, &["revoke", "ned", "--sign", "--yes"]).await;
    assert_eq!(first.exit, Exit::Ok, "{first:?}");
    for part in ["of another agency than yours: bea\n", "members of agency 0: mia\n", "it lacks 1 more signature\n"] {
        assert!(first.out.contains(part), "{part}: {}", first.out);
    }
    assert!(it.site.members[1].client().tips_after(0).await.is_ok(), "one admin takes nobody out");
    let second = admin(&it, 1, &["sign", "--yes", "--publish"]).await;
    assert!(second.exit == Exit::Ok && second.out.ends_with("published version 3\n"), "{second:?}");
    let refused = it.site.members[1].client().tips_after(0).await.err();
    assert!(matches!(refused, Some(ClientError::NotAccepted)), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_still_lacks_a_signature_is_not_published() {
    let it = TrueSite::open().await;
    assert_eq!(admin(&it, 0, &["revoke", "ned"]).await.exit, Exit::Ok);
    let alone = admin(&it, 0, &["sign", "--yes", "--publish"]).await;
    assert!(alone.exit == Exit::Ok && !alone.out.contains("published"), "{alone:?}");
    assert!(it.site.members[1].client().tips_after(0).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_makes_room_for_the_next_draft_and_what_was_only_signed_does_not() {
    let it = TrueSite::open().await;
    let draft = it.dir.path().join("draft.json");
    for (who, words) in [(0, &["revoke", "ned", "--sign", "--yes"][..]), (1, &["sign", "--yes", "--publish"])] {
        assert_eq!(admin(&it, who, words).await.exit, Exit::Ok);
    }
    let published = std::fs::read(&draft).unwrap();
    let next = admin(&it, 0, &["agency", "add", "--kind", "prosecutor", "--valid-days", "30"]).await;
    assert!(next.exit == Exit::Ok && next.notes.contains("held version 3, which is published"), "{next:?}");
    assert!(std::fs::read(it.dir.path().join("draft.3.json")).unwrap() == published);

    assert_eq!(admin(&it, 0, &["sign", "--yes"]).await.exit, Exit::Ok);
    let signed = std::fs::read(&draft).unwrap();
    let refused = admin(&it, 1, &["agency", "add", "--kind", "prosecutor"]).await;
    assert!(refused.exit == Exit::Conflict && refused.notes.contains("was signed already"), "{refused:?}");
    assert!(std::fs::read(&draft).unwrap() == signed);
}

async fn member(it: &TrueSite, member: usize, now: u64, words: &[&str]) -> Said {
    says_at(&it.site, member, now, words).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_command_takes_a_member_out_and_says_what_they_could_open_and_what_comes_next() {
    let mut it = TrueSite::open().await;
    it.send("one", &it.newest, &[0]).await;
    it.send("for others", &it.newest, &[1]).await;
    assert_eq!(member(&it, 1, NOW, &["inbox"]).await.exit, Exit::Ok);

    let said = admin(&it, 0, &["revoke", "ned"]).await;
    assert_eq!(said.exit, Exit::Ok, "{said:?}");
    for part in [
        "the draft is without ned (ned), who could open every tip for agency 0 that was sealed to key 1",
        "what they have opened cannot be unseen",
        "`desk admin sign` by admins of two agencies",
        "`desk keys renew` by a member",
        "`desk keys seen-by ned`",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    sign_and_publish(&it).await;
    let refused = it.site.members[1].client().tips_after(0).await.err();
    assert!(matches!(refused, Some(ClientError::NotAccepted)), "{refused:?}");

    let inbox = member(&it, 0, NOW, &["inbox"]).await;
    assert!(inbox.notes.contains("\"ned\" was taken out and had your agency's key"), "{inbox:?}");
    let seen = member(&it, 0, NOW, &["keys", "seen-by", "ned"]).await;
    assert!(
        seen.out.starts_with(
            "ned could open 1 of the tips that this machine knows, until 2026-11-24 or from before version 3:\n  T-"
        ),
        "{seen:?}"
    );
    let seen: Value =
        serde_json::from_str(&member(&it, 0, NOW, &["keys", "seen-by", "ned", "--json"]).await.out).unwrap();
    assert_eq!((seen.as_array().unwrap().len(), seen[0]["status"].as_str()), (1, Some("new")));
    assert_eq!(member(&it, 0, NOW, &["keys", "seen-by", "pam"]).await.exit, Exit::NotFound, "another agency's");

    let copies_of_ned = "select count(*) from agency_key_copy where member = 'ned' and epoch = 2";
    assert_eq!(member(&it, 0, NOW, &["keys", "rotate"]).await.exit, Exit::Ok);
    assert_eq!(it.number(copies_of_ned), 0, "the new key is sealed to those who are there");
    assert_eq!(admin(&it, 1, &["agency", "key"]).await.exit, Exit::Ok);
    sign_and_publish(&it).await;
    let inbox = member(&it, 0, NOW, &["inbox"]).await;
    assert_eq!((inbox.exit, inbox.notes.as_str()), (Exit::Ok, ""));

    // Nobody else reads for the agency now: what she seals herself counts after its days.
    let sealed = member(&it, 0, NOW, &["keys", "reseal"]).await;
    assert!(sealed.out.contains("run `desk keys reseal` again from 2026-12-24 on"), "{sealed:?}");
    let early = member(&it, 0, NOW, &["keys", "reseal"]).await;
    assert!(early.out.starts_with("2 of yours wait\n"), "{early:?}");
    it = it.again_at(NOW + 31 * DAY).await;
    let late = member(&it, 0, NOW + 31 * DAY, &["keys", "reseal"]).await;
    assert!(late.out.starts_with("2 capsules"), "{late:?}");
    assert_eq!(it.number("select count(*) from capsule where agency = 0 and epoch = 2"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_command_of_a_member_does_all_that_can_be_done_now_and_goes_on_when_others_have_done_their_part() {
    let it = TrueSite::open().await;
    let tip = it.send("one", &it.newest, &[0]).await.to_string();
    assert_eq!(member(&it, 0, NOW, &["inbox"]).await.exit, Exit::Ok);
    assert_eq!(member(&it, 0, NOW, &["note", &tip, "-m", "called the school"]).await.exit, Exit::Ok);
    let renew = async || {
        let said = member(&it, 0, NOW, &["keys", "renew"]).await;
        assert_eq!(said.exit, Exit::Ok, "{said:?}");
        said.out
    };
    let nothing = renew().await;
    assert!(nothing.starts_with("nothing to seal again") && nothing.contains("no open tip waits"), "{nothing}");

    assert_eq!(admin(&it, 0, &["revoke", "ned"]).await.exit, Exit::Ok);
    sign_and_publish(&it).await;
    let made = renew().await;
    assert!(made.starts_with("made key 2 of agency 0, as ned left with the one in use"), "{made}");
    let waits = renew().await;
    assert!(waits.starts_with("the key that you made waits"), "{waits}");
    assert_eq!(it.number("select count(*) from capsule where agency = 0 and epoch = 2"), 0, "nothing is sealed early");
    assert_eq!(admin(&it, 1, &["agency", "key"]).await.exit, Exit::Ok);
    sign_and_publish(&it).await;
    let done = renew().await;
    for part in ["sealed 1 capsules again to key 2", "1 open tips have a new key, without ned", "key 2 is in use"] {
        assert!(done.contains(part), "{part}: {done}");
    }
    assert!(renew().await.contains("no open tip waits"), "and nothing is done twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_command_is_the_second_members_word() {
    let it = TrueSite::open().await;
    assert_eq!(member(&it, 0, NOW, &["keys", "rotate"]).await.exit, Exit::Ok);
    let said = member(&it, 1, NOW, &["keys", "renew"]).await;
    assert!(said.exit == Exit::Ok && said.out.starts_with("your copy of key 2 opens"), "{said:?}");
    assert_eq!(admin(&it, 0, &["agency", "key"]).await.exit, Exit::Ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_members_who_renew_in_turn_bring_every_tip_to_the_key_that_was_published() {
    let it = TrueSite::open().await;
    for name in ["one", "two"] {
        it.send(name, &it.newest, &[0]).await;
    }
    let renew = async |of| {
        let said = member(&it, of, NOW, &["keys", "renew"]).await;
        assert_eq!(said.exit, Exit::Ok, "{said:?}");
        said.out
    };
    let sealed_to =
        |epoch: u32| it.number(&format!("select count(*) from capsule where agency = 0 and epoch = {epoch}"));
    assert_eq!(member(&it, 0, NOW, &["keys", "rotate"]).await.exit, Exit::Ok);
    assert!(renew(1).await.starts_with("your copy of key 2 opens"));
    assert_eq!(admin(&it, 0, &["agency", "key"]).await.exit, Exit::Ok);
    sign_and_publish(&it).await;

    let first = renew(0).await;
    assert!(first.starts_with("sealed 2 capsules again to key 2\n2 of yours wait\n"), "{first}");
    assert_eq!(sealed_to(2), 0, "the old ones stay until somebody else has opened the new ones");
    let second = renew(1).await;
    assert!(second.contains("2 capsules that a colleague sealed to key 2 took the place of the old ones"), "{second}");
    assert_eq!(sealed_to(2), 2);
    for of in [0, 1] {
        assert!(renew(of).await.contains("0 tips still need key 1"), "of {of}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_made_before_somebody_was_taken_out_is_refused_by_name_and_another_takes_its_place() {
    let it = TrueSite::open().await;
    assert_eq!(member(&it, 0, NOW, &["keys", "rotate"]).await.exit, Exit::Ok);
    assert_eq!(member(&it, 1, NOW, &["keys", "confirm"]).await.exit, Exit::Ok);
    for words in [&["agency", "key"][..], &["revoke", "ned"]] {
        assert_eq!(admin(&it, 0, words).await.exit, Exit::Ok);
    }
    let signed = admin(&it, 0, &["sign", "--yes"]).await;
    assert!(signed.exit != Exit::Ok && signed.notes.contains("was made for \"ned\", too"), "{signed:?}");
    std::fs::remove_file(it.dir.path().join("draft.json")).unwrap();

    assert_eq!(admin(&it, 0, &["revoke", "ned"]).await.exit, Exit::Ok);
    sign_and_publish(&it).await;
    for words in [&["agency", "key"][..], &["agency", "key", "0"]] {
        let refused = admin(&it, 0, words).await;
        let why = "the new key of agency 0 by \"mia\" was made for \"ned\", too";
        assert!(refused.exit == Exit::Conflict && refused.notes.contains(why), "{refused:?}");
    }
    let made = member(&it, 0, NOW, &["keys", "rotate"]).await;
    assert!(
        made.exit == Exit::Ok && made.notes.contains("passed over key 2 of \"mia\" (made for \"ned\", too"),
        "{made:?}"
    );
    assert_eq!(admin(&it, 0, &["agency", "key"]).await.exit, Exit::Ok);
    sign_and_publish(&it).await;
    let copies = |of: &str| {
        it.number(&format!(
            "select count(*) from agency_key_copy where epoch = 2 and member = '{of}' and exists (
                select 1 from keyring_version where number = 4 and instr(cast(document as text), recipient) > 0)"
        ))
    };
    assert_eq!((copies("mia"), copies("ned")), (1, 0), "what is used now was never sealed to ned");
    let inbox = member(&it, 0, NOW, &["inbox"]).await;
    assert_eq!((inbox.exit, inbox.notes.as_str()), (Exit::Ok, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_reader_of_an_agency_and_who_is_no_member_are_not_taken_out() {
    let it = TrueSite::open().await;
    assert_eq!(admin(&it, 0, &["revoke", "ned"]).await.exit, Exit::Ok);
    let last = admin(&it, 0, &["revoke", "mia"]).await;
    assert_eq!((last.exit, last.notes.contains("\"mia\" is the last who reads for agency 0")), (Exit::Conflict, true));
    assert_eq!(admin(&it, 0, &["revoke", "ned"]).await.exit, Exit::NotFound, "gone already");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_who_publish_at_once_one_is_told_that_the_other_was_first() {
    let it = TrueSite::open().await;
    let before = it.newest.read().unwrap();
    let [one, other] = [1, 2].map(|days| {
        it.site.next(&it.newest, |draft| {
            draft.public.expires = draft.public.expires.plus(days);
        })
    });
    let (ada, bea) = (it.site.admins[0].client(), it.site.admins[1].client());
    let (first, second) = tokio::join!(
        knothole::desk::admin::publish(&ada, &one, Some(&before)),
        knothole::desk::admin::publish(&bea, &other, Some(&before)),
    );
    assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
    let lost = [first, second].into_iter().find_map(Result::err).unwrap();
    assert!(matches!(lost, knothole::desk::admin::AdminError::Client(ClientError::Conflict)), "{lost:?}");
    assert_eq!(it.number("select count(*) from keyring_version"), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_between_the_draft_that_takes_a_member_out_and_its_publication_is_listed_as_theirs() {
    let mut it = TrueSite::open().await;
    let old = it.newest.clone();
    it.send("before the draft", &old, &[0]).await;
    it = it.again_at(NOW + 2 * DAY).await;
    it.send("while it was signed", &old, &[0]).await;
    let drafted = today();
    it.publish(NOW + 2 * DAY, |draft| {
        draft.public.issued = drafted;
        drop(revoke(draft, "ned", false).unwrap());
    })
    .await;
    it.send("after it", &it.newest, &[0]).await;
    assert_eq!(member(&it, 0, NOW + 2 * DAY, &["inbox"]).await.exit, Exit::Ok);
    let seen = member(&it, 0, NOW + 2 * DAY, &["keys", "seen-by", "ned", "--json"]).await;
    let seen: Value = serde_json::from_str(&seen.out).unwrap();
    let mut days: Vec<_> = seen.as_array().unwrap().iter().map(|one| one["day"].as_str().unwrap()).collect();
    days.sort_unstable();
    assert_eq!(days, ["2026-11-24", "2026-11-26"], "{seen}");
}
