//! A keyring that comes to its end, as the list of tips tells of it.

use super::commands::says_at;
use super::site::Site;
use super::true_site::TrueSite;
use knothole::desk::failure::Exit;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_keyring_is_told_a_month_two_weeks_a_week_and_a_day_before_at_every_sync_and_to_everyone_alike()
{
    let mut it = TrueSite::open().await;
    let expires = it.newest.read().unwrap().public.expires;
    for (days, said) in [
        (31, ""),
        (30, "note: version 2 of the keyring is good for 30 more days\n"),
        (14, "note: version 2 of the keyring is good for 14 more days: two weeks at most\n"),
        (7, "note: version 2 of the keyring is good for 7 more days: this is the last week\n"),
        (1, "note: version 2 of the keyring is good until tomorrow only\n"),
    ] {
        let now = u64::try_from(expires.minus(days).epoch_days()).unwrap() * 86_400 + 7_200;
        it = it.again_at(now).await;
        for member in [0, 0, 1, 2] {
            let inbox = says_at(&it.site, member, now, &["inbox"]).await;
            assert_eq!((inbox.exit, inbox.notes.as_str()), (Exit::Ok, said), "{days} days before, member {member}");
        }
        let watch = says_at(&it.site, 3, now, &["watch", "--once"]).await;
        assert_eq!((watch.exit, watch.notes.as_str()), (Exit::Ok, said), "who only watches is told, too");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn how_near_the_end_of_the_keyring_is_shows_in_no_request() {
    let mut asked = BTreeSet::new();
    for days in [31, 30, 14, 7, 1, 0, -1] {
        let (site, door, newest) = Site::at_door().await;
        let day = newest.read().unwrap().public.expires.epoch_days() - days;
        let now = u64::try_from(day).unwrap() * 86_400 + 7_200;
        door.state().asked.clear();
        let mut of_day = Vec::new();
        for words in [&["inbox"][..], &["inbox"], &["watch", "--once"]] {
            let said = says_at(&site, 0, now, words).await;
            assert_eq!(said.exit, Exit::Ok, "{days}: {said:?}");
            of_day.push(std::mem::take(&mut door.state().asked));
        }
        assert!(of_day.iter().all(|asked| asked.len() > 3), "{of_day:?}");
        asked.insert(of_day);
    }
    assert_eq!(asked.len(), 1, "{asked:?}");
}
