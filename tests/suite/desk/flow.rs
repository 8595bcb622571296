//! The way of a tip to the members whom the source picked, and to nobody else.

use super::door::StoredTip;
use super::site::{NOW, Person, Site, recipient};
use knothole::desk::cache::{Cache, Known};
use knothole::desk::client::Client;
use knothole::desk::sync::{SyncError, Synced, sync};

/// Syncs as a member and gives what is known then.
pub async fn synced(person: &Person) -> Result<(Synced, Known), SyncError> {
    synced_at(person, NOW).await
}

/// Syncs as a member at another time, with a server whose clock stands still.
pub async fn synced_at(person: &Person, now: u64) -> Result<(Synced, Known), SyncError> {
    synced_by(&person.client(), person, now).await
}

/// Syncs as a member whose requests are signed by whatever clock this client has.
pub async fn synced_by(client: &Client, person: &Person, now: u64) -> Result<(Synced, Known), SyncError> {
    let (mut cache, mut known) = Cache::open(&person.profile, &person.identity.device).unwrap();
    let genesis = person.profile.site().unwrap().genesis;
    let done = sync(client, &person.profile, genesis, &person.identity, &mut cache, &mut known, now).await?;
    Ok((done, known))
}

pub fn stories(known: &Known) -> Vec<&str> {
    known.tips.iter().map(|tip| tip.letter.answers.story.as_deref().unwrap()).collect()
}

#[tokio::test]
async fn a_tip_reaches_both_members_of_the_agency_that_was_picked_and_no_other() {
    let (site, door, newest) = Site::at_door().await;
    door.state().tips.push(StoredTip::telling("in the blue house", &[Some(recipient(&newest, 0)), None]));
    for member in &site.members[..2] {
        assert_eq!(stories(&synced(member).await.unwrap().1), ["in the blue house"]);
    }
    for member in &site.members[2..] {
        let (done, known) = synced(member).await.unwrap();
        assert_eq!((done, known.tips.len(), known.unreadable.len()), (Synced::default(), 0, 0));
    }
}

#[tokio::test]
async fn what_is_known_is_not_fetched_again_but_for_the_latest_tips() {
    let (site, door, newest) = Site::at_door().await;
    let agencies = [Some(recipient(&newest, 0)), None];
    door.state().tips = vec![StoredTip::telling("other", &[None, None]); 69];
    door.state().tips.push(StoredTip::telling("one", &agencies));
    synced(&site.members[0]).await.unwrap();
    door.state().tips.push(StoredTip::telling("two", &agencies));
    let (done, known) = synced(&site.members[0]).await.unwrap();
    assert_eq!(done.new, 1);
    assert_eq!(stories(&known), ["one", "two"]);
    let asked = door.state().asked.clone();
    assert_eq!(asked.iter().rfind(|line| line.starts_with("GET /v1/tips")).unwrap(), "GET /v1/tips?after=6");
}

#[tokio::test]
async fn a_member_whose_agency_has_no_key_yet_loses_nothing_by_looking() {
    let (site, door, newest) = Site::at_door().await;
    door.state().tips.push(StoredTip::telling("one", &[Some(recipient(&newest, 0)), None]));
    let copies = std::mem::take(&mut door.state().secrets.keys);
    let (done, _) = synced(&site.members[0]).await.unwrap();
    assert!(done.has_no_key);
    assert_eq!(done.missing_epochs, [1]);
    door.state().secrets.keys = copies;
    assert_eq!(stories(&synced(&site.members[0]).await.unwrap().1), ["one"]);
}
