//! `desk admin status`: one screen, the same as JSON, and a code by what is worst.

use super::commands::{Said, passphrase_file, said_at, says_at};
use super::site::NOW;
use super::true_site::TrueSite;
use knothole::desk::admin::changes::describe;
use knothole::desk::admin::{self, revoke};
use knothole::desk::failure::Exit;
use serde_json::Value;

const DAY: u64 = 86_400;

async fn status(it: &TrueSite, now: u64, words: &[&str]) -> Said {
    let file = passphrase_file(&it.site);
    let dir = it.site.admins[1].profile.dir();
    let start = ["--no-input", "--profile", dir.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap()];
    said_at(now, &[&start[..], &["admin", "status"], words].concat()).await
}

/// The line of a check, by its first words.
fn line<'a>(said: &'a Said, start: &str) -> &'a str {
    said.out.lines().find(|line| line.contains(start)).unwrap_or_else(|| panic!("no {start}: {said:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_site_fits_one_screen_and_what_waits_is_said_with_what_to_do() {
    let mut it = TrueSite::open().await;
    it.send("one", &it.newest, &[0]).await;
    for member in [0, 2] {
        assert_eq!(says_at(&it.site, member, NOW, &["inbox"]).await.exit, Exit::Ok);
    }
    let sound = status(&it, NOW, &[]).await;
    assert_eq!(sound.exit, Exit::Ok, "{sound:?}");
    assert!(sound.out.lines().count() <= 24, "{}", sound.out);
    assert!(line(&sound, "  keyring ").contains("90 more days"), "{sound:?}");
    assert!(line(&sound, "  tips ").contains("fewer than 100 stored"), "{sound:?}");
    assert!(
        line(&sound, "help line (0)").ends_with("key 1, 0 days old; no canary has reached it this month"),
        "{sound:?}"
    );

    it = it.again_at(NOW + 83 * DAY).await;
    let late = status(&it, NOW + 83 * DAY, &["--json"]).await;
    assert_eq!(late.exit, Exit::Ok, "{late:?}");
    let json: Value = serde_json::from_str(&late.out).unwrap();
    let levels: Vec<_> = json["checks"].as_array().unwrap().iter().map(|one| one["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["warn", "ok", levels[2], "warn", "warn", "warn", "warn"], "{json}");
    assert_eq!(json["server"]["tips"], "under100");
    assert!(json["checks"][5]["text"].as_str().unwrap().contains("its desks last read on 2026-11-24"), "{json}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_taken_out_with_a_key_in_use_ends_it_with_one() {
    let mut it = TrueSite::open().await;
    it.publish(NOW, |draft| drop(revoke::revoke(draft, "ned", false).unwrap())).await;
    let said = status(&it, NOW, &[]).await;
    assert_eq!(said.exit, Exit::Other, "{said:?}");
    assert!(line(&said, "help line (0)").contains("taken out, and had its key: ned"), "{said:?}");
    assert!(said.notes.contains("one thing must be put right"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_signs_and_reads_too_is_named_to_whoever_signs_and_on_the_screen() {
    const SAID: &str = "ada signs the keyring, and reads for agency 1 with another key";
    let mut it = TrueSite::open().await;
    let ada = it.site.device("laptop", "ada", 1);
    let (before, member) = (it.newest.read().unwrap(), ada.as_member());
    it.publish(NOW, |draft| admin::add_member(draft, member).unwrap()).await;
    let changes = describe(Some(&before), &it.newest.read().unwrap());
    assert!(changes.iter().any(|line| line == SAID) && describe(None, &before).iter().all(|line| line != SAID));
    assert!(line(&status(&it, NOW, &[]).await, "  roles ").ends_with(SAID));
}
