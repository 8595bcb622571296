//! What `desk` tells the server of the tips it opened, and when.

use super::door::{Door, StoredTip};
use super::flow::{synced, synced_at};
use super::site::{NOW, Person, Site, recipient};
use knothole::desk::keep;
use knothole::model::tip::TipId;

const DAY: u64 = 86_400;

/// A site where the first agency has opened so many tips, and another agency has as many of its own.
async fn opened(tips: usize) -> (Site, Door, Vec<TipId>) {
    let (site, door, newest) = Site::at_door().await;
    let own = (0..tips).map(|_| StoredTip::telling("ours", &[Some(recipient(&newest, 0)), None]));
    let others = (0..tips).map(|_| StoredTip::telling("theirs", &[None, Some(recipient(&newest, 1))]));
    let own: Vec<_> = own.collect();
    let mut ids: Vec<_> = own.iter().map(|tip| tip.id).collect();
    ids.sort_unstable();
    door.state().tips = own.into_iter().chain(others).collect();
    synced(&site.members[0]).await.unwrap();
    (site, door, ids)
}

/// What the door was told so far, sorted within each batch.
fn told(door: &Door) -> Vec<Vec<TipId>> {
    let mut batches = door.state().kept.clone();
    for batch in &mut batches {
        batch.sort_unstable();
    }
    batches
}

async fn sync_at(person: &Person, now: u64) {
    synced_at(person, now).await.unwrap();
}

#[tokio::test]
async fn nothing_is_told_on_the_day_of_opening_and_all_in_one_batch_within_four_days_and_once() {
    let (site, door, ids) = opened(12).await;
    let mia = &site.members[0];
    sync_at(mia, NOW).await;
    sync_at(mia, NOW + keep::SHORTEST_WAIT - 1).await;
    assert_eq!(told(&door), Vec::<Vec<TipId>>::new());
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    assert_eq!(told(&door), [ids]);
    sync_at(mia, NOW + 100 * DAY).await;
    assert_eq!(told(&door).len(), 1);
}

#[tokio::test]
async fn what_is_told_is_not_in_the_servers_order() {
    let (site, door, _) = opened(12).await;
    let listed: Vec<_> = door.state().tips[..12].iter().map(|tip| tip.id).collect();
    sync_at(&site.members[0], NOW + keep::LONGEST_WAIT).await;
    assert_ne!(door.state().kept[0], listed); // by chance the same once in 479,001,600 runs
}

#[tokio::test]
async fn what_a_server_does_not_take_is_told_again_at_the_next_sync_and_nobody_is_bothered() {
    let (site, door, ids) = opened(3).await;
    let mia = &site.members[0];
    door.state().keeps_nothing = true;
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    assert!(door.state().asked.contains(&"POST /v1/keep".to_owned()));
    door.state().keeps_nothing = false;
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    assert_eq!(told(&door), [ids]);
}

#[tokio::test]
async fn what_was_forgotten_is_told_again_after_another_wait() {
    let (site, door, ids) = opened(3).await;
    let mia = &site.members[0];
    for lost in [&b"not what was written"[..], b""] {
        std::fs::write(keep::path(&mia.profile), lost).unwrap();
        sync_at(mia, NOW).await;
    }
    std::fs::remove_file(keep::path(&mia.profile)).unwrap();
    sync_at(mia, NOW + DAY).await;
    sync_at(mia, NOW + 2 * DAY - 1).await;
    assert_eq!(told(&door), Vec::<Vec<TipId>>::new());
    sync_at(mia, NOW + 5 * DAY).await;
    assert_eq!(told(&door), [ids]);
}

#[tokio::test]
async fn tips_of_a_cache_that_was_brought_anew_are_told_again() {
    let (site, door, mut ids) = opened(3).await;
    let mia = &site.members[0];
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    std::fs::remove_dir_all(mia.profile.cache_dir().join("segments")).unwrap();
    door.state().tips.remove(0);
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    sync_at(mia, NOW + 2 * keep::LONGEST_WAIT).await;
    let told = told(&door);
    assert_eq!(told[0], ids);
    ids.retain(|id| told[1].contains(id));
    assert_eq!((ids.len(), &told[1]), (2, &ids));
}

#[tokio::test]
async fn what_waits_lies_sealed() {
    let (site, _door, ids) = opened(3).await;
    let bytes = std::fs::read(keep::path(&site.members[0].profile)).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    let text = ids[0].to_string();
    assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()));
}

#[tokio::test]
async fn each_sync_makes_a_batch_of_what_it_opened_with_a_wait_of_its_own() {
    let (site, door, ids) = opened(2).await;
    let mia = &site.members[0];
    let newest = door.state().versions[2].clone();
    door.state().tips.push(StoredTip::telling("late", &[Some(recipient(&newest, 0)), None]));
    let late = door.state().tips.last().unwrap().id;
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    assert_eq!(told(&door), [ids]);
    sync_at(mia, NOW + 2 * keep::LONGEST_WAIT).await;
    assert_eq!(told(&door)[1], [late]);
}

/// How far the desk said last that it has read.
fn last_said(door: &Door) -> u64 {
    door.state().read.last().unwrap().1.tips
}

#[tokio::test]
async fn a_desk_says_that_it_has_read_no_further_than_it_has_told_what_is_no_junk() {
    let (site, door, _) = opened(3).await;
    let mia = &site.members[0];
    door.state().keeps_nothing = true;
    assert_eq!(last_said(&door), 0);
    sync_at(mia, NOW + keep::LONGEST_WAIT - 1).await;
    assert_eq!(last_said(&door), 0);
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    assert_eq!(last_said(&door), 0, "the server did not take it");
    door.state().keeps_nothing = false;
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    assert_eq!((told(&door).len(), last_said(&door)), (1, 6));
}

#[tokio::test]
async fn a_desk_that_opened_nothing_waits_as_long_before_it_says_how_far_it_has_read() {
    let (site, door, newest) = Site::at_door().await;
    let tips = [0, 1].map(|_| StoredTip::telling("theirs", &[None, Some(recipient(&newest, 1))]));
    door.state().tips = tips.into();
    let mia = &site.members[0];
    for (now, said) in [(NOW, 0), (NOW + keep::LONGEST_WAIT - 1, 0), (NOW + keep::LONGEST_WAIT, 2)] {
        sync_at(mia, now).await;
        assert_eq!(last_said(&door), said, "{now}");
    }
}

#[tokio::test]
async fn a_clock_that_was_ahead_for_one_sync_makes_a_desk_say_nothing_it_has_not_told() {
    let (site, door, _) = opened(2).await;
    let mia = &site.members[0];
    sync_at(mia, NOW).await;
    let newest = door.state().versions[2].clone();
    door.state().tips.push(StoredTip::telling("late", &[Some(recipient(&newest, 0)), None]));
    sync_at(mia, NOW + 300 * DAY).await;
    sync_at(mia, NOW + keep::LONGEST_WAIT).await;
    assert!(last_said(&door) <= 4, "the last one, which it has not told of, is the fifth");
    sync_at(mia, NOW + 3 * keep::LONGEST_WAIT).await;
    assert_eq!((told(&door).concat().len(), last_said(&door)), (3, 5));
}
