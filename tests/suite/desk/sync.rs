//! Syncs that go wrong: bad tips, cut answers, false keys.

use super::door::StoredTip;
use super::flow::{stories, synced};
use super::site::{Site, recipient, today};
use knothole::crypto::file;
use knothole::crypto::thread::ThreadKey;
use knothole::desk::agency_keys::{self, KeyError};
use knothole::desk::client::{ClientError, Garbled};
use knothole::desk::sync::SyncError;
use knothole::model::tip::TipId;

#[tokio::test]
async fn a_tip_whose_letter_is_no_letter_is_kept_as_unreadable_and_harms_no_other() {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    let thread = ThreadKey::generate();
    let no_json = file::seal(&thread.to_recipient(), &[b'x'; 4096]);
    let swapped =
        StoredTip { letter: StoredTip::telling("other", &agencies).letter, ..StoredTip::telling("x", &agencies) };
    door.state().tips =
        vec![StoredTip::with_letter(thread, no_json, &agencies), swapped, StoredTip::telling("good", &agencies)];
    let (done, known) = synced(&site.members[0]).await.unwrap();
    assert_eq!((done.new, done.unreadable), (1, 2));
    assert_eq!(stories(&known), ["good"]);
    let reasons: Vec<_> = known.unreadable.iter().map(|tip| tip.reason.as_str()).collect();
    assert_eq!(
        reasons,
        ["the letter is not the JSON of a letter", "the letter is not the one that was sealed with the capsule"]
    );
}

#[tokio::test]
async fn a_capsule_moved_to_another_tip_opens_for_nobody_as_that_tip() {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    let moved = StoredTip { id: ThreadKey::generate().id(), ..StoredTip::telling("x", &agencies) };
    door.state().tips = vec![moved];
    let (done, known) = synced(&site.members[0]).await.unwrap();
    assert_eq!((done.new, done.unreadable), (0, 1));
    assert_eq!(known.unreadable[0].reason, "the capsule opened, but belongs to another tip");
}

#[tokio::test]
async fn an_answer_that_was_cut_short_can_be_tried_again() {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    door.state().tips = (0..3).map(|_| StoredTip::telling("one of three", &agencies)).collect();
    door.state().cut_tips_after = Some(17_000);
    let error = synced(&site.members[0]).await.err().unwrap();
    assert!(matches!(error, SyncError::Client(ClientError::CutShort)), "{error}");
    door.state().cut_tips_after = None;
    assert_eq!(synced(&site.members[0]).await.unwrap().1.tips.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_was_cut_short_goes_on_where_it_was() {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    let one = StoredTip::telling("one of many", &agencies);
    let others = StoredTip::telling("for others", &[None, Some(recipient(&newest, 1))]);
    // Each place of the list has an id of its own, and what is not ours need not be sealed anew for each.
    let filled = |at: u64| StoredTip { id: numbered(at), ..others.clone() };
    door.state().tips = (0..600).map(filled).chain([one]).collect();
    let length = others.letter.len() + others.capsules[0].len();
    door.state().cut_tips_after = Some(540 * length);
    assert!(synced(&site.members[0]).await.is_err());
    door.state().cut_tips_after = None;
    door.state().asked.clear();
    assert_eq!(synced(&site.members[0]).await.unwrap().1.tips.len(), 1);
    let asked = door.state().asked.iter().find(|line| line.contains("/v1/tips?after=")).cloned().unwrap();
    let after: u64 = asked.split("after=").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((400..512).contains(&after), "what was read before is not asked for again, but for a little: {asked}");
}

fn numbered(at: u64) -> TipId {
    let mut id = [7; 32];
    id[..8].copy_from_slice(&at.to_be_bytes());
    TipId(id)
}

#[tokio::test]
async fn a_letter_of_a_length_that_none_has_ends_the_reading() {
    let (site, door, newest) = Site::at_door().await;
    let mut tip = StoredTip::telling("x", &[Some(recipient(&newest, 0)), None]);
    tip.letter.push(0);
    door.state().tips = vec![tip];
    let error = synced(&site.members[0]).await.err().unwrap();
    assert!(matches!(error, SyncError::Client(ClientError::Garbled(Garbled::Length))), "{error}");
}

#[tokio::test]
async fn after_a_rotation_tips_sealed_to_either_key_open() {
    let (site, door, newest) = Site::at_door().await;
    let (mia, ned) = (&site.members[0], &site.members[1]);
    let version = newest.read().unwrap();
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await.unwrap();
    let secrets = site.admins[0].client().secrets().await.unwrap();
    let three = site.next(&newest, |draft| {
        assert_eq!(knothole::desk::admin::take_agency_keys(draft, &secrets).0[0].epoch, 2);
    });
    door.state().versions.push(three.clone());
    door.state().tips = vec![
        StoredTip::telling("old key", &[Some(recipient(&newest, 0)), None]),
        StoredTip::telling("new key", &[Some(recipient(&three, 0)), None]),
    ];
    assert_eq!(stories(&synced(mia).await.unwrap().1), ["old key", "new key"]);
}

#[tokio::test]
async fn a_key_that_comes_late_opens_what_came_before_it() {
    let (site, door, newest) = Site::at_door().await;
    let (mia, ned) = (&site.members[0], &site.members[1]);
    let version = newest.read().unwrap();
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    agency_keys::confirm(&ned.client(), &version, &ned.as_member(), &ned.identity, today()).await.unwrap();
    let secrets = site.admins[0].client().secrets().await.unwrap();
    let three = site.next(&newest, |draft| drop(knothole::desk::admin::take_agency_keys(draft, &secrets)));
    door.state().versions.push(three.clone());
    door.state().tips = vec![
        StoredTip::telling("old key", &[Some(recipient(&newest, 0)), None]),
        StoredTip::telling("new key", &[Some(recipient(&three, 0)), None]),
    ];
    let late = door.state().secrets.keys.remove(0);
    assert_eq!(late.key.name.epoch, 1);
    let (done, known) = synced(mia).await.unwrap();
    assert_eq!((done.missing_epochs, stories(&known)), (vec![1], vec!["new key"]));
    door.state().secrets.keys.push(late);
    let (done, known) = synced(mia).await.unwrap();
    assert_eq!((done.missing_epochs, stories(&known)), (vec![], vec!["new key", "old key"]));
}

#[tokio::test]
async fn whoever_made_a_key_cannot_be_the_second_member() {
    let (site, _door, newest) = Site::at_door().await;
    let mia = &site.members[0];
    let version = newest.read().unwrap();
    agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await.unwrap();
    let own = agency_keys::confirm(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await;
    assert!(matches!(own, Err(KeyError::OwnKey)));
    let again = agency_keys::rotate(&mia.client(), &version, &mia.as_member(), &mia.identity, today()).await;
    assert!(matches!(again, Err(KeyError::Pending { epoch: 2, by }) if by == "mia"));
}
